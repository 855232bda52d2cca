"""Random workflows, and the functions that they run: conditions, joins, maps with and without batches, waits, failures, retries,
handlers, runs of another pipeline, parameters, and what runs in any case."""

from __future__ import annotations

import hashlib
import json
from random import Random

from semantics.evaluator import Failure

STEADY = ["f0", "f1", "f2", "f3"]
# The other pipeline of a workflow. The cause of its failure is another one in each run: the handler sees the error alone.
OTHER, OTHER_HANDLER = "raw/inner", "hp"
INPUTS = [{"n": 1, "list": [1, 2, 3]}, {"n": 4, "list": []}]


def digest(event) -> int:
    return hashlib.sha256(json.dumps(event, sort_keys=True).encode()).digest()[0]


def steady(name: str):
    def function(event, number):
        value = digest([name, event])
        return {"by": name, "n": value % 7, "list": list(range(value % 3))}

    return function


def failing(name: str, error: str):
    def function(event, number):
        raise Failure(error, f"{name} fails")

    return function


def choosy(name: str):
    """Fails for about every third event."""

    def function(event, number):
        if digest([name, event]) % 3 == 0:
            raise Failure("ValueError", f"{name} does not like it")
        return steady(name)(event, number)

    return function


def flaky(name: str):
    """Succeeds at the second try."""

    def function(event, number):
        if number % 2 == 1:
            raise Failure("ConnectionError", "try again")
        return steady(name)(event, number)

    return function


def functions_of(steps: list[dict]) -> dict:
    kinds = {"broken": lambda name: failing(name, "KeyError"), "choosy": choosy, "flaky": flaky}
    names = {step.get("function", step["name"]) for step in steps if not {"wait", "pipeline"}.intersection(step)}
    return {name: kinds.get(name.partition("-")[0], steady)(name) for name in sorted(names)}


def steps_of(pipeline: list | dict) -> list:
    """Of a pipeline.yaml, or of its steps alone: those of `finally` too."""
    return pipeline["steps"] + pipeline.get("finally", []) if isinstance(pipeline, dict) else pipeline


def make(random: Random) -> dict:
    """A pipeline.yaml."""
    pipeline = {"steps": make_steps(random, random.choice([1, 2, 3, 4, 5, 6, 8, 10, 12, 16]), "")}
    # What another pipeline fails with is another text in each run, which the event of `finally` has in it.
    if random.random() < 0.4 and not any("pipeline" in step for step in pipeline["steps"]):
        pipeline["finally"] = make_steps(random, random.choice([1, 1, 2, 3, 4, 6]), "last-")
    if random.random() < 0.3:
        pipeline["parameters"] = {"n": 9, "extra": random.choice([None, [1], {"a": "{% [$states.input.list] %}"}])}
    return pipeline


def make_steps(random: Random, count: int, prefix: str) -> list[dict]:
    names = [f"{prefix}s{index}" for index in range(count)]
    position = {name: index for index, name in enumerate(random.sample(names, count))}
    handlers = [{"name": f"{prefix}h{index}", "function": random.choice(STEADY), "only_on_error": True} for index in range(3)]
    handlers[1]["then"] = "fail"
    handlers.append({"name": f"{prefix}h3", "function": random.choice(STEADY), "only_on_error": True, "after": [f"{prefix}h2"]})
    error = "{% $states.input.Error %}"
    handlers.append({"name": OTHER_HANDLER, "function": "f0", "only_on_error": True, "arguments": {"error": error}})
    # `finally` runs no other pipeline.
    steps, caught = [], {OTHER} if prefix else set()
    for index, name in enumerate(names):
        step = {"name": name, "function": random.choice(STEADY)}
        earlier = [each for each in names if position[each] < position[name]]
        if index == 0 or random.random() < 0.8 or names[index - 1] not in earlier:
            few = random.sample(earlier, min(len(earlier), random.choice([0, 1, 1, 1, 2, 2, 3])))
            step["after"] = few[0] if len(few) == 1 and random.random() < 0.3 else few
        decorate(step, random, caught, prefix)
        steps.append(step)
    if f"{prefix}h2" in caught:
        caught.add(f"{prefix}h3")
    used = [each for each in handlers if each["name"] in caught]
    for each in used:
        steps.insert(random.randrange(len(steps) + 1), each)
    return steps


def make_other(random: Random) -> list[dict]:
    """One after another: what runs beside a failure and is not waited for would make the order of effects open."""
    steps = []
    for index in range(random.choice([1, 1, 2, 3])):
        step = {"name": f"i{index}", "function": random.choice([*STEADY, *STEADY, "choosy", "broken"])}
        if index == 0 and random.random() < 0.3:
            step["function"] = "flaky-inner"
        if random.random() < 0.3:
            step["when"] = "{% $type($states.input) = 'object' %}"
        if step["function"] in ("choosy", "broken") and random.random() < 0.5:
            step["catch"] = {"next": "ih"}
        steps.append(step)
    return [*steps, {"name": "ih", "function": "f0", "only_on_error": True}] if any("catch" in step for step in steps) else steps


def run_other(step: dict, random: Random, caught: set) -> None:
    """Makes it a step that runs the other pipeline; there is one in a workflow, so that each of its tries is the only one."""
    del step["function"]
    step["pipeline"] = OTHER
    if random.random() < 0.4:
        step["for_each"] = random.choice([[1, {"n": 2}], [], {"items": [1, {"n": 2}]}])
    if random.random() < 0.4:
        step["retry"] = 1
    if random.random() < 0.8:
        caught.add(OTHER_HANDLER)
        step["catch"] = {"next": OTHER_HANDLER}


def decorate(step: dict, random: Random, caught: set, prefix: str) -> None:
    if random.random() < 0.25:
        step["when"] = random.choice(
            [
                "{% $exists($states.input.n) %}",
                "{% $type($states.input.n) = 'number' and $states.input.n > 2 %}",
                "{% $states.context.Execution.Input.n = 4 %}",
            ]
        )
    kind = random.random()
    if kind < 0.1:
        del step["function"]
        step["wait"] = "5m"
        return
    if kind > 0.9 and OTHER not in caught:
        caught.add(OTHER)
        return run_other(step, random, caught)
    if kind < 0.3:
        items = random.choice([[1, 2], [], "{% [$states.input.list] %}", ["x", "{% $states.context.Execution.Input.n %}"]])
        step["for_each"] = {"items": items} if random.random() < 0.4 else items
        if isinstance(step["for_each"], dict) and random.random() < 0.4:
            step["batch"] = random.choice([1, 2])
    if random.random() < 0.3:
        step["arguments"] = random.choice(
            [{"fixed": [1, {"two": None}]}, {"all": "{% $states.input %}"}, "{% {'it': [$states.input], 'type': $type($states.input)} %}"]
        )
    trouble = random.random()
    if trouble < 0.12:
        step["function"] = "broken"
    elif trouble < 0.3:
        step["function"] = "choosy"
    elif trouble < 0.4 and "for_each" not in step:
        step["function"] = f"flaky-{step['name']}"
        step["retry"] = random.choice([1, {"attempts": 2, "interval": "1s", "errors": ["ConnectionError"]}])
    if step["function"] in ("broken", "choosy") and random.random() < 0.85:
        handler = prefix + random.choice(["h0", "h0", "h1", "h2"])
        caught.add(handler)
        step["catch"] = {"next": handler}
        if random.random() < 0.3:
            caught.add(f"{prefix}h0")
            step["catch"] = [{"errors": ["KeyError"], "next": f"{prefix}h0"}, {"errors": ["States.ALL"], "next": handler}]
