"""What a run can come by: the pipelines that it starts and the functions that it calls."""

from __future__ import annotations

from typing import Iterator

from .json_text import Json
from .plan import Function, Pipeline, Plan


def strings(value: Json) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)
    elif isinstance(value, str):
        yield value


def pipelines(plan: Plan, start: Pipeline) -> list[Pipeline]:
    found = [start]
    for pipeline in found:
        texts = set(strings(pipeline.definition))
        found += [each for arn, each in plan.machines.items() if arn in texts and each not in found]
    return found


def functions(plan: Plan, start: Pipeline) -> list[Function]:
    texts = {text for pipeline in pipelines(plan, start) for text in strings(pipeline.definition)}
    return [each for arn, each in plan.lambdas.items() if any(text == arn or text.startswith(f"{arn}:") for text in texts)]


def find_state(machine: Json, name: str) -> dict[str, Json] | None:
    """A state of any level."""
    if isinstance(machine, dict):
        states = machine.get("States")
        if isinstance(states, dict) and name in states:
            return states[name]
        machine = list(machine.values())
    if isinstance(machine, list):
        return next((found for each in machine if (found := find_state(each, name))), None)
    return None


def names(machine: Json) -> Iterator[str]:
    if isinstance(machine, dict):
        states = machine.get("States")
        if isinstance(states, dict):
            yield from states
        machine = list(machine.values())
    if isinstance(machine, list):
        for each in machine:
            yield from names(each)
