"""`dorc-synth import airflow`: the Analytical Platform's workflow.yml and dag-factory, as a user runs it."""

from __future__ import annotations

import ast
import json
import shutil
import sys
from pathlib import Path

import program
import pytest
import yaml

SOURCES = Path(__file__).parent / "airflow"


def leaves(value) -> int:
    """Keys whose values have no keys of their own; a list of scalars is one value."""
    if isinstance(value, dict):
        return sum(1 if is_leaf(inner) else leaves(inner) for inner in value.values())
    if isinstance(value, list):
        return sum(1 if is_leaf(inner) else leaves(inner) for inner in value)
    return 0


def is_leaf(value) -> bool:
    if isinstance(value, dict):
        return not value
    return not isinstance(value, list) or not any(isinstance(inner, (dict, list)) for inner in value)


@pytest.fixture(scope="module", params=["platform", "dags"])
def imported(request, dorc, tmp_path_factory):
    folder = tmp_path_factory.mktemp("airflow")
    source = folder / request.param
    shutil.copytree(SOURCES / request.param, source)
    result = dorc.succeed("import", "airflow", source, "--into", folder / "made", "--region", "eu-west-2", "--json")
    return source, folder / "made", json.loads(result.stdout)


def test_every_key_is_in_the_report_and_the_counts_add_up(imported):
    source, _, made = imported
    report = made["report"]
    assert made["errors"] == 0 and made["mistakes"] == [] and made["isWritten"]
    assert report["takenOver"] + report["differs"] + report["noEquivalent"] == report["keys"] == len(report["entries"])
    keys = [entry for entry in report["entries"] if entry["key"] != "(file)"]
    files = [path for path in sorted(source.rglob("*.yml")) if path.is_file()]
    assert len(keys) == sum(leaves(yaml.safe_load(path.read_text())) for path in files)
    for entry in keys:
        assert (source / entry["file"]).is_file() and entry["line"] > 0
        assert entry.get("words") or entry.get("target"), entry
        assert "does not know this key" not in entry.get("words", ""), entry


def test_what_is_written_passes_check_and_becomes_templates(dorc, imported, tmp_path):
    _, made, _ = imported
    dorc.succeed("check", "--config", made)
    dorc.succeed(tmp_path / "out", "--config", made)
    for path in made.rglob("*.py"):
        ast.parse(path.read_text())


def test_decisions_are_marked_where_they_are_due(imported):
    _, made, report = imported
    text = "".join(path.read_text() for path in made.rglob("*") if path.is_file())
    assert report["report"]["decisions"] > 0
    assert "TODO" in text
    # No path of this machine.
    assert str(made.parent) not in text


def test_nothing_is_ever_overwritten(dorc, imported):
    source, made, _ = imported
    before = {path: path.read_bytes() for path in made.rglob("*") if path.is_file()}
    result = dorc.fail("import", "airflow", source, "--into", made, code=64)
    assert "dorc.yaml" in result.stderr
    assert {path: path.read_bytes() for path in made.rglob("*") if path.is_file()} == before


