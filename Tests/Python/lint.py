"""cfn-lint over templates, informational and experimental rules included.

What has been linted is not linted again: the matches of each distinct content are kept in this process and, for the
other processes of a run, in the folder that DORC_LINT_RESULTS names.
"""

from __future__ import annotations

import fnmatch
import functools
import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import yaml
from cfnlint.config import ConfigMixIn
from cfnlint.runner import Runner
from cfnlint.runner.template.runner import run_template_by_file_path

from outputs import Output

RESULTS = "DORC_LINT_RESULTS"
SUPPRESSIONS = Path(__file__).with_name("suppressions.yaml")


@dataclass(frozen=True)
class Finding:
    template: str
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.template}:{self.line}: {self.rule} {self.message}"


@dataclass(frozen=True)
class Suppression:
    rule: str
    reason: str
    templates: str = "*"
    message: str = ""

    def __post_init__(self):
        if not self.reason.strip():
            raise ValueError(f"the suppression of {self.rule} gives no reason")

    def covers(self, finding: Finding) -> bool:
        return (
            finding.rule == self.rule
            and fnmatch.fnmatchcase(finding.template, self.templates)
            and self.message in finding.message
        )

    def may_be_of(self, case: str) -> bool:
        """Whether it can be of the templates of a case."""
        return fnmatch.fnmatchcase(case, self.templates.partition("/")[0])


def load_suppressions(path: Path = SUPPRESSIONS) -> list[Suppression]:
    return [Suppression(**entry) for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["cfn-lint"]]


def lint(output: Output, file: str) -> list[Finding]:
    """All findings, suppressed or not, for the regions that the manifest deploys the template to."""
    stacks = output.manifest()["stacks"]
    regions = sorted({stack["region"] for stack in stacks if stack["template"] == file})
    name = f"{output.name}/{file}"
    if not regions:
        return [Finding(name, 1, "manifest", "no stack of the manifest has this template")]
    path = output.root / file
    key = hashlib.sha256(path.read_bytes() + " ".join(["", path.suffix, *regions]).encode()).hexdigest()
    if key not in _matches:
        _matches[key] = _shared(key)
    if _matches[key] is None:
        _matches[key] = _lint(path, tuple(regions))
        _share(key, _matches[key])
    return [Finding(name, *match) for match in _matches[key]]


def unsuppressed(findings: list[Finding], suppressions: list[Suppression]) -> list[str]:
    return [str(finding) for finding in findings if not any(entry.covers(finding) for entry in suppressions)]


def unused(findings: list[Finding], suppressions: list[Suppression]) -> list[str]:
    return [
        f"the suppression of {entry.rule} ({entry.templates}) covers no finding"
        for entry in suppressions
        if not any(entry.covers(finding) for finding in findings)
    ]


def _config(regions: tuple[str, ...]) -> ConfigMixIn:
    # An empty configuration file keeps a .cfnlintrc of the machine out.
    return ConfigMixIn(
        ["--config-file", os.devnull],
        include_checks=["I"],
        include_experimental=True,
        regions=list(regions),
    )


@functools.cache
def _rules():
    return Runner(_config(("us-east-1",))).rules


def _lint(path: Path, regions: tuple[str, ...]) -> list[list]:
    matches = run_template_by_file_path(str(path), _config(regions), _rules(), False)
    return [[match.linenumber, match.rule.id, match.message] for match in matches]


# Line, rule and message of each match, by the digest of the content and the regions.
_matches: dict[str, list[list] | None] = {}


def _shared(key: str) -> list[list] | None:
    folder = os.environ.get(RESULTS)
    path = Path(folder or ".", key)
    return json.loads(path.read_text(encoding="utf-8")) if folder and path.exists() else None


def _share(key: str, matches: list[list]) -> None:
    if folder := os.environ.get(RESULTS):
        with tempfile.NamedTemporaryFile("w", dir=folder, delete=False, encoding="utf-8") as file:
            json.dump(matches, file)
        os.replace(file.name, Path(folder, key))
