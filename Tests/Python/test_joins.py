"""`after_pipeline: {all: ...}`: exactly one start however the ends of runs come together.

The compiled machine runs step by step against moto's DynamoDB, which makes conditional writes as DynamoDB does. Several of its runs
go on side by side in a random order; events come twice, and answers get lost.
"""

from __future__ import annotations

import json
from random import Random

import boto3
import jsonata
import program
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws
from semantics import machine

ACCOUNT, REGION = machine.ACCOUNT, machine.REGION
UPSTREAM = ["raw/a", "raw/b", "raw/c"]


@pytest.fixture(scope="module")
def output(dorc, tmp_path_factory):
    files = {name: "steps: [f]\n" for name in UPSTREAM}
    files["curated/pair"] = (
        "steps: [f]\ntriggers: [{name: both, after_pipeline: {all: [raw/a, raw/b], within: 24h}}]\n"
    )
    files["curated/trio"] = "steps: [f]\ntriggers: [{name: three, after_pipeline: {all: [raw/a, raw/b, raw/c]}, on: any}]\n"
    root = program.make_repository(tmp_path_factory.mktemp("joins"), files)
    dorc.succeed(root / "out", "--config", root, "--format", "json", "--quiet")
    return root / "out"


def template(output, name: str) -> dict:
    return json.loads((output / f"dev/{name}.json").read_text())


class Join:
    """The machine of a trigger, in the template of its pipeline."""

    def __init__(self, output, pipeline: str, trigger: str):
        resources = template(output, f"core/{pipeline}")["Resources"]
        self.prefix = resources["StateMachine"]["Properties"]["StateMachineName"].removesuffix(pipeline.replace("/", "-"))
        properties = resources[f"{trigger.title()}Join"]["Properties"]
        # The pipeline's own machine is a `Ref`.
        self.definition = json.loads(json.dumps(properties["Definition"]).replace('{"Ref": "StateMachine"}', '"machine"'))
        self.id, self.table = f"{pipeline}/{trigger}", f"{self.prefix}joins"

    def event(self, pipeline: str, number: int, stop: int) -> dict:
        name = self.prefix + pipeline.replace("/", "-")
        arn = f"arn:aws:states:{REGION}:{ACCOUNT}"
        return {
            "detail": {
                "stateMachineArn": f"{arn}:stateMachine:{name}",
                "executionArn": f"{arn}:execution:{name}:{number}",
                "stopDate": stop,
            }
        }


class Failed(Exception):
    pass


def resolve(value, scope: dict):
    if isinstance(value, dict):
        return {key: resolve(each, scope) for key, each in value.items()}
    if isinstance(value, list):
        return [resolve(each, scope) for each in value]
    if isinstance(value, str) and value.startswith("{%"):
        expression = jsonata.Jsonata(value.removeprefix("{%").removesuffix("%}"))
        for name, each in scope.items():
            expression.assign(name, each)
        found = expression.evaluate(None)
        assert found is not None, value
        return found
    return value


def steps(definition: dict, event: dict, name: str):
    """A run, as a generator of its requests, which is sent their results."""
    context = {"Execution": {"Id": f"arn:join:{name}", "Name": name, "StartTime": "2030-01-01T00:00:00.000Z"}}
    here, variables = definition["StartAt"], {}
    while True:
        state = definition["States"][here]
        scope = variables | {"states": {"input": event, "context": context}}
        if state["Type"] == "Succeed":
            return
        if state["Type"] == "Choice":
            (choice,) = state["Choices"]
            here = choice["Next"] if resolve(choice["Condition"], scope) is True else state["Default"]
            continue
        if state["Type"] == "Task":
            try:
                resource = json.dumps(state["Resource"])
                scope["states"]["result"] = yield resource, resolve(state["Arguments"], scope), state["Retry"]
            except Failed as failure:
                catcher = next(each for each in state["Catch"] if str(failure) in each["ErrorEquals"])
                here = catcher["Next"]
                continue
        output = resolve(state.get("Output", "{% $states.input %}"), scope)
        variables |= resolve(state.get("Assign", {}), scope)
        event = output
        if state.get("End"):
            return
        here = state["Next"]


