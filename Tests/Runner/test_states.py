"""What each type of state does, and how states lead to each other."""

from __future__ import annotations

import json
import re
import time

import making
import pytest
from dorc_runner import expressions
from dorc_runner.errors import RunFailed, StateFailed
from making import chain, definition, play, task


def fail(error: str, cause: str = "no"):
    def function(event):
        raise StateFailed(error, cause)

    return function


def same(event):
    return event


def value_of(expression: str, event=None, **more):
    return play(chain(("x", {"Type": "Pass", "Output": expression})), event, **more)


def test_states_pass_on_their_input_and_have_outputs_of_their_own():
    machine = chain(
        ("a", {"Type": "Pass"}), ("b", {"Type": "Pass", "Output": {"was": "{% $states.input %}"}}), ("c", {"Type": "Succeed"})
    )
    assert play(machine, [1]).output == {"was": [1]}


def test_variables_are_those_of_the_moment_when_the_state_was_entered():
    machine = chain(
        ("a", {"Type": "Pass", "Assign": {"x": 1, "y": None}}),
        ("b", {"Type": "Pass", "Assign": {"x": "{% $x + 1 %}", "z": "{% $x %}"}, "Output": "{% $x %}"}),
        ("c", {"Type": "Pass", "Output": ["{% $states.input %}", "{% $x %}", "{% $z %}", "{% $y %}", "{% $type($y) %}"]}),
    )
    assert play(machine).output == [1, 2, 1, None, "null"]


def test_a_choice_takes_the_first_rule_that_holds():
    rules = [
        {"Condition": "{% $states.input > 5 %}", "Next": "big", "Output": "{% $states.input * 2 %}", "Assign": {"x": "rule"}},
        {"Condition": "{% $states.input > 1 %}", "Next": "small"},
    ]
    ends = {"big": {"Type": "Pass", "Output": ["big", "{% $x %}", "{% $states.input %}"], "End": True}}
    ends |= {name: {"Type": "Pass", "Output": [name, "{% $states.input %}"], "End": True} for name in ("small", "other")}
    machine = definition({"c": {"Type": "Choice", "Choices": rules, "Default": "other", "Output": "default"}} | ends)
    assert play(machine, 6).output == ["big", "rule", 12]
    assert play(machine, 2).output == ["small", 2]
    assert play(machine, 0).output == ["other", "default"]


def test_a_choice_without_a_rule_that_holds_fails():
    machine = definition({"c": {"Type": "Choice", "Choices": [{"Condition": False, "Next": "x"}]}, "x": {"Type": "Succeed"}})
    assert play(machine).error == "States.NoChoiceMatched"


@pytest.mark.parametrize("condition", ["{% 1 %}", "{% 'true' %}", "{% null %}", "{% $states.input.nope %}"])
def test_a_condition_is_a_boolean(condition):
    machine = definition(
        {"c": {"Type": "Choice", "Choices": [{"Condition": condition, "Next": "x"}], "Default": "x"}, "x": {"Type": "Succeed"}}
    )
    assert play(machine).error == "States.QueryEvaluationError"


def test_a_failure_has_error_and_cause():
    found = play(chain(("f", {"Type": "Fail", "Error": "{% 'E' & 'rr' %}", "Cause": "because"})))
    assert (found.status, found.error, found.cause) == ("FAILED", "Err", "because")


@pytest.mark.parametrize(
    "text", ["{% $randomSeeded(1) %}", "{% $partition([1], 0) %}", "{% $range(1, 5000) %}", "{% $parse('NaN') %}", "{% $eval('1') %}", "{% 1 +  %}", "{% $sum %}", "{% (1/0) + 1 %}", "{% $error('x') %}", "{% $number('x') %}"]
)
def test_whatever_is_wrong_in_an_expression_is_one_error(text):
    found = value_of(text)
    assert found.error == "States.QueryEvaluationError"
    assert found.cause.startswith(
        "An error occurred while executing the state 'x' (entered at the event id #2). The JSONata expression '"
    )


def test_an_expression_that_never_ends_is_ended(monkeypatch):
    monkeypatch.setattr(expressions, "PATIENCE", 0.2)
    found = value_of("{% ( $f := function($n) { $f($n + 1) }; $f(1) ) %}")
    assert found.error == "States.QueryEvaluationError"
    assert found.cause.endswith("threw an error during evaluation: Expression evaluation timeout: Check for infinite loop")


