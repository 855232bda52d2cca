"""What a function finds around it on Lambda, and what Lambda says of a call that failed."""

from __future__ import annotations

import json
import os
import signal

from .errors import StateFailed
from .json_text import Json
from .plan import Function


# Characters (Step Functions API reference, LambdaFunctionFailedEventDetails).
MOST_CAUSE = 32768


def outer_environment() -> dict[str, str]:
    """The environment of this program, without what is there for the runner alone: where its package is."""
    found = dict(os.environ)
    own = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    places = [each for each in found.pop("PYTHONPATH", "").split(os.pathsep) if each and os.path.abspath(each) != own]
    return found | ({"PYTHONPATH": os.pathsep.join(places)} if places else {})


def environment_of(function: Function, region: str, secrets: dict[str, str], base: dict[str, str]) -> dict[str, str]:
    """Lambda guide, "Defined runtime environment variables"; the function's own come last. What else there is here stays, such as PATH."""
    return (
        base
        | {
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
        | function.variables
        | secrets
    )


# The texts were seen on AWS (floci-io/floci, issue 3314) and are in aws-lambda-runtime-interface-emulator.


def error_text(message: str, error: str) -> str:
    return json.dumps({"errorType": error, "errorMessage": message})


def timed_out(function: Function, request: str) -> tuple[str, str]:
    message = f"RequestId: {request} Error: Task timed out after {function.timeout:.2f} seconds"
    return "Sandbox.Timedout", error_text(message, "Sandbox.Timedout")


def out_of_memory(request: str) -> tuple[str, str]:
    message = f"RequestId: {request} Error: Runtime exited with error: signal: killed"
    return "Runtime.OutOfMemory", error_text(message, "Runtime.OutOfMemory")


def out_of_storage(function: Function, request: str) -> tuple[str, str]:
    """On Lambda, writing fails while the handler runs, with this."""
    message = f"[Errno 28] No space left on device: more than the {function.ephemeral_storage} MB of ephemeral_storage are in use"
    return "OSError", json.dumps({"errorMessage": message, "errorType": "OSError", "requestId": request, "stackTrace": []})


def exited(status: int, request: str) -> tuple[str, str]:
    if status == 0:
        reason = "Runtime exited without providing a reason"
    elif status > 0:
        reason = f"Runtime exited with error: exit status {status}"
    else:
        reason = f"Runtime exited with error: signal: {str(signal.strsignal(-status)).lower()}"
    return "Runtime.ExitError", error_text(f"RequestId: {request} Error: {reason}", "Runtime.ExitError")


def failure(answer: dict[str, Json], request: str) -> StateFailed:
    """The class of a function's exception is the error, the whole answer the cause (recorded; its spaces too)."""
    cause = answer["failed"] | {"requestId": request}
    text = json.dumps(cause, ensure_ascii=False)
    if len(text) > MOST_CAUSE:
        message = cause["errorMessage"]
        text = json.dumps(cause | {"errorMessage": message[: max(0, len(message) - len(text) + MOST_CAUSE)]}, ensure_ascii=False)
    return StateFailed(cause["errorType"], text[:MOST_CAUSE], answer.get("trace"))
