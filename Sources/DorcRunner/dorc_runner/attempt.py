"""A run in a thread of its own, so that it can be interrupted; no process is left when it has ended."""

from __future__ import annotations

import signal
import threading
import traceback
from dataclasses import dataclass

from .cases import Ended
from .errors import TIMEOUT, RunFailed, StateFailed, Stopped, TimedOut
from .execution import Execution, Run
from .interpreter import run_execution
from .json_text import Json
from .plan import Pipeline
from .resume import History, Resume
from .scope import Scope
from .workers import Pool


@dataclass(eq=False)
class Attempt:
    """Of one run. `ended` is how, `problem` why where it has failed."""

    run: Run
    pipeline: Pipeline
    event: Json
    history: History | None
    resume: Resume | None = None
    problem: StateFailed | RunFailed | TimedOut | BaseException | None = None
    ended: Ended | None = None

    def __post_init__(self) -> None:
        self.done = threading.Event()
        self.is_interrupted = False
        self.scope = Scope(None, self.pipeline.definition.get("TimeoutSeconds"))

    def _work(self) -> None:
        try:
            execution = Execution(self.run, self.pipeline, self.event, self.scope, saved=self.history)
            output = run_execution(execution, self.resume)
            self._wait_for_the_others()
            self.ended = Ended(output)
        except StateFailed as problem:
            self.problem, self.ended = problem, Ended(error=problem.error, cause=problem.cause, has_failed=True)
        except TimedOut as problem:
            seconds = self.pipeline.definition["TimeoutSeconds"]
            self.problem = problem
            # As AWS: the error and cause of a run that timed out are missing (floci issue 2733 has what AWS returns).
            self.ended = Ended(error=TIMEOUT, cause=f"the run took longer than its timeout, {seconds} s", has_failed=True)
        except RunFailed as problem:
            self.problem, self.ended = problem, Ended(message=problem.message)
        except Stopped:
            pass
        except RecursionError:
            self.ended = Ended(message="the data are nested too deeply for this program")
        except BaseException as problem:
            self.problem = problem
            self.ended = Ended(message="this is a mistake in the runner:\n" + "".join(traceback.format_exception(problem)))
        finally:
            self.done.set()

    def _wait_for_the_others(self) -> None:
        """For the runs that were started without waiting for them."""
        while True:
            with self.run.lock:
                thread = self.run.unattended.pop() if self.run.unattended else None
            if thread is None:
                return
            thread.join()

    def interrupt(self) -> None:
        self.is_interrupted = True
        self.done.set()

    def run_to_its_end(self, pool: Pool) -> Ended | None:
        """None if it was interrupted. No process is left in any case."""
        try:
            threading.Thread(target=self._work, daemon=True).start()
            self.done.wait()
        finally:
            self.scope.stop()
            pool.close()
        return None if self.is_interrupted else self.ended

    def wait_for(self, pool: Pool, is_debugged: bool = False) -> Ended | None:
        """The same, and the signals that end a program interrupt it: for the main thread."""

        def interrupt(number: int, frame: object) -> None:
            self.interrupt()

        def ignore(number: int, frame: object) -> None:
            """In the debugger, an interrupt is the debugger's: what is ignored here by the system, it would ignore too."""

        handlers = {signal.SIGINT: ignore if is_debugged else interrupt, signal.SIGTERM: interrupt, signal.SIGHUP: interrupt}
        before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
        try:
            return self.run_to_its_end(pool)
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
