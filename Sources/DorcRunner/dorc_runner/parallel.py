"""Parallel and Map: branches and items side by side, each in a thread.

Threads are enough: what takes time is in processes of its own, the functions. A thread that waits for a function when its branch is
stopped is left alone: the function runs to its end, and its answer is lost, as on AWS.
"""

from __future__ import annotations

import itertools
import threading
from typing import Any
from collections.abc import Callable, Iterator

from . import datasets, distributed, interpreter
from .errors import RunFailed, StateFailed, Stopped
from .execution import Place, Visit
from .expressions import Values
from .json_text import Json, compact
from .resume import Resume
from .scope import Scope

# Iterations of an inline Map at once (guide, "Using Map state in Inline mode").
MOST_AT_ONCE = 40


class EventPair:
    """Two events in the run's history: that something has started, and how it ended."""

    def __init__(self, visit: Visit):
        self._execution = visit.branch.execution

    def __enter__(self) -> None:
        self._execution.count_events()

    def __exit__(self, kind: type | None, *_: object) -> None:
        if kind is None or issubclass(kind, StateFailed):
            self._execution.count_events()


class Crew:
    """Works on numbered jobs with at most so many threads, until all are done or one fails."""

    def __init__(self, visit: Visit, jobs: Iterator, at_once: int, do: Callable[[Scope, int, Any], None]):
        self._do, self._at_once = do, at_once
        self._jobs: Iterator[tuple[int, Any]] = enumerate(jobs)
        self._run, self._around = visit.run, visit.branch.scope
        self._scope = Scope(self._around)
        self._change = threading.Condition()
        self._working = 0
        self._problem: BaseException | None = None

    def work(self) -> None:
        """Returns when all is done. Of a failure, nothing is waited for."""
        threads = 0
        try:
            with self._change:
                while threads < self._at_once and (job := next(self._jobs, None)):
                    self._working += 1
                    try:
                        threading.Thread(target=self._work, args=(job,), daemon=True).start()
                    except RuntimeError:
                        # The system has no room for more.
                        self._working -= 1
                        if not threads:
                            raise RunFailed("the system starts no more threads: there is too much side by side") from None
                        self._jobs = itertools.chain([job], self._jobs)
                        break
                    threads += 1
                while self._working and not self._problem:
                    self._change.wait(min(self._scope.remaining(), 0.5))
                    self._scope.check()
            if self._problem:
                raise self._problem
        finally:
            self._scope.stop()
            self._scope.end()
            if not self._around.is_stopped:
                self._run.tell_stopped()

    def _work(self, job: tuple[int, Any] | None) -> None:
        problem: BaseException | None = None
        while job and not problem:
            try:
                self._scope.check()
                self._do(self._scope, *job)
            except BaseException as found:
                problem = found
            with self._change:
                job = None if problem or self._problem else next(self._jobs, None)
        with self._change:
            self._working -= 1
            # A thread that was stopped says nothing about why.
            if problem and not self._problem and not (isinstance(problem, Stopped) and self._scope.is_stopped):
                self._problem = problem
            self._change.notify_all()


def run_parallel(visit: Visit, resume: Resume | None = None) -> Json:
    values = visit.values()
    event = values.resolve(visit.state["Arguments"], "Arguments") if "Arguments" in visit.state else visit.event
    visit.limited(event, f"The state/task '{visit.name}' got an input")
    branches = visit.state["Branches"]
    outputs: list[Json] = [None] * len(branches)

    def do(scope: Scope, index: int, machine: dict[str, Json]) -> None:
        part_resume = resume.branch(index) if resume else None
        if resume and not part_resume and resume.has_finished(index):
            outputs[index] = resume.output(index)
            return
        path = None if visit.path is None else f"{visit.path}[{index}]"
        part = visit.branch.part(scope, None if path is None else f"{path}/")
        outputs[index] = interpreter.run_machine(part, machine, event, part_resume)
        if visit.branch.execution.saved and path is not None:
            visit.branch.execution.saved.finished(path, outputs[index])

    with EventPair(visit):
        Crew(visit, iter(branches), len(branches), do).work()
    return outputs


def run_map(visit: Visit) -> Json:
    processor = visit.state.get("ItemProcessor") or visit.state["Iterator"]
    if processor.get("ProcessorConfig", {}).get("Mode") == "DISTRIBUTED":
        return distributed.run_map(visit, processor)
    values = visit.values()
    items = items_of(visit, values)
    at_once = concurrency(values, visit.state, MOST_AT_ONCE)
    outputs: list[Json] = [None] * len(items)

    def do(scope: Scope, index: int, item: dict[str, Json]) -> None:
        with EventPair(visit):
            event = selected(visit, item)
            part = visit.branch.part(scope, None, item, f" [{index}]")
            part.place = place_of(visit, index, len(items), at_once, processor)
            outputs[index] = interpreter.run_machine(part, processor, event)

    visit.report("items", count=len(items))
    with EventPair(visit):
        Crew(visit, iter(items), at_once, do).work()
    return outputs


def place_of(visit: Visit, index: int, count: int, at_once: int, processor: dict[str, Json]) -> Place | None:
    """None where the items begin in their order, and in a Map within another, whose items may begin several times."""
    return Place(index, count, processor["StartAt"]) if at_once > 1 and not visit.branch.index else None


def items_of(visit: Visit, values: Values) -> list[dict[str, Json]]:
    """Each as `$states.context.Map.Item`: an array's elements, or an object's members (guide, "Items (JSONata)")."""
    if "Items" in visit.state:
        found = values.expect(visit.state["Items"], "Items", "array", "object")
    else:
        found = visit.event
        if not isinstance(found, (list, dict)):
            # Recorded.
            raise values.failure(f"Map state input must be an array but was: {compact(found)}")
    return list(datasets.as_items(found))


def concurrency(values: Values, state: dict[str, Json], most: int) -> int:
    number = values.expect(state["MaxConcurrency"], "MaxConcurrency", "number") if "MaxConcurrency" in state else 0
    if number < 0 or number != int(number):
        raise values.failure(f"The MaxConcurrency field is a whole number from 0 on, but was: {number}")
    return min(int(number), most) if number else most


def selected(visit: Visit, item: dict[str, Json]) -> Json:
    """What an item's states get: the item itself, or what ItemSelector makes of it."""
    selector = visit.state.get("ItemSelector", visit.state.get("Parameters"))
    if selector is not None:
        event = visit.values(item).resolve(selector, "ItemSelector")
    else:
        event = {"Key": item["Key"], "Value": item["Value"]} if "Key" in item else item["Value"]
    return visit.limited(event, f"The state/task '{visit.name}' got an item")
