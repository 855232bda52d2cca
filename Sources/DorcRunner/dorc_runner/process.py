"""One process that calls one function, seen from the runner; `worker` is what runs in it."""

from __future__ import annotations

import json
import os
import pkgutil
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable

from .errors import RunFailed
from .json_text import Json
from .plan import Function
from .worker import descendants

# How often a call looks whether its process lives, and at its memory, in seconds.
GLANCE = 0.05
# An unfinished line of output is shown when it gets so long.
LINE = 1 << 16
Output = Callable[[str], None]


# What runs in the process, in the order in which Python gets it.
WORKER = ("marshalling.py", "worker.py")


class Ended(Exception):
    """The process is gone."""


class Worker:
    """A process. Only one call at a time uses it."""

    def __init__(self, function: Function, environment: dict[str, str], is_debugged: bool):
        self.function = function
        self.is_loaded = False
        self.is_debugged = is_debugged
        # In MiB, as far as it was looked at.
        self.most_memory = 0.0
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
        texts = [pkgutil.get_data("dorc_runner", name) for name in WORKER]
        if None in texts:
            raise RunFailed(f"the runner is not whole: one of {', '.join(WORKER)} is missing")
        source = b"\n".join(text for text in texts if text)
        # Of its own, as the /tmp of Lambda's environment is: kept between calls, and gone with the process.
        self._temporary = folder_in(environment.get("TMPDIR") or "/tmp")
        if self._temporary and "TMPDIR" not in function.variables:
            environment = {**environment, "TMPDIR": self._temporary}
        try:
            # -B: nothing is written into the repository; on Lambda, the code cannot be written either.
            self.process = subprocess.Popen(
                [sys.executable, "-B", "-u", "-X", "utf8", "-c", source.decode(), *map(str, given)],
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
                "job": function.is_job,
                "memory": function.memory,
                "debug": is_debugged,
                "temporary": self._temporary,
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
                if self._uses_more_than(limit):
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
            show(as_seen(line))
        if len(self._waiting) > LINE:
            self._show_rest(show)
        return True

    def _show_rest(self, show: Output) -> None:
        if self._waiting:
            show(as_seen(self._waiting))
            self._waiting = b""

    def _uses_more_than(self, limit: float) -> bool:
        """With all that it has started, as Lambda counts. Memory that they share is counted once, which takes longer to find out."""
        family = [self.process.pid, *descendants(self.process.pid)]
        found = sum(map(resident, family))
        if found > limit and len(family) > 1:
            found = sum(map(proportional, family))
        self.most_memory = max(self.most_memory, found)
        return found > limit

    def stored(self) -> float:
        """MiB in its folder for temporary files."""
        found = 0
        for folder, _, names in os.walk(self._temporary or "/nowhere"):
            for name in names:
                try:
                    found += os.lstat(os.path.join(folder, name)).st_blocks * 512
                except OSError:
                    pass
        return found / (1 << 20)

    def end(self) -> None:
        """Ends it with all that it has started, even where it has ended itself."""
        family = descendants(self.process.pid)
        try:
            if self._is_group:
                os.killpg(self.process.pid, signal.SIGKILL)
            else:
                self.process.kill()
        except (ProcessLookupError, PermissionError):
            pass
        kill(family)
        self.process.wait()
        if self._temporary:
            shutil.rmtree(self._temporary, ignore_errors=True)

    def kill(self) -> None:
        self.end()
        self._close()

    def _close(self) -> None:
        if self._temporary and not hasattr(self, "process"):
            shutil.rmtree(self._temporary, ignore_errors=True)
        for name in ("_requests", "_answers", "_life", "_output"):
            descriptor = getattr(self, name, None)
            if descriptor is not None:
                setattr(self, name, None)
                os.close(descriptor)


def as_seen(line: bytes) -> str:
    """Of a line that returns to its beginning, as progress bars do, what a terminal shows at last."""
    return line.rstrip(b"\r").rpartition(b"\r")[2].decode("utf-8", "replace")


def folder_in(place: str) -> str | None:
    """A new one; None where there is no place for it, which the function finds out when it needs one."""
    try:
        return tempfile.mkdtemp(prefix="dorc-run-", dir=place)
    except OSError:
        return None


def resident(process: int) -> float:
    """MiB in memory; 0 where the system does not tell."""
    try:
        with open(f"/proc/{process}/statm", "rb") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / (1 << 20)
    except (OSError, IndexError, ValueError):
        return 0


def proportional(process: int) -> float:
    """MiB in memory, of what it shares with others its part."""
    try:
        with open(f"/proc/{process}/smaps_rollup", "rb") as file:
            return next(int(line.split()[1]) / 1024 for line in file if line.startswith(b"Pss:"))
    except (OSError, StopIteration, ValueError):
        return resident(process)


def kill(processes: Iterable[int]) -> None:
    for each in processes:
        try:
            os.kill(each, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            pass


def adopt_orphans() -> None:
    """What outlives the process that started it becomes this one's child, where the system can (Linux: prctl,
    PR_SET_CHILD_SUBREAPER), so that it can be found."""
    if sys.platform != "linux":
        return
    try:
        import ctypes

        ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)
    except (ImportError, OSError, AttributeError):
        pass


def end_orphans() -> None:
    """Everything that is left of what this process has started."""
    for _ in range(100):
        left = descendants(os.getpid())
        kill(left)
        for each in left:
            try:
                os.waitpid(each, os.WNOHANG)
            except ChildProcessError:
                pass
        if not left:
            return
        time.sleep(0.01)
