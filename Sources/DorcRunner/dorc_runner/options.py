"""The options, and what they are made into."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from . import events, live, plan as plans, reach, report, secret_values
from .errors import Usage, why
from .execution import MOST_BYTES
from .json_text import Json, parse, size
from .lambda_answers import environment_of, outer_environment
from .messages import say
from .plan import Pipeline, Plan
from .resume import Resume
from .workers import Pool


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Usage(message)


def parser() -> Parser:
    found = Parser(prog="dorc_runner", description="Runs a pipeline on this computer, from a plan of `dorc-synth run`.")
    add = found.add_argument
    add("plan", type=Path, metavar="PLAN", help="the plan, a JSON file")
    add("--pipeline", metavar="NAME", help="the pipeline to run, where it is not the plan's own")
    add("--input", metavar="JSON|@FILE|-", help="the input of the run, by default {}; - or @- is standard input")
    add("--event", metavar="EVENT", help="the input that a trigger sends: schedule, schedule:NAME or s3:BUCKET/KEY")
    add("--secrets", type=Path, metavar="FILE", help="values of secrets: lines NAME=value, or JSON")
    add("--mock", type=Path, metavar="FILE", help="answers of steps that cannot run here, as JSON")
    add("--mock-file", metavar="FILE", help="what the plan's mocks were read from, for what is said of them")
    add("--python", metavar="PYTHON", help="what runs this was named, for commands that are suggested")
    add("--s3", type=Path, metavar="DIR", help="a folder used in place of S3: DIR/<bucket>/<key>")
    add("--fast-wait", action="store_true", help="do not wait in waits and before retries")
    add("--from", dest="start", metavar="STEP", help="go on at a step, with what the run before came by")
    add("--only", metavar="STEP", help="run one step, or one function, alone: on --input or on its event of the run before")
    add("--debug", metavar="STEP", help="stop in Python's debugger where the step's function begins")
    add("--json", action="store_true", help="tell what happens as JSON, an object a line")
    add(
        "--processes", type=int, metavar="N", help="at most so many functions at once (default: four for each core, at least 8)"
    )
    add("--state", type=Path, metavar="DIR", help="where the state for --from is kept (default: .dorc/runs in the repository)")
    add("--test", action="store_true", help="run the cases of the pipelines instead; --pipeline NAME for those of one")
    add("--case", metavar="TEXT", help="only cases with this text in their name")
    add("--jobs", type=int, metavar="N", default=1, help="run so many cases side by side")
    add("--junit", type=Path, metavar="FILE", help="write what came out of the cases as JUnit's XML")
    return found


def check(options: argparse.Namespace, plan: Plan) -> None:
    given = [name for name in ("input", "event", "start") if getattr(options, name) is not None]
    if len(given) > 1:
        raise Usage(f"--{given[0]} and --{given[1].replace('start', 'from')} do not go together: the input is one of them")
    if options.only and (options.start or options.event):
        raise Usage("--only goes with --input, not with --from or --event")
    if options.pipeline and options.pipeline not in plan.pipelines:
        raise Usage(f"there is no pipeline `{options.pipeline}` in the plan; there are {', '.join(plan.pipelines)}")
    if options.processes is not None and options.processes < 1:
        raise Usage("--processes: expected a number from 1 on")
    if options.s3 and not options.s3.is_dir():
        raise Usage(f"--s3 {options.s3}: there is no such folder")
    if (options.case or options.junit or options.jobs != 1) and not options.test:
        raise Usage("--case, --junit and --jobs go with --test")
    if options.jobs < 1:
        raise Usage("--jobs: expected a number from 1 on")


def input_of(options: argparse.Namespace, plan: Plan, pipeline: Pipeline) -> Json:
    if options.event:
        event, note = events.event_of(plan, pipeline, options.event, options.s3)
        if note:
            say(note)
        return event
    if options.input is None:
        return {}
    if options.input in ("-", "@-"):
        if options.debug:
            raise Usage(f"--input {options.input}: the debugger reads standard input; write the input into a file, --input @FILE")
        return read_json(None, "--input")
    if options.input.startswith("@"):
        return read_json(Path(options.input[1:]), "--input")
    try:
        return parse(options.input)
    except ValueError as problem:
        raise Usage(f"--input: not JSON: {problem}. A string is written with quotes, '\"text\"'; a file as @FILE") from None


def check_size(event: Json, what: str) -> None:
    """Step Functions API reference, StartExecution: an input has at most so many bytes."""
    if (count := size(event)) > MOST_BYTES:
        raise Usage(f"{what} has {count} bytes, and AWS starts no run with more than {MOST_BYTES} (256 KiB): pass the place of large data")


def read_json(path: Path | None, option: str) -> Json:
    """None is standard input."""
    place = f"{option} {path}" if path else f"{option}: standard input"
    try:
        data = path.read_bytes() if path else sys.stdin.buffer.read()
        found = parse(data.decode("utf-8-sig"))
    except OSError as problem:
        raise Usage(f"{place}: {why(problem)}") from None
    except UnicodeDecodeError:
        raise Usage(f"{place}: it is not UTF-8") from None
    except ValueError as problem:
        raise Usage(f"{place}: not JSON: {problem}") from None
    if option == "--mock" and not isinstance(found, dict):
        raise Usage(f"{option} {path}: expected an object: step to answer")
    return found


def mocks_of(options: argparse.Namespace, plan: Plan) -> dict[str, Json]:
    return plan.mocks | (read_json(options.mock, "--mock") if options.mock else {})


def secrets_of(options: argparse.Namespace) -> dict[str, Json]:
    return secret_values.read(options.secrets) if options.secrets else {}


def pool_of(
    options: argparse.Namespace,
    plan: Plan,
    pipeline: Pipeline,
    given: dict[str, Json],
    beside: int = 1,
    resume: Resume | None = None,
) -> Pool:
    """Raises `Usage` for what is wrong with all that may run, before anything does. `beside`: so many pools share the computer."""
    plans.check_machines(reach.pipelines(plan, pipeline))
    if resume:
        pipeline = replace(pipeline, definition=reach.rest(pipeline.definition, resume))
    functions = reach.functions(plan, pipeline)
    values = secret_values.resolve(functions, given)
    base = outer_environment()
    return Pool(
        options.processes or max(8, 4 * (os.cpu_count() or 1) // beside),
        lambda function: environment_of(function, plan.region, values.get(function.name, {}), base),
        options.debug,
    )


def reporter_of(options: argparse.Namespace) -> report.Reporter:
    if options.json:
        return report.JsonLines(sys.stderr)
    is_live = sys.stderr.isatty() and os.environ.get("TERM") != "dumb" and not options.debug
    return live.Live(sys.stderr) if is_live else report.Lines(sys.stderr)
