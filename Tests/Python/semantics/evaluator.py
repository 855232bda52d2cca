"""What a workflow means: a plain evaluator of the steps of a pipeline.yaml, one after another.

It knows nothing of state machines. Functions are pure: from an event to an output, or to a `Failure`.
"""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass, field, replace

import jsonata

ALL = "States.ALL"
# Failures of a function's own code: what `States.TaskFailed` stands for.
TASK_FAILED = "States.TaskFailed"


# A Distributed Map fails with this, whatever its items fail with.
THRESHOLD = "States.ExceedToleratedFailureThreshold"


class Failure(Exception):
    """A failed function, and so perhaps a failed run. `cause` is what Lambda makes of an exception, where no other is given."""

    def __init__(self, error: str, message: str, cause: str | None = None):
        super().__init__(error, message)
        self.error, self.message = error, message
        self.cause = cause or json.dumps({"errorMessage": message, "errorType": error}, separators=(",", ":"))


class Failures(Exception):
    """Of steps side by side."""

    def __init__(self, failures: list[Failure]):
        super().__init__(failures)
        self.failures = failures


@dataclass(frozen=True)
class Call:
    """`after`: the calls, by their numbers, that had to end before this one could start. `is_certain` is false where a
    run may leave it out, since something beside it failed."""

    function: str
    event: object
    after: frozenset[int]
    is_certain: bool = True


@dataclass
class Run:
    functions: dict
    # As it came, and with the defaults of `parameters`.
    input: object
    full_input: object
    calls: list[Call] = field(default_factory=list)
    # How often each (function, event) was tried: a retried call may succeed the second time.
    tries: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """`failures`: any of them may end the run; none where it succeeds."""

    output: object
    failures: list[Failure]
    calls: list[Call]


def evaluate(pipeline: list | dict, functions: dict, run_input) -> Outcome:
    """A pipeline.yaml, or its steps alone."""
    if isinstance(pipeline, list):
        pipeline = {"steps": pipeline}
    full_input = with_defaults(run_input, pipeline.get("parameters", {}))
    run = Run(functions, run_input, full_input)
    outcome = evaluate_steps(pipeline["steps"], full_input, frozenset(), run)
    return finish(pipeline["finally"], outcome, run) if "finally" in pipeline else outcome


def with_defaults(value, parameters: dict):
    if not parameters or not isinstance(value, dict):
        return value
    return resolve(parameters, value, Run({}, value, None)) | value


def evaluate_steps(steps: list, event, done: frozenset, run: Run) -> Outcome:
    workflow = Workflow([step if isinstance(step, dict) else {"function": step} for step in steps])
    regular = [name for name in workflow.order if not workflow.steps[name].get("only_on_error")]
    try:
        output, _ = workflow.run_part(regular, event, done, run)
    except Failures as failed:
        return Outcome(None, failed.failures, [replace(call, is_certain=False) for call in run.calls])
    return Outcome(output, [], run.calls)


def finish(steps: list, outcome: Outcome, run: Run) -> Outcome:
    """`finally`: its steps get how the run went, and only their failure changes that."""
    if not outcome.failures:
        event = {"status": "SUCCEEDED", "input": run.full_input, "output": outcome.output}
        own = replace(run, calls=list(outcome.calls))
        last = evaluate_steps(steps, event, frozenset(range(len(own.calls))), own)
        # The calls of the workflow were made, however its `finally` ends.
        return Outcome(outcome.output, last.failures, outcome.calls + last.calls[len(outcome.calls) :])
    # Any of the failures may be the one that ends the workflow.
    calls, failures = list(outcome.calls), []
    for failure in outcome.failures:
        event = {"status": "FAILED", "input": run.full_input, "error": {"Error": failure.error, "Cause": failure.cause}}
        own = replace(run, calls=[])
        last = evaluate_steps(steps, event, frozenset(), own)
        failures += last.failures or [failure]
        calls += last.calls if len(outcome.failures) == 1 else [replace(call, is_certain=False) for call in last.calls]
    # Numbers of calls in `after` are those of each list alone.
    return Outcome(None, failures, [replace(call, after=frozenset()) for call in calls])


