"""Each check passes a sound output and fails one that has the mistake it is there for."""

from __future__ import annotations

import copy
import json

import cases
import lint
import manifests
import outputs
import program
import pytest
import references
import twins
from awscli.customizations.cloudformation.yamlhelper import yaml_dump, yaml_parse
from outputs import FORMS, Output

INFRA = {
    "AWSTemplateFormatVersion": "2010-09-09",
    "Resources": {
        "Key": {
            "Type": "AWS::KMS::Key",
            "DeletionPolicy": "Retain",
            "UpdateReplacePolicy": "Retain",
            "Properties": {"EnableKeyRotation": True},
        }
    },
    "Outputs": {"KeyArn": {"Value": {"Fn::GetAtt": ["Key", "Arn"]}, "Export": {"Name": "acme-dev-key-arn"}}},
}
MACHINE = {
    "QueryLanguage": "JSONata",
    "StartAt": "both",
    "States": {
        "both": {
            "Type": "Parallel",
            "Branches": [
                {"StartAt": "left", "States": {"left": {"Type": "Pass", "End": True}}},
                {"StartAt": "right", "States": {"right": {"Type": "Pass", "End": True}}},
            ],
            "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "broken"}],
            "Next": "each",
        },
        "each": {
            "Type": "Map",
            "ItemProcessor": {"StartAt": "one", "States": {"one": {"Type": "Pass", "End": True}}},
            "Next": "which",
        },
        "which": {
            "Type": "Choice",
            "Choices": [{"Condition": "{% true %}", "Next": "last"}],
            "Default": "broken",
        },
        "last": {"Type": "Succeed"},
        "broken": {"Type": "Fail"},
    },
}
CORE = {
    "AWSTemplateFormatVersion": "2010-09-09",
    "Resources": {
        "LogGroup": {
            "Type": "AWS::Logs::LogGroup",
            "DeletionPolicy": "Delete",
            "UpdateReplacePolicy": "Delete",
            "Properties": {"KmsKeyId": {"Fn::ImportValue": "acme-dev-key-arn"}, "RetentionInDays": 30},
        },
        "StateMachine": {
            "Type": "AWS::StepFunctions::StateMachine",
            "Properties": {
                "RoleArn": {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/acme-dev"},
                "Definition": MACHINE,
                "Tags": [
                    {"Key": "group", "Value": {"Ref": "LogGroup"}},
                    {"Key": "arn", "Value": {"Fn::Sub": ["${LogGroup.Arn} ${own} ${!not}", {"own": "1"}]}},
                ],
            },
        },
    },
}
FILES = {"dev/infra": INFRA, "dev/core/raw/census": CORE}


def write(folder, templates=FILES, change=lambda manifest: None):
    """Writes the case `acme` in both forms and returns its YAML output; `change` may spoil the manifests."""
    for form in FORMS:
        root = folder / "acme" / form
        stacks = []
        for stem, template in templates.items():
            path = root / f"{stem}.{form}"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(template) if form == "json" else yaml_dump(copy.deepcopy(template)))
            stacks.append(
                {
                    "name": "acme-" + stem.replace("/core/", "-").replace("/", "-"),
                    "environment": "dev",
                    "template": f"{stem}.{form}",
                    "region": "eu-west-2",
                    "account": "111122223333",
                    "dependsOn": ["acme-dev-infra"] if "/core/" in stem else [],
                    "kind": "core" if "/core/" in stem else "infra",
                    "resources": len(template["Resources"]),
                }
            )
        manifest = {"project": "acme", "stacks": stacks, "files": [stack["template"] for stack in stacks]}
        change(manifest)
        (root / "manifest.json").write_text(json.dumps(manifest))
    return Output(folder, folder / "acme" / "yaml")


def changed(document, path, value):
    """A copy of `document` with `value` at the path, or without that key for None."""
    document = copy.deepcopy(document)
    *parents, last = path
    place = document
    for key in parents:
        place = place[key]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return document


# The cases


