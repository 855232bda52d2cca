"""The resource of a Task: a function, another pipeline, or a mock of what is not on this computer."""

from __future__ import annotations

import json
import re
import secrets
import threading
import time
import uuid

from . import interpreter
from .errors import RUNTIME, TASK_FAILED, TIMEOUT, RunFailed, StateFailed, Stopped, TimedOut
from .execution import Execution, Visit, timestamp
from .expressions import Values
from .json_text import Json, compact, parse
from .mocks import mock_names
from .plan import JOB_DEFINITION, Function, Pipeline
from .scope import Scope

LAMBDA = re.compile(r"(arn:[^:]+:lambda:[^:]*:[^:]*:function:[^:]+)(:[^:]+)?")
# Up to where a service's pattern of waiting begins.
INTEGRATION = re.compile(
    r"arn:[^:]+:states:[^:]*:[^:]*:(?P<action>[a-z0-9-]+:[A-Za-z0-9]+(:[A-Za-z0-9]+)?)(?P<pattern>\.[A-Za-z:0-9]+)?"
)
FOREVER = float("inf")


def run_task(visit: Visit) -> Json:
    resource = visit.state["Resource"]
    if resource.endswith(".waitForTaskToken"):
        visit.token = secrets.token_urlsafe(48)
    values = visit.values()
    arguments = values.resolve(visit.state["Arguments"], "Arguments") if "Arguments" in visit.state else visit.event
    visit.limited(arguments, f"The state/task '{visit.name}' got an input")
    timeout = seconds(values, visit.state, "TimeoutSeconds")
    # Functions and runs here send no heartbeats that could be missed; the value is checked all the same.
    seconds(values, visit.state, "HeartbeatSeconds")
    # Scheduled and started, or with a run or a token that is waited for, submitted; then how it ended.
    visit.branch.execution.count_events(3 if resource.endswith((".sync", ".sync:2", ".waitForTaskToken")) else 2)
    try:
        answer = answer_of(visit, resource, arguments, timeout)
    except StateFailed:
        visit.branch.execution.count_events()
        raise
    visit.branch.execution.count_events()
    return answer


def answer_of(visit: Visit, resource: str, arguments: Json, timeout: float) -> Json:
    is_mocked, answer = visit.run.mocks.answer(visit, arguments)
    if is_mocked:
        return mocked(resource, answer)
    # `--only` names a job where no step runs it.
    if found := LAMBDA.fullmatch(resource) or JOB_DEFINITION.fullmatch(resource):
        return call_function(visit, function_of(visit, found[1]), arguments, timeout)
    found = INTEGRATION.fullmatch(resource)
    match (found["action"], found["pattern"] or "") if found else (None, None):
        case ("lambda:invoke", ""):
            return invoke(visit, arguments, timeout)
        case ("aws-sdk:batch:submitJob", ".waitForTaskToken") | ("batch:submitJob", ".sync"):
            if (job := job_of(visit, arguments)) is not None:
                return run_job(visit, job, arguments, timeout)
        case ("states:startExecution", ""):
            return start(visit, arguments)
        case ("states:startExecution", ".sync" | ".sync:2" as pattern):
            return start_and_wait(visit, arguments, timeout, pattern)
        case ("aws-sdk:sfn:listExecutions", ""):
            return list_executions(visit, arguments)
    raise not_here(visit, resource, arguments)


def mocked(resource: str, answer: Json) -> Json:
    """Of a run that is waited for, a mock has the output alone, or all that AWS tells of the run."""
    if not resource.endswith((":states:startExecution.sync", ":states:startExecution.sync:2")):
        return answer
    if isinstance(answer, dict) and {"ExecutionArn", "Output"} <= answer.keys():
        return answer
    output = answer if resource.endswith(":2") else compact(answer)
    return {"Output": output, "Status": "SUCCEEDED"}


def seconds(values: Values, state: dict[str, Json], field: str) -> float:
    if field not in state:
        return FOREVER
    found = values.expect(state[field], field, "number")
    if found <= 0 or found != int(found):
        raise values.failure(f"The {field} field is a whole number from 1 on, but was: {found}")
    return found