FUNCTIONS = {
    "$partition([1, 2, 3], 2)": [[1, 2], [3]],
    "$partition([1, 2], 5)": [[1, 2]],
    "$partition([1, 2, 3], 2.9)": [[1, 2], [3]],
    "$partition([1..3], 2)": [[1, 2], [3]],
    "$partition([1, 2])": [[1, 2]],
    "$range(1, 9, 4)": [1, 5, 9],
    "$range(0, 10, 3)": [0, 3, 6, 9],
    "$range(1, 9, 9)": 1,
    "$range(-1.7, 2, 1)": [-1, 0, 1, 2],
    "$count($range(1, 200000, 1))": 200000,
    "$range(3, 1, -1)": [3, 2, 1],
    "$hash('a', 'SHA-1')": "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8",
    "$random(5) = $random(5)": True,
    "$random(42)": 0.7275636800328681,
    "[1/0, -1/0, 0/0, 1e308 * 10]": ["Infinity", "-Infinity", "NaN", "Infinity"],
    "{'k': 1/0}": {"k": "Infinity"},
    "$parseInteger('abc', '0')": "NaN",
    "[5.5 % 2, -7 % 3, 7 / 2, 6 / 2, 2 * 3, 1 - 2]": [1.5, -1, 3.5, 3, 6, -1],
    "$random() < 1": True,
    "$length($uuid())": 36,
    "$parse('{\"a\": [null, 1.5]}')": {"a": [None, 1.5]},
    "$parse('-0')": 0,
    "$parse('true')": True,
    "$map([null, 1], function($v) { $type($v) })": ["null", "number"],
    "$count($states.input.list)": 3,
    "$map($states.input.list, $type)": ["null", "number", "string"],
    "'\\ud83d\\ude00'": "\U0001f600",
    "[1..3]": [1, 2, 3],
    "$string(999999999999999)": "999999999999999",
    "$string(1000000000000000)": "1000000000000000",
    "$string(1234567890123456789)": "1234567890123460000",
    "$string(1000000000000005)": "1000000000000010",
    "$string(-1000000000000005)": "-1000000000000010",
    "'' & 100000000000000000000": "100000000000000000000",
    "1e20 & 'x'": "100000000000000000000x",
    "'' & 1e21": "1e+21",
    "'' & 1.25e300": "1.25e+300",
    "'' & 0.000001": "0.000001",
    "'' & 0.00000125": "0.00000125",
    "'' & 0.000000125": "1.25e-7",
    "'' & (0.1 + 0.2)": "0.3",
    "'' & -12.5": "-12.5",
    "'' & 1.0": "1",
    "$string(-0.0)": "0",
    "$string([1e16, 0.1 + 0.2, 1.0, true, null, 'é', []])": '[10000000000000000,0.3,1,true,null,"é",[]]',
    "$string({'a': 1234567890123456789, 'f': $sum, 'b': [1..3]})": '{"a":1234567890123460000,"f":"","b":[1,2,3]}',
    "$string({'a': [1, {}], 'b': 'x'}, true)": '{\n  "a": [\n    1,\n    {}\n  ],\n  "b": "x"\n}',
    "$string($sum)": "",
    "$string('a')": "a",
    "$string(null)": "null",
    "$string(true)": "true",
    "$string([''])": '[""]',
    "{'a': null}": {"a": None},
}


