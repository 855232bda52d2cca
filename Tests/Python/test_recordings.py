"""The tests' interpreter of the Amazon States Language does what AWS did: recordings of real executions, played again.

`semantics/recordings.json` says where they come from, and under which licence.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from semantics import machine
from semantics.evaluator import Failure

CASES = json.loads(Path(machine.__file__).with_name("recordings.json").read_text(encoding="utf-8"))["cases"]
METADATA = {"ExecutedVersion", "SdkHttpMetadata", "SdkResponseMetadata", "StatusCode"}


class Answers(dict):
    """Functions of any name: each call gets the next recorded answer."""

    def __init__(self, case: dict):
        super().__init__()
        self.calls = iter(case["calls"])
        self.invoked = invoked(case["definition"])

    def __missing__(self, name: str):
        def answer(event, number):
            call = next(self.calls)
            is_invoked = call["state"] in self.invoked
            assert exact(event) == exact(payload(call["arguments"]) if is_invoked else call["arguments"])
            if "error" in call:
                raise Failure(call["error"], "recorded")
            return call["output"]["Payload"] if is_invoked else call["output"]

        return answer


def invoked(value) -> set[str]:
    """The states that call a function by `lambda:invoke`, whose payload and answer are fields."""
    if isinstance(value, list):
        return set().union(*map(invoked, value))
    if not isinstance(value, dict):
        return set()
    states = {name for name, state in value.get("States", {}).items() if state.get("Resource", "").endswith("lambda:invoke")}
    return states.union(*map(invoked, value.values()))


def payload(arguments: dict):
    """A text holds JSON."""
    value = arguments["Payload"]
    return json.loads(value) if isinstance(value, str) else value


def exact(value) -> str:
    return json.dumps(value, sort_keys=True)


def plain(value):
    """Without metadata, and without causes, which hold the ids of requests."""
    if isinstance(value, list):
        return [plain(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {key: plain(each) for key, each in value.items() if key not in METADATA | {"Cause"}}


@pytest.mark.parametrize("name", CASES)
def test_a_recording_is_played_again(name):
    case = CASES[name]
    found = machine.run(case["definition"], Answers(case), case["input"])
    assert (found.status, found.error) == (case["status"], case.get("error"))
    assert len(found.calls) == len(case["calls"])
    assert exact(plain(found.output)) == exact(plain(case.get("output")))
