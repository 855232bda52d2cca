"""One process that calls one function, as Lambda's runtime for Python does: started by `process`, with the numbers of three pipes.

Requests and answers are JSON after their length, over pipes of their own: standard output is the function's. The third pipe ends when
the program that started this process does. This file is complete in itself, but for `marshalling`: their text is given to Python by
`-c`, so that nothing of the runner's is on the function's path.

What Lambda does is read from its runtime interface client, github.com/aws/aws-lambda-python-runtime-interface-client: "awslambdaric".
"""

import sys

# `-c` puts the folder first that the user is in: a `json.py` there is not Python's, and not the function's either.
if sys.path and not sys.path[0]:
    del sys.path[0]

import json  # noqa: E402
import os  # noqa: E402
import threading  # noqa: E402
import time  # noqa: E402

if __package__:
    # With `-c`, its text comes before this.
    from .marshalling import cure, marshalled, marshalled_by_job

# Lambda guide, "Lambda quotas": 6 MB for a request and a response each.
MOST_BYTES = 6_291_556
# Step Functions API: SendTaskSuccess takes so much.
MOST_OUTPUT = 262_144
# Of an exception's message, and of a traceback: more is of use to nobody.
MOST_TEXT = 1 << 16


def main(requests: int, answers: int, life: int) -> None:
    sys.argv = [""]
    sys.excepthook = tell
    # What the function starts does not get the pipes.
    for descriptor in (requests, answers, life):
        os.set_inheritable(descriptor, False)
    temporary: list = []
    threading.Thread(target=end_with, args=(life, temporary), daemon=True).start()
    own = os.getpid()
    settings = receive(requests)
    if not settings["job"]:
        take_semaphores()
    if settings["temporary"]:
        temporary.append(settings["temporary"])
    if settings["debug"]:
        prepare_debugger(answers)
    handler, problem = load(settings)
    send(answers, problem or {"ready": True})
    if problem:
        sys.exit(0)
    while request := receive(requests):
        answer = call(handler, request, settings)
        if os.getpid() != own:
            # The handler has forked, and this is the copy that came back from it.
            os._exit(0)
        send(answers, answer | {"memory": most_memory()})


def end_with(life: int, temporary: list) -> None:
    os.read(life, 1)
    for process in descendants(os.getpid()):
        try:
            os.kill(process, 9)
        except OSError:
            pass
    try:
        import shutil

        for folder in temporary:
            shutil.rmtree(folder, ignore_errors=True)
    except Exception:
        pass
    if os.getpgid(0) == os.getpid():
        os.killpg(0, 9)
    os._exit(1)


def descendants(process: int) -> list:
    """What a process has started, and what those have, where the system tells (Linux); some may have left its group and session."""
    found = [process]
    for each in found:
        try:
            for task in os.listdir(f"/proc/{each}/task"):
                with open(f"/proc/{each}/task/{task}/children", "rb") as file:
                    found += map(int, file.read().split())
        except (OSError, ValueError):
            pass
    return found[1:]


def receive(descriptor: int):
    """None at the end."""
    size = read(descriptor, 8)
    return json.loads(read(descriptor, int.from_bytes(size, "big"))) if size else None


def read(descriptor: int, size: int) -> bytes:
    parts = []
    while size and (part := os.read(descriptor, min(size, 1 << 20))):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def send(descriptor: int, value) -> None:
    data = json.dumps(value).encode()
    left = memoryview(len(data).to_bytes(8, "big") + data)
    while left:
        left = left[os.write(descriptor, left) :]


def take_semaphores() -> None:
    """Lambda has no /dev/shm, so that locks, queues and pools of processes fail there when they are made, in Python 3.13 on Amazon Linux
    2023 as well (AWS Compute Blog, "Parallel Processing in Python with AWS Lambda"; AndersonBY/python-repomix issue 3 with 3.12).
    """
    try:
        import _multiprocessing
    except ImportError:
        return

    class SemLock:
        SEM_VALUE_MAX = (1 << 31) - 1

        def __init__(self, *_):
            problem = OSError(38, "Function not implemented")
            problem.dorc_hint = NO_SEMAPHORES
            raise problem

    _multiprocessing.SemLock = SemLock