def test_cases_of_every_kind_are_sound(tmp_path):
    program.write_files(tmp_path, {"good/ids.txt": "", "bad/diagnostics.txt": "", "both/ids.txt": "", "both/diagnostics.txt": ""})
    assert cases.problems(tmp_path) == []
    assert cases.sound(tmp_path) == ["both", "good"]


def test_no_case_with_ids_at_all_is_a_problem(tmp_path):
    assert cases.problems(tmp_path) != []
    program.write_files(tmp_path, {"bad/diagnostics.txt": ""})
    assert len(cases.problems(tmp_path)) == 1


def test_a_case_without_expectation_is_a_problem(tmp_path):
    program.write_files(tmp_path, {"good/ids.txt": "", "empty/config/dorc.yaml": ""})
    assert cases.problems(tmp_path) == ["empty: expects neither ids.txt nor diagnostics.txt"]


def test_names_of_files_are_made(tmp_path):
    made = cases.copy_config("image-context", tmp_path)
    assert (made / "src/raw/census/extract/data/\u00fcn\u00ef code.csv").exists()
    assert not [path for path in made.rglob("*") if "%" in path.name]


def test_a_template_in_one_form_alone_is_a_problem(tmp_path):
    output = write(tmp_path)
    assert twins.unpaired(output) == []
    (output.twin.root / "dev" / "infra.json").unlink()
    assert twins.unpaired(output) == ["acme/yaml: dev/infra is only in one of the two forms"]


def test_ids_are_those_of_the_stacks(tmp_path):
    assert cases.ids(write(tmp_path)) == "acme-dev-infra\n  Key\nacme-dev-raw-census\n  LogGroup\n  StateMachine\n"


def test_a_key_that_stands_twice_in_json_is_an_error(tmp_path):
    path = tmp_path / "twice.json"
    path.write_text('{"a": 1, "a": 1}')
    with pytest.raises(ValueError, match="stands twice"):
        outputs.load_json(path)


# cfn-lint


def lint_infra(tmp_path, template):
    return lint.lint(write(tmp_path, FILES | {"dev/infra": template}), "dev/infra.yaml")


def test_cfn_lint_accepts_a_sound_template(tmp_path):
    output = write(tmp_path)
    for file in output.templates():
        assert lint.lint(output, file) == []


@pytest.mark.parametrize(
    ("rule", "path", "value"),
    [
        ("E3002", ("Resources", "Key", "Properties", "NoSuchProperty"), True),
        ("W2001", ("Parameters",), {"Unused": {"Type": "String"}}),
        ("I3011", ("Resources", "Key", "DeletionPolicy"), None),
    ],
)
def test_cfn_lint_finds_errors_warnings_and_information(tmp_path, rule, path, value):
    findings = lint_infra(tmp_path, changed(INFRA, path, value))
    assert rule in {finding.rule for finding in findings}
    assert any("acme/yaml/dev/infra.yaml" in line for line in lint.unsuppressed(findings, []))


def test_a_template_without_a_region_is_a_finding(tmp_path):
    output = write(tmp_path, change=lambda manifest: manifest["stacks"].clear())
    assert [finding.rule for finding in lint.lint(output, "dev/infra.yaml")] == ["manifest"]


def test_a_suppression_covers_what_it_names_and_no_more(tmp_path):
    findings = lint_infra(tmp_path, changed(INFRA, ("Parameters",), {"Unused": {"Type": "String"}}))
    fitting = lint.Suppression("W2001", "a reason", "acme/*/infra.yaml", "Unused")
    assert lint.unsuppressed(findings, [fitting]) == [] == lint.unused(findings, [fitting])
    for other in (
        lint.Suppression("W2002", "a reason"),
        lint.Suppression("W2001", "a reason", templates="other/*"),
        lint.Suppression("W2001", "a reason", message="other"),
    ):
        assert len(lint.unsuppressed(findings, [other])) == 1 == len(lint.unused(findings, [other]))


def test_a_suppression_needs_a_reason(tmp_path):
    path = tmp_path / "suppressions.yaml"
    path.write_text("cfn-lint: [{rule: W2001, reason: ''}]")
    with pytest.raises(ValueError, match="gives no reason"):
        lint.load_suppressions(path)


