"""Which definitions the runner can run: those in JSONata, and states that need no query language at all."""

from __future__ import annotations

from collections.abc import Iterator

from .expressions import is_expression
from .json_text import Json

TYPES = ("Task", "Pass", "Choice", "Wait", "Parallel", "Map", "Succeed", "Fail")
# States of these types mean the same in JSONPath, where they have none of its fields (guide, "Processing input and output"; recorded).
PLAIN_TYPES = ("Pass", "Succeed", "Fail", "Wait", "Task", "Parallel")
PATH_FIELDS = {
    *("InputPath", "OutputPath", "ResultPath", "Parameters", "ResultSelector", "Result", "ItemsPath", "Variable"),
    *("SecondsPath", "TimestampPath", "ErrorPath", "CausePath", "TimeoutSecondsPath", "HeartbeatSecondsPath", "Assign"),
}


def mistakes(pipeline: str, definition: dict[str, Json]) -> list[str]:
    found = list(_machine(f"{pipeline}: definition", definition, definition.get("QueryLanguage", "JSONPath")))
    in_paths = [each for each in found if each.startswith(JSONPATH)]
    if in_paths:
        others = f" (and {len(in_paths) - 1} more)" if len(in_paths) > 1 else ""
        return [each for each in found if not each.startswith(JSONPATH)] + [
            f"{pipeline}: {in_paths[0].removeprefix(JSONPATH)}{others} is in JSONPath, which the runner does not run. "
            "Write `QueryLanguage: JSONata` at the top of the definition, and its paths as expressions between {% and %}"
        ]
    return found


JSONPATH = "JSONPath:"


def _machine(place: str, machine: Json, language: str) -> Iterator[str]:
    states = machine.get("States") if isinstance(machine, dict) else None
    if not isinstance(states, dict) or not states:
        yield f"{place}: `States` is missing"
        return
    if machine.get("StartAt") not in states:
        yield f"{place}: StartAt: there is no state {machine.get('StartAt')}"
    for name, state in states.items():
        if not isinstance(state, dict) or state.get("Type") not in TYPES:
            yield f"{place}: state {name}: expected a `Type` that is one of {', '.join(TYPES)}"
            continue
        yield from _state(f"{place}: state {name}", name, state, states, state.get("QueryLanguage", language), language)


def _state(place: str, name: str, state: dict[str, Json], states: dict, own: str, language: str) -> Iterator[str]:
    kind = state["Type"]
    parts = [state, *(each for field in ("Catch", "Retry") for each in listed(state, field) if isinstance(each, dict))]
    is_plain = kind in PLAIN_TYPES and not any(PATH_FIELDS.intersection(part) for part in parts)
    # In JSONPath, the marks of an expression are plain text.
    is_plain = is_plain and not any(map(is_expression, state.values()))
    if own != "JSONata" and not is_plain:
        yield f"{JSONPATH}state {name}"
        return
    rules = [*listed(state, "Choices"), *listed(state, "Catch")]
    targets = [rule.get("Next") for rule in rules if isinstance(rule, dict)]
    for target in [*targets, state.get("Next"), state.get("Default")]:
        if target is not None and target not in states:
            yield f"{place}: there is no state {target}"
    if kind not in ("Choice", "Succeed", "Fail") and not state.get("End") and "Next" not in state:
        yield f"{place}: expected `Next` or `End`"
    if kind == "Choice" and not listed(state, "Choices"):
        yield f"{place}: `Choices` is missing"
    if kind == "Parallel" and not listed(state, "Branches"):
        yield f"{place}: `Branches` is missing"
    if kind == "Wait" and not {"Seconds", "Timestamp"}.intersection(state):
        yield f"{place}: expected `Seconds` or `Timestamp`"
    if kind == "Task" and not isinstance(state.get("Resource"), str):
        yield f"{place}: expected a string as `Resource`; intrinsics of CloudFormation are to be resolved"
    # `QueryLanguage` of a state is not that of the states inside it (guide, "QueryLanguage").
    for index, branch in enumerate(listed(state, "Branches") if kind == "Parallel" else []):
        yield from _machine(f"{place}: branch {index}", branch, language)
    if kind == "Map":
        yield from _machine(f"{place}: ItemProcessor", state.get("ItemProcessor", state.get("Iterator")), language)


def listed(state: dict[str, Json], field: str) -> list:
    found = state.get(field)
    return found if isinstance(found, list) else []