def not_here(visit: Visit, what: str, arguments: Json) -> RunFailed:
    call = json.dumps(arguments, indent=2, ensure_ascii=False)
    # The last is the step's own, which the mocks of a file have.
    name = mock_names(visit.run.plan.pipeline, visit.branch.execution.pipeline.name, visit.name)[-1]
    hint = "the answer of whoever gets the token" if visit.token else "its answer"
    return RunFailed(
        f"`{visit.step}` calls {what}, which is not on this computer. Give {hint} {visit.run.mocks_place}, with the line\n"
        f"  {name}: {{output: ...}}\nThe call is\n{call}",
        visit.step,
        "--mock FILE",
    )


# Functions.


def function_of(visit: Visit, name: str) -> Function:
    functions = visit.run.plan.lambdas
    found = functions.get(name) or next((each for each in functions.values() if each.lambda_name == name and not each.is_job), None)
    if found is None:
        raise RunFailed(
            f"`{visit.step}` runs the function {name}, which is not in the plan: give its answer {visit.run.mocks_place}",
            visit.step,
            "--mock FILE",
        )
    return found


def job_of(visit: Visit, arguments: Json) -> Function | None:
    """None for a job that dorc has not made."""
    written = arguments.get("JobDefinition") if isinstance(arguments, dict) else None
    found = JOB_DEFINITION.fullmatch(written) if isinstance(written, str) else None
    return visit.run.plan.lambdas.get(found[1]) if found else None


def run_job(visit: Visit, job: Function, arguments: Json, timeout: float) -> Json:
    """The event is where dorc's runner in the container would find it. What the function answers is what would come with the token."""
    overrides = arguments.get("ContainerOverrides") or {}
    variables = {each["Name"]: each["Value"] for each in overrides.get("Environment") or []}
    if job.folder is None:
        raise not_here(visit, f"the container of {job.name}, which is built elsewhere and gets no event", arguments)
    return visit.run.functions.call(job, parse(variables["DORC_EVENT"]), visit, timeout)


def call_function(visit: Visit, function: Function, event: Json, timeout: float) -> Json:
    """The event is any JSON, and so is the answer (recorded)."""
    if function.folder is None:
        raise not_here(visit, f"the image of {function.name}, which is built elsewhere", event)
    return visit.run.functions.call(function, event, visit, timeout)


def invoke(visit: Visit, arguments: Json, timeout: float) -> Json:
    """`lambda:invoke`. A string is JSON that is written already, nothing is `{}`, a number is refused; the answer's fields: recorded."""
    payload = text_field(visit, arguments, "Payload")
    name = arguments.get("FunctionName", "")
    found = LAMBDA.fullmatch(name)
    answer = call_function(visit, function_of(visit, found[1] if found else name.partition(":")[0]), payload, timeout)
    request = str(uuid.uuid4())
    headers = {"Connection": "keep-alive", "Content-Length": str(len(compact(answer).encode("utf-8", "surrogatepass")))}
    headers |= {"Content-Type": "application/json", "X-Amz-Executed-Version": "$LATEST", "x-amzn-RequestId": request}
    metadata = {
        "AllHttpHeaders": {key: [value] for key, value in headers.items()},
        "HttpHeaders": headers,
        "HttpStatusCode": 200,
    }
    return {
        "ExecutedVersion": "$LATEST",
        "Payload": answer,
        "SdkHttpMetadata": metadata,
        "SdkResponseMetadata": {"RequestId": request},
        "StatusCode": 200,
    }


def text_field(visit: Visit, arguments: Json, name: str) -> Json:
    """What a field holds that takes JSON as a string, or an object that Step Functions makes one of."""
    value = arguments.get(name) if isinstance(arguments, dict) else None
    if value is None:
        return {}
    if isinstance(value, (bool, int, float)):
        raise StateFailed(
            RUNTIME,
            f"{visit.place}. The Parameters '{compact(arguments)}' could not be used to start the Task: "
            f"[The value for the field '{name}' must be a STRING]",
        )
    if not isinstance(value, str):
        return value
    try:
        return parse(value)
    except ValueError as problem:
        error = "StepFunctions.InvalidExecutionInputException" if name == "Input" else "Lambda.InvalidRequestContentException"
        raise StateFailed(error, f"Invalid State Machine Execution Input: '{problem}'") from None