class World:
    """DynamoDB, and the runs that were started."""

    def __init__(self, join: Join, random: Random):
        self.client = boto3.client("dynamodb", REGION, aws_access_key_id="x", aws_secret_access_key="x")
        self.join, self.random = join, random
        self.started: dict[str, dict] = {}

    def perform(self, resource: str, request: dict) -> dict:
        if "startExecution" in resource:
            assert request["StateMachineArn"] == "machine"
            # Step Functions API, StartExecution: idempotent by the name while the run goes on, refused after that.
            if request["Name"] in self.started and self.random.random() < 0.5:
                raise Failed("StepFunctions.ExecutionAlreadyExistsException")
            assert self.started.setdefault(request["Name"], request["Input"]) == request["Input"]
            return {"ExecutionArn": request["Name"]}
        assert (request["TableName"], request["Key"]) == (self.join.table, {"id": {"S": self.join.id}})
        try:
            if ":dynamodb:getItem" in resource:
                return self.client.get_item(**request)
            answer = self.client.update_item(**request)
        except ClientError as error:
            raise Failed("DynamoDB." + error.response["Error"]["Code"]) from None
        return {"Attributes": answer.get("Attributes", {})}

    def play(self, events: list[tuple[dict, str]], loses_answers: bool) -> None:
        """All events, side by side."""
        live = []
        for event, name in events:
            run = steps(self.join.definition, event, name)
            live.append([run, next(run)])
        while live:
            entry = self.random.choice(live)
            run, (resource, request, retry) = entry
            try:
                try:
                    result = self.perform(resource, request)
                    if loses_answers and self.random.random() < 0.2:
                        # It has happened, and the task is tried again: others may come between.
                        assert retry[-1]["ErrorEquals"] == ["States.TaskFailed", "States.Timeout"]
                        continue
                    entry[1] = run.send(result)
                except Failed as failure:
                    assert retry[0] == {"ErrorEquals": [str(failure)], "IntervalSeconds": 1, "MaxAttempts": 0, "BackoffRate": 1}
                    entry[1] = run.throw(failure)
            except StopIteration:
                live.remove(entry)

    def item(self) -> dict:
        return self.client.get_item(TableName=self.join.table, Key={"id": {"S": self.join.id}}).get("Item", {})


@pytest.fixture(scope="module", autouse=True)
def cloud():
    with mock_aws():
        yield


@pytest.fixture
def world(output):
    def make(pipeline: str, trigger: str, random: Random) -> World:
        world = World(Join(output, pipeline, trigger), random)
        table = template(output, "infra")["Resources"]["JoinTable"]["Properties"]
        keys = ("TableName", "BillingMode", "AttributeDefinitions", "KeySchema")
        for name in world.client.list_tables()["TableNames"]:
            world.client.delete_table(TableName=name)
        world.client.create_table(**{key: table[key] for key in keys})
        return world

    return make


def check(world: World, pipelines: list[str], sent: dict[str, int], within: float) -> None:
    used = []
    for ends in world.started.values():
        assert list(ends) == pipelines
        times = [end["stopDate"] for end in ends.values()]
        assert max(times) - min(times) <= within
        for name, end in ends.items():
            assert sent[end["executionArn"]] == end["stopDate"]
            assert end["executionArn"].endswith(f"{name.replace('/', '-')}:{end['executionArn'].rpartition(':')[2]}")
            used.append(end["executionArn"])
    assert len(used) == len(set(used)), "an end started twice"
    left = {name: int(world.item()[name]["M"]["ended"]["N"]) for name in pipelines if name in world.item()}
    assert "claimers" not in world.item()
    is_complete = len(left) == len(pipelines) and max(left.values()) - min(left.values()) <= within
    assert not is_complete, "a start was missed"


