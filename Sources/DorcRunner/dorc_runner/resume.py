"""Where a run goes on that starts in the middle (`--from`)."""

from __future__ import annotations

import json
import os
import re
import threading
from dataclasses import dataclass
from pathlib import Path
from collections.abc import Callable, Iterable, Sequence

from .errors import Caught, Usage
from .json_text import Json

VERSION = 1


@dataclass(frozen=True)
class Resume:
    """The way to a state through the branches around it: `england, wales[0]/england` is `england, wales`, branch 0, then `england`."""

    path: str
    states: dict[str, dict[str, Json]]
    branches: dict[str, Json]
    # How much of the path is done.
    done: str = ""

    @property
    def here(self) -> str:
        """The state of this level, with all of the path before it."""
        rest = self.path[len(self.done) :]
        inner = re.match(r"(.*?)\[\d+\]/", rest) if "]/" in rest else None
        return self.done + (inner[1] if inner else rest)

    @property
    def start(self) -> str:
        return self.here[len(self.done) :]

    @property
    def event(self) -> Json:
        return self.states[self.here]["input"]

    @property
    def variables(self) -> dict[str, Json]:
        return self.states[self.here]["variables"]

    @property
    def caught(self) -> list[Caught]:
        return [Caught(*each) for each in self.states[self.here].get("caught", [])]

    def branch(self, index: int) -> Resume | None:
        """How that branch of the Parallel state here goes on; None where it does not contain the state."""
        begin = f"{self.here}[{index}]/"
        return Resume(self.path, self.states, self.branches, begin) if self.path.startswith(begin) else None

    def has_finished(self, index: int) -> bool:
        return f"{self.here}[{index}]" in self.branches

    def output(self, index: int) -> Json:
        return self.branches[f"{self.here}[{index}]"]


class History:
    """What a run came by, kept in a file of its own for each pipeline and environment.

    It holds the data of the run: only its owner can read it, and git leaves it out.
    """

    def __init__(self, folder: Path, environment: str, pipeline: str):
        self.folder = folder
        self.file = folder / f"{environment}-{pipeline.replace('/', '--')}.json"
        self.states: dict[str, dict[str, Json]] = {}
        self.branches: dict[str, Json] = {}
        self.input: Json = None
        self._lock = threading.Lock()

    def entered(self, path: str, event: Json, variables: dict[str, Json], caught: Sequence[Caught] = ()) -> None:
        state = {"input": event, "variables": dict(variables)}
        if caught:
            state["caught"] = [[each.step, each.path, each.error, each.cause] for each in caught]
        with self._lock:
            self.states[path] = state

    def finished(self, path: str, output: Json) -> None:
        with self._lock:
            self.branches[path] = output

    def write(self) -> None:
        with self._lock:
            content = {"version": VERSION, "input": self.input, "states": self.states, "branches": self.branches}
            text = json.dumps(content)
        self.folder.mkdir(parents=True, exist_ok=True)
        ignore = self.folder / ".gitignore"
        if not ignore.exists():
            replace(ignore, "*\n")
        replace(self.file, text)

    def read(self) -> dict[str, Json] | None:
        try:
            found = json.loads(self.file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as problem:
            raise Usage(f"the state of the run before, {self.file}, cannot be read: {problem}") from None
        if not isinstance(found, dict) or found.get("version") != VERSION:
            raise Usage(f"the state of the run before, {self.file}, is of another version: run the pipeline as a whole")
        return found

    def resume(
        self, step: str, definition: dict[str, Json], listed: Callable[[Iterable[str]], str]
    ) -> tuple[Resume, Json]:
        """Where to go on, and the input of the run before. `listed` puts names of steps into words."""
        found = self.read()
        if found is None:
            raise Usage(f"there is no run to go on from: run the pipeline once, then `--from {step}`")
        names = {path.rpartition("]/")[2]: path for path in found["states"]}
        if step not in names and f"{step} (when)" in names:
            # The step's condition failed.
            names[step] = names[f"{step} (when)"]
        if step not in names:
            raise Usage(f"the run before did not reach a step `{step}`; it reached {listed(names)}")
        resume = Resume(names[step], found["states"], found["branches"])
        check(resume, definition)
        # What came before is part of the next run's state too.
        self.states, self.branches = dict(found["states"]), dict(found["branches"])
        return resume, found["input"]


def replace(file: Path, text: str) -> None:
    """All of it or nothing, for its owner alone."""
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as opened:
            opened.write(text)
        os.replace(part, file)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def check(resume: Resume, machine: dict[str, Json]) -> None:
    """The definition may have changed since."""
    level: Resume | None = resume
    while level:
        state = machine["States"].get(level.start)
        if state is None:
            raise Usage(f"there is no step `{level.start}` any more: run the pipeline as a whole")
        branches = state.get("Branches", [])
        inner = next(((i, found) for i in range(len(branches)) if (found := level.branch(i))), None)
        if inner is None:
            if level.here != level.path:
                raise Usage(f"steps parallel to `{resume.path.rpartition(']/')[2]}` have changed: run the pipeline as a whole")
            return
        machine, level = branches[inner[0]], inner[1]
