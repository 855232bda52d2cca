"""The plan is checked before anything runs, and all that is wrong with it is told with its place."""

from __future__ import annotations

import json
from pathlib import Path

import making
import pytest
from dorc_runner import plan as plans
from dorc_runner.errors import Usage
from making import chain, definition, plan_value, task

PASS = chain(("x", {"Type": "Pass"}))


def mistakes(**changes) -> str:
    value = plan_value(Path("/nowhere"), PASS, ["f"])
    for key, change in changes.items():
        value[key] = change
    with pytest.raises(Usage) as found:
        plans.decode(value)
    return str(found.value)


def function(**changes) -> list:
    return [plan_value(Path("/nowhere"), PASS, ["f"])["functions"][0] | changes]


def test_a_plan_is_read():
    value = plan_value(Path("/nowhere"), PASS, {"f": {"variables": {"A": "1"}, "secrets": {"B": "s:k"}, "paths": ["", "lib"]}})
    plan = plans.decode(value)
    (function,) = plan.functions.values()
    assert function.folder == Path("/nowhere/src/raw/p/f")
    assert function.paths == (Path("/nowhere"), Path("/nowhere/lib"))
    assert (function.handler, function.ephemeral_storage, function.lambda_name) == ("lambda.handler", 512, "demo-dev-raw-p-f")
    assert plan.machines[making.machine_arn("raw/p")].machine_name == "demo-dev-raw-p"


def test_each_mistake_is_told_with_its_place():
    text = mistakes(functions=function(timeout=901, memory="512", folder=3, handler="", extra=1), region=5, more=1)
    assert text.splitlines() == [
        "plan: functions[0]: folder: expected a string or null, found 3",
        'plan: functions[0]: handler: expected a string, found ""',
        "plan: functions[0]: timeout: expected a number from 1 to 900, found 901",
        'plan: functions[0]: memory: expected a number from 128 to 10240, found "512"',
        "plan: functions[0]: there is no key `extra`; the keys are arn, ephemeral_storage, folder, handler, memory, name, paths, "
        "secrets, timeout, variables",
        "plan: region: expected a string, found 5",
        "plan: there is no key `more`; the keys are account, environment, functions, mocks, partition, pipeline, pipelines, project, "
        "region, root, version",
    ]


@pytest.mark.parametrize(
    "changes, message",
    [
        ({"version": 2}, "version: expected 1, found 2"),
        ({"root": "here"}, "root: expected an absolute path, found here"),
        ({"pipeline": "raw/q"}, "there is no pipeline raw/q"),
        ({"functions": function() + function()}, "functions: a name or an ARN is there twice"),
        ({"pipelines": []}, "there is no pipeline raw/p"),
        ({"mocks": []}, "mocks: expected an object, found []"),
        ({"functions": [1]}, "functions[0]: expected an object, found 1"),
    ],
)
def test_a_wrong_plan(changes, message):
    assert message in mistakes(**changes)


@pytest.mark.parametrize("value", [None, [], 1, "x", {}])
def test_anything_else_is_no_plan(value):
    with pytest.raises(Usage):
        plans.decode(value)


BAD_DEFINITIONS = {
    "no states": ({}, "`States` is missing"),
    "no start": (definition({"x": {"Type": "Succeed"}}, "y"), "StartAt: there is no state y"),
    "a type": (definition({"x": {"Type": "Nap"}}), "state x: expected a `Type`"),
    "a target": (definition({"x": {"Type": "Pass", "Next": "y"}}), "state x: there is no state y"),
    "no way on": (definition({"x": {"Type": "Pass"}}), "state x: expected `Next` or `End`"),
    "no rules": (chain(("x", {"Type": "Choice", "Choices": 5})), "state x: `Choices` is missing"),
    "no branches": (chain(("x", {"Type": "Parallel"})), "state x: `Branches` is missing"),
    "no time": (chain(("x", {"Type": "Wait"})), "state x: expected `Seconds` or `Timestamp`"),
    "a wrong catch": (chain(("x", {"Type": "Pass", "Catch": {"a": 1}, "Next": "y"})), "state x: there is no state y"),
    "an intrinsic": (
        chain(("x", {"Type": "Task", "Resource": {"Ref": "F"}})),
        "intrinsics of CloudFormation are to be resolved",
    ),
    "in a branch": (
        chain(("p", {"Type": "Parallel", "Branches": [definition({"x": {"Type": "Pass", "Next": "y"}})]})),
        "state p: branch 0: state x",
    ),
    "in a map": (
        chain(("m", {"Type": "Map", "ItemProcessor": definition({"x": {"Type": "Pass"}})})),
        "state m: ItemProcessor: state x",
    ),
    "JSONPath": (
        chain(("x", task("f")), ("y", task("f"))) | {"QueryLanguage": "JSONPath"},
        "raw/p: state x (and 1 more) is in JSONPath",
    ),
    "JSONPath by default": (
        {"StartAt": "x", "States": {"x": {"Type": "Pass", "Parameters": {}, "End": True}}},
        "Write `QueryLanguage: JSONata`",
    ),
    "JSONPath within": (
        chain(("x", {"Type": "Pass", "QueryLanguage": "JSONPath", "InputPath": "$.a"})),
        "state x is in JSONPath",
    ),
}


@pytest.mark.parametrize("name", BAD_DEFINITIONS)
def test_a_definition_that_cannot_be_run(name):
    machine, message = BAD_DEFINITIONS[name]
    value = plan_value(Path("/nowhere"), machine, ["f"])
    with pytest.raises(Usage) as found:
        plans.check_machines(plans.decode(value).pipelines.values())
    assert message in str(found.value)


def test_a_state_without_any_query_runs_in_both_languages():
    machine = {"StartAt": "x", "States": {"x": {"Type": "Pass", "Next": "y"}, "y": {"Type": "Succeed"}}}
    assert making.play(machine, [1]).output == [1]


def test_a_file_that_is_no_plan(tmp_path):
    path = tmp_path / "plan.json"
    for content in (b"", b"{", b"\xff", b"[1]"):
        path.write_bytes(content)
        with pytest.raises(Usage):
            plans.read(path)
    with pytest.raises(Usage, match="cannot be read"):
        plans.read(tmp_path / "nowhere")


def test_the_documented_plan_is_one():
    """The example of the module's documentation."""
    text = plans.__doc__
    begin = text.index("    {\n")
    lines = []
    for line in text[begin : text.index("\n    }\n") + 6].splitlines():
        code = line
        # Comments stand behind at least two spaces and outside of texts.
        for mark in (
            "   optional",
            "          optional",
            "          the one",
            "          the config",
            "               that one",
            "          Amazon",
            "   null where",
            "    on Python",
            "   `images",
            "   kinds",
            "seconds",
            "  MiB",
        ):
            if mark in code and code.index(mark) > 40:
                code = code[: code.index(mark)]
        lines.append(code)
    assert '"definition": {"StartAt": ..., ...},' in text and '"version": 1,' in lines[1]
    keys = {key for key in plan_value(Path("/x"), PASS, ["f"])} | {"partition", "mocks"}
    assert all(f'"{key}":' in text for key in keys)
    for key in json.loads(json.dumps(function()[0])):
        assert f'"{key}":' in text
