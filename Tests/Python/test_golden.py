"""The golden outputs of the snapshot cases, seen by cfn-lint, the AWS CLI's loader and a second reading."""

import goldens
import lint
import manifests
import pytest
import references
import twins


def fail_with(problems):
    if problems:
        pytest.fail("\n".join(problems), pytrace=False)


@pytest.fixture(scope="session")
def suppressions():
    return lint.load_suppressions()


@pytest.fixture(scope="session")
def cases(pytestconfig):
    return pytestconfig.getoption("cases").resolve()


def test_every_case_expects_something(cases):
    fail_with(goldens.find_problems(cases))


def test_cfn_lint_finds_nothing(template, suppressions):
    fail_with(lint.unsuppressed(lint.lint(*template), suppressions))


def test_every_suppression_is_needed(cases, suppressions):
    findings = [
        finding
        for output in goldens.find_outputs(cases)
        for file in output.templates()
        for finding in lint.lint(output, file)
    ]
    fail_with(lint.unused(findings, suppressions))


def test_yaml_reads_as_the_json_says(pair):
    fail_with(twins.problems(*pair))


def test_references_resolve(template):
    output, file = template
    fail_with(references.unresolved(output.template(file)))


def test_state_machines_are_connected(template):
    output, file = template
    fail_with(references.broken_machines(output.template(file)))


def test_imports_have_one_export(output):
    fail_with(references.broken_imports(output))


def test_manifest_is_true(output):
    fail_with(manifests.problems(output))
