"""State machines: their calls are made as their role, and their ends are events.

AWS checks the role when a machine is made (logs, the rule behind `.sync`) and at each call; moto does neither. It tells
EventBridge of each run that begins and ends.
"""

from __future__ import annotations

import contextlib
import json
import logging
import threading
import uuid
from datetime import timezone

from botocore.exceptions import ClientError
from moto.awslambda.models import lambda_backends
from moto.dynamodb.models import dynamodb_backends
from moto.stepfunctions.exceptions import InvalidExecutionInput
from moto.stepfunctions.parser import models
from moto.stepfunctions.parser.api import HistoryEventType, LambdaFunctionFailedEventDetails
from moto.stepfunctions.parser.asl.component.common.error_name.custom_error_name import CustomErrorName
from moto.stepfunctions.parser.asl.component.common.error_name.failure_event import FailureEvent
from moto.stepfunctions.parser.asl.component.common.retry import retrier_decl
from moto.stepfunctions.parser.asl.component.state.exec.state_task import lambda_eval_utils
from moto.stepfunctions.parser.asl.component.state.exec.state_task.state_task_lambda import StateTaskLambda
from moto.stepfunctions.parser.asl.eval.event.event_detail import EventDetails
from moto.stepfunctions.parser.asl.utils import boto_client
from moto.stepfunctions.parser.backend import execution, execution_worker
from moto.stepfunctions import responses  # last: its own imports depend on those above
from semantics import jsonata_bridge, payloads

from . import events, maps
from .clock import Bucket, clock
from .functions import ready
from .iam import ACCOUNT, Role
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

# The quota of ListExecutions in most regions: 100 at once, and 2 a second.
list_executions = Bucket(100, 2)

# What machines have answered for others, oldest first.
failures: list[dict] = []
# moto's parser is not made for several definitions at once: one's query language becomes another's.
parsing = threading.Lock()
# The runs that went on after they had failed.
redriven: list[str] = []
# How many events of runs were sent, and how many of them have reached all their targets.
told, heard = 0, 0
counting = threading.Lock()

original_client = boto_client.boto_client_for
original_create = models.StepFunctionsParserBackend.create_state_machine
original_update = models.StepFunctionsParserBackend.update_state_machine
original_start = models.StepFunctionsParserBackend.start_execution
original_lambda_error = StateTaskLambda._from_error
original_execution_data = execution_worker.ExecutionData
original_terminated = execution.BaseExecutionWorkerCommunication.terminated


def client_for(region, service, state_credentials=None):
    found = original_client(region, service, state_credentials)
    role = Role(state_credentials.role_arn)

    def check(params, model, **_):
        action = f"{SERVICES.get(service, service)}:{model.name}"
        named = {key.lower(): value for key, value in params.items()}
        resource = next((named[key] for key in RESOURCES if key in named), "*")
        if action == "batch:SubmitJob":
            for submitted in (named["jobdefinition"], named["jobqueue"]):
                role.check(action, submitted)
            return
        if action == "states:SendTaskFailure":
            failures.append(params)
            # The token does not tell whose it is; the role may answer all machines of its environment.
            environment = role.arn.rpartition("/")[2].removesuffix("-watcher")
            resource = f"arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:{environment}-raw-model"
        if "bucket" in named:
            resource = f"arn:aws:s3:::{named['bucket']}" + (f"/{named['key']}" if "key" in named else "")
        context = {"s3:prefix": named["prefix"]} if "prefix" in named else {}
        if service == "dynamodb":
            resource = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{named['tablename']}"
            context = {"dynamodb:LeadingKeys": named["key"]["id"]["S"]}
            check_table_key(role, named["tablename"])
        role.check(ACTIONS.get(action, action), resource, **context)
        if action == "states:ListExecutions" and not list_executions.take(clock.now):
            answer = {"Error": {"Code": "ThrottlingException", "Message": "Rate exceeded"}}
            raise ClientError(answer | {"ResponseMetadata": {"HTTPStatusCode": 400, "RequestId": "1"}}, model.name)

    found.meta.events.register("provide-client-params.*.*", check)
    found.meta.events.register("provide-client-params.*.*", payloads.as_the_service_writes)
    return found


def check_table_key(role: Role, table: str) -> None:
    """DynamoDB uses a customer's key with the rights of who reads or writes the table."""
    description = dynamodb_backends[ACCOUNT][REGION].tables[table].describe("Table")["Table"]
    if key := description.get("SSEDescription", {}).get("KMSMasterKeyArn"):
        role.check("kms:Decrypt", key, **{"kms:ViaService": f"dynamodb.{REGION}.amazonaws.com"})


def invoke_function(parameters, region, state_credentials):
    """A function that is the task's resource, or one that `lambda:invoke` names."""
    arn = parameters["FunctionName"]
    Role(state_credentials.role_arn).check("lambda:InvokeFunction", arn)
    function = lambda_backends[ACCOUNT][region].get_function(arn)
    ready(function)
    payload, failed, _ = function._invoke_lambda(json.loads(parameters["Payload"]))
    answer = {"StatusCode": 200, "Payload": json.loads(payload)}
    return answer | {"FunctionError": "Unhandled"} if failed else answer


