"""The compiled state machine does what the workflow means: the evaluator and an independent interpreter agree.

DORC_WORKFLOWS is the number of random workflows, by default a few; `make agree` has a thousand.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from random import Random

import program
import pytest
from semantics import evaluator, machine, workflows

COUNT, PART = int(os.environ.get("DORC_WORKFLOWS", "120")), 10

# moto stops the branches beside a failed one by an exception in their threads.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")


def pipeline_files(number: int, pipeline: list | dict) -> dict[str, str]:
    """Of a pipeline.yaml, or of its steps alone."""
    folder = f"src/raw/w{number:03}"
    whole = pipeline if isinstance(pipeline, dict) else {"steps": pipeline}
    steps = map(as_mapping, workflows.steps_of(whole))
    functions = {step.get("function", step["name"]) for step in steps if not {"wait", "pipeline"}.intersection(step)}
    files = {f"{folder}/{name}/lambda.py": "def handler(event, context):\n    return event\n" for name in functions}
    # JSON is YAML.
    return files | {f"{folder}/pipeline.yaml": json.dumps(whole, ensure_ascii=False)}


def as_mapping(step) -> dict:
    return step if isinstance(step, dict) else {"name": step}


def with_others(all_steps: list, others: list) -> list:
    """The workflows, and after them the other pipeline of each, under the name that its own number gives it."""
    first_other = len(all_steps)

    def named(number: int, step: dict) -> dict:
        return step | {"pipeline": f"raw/w{first_other + number:03}"} if step.get("pipeline") == workflows.OTHER else step

    return [
        pipeline | {"steps": [named(number, step) for step in pipeline["steps"]]} for number, pipeline in enumerate(all_steps)
    ] + others


def compile_workflows(dorc, root, all_steps: list) -> list[dict]:
    files = {
        "dorc.yaml": "project: acme\nregion: eu-west-2\nenvironments: {dev: {}}\n",
        "Dockerfile": "FROM scratch\n",
    }
    for number, steps in enumerate(all_steps):
        files |= pipeline_files(number, steps)
    program.write_files(root, files)
    dorc.succeed(root / "out", "--config", root, "--format", "json", "--quiet")
    paths = [root / f"out/dev/core/raw/w{number:03}.json" for number in range(len(all_steps))]
    return [machine.definition_of(json.loads(path.read_text())) for path in paths]


def key(call) -> str:
    return json.dumps([call.function, call.event], sort_keys=True)


def compare(steps, functions, run_input, found: machine.Result, other: list = ()) -> None:
    """What an interpreter did with the compiled steps, with what they mean."""
    expected = evaluator.evaluate(steps, functions, run_input, {workflows.OTHER: other})
    story = json.dumps({"steps": steps, "other": other, "input": run_input, "failed": found.error, "cause": found.cause}, indent=1)
    if expected.failures:
        assert found.status == "FAILED", story
        assert found.error in {failure.error for failure in expected.failures}, story
    else:
        assert (found.status, exact(found.output)) == ("SUCCEEDED", exact(expected.output)), story
    possible = Counter(map(key, expected.calls))
    certain = Counter(key(call) for call in expected.calls if call.is_certain)
    made = Counter(map(key, found.calls))
    assert made <= possible and certain <= made, story
    check_order(expected, found, possible, story)


def check_order(expected, found, possible: Counter, story: str) -> None:
    """Calls that stand for one step each: what a call waits for has ended before it starts."""
    places = {key(call): call for call in found.calls if possible[key(call)] == 1}
    for call in expected.calls:
        own = places.get(key(call))
        for number in call.after if own else ():
            before = expected.calls[number]
            other = places.get(key(before))
            if other and (before.is_certain or other.end):
                assert other.end < own.start, story


@pytest.mark.parametrize("first", range(0, COUNT, PART))
def test_random_workflows(dorc, tmp_path, first):
    seeds = range(first, min(first + PART, COUNT))
    all_steps, others = random_workflows(seeds)
    definitions = compile_workflows(dorc, tmp_path, with_others(all_steps, others))
    for seed, steps, other, definition, other_definition in zip(
        seeds, all_steps, others, definitions, definitions[len(all_steps) :]
    ):
        functions = workflows.functions_of([*workflows.steps_of(steps), *other])
        event = workflows.INPUTS[seed % 2]
        name = f"acme-dev-raw-w{len(all_steps) + seed - first:03}"
        compare(steps, functions, event, machine.run(definition, functions, event, {name: other_definition}), other)


def random_workflows(seeds: range) -> tuple[list, list]:
    """Of each seed a workflow, and the other pipeline that it may run."""
    return [workflows.make(Random(seed)) for seed in seeds], [workflows.make_other(Random(f"other {seed}")) for seed in seeds]


def test_the_random_workflows_have_everything():
    """Each kind of step, failure and cure is in the first 120."""
    all_steps, others = random_workflows(range(120))
    pipelines = Counter(key for pipeline in all_steps for key in pipeline)
    assert pipelines["finally"] >= 10 and pipelines["parameters"] >= 10, pipelines
    keys = Counter(key for pipeline in all_steps for step in workflows.steps_of(pipeline) for key in step)
    few = {key: keys[key] for key in ("when", "for_each", "batch", "wait", "arguments", "retry", "catch", "pipeline") if keys[key] < 10}
    assert not few, few
    outcomes = Counter()
    for seed, (steps, other) in enumerate(zip(all_steps, others)):
        functions = workflows.functions_of([*workflows.steps_of(steps), *other])
        found = evaluator.evaluate(steps, functions, workflows.INPUTS[seed % 2], {workflows.OTHER: other})
        outcomes["failed" if found.failures else "succeeded"] += 1
        outcomes.update({failure.error for failure in found.failures})
        outcomes["caught"] += not found.failures and any(call.function in ("broken", "choosy") for call in found.calls)
        outcomes["several tries"] += any(call.function.startswith("flaky") for call in found.calls)
    wanted = ("failed", "succeeded", "caught", "several tries", "KeyError", "ValueError", evaluator.TASK_FAILED, evaluator.THRESHOLD)
    assert all(outcomes[name] >= 2 for name in wanted), outcomes


def echo(event, number):
    return {"got": event}


def say(text: str):
    return lambda event, number: text


def fail(event, number):
    raise evaluator.Failure("ValueError", "no")


ERROR = {"Error": "ValueError", "Cause": '{"errorMessage":"no","errorType":"ValueError"}'}
FUNCTIONS = {"echo": echo, "a": say("A"), "b": say("B"), "c": say("C"), "broken": fail}
NEVER, ALWAYS = "{% false = true %}", "{% $states.input = $states.input %}"

# name: steps, expected output or the name of the error. The run's input is {"n": 1}.
CORNERS = {
    "a skipped step before a join gives its event": (
        [
            "a",
            {"name": "x", "function": "b", "after": "a", "when": NEVER},
            {"name": "y", "function": "b", "after": "a"},
            {"name": "echo", "after": ["x", "y"]},
        ],
        {"got": {"x": "A", "y": "B"}},
    ),
    "a step after a skipped one gets what that would have got": (
        ["a", {"name": "b", "when": NEVER}, "echo"],
        {"got": "A"},
    ),
    "the last step may be skipped": (["a", {"name": "b", "when": NEVER}], "A"),
    "the only step may be skipped": ([{"name": "a", "when": NEVER}], {"n": 1}),
    "a condition that holds changes nothing": (["a", {"name": "echo", "when": ALWAYS}], {"got": "A"}),
    "several last steps are an object": (["a", {"name": "b", "after": []}], {"a": "A", "b": "B"}),
    "a name in `after` is a key though the edge is redundant": (
        ["a", "b", {"name": "echo", "after": ["a", "b"]}],
        {"got": {"a": "A", "b": "B"}},
    ),
    "crossing steps get each their own": (
        [
            "a",
            {"name": "b", "after": []},
            {"name": "x", "function": "echo", "after": "a"},
            {"name": "y", "function": "echo", "after": ["a", "b"]},
        ],
        {"x": {"got": "A"}, "y": {"got": {"a": "A", "b": "B"}}},
    ),
    "a step without predecessors in the middle gets the run's input": (
        ["a", {"name": "echo", "after": []}, {"name": "b", "after": ["a", "echo"]}],
        "B",
    ),
    "a step without predecessors may wait for a level and still gets the run's input": (
        [
            {"name": "p", "function": "a", "after": []},
            {"name": "q", "function": "echo", "after": []},
            {"name": "x", "function": "b", "after": "p"},
            {"name": "y", "function": "echo", "after": ["p", "q"]},
            {"name": "z", "function": "echo", "after": ["q", "x"]},
        ],
        {"y": {"got": {"p": "A", "q": {"got": {"n": 1}}}}, "z": {"got": {"q": {"got": {"n": 1}}, "x": "B"}}},
    ),
    "a caught failure is replaced by the handler's output": (
        [
            {"name": "broken", "catch": {"next": "h"}},
            {"name": "echo"},
            {"name": "h", "function": "c", "only_on_error": True},
        ],
        {"got": "C"},
    ),
    "a handler gets the error, and its chain's last output counts": (
        [
            {"name": "broken", "catch": {"next": "h"}},
            {"name": "h", "function": "echo", "only_on_error": True},
            {"name": "i", "function": "echo", "only_on_error": True, "after": "h"},
        ],
        {"got": {"got": ERROR}},
    ),
    "a catch inside a branch lets the other branch be": (
        [
            "a",
            {"name": "x", "function": "broken", "after": "a", "catch": {"next": "h"}},
            {"name": "y", "function": "b", "after": "a"},
            {"name": "echo", "after": ["x", "y"]},
            {"name": "h", "function": "c", "only_on_error": True},
        ],
        {"got": {"x": "C", "y": "B"}},
    ),
    "two branches share a handler": (
        [
            {"name": "x", "function": "broken", "after": [], "catch": {"next": "h"}},
            {"name": "y", "function": "broken", "after": [], "catch": {"next": "h"}},
            {"name": "h", "function": "c", "only_on_error": True},
        ],
        {"x": "C", "y": "C"},
    ),
    "a join of a skipped and a caught step": (
        [
            "a",
            {"name": "x", "function": "broken", "after": "a", "catch": {"next": "h"}},
            {"name": "y", "function": "b", "after": "a", "when": NEVER},
            {"name": "echo", "after": ["x", "y"]},
            {"name": "h", "function": "c", "only_on_error": True},
        ],
        {"got": {"x": "C", "y": "A"}},
    ),
    "then: fail ends the run with the first error": (
        [
            {"name": "broken", "catch": {"next": "h"}},
            "a",
            {"name": "h", "function": "c", "only_on_error": True, "then": "fail"},
        ],
        "ValueError",
    ),
    "a failure without a catch ends the run": (["a", "broken", "b"], "ValueError"),
    "a catch of another error catches nothing": (
        [
            {"name": "broken", "catch": {"errors": ["KeyError"], "next": "h"}},
            {"name": "h", "function": "c", "only_on_error": True},
        ],
        "ValueError",
    ),
    "the default `after` passes over error paths": (
        [
            {"name": "broken", "catch": {"next": "h"}},
            {"name": "h", "function": "c", "only_on_error": True},
            {"name": "echo"},
        ],
        {"got": "C"},
    ),
    "no items give an empty list": (["a", {"name": "echo", "for_each": []}], []),
    "outputs stand in the order of the items": (
        [{"name": "echo", "for_each": [3, 1, 2]}],
        [{"got": 3}, {"got": 1}, {"got": 2}],
    ),
    "arguments see the item": (
        [{"name": "echo", "for_each": [1, 2], "arguments": {"item": "{% $states.input %}"}}],
        [{"got": {"item": 1}}, {"got": {"item": 2}}],
    ),
    "a condition of a for_each sees the event": (
        [{"name": "echo", "for_each": [1], "when": "{% $states.input.n = 1 %}"}],
        [{"got": 1}],
    ),
    "one failing item fails the step, and the catch replaces the list": (
        [
            {"name": "broken", "for_each": [1, 2], "catch": {"next": "h"}},
            {"name": "h", "function": "c", "only_on_error": True},
        ],
        "C",
    ),
    "items of a Distributed Map": ([{"name": "echo", "for_each": {"items": [1, 2]}}], [{"got": 1}, {"got": 2}]),
    "a wait passes its event on": (["a", {"name": "pause", "wait": "5m"}, "echo"], {"got": "A"}),
    "null as arguments": ([{"name": "echo", "arguments": None}], {"got": None}),
    "an item of a Distributed Map fails it by the threshold": (
        [
            {"name": "broken", "for_each": {"items": [1]}, "catch": [{"errors": ["ValueError"], "next": "h"}, {"next": "i"}]},
            {"name": "h", "function": "a", "only_on_error": True},
            {"name": "i", "function": "echo", "only_on_error": True},
        ],
        {"got": {"Error": evaluator.THRESHOLD, "Cause": "The specified tolerated failure threshold was exceeded"}},
    ),
    "a batch is a list, the last one too": (
        [{"name": "echo", "for_each": {"items": [1, 2, 3]}, "batch": 2}],
        [{"got": [1, 2]}, {"got": [3]}],
    ),
    "arguments see the batch": (
        [
            {
                "name": "echo",
                "for_each": {"items": [[1], [2]]},
                "batch": 1,
                "arguments": ["{% $states.input %}", "{% $count($states.input) %}"],
            }
        ],
        [{"got": [[[1]], 1]}, {"got": [[[2]], 1]}],
    ),
    "parameters are defaults of an input": (
        {"parameters": {"n": 5, "day": None, "list": [[1]], "text": 'a "b" %'}, "steps": ["echo"]},
        {"got": {"n": 1, "day": None, "list": [[1]], "text": 'a "b" %'}},
    ),
    "a parameter may be worked out": (
        {"parameters": {"more": "{% $states.input.n + 1 %}", "inner": {"x": ["{% [[$states.input.n]] %}"]}}, "steps": ["echo"]},
        {"got": {"n": 1, "more": 2, "inner": {"x": [[[1]]]}}},
    ),
    "a late step without predecessors gets the input with the defaults": (
        {
            "parameters": {"m": 2},
            "steps": [
                {"name": "p", "function": "a", "after": []},
                {"name": "q", "function": "echo", "after": []},
                {"name": "x", "function": "b", "after": "p"},
                {"name": "y", "function": "echo", "after": ["p", "q"]},
                {"name": "z", "function": "echo", "after": []},
                {"name": "u", "function": "echo", "after": ["x", "y", "z"], "arguments": ["{% $states.input.z %}", "{% $run_input.m %}"]},
            ],
        },
        {"got": [{"got": {"m": 2, "n": 1}}, 2]},
    ),
    "finally runs after a run that succeeds, whose output stays": (
        {"steps": ["a"], "finally": [{"name": "echo"}]},
        "A",
    ),
    "finally runs after a run that fails, whose error stays": (
        {"steps": ["a", "broken", "b"], "finally": ["echo", "c"]},
        "ValueError",
    ),
    "finally fails a run that succeeds": ({"steps": ["a"], "finally": ["broken", "b"]}, "ValueError"),
    "a failure of finally may be caught there": (
        {
            "steps": ["a"],
            "finally": [{"name": "broken", "catch": {"next": "h"}}, {"name": "h", "function": "echo", "only_on_error": True}],
        },
        "A",
    ),
    "a handler of finally may fail the run": (
        {
            "steps": ["a"],
            "finally": [
                {"name": "broken", "catch": {"next": "h"}},
                {"name": "h", "function": "echo", "only_on_error": True, "then": "fail"},
            ],
        },
        "ValueError",
    ),
    "finally runs after then: fail": (
        {
            "steps": [{"name": "broken", "catch": {"next": "h"}}, {"name": "h", "function": "c", "only_on_error": True, "then": "fail"}],
            "finally": ["echo"],
        },
        "ValueError",
    ),
    "finally runs after a caught failure as after a success": (
        {
            "steps": [{"name": "broken", "catch": {"next": "h"}}, {"name": "h", "function": "c", "only_on_error": True}],
            "finally": ["echo"],
        },
        "C",
    ),
    "several last steps before finally are an object": (
        {"steps": ["a", {"name": "b", "after": []}], "finally": ["echo"]},
        {"a": "A", "b": "B"},
    ),
    "steps of finally side by side and joined": (
        {
            "steps": ["a"],
            "finally": ["b", {"name": "echo", "after": []}, {"name": "x", "function": "echo", "after": ["b", "echo"]}],
        },
        "A",
    ),
    "a late step of finally without predecessors gets how the run went": (
        {
            "parameters": {"m": 2},
            "steps": ["a"],
            "finally": [
                {"name": "p", "function": "b", "after": []},
                {"name": "q", "function": "echo", "after": []},
                {"name": "x", "function": "b", "after": "p"},
                {"name": "y", "function": "echo", "after": ["p", "q"]},
                {"name": "z", "function": "echo", "after": ["q", "x"]},
                {"name": "u", "function": "echo", "after": []},
                {"name": "v", "function": "echo", "after": ["y", "z", "u"]},
            ],
        },
        "A",
    ),
    "a condition in finally sees how the run went": (
        {"steps": ["broken"], "finally": [{"name": "echo", "when": "{% $states.input.status = 'SUCCEEDED' %}"}, "c"]},
        "ValueError",
    ),
    "no items make no batch": ([{"name": "echo", "for_each": {"items": []}, "batch": 2}], []),
}


@pytest.fixture(scope="module")
def corners(dorc, tmp_path_factory):
    all_steps = [steps for steps, _ in CORNERS.values()]
    definitions = compile_workflows(dorc, tmp_path_factory.mktemp("corners"), all_steps)
    return dict(zip(CORNERS, definitions))


@pytest.mark.parametrize("name", CORNERS)
def test_a_corner_of_the_semantics(name, corners):
    steps, expected = CORNERS[name]
    story = evaluator.evaluate(steps, FUNCTIONS, {"n": 1})
    found = machine.run(corners[name], FUNCTIONS, {"n": 1})
    made = Counter(map(key, found.calls))
    assert Counter(key(call) for call in story.calls if call.is_certain) <= made <= Counter(map(key, story.calls)), name
    if story.failures:
        assert [failure.error for failure in story.failures] == [expected]
        assert (found.status, found.error) == ("FAILED", expected)
    else:
        assert (found.status, found.output) == ("SUCCEEDED", expected)
        assert story.output == expected


# Every JSON type, and what looks like another one.
VALUES = [
    "text", "20310321", "true", "null", "", "[1]", '{"a": 1}', "{% x %}", "{%", 'quo"te\\ \n \u00e9 \U0001f600', "${x}",
    0, 5, -1.5, 1234567890123456, 9007199254740991, 0.1, 0.30000000000000004, True, False, None,
    [], {}, [[]], [None], ["x"], [[1]], [[1, 2], [3]], [1234567890123456, {"id": -1234567890123457, "x": [None, "[", "é"]}],
    {"a": None, "b": []}, {"list": [], "one": ["x"]},
]  # fmt: skip


def same(event, number):
    return event


TYPED = {
    "steps": [{"name": "first", "function": "same"}, {"name": "second", "function": "same"}],
    "items": [{"name": "each", "function": "same", "for_each": "{% [[$states.input]] %}"}],
    "distributed items": [{"name": "each", "function": "same", "for_each": {"items": "{% [[$states.input]] %}"}}],
    "batches": [{"name": "each", "function": "same", "for_each": {"items": "{% [[$states.input]] %}"}, "batch": 5}],
    "arguments": [{"name": "f", "function": "same", "arguments": "{% $states.input %}"}],
    "a list in arguments": [{"name": "f", "function": "same", "arguments": [1, "{% $states.input %}", ["{% $states.input %}"]]}],
    "an object in a list": [{"name": "f", "function": "same", "arguments": [{"x": ["{% $states.input %}"]}]}],
    "a join": [
        {"name": "x", "function": "same"},
        {"name": "y", "function": "same", "after": []},
        {"name": "z", "function": "same", "after": ["x", "y"]},
    ],
    "crossing steps": [
        {"name": "x", "function": "same", "after": []},
        {"name": "y", "function": "same", "after": []},
        {"name": "z", "function": "same", "after": "x"},
        {"name": "u", "function": "same", "after": ["x", "y"]},
    ],
    "a handler": [
        {"name": "broken", "catch": {"next": "h"}},
        {"name": "same"},
        {"name": "h", "function": "same", "only_on_error": True, "arguments": "{% $states.context.Execution.Input %}"},
    ],
    "a skipped step": [{"name": "same", "when": NEVER}],
    "a finally": {"steps": ["same"], "finally": [{"name": "last", "function": "same"}]},
    "parameters": {"parameters": {"m": None}, "steps": [{"name": "same", "arguments": "{% $run_input %}"}]},
    "a wait": [{"name": "pause", "wait": "1m"}, "same"],
}


def test_events_of_every_json_type(dorc, tmp_path):
    """The input of a run is what the steps get and give, whatever it is."""
    functions = {"same": same, "broken": fail}
    definitions = dict(zip(TYPED, compile_workflows(dorc, tmp_path, list(TYPED.values()))))
    for number, value in enumerate(VALUES):
        for place, (name, steps) in enumerate(TYPED.items()):
            # Every value through two steps, and every third through each of the others.
            if place > 0 and number % 3 != place % 3:
                continue
            if name in ("items", "distributed items", "batches") and isinstance(value, list):
                # JSONata's brackets join a list within a list, unless it is written there.
                continue
            expected = evaluator.evaluate(steps, functions, value)
            found = machine.run(definitions[name], functions, value)
            assert (found.status, exact(found.output)) == ("SUCCEEDED", exact(expected.output)), (name, value, found)
            calls = [exact(call.event) for call in found.calls]
            assert sorted(calls) == sorted(exact(call.event) for call in expected.calls), (name, value)


def exact(value) -> str:
    """True is not 1, nor a text a number."""
    return json.dumps(value, sort_keys=True)


LITERALS = [value for value in VALUES if not (isinstance(value, str) and value.startswith("{%") or value == "${x}")]


@pytest.fixture(scope="module")
def literals(dorc, tmp_path_factory):
    """Each value as the arguments of a step, and as an item."""
    steps = [[{"name": "f", "function": "same", "arguments": value}] for value in LITERALS]
    steps.append([{"name": "f", "function": "same", "for_each": LITERALS}])
    return compile_workflows(dorc, tmp_path_factory.mktemp("literals"), steps)


def test_literals_of_every_json_type(literals):
    for value, definition in zip(LITERALS, literals):
        assert exact(machine.run(definition, {"same": same}, {}).output) == exact(value), value
    found = machine.run(literals[-1], {"same": same}, {})
    assert exact(found.output) == exact(LITERALS)


def passed_on(value):
    """Whole numbers are passed on as they are, since the machine writes them itself; of others `$string` keeps 15 digits."""
    return float(f"{value:.15g}") if isinstance(value, float) else value


def test_nested_runs_of_every_json_type(dorc, tmp_path):
    """A run of another pipeline gets and gives every value as it is, from events and from arguments; of an event's numbers, the
    15 digits that JSONata's `$string` keeps (github.com/jsonata-js/jsonata, v2.0.6, src/functions.js)."""
    inner = "steps: [f]\n"
    files = {"raw/inner": inner, "raw/outer": "steps: [{name: p, pipeline: raw/inner}]\n"}
    files["raw/list"] = json.dumps(
        {"steps": [{"name": "p", "pipeline": "raw/inner", "arguments": [1, "{% $states.input %}"]}]}
    )
    for number, value in enumerate(LITERALS):
        files[f"raw/literal{number}"] = json.dumps(
            {"steps": [{"name": "p", "pipeline": "raw/inner", "arguments": value}]}, ensure_ascii=False
        )
    root = program.make_repository(tmp_path, files)
    dorc.succeed(root / "out", "--config", root, "--format", "json", "--quiet")

    def definition(name):
        return machine.definition_of(json.loads((root / f"out/dev/core/raw/{name}.json").read_text()))

    project = json.loads((root / "out/manifest.json").read_text())["project"]
    others = {f"{project}-dev-raw-inner": definition("inner")}
    functions = {"f": same}
    for value in VALUES:
        found = machine.run(definition("outer"), functions, value, others)
        assert (found.status, exact(found.output)) == ("SUCCEEDED", exact(passed_on(value))), (value, found)
        assert [exact(call.event) for call in found.calls] == [exact(passed_on(value))], value
        found = machine.run(definition("list"), functions, value, others)
        assert exact(found.output) == exact([1, passed_on(value)]), (value, found)
    for number, value in enumerate(LITERALS):
        found = machine.run(definition(f"literal{number}"), functions, {}, others)
        assert exact(found.output) == exact(value), (value, found)


