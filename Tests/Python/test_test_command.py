"""`dorc-synth test`: the program as a whole, with cases beside pipelines; and `run --mock`."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import program
import pytest

EXAMPLE = program.ROOT / "examples" / "census"
FAIL = "def handler(event, context):\n    raise ValueError(f\"no rows in {event!r}\")\n"


@pytest.fixture(scope="session")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def variables(cache):
    return {"DORC_CACHE_DIR": str(cache), "PYTHONDONTWRITEBYTECODE": ""}


@pytest.fixture
def test(dorc, variables):
    """`test` with the Python of the tests, which has jsonata-python."""

    def start(config, *arguments, env=(), code=0, command="test", **options):
        options["env"] = variables | dict(env)
        result = dorc.run(command, "--config", config, "--python", sys.executable, *arguments, **options)
        assert result.returncode == code, program.describe(result)
        return result

    return start


@pytest.fixture
def config(tmp_path):
    """`raw/p`, of two steps, of which the first echoes and the second can be changed."""
    root = program.make_repository(tmp_path / "config", {"raw/p": "steps: [f, {name: g, function: f, retry: 2}]\n"})
    return root


def write(root: Path, text: str, pipeline="raw/p", name="first.yaml") -> None:
    program.write_files(root, {f"src/{pipeline}/tests/{name}": text})


def function(root: Path, code: str, pipeline="raw/p", name="f") -> None:
    program.write_files(root, {f"src/{pipeline}/{name}/lambda.py": code})


def verdicts(result) -> list[str]:
    """`passed` or `FAILED` and the title of each, in their order."""
    return [line.rpartition(" (")[0] for line in result.stdout.splitlines() if line.startswith(("passed", "FAILED"))]


# What passes


@pytest.mark.parametrize("environment", ["dev", "prod"])
def test_the_cases_of_the_example_pass(test, environment):
    result = test(EXAMPLE, "--environment", environment, "--jobs", "2")
    lines = verdicts(result)
    assert all(line.startswith("passed  ") for line in lines)
    assert {line.split()[1].rstrip(":") for line in lines} == {"curated/quality", "curated/tables", "raw/geography", "raw/returns"}
    assert re.search(rf"^{len(lines)} cases: {len(lines)} passed, 0 failed, \d+\.\d\d s$", result.stdout.splitlines()[-1])


def test_what_new_makes_passes_at_once(dorc, test, tmp_path):
    dorc.succeed("new", "project", "census-demo", "--region", "eu-west-2", cwd=tmp_path)
    root = tmp_path / "census-demo"
    dorc.succeed("new", "pipeline", "curated/tables", "--function", "select", cwd=root)
    result = test(root)
    assert verdicts(result) == [
        f"passed  {pipeline}: the event is passed on" for pipeline in ("curated/tables", "raw/example")
    ]


def test_cases_of_some_pipelines_and_with_some_text(test, tmp_path):
    root = program.make_repository(tmp_path / "config", {"raw/a": "steps: [f]\n", "raw/b": "steps: [f]\n"})
    for pipeline in ("raw/a", "raw/b"):
        write(root, "cases: [{name: one, expect: {output: {}}}, {name: two, input: 2, expect: {output: 2}}]", pipeline)
    write(root, "cases: [{name: three, expect: {output: {}}}]", "raw/b", "second.yaml")
    a, b = (["one", "two"], ["one", "two", "three"])
    titles = lambda pipeline, names: [f"passed  {pipeline}: {name}" for name in names]
    assert verdicts(test(root)) == titles("raw/a", a) + titles("raw/b", b)
    assert verdicts(test(root, "raw/b")) == titles("raw/b", b)
    assert verdicts(test(root, "raw/b", "raw/a", "--case", "two")) == titles("raw/a", ["two"]) + titles("raw/b", ["two"])
    assert verdicts(test(root, "-k", "raw/a: one")) == titles("raw/a", ["one"])


def test_a_pipeline_that_is_started_runs_too_and_its_steps_can_have_mocks(test, tmp_path):
    root = program.make_repository(
        tmp_path / "config",
        {"raw/a": "steps: [f, {name: child, pipeline: raw/b}]\n", "raw/b": "steps: [{name: g, function: f}]\n"},
    )
    function(root, "def handler(event, context):\n    return {'seen': event}\n", "raw/b")
    write(
        root,
        """
        cases:
          - {name: runs, input: 1, expect: {output: {seen: 1}}}
          - {name: with a mock inside, mocks: {raw/b/g: {output: 2}}, expect: {output: 2}}
          - {name: with a mock instead, mocks: {child: {output: 3}}, expect: {output: 3}}
          - {name: fails inside, mocks: {raw/b/g: {error: Busy, cause: try later}}, expect: {error: States.TaskFailed, cause: try later}}
        """,
        "raw/a",
    )
    assert len(verdicts(test(root))) == 4


def test_mocks_in_a_list_are_answers_one_after_the_other_and_nothing_waits(test, config):
    write(
        config,
        """
        mocks:
          g: [{error: Busy}, {error: Busy}, {output: 7}]
        cases:
          - {name: third try, expect: {output: 7}}
          - {name: again, expect: {output: 7}}
          - {name: too often, mocks: {g: {error: Busy, cause: 503}}, expect: {error: Busy, cause: "503"}}
        """,
    )
    assert len(verdicts(test(config))) == 3


def test_values_are_those_that_a_reader_of_yaml_expects(test, config):
    write(
        config,
        """
        cases:
          - name: what is not JSON is a string
            input: {day: 2024-01-01, id: 012, on: yes, at: 12:30, none: ~, big: 12345678901234567890, x: 1.0}
            expect:
              output: {"day": "2024-01-01", "id": "012", "on": "yes", "at": "12:30", "none": null, "big": 12345678901234567890, "x": 1}
        """,
    )
    assert len(verdicts(test(config))) == 1
    write(config, "cases: [{name: a, input: {big: 12345678901234567890}, expect: {output: {big: 12345678901234567891}}}]")
    assert '+  "big": 12345678901234567890' in test(config, code=1).stdout


def test_variables_events_and_secrets_are_those_of_the_case_and_its_environment(test, tmp_path):
    root = program.make_repository(
        tmp_path / "config",
        {
            "raw/p": "steps: [f]\nfunctions: {f: {secrets: {KEY: \"vault:key\"}}}\n"
            "triggers: [{name: nightly, schedule: \"0 6 * * *\", input: {full: true}}]\n"
        },
        environments="{dev: {variables: {bucket: landing-dev}}, prod: {variables: {bucket: landing-prod}}}",
    )
    function(root, "import os\ndef handler(event, context):\n    return [os.environ['KEY'], event.get('full'), event.get('detail', {}).get('bucket')]\n")
    write(
        root,
        """
        secrets: {KEY: not-the-real-one}
        cases:
          - {name: by schedule, event: schedule, expect: {output: [not-the-real-one, true, null]}}
          - {name: by object, event: "s3:${bucket}/a.csv", secrets: {KEY: other}, expect: {output: [other, null, {name: "${bucket}"}]}}
        """,
    )
    for environment in ("dev", "prod"):
        assert len(verdicts(test(root, "--environment", environment))) == 2


# What fails


def test_a_failed_case_tells_where_it_is_what_differs_and_what_handlers_said(test, config, tmp_path):
    function(config, "def handler(event, context):\n    print('seen', event['rows'])\n    event['rows'] += 1\n    return event\n")
    write(
        config,
        """\