# JSON and YAML


def test_twins_are_equal(tmp_path):
    output = write(tmp_path)
    assert [twins.problems(output, file) for file in output.templates()] == [[], []]


def test_short_tags_equal_the_long_form():
    yaml = "{a: !Ref X, b: !GetAtt X.Arn, c: !Sub 'x${Y}', d: !Split [',', !ImportValue z], e: !GetAtt X.Outputs.Y}"
    long = {
        "a": {"Ref": "X"},
        "b": {"Fn::GetAtt": ["X", "Arn"]},
        "c": {"Fn::Sub": "x${Y}"},
        "d": {"Fn::Split": [",", {"Fn::ImportValue": "z"}]},
        "e": {"Fn::GetAtt": ["X", "Outputs.Y"]},
    }
    assert twins.differences(yaml_parse(yaml), long) == []


@pytest.mark.parametrize(
    "text",
    ["no", "on", "True", "Off", "~", "null", "1", "+1", "0123", "0x1F", "0b11", "1_000", "12:30", "190:20:30"]
    + ["1.0", "1.", "1.5e+3", ".inf", "2012-10-17"],
)
def test_an_unquoted_string_that_yaml_reads_as_something_else_differs(text):
    assert twins.differences(yaml_parse(f"key: {text}"), {"key": text}) != []
    assert twins.differences(yaml_parse(f"key: '{text}'"), {"key": text}) == []


@pytest.mark.parametrize(
    ("left", "right"),
    [(1, True), (1, 1.0), (1, "1"), (0, False), (None, "null"), ({1: 0}, {"1": 0}), ({1: 0}, {True: 0})]
    + [([1], [1, 2]), ([], {}), ({}, None), ({"a": 1}, {}), ({}, {"a": 1}), ([[1]], [[True]])],
)
def test_values_of_two_types_differ(left, right):
    assert twins.differences(left, right) != [] != twins.differences(right, left)
    assert twins.differences(left, left) == [] == twins.differences(right, right)


# References


def test_references_of_a_sound_output_resolve(tmp_path):
    assert [references.unresolved(template) for template in (INFRA, CORE)] == [[], []]
    assert references.broken_imports(write(tmp_path)) == []


@pytest.mark.parametrize(
    "value",
    [
        {"Ref": "Nowhere"},
        {"Ref": "AWS::Nowhere"},
        {"Fn::GetAtt": ["Nowhere", "Arn"]},
        {"Fn::GetAtt": "Nowhere.Arn"},
        {"Fn::GetAtt": ["AWS::Region", "Arn"]},
        {"Fn::Sub": "a ${Nowhere}"},
        {"Fn::Sub": "a ${Nowhere.Arn}"},
        {"Fn::Sub": ["${own} ${Nowhere}", {"own": "x"}]},
        {"Fn::Join": ["", ["a", {"Ref": "Nowhere"}]]},
    ],
)
def test_a_reference_to_nothing_is_found(value):
    assert len(references.unresolved(changed(CORE, ("Resources", "LogGroup", "Properties", "Name"), value))) == 1
    assert len(references.unresolved(changed(INFRA, ("Outputs", "KeyArn", "Value"), value))) == 1


@pytest.mark.parametrize("form", [lambda name: name, lambda name: [name]])
def test_a_dependency_on_nothing_is_found(form):
    path = ("Resources", "StateMachine", "DependsOn")
    assert references.unresolved(changed(CORE, path, form("LogGroup"))) == []
    assert len(references.unresolved(changed(CORE, path, form("Nowhere")))) == 1


