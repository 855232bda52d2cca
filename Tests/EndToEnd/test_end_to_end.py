"""The whole way, from a config repository to runs: out/deploy.sh with the real AWS CLI against the mock AWS, a stand-in for
Docker, and the real Python handlers.

One deployment serves all tests, which build on each other in the order of this file.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path

import program
import pytest
import yaml
from botocore.exceptions import ClientError
from moto.awslambda.models import lambda_backends
from moto.stepfunctions.parser.models import stepfunctions_parser_backends

from mock_aws import ACCOUNT, REGION, MockAWS, chat, functions, machines, network, notices
from mock_aws.clock import clock
from mock_aws.iam import Role

HERE = Path(__file__).resolve().parent
PROJECT, PREFIX = "census-e2e", "census-e2e-dev"
NETWORK, NEW_NETWORK = "{{resolve:ssm:/network/vpc-id}}", "{{resolve:ssm:/network/new-vpc-id}}"
BUCKET, ALERTS = "e2e-landing", "e2e-alerts"
PATIENCE = 60


class World:
    """A config repository, the output folder, and an AWS account."""

    def __init__(self, dorc, aws: MockAWS, cli: Path, folder: Path):
        self.dorc, self.aws = dorc, aws
        self.config = folder / "config"
        self.out = self.config / "out"
        shutil.copytree(HERE / "project", self.config)
        (folder / "pushed").mkdir()
        path = os.pathsep.join([str(HERE / "bin"), str(cli), str(Path(sys.executable).parent), os.environ["PATH"]])
        self.environment = os.environ | aws.variables | {"PATH": path, "PUSHED_CODE": str(folder / "pushed")}

    def synthesize(self) -> None:
        self.dorc.succeed(self.out, "--config", self.config)

    def deploy(self, *options: str) -> str:
        result = self.run(str(self.out / "deploy.sh"), "dev", *options)
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout

    def run(self, *command: str) -> subprocess.CompletedProcess:
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=300)

    def cli(self, *arguments: str):
        result = self.run("aws", *arguments, "--output", "json")
        assert result.returncode == 0, result.stderr
        return json.loads(result.stdout) if result.stdout.strip() else None

    def start(self, pipeline: str, event) -> dict:
        """By the AWS CLI, as its users would."""
        command = ["stepfunctions", "start-execution", "--state-machine-arn", machine(pipeline)]
        run = self.cli(*command, "--input", json.dumps(event))["executionArn"]
        return self.ended(run)

    def ended(self, run: str) -> dict:
        found = wait_for(
            lambda: (answer := self.aws.client("stepfunctions").describe_execution(executionArn=run))["status"] != "RUNNING"
            and answer
        )
        return found | {"output": json.loads(found["output"]) if "output" in found else None}

    def runs(self, pipeline: str) -> list[str]:
        answer = self.aws.client("stepfunctions").list_executions(stateMachineArn=machine(pipeline))
        return [run["executionArn"] for run in answer["executions"]]

    def settle(self) -> None:
        """Waits for the runs that ends of earlier ones have started."""
        wait_for(machines.is_quiet)

    def messages(self, queue: str) -> list[str]:
        """Takes them out of the queue."""
        sqs = self.aws.client("sqs")
        found = sqs.receive_message(QueueUrl=sqs.get_queue_url(QueueName=queue)["QueueUrl"], MaxNumberOfMessages=10)
        for message in found.get("Messages", []):
            sqs.delete_message(QueueUrl=sqs.get_queue_url(QueueName=queue)["QueueUrl"], ReceiptHandle=message["ReceiptHandle"])
        return [message["Body"] for message in found.get("Messages", [])]

    def heard(self, queue: str, text: str) -> str:
        """The first message with the text; those before it are gone."""
        return wait_for(lambda: [each for each in self.messages(queue) if text in each])[0]

    def listen(self, topic: str, queue: str) -> None:
        """A queue that gets the topic's messages as they are."""
        sqs = self.aws.client("sqs")
        url = sqs.create_queue(QueueName=queue)["QueueUrl"]
        arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        self.aws.client("sns").subscribe(
            TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes={"RawMessageDelivery": "true"}
        )


def machine(pipeline: str) -> str:
    return f"arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:{PREFIX}-{pipeline.replace('/', '-')}"


def topic(name: str) -> str:
    return f"arn:aws:sns:{REGION}:{ACCOUNT}:{name}"


def wait_for(found):
    limit = time.monotonic() + PATIENCE
    while not (result := found()):
        assert time.monotonic() < limit, "what is waited for does not come"
        time.sleep(0.05)
    return result


@pytest.fixture(scope="module")
def dorc():
    return program.find()


@pytest.fixture(scope="module")
def world(dorc, cli, tmp_path_factory):
    with MockAWS() as aws:
        aws.client("secretsmanager").create_secret(Name="census/api-key", SecretString='{"key": "s3cret"}')
        make_network(aws)
        make_policies(aws)
        alerts = aws.client("sns").create_topic(Name=ALERTS)["TopicArn"]
        s3 = aws.client("s3")
        s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
        s3.put_bucket_notification_configuration(
            Bucket=BUCKET, NotificationConfiguration={"EventBridgeConfiguration": {}}
        )
        world = World(dorc, aws, cli, tmp_path_factory.mktemp("end-to-end"))
        world.listen(alerts, "alerts")
        world.synthesize()
        yield world


def make_network(aws) -> None:
    """A VPC with two subnets, and one to move to."""
    ec2, ssm = aws.client("ec2"), aws.client("ssm")
    for number, parameter, subnets in ((0, "vpc-id", "ab"), (1, "new-vpc-id", "c")):
        network = ec2.create_vpc(CidrBlock=f"10.{number}.0.0/16")["Vpc"]["VpcId"]
        ssm.put_parameter(Name=f"/network/{parameter}", Value=network, Type="String")
        for name in subnets:
            addresses = f"10.{number}.{ord(name)}.0/24"
            subnet = ec2.create_subnet(VpcId=network, CidrBlock=addresses)["Subnet"]["SubnetId"]
            ssm.put_parameter(Name=f"/network/subnet-{name}", Value=subnet, Type="String")