NOTHING = "returned nothing (undefined)."
FAILED = "threw an error during evaluation. "
EXCEEDED = "threw an error during evaluation: Expression evaluation memory limit exceeded: Check for excessive memory usage"
# As Step Functions and the reference implementation say it: no word of Python's.
CAUSES = {
    "$range(1, 2000)": NOTHING,
    "$range(1, 2, 0)": NOTHING,
    "$range(1, 2, -1)": NOTHING,
    "$range('a', 2, 1)": FAILED + 'T0410: Argument 1 of function "range" does not match function signature',
    "$range(1, 2, 3, 4)": FAILED + 'T0410: Argument 4 of function "range" does not match function signature',
    "$range(1, 360146, 1)": EXCEEDED,
    "$partition([1], 0)": NOTHING,
    "$partition([1], -2)": FAILED + "D3137: Second argument must be zero or greater",
    "$partition(7, 5)": FAILED + 'T0412: Argument 1 of function "partition" must be an array of undefined',
    "$hash('a')": NOTHING,
    "$hash('a', 'X')": FAILED + "D3137: Hash algorithm 'X' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5",
    "$hash(5, 'MD5')": FAILED + 'T0410: Argument 1 of function "hash" does not match function signature',
    "$random('a')": FAILED + 'T0410: Argument 1 of function "random" does not match function signature',
    "$uuid(1)": FAILED + 'T0410: Argument 1 of function "uuid" does not match function signature',
    "$parse('x')": FAILED + "D3137: Invalid JSON",
    "$parse('')": FAILED + "D3137: Invalid JSON",
    "$parse(1)": FAILED + 'T0410: Argument 1 of function "parse" does not match function signature',
    "$match('a', '[a-z]')": FAILED + 'T0410: Argument 2 of function "match" does not match function signature',
    "$abs('x')": FAILED + 'T0410: Argument 1 of function "abs" does not match function signature',
    "$sum(['a'])": FAILED + 'T0412: Argument 1 of function "sum" must be an array of "numbers"',
    "$sqrt(-1)": FAILED + "D3060: The sqrt function cannot be applied to a negative number: -1",
    "$number('abc')": FAILED + 'D3030: Unable to cast value to a number: "abc"',
    "$toMillis('foo')": FAILED + 'D3110: The argument of the toMillis function must be an ISO 8601 formatted timestamp. Given "foo"',
    "$power(10, 1000)": FAILED + "D3061: The power function has resulted in a value that cannot be represented as a JSON number: base=10, exponent=1000",
    "$sort([1, 'a'])": FAILED + "D3070: The single argument form of the sort function can only be applied to an array of strings or an array of numbers.  Use the second argument to specify a comparison function",
    "$replace('a', '', 'x')": FAILED + "D3010: Second argument of replace function cannot be an empty string",
    "$formatBase(5, 1)": FAILED + "D3100: The radix of the formatBase function must be between 2 and 36.  It was given 1",
    "$string(1/0)": FAILED + "D3001: Attempting to invoke string function on Infinity or NaN",
    "-'a'": FAILED + 'D1002: Cannot negate a non-numeric value: "a"',
    "1 + 'a'": FAILED + 'T2002: The right side of the "+" operator must evaluate to a number',
    "'a' < 1": FAILED + 'T2009: The values "a" and 1 either side of operator "<" must be of the same data type',
    "$nothing(1)": FAILED + "T1006: Attempted to invoke a non-function",
    "{'a': 1}()": FAILED + "T1006: Attempted to invoke a non-function",
    "$error('Object {{x}}')": FAILED + "D3137: Object {{x}}",
    "($f := function($x) { 1 + $f($x) }; $f(1))": "threw an error during evaluation: Stack overflow error: Check for non-terminating recursive function.",
}  # fmt: skip


@pytest.mark.parametrize("text", CAUSES)
def test_what_is_said_of_an_expression_that_fails(text, capsys):
    found = value_of("{% " + text + " %}")
    assert found.error == "States.QueryEvaluationError"
    assert found.cause.partition("specified for the field 'Output' ")[2].startswith(CAUSES[text])
    # jsonata-python prints what it does not know, and standard output is the run's.
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("text", FUNCTIONS)
def test_functions_of_jsonata_and_of_step_functions(text):
    assert value_of("{% " + text + " %}", {"list": [None, 1, "x"]}).output == FUNCTIONS[text]


def test_the_context_has_the_fields_that_aws_documents():
    tries = []

    def function(event):
        tries.append(event)
        if len(tries) == 1:
            raise StateFailed("Again", None)
        return event

    state = task("f", Arguments="{% $states.context %}", Retry=[{"ErrorEquals": ["Again"], "IntervalSeconds": 1}])
    found = play(chain(("f", state)), {"in": 1}, {"f": function})
    context = found.output
    stamp = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"
    assert re.fullmatch(stamp, context["Execution"].pop("StartTime")) and re.fullmatch(
        stamp, context["State"].pop("EnteredTime")
    )
    name = context["Execution"].pop("Name")
    assert context == {
        "Execution": {
            "Id": f"arn:aws:states:eu-west-2:111122223333:execution:demo-dev-raw-p:{name}",
            "Input": {"in": 1},
            "RoleArn": "arn:aws:iam::111122223333:role/local",
            "RedriveCount": 0,
        },
        "StateMachine": {"Id": making.machine_arn("raw/p"), "Name": "demo-dev-raw-p"},
        "State": {"Name": "f", "RetryCount": 1},
    }


