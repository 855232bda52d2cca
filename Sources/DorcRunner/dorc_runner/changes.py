"""Whether a run can go on (`--from`) with what the run before came by, though the machine has changed since.

The event and the variables of the run before are those of its own machine. Where a step comes before the one to go on at that had
no part in it, or where something is asked for that nobody kept, only a run that begins earlier has what is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import reach
from .errors import Usage
from .json_text import Json
from .resume import Resume

VARIABLE = re.compile(r"\$([A-Za-z_][A-Za-z0-9_]*)")
CHANGED = "the pipeline has changed since the run before"


def check(machine: dict[str, Json], resume: Resume) -> None:
    step = resume.path.rpartition("]/")[2]
    reached = {path.rpartition("]/")[2] for path in resume.states}
    new = [name for name in steps_before(machine, resume) if name not in reached]
    if new:
        verb = "comes" if len(new) == 1 else "come"
        raise Usage(
            f"--from {step}: {CHANGED}: {listed(new)} {verb} before `{step}` now, and {'has' if len(new) == 1 else 'have'} not run. "
            f"Go on at a step before {'it' if len(new) == 1 else 'them'}, or run the pipeline as a whole"
        )
    missing = [name for name in needed(machine, resume) if name]
    if missing:
        raise Usage(
            f"--from {step}: {CHANGED}: what {listed(missing)} {'gives' if len(missing) == 1 else 'give'} is needed now, and that run did not "
            "keep it. Go on there or before, or run the pipeline as a whole"
        )


def listed(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names[:6]) + (f" and {len(names) - 6} more" if len(names) > 6 else "")


def steps_before(machine: dict[str, Json], resume: Resume) -> Iterator[str]:
    """Steps without which no run comes to the step, unless an error leads there."""
    level: Resume | None = resume
    while level:
        states = machine["States"]
        for name, state in states.items():
            if name != level.start and is_on_all_ways(machine, name, level.start):
                yield from steps_of(name, state)
        branches = states[level.start].get("Branches", [])
        inner = [(branch, found) for index, branch in enumerate(branches) if (found := level.branch(index))]
        machine, level = inner[0] if inner else (machine, None)


def steps_of(name: str, state: dict[str, Json]) -> Iterator[str]:
    if state.get("Type") == "Parallel":
        for branch in state.get("Branches", []):
            # A condition may leave it out.
            yield from (
                each for each, inner in branch["States"].items()
                if is_on_all_ways(branch, each, None) for each in steps_of(each, inner)
            )  # fmt: skip
    # What dorc puts before the first step has done its work in the run before.
    elif state.get("Type") in reach.STEPS and not name.startswith(reach.LIMIT):
        yield name


def is_on_all_ways(machine: dict[str, Json], name: str, end: str | None) -> bool:
    """From the start to a state, or to the end of the machine."""
    return can_come(machine, end, None) and not can_come(machine, end, name)


def can_come(machine: dict[str, Json], end: str | None, without: str | None) -> bool:
    waiting, seen = [machine["StartAt"]], set()
    while waiting:
        name = waiting.pop()
        if name in seen or name == without:
            continue
        seen.add(name)
        state = machine["States"].get(name, {})
        if name == end or (end is None and (state.get("End") or state.get("Type") == "Succeed")):
            return True
        waiting += [each for each in [state.get("Next"), state.get("Default"), *ways(state)] if isinstance(each, str)]
    return False


def ways(state: dict[str, Json]) -> list[Json]:
    return [each.get("Next") for each in state.get("Choices", []) if isinstance(each, dict)]


def needed(machine: dict[str, Json], resume: Resume) -> list[str]:
    """The steps of which the rest of the run reads what nobody has kept."""
    # Variable -> the state that assigns it; dorc names that of a step `extract`, or `extract (kept)`.
    makers = {variable: name for name, state in reach.states(machine) for variable in assigned(state)}
    rest = reach.rest(machine, resume)
    kept = {name for path, each in resume.states.items() if resume.path.startswith(path) for name in each["variables"]}
    own = {variable for _, state in reach.states(rest) for variable in assigned(state)}
    read = {name for text in reach.strings(rest) if text.startswith("{%") for name in VARIABLE.findall(text)}
    missing = sorted(name for name in read if name in makers and name not in kept | own)
    return list(dict.fromkeys(makers[name].removesuffix(" (kept)") for name in missing))


def assigned(state: dict[str, Json]) -> Iterator[str]:
    for each in [state, *(one for key in ("Catch", "Choices") for one in state.get(key, []) if isinstance(one, dict))]:
        assign = each.get("Assign")
        if isinstance(assign, dict):
            yield from assign
