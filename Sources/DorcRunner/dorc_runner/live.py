"""The live list of steps on a terminal."""

from __future__ import annotations

import os
import shutil
import threading
import time
from dataclasses import dataclass
from typing import TextIO

from .json_text import Json
from .report import SHOWN, Lines, amount, is_skipped, sentence, span


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


MARKS = {
    "running": ("\u2022", "36"),
    "succeeded": ("\u2713", "32"),
    "failed": ("\u2717", "31"),
    "caught": ("\u2717", "33"),
    "stopped": ("\u25a0", "2"),
    "skipped": ("-", "2"),
    "retrying": ("\u21bb", "33"),
}


class Live(Lines):
    """A list of the steps at the lower end of the terminal, drawn anew ten times a second; output and errors are printed above it."""

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
            self._pending.append(f"{step} | {self.shown(details['line'])}\n")
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
        elif kind in ("caught", "stopped") and shown:
            row = self._row(name)
            row.running = max(0, row.running - 1)
            row.done += kind == "caught"
            row.seconds = time.monotonic() - row.started
            # Where items of a step were stopped, one of them has failed.
            row.state = "running" if row.running else row.state if row.state == "failed" else kind
        elif kind == "retrying":
            row = self._row(name)
            row.tries, row.state = details["tries"] + 1, "retrying"
        elif kind == "items":
            self._row(name).total = details.get("batches", details["count"])
        is_item = kind == "failed" and " [" in step
        if is_item or kind in ("retrying", "caught", "run failed"):
            self._pending.append(f"{self.shown(sentence(kind, step, details) or '')}\n")
            self._pending.append(self.shown(self.more(kind, step, details)))

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
        seconds = row.seconds if row.state in ("succeeded", "failed", "caught", "stopped") else time.monotonic() - row.started
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