NO_SEMAPHORES = (
    "Lambda has no shared memory, so that `multiprocessing` has no Pool, Queue or Lock there, and `ProcessPoolExecutor` does not work: use "
    "a `ThreadPoolExecutor`, `multiprocessing.Process` with a `Pipe`, `for_each` in the pipeline, or `compute` for a job"
)


def load(settings: dict):
    """The handler, or why there is none: errors and messages as the runtime's (awslambdaric, bootstrap.py, `_get_handler` and `run`)."""
    os.chdir(settings["folder"])
    sys.path[:0] = [settings["folder"], *settings["paths"]]
    log()
    module_name, dot, name = settings["handler"].rpartition(".")
    if not dot:
        return None, failed("Runtime.MalformedHandlerName", f"Bad handler '{name}': expected MODULE.FUNCTION")
    import importlib

    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as problem:
        message = f"Unable to import module '{module_name}': {problem}"
        return None, failed("Runtime.ImportModuleError", message, problem) | {"hint": import_hint(problem)}
    except SyntaxError as problem:
        where = [f'  File "{problem.filename}" Line {problem.lineno}\n    {problem.text}']
        return None, failed("Runtime.UserCodeSyntaxError", f"Syntax error in module '{module_name}': {problem}", problem, where)
    except Exception as problem:
        return None, failed(type(problem).__name__, str(problem), problem, frames(problem))
    if not hasattr(module, name):
        return None, failed("Runtime.HandlerNotFound", f"Handler '{name}' missing on module '{module_name}'")
    return getattr(module, name), None


def log() -> None:
    """As the functions that dorc makes log: from INFO on (Lambda guide, "Log-level filtering"), here a line a message. The root logger
    has a handler before the function's module is loaded, so that `logging.basicConfig` does nothing there (awslambdaric, `_setup_logging`).
    """
    import logging

    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(logging.Formatter("[%(levelname)s] %(message)s"))
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.INFO)


class Identity:
    """Of nobody: runs of Step Functions have no user of Cognito."""

    cognito_identity_id = cognito_identity_pool_id = None


class Context:
    """Lambda guide, "Using the Lambda context object to retrieve Python function information" (awslambdaric, lambda_context.py)."""

    def __init__(self, request: dict, settings: dict):
        self.aws_request_id = request["id"]
        self.function_name = settings["name"]
        self.function_version = "$LATEST"
        # As dorc's runner in a container has it: there is no Lambda.
        is_job = settings["job"]
        self.invoked_function_arn = "" if is_job else settings["arn"]
        # A string in Lambda.
        self.memory_limit_in_mb = settings["memory"] if is_job else str(settings["memory"])
        self.log_group_name = "" if is_job else f"/aws/lambda/{settings['name']}"
        self.log_stream_name = "" if is_job else "local"
        self.identity = None if is_job else Identity()
        self.client_context = self.tenant_id = None
        self._deadline = time.monotonic() + request["timeout"]

    def get_remaining_time_in_millis(self) -> int:
        return max(0, int((self._deadline - time.monotonic()) * 1000))

    def log(self, message) -> None:
        sys.stdout.write(str(message))


def call(handler, request: dict, settings: dict) -> dict:
    context = Context(request, settings)
    try:
        result = debugged(handler, request["event"], context) if settings["debug"] else handler(request["event"], context)
    except Exception as problem:
        return failed(type(problem).__name__, str(problem), problem, frames(problem), request["id"])
    except (SystemExit, KeyboardInterrupt) as problem:
        if not settings["job"]:
            raise
        status = getattr(problem, "code", None)
        return failed("Runtime.ExitError", f"the handler ended the process: {type(problem).__name__}({status!r})")
    finally:
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except Exception:
                pass
    is_job = settings["job"]
    try:
        text = marshalled_by_job(result) if is_job else marshalled(result)
    except Exception as problem:
        answer = failed("Runtime.MarshalError", f"Unable to marshal response: {problem}", request=request["id"])
        return answer | {"hint": cure(result, is_job)}
    # Half of a character ends Lambda's runtime here (awslambdaric, `post_invocation_result`), and so this process.
    size = len(text.encode())
    if is_job and size > MOST_OUTPUT:
        message = f"the result has {size} bytes of JSON, a step's output at most {MOST_OUTPUT}: write it to S3, and return its place"
        return failed("Runtime.ResultTooLarge", message)
    if size > MOST_BYTES:
        message = f"Response payload size exceeded maximum allowed payload size ({MOST_BYTES} bytes)."
        return failed("Function.ResponseSizeTooLarge", message, request=request["id"])
    may_be_no_json = isinstance(result, bytes) or "NaN" in text or "Infinity" in text
    return {"result": text, "hint": cure(result, is_job) if may_be_no_json else None}


