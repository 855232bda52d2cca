"""Handlers that do what they should not: the run tells what Lambda would, ends, and leaves nothing behind."""

from __future__ import annotations

import json
import os
import sys
import time

import making
import pytest
from test_functions import error_of, failure, output, run

HANDLER = "def handler(event, context):\n"
needs_proc = pytest.mark.skipif(not os.path.exists(f"/proc/{os.getpid()}/task"), reason="the system does not tell of children")


def gone(process: int) -> bool:
    limit = time.monotonic() + 5
    while making.lives(process) and time.monotonic() < limit:
        time.sleep(0.02)
    return not making.lives(process)


# body of the handler: error, and a part of its message.
ENDS = {
    "a subclass of BaseException": ("class Odd(BaseException): pass\n    raise Odd('x')", "Runtime.ExitError", "exit status 1"),
    "KeyboardInterrupt": ("raise KeyboardInterrupt", "Runtime.ExitError", "Runtime exited with error: "),
    "a subclass of SystemExit": ("class Bye(SystemExit): pass\n    raise Bye(5)", "Runtime.ExitError", "exit status 5"),
    "an exit with a text": ("raise SystemExit('farewell')", "Runtime.ExitError", "exit status 1"),
    "an abort": ("import os; os.abort()", "Runtime.ExitError", "signal: aborted"),
    "an exception without a text": ("class Bad(Exception):\n        def __str__(self): return 1/0\n    raise Bad", "Runtime.ExitError", "exit status 1"),
    "an exception that is no text": ("raise ValueError(b'x', [1])", "ValueError", "(b'x', [1])"),
    "a message with half a character": ("raise ValueError('\\ud800')", "ValueError", "\ud800"),
    "a message of several lines": ("raise ValueError('a\\n\\tb')", "ValueError", "a\n\tb"),
    "a group of exceptions": ("raise ExceptionGroup('all', [ValueError(1)])", "ExceptionGroup", "all (1 sub-exception)"),
}  # fmt: skip


@pytest.mark.parametrize("name", ENDS)
def test_an_exception_that_lambda_does_not_expect(project, name):
    body, error, message = ENDS[name]
    if "ExceptionGroup" in body and sys.version_info < (3, 11):
        pytest.skip("of Python 3.11")
    found = error_of(project, f"{HANDLER}    {body}\n")
    assert found["Error"] == error
    assert message in found["Cause"]["errorMessage"]


def test_what_ends_a_process_is_shown_as_python_shows_it(project):
    text = failure(run(project, f"{HANDLER}    class Odd(BaseException): pass\n    raise Odd('why')\n"))
    assert "f | Traceback (most recent call last):" in text and "Odd: why" in text
    assert f'File "{project.root}/src/raw/p/f/lambda.py", line 3, in handler' in text and '"<string>"' not in text


def test_a_giant_message_is_cut(project):
    result = run(project, f"{HANDLER}    raise ValueError('x' * 50_000_000)\n")
    text = failure(result)
    assert "failed at `f`: ValueError: xxx" in text and len(text) < 200_000
    cause = error_of(project, f"{HANDLER}    raise ValueError('x' * 50_000_000)\n")["Cause"]
    assert 32000 < len(json.dumps(cause)) <= 32768 and cause["errorType"] == "ValueError"


