"""Options -> a run -> its output on standard output, and an exit status.

0: the run succeeded. 1: it failed. 64: what was given is not right, nothing has run. 130: interrupted.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import replace
from functools import partial

from . import changes, image_packages, plan as plans, reach, testing
from .attempt import Attempt
from .errors import Usage, why
from .execution import Run
from .json_text import Json
from .messages import FAILED, FINE, INTERRUPTED, USAGE, explain, say, tell_end
from .mocks import Mocks, mock_names
from .options import check, check_size, input_of, mocks_of, parser, pool_of, reporter_of, secrets_of
from .plan import Plan
from .resume import History
from .single import alone
from .terminal import CONTROL


def main(arguments: list[str] | None = None) -> int:
    try:
        options = parser().parse_args(arguments)
        plan = plans.read(options.plan)
        check(options, plan)
        return testing.test(options, plan) if options.test else run(options, plan)
    except Usage as problem:
        say(f"error: {problem}")
        return USAGE


def run(options: argparse.Namespace, plan: Plan) -> int:
    if options.pipeline:
        plan = replace(plan, pipeline=options.pipeline)
    pipeline = plan.pipelines[plan.pipeline]
    history = History(options.state or plan.root / ".dorc" / "runs", plan.environment, pipeline.name)
    resume = None
    event = input_of(options, plan, pipeline)
    check_size(event, "the input")
    plan = replace(plan, mocks=mocks_of(options, plan))
    if options.debug:
        check_debug(options.debug, plan)
    if options.only:
        pipeline, event = alone(options.only, plan, event, options.input is not None, history)
        plan = replace(
            plan,
            pipelines=plan.pipelines | {pipeline.name: pipeline},
            machines=plan.machines | {pipeline.state_machine: pipeline},
        )
    elif options.start:
        resume, event = history.resume(options.start, pipeline.definition, partial(reach.listed, pipeline.definition))
        changes.check(pipeline.definition, resume)
    history.input = event
    mocks = Mocks(plan.mocks)
    pool = pool_of(options, plan, pipeline, secrets_of(options), resume=resume)
    reporter = reporter_of(options)
    all_of_it = Run(plan, pool, reporter, mocks, options.s3 and options.s3.absolute(), options.fast_wait)
    attempt = Attempt(all_of_it, pipeline, event, history if not options.only else None, resume)

    def interrupt() -> None:
        attempt.interrupt()
        # No other step begins in the meantime.
        attempt.scope.stop()

    pool.interrupt = interrupt
    ended = attempt.wait_for(pool, options.debug is not None)
    reporter.close()
    if not options.only:
        keep(history)
    for name in mocks.never_used() if ended else []:
        say(f"note: the mock of `{name}` was not used")
    for folder, names in pool.written().items():
        listed = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
        say(f"warning: {listed} in {folder} was written; on Lambda that folder is read-only: write to `tempfile.gettempdir()`, or S3")
    for text in image_packages.missing(plan.root, list(pool.used.values())) if ended else []:
        say(f"warning: {text}")
    if ended is None:
        tell_end(options, reporter, pipeline, "interrupted", {})
        return INTERRUPTED
    if not ended.has_failed and not ended.message:
        tell_end(options, reporter, pipeline, "run succeeded", {"seconds": round(reporter.seconds, 3)})
        return write_output(ended.output)
    explain(options, plan, pipeline, reporter, attempt.problem, ended)
    return FAILED


def check_debug(step: str, plan: Plan) -> None:
    states = [(each.name, *found) for each in plan.pipelines.values() for found in reach.states(each.definition)]
    if not any(name == step for _, name, _ in states):
        raise Usage(f"--debug: there is no step `{step}`")
    calls = [(own, name) for own, name, state in states if reach.is_of(step, name) and reach.calls_function(plan, state)]
    if not calls:
        raise Usage(f"--debug: `{step}` runs no function that is on this computer")
    if all(any(each in plan.mocks for each in mock_names(plan.pipeline, own, name)) for own, name in calls):
        raise Usage(f"--debug: `{step}` has a mock, so that its function does not run: leave the mock out")


def keep(history: History) -> None:
    try:
        history.write()
    except OSError as problem:
        say(f"warning: the state for --from is not kept: {problem.filename or ''}: {why(problem)}")


def write_output(output: Json) -> int:
    # JSON lets C1 and the delete character through, and a terminal may obey them.
    text = CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(output, indent=2, ensure_ascii=False)) + "\n"
    try:
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
        sys.stdout.buffer.flush()
    except OSError as problem:
        say(f"error: the output cannot be written: {why(problem)}")
        # Or Python tries again at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    return FINE
