"""`max_active_runs`: which runs go on, in which order, and how often those that wait ask."""

from __future__ import annotations

import heapq
import json
import math
import threading
import time
from datetime import datetime, timezone
from random import Random

import jsonata
import program
import pytest
from semantics import machine

# Step Functions guide, "Quotas related to API action throttling": ListExecutions in most regions.
AT_ONCE, A_SECOND = 100, 2
# Guide, "Quotas": events of a run's history.
HISTORY = 25_000
PAGE = 300
YEAR = 365 * 86400


def definition(dorc, tmp_path, most: int, when_busy: str) -> dict:
    text = f"max_active_runs: {most}\nwhen_busy: {when_busy}\nsteps: [f]\n"
    root = program.make_repository(tmp_path, {"raw/p": text})
    dorc.succeed(root / "out", "--config", root, "--format", "json", "--quiet")
    return machine.definition_of(json.loads((root / "out/dev/core/raw/p.json").read_text()))


@pytest.fixture(scope="module")
def machines(dorc, tmp_path_factory):
    return {
        (most, mode): definition(dorc, tmp_path_factory.mktemp("runs"), most, mode)
        for most, mode in ((1, "wait"), (1, "skip"), (3, "wait"))
    }


def stamp(milliseconds: float) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Turn:
    """The state that counts, and what it makes of each page."""

    def __init__(self, machine: dict):
        state = machine["States"]["max_active_runs (count)"]
        self.assign = jsonata.Jsonata(state["Assign"]["turn"].removeprefix("{%").removesuffix("%}"))
        self.request = jsonata.Jsonata(state["Arguments"].removeprefix("{%").removesuffix("%}"))

    def ask(self, own: str, start: float, listed: list[tuple[str, float]]) -> tuple[dict, int]:
        """What it knows in the end, and how many pages it read. `listed` is in the order of ListExecutions."""
        turn, pages = {"token": ""}, 0
        context = {"Execution": {"Id": own, "StartTime": stamp(start)}, "StateMachine": {"Id": "arn:machine"}}
        while True:
            self.request.assign("states", {"context": context})
            self.request.assign("turn", turn)
            request = self.request.evaluate(None)
            assert (request["StateMachineArn"], request["StatusFilter"]) == ("arn:machine", "RUNNING")
            first = int(request.get("NextToken", 0))
            last = first + request["MaxResults"]
            result = {"Executions": [{"ExecutionArn": arn, "StartDate": stamp(at)} for arn, at in listed[first:last]]}
            if last < len(listed):
                result["NextToken"] = str(last)
            self.assign.assign("states", {"context": context, "result": result})
            self.assign.assign("turn", turn)
            turn = self.assign.evaluate(None)
            pages += 1
            if turn["token"] == "":
                return turn, pages


def expected(own: str, listed: list[tuple[str, float]]) -> int:
    """How many started before this run; all others, where it is not listed yet."""
    start = dict(listed).get(own)
    return sum(arn != own and (start is None or (at, arn) < (start, own)) for arn, at in listed)


@pytest.mark.parametrize("key", [(1, "wait"), (1, "skip"), (3, "wait")])
def test_runs_count_those_that_started_before_them(machines, key):
    """On lists of every size, with runs of the same moment on both sides of a page's end."""
    most, turn = key[0], Turn(machines[key])
    for seed in range(40):
        random = Random(seed)
        count = random.choice([0, 1, 2, 3, 5, PAGE - 1, PAGE, PAGE + 1, 2 * PAGE])
        moments = random.choice([1, 3, 50, 10_000])
        runs = [(f"arn:run:{number:04}", 1.9e12 + random.randrange(moments)) for number in range(count)]
        random.shuffle(runs)
        listed = sorted(runs, key=lambda run: -run[1])
        own = random.choice(runs)[0] if runs and random.random() < 0.9 else "arn:run:none"
        found, pages = turn.ask(own, 1.9e12, listed)
        assert (found["before"] >= most) == (expected(own, listed) >= most), seed
        if expected(own, listed) < most:
            assert found["before"] == expected(own, listed), seed
        assert pages <= len(listed) // PAGE + 1