# body of the handler: what comes out.
RESULTS = {
    "a tuple": ("return (1, (2,))", [1, [2]]),
    "a named tuple": ("from collections import namedtuple\n    return {'p': namedtuple('P', 'x y')(1, (2,))}", {"p": {"x": 1, "y": [2]}}),
    "bytes within": ("return {b'k': [b'text']}", {"k": ["text"]}),
    "bytes that are JSON": ("return b'{\"a\": [1]}'", {"a": [1]}),
    "keys that are no text": ("return {1: 'a', None: 'b', True: 'c', 1.5: 'd'}", {"1": "c", "null": "b", "1.5": "d"}),
    "an enumeration of numbers": ("import enum\n    return enum.IntEnum('E', 'a b').b", 2),
    "a subclass of str": ("class S(str): pass\n    return [S('x')]", ["x"]),
    "an ordered dictionary": ("import collections\n    return collections.OrderedDict(b=1, a=2)", {"b": 1, "a": 2}),
    "a Decimal": ("from decimal import Decimal\n    return [Decimal('1.50'), Decimal('3.0'), Decimal('-2')]", [1.5, 3, -2]),
    "a row with names": ("class Row:\n        def _asdict(self): return {'a': (1,)}\n    return [Row()]", [{"a": [1]}]),
    "a whole number of many digits": ("return 2 ** 70", 2**70),
    "the same list twice": ("x = [1]; return [x, x]", [[1], [1]]),
    "a deep list": ("x = []\n    for _ in range(300): x = [x]\n    return len(str(x))", 602),
}  # fmt: skip


@pytest.mark.parametrize("name", RESULTS)
def test_what_is_json_for_lambda(project, name):
    body, expected = RESULTS[name]
    assert output(run(project, f"{HANDLER}    {body}\n")) == expected


NO_JSON = {
    "a time": "import datetime\n    return {'t': datetime.datetime(2031, 3, 21)}",
    "a key that is a tuple": "return {(1, 2): 3}",
    "a generator": "yield 1",
    "bytes that are no text": "return [b'\\xff']",
    "a deep list": "x = []\n    for _ in range(100_000): x = [x]\n    return x",
    "a dictionary in itself": "x = {}; x['x'] = (x,); return x",
    "a class": "return handler",
}


@pytest.mark.parametrize("name", NO_JSON)
def test_what_is_no_json_for_lambda(project, name):
    found = error_of(project, f"{HANDLER}    {NO_JSON[name]}\n")
    assert found["Error"] == "Runtime.MarshalError"
    assert found["Cause"]["errorMessage"].startswith("Unable to marshal response: ")


# body of the handler: where it is, and what to write instead.
NOT_FINITE = {
    "return {'rows': [{'x': float('nan')}]}": '`result["rows"][0]["x"]` is NaN, which JSON does not have: return None instead',
    "return [float('inf')]": "`result[0]` is infinite, which JSON does not have: return None instead",
    "from decimal import Decimal\n    return Decimal('NaN')": "`result` is NaN, which JSON does not have",
    "return b'x'": "`result` is bytes, which Lambda answers as they are, and they are not JSON",
    "return b'\\xff'": "`result` is bytes: return `base64.b64encode(...).decode()`",
}


@pytest.mark.parametrize("body", NOT_FINITE)
def test_an_answer_that_lambda_gives_and_that_is_not_json_fails_the_run(project, body):
    """Lambda's runtime writes it, so that there is no Runtime.MarshalError to be caught."""
    project.function("f", f"{HANDLER}    {body}\n")
    caught = [{"ErrorEquals": ["Runtime.MarshalError", "States.ALL"], "Next": "h"}]
    project.plan(making.chain(("f", making.task("f", Catch=caught)), ("h", {"Type": "Pass"})), ["f"])
    text = failure(project.run())
    assert "raw/p failed at `f`: States.Runtime: An error occurred while executing the state 'f'" in text
    assert "The output of the function is not JSON" in text and NOT_FINITE[body] in text


