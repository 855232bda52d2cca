"""What is said at the end of a run, and of what to do next."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from pathlib import Path

from . import reach, report
from .cases import Ended
from .errors import QUERY_EVALUATION, TIMEOUT
from .json_text import Json
from .plan import Pipeline, Plan
from .terminal import shown

FINE, FAILED, USAGE, INTERRUPTED = 0, 1, 64, 130


def say(text: str, end: str = "\n") -> None:
    """On standard error. Where nobody can read it, the run counts all the same."""
    try:
        print(shown(text, sys.stderr), end=end, file=sys.stderr, flush=True)
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
    "Batch.JobFailed": "the job's process died or took too long: the cause says how",
    "Sandbox.Timedout": "the function's `timeout` was over: give it more time, or less to do",
    "Runtime.OutOfMemory": "the function used more than its `memory`",
    "Runtime.ImportModuleError": "is the package installed for this Python, and is shared code in `images.include`?",
    "Runtime.MarshalError": "a handler returns what JSON has: dict, list, str, int, float, bool or None",
    "Function.ResponseSizeTooLarge": "write the data to S3, and return its place",
    "States.DataLimitExceeded": "a state's input and output have at most 256 KiB: pass the place of large data, not the data",
    TIMEOUT: "a `timeout` was over",
}

HISTORY = "maximum number of history events"
# By what is said of an expression that fails.
EXPRESSIONS = {
    "returned nothing (undefined)": "what does not exist gives nothing: `$exists(X) ? X : 10` has a value in its place",
    "Expected 'array'": "a filter gives a list only where several items match: `[...]` around it always does",
    "must evaluate to a number": "`$number(...)` makes a number of a string, and `&` joins strings",
    "must be of the same data type": "`$number(...)` and `$string(...)` make one type of the other",
    "Attempted to invoke a non-function": "Step Functions has the functions of JSONata 2.0.6 but for `$eval`, and a few of its own",
}


def hint_of(problem: BaseException | None, ended: Ended) -> str | None:
    if found := getattr(problem, "hint", None) or HINTS.get(ended.error or ""):
        return found
    if ended.error == QUERY_EVALUATION:
        return next((hint for part, hint in EXPRESSIONS.items() if part in (ended.cause or "")), None)
    if ended.cause and HISTORY in ended.cause:
        return "a step has about five events; the items of a Distributed Map and runs of other pipelines have histories of their own"
    return None



def events_of(pipeline: Pipeline) -> list[str]:
    """How to give a run the input that a trigger of the pipeline sends."""
    found = []
    schedules = [each for each in pipeline.triggers if each.kind == "schedule"]
    for each in schedules:
        found.append("--event schedule" if len(schedules) == 1 else f"--event schedule:{each.name}")
    found += [f"--event s3:{each.bucket}/{each.prefix}*{each.suffix}" for each in pipeline.triggers if each.kind == "s3"]
    if any(each.kind in ("pipeline", "event") for each in pipeline.triggers):
        found.append("--input @FILE with the event")
    return found


def quoted(text: str) -> str:
    return f'"{text}"' if " " in text and not set(text) & set('"$`\\!') else shlex.quote(text)


def command(options: argparse.Namespace, plan: Plan, pipeline: Pipeline, needs: str | None = None) -> str:
    """The command of this run, but for its input: with the options that were given, as far as they are known here."""
    found = f"dorc-synth run {pipeline.name}"
    # Without the option it is the only environment, or `dev`.
    if plan.environment != "dev":
        found += f" --environment {quoted(plan.environment)}"
    # Found from the current folder, or by the variable, it needs no option.
    here, known = Path.cwd(), os.environ.get("CONFIG_REPO_PATH")
    if not here.is_relative_to(plan.root.resolve()) and not (known and Path(known).resolve() == plan.root.resolve()):
        found += f" --config {quoted(str(plan.root))}"
    for name in ("python", "secrets", "mock", "s3", "processes", "state"):
        value = getattr(options, name)
        if value is not None:
            found += f" --{name} {quoted(str(value))}"
        elif name == "mock" and plan.mocks:
            # `dorc-synth` has read the file.
            found += f" --mock {quoted(options.mock_file or 'FILE')}"
        elif needs and needs.startswith(f"--{name} "):
            found += f" {needs}"
    return found + (" --fast-wait" if options.fast_wait else "")


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
        more = {name: getattr(problem, name, None) for name in ("trace", "hint")}
        reporter.event("run failed", pipeline.name, **details, **more)
        return
    at = f" at `{step}`" if step else ""
    if ended.message:
        text = f"{pipeline.name} failed{at}: {ended.message}\n"
    else:
        text = f"{pipeline.name} failed{at}: {report.brief(ended.error, ended.cause)}\n"
    trace = getattr(problem, "trace", None)
    if reporter.is_new(step or "", trace):
        text = f"{trace}{text}"
    hint = hint_of(problem, ended)
    if hint:
        text += f"  {hint}\n"
    path = getattr(problem, "path", None)
    sent = events_of(pipeline)
    if sent and not (options.input or options.event or options.start or options.only):
        text += f"  the input was {{}}; what starts {pipeline.name} sends another: {', '.join(sent)}\n"
    state = path.rpartition("]/")[2] if path and not options.only else ""
    if name := reach.known_as(pipeline.definition, state):
        kind = dict(reach.states(pipeline.definition)).get(state, {}).get("Type")
        again = command(options, plan, pipeline, getattr(problem, "needs", None))
        # A Fail state would only fail again, and a state that runs nothing cannot run alone.
        if kind != "Fail":
            text += f"  continue there once it is fixed: {again} --from {quoted(name)}\n"
        if kind not in ("Succeed", "Fail", "Choice"):
            text += f"  that step alone: {again} --only {quoted(name)}\n"
    say(text, end="")
