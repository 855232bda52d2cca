"""What VS Code's YAML extension makes of a file and of a JSON Schema.

Its language server reads YAML 1.2 with the core schema (eemeli/yaml), takes the value of a tag that `yaml.customTags` names for what
stands after the tag, writes merge keys out, and knows the keywords of draft 7.
"""

from __future__ import annotations

import re

import jsonschema
import regex
import yaml

# YAML 1.2.2, 10.3.2.
CORE = [
    (r"null|Null|NULL|~|", lambda text: None),
    (r"true|True|TRUE", lambda text: True),
    (r"false|False|FALSE", lambda text: False),
    (r"[-+]?[0-9]+", int),
    (r"0o[0-7]+", lambda text: int(text[2:], 8)),
    (r"0x[0-9a-fA-F]+", lambda text: int(text[2:], 16)),
    (r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", float),
    (r"[-+]?\.(inf|Inf|INF)", lambda text: float(text.lower().replace(".", ""))),
    (r"\.(nan|NaN|NAN)", lambda text: float("nan")),
]
MERGE = "<<"


def load(text: str):
    """Raises yaml.YAMLError for what is no YAML."""
    node = yaml.compose(text, Loader=yaml.BaseLoader)
    return value(node) if node else None


def value(node):
    match node:
        case yaml.ScalarNode():
            return scalar(node)
        case yaml.SequenceNode():
            return [value(each) for each in node.value]
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise yaml.YAMLError("a key is a string")
    found = {}
    for key, each in node.value:
        if key.value == MERGE and key.style is None:
            sources = each.value if isinstance(each, yaml.SequenceNode) else [each]
            for source in map(value, sources):
                for name, merged in source.items() if isinstance(source, dict) else ():
                    found.setdefault(name, (True, merged))
    for key, each in node.value:
        if key.value != MERGE or key.style is not None:
            found[key.value] = (False, value(each))
    return {name: each for name, (_, each) in found.items()}


def scalar(node):
    # The composer gives a plain scalar the tag of a string.
    if node.style is not None or node.tag != "tag:yaml.org,2002:str":
        return node.value
    for pattern, read in CORE:
        if re.fullmatch(pattern, node.value):
            return read(node.value)
    return node.value


# JSON Schema


def ecma(pattern: str) -> regex.Pattern:
    """As JavaScript reads it: `$` is the very end."""
    written, in_class, escaped = "", False, False
    for character in pattern:
        if character == "$" and not in_class and not escaped:
            written += r"\Z"
            continue
        if not escaped:
            in_class = character == "[" or (in_class and character != "]")
        written += character
        escaped = character == "\\" and not escaped
    return regex.compile(re.sub(r"\\u([0-9A-F]{4})", r"\\x{\1}".replace("x{", "u").replace("}", ""), written))


def _pattern(validator, pattern, instance, schema):
    if validator.is_type(instance, "string") and not ecma(pattern).search(instance):
        yield jsonschema.ValidationError(f"{instance!r} does not match {pattern!r}")


def _pattern_properties(validator, patterns, instance, schema):
    if validator.is_type(instance, "object"):
        for pattern, subschema in patterns.items():
            for name, each in instance.items():
                if ecma(pattern).search(name):
                    yield from validator.descend(each, subschema, path=name, schema_path=pattern)


def validator(schema: dict):
    kind = jsonschema.validators.extend(
        jsonschema.Draft202012Validator, {"pattern": _pattern, "patternProperties": _pattern_properties}
    )
    return kind(schema)


def mistakes(schema_validator, text: str) -> list[str]:
    found = schema_validator.iter_errors(load(text))
    return [f"{'/'.join(map(str, each.absolute_path))}: {each.message[:300]}" for each in found]
