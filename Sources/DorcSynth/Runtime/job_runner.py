"""Runs a function of a pipeline as a job of AWS Batch: the entry point of its image.

Written by dorc-synth; a change here is lost with its next run. It needs Python 3.9, the standard library and boto3, which
Lambda's base images have. Its one argument is the handler, as in `lambda.handler`. A pipeline's state machine puts into the
environment

    DORC_EVENT         the event, as JSON
    DORC_TASK_TOKEN    what the answer goes to: until then the state machine waits

and the job definition DORC_FUNCTION (its name), DORC_TIMEOUT (seconds) and DORC_MEMORY (MB).

What the handler returns is answered with SendTaskSuccess. What it raises is answered with SendTaskFailure: the name of the
class is the error, as Lambda has it. A container that ends without an answer is answered for by the environment's state machine
for jobs. While the handler runs, a heartbeat asks whether the run still waits: where it was stopped, the container ends.

Exit status: 0 answered with success; 1 answered with a failure, or no answer could be given; 3 the run does not wait any more;
64 not started by a pipeline; 143 the container was told to stop, as when spot capacity is taken away: Batch may try again.
"""

import decimal
import importlib
import json
import logging
import os
import signal
import sys
import threading
import time
import traceback

FAILED, NOT_AWAITED, USAGE, STOPPED = 1, 3, 64, 143

# Step Functions API: SendTaskSuccess takes 262,144 bytes, SendTaskFailure 256 and 32,768 characters.
LONGEST_OUTPUT = 262_144
LONGEST_ERROR = 256
LONGEST_CAUSE = 32_768

# Seconds.
HEARTBEAT = 60.0


class Stopped(BaseException):
    """The container was told to stop. Not an Exception: a handler that catches those must not keep it."""


class Refused(Exception):
    """An answer that is given instead of the handler's result: an error's name, and words."""

    def __init__(self, error, message, trace=()):
        super().__init__(message)
        self.error = error
        self.trace = list(trace)


class Context:
    """What Lambda hands to a handler beside the event, as far as it means something in a job."""

    def __init__(self, environment):
        self.function_name = environment.get("DORC_FUNCTION", "")
        self.function_version = "$LATEST"
        self.invoked_function_arn = ""
        self.memory_limit_in_mb = int(environment.get("DORC_MEMORY") or 0)
        self.aws_request_id = environment.get("AWS_BATCH_JOB_ID", "")
        self.log_group_name = ""
        self.log_stream_name = ""
        self.identity = None
        self.client_context = None
        self._end = time.monotonic() + float(environment.get("DORC_TIMEOUT") or 0)

    def get_remaining_time_in_millis(self):
        return max(0, int((self._end - time.monotonic()) * 1000))


class Run:
    """The run that waits for the answer, through Step Functions' API."""

    # https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskHeartbeat.html#API_SendTaskHeartbeat_Errors
    GONE = ("TaskTimedOut", "TaskDoesNotExist", "InvalidToken")

    def __init__(self, client, token):
        self.client = client
        self.token = token

    def is_waiting(self):
        """Whether the run waits for this job. What else goes wrong, such as the network, says nothing about it."""
        try:
            self.client.send_task_heartbeat(taskToken=self.token)
        except Exception as problem:
            if self.is_gone(problem):
                return False
            say(f"no heartbeat: {problem}")
        return True

    def succeed(self, output):
        self.client.send_task_success(taskToken=self.token, output=output)

    def fail(self, error, cause):
        self.client.send_task_failure(taskToken=self.token, error=error[:LONGEST_ERROR], cause=cause)

    def is_gone(self, problem):
        answer = getattr(problem, "response", None) or {}
        code = (answer.get("Error") or {}).get("Code", "")
        return code.rpartition("#")[2] in self.GONE


def say(text):
    print(f"dorc: {text}", flush=True)


def step_functions():
    import boto3
    from botocore.config import Config

    retries = {"mode": "standard", "total_max_attempts": 10}
    return boto3.client("stepfunctions", config=Config(retries=retries, connect_timeout=10, read_timeout=30))


# -- The handler, with the errors that Lambda's runtime for Python has


def load(name):
    module, _, function = name.rpartition(".")
    try:
        loaded = importlib.import_module(module.replace("/", "."))
    except ImportError as problem:
        raise Refused("Runtime.ImportModuleError", f"Unable to import module '{module}': {problem}", frames(problem))
    except SyntaxError as problem:
        raise Refused("Runtime.UserCodeSyntaxError", f"Syntax error in module '{module}': {problem}", frames(problem))
    try:
        return getattr(loaded, function)
    except AttributeError:
        raise Refused("Runtime.HandlerNotFound", f"Handler '{function}' missing on module '{module}'")


