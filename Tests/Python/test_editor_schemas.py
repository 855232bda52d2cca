"""`dorc-synth schema`: editors mark no sound file as wrong, and mark what JSON Schema can say."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from pathlib import Path

import cases
import editors
import jsonschema
import program
import pytest
import yaml

FILES = {"dorc": "dorc.yaml", "pipeline": "pipeline.yaml", "cases": "tests/*.yaml"}


def kind(path) -> str:
    """Which of them a file is."""
    path = Path(path)
    return FILES["cases"] if path.parent.name == "tests" else path.name


@pytest.fixture(scope="module")
def schemas(dorc):
    return {FILES[name]: json.loads(dorc.succeed("schema", name).stdout) for name in FILES}


@pytest.fixture(scope="module")
def validators(schemas):
    return {name: editors.validator(schema) for name, schema in schemas.items()}


def described(config):
    """The files of a config repository that have a schema."""
    return [config / "dorc.yaml", *sorted(config.glob("src/*/*/pipeline.yaml")), *sorted(config.glob("src/*/*/tests/*.yaml"))]


# The schemas


@pytest.mark.parametrize("kind", [jsonschema.Draft202012Validator, jsonschema.Draft7Validator])
def test_they_are_schemas_of_2020_12_and_of_draft_7(schemas, kind):
    for name, schema in schemas.items():
        assert schema["$schema"] == jsonschema.Draft202012Validator.META_SCHEMA["$id"] and schema["title"] == name
        # Patterns are of ECMA 262, which Python's `re` does not know.
        kind.check_schema(schema, format_checker=jsonschema.FormatChecker(formats=()))


def walk(schema):
    if isinstance(schema, dict):
        yield schema
        for each in schema.values():
            yield from walk(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from walk(each)


def test_only_keywords_that_language_servers_know(schemas):
    later = {"dependentRequired", "dependentSchemas", "prefixItems", "unevaluatedProperties", "$anchor", "$dynamicRef"}
    for schema in schemas.values():
        for each in walk(schema):
            assert not later & each.keys()
            # They read names up to the next slash.
            assert re.fullmatch(r"#/\$defs/[a-z0-9_-]+", each.get("$ref", "#/$defs/x"))
            if "pattern" in each and isinstance(each["pattern"], str):
                editors.ecma(each["pattern"])


def test_every_key_has_a_description_and_every_default_is_possible(schemas):
    defaults = 0
    for schema in schemas.values():
        for each in walk(schema):
            for name, key in each.get("properties", {}).items() if each.get("additionalProperties") is False else ():
                if name == "Ref" or name.startswith("Fn::"):
                    continue
                assert len(key["description"]) > 10, name
                if "default" in key:
                    defaults += 1
                    here = {"$defs": schema["$defs"]} | key
                    assert not list(editors.validator(here).iter_errors(key["default"])), name
    assert defaults > 20


# Sound files


@pytest.fixture(scope="module")
def sound():
    """Path and text of every file on record that dorc reads without a mistake."""
    roots = [cases.CASES / name / "config" for name in cases.sound()] + [program.ROOT / "examples" / name for name in ("census", "minimal")]
    roots += [program.ROOT / "Tests" / "Python" / "department"]
    found = {path: path.read_text("utf-8-sig") for root in roots for path in described(root)}
    assert len(found) > 150
    return found


def test_no_sound_file_is_marked_wrong(sound, validators):
    assert {path: found for path, text in sound.items() if (found := editors.mistakes(validators[kind(path)], text))} == {}


def test_no_sound_example_of_the_documentation_is_marked_wrong(validators):
    count = 0
    for page in [program.ROOT / "README.md", *sorted((program.ROOT / "docs").glob("*.md"))]:
        # Each names its file (`test_documentation`).
        for path, block in re.findall(r"^```yaml (\S+)\n(.*?)^```$", page.read_text(), re.MULTILINE | re.DOTALL):
            name = kind(path)
            if name in validators:
                count += 1
                assert editors.mistakes(validators[name], whole(name, block)) == [], (page.name, block)
    assert count > 35


# A text where a value is, as a person would write it: of each kind of YAML 1.1 and 1.2.
SAMPLES = [
    *("x", "load", "dev", "'5'", '"true"', "5", "0", "007", "0x1f", "0o17", "1e3", "1.5", "-3", ".5", ".inf", ".nan", "true", "True"),
    *("FALSE", "yes", "no", "on", "null", "~", '""', "2030-01-01", "2030-01-01T06:00:00Z", "12:30:45", "1_000", "111122223333"),
    *("012345678901", "00012345e100", "10m", "0s", "1d", "90s", "99d", "400d", "2h", "a/b", "raw/x", "1/2", "Ref", "[x]", "[1, 2]"),
    *("[]", "{}", "{a: 1}", "{Ref: a}", "!Ref AWS::Region", '!Sub "${AWS::Region}"', "!ImportValue vpc", '!Split [",", "a,b"]'),
    *("{Fn::ImportValue: vpc}", '"{{resolve:ssm:/vpc}}"', '"${project}"', '"{% $states.input %}"', "vpc-0d0d0d0d", "sg-0d0d0d0d"),
    *("aws", "any", "fail", "tcp", "arm64", "10.0.0.0/16", "5432-5439", "<<", "é", "'a b'", "|\n    text\n", "!!str 5", "*"),
]


def test_what_dorc_reads_is_never_marked_wrong_whatever_stands_in_a_value(dorc, sound, validators, tmp_path):
    """Values of sound files replaced by others, at random: dorc decides which of them are sound."""
    numbers = random.Random(20310321)
    texts = [(path, text) for path, text in sorted(sound.items()) if path.name == "pipeline.yaml" and len(text) < 3000]
    projects = [(path, text) for path, text in sorted(sound.items()) if path.name == "dorc.yaml" and len(text) < 3000]
    pipelines = {}
    for index in range(400):
        pipelines[f"raw/p{index:04}"] = changed(numbers.choice(texts)[1], numbers)
    config = program.make_repository(tmp_path / "pipelines", pipelines)
    sound_ones, marked = compare(dorc, config, validators)
    for index in range(40):
        config = program.make_repository(tmp_path / f"project{index}", {"raw/x": "steps: [f]\n"})
        (config / "dorc.yaml").write_text(changed(numbers.choice(projects)[1], numbers))
        count, wrong = compare(dorc, config, validators)
        sound_ones, marked = sound_ones + count, marked | wrong
    assert marked == {} and sound_ones > 100


def changed(text: str, numbers: random.Random) -> str:
    """One scalar, list or mapping on one line replaced."""
    places = []

    def visit(node):
        if node.start_mark.line == node.end_mark.line and node.start_mark.index < node.end_mark.index:
            places.append((node.start_mark.index, node.end_mark.index))
        for each in node.value if not isinstance(node, yaml.ScalarNode) else ():
            for part in each[1:] if isinstance(each, tuple) else [each]:
                visit(part)

    visit(yaml.compose(text, Loader=yaml.BaseLoader))
    start, end = numbers.choice(places)
    return text[:start] + numbers.choice(SAMPLES) + text[end:]


# What the decoding of values and keys reports. A file with other mistakes is right as far as a schema goes.
OF_SCHEMAS = {
    *("unknown-key", "missing-key", "wrong-type", "invalid-value", "invalid-name", "invalid-duration", "out-of-range", "empty-value"),
    *("misplaced-key", "two-actions", "two-sources", "two-workflows", "two-topics", "half-network", "egress-ports", "for-each-source"),
    *("tag-not-allowed", "function-arguments", "unknown-pseudo-parameter", "dynamic-reference", "function-in-arguments", "reserved-tag"),
    *("yaml-syntax", "yaml-alias", "yaml-merge", "yaml-key", "yaml-duplicate-key", "yaml-escape", "yaml-documents", "empty-file"),
    *("variable-syntax", "no-condition", "no-list", "invalid-schedule", "reserved-variable", "jsonata-syntax", "may-be-no-list"),
    *("event-pattern", "invalid-bucket"),
}


def compare(dorc, config, validators) -> tuple[int, dict]:
    """How many files are sound, and those of them that are marked wrong."""
    errors = [each for each in dorc.diagnostics("check", "--config", config) if each["severity"] == "error"]
    # Of a step that runs an unknown pipeline, the expressions are not looked at.
    wrong = {each["file"] for each in errors if each["id"] in OF_SCHEMAS | {"unknown-pipeline"}}
    marked = {}
    agreed = 0
    for path in described(config):
        name = path.relative_to(config).as_posix()
        try:
            found = editors.mistakes(validators[kind(path)], path.read_text())
        except yaml.YAMLError:
            continue
        if name not in wrong:
            agreed += 1
            if found:
                marked[name] = (path.read_text(), found)
    return agreed, marked


# Mistakes


EXAMPLE = {
    "dorc.yaml": {"project": "project: census-demo\n", "region": "region: eu-west-2\n", "environments": "environments: {dev: {account: \"111122223333\"}}\n"},
    "pipeline.yaml": {"steps": "steps: [extract, load]\n"},
    "tests/*.yaml": {},
}


def whole(name: str, text: str) -> str:
    """An example that shows what matters, with the keys that a file needs on top, as `ExampleProject` puts them there."""
    keys = {line.split(":")[0] for line in text.split("\n")}
    missing = [] if "definition" in keys else [line for key, line in EXAMPLE[name].items() if key not in keys]
    return "".join(missing) + text


@pytest.fixture(scope="module")
def examples():
    """Of the catalogue: id and severity, and the files that have a schema, whole."""
    page = (program.ROOT / "docs" / "diagnostics.md").read_text()
    lenient = set(re.findall(r"^\| \[`([a-z0-9-]+)`\]\(#[a-z0-9-]+\) \([wn]\)", page, re.MULTILINE))
    found = {}
    for id, section in re.findall(r"^### `([a-z0-9-]+)`\n(.*?)(?=^### |^</details>)", page, re.MULTILINE | re.DOTALL):
        for path, text in re.findall(r"^`([^`\n]+)`\n\n```\w*\n(.*?)^```$", section, re.MULTILINE | re.DOTALL):
            name = kind(path)
            if name in EXAMPLE:
                found.setdefault(id, []).append((name, whole(name, text), id in lenient))
    assert len(found) > 90
    return found


def test_warnings_are_not_marked_wrong_by_editors(examples, validators):
    for id, files in examples.items():
        for name, text, is_lenient in files:
            if is_lenient:
                assert editors.mistakes(validators[name], text) == [], id


def test_mistakes_are_marked_but_for_those_that_a_schema_cannot_see(examples, validators):
    unseen = set()
    for id, files in examples.items():
        if any(is_lenient for _, _, is_lenient in files):
            continue
        try:
            if not any(editors.mistakes(validators[name], text) for name, text, _ in files):
                unseen.add(id)
        except yaml.YAMLError:
            pass
    assert unseen == UNSEEN


# What lies in the relation of values to each other, to other files or to AWS, in the text of expressions, references and patterns,
# in CloudFormation's tags, or in YAML itself.
UNSEEN = set("""
compute-network compute-size job-setting lambda-limit unknown-profile
arn-fields arn-partition arn-region duplicate-after duplicate-case duplicate-step duplicate-trigger dynamic-reference egress-twice
empty-file error-path express-map finally-step function-arguments image-region invalid-definition invalid-schedule
invalid-secret invalid-task json-syntax jsonata-mistake jsonata-syntax misnamed-function name-collision no-condition
no-case-folder no-definition no-dockerfile no-function no-slack-workspace no-source no-task-token pipeline-cycle policy-account registry-needs-account
registry-partition reserved-tag reserved-variable retry-errors run-timeout same-vpc slack-channel-twice slack-partition step-cycle tag-case tag-not-allowed tag-option
two-timeouts uncaught-handler unknown-environment unknown-mock unknown-pipeline unknown-pseudo-parameter unknown-step
unknown-timezone unknown-trigger unknown-variable unreachable-state unused-settings variable-needs-account variable-twice wildcard-resource yaml-duplicate-key yaml-merge yaml-budget
""".split())


def test_most_files_of_failing_cases_are_marked(dorc, validators, tmp_path):
    """Each is marked, or its mistakes are of a kind that a schema cannot see, or not always."""
    seen, unseen = 0, {}
    for case in cases.names():
        if case in cases.sound():
            continue
        config = cases.copy_config(case, tmp_path / case)
        if not (config / "dorc.yaml").exists():
            continue
        wrong = {}
        for each in dorc.diagnostics("check", "--config", config):
            if each["severity"] == "error":
                wrong.setdefault(each["file"], set()).add(each["id"])
        for path in described(config):
            name = path.relative_to(config).as_posix()
            # An editor has a budget too.
            if name not in wrong or "yaml-budget" in wrong[name]:
                continue
            try:
                found = editors.mistakes(validators[kind(path)], path.read_text("utf-8-sig"))
            except (yaml.YAMLError, UnicodeDecodeError, RecursionError):
                continue
            seen += bool(found)
            if not found and (others := wrong[name] - UNSEEN - SOMETIMES_UNSEEN):
                unseen[case, name] = others
    assert unseen == {} and seen >= 65


# Sums and lengths, of strings with variables too, have no words in a schema; of the values of strings with variables it says nothing.
SOMETIMES_UNSEEN = set("""
event-pattern invalid-bucket variable-syntax out-of-range misplaced-key missing-key invalid-value invalid-name environment-too-large history-too-long input-too-long
name-too-long pattern-too-long policy-too-large too-deep definition-too-large yaml-encoding
""".split())


# What `dorc-synth new` writes


@pytest.fixture
def made(dorc, tmp_path):
    root = tmp_path / "census-demo"
    dorc.succeed("new", "project", "census-demo", "--region", "eu-west-2", "--account", "012345678901", cwd=tmp_path)
    dorc.succeed("new", "pipeline", "curated/tables", "--description", "Makes 'tables': all of them", cwd=root)
    return root


def test_what_is_new_passes_yamllint_with_its_own_rules(made):
    files = sorted(made.rglob("*.yaml"))
    assert len(files) == 5
    result = subprocess.run(
        [sys.executable, "-m", "yamllint", "--strict", "--format", "parsable", *files], capture_output=True, text=True, cwd=made
    )
    assert (result.returncode, result.stdout) == (0, "")


def test_what_is_new_has_its_schema_and_follows_it(dorc, made, schemas, validators):
    assert dorc.diagnostics("check", "--config", made) == []
    for path in made.rglob("*.yaml"):
        (target,) = re.findall(r"^# yaml-language-server: \$schema=(\S+)$", path.read_text(), re.MULTILINE)
        schema = path.parent / target
        assert schema.resolve().is_relative_to(made.resolve())
        assert json.loads(schema.read_text()) == schemas[kind(path)]
        assert editors.mistakes(validators[kind(path)], path.read_text()) == []


def test_a_new_pipeline_of_a_project_without_schemas_names_none(dorc, tmp_path):
    config = program.make_repository(tmp_path / "old", {"raw/x": "steps: [f]\n"})
    dorc.succeed("new", "pipeline", "raw/y", "--config", config)
    assert "$schema" not in (config / "src/raw/y/pipeline.yaml").read_text()
    assert "$schema" not in (config / "src/raw/y/tests/first.yaml").read_text()
    (config / ".dorc").mkdir()
    (config / ".dorc/pipeline.schema.json").write_text(dorc.succeed("schema", "pipeline").stdout)
    dorc.succeed("new", "pipeline", "raw/z", "--config", config)
    assert "$schema=../../../.dorc/pipeline.schema.json\n" in (config / "src/raw/z/pipeline.yaml").read_text()


def test_the_settings_of_vs_code_name_every_tag_and_are_committed(dorc, made, validators):
    settings = json.loads((made / ".vscode/settings.json").read_text())
    tags = {each.split()[0] for each in settings["yaml.customTags"]}
    functions = validators["dorc.yaml"].schema["$defs"]["environment"]["properties"]["vpc_id"]["properties"]
    assert tags == {"!" + name.removeprefix("Fn::") for name in functions}
    assert all((made / schema).is_file() for schema in settings["yaml.schemas"])
    subprocess.run(["git", "init", "-q", made], check=True)
    ignored = subprocess.run(["git", "check-ignore", ".vscode/settings.json", ".dorc/dorc.schema.json"], cwd=made, capture_output=True)
    assert ignored.stdout == b""
    assert subprocess.run(["git", "check-ignore", "-q", ".vscode/launch.json"], cwd=made).returncode == 0


def test_another_schema_is_another_image_for_nobody(dorc, made, tmp_path):
    """Also where the Dockerfile copies the whole config repository."""
    (made / "Dockerfile").write_text("FROM scratch\nARG CODE_PATH\nCOPY --chmod=755 . /all/\nCMD [\"lambda.handler\"]\n")
    out = tmp_path / "out"
    dorc.succeed(out, "--config", made)
    for path in [*made.glob(".dorc/*"), *made.glob(".vscode/*"), *made.glob("src/*/*/tests/*")]:
        path.write_text("{}")
    dorc.succeed(out, "--config", made, "--check")
