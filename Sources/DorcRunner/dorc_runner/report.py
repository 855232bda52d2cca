"""What happens in a run, on standard error: a line an event, a live list on a terminal, or JSON for programs."""

from __future__ import annotations

import json
import os
import shutil
import sys
import threading
import time
from dataclasses import dataclass
from typing import TextIO

from .json_text import Json

# States that do something. The others are how dorc writes conditions, joins and ends.
SHOWN = ("Task", "Map", "Wait")


class Reporter:
    """Takes events from all threads, one after another."""

    def __init__(self, stream: TextIO):
        self._stream = stream
        self._start = time.monotonic()
        self._lock = threading.RLock()
        self._traces: set[tuple[str, str]] = set()
        self.most_memory: dict[str, int] = {}

    def event(self, kind: str, step: str, **details: Json) -> None:
        with self._lock:
            if kind == "called":
                self.most_memory[step] = max(details["memory"], self.most_memory.get(step, 0))
            self.tell(kind, step, details)

    def tell(self, kind: str, step: str, details: dict[str, Json]) -> None:
        raise NotImplementedError

    def close(self) -> None:
        pass

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._start

    def write(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except (OSError, ValueError):
            # Nobody reads it any more, or the disk is full: the run itself is not in question.
            pass

    def is_new(self, step: str, trace: str | None) -> bool:
        """A traceback is shown once, though the step is tried again."""
        if not trace or (step, trace) in self._traces:
            return False
        self._traces.add((step, trace))
        return True


class Silent(Reporter):
    def __init__(self):
        super().__init__(sys.stderr)

    def tell(self, kind: str, step: str, details: dict[str, Json]) -> None:
        pass


class JsonLines(Reporter):
    """One object an event: `event`, `at` in seconds since the start, `step`, and what the event has."""

    def tell(self, kind: str, step: str, details: dict[str, Json]) -> None:
        self.write(json.dumps({"event": kind, "at": round(self.seconds, 3), "step": step} | details) + "\n")


class Lines(Reporter):
    def tell(self, kind: str, step: str, details: dict[str, Json]) -> None:
        if kind == "output":
            self.write(f"{step} | {details['line']}\n")
            return
        text = sentence(kind, step, details)
        if text:
            self.write(f"{self.seconds:8.2f}  {text}\n")
        self.trace(step, details)

    def trace(self, step: str, details: dict[str, Json]) -> None:
        if self.is_new(step, details.get("trace")):
            self.write(details["trace"])


def sentence(kind: str, step: str, details: dict[str, Json]) -> str | None:
    """None for what users need not see."""
    shown = details.get("type") in SHOWN
    skipped = " (not waited for: --fast-wait)" if details.get("is_skipped") else ""
    match kind:
        case "entered":
            return f"{step} started" if shown and details["type"] != "Wait" else None
        case "waiting":
            return f"{step} waits {span(details['seconds'])}{skipped}"
        case "items":
            batches = f" in {details['batches']} batches" if details.get("batches", details["count"]) != details["count"] else ""
            return f"{step} has {details['count']} items{batches}"
        case "succeeded" if shown:
            tries = f", {details['tries']} tries" if details["tries"] > 1 else ""
            return f"{step} succeeded in {span(details['seconds'])}{tries}, {amount(details['bytes'])}"
        case "succeeded" if details["type"] == "Choice" and is_skipped(step, details):
            return f"{step.replace(' (when)', '')} skipped"
        case "failed" if shown:
            return f"{step} failed: {details['error']}"
        case "retrying":
            number = details["tries"]
            return f"{step} failed: {brief(details['error'], details['cause'])}; try {number + 1} in {span(details['seconds'])}{skipped}"
        case "caught":
            return f"{step} failed: {brief(details['error'], details['cause'])}; goes on at {details['next']}"
        case "run failed":
            return f"{step}, which nobody waits for, failed: {brief(details['error'], details['cause'])}"
    return None


def is_skipped(step: str, details: dict[str, Json]) -> bool:
    """How dorc names a condition, and where it leads."""
    name = step.rpartition(": ")[2].partition(" [")[0]
    return name.endswith(" (when)") and details["next"] != name.removesuffix(" (when)")


def brief(error: str | None, cause: str | None) -> str:
    """An error in a line: of what a function raised, its message."""
    message: Json = cause or ""
    try:
        found = json.loads(message)
        message = found.get("errorMessage", found.get("Cause", message)) if isinstance(found, dict) else message
    except ValueError:
        pass
    lines = str(message).splitlines()
    first = lines[0] if lines else ""
    first = first if len(first) <= 300 else first[:300] + "..."
    return f"{error or 'no error name'}: {first}" if first else str(error or "no error name")


def span(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds < 60 else f"{int(seconds // 60)} min {int(seconds % 60)} s"


def amount(number: int) -> str:
    return f"{number} B" if number < 1024 else f"{number / 1024:.1f} KiB"


@dataclass
class Row:
    """A step in the live list."""

    step: str
    state: str = "running"
    started: float = 0
    seconds: float = 0
    tries: int = 1
    bytes: int | None = None
    running: int = 0
    done: int = 0
    total: int | None = None


MARKS = {"running": ("\u2022", "36"), "succeeded": ("\u2713", "32"), "failed": ("\u2717", "31"), "skipped": ("-", "2"), "retrying": ("\u21bb", "33")}


class Live(Lines):
    """A list of the steps at the lower end of the terminal, drawn anew ten times a second; output and errors stand above it."""

    def __init__(self, stream: TextIO):
        super().__init__(stream)
        self._rows: dict[str, Row] = {}
        self._drawn = 0
        self._pending: list[str] = []
        self._is_coloured = not os.environ.get("NO_COLOR")
        self._end = threading.Event()
        self._painter = threading.Thread(target=self._paint_on, daemon=True)
        self._painter.start()

    def tell(self, kind: str, step: str, details: dict[str, Json]) -> None:
        if kind == "output":
            self._pending.append(f"{step} | {details['line']}\n")
            return
        name = step.partition(" [")[0]
        shown = details.get("type") in SHOWN
        if kind == "succeeded" and details["type"] == "Choice" and is_skipped(step, details):
            self._row(name.replace(" (when)", "")).state = "skipped"
        elif kind == "entered" and shown:
            row = self._row(name)
            row.running += 1
            row.state = "running"
        elif kind in ("succeeded", "failed") and shown:
            row = self._row(name)
            row.running = max(0, row.running - 1)
            row.done += 1
            row.seconds = time.monotonic() - row.started
            row.state = "failed" if kind == "failed" else "running" if row.running else "succeeded"
            if kind == "succeeded":
                row.bytes, row.tries = details["bytes"], max(row.tries, details["tries"])
        elif kind == "retrying":
            row = self._row(name)
            row.tries, row.state = details["tries"] + 1, "retrying"
        elif kind == "items":
            self._row(name).total = details.get("batches", details["count"])
        if kind in ("retrying", "caught", "run failed"):
            self._pending.append(f"{sentence(kind, step, details)}\n")
        if self.is_new(step, details.get("trace")):
            self._pending.append(details["trace"])

    def _row(self, name: str) -> Row:
        if name not in self._rows:
            self._rows[name] = Row(name, started=time.monotonic())
        return self._rows[name]

    def _paint_on(self) -> None:
        while not self._end.wait(0.1):
            self._paint()

    def _paint(self) -> None:
        with self._lock:
            width, height = shutil.get_terminal_size()
            lines = [self._line(row)[: width + 20] for row in self._rows.values()]
            if len(lines) > height - 3:
                hidden = len(lines) - (height - 3)
                lines = [f"  ... {hidden} steps before", *lines[hidden:]]
            up = f"\x1b[{self._drawn}F\x1b[J" if self._drawn else ""
            self.write(up + "".join(self._pending) + "".join(f"{line}\n" for line in lines))
            self._pending, self._drawn = [], len(lines)

    def _line(self, row: Row) -> str:
        mark, colour = MARKS[row.state]
        if self._is_coloured:
            mark = f"\x1b[{colour}m{mark}\x1b[0m"
        if row.state == "skipped":
            return f"{mark} {row.step:32} skipped"
        seconds = row.seconds if row.state in ("succeeded", "failed") else time.monotonic() - row.started
        parts = [f"{mark} {row.step:32} {row.state:10} {span(seconds):>10}"]
        if row.done > 1 or row.running > 1:
            parts.append(f"{row.done} done, {row.running} running")
        if row.total is not None:
            parts.append(f"{row.total} items")
        if row.tries > 1:
            parts.append(f"{row.tries} tries")
        if row.bytes is not None:
            parts.append(amount(row.bytes))
        return "  ".join(parts)

    def close(self) -> None:
        self._end.set()
        self._painter.join()
        self._paint()
