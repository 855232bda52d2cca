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
from test_semantics import CORNERS, FUNCTIONS, LITERALS, TYPED, VALUES, exact, fail, pipeline_files, same

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