CURES = {
    "import datetime\n    return {'rows': [{'a': 1, 'when': datetime.date(2031, 3, 21)}]}": '`result["rows"][0]["when"]` is a date: return `.isoformat()`',
    "return ({'a b': {1}},)": '`result[0]["a b"]` is a set: return `list(...)`',
    "import datetime\n    return datetime.timedelta(1)": "`result` is a timedelta: return `.total_seconds()`",
    "return {'x': {(1, 2): 3}}": '`result["x"]` has the key (1, 2): keys are strings',
    "return [b'\\xff']": "`result[0]` is bytes: return `base64.b64encode(...).decode()`",
    "yield 1": "`result` is a generator: return `list(...)`",
    "return {}.keys()": "`result` is a dict_keys: return `list(...)`",
    "x = [1]; x.append(x); return x": "`result[1]` contains itself",
    "import uuid\n    return uuid.uuid4()": "`result` is a UUID: return `str(...)`",
    "import enum\n    return enum.Enum('Colour', 'red').red": "`result` is a Colour: return its `.value`",
    "import dataclasses\n    return dataclasses.make_dataclass('Row', ['a'])(1)": "`result` is a Row: return `dataclasses.asdict(...)`",
    "class DataFrame: pass\n    return {'t': DataFrame()}": '`result["t"]` is a DataFrame: return `.to_dict("records")`',
    "class Odd:\n        def __getattr__(self, name): raise OSError\n    return Odd()": "a handler returns what JSON has",
    "async def later(): return 1\n    return later()": "`result` is a coroutine: Lambda calls a plain `def handler`",
}


@pytest.mark.parametrize("body", CURES)
def test_a_result_that_is_not_json_is_told_with_its_place_and_what_to_write(project, body):
    text = failure(run(project, f"{HANDLER}    {body}\n"))
    assert "failed at `f`: Runtime.MarshalError: Unable to marshal response: " in text
    assert text.count(CURES[body]) == 1


def test_a_job_has_nothing_to_say_of_decimals_and_names_the_place_of_nan(project):
    project.function("f", f"{HANDLER}    from decimal import Decimal\n    return [Decimal(1), {{'x': float('nan')}}, b'x']\n")
    job = f"arn:aws:batch:{making.REGION}:{making.ACCOUNT}:job-definition/demo-dev-raw-p-f"
    project.plan(making.chain(("f", making.task("f", Resource=job))), {"f": {"arn": job}})
    text = failure(project.run())
    assert "Runtime.MarshalError" in text and '`result[1]["x"]` is NaN' in text


LOCKS = {
    "import multiprocessing\n    multiprocessing.Pool(2)",
    "from concurrent.futures import ProcessPoolExecutor\n    ProcessPoolExecutor()",
    "import multiprocessing\n    multiprocessing.Queue()",
    "import multiprocessing\n    multiprocessing.Value('i')",
}


@pytest.mark.parametrize("body", sorted(LOCKS))
def test_what_needs_shared_memory_does_not_work_in_a_function_as_on_lambda_and_does_in_a_job(project, body):
    code = f"{HANDLER}    {body}\n    return 1\n"
    text = failure(run(project, code))
    assert "failed at `f`: OSError: [Errno 38] Function not implemented\n  Lambda has no shared memory" in text
    job = f"arn:aws:batch:{making.REGION}:{making.ACCOUNT}:job-definition/demo-dev-raw-p-f"
    project.plan(making.chain(("f", making.task("f", Resource=job))), {"f": {"arn": job}})
    assert output(project.run()) == 1


def test_processes_with_a_pipe_work_in_a_function(project):
    body = "import multiprocessing as m\n    a, b = m.Pipe()\n    p = m.Process(target=b.send, args=(5,))\n    p.start()\n    x = a.recv()\n    p.join()\n    return x"
    assert output(run(project, f"{HANDLER}    {body}\n")) == 5


def test_the_size_of_an_answer_is_that_of_its_utf8(project):
    """Three million characters of two bytes each: 6 MB, and 18 MB with escapes. What fails it then is the limit of a state."""
    assert "failed at `f`: States.DataLimitExceeded" in failure(run(project, f"{HANDLER}    return 'é' * 3_000_000\n"))
    assert error_of(project, f"{HANDLER}    return 'é' * 3_200_000\n")["Error"] == "Function.ResponseSizeTooLarge"


IMPORTS = {
    "from .helper import X": "write `from helper import X`",
    "from . import helper": "write `import helper`",
    "from ..lib import y": "shared code from a place that `images.include` names",
    "import nowhere_at_all.core": "is the package of `nowhere_at_all` in a requirements.txt",
}