def test_the_first_retrier_that_names_the_error_decides_and_each_counts_its_own_tries():
    errors = iter(["A", "B", "A", "B"])

    def function(event):
        raise StateFailed(next(errors), None)

    retry = [{"ErrorEquals": ["A", "B"], "MaxAttempts": 2, "IntervalSeconds": 10, "BackoffRate": 3, "MaxDelaySeconds": 20}]
    found = play(
        chain(("f", task("f", Retry=[*retry, {"ErrorEquals": ["States.ALL"], "MaxAttempts": 9}]))), functions={"f": function}
    )
    assert (found.error, len(found.calls)) == ("A", 3)
    assert [details["seconds"] for kind, _, details in found.reporter.events if kind == "retrying"] == [10, 20]


def test_full_jitter_is_between_nothing_and_the_delay():
    retry = [{"ErrorEquals": ["A"], "MaxAttempts": 20, "IntervalSeconds": 7, "BackoffRate": 1, "JitterStrategy": "FULL"}]
    found = play(chain(("f", task("f", Retry=retry))), functions={"f": fail("A")})
    waits = [details["seconds"] for kind, _, details in found.reporter.events if kind == "retrying"]
    assert len(set(waits)) > 10 and all(0 <= wait <= 7 for wait in waits)


# name in ErrorEquals, error: whether it is caught.
CAUGHT = [
    ("States.ALL", "A", True),
    ("States.ALL", "States.Timeout", True),
    ("States.ALL", "States.QueryEvaluationError", True),
    ("States.ALL", "States.DataLimitExceeded", False),
    ("States.ALL", "States.Runtime", False),
    ("States.Runtime", "States.Runtime", False),
    ("States.DataLimitExceeded", "States.DataLimitExceeded", True),
    ("States.TaskFailed", "A", True),
    ("States.TaskFailed", "Lambda.Unknown", True),
    ("States.TaskFailed", "States.Timeout", False),
    ("States.Timeout", "States.HeartbeatTimeout", True),
    ("A", "B", False),
]


@pytest.mark.parametrize("name, error, is_caught", CAUGHT)
def test_which_errors_a_name_stands_for(name, error, is_caught):
    catch = [
        {
            "ErrorEquals": [name],
            "Next": "h",
            "Output": ["{% $states.errorOutput %}", "{% $states.input %}"],
            "Assign": {"e": "{% $states.errorOutput.Error %}"},
        }
    ]
    states = {
        "f": task("f", Catch=catch, End=True),
        "h": {"Type": "Pass", "Output": ["{% $states.input %}", "{% $e %}"], "End": True},
    }
    found = play(definition(states), 5, {"f": fail(error, "why")})
    if is_caught:
        assert found.output == [[{"Error": error, "Cause": "why"}, 5], error]
    else:
        assert (found.status, found.error, found.cause) == ("FAILED", error, "why")


def test_what_is_wrong_in_arguments_and_output_is_caught():
    for field in ("Arguments", "Output", "Assign"):
        state = task("f", Catch=[{"ErrorEquals": ["States.QueryEvaluationError"], "Next": "h"}], End=True)
        state[field] = {"x": ["{% $states.input.nope %}"]}
        found = play(definition({"f": state, "h": {"Type": "Pass", "End": True}}), functions={"f": same})
        assert f"specified for the field '{field}/x[0]' returned nothing (undefined)." in found.output["Cause"]


def test_a_wrong_catcher_ends_the_run():
    catch = [{"ErrorEquals": ["A"], "Next": "h", "Output": "{% $nope %}"}, {"ErrorEquals": ["States.ALL"], "Next": "h"}]
    found = play(definition({"f": task("f", Catch=catch, End=True), "h": {"Type": "Succeed"}}), functions={"f": fail("A")})
    assert found.error == "States.QueryEvaluationError"


