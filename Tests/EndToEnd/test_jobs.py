"""Functions that run as jobs of AWS Batch: deployed, and run with the real runner in a process against the mock AWS."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

import program
import pytest

from mock_aws import MockAWS, jobs, machines, network
from mock_aws.functions import folder_of
from test_end_to_end import PREFIX, World, machine, make_network, make_policies, wait_for

DORC = """\
project: census-e2e
region: eu-west-2
compute_profiles:
  small: {vcpu: 1, memory: 2048}
environments:
  dev:
    account: "123456789012"
    vpc_id: "{{resolve:ssm:/network/vpc-id}}"
    private_subnet_ids: ["{{resolve:ssm:/network/subnet-a}}", "{{resolve:ssm:/network/subnet-b}}"]
"""
PIPELINE = """\
functions:
  train:
    compute: {profile: small, spot: true}
    environment: {LEVEL: high}
    secrets: {API_KEY: "census/api-key:key"}
  report: {image: "123456789012.dkr.ecr.eu-west-2.amazonaws.com/team/report:v1", compute: small}
steps:
  - prepare
  - {name: train, arguments: {do: "{% $states.input.do %}", rows: "{% $states.input.rows %}"}, catch: {errors: [ApiBusy, Batch.JobFailed], next: tell}}
  - {name: each, function: train, for_each: "{% $states.input.rows %}", arguments: {do: item, row: "{% $states.input %}"}}
  - {name: report, command: [-c, "{% $states.context.Execution.Input.program %}"], environment: {ROWS: "{% $string($count($states.input)) %}"}}
  - {name: tell, only_on_error: true, then: fail}
"""
TRAIN = """\
import os, time

class ApiBusy(Exception):
    pass

def handler(event, context):
    assert os.environ["LEVEL"] == "high" and os.environ["API_KEY"] == "s3cret"
    if event["do"] == "raise":
        raise ApiBusy("try later")
    if event["do"] == "die":
        os.kill(os.getpid(), 9)
    if event["do"] == "leave":
        os._exit(0)
    if event["do"] == "wait":
        time.sleep(60)
    if event["do"] == "until":
        while not os.path.exists(os.path.join(os.path.dirname(__file__), "end")):
            time.sleep(0.1)
    if event["do"] == "slow":
        time.sleep(5)
    if event["do"] == "work":
        print("works on", len(event["rows"]), "rows")
    if event["do"] == "item":
        return event["row"]
    return {"rows": event["rows"], "function": context.function_name}
"""


@pytest.fixture(scope="module")
def world(cli, tmp_path_factory):
    network.reset()
    with MockAWS() as aws:
        aws.client("secretsmanager").create_secret(Name="census/api-key", SecretString='{"key": "s3cret"}')
        make_network(aws)
        make_policies(aws)
        folder = tmp_path_factory.mktemp("jobs")
        world = World(program.find(), aws, cli, folder)
        shutil.rmtree(world.config / "src")
        (world.config / "dorc.yaml").write_text(DORC)
        pipeline = world.config / "src/raw/model"
        for name, code in {
            "train": TRAIN,
            "prepare": "def handler(event, context):\n    return event\n",
            "tell": "def handler(event, context):\n    return event\n",
        }.items():
            (pipeline / name).mkdir(parents=True)
            (pipeline / name / "lambda.py").write_text(code)
        (pipeline / "pipeline.yaml").write_text(PIPELINE)
        world.synthesize()
        repository_of_others(aws, folder / "report")
        world.deploy()
        yield world


def repository_of_others(aws, folder) -> None:
    """An image that another team has built."""
    folder.mkdir()
    aws.client("ecr").create_repository(repositoryName="team/report")
    manifest = {
        "schemaVersion": 2,
        "mediaType": "application/vnd.docker.distribution.manifest.v2+json",
        "config": {"mediaType": "application/vnd.docker.container.image.v1+json", "size": 2, "digest": "sha256:" + "0" * 64},
        "layers": [],
        "annotations": {"folder": str(folder)},
    }
    aws.client("ecr").put_image(repositoryName="team/report", imageTag="v1", imageManifest=json.dumps(manifest))


def start(world, **event) -> dict:
    run = world.start("raw/model", {"rows": [1, 2], "program": "pass"} | event)
    run.pop("ResponseMetadata")
    return run


def cause() -> str:
    """What the environment's machine for jobs answered last: moto does not hand it on."""
    return machines.failures[-1]["Cause"]


