"""Functions in processes of their own: what Lambda does with a call, and handlers that behave badly."""

from __future__ import annotations

import json
import os
import time

import making
import pytest


def run(project, code: str, *arguments, settings: dict | None = None, **state):
    """A pipeline of one step `f`, whose function has this code."""
    project.function("f", code)
    project.plan(making.chain(("f", making.task("f", **state))), {"f": settings or {}})
    return project.run(*arguments)


def output(result) -> object:
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def failure(result) -> str:
    assert result.returncode == 1, result.stdout + result.stderr
    assert result.stdout == ""
    return result.stderr


def error_of(project, code: str, **more) -> dict:
    """Error and cause as a `Catch` gets them."""
    project.function("f", code)
    catch = [{"ErrorEquals": ["States.ALL"], "Next": "h"}]
    machine = making.chain(
        ("f", making.task("f", Catch=catch, **more.pop("state", {})) | {"Next": "ok"}), ("ok", {"Type": "Succeed"})
    )
    machine["States"]["h"] = {"Type": "Pass", "End": True}
    project.plan(machine, {"f": more.pop("settings", {})})
    found = output(project.run())
    try:
        found["Cause"] = json.loads(found["Cause"])
    except ValueError:
        pass
    return found


def test_the_context_is_that_of_lambda(project):
    code = """
        import os, time
        def handler(event, context):
            first = context.get_remaining_time_in_millis()
            time.sleep(0.05)
            return {
                "event": event, "left": first, "less": context.get_remaining_time_in_millis() < first, "id": context.aws_request_id,
                "name": context.function_name, "memory": context.memory_limit_in_mb, "arn": context.invoked_function_arn,
                "version": context.function_version, "group": context.log_group_name,
                "variables": [os.environ[key] for key in ("API", "AWS_REGION", "AWS_LAMBDA_FUNCTION_NAME", "TZ")],
                "here": os.path.basename(os.getcwd()),
            }
    """
    settings = {"variables": {"API": "x"}, "timeout": 30, "memory": 256}
    found = output(run(project, code, "--input", '{"a": null}', settings=settings))
    name = "demo-dev-raw-p-f"
    assert 29_000 < found.pop("left") <= 30_000
    assert len(found.pop("id")) == 36
    assert found == {
        "event": {"a": None}, "less": True, "name": name, "memory": "256", "arn": making.function_arn("raw/p/f"), "version": "$LATEST",
        "group": f"/aws/lambda/{name}", "variables": ["x", "eu-west-2", name, ":UTC"], "here": "f",
    }  # fmt: skip


def test_a_process_is_kept_between_calls_and_shared_code_is_found(project):
    (project.root / "lib").mkdir()
    (project.root / "lib/shared.py").write_text("COUNT = []\n")
    code = """
        import os, plan
        from lib.shared import COUNT
        def handler(event, context):
            COUNT.append(1)
            return {"process": os.getpid(), "calls": len(COUNT), "own": plan.OWN}
    """
    project.function("f", "OWN = 1\n", "plan.py")
    project.function("f", code)
    machine = making.chain(
        ("a", making.task("f")), ("b", making.task("f", Output=["{% $states.input %}", "{% $states.result %}"]))
    )
    project.plan(machine, {"f": {"paths": ["", "lib"]}})
    first, second = output(project.run())
    assert first["process"] == second["process"] and second["calls"] == 2


def test_output_goes_through_with_the_name_of_the_step(project):
    code = """
        import logging, os, sys
        print("loading")
        def handler(event, context):
            print("to standard output")
            print("to standard error", file=sys.stderr)
            logging.info("a message")
            os.system("echo from a child")
            sys.stdout.buffer.write(b"\\xff\\x00 no text\\n")
            sys.stdout.write("without an end")
            return 1
    """
    result = run(project, code)
    assert output(result) == 1
    lines = [line for line in result.stderr.splitlines() if line.startswith("f | ")]
    assert lines == [
        "f | loading",
        "f | to standard output",
        "f | to standard error",
        "f | [INFO] a message",
        "f | from a child",
        "f | \ufffd\x00 no text",
        "f | without an end",
    ]


def test_an_exception_is_told_with_its_traceback_once(project):
    code = """
        class ApiBusy(Exception):
            pass
        def inner():
            raise ApiBusy("later")
        def handler(event, context):
            inner()
    """
    retry = [{"ErrorEquals": ["ApiBusy"], "IntervalSeconds": 30, "MaxAttempts": 2}]
    text = failure(run(project, code, "--fast-wait", Retry=retry))
    assert text.count("Traceback (most recent call last):") == 1
    assert f'File "{project.root}/src/raw/p/f/lambda.py", line 7, in handler' in text
    assert "lambda.ApiBusy: later" in text and "<string>" not in text and "importlib" not in text
    assert "raw/p failed at `f`: ApiBusy: later" in text
    assert "f failed: ApiBusy: later; try 3 in 1 min 0 s (not waited for: --fast-wait)" in text
    assert "--from f" in text and "--only f" in text