@pytest.mark.parametrize("place", ["result", "arguments", "output", "input of a pass"])
def test_more_than_256_kib_are_too_much(place):
    big = "{% $pad('', 262145, 'x') %}"
    states = {
        "result": (task("f"), lambda event: "x" * 262144),
        "arguments": (task("f", Arguments=big), same),
        "output": (task("f", Output=big), same),
        "input of a pass": ({"Type": "Pass", "Output": big}, same),
    }
    state, function = states[place]
    if state["Type"] == "Task":
        state |= {"Catch": [{"ErrorEquals": ["States.ALL"], "Next": "h"}]}
    found = play(chain(("f", state | {"Next": "h"}), ("h", {"Type": "Succeed"})), functions={"f": function})
    assert found.error == "States.DataLimitExceeded"
    assert play(chain(("f", task("f"))), functions={"f": lambda event: "x" * 262142}).status == "SUCCEEDED"


def test_parallel_gives_the_outputs_in_the_order_of_the_branches():
    def branch(index):
        wait = ("w", {"Type": "Wait", "Seconds": 0})
        return chain(
            wait, (f"b{index}", {"Type": "Pass", "Assign": {"x": index}, "Output": ["{% $x %}", index, "{% $states.input %}"]})
        )

    branches = [branch(index) for index in range(5)]
    machine = chain(("a", {"Type": "Pass", "Assign": {"x": "outer"}}), ("p", {"Type": "Parallel", "Branches": branches, "Arguments": "in"}),
                    ("z", {"Type": "Pass", "Output": ["{% $states.input %}", "{% $x %}"]}))  # fmt: skip
    assert play(machine).output == [[["outer", index, "in"] for index in range(5)], "outer"]


def test_a_failed_branch_ends_the_others_at_once_and_the_parallel_is_tried_again():
    calls = []

    def function(event):
        calls.append(event)
        raise StateFailed("A", None)

    waiting = chain(("w", {"Type": "Wait", "Seconds": 3600}), ("never", task("g")))
    state = {
        "Type": "Parallel",
        "Branches": [chain(("f", task("f"))), waiting],
        "Retry": [{"ErrorEquals": ["A"], "IntervalSeconds": 1, "MaxAttempts": 1}],
    }
    start = time.monotonic()
    found = play(chain(("p", state)), 1, {"f": function, "g": same}, is_fast=False)
    assert (found.error, calls) == ("A", [1, 1])
    assert 1 <= time.monotonic() - start < 3
    assert [name for name, _ in found.calls] == ["f", "f"]


def test_waits_are_real_unless_told_otherwise():
    soon = "{% $fromMillis($millis() + 400) %}"
    for state in ({"Seconds": 1}, {"Timestamp": soon}):
        start = time.monotonic()
        assert play(chain(("w", {"Type": "Wait"} | state)), 1, is_fast=False).output == 1
        assert 0.2 < time.monotonic() - start < 1.5
    start = time.monotonic()
    play(chain(("w", {"Type": "Wait", "Seconds": 3600})))
    play(chain(("w", {"Type": "Wait", "Timestamp": "2000-01-01T00:00:00Z"})), is_fast=False)
    assert time.monotonic() - start < 0.2


MOMENTS = {
    "2016-03-14T01:59:00Z": True,
    "2016-03-05T21:29:29.243167252Z": True,
    "2016-03-14T01:59Z": True,
    "2016-03-14T01:59:00+05:30": True,
    "2016-13-05T21:29:29Z": False,
    "05-12-2016T21:29:29Z": False,
    "2016-12-05 21:29:29Z": False,
    "2016-12-05T21:29:29": False,
    "2016-12-05": False,
    "": False,
}


@pytest.mark.parametrize("text", MOMENTS)
def test_which_timestamps_are_understood(text):
    found = play(chain(("w", {"Type": "Wait", "Timestamp": "{% $states.input %}"})), text, is_fast=False)
    if MOMENTS[text]:
        assert (found.status, found.output) == ("SUCCEEDED", text)
    else:
        assert found.error == "States.QueryEvaluationError"
        place = "An error occurred while executing the state 'w' (entered at the event id #2). "
        assert found.cause == (
            f"{place}The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: {text}"
        )


@pytest.mark.parametrize("seconds", [-1, 0.5, 100_000_000, "{% 'x' %}"])
def test_seconds_are_a_whole_number(seconds):
    assert play(chain(("w", {"Type": "Wait", "Seconds": seconds}))).error == "States.QueryEvaluationError"