def test_an_expression_in_a_list_that_gives_nothing_fails_the_step(dorc, tmp_path):
    steps = [
        {"name": "f", "function": "same", "arguments": [1, "{% $states.input.nope %}"], "catch": {"next": "h"}},
        {"name": "h", "function": "same", "only_on_error": True},
    ]
    (definition,) = compile_workflows(dorc, tmp_path, [steps])
    found = machine.run(definition, {"same": same}, {})
    assert found.output["Error"] == "States.QueryEvaluationError", found


def test_tolerated_failures(dorc, tmp_path):
    def choosy(event, number):
        if event == 2:
            raise evaluator.Failure("ValueError", "no")
        return event

    def steps(**options):
        return [{"name": "choosy", "for_each": {"items": [1, 2, 3, 4]}, **options}]

    cases = [steps(tolerated_failures=1), steps(tolerated_failures="25%"), steps(tolerated_failures="24%"), steps()]
    definitions = compile_workflows(dorc, tmp_path, cases)
    results = [machine.run(definition, {"choosy": choosy}, {}) for definition in definitions]
    for found in results[:2]:
        assert [item["Error"] if isinstance(item, dict) else item for item in found.output] == [1, "ValueError", 3, 4]
    assert [found.error for found in results[2:]] == [evaluator.THRESHOLD] * 2


