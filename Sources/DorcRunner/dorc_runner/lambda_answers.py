"""What a function finds around it on Lambda or in a job, and what these say of a call that failed."""

from __future__ import annotations

import json
import os
import signal

from .errors import RUNTIME, StateFailed
from .json_text import Json
from .plan import Function


# Characters (Step Functions API reference, LambdaFunctionFailedEventDetails).
MOST_CAUSE = 32768
# Of the error (Step Functions API reference, SendTaskFailure).
MOST_ERROR = 256


def outer_environment() -> dict[str, str]:
    """The environment of this program, without what is there for the runner alone: where its package is."""
    found = dict(os.environ)
    own = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    places = [each for each in found.pop("PYTHONPATH", "").split(os.pathsep) if each and os.path.abspath(each) != own]
    return found | ({"PYTHONPATH": os.pathsep.join(places)} if places else {})


def environment_of(function: Function, region: str, secrets: dict[str, str], base: dict[str, str]) -> dict[str, str]:
    """The function's own come last. What else there is here stays, such as PATH."""
    own = job_environment(function, region) if function.is_job else lambda_environment(function, region)
    return base | own | function.variables | secrets


def job_environment(function: Function, region: str) -> dict[str, str]:
    """What the job definition, AWS Batch and the image set, but for what dorc's runner takes away (job_runner.py)."""
    return {
        "AWS_BATCH_JOB_ATTEMPT": "1",
        "AWS_BATCH_JOB_ID": "local",
        "AWS_DEFAULT_REGION": region,
        "AWS_REGION": region,
        "DORC_FUNCTION": function.lambda_name,
        "DORC_MEMORY": str(function.memory),
        "DORC_TIMEOUT": str(int(function.timeout)),
        "LAMBDA_TASK_ROOT": str(function.folder),
        "TZ": ":UTC",
    }


def lambda_environment(function: Function, region: str) -> dict[str, str]:
    """Lambda guide, "Defined runtime environment variables"."""
    return {
        "_HANDLER": function.handler,
        "AWS_DEFAULT_REGION": region,
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory),
        "AWS_LAMBDA_FUNCTION_NAME": function.lambda_name,
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_LAMBDA_LOG_GROUP_NAME": f"/aws/lambda/{function.lambda_name}",
        "AWS_LAMBDA_LOG_STREAM_NAME": "local",
        "AWS_REGION": region,
        "LAMBDA_TASK_ROOT": str(function.folder),
        "TZ": ":UTC",
    }


# The texts were seen on AWS (floci-io/floci, issue 3314) and are in aws-lambda-runtime-interface-emulator.


def error_text(message: str, error: str) -> str:
    return json.dumps({"errorType": error, "errorMessage": message})


# What the environment's machine for jobs answers for a container that died: the reasons that AWS Batch and ECS give, and the exit status.
JOB_FAILED = "Batch.JobFailed"
EXITED = "Essential container in task exited"


def timed_out(function: Function, request: str) -> tuple[str, str]:
    if function.is_job:
        return JOB_FAILED, f"Job attempt duration exceeded timeout; job {request}"
    message = f"RequestId: {request} Error: Task timed out after {function.timeout:.2f} seconds"
    return "Sandbox.Timedout", error_text(message, "Sandbox.Timedout")


def out_of_memory(function: Function, request: str) -> tuple[str, str]:
    if function.is_job:
        reason = "OutOfMemoryError: Container killed due to memory usage"
        return JOB_FAILED, f"{EXITED}; {reason}; exit code 137; job {request}"
    message = f"RequestId: {request} Error: Runtime exited with error: signal: killed"
    return "Runtime.OutOfMemory", error_text(message, "Runtime.OutOfMemory")


def out_of_storage(function: Function, request: str) -> tuple[str, str]:
    """On Lambda, writing fails while the handler runs, with this."""
    what = "the disk" if function.is_job else "ephemeral_storage"
    message = f"[Errno 28] No space left on device: more than the {function.ephemeral_storage} MB of {what} are in use"
    return "OSError", json.dumps({"errorMessage": message, "errorType": "OSError", "requestId": request, "stackTrace": []})


def exited(function: Function, status: int, request: str) -> tuple[str, str]:
    if function.is_job:
        code = status if status >= 0 else 128 - status
        reason = "the container ended without an answer; " if code == 0 else ""
        return JOB_FAILED, f"{EXITED}; exit code {code}; {reason}job {request}"
    if status == 0:
        reason = "Runtime exited without providing a reason"
    elif status > 0:
        reason = f"Runtime exited with error: exit status {status}"
    else:
        reason = f"Runtime exited with error: signal: {str(signal.strsignal(-status)).lower()}"
    return "Runtime.ExitError", error_text(f"RequestId: {request} Error: {reason}", "Runtime.ExitError")


def failure(function: Function, answer: dict[str, Json], request: str) -> StateFailed:
    """The class of a function's exception is the error, the whole answer the cause (recorded; its spaces too)."""
    if function.is_job:
        return job_failure(answer)
    cause = answer["failed"] | {"requestId": request}
    text = json.dumps(cause, ensure_ascii=False)
    if len(text) > MOST_CAUSE:
        message = cause["errorMessage"]
        text = json.dumps(cause | {"errorMessage": message[: max(0, len(message) - len(text) + MOST_CAUSE)]}, ensure_ascii=False)
    return StateFailed(cause["errorType"], text[:MOST_CAUSE], answer.get("trace"), answer.get("hint"))


def not_json(place: str, problem: ValueError, hint: str | None) -> StateFailed:
    """That Step Functions does not take an answer which is not JSON was seen (nasa/cumulus-message-adapter, issue 105), as what is not:
    here as the error of what it cannot process, which is neither retried nor caught (guide, "Error names"), so that nothing relies on it.
    """
    detail = "" if isinstance(problem, json.JSONDecodeError) else f": {problem}"
    return StateFailed(RUNTIME, f"{place}. The output of the function is not JSON{detail}", hint=hint)


def job_failure(answer: dict[str, Json]) -> StateFailed:
    """As dorc's runner in a container answers (job_runner.py, `cause`): the innermost frames are kept, as many as there is room for."""
    cause = {key: answer["failed"][key] for key in ("errorMessage", "errorType", "stackTrace")}
    cause["errorMessage"] = cause["errorMessage"][: MOST_CAUSE // 4]
    while len(text := json.dumps(cause)) > MOST_CAUSE:
        if cause["stackTrace"]:
            cause["stackTrace"] = cause["stackTrace"][1:]
        else:
            cause["errorMessage"] = cause["errorMessage"][: len(cause["errorMessage"]) // 2]
    return StateFailed(cause["errorType"][:MOST_ERROR], text, answer.get("trace"), answer.get("hint"))
