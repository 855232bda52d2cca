"""What tasks send to functions and to other machines, as AWS does, for moto's interpreter.

A function that is the task's resource gets any JSON value as it is, null too (recorded by LocalStack on AWS:
tests/aws/services/stepfunctions/v2/services/test_lambda_task.py, test_invoke_json_values). `lambda:invoke` takes a text for
JSON that is written already, and makes `{}` of null (recorded: test_lambda_task_service.py, test_invoke_json_values); a
number or a boolean is refused (stackoverflow.com/questions/76373088 has AWS's message). `Input` of StartExecution is such a
text too (API reference, StartExecution; recorded for null: test_callback.py, test_start_execution_sync_delegate_failure).
"""

from __future__ import annotations

import functools
import json
import sys
import uuid

from moto.stepfunctions.parser.api import ExecutionFailedEventDetails, ExecutionStatus, HistoryEventType
from moto.stepfunctions.parser.asl.component.common.error_name.failure_event import FailureEvent
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name import StatesErrorName
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name_type import StatesErrorNameType
from moto.stepfunctions.parser.asl.component.state.exec.state_task import lambda_eval_utils
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service import (
    state_task_service_callback,
    state_task_service_lambda,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service import StateTaskService
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_sfn import StateTaskServiceSfn
from moto.stepfunctions.parser.asl.eval.event.event_detail import EventDetails
from moto.stepfunctions.parser.asl.utils import boto_client
from moto.stepfunctions.parser.asl.utils.encoding import to_json_str
from moto.stepfunctions.parser.backend import execution

original_client = boto_client.boto_client_for
as_text = lambda_eval_utils.to_payload_type


class Refused(Exception):
    """A field of the wrong type: Step Functions does not start the task."""


def text_field(parameters: dict, name: str) -> None:
    """An object is written as JSON by Step Functions, anything but a text is refused."""
    value = parameters.get(name)
    if isinstance(value, (bool, int, float)):
        raise Refused(
            f"The Parameters '{json.dumps(parameters)}' could not be used to start the Task: "
            f"[The value for the field '{name}' must be a STRING]"
        )


def lambda_parameters(self, parameters, boto_service_name=None, service_action_name=None) -> None:
    if "Payload" in parameters:
        text_field(parameters, "Payload")
        parameters["Payload"] = as_text(parameters["Payload"])
    super(state_task_service_lambda.StateTaskServiceLambda, self)._normalise_parameters(
        parameters=parameters, boto_service_name=boto_service_name, service_action_name=service_action_name
    )


original_start_parameters = StateTaskServiceSfn._normalise_parameters
original_error = StateTaskServiceSfn._from_error
original_lambda_error = state_task_service_lambda.StateTaskServiceLambda._from_error


def start_parameters(self, parameters, boto_service_name=None, service_action_name=None) -> None:
    if service_action_name is None:
        text_field(parameters, "Input")
    original_start_parameters(self, parameters, boto_service_name, service_action_name)


def with_refusal(original):
    def from_error(self, env, ex):
        if not isinstance(ex, Refused):
            return original(self, env, ex)
        name = StatesErrorName(typ=StatesErrorNameType.StatesRuntime)
        return FailureEvent(
            env=env,
            error_name=name,
            event_type=HistoryEventType.ExecutionFailed,
            event_details=EventDetails(
                executionFailedEventDetails=ExecutionFailedEventDetails(error=name.error_name, cause=str(ex))
            ),
        )

    return from_error


original_sync = state_task_service_callback.StateTaskServiceCallback._eval_sync


def sync_without_token(self, env, sync_resolver, timeout_seconds, callback_endpoint, heartbeat_endpoint):
    """A run that is waited for has no token. moto waits for one all the same, and takes its end by the first try for a timeout
    of the second."""
    return original_sync(self, env, sync_resolver, timeout_seconds, None, None)


original_status = execution.BaseExecutionWorkerCommunication._reflect_execution_status


def reflect_status(self) -> None:
    """AWS tells a run's output as JSON; moto tells a text as it is, and null not at all."""
    original_status(self)
    if self.execution.exec_status == ExecutionStatus.SUCCEEDED:
        self.execution.output = to_json_str(self.execution.output)


def normalise_response(self, response, boto_service_name=None, service_action_name=None) -> None:
    """AWS writes the fields of an answer with a capital, as in `ExecutionArn`; what users sent stays as it is."""
    for key in list(response):
        value = response.pop(key)
        if key.lower() not in ("payload", "input", "output") and isinstance(value, list):
            for item in value:
                if isinstance(item, dict):
                    normalise_response(self, item)
        response[key[:1].upper() + key[1:]] = value


def as_the_service_writes(params, model, **_) -> dict:
    """The integrations write fields with a capital, some services do not. A run without a name gets one (API reference,
    StartExecution); moto takes all runs without one for the same."""
    found = named(params, model.input_shape) if model.input_shape else params
    return {"name": str(uuid.uuid4())} | found if model.name == "StartExecution" else found


def named(value, shape):
    """Inside of structures too."""
    if shape.type_name == "structure" and isinstance(value, dict):
        members = {member.lower(): member for member in shape.members}
        names = {key: members.get(key.lower(), key) for key in value}
        return {
            name: named(value[key], shape.members[name]) if name in shape.members else value[key]
            for key, name in names.items()
        }
    if shape.type_name == "list" and isinstance(value, list):
        return [named(each, shape.member) for each in value]
    return value


@functools.cache
def client_of(region, service):
    found = original_client(region, service)
    found.meta.events.register("provide-client-params.*.*", as_the_service_writes)
    return found


def client_for(region, service, state_credentials=None):
    return client_of(region, service)


def use_clients(function) -> None:
    for name, module in list(sys.modules.items()):
        if name.startswith("moto.stepfunctions.parser") and hasattr(module, "boto_client_for"):
            module.boto_client_for = function


def patch() -> None:
    # How often moto asks whether a run that a task waits for has ended, in seconds.
    state_task_service_callback._DELAY_SECONDS_SYNC_CONDITION_CHECK = 0.005
    state_task_service_callback.StateTaskServiceCallback._eval_sync = sync_without_token
    StateTaskService._normalise_response = normalise_response
    # moto copies a machine with its runs at each start, and those that are active cannot be copied.
    execution.Execution.__deepcopy__ = lambda self, memo: self
    execution.BaseExecutionWorkerCommunication._reflect_execution_status = reflect_status
    lambda_eval_utils.to_payload_type = lambda payload: to_json_str(payload).encode()
    state_task_service_lambda.StateTaskServiceLambda._normalise_parameters = lambda_parameters
    state_task_service_lambda.StateTaskServiceLambda._from_error = with_refusal(original_lambda_error)
    StateTaskServiceSfn._normalise_parameters = start_parameters
    StateTaskServiceSfn._from_error = with_refusal(original_error)
