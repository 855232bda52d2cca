"""What is said at the end of a run, and of what to do next."""

from __future__ import annotations

import argparse
import sys

from . import report
from .cases import Ended
from .errors import TIMEOUT
from .json_text import Json
from .plan import Pipeline, Plan

FINE, FAILED, USAGE, INTERRUPTED = 0, 1, 64, 130


def say(text: str, end: str = "\n") -> None:
    """On standard error. Where nobody can read it, the run counts all the same."""
    try:
        print(text, end=end, file=sys.stderr, flush=True)
    except OSError:
        pass


def tell_end(
    options: argparse.Namespace, reporter: report.Reporter, pipeline: Pipeline, kind: str, details: dict[str, Json]
) -> None:
    if options.json:
        reporter.event(kind, pipeline.name, **details)
        return
    took = f" in {report.span(reporter.seconds)}" if kind == "run succeeded" else ""
    most = max(reporter.most_memory.items(), key=lambda each: each[1], default=None)
    memory = f", at most {most[1]} MiB of memory (`{most[0]}`)" if most and took else ""
    say(f"{pipeline.name} {kind.removeprefix('run ')}{took}{memory}")


HINTS = {
    "Sandbox.Timedout": "the function's `timeout` was over: give it more time, or less to do",
    "Runtime.OutOfMemory": "the function used more than its `memory`",
    "Runtime.ImportModuleError": "is the package installed for this Python, and is shared code in `images.include`?",
    "Runtime.MarshalError": "a handler returns what JSON has: dict, list, str, int, float, bool or None",
    "States.DataLimitExceeded": "a state's input and output have at most 256 KiB: pass the place of large data, not the data",
    "States.QueryEvaluationError": 'see "Hints for JSONata" in docs/workflow.md',
    TIMEOUT: "a `timeout` was over",
}


def explain(
    options: argparse.Namespace,
    plan: Plan,
    pipeline: Pipeline,
    reporter: report.Reporter,
    problem: BaseException | None,
    ended: Ended,
) -> None:
    step = getattr(problem, "step", None)
    if options.json:
        details = {"error": ended.error, "cause": ended.cause, "failed_step": step, "message": ended.message}
        reporter.event("run failed", pipeline.name, **details, trace=getattr(problem, "trace", None))
        return
    at = f" at `{step}`" if step else ""
    if ended.message:
        text = f"{pipeline.name} failed{at}: {ended.message}\n"
    else:
        text = f"{pipeline.name} failed{at}: {report.brief(ended.error, ended.cause)}\n"
    trace = getattr(problem, "trace", None)
    if reporter.is_new(step or "", trace):
        text = f"{trace}{text}"
    if ended.error is not None and ended.error in HINTS:
        text += f"  {HINTS[ended.error]}\n"
    path = getattr(problem, "path", None)
    if path and not options.only:
        name = path.rpartition("]/")[2]
        quoted = f'"{name}"' if " " in name else name
        again = f"dorc-synth run {pipeline.name} --environment {plan.environment}"
        text += f"  go on there when it is mended: {again} --from {quoted}\n  that step alone: {again} --only {quoted}\n"
    say(text, end="")