def test_jobs_run_the_handler_and_containers_of_others(world):
    run = start(world, do="work", rows=[3, [4], "ü\"", None, 1234567890123456])
    assert run["status"] == "SUCCEEDED", run
    assert run["output"] == [3, [4], "ü\"", None, 1234567890123456]


def test_what_a_job_was_given_and_made_of(world):
    start(world, do="work")
    (job,) = [job for job in jobs.jobs.values() if '"do":"work"' in job.environment.get("DORC_EVENT", "")][-1:]
    assert job.queue.endswith(f"job-queue/{PREFIX}-fargate-spot") and job.status == "SUCCEEDED"
    assert job.environment["DORC_FUNCTION"] == f"{PREFIX}-raw-model-train"


def test_the_logs_of_jobs_are_shown_with_those_of_lambdas(world):
    start(world, do="work", rows=[])
    script = world.out / "run.sh"
    logs = world.run(script, "dev", "logs", "raw/model", "train", "--since", "1h")
    assert "works on 0 rows" in logs.stdout, logs.stderr
    # The container of others writes to a log group of dorc's too, and the Lambda's is read beside both.
    logs = world.run(script, "dev", "logs", "raw/model", "--since", "1h").stdout
    assert "train: " in logs


def test_an_error_of_the_handler_is_caught_by_its_class(world):
    run = start(world, do="raise")
    assert run["status"] == "FAILED" and run["error"] == "ApiBusy"


def test_a_container_that_is_killed_fails_its_step(world):
    run = start(world, do="die")
    assert run["status"] == "FAILED" and run["error"] == "Batch.JobFailed"
    assert all(words in cause() for words in ("OutOfMemoryError", "exit code 137", "log stream"))


def test_a_container_that_ends_without_an_answer_fails_its_step(world):
    run = start(world, do="leave")
    assert run["error"] == "Batch.JobFailed" and "without an answer" in cause()


@pytest.mark.parametrize("reason", ["Host EC2 (instance i-0d0d0d0d) terminated.", "Your Spot Task was interrupted.", ""])
def test_spot_capacity_that_is_taken_away_is_tried_again(world, reason):
    """Or nothing is said of it, and the container was told to stop."""
    jobs.interruptions["train"] = [reason]
    run = start(world, do="slow", rows=[])
    assert run["status"] == "SUCCEEDED", run
    assert [job.attempts for job in jobs.jobs.values() if '"do":"slow"' in job.environment.get("DORC_EVENT", "")][-1] == 2


def test_a_job_that_is_stopped_otherwise_is_not_tried_again(world):
    jobs.interruptions["train"] = ["Job attempt duration exceeded timeout"]
    run = start(world, do="wait")
    assert run["error"] == "Batch.JobFailed" and "duration exceeded" in cause()


def test_a_run_that_is_stopped_ends_its_job(world):
    for each in (world.out.parent.parent / "pushed").rglob("job-runner.py"):
        each.write_text(each.read_text().replace("HEARTBEAT = 60.0", "HEARTBEAT = 0.5"))
    command = ["stepfunctions", "start-execution", "--state-machine-arn", machine("raw/model")]
    run = world.cli(*command, "--input", json.dumps({"do": "wait", "rows": [], "program": ""}))["executionArn"]
    job = wait_for(lambda: [each for key, each in jobs.jobs.items() if each.process and '"do":"wait"' in each.environment.get("DORC_EVENT", "") and each.status == "RUNNING"])[0]
    # Some heartbeats go by, and the run waits.
    time.sleep(2)
    states = world.aws.client("stepfunctions")
    assert job.status == "RUNNING" and states.describe_execution(executionArn=run)["status"] == "RUNNING"
    states.stop_execution(executionArn=run)
    wait_for(lambda: job.status == "FAILED")
    assert job.code == 3 and world.ended(run)["status"] != "SUCCEEDED"


def test_a_container_of_others_that_fails_fails_its_step(world):
    run = start(world, do="work", program="import sys; sys.exit(7)")
    assert run["status"] == "FAILED" and run["error"] == "States.TaskFailed"


def test_a_container_of_others_gets_what_the_step_says(world):
    run = start(world, do="work", program="import os; assert os.environ['ROWS'] == '2'")
    assert run["status"] == "SUCCEEDED", run


def test_an_event_that_is_too_long_says_so(world):
    run = start(world, do="work", rows=["x" * 6000])
    assert run["status"] == "FAILED" and "5000 characters" in run["cause"]


INFRA = f"{PREFIX}-infra"


