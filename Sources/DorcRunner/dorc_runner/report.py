"""What happens in a run, on standard error: a line an event, a live list on a terminal, or JSON for programs."""

from __future__ import annotations

import json
import threading
import time
from typing import TextIO

from .errors import QUERY_EVALUATION
from .json_text import Json
from .terminal import shown as on_terminal

# States that do something. The others are how dorc writes conditions, joins and ends.
SHOWN = ("Task", "Map", "Wait")


class Reporter:
    """Takes events from all threads, one after another."""

    def __init__(self, stream: TextIO):
        self._stream = stream
        self._start = time.monotonic()
        self._lock = threading.RLock()
        self._told: set[tuple[str, str]] = set()
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

    def is_new(self, step: str, text: str | None) -> bool:
        """A traceback is shown once, though the step is tried again and has many items; with other words, it is the same. A hint too."""
        if not text:
            return False
        frames = "".join(line for line in text.splitlines(keepends=True) if line.startswith('  File "'))
        key = (step.partition(" [")[0], frames or text)
        if key in self._told:
            return False
        self._told.add(key)
        return True


class JsonLines(Reporter):
    """One object an event: `event`, `at` in seconds since the start, `step`, and what the event has."""

    def tell(self, kind: str, step: str, details: dict[str, Json]) -> None:
        self.write(json.dumps({"event": kind, "at": round(self.seconds, 3), "step": step} | details) + "\n")


class Lines(Reporter):
    def tell(self, kind: str, step: str, details: dict[str, Json]) -> None:
        if kind == "output":
            self.write(f"{step} | {self.shown(details['line'])}\n")
            return
        text = sentence(kind, step, details)
        if text:
            self.write(f"{self.seconds:8.2f}  {self.shown(text)}\n")
        self.write(self.shown(self.more(kind, step, details)))

    def more(self, kind: str, step: str, details: dict[str, Json]) -> str:
        """The traceback of a failure, and a hint. What fails the run is told at its end: of an item, nothing else may be told."""
        # A state around a step has the same failure.
        origin = details.get("failed_step") or step
        text: str = details["trace"] if self.is_new(origin, details.get("trace")) else ""
        is_told_later = kind == "failed" and " [" not in step
        return text if is_told_later or not self.is_new(origin, details.get("hint")) else f"{text}  {details['hint']}\n"

    def shown(self, text: str) -> str:
        return on_terminal(text, self._stream)


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
            batches = (
                f" in {details['batches']} {'batch' if details['batches'] == 1 else 'batches'}" if details.get("batches", details["count"]) != details["count"] else ""
            )
            return f"{step} has {details['count']} {'item' if details['count'] == 1 else 'items'}{batches}"
        case "succeeded" if shown:
            tries = f", {details['tries']} tries" if details["tries"] > 1 else ""
            return f"{step} succeeded in {span(details['seconds'])}{tries}, {amount(details['bytes'])}"
        case "succeeded" if details["type"] == "Choice" and is_skipped(step, details):
            return f"{step.replace(' (when)', '')} skipped"
        case "failed" if shown or " [" in step:
            return f"{step} failed: {brief(details['error'], details.get('cause')) if details['error'] else 'it cannot go on here'}"
        case "stopped" if shown:
            return f"{step} stopped after {span(details['seconds'])}: nobody waits for it any more"
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
    """An error in a line: of what a function raised, its message; of a nested run, its own error."""
    name = error or "no error name"
    message: Json = cause or ""
    try:
        found = json.loads(message)
    except ValueError:
        found = None
    if isinstance(found, dict) and "ExecutionArn" in found:
        return f"{name}: {brief(found['Error'], found.get('Cause'))}" if "Error" in found else f"{name}: {found.get('Status')}"
    if isinstance(found, dict) and "errorMessage" in found:
        message = found["errorMessage"]
    text = str(message)
    if error == QUERY_EVALUATION:
        # The expression is in it, and what is wrong comes after that.
        text = " ".join(text.split())
        text = text if len(text) <= 300 else f"{text[:120]} ... {text[-180:]}"
    first = next(iter(text.splitlines()), "")
    first = first if len(first) <= 310 else first[:300] + "..."
    return f"{name}: {first}" if first else name


def span(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds < 60 else f"{int(seconds // 60)} min {int(seconds % 60)} s"


def amount(number: int) -> str:
    return f"{number} B" if number < 1024 else f"{number / 1024:.1f} KiB"
