"""The workflow for GitHub Actions in docs/ runs what it says."""

import os
import subprocess

import program
import pytest
import yaml

# Says what it is told, and knows the comments in the file `comments`.
GH = """#!/bin/sh
printf '%s\\n' "$*" >>calls
case "$*" in *--jq*) cat comments ;; esac
"""


@pytest.fixture
def workflow():
    text = (program.ROOT / "docs/github-actions.yaml").read_text(encoding="utf-8")
    # YAML 1.1 reads `on` as true.
    return yaml.load(text, Loader=yaml.BaseLoader)


def commands(workflow, job):
    return [step["run"] for step in workflow["jobs"][job]["steps"] if "run" in step]


def test_workflow_checks_pull_requests_and_deploys_main(workflow):
    assert set(workflow["on"]) == {"pull_request", "push"} and workflow["on"]["push"]["branches"] == ["main"]
    assert list(workflow["jobs"]) == ["check", "diff", "dev", "prod"]
    assert commands(workflow, "check") == ["dorc-synth check --strict --diagnostics-format github", "dorc-synth out/ --check"]
    for name, before in (("dev", "check"), ("prod", "dev")):
        job = workflow["jobs"][name]
        assert commands(workflow, name) == [f"out/deploy.sh {name}"]
        assert (job["needs"], job["if"], job["environment"]) == (before, "github.event_name == 'push'", name)


@pytest.mark.parametrize(("comments", "call"), [("", "api --silent repos/o/r/issues/7/comments"), ("41\n42\n", "api --silent --method PATCH repos/o/r/issues/comments/41")])
def test_the_difference_is_one_comment(dorc, workflow, tmp_path, comments, call):
    job = workflow["jobs"]["diff"]
    assert job["permissions"] == {"contents": "read", "pull-requests": "write"}
    bin, work = tmp_path / "bin", tmp_path / "work"
    program.write_files(tmp_path, {"bin/gh": GH, "work/comments": comments})
    (bin / "gh").chmod(0o755)
    (bin / "dorc-synth").symlink_to(dorc.path)
    settings = {"user.name": "a", "user.email": "a@example.com", "init.defaultBranch": "main"}
    git = ["git", *(part for name, value in settings.items() for part in ("-c", f"{name}={value}"))]
    program.write_files(work, {
        "dorc.yaml": "project: demo\nregion: eu-west-2\nenvironments: {dev: {account: '111122223333'}}\n",
        "Dockerfile": "FROM public.ecr.aws/lambda/python:3.12\nARG CODE_PATH\nCOPY ${CODE_PATH}/ ${LAMBDA_TASK_ROOT}/\nCMD [\"lambda.handler\"]\n",
        "src/raw/a/pipeline.yaml": "steps: [f]\n",
        "src/raw/a/f/lambda.py": "def handler(event, context):\n    return event\n",
    })  # fmt: skip
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "first"], ["update-ref", "refs/remotes/origin/main", "HEAD"]):
        subprocess.run([*git, *command], cwd=work, check=True)
    (work / "src/raw/a/pipeline.yaml").write_text("steps: [f]\ndefaults: {memory: 1024}\n")
    environment = os.environ | {
        "PATH": f"{bin}:{os.environ['PATH']}", "GITHUB_BASE_REF": "main", "GITHUB_REPOSITORY": "o/r", "NUMBER": "7",
        "GITHUB_STEP_SUMMARY": str(work / "summary.md")}  # fmt: skip
    for script in commands(workflow, "diff"):
        # As GitHub runs them.
        subprocess.run(["bash", "-e", "-c", script], cwd=work, env=environment, check=True)
    text = (work / "summary.md").read_text()
    assert text.startswith("<!-- dorc-synth diff -->") and "`MemorySize`" in text and "1024" in text
    assert (work / "calls").read_text().splitlines()[-1] == f"{call} -F body=@diff.md"