cases:
  - name: counts
    input: {rows: 1, name: census}
    expect: {output: {rows: 4, name: census}}
  - name: right
    input: {rows: 1}
    expect: {output: {rows: 3}}
""",
    )
    result = test(config, "--junit", tmp_path / "deep/junit.xml", code=1)
    first, *rest = result.stdout.splitlines()
    assert first.startswith("FAILED  raw/p: counts (") and rest[0] == "        src/raw/p/tests/first.yaml:2"
    assert [line for line in rest if line.strip()[:1] in ("+", "-")] == [
        *("        --- expected", "        +++ found", '        -  "rows": 4', '        +  "rows": 3')
    ]
    assert "        f | seen 1" in rest and "        g | seen 2" in rest
    assert rest[-2].startswith("passed  raw/p: right") and rest[-1].startswith("2 cases: 1 passed, 1 failed, ")
    (suite,) = ElementTree.parse(tmp_path / "deep/junit.xml").getroot()
    assert (suite.get("name"), suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("raw/p", "2", "1", "0")
    counts, right = suite
    assert (counts.get("name"), counts.get("file"), counts.get("line")) == ("counts", "src/raw/p/tests/first.yaml", "2")
    assert '+  "rows": 3' in counts.find("failure").text and right.find("failure") is None


@pytest.mark.parametrize(
    "expect, message",
    [
        ("{output: 1}", "expected an output, but the run failed with ValueError: no rows in {}"),
        ("{error: KeyError}", "expected the error KeyError, but the run failed with ValueError: no rows in {}"),
        ("{error: ValueError, cause: columns}", "expected the error ValueError with 'columns' in its cause, but the cause is"),
    ],
)
def test_another_end_is_told(test, config, expect, message):
    function(config, FAIL)
    write(config, f"cases: [{{name: a, expect: {expect}}}]")
    assert message in test(config, code=1).stdout


def test_a_step_without_a_mock_prints_its_call(test, tmp_path):
    permissions = "permissions: [{actions: [sns:Publish], resources: ['arn:aws:sns:eu-west-2:111122223333:told']}]"
    task = f"{{name: tell, task: 'arn:aws:states:::sns:publish', arguments: {{Message: hello}}, {permissions}}}"
    root = program.make_repository(tmp_path / "config", {"raw/p": f"steps: [f, {task}]\n"})
    write(root, "cases: [{name: a, expect: {output: 1}}, {name: b, mocks: {tell: {output: 1}}, expect: {output: 1}}]")
    result = test(root, code=1)
    assert [line.split()[0] for line in verdicts(result)] == ["FAILED", "passed"]
    assert "in `mocks` of the case" in result.stdout and '"Message": "hello"' in result.stdout


def test_junit_takes_control_characters(test, config, tmp_path):
    function(config, "def handler(event, context):\n    print('\\x1b[31m \\x00 ]]> <b>')\n    return '\\x01\\x1b & <x>'\n")
    write(config, 'cases: [{name: "<a> & é", expect: {output: "\\x02"}}]')
    test(config, "--junit", tmp_path / "junit.xml", code=1)
    ((case,),) = ElementTree.parse(tmp_path / "junit.xml").getroot()
    assert case.get("name") == "<a> & é" and "& <x>" in case.find("failure").text and "]]> <b>" in case.find("system-out").text


def test_json_has_an_object_a_case_and_a_summary(test, config):
    write(config, "cases:\n- {name: a, input: 1, expect: {output: 1}}\n- {name: b, input: 1, expect: {output: 2}}\n")
    *cases, summary = map(json.loads, test(config, "--json", code=1).stdout.splitlines())
    assert [(each["pipeline"], each["case"], each["line"], each["passed"]) for each in cases] == [("raw/p", "a", 2, True), ("raw/p", "b", 3, False)]
    assert (summary["event"], summary["passed"], summary["failed"]) == ("summary", 1, 1)


def test_a_report_that_cannot_be_written_is_told(test, config):
    write(config, "cases: [{name: a, expect: {output: {}}}]")
    assert "error: --junit /dev/null/x" in test(config, "--junit", "/dev/null/x", code=1).stderr


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="processes are found by /proc")
def test_an_interrupted_test_ends_at_once_and_leaves_no_process(dorc, config, variables, tmp_path):
    mark = tmp_path / "mark"
    function(config, f"import os, time\ndef handler(event, context):\n    with open({str(mark)!r}, 'w') as file:\n        file.write(f'{{os.getpid()}}\\n')\n    time.sleep(60)\n")
    write(config, "cases: [{name: a, expect: {output: 1}}, {name: b, expect: {output: 1}}]")
    process = dorc.start("test", "--config", config, "--python", sys.executable, env=variables, stdout=subprocess.PIPE, encoding="utf-8")
    while not (mark.exists() and mark.read_text().endswith("\n")):
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=program.PATIENCE)
    assert process.returncode == 130
    assert out.startswith("0 cases: 0 passed, 0 failed, interrupted before the end of 2, ")
    assert not os.path.exists(f"/proc/{mark.read_text().strip()}")


# What is wrong before anything runs


def test_mistakes_in_cases_are_found_by_check_and_keep_all_cases_from_running(dorc, test, config):
    write(config, "cases: [{name: a, expect: {output: {}}}]", name="good.yaml")
    write(config, "cases: [{name: b, mocks: {h: {output: 1}}, expect: {outptu: 1}}]", name="bad.yaml")
    found = [(each["id"], each["file"]) for each in dorc.diagnostics("check", "--config", config)]
    assert found == [("unknown-mock", "src/raw/p/tests/bad.yaml"), ("unknown-key", "src/raw/p/tests/bad.yaml")]
    result = test(config, code=1)
    assert result.stdout == "" and "error[unknown-mock]" in result.stderr and "did you mean `output`?" in result.stderr
    # Templates have nothing to do with them.
    dorc.succeed(config.parent / "out", "--config", config)


def test_a_project_without_cases_says_what_to_write_and_that_passes(test, config):
    for arguments in ([], ["raw/p"]):
        result = test(config, *arguments, code=64)
        assert "have no cases" in result.stderr or "`raw/p` has no cases" in result.stderr
        path, text = re.search(r"`(src/raw/p/tests/first\.yaml)`\n((?:  .*\n)+)", result.stderr).groups()
    program.write_files(config, {path: text})
    assert verdicts(test(config)) == ["passed  raw/p: what the case shows"]


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["raw/q"], "raw/q"),
        (["--environment", "nowhere"], "nowhere"),
        (["--case", "nothing like it"], "nothing like it"),
        (["--jobs", "0"], "--jobs"),
        (["--jobs", "many"], "many"),
        (["--secrets", "nowhere.env"], "nowhere.env"),
    ],
)
def test_wrong_usage(test, config, arguments, message):
    write(config, "cases: [{name: a, expect: {output: {}}}]")
    assert message in test(config, *arguments, code=64).stderr


def test_a_tests_folder_changes_nothing_that_is_written(dorc, tmp_path):
    roots = [shutil.copytree(EXAMPLE, tmp_path / name) for name in ("with", "without")]
    for folder in roots[1].glob("src/*/*/tests"):
        shutil.rmtree(folder)
    outputs = [tmp_path / f"out-{root.name}" for root in roots]
    for root, out in zip(roots, outputs):
        (root / ".dockerignore").unlink()
        dorc.succeed(out, "--config", root)
    assert program.contents(outputs[0]) == program.contents(outputs[1])


# Mocks of runs


def test_mocks_of_a_run_are_yaml_with_located_mistakes(test, config, tmp_path):
    path = tmp_path / "mocks.yaml"
    path.write_text("g: {output: {day: 2024-01-01}}\n")
    assert json.loads(test(config, "--mock", path, command="run").stdout) == {"day": "2024-01-01"}
    path.write_text('{"g": {"output": "${environment}"}}')
    assert json.loads(test(config, "--mock", path, command="run").stdout) == "dev"
    path.write_text("f: {output: 1}\nh: {output: 1}\n")
    result = test(config, "--mock", path, command="run", code=1)
    assert result.stdout == "" and f"{path}:2:1" in result.stderr and "`raw/p` has no step `h`" in result.stderr
    assert "nowhere.yaml" in test(config, "--mock", tmp_path / "nowhere.yaml", command="run", code=64).stderr
    assert "--mock" in test(config, "--mock", tmp_path, command="run", code=64).stderr
    pipe = subprocess.run(
        ["bash", "-c", f'"$0" run --config "{config}" --python "{sys.executable}" --mock <(echo "g: {{output: 5}}")', program.find().path],
        capture_output=True, text=True, env=program.environment({"DORC_CACHE_DIR": str(tmp_path / "cache")}),
    )
    assert pipe.stdout == "5\n", program.describe(pipe)


# pytest


def test_the_recipes_for_pytest_in_the_documentation_work(test, config, tmp_path, variables):
    page = (program.ROOT / "docs" / "testing.md").read_text()
    recipes = re.findall(r"^```python\n(.*?)^```$", page[page.index("## With pytest"):], re.MULTILINE | re.DOTALL)
    assert len(recipes) == 2 and len(recipes[0].splitlines()) == 2
    write(config, "cases: [{name: a, input: 1, expect: {output: 1}}]")
    (config / "test_cases.py").write_text(recipes[0])
    (config / "test_run.py").write_text(recipes[1].replace("raw/census", "raw/p"))
    names = tmp_path / "bin"
    names.mkdir()
    (names / "dorc-synth").symlink_to(program.find().path)
    env = program.environment(variables | {"PATH": f"{names}:{os.environ['PATH']}", "VIRTUAL_ENV": sys.prefix})

    def pytest_says() -> str:
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", config, config]
        return subprocess.run(list(map(str, command)), cwd=config, env=env, capture_output=True, text=True).stdout

    assert "2 passed" in pytest_says()
    write(config, "cases: [{name: b, input: 1, expect: {output: 2}}]")
    said = pytest_says()
    assert "1 failed, 1 passed" in said and "FAILED  raw/p: b" in said
