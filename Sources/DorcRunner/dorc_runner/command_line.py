"""Options -> a run -> its output on standard output, and an exit status.

0: the run succeeded. 1: it failed. 64: what was given is not right, nothing has run. 130: interrupted.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import signal
import sys
import threading
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn

from . import cases, events, plan as plans, reach, report, secret_values
from .errors import TIMEOUT, RunFailed, StateFailed, Stopped, TimedOut, Usage
from .execution import Execution, Run
from .interpreter import run_execution
from .json_text import Json
from .mocks import Mocks
from .plan import Case, Pipeline, Plan
from .resume import History, Resume
from .scope import Scope
from .workers import Pool, environment_of

FINE, FAILED, USAGE, INTERRUPTED = 0, 1, 64, 130


def say(text: str, end: str = "\n") -> None:
    """On standard error. Where nobody can read it, the run counts all the same."""
    try:
        print(text, end=end, file=sys.stderr, flush=True)
    except OSError:
        pass


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Usage(message)


def parser() -> Parser:
    found = Parser(prog="dorc_runner", description="Runs a pipeline on this computer, from a plan of `dorc-synth run`.")
    add = found.add_argument
    add("plan", type=Path, metavar="PLAN", help="the plan, a JSON file")
    add("--pipeline", metavar="NAME", help="the pipeline to run, where it is not the plan's own")
    add("--input", metavar="JSON|@FILE", help="the input of the run, by default {}")
    add("--event", metavar="EVENT", help="the input that a trigger sends: schedule, schedule:NAME or s3:BUCKET/KEY")
    add("--secrets", type=Path, metavar="FILE", help="values of secrets: lines NAME=value, or JSON")
    add("--mock", type=Path, metavar="FILE", help="answers of steps that cannot run here, as JSON")
    add("--s3", type=Path, metavar="DIR", help="a folder that stands for S3: DIR/<bucket>/<key>")
    add("--fast-wait", action="store_true", help="do not wait in waits and before retries")
    add("--from", dest="start", metavar="STEP", help="go on at a step, with what the run before came by")
    add("--only", metavar="STEP", help="run one step alone, on --input or on its event of the run before")
    add("--debug", metavar="STEP", help="stop in Python's debugger where the step's function begins")
    add("--json", action="store_true", help="tell what happens as JSON, an object a line")
    add("--processes", type=int, metavar="N", help="at most so many functions at once (default: four for each core, at least 8)")
    add("--state", type=Path, metavar="DIR", help="where the state for --from is kept (default: .dorc/runs in the repository)")
    add("--test", action="store_true", help="run the cases of the pipelines instead; --pipeline NAME for those of one")
    add("--case", metavar="TEXT", help="only cases with this text in their name")
    add("--junit", type=Path, metavar="FILE", help="write what came out of the cases as JUnit's XML")
    return found


def main(arguments: list[str] | None = None) -> int:
    try:
        options = parser().parse_args(arguments)
        plan = plans.read(options.plan)
        check(options, plan)
        return test(options, plan) if options.test else run(options, plan)
    except Usage as problem:
        say(f"error: {problem}")
        return USAGE


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
    if (options.case or options.junit) and not options.test:
        raise Usage("--case and --junit go with --test")


def run(options: argparse.Namespace, plan: Plan) -> int:
    if options.pipeline:
        plan = replace(plan, pipeline=options.pipeline)
    pipeline = plan.pipelines[plan.pipeline]
    history = History(options.state or plan.root / ".dorc" / "runs", plan.environment, pipeline.name)
    resume = None
    event = input_of(options, plan, pipeline)
    if options.debug and options.debug not in set(reach.names([each.definition for each in plan.pipelines.values()])):
        raise Usage(f"--debug: there is no step `{options.debug}`")
    if options.only:
        pipeline, event = alone(options, pipeline, event, history)
        plan = replace(
            plan, pipelines=plan.pipelines | {pipeline.name: pipeline}, machines=plan.machines | {pipeline.state_machine: pipeline}
        )
    elif options.start:
        resume, event = history.resume(options.start, pipeline.definition)
    history.input = event
    entries = plan.mocks | (read_json(options.mock, "--mock") if options.mock else {})
    mocks = Mocks(entries, "mocks")
    pool = pool_of(options, plan, pipeline, secret_values.read(options.secrets) if options.secrets else {})
    reporter = reporter_of(options)
    all_of_it = Run(plan, pool, reporter, mocks, options.s3 and options.s3.absolute(), options.fast_wait)
    task = Task(all_of_it, pipeline, event, history if not options.only else None, resume)
    ended = task.wait_for(pool, options.debug is not None)
    reporter.close()
    if not options.only:
        keep(history)
    for name in mocks.never_used() if ended else []:
        say(f"note: the mock of `{name}` was not used")
    if ended is None:
        tell_end(options, reporter, pipeline, "interrupted", {})
        return INTERRUPTED
    if not ended.has_failed and not ended.message:
        tell_end(options, reporter, pipeline, "run succeeded", {"seconds": round(reporter.seconds, 3)})
        return write_output(ended.output)
    explain(options, plan, pipeline, reporter, task, ended)
    return FAILED


def input_of(options: argparse.Namespace, plan: Plan, pipeline: Pipeline) -> Json:
    if options.event:
        event, note = events.event_of(plan, pipeline, options.event, options.s3)
        if note:
            say(note)
        return event
    if options.input is None:
        return {}
    if options.input.startswith("@"):
        return read_json(Path(options.input[1:]), "--input")
    try:
        return json.loads(options.input)
    except ValueError as problem:
        raise Usage(f"--input: not JSON: {problem}. A text is written with quotes, '\"text\"'; a file as @FILE") from None


def read_json(path: Path, option: str) -> Json:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise Usage(f"{option} {path}: {problem}") from None
    if option == "--mock" and not isinstance(found, dict):
        raise Usage(f"{option} {path}: expected an object: step to answer")
    return found


def alone(options: argparse.Namespace, pipeline: Pipeline, event: Json, history: History) -> tuple[Pipeline, Json]:
    """A machine of one state: without what tries again or catches, so that the error is seen."""
    state = reach.find_state(pipeline.definition, options.only)
    if state is None:
        names = ", ".join(f"`{name}`" for name in reach.names(pipeline.definition))
        raise Usage(f"--only: there is no step `{options.only}` in {pipeline.name}; there are {names}")
    variables: dict[str, Json] = {}
    if options.input is None:
        found = history.read() or {"states": {}}
        saved = next((each for path, each in found["states"].items() if path.rpartition("]/")[2] == options.only), None)
        if saved is None:
            raise Usage(f"--only {options.only}: give its event by --input, or run the pipeline as a whole before")
        event, variables = saved["input"], saved["variables"]
    kept = {key: value for key, value in state.items() if key not in ("Next", "Retry", "Catch", "Assign")}
    states = {options.only: kept | {"End": True}}
    start = options.only
    if variables:
        start = f"{options.only} (variables)"
        states[start] = {"Type": "Pass", "Assign": literal(variables), "Next": options.only}
    if kept["Type"] in ("Succeed", "Fail", "Choice"):
        raise Usage(f"--only {options.only}: it runs nothing")
    definition = {"QueryLanguage": pipeline.definition.get("QueryLanguage", "JSONPath"), "StartAt": start, "States": states}
    return replace(pipeline, definition=definition), event


def literal(value: Json) -> Json:
    """As a template that gives the value itself: a text of it may look like an expression."""
    if isinstance(value, dict):
        return {key: literal(each) for key, each in value.items()}
    if isinstance(value, list):
        return [literal(each) for each in value]
    if isinstance(value, str) and value.startswith("{%"):
        return "{% " + json.dumps(value) + " %}"
    return value


def pool_of(options: argparse.Namespace, plan: Plan, pipeline: Pipeline, given: dict[str, Json]) -> Pool:
    """Raises `Usage` for what is wrong with all that may run, before anything does."""
    plans.check_machines(reach.pipelines(plan, pipeline))
    mocked = set(plan.mocks)
    functions = [each for each in reach.functions(plan, pipeline) if each.name.rpartition("/")[2] not in mocked]
    values = secret_values.resolve(functions, given)
    base = dict(os.environ)
    return Pool(
        options.processes or max(8, 4 * (os.cpu_count() or 1)),
        lambda function: environment_of(function, plan.region, values.get(function.name, {}), base),
        options.debug,
    )


def reporter_of(options: argparse.Namespace) -> report.Reporter:
    if options.json:
        return report.JsonLines(sys.stderr)
    is_live = sys.stderr.isatty() and os.environ.get("TERM") != "dumb" and not options.debug
    return report.Live(sys.stderr) if is_live else report.Lines(sys.stderr)


@dataclass
class Task:
    """A run in a thread of its own, so that this one can be interrupted."""

    run: Run
    pipeline: Pipeline
    event: Json
    history: History | None
    resume: Resume | None = None
    problem: StateFailed | RunFailed | TimedOut | BaseException | None = None
    ended: cases.Ended | None = None

    def __post_init__(self) -> None:
        self.done = threading.Event()
        self.is_interrupted = False
        self.scope = Scope(None, self.pipeline.definition.get("TimeoutSeconds"))

    def _work(self) -> None:
        try:
            execution = Execution(self.run, self.pipeline, self.event, self.scope, saved=self.history)
            output = run_execution(execution, self.resume)
            self._wait_for_the_others()
            self.ended = cases.Ended(output)
        except StateFailed as problem:
            self.problem, self.ended = problem, cases.Ended(error=problem.error, cause=problem.cause, has_failed=True)
        except TimedOut as problem:
            seconds = self.pipeline.definition["TimeoutSeconds"]
            self.problem = problem
            # As AWS: the error and cause of a run that timed out are missing (floci issue 2733 has what AWS returns).
            self.ended = cases.Ended(error=TIMEOUT, cause=f"the run took longer than its timeout, {seconds} s", has_failed=True)
        except RunFailed as problem:
            self.problem, self.ended = problem, cases.Ended(message=problem.message)
        except Stopped:
            pass
        except BaseException as problem:
            import traceback

            self.problem = problem
            self.ended = cases.Ended(message="this is a mistake in the runner:\n" + "".join(traceback.format_exception(problem)))
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

    def wait_for(self, pool: Pool, is_debugged: bool = False) -> cases.Ended | None:
        """None if it was interrupted. No process is left in any case."""

        def interrupt(number: int, frame: object) -> None:
            self.is_interrupted = True
            self.done.set()

        def ignore(number: int, frame: object) -> None:
            """In the debugger, an interrupt is the debugger's: what is ignored here by the system, it would ignore too."""

        handlers = {signal.SIGINT: ignore if is_debugged else interrupt, signal.SIGTERM: interrupt, signal.SIGHUP: interrupt}
        before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
        try:
            thread = threading.Thread(target=self._work, daemon=True)
            thread.start()
            self.done.wait()
        finally:
            self.scope.stop()
            pool.close()
            for number, handler in before.items():
                signal.signal(number, handler)
        return None if self.is_interrupted else self.ended


