"""What the snapshot cases become, seen by cfn-lint, the AWS CLI's loader and a second reading; and whether all that is on
record of it is what the program writes."""

import cases
import lint
import manifests
import pytest
import references
import twins


def fail_with(problems):
    if problems:
        pytest.fail("\n".join(problems), pytrace=False)


def each_template(output, check):
    """The problems that `check` finds in each template of an output, with the names of the templates."""
    return [f"{output.name}/{file}: {problem}" for file in output.templates() for problem in check(file)]


@pytest.fixture(scope="session")
def suppressions():
    return lint.load_suppressions()


@pytest.fixture(scope="session")
def made(dorc, tmp_path_factory):
    """What each case becomes, made once."""
    folder, found = tmp_path_factory.mktemp("cases"), {}

    def make(name):
        if name not in found:
            found[name] = cases.synthesize(dorc, name, folder)
        return found[name]

    return make


@pytest.fixture
def output(made, case):
    return made(case)


def test_every_case_expects_something():
    fail_with(cases.problems())


def test_the_program_writes_what_is_on_record(output, case):
    found = []
    for form, written in output.items():
        for file, content in cases.recorded(case, form).items():
            path = written.root / file
            now = path.read_bytes() if path.exists() else b""
            if content != now:
                found.append(f"{written.name}/{file} differs from what is on record")
    if cases.ids(output["json"]) != (cases.CASES / case / cases.IDS).read_text(encoding="utf-8"):
        found.append(f"{case}: the ids differ from those on record")
    fail_with(found)


def test_cfn_lint_finds_nothing(output, suppressions):
    """In YAML: the JSON is equal."""
    fail_with(
        [
            problem
            for file in output["yaml"].templates()
            for problem in lint.unsuppressed(lint.lint(output["yaml"], file), suppressions)
        ]
    )


def test_every_suppression_is_needed(made, suppressions):
    findings = []
    for name in cases.sound():
        if any(entry.may_be_of(name) for entry in suppressions):
            written = made(name)["yaml"]
            findings += [finding for file in written.templates() for finding in lint.lint(written, file)]
    fail_with(lint.unused(findings, suppressions))


def test_yaml_reads_as_the_json_says(output):
    fail_with(twins.unpaired(output["yaml"]) + each_template(output["yaml"], lambda file: twins.problems(output["yaml"], file)))


def test_references_resolve(output):
    fail_with(each_template(output["json"], lambda file: references.unresolved(output["json"].template(file))))


def test_state_machines_are_connected(output):
    fail_with(each_template(output["json"], lambda file: references.broken_machines(output["json"].template(file))))


def test_imports_have_one_export(output):
    fail_with(references.broken_imports(output["json"]))


def test_manifests_are_true(output):
    fail_with([f"{each.name}: {problem}" for each in output.values() for problem in manifests.problems(each)])
