"""The workflow for GitHub Actions in docs/ runs what it says."""

import hashlib
import os
import re
import subprocess
import sys
import tarfile
from pathlib import Path

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
    assert [command for command in commands(workflow, "check") if command.startswith("dorc-synth")] == [
        "dorc-synth check --strict --diagnostics-format github", "dorc-synth test", "dorc-synth out/ --check",
    ]  # fmt: skip
    for name, before, options in (("dev", "check", ""), ("prod", "dev", " --images-from dev")):
        job = workflow["jobs"][name]
        assert commands(workflow, name)[-1] == f"out/deploy.sh {name}{options}"
        assert (job["needs"], job["if"], job["environment"]) == (before, "github.event_name == 'push'", name)


def test_images_of_the_tested_environment_are_read_with_its_own_credentials(workflow, tmp_path):
    steps = workflow["jobs"]["prod"]["steps"]
    roles = [step["with"]["role-to-assume"] for step in steps if step.get("uses", "").startswith("aws-actions/configure")]
    assert roles == ["${{ vars.IMAGES_ROLE_ARN }}", "${{ vars.DEPLOY_ROLE_ARN }}"]
    profile = steps[-1]["env"]["DORC_SOURCE_PROFILE"]
    # As GitHub has the AWS CLI: the variables of the first role, then those of the second one.
    folder = {"AWS_CONFIG_FILE": str(tmp_path / "config"), "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "credentials"),
              "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "HOME": str(tmp_path)}  # fmt: skip
    keys = {"AWS_ACCESS_KEY_ID": "AKIAIMAGES", "AWS_SECRET_ACCESS_KEY": "secret/of+images", "AWS_SESSION_TOKEN": "token=="}
    script = next(step["run"] for step in steps if "aws configure" in step.get("run", ""))
    subprocess.run(["bash", "-e", "-c", script], env=folder | keys, check=True)
    other = {key: "of-prod" for key in keys}
    show = "from botocore.session import Session; c = Session(profile=%r).get_credentials(); print(c.access_key, c.secret_key, c.token)"
    shown = [subprocess.run([sys.executable, "-c", show % name], env=folder | other, capture_output=True, text=True, check=True).stdout.split() for name in (profile, None)]
    assert shown == [list(keys.values()), list(other.values())]


def test_every_command_of_the_workflow_exists_with_its_options(dorc, workflow):
    calls = {call for job in workflow["jobs"] for script in commands(workflow, job) for call in re.findall(r"^dorc-synth (.*)$", script, re.MULTILINE)}
    assert len(calls) == 4
    for call in calls:
        command, *words = call.split()
        help = dorc.succeed("synth" if command == "out/" else command, "--help").stdout
        for option in (word for word in words if word.startswith("--")):
            assert f" {option} " in help, call


@pytest.mark.parametrize("sound", [True, False])
def test_each_job_installs_the_version_whose_checksum_is_right(workflow, tmp_path, sound):
    steps = [next(step for step in job["steps"] if step.get("name") == "Install dorc-synth") for job in workflow["jobs"].values()]
    assert len(steps) == 4 and all(step == steps[0] for step in steps)
    # In the place of GitHub: a release with a tarball, whose program says which one it is.
    name = f"dorc-synth-{workflow['env']['DORC_VERSION']}-x86_64-linux"
    program.write_files(tmp_path, {f"release/{name}/dorc-synth": "#!/bin/sh\necho installed\n", "bin/gh": f'#!/bin/sh\ncp "{tmp_path}/release.tar.gz" "$RUNNER_TEMP/{name}.tar.gz"\n'})
    (tmp_path / f"release/{name}/dorc-synth").chmod(0o755)
    (tmp_path / "bin/gh").chmod(0o755)
    (tmp_path / "temp").mkdir()
    with tarfile.open(tmp_path / "release.tar.gz", "w:gz") as file:
        file.add(tmp_path / "release" / name, name)
    digest = hashlib.sha256((tmp_path / "release.tar.gz").read_bytes()).hexdigest()
    variables = workflow["env"] | {"DORC_SHA256": digest} if sound else workflow["env"]
    environment = os.environ | variables | {
        "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}", "RUNNER_TEMP": str(tmp_path / "temp"), "GITHUB_PATH": str(tmp_path / "path")}  # fmt: skip
    found = subprocess.run(["bash", "-eo", "pipefail", "-c", steps[0]["run"]], env=environment, capture_output=True)
    assert (found.returncode == 0) == sound and (tmp_path / "path").exists() == sound
    if sound:
        folder = (tmp_path / "path").read_text().strip()
        assert subprocess.run([f"{folder}/dorc-synth"], capture_output=True, text=True).stdout == "installed\n"


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
    for script in commands(workflow, "diff")[1:]:
        # As GitHub runs them.
        subprocess.run(["bash", "-e", "-c", script], cwd=work, env=environment, check=True)
    text = (work / "summary.md").read_text()
    assert text.startswith("<!-- dorc-synth diff -->") and "`MemorySize`" in text and "1024" in text
    assert (work / "calls").read_text().splitlines()[-1] == f"{call} -F body=@diff.md"
