"""A machine and an input -> an output, or a failure.

`run_machine` goes from state to state. What a state does depends on its type; Task, Parallel and Map are tried again and caught by
`attempt`. Output and Assign are worked out with the variables as they were when the state was entered (guide, "Evaluation order").
"""

from __future__ import annotations

import random
import re
import time
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from collections.abc import Callable

# These run machines themselves: the modules know each other.
from . import parallel, tasks
from .errors import NO_CHOICE, Caught, RunFailed, StateFailed, Stopped, TimedOut, stands_for
from .execution import Branch, Execution, Visit
from .expressions import Values
from .json_text import Json, size
from .resume import Resume

# The longest Wait in seconds (guide, "Wait workflow state").
MOST_WAIT = 99_999_999


@dataclass(frozen=True)
class Outcome:
    """`next` is None at the end of the machine."""

    output: Json
    next: str | None
    assigned: dict[str, Json] = field(default_factory=dict)
    # The state failed, and a catcher leads on.
    is_caught: bool = False


def run_execution(execution: Execution, resume: Resume | None = None) -> Json:
    """Raises `StateFailed`, `TimedOut`, `RunFailed` or `Stopped`."""
    definition = execution.pipeline.definition
    with execution.run.lock:
        execution.run.executions.append(execution)
    try:
        execution.count_events()
        branch = Branch(execution, execution.scope)
        output = run_machine(branch, definition, execution.input, resume)
        execution.status = "SUCCEEDED"
        return output
    except TimedOut:
        execution.status = "TIMED_OUT"
        raise
    except BaseException:
        execution.status = "FAILED"
        raise
    finally:
        execution.scope.end()


def run_machine(branch: Branch, machine: dict[str, Json], event: Json, resume: Resume | None = None) -> Json:
    name = machine["StartAt"]
    if resume:
        name, event = resume.start, resume.event
        branch.variables = dict(resume.variables)
        branch.caught = resume.caught
    while name is not None:
        branch.scope.check()
        outcome = run_state(Visit(branch, name, machine["States"][name], event), resume)
        resume = None
        branch.variables |= outcome.assigned
        name, event = outcome.next, outcome.output
    return event


def run_state(visit: Visit, resume: Resume | None = None) -> Outcome:
    visit.entered_event = visit.branch.execution.count_events()
    saved = visit.branch.execution.saved
    if saved and visit.path is not None:
        saved.entered(visit.path, visit.event, visit.branch.variables, visit.branch.caught)
    kind = visit.state["Type"]
    visit.run.begin(visit)
    visit.report("entered", type=kind)
    started = time.monotonic()
    try:
        match kind:
            case "Task":
                outcome = attempt(visit, lambda: tasks.run_task(visit))
            case "Parallel":
                outcome = attempt(visit, lambda: parallel.run_parallel(visit, resume))
            case "Map":
                outcome = attempt(visit, lambda: parallel.run_map(visit))
            case _:
                outcome = STATES[kind](visit)
        visit.branch.execution.count_events()
    except (StateFailed, RunFailed) as problem:
        problem.step = problem.step or visit.step
        problem.path = problem.path or (visit.path if saved else None)
        if visit.run.end(visit) and not visit.branch.scope.is_stopped:
            told = problem.told() if isinstance(problem, StateFailed) else {"error": None}
            # A state around it has the same failure, and has nothing to add.
            is_first = problem.step == visit.step
            visit.report(
                "failed", type=kind, seconds=round(time.monotonic() - started, 3), **(told if is_first else {"error": told["error"]})
            )
        raise
    except BaseException:
        visit.run.end(visit)
        raise
    if not visit.run.end(visit) or outcome.is_caught:
        return outcome
    tries = sum(visit.retries.values()) + 1
    seconds = round(time.monotonic() - started, 3)
    visit.report("succeeded", type=kind, seconds=seconds, tries=tries, bytes=size(outcome.output), next=outcome.next)
    return outcome


def leave(visit: Visit, result: Json, target: str | None, source: dict[str, Json] | None = None, /, **more: Json) -> Outcome:
    """Output and Assign of a state, of a rule of a Choice, or of a catcher. Without an Output, the result is the output."""
    source = visit.state if source is None else source
    output, assigned = result, {}
    if "Output" in source or "Assign" in source:
        values = visit.values()
        output = values.resolve(source["Output"], "Output", **more) if "Output" in source else result
        assigned = values.resolve(source.get("Assign", {}), "Assign", **more)
    return Outcome(visit.limited(output, f"The state/task '{visit.name}' returned a result"), target, assigned)


# States that neither call nor start anything.


def run_pass(visit: Visit) -> Outcome:
    return leave(visit, visit.event, visit.state.get("Next"))


def run_choice(visit: Visit) -> Outcome:
    values = visit.values()
    for index, rule in enumerate(visit.state["Choices"]):
        if values.expect(rule["Condition"], f"Choices[{index}]/Condition", "boolean"):
            return leave(visit, visit.event, rule["Next"], rule)
    if "Default" not in visit.state:
        raise StateFailed(
            NO_CHOICE, f"{visit.place}. Failed to transition out of the state. No rule matched, and there is no Default."
        )
    return leave(visit, visit.event, visit.state["Default"])


