"""What a run can come by: the pipelines that it starts and the functions that it calls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .json_text import Json
from .mocks import SUFFIXES, mock_names
from .plan import Function, Pipeline, Plan
from .resume import Resume


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
    """Without those whose steps all have mocks."""
    texts = {
        text
        for pipeline in pipelines(plan, start)
        for name, state in states(pipeline.definition)
        if state.get("Type") == "Task"
        and not any(each in plan.mocks for each in mock_names(plan.pipeline, pipeline.name, name))
        for text in strings(state)
    }
    return [each for arn, each in plan.lambdas.items() if any(text == arn or text.startswith(f"{arn}:") for text in texts)]


def rest(machine: dict[str, Json], resume: Resume) -> dict[str, Json]:
    """The machine without the states that a run which goes on there (`--from`) cannot come to."""
    here = resume.start
    state = machine["States"][here]
    found = after(machine, here)
    if here not in found:
        # Of its branches, those that have not finished; a state that comes again has all of them.
        branches: list[Json] = []
        for index, branch in enumerate(state.get("Branches", [])):
            inner = resume.branch(index)
            if inner:
                branches.append(rest(branch, inner))
            elif not resume.has_finished(index):
                branches.append(branch)
        found[here] = state | ({"Branches": branches} if "Branches" in state else {})
    return machine | {"StartAt": here, "States": found}


def after(machine: dict[str, Json], name: str) -> dict[str, Json]:
    """The states of its level that can come after a state."""
    found: dict[str, Json] = {}
    waiting = [name]
    while waiting:
        state = machine["States"].get(waiting.pop(), {})
        choices = [each for key in ("Choices", "Catch") for each in state.get(key, []) if isinstance(each, dict)]
        for next in [state.get("Next"), state.get("Default"), *(each.get("Next") for each in choices)]:
            if next in machine["States"] and next not in found:
                found[next] = machine["States"][next]
                waiting.append(next)
    return found


def is_of(step: str, state: str) -> bool:
    """Whether the state is what a user calls `step`: the state itself, or what runs for each of its items."""
    return state == step or any(state == step + suffix for suffix in SUFFIXES)


def calls_function(plan: Plan, state: dict[str, Json]) -> bool:
    """One that is here."""
    resource = state.get("Resource") if state.get("Type") == "Task" else None
    if not isinstance(resource, str):
        return False
    if ":states:::lambda:invoke" in resource or ":states:::aws-sdk:batch:submitJob.waitForTaskToken" in resource:
        return True
    return any(each.folder and (resource == arn or resource.startswith(f"{arn}:")) for arn, each in plan.lambdas.items())


# What users know as steps; a Parallel state holds some.
STEPS = ("Task", "Map", "Wait")
# How dorc calls what comes before the first step, and the state around all steps where there is a `finally`.
LIMIT, GROUP = "max_active_runs", "steps"


def steps(machine: dict[str, Json]) -> tuple[list[str], list[str]]:
    """The names of the steps, and of those of `finally`."""
    whole = machine["States"]
    group = whole.get(GROUP, {})
    if group.get("Type") != "Parallel" or "finally_event" not in group.get("Assign", {}):
        return step_names(machine), []
    return step_names(group), step_names({"States": {name: each for name, each in whole.items() if name != GROUP}})


# How dorc calls the input's defaults, what keeps them, and the condition of a step.
DEFAULTS, KEPT, CONDITION = "parameters", "parameters (kept)", " (when)"


def known_as(machine: dict[str, Json], state: str) -> str | None:
    """What users can go on at, of a state that failed: a step, or the step whose condition it is. None of what dorc puts around them."""
    whole = machine["States"]
    if state.endswith(CONDITION):
        return state.removesuffix(CONDITION)
    own = {LIMIT} | ({DEFAULTS} if KEPT in whole else set()) | ({GROUP} if "finally_event" in whole.get(GROUP, {}).get("Assign", {}) else set())
    return None if state in own or state.endswith(")") and " (" in state else state


def step_names(machine: Json) -> list[str]:
    return [
        name for name, state in states(machine)
        if state.get("Type") in STEPS and not name.startswith(LIMIT) and not name.endswith(SUFFIXES)
    ]  # fmt: skip


def listed(machine: dict[str, Json], among: Iterable[str] | None = None) -> str:
    """As in "`extract`, `load`, and of `finally` `tidy`": all steps, or those that are among the names."""
    wanted = None if among is None else set(among)
    first, last = ([f"`{name}`" for name in names if wanted is None or name in wanted] for names in steps(machine))
    if not last:
        return ", ".join(first) or "no step"
    return (", ".join(first) + ", and " if first else "") + f"of `finally` {', '.join(last)}"


def states(machine: Json) -> Iterator[tuple[str, dict[str, Json]]]:
    """Of every level, by their names."""
    if isinstance(machine, dict):
        own = machine.get("States")
        if isinstance(own, dict):
            yield from own.items()
        machine = list(machine.values())
    if isinstance(machine, list):
        for each in machine:
            yield from states(each)
