"""What replaces a step: its answer, or its error.

    notify: {output: {MessageId: "1"}}
    approve: {error: Rejected, cause: not today}
    fetch: [{error: ApiBusy}, {output: [1, 2]}]      one after the other, each try its own
    curated/tables/publish: {output: done}           a step of a pipeline that is started

The plan, and the file of `--mock`, have this as JSON.
"""

from __future__ import annotations

import threading
from collections import Counter

from .errors import RunFailed, StateFailed, Usage
from .execution import Place, Visit
from .json_text import Json, shortened

# How dorc calls the state that runs for each item of a step: the mock is the step's.
SUFFIXES = (" (item)", " (batch)")


class Mocks:
    def __init__(self, entries: dict[str, Json], source: str = "mocks"):
        self._entries = {step: check(step, entry, source) for step, entry in entries.items()}
        self._used: Counter[str] = Counter()
        # Of steps whose items run side by side: which have begun, and how often one was called again.
        self._begun: dict[str, set[int]] = {}
        self._again: Counter[str] = Counter()
        self._lock = threading.Lock()

    def answer(self, visit: Visit, arguments: Json) -> tuple[bool, Json]:
        """Whether the step has a mock, and its output. Raises `StateFailed` for an error."""
        names = mock_names(visit.run.plan.pipeline, visit.branch.execution.pipeline.name, visit.name)
        name = next((name for name in names if name in self._entries), None)
        if name is None:
            return False, None
        entry = self._entries[name]
        place = visit.branch.place if visit.branch.place and visit.branch.place.start == visit.name else None
        number = self._number(name, place)
        if isinstance(entry, list):
            has = "1 answer" if len(entry) == 1 else f"{len(entry)} answers"
            if place and number < place.count and len(entry) < place.count:
                raise RunFailed(
                    f"the mock of `{name}` has {has}, and there are {place.count} items: where they run side by "
                    "side, each has an answer of its own",
                    visit.step,
                )
            if number >= len(entry):
                raise RunFailed(
                    f"the mock of `{name}` has {has}, and this is call {number + 1}: {shortened(arguments)}",
                    visit.step,
                )
            entry = entry[number]
        if "error" in entry:
            raise StateFailed(entry["error"], entry.get("cause"))
        return True, entry["output"]

    def _number(self, name: str, place: Place | None) -> int:
        """Which answer of a list: of items side by side, each begins with its own, and what is called again takes those after them."""
        with self._lock:
            self._used[name] += 1
            if place is None:
                return self._used[name] - 1
            begun = self._begun.setdefault(name, set())
            if place.index not in begun:
                begun.add(place.index)
                return place.index
            self._again[name] += 1
            return place.count + self._again[name] - 1

    def never_used(self) -> list[str]:
        return [name for name in self._entries if not self._used[name]]


def mock_names(root: str, pipeline: str, state: str) -> list[str]:
    """What the mock of a state may be called, in a run of the pipeline `root`."""
    step = next((state.removesuffix(suffix) for suffix in SUFFIXES if state.endswith(suffix)), state)
    found = [f"{pipeline}/{state}", f"{pipeline}/{step}"]
    return [*found, state, step] if pipeline == root else found


def check(step: str, entry: Json, source: str) -> Json:
    for each in entry if isinstance(entry, list) else [entry]:
        keys = set(each) if isinstance(each, dict) else set()
        if keys != {"output"} and keys not in ({"error"}, {"error", "cause"}):
            raise Usage(f"{source}: {step}: expected `output`, or `error` with or without `cause`, found {shortened(each)}")
        if "error" in keys and not all(isinstance(value, str) for value in each.values()):
            raise Usage(f"{source}: {step}: `error` and `cause` are strings, found {shortened(each)}")
    return entry
