"""The parts of a run that end together: the run itself, a nested run, a branch, an item."""

from __future__ import annotations

import threading
import time

from .errors import Stopped, TimedOut


class Scope:
    def __init__(self, parent: Scope | None = None, timeout: float | None = None):
        self.parent = parent
        # Forever, where there is no timeout.
        self.deadline = float("inf") if timeout is None else time.monotonic() + timeout
        self._stopped = threading.Event()
        self._parts: set[Scope] = set()
        self._lock = threading.Lock()
        if parent:
            parent._adopt(self)

    def _adopt(self, part: Scope) -> None:
        with self._lock:
            self._parts.add(part)
            if self._stopped.is_set():
                part._stopped.set()

    def end(self) -> None:
        """Nothing runs in it any more."""
        if self.parent:
            with self.parent._lock:
                self.parent._parts.discard(self)

    def stop(self) -> None:
        """Ends it with all its parts: what waits in them wakes up. A function that is being called runs on, as on AWS."""
        with self._lock:
            self._stopped.set()
            parts = list(self._parts)
        for part in parts:
            part.stop()

    @property
    def is_stopped(self) -> bool:
        return self._stopped.is_set()

    def check(self) -> None:
        if self.is_stopped:
            raise Stopped
        first = self._first_to_end()
        if first.deadline <= time.monotonic():
            raise TimedOut(first)

    def sleep(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while True:
            self.check()
            left = until - time.monotonic()
            if left <= 0:
                return
            self._stopped.wait(min(left, self.remaining(), threading.TIMEOUT_MAX))

    def remaining(self) -> float:
        """Seconds until the first deadline of this scope and of those around it."""
        return max(0.0, self._first_to_end().deadline - time.monotonic())

    def _first_to_end(self) -> Scope:
        found = self
        around = self.parent
        while around:
            if around.deadline <= found.deadline:
                found = around
            around = around.parent
        return found