def prepare_debugger(answers: int) -> None:
    """Who leaves the debugger wants the run to end: an exception, as pdb raises it, could be caught by the function or by its step."""
    import pdb

    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="ascii")

    class Debugger(pdb.Pdb):
        """In place of pdb's own, so that it is that of `breakpoint()` too."""

        def do_quit(self, _):
            send(answers, {"quit": True})
            for stream in (sys.stdout, sys.stderr):
                try:
                    stream.flush()
                except Exception:
                    pass
            os._exit(0)

        do_q = do_exit = do_quit

        def do_EOF(self, _):
            self.message("")
            self.do_quit("")

        def set_quit(self):
            self.do_quit("")

    pdb.Pdb = Debugger


def debugged(handler, event, context):
    import pdb

    try:
        return pdb.Pdb().runcall(handler, event, context)
    except Exception as problem:
        print(f"{type(problem).__name__}: {problem}")
        pdb.post_mortem(problem.__traceback__)
        raise


def own_frames(problem: BaseException):
    """The traceback without the frames of this file and of what imports modules."""
    found = problem.__traceback__
    while found and any(part in found.tb_frame.f_code.co_filename for part in ("<string>", "importlib", "bdb.py", "pdb.py")):
        found = found.tb_next
    return found


def frames(problem: BaseException) -> list:
    import traceback

    return traceback.format_list([tuple(frame)[:4] for frame in traceback.extract_tb(own_frames(problem))])


def failed(error: str, message: str, problem=None, stack=(), request: str = "") -> dict:
    """What Lambda answers, the traceback as Python prints it, and a hint."""
    answer = {"errorMessage": shortened(message), "errorType": error, "requestId": request, "stackTrace": list(stack)}
    if problem is None:
        return {"failed": answer}
    hint = import_hint(problem) if isinstance(problem, ImportError) else problem.__dict__.get("dorc_hint")
    return {"failed": answer, "trace": trace(problem), "hint": hint}


def import_hint(problem: ImportError) -> "str | None":
    if isinstance(problem, ModuleNotFoundError) and problem.name:
        name = problem.name.partition(".")[0]
        return (
            f"is the package of `{name}` in a requirements.txt and installed for this Python, {sys.executable}? A module of your own is "
            "beside the handler, or in a place that `images.include` names"
        )
    if "relative import" not in str(problem):
        return None
    import re
    import traceback

    lines = [frame.line or "" for frame in traceback.extract_tb(problem.__traceback__) if "importlib" not in frame.filename]
    parts = re.fullmatch(r"from\s+(\.+)\s*([\w.]*)\s+import\s+(.+)", lines[-1].strip() if lines else "")
    reason = "a handler's folder is on Python's path and is not a package"
    if not parts or len(parts[1]) > 1:
        return f"{reason}: import modules beside the handler by their names, and shared code from a place that `images.include` names"
    return f"{reason}: write `from {parts[2]} import {parts[3]}`" if parts[2] else f"{reason}: write `import {parts[3]}`"


def trace(problem: BaseException) -> str:
    import traceback

    text = shortened("".join(traceback.format_exception(type(problem), problem, own_frames(problem))))
    return text if text.endswith("\n") else f"{text}\n"


def shortened(text: str) -> str:
    return text if len(text) <= MOST_TEXT else f"{text[:MOST_TEXT]}... ({len(text)} characters)"


def tell(kind: type, problem: BaseException, _) -> None:
    """Of what ends the process."""
    sys.stderr.write(trace(problem))


def most_memory() -> int:
    """In MiB, of this process. What the system calls the maximum of a process may be that of the program which started it."""
    try:
        with open("/proc/self/status", encoding="ascii", errors="replace") as file:
            return next(round(int(line.split()[1]) / 1024) for line in file if line.startswith("VmHWM:"))
    except (OSError, StopIteration, ValueError):
        pass
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(most / (1 << 20) if sys.platform == "darwin" else most / 1024)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