def test_a_dry_run_writes_nothing_and_a_run_ends_with_the_report(dorc, tmp_path):
    dry = dorc.succeed("import", "airflow", SOURCES / "platform", "--dry-run", cwd=tmp_path)
    assert list(tmp_path.iterdir()) == []
    wet = dorc.succeed("import", "airflow", SOURCES / "platform", cwd=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["platform"]
    assert dry.stdout.splitlines()[-1] == wet.stdout.splitlines()[-1]
    assert " keys: " in wet.stdout.splitlines()[-1]
    assert "\n    25  iam.athena" in wet.stdout


@pytest.mark.parametrize("part", ["environments/production", "environments/production/geography/boundaries", ""])
def test_a_part_of_a_repository_is_enough(dorc, tmp_path, part):
    shutil.copytree(SOURCES / "platform", tmp_path / "repo")
    dorc.succeed("import", "airflow", tmp_path / "repo" / part, "--into", tmp_path / "made")
    assert (tmp_path / "made/src/geography/boundaries/pipeline.yaml").is_file()
    assert "\n  production:\n" in (tmp_path / "made/dorc.yaml").read_text()


def test_a_file_that_cannot_be_read_stops_the_import_with_its_place(dorc, tmp_path):
    shutil.copytree(SOURCES / "platform", tmp_path / "repo")
    broken = tmp_path / "repo/environments/production/geography/boundaries/workflow.yml"
    broken.write_text(broken.read_text().replace("  tag: 3.2.1\n", "  tag: 3.2.1\n  tag: 3.2.2\n"))
    result = dorc.fail("import", "airflow", tmp_path / "repo", "--into", tmp_path / "made", code=1)
    assert "/repo/environments/production/geography/boundaries/workflow.yml:4:3\n" in result.stderr
    assert not (tmp_path / "made").exists()


def test_a_folder_without_workflows_is_wrong_usage(dorc, tmp_path):
    (tmp_path / "repo").mkdir()
    result = dorc.fail("import", "airflow", tmp_path / "repo", "--into", tmp_path / "made", code=64)
    assert "there is nothing to import" in result.stderr


def test_an_imported_dag_runs_here(dorc, tmp_path):
    """The callables of the folder are really called, with their arguments and for each item."""
    shutil.copytree(SOURCES / "dags", tmp_path / "dags")
    dorc.succeed("import", "airflow", tmp_path / "dags", "--into", tmp_path / "made")
    mock = tmp_path / "mock.yaml"
    mock.write_text("tell: {output: {MessageId: x}}\n")
    options = ["--environment", "prod", "--mock", mock, "--fast-wait", "--python", sys.executable]
    cache = {"DORC_CACHE_DIR": str(tmp_path / "cache")}
    result = dorc.succeed("run", "sales/ledger", "--config", tmp_path / "made", *options, env=cache)
    # `add_up` for each of what `regions` gives, with the constant beside it.
    assert json.loads(result.stdout) == [{"region": "north", "year": 2031}, {"region": "south", "year": 2031}]


DAG = """
nightly:
  schedule: "0 6 * * *"
  tasks:
    first: {operator: x.PythonOperator, python_callable: jobs.first, op_kwargs: {day: "{{ ds }}", path: "in/{{ ds_nodash }}/{{ ts }}"}}
    second: {operator: x.BashOperator, bash_command: "echo {{ data_interval_end }}; exit $(cat %s)", dependencies: [first]}
    mend: {operator: x.PythonOperator, python_callable: jobs.mend, trigger_rule: one_failed, dependencies: [second]}
"""


@pytest.mark.parametrize("status", [0, 3])
def test_times_and_trigger_rules_of_an_imported_dag_do_what_airflow_does(dorc, tmp_path, status):
    """A daily run has the date of the day before; a failure anywhere before `one_failed` leads to it."""
    (tmp_path / "status").write_text(str(status))
    (tmp_path / "dags").mkdir()
    (tmp_path / "dags/x.yml").write_text(DAG % (tmp_path / "status"))
    (tmp_path / "dags/jobs.py").write_text(
        "def first(**given):\n    print('first got', given)\n    return given\n\n\n"
        f"def mend():\n    open({str(tmp_path / 'mended')!r}, 'w').close()\n"
    )
    report = json.loads(
        dorc.succeed("import", "airflow", tmp_path / "dags", "--into", tmp_path / "made", "--json").stdout
    )["report"]
    outcomes = {entry["key"].removeprefix("nightly.tasks."): entry for entry in report["entries"]}
    assert outcomes["first.op_kwargs.day"]["outcome"] == "differs"
    assert outcomes["mend.trigger_rule"]["target"].endswith("pipeline.yaml: finally[0].when")
    run = dorc.succeed if status == 0 else dorc.fail
    result = run(
        "run", "dags/nightly", "--config", tmp_path / "made", "--python", sys.executable,
        "--input", '{"scheduled_time": "2031-03-01T06:00:00Z"}', env={"DORC_CACHE_DIR": str(tmp_path / "cache")},
    )  # fmt: skip
    assert "'day': '2031-02-28'" in result.stderr
    assert "'path': 'in/20310228/2031-02-28T06:00:00+00:00'" in result.stderr
    assert "2031-03-01T06:00:00+00:00" in result.stderr
    assert (tmp_path / "mended").exists() == (status != 0)


@pytest.mark.parametrize(
    "path, text, place",
    [
        ("environments/production/a/b/workflow.yml", "", "1:1"),
        ("environments/production/a/b/workflow.yml", "dag: 5\n", "1:6"),
        ("environments/production/a/b/workflow.yml", "tags: {owner: x}\n", "1:1"),
        ("dags/x.yml", "d:\n  tasks: {a: {operator: x.EmptyOperator}}\ne: 5\n", "3:1"),
        ("dags/x.yml", "d:\n  tasks: {a: 5}\n", "2:11"),
    ],
)
def test_a_file_without_a_dag_stops_the_import_and_says_what_to_do(dorc, tmp_path, path, text, place):
    shutil.copytree(SOURCES / "platform", tmp_path / "repo")
    file = tmp_path / "repo" / path
    file.parent.mkdir(parents=True)
    file.write_text(text)
    result = dorc.fail("import", "airflow", tmp_path / "repo", "--into", tmp_path / "made", code=1)
    assert f"{path}:{place}\n" in result.stderr
    assert ": write " in result.stderr
    assert not (tmp_path / "made").exists()


ALL_DONE = """
nightly:
  tasks:
    fails: {operator: x.BashOperator, bash_command: "exit 3"}
    works: {operator: x.BashOperator, bash_command: "echo works"}
    any: {operator: x.BashOperator, bash_command: "echo any", dependencies: [fails, works], trigger_rule: all_done}
    last: {operator: x.BashOperator, bash_command: "echo last", dependencies: [any]}
"""


def test_a_run_goes_on_after_a_failure_where_a_task_runs_in_any_case(dorc, tmp_path):
    (tmp_path / "dags").mkdir()
    (tmp_path / "dags/x.yml").write_text(ALL_DONE)
    dorc.succeed("import", "airflow", tmp_path / "dags", "--into", tmp_path / "made")
    options = ["--fast-wait", "--python", sys.executable]
    cache = {"DORC_CACHE_DIR": str(tmp_path / "cache")}
    result = dorc.succeed("run", "dags/nightly", "--config", tmp_path / "made", *options, env=cache)
    # As in Airflow, the run succeeds, since its last task does.
    assert json.loads(result.stdout) == "last"
    assert "fails failed: CommandFailed" in result.stderr
