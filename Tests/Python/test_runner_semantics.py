"""What `dorc-synth run` does with a compiled machine is what the workflow means: the evaluator and the runner agree.

`test_semantics.py` compares the evaluator with moto's interpreter, so that all three agree. DORC_WORKFLOWS is the number of
random workflows, by default a few.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections import Counter
from pathlib import Path
from random import Random

import program
import pytest
from semantics import evaluator, workflows
from test_semantics import CORNERS, FUNCTIONS, LITERALS, TYPED, VALUES, as_mapping, exact, fail, pipeline_files, same

sys.path[:0] = [str(program.ROOT / "Sources" / "DorcRunner"), str(program.ROOT / "Tests" / "Runner")]

import making  # noqa: E402
import templates  # noqa: E402
from dorc_runner import plan as plans  # noqa: E402
from dorc_runner.errors import StateFailed  # noqa: E402
from dorc_runner.execution import Execution, Run  # noqa: E402
from dorc_runner.interpreter import run_execution  # noqa: E402
from dorc_runner.mocks import Mocks  # noqa: E402
from dorc_runner.scope import Scope  # noqa: E402

COUNT, PART = int(os.environ.get("DORC_WORKFLOWS", "120")), 40


class Functions:
    """Python functions, from an event and the number of the try to an output."""

    def __init__(self, functions: dict):
        self.functions, self.calls, self.tries, self.lock = functions, [], {}, threading.Lock()

    def call(self, function, event, visit, timeout):
        name = function.name.rpartition("/")[2]
        with self.lock:
            key = (name, repr(event))
            number = self.tries[key] = self.tries.get(key, 0) + 1
            self.calls.append(story(name, event))
        try:
            return json.loads(json.dumps(self.functions[name](event, number)))
        except evaluator.Failure as failure:
            raise StateFailed(failure.error, failure.cause) from None


def story(function: str, event) -> str:
    return json.dumps([function, event], sort_keys=True)


def compile_plan(dorc, root: Path, all_steps: list, **more: str) -> plans.Plan:
    files = {"dorc.yaml": "project: acme\nregion: eu-west-2\nenvironments: {dev: {}}\n", "Dockerfile": "FROM scratch\n"}
    for number, steps in enumerate(all_steps):
        files |= pipeline_files(number, steps)
    program.write_files(root, files | more)
    dorc.succeed(root / "out", "--config", root, "--format", "json", "--quiet")
    return plans.decode(templates.plan_of(root / "out", "dev", root, "raw/w000"))


def play(plan: plans.Plan, number: int, functions: dict, event) -> tuple[str, object, str | None, Counter]:
    local = Functions(functions)
    run = Run(plan, local, making.Collected(), Mocks({}), is_fast=True)
    execution = Execution(run, plan.pipelines[f"raw/w{number:03}"], event, Scope())
    try:
        return "SUCCEEDED", run_execution(execution), None, Counter(local.calls)
    except StateFailed as failure:
        return "FAILED", None, failure.error, Counter(local.calls)


def compare(plan: plans.Plan, number: int, steps: list, functions: dict, event) -> None:
    expected = evaluator.evaluate(steps, functions, event)
    status, output, error, calls = play(plan, number, functions, event)
    context = json.dumps({"steps": steps, "input": event}, indent=1)
    if expected.failures:
        assert status == "FAILED" and error in {failure.error for failure in expected.failures}, context
    else:
        assert (status, exact(output)) == ("SUCCEEDED", exact(expected.output)), (context, error)
    possible = Counter(story(call.function, call.event) for call in expected.calls)
    certain = Counter(story(call.function, call.event) for call in expected.calls if call.is_certain)
    assert calls <= possible and certain <= calls, context


@pytest.mark.parametrize("first", range(0, COUNT, PART))
def test_random_workflows(dorc, tmp_path, first):
    seeds = range(first, min(first + PART, COUNT))
    all_steps = [workflows.make(Random(seed)) for seed in seeds]
    plan = compile_plan(dorc, tmp_path, all_steps)
    for number, (seed, steps) in enumerate(zip(seeds, all_steps)):
        compare(plan, number, steps, workflows.functions_of(steps), workflows.INPUTS[seed % 2])


def test_the_corners_of_the_semantics(dorc, tmp_path):
    plan = compile_plan(dorc, tmp_path, [steps for steps, _ in CORNERS.values()])
    for number, (name, (steps, expected)) in enumerate(CORNERS.items()):
        status, output, error, _ = play(plan, number, FUNCTIONS, {"n": 1})
        if status == "FAILED":
            assert error == expected, name
        else:
            assert exact(output) == exact(expected), name


def test_events_of_every_json_type(dorc, tmp_path):
    plan = compile_plan(dorc, tmp_path, list(TYPED.values()))
    for value in VALUES:
        for number, (name, steps) in enumerate(TYPED.items()):
            if name in ("items", "distributed items", "batches") and isinstance(value, list):
                # JSONata's brackets join a list within a list, unless it is written there.
                continue
            compare(plan, number, steps, {"same": same, "broken": fail}, value)


def test_literals_of_every_json_type(dorc, tmp_path):
    plan = compile_plan(dorc, tmp_path, [[{"name": "f", "function": "same", "arguments": value}] for value in LITERALS])
    for number, value in enumerate(LITERALS):
        assert exact(play(plan, number, {"same": same}, {})[1]) == exact(value)


def test_nested_runs_of_every_json_type(dorc, tmp_path):
    outer = [{"name": "p", "pipeline": "raw/w001"}]
    files = {"src/raw/w000/pipeline.yaml": json.dumps({"steps": outer})}
    plan = compile_plan(dorc, tmp_path, [[{"name": "same"}], [{"name": "same"}]], **files)
    for value in VALUES:
        status, output, error, calls = play(plan, 0, {"same": same}, value)
        assert (status, exact(output)) == ("SUCCEEDED", exact(value)), (value, error)
        assert calls == Counter([story("same", value)])


# The table "What happens when" of docs/workflow.md. `a` returns {"n": 1}, every other function the text of its own name.
# number: steps, what raises which error, the events that functions get, the output, or the error.
FALSE, N1 = "{% $states.input.n > 1 %}", {"n": 1}
NEVER = "{% false = true %}"
ROWS = {
    1: (["a", {"name": "b", "when": FALSE}, {"name": "c", "after": "a"}, {"name": "d", "after": ["b", "c"]}], {}, {"d": {"b": N1, "c": "c"}}, "d"),
    2: (["a", {"name": "b", "when": FALSE}, "c"], {}, {"c": N1}, "c"),
    3: (["a", {"name": "b", "when": FALSE}], {}, {}, N1),
    4: ([{"name": "a", "when": NEVER}, "b"], {}, {"b": {"in": 0}}, "b"),
    5: (["a", {"name": "b", "when": FALSE, "arguments": {"k": 1}}, "c"], {}, {"c": N1}, "c"),
    6: (["a", "b", {"name": "c", "after": ["a", "b"], "when": NEVER}, "d"], {}, {"d": {"a": N1, "b": "b"}}, "d"),
    7: (["a", {"name": "b", "when": "{% $states.input.nope > 1 %}", "catch": {"next": "h"}}, {"name": "h", "only_on_error": True}], {}, {},
        Exception("States.QueryEvaluationError")),
    8: (["a", {"name": "b", "arguments": {"x": "{% $states.input.nope %}"}, "catch": {"next": "h"}}, {"name": "h", "only_on_error": True}], {}, {}, "h"),
    9: (["a", {"name": "b", "arguments": {"x": None}}, {"name": "c", "arguments": None}], {}, {"b": {"x": None}, "c": None}, "c"),
    10: (["a", {"name": "b", "after": "a"}, {"name": "c", "after": "a"}, {"name": "d", "after": "c"}], {}, {}, {"b": "b", "d": "d"}),
    11: (["a", "b", {"name": "c", "after": []}, "d"], {}, {"c": {"in": 0}, "d": "c"}, {"b": "b", "d": "d"}),
    12: (["a", "b", {"name": "c", "after": ["a", "b"]}], {}, {"b": N1, "c": {"a": N1, "b": "b"}}, "c"),
    13: (["a", {"name": "b", "after": []}, {"name": "c", "after": "a"}, {"name": "d", "after": ["a", "b"]}], {}, {"c": N1, "d": {"a": N1, "b": "b"}},
         {"c": "c", "d": "d"}),
    15: (["a", "b"], {"a": "KeyError"}, {}, Exception("KeyError")),
    16: ([{"name": "a", "after": []}, {"name": "b", "after": []}], {"b": "ValueError"}, {}, Exception("ValueError")),
    17: (["a", {"name": "b", "catch": {"next": "h"}}, "c", {"name": "h", "only_on_error": True}], {"b": "ApiBusy"}, {"c": "h"}, "c"),
    18: (["a", {"name": "b", "after": "a", "catch": {"next": "h"}}, {"name": "c", "after": "a"}, {"name": "d", "after": ["b", "c"]},
          {"name": "h", "only_on_error": True}], {"b": "X"}, {"d": {"b": "h", "c": "c"}}, "d"),
    19: ([{"name": "a", "catch": {"next": "h"}}, {"name": "b", "catch": {"next": "h"}}, {"name": "h", "only_on_error": True}], {"a": "X"}, {"b": "h"}, "b"),
    20: (["a", {"name": "b", "catch": {"next": "h"}}, {"name": "h", "only_on_error": True}, {"name": "h2", "only_on_error": True, "after": "h"}],
         {"b": "X"}, {"h2": "h"}, "h2"),
    21: (["a", {"name": "b", "catch": {"next": "h"}}, {"name": "h", "only_on_error": True, "then": "fail"}], {"b": "X"}, {}, Exception("X")),
    22: (["a", {"name": "b", "catch": {"next": "h"}}, {"name": "h", "only_on_error": True}], {"b": "X", "h": "KeyError"}, {}, Exception("KeyError")),
    23: (["a", {"name": "b", "catch": {"next": "h"}}, {"name": "h", "only_on_error": True, "when": NEVER}], {"b": "X"}, {},
         {"Error": "X", "Cause": '{"errorMessage":"no","errorType":"X"}'}),
    24: ([{"name": "a", "catch": {"next": "h"}}, {"name": "h", "only_on_error": True}, "b"], {"a": "X"}, {"b": "h"}, "b"),
    25: (["a", {"name": "b", "retry": 2, "catch": {"next": "h"}}, {"name": "h", "only_on_error": True}], {"b": "X"}, {}, "h"),
    26: (["a", {"name": "b", "catch": {"errors": ["ApiBusy"], "next": "h"}}, {"name": "h", "only_on_error": True}], {"b": "KeyError"}, {}, Exception("KeyError")),
    27: ([{"name": "b", "for_each": "{% [] %}"}, "c"], {}, {"c": []}, "c"),
    28: ([{"name": "b", "for_each": "{% $states.input.in %}", "catch": {"next": "h"}}, {"name": "h", "only_on_error": True}], {}, {}, "h"),
    29: ([{"name": "b", "for_each": [1, 2]}], {"b": "X"}, {}, Exception("X")),
    30: ([{"name": "flaky", "for_each": [1, 2], "retry": 2}], {}, {}, ["flaky", "flaky"]),
    31: ([{"name": "b", "for_each": [1, 2], "catch": {"next": "h"}}, {"name": "h", "only_on_error": True}], {"b": "X"}, {}, "h"),
    32: ([{"name": "b", "for_each": {"items": [1, 2]}, "catch": {"errors": ["X"], "next": "h"}}, {"name": "h", "only_on_error": True}], {"b": "X"}, {},
         Exception(evaluator.THRESHOLD)),
    33: ([{"name": "b", "when": "{% $exists($states.input.go) %}", "for_each": [1]}, "c"], {}, {"c": {"in": 0}}, "c"),
    36: (["a", {"name": "w", "wait": {"until": "2020-01-01T00:00:00Z"}}], {}, {}, N1),
}  # fmt: skip


def test_what_happens_when(dorc, tmp_path):
    """Rows 14 (refused by `check`), 34 (results in S3), 35 and 37 to 42 (several runs, timeouts) have tests of their own in Tests/Runner."""
    plan = compile_plan(dorc, tmp_path, [list(map(as_mapping, steps)) for steps, *_ in ROWS.values()])
    for place, (row, (steps, raises, events, expected)) in enumerate(ROWS.items()):

        def function(name: str):
            def run(event, number):
                if name in raises or (name == "flaky" and number == 1):
                    raise evaluator.Failure(raises.get(name, "X"), "no")
                return N1 if name == "a" else name

            return run

        names = {as_mapping(step).get("function", as_mapping(step)["name"]) for step in steps}
        status, output, error, calls = play(plan, place, {name: function(name) for name in names}, {"in": 0})
        if isinstance(expected, Exception):
            assert (status, error) == ("FAILED", str(expected)), row
        else:
            assert (status, exact(output)) == ("SUCCEEDED", exact(expected)), (row, error)
        for name, event in events.items():
            assert calls[story(name, event)] == 1, (row, calls)
        if row == 25:
            assert sum(number for call, number in calls.items() if '"b"' in call) == 3


def test_runs_of_other_pipelines(dorc, tmp_path):
    """Rows 35, 37 and 38: one for each item, one that nobody waits for, and one too many at the same time, which waits or is skipped."""
    each = [{"name": "p", "pipeline": "raw/w004", "for_each": [{"y": 1}, {"y": 2}]}]
    unattended = ["a", {"name": "p", "pipeline": "raw/w004", "wait_for_completion": False}]
    both = [{"name": name, "pipeline": "raw/w003", "after": []} for name in ("p", "q")]
    waiting = [{"name": name, "pipeline": "raw/w006", "after": []} for name in ("p", "q")]
    steps = [each, unattended, both, [{"name": "slow"}], [{"name": "same"}], waiting, [{"name": "slow"}]]
    limits = {3: {"max_active_runs": 1, "when_busy": "skip"}, 6: {"max_active_runs": 1}}
    files = {
        f"src/raw/w{number:03}/pipeline.yaml": json.dumps(
            {"steps": each, "timeout": "1h"} | limits.get(number, {})
        )
        for number, each in enumerate(steps)
    }
    plan = compile_plan(dorc, tmp_path, [list(map(as_mapping, each)) for each in steps], **files)
    started = threading.Event()

    def slow(event, number):
        started.wait(5)
        return event

    functions = {"same": same, "slow": slow, "a": lambda event, number: {"n": 1}}
    assert play(plan, 0, functions, {})[1] == [{"y": 1}, {"y": 2}]
    assert set(play(plan, 1, functions, {})[1]) == {"ExecutionArn", "StartDate"}
    threading.Timer(0.5, started.set).start()
    found = play(plan, 2, functions, {"x": 1})[1]
    assert sorted(found) == ["p", "q"]
    assert sorted(map(exact, found.values())) == sorted(map(exact, [{"skipped": "max_active_runs"}, {"x": 1}]))
    found = play(plan, 5, functions, {"x": 1})[1]
    assert found == {"p": {"x": 1}, "q": {"x": 1}}