def mark(network: str) -> str:
    """Of a VPC in names: the start of the hash of what is written, as JSON."""
    return hashlib.sha256(json.dumps(network).encode()).hexdigest()[:8]


def make_policies(aws) -> None:
    """The boundary of all roles, and what all functions may read."""
    data = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::e2e-reference/*"}
    boundary = [{"Effect": "Allow", "Action": "*", "Resource": "*"}]
    boundary.append({"Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::e2e-reference/secret/*"})
    for name, statements in (("e2e-data", [data]), ("e2e-boundary", boundary)):
        text = json.dumps({"Version": "2012-10-17", "Statement": statements})
        aws.client("iam").create_policy(PolicyName=name, PolicyDocument=text)


@pytest.fixture(scope="module")
def deployed(world):
    text = world.deploy()
    assert "8 created, 0 updated, 0 unchanged, 0 failed; 13 images pushed" in text
    world.listen(topic(f"{PREFIX}-failures"), "failures")
    world.listen(topic(f"{PREFIX}-raw-errors-notices"), "errors")
    return world


def test_a_dry_run_changes_nothing(world):
    text = world.deploy("--dry-run", "--pipeline", "curated/handwritten")
    assert f"{PREFIX}-infra: would be created" in text
    assert "images would be built and pushed" in text
    assert world.cli("cloudformation", "describe-stacks")["Stacks"] == []


def test_the_stacks_stand_with_their_tags(deployed):
    stacks = {stack["StackName"]: stack for stack in deployed.cli("cloudformation", "describe-stacks")["Stacks"]}
    assert {stack["StackStatus"] for stack in stacks.values()} == {"CREATE_COMPLETE"}
    wanted = {stack["name"]: stack for stack in deployed_manifest(deployed)["stacks"] if stack["account"] == ACCOUNT}
    assert set(stacks) == set(wanted)
    for name, stack in stacks.items():
        assert {tag["Key"]: tag["Value"] for tag in stack["Tags"]} == wanted[name]["tags"]
    exports = {output["ExportName"] for output in stacks[f"{PREFIX}-infra"]["Outputs"] if "ExportName" in output}
    assert exports == {f"{PREFIX}-encryption-key-arn", f"{PREFIX}-lambda-security-group-{mark(NETWORK)}-id"}


def test_functions_stand_in_the_network(deployed):
    found = vpc_settings(deployed)
    assert set(found["SecurityGroupIds"]) == groups_in(deployed, "vpc-id") and len(found["SubnetIds"]) == 2
    (group,) = deployed.aws.client("ec2").describe_security_groups(GroupIds=found["SecurityGroupIds"])["SecurityGroups"]
    rules = [(rule["FromPort"], rule["ToPort"], rule["IpRanges"]) for rule in group["IpPermissionsEgress"]]
    assert sorted(rules) == [
        (443, 443, [{"CidrIp": "0.0.0.0/0"}]), (5432, 5439, [{"CidrIp": "10.0.0.0/16"}])
    ] and not group["IpPermissions"]


def test_a_function_has_its_own_calls(deployed):
    found = deployed.cli("lambda", "get-function-concurrency", "--function-name", f"{PREFIX}-raw-intake-clean")
    assert found == {"ReservedConcurrentExecutions": 7}


def vpc_settings(world) -> dict:
    function = f"{PREFIX}-raw-intake-clean"
    return world.aws.client("lambda").get_function_configuration(FunctionName=function)["VpcConfig"]


def groups_in(world, parameter: str) -> set[str]:
    """dorc's security groups in the VPC of a parameter."""
    network = world.aws.client("ssm").get_parameter(Name=f"/network/{parameter}")["Parameter"]["Value"]
    groups = world.aws.client("ec2").describe_security_groups(Filters=[{"Name": "vpc-id", "Values": [network]}])
    return {group["GroupId"] for group in groups["SecurityGroups"] if group["GroupName"] != "default"}


@pytest.mark.parametrize(
    ("role", "key", "allowed"),
    [
        ("raw-intake-extract-lambda", "e2e-landing/census/1.csv", True),
        ("raw-intake-extract-lambda", "e2e-landing/other/1.csv", False),
        ("lambda", "e2e-landing/census/1.csv", False),
        ("raw-intake-extract-lambda", "e2e-reference/codes.csv", True),
        ("lambda", "e2e-reference/codes.csv", True),
        ("lambda", "e2e-reference/secret/codes.csv", False),
    ],
)
def test_a_function_may_do_what_its_role_says(deployed, role, key, allowed):
    role = Role(f"arn:aws:iam::{ACCOUNT}:role/{PREFIX}-{role}")
    if allowed:
        role.check("s3:GetObject", f"arn:aws:s3:::{key}")
    else:
        with pytest.raises(ClientError, match="not authorized"):
            role.check("s3:GetObject", f"arn:aws:s3:::{key}")


def deployed_manifest(world) -> dict:
    return json.loads((world.out / "manifest.json").read_text(encoding="utf-8"))


def test_runs_are_started_and_shown_by_the_script(deployed):
    """With the names that dorc makes."""
    script = str(deployed.out / "run.sh")
    result = deployed.run(script, "dev", "start", "raw/intake", "--input", '{"lines": ["england,4"]}', "--follow")
    assert result.returncode == 0, result.stdout + result.stderr
    for step in "extract", "england", "wales", "merge", "publish", "counts":
        assert f" UTC  {step}: started" in result.stdout and f" UTC  {step}: ended after" in result.stdout
    assert "(item)" not in result.stdout
    assert '"region":"england"' in result.stdout.rpartition("output: ")[2].replace(" ", "")
    result = deployed.run(script, "dev", "start", "raw/errors", "--input", '{"kind": "key"}', "--follow")
    assert result.returncode == 1 and re.search(r"UTC  risky: failed: KeyError", result.stdout), result.stdout
    status = deployed.run(script, "dev", "status", "raw/intake").stdout
    assert "SUCCEEDED at" in status and "(nightly: cron(0 6 ? * 2-6 *), UTC)" in status or "MON" in status, status
    logs = deployed.run(script, "dev", "logs", "raw/intake", "england")
    assert logs.returncode == 0 and "nothing was logged since" in logs.stderr
    days = "--from=2026-03-06", "--to=2026-03-09"
    planned = deployed.run(script, "dev", "backfill", "raw/intake", *days, "--dry-run").stdout
    assert [line.split()[0] for line in planned.splitlines()[:-1]] == ["2026-03-06T06:00:00Z", "2026-03-09T06:00:00Z"]
    assert "no start of dev has failed" in deployed.run(script, "dev", "dead-letters").stdout


def test_nothing_is_done_twice(deployed):
    assert "0 created, 0 updated, 8 unchanged, 0 failed; 0 images pushed" in deployed.deploy()


def test_branches_conditions_and_loops_run_the_handlers(deployed):
    run = deployed.start("raw/intake", {"lines": ["england,4", "wales,5", "england,1"]})
    assert run["status"] == "SUCCEEDED"
    assert run["output"] == [
        {"region": "england", "length": 7},
        {"region": "wales", "length": 5},
        {"region": "total", "length": 5},
    ]


def test_a_step_is_skipped_where_its_condition_does_not_hold(deployed):
    run = deployed.start("raw/intake", {"lines": ["scotland,4"]})
    assert [each["region"] for each in run["output"]] == ["england", "wales"]


@pytest.mark.parametrize(
    ("kind", "status", "output", "error"),
    [
        ("none", "SUCCEEDED", {"last": "fine"}, None),
        ("value", "SUCCEEDED", {"last": "mended ValueError"}, None),
        ("key", "FAILED", None, "KeyError"),
    ],
)
def test_errors_take_their_paths(deployed, kind, status, output, error):
    run = deployed.start("raw/errors", {"kind": kind})
    assert (run["status"], run["output"], run.get("error")) == (status, output, error)
    if error:
        message = deployed.heard("failures", "A run of census-e2e in dev failed (FAILED).")
        assert f"Pipeline: {machine('raw/errors')}\n" in message


LINK = f"https://{REGION}.console.aws.amazon.com/states/home?region={REGION}#/v2/executions/details/"
TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"


@pytest.mark.parametrize(
    ("kind", "headline", "advice"),
    [
        ("none", "A run of raw/errors in dev succeeded", "The page shows its steps and its output."),
        ("key", "A run of raw/errors in dev failed (FAILED)", "The page shows the step that failed, "),
    ],
)
def test_a_pipeline_tells_of_its_runs_in_words(deployed, kind, headline, advice):
    deployed.messages("errors")
    started = deployed.start("raw/errors", {"kind": kind})
    run, name = started["executionArn"], started["name"]
    lines = deployed.heard("errors", headline).splitlines()
    assert lines[0] == f"{headline}."
    assert re.fullmatch(f"Run: {name}, ended at {TIME}", lines[1])
    assert lines[2] == LINK + run
    assert lines[3].startswith(advice) and len(lines) == 4
    shown = wait_for(lambda: [text for text in shown_in("C0456EFGH") if run in text])
    assert len(shown) == 1
    title, fact, link, advice_shown = shown[0].splitlines()
    assert (title, link, advice_shown) == (headline, LINK + run, lines[3])
    assert re.fullmatch(f"Run: {name}, ended at {TIME}", fact)
    # The environment's channel is told of failures alone.
    assert bool([text for text in shown_in("C0123ABCD") if run in text]) == (kind == "key")


def shown_in(channel: str) -> list[str]:
    return list(chat.channels["T0123ABCD", channel].shown)


def test_an_alarm_goes_off_where_no_run_has_succeeded_for_long(deployed):
    name = f"{PREFIX}-raw-errors-without-success"
    assert notices.look_at_runs(name) == "OK"
    assert notices.look_at_runs(name, timedelta(hours=25)) == "OK"
    assert notices.look_at_runs(name, timedelta(hours=27)) == "ALARM"
    words = "No run of raw/errors in dev has succeeded for 26h"
    for queue in ("failures", "errors"):
        assert words in deployed.heard(queue, name)
    for channel in ("C0123ABCD", "C0456EFGH"):
        assert len([text for text in shown_in(channel) if words in text]) == 1
    assert notices.look_at_runs(name) == "OK"


def test_the_alarms_of_an_environment_that_tells_somebody(deployed):
    alarms = {each["AlarmName"]: each for each in deployed.aws.client("cloudwatch").describe_alarms()["MetricAlarms"]}
    own = {name: alarms[name] for name in alarms if name.startswith(f"{PREFIX}-") and "raw-errors" not in name}
    assert set(own) == {f"{PREFIX}-{name}" for name in ("not-started", "throttled", "dropped", "undelivered")}
    for alarm in own.values():
        assert alarm["AlarmActions"] == [topic(f"{PREFIX}-failures"), topic(f"{PREFIX}-slack-C0123ABCD")]
        assert alarm["TreatMissingData"] == "notBreaching"
    assert own[f"{PREFIX}-dropped"]["Dimensions"] == [{"Name": "ScheduleGroup", "Value": PREFIX}]


def test_pipelines_run_pipelines_and_call_services(deployed):
    deployed.settle()
    before = len(deployed.runs("curated/handwritten"))
    run = deployed.start("curated/report", {})
    assert (run["status"], run["output"]) == ("SUCCEEDED", {"started": True})
    assert json.loads(wait_for(lambda: deployed.messages("alerts"))[0]) == {"last": "fine"}
    started = wait_for(lambda: len(runs := deployed.runs("curated/handwritten")) > before and runs)
    assert {json.dumps(deployed.ended(run)["output"]) for run in started} == {'{"n": 2}'}


@pytest.mark.parametrize("is_in_network", [True, False])
def test_functions_that_nobody_called_for_weeks_are_ready_after_some_tries(deployed, monkeypatch, is_in_network):
    monkeypatch.setattr(functions, "is_in_network", lambda function: is_in_network)
    functions.idle.update(f"{PREFIX}-raw-errors-{name}" for name in ("risky", "last", "mend", "tell"))
    assert deployed.start("raw/errors", {"kind": "value"})["output"] == {"last": "mended ValueError"}
    assert functions.idle == {f"{PREFIX}-raw-errors-tell"}
    functions.idle.clear()


def test_calls_wait_while_other_functions_take_the_whole_concurrency(deployed, monkeypatch):
    monkeypatch.setattr(functions, "crowded_until", clock.now + 900)
    run = deployed.start("raw/errors", {"kind": "none"})
    assert (run["status"], run["output"]) == ("SUCCEEDED", {"last": "fine"})


def test_runs_that_start_together_wait_until_they_can_be_counted(deployed, monkeypatch):
    """Some hundred others have asked before."""
    deployed.settle()
    monkeypatch.setattr(machines.list_executions, "tokens", -600)
    monkeypatch.setattr(machines.list_executions, "filled", clock.now)
    run = deployed.start("curated/limited", {})
    assert (run["status"], run.get("error")) == ("SUCCEEDED", None)
    assert run["output"]["files"] == []


def test_a_definition_written_by_hand_runs(deployed):
    assert deployed.start("curated/handwritten", {"n": 21})["output"] == {"n": 42}


def test_a_definition_may_call_a_version_and_drop_the_result(deployed):
    """In JSONPath: `ResultPath: null`, which CloudFormation takes in a text only."""
    run = deployed.start("curated/qualified", {"n": 21})
    assert (run["status"], run["output"]) == ("SUCCEEDED", {"n": 21})


def test_a_run_too_many_is_skipped(deployed):
    deployed.settle()
    client, s3 = deployed.aws.client("stepfunctions"), deployed.aws.client("s3")
    for key in ("lists/a.txt", "lists/b.txt", "other/c.txt"):
        s3.put_object(Bucket=BUCKET, Key=key, Body=b"12345")
    first = client.start_execution(stateMachineArn=machine("curated/limited"), input="{}")["executionArn"]
    assert deployed.start("curated/limited", {})["output"] == {"skipped": "max_active_runs"}
    assert deployed.ended(first)["output"] == {
        "each": [1, "20310321", True, None, "", [], {}, ["x"], {"n": None}],
        "files": [{"key": "lists/a.txt", "size": 5}, {"key": "lists/b.txt", "size": 5}],
    }


def test_a_run_that_is_aborted_is_told_of(deployed):
    deployed.settle()
    client = deployed.aws.client("stepfunctions")
    run = client.start_execution(stateMachineArn=machine("curated/limited"), input="{}")["executionArn"]
    deployed.cli("stepfunctions", "stop-execution", "--execution-arn", run)
    assert deployed.ended(run)["status"] == "ABORTED"
    assert machine("curated/limited") in deployed.heard("failures", "ABORTED")


def test_a_landed_object_starts_its_pipeline_and_the_one_after_it(deployed, tmp_path):
    deployed.settle()
    intake, report = deployed.runs("raw/intake"), deployed.runs("curated/report")
    file = tmp_path / "2030.csv"
    file.write_text("england,1\n")
    for key in ("census/2030.txt", "other/2030.csv"):
        deployed.aws.client("s3").put_object(Bucket=BUCKET, Key=key, Body=b"")
    deployed.cli("s3api", "put-object", "--bucket", BUCKET, "--key", "census/2030.csv", "--body", str(file))
    (run,) = wait_for(lambda: [each for each in deployed.runs("raw/intake") if each not in intake])
    found = deployed.ended(run)
    assert found["status"] == "SUCCEEDED"
    assert json.loads(found["input"])["detail"]["object"]["key"] == "census/2030.csv"
    (run,) = wait_for(lambda: [each for each in deployed.runs("curated/report") if each not in report])
    found = deployed.ended(run)
    assert found["status"] == "SUCCEEDED"
    assert json.loads(found["input"])["detail"]["stateMachineArn"] == machine("raw/intake")


def test_a_pipeline_starts_once_when_all_of_several_have_ended(deployed):
    """The end of an intake starts the report, and both ends together the third pipeline."""
    client, join = deployed.aws.client("stepfunctions"), f"{PREFIX}-curated-limited--all-in"
    deployed.settle()
    before = deployed.runs("curated/limited")
    intake = client.start_execution(stateMachineArn=machine("raw/intake"), input='{"lines": ["wales,3"]}')["executionArn"]
    assert deployed.ended(intake)["status"] == "SUCCEEDED"
    (run,) = wait_for(lambda: [each for each in deployed.runs("curated/limited") if each not in before])
    ends = json.loads(deployed.ended(run)["input"])
    assert sorted(ends) == ["curated/report", "raw/intake"]
    assert ends["raw/intake"]["executionArn"] == intake
    assert isinstance(ends["curated/report"]["stopDate"], int)
    deployed.settle()
    assert [each for each in deployed.runs("curated/limited") if each not in before] == [run]
    (item,) = deployed.cli("dynamodb", "scan", "--table-name", f"{PREFIX}-joins")["Items"]
    # An end of the report that came before it may have been the other one: then the one after it waits.
    assert item["id"] == {"S": "curated/limited/all-in"} and "raw/intake" not in item
    arn = machine("curated/report").replace(f"{PREFIX}-curated-report", join)
    assert {each["status"] for each in client.list_executions(stateMachineArn=arn)["executions"]} == {"SUCCEEDED"}
    text = deployed.run(str(deployed.out / "run.sh"), "dev", "status", "curated/limited").stdout
    assert "waits for:  all-in: after raw/intake and curated/report have " in text
    assert re.search(r"^ +raw/intake: has not \w+ since the last start, at ", text, re.M), text


def test_a_schedule_starts_its_pipeline_with_its_input(deployed):
    deployed.settle()
    before = deployed.runs("raw/intake")
    deployed.aws.fire(f"{PREFIX}-raw-intake-nightly", PREFIX)
    (run,) = wait_for(lambda: [each for each in deployed.runs("raw/intake") if each not in before])
    assert json.loads(deployed.ended(run)["input"]) == {"lines": ["wales,3"]}


def change(world, stack: str, edit) -> None:
    """Deploys a stack whose template was changed by hand."""
    path = next(world.out / each["template"] for each in deployed_manifest(world)["stacks"] if each["name"] == stack)
    template = yaml.load(path.read_text(encoding="utf-8"), Loader=CloudFormationLoader)
    edit(template["Resources"])
    path.write_text(json.dumps(template), encoding="utf-8")
    world.deploy("--skip-images", "--pipeline", "raw/errors")


class CloudFormationLoader(yaml.SafeLoader):
    pass


def function(loader, suffix, node):
    name = suffix if suffix == "Ref" else f"Fn::{suffix}"
    value = {
        yaml.ScalarNode: loader.construct_scalar,
        yaml.SequenceNode: lambda node: loader.construct_sequence(node, deep=True),
        yaml.MappingNode: lambda node: loader.construct_mapping(node, deep=True),
    }[type(node)](node)
    return {name: value}


CloudFormationLoader.add_multi_constructor("!", function)


def without(policy: dict, sid: str) -> None:
    kept = [each for each in policy["Statement"] if each.get("Sid") != sid]
    assert kept != policy["Statement"]
    policy["Statement"] = kept


def policy_of(role: dict) -> dict:
    return role["Properties"]["Policies"][0]["PolicyDocument"]


def test_a_missing_permission_fails_the_run(deployed):
    def edit(resources):
        without(policy_of(resources["StateMachineRole"]), "InvokeFunctions")

    change(deployed, f"{PREFIX}-infra", edit)
    run = deployed.start("raw/errors", {"kind": "none"})
    assert run["status"] == "FAILED"
    assert "not authorized to perform: lambda:InvokeFunction" in run["cause"]


def test_a_start_that_is_denied_goes_to_the_dead_letter_queue(deployed):
    def edit(resources):
        without(policy_of(resources["TriggerRole"]), "StartPipelines")
        without(resources["EncryptionKey"]["Properties"]["KeyPolicy"], "RulesPublishToTopic")

    deployed.settle()
    change(deployed, f"{PREFIX}-infra", edit)
    before = deployed.runs("raw/intake")
    # The alarm on that queue reaches the topic each time, though the first message is still there; a rule does not, as the key
    # is not for it any more.
    for _ in range(2):
        deployed.aws.fire(f"{PREFIX}-raw-intake-nightly", PREFIX)
        assert f"{PREFIX}-not-started" in deployed.heard("failures", "AlarmName")
    messages = deployed.messages(f"{PREFIX}-dead-letters")
    assert len(messages) == 2
    assert all("not authorized to perform: states:StartExecution" in message for message in messages)
    assert deployed.runs("raw/intake") == before
    with pytest.raises(ClientError, match="kms:Decrypt"):
        notices.publish(topic(f"{PREFIX}-failures"), "events.amazonaws.com", "a run failed")


def test_what_was_changed_by_hand_is_restored(deployed):
    deployed.synthesize()
    text = deployed.deploy("--skip-images", "--pipeline", "raw/errors")
    assert f"{PREFIX}-infra: updated" in text and "1 updated, 2 unchanged" in text
    assert deployed.start("raw/errors", {"kind": "none"})["status"] == "SUCCEEDED"


def test_functions_are_pulled_after_their_repositories_were_updated(deployed):
    """CloudFormation removes a policy that the template lacks with any update, also the one that Lambda has added."""

    def edit(resources):
        for repository in resources.values():
            repository["Properties"].pop("RepositoryPolicyText", None)

    change(deployed, f"{PROJECT}-universal", edit)
    run = deployed.start("raw/errors", {"kind": "none"})
    assert run["status"] == "FAILED" and "not authorized to perform: ecr:BatchGetImage" in run["cause"]
    # So does dorc's own template not, whatever changes.
    for keep in (100, 50):
        path = deployed.config / "dorc.yaml"
        path.write_text(re.sub("(images: .*\n)?tags:", f"images: {{keep: {keep}}}\ntags:", path.read_text()))
        deployed.synthesize()
        assert f"{PROJECT}-universal: updated" in deployed.deploy("--skip-images", "--pipeline", "raw/errors")
        assert deployed.start("raw/errors", {"kind": "none"})["status"] == "SUCCEEDED"


def test_a_change_updates_its_stack_alone(deployed):
    handler = deployed.config / "src/raw/errors/last/lambda.py"
    handler.write_text(handler.read_text().replace('{"last": event}', '{"latest": event}'))
    deployed.synthesize()
    result = deployed.run(str(deployed.out / "deploy.sh"), "dev", "--skip-images", "--pipeline", "raw/errors")
    assert result.returncode == 1
    assert re.search(r"LastFunction \(AWS::Lambda::Function\): Source image .* does not exist", result.stderr)
    text = deployed.deploy()
    assert f"{PREFIX}-raw-errors: updated" in text
    assert "0 created, 1 updated, 7 unchanged, 0 failed; 1 image pushed" in text
    assert deployed.start("raw/errors", {"kind": "none"})["output"] == {"latest": "fine"}


def versions(world, name: str) -> list[int]:
    found = world.aws.client("lambda").list_versions_by_function(FunctionName=f"{PREFIX}-{name}")["Versions"]
    return [int(each["Version"]) for each in found if each["Version"] != "$LATEST"]


def called(world, name: str) -> int:
    """The version that the machine of raw/errors calls."""
    answer = world.aws.client("stepfunctions").describe_state_machine(stateMachineArn=machine("raw/errors"))
    (number,) = set(re.findall(rf"function:{PREFIX}-{name}:(\d+)", answer["definition"]))
    return int(number)


def edit(world, path: str, old: str, new: str) -> None:
    file = world.config / path
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))
    world.synthesize()


LAST, RISKY = "src/raw/errors/last/lambda.py", "src/raw/errors/risky/lambda.py"
ERRORS = ("--pipeline", "raw/errors")


def test_a_run_keeps_the_code_that_it_began_with(deployed, monkeypatch):
    began, goes_on, ready = threading.Event(), threading.Event(), functions.ready

    def wait(function):
        if function.function_name.endswith("-risky"):
            began.set()
            assert goes_on.wait(PATIENCE)
        ready(function)

    monkeypatch.setattr(machines, "ready", wait)
    client = deployed.aws.client("stepfunctions")
    run = client.start_execution(stateMachineArn=machine("raw/errors"), input='{"kind": "none"}')["executionArn"]
    assert began.wait(PATIENCE)
    before, other = called(deployed, "raw-errors-last"), called(deployed, "raw-errors-risky")
    edit(deployed, LAST, '{"latest": event}', '{"newest": event}')
    assert "0 created, 1 updated, 2 unchanged, 0 failed; 1 image pushed" in deployed.deploy(*ERRORS)
    goes_on.set()
    assert deployed.ended(run)["output"] == {"latest": "fine"}
    assert deployed.start("raw/errors", {"kind": "none"})["output"] == {"newest": "fine"}
    assert (called(deployed, "raw-errors-last"), called(deployed, "raw-errors-risky")) == (before + 1, other)


def test_a_redriven_run_keeps_its_code(deployed):
    failed = deployed.start("raw/errors", {"kind": "key"})
    assert failed["error"] == "KeyError"
    edit(deployed, RISKY, "KeyError", "ValueError")
    deployed.deploy(*ERRORS)
    deployed.cli("stepfunctions", "redrive-execution", "--execution-arn", failed["executionArn"])
    assert deployed.ended(failed["executionArn"])["error"] == "KeyError"
    assert deployed.start("raw/errors", {"kind": "key"})["output"] == {"newest": "mended ValueError"}


def test_a_version_is_published_where_something_changes_that_it_keeps(deployed):
    def change(path: str, old: str, new: str, *options: str) -> list[int]:
        edit(deployed, path, old, new)
        before = versions(deployed, "raw-errors-last")
        deployed.deploy(*ERRORS, *options)
        assert called(deployed, "raw-errors-last") == versions(deployed, "raw-errors-last")[-1]
        return [each for each in versions(deployed, "raw-errors-last") if each not in before]

    newest, before = called(deployed, "raw-errors-last"), (deployed.config / "dorc.yaml").read_text()
    assert change("dorc.yaml", "tags:", "defaults: {memory: 320}\ntags:") == [newest + 1]
    own = "owner: team\nfunctions: {last: {reserved_concurrency: 3}}\nsteps:"
    assert change("src/raw/errors/pipeline.yaml", "steps:", own) == []
    # A patched base image.
    assert change("dorc.yaml", "images: {", 'images: {build_arguments: {PATCHED: "1"}, ', "--rebuild") == [newest + 2]
    settings = deployed.aws.client("lambda").get_function_configuration
    old, new = (settings(FunctionName=f"{PREFIX}-raw-errors-last", Qualifier=str(newest + each)) for each in (0, 1))
    assert (old["MemorySize"], new["MemorySize"]) == (512, 320) and old["Description"] != new["Description"]
    assert deployed.start("raw/errors", {"kind": "none"})["output"] == {"newest": "fine"}
    (deployed.config / "dorc.yaml").write_text(before)
    deployed.synthesize()
    # Going back is a change too; its image is there.
    assert "0 images pushed" in deployed.deploy(*ERRORS) and called(deployed, "raw-errors-last") == newest + 3


def test_a_value_that_is_written_in_another_way_publishes_all_the_same(deployed):
    """Lambda publishes nothing where it sees no change, and CloudFormation fails then."""
    newest = called(deployed, "raw-errors-last")
    parameter = "{{resolve:ssm:/network/subnet-a}}"
    subnet = deployed.aws.client("ssm").get_parameter(Name="/network/subnet-a")["Parameter"]["Value"]
    for old, new in ((parameter, subnet), (subnet, parameter)):
        edit(deployed, "dorc.yaml", old, new)
        newest += 1
        deployed.deploy(*ERRORS, "--skip-images")
        assert called(deployed, "raw-errors-last") == newest


def test_a_version_of_an_update_that_is_undone_goes(deployed):
    """Or the next try would find it, and publish none."""
    path = deployed.config / "src/raw/errors/pipeline.yaml"
    own = "functions: {last: {reserved_concurrency: 3, environment: {WHERE: here}}}"
    good = path.read_text().replace("functions: {last: {reserved_concurrency: 3}}", own)
    before = versions(deployed, "raw-errors-last")
    path.write_text(good.replace("functions: {", "functions: {tell: {secrets: {TOKEN: census/nowhere}}, "))
    deployed.synthesize()
    result = deployed.run(str(deployed.out / "deploy.sh"), "dev", "--skip-images", *ERRORS)
    assert result.returncode == 1 and "can't find the specified secret" in result.stderr
    assert versions(deployed, "raw-errors-last") == before and called(deployed, "raw-errors-last") == before[-1]
    path.write_text(good)
    deployed.synthesize()
    deployed.deploy("--skip-images", *ERRORS)
    assert called(deployed, "raw-errors-last") > before[-1]


def forget(world, days: int) -> None:
    """So many days pass, for versions and for runs."""
    past = timedelta(days=days)
    for found in lambda_backends[ACCOUNT][REGION]._lambdas._functions.values():
        for version in found["versions"]:
            version.last_modified = (datetime.fromisoformat(version.last_modified) - past).isoformat()
    for each in stepfunctions_parser_backends[ACCOUNT][REGION].state_machines:
        for run in each.executions:
            run.start_date -= past
            if run.stop_date:
                run.stop_date -= past


def test_old_versions_go_when_no_run_needs_them(deployed):
    def deleted(*options: str) -> list[str]:
        lines = deployed.deploy("--skip-images", *ERRORS, *options).splitlines()
        found = [line for line in lines if "no run needs any more:" in line]
        return [each.removeprefix(f"{PREFIX}-") for line in found for each in line.partition("more:")[2].split()]

    deployed.settle()
    before = versions(deployed, "raw-errors-last")
    assert len(before) > 3
    # They were replaced today.
    assert deleted("--old-versions") == []
    # A run that failed may be redriven, for 14 days after its end.
    assert deployed.start("raw/errors", {"kind": "value"})["status"] == "SUCCEEDED"
    failed = deployed.aws.client("stepfunctions").list_executions(stateMachineArn=machine("raw/errors"), statusFilter="FAILED")
    assert failed["executions"]
    forget(deployed, days=10)
    assert deleted("--old-versions") == []
    forget(deployed, days=6)
    # The last one of them is kept by an alias.
    deployed.aws.client("lambda").create_alias(
        FunctionName=f"{PREFIX}-raw-errors-last", Name="kept", FunctionVersion=str(before[-2]))
    assert deleted("--old-versions", "--dry-run") == [] == deleted()
    gone = deleted("--old-versions")
    assert [each for each in gone if "last" in each] == [f"raw-errors-last:{each}" for each in before[:-2]]
    assert versions(deployed, "raw-errors-last") == before[-2:]
    assert versions(deployed, "raw-errors-risky") == [called(deployed, "raw-errors-risky")]
    assert deployed.start("raw/errors", {"kind": "none"})["output"] == {"newest": "fine"}


def test_an_update_deletes_the_versions_that_are_old_by_then(deployed, monkeypatch):
    began, goes_on, ready = threading.Event(), threading.Event(), functions.ready

    def wait(function):
        began.set()
        assert goes_on.wait(PATIENCE)
        ready(function)

    before = versions(deployed, "raw-errors-last")
    with monkeypatch.context() as patched:
        patched.setattr(machines, "ready", wait)
        client = deployed.aws.client("stepfunctions")
        run = client.start_execution(stateMachineArn=machine("raw/errors"), input='{"kind": "none"}')["executionArn"]
        assert began.wait(PATIENCE)
        for word in ("a", "b"):
            edit(deployed, "src/raw/errors/pipeline.yaml", "WHERE", f"WHERE_{word}")
            deployed.deploy("--skip-images", *ERRORS)
            forget(deployed, days=20)
        # The run goes on for 40 days, with the version that was then the newest.
        edit(deployed, "src/raw/errors/pipeline.yaml", "WHERE", "HERE")
        deployed.deploy("--skip-images", *ERRORS)
        assert versions(deployed, "raw-errors-last")[:2] == before
        goes_on.set()
        assert deployed.ended(run)["output"] == {"newest": "fine"}
    forget(deployed, days=2)
    edit(deployed, "src/raw/errors/pipeline.yaml", "HERE", "THERE")
    assert "no run needs any more:" in deployed.deploy("--skip-images", *ERRORS)
    # What the alias names, what was replaced now, and the newest.
    assert len(versions(deployed, "raw-errors-last")) == 3
    deployed.aws.client("lambda").delete_alias(FunctionName=f"{PREFIX}-raw-errors-last", Name="kept")


def test_a_stack_that_fails_is_reported_with_its_cause(deployed):
    path = deployed.config / "src/curated/handwritten/pipeline.yaml"
    good = path.read_text()
    path.write_text(good + "functions: {double: {secrets: {TOKEN: census/nowhere}}}\n")
    deployed.synthesize()
    pipelines = ["--pipeline", "curated/handwritten", "--pipeline", "curated/report"]
    result = deployed.run(str(deployed.out / "deploy.sh"), "dev", "--skip-images", *pipelines)
    assert result.returncode == 1
    assert "DoubleFunction (AWS::Lambda::Function): " in result.stderr
    assert "Secrets Manager can't find the specified secret." in result.stderr
    assert f"{PREFIX}-curated-report: unchanged" in result.stdout
    assert deployed.start("curated/handwritten", {"n": 2})["output"] == {"n": 4}
    path.write_text(good)
    deployed.synthesize()


def test_a_key_goes_when_nothing_uses_it_any_more(deployed):
    path = deployed.config / "dorc.yaml"
    path.write_text(path.read_text().replace('    account: "123456789012"', '    encryption_key: aws\n    account: "123456789012"'))
    deployed.synthesize()
    text = deployed.deploy("--skip-images")
    assert "core stacks still import what the infra stack no longer exports" in text
    assert "7 updated, 1 unchanged, 0 failed" in text
    groups = deployed.aws.client("logs").describe_log_groups(logGroupNamePrefix=f"/aws/lambda/{PREFIX}")["logGroups"]
    assert groups and not any("kmsKeyId" in group for group in groups)
    assert deployed.deploy("--dry-run", "--skip-images").count(": unchanged") == 8
    assert deployed.start("raw/errors", {"kind": "none"})["status"] == "SUCCEEDED"


def write_network(world, *lines: str) -> None:
    path = world.config / "dorc.yaml"
    kept = re.sub(r"    (previous_vpc_id|vpc_id|private_subnet_ids|egress): .*\n", "", path.read_text())
    path.write_text(kept.replace("    permissions_boundary", "".join(f"    {line}\n" for line in lines) + "    permissions_boundary"))
    world.synthesize()


def may_leave(world, role: str) -> bool:
    try:
        Role(f"arn:aws:iam::{ACCOUNT}:role/{PREFIX}-{role}").check("ec2:DeleteNetworkInterface", "*")
    except ClientError:
        return False
    return True


def leave_behind(world) -> None:
    """The versions of functions in the VPC of before, when no run needs them any more, and their interfaces."""
    forget(world, days=16)
    assert "no run needs any more:" in world.deploy("--skip-images", "--old-versions")
    network.after_20_minutes()


ROLES = ("lambda", "raw-intake-extract-lambda")
NEW = (f'vpc_id: "{NEW_NETWORK}"', 'private_subnet_ids: ["{{resolve:ssm:/network/subnet-c}}"]')


def test_an_environment_moves_to_another_vpc(deployed):
    old = groups_in(deployed, "vpc-id")
    write_network(deployed, *NEW)
    result = deployed.run(str(deployed.out / "deploy.sh"), "dev", "--skip-images")
    assert result.returncode == 1
    assert f'    previous_vpc_id: "{NETWORK}"' in result.stderr
    # Nothing has moved.
    assert set(vpc_settings(deployed)["SecurityGroupIds"]) == old == groups_in(deployed, "vpc-id")
    assert groups_in(deployed, "new-vpc-id") == set()
    assert deployed.start("raw/errors", {"kind": "none"})["status"] == "SUCCEEDED"

    write_network(deployed, f'previous_vpc_id: "{NETWORK}"', *NEW)
    assert "7 updated, 1 unchanged, 0 failed" in deployed.deploy("--skip-images")
    assert set(vpc_settings(deployed)["SecurityGroupIds"]) == groups_in(deployed, "new-vpc-id") != set()
    assert groups_in(deployed, "vpc-id") == old
    leave_behind(deployed)
    write_network(deployed, *NEW)
    assert "1 updated, 7 unchanged, 0 failed" in deployed.deploy("--skip-images")
    assert groups_in(deployed, "vpc-id") == set()
    assert deployed.start("raw/errors", {"kind": "none"})["status"] == "SUCCEEDED"


def test_an_environment_leaves_its_vpc(deployed):
    write_network(deployed)
    result = deployed.run(str(deployed.out / "deploy.sh"), "dev", "--skip-images")
    assert result.returncode == 1
    assert f'    previous_vpc_id: "{NEW_NETWORK}"' in result.stderr

    write_network(deployed, f'previous_vpc_id: "{NEW_NETWORK}"')
    deployed.deploy("--skip-images")
    assert vpc_settings(deployed)["SecurityGroupIds"] == []
    assert groups_in(deployed, "new-vpc-id") != set() and all(may_leave(deployed, role) for role in ROLES)
    leave_behind(deployed)
    write_network(deployed)
    deployed.deploy("--skip-images")
    assert groups_in(deployed, "new-vpc-id") == set() and not any(may_leave(deployed, role) for role in ROLES)
    assert deployed.start("raw/errors", {"kind": "none"})["status"] == "SUCCEEDED"


def test_a_removed_pipeline_goes_when_it_is_pruned(deployed):
    shutil.rmtree(deployed.config / "src/curated/limited")
    deployed.synthesize()
    assert f"{PREFIX}-curated-limited: its pipeline was removed" in deployed.deploy("--skip-images")
    names = [each["StackName"] for each in deployed.cli("cloudformation", "describe-stacks")["Stacks"]]
    assert f"{PREFIX}-curated-limited" in names
    assert f"{PREFIX}-curated-limited: deleted" in deployed.deploy("--prune", "--yes", "--skip-images")
    names = [each["StackName"] for each in deployed.cli("cloudformation", "describe-stacks")["Stacks"]]
    assert f"{PREFIX}-curated-limited" not in names
    machines = deployed.aws.client("stepfunctions").list_state_machines()["stateMachines"]
    assert f"{PREFIX}-curated-limited" not in [each["name"] for each in machines]
    # Images outlive their stacks.
    assert f"{PROJECT}/curated/limited/each" in repositories(deployed)


def repositories(world) -> list[str]:
    return [each["repositoryName"] for each in world.aws.client("ecr").describe_repositories()["repositories"]]


def test_a_removed_pipeline_comes_back_to_its_repositories(deployed):
    before = repositories(deployed)
    shutil.copytree(HERE / "project/src/curated/limited", deployed.config / "src/curated/limited")
    deployed.synthesize()
    text = deployed.deploy()
    assert "1 created, 2 updated, 5 unchanged, 0 failed; 0 images pushed" in text
    assert repositories(deployed) == before
    events = deployed.cli("cloudformation", "describe-stack-events", "--stack-name", f"{PROJECT}-universal")["StackEvents"]
    assert any(each["ResourceStatus"] == "IMPORT_COMPLETE" for each in events)
    # What the stack would answer without --import-existing-resources.
    with pytest.raises(ClientError, match="RepositoryAlreadyExistsException"):
        deployed.aws.client("ecr").create_repository(repositoryName=f"{PROJECT}/curated/limited/each")


def test_a_schedule_whose_start_has_passed_is_refused_before_anything_is_touched(deployed):
    path, intake = deployed.config / "src/raw/intake/pipeline.yaml", ["--skip-images", "--pipeline", "raw/intake"]
    good = path.read_text()
    path.write_text(good.replace("name: nightly,", "name: nightly, start_date: 2020-01-01,"))
    deployed.synthesize()
    script = deployed.out / "deploy.sh"
    result = deployed.run(str(script), "dev", *intake)
    assert result.returncode == 1
    assert f"{PREFIX}-raw-intake: start_date of the trigger nightly, 2020-01-01T00:00:00 (UTC)" in result.stderr
    assert "deploying" not in result.stdout
    # What AWS says to an update where the script does not look.
    plan = deployed.out / "deploy.plan"
    plan.write_text(re.sub(r"\t[^\t]*[|]start_date[|][^\t]*\t", "\t-\t", plan.read_text()))
    result = deployed.run(str(script), "dev", *intake)
    assert "The StartDate you specify cannot be earlier than 5 minutes ago." in result.stderr
    path.write_text(good)
    deployed.synthesize()
    assert "0 failed" in deployed.deploy(*intake)


def test_text_beyond_ascii_arrives_and_compares_as_unchanged(deployed):
    path = deployed.config / "src/curated/handwritten/pipeline.yaml"
    text = path.read_text().replace("A machine written by hand", "Größe — 日本 😀")
    path.write_text(text, encoding="utf-8")
    deployed.synthesize()
    pipelines = ["--pipeline", "curated/handwritten"]
    assert "1 updated, 2 unchanged" in deployed.deploy("--skip-images", *pipelines)
    name = f"{PREFIX}-curated-handwritten"
    (stack,) = deployed.cli("cloudformation", "describe-stacks", "--stack-name", name)["Stacks"]
    template = next(each["template"] for each in deployed_manifest(deployed)["stacks"] if each["name"] == name)
    answer = deployed.cli("cloudformation", "get-template", "--stack-name", name)["TemplateBody"]
    assert answer == (deployed.out / template).read_text(encoding="ascii") and "?" not in answer.splitlines()[1]
    assert yaml.load(answer, Loader=CloudFormationLoader)["Description"] == "Größe — 日本 😀"
    assert "0 updated, 3 unchanged" in deployed.deploy("--skip-images", *pipelines)