@pytest.mark.parametrize("line", IMPORTS)
def test_an_import_that_fails_is_told_with_what_to_write(project, line):
    project.function("f", "X = 1\n", "helper.py")
    text = failure(run(project, f"{line}\n{HANDLER}    return 1\n"))
    assert "Runtime.ImportModuleError" in text and IMPORTS[line] in text
    text = failure(run(project, f"{HANDLER}    import nowhere_at_all\n"))
    assert "failed at `f`: ModuleNotFoundError" in text and "is the package of `nowhere_at_all` in a requirements.txt" in text


def test_a_coroutine_is_no_result(project):
    found = error_of(project, "async def handler(event, context):\n    return 1\n")
    assert (found["Error"], "type coroutine" in found["Cause"]["errorMessage"]) == ("Runtime.MarshalError", True)


def test_an_exception_while_loading_has_its_stack(project):
    cause = error_of(project, "def inner():\n    raise OSError('x')\ninner()\n" + HANDLER + "    pass\n")["Cause"]
    assert (cause["errorType"], cause["errorMessage"]) == ("OSError", "x")
    assert [line.split(", ")[1] for line in cause["stackTrace"]] == ["line 3", "line 2"]


@pytest.mark.parametrize(
    "body, expected",
    [
        ("import sys; return sys.stdin.read()", ""),
        ("return input()", "EOFError"),
        ("import os, sys; os.close(1); return 'ok'", "ok"),
        ("import os, sys; os.close(1); os.close(2); os.close(0); return 'ok'", "ok"),
        ("import os; os.close(1); print('x'); return 'ok'", "OSError"),
        ("import sys; sys.stdout = None; print('x'); return 'ok'", "ok"),
        ("import sys; sys.stdout.close(); return 'ok'", "ok"),
        ("import threading; threading.Thread(target=threading.Event().wait).start(); return 'ok'", "ok"),
        ("import signal; [signal.signal(n, signal.SIG_IGN) for n in (2, 15, 1)]; return 'ok'", "ok"),
        ("import sys; sys.path.clear(); return 'ok'", "ok"),
        ("import builtins; builtins.print = None; return 'ok'", "ok"),
        ("import sys; sys.setrecursionlimit(100); return 'ok'", "ok"),
    ],
)
def test_a_handler_that_plays_with_what_is_around_it(project, body, expected):
    result = run(project, f"{HANDLER}    {body}\n")
    if result.returncode:
        assert f"failed at `f`: {expected}" in result.stderr
    else:
        assert json.loads(result.stdout) == expected


def test_logging_is_set_up_before_the_function_is_loaded(project):
    code = """
        import logging, sys
        logging.basicConfig(level=logging.DEBUG, format="mine: %(message)s")
        logger = logging.getLogger("my.module")
        def handler(event, context):
            logger.debug("too fine")
            logger.info("first %s", 1)
            logging.getLogger().setLevel(logging.DEBUG)
            logger.debug("now fine")
            logging.getLogger().setLevel("ERROR")
            logger.warning("too coarse")
            try:
                1 / 0
            except ZeroDivisionError:
                logger.exception("caught")
            context.log("by the context\\n")
            return [len(logging.getLogger().handlers), context.identity.cognito_identity_id, context.client_context]
    """
    result = run(project, code)
    assert output(result) == [1, None, None]
    lines = [line.removeprefix("f | ") for line in result.stderr.splitlines() if line.startswith("f | ")]
    assert lines[:3] == ["[INFO] first 1", "[DEBUG] now fine", "[ERROR] caught"]
    assert lines[3] == "Traceback (most recent call last):" and lines[-2:] == ["ZeroDivisionError: division by zero", "by the context"]