def lambda_error(self: StateTaskLambda, env, ex) -> FailureEvent:
    """AWS names what Lambda refuses by Lambda's error, and `Lambda.AWSLambdaException` where there is none; moto `Exception`."""
    if not isinstance(ex, ClientError):
        return original_lambda_error(self, env, ex)
    code, message = ex.response["Error"]["Code"], ex.response["Error"]["Message"]
    name = f"Lambda.{code}" if code.endswith("Exception") and "AccessDenied" not in code else "Lambda.AWSLambdaException"
    details = LambdaFunctionFailedEventDetails(error=name, cause=message)
    return FailureEvent(
        env=env,
        error_name=CustomErrorName(name),
        event_type=HistoryEventType.LambdaFunctionFailed,
        event_details=EventDetails(lambdaFunctionFailedEventDetails=details),
    )


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
    definition = check_definition(definition, roleArn, arn)
    with parsing:
        return original_create(self, name, definition, roleArn, *arguments, **options)


def update_state_machine(self, arn, definition=None, role_arn=None, *arguments, **options):
    definition = check_definition(definition, role_arn, arn)
    with parsing:
        return original_update(self, arn, definition, role_arn, *arguments, **options)


def start_execution(self, state_machine_arn, name=None, *arguments, **options):
    """AWS gives a run that has no name one, and names the error of an input that is not JSON."""
    with contextlib.suppress(IndexError, TypeError):
        try:
            json.loads(arguments[0])
        except ValueError as problem:
            raise InvalidExecutionInput(f"Invalid State Machine Execution Input: '{problem}'") from problem
    machine = self.describe_state_machine(state_machine_arn)
    Role(machine.roleArn).assumed_by("states.amazonaws.com", state_machine_arn)
    global told
    with counting:
        told += 1
    run = original_start(self, state_machine_arn, name or str(uuid.uuid4()), *arguments, **options)
    tell(run, "RUNNING")
    return run


def execution_data(StartTime, **others) -> dict:  # noqa: N803
    """Guide, "Accessing execution data from the Context object": a time is as `2019-03-26T20:14:13.192Z`; moto has a blank in it."""
    text = f"{StartTime.astimezone(timezone.utc):%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z"
    return original_execution_data(StartTime=text, **others)


def terminated(self) -> None:
    """The event counts as sent before the run counts as ended, so that `is_quiet` misses neither."""
    global told
    with counting:
        told += 1
    original_terminated(self)
    tell(self.execution, self.execution.exec_status.value)


def is_quiet() -> bool:
    """No run goes on, and no event is on its way that could start another."""
    before = told
    machines = models.stepfunctions_parser_backends[ACCOUNT][REGION].state_machines
    is_running = any(run.status == "RUNNING" for machine in list(machines) for run in list(machine.executions))
    return not is_running and heard == told == before


def deliver(*event) -> None:
    global heard
    try:
        events.publish(*event)
    finally:
        with counting:
            heard += 1


def tell(run, status: str) -> None:
    detail = {
        "executionArn": run.exec_arn,
        "stateMachineArn": run.state_machine.arn,
        "name": run.name,
        "status": status,
        "startDate": milliseconds(run.start_date),
        "stopDate": None if status == "RUNNING" else milliseconds(run.stop_date),
        "input": json.dumps(run.input_data),
        "output": run.output if status == "SUCCEEDED" else None,
        "inputDetails": {"included": True},
        "outputDetails": {"included": True} if status == "SUCCEEDED" else None,
        "error": None if status == "RUNNING" else run.error,
        "cause": None if status == "RUNNING" else run.cause,
    }
    kind = "Step Functions Execution Status Change"
    threading.Thread(target=deliver, args=("aws.states", kind, [run.exec_arn], detail), daemon=True).start()


def redrive_execution(self) -> responses.ActionResult:
    """moto knows no RedriveExecution. Here the run begins anew, where AWS goes on at the states that failed."""
    run = self.stepfunction_backend.describe_execution(self._get_param("executionArn"))
    if run.status in ("RUNNING", "SUCCEEDED"):
        raise ClientError({"Error": {"Code": "ExecutionNotRedrivable", "Message": run.status}}, "RedriveExecution")
    redriven.append(run.exec_arn)
    run.exec_worker = run.stop_date = run.error = run.cause = None
    run.start()
    return responses.ActionResult({"redriveDate": run.start_date})


def milliseconds(time) -> int:
    return int(time.timestamp() * 1000)


def patch() -> None:
    # moto logs every failed state with its whole environment.
    logging.getLogger("moto.stepfunctions").setLevel(logging.CRITICAL + 1)
    jsonata_bridge.patch()
    payloads.use_clients(client_for)
    lambda_eval_utils._invoke_lambda_function = invoke_function
    StateTaskLambda._from_error = lambda_error
    payloads.patch()
    retrier_decl.time = clock
    models.StepFunctionsParserBackend.create_state_machine = create_state_machine
    models.StepFunctionsParserBackend.update_state_machine = update_state_machine
    models.StepFunctionsParserBackend.start_execution = start_execution
    responses.StepFunctionResponse.redrive_execution = redrive_execution
    execution_worker.ExecutionData = execution_data
    execution.BaseExecutionWorkerCommunication.terminated = terminated