@pytest.mark.parametrize("trigger", [("curated/pair", "both", 2), ("curated/trio", "three", 3)])
@pytest.mark.parametrize("seed", range(40))
def test_one_end_of_each_starts_once(world, trigger, seed):
    pipeline, name, count = trigger
    found = world(pipeline, name, Random(seed))
    events, sent = [], {}
    for number, upstream in enumerate(UPSTREAM[:count]):
        event = found.join.event(upstream, number, 1_900_000_000_000 + number)
        sent[event["detail"]["executionArn"]] = event["detail"]["stopDate"]
        # EventBridge delivers at least once.
        events += [(event, f"{number}-{copy}") for copy in range(found.random.choice([1, 1, 2, 3]))]
    found.play(events, loses_answers=seed % 2 == 1)
    assert len(found.started) == 1
    check(found, UPSTREAM[:count], sent, float("inf"))


@pytest.mark.parametrize("seed", range(60))
def test_any_ends_in_any_order_start_once_for_each_complete_set(world, seed):
    pipeline, name, count, within = (("curated/pair", "both", 2, 86400e3), ("curated/trio", "three", 3, float("inf")))[seed % 2]
    random = Random(seed)
    found = world(pipeline, name, random)
    sent, moment = {}, 1_900_000_000_000
    for _ in range(random.choice([1, 2, 3])):
        events = []
        for number in range(random.choice([1, 2, 4, 6])):
            moment += random.choice([1, 1000, 3_600_000, 50_000_000])
            event = found.join.event(random.choice(UPSTREAM[:count]), len(sent), moment)
            sent[event["detail"]["executionArn"]] = moment
            events += [(event, f"{len(sent)}-{copy}") for copy in range(random.choice([1, 1, 2]))]
        found.play(events, loses_answers=random.random() < 0.5)
        check(found, UPSTREAM[:count], sent, within)


def test_ends_too_far_apart_do_not_start(world):
    day = 86_400_000
    found = world("curated/pair", "both", Random(1))

    def end(pipeline: str, number: int, stop: int) -> None:
        found.play([(found.join.event(pipeline, number, stop), str(number))], loses_answers=False)

    end("raw/a", 1, 0)
    end("raw/b", 2, day + 1)
    assert not found.started
    # The next end of the other one is near enough, and the item tells what is waited for.
    assert sorted(each["S"] if isinstance(each, dict) else each for each in found.item()["waits_for"]["SS"]) == ["raw/a", "raw/b"]
    end("raw/a", 3, day + 2)
    assert [list(each) for each in found.started.values()] == [["raw/a", "raw/b"]]
    # Both have to end anew.
    end("raw/a", 4, day + 3)
    assert len(found.started) == 1
    end("raw/b", 5, day + 4)
    assert len(found.started) == 2
    # An end that was told of late starts nothing.
    end("raw/a", 6, day + 1)
    end("raw/b", 7, day + 3)
    assert len(found.started) == 2


def test_the_role_reaches_one_item_and_one_machine(output):
    resources = template(output, "core/curated/pair")["Resources"]
    statements = {
        each["Sid"]: each for each in resources["BothJoinAccess"]["Properties"]["Policies"][0]["PolicyDocument"]["Statement"]
    }
    assert statements["RecordEnds"]["Action"] == ["dynamodb:GetItem", "dynamodb:UpdateItem"]
    assert statements["RecordEnds"]["Condition"] == {
        "ForAllValues:StringEquals": {"dynamodb:LeadingKeys": "curated/pair/both"}
    } or statements["RecordEnds"]["Condition"] == {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["curated/pair/both"]}}
    assert statements["StartPipeline"]["Resource"] == {"Ref": "StateMachine"}
    assert statements["UseTableKey"]["Condition"]["StringEquals"]["kms:ViaService"]
    rule = resources["BothRule"]["Properties"]
    assert rule["Targets"][0]["Arn"] == {"Ref": "BothJoin"}


def test_the_table_is_there_where_it_is_used_alone(dorc, tmp_path, output):
    root = program.make_repository(tmp_path, {"raw/a": "steps: [f]\n"})
    dorc.succeed(root / "out", "--config", root, "--format", "json", "--quiet")
    assert "JoinTable" not in template(root / "out", "infra")["Resources"]
    table = template(output, "infra")["Resources"]["JoinTable"]
    assert table["DeletionPolicy"] == "Delete"
    assert table["Properties"]["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["Properties"]["SSESpecification"]["SSEType"] == "KMS"
