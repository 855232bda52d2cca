"""`--test`: what a case takes, how it is judged, and how that is told."""

from __future__ import annotations

import json
import signal
import time
from xml.etree import ElementTree

import making
import pytest
from dorc_runner import cases
from dorc_runner.cases import Ended, judge
from dorc_runner.plan import Case
from making import chain, task

ECHO = "def handler(event, context):\n    return event\n"
RAISES = "def handler(event, context):\n    raise ValueError(event)\n"


def case(expect, **more) -> Case:
    keys = {"name": "a", "file": "", "line": 0, "input": {}, "event": "", "mocks": {}, "secrets": {}} | more
    return Case(expect=expect, **keys)


# Judging


@pytest.mark.parametrize(
    "expected, found",
    [(1, 1.0), ({"a": [1, {"b": None}]}, {"a": [1.0, {"b": None}]}), ("x", "x"), (10**20, 10**20), (0.1, 0.1), (True, True)],
)
def test_the_same_as_json(expected, found):
    assert judge(case({"output": expected}), Ended(found)) is None


@pytest.mark.parametrize(
    "expected, found",
    [(1, True), (0, False), (None, False), ("1", 1), ([1], [1, 2]), ({"a": 1}, {"a": 1, "b": 2}), ([], {}), (10**20, 10**20 + 1), ("é", "e\u0301")],
)
def test_not_the_same_as_json(expected, found):
    assert judge(case({"output": expected}), Ended(found)).startswith("the output is another one\n")


def test_the_difference_has_only_what_is_another():
    problem = judge(case({"output": {"rows": 2, "share": 1.0, "name": "café"}}), Ended({"share": 1, "name": "café", "rows": 3}))
    changes = [line for line in problem.splitlines() if line[0] in "+-" and line[:3] not in ("+++", "---")]
    assert changes == ['-  "rows": 2,', '+  "rows": 3,']


def test_the_difference_of_large_outputs_is_told_by_value_and_at_once():
    one = {"rows": [{"id": number, "text": "x" * 20} for number in range(3000)]}
    other = json.loads(json.dumps(one))
    for number in range(0, 3000, 100):
        other["rows"][number]["id"] = -1
    start = time.monotonic()
    lines = judge(case({"output": one}), Ended(other)).splitlines()
    assert time.monotonic() - start < 2
    assert lines[1:5] == ["-$.rows[0].id: 0", "+$.rows[0].id: -1", "-$.rows[100].id: 100", "+$.rows[100].id: -1"]
    assert len(lines) == 22 and lines[-1] == "... and more"
    other["rows"].pop()
    assert "(2999 items)" in judge(case({"output": one}), Ended(other))


EXCEPTION = json.dumps({"errorMessage": 'no "rows"', "errorType": "ValueError", "stackTrace": []})
NESTED = json.dumps({"ExecutionArn": "arn", "Error": "ValueError", "Cause": EXCEPTION})


@pytest.mark.parametrize("cause", [EXCEPTION, NESTED, 'plain: no "rows" at all'])
def test_a_part_of_a_cause_is_found_where_a_person_reads_it(cause):
    ended = Ended(error="E", cause=cause, has_failed=True)
    assert judge(case({"error": "E", "cause": 'no "rows"'}), ended) is None
    assert judge(case({"error": "E"}), ended) is None
    assert "'no columns' in its cause" in judge(case({"error": "E", "cause": "no columns"}), ended)


def test_an_error_without_a_name_or_cause_is_judged():
    ended = Ended(error=None, cause=None, has_failed=True)
    assert "no error name" in judge(case({"error": "E"}), ended)
    assert "no error name" in judge(case({"output": 1}), ended)
    assert judge(case({"error": "E", "cause": "x"}), Ended(error="E", has_failed=True)) is not None


@pytest.mark.parametrize(
    "expected, found",
    [(0.3, 0.1 + 0.2), ({"a": [1.5, 2]}, {"a": [1.5 * (1 + 1e-10), 2]}), (0, 0.1 + 0.2 - 0.3), (7, 7.0), (1e308, 1e308), (10**20, 1e20)],
)
def test_numbers_with_a_fraction_are_compared_as_far_as_they_are_exact(expected, found):
    assert judge(case({"output": expected}), Ended(output=found)) is None
    assert judge(case({"output": found}), Ended(output=expected)) is None


@pytest.mark.parametrize(
    "expected, found", [(0.3, 0.3000001), (1, 2), (10**17, 10**17 + 1), (True, 1.0), (1.0, "1.0"), (0, 1e-9), (1.5, 10**400), (1.5, None)]
)
def test_other_numbers_are_other_numbers(expected, found):
    assert judge(case({"output": expected}), Ended(output=found)) is not None
    assert judge(case({"output": found}), Ended(output=expected)) is not None


def test_a_difference_shows_only_what_is_different():
    problem = judge(case({"output": {"a": 0.3, "b": 1, "c": [1.5, 2]}}), Ended(output={"a": 0.1 + 0.2, "b": 2, "c": [1.5000000000001, 2]}))
    assert [line for line in problem.splitlines()[4:] if line[:1] in "+-"] == ['-  "b": 1,', '+  "b": 2,']


