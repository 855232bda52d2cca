"""One step alone (`--only`)."""

from __future__ import annotations

import json
from dataclasses import replace

from . import reach
from .errors import Usage
from .json_text import Json
from .plan import Pipeline, Plan
from .resume import History


def alone(step: str, plan: Plan, event: Json, is_given: bool, history: History) -> tuple[Pipeline, Json]:
    """A machine of one state: without what tries again or catches, so that the error is seen."""
    pipeline = plan.pipelines[plan.pipeline]
    states = dict(reach.states(pipeline.definition))
    function = plan.functions.get(f"{pipeline.name}/{step}")
    state = states.get(step)
    if state is None and function:
        # Of a function that several steps run, or none.
        state = {"Type": "Task", "QueryLanguage": "JSONata", "Resource": function.arn, "Arguments": "{% $states.input %}"}
    if state is None:
        names = ", ".join(f"`{name}`" for name in states)
        raise Usage(f"--only: there is no step `{step}` in {pipeline.name}; there are {names}")
    variables: dict[str, Json] = {}
    if not is_given:
        found = history.read() or {"states": {}}
        saved = next((each for path, each in found["states"].items() if path.rpartition("]/")[2] == step), None)
        if saved is None:
            raise Usage(f"--only {step}: give its event by --input, or run the pipeline as a whole before")
        event, variables = saved["input"], saved["variables"]
    kept = {key: value for key, value in state.items() if key not in ("Next", "Retry", "Catch", "Assign")}
    states = {step: kept | {"End": True}}
    start = step
    if variables:
        start = f"{step} (variables)"
        states[start] = {"Type": "Pass", "Assign": literal(variables), "Next": step}
    if kept["Type"] in ("Succeed", "Fail", "Choice"):
        raise Usage(f"--only {step}: it runs nothing")
    definition = {"QueryLanguage": pipeline.definition.get("QueryLanguage", "JSONPath"), "StartAt": start, "States": states}
    return replace(pipeline, definition=definition), event


def literal(value: Json) -> Json:
    """As a template that gives the value itself: a string in it may look like an expression."""
    if isinstance(value, dict):
        return {key: literal(each) for key, each in value.items()}
    if isinstance(value, list):
        return [literal(each) for each in value]
    if isinstance(value, str) and value.startswith("{%"):
        return "{% " + json.dumps(value) + " %}"
    return value
