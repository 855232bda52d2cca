"""What `dorc-synth run` does with a compiled machine is what the workflow means: the evaluator and the runner agree.

`test_semantics.py` compares the evaluator with moto's interpreter on the same workflows, so that all three agree: outputs, which
effects there are, and their order. DORC_WORKFLOWS is the number of random workflows, by default a few; `make agree` has a thousand.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from random import Random

import program
import pytest
from semantics import evaluator, machine, workflows
from test_semantics import (
    CORNERS, FUNCTIONS, LITERALS, TYPED, VALUES, as_mapping, compare, exact, fail, pipeline_files, random_workflows, same, with_others,
)  # fmt: skip

sys.path[:0] = [str(program.ROOT / "Sources" / "DorcRunner"), str(program.ROOT / "Tests" / "Runner")]

import making  # noqa: E402
import templates  # noqa: E402
from dorc_runner import plan as plans  # noqa: E402
from dorc_runner.errors import StateFailed, TimedOut  # noqa: E402
from dorc_runner.execution import Execution, Run  # noqa: E402
from dorc_runner.interpreter import run_execution  # noqa: E402
from dorc_runner.mocks import Mocks  # noqa: E402
from dorc_runner.scope import Scope  # noqa: E402

COUNT, PART = int(os.environ.get("DORC_WORKFLOWS", "120")), 40


class Functions(machine.Handlers):
    """Python functions, from an event and the number of the try to an output; what was called, and when."""

    def call(self, function, event, visit, timeout):
        payload = json.dumps(event).encode()
        answer = self.invoke({"FunctionName": f"x:{function.name.rpartition('/')[2]}", "Payload": payload})
        if "FunctionError" in answer:
            problem = answer["Payload"]
            raise StateFailed(problem["errorType"], json.dumps(problem, separators=(",", ":")))
        return answer["Payload"]


def compile_plan(dorc, root: Path, all_steps: list, **more: str) -> plans.Plan:
    files = {"dorc.yaml": "project: acme\nregion: eu-west-2\nenvironments: {dev: {}}\n", "Dockerfile": "FROM scratch\n"}
    for number, steps in enumerate(all_steps):
        files |= pipeline_files(number, steps)
    program.write_files(root, files | more)
    dorc.succeed(root / "out", "--config", root, "--format", "json", "--quiet")
    return plans.decode(templates.plan_of(root / "out", "dev", root, "raw/w000"))


def play(plan: plans.Plan, number: int, functions: dict, event, buckets: Path | None = None, runs_before: int = 0) -> machine.Result:
    """`runs_before`: that many runs of the same pipeline are not over yet."""
    local = Functions(functions)
    run = Run(plan, local, making.Collected(), Mocks({}), buckets, is_fast=True)
    pipeline = plan.pipelines[f"raw/w{number:03}"]
    run.executions += [Execution(run, pipeline, {}, Scope(), started=0.0) for _ in range(runs_before)]
    execution = Execution(run, pipeline, event, Scope(None, pipeline.definition.get("TimeoutSeconds")))
    try:
        return machine.Result("SUCCEEDED", run_execution(execution), None, None, local.calls)
    except StateFailed as failure:
        return machine.Result("FAILED", None, failure.error, failure.cause, local.calls)
    except TimedOut:
        return machine.Result("TIMED_OUT", None, None, None, local.calls)


@pytest.mark.parametrize("first", range(0, COUNT, PART))
def test_random_workflows(dorc, tmp_path, first):
    seeds = range(first, min(first + PART, COUNT))
    all_steps, others = random_workflows(seeds)
    plan = compile_plan(dorc, tmp_path, with_others(all_steps, others))
    for number, (seed, steps, other) in enumerate(zip(seeds, all_steps, others)):
        functions, event = workflows.functions_of([*workflows.steps_of(steps), *other]), workflows.INPUTS[seed % 2]
        compare(steps, functions, event, play(plan, number, functions, event), other)


def test_the_corners_of_the_semantics(dorc, tmp_path):
    plan = compile_plan(dorc, tmp_path, [steps for steps, _ in CORNERS.values()])
    for number, (name, (steps, expected)) in enumerate(CORNERS.items()):
        found = play(plan, number, FUNCTIONS, {"n": 1})
        if found.status == "FAILED":
            assert found.error == expected, name
        else:
            assert exact(found.output) == exact(expected), name


def test_events_of_every_json_type(dorc, tmp_path):
    plan = compile_plan(dorc, tmp_path, list(TYPED.values()))
    for value in VALUES:
        for number, (name, steps) in enumerate(TYPED.items()):
            if name in ("items", "distributed items", "batches") and isinstance(value, list):
                # JSONata's brackets join a list within a list, unless it is written there.
                continue
            functions = {"same": same, "broken": fail}
            compare(steps, functions, value, play(plan, number, functions, value))


def test_literals_of_every_json_type(dorc, tmp_path):
    plan = compile_plan(dorc, tmp_path, [[{"name": "f", "function": "same", "arguments": value}] for value in LITERALS])
    for number, value in enumerate(LITERALS):
        assert exact(play(plan, number, {"same": same}, {}).output) == exact(value)


def test_nested_runs_of_every_json_type(dorc, tmp_path):
    outer = [{"name": "p", "pipeline": "raw/w001"}]
    files = {"src/raw/w000/pipeline.yaml": json.dumps({"steps": outer})}
    plan = compile_plan(dorc, tmp_path, [[{"name": "same"}], [{"name": "same"}]], **files)
    for value in VALUES:
        found = play(plan, 0, {"same": same}, value)
        assert (found.status, exact(found.output)) == ("SUCCEEDED", exact(value)), (value, found)
        assert [exact(call.event) for call in found.calls] == [exact(value)]
