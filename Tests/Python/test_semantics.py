"""The compiled state machine does what the workflow means: the evaluator and an independent interpreter agree."""

from __future__ import annotations

import json
from collections import Counter
from random import Random

import program
import pytest
from semantics import evaluator, machine, workflows

COUNT = 120

# moto stops the branches beside a failed one by an exception in their threads.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")


def pipeline_files(number: int, steps: list) -> dict[str, str]:
    folder = f"src/raw/w{number:03}"
    functions = {step.get("function", step["name"]) for step in map(as_mapping, steps) if "wait" not in step}
    files = {f"{folder}/{name}/lambda.py": "def handler(event, context):\n    return event\n" for name in functions}
    # JSON is YAML.
    return files | {f"{folder}/pipeline.yaml": json.dumps({"steps": steps})}


def as_mapping(step) -> dict:
    return step if isinstance(step, dict) else {"name": step}


def compile_workflows(dorc, root, all_steps: list) -> list[dict]:
    files = {
        "dorc.yaml": "project: acme\nregion: eu-west-2\nenvironments: {dev: {}}\n",
        "Dockerfile": "FROM scratch\n",
    }
    for number, steps in enumerate(all_steps):
        files |= pipeline_files(number, steps)
    program.write_files(root, files)
    dorc.succeed(root / "out", "--config", root, "--format", "json", "--quiet")
    paths = [root / f"out/dev/core/raw/w{number:03}.json" for number in range(len(all_steps))]
    return [machine.definition_of(json.loads(path.read_text())) for path in paths]


def key(call) -> str:
    return json.dumps([call.function, call.event], sort_keys=True)


def compare(steps, definition, functions, run_input) -> None:
    expected = evaluator.evaluate(steps, functions, run_input)
    found = machine.run(definition, functions, run_input)
    story = json.dumps({"steps": steps, "input": run_input, "failed": found.cause}, indent=1)
    if expected.failures:
        assert found.status == "FAILED", story
        assert found.error in {failure.error for failure in expected.failures}, story
    else:
        assert (found.status, found.output) == ("SUCCEEDED", expected.output), story
    possible = Counter(map(key, expected.calls))
    certain = Counter(key(call) for call in expected.calls if call.is_certain)
    made = Counter(map(key, found.calls))
    assert made <= possible and certain <= made, story
    check_order(expected, found, possible, story)


def check_order(expected, found, possible: Counter, story: str) -> None:
    """Calls that stand for one step each: what a call waits for has ended before it starts."""
    places = {key(call): call for call in found.calls if possible[key(call)] == 1}
    for call in expected.calls:
        own = places.get(key(call))
        for number in call.after if own else ():
            before = expected.calls[number]
            other = places.get(key(before))
            if other and (before.is_certain or other.end):
                assert other.end < own.start, story


def test_random_workflows(dorc, tmp_path):
    all_steps = [workflows.make(Random(seed)) for seed in range(COUNT)]
    definitions = compile_workflows(dorc, tmp_path, all_steps)
    for seed, (steps, definition) in enumerate(zip(all_steps, definitions)):
        functions = workflows.functions_of(steps)
        compare(steps, definition, functions, workflows.INPUTS[seed % 2])