def test_an_input_that_aws_would_not_take_fails_a_case(project):
    project.function("f", ECHO)
    those = [{"name": "large", "input": "x" * 262_143, "expect": {"output": 1}}]
    project.plan(chain(("f", task("f"))), ["f"], pipeline_keys={"cases": those})
    assert "the input has 262145 bytes, and AWS starts no run with more than 262144" in project.run("--test").stdout


# Running


def test_an_event_is_what_its_trigger_sends(project):
    project.function("f", ECHO)
    triggers = [{"name": "monthly", "kind": "schedule", "input": {"full": True}}]
    those = [
        {"name": "by schedule", "event": "schedule", "expect": {"output": {"full": True}}},
        {"name": "by name", "event": "schedule:monthly", "expect": {"output": {"full": True}}},
        {"name": "no such one", "event": "schedule:daily", "expect": {"output": {}}},
        {"name": "by object", "event": "s3:landing/a/b.csv", "expect": {"output": "a/b.csv"}},
    ]
    machine = chain(("f", task("f")), ("p", {"Type": "Pass", "Output": "{% $exists($states.input.detail) ? $states.input.detail.object.key : $states.input %}"}))
    project.plan(machine, ["f"], pipeline_keys={"cases": those, "triggers": triggers})
    result = project.run("--test")
    assert [line.split()[0] for line in result.stdout.splitlines() if not line.startswith(" ")] == ["passed", "passed", "FAILED", "passed", "4"]
    assert "event schedule:daily: raw/p has only `schedule:monthly`" in result.stdout


def test_mocks_come_one_after_the_other_and_anew_for_each_case(project):
    project.function("f", ECHO)
    retry = [{"ErrorEquals": ["Busy"], "IntervalSeconds": 60, "MaxAttempts": 3}]
    answers = {"f": [{"error": "Busy"}, {"error": "Busy"}, {"output": 7}]}
    those = [{"name": name, "mocks": answers, "expect": {"output": 7}} for name in "ab"]
    those.append({"name": "too few", "mocks": {"f": [{"error": "Busy"}]}, "expect": {"output": 7}})
    those.append({"name": "unused", "mocks": {"raw/other/x": {"output": 1}}, "expect": {"output": 7}})
    project.plan(chain(("f", task("f", Retry=retry))), ["f"], pipeline_keys={"cases": those})
    start = time.monotonic()
    result = project.run("--test")
    assert time.monotonic() - start < 30
    assert [line.split()[0] for line in result.stdout.splitlines() if not line.startswith(" ")] == ["passed", "passed", "FAILED", "FAILED", "4"]
    assert "the mock of `f` has 1 answer, and this is call 2" in result.stdout
    assert "note: the mock of `raw/other/x` was not used" in result.stdout


def test_cases_side_by_side_are_told_in_their_order_and_take_less_time(project):
    project.function("f", "import time\ndef handler(event, context):\n    time.sleep(event)\n    return event\n")
    those = [{"name": f"c{number}", "input": 0.6 - number / 10, "expect": {"output": 0.6 - number / 10}} for number in range(6)]
    project.plan(chain(("f", task("f"))), ["f"], pipeline_keys={"cases": those})
    result = project.run("--test", "--jobs", "6")
    lines = result.stdout.splitlines()
    assert [line.partition(" (")[0] for line in lines[:-1]] == [f"passed  raw/p: c{number}" for number in range(6)]
    alone = sum(each["input"] for each in those)
    took = float(lines[-1].split()[-2])
    assert lines[-1].startswith("6 cases: 6 passed, 0 failed, ") and took < alone + 0.5


def test_json_has_an_object_a_case_and_a_summary(project):
    project.function("f", ECHO)
    those = [
        {"name": "a", "file": "tests/x.yaml", "line": 3, "input": 1, "expect": {"output": 1}},
        {"name": "b", "input": "\ud800\x00", "expect": {"output": 2}},
    ]
    project.plan(chain(("f", task("f"))), ["f"], pipeline_keys={"cases": those})
    result = project.run("--test", "--json")
    first, second, summary = map(json.loads, result.stdout.splitlines())
    assert result.returncode == 1 and result.stderr == ""
    seconds = [each.pop("seconds") for each in (first, second, summary)]
    assert all(0 <= each < making.PATIENCE for each in seconds)
    log = first.pop("log")
    assert first == {"event": "case", "pipeline": "raw/p", "case": "a", "file": "tests/x.yaml", "line": 3, "passed": True, "problem": None}
    assert "f succeeded" in log
    assert second["passed"] is False and "the output is another one" in second["problem"]
    assert summary == {"event": "summary", "passed": 1, "failed": 1, "interrupted": 0}
    # As text too, whatever is in it.
    assert project.run("--test").returncode == 1


