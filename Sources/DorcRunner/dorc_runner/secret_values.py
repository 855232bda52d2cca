"""Values of the functions' secrets: from `--secrets FILE` or the environment, never from AWS.

The file has lines `NAME=value`, or is a JSON object. A name there is one of these, and the first that is there counts:

    raw/census/extract/API_KEY    the variable of one function
    census/api-key:key            the secret by its name and JSON key, as pipeline.yaml names it
    census/api-key                the secret by its name; where a JSON key is wanted, an object, or a string that holds one
    API_KEY                       the variable of any function

Without one of these, the variable of the same name in the environment.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from collections.abc import Iterable

from .errors import Usage, why
from .json_text import Json, parse
from .plan import Function


def read(path: Path) -> dict[str, Json]:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as problem:
        raise Usage(f"--secrets {path}: {why(problem)}") from None
    except UnicodeDecodeError:
        raise Usage(f"--secrets {path}: it is not UTF-8") from None
    if text.lstrip().startswith("{"):
        try:
            return parse(text)
        except ValueError as problem:
            raise Usage(f"--secrets {path}: {problem}") from None
    found = {}
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        name, equals, value = line.removeprefix("export ").partition("=")
        if not equals:
            # The line is not shown: it may be a secret.
            raise Usage(f"--secrets {path}: line {number}: expected NAME=value")
        value = value.strip()
        found[name.strip()] = value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"" else value
    return found


def value_of(function: Function, variable: str, given: dict[str, Json], environment: dict[str, str]) -> str | None:
    secret = function.secrets[variable]
    name, colon, key = secret.partition(":")
    if name == "arn":
        name, colon, key = secret, "", ""
    for place in (f"{function.name}/{variable}", secret):
        if place in given:
            return as_text(given[place])
    if name in given and colon:
        content = given[name]
        try:
            content = json.loads(content) if isinstance(content, str) else content
        except ValueError:
            content = None
        if isinstance(content, dict) and key in content:
            return as_text(content[key])
    return as_text(given[variable]) if variable in given else environment.get(variable)


def as_text(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def resolve(functions: Iterable[Function], given: dict[str, Json]) -> dict[str, dict[str, str]]:
    """By function. Raises `Usage` that names all that are missing."""
    found, missing = {}, []
    for function in functions:
        values = {variable: value_of(function, variable, given, dict(os.environ)) for variable in function.secrets}
        missing += [
            f"  {variable} of {function.name} (the secret {function.secrets[variable]})"
            for variable, value in values.items()
            if value is None
        ]
        found[function.name] = {variable: value for variable, value in values.items() if value is not None}
    if missing:
        listed = "\n".join(missing)
        raise Usage(f"these secrets have no value: give them by `--secrets FILE`, or as environment variables\n{listed}")
    return found
