"""The snapshot cases: a config repository each, and what is on record of what it becomes.

SnapshotCase.swift says what is in the folder of a case. The tests here look at what the program makes of it now.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

from outputs import FORMS, Output

CASES = Path(__file__).resolve().parent.parent / "SnapshotTests" / "Cases"
IDS, DIAGNOSTICS = "ids.txt", "diagnostics.txt"


def names(cases: Path = CASES) -> list[str]:
    return sorted(path.name for path in cases.iterdir() if path.is_dir())


def sound(cases: Path = CASES) -> list[str]:
    """Those that become templates."""
    return [name for name in names(cases) if (cases / name / IDS).exists()]


def problems(cases: Path = CASES) -> list[str]:
    """What keeps the cases from being checked at all."""
    found = [] if sound(cases) else [f"no case below {cases.name} has an {IDS}"]
    for name in names(cases):
        folder = cases / name
        if not (folder / IDS).exists() and not (folder / DIAGNOSTICS).exists():
            found.append(f"{name}: expects neither {IDS} nor {DIAGNOSTICS}")
    return found


def copy_config(name: str, root: Path) -> Path:
    """The config repository of a case, with the names that git would not like in files."""
    config = CASES / name / "config"
    for path in config.rglob("*"):
        if path.is_file():
            copy = root / unquote(path.relative_to(config).as_posix())
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
            copy.chmod(path.stat().st_mode & 0o777)
    return root


def synthesize(dorc, name: str, folder: Path) -> dict[str, Output]:
    """What a case becomes, by form."""
    config = copy_config(name, folder / "config" / name)
    found = {}
    for form in FORMS:
        root = folder / name / form
        dorc.succeed(root, "--config", config, "--format", form, "--quiet")
        found[form] = Output(folder, root)
    return found


def recorded(name: str, form: str) -> dict[str, bytes]:
    """What is on record of the output folder of a form."""
    root = CASES / name / "expected" / form
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def ids(output: Output) -> str:
    """As ids.txt has them: the stacks with the logical ids of their resources."""
    # A universal stack is deployed to several accounts and regions.
    stacks = dict.fromkeys((stack["name"], stack["template"]) for stack in output.manifest()["stacks"])
    return "".join(f"{name}\n" + "".join(f"  {id}\n" for id in output.template(file)["Resources"]) for name, file in stacks)