class Workflow:
    def __init__(self, steps: list[dict]):
        self.steps = {name_of(step): step for step in steps}
        self.order = list(self.steps)
        self.after = {}
        previous = None
        for name, step in self.steps.items():
            after = step.get("after", [previous] if previous and not step.get("only_on_error") else [])
            self.after[name] = [after] if isinstance(after, str) else after
            if not step.get("only_on_error"):
                previous = name

    def run_part(self, names: list[str], first_event, done: frozenset, run: Run):
        """Runs the steps of a workflow, or of an error path. Returns the output, and the calls that it waited for.

        A step that fails lets the steps go on that do not wait for it, as a run may: the order says which had to.
        """
        outputs, finished, failures = {}, {}, []
        remaining = list(names)
        while remaining:
            name = next((each for each in remaining if all(p in outputs for p in self.before(each, names))), None)
            if name is None:
                break
            remaining.remove(name)
            before = self.before(name, names)
            event = first_event
            if before:
                event = outputs[before[0]] if len(before) == 1 else {each: outputs[each] for each in before}
            waited = done.union(*(finished[each] for each in before))
            try:
                outputs[name], finished[name] = self.run_step(name, event, waited, run)
            except Failures as problem:
                failures += problem.failures
        if failures:
            raise Failures(failures)
        last = [name for name in names if not any(name in self.before(other, names) for other in names)]
        output = outputs[last[0]] if len(last) == 1 else {name: outputs[name] for name in last}
        return output, done.union(*finished.values())

    def before(self, name: str, names: list[str]) -> list[str]:
        return [each for each in self.after[name] if each in names]

    def run_step(self, name: str, event, done: frozenset, run: Run):
        step = self.steps[name]
        if "when" in step and query(step["when"], event, run) is not True:
            return event, done
        first_call = len(run.calls)
        try:
            return self.act(step, event, done, run)
        except Failure as failure:
            own = frozenset(range(first_call, len(run.calls)))
            for catcher in listed(step.get("catch", [])):
                if any(covers(error, failure) for error in listed(catcher.get("errors", ALL))):
                    return self.handle(catcher["next"], failure, done | own, run)
            raise Failures([failure])

    def handle(self, start: str, failure: Failure, done: frozenset, run: Run):
        path = [start]
        for name in itertools.chain.from_iterable(itertools.repeat(self.order, len(self.order))):
            if name not in path and any(each in path for each in self.after[name]):
                path.append(name)
        output, finished = self.run_part(path, {"Error": failure.error, "Cause": failure.cause}, done, run)
        last = [name for name in path if not any(name in self.after[other] for other in path)]
        if any(self.steps[name].get("then") == "fail" for name in last):
            raise Failures([failure])
        return output, finished

    def act(self, step: dict, event, done: frozenset, run: Run):
        if "wait" in step:
            return event, done
        if "for_each" not in step:
            return self.call(step, event, done, run)
        items = step["for_each"]
        is_distributed = isinstance(items, dict)
        if is_distributed:
            items = items["items"]
        outputs, finished, failure = [], done, None
        first_call = len(run.calls)
        items = resolve(items, event, run)
        if size := step.get("batch"):
            items = [items[at : at + size] for at in range(0, len(items), size)]
        for item in items:
            try:
                output, waited = self.call(step, item, done, run)
                outputs.append(output)
                finished |= waited
            except Failure as problem:
                failure = failure or problem
        if failure:
            # One item's failure ends the others, wherever they are.
            for number in range(first_call, len(run.calls)):
                run.calls[number] = replace(run.calls[number], is_certain=False)
            if is_distributed:
                cause = "The specified tolerated failure threshold was exceeded"
                raise Failure(THRESHOLD, cause, cause)
            raise failure
        return outputs, finished

    def call(self, step: dict, event, done: frozenset, run: Run):
        if "arguments" in step:
            event = resolve(step["arguments"], event, run)
        function = step.get("function", name_of(step))
        attempts = attempts_of(step)
        while True:
            key = (function, repr(event))
            number = run.tries[key] = run.tries.get(key, 0) + 1
            run.calls.append(Call(function, event, done))
            done |= {len(run.calls) - 1}
            try:
                return run.functions[function](event, number), done
            except Failure:
                if attempts == 0:
                    raise
                attempts -= 1


def covers(error: str, failure: Failure) -> bool:
    return error in (ALL, TASK_FAILED, failure.error)


def attempts_of(step: dict) -> int:
    retry = step.get("retry", 0)
    return retry if isinstance(retry, int) else retry.get("attempts", 3)


def name_of(step: dict) -> str:
    return step.get("name") or step.get("function")


def listed(value) -> list:
    return value if isinstance(value, list) else [value]


def resolve(value, event, run: Run):
    """JSON in which texts may be JSONata."""
    if isinstance(value, dict):
        return {key: resolve(each, event, run) for key, each in value.items()}
    if isinstance(value, list):
        return [resolve(each, event, run) for each in value]
    if isinstance(value, str) and value.startswith("{%"):
        return query(value, event, run)
    return value


def query(text: str, event, run: Run):
    expression = jsonata.Jsonata(text.removeprefix("{%").removesuffix("%}"))
    expression.assign("states", {"input": event, "context": {"Execution": {"Input": run.input}}})
    expression.assign("run_input", run.full_input)
    return expression.evaluate(None)
