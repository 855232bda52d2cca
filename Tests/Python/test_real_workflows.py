"""A ministry's 52 workflows, converted to pipelines (they are not part of this repository): all compile, and cfn-lint's
rules, those for state machines among them, pass over every template."""

import json
import os
from pathlib import Path

import goldens
import lint
import program
import pytest

WORKFLOWS = Path(os.environ.get("DORC_REAL_WORKFLOWS") or program.ROOT.parent / "shared/real/config-repo")

pytestmark = pytest.mark.skipif(not WORKFLOWS.is_dir(), reason=f"no workflows in {WORKFLOWS.name}/")


@pytest.fixture(scope="module")
def synthesized(dorc, tmp_path_factory):
    out = tmp_path_factory.mktemp("real") / "yaml"
    dorc.succeed(out, "--config", WORKFLOWS)
    return goldens.Output(out.parent, out)


def test_every_workflow_has_its_stack(synthesized):
    pipelines = {str(path.parent.relative_to(WORKFLOWS / "src")) for path in WORKFLOWS.glob("src/*/*/pipeline.yaml")}
    stacks = {stack["pipeline"] for stack in synthesized.manifest()["stacks"] if stack["kind"] == "core"}
    assert stacks == pipelines
    assert len(stacks) == 52


def test_cfn_lint_finds_nothing(synthesized):
    findings = [finding for file in synthesized.templates() for finding in lint.lint(synthesized, file)]
    assert [str(finding) for finding in findings] == []


def test_every_step_is_a_state_of_its_name(dorc, tmp_path):
    dorc.succeed(tmp_path / "out", "--config", WORKFLOWS, "--format", "json")
    for path in WORKFLOWS.glob("src/*/*/pipeline.yaml"):
        layer, name = path.parent.parts[-2:]
        template = json.loads((tmp_path / f"out/test/core/{layer}/{name}.json").read_text(encoding="utf-8"))
        (machine,) = [each for each in template["Resources"].values() if each["Type"] == "AWS::StepFunctions::StateMachine"]
        states = set(names(machine["Properties"]["Definition"]))
        steps = [line.split("name:")[1].strip().strip("'\"") for line in path.read_text().splitlines() if "- name:" in line]
        assert set(steps) - states == set(), path


def names(machine):
    for name, state in machine["States"].items():
        yield name
        for inner in [*state.get("Branches", []), *filter(None, [state.get("ItemProcessor")])]:
            yield from names(inner)