def test_no_end_of_a_handler_takes_longer_than_its_time(project):
    """It ignores what it can, holds threads, and has children in sessions of their own."""
    mark = project.root / "children"
    code = f"""
        import os, signal, subprocess, threading, time
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        def handler(event, context):
            for _ in range(3):
                threading.Thread(target=time.sleep, args=[600]).start()
            child = subprocess.Popen(["sleep", "600"], start_new_session=True)
            open({str(mark)!r}, "a").write(f"{{os.getpid()}} {{child.pid}} ")
            while True:
                try:
                    time.sleep(600)
                except BaseException:
                    pass
    """
    start = time.monotonic()
    assert error_of(project, code, settings={"timeout": 1})["Error"] == "Sandbox.Timedout"
    assert time.monotonic() - start < 10
    processes = list(map(int, mark.read_text().split()))
    # Where the system does not tell of children, one that has left its group is not found.
    assert all(map(gone, processes if os.path.exists("/proc/self/task") else processes[::2]))


@needs_proc
@pytest.mark.parametrize("ends", ["return 'ok'", "os._exit(3)", "time.sleep(600)"])
def test_no_process_is_left_even_in_a_session_of_its_own(project, ends):
    """A grandchild that has left its group and lost its parent, as a daemon does."""
    mark = project.root / "daemon"
    code = f"""
        import os, time
        def handler(event, context):
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    open({str(mark)!r}, "w").write(str(os.getpid()))
                    time.sleep(600)
                os._exit(0)
            os.wait()
            while not (os.path.exists({str(mark)!r}) and os.path.getsize({str(mark)!r})):
                time.sleep(0.01)
            {ends}
    """
    result = run(project, code, settings={"timeout": 2})
    assert result.returncode == (0 if "return" in ends else 1), result.stderr
    assert gone(int(mark.read_text()))


@needs_proc
def test_a_runner_that_is_killed_leaves_no_child_in_a_session_of_its_own(project):
    mark = project.root / "child"
    code = f"""
        import os, subprocess, time
        def handler(event, context):
            child = subprocess.Popen(["sleep", "600"], start_new_session=True)
            open({str(mark)!r}, "w").write(str(child.pid))
            os.rename({str(mark)!r}, {str(mark)!r} + ".ready")
            time.sleep(600)
    """
    project.function("f", code)
    project.plan(making.chain(("f", making.task("f"))), ["f"])
    (project.root / "tmp").mkdir()
    process = project.start(env=project.environment({"TMPDIR": str(project.root / "tmp")}))
    limit = time.monotonic() + making.PATIENCE
    while not (ready := project.root / "child.ready").exists():
        assert time.monotonic() < limit and process.poll() is None
        time.sleep(0.01)
    assert list((project.root / "tmp").iterdir())
    process.kill()
    process.communicate(timeout=making.PATIENCE)
    assert gone(int(ready.read_text()))
    limit = time.monotonic() + 5
    while (left := list((project.root / "tmp").iterdir())) and time.monotonic() < limit:
        time.sleep(0.02)
    assert not left


@needs_proc
def test_memory_is_that_of_all_processes_of_a_function(project):
    child = "import time; x = bytearray(90 << 20); time.sleep(600)"
    code = f"""
        import subprocess, sys, time
        def handler(event, context):
            for _ in range(3):
                subprocess.Popen([sys.executable, "-c", {child!r}])
            time.sleep(600)
    """
    assert error_of(project, code, settings={"memory": 200})["Error"] == "Runtime.OutOfMemory"


@needs_proc
def test_memory_that_processes_share_counts_once(project):
    code = """
        import os, time
        x = bytearray(60 << 20)
        def handler(event, context):
            children = []
            for _ in range(4):
                if (child := os.fork()) == 0:
                    time.sleep(0.5)
                    os._exit(0)
                children.append(child)
            for child in children:
                os.waitpid(child, 0)
            return "ok"
    """
    assert output(run(project, code, settings={"memory": 200})) == "ok"