def test_the_wait_grows_with_the_queue_and_with_the_time(machines):
    turn = Turn(machines[1, "wait"])
    now = time.time() * 1000
    listed = [(f"arn:run:{number}", now - number) for number in range(10)]
    assert turn.ask("arn:run:9", now, listed)[0]["before"] == 0
    assert turn.ask("arn:run:8", now, listed)[0]["wait"] == 5
    assert turn.ask("arn:run:0", now, listed)[0]["wait"] == 45
    assert 59 <= turn.ask("arn:run:8", now - 1_200_000, listed)[0]["wait"] <= 61
    assert isinstance(turn.ask("arn:run:0", now, listed)[0]["wait"], int)


def wait_of(before: int, most: int, waited: float, pages: int) -> int:
    """As the machine works it out; the test above holds it to that."""
    return math.ceil(max(5, 5 * (before - most + 1), waited / 20) * pages)


@pytest.mark.parametrize("pages", [1, 2, 5, 20])
def test_a_run_that_waits_for_a_year_stays_far_below_the_limit_of_its_history(pages):
    waited, events = 0.0, 2
    while waited < YEAR:
        # Entered, scheduled, started, succeeded, exited; a choice; and in the end a wait.
        events += 7 * pages + 2
        waited += wait_of(1, 1, waited, pages)
    assert events < HISTORY / 8


@pytest.mark.parametrize("mode", ["wait", "skip"])
@pytest.mark.parametrize("run_seconds", [1, 60])
def test_500_starts_in_a_second_fail_none(machines, mode, run_seconds):
    """With AWS's throttling: runs go on oldest first, and no run uses up its tries."""
    state = machines[1, mode]["States"]["max_active_runs (count)"]
    (retry,) = state["Retry"]
    random = Random(7)
    starts = sorted(random.random() for _ in range(500))
    active, ended, order = set(range(500)), {}, []
    tokens, filled, tries, most_tries = float(AT_ONCE), 0.0, [0] * 500, 0
    queue = [(start, number) for number, start in enumerate(starts)]
    heapq.heapify(queue)
    while queue:
        now, number = heapq.heappop(queue)
        for other in [each for each, end in ended.items() if end <= now]:
            active.discard(other)
            del ended[other]
        tokens, filled = min(AT_ONCE, tokens + (now - filled) * A_SECOND), now
        if tokens < 1:
            tries[number] += 1
            most_tries = max(most_tries, tries[number])
            assert tries[number] <= retry["MaxAttempts"], number
            delay = min(retry["IntervalSeconds"] * retry["BackoffRate"] ** (tries[number] - 1), retry["MaxDelaySeconds"])
            heapq.heappush(queue, (now + random.random() * delay, number))
            continue
        tokens, tries[number] = tokens - 1, 0
        before = sum(each < number for each in active)
        # It reads on until it has found itself.
        pages = sum(each > number for each in active) // PAGE + 1
        if before == 0:
            order.append(number)
            ended[number] = now + run_seconds
        elif mode == "skip":
            active.discard(number)
        else:
            heapq.heappush(queue, (now + wait_of(before, 1, now - starts[number], pages), number))
    assert order == sorted(order)
    if mode == "wait":
        assert order == list(range(500))
    else:
        assert order[0] == 0
    assert most_tries < retry["MaxAttempts"] / 2


def test_runs_wait_for_their_turn_in_moto(machines):
    """The compiled machine itself, in moto: one at a time, oldest first."""
    running, most, order, lock = 0, 0, [], threading.Lock()

    def slow(event, number):
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
            order.append(event["n"])
        time.sleep(0.05)
        with lock:
            running -= 1
        return event

    results = machine.run_together(machines[1, "wait"], {"f": slow}, [{"n": number} for number in range(4)])
    assert [result.status for result in results] == ["SUCCEEDED"] * 4, results
    assert [result.output for result in results] == [{"n": number} for number in range(4)]
    assert (most, order) == (1, [0, 1, 2, 3])


def test_runs_are_skipped_in_moto(machines):
    started = threading.Event()

    def slow(event, number):
        started.wait(5)
        return event

    threading.Timer(1, started.set).start()
    results = machine.run_together(machines[1, "skip"], {"f": slow}, [{"n": number} for number in range(3)])
    skipped = {"skipped": "max_active_runs"}
    assert [result.output for result in results] == [{"n": 0}, skipped, skipped], results