def keep(history: History) -> None:
    try:
        history.write()
    except OSError as problem:
        say(f"warning: the state for --from is not kept: {problem}")


def tell_end(options: argparse.Namespace, reporter: report.Reporter, pipeline: Pipeline, kind: str, details: dict[str, Json]) -> None:
    if options.json:
        reporter.event(kind, pipeline.name, **details)
        return
    took = f" in {report.span(reporter.seconds)}" if kind == "run succeeded" else ""
    most = max(reporter.most_memory.items(), key=lambda each: each[1], default=None)
    memory = f", at most {most[1]} MiB of memory (`{most[0]}`)" if most and took else ""
    say(f"{pipeline.name} {kind.removeprefix('run ')}{took}{memory}")


def write_output(output: Json) -> int:
    text = json.dumps(output, indent=2, ensure_ascii=False) + "\n"
    try:
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
        sys.stdout.buffer.flush()
    except OSError as problem:
        say(f"error: the output cannot be written: {problem}")
        # Or Python tries again at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    return FINE


HINTS = {
    "Sandbox.Timedout": "the function's `timeout` was over: give it more time, or less to do",
    "Runtime.OutOfMemory": "the function used more than its `memory`",
    "Runtime.ImportModuleError": "is the package installed for this Python, and is shared code in `images.include`?",
    "Runtime.MarshalError": "a handler returns what JSON has: dict, list, str, int, float, bool or None",
    "States.DataLimitExceeded": "a state's input and output have at most 256 KiB: pass the place of large data, not the data",
    "States.QueryEvaluationError": "see \"Hints for JSONata\" in docs/workflow.md",
    TIMEOUT: "a `timeout` was over",
}


