"""State machines: their calls are made as their role, and their ends are events.

AWS checks the role when a machine is made (logs, the rule behind `.sync`) and at each call; moto does neither. It tells
EventBridge of each run that begins and ends.
"""

from __future__ import annotations

import json
import logging
import sys
import threading
import uuid

from moto.awslambda.models import lambda_backends
from moto.stepfunctions.parser import models
from moto.stepfunctions.parser.asl.component.common.retry import retrier_decl
from moto.stepfunctions.parser.asl.component.state.exec.state_task import lambda_eval_utils
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service import StateTaskService
from moto.stepfunctions.parser.asl.utils import boto_client
from moto.stepfunctions.parser.asl.utils.encoding import to_json_str
from moto.stepfunctions.parser.backend import execution
from semantics import jsonata_bridge

from . import events, maps
from .iam import ACCOUNT, Role, function_name
from .intrinsics import REGION

SERVICES = {"stepfunctions": "states"}
ACTIONS = {"s3:ListObjectsV2": "s3:ListBucket"}
RESOURCES = ("statemachinearn", "executionarn", "topicarn")
# The rules of EventBridge by which AWS hears of a job's end: it makes them with the machine's role, and refuses a machine whose role
# may not ("'...' is not authorized to create managed-rule"; the example policies of the guide's pages about these services).
MANAGED_RULES = {
    "states:startExecution.sync": "StepFunctionsGetEventsForStepFunctionsExecutionRule",
    "ecs:runTask.sync": "StepFunctionsGetEventsForECSTaskRule",
    "batch:submitJob.sync": "StepFunctionsGetEventsForBatchJobsRule",
}

original_client = boto_client.boto_client_for
original_create = models.StepFunctionsParserBackend.create_state_machine
original_update = models.StepFunctionsParserBackend.update_state_machine
original_start = models.StepFunctionsParserBackend.start_execution
original_terminated = execution.BaseExecutionWorkerCommunication.terminated


def client_for(region, service, state_credentials=None):
    found = original_client(region, service, state_credentials)
    role = Role(state_credentials.role_arn)

    def check(params, model, **_):
        action = f"{SERVICES.get(service, service)}:{model.name}"
        # The integrations differ in the case of the first letter.
        named = {key.lower(): value for key, value in params.items()}
        resource = next((named[key] for key in RESOURCES if key in named), "*")
        if "bucket" in named:
            resource = f"arn:aws:s3:::{named['bucket']}" + (f"/{named['key']}" if "key" in named else "")
        context = {"s3:prefix": named["prefix"]} if "prefix" in named else {}
        role.check(ACTIONS.get(action, action), resource, **context)
        members = {member.lower(): member for member in model.input_shape.members} if model.input_shape else {}
        return {members.get(key.lower(), key): value for key, value in params.items()}

    found.meta.events.register("provide-client-params.*.*", check)
    return found


def invoke_function(parameters, region, state_credentials):
    """AWS sends whatever the payload is as JSON; moto sends `{}` for null, and a text as it is."""
    arn = parameters["FunctionName"]
    Role(state_credentials.role_arn).check("lambda:InvokeFunction", arn)
    function = lambda_backends[ACCOUNT][region].get_function(function_name(arn))
    payload, failed, _ = function._invoke_lambda(json.loads(parameters["Payload"]))
    answer = {"StatusCode": 200, "Payload": json.loads(payload)}
    return answer | {"FunctionError": "Unhandled"} if failed else answer


def normalise_response(self, response, boto_service_name=None, service_action_name=None) -> None:
    """AWS writes the fields of an answer with a capital, as in `ExecutionArn`; what users sent stays as it is."""
    for key in list(response):
        value = response.pop(key)
        if key.lower() not in ("payload", "input", "output") and isinstance(value, list):
            for item in value:
                if isinstance(item, dict):
                    normalise_response(self, item)
        response[key[:1].upper() + key[1:]] = value


def check_definition(definition: str, role_arn: str, arn: str) -> str:
    role = Role(role_arn).assumed_by("states.amazonaws.com", arn)
    role.check("logs:CreateLogDelivery", "*")
    for integration, rule in MANAGED_RULES.items():
        if integration in definition:
            for action in ("events:PutTargets", "events:PutRule", "events:DescribeRule"):
                role.check(action, f"arn:aws:events:{REGION}:{ACCOUNT}:rule/{rule}")
    if '"DISTRIBUTED"' in definition:
        role.check("states:StartExecution", arn)
    return json.dumps(maps.inline(json.loads(definition)))


def create_state_machine(self, name, definition, roleArn, *arguments, **options):
    arn = f"arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:{name}"
    return original_create(self, name, check_definition(definition, roleArn, arn), roleArn, *arguments, **options)


def update_state_machine(self, arn, definition=None, role_arn=None, *arguments, **options):
    definition = check_definition(definition, role_arn, arn)
    return original_update(self, arn, definition, role_arn, *arguments, **options)


def start_execution(self, state_machine_arn, name=None, *arguments, **options):
    """AWS gives a run that has no name one."""
    machine = self.describe_state_machine(state_machine_arn)
    Role(machine.roleArn).assumed_by("states.amazonaws.com", state_machine_arn)
    run = original_start(self, state_machine_arn, name or str(uuid.uuid4()), *arguments, **options)
    tell(run, "RUNNING")
    return run


def terminated(self) -> None:
    original_terminated(self)
    tell(self.execution, self.execution.exec_status.value)


def tell(run, status: str) -> None:
    detail = {
        "executionArn": run.exec_arn,
        "stateMachineArn": run.state_machine.arn,
        "name": run.name,
        "status": status,
        "startDate": milliseconds(run.start_date),
        "stopDate": None if status == "RUNNING" else milliseconds(run.stop_date),
        "input": json.dumps(run.input_data),
        "output": json.dumps(run.output) if status == "SUCCEEDED" else None,
        "inputDetails": {"included": True},
        "outputDetails": {"included": True} if status == "SUCCEEDED" else None,
        "error": None if status == "RUNNING" else run.error,
        "cause": None if status == "RUNNING" else run.cause,
    }
    kind = "Step Functions Execution Status Change"
    threading.Thread(target=events.publish, args=("aws.states", kind, [run.exec_arn], detail), daemon=True).start()


def milliseconds(time) -> int:
    return int(time.timestamp() * 1000)


class Clock:
    """Retries wait on AWS; nobody waits for them here."""

    def sleep(self, seconds: float) -> None:
        pass


def patch() -> None:
    # moto logs every failed state with its whole environment.
    logging.getLogger("moto.stepfunctions").setLevel(logging.CRITICAL + 1)
    jsonata_bridge.patch()
    for name, module in list(sys.modules.items()):
        if name.startswith("moto.stepfunctions.parser") and hasattr(module, "boto_client_for"):
            module.boto_client_for = client_for
    StateTaskService._normalise_response = normalise_response
    lambda_eval_utils._invoke_lambda_function = invoke_function
    lambda_eval_utils.to_payload_type = lambda payload: to_json_str(payload).encode()
    retrier_decl.time = Clock()
    models.StepFunctionsParserBackend.create_state_machine = create_state_machine
    models.StepFunctionsParserBackend.update_state_machine = update_state_machine
    models.StepFunctionsParserBackend.start_execution = start_execution
    execution.BaseExecutionWorkerCommunication.terminated = terminated
    # moto copies a machine with its runs at each start, and those that are active cannot be copied.
    execution.Execution.__deepcopy__ = lambda self, memo: self
