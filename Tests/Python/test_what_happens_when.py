"""The tables of docs/what-happens-when.md, row by row, on compiled workflows: the evaluator, moto's interpreter and the runner
do what it says. The rows that need more than one run, S3 or a clock are those of the runner alone."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

import program
import pytest
from semantics import evaluator, machine, workflows
from test_runner_semantics import compile_plan, making, play, templates
from test_semantics import as_mapping, compile_workflows, exact, same

# `a` returns {"n": 1}, every other function the text of its own name.
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
    43: ({"parameters": {"in": 5, "day": None}, "steps": ["b"]}, {}, {"b": {"in": 0, "day": None}}, "b"),
    45: ({"steps": ["a"], "finally": ["f"]}, {}, {"f": {"status": "SUCCEEDED", "input": {"in": 0}, "output": N1}}, N1),
    46: ({"steps": ["a", "b"], "finally": ["f"]}, {"b": "KeyError"},
         {"f": {"status": "FAILED", "input": {"in": 0}, "error": {"Error": "KeyError", "Cause": '{"errorMessage":"no","errorType":"KeyError"}'}}},
         Exception("KeyError")),
    47: ({"steps": ["a"], "finally": ["f", "g"]}, {"f": "KeyError"}, {}, Exception("KeyError")),
    48: ({"steps": ["a"], "finally": ["f"]}, {"a": "KeyError", "f": "ValueError"}, {}, Exception("ValueError")),
    49: ({"steps": [{"name": "a", "after": []}, {"name": "b", "after": []}], "finally": ["f"]}, {"b": "ValueError"}, {}, Exception("ValueError")),
}  # fmt: skip


OTHERS = {14, 34, 35, 37, 38, 39, 40, 41, 42, 44, 50, 51}


def test_every_row_is_tried():
    text = (program.ROOT / "docs" / "what-happens-when.md").read_text(encoding="utf-8").partition("## Reading the state machine")[0]
    numbers = {int(number) for number in re.findall(r"^\| (\d+) \|", text, re.MULTILINE)}
    assert numbers == set(ROWS) | OTHERS and not set(ROWS) & OTHERS and len(numbers) >= 42


def functions_of(row: int, steps: list, raises: dict) -> dict:
    def function(name: str):
        def run(event, number):
            if name in raises or (name == "flaky" and number == 1):
                raise evaluator.Failure(raises.get(name, "X"), "no")
            return N1 if name == "a" else name

        return run

    names = {step.get("function", step["name"]) for step in workflows.steps_of(steps)}
    return {name: function(name) for name in names}


def pipeline_of(steps: list | dict) -> dict:
    whole = steps if isinstance(steps, dict) else {"steps": steps}
    lists = {key: list(map(as_mapping, whole[key])) for key in ("steps", "finally") if key in whole}
    return whole | lists


@pytest.fixture(scope="module")
def compiled(dorc, tmp_path_factory):
    all_steps = [pipeline_of(steps) for steps, *_ in ROWS.values()]
    plan = compile_plan(dorc, tmp_path_factory.mktemp("runner"), all_steps)
    return plan, compile_workflows(dorc, tmp_path_factory.mktemp("moto"), all_steps)


@pytest.mark.parametrize("row", ROWS)
def test_what_happens_when(row, compiled):
    steps, raises, events, expected = ROWS[row]
    steps, place = pipeline_of(steps), list(ROWS).index(row)
    plan, definitions = compiled
    meant = evaluator.evaluate(steps, functions_of(row, steps, raises), {"in": 0})
    played = play(plan, place, functions_of(row, steps, raises), {"in": 0})
    simulated = machine.run(definitions[place], functions_of(row, steps, raises), {"in": 0})
    if isinstance(expected, Exception):
        assert [failure.error for failure in meant.failures] == [str(expected)]
        assert [(found.status, found.error) for found in (played, simulated)] == [("FAILED", str(expected))] * 2
    else:
        assert not meant.failures
        assert [(found.status, found.error) for found in (played, simulated)] == [("SUCCEEDED", None)] * 2
        assert [exact(found.output) for found in (meant, played, simulated)] == [exact(expected)] * 3
    for name, event in events.items():
        for found in (meant, played, simulated):
            assert [exact(call.event) for call in found.calls if call.function == name] == [exact(event)], name
    if row == 25:
        assert [sum(call.function == "b" for call in found.calls) for found in (meant, played, simulated)] == [3, 3, 3]


def test_row_14_a_name_twice_is_refused(dorc, tmp_path):
    root = program.make_repository(tmp_path, {"raw/p": "steps: [a, {name: b, after: [a, a]}]\n"})
    assert "duplicate-after" in dorc.fail("check", "--config", root).stderr


def test_row_34_results_are_files(dorc, tmp_path):
    items = {"s3": {"bucket": "landing", "prefix": "x/"}, "results": {"bucket": "out", "prefix": "r/"}}
    plan = compile_plan(dorc, tmp_path, [[{"name": "same", "for_each": items}]])
    for key in ("x/1", "x/2"):
        (tmp_path / "s3/landing" / key).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "s3/landing" / key).write_text("{}")
    (tmp_path / "s3/out").mkdir()
    found = play(plan, 0, {"same": lambda event, number: event["Key"]}, {}, buckets=tmp_path / "s3")
    key = found.output["ResultWriterDetails"]["Key"]
    assert found.output["ResultWriterDetails"]["Bucket"] == "out" and key.startswith("r/") and key.endswith("/manifest.json")
    (file,) = json.loads((tmp_path / "s3/out" / key).read_text())["ResultFiles"]["SUCCEEDED"]
    assert (tmp_path / "s3/out" / file["Key"]).read_text() == '"x/1"\n"x/2"\n'


def test_rows_35_37_38_and_41_runs_of_other_pipelines(dorc, tmp_path):
    """One for each item, one that nobody waits for, and one too many at the same time."""
    each = [{"name": "p", "pipeline": "raw/w005", "for_each": [{"y": 1}, {"y": 2}]}]
    unattended = ["a", {"name": "p", "pipeline": "raw/w004", "wait_for_completion": False}]
    both = [{"name": name, "pipeline": "raw/w003", "after": []} for name in ("p", "q")]
    waiting = [{"name": name, "pipeline": "raw/w007", "after": []} for name in ("p", "q")]
    steps = [each, unattended, both, [{"name": "slow"}], [{"name": "broken"}], [{"name": "same"}], waiting, [{"name": "slow"}]]
    limits = {3: {"max_active_runs": 1, "when_busy": "skip"}, 7: {"max_active_runs": 1}}
    files = {
        f"src/raw/w{number:03}/pipeline.yaml": json.dumps({"steps": each, "timeout": "1h"} | limits.get(number, {}))
        for number, each in enumerate(steps)
    }
    plan = compile_plan(dorc, tmp_path, [list(map(as_mapping, each)) for each in steps], **files)
    started = threading.Event()

    def slow(event, number):
        started.wait(5)
        return event

    def broken(event, number):
        raise evaluator.Failure("X", "no")

    functions = {"same": same, "slow": slow, "broken": broken, "a": lambda event, number: {"n": 1}}
    assert play(plan, 0, functions, {}).output == [{"y": 1}, {"y": 2}]
    assert evaluator.evaluate(each, functions, {}, {"raw/w005": [{"name": "same"}]}).output == [{"y": 1}, {"y": 2}]
    unheard = play(plan, 1, functions, {})
    assert (unheard.status, set(unheard.output)) == ("SUCCEEDED", {"ExecutionArn", "StartDate"})
    threading.Timer(0.5, started.set).start()
    found = play(plan, 2, functions, {"x": 1}).output
    assert sorted(found) == ["p", "q"]
    assert sorted(map(exact, found.values())) == sorted(map(exact, [{"skipped": "max_active_runs"}, {"x": 1}]))
    assert play(plan, 6, functions, {"x": 1}).output == {"p": {"x": 1}, "q": {"x": 1}}


def run_program(dorc, root: Path, pipeline: dict) -> tuple[subprocess.CompletedProcess, float]:
    """As `dorc-synth run` does, with a function that takes 30 s: without waiting for it where nobody waits."""
    code = "import time\ndef handler(event, context):\n    time.sleep(30)\n"
    files = {"src/raw/w000/pipeline.yaml": json.dumps(pipeline), "src/raw/w000/slow/lambda.py": code}
    plan = compile_plan(dorc, root, [[{"name": "slow"}, {"name": "h", "only_on_error": True}]], **files)
    value = templates.plan_of(root / "out", "dev", root, plan.pipeline)
    (root / "plan.json").write_text(json.dumps(value))
    start = time.monotonic()
    command = [sys.executable, "-m", "dorc_runner", str(root / "plan.json")]
    found = subprocess.run(
        command, env=making.Project(root).environment(), capture_output=True, encoding="utf-8", timeout=making.PATIENCE
    )
    return found, time.monotonic() - start


def test_row_39_a_step_is_over_its_time(dorc, tmp_path):
    step = {"name": "slow", "timeout": "1s", "catch": {"errors": ["States.Timeout"], "next": "h"}}
    found, seconds = run_program(dorc, tmp_path, {"steps": [step, {"name": "h", "only_on_error": True}]})
    assert (found.returncode, json.loads(found.stdout)) == (0, {"Error": "States.Timeout", "Cause": ""}), found.stderr
    assert seconds < 15


def test_row_40_a_run_is_over_its_time(dorc, tmp_path):
    step = {"name": "slow", "catch": {"next": "h"}}
    found, seconds = run_program(dorc, tmp_path, {"timeout": "1s", "steps": [step, {"name": "h", "only_on_error": True}]})
    assert (found.returncode, found.stdout) == (1, "") and "States.Timeout" in found.stderr
    assert seconds < 15


def test_row_44_an_input_that_is_no_object_lacks_nothing(dorc, tmp_path):
    pipeline = {"parameters": {"n": 5}, "steps": [{"name": "same"}]}
    plan, (definition,) = compile_plan(dorc, tmp_path / "a", [pipeline]), compile_workflows(dorc, tmp_path / "b", [pipeline])
    for value in ([1], [], "text", None, 0, [[1]]):
        meant = evaluator.evaluate(pipeline, {"same": same}, value)
        found = [play(plan, 0, {"same": same}, value), machine.run(definition, {"same": same}, value)]
        assert [exact(each.output) for each in (meant, *found)] == [exact(value)] * 3


def test_row_50_what_ends_the_run_at_once_runs_no_finally(dorc, tmp_path):
    found, seconds = run_program(dorc, tmp_path, {"timeout": "1s", "steps": [{"name": "slow"}], "finally": [{"name": "h"}]})
    assert (found.returncode, found.stdout) == (1, "") and "States.Timeout" in found.stderr
    assert "h started" not in found.stderr
    assert seconds < 15


def test_row_42_a_run_that_is_skipped_has_succeeded(dorc, tmp_path):
    """A trigger `on: success` starts at the end of runs that have succeeded, and such a run has."""
    trigger = {"name": "t", "after_pipeline": "raw/w000", "on": "success"}
    pipelines = [{"max_active_runs": 1, "when_busy": "skip", "steps": ["same"]}, {"steps": ["same"], "triggers": [trigger]}]
    files = {f"src/raw/w{number:03}/pipeline.yaml": json.dumps(each) for number, each in enumerate(pipelines)}
    plan = compile_plan(dorc, tmp_path, [[{"name": "same"}]] * 2, **files)
    rules = [
        resource["Properties"]["EventPattern"]
        for path in (tmp_path / "out/dev").rglob("*.json")
        for resource in json.loads(path.read_text()).get("Resources", {}).values()
        if resource["Type"] == "AWS::Events::Rule" and "stateMachineArn" in json.dumps(resource)
    ]
    assert [rule["detail"]["status"] for rule in rules if len(rule["detail"]["status"]) == 1] == [["SUCCEEDED"]]
    found = play(plan, 0, {"same": same}, {"x": 1}, runs_before=1)
    assert (found.status, found.output, found.calls) == ("SUCCEEDED", {"skipped": "max_active_runs"}, [])