# Other pipelines.


def child_of(visit: Visit, arguments: Json, scope: Scope) -> Execution:
    arn = arguments.get("StateMachineArn", "") if isinstance(arguments, dict) else ""
    pipeline: Pipeline | None = visit.run.plan.machines.get(arn)
    if pipeline is None:
        raise not_here(visit, f"the state machine {arn}", arguments)
    timeout = pipeline.definition.get("TimeoutSeconds")
    child = Execution(
        visit.run, pipeline, text_field(visit, arguments, "Input"), Scope(scope, timeout), prefix=f"{pipeline.name}: "
    )  # fmt: skip
    if arguments.get("Name"):
        child.name = str(arguments["Name"])
    return child


def start(visit: Visit, arguments: Json) -> Json:
    """Nobody waits for the run here; the program does, before it ends."""
    child = child_of(visit, arguments, Scope())

    def run() -> None:
        try:
            interpreter.run_execution(child)
        except StateFailed as failure:
            visit.run.reporter.event("run failed", child.pipeline.name, **failure.told())
        except RunFailed as problem:
            visit.run.reporter.event("run failed", child.pipeline.name, error=problem.message, cause=None, trace=None)
        except TimedOut:
            visit.run.reporter.event("run failed", child.pipeline.name, error=TIMEOUT, cause=None, trace=None)
        except Stopped:
            pass

    thread = threading.Thread(target=run, daemon=True)
    with visit.run.lock:
        visit.run.unattended.append(thread)
    thread.start()
    return {"ExecutionArn": child.arn, "StartDate": timestamp(child.started)}


def start_and_wait(visit: Visit, arguments: Json, timeout: float, pattern: str) -> Json:
    own = Scope(visit.branch.scope, None if timeout == FOREVER else timeout)
    child = child_of(visit, arguments, own)
    ended: dict[str, Json] = {}
    trace = hint = step = None
    try:
        output = interpreter.run_execution(child)
        written = output if pattern == ".sync:2" else compact(output)
        ended = {"Output": written, "OutputDetails": {"Included": True}}
    except StateFailed as failure:
        texts = {"Cause": failure.cause, "Error": failure.error}
        ended = {key: text for key, text in texts.items() if text is not None}
        trace, hint, step = failure.trace, failure.hint, failure.step
    except TimedOut as problem:
        if problem.scope is own:
            raise StateFailed(TIMEOUT, None) from None
        if problem.scope is not child.scope:
            raise
    finally:
        own.end()
    is_parsed = pattern == ".sync:2" and child.status == "SUCCEEDED"
    found = ended | {
        "ExecutionArn": child.arn,
        "Input": child.input if is_parsed else compact(child.input),
        "InputDetails": {"Included": True},
        "Name": child.name,
        "StartDate": int(child.started * 1000),
        "StateMachineArn": child.pipeline.state_machine,
        "Status": child.status,
        "StopDate": int(time.time() * 1000),
    }
    found = {key: found[key] for key in sorted(found)}
    if child.status != "SUCCEEDED":
        # Recorded: the error of a run that failed is this, its own error and cause are in the cause.
        failed = StateFailed(TASK_FAILED, compact(found), trace, hint)
        failed.step = step
        raise failed
    return found


def list_executions(visit: Visit, arguments: Json) -> Json:
    """Of the runs that this program has started; `max_active_runs` counts them."""
    machine, status = arguments.get("StateMachineArn"), arguments.get("StatusFilter")
    with visit.run.lock:
        executions = list(reversed(visit.run.executions))
    return {
        "Executions": [
            {
                "ExecutionArn": each.arn,
                "Name": each.name,
                "StartDate": timestamp(each.started),
                "StateMachineArn": each.pipeline.state_machine,
                "Status": each.status,
            }
            for each in executions
            if each.pipeline.state_machine == machine and status in (None, each.status)
        ]
    }
