"""A run: what all of it shares, an execution of one machine, a branch of that, and a state that is being visited."""

from __future__ import annotations

import threading
import time
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import Protocol

from .errors import DATA_LIMIT, RUNTIME, Caught, StateFailed
from .expressions import Values
from .json_text import Json, size
from .plan import Function, Pipeline, Plan
from .scope import Scope

# Of a state's input, output and result (guide, "Quotas").
MOST_BYTES = 262144
# Of a run's history: the last one is that it has ended (guide, "Avoid reaching the history quota").
MOST_EVENTS = 25_000


class Functions(Protocol):
    """Who calls functions: processes, or what tests put in their place. Raises `StateFailed`."""

    def call(self, function: Function, event: Json, visit: Visit, timeout: float) -> Json: ...


class Reporter(Protocol):
    def event(self, kind: str, step: str, **details: Json) -> None: ...


@dataclass
class Run:
    """What is the same for the pipeline that was asked for and for those that it starts."""

    plan: Plan
    functions: Functions
    reporter: Reporter
    mocks: Mocks
    buckets: Path | None = None
    is_fast: bool = False
    # Where users give answers of steps, in the words of a message.
    mocks_place: str = "by `--mock FILE`"
    # All executions, for ListExecutions; those that nobody waits for run in threads of their own.
    executions: list[Execution] = field(default_factory=list)
    unattended: list[threading.Thread] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    # The states that are being visited, by their identity.
    visits: dict[int, Visit] = field(default_factory=dict)

    def begin(self, visit: Visit) -> None:
        with self.lock:
            self.visits[id(visit)] = visit

    def end(self, visit: Visit) -> bool:
        """Whether it is for the visit to tell how it ended: not where it has been told as stopped."""
        with self.lock:
            return self.visits.pop(id(visit), None) is not None

    def tell_stopped(self) -> None:
        """Of what is still being visited in a part that was stopped: nobody waits for how it ends."""
        with self.lock:
            stopped = [each for each in self.visits.values() if each.branch.scope.is_stopped]
            for each in stopped:
                del self.visits[id(each)]
        for each in stopped:
            each.report("stopped", type=each.state["Type"], seconds=round(time.time() - each.entered, 3))

    def wait(self, scope: Scope, seconds: float) -> None:
        if self.is_fast:
            scope.check()
        else:
            scope.sleep(seconds)


class Mocks(Protocol):
    def answer(self, visit: Visit, arguments: Json) -> tuple[bool, Json]: ...


