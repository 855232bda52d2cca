"""The action for GitHub, the project's own workflows and the hooks of pre-commit: what they call is there."""

from __future__ import annotations

import os
import re
import subprocess

import program
import pytest
import yaml

WORKFLOWS = sorted((program.ROOT / ".github/workflows").glob("*.yml"))
# In the place of pipx: says what it is told.
PIPX = """#!/bin/sh
printf '%s\\n' "$*" >>"$CALLS"
"""


def load(path):
    return yaml.load((program.ROOT / path).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def scripts(path):
    document = load(path)
    jobs = document["jobs"].values() if "jobs" in document else [document["runs"]]
    return [step["run"] for job in jobs for step in job["steps"] if "run" in step]


@pytest.mark.parametrize("path", [*WORKFLOWS, program.ROOT / "action.yml"], ids=lambda path: path.name)
def test_scripts_of_workflows_are_shell_and_call_what_is_there(path):
    targets = set(re.findall(r"^([a-z-]+):", (program.ROOT / "Makefile").read_text(), re.MULTILINE))
    assert scripts(path)
    for script in scripts(path):
        subprocess.run(["bash", "-n", "-c", script], check=True)
        for words in re.findall(r"^make ([a-z -]+)$", script, re.MULTILINE):
            assert set(words.split()) <= targets
        for name in re.findall(r"^(\.ci/\S+)", script, re.MULTILINE):
            assert os.access(program.ROOT / name, os.X_OK)


def act(dorc, folder, tmp_path, **inputs):
    """The steps of action.yml as the runner of GitHub runs them, up to the first that fails: exit status and output."""
    document = load("action.yml")
    values = {name: each["default"] for name, each in document["inputs"].items()} | inputs
    bin = tmp_path / "bin"
    program.write_files(bin, {"pipx": PIPX})
    (bin / "pipx").chmod(0o755)
    (bin / "dorc-synth").unlink(missing_ok=True)
    (bin / "dorc-synth").symlink_to(dorc.path)
    output = ""
    for step in document["runs"]["steps"]:
        if step.get("if") == "inputs.output != ''" and not values["output"]:
            continue
        variables = {
            name: re.sub(r"\$\{\{ inputs\.(\w+) \}\}", lambda match: values[match[1]], value)
            for name, value in step.get("env", {}).items()
        }
        result = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]], capture_output=True, text=True,
            cwd=folder / (values["config"] if "working-directory" in step else "."), check=False,
            env=os.environ | variables | {"PATH": f"{bin}:{os.environ['PATH']}", "CALLS": str(tmp_path / "calls")})
        output += result.stdout + result.stderr
        if result.returncode:
            return result.returncode, output
    return 0, output


def test_the_action_passes_a_project_that_is_up_to_date(dorc, tmp_path):
    repository = program.make_repository(tmp_path / "work", {"raw/x": "steps: [f]\n"})
    dorc.succeed("out/", cwd=repository)
    status, output = act(dorc, tmp_path, tmp_path, config="work", version="0.1.0")
    assert status == 0, output
    assert (tmp_path / "calls").read_text() == "install dorc-synth==0.1.0\n"


def test_the_action_fails_where_templates_are_old_or_definitions_wrong(dorc, tmp_path):
    repository = program.make_repository(tmp_path / "work", {"raw/x": "steps: [f]\n"})
    assert act(dorc, repository, tmp_path)[0] == 1
    # Without an output folder the definitions alone count.
    assert act(dorc, repository, tmp_path, output="")[0] == 0
    program.write_files(repository, {"src/raw/x/pipeline.yaml": "steps: [g]\n"})
    status, output = act(dorc, repository, tmp_path, output="")
    assert status == 1 and "::error file=src/raw/x/pipeline.yaml,line=1" in output
    assert (tmp_path / "calls").read_text() == "install dorc-synth\n" * 3


def test_the_action_can_be_strict(dorc, tmp_path):
    repository = program.make_repository(tmp_path / "work", {"raw/x": "steps: [f]\n"})
    program.write_files(repository, {"src/raw/x/unused/lambda.py": "def handler(event, context):\n    pass\n"})
    assert act(dorc, repository, tmp_path, output="")[0] == 0
    assert act(dorc, repository, tmp_path, output="", strict="true")[0] == 1


def test_the_hooks_of_pre_commit_run(dorc, tmp_path):
    repository = program.make_repository(tmp_path / "work", {"raw/x": "steps: [f]\n"})
    hooks = {each["id"]: each for each in load(".pre-commit-hooks.yaml")}
    assert set(hooks) == {"dorc-check", "dorc-synth"}
    for hook in hooks.values():
        name, *words = hook["entry"].split()
        assert name == "dorc-synth"
        dorc.succeed(*words, cwd=repository)
    watched = re.compile(hooks["dorc-check"]["files"])
    files = ("dorc.yaml", "src/raw/x/pipeline.yaml", "src/raw/x/f/lambda.py", "Dockerfile", "src/raw/x/workflow.asl.yaml")
    assert all(watched.search(file) for file in files) and not watched.search("README.md")


def test_the_page_on_pypi_leads_to_the_repository(monkeypatch):
    monkeypatch.syspath_prepend(str(program.ROOT / "packaging"))
    import wheel

    page = wheel.page().decode()
    links = re.findall(r"\]\(([^)]+)\)", page)
    assert "https://raw.githubusercontent.com/dorc-dev/dorc/main/docs/images/returns.svg" in links
    assert len(links) > 20 and all(link.startswith(("https://", "#")) for link in links)
    assert "https://github.com/dorc-dev/dorc/blob/main/docs/compute.md" in links
    assert "blob/main/#" not in page
