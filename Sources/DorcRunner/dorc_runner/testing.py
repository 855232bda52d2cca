"""Runs the cases that are beside the pipelines (`--test`)."""

from __future__ import annotations

import argparse
import io
import sys
from dataclasses import replace

from . import cases, report
from .attempt import Attempt
from .cases import Ended
from .errors import Usage
from .execution import Run
from .messages import FAILED, FINE, INTERRUPTED, say
from .mocks import Mocks
from .options import mocks_of, pool_of, secrets_of
from .plan import Case, Pipeline, Plan


def test(options: argparse.Namespace, plan: Plan) -> int:
    if options.input or options.event or options.start or options.only or options.debug:
        raise Usage("--test goes with --pipeline, --case, --junit, --secrets, --mock and --s3")
    wanted = [plan.pipelines[options.pipeline]] if options.pipeline else list(plan.pipelines.values())
    given, shared = secrets_of(options), mocks_of(options, plan)
    is_interrupted = False

    def run_case(pipeline: Pipeline, case: Case) -> tuple[Ended, str]:
        nonlocal is_interrupted
        log = io.StringIO()
        if is_interrupted:
            return Ended(message="interrupted"), ""
        own = replace(plan, pipeline=pipeline.name, mocks=shared | case.mocks)
        try:
            mocks = Mocks(own.mocks, case.file or "mocks")
            pool = pool_of(options, own, pipeline, given | case.secrets)
        except Usage as problem:
            return Ended(message=str(problem)), ""
        all_of_it = Run(own, pool, report.Lines(log), mocks, options.s3 and options.s3.absolute(), is_fast=True)
        ended = Attempt(all_of_it, pipeline, case.input, None).wait_for(pool)
        is_interrupted = ended is None
        return ended or Ended(message="interrupted"), log.getvalue()

    is_unread = False

    def tell(text: str) -> None:
        nonlocal is_unread
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except OSError as problem:
            if not is_unread:
                say(f"error: the verdicts cannot be written: {problem}")
            is_unread = True

    verdicts = cases.run_all(wanted, options.case, run_case, tell)
    if not verdicts:
        raise Usage("there are no cases" + (f" with {options.case!r} in their name" if options.case else ""))
    tell(cases.summary(verdicts))
    if options.junit:
        try:
            cases.junit(verdicts, options.junit)
        except OSError as problem:
            raise Usage(f"--junit {options.junit}: {problem}") from None
    if is_interrupted:
        return INTERRUPTED
    return FAILED if is_unread or any(verdict.problem for verdict in verdicts) else FINE