def explain(
    options: argparse.Namespace, plan: Plan, pipeline: Pipeline, reporter: report.Reporter, task: Task, ended: cases.Ended
) -> None:
    problem = task.problem
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


def test(options: argparse.Namespace, plan: Plan) -> int:
    if options.input or options.event or options.start or options.only or options.debug:
        raise Usage("--test goes with --pipeline, --case, --junit, --secrets, --mock and --s3")
    wanted = [plan.pipelines[options.pipeline]] if options.pipeline else list(plan.pipelines.values())
    given = secret_values.read(options.secrets) if options.secrets else {}
    shared = plan.mocks | (read_json(options.mock, "--mock") if options.mock else {})
    is_interrupted = False

    def run_case(pipeline: Pipeline, case: Case) -> tuple[cases.Ended, str]:
        nonlocal is_interrupted
        log = io.StringIO()
        if is_interrupted:
            return cases.Ended(message="interrupted"), ""
        own = replace(plan, pipeline=pipeline.name, mocks=shared | case.mocks)
        try:
            mocks = Mocks(own.mocks, case.file or "mocks")
            pool = pool_of(options, own, pipeline, given | case.secrets)
        except Usage as problem:
            return cases.Ended(message=str(problem)), ""
        all_of_it = Run(own, pool, report.Lines(log), mocks, options.s3 and options.s3.absolute(), is_fast=True)
        ended = Task(all_of_it, pipeline, case.input, None).wait_for(pool)
        is_interrupted = ended is None
        return ended or cases.Ended(message="interrupted"), log.getvalue()

    def tell(text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()

    verdicts = cases.run_all(wanted, options.case, run_case, tell)
    if not verdicts:
        raise Usage("there are no cases" + (f" with {options.case!r} in their name" if options.case else ""))
    tell(cases.summary(verdicts))
    if options.junit:
        cases.junit(verdicts, options.junit)
    if is_interrupted:
        return INTERRUPTED
    return FAILED if any(verdict.problem for verdict in verdicts) else FINE
