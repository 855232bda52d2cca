"""Compares a template in YAML with its twin in JSON, types included: 1, 1.0, true and "1" all differ."""

from __future__ import annotations

from outputs import Output


def problems(output: Output, file: str) -> list[str]:
    """How the YAML template `file`, as the AWS CLI reads it, differs from the JSON."""
    twin = file.removesuffix(".yaml") + ".json"
    return differences(output.template(file), output.twin.template(twin))


def unpaired(output: Output) -> list[str]:
    """Templates that are in one of the two forms only."""
    stems = [{file.removesuffix("." + each.form) for file in each.templates()} for each in (output, output.twin)]
    return [f"{output.name}: {stem} is only in one of the two forms" for stem in sorted(stems[0] ^ stems[1])]


def differences(yaml_value, json_value, path: str = "$") -> list[str]:
    if isinstance(yaml_value, dict) and isinstance(json_value, dict):
        found = [f"{path}: key {key!r} is only in the JSON" for key in json_value if not _has(yaml_value, key)]
        found += [f"{path}: key {key!r} is only in the YAML" for key in yaml_value if not _has(json_value, key)]
        for key in json_value:
            if _has(yaml_value, key):
                found += differences(yaml_value[key], json_value[key], f"{path}.{key}")
        return found
    if isinstance(yaml_value, list) and isinstance(json_value, list):
        if len(yaml_value) != len(json_value):
            return [f"{path}: {len(yaml_value)} items in the YAML, {len(json_value)} in the JSON"]
        return [
            difference
            for index, (left, right) in enumerate(zip(yaml_value, json_value))
            for difference in differences(left, right, f"{path}[{index}]")
        ]
    if type(yaml_value) is not type(json_value) or yaml_value != json_value:
        return [f"{path}: YAML reads as {_describe(yaml_value)}, JSON as {_describe(json_value)}"]
    return []


def _has(mapping: dict, key) -> bool:
    # `1 in {True: ...}` holds in Python, so a key counts only with its own type.
    return any(type(own) is type(key) and own == key for own in (mapping if key in mapping else ()))


def _describe(value) -> str:
    kind = "object" if isinstance(value, dict) else "array" if isinstance(value, list) else type(value).__name__
    return f"{kind} {value!r}"[:200]