def rewrite(world, old: str, new: str) -> None:
    path = world.config / "dorc.yaml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    world.synthesize()


def queue_names() -> set[str]:
    return {each.rpartition("/")[2].removeprefix(f"{PREFIX}-") for each in jobs.queues}


def begin(world, **event) -> tuple[str, jobs.Job]:
    """A run whose job goes on, until a file `end` is in the job's folder."""
    known = set(jobs.jobs)
    text = json.dumps({"rows": [], "program": "pass"} | event)
    command = ["stepfunctions", "start-execution", "--state-machine-arn", machine("raw/model"), "--input", text]
    run = world.cli(*command)["executionArn"]
    found = wait_for(lambda: [each for key, each in jobs.jobs.items() if key not in known and each.status == "RUNNING"])
    return run, found[0]


def end(job: jobs.Job) -> None:
    path = Path(folder_of(job.container["Image"])) / "end"
    path.touch()
    wait_for(lambda: not job.is_active)
    path.unlink()


def test_a_tag_that_changes_reaches_what_can_change_it(world):
    rewrite(world, "environments:", "tags: {department: data}\nenvironments:")
    before = set(jobs.queues)
    world.deploy()
    assert set(jobs.queues) == before
    stacks = {each["StackName"]: each for each in world.cli("cloudformation", "describe-stacks")["Stacks"]}
    tags = {name: {tag["Key"] for tag in each["Tags"]} for name, each in stacks.items()}
    assert tags[INFRA] == {"environment", "managed-by", "project"} and "department" in tags[f"{PREFIX}-raw-model"]


def test_a_job_that_is_resized_runs_elsewhere_from_the_next_run_on(world):
    """From Fargate Spot to EC2 Spot, while a job runs."""
    run, job = begin(world, do="until")
    rewrite(world, "memory: 2048", "memory: 10000")
    text = world.deploy()
    assert f"{INFRA}: {PREFIX}-fargate-spot stays, as jobs are in it" in text
    assert queue_names() == {"fargate", "fargate-spot", "ec2", "ec2-spot"}
    assert start(world, do="work", rows=[])["status"] == "SUCCEEDED"
    assert {each.queue.rpartition("/")[2] for each in list(jobs.jobs.values())[-1:]} <= {f"{PREFIX}-ec2", f"{PREFIX}-ec2-spot"}
    end(job)
    assert world.ended(run)["status"] == "SUCCEEDED"
    text = world.deploy()
    assert "1 updated" in text and "stays" not in text
    assert queue_names() == {"ec2", "ec2-spot"}
    assert "0 updated" in world.deploy()


def test_jobs_that_run_in_a_vpc_that_is_left_go_on(world):
    run, job = begin(world, do="until")
    place = job.place
    old = DORC[DORC.index("    vpc_id") :]
    new = """\
    vpc_id: "{{resolve:ssm:/network/new-vpc-id}}"
    private_subnet_ids: ["{{resolve:ssm:/network/subnet-c}}"]
"""
    kept = old.replace("vpc_id", "previous_vpc_id").replace("private_subnet_ids", "previous_private_subnet_ids")
    rewrite(world, old, new + kept)
    world.deploy()
    assert jobs.environments[place]["State"] == "DISABLED" and job.is_active
    assert start(world, do="work", rows=[])["status"] == "SUCCEEDED"
    end(job)
    assert world.ended(run)["status"] == "SUCCEEDED"
    network.after_20_minutes()
    rewrite(world, kept, "")
    world.deploy()
    assert place not in jobs.environments and len(jobs.environments) == len(jobs.queues)


def test_the_last_job_goes_when_it_has_ended(world):
    run, job = begin(world, do="until")
    path = world.config / "src/raw/model/pipeline.yaml"
    path.write_text("steps: [prepare]\n")
    world.synthesize()
    refused = world.run(str(world.out / "deploy.sh"), "dev")
    assert refused.returncode == 1 and "is not deployed: it would remove TrainJobRole, " in refused.stderr
    assert "and 1 of raw/model are going on" in refused.stderr and jobs.environments
    text = world.deploy("--force")
    assert f"{INFRA}: the core stacks are deployed first" in text and "stays, as jobs are in it" in text
    end(job)
    # What its machine was when it began is what it goes on with.
    assert world.ended(run)["status"] in ("SUCCEEDED", "FAILED")
    wait_for(lambda: not any(each.is_active for each in jobs.jobs.values()))
    world.deploy()
    assert queue_names() == set() and jobs.environments == {}
    assert "0 updated" in world.deploy()
