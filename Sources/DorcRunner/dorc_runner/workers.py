"""Functions are called in processes of their own, kept between calls as Lambda keeps its environments.

A process works for one function. When all are busy, a call waits; when there is room for no more, the one of another function that has
been idle for the longest gives way. What waits is not counted: the time of a call begins when the function's module is loaded.
"""

from __future__ import annotations

import json
import os
import pkgutil
import select
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections import deque
from dataclasses import dataclass
from typing import Callable

from .errors import TIMEOUT, RunFailed, StateFailed, TimedOut
from .execution import Visit
from .json_text import Json
from .plan import Function

# How often a call looks whether its process lives, and at its memory, in seconds.
GLANCE = 0.05
# Lambda guide, "Init phase": loading a function's module has 10 s.
LOADING = 10.0
# An unfinished line of output is shown when it gets so long.
LINE = 1 << 16
Output = Callable[[str], None]


class Ended(Exception):
    """The process is gone."""


class Worker:
    """A process. Only one call at a time uses it."""

    def __init__(self, function: Function, environment: dict[str, str], is_debugged: bool):
        self.function = function
        self.is_loaded = False
        self._part = b""
        self._waiting = b""
        request_end, self._requests = os.pipe()
        self._answers, answer_end = os.pipe()
        life_end, self._life = os.pipe()
        self._output: int | None = None
        output_end: int | None = None
        if not is_debugged:
            self._output, output_end = os.pipe()
        given = (request_end, answer_end, life_end)
        source = pkgutil.get_data("dorc_runner", "worker.py")
        if source is None:
            raise RunFailed("the runner is not whole: worker.py is missing")
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-u", "-X", "utf8", "-c", source.decode(), *map(str, given)],
                stdin=None if is_debugged else subprocess.DEVNULL,
                stdout=None if is_debugged else output_end,
                stderr=None if is_debugged else output_end,
                pass_fds=given,
                env=environment,
                # With what the function starts, it ends as a group; in the debugger, it shares the terminal.
                start_new_session=not is_debugged,
            )
        except BaseException:
            self._close()
            raise
        finally:
            for descriptor in (*given, output_end):
                if descriptor is not None:
                    os.close(descriptor)
        self._is_group = not is_debugged
        os.set_blocking(self._answers, False)
        if self._output is not None:
            os.set_blocking(self._output, False)
        self.request(
            {
                "folder": str(function.folder),
                "paths": [str(path) for path in function.paths],
                "handler": function.handler,
                "name": function.lambda_name,
                "arn": function.arn,
                "memory": function.memory,
                "debug": is_debugged,
            }
        )

    @property
    def lives(self) -> bool:
        return self.process.poll() is None

    def request(self, value: Json) -> None:
        data = json.dumps(value).encode()
        left = memoryview(len(data).to_bytes(8, "big") + data)
        try:
            while left:
                left = left[os.write(self._requests, left) :]
        except BrokenPipeError:
            raise Ended from None

    def answer(self, until: float, show: Output, limit: float) -> dict[str, Json] | None:
        """None if there is none until then. Raises `Ended`, and `MemoryError` when the process has more than `limit` MiB."""
        poll = select.poll()
        poll.register(self._answers, select.POLLIN)
        if self._output is not None:
            poll.register(self._output, select.POLLIN)
        next_glance = time.monotonic() + GLANCE
        while True:
            left = until - time.monotonic()
            if left <= 0:
                return None
            ready = dict(poll.poll(1000 * min(left, GLANCE)))
            if self._output in ready and not self._show(show):
                poll.unregister(self._output)
            if self._answers in ready and (found := self._read_answer()):
                # Everything that was written before the answer is there by now.
                while self._show(show):
                    pass
                self._show_rest(show)
                return found
            if time.monotonic() >= next_glance:
                next_glance = time.monotonic() + GLANCE
                if self.memory() > limit:
                    raise MemoryError
                # A child of the function may hold the pipe of the answers open.
                if self.process.poll() is not None and not ready:
                    raise Ended

    def _read_answer(self) -> dict[str, Json] | None:
        try:
            part = os.read(self._answers, 1 << 20)
        except BlockingIOError:
            return None
        if not part:
            raise Ended
        self._part += part
        if len(self._part) < 8:
            return None
        size = int.from_bytes(self._part[:8], "big")
        if len(self._part) < 8 + size:
            return None
        text, self._part = self._part[8 : 8 + size], self._part[8 + size :]
        return json.loads(text)

    def rest(self, show: Output) -> None:
        """What a process that is gone has written last."""
        while self._show(show):
            pass
        self._show_rest(show)

    def _show(self, show: Output) -> bool:
        """Whether there was something, and there may be more."""
        if self._output is None:
            return False
        try:
            part = os.read(self._output, 1 << 16)
        except BlockingIOError:
            return False
        if not part:
            return False
        *lines, self._waiting = (self._waiting + part).split(b"\n")
        for line in lines:
            show(line.decode("utf-8", "replace"))
        if len(self._waiting) > LINE:
            self._show_rest(show)
        return True

    def _show_rest(self, show: Output) -> None:
        if self._waiting:
            show(self._waiting.decode("utf-8", "replace"))
            self._waiting = b""

    def memory(self) -> float:
        """In MiB; 0 where the system does not tell."""
        try:
            with open(f"/proc/{self.process.pid}/statm", "rb") as file:
                return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / (1 << 20)
        except (OSError, IndexError, ValueError):
            return 0

    def end(self) -> None:
        """Ends it with all that it has started, even where it has ended itself."""
        try:
            if self._is_group:
                os.killpg(self.process.pid, signal.SIGKILL)
            else:
                self.process.kill()
        except (ProcessLookupError, PermissionError):
            pass
        self.process.wait()

    def kill(self) -> None:
        self.end()
        self._close()

    def _close(self) -> None:
        for name in ("_requests", "_answers", "_life", "_output"):
            descriptor = getattr(self, name, None)
            if descriptor is not None:
                setattr(self, name, None)
                os.close(descriptor)


