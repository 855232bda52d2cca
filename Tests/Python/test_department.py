"""Pipelines of the kinds that a ministry's data teams have: chains, fans, crossings, stages with a barrier, maps, error
paths, nested runs. All compile, and cfn-lint's rules, those for state machines among them, pass over every template."""

import json

import lint
import program
import pytest
import twins
import yaml
from outputs import FORMS, Output

DEPARTMENT = program.ROOT / "Tests/Python/department"
PIPELINES = sorted(str(path.parent.relative_to(DEPARTMENT / "src")) for path in DEPARTMENT.glob("src/*/*/pipeline.yaml"))


@pytest.fixture(scope="module")
def outputs(dorc, tmp_path_factory):
    root = tmp_path_factory.mktemp("department")
    for form in FORMS:
        result = dorc.succeed(root / form, "--config", DEPARTMENT, "--format", form)
        assert "warning" not in result.stderr
    return {form: Output(root, root / form) for form in FORMS}


def test_every_pipeline_has_its_stack(outputs):
    stacks = [stack["pipeline"] for stack in outputs["yaml"].manifest()["stacks"] if stack["kind"] == "core"]
    assert sorted(stacks) == PIPELINES
    assert len(stacks) == 8


def test_cfn_lint_finds_nothing(outputs):
    output, suppressions = outputs["yaml"], lint.load_suppressions()
    findings = [finding for file in output.templates() for finding in lint.lint(output, file)]
    assert lint.unsuppressed(findings, suppressions) == []


def test_yaml_reads_as_the_json_says(outputs):
    output = outputs["yaml"]
    assert twins.unpaired(output) == []
    assert [problem for file in output.templates() for problem in twins.problems(output, file)] == []


@pytest.mark.parametrize("pipeline", PIPELINES)
def test_every_step_is_a_state_of_its_name(outputs, pipeline):
    template = json.loads((outputs["json"].root / f"test/core/{pipeline}.json").read_text(encoding="utf-8"))
    machines = [each for each in template["Resources"].values() if each["Type"] == "AWS::StepFunctions::StateMachine"]
    states = set(names(machines[0]["Properties"]["Definition"]))
    definition = yaml.safe_load((DEPARTMENT / "src" / pipeline / "pipeline.yaml").read_text(encoding="utf-8"))
    steps = {step if isinstance(step, str) else step["name"] for step in definition["steps"]}
    assert len(machines) == 1 and steps - states == set()


def names(machine):
    for name, state in machine["States"].items():
        yield name
        for inner in [*state.get("Branches", []), *filter(None, [state.get("ItemProcessor")])]:
            yield from names(inner)
