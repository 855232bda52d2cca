"""manifest.json tells the truth about the folder that it lies in."""

from __future__ import annotations

from collections import Counter

from outputs import Output


def problems(output: Output) -> list[str]:
    manifest = output.manifest()
    listed, present = manifest["files"], [file for file in output.files() if file != "manifest.json"]
    found = [f"{file}: listed twice" for file, count in Counter(listed).items() if count > 1]
    found += [f"{file}: listed but missing" for file in sorted(set(listed) - set(present))]
    found += [f"{file}: there but not listed" for file in sorted(set(present) - set(listed))]

    stacks = manifest["stacks"]
    templates = {stack["template"] for stack in stacks}
    found += [f"{file}: a template without a stack" for file in output.templates() if file not in templates]
    identities = Counter((stack["name"], stack["account"], stack["region"]) for stack in stacks)
    found += [f"{' '.join(map(str, key))}: {count} stacks" for key, count in identities.items() if count > 1]

    earlier: set[str] = set()
    for stack in stacks:
        name = stack["name"]
        late = [other for other in stack["dependsOn"] if other not in earlier]
        found += [f"{name}: depends on {other}, which is not listed before it" for other in late]
        earlier.add(name)
        if stack["template"] not in present:
            found.append(f"{name}: {stack['template']} is missing")
            continue
        resources = len(output.template(stack["template"])["Resources"])
        # A universal stack's number would change with every function of the project.
        if stack.get("resources") != (None if stack["kind"] == "universal" else resources):
            found.append(f"{name}: resources is {stack.get('resources')}, should be {resources}")
    found += [f"{key} is of content" for key in content_keys(manifest)]
    return found


def content_keys(manifest: dict) -> list[str]:
    """What would change with the code or the settings of a pipeline."""
    entries = [*manifest["stacks"], *manifest.get("images", [])]
    return sorted({key for entry in entries for key in entry} & {"bytes", "sha256", "tag", "digest", "size"})
