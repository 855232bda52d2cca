"""Every reference of a template leads somewhere: Ref, GetAtt, Sub, DependsOn, imports, and the states of a machine."""

from __future__ import annotations

import json
import re
from typing import Iterator

from outputs import Output

PSEUDO_PARAMETERS = {
    "AWS::" + name
    for name in ("AccountId", "NotificationARNs", "NoValue", "Partition", "Region", "StackId", "StackName", "URLSuffix")
}
PLACEHOLDER = re.compile(r"\$\{([^!}][^}]*)\}")


def unresolved(template: dict) -> list[str]:
    """References within one template that name nothing in it."""
    resources = set(template.get("Resources", {}))
    names = resources | set(template.get("Parameters", {})) | PSEUDO_PARAMETERS
    found = []
    for section in ("Resources", "Outputs", "Conditions"):
        for path, function, value in _intrinsics(template.get(section, {}), section):
            if function == "Ref":
                if value not in names:
                    found.append(f"{path}: Ref to {value!r}")
            elif function == "Fn::FindInMap":
                name, key, entry = value
                if entry not in template.get("Mappings", {}).get(name, {}).get(key, {}):
                    found.append(f"{path}: FindInMap of {value!r}")
            elif function == "Fn::GetAtt":
                target = value.split(".", 1)[0] if isinstance(value, str) else value[0]
                if target not in resources:
                    found.append(f"{path}: GetAtt of {target!r}")
            elif function == "Fn::Sub":
                text, variables = (value, {}) if isinstance(value, str) else value
                for placeholder in PLACEHOLDER.findall(text):
                    target, dot, _ = placeholder.strip().partition(".")
                    if placeholder not in variables and target not in (resources if dot else names):
                        found.append(f"{path}: Sub of {placeholder!r}")
    for name, resource in template.get("Resources", {}).items():
        depends_on = resource.get("DependsOn", [])
        for target in [depends_on] if isinstance(depends_on, str) else depends_on:
            if target not in resources:
                found.append(f"Resources.{name}: DependsOn {target!r}")
    return found


def broken_imports(output: Output) -> list[str]:
    """Imports of the project's own names that not exactly one stack, deployed before, exports."""
    manifest = output.manifest()
    stacks = manifest["stacks"]
    found = []
    for stack in stacks:
        if stack["environment"] is None:
            continue
        for path, function, value in _intrinsics(output.template(stack["template"]), "$"):
            if function != "Fn::ImportValue" or not isinstance(value, str):
                continue
            if not value.startswith(f"{manifest['project']}-{stack['environment']}-"):
                continue
            place = f"{stack['name']}: {path}: import of {value!r}"
            neighbours = [other for other in stacks if _same_place(stack, other)]
            exporters = [other["name"] for other in neighbours for name in _exports(output, other) if name == value]
            if len(exporters) != 1:
                found.append(f"{place} has {len(exporters)} exports")
            elif exporters[0] not in stack["dependsOn"]:
                found.append(f"{place}, but the stack does not depend on {exporters[0]}")
    return found


def broken_machines(template: dict) -> list[str]:
    """States that are named but missing, never reached, or named twice in one machine."""
    found = []
    for name, resource in template.get("Resources", {}).items():
        if resource.get("Type") != "AWS::StepFunctions::StateMachine":
            continue
        definition = _definition(resource["Properties"])
        if definition is None:
            found.append(f"{name}: the definition cannot be read")
            continue
        names: list[str] = []
        found += _broken_scope(definition, f"{name}.Definition", names)
        found += [f"{name}: state {state!r} stands twice" for state in sorted(set(names)) if names.count(state) > 1]
    return found


def _broken_scope(scope: dict, path: str, names: list[str]) -> list[str]:
    states, found = scope.get("States", {}), []
    names += states
    targets = {None: [scope.get("StartAt")]}
    for name, state in states.items():
        targets[name] = list(_next_states(state))
        place = f"{path}.{name}"
        ways = [key for key in ("Next", "End") if key in state]
        if state.get("Type") not in ("Choice", "Succeed", "Fail") and len(ways) != 1:
            found.append(f"{place}: has {' and '.join(ways) or 'neither Next nor End'}")
        for index, branch in enumerate(state.get("Branches", [])):
            found += _broken_scope(branch, f"{place}.Branches[{index}]", names)
        for key in ("ItemProcessor", "Iterator"):
            if key in state:
                found += _broken_scope(state[key], f"{place}.{key}", names)
    for origin, leads_to in targets.items():
        found += [
            f"{path}: {origin or 'StartAt'} leads to {target!r}, which is no state of this scope"
            for target in leads_to
            if target not in states
        ]
    reached, waiting = set(), [None]
    while waiting:
        for target in targets[waiting.pop()]:
            if target in states and target not in reached:
                reached.add(target)
                waiting.append(target)
    return found + [f"{path}: nothing leads to {name!r}" for name in states if name not in reached]


def _next_states(state: dict) -> Iterator[str]:
    for key in ("Next", "Default"):
        if key in state:
            yield state[key]
    for key in ("Choices", "Catch"):
        for rule in state.get(key, []):
            yield rule.get("Next")


def _definition(properties: dict) -> dict | None:
    if "Definition" in properties:
        return properties["Definition"]
    try:
        return json.loads(_text(properties.get("DefinitionString")))
    except (TypeError, ValueError):
        return None


def _text(value) -> str:
    """A text that CloudFormation makes; what only the deployment knows is left open."""
    if not isinstance(value, dict):
        return value
    ((function, argument),) = value.items()
    if function == "Fn::Join":
        return argument[0].join(_text(part) for part in argument[1])
    return argument if function == "Fn::Sub" else str(argument)


def _intrinsics(value, path: str) -> Iterator[tuple[str, str, object]]:
    if isinstance(value, dict):
        if len(value) == 1:
            ((key, argument),) = value.items()
            if key == "Ref" or str(key).startswith("Fn::"):
                yield path, key, argument
        for key, child in value.items():
            yield from _intrinsics(child, f"{path}.{key}")
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _intrinsics(child, f"{path}[{index}]")


def _exports(output: Output, stack: dict) -> list:
    outputs = output.template(stack["template"]).get("Outputs", {})
    return [entry["Export"]["Name"] for entry in outputs.values() if "Export" in entry]


def _same_place(stack: dict, other: dict) -> bool:
    return all(stack[key] == other[key] for key in ("environment", "account", "region"))