def frames(problem):
    """The stack below this file."""
    trace = traceback.extract_tb(problem.__traceback__)
    own = [frame for frame in trace if frame.filename != __file__ and not frame.filename.startswith("<frozen ")]
    return traceback.format_list(own)


def encode(result):
    def other(value):
        if isinstance(value, decimal.Decimal):
            return float(value)
        raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")

    try:
        text = json.dumps(result, ensure_ascii=False, allow_nan=False, default=other)
        size = len(text.encode())
    except (TypeError, ValueError, RecursionError) as problem:
        raise Refused("Runtime.MarshalError", f"Unable to marshal response: {problem}")
    if size > LONGEST_OUTPUT:
        raise Refused(
            "Runtime.ResultTooLarge",
            f"the result has {size} bytes of JSON, a step's output at most {LONGEST_OUTPUT}:"
            " write it to S3, and return its place",
        )
    return text


def cause(kind, message, trace):
    """As Lambda's runtime tells of an error; the innermost frames are kept, as many as there is room for."""
    trace = list(trace)
    message = message[: LONGEST_CAUSE // 4]
    while True:
        text = json.dumps({"errorMessage": message, "errorType": kind, "stackTrace": trace})
        if len(text) <= LONGEST_CAUSE:
            return text
        if trace:
            trace = trace[1:]
        else:
            message = message[: len(message) // 2]


def call(handler_name, event, context):
    """What the handler returns, as JSON; what it raises, as Refused."""
    try:
        return encode(load(handler_name)(event, context))
    except Refused:
        raise
    except (SystemExit, KeyboardInterrupt) as problem:
        status = getattr(problem, "code", None)
        raise Refused("Runtime.ExitError", f"the handler ended the process: {type(problem).__name__}({status!r})")
    except Exception as problem:
        traceback.print_exc()
        raise Refused(type(problem).__name__, str(problem), frames(problem))


# -- The job


def beat(run, seconds, leave):
    """Ends the container where the run does not wait any more: nobody would hear of the result."""
    while True:
        time.sleep(seconds)
        if not run.is_waiting():
            say("the run does not wait for this job any more: it was stopped, or its time is over")
            leave(NOT_AWAITED)
            return


def leave_at_once(status):
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def stop(_signal, _frame):
    raise Stopped


def answer(run, send):
    """The exit status after an answer."""
    try:
        send()
    except Exception as problem:
        if run.is_gone(problem):
            say("the run does not wait for this answer any more")
            return NOT_AWAITED
        say(f"the answer could not be given: {problem}")
        return FAILED
    return 0


def main(arguments, environment, connect=step_functions, heartbeat=HEARTBEAT, leave=leave_at_once):
    token, text = environment.pop("DORC_TASK_TOKEN", ""), environment.pop("DORC_EVENT", "")
    if len(arguments) != 1 or not token or not text:
        say("this container is started by a pipeline, with a handler, DORC_TASK_TOKEN and DORC_EVENT")
        return USAGE
    signal.signal(signal.SIGTERM, stop)
    try:
        sys.stdout.reconfigure(line_buffering=True)
    except AttributeError:
        pass
    root = environment.get("LAMBDA_TASK_ROOT") or os.getcwd()
    # Lambda's own start has the latter on the path too: up to Python 3.11, its base images have boto3 there.
    runtime = environment.get("LAMBDA_RUNTIME_DIR") or "/var/runtime"
    own = (os.path.dirname(os.path.abspath(__file__)), runtime)
    sys.path[:] = [root] + [path for path in sys.path if path not in own] + [runtime]
    # From INFO on, as dorc's Lambdas log.
    logging.basicConfig(
        stream=sys.stdout, level=logging.INFO, format="[%(levelname)s]\t%(asctime)s\t%(name)s\t%(message)s"
    )
    try:
        run = Run(connect(), token)
        # A job may have waited long for its turn.
        if not run.is_waiting():
            say("the run does not wait for this job any more: nothing is done")
            return NOT_AWAITED
        threading.Thread(target=beat, args=(run, heartbeat, leave), daemon=True).start()
        refused = None
        try:
            output = call(arguments[0], json.loads(text), Context(environment))
        except Refused as problem:
            refused = problem
        # The answer is given, come what may.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    except Stopped:
        say("told to stop: spot capacity is taken away, the time is over, or the job was terminated")
        return STOPPED
    if refused is None:
        return answer(run, lambda: run.succeed(output))
    say(f"{refused.error}: {refused}")
    reason = cause(refused.error, str(refused), refused.trace)
    return answer(run, lambda: run.fail(refused.error, reason)) or FAILED


if __name__ == "__main__":
    leave_at_once(main(sys.argv[1:], os.environ))