def test_a_run_over_its_time_is_timed_out_and_nothing_catches_that():
    branch = {
        "Type": "Parallel",
        "Branches": [chain(("w", {"Type": "Wait", "Seconds": 60}))],
        "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "h"}],
    }
    machine = definition({"p": branch | {"End": True}, "h": {"Type": "Succeed"}}, TimeoutSeconds=1)
    start = time.monotonic()
    assert play(machine, is_fast=False).status == "TIMED_OUT"
    assert time.monotonic() - start < 3


# Other pipelines.


def nested(pattern: str = ".sync:2", **more) -> dict:
    arguments = {"StateMachineArn": making.machine_arn("raw/inner"), "Input": "{% $states.input %}"}
    return {"Type": "Task", "Resource": f"arn:aws:states:::states:startExecution{pattern}", "Arguments": arguments} | more


def test_a_pipeline_runs_another_one_and_gets_its_output():
    inner = chain(("i", task("f", Output={"got": "{% $states.result %}", "by": "{% $states.context.StateMachine.Name %}"})))
    found = play(chain(("p", nested(Output="{% $states.result.Output %}"))), {"a": 1}, {"f": same}, others={"raw/inner": inner})
    assert found.output == {"got": {"a": 1}, "by": "demo-dev-raw-inner"}
    whole = play(chain(("p", nested())), {"a": 1}, {"f": same}, others={"raw/inner": inner}).output
    assert whole["Input"] == {"a": 1} and whole["Status"] == "SUCCEEDED" and isinstance(whole["StartDate"], int)
    text = play(chain(("p", nested(".sync"))), {"a": 1}, {"f": same}, others={"raw/inner": inner}).output
    assert json.loads(text["Output"])["got"] == {"a": 1} and text["Input"] == '{"a":1}'


def test_a_nested_run_that_fails_is_a_failed_task():
    found = play(chain(("p", nested())), {}, {"f": fail("Inner", "why")}, others={"raw/inner": chain(("i", task("f")))})
    cause = json.loads(found.cause)
    assert found.error == "States.TaskFailed"
    assert (cause["Error"], cause["Cause"], cause["Status"], cause["Input"]) == ("Inner", "why", "FAILED", "{}")
    slow = chain(("w", {"Type": "Wait", "Seconds": 60}), TimeoutSeconds=1)
    found = play(chain(("p", nested())), others={"raw/inner": slow}, is_fast=False)
    assert (found.error, json.loads(found.cause)["Status"]) == ("States.TaskFailed", "TIMED_OUT")
    slow = chain(("w", {"Type": "Wait", "Seconds": 60}))
    assert play(chain(("p", nested(TimeoutSeconds=1))), others={"raw/inner": slow}, is_fast=False).error == "States.Timeout"


def test_a_run_that_nobody_waits_for_does_not_disturb():
    found = play(chain(("p", nested(""))), {"a": 1}, {"f": fail("Inner")}, others={"raw/inner": chain(("i", task("f")))})
    assert set(found.output) == {"ExecutionArn", "StartDate"}
    assert found.calls == [("f", {"a": 1})]
    assert [details["error"] for kind, _, details in found.reporter.events if kind == "run failed"] == ["Inner"]