def refused(error):
    def function(event, number):
        raise evaluator.Failure(error, "not now")

    return function


THROTTLED, IDLE = "Lambda.TooManyRequestsException", "Lambda.CodeArtifactUserPendingException"

# retry of the step, the error, how often the function is tried.
RETRIES = [
    (None, THROTTLED, 61),
    (None, IDLE, 11),
    (None, "Lambda.ResourceNotReadyException", 11),
    (None, "Lambda.ResourceConflictException", 11),
    (None, "Lambda.ServiceException", 7),
    (None, "ValueError", 1),
    (2, "ValueError", 3),
    (2, THROTTLED, 61),
    (0, THROTTLED, 1),
    (0, "ValueError", 1),
    ({"errors": [THROTTLED], "attempts": 1}, THROTTLED, 2),
    ({"errors": [THROTTLED], "attempts": 0}, THROTTLED, 1),
    ({"errors": [THROTTLED], "attempts": 0}, IDLE, 11),
    ({"errors": ["Lambda.ServiceException", "ValueError"], "attempts": 1}, "Lambda.SdkClientException", 7),
    ({"errors": ["Lambda.ServiceException", "ValueError"], "attempts": 1}, "Lambda.ServiceException", 2),
    ({"errors": ["States.TaskFailed"], "attempts": 1}, "ValueError", 2),
    ({"errors": ["States.TaskFailed"], "attempts": 1}, IDLE, 11),
    ({"errors": ["States.TaskFailed"], "attempts": 0}, IDLE, 1),
    ({"errors": [IDLE, "States.TaskFailed"], "attempts": 1}, IDLE, 2),
    ({"errors": [IDLE, "States.TaskFailed"], "attempts": 1}, THROTTLED, 61),
    ({"errors": ["States.Timeout"], "attempts": 3}, THROTTLED, 61),
]


def test_which_retry_decides_about_an_error(dorc, tmp_path):
    steps = [[{"name": "f"} | ({} if retry is None else {"retry": retry})] for retry, _, _ in RETRIES]
    for (retry, error, tries), definition in zip(RETRIES, compile_workflows(dorc, tmp_path, steps)):
        found = machine.run(definition, {"f": refused(error)}, {})
        assert (found.error, len(found.calls)) == (error, tries), retry
