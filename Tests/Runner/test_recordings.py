"""What AWS did with a definition, the runner does too: recordings of executions, played again.

`Tests/Python/semantics/recordings.json` says where they come from, and under which licence. More of them are in the folder that the
environment variable DORC_RECORDINGS names.
"""

from __future__ import annotations

import json
import os
import re
from collections import defaultdict
from pathlib import Path

import making
import pytest
from dorc_runner import languages, plan as plans
from dorc_runner.errors import StateFailed, TimedOut, Usage
from dorc_runner.execution import Execution, Run
from dorc_runner.interpreter import run_execution
from dorc_runner.scope import Scope

ROOT = Path(__file__).resolve().parents[2]


def read_cases() -> dict[str, dict]:
    found = json.loads((ROOT / "Tests/Python/semantics/recordings.json").read_text(encoding="utf-8"))["cases"]
    if folder := os.environ.get("DORC_RECORDINGS"):
        for path in sorted(Path(folder).glob("*/*.json")):
            found[f"{path.parent.name}/{path.stem}"] = json.loads(path.read_text(encoding="utf-8"))
    return found


CASES = read_cases()
# Recorded in 2024: a Map took no object. It does since (guide, "ItemsPath" and "ItemReader (Map)": "the key-value pairs of a JSON object").
SINCE_THEN = {"map-state-items-eval-jsonata-variable-sampling-fail-object", "map-state-items-variable-sampling-object"}


class Answers:
    """Each call of a state gets its next recorded answer, and must have the recorded arguments."""

    def __init__(self, case: dict):
        self.left = defaultdict(list)
        for call in case["calls"]:
            self.left[call["state"], call.get("iteration")].append(call)
        self.redacted = case.get("redacted", [])

    def answer(self, visit, arguments):
        index = visit.branch.item["Index"] if visit.branch.item else None
        call = self.left[visit.name, index].pop(0)
        assert exact(arguments) == exact(call["arguments"])
        if "error" in call:
            raise StateFailed(call["error"], call.get("cause"))
        return True, call["output"]


def exact(value) -> str:
    return json.dumps(value, sort_keys=True)


def hidden(value, paths: list[str]) -> object:
    """Without what differs from run to run: `$.output.a['b']`."""
    value = json.loads(json.dumps(value))
    for path in paths:
        parts = [name or key or int(index) for name, key, index in re.findall(r"\.(\w+)|\['([^']+)'\]|\[(\d+)\]", path)]
        if parts[:1] != ["output"]:
            continue
        inner = {"output": value}
        for part in parts[:-1]:
            inner = inner[part]
        inner[parts[-1]] = "redacted"
        value = value if len(parts) > 1 else "redacted"
    return value


def decode(case: dict) -> plans.Plan:
    plan = plans.decode(making.plan_value(Path("/nowhere"), case["definition"]))
    plans.check_machines(plan.pipelines.values())
    return plan


def runs(case: dict) -> bool:
    return not languages.mistakes("p", case["definition"])


@pytest.mark.parametrize("name", CASES)
def test_a_recording_is_played_again(name):
    case = CASES[name]
    if not runs(case):
        with pytest.raises(Usage, match="JSONPath"):
            decode(case)
        return
    plan = decode(case)
    answers = Answers(case)
    run = Run(plan, None, making.Collected(), answers, is_fast=True)
    execution = Execution(run, plan.pipelines["raw/p"], case["input"], Scope(None, case["definition"].get("TimeoutSeconds")))
    output = error = cause = None
    try:
        output, status = run_execution(execution), "SUCCEEDED"
    except StateFailed as failure:
        status, error, cause = "FAILED", failure.error, failure.cause
    except TimedOut:
        status = "TIMED_OUT"
    if Path(name).name in SINCE_THEN:
        assert (case["status"], status) == ("FAILED", "SUCCEEDED")
        return
    assert (status, error) == (case["status"], case.get("error")), cause
    redacted = case.get("redacted", [])
    assert exact(hidden(output, redacted)) == exact(hidden(case.get("output"), redacted))
    if "$.cause" not in redacted:
        assert cause == case.get("cause")
    assert not any(answers.left.values())


def test_most_recordings_are_run():
    """Those in JSONPath are refused."""
    assert sum(map(runs, CASES.values())) >= len(CASES) / 4