def test_the_cause_of_an_exception_is_what_lambda_answers(project):
    found = error_of(project, "def handler(event, context):\n    raise ValueError('no')\n")
    cause = found["Cause"]
    file = project.root / "src/raw/p/f/lambda.py"
    assert found["Error"] == "ValueError"
    assert list(cause) == ["errorMessage", "errorType", "requestId", "stackTrace"]
    assert (cause["errorMessage"], cause["errorType"]) == ("no", "ValueError")
    assert cause["stackTrace"] == [f"  File \"{file}\", line 2, in handler\n    raise ValueError('no')\n"]


BAD = {
    "a result that is no JSON": ("return {1, 2}", "Runtime.MarshalError", "Unable to marshal response: Object of type set"),
    "a result that contains itself": ("x = []; x.append(x); return x", "Runtime.MarshalError", "Circular reference"),
    "half a character": ("return '\\ud800'", "Runtime.ExitError", "Runtime exited with error: exit status 1"),
    "more than 6 MB": ("return 'x' * 6300000", "Function.ResponseSizeTooLarge", "exceeded maximum allowed payload size"),
    "exit": ("import sys; sys.exit(3)", "Runtime.ExitError", "Runtime exited with error: exit status 3"),
    "exit without an error": ("import sys; sys.exit()", "Runtime.ExitError", "Runtime exited without providing a reason"),
    "a hard exit": ("import os; os._exit(7)", "Runtime.ExitError", "exit status 7"),
    "a signal": ("import os; os.kill(os.getpid(), 11)", "Runtime.ExitError", "signal: segmentation fault"),
    "endless recursion": ("return handler(event, context)", "RecursionError", "maximum recursion depth"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_answer_is_the_error_that_lambda_gives(project, name):
    body, error, message = BAD[name]
    found = error_of(project, f"def handler(event, context):\n    {body}\n")
    assert found["Error"] == error
    assert message in found["Cause"]["errorMessage"]


UNLOADABLE = {
    "a module that is missing": (
        "import nowhere",
        "Runtime.ImportModuleError",
        "Unable to import module 'lambda': No module named",
    ),
    "a syntax error": ("def handler(:", "Runtime.UserCodeSyntaxError", "Syntax error in module 'lambda'"),
    "no handler": ("x = 1", "Runtime.HandlerNotFound", "Handler 'handler' missing on module 'lambda'"),
    "an exception while loading": ("raise KeyError('x')", "KeyError", "'x'"),
    "an exit while loading": ("import sys; sys.exit(2)", "Runtime.ExitError", "exit status 2"),
}


@pytest.mark.parametrize("name", UNLOADABLE)
def test_a_function_that_cannot_be_loaded(project, name):
    code, error, message = UNLOADABLE[name]
    found = error_of(project, code)
    assert found["Error"] == error
    assert message in found["Cause"]["errorMessage"]


def test_the_runner_itself_is_not_on_the_path_of_a_function(project):
    code = """
        import importlib.util, os, sys
        def handler(event, context):
            return [importlib.util.find_spec("dorc_runner") is None, os.environ.get("PYTHONPATH"), os.path.basename(sys.path[0])]
    """
    assert output(run(project, code)) == [True, None, "f"]
    result = project.run(env={"PYTHONPATH": os.pathsep.join([str(making.PACKAGE), "/mine"])})
    assert output(result) == [True, "/mine", "f"]


def test_nothing_is_written_into_the_folders_of_functions(project):
    project.function("f", "OWN = 1\n", "plan.py")
    assert output(run(project, "import plan\ndef handler(event, context):\n    return plan.OWN\n")) == 1
    assert sorted(path.name for path in (project.root / "src").rglob("*.*")) == ["lambda.py", "plan.py"]


def test_decimals_are_numbers(project):
    code = "from decimal import Decimal\ndef handler(event, context):\n    return [Decimal('1'), Decimal('0.5')]\n"
    assert output(run(project, code)) == [1, 0.5]


def test_a_call_over_the_time_of_the_function_is_killed(project):
    start = time.monotonic()
    code = "import time\ndef handler(event, context):\n    while True:\n        time.sleep(1)\n"
    found = error_of(project, code, settings={"timeout": 1})
    assert found["Error"] == "Sandbox.Timedout"
    assert found["Cause"]["errorMessage"].endswith("Error: Task timed out after 1.00 seconds")
    assert time.monotonic() - start < 5


def test_loading_is_not_part_of_the_time_of_a_call(project):
    code = "import time\ntime.sleep(1.5)\ndef handler(event, context):\n    return 1\n"
    assert output(run(project, code, settings={"timeout": 1})) == 1


def test_a_step_that_is_over_its_time_goes_on_and_the_function_runs_to_its_end(project):
    mark = project.root / "mark"
    project.function(
        "f", f"import time\ndef handler(event, context):\n    time.sleep(1.5)\n    open({str(mark)!r}, 'w').close()\n"
    )
    project.function("g", "import time\ndef handler(event, context):\n    time.sleep(1)\n    return event\n")
    catch = [{"ErrorEquals": ["States.Timeout"], "Next": "g"}]
    machine = making.definition(
        {"f": making.task("f", TimeoutSeconds=1, Catch=catch, End=True), "g": making.task("g", End=True)}
    )
    project.plan(machine, ["f", "g"])
    assert output(project.run()) == {"Error": "States.Timeout", "Cause": ""}
    assert mark.exists()


def test_a_function_that_uses_too_much_memory_is_killed(project):
    code = "def handler(event, context):\n    x = []\n    while True:\n        x.append(bytearray(1 << 20))\n"
    found = error_of(project, code, settings={"memory": 128})
    assert found["Error"] == "Runtime.OutOfMemory"
    assert found["Cause"]["errorMessage"].endswith("Runtime exited with error: signal: killed")


def test_a_handler_that_forks_answers_once_and_leaves_nothing(project):
    mark = project.root / "child"
    code = f"""
        import os, time
        def handler(event, context):
            if os.fork() == 0:
                return "the copy"
            if os.fork() == 0:
                open({str(mark)!r}, "w").write(str(os.getpid()))
                time.sleep(600)
            while not os.path.exists({str(mark)!r}):
                time.sleep(0.01)
            time.sleep(0.1)
            return "the original"
    """
    assert output(run(project, code)) == "the original"
    assert not making.lives(int(mark.read_text()))


def test_a_handler_that_changes_the_folder_and_the_environment_disturbs_nobody(project):
    code = "import os\ndef handler(event, context):\n    os.chdir('/')\n    os.environ.clear()\n    return os.getcwd()\n"
    project.function("f", code)
    project.function("g", "import os\ndef handler(event, context):\n    return os.path.basename(os.getcwd())\n")
    project.plan(
        making.chain(("f", making.task("f")), ("g", making.task("g")), ("f2", making.task("f", Arguments=1))), ["f", "g"]
    )
    assert output(project.run()) == "/"


def test_much_output_is_no_problem(project):
    code = "def handler(event, context):\n    for _ in range(2000):\n        print('x' * 5000)\n    print('y' * 3000000)\n    return 'done'\n"
    result = run(project, code)
    assert output(result) == "done"
    assert len(result.stderr) > 13_000_000


def test_a_handler_that_closes_what_it_does_not_own_fails_alone(project):
    found = error_of(project, "import os\ndef handler(event, context):\n    os.closerange(0, 100)\n    return 1\n")
    assert found["Error"] == "Runtime.ExitError"


def test_events_of_every_json_type_arrive_and_return_as_they_are(project):
    values = [None, True, 0, -1.5, "", "20310321", "é\U0001f600", [], {}, [[None]], {"a": [1, {"b": None}]}, 12345678901234567]
    project.function("f", "def handler(event, context):\n    return event\n")
    item = {"ProcessorConfig": {"Mode": "INLINE"}, "StartAt": "i", "States": {"i": making.task("f", End=True)}}
    project.plan(making.chain(("m", {"Type": "Map", "Items": "{% $states.input %}", "ItemProcessor": item})), ["f"])
    assert output(project.run("--input", json.dumps(values))) == values


def test_functions_run_side_by_side(project):
    project.function("f", "import time, os\ndef handler(event, context):\n    time.sleep(0.7)\n    return os.getpid()\n")
    branches = [{"StartAt": name, "States": {name: making.task("f", End=True)}} for name in "abcd"]
    project.plan(making.chain(("p", {"Type": "Parallel", "Branches": branches})), ["f"])
    start = time.monotonic()
    assert len(set(output(project.run()))) == 4
    assert time.monotonic() - start < 2.5


def test_with_few_processes_all_functions_have_their_turn(project):
    for name in "abc":
        project.function(name, f"def handler(event, context):\n    return [*event, {name!r}]\n")
    order = "abcacbba"
    machine = making.chain(*[(f"{index}", making.task(name)) for index, name in enumerate(order)])
    project.plan(machine, ["a", "b", "c"])
    assert output(project.run("--input", "[]", "--processes", 1)) == list(order)
    branches = [{"StartAt": name, "States": {name: making.task(name, End=True)}} for name in "abc"]
    project.plan(making.chain(("p", {"Type": "Parallel", "Branches": branches})), ["a", "b", "c"])
    assert output(project.run("--input", "[]", "--processes", 2)) == [["a"], ["b"], ["c"]]


def test_a_process_that_ended_between_calls_is_replaced(project):
    code = """
        import os, threading, time
        def handler(event, context):
            threading.Timer(0.2, os._exit, [1]).start()
            return [*event, os.getpid()]
    """
    project.function("f", code)
    project.plan(making.chain(("a", task := making.task("f")), ("w", {"Type": "Wait", "Seconds": 1}), ("b", task)), ["f"])
    first, second = output(project.run("--input", "[]"))
    assert first != second