# Where dorc lets a run wait for its turn: it asks again after that, so that it waits with --fast-wait too, for a moment.
TURN = "max_active_runs (wait)"
MOMENT_OF_TURN = 0.2


def run_wait(visit: Visit) -> Outcome:
    values = visit.values()
    if "Seconds" in visit.state:
        seconds = values.expect(visit.state["Seconds"], "Seconds", "number")
        if not 0 <= seconds <= MOST_WAIT or seconds != int(seconds):
            raise values.failure(f"The Seconds field is a whole number from 0 to {MOST_WAIT}, but was: {seconds}")
    else:
        seconds = moment(values, visit.state["Timestamp"]) - time.time()
    if seconds > 0:
        visit.report("waiting", seconds=round(seconds, 3), is_skipped=visit.run.is_fast)
        if visit.name == TURN and visit.run.is_fast:
            visit.branch.scope.sleep(min(seconds, MOMENT_OF_TURN))
        else:
            visit.run.wait(visit.branch.scope, seconds)
    return leave(visit, visit.event, visit.state.get("Next"))


MOMENT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d)(:\d\d)?(\.\d{1,9})?(Z|[+-]\d\d:\d\d)", re.ASCII)


def moment(values: Values, template: Json) -> float:
    """Seconds since 1970. The message, and what is accepted: recorded."""
    text = values.expect(template, "Timestamp", "string")
    try:
        found = MOMENT.fullmatch(text)
        if not found:
            raise ValueError
        zone = "+00:00" if found[4] == "Z" else found[4]
        at = datetime.fromisoformat(f"{found[1]}{found[2] or ':00'}{zone}")
        return at.astimezone(timezone.utc).timestamp() + float(found[3] or 0)
    except (ValueError, OverflowError):
        message = "The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string"
        raise values.failure(f"{message}: {text}") from None


def run_succeed(visit: Visit) -> Outcome:
    return leave(visit, visit.event, None)


def run_fail(visit: Visit) -> Outcome:
    values = visit.values()
    error, cause = (
        values.expect(visit.state[name], name, "string") if name in visit.state else None for name in ("Error", "Cause")
    )
    failure = StateFailed(error, cause)
    # What was caught before and fails the run after all, as after `finally` and `then: fail`, happened there.
    first = next((each for each in reversed(visit.branch.caught) if each.is_told_by(failure)), None)
    if first:
        failure.step, failure.path = first.step, first.path
        failure.trace, failure.hint = first.trace, first.hint
    raise failure


STATES: dict[str, Callable[[Visit], Outcome]] = {
    "Pass": run_pass,
    "Choice": run_choice,
    "Wait": run_wait,
    "Succeed": run_succeed,
    "Fail": run_fail,
}


# States that may fail for a reason of their own.


def attempt(visit: Visit, act: Callable[[], Json]) -> Outcome:
    """Tries, as the retriers say, until there is a result, a catcher or a failure (guide, "Handling errors")."""
    while True:
        try:
            result = act()
            visit.limited(result, f"The state/task '{visit.state.get('Resource', visit.name)}' returned a result")
            return leave(visit, result, visit.state.get("Next"), result=result)
        except StateFailed as failure:
            # A function that was ended with its branch has failed nobody.
            if visit.branch.scope.is_stopped:
                raise Stopped from None
            failure.step = failure.step or visit.step
            delay = pause_before_retry(visit, failure)
            if delay is None:
                return catch(visit, failure)
            visit.report(
                "retrying", seconds=round(delay, 3), is_skipped=visit.run.is_fast, tries=sum(visit.retries.values()), **failure.told()
            )
        visit.run.wait(visit.branch.scope, delay)


def pause_before_retry(visit: Visit, failure: StateFailed) -> float | None:
    """Seconds. The first retrier that names the error decides, and each counts its own tries (guide, "Retry field examples")."""
    for index, retrier in enumerate(visit.state.get("Retry", [])):
        if not any(stands_for(name, failure) for name in retrier["ErrorEquals"]):
            continue
        if visit.retries[index] >= retrier.get("MaxAttempts", 3):
            return None
        delay = retrier.get("IntervalSeconds", 1) * retrier.get("BackoffRate", 2.0) ** visit.retries[index]
        delay = min(delay, retrier.get("MaxDelaySeconds", delay))
        visit.retries[index] += 1
        # "FULL": between 0 and the delay.
        return random.uniform(0, delay) if retrier.get("JitterStrategy") == "FULL" else delay
    return None


def caught_at(failure: StateFailed, path: str | None) -> Caught:
    return Caught(failure.step, path, failure.error, failure.cause, failure.trace, failure.hint)


def catch(visit: Visit, failure: StateFailed) -> Outcome:
    for catcher in visit.state.get("Catch", []):
        if any(stands_for(name, failure) for name in catcher["ErrorEquals"]):
            output = failure.output()
            path = failure.path or (visit.path if visit.branch.execution.saved else None)
            visit.branch.caught = [*visit.branch.caught, caught_at(failure, path)]
            visit.report("caught", type=visit.state["Type"], next=catcher["Next"], **failure.told())
            return replace(leave(visit, output, catcher["Next"], catcher, errorOutput=output), is_caught=True)
    raise failure
