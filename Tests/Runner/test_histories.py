"""The events of a run's history are counted as AWS counts them, and too many end the run."""

from __future__ import annotations

import pytest
from dorc_runner import execution
from dorc_runner.errors import StateFailed
from making import chain, definition, play, task
from test_states import NOTIFY, fail, nested, same

PASS = {"Type": "Pass"}
ITEM = {"StartAt": "i", "States": {"i": {"Type": "Pass", "End": True}}}
DISTRIBUTED = ITEM | {"ProcessorConfig": {"Mode": "DISTRIBUTED"}}
CATCH = [{"ErrorEquals": ["States.ALL"], "Next": "z"}]
TWICE = [{"ErrorEquals": ["States.ALL"], "MaxAttempts": 1}]

# Beside ExecutionStarted and the end, which is not counted: the types of events are those of the API reference, "HistoryEvent".
# name: the states before a last one, `z`, that passes; the events of all of them but `z`.
COUNTS = {
    "entered and exited": ([("a", PASS)], 2),
    "a choice, a wait": (
        [("c", {"Type": "Choice", "Choices": [{"Condition": True, "Next": "w"}]}), ("w", {"Type": "Wait", "Seconds": 1})], 4),
    "a function is scheduled, has started and succeeded": ([("a", task("f"))], 5),
    "a call that is not waited for": ([("n", NOTIFY)], 5),
    "a call that waits for a token is submitted": ([("n", NOTIFY | {"Resource": "arn:aws:states:::sns:publish.waitForTaskToken"})], 6),
    "a run that is waited for is submitted, and has a history of its own": ([("p", nested())], 6),
    "each try is scheduled, started and fails": ([("a", task("bad", Retry=TWICE, Catch=CATCH))], 8),
    "an expression that fails": ([("a", task("f", Arguments="{% $nope %}", Catch=CATCH))], 3),
    "an output that fails": ([("a", task("f", Output="{% $nope %}", Catch=CATCH))], 6),
    "a parallel state starts and succeeds": ([("p", {"Type": "Parallel", "Branches": [chain(("x", PASS)), chain(("y", task("f")))]})], 11),
    "items start and succeed": ([("m", {"Type": "Map", "Items": [1, 2, 3], "ItemProcessor": ITEM})], 4 + 3 * 4),
    "items of a Distributed Map have histories of their own": (
        [("m", {"Type": "Map", "Items": [1, 2, 3], "ItemProcessor": DISTRIBUTED})], 6),
}  # fmt: skip


@pytest.mark.parametrize("name", COUNTS)
def test_events_are_counted(name):
    states, count = COUNTS[name]
    found = play(
        chain(*states, ("z", PASS)), {}, {"f": same, "bad": fail("A")}, {"n": {"output": 1}}, others={"raw/inner": chain(("i", PASS))}
    )  # fmt: skip
    assert found.status == "SUCCEEDED", found
    assert found.execution.events == 1 + count + 2


def test_a_state_that_fails_has_no_exit():
    assert play(chain(("f", {"Type": "Fail", "Error": "E"}))).execution.events == 2
    assert play(chain(("f", task("bad"))), functions={"bad": fail("A")}).execution.events == 5


LAST = "The execution reached the maximum number of history events (25000)."


def test_the_last_event_is_the_end(monkeypatch):
    assert execution.MOST_EVENTS == 25_000
    machine = chain(*[(f"s{index}", PASS) for index in range(10)])
    # Started, twenty of states, succeeded.
    monkeypatch.setattr(execution, "MOST_EVENTS", 22)
    assert play(machine).status == "SUCCEEDED"
    monkeypatch.setattr(execution, "MOST_EVENTS", 21)
    found = play(machine)
    assert (found.status, found.error) == ("FAILED", "States.Runtime")
    assert "(21)" in found.cause


def test_an_endless_loop_ends_and_nothing_catches_that():
    loop = {"Type": "Parallel", "Branches": [definition({"a": {"Type": "Pass", "Next": "b"}, "b": {"Type": "Pass", "Next": "a"}})]}
    machine = definition({"p": loop | {"Catch": CATCH, "Retry": TWICE, "End": True}, "z": {"Type": "Succeed"}})
    found = play(machine)
    assert (found.status, found.error, found.cause) == ("FAILED", "States.Runtime", LAST)


def test_a_nested_run_over_its_events_fails_alone():
    endless = definition({"a": {"Type": "Pass", "Next": "a"}})
    found = play(chain(("p", nested(Catch=CATCH)), ("z", PASS)), others={"raw/inner": endless})
    assert found.status == "SUCCEEDED" and LAST in found.output["Cause"] and found.output["Error"] == "States.TaskFailed"


def test_tries_count_too():
    def never(event):
        raise StateFailed("A", None)

    retry = [{"ErrorEquals": ["A"], "MaxAttempts": 99_999, "IntervalSeconds": 1, "BackoffRate": 1}]
    found = play(chain(("f", task("f", Retry=retry))), functions={"f": never})
    assert (found.error, found.cause) == ("States.Runtime", LAST)
    assert len(found.calls) == (25_000 - 2) // 3