def timestamp(seconds: float) -> str:
    """As the context object and the SDK write times."""
    return datetime.fromtimestamp(seconds, timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass
class Execution:
    """A run of one machine, or of one item of a Distributed Map."""

    run: Run
    pipeline: Pipeline
    input: Json
    scope: Scope
    # Of a Distributed Map: what its items' machine is called after the name of the machine around it.
    label: str = ""
    # What its steps are called by in reports: empty for the pipeline that was asked for.
    prefix: str = ""
    name: str = field(default_factory=lambda: str(uuid.uuid4()))
    started: float = field(default_factory=time.time)
    status: str = "RUNNING"
    saved: Saved | None = None
    # In its history, as the API reference has them ("HistoryEvent"): causes of failed expressions name the last one.
    events: int = 0
    _counting: threading.Lock = field(default_factory=threading.Lock)

    def count_events(self, number: int = 1) -> int:
        """The number of the last one. Raises `StateFailed`, which nothing catches, when only the end of the run has room."""
        with self._counting:
            self.events += number
            found = self.events
        if found >= MOST_EVENTS:
            # As seen on AWS.
            raise StateFailed(RUNTIME, f"The execution reached the maximum number of history events ({MOST_EVENTS}).")
        return found

    @property
    def machine(self) -> str:
        return self.pipeline.machine_name + self.label

    @property
    def arn(self) -> str:
        return f"{self._arn('execution')}:{self.name}"

    def _arn(self, kind: str) -> str:
        plan = self.run.plan
        return f"arn:{plan.partition}:states:{plan.region}:{plan.account}:{kind}:{self.machine}"

    def context(self) -> dict[str, Json]:
        """Guide, "Accessing execution data from the Context object"; the order of the fields is recorded."""
        return {
            "Execution": {
                "Id": self.arn,
                "Input": self.input,
                "StartTime": timestamp(self.started),
                "Name": self.name,
                "RoleArn": self.pipeline.role or f"arn:{self.run.plan.partition}:iam::{self.run.plan.account}:role/local",
                "RedriveCount": 0,
            },
            "StateMachine": {"Id": self._arn("stateMachine"), "Name": self.machine},
        }


class Saved(Protocol):
    """Keeps what `--from` needs of a run."""

    def entered(self, path: str, event: Json, variables: dict[str, Json], caught: Sequence[Caught] = ()) -> None: ...

    def finished(self, path: str, output: Json) -> None: ...


@dataclass(frozen=True)
class Place:
    """Of an item among those of its Map that run side by side, so that the order in which they start is chance."""

    index: int
    count: int
    # The state that each item begins with.
    start: str


@dataclass
class Branch:
    """States one after another: a machine, a branch of a Parallel, an item of a Map.

    Variables of what is around it can be read; what it assigns is seen in it only (guide, "Variable scope").
    """

    execution: Execution
    scope: Scope
    variables: dict[str, Json] = field(default_factory=dict)
    # Of an item: `$states.context.Map`.
    item: dict[str, Json] | None = None
    # Where its states are in the machine, as in "england, wales[0]/"; None inside of a Map.
    path: str | None = ""
    # Which item it is, for reports.
    index: str = ""
    # What was caught on the way here, as far as a state here can know of it.
    caught: Sequence[Caught] = ()
    # Of an item beside others.
    place: Place | None = None

    @property
    def run(self) -> Run:
        return self.execution.run

    def part(self, scope: Scope, path: str | None, item: dict[str, Json] | None = None, index: str = "") -> Branch:
        return Branch(self.execution, scope, dict(self.variables), item or self.item, path, self.index + index, self.caught, self.place)


RETRIED = ("Task", "Parallel", "Map")


@dataclass
class Visit:
    """A state that is being run on an event."""

    branch: Branch
    name: str
    state: dict[str, Json]
    event: Json
    entered: float = field(default_factory=time.time)
    entered_event: int = 0
    retries: Counter = field(default_factory=Counter)
    token: str | None = None

    @property
    def run(self) -> Run:
        return self.branch.run

    @property
    def step(self) -> str:
        """What the state is called in reports."""
        return f"{self.branch.execution.prefix}{self.name}{self.branch.index}"

    @property
    def path(self) -> str | None:
        return None if self.branch.path is None else self.branch.path + self.name

    @property
    def place(self) -> str:
        return f"An error occurred while executing the state '{self.name}' (entered at the event id #{self.entered_event})"

    def report(self, kind: str, **details: Json) -> None:
        self.run.reporter.event(kind, self.step, **details)

    def context(self) -> dict[str, Json]:
        found = self.branch.execution.context()
        found["State"] = {"Name": self.name, "EnteredTime": timestamp(self.entered)}
        if self.state["Type"] in RETRIED:
            found["State"]["RetryCount"] = self.retries.total() if hasattr(Counter, "total") else sum(self.retries.values())
        if self.branch.item is not None:
            found["Map"] = {"Item": self.branch.item}
        if self.token:
            found["Task"] = {"Token": self.token}
        return found

    def values(self, item: dict[str, Json] | None = None) -> Values:
        context = self.context()
        if item is not None:
            context["Map"] = {"Item": item}
        return Values(self.place, self.branch.variables, self.event, context, self.branch.execution.count_events)

    def limited(self, value: Json, what: str) -> Json:
        if size(value) > MOST_BYTES:
            raise StateFailed(DATA_LIMIT, f"{what} with a size exceeding the maximum number of bytes service limit.")
        return value
