"""Runs a compiled state machine in moto's interpreter of the Amazon States Language.

What the interpreter lacks is added here; each patch says what AWS does.
"""

from __future__ import annotations

import functools
import json
import logging
import threading
import time
import uuid
from dataclasses import dataclass, field

import boto3
from moto import mock_aws
from moto.stepfunctions.parser.asl.component.common.retry import retrier_decl
from moto.stepfunctions.parser.asl.component.state.exec.state_task import lambda_eval_utils
from moto.stepfunctions.parser.asl.component.state.wait.wait_function import wait_function
from moto.stepfunctions.parser.asl.parse.asl_parser import AmazonStateLanguageParser
from moto.stepfunctions.parser.asl.static_analyser.static_analyser import StaticAnalyser
from moto.stepfunctions.parser.models import stepfunctions_parser_backends
from semantics import distributed_maps, jsonata_bridge, payloads
from semantics.evaluator import Failure

PATIENCE = 60
ACCOUNT, REGION = "123456789012", "eu-west-2"


@dataclass
class Call:
    """`start` and `end` are positions in one order of all starts and ends."""

    function: str
    event: object
    start: int
    end: int = 0


@dataclass
class Result:
    status: str
    output: object
    error: str | None
    cause: str | None
    calls: list[Call]


@dataclass
class Handlers:
    """Stands in for Lambda: calls Python functions and takes down when."""

    functions: dict
    calls: list[Call] = field(default_factory=list)
    tries: dict = field(default_factory=dict)
    clock: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def invoke(self, parameters: dict) -> dict:
        function = parameters["FunctionName"].rpartition(":")[2]
        event = json.loads(parameters["Payload"])
        with self.lock:
            key = (function, repr(event))
            number = self.tries[key] = self.tries.get(key, 0) + 1
            self.clock += 1
            call = Call(function, event, self.clock)
            self.calls.append(call)
        try:
            payload, problem = self.functions[function](event, number), None
        except Failure as failure:
            # Lambda: a function's exception becomes a payload with its class and message.
            payload, problem = {"errorMessage": failure.message, "errorType": failure.error}, "Unhandled"
        with self.lock:
            self.clock += 1
            call.end = self.clock
        answer = {"StatusCode": 200, "Payload": json.loads(json.dumps(payload))}
        return answer | {"FunctionError": problem} if problem else answer


handlers: Handlers | None = None


# Definitions that were parsed to check them, and did not run yet. moto parses them again for the run, which takes as long as
# all the rest.
parsed: dict[str, tuple] = {}
original_parse = AmazonStateLanguageParser.parse


def parse(definition: str) -> tuple:
    return parsed.pop(definition, None) or original_parse(definition)


def analyse(self: StaticAnalyser, definition: str) -> None:
    if definition not in parsed:
        parsed[definition] = original_parse(definition)
    self.visit(parsed[definition][1])


class Clock:
    """Retries wait on AWS; nobody waits for them here."""

    def sleep(self, seconds: float) -> None:
        pass


def patch() -> None:
    # moto logs every failed state with its whole environment.
    logging.getLogger("moto.stepfunctions").setLevel(logging.CRITICAL + 1)
    jsonata_bridge.patch()
    lambda_eval_utils._invoke_lambda_function = lambda parameters, region, state_credentials: handlers.invoke(parameters)
    payloads.patch()
    payloads.use_clients(payloads.client_for)
    distributed_maps.patch()
    AmazonStateLanguageParser.parse = staticmethod(parse)
    StaticAnalyser.analyse = analyse
    retrier_decl.time = Clock()
    wait_function.WaitFunction._wait_interval = lambda self, env, wait_seconds: None


patch()


def definition_of(template: dict) -> dict:
    versions = {key: each["Version"] for key, each in template.get("Mappings", {}).get("Functions", {}).items()}
    resources = template["Resources"]
    functions = {
        name: versions[resource["Properties"]["FunctionName"]["Ref"]].split(" of ")[0].rpartition("/")[2]
        for name, resource in resources.items()
        if resource["Type"] == "AWS::Lambda::Version"
    }
    return resolve(resources["StateMachine"]["Properties"]["Definition"], functions)


def resolve(value, functions: dict[str, str]):
    """The intrinsics as CloudFormation would resolve them; a function's ARN ends in the name of its folder."""
    if isinstance(value, list):
        return [resolve(each, functions) for each in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"Ref"}:
        return f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{functions[value['Ref']]}"
    if set(value) == {"Fn::Sub"}:
        text = value["Fn::Sub"]
        for name, content in (("Partition", "aws"), ("Region", REGION), ("AccountId", ACCOUNT)):
            text = text.replace(f"${{AWS::{name}}}", content)
        return text
    return {key: resolve(each, functions) for key, each in value.items()}


@functools.cache
def simulator():
    """A client of Step Functions; the simulation stays for the rest of this process."""
    mock_aws(config={"stepfunctions": {"execute_state_machine": True}}).start()
    return boto3.client("stepfunctions", REGION, aws_access_key_id="x", aws_secret_access_key="x")


def run(definition: dict, functions: dict, event, others: dict[str, dict] = {}) -> Result:
    """`others` are the machines that it starts, by their names."""
    global handlers
    handlers = Handlers(functions)
    client = simulator()
    stepfunctions_parser_backends.reset()
    machines = others | {f"m-{uuid.uuid4()}": definition}
    arns = [
        client.create_state_machine(
            name=name,
            definition=json.dumps(distributed_maps.inline(each), separators=(",", ":")),
            roleArn=f"arn:aws:iam::{ACCOUNT}:role/x",
        )["stateMachineArn"]
        for name, each in machines.items()
    ]
    found = ended(client, client.start_execution(stateMachineArn=arns[-1], input=json.dumps(event))["executionArn"])
    limit = time.monotonic() + PATIENCE
    # What the run had started and nobody waits for any more would call the functions of the next run.
    while any(client.list_executions(stateMachineArn=arn, statusFilter="RUNNING")["executions"] for arn in arns[:-1]):
        assert time.monotonic() < limit, "a state machine that was started does not end"
        time.sleep(0.002)
    return found


def ended(client, execution: str) -> Result:
    limit = time.monotonic() + PATIENCE
    while (found := client.describe_execution(executionArn=execution))["status"] == "RUNNING":
        assert time.monotonic() < limit, "the state machine does not end"
        time.sleep(0.002)
    output = json.loads(found["output"]) if "output" in found else None
    return Result(found["status"], output, found.get("error"), found.get("cause"), handlers.calls)


def run_together(definition: dict, functions: dict, events: list) -> list[Result]:
    """Several runs of one machine, started one right after the other."""
    global handlers
    handlers = Handlers(functions)
    client = simulator()
    stepfunctions_parser_backends.reset()
    arn = client.create_state_machine(
        name="together", definition=json.dumps(definition), roleArn=f"arn:aws:iam::{ACCOUNT}:role/x"
    )["stateMachineArn"]
    runs = []
    for number, event in enumerate(events):
        name = f"run-{number}"
        runs.append(client.start_execution(stateMachineArn=arn, name=name, input=json.dumps(event))["executionArn"])
        # The next one starts in another moment.
        time.sleep(0.01)
    return [ended(client, each) for each in runs]