def test_an_import_needs_exactly_one_export_of_a_stack_it_depends_on(tmp_path):
    name = ("Resources", "LogGroup", "Properties", "KmsKeyId", "Fn::ImportValue")
    nowhere = write(tmp_path / "1", FILES | {"dev/core/raw/census": changed(CORE, name, "acme-dev-nowhere")})
    assert "has 0 exports" in references.broken_imports(nowhere)[0]
    users_own = write(tmp_path / "2", FILES | {"dev/core/raw/census": changed(CORE, name, "network-key-arn")})
    assert references.broken_imports(users_own) == []
    assert "has 2 exports" in references.broken_imports(write(tmp_path / "3", FILES | {"dev/other": INFRA}))[0]

    def forget(manifest):
        manifest["stacks"][1]["dependsOn"] = []

    assert "does not depend on" in references.broken_imports(write(tmp_path / "4", change=forget))[0]

    def move(manifest):
        manifest["stacks"][0]["region"] = "eu-west-1"

    assert "has 0 exports" in references.broken_imports(write(tmp_path / "5", change=move))[0]


# State machines


def test_a_sound_machine_is_connected():
    assert references.broken_machines(CORE) == []


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (("StartAt",), "nowhere", "StartAt leads to 'nowhere'"),
        (("States", "both", "Next"), "nowhere", "both leads to 'nowhere'"),
        (("States", "both", "Next"), "left", "both leads to 'left', which is no state of this scope"),
        (("States", "both", "Catch", 0, "Next"), "nowhere", "both leads to 'nowhere'"),
        (("States", "which", "Default"), "nowhere", "which leads to 'nowhere'"),
        (("States", "which", "Choices", 0, "Next"), "nowhere", "which leads to 'nowhere'"),
        (("States", "both", "Branches", 1, "StartAt"), "left", "Branches[1]: StartAt leads to 'left'"),
        (("States", "each", "ItemProcessor", "StartAt"), "last", "ItemProcessor: StartAt leads to 'last'"),
        (("States", "alone"), {"Type": "Pass", "Next": "alone"}, "nothing leads to 'alone'"),
        (("States", "each", "Next"), "both", "nothing leads to 'which'"),
        (("States", "each", "Next"), None, "has neither Next nor End"),
        (("States", "each", "End"), True, "has Next and End"),
        (("States", "each", "ItemProcessor", "States", "last"), {"Type": "Succeed"}, "'last' stands twice"),
    ],
)
def test_a_broken_machine_is_found(path, value, expected):
    machine = changed(MACHINE, path, value)
    template = changed(CORE, ("Resources", "StateMachine", "Properties", "Definition"), machine)
    assert any(expected in line for line in references.broken_machines(template))


def test_a_definition_string_is_read():
    template = changed(CORE, ("Resources", "StateMachine", "Properties", "Definition"), None)
    assert "cannot be read" in references.broken_machines(template)[0]
    for text in (json.dumps(MACHINE), {"Fn::Sub": json.dumps(MACHINE)}):
        template["Resources"]["StateMachine"]["Properties"]["DefinitionString"] = text
        assert references.broken_machines(template) == []


# The manifest


def test_a_true_manifest_has_no_problem(tmp_path):
    output = write(tmp_path)
    assert manifests.problems(output) == [] == manifests.problems(output.twin)


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (("stacks", 0, "bytes"), 1, "bytes is of content"),
        (("stacks", 0, "sha256"), "0", "sha256 is of content"),
        (("stacks", 0, "kind"), "universal", "resources is"),
        (("stacks", 1, "resources"), 3, "resources is 3, should be 2"),
        (("stacks", 0, "dependsOn"), ["acme-dev-raw-census"], "which is not listed before it"),
        (("stacks", 0, "dependsOn"), ["acme-dev-infra"], "which is not listed before it"),
        (("stacks", 1, "name"), "acme-dev-infra", "2 stacks"),
        (("stacks", 1, "template"), "gone.yaml", "gone.yaml is missing"),
        (("stacks", 1), None, "a template without a stack"),
        (("files", 0), None, "there but not listed"),
        (("files", 0), "gone.yaml", "listed but missing"),
        (("files",), ["dev/infra.yaml"] * 2, "listed twice"),
    ],
)
def test_a_false_manifest_is_found(tmp_path, path, value, expected):
    output = write(tmp_path)
    manifest = output.root / "manifest.json"
    manifest.write_text(json.dumps(changed(output.manifest(), path, value)))
    assert any(expected in line for line in manifests.problems(output))