def test_the_most_memory_is_that_of_the_function_not_of_the_runner(project):
    """The runner has read large mocks; the function has not."""
    project.function("f", HANDLER + "    return 1\n")
    (project.root / "big.json").write_text(json.dumps({"never": {"output": ["x" * 100] * 600_000}}))
    project.plan(making.chain(("f", making.task("f"))), ["f"])
    result = project.run("--mock", project.root / "big.json", "--json")
    assert output(result) == 1
    events = [json.loads(line) for line in result.stderr.splitlines() if line.startswith("{")]
    (called,) = [event for event in events if event["event"] == "called"]
    assert 5 < called["memory"] < 60


def test_temporary_files_are_those_of_a_process(project):
    code = """
        import os, tempfile
        def handler(event, context):
            folder = tempfile.gettempdir()
            before = sorted(os.listdir(folder))
            tempfile.NamedTemporaryFile(delete=False).write(b"x")
            open(os.path.join(folder, "kept"), "w").close()
            return [*event, [folder, "kept" in before]]
    """
    project.function("f", code)
    project.function("g", code)
    machine = making.chain(("a", making.task("f")), ("b", making.task("f")), ("c", making.task("g")))
    project.plan(machine, ["f", "g"])
    (first, kept), (second, kept_again), (other, of_other) = output(project.run("--input", "[]"))
    assert first == second != other and (kept, kept_again, of_other) == (False, True, False)
    assert not os.path.exists(first) and not os.path.exists(other)


def test_more_temporary_files_than_ephemeral_storage_are_an_error(project):
    code = "import tempfile\n" + HANDLER + "    tempfile.NamedTemporaryFile(delete=False).write(bytes(event << 20))\n    return event\n"
    settings = {"ephemeral_storage": 512}
    assert output(run(project, code, "--input", "1", settings=settings)) == 1
    text = failure(run(project, code.replace("bytes(event << 20)", "bytes(513 << 20)"), settings=settings | {"memory": 2000}))
    assert "OSError: [Errno 28] No space left on device: more than the 512 MB of ephemeral_storage" in text


def test_a_hundred_megabytes_of_log_are_no_problem(project):
    code = HANDLER + "    for _ in range(1000):\n        print('x' * 100_000)\n    return 'done'\n"
    project.function("f", code)
    project.plan(making.chain(("f", making.task("f"))), {"f": {"timeout": 120}})
    with open(os.devnull, "w") as nowhere:
        result = project.run(stdout=-1, stderr=nowhere, capture_output=False)
    assert json.loads(result.stdout) == "done"


def test_files_that_are_written_where_lambda_lets_nobody_write_are_named(project):
    code = """
        import os, tempfile
        def handler(event, context):
            os.makedirs("sub", exist_ok=True)
            for name in event:
                with open(name, "w") as file:
                    file.write("x")
            return tempfile.NamedTemporaryFile().name
    """
    project.function("f", "OLD = 1\n", "helper.py")
    result = run(project, code, "--input", "[]")
    assert output(result) and "warning" not in result.stderr
    result = project.run("--input", '["out.csv", "sub/b", "helper.py", "sub/c"]')
    assert output(result)
    folder = project.root / "src/raw/p/f"
    (warning,) = [line for line in result.stderr.splitlines() if line.startswith("warning: ")]
    assert warning.startswith(f"warning: helper.py, out.csv, sub/b and 1 more in {folder} was written; on Lambda that folder is read-only")


def test_a_progress_bar_is_shown_as_it_ends(project):
    code = """
        import sys
        def handler(event, context):
            for percent in range(0, 101, 20):
                sys.stderr.write(f"\\r{percent:3}%|{'#' * percent}|")
            sys.stderr.write("\\n")
            print("as on Windows\\r")
            sys.stdout.write("\\r1\\r2")
    """
    result = run(project, code)
    lines = [line.removeprefix("f | ") for line in result.stderr.splitlines() if line.startswith("f | ")]
    assert lines == [f"100%|{'#' * 100}|", "as on Windows", "2"]