def test_junit_holds_whatever_handlers_print_and_return(project):
    project.function("f", "def handler(event, context):\n    print('\\x1b[31mred\\x00\\x07 ]]> & <b> \\ufffe', event)\n    return event\n")
    those = [{"name": 'a "quoted" <name> & é', "input": "\x01]]>\ud800 & <x>", "expect": {"output": "\x02"}}]
    project.plan(chain(("f", task("f"))), ["f"], pipeline_keys={"cases": those})
    project.run("--test", "--junit", project.root / "deep/er/junit.xml")
    root = ElementTree.parse(project.root / "deep/er/junit.xml").getroot()
    assert {key: root.get(key) for key in ("tests", "failures", "errors", "skipped")} == {"tests": "1", "failures": "1", "errors": "0", "skipped": "0"}
    ((found,),) = root
    assert (found.get("classname"), found.get("name")) == ("raw/p", those[0]["name"])
    assert found.find("failure").get("message") == "the output is another one"
    assert "]]>\ufffd & <x>" in found.find("failure").text
    assert "\ufffd[31mred\ufffd\ufffd ]]> & <b> \ufffd" in found.find("system-out").text


def test_the_log_of_a_failed_case_has_the_traceback_once(project):
    project.function("f", RAISES)
    retry = [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 1, "MaxAttempts": 1}]
    shown = "Traceback (most recent call last):"
    for state in (task("f"), task("f", Retry=retry)):
        project.plan(chain(("f", state)), ["f"], pipeline_keys={"cases": [{"name": "a", "input": 1, "expect": {"output": 1}}]})
        report = project.root / "junit.xml"
        text = project.run("--test", "--junit", report).stdout
        assert text.count(f"        {shown}\n") == 1 and "in handler\n" in text and text.count("ValueError: 1\n") >= 1
        assert ElementTree.parse(report).getroot()[0][0].find("system-out").text.count(shown) == 1
        assert json.loads(project.run("--test", "--json").stdout.splitlines()[0])["log"].count(shown) == 1


def test_a_report_that_cannot_be_written_fails(project):
    project.function("f", ECHO)
    project.plan(chain(("f", task("f"))), ["f"], pipeline_keys={"cases": [{"name": "a", "input": 1, "expect": {"output": 1}}]})
    (project.root / "file").write_text("")
    result = project.run("--test", "--junit", project.root / "file" / "junit.xml")
    assert result.returncode == 1 and "error: --junit" in result.stderr and "1 passed" in result.stdout


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_interrupted_cases_leave_no_process(project, number, jobs):
    mark = project.root / "mark"
    project.function("f", f"import os, time\ndef handler(event, context):\n    if event:\n        open('{mark}.' + str(os.getpid()), 'w').close()\n        time.sleep(600)\n    return event\n")
    those = [{"name": f"c{index}", "input": index > 0, "expect": {"output": False}} for index in range(5)]
    project.plan(chain(("f", task("f"))), ["f"], pipeline_keys={"cases": those})
    process = project.start("--test", "--jobs", jobs, "--junit", project.root / "junit.xml")
    limit = time.monotonic() + making.PATIENCE
    while len(found := list(project.root.glob("mark.*"))) < int(jobs):
        assert time.monotonic() < limit and process.poll() is None
        time.sleep(0.01)
    start = time.monotonic()
    process.send_signal(number)
    out, err = process.communicate(timeout=making.PATIENCE)
    assert process.returncode == 130 and time.monotonic() - start < 3
    assert out.splitlines()[-1].startswith("1 case: 1 passed, 0 failed, interrupted before the end of 4, ")
    assert not any(making.lives(int(each.suffix[1:])) for each in found)
    (suite,) = ElementTree.parse(project.root / "junit.xml").getroot()
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("5", "0", "4")


def test_what_a_case_cannot_have_is_told(project):
    both = {"name": "a", "input": 1, "event": "schedule", "expect": {"output": 1}}
    project.plan(chain(("p", {"Type": "Pass"})), pipeline_keys={"cases": [both]})
    result = project.run("--test")
    assert result.returncode == 64 and "cases[0]: event: expected `input` or `event`, not both" in result.stderr


def test_numbers_in_a_difference_are_written_alike():
    assert cases.pretty({"b": 1.0, "a": [2.5, True]}) == '{\n  "a": [\n    2.5,\n    true\n  ],\n  "b": 1\n}'


def test_the_answer_of_a_step_that_runs_a_pipeline_is_its_output():
    def run(pattern: str, answer):
        step = {"Type": "Task", "Resource": f"arn:aws:states:::states:startExecution{pattern}", "Arguments": {}}
        if pattern:
            step["Output"] = "{% $states.result.Output %}"
        return making.play(chain(("p", step)), {}, {}, mocks={"p": {"output": answer}}).output

    assert run(".sync:2", {"rows": 1}) == {"rows": 1}
    assert run(".sync:2", None) is None
    assert run(".sync", {"rows": 1}) == '{"rows":1}'
    # All that AWS tells, and of a run that is not waited for.
    assert run(".sync:2", {"ExecutionArn": "arn", "Output": 7}) == 7
    assert run("", {"ExecutionArn": "arn"}) == {"ExecutionArn": "arn"}
