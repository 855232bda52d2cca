"""Functions are called in processes of their own, kept between calls as Lambda keeps its environments.

A process works for one function. When all are busy, a call waits; when there is room for no more, the one of another function that has
been idle for the longest gives way. What waits is not counted: the time of a call begins when the function's module is loaded.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from collections.abc import Callable

from . import folders, reach
from .errors import TIMEOUT, RunFailed, StateFailed, Stopped, TimedOut
from .execution import Visit
from .json_text import Json, parse
from .lambda_answers import exited, failure, not_json, out_of_memory, out_of_storage, timed_out
from .plan import Function
from .process import Ended, Output, Worker, adopt_orphans, end_orphans

# Lambda guide, "Init phase": loading a function's module has 10 s.
LOADING = 10.0


class OpenPools:
    """Counts the pools of this process. An orphan cannot be told to be one pool's: the last that is closed ends them all."""

    def __init__(self) -> None:
        self._count = 0
        self._lock = threading.Lock()

    def add(self) -> None:
        with self._lock:
            self._count += 1
            adopt_orphans()

    def remove(self) -> None:
        with self._lock:
            self._count -= 1
            if self._count == 0:
                end_orphans()


OPEN = OpenPools()


@dataclass
class Pool:
    """The processes of a run, and the `Functions` of it."""

    most: int
    environment: Callable[[Function], dict[str, str]]
    debugged: str | None = None
    # When the user leaves the debugger.
    interrupt: Callable[[], object] = lambda: None

    def __post_init__(self) -> None:
        self._idle: deque[Worker] = deque()
        self._all: set[Worker] = set()
        self._change = threading.Condition()
        # Whose debugger has it.
        self._terminal = threading.Lock()
        self._starting = 0
        self._is_closed = False
        self._folders: dict[Path, folders.Contents] = {}
        # Those that were called, by their names.
        self.used: dict[str, Function] = {}
        OPEN.add()

    def call(self, function: Function, event: Json, visit: Visit, timeout: float) -> Json:
        is_debugged = self.debugged is not None and reach.is_of(self.debugged, visit.name)
        show = lambda line: visit.report("output", line=line)
        request = str(uuid.uuid4())
        if is_debugged:
            # The call takes the time that it takes.
            timeout = float("inf")
            self._wait_for_terminal(visit)
        try:
            worker = self._take(function, is_debugged)
        except BaseException:
            if is_debugged:
                self._terminal.release()
            raise
        limit = float("inf") if is_debugged else function.timeout
        keep: bool | None = True
        try:
            # The branch may have been stopped while this call waited for its turn.
            visit.branch.scope.check()
            keep = False
            if not worker.is_loaded:
                loading = float("inf") if is_debugged else max(LOADING, function.timeout)
                first = self._wait(worker, loading, show, visit, timeout)
                self._end_if_quit(first)
                if first is None:
                    raise StateFailed(*timed_out(function, request))
                if "failed" in first:
                    raise failure(function, first, request)
                worker.is_loaded = True
            worker.request({"id": request, "event": event, "timeout": min(limit, 1e9)})
            answer = self._wait(worker, limit, show, visit, timeout)
            self._end_if_quit(answer)
            if answer is None:
                raise StateFailed(*timed_out(function, request))
            if worker.stored() > function.ephemeral_storage:
                raise StateFailed(*out_of_storage(function, request))
            keep = True
        except Abandoned as gone:
            keep = None
            self._finish_later(worker, gone.until, show)
            raise gone.problem from None
        except MemoryError:
            raise StateFailed(*out_of_memory(function, request)) from None
        except Ended:
            worker.process.wait()
            worker.rest(show)
            raise StateFailed(*exited(function, worker.process.returncode, request)) from None
        finally:
            if keep is not None:
                # Each job has a container of its own.
                self._give_back(worker, keep and not is_debugged and not function.is_job)
        if "failed" in answer:
            raise failure(function, answer, request)
        visit.report("called", memory=max(answer["memory"], round(worker.most_memory)))
        try:
            return parse(answer["result"])
        except ValueError as problem:
            raise not_json(visit.place, problem, answer.get("hint")) from None

    def _wait(self, worker: Worker, limit: float, show: Output, visit: Visit, timeout: float) -> dict[str, Json] | None:
        """Raises `Abandoned` where the state's own time, or that of the run, is over before the function's is."""
        now = time.monotonic()
        until = now + min(limit, 1e9)
        patience = min(timeout, visit.branch.scope.remaining())
        answer = worker.answer(min(until, now + patience), show, worker.function.memory)
        if answer is not None or now + patience >= until:
            return answer
        problem: Exception = StateFailed(TIMEOUT, None)
        try:
            visit.branch.scope.check()
        except TimedOut as found:
            problem = found
        raise Abandoned(problem, until)

    def _wait_for_terminal(self, visit: Visit) -> None:
        """Two debuggers would read each other's commands."""
        while not self._terminal.acquire(timeout=0.1):
            visit.branch.scope.check()

    def _end_if_quit(self, answer: dict[str, Json] | None) -> None:
        if answer and "quit" in answer:
            self.interrupt()
            raise Stopped

    def _finish_later(self, worker: Worker, until: float, show: Output) -> None:
        """A function that nobody waits for any more runs to its own end, as on AWS."""

        def finish() -> None:
            keep = False
            try:
                first = worker.answer(until, show, worker.function.memory)
                keep = first is not None and worker.is_loaded and not worker.is_debugged and not worker.function.is_job
            except (Ended, MemoryError):
                pass
            finally:
                self._give_back(worker, keep)

        threading.Thread(target=finish, daemon=True).start()

    def _take(self, function: Function, is_debugged: bool) -> Worker:
        victim = None
        with self._change:
            while True:
                if self._is_closed:
                    raise RunFailed("the run has ended")
                found = next((each for each in reversed(self._idle) if each.function is function), None)
                if found and not is_debugged:
                    self._idle.remove(found)
                    if found.lives:
                        return found
                    self._all.discard(found)
                    found.kill()
                    continue
                if len(self._all) + self._starting < self.most:
                    break
                if self._idle:
                    victim = self._idle.popleft()
                    self._all.discard(victim)
                    break
                self._change.wait()
            self._starting += 1
        worker = None
        try:
            if victim:
                victim.kill()
            if function.folder is None or not function.folder.is_dir():
                raise RunFailed(f"the folder of the function {function.name} does not exist: {function.folder}")
            self.used[function.name] = function
            self._folders.setdefault(function.folder, folders.contents(function.folder))
            worker = Worker(function, self.environment(function), is_debugged)
        except (OSError, Ended) as problem:
            raise RunFailed(f"no process can be started for {function.name}: {problem or 'it ended at once'}") from None
        finally:
            with self._change:
                self._starting -= 1
                if worker:
                    self._all.add(worker)
                    is_late = self._is_closed
                self._change.notify()
        if is_late:
            worker.kill()
            raise RunFailed("the run has ended")
        return worker

    def _give_back(self, worker: Worker, keep: bool) -> None:
        if not keep:
            worker.kill()
        if worker.is_debugged:
            self._terminal.release()
        with self._change:
            if keep and not self._is_closed:
                self._idle.append(worker)
            else:
                self._all.discard(worker)
            self._change.notify()

    def close(self) -> None:
        """No process is left, whatever it does."""
        with self._change:
            if self._is_closed:
                return
            self._is_closed = True
            workers = list(self._all)
            self._change.notify_all()
        # Their pipes stay: threads that were given up may still wait at them.
        for worker in workers:
            worker.end()
        OPEN.remove()

    def written(self) -> dict[Path, list[str]]:
        """By folder, the files that functions have written where Lambda lets them only read."""
        found = {folder: folders.written(folder, before) for folder, before in self._folders.items()}
        return {folder: names for folder, names in found.items() if names}


class Abandoned(Exception):
    def __init__(self, problem: Exception, until: float):
        super().__init__()
        self.problem, self.until = problem, until
