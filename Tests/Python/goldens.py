"""Finds the golden outputs below the snapshot cases and loads what is in them.

A case holds `expected*/yaml` and `expected*/json`, each a whole output folder, or only a `diagnostics.txt`.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from pathlib import Path

from awscli.customizations.cloudformation.yamlhelper import yaml_parse

CASES = Path(__file__).resolve().parent.parent / "SnapshotTests" / "Cases"
FORMS = ("yaml", "json")
NOT_TEMPLATES = {"manifest.json", "docker-bake.json"}


@dataclass(frozen=True)
class Output:
    """One golden output folder."""

    cases: Path
    root: Path

    @property
    def form(self) -> str:
        return self.root.name

    @property
    def name(self) -> str:
        return self.root.relative_to(self.cases).as_posix()

    @property
    def twin(self) -> Output:
        """The same output in the other form."""
        return Output(self.cases, self.root.with_name("json" if self.form == "yaml" else "yaml"))

    def files(self) -> list[str]:
        return sorted(path.relative_to(self.root).as_posix() for path in self.root.rglob("*") if path.is_file())

    def templates(self) -> list[str]:
        return [file for file in self.files() if file.endswith("." + self.form) and file not in NOT_TEMPLATES]

    def manifest(self) -> dict:
        return load_json(self.root / "manifest.json")

    def template(self, file: str) -> dict:
        return load_template(self.root / file)


def find_outputs(cases: Path = CASES) -> list[Output]:
    return [
        Output(cases, folder)
        for folder in sorted(cases.glob("*/expected*/*"))
        if folder.is_dir() and folder.name in FORMS
    ]


def find_problems(cases: Path = CASES) -> list[str]:
    """What keeps the cases from being checked at all."""
    problems = []
    outputs = find_outputs(cases)
    if not any(output.templates() for output in outputs):
        problems.append(f"no golden template below {cases.name}/*/expected*/")
    roots = {output.root for output in outputs}
    for output in outputs:
        if output.twin.root not in roots:
            problems.append(f"{output.name}: has no twin {output.twin.name}")
        elif output.form == "yaml":
            unpaired = _stems(output) ^ _stems(output.twin)
            problems += [f"{output.name}: {stem} is only in one of the two forms" for stem in sorted(unpaired)]
    for case in sorted(path for path in cases.glob("*") if path.is_dir()):
        if not any(case in root.parents for root in roots) and not any(case.rglob("diagnostics.txt")):
            problems.append(f"{case.name}: expects neither an output nor diagnostics.txt")
    return problems


def _stems(output: Output) -> set[str]:
    return {file.removesuffix("." + output.form) for file in output.templates()}


def load_json(path: Path):
    """JSON in which a key that stands twice in one object is an error."""

    def unique(pairs):
        loaded = dict(pairs)
        if len(loaded) != len(pairs):
            keys = [key for key, _ in pairs]
            raise ValueError(f"{path.name}: key stands twice: {sorted({key for key in keys if keys.count(key) > 1})}")
        return loaded

    return json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=unique)


@functools.cache
def load_template(path: Path) -> dict:
    """A template as the AWS CLI reads it."""
    return load_json(path) if path.suffix == ".json" else yaml_parse(path.read_text(encoding="utf-8"))
