"""What a workflow means: a plain evaluator of the steps of a pipeline.yaml, one after another.

It knows nothing of state machines. Functions are pure: from an event to an output, or to a `Failure`.
"""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass, field, replace

import jsonata
from jsonata.utils import Utils

ALL = "States.ALL"
# Failures of a function's own code: what `States.TaskFailed` stands for.
TASK_FAILED = "States.TaskFailed"


# A Distributed Map fails with this, whatever its items fail with.
THRESHOLD = "States.ExceedToleratedFailureThreshold"
# An expression that fails, gives nothing, or gives another type than is wanted.
QUERY = "States.QueryEvaluationError"


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
    # The steps of other pipelines, which `pipeline:` steps run.
    pipelines: dict = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    # How often each (function, event) was tried: a retried call may succeed the second time.
    tries: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """`failures`: any of them may end the run; none where it succeeds."""

    output: object
    failures: list[Failure]
    calls: list[Call]


def evaluate(pipeline: list | dict, functions: dict, run_input, pipelines: dict = {}) -> Outcome:
    """A pipeline.yaml, or its steps alone."""
    whole = pipeline if isinstance(pipeline, dict) else {"steps": pipeline}
    full_input = with_defaults(run_input, whole.get("parameters", {}))
    run = Run(functions, run_input, full_input, pipelines)
    outcome = evaluate_steps(whole["steps"], full_input, frozenset(), run)
    return finish(whole["finally"], outcome, run) if "finally" in whole else outcome


def with_defaults(value, parameters: dict):
    if not parameters or not isinstance(value, dict):
        return value
    return resolve(parameters, value, Run({}, value, value)) | value


def evaluate_steps(steps: list, event, done: frozenset, run: Run) -> Outcome:
    try:
        output, _ = Workflow(steps).run(event, done, run)
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
        last = evaluate_steps(steps, event, frozenset(), replace(run, calls=[]))
        failures += last.failures or [failure]
        calls += last.calls if len(outcome.failures) == 1 else [replace(call, is_certain=False) for call in last.calls]
    # Numbers of calls in `after` are those of each list alone.
    return Outcome(None, failures, [replace(call, after=frozenset()) for call in calls])


class Workflow:
    def __init__(self, steps: list):
        self.steps = {name_of(step): step for step in (each if isinstance(each, dict) else {"function": each} for each in steps)}
        self.order = list(self.steps)
        self.after = {}
        previous = None
        for name, step in self.steps.items():
            after = step.get("after", [previous] if previous and not step.get("only_on_error") else [])
            self.after[name] = [after] if isinstance(after, str) else after
            if not step.get("only_on_error"):
                previous = name

    def run(self, event, done: frozenset, run: Run):
        regular = [name for name in self.order if not self.steps[name].get("only_on_error")]
        return self.run_part(regular, event, done, run)

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
        if "when" in step and not self.holds(step["when"], event, run):
            return event, done
        first_call = len(run.calls)
        try:
            return self.act(step, event, done, run)
        except Failure as failure:
            # A handler does not wait for the items beside the one that failed.
            own = frozenset(number for number in range(first_call, len(run.calls)) if run.calls[number].is_certain)
            for catcher in listed(step.get("catch", [])):
                if any(covers(error, failure) for error in listed(catcher.get("errors", ALL))):
                    return self.handle(catcher["next"], failure, done | own, run)
            raise Failures([failure])

    def holds(self, condition: str, event, run: Run) -> bool:
        """A condition that fails ends the run: `catch` is for the step."""
        try:
            found = query(condition, event, run)
        except Failure as failure:
            raise Failures([failure]) from None
        if not isinstance(found, bool):
            raise Failures([Failure(QUERY, f"{condition} is {found}")])
        return found

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
        if not isinstance(items, list):
            raise Failure(QUERY, f"{items} is not a list")
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
        attempts = attempts_of(step)
        while True:
            first_call = len(run.calls)
            try:
                return self.act_once(step, event, done, run)
            except Failure:
                if attempts == 0:
                    raise
                attempts -= 1
            done |= frozenset(range(first_call, len(run.calls)))

    def act_once(self, step: dict, event, done: frozenset, run: Run):
        if "arguments" in step:
            event = resolve(step["arguments"], event, run)
        if "pipeline" in step:
            return self.run_other(step["pipeline"], event, done, run)
        function = step.get("function", name_of(step))
        key = (function, repr(event))
        number = run.tries[key] = run.tries.get(key, 0) + 1
        run.calls.append(Call(function, event, done))
        done |= {len(run.calls) - 1}
        return run.functions[function](event, number), done

    def run_other(self, pipeline: str, event, done: frozenset, run: Run):
        """Another pipeline's run: what it fails with is in the cause, the error is `States.TaskFailed`."""
        first_call = len(run.calls)
        try:
            return Workflow(run.pipelines[pipeline]).run(event, done, replace(run, input=event, full_input=event))
        except Failures as failed:
            for number in range(first_call, len(run.calls)):
                run.calls[number] = replace(run.calls[number], is_certain=False)
            raise Failure(TASK_FAILED, f"{pipeline} failed with {failed.failures[0].error}") from None


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
    # jsonata-python takes None for nothing, and has a value of its own for null.
    expression.set_output_convert_nulls(False)
    expression.assign("states", with_nulls({"input": event, "context": {"Execution": {"Input": run.input}}}, None, Utils.NULL_VALUE))
    expression.assign("run_input", with_nulls(run.full_input, None, Utils.NULL_VALUE))
    try:
        found = expression.evaluate(None)
    except Exception as problem:
        raise Failure(QUERY, str(problem)) from None
    if found is None:
        raise Failure(QUERY, f"{text} gives nothing")
    return with_nulls(found, Utils.NULL_VALUE, None)


def with_nulls(value, old, new):
    if value is old:
        return new
    if isinstance(value, dict):
        return {key: with_nulls(each, old, new) for key, each in value.items()}
    if isinstance(value, list):
        return [with_nulls(each, old, new) for each in value]
    return value