@dataclass
class Pool:
    """The processes of a run, and the `Functions` of it."""

    most: int
    environment: Callable[[Function], dict[str, str]]
    debugged: str | None = None

    def __post_init__(self) -> None:
        self._idle: deque[Worker] = deque()
        self._all: set[Worker] = set()
        self._change = threading.Condition()
        self._starting = 0
        self._is_closed = False

    def call(self, function: Function, event: Json, visit: Visit, timeout: float) -> Json:
        is_debugged = self.debugged in (visit.name, visit.name.removesuffix(" (item)"))
        show = lambda line: visit.report("output", line=line)
        request = str(uuid.uuid4())
        worker = self._take(function, is_debugged)
        # A call in the debugger takes the time that it takes.
        limit = float("inf") if is_debugged else function.timeout
        keep: bool | None = True
        try:
            # The branch may have been stopped while this call waited for its turn.
            visit.branch.scope.check()
            keep = False
            if not worker.is_loaded:
                loading = float("inf") if is_debugged else max(LOADING, function.timeout)
                first = self._wait(worker, loading, show, visit, timeout)
                if first is None:
                    raise StateFailed(*timed_out(function, request))
                if "failed" in first:
                    raise failure(first, request)
                worker.is_loaded = True
            worker.request({"id": request, "event": event, "timeout": min(limit, 1e9)})
            answer = self._wait(worker, limit, show, visit, timeout)
            if answer is None:
                raise StateFailed(*timed_out(function, request))
            keep = True
        except Abandoned as gone:
            keep = None
            self._finish_later(worker, gone.until, show)
            raise gone.problem from None
        except MemoryError:
            message = f"RequestId: {request} Error: Runtime exited with error: signal: killed"
            raise StateFailed("Runtime.OutOfMemory", error_text(message, "Runtime.OutOfMemory")) from None
        except Ended:
            worker.process.wait()
            worker.rest(show)
            raise StateFailed(*exited(worker.process.returncode, request)) from None
        finally:
            if keep is not None:
                self._give_back(worker, keep and not is_debugged)
        if "failed" in answer:
            raise failure(answer, request)
        visit.report("called", memory=answer["memory"])
        return json.loads(answer["result"])

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

    def _finish_later(self, worker: Worker, until: float, show: Output) -> None:
        """A function that nobody waits for any more runs to its own end, as on AWS."""

        def finish() -> None:
            keep = False
            try:
                first = worker.answer(until, show, worker.function.memory)
                keep = first is not None and worker.is_loaded
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
            worker = Worker(function, self.environment(function), is_debugged)
        except OSError as problem:
            raise RunFailed(f"no process can be started for {function.name}: {problem}") from None
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
        with self._change:
            if keep and not self._is_closed:
                self._idle.append(worker)
            else:
                self._all.discard(worker)
            self._change.notify()

    def close(self) -> None:
        """No process is left, whatever it does."""
        with self._change:
            self._is_closed = True
            workers = list(self._all)
            self._change.notify_all()
        # Their pipes stay: threads that were given up may still wait at them.
        for worker in workers:
            worker.end()


class Abandoned(Exception):
    def __init__(self, problem: Exception, until: float):
        super().__init__()
        self.problem, self.until = problem, until


# What Lambda says of a call that failed. The texts were seen on AWS (floci issue 3314) and are in aws-lambda-runtime-interface-emulator.


def error_text(message: str, error: str) -> str:
    return json.dumps({"errorType": error, "errorMessage": message})


def timed_out(function: Function, request: str) -> tuple[str, str]:
    message = f"RequestId: {request} Error: Task timed out after {function.timeout:.2f} seconds"
    return "Sandbox.Timedout", error_text(message, "Sandbox.Timedout")


def exited(status: int, request: str) -> tuple[str, str]:
    if status == 0:
        reason = "Runtime exited without providing a reason"
    elif status > 0:
        reason = f"Runtime exited with error: exit status {status}"
    else:
        reason = f"Runtime exited with error: signal: {str(signal.strsignal(-status)).lower()}"
    return "Runtime.ExitError", error_text(f"RequestId: {request} Error: {reason}", "Runtime.ExitError")


def failure(answer: dict[str, Json], request: str) -> StateFailed:
    """The class of a function's exception is the error, the whole answer the cause (recorded; its spaces too)."""
    cause = answer["failed"] | {"requestId": request}
    return StateFailed(cause["errorType"], json.dumps(cause, ensure_ascii=False), answer.get("trace"))


# Of who started this program, what a function may see on Lambda too is set anew; everything else stays, such as PATH or a proxy.
def environment_of(function: Function, region: str, secrets: dict[str, str], base: dict[str, str]) -> dict[str, str]:
    """Lambda guide, "Defined runtime environment variables"; the function's own come last."""
    return (
        base
        | {
            "_HANDLER": function.handler,
            "AWS_DEFAULT_REGION": region,
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory),
            "AWS_LAMBDA_FUNCTION_NAME": function.lambda_name,
            "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
            "AWS_LAMBDA_LOG_GROUP_NAME": f"/aws/lambda/{function.lambda_name}",
            "AWS_LAMBDA_LOG_STREAM_NAME": "local",
            "AWS_REGION": region,
            "LAMBDA_TASK_ROOT": str(function.folder),
            "TZ": ":UTC",
        }
        | function.variables
        | secrets
    )
