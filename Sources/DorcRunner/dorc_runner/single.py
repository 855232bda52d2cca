"""One step alone (`--only`)."""

from __future__ import annotations

import json
from dataclasses import replace

from . import reach
from .errors import Usage
from .json_text import Json
from .mocks import SUFFIXES
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
        raise Usage(f"--only: there is no step `{step}` in {pipeline.name}; there are {reach.listed(pipeline.definition)}")
    saved = saved_states(history, is_given)
    if not is_given:
        if step not in saved:
            raise Usage(f"--only {step}: give its event by --input, or run the pipeline as a whole before")
        event = saved[step]["input"]
    variables = variables_of(step, saved)
    kept = {key: value for key, value in state.items() if key not in ("Next", "Retry", "Catch", "Assign")}
    states = {step: kept | {"End": True}}
    start = step
    if variables:
        start = f"{step} (variables)"
        states[start] = {"Type": "Pass", "Assign": literal(variables), "Next": step}
    if RUN_INPUT not in variables and any(f"${RUN_INPUT}" in text for text in reach.strings(kept)):
        first = defaults(pipeline.definition["States"], states, start)
        start = first or start
    if kept["Type"] in ("Succeed", "Fail", "Choice"):
        raise Usage(f"--only {step}: it runs nothing")
    definition = {"QueryLanguage": pipeline.definition.get("QueryLanguage", "JSONPath"), "StartAt": start, "States": states}
    return replace(pipeline, definition=definition), event


# How dorc calls the run's input with the defaults of `parameters`.
RUN_INPUT = "run_input"


def saved_states(history: History, is_given: bool) -> dict[str, dict[str, Json]]:
    """Of the run before, by their names. With an event of its own, a step can do without them."""
    try:
        found = history.read() or {"states": {}}
    except Usage:
        if not is_given:
            raise
        return {}
    return {path.rpartition("]/")[2]: each for path, each in found["states"].items()}


def variables_of(step: str, saved: dict[str, dict[str, Json]]) -> dict[str, Json]:
    """What the step saw in the run before, an item what its step saw; of a step that was not reached, the run's input alone."""
    around = next((step.removesuffix(suffix) for suffix in SUFFIXES if step.endswith(suffix)), step)
    for name in (step, around):
        if name in saved:
            return saved[name]["variables"]
    inputs = [each["variables"][RUN_INPUT] for each in saved.values() if RUN_INPUT in each["variables"]]
    return {RUN_INPUT: inputs[0]} if inputs else {}


def defaults(written: dict[str, Json], states: dict[str, Json], following: str) -> str | None:
    """Adds the states that give the defaults of `parameters`, as in a run whose input is `{}`, and says where they begin."""
    if not {reach.DEFAULTS, reach.KEPT} <= written.keys() or RUN_INPUT not in written[reach.KEPT].get("Assign", {}):
        return None
    start, event = f"{reach.DEFAULTS} (none)", f"{reach.DEFAULTS} (event)"
    states[start] = {"Type": "Pass", "Output": {}, "Next": reach.DEFAULTS}
    states[reach.DEFAULTS] = written[reach.DEFAULTS] | {"Next": reach.KEPT}
    states[reach.KEPT] = written[reach.KEPT] | {"Next": event}
    states[event] = {"Type": "Pass", "Output": "{% $states.context.Execution.Input %}", "Next": following}
    return start


def literal(value: Json) -> Json:
    """As a template that gives the value itself: a string in it may look like an expression."""
    if isinstance(value, dict):
        return {key: literal(each) for key, each in value.items()}
    if isinstance(value, list):
        return [literal(each) for each in value]
    if isinstance(value, str) and value.startswith("{%"):
        return "{% " + json.dumps(value) + " %}"
    return value
