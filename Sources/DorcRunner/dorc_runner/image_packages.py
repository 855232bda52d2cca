"""Packages that functions import here and that their image will not have: what runs here, and not on Lambda.

What is told must be so: only imports that every start of the function runs are looked at, only where the Dockerfile installs nothing
but the requirements.txt of the repository and of the pipeline, as that of a new project does, and what a package brings along counts.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from .plan import Function

# What AWS's base images have (Lambda guide, "Runtime-included SDK versions"; awslambdaric and its requirements), by normalized names.
IN_IMAGE = {
    *("boto3", "botocore", "s3transfer", "jmespath", "python-dateutil", "dateutil", "six", "urllib3"),
    *("awslambdaric", "simplejson", "snapshot-restore-py", "pip"),
}
BASE = re.compile(r"FROM\s+public\.ecr\.aws/lambda/python:\S+", re.IGNORECASE)
INSTALLS = re.compile(r"pip3? install( --no-cache-dir| --upgrade)*( --requirement| -r) /tmp/(repository|pipeline)/requirements\.txt")
REQUIREMENT = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)\s*(\[[^\]]*\])?\s*([<>=!~;@( ].*)?")


class Unknown(Exception):
    """Nothing is told of this image."""


def missing(root: Path, functions: Iterable[Function]) -> list[str]:
    """A sentence for each package."""
    found: dict[tuple[str, str], str] = {}
    try:
        check_recipe(root)
        for function in functions:
            if function.folder is None:
                continue
            for module, package in missing_of(root, function, function.folder.parent):
                found.setdefault((module, str(function.folder.parent)), f"`{module}` of {package}, which {function.name} imports,")
    except (Unknown, OSError, ValueError, SyntaxError, RecursionError, metadata.PackageNotFoundError):
        return []
    return [
        f"{text} is in neither requirements.txt nor {shown(root, Path(pipeline))}/requirements.txt: the image will not have it"
        for (_, pipeline), text in found.items()
    ]


def shown(root: Path, folder: Path) -> str:
    return str(folder.relative_to(root)) if folder.is_relative_to(root) else str(folder)


def check_recipe(root: Path) -> None:
    """Raises `Unknown` where the image may have more than is known here."""
    settings = root / "dorc.yaml"
    if settings.is_file() and re.search(r"\bdockerfile\b", settings.read_text(encoding="utf-8")):
        raise Unknown
    text = re.sub(r"(?m)^\s*#.*\n?", "", (root / "Dockerfile").read_text(encoding="utf-8"))
    lines = [line.strip() for line in re.sub(r"\\\s*\n", " ", text).splitlines() if line.strip()]
    for line in lines:
        word, left = line.split()[0].upper(), INSTALLS.sub("", line)
        if word not in ("FROM", "RUN", "COPY", "ARG", "CMD", "ENV", "WORKDIR", "LABEL") or (word == "FROM" and not BASE.fullmatch(line)):
            raise Unknown
        if (word == "RUN" and ("install" in left or INSTALLS.search(line) is None)) or (word == "COPY" and "--from" in line):
            raise Unknown
        if word == "ENV" and "PYTHONPATH" in line:
            raise Unknown


def missing_of(root: Path, function: Function, pipeline: Path) -> Iterator[tuple[str, str]]:
    modules = imported(function)
    own = listed(root / "requirements.txt") | listed(pipeline / "requirements.txt")
    left = [name for name in modules if normalized(name) not in own | IN_IMAGE]
    if not left:
        return
    whole = with_requirements(own) | IN_IMAGE
    packages = metadata.packages_distributions()
    for name in left:
        those = packages.get(name, [])
        if those and is_installed(name) and not any(normalized(each) in whole for each in those):
            yield name, those[0]


def is_installed(module: str) -> bool:
    """Not where its code is, as packages of the repository itself may be, which the image can have too."""
    spec = find_spec(module)
    places = [] if spec is None else [spec.origin or "", *(spec.submodule_search_locations or [])]
    return any(part in ("site-packages", "dist-packages") for place in places for part in Path(place).parts)


def imported(function: Function) -> list[str]:
    """Modules of others that loading the handler's imports, by their first names: of statements that always run."""
    places = [place for place in (function.folder, *function.paths) if place is not None]
    waiting, seen, found = [function.handler.rpartition(".")[0].replace("/", ".")], set(), {}
    while waiting:
        name = waiting.pop()
        file = own_file(name, places)
        if file is None or file in seen:
            continue
        seen.add(file)
        for each in ast.parse(file.read_bytes()).body:
            names = [alias.name for alias in each.names] if isinstance(each, ast.Import) else []
            if isinstance(each, ast.ImportFrom) and not each.level and each.module:
                names = [each.module, *(f"{each.module}.{alias.name}" for alias in each.names if own_file(each.module, places))]
            for name in names:
                first = name.partition(".")[0]
                if any((place / first).exists() or (place / f"{first}.py").exists() for place in places):
                    waiting += [first, name]
                elif first not in sys.stdlib_module_names:
                    found[first] = None
    return list(found)


def own_file(name: str, places: list[Path]) -> Path | None:
    for place in places:
        path = place.joinpath(*name.split("."))
        for file in (path.with_name(f"{path.name}.py"), path / "__init__.py"):
            if file.is_file():
                return file
    return None


def listed(file: Path) -> set[str]:
    """Raises `Unknown` for what is not a name."""
    found: set[str] = set()
    if not file.is_file():
        return found
    for line in file.read_text(encoding="utf-8").replace("\\\n", " ").splitlines():
        line = re.sub(r"(^|\s)#.*", "", line).strip()
        if not line or line.startswith(("--hash", "--index-url", "--extra-index-url", "-c ", "--constraint")):
            continue
        name = REQUIREMENT.fullmatch(line)
        if not name:
            raise Unknown
        found.add(normalized(name[1]))
    return found


def with_requirements(names: set[str]) -> set[str]:
    """What they bring along, with all extras: what is not installed here cannot be asked."""
    found, waiting = set(names), list(names)
    for name in names:
        metadata.version(name)
    while waiting:
        try:
            more = metadata.requires(waiting.pop()) or []
        except metadata.PackageNotFoundError:
            continue
        for line in more:
            name = REQUIREMENT.match(line)
            if name and (own := normalized(name[1])) not in found:
                found.add(own)
                waiting.append(own)
    return found


def normalized(name: str) -> str:
    """PEP 503."""
    return re.sub(r"[-_.]+", "-", name).lower()
