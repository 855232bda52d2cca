"""Runs the cases that are beside the pipelines (`--test`), some of them side by side, and tells how they ended in their order."""

from __future__ import annotations

import argparse
import io
import queue
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from . import cases, events, image_packages, report
from .attempt import Attempt
from .cases import Ended, Summary, Verdict
from .errors import StateFailed, Usage, why
from .execution import Run
from .json_text import Json
from .messages import FAILED, FINE, INTERRUPTED, say
from .mocks import Mocks
from .options import check_size, mocks_of, pool_of, secrets_of
from .plan import Case, Function, Pipeline, Plan
from .terminal import shown


def test(options: argparse.Namespace, plan: Plan) -> int:
    if options.input or options.event or options.start or options.only or options.debug:
        raise Usage("--test goes with --pipeline, --case, --jobs, --junit, --json, --secrets, --mock and --s3")
    wanted = [plan.pipelines[options.pipeline]] if options.pipeline else plan.pipelines.values()
    named = [(pipeline, case) for pipeline in wanted for case in pipeline.cases]
    chosen = [each for each in named if not options.case or options.case in f"{each[0].name}: {each[1].name}"]
    if not chosen:
        raise Usage("there are no cases" + (f" with {options.case!r} in their name" if options.case else ""))
    bench = Bench(options, plan, secrets_of(options), mocks_of(options, plan))
    begin = time.monotonic()
    verdicts = []
    is_told = True
    for verdict in bench.run(chosen):
        verdicts.append(verdict)
        if not verdict.is_interrupted:
            is_told = is_told and tell(cases.as_json(verdict) if options.json else shown(cases.line(verdict), sys.stdout))
    summary = Summary.of(verdicts, time.monotonic() - begin)
    is_told = is_told and tell(cases.summary_as_json(summary) if options.json else summary.text)
    for text in image_packages.missing(plan.root, list(bench.used.values())):
        say(f"warning: {text}")
    if options.junit:
        try:
            cases.junit(verdicts, options.junit)
        except OSError as problem:
            say(f"error: --junit {options.junit}: {why(problem)}")
            is_told = False
    if bench.is_interrupted:
        return INTERRUPTED
    return FINE if is_told and not summary.failed else FAILED


def tell(text: str) -> bool:
    """Whether it could be written."""
    try:
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
        sys.stdout.buffer.flush()
        return True
    except OSError as problem:
        say(f"error: the verdicts cannot be written: {why(problem)}")
        return False


@contextmanager
def buckets_of(case: Case, given: Path | None) -> Iterator[Path | None]:
    """The folder in place of S3: of the case's own a copy, so that what a run writes is neither kept nor seen by another case."""
    if case.s3 is None:
        yield given and given.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="dorc-s3-", ignore_cleanup_errors=True) as folder:
        yield Path(shutil.copytree(case.s3, Path(folder) / "s3"))


@dataclass
class Bench:
    """Runs cases, each with processes of its own."""

    options: argparse.Namespace
    plan: Plan
    secrets: dict[str, Json]
    mocks: dict[str, Json]
    is_interrupted: bool = False
    # Functions that were called, by their names.
    used: dict[str, Function] = field(default_factory=dict)
    _running: set[Attempt] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self, chosen: list[tuple[Pipeline, Case]]) -> Iterator[Verdict]:
        """In the order of the cases, each as soon as it and those before it have ended."""
        waiting = iter(list(enumerate(chosen)))
        ended: queue.SimpleQueue[tuple[int, Verdict]] = queue.SimpleQueue()

        def work() -> None:
            while True:
                with self._lock:
                    number, (pipeline, case) = next(waiting, (-1, (None, None)))
                if pipeline is None:
                    return
                ended.put((number, self._verdict(pipeline, case)))

        with self._interrupts():
            for _ in range(min(self.options.jobs, len(chosen))):
                threading.Thread(target=work, daemon=True).start()
            early: dict[int, Verdict] = {}
            for number in range(len(chosen)):
                while number not in early:
                    found, verdict = ended.get()
                    early[found] = verdict
                yield early.pop(number)

    @contextmanager
    def _interrupts(self) -> Iterator[None]:
        def interrupt(number: int, frame: object) -> None:
            self.is_interrupted = True
            for attempt in list(self._running):
                attempt.interrupt()

        numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        before = {number: signal.signal(number, interrupt) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _verdict(self, pipeline: Pipeline, case: Case) -> Verdict:
        start, log = time.monotonic(), io.StringIO()
        ended = None if self.is_interrupted else self._ended(pipeline, case, log)
        seconds = time.monotonic() - start
        if ended is None:
            return Verdict(pipeline.name, case, seconds, "interrupted", log.getvalue(), is_interrupted=True)
        return Verdict(pipeline.name, case, seconds, cases.judge(case, ended), log.getvalue())

    def _ended(self, pipeline: Pipeline, case: Case, log: io.StringIO) -> Ended | None:
        """None if it was interrupted."""
        plan = replace(self.plan, pipeline=pipeline.name, mocks=self.mocks | case.mocks)
        with ExitStack() as stack:
            try:
                buckets = stack.enter_context(buckets_of(case, self.options.s3))
            except OSError as problem:
                return Ended(message=f"`s3` of the case: {problem.filename or case.s3}: {why(problem)}")
            return self._ended_with(buckets, plan, pipeline, case, log)

    def _ended_with(self, buckets: Path | None, plan: Plan, pipeline: Pipeline, case: Case, log: io.StringIO) -> Ended | None:
        try:
            mocks = Mocks(plan.mocks, case.file or "mocks")
            event = events.event_of(plan, pipeline, case.event, buckets)[0] if case.event else case.input
            check_size(event, "the input")
            pool = pool_of(self.options, plan, pipeline, self.secrets | case.secrets, self.options.jobs)
        except Usage as problem:
            return Ended(message=str(problem).removeprefix("--"))
        lines = report.Lines(log)
        run = Run(plan, pool, lines, mocks, buckets, is_fast=True, mocks_place="in `mocks` of the case")
        attempt = Attempt(run, pipeline, event, None)
        self._running.add(attempt)
        # A signal may have come before it was among those that run.
        if self.is_interrupted:
            attempt.interrupt()
        try:
            ended = attempt.run_to_its_end(pool)
        finally:
            self._running.discard(attempt)
            self.used |= pool.used
        if ended and isinstance(attempt.problem, StateFailed):
            log.write(lines.more("run failed", attempt.problem.step or "", attempt.problem.told()))
        for name in mocks.never_used() if ended else []:
            if name in case.mocks:
                log.write(f"note: the mock of `{name}` was not used\n")
        return ended