def test_runs_are_listed_as_max_active_runs_counts_them():
    arguments = {"StateMachineArn": "{% $states.context.StateMachine.Id %}", "StatusFilter": "RUNNING"}
    state = {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:sfn:listExecutions", "Arguments": arguments}
    found = play(
        chain(("l", state | {"Output": "{% $states.result.Executions.ExecutionArn = $states.context.Execution.Id %}"}))
    )
    assert found.output is True


def test_lambda_invoke_has_the_answer_in_its_payload():
    state = {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke"}
    for payload, event in (({"a": 1}, {"a": 1}), ('{"a": 1}', {"a": 1}), ('"x"', "x"), (None, {})):
        machine = chain(
            ("f", state | {"Arguments": {"FunctionName": making.function_arn("raw/p/f") + ":$LATEST", "Payload": payload}})
        )
        answer = play(machine, functions={"f": lambda event: [event]}).output
        assert (answer["Payload"], answer["StatusCode"], answer["ExecutedVersion"]) == ([event], 200, "$LATEST")
    machine = chain(("f", state | {"Arguments": {"FunctionName": "demo-dev-raw-p-f", "Payload": 5}}))
    assert play(machine, functions={"f": same}).error == "States.Runtime"


# Mocks.

NOTIFY = {"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "Arguments": {"Message": "{% $states.input %}"}}


def test_a_mock_answers_or_fails_and_a_list_does_so_one_after_the_other():
    assert play(chain(("n", NOTIFY)), mocks={"n": {"output": {"MessageId": "1"}}}).output == {"MessageId": "1"}
    found = play(chain(("n", NOTIFY)), mocks={"n": {"error": "Sns.Busy", "cause": "x"}})
    assert (found.error, found.cause) == ("Sns.Busy", "x")
    retried = NOTIFY | {"Retry": [{"ErrorEquals": ["States.ALL"]}]}
    assert play(chain(("n", retried)), mocks={"n": [{"error": "A"}, {"error": "B"}, {"output": None}]}).output is None


def test_a_mock_stands_in_for_a_function_and_for_each_item():
    item = {"StartAt": "m (item)", "States": {"m (item)": task("f", End=True)}}
    machine = chain(("m", {"Type": "Map", "Items": [1, 2], "MaxConcurrency": 1, "ItemProcessor": item}))
    assert play(machine, functions={"f": fail("A")}, mocks={"m": [{"output": "x"}, {"output": "y"}]}).output == ["x", "y"]


def items_side_by_side(answers: list, mode: dict, **more) -> making.Result:
    item = mode | {"StartAt": "m (item)", "States": {"m (item)": task("f", End=True, Retry=[{"ErrorEquals": ["Busy"], "MaxAttempts": 9}])}}
    state = {"Type": "Map", "Items": list(range(6)), "MaxConcurrency": 5, "ItemProcessor": item} | more
    return play(chain(("m", state)), functions={"f": fail("A")}, mocks={"m": answers})


MODES = [{}, {"ProcessorConfig": {"Mode": "DISTRIBUTED"}}]


@pytest.mark.parametrize("mode", MODES)
def test_items_side_by_side_take_the_answers_of_a_list_by_their_number(mode):
    outputs = [{"output": number} for number in range(6)]
    for _ in range(20):
        assert items_side_by_side(outputs, mode).output == [0, 1, 2, 3, 4, 5]
        # The tries after the first take those after them.
        again = [*outputs[:3], {"error": "Busy"}, *outputs[4:], {"error": "Busy"}, {"output": "at last"}]
        assert items_side_by_side(again, mode).output == [0, 1, 2, "at last", 4, 5]


@pytest.mark.parametrize("mode", MODES)
def test_a_list_that_is_too_short_for_items_side_by_side_is_always_told_so(mode):
    for _ in range(20):
        with pytest.raises(RunFailed, match="the mock of `m` has 2 answers, and there are 6 items"):
            items_side_by_side([{"output": 1}, {"error": "A"}], mode)


def test_one_item_after_the_other_takes_the_answers_as_they_come():
    again = [{"output": 0}, {"error": "Busy"}, {"output": 1}, {"error": "A"}]
    assert items_side_by_side(again, {}, MaxConcurrency=1).error == "A"


def test_a_mock_in_another_pipeline_is_named_with_it():
    inner = {"raw/inner": chain(("n", NOTIFY))}
    machine = chain(("n", NOTIFY), ("p", nested(Output="{% $states.result.Output %}")))
    assert play(machine, mocks={"n": {"output": {}}, "raw/inner/n": {"output": 2}}, others=inner).output == 2


def test_the_hint_for_a_mock_names_it_as_a_file_of_mocks_has_it():
    nowhere = {"raw/inner": chain(("n", NOTIFY | {"Resource": "arn:aws:states:::sns:publish"}))}
    with pytest.raises(RunFailed, match=r"\n  raw/inner/n: \{output: \.\.\.\}\n"):
        play(chain(("p", nested())), others=nowhere)
    with pytest.raises(RunFailed, match=r"\n  n: \{output: \.\.\.\}\n"):
        play(nowhere["raw/inner"])


def test_a_token_is_in_the_context_of_its_step_only():
    state = {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken"}
    state["Arguments"] = {"Token": "{% $states.context.Task.Token %}"}
    machine = chain(("n", state), ("z", {"Type": "Pass", "Output": "{% $exists($states.context.Task) %}"}))
    assert play(machine, mocks={"n": {"output": "yes"}}).output is False
