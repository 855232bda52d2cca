"""The runner of jobs, as the process that a container starts, under every Python that it may meet.

boto3 is a stand-in: a module that writes each call of Step Functions' API to a file and answers what the test says.
"""

from __future__ import annotations

import ast
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

RUNNER = Path(__file__).parents[2] / "Sources/DorcSynth/Runtime/job_runner.py"

BOTO3 = '''
import json, os

class Problem(Exception):
    def __init__(self, code):
        super().__init__(f"An error occurred ({code})")
        self.response = {"Error": {"Code": code}}

class Client:
    def __getattr__(self, action):
        def call(**arguments):
            with open(os.environ["CALLS"], "a") as calls:
                calls.write(json.dumps([action, arguments]) + "\\n")
            with open(os.environ["CALLS"]) as calls:
                earlier = sum(json.loads(line)[0] == action for line in calls)
            codes = json.loads(os.environ.get("ANSWERS", "{}")).get(action, [])
            code = codes[min(earlier, len(codes)) - 1] if codes else None
            if code:
                raise Problem(code)
            return {}
        return call

def client(service, config=None):
    assert service == "stepfunctions" and config.retries["total_max_attempts"] > 1
    return Client()
'''
CONFIG = "class Config:\n    def __init__(self, **settings):\n        self.retries = settings['retries']\n"


def interpreters() -> list[str]:
    """Those of this machine, one of each version that Lambda's base images have."""
    found: dict[str, str] = {}
    for version in ("3.9", "3.10", "3.11", "3.12", "3.13"):
        folders = sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin"))
        candidates = [*(str(each / f"python{version}") for each in folders), shutil.which(f"python{version}")]
        for candidate in candidates:
            if candidate and subprocess.run([candidate, "-c", ""], capture_output=True).returncode == 0:
                found[version] = candidate
                break
    return list(found.values()) or [sys.executable]


INTERPRETERS = interpreters()


class Job:
    def __init__(self, folder: Path, python: str) -> None:
        self.folder, self.python = folder, python
        self.options: list[str] = []
        self.calls_file = folder / "calls"
        self.calls_file.touch()
        (folder / "task").mkdir()
        (folder / "lib/botocore").mkdir(parents=True)
        (folder / "lib/boto3.py").write_text(BOTO3)
        (folder / "lib/botocore/__init__.py").touch()
        (folder / "lib/botocore/config.py").write_text(CONFIG)

    def start(self, code: str, event: object = None, **environment: str) -> subprocess.Popen:
        (self.folder / "task/lambda.py").write_text(code)
        given = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(self.folder / "lib"),
            "CALLS": str(self.calls_file),
            "LAMBDA_TASK_ROOT": str(self.folder / "task"),
            "DORC_EVENT": json.dumps(event),
            "DORC_TASK_TOKEN": "a-token",
            "DORC_FUNCTION": "demo-dev-raw-census-train",
            "DORC_TIMEOUT": "7200",
            "DORC_MEMORY": "65536",
        } | environment
        given = {name: value for name, value in given.items() if value is not None}
        # The interval of a minute is too long for a test: it is the module's own constant.
        program = f"import runpy, sys; sys.argv = ['job_runner.py', 'lambda.handler']; runpy.run_path({str(RUNNER)!r}, run_name='__main__')"
        if beat := given.pop("HEARTBEAT", None):
            program = (
                f"import sys; sys.path.insert(0, {str(RUNNER.parent)!r}); sys.dont_write_bytecode = True; import job_runner, os;"
                f" job_runner.leave_at_once(job_runner.main(['lambda.handler'], os.environ, heartbeat={beat}))"
            )
        return subprocess.Popen(
            [self.python, *self.options, "-c", program], env=given, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )

    def run(self, code: str, event: object = None, **environment: str) -> tuple[int, str]:
        process = self.start(code, event, **environment)
        output, _ = process.communicate(timeout=30)
        return process.returncode, output

    @property
    def calls(self) -> list[tuple[str, dict]]:
        return [tuple(json.loads(line)) for line in self.calls_file.read_text().splitlines()]

    @property
    def answers(self) -> list[tuple[str, dict]]:
        return [call for call in self.calls if call[0] != "send_task_heartbeat"]

    def await_calls(self, count: int) -> None:
        end = time.monotonic() + 20
        while len(self.calls) < count:
            assert time.monotonic() < end, self.calls
            time.sleep(0.02)


@pytest.fixture(params=INTERPRETERS, ids=lambda python: Path(python).name)
def job(request, tmp_path) -> Job:
    return Job(tmp_path, request.param)


@pytest.fixture
def one(tmp_path) -> Job:
    return Job(tmp_path, INTERPRETERS[0])


def failure(job: Job) -> tuple[str, dict]:
    ((action, arguments),) = job.answers
    assert action == "send_task_failure" and arguments["taskToken"] == "a-token"
    return arguments["error"], json.loads(arguments["cause"])


def test_it_is_written_for_python_3_9():
    ast.parse(RUNNER.read_text(), feature_version=(3, 9))


@pytest.mark.parametrize("event", [{"rows": [1, 2.5]}, [1], "text", 7, True, None, {"ü": "€"}])
def test_what_the_handler_returns_is_the_answer(one, event):
    status, _ = one.run("def handler(event, context):\n    return {'got': event}\n", event)
    ((action, arguments),) = one.answers
    assert status == 0 and action == "send_task_success"
    assert arguments["taskToken"] == "a-token" and json.loads(arguments["output"]) == {"got": event}


def test_every_python_runs_it(job):
    code = (
        "import os\nimport helper\n\ndef handler(event, context):\n    print('working')\n"
        "    assert 'DORC_TASK_TOKEN' not in os.environ and 'DORC_EVENT' not in os.environ\n"
        "    left = context.get_remaining_time_in_millis()\n"
        "    return [helper.VALUE, context.function_name, context.memory_limit_in_mb, 7190_000 < left <= 7200_000]\n"
    )
    (job.folder / "task/helper.py").write_text("VALUE = 3\n")
    status, output = job.run(code)
    assert status == 0 and "working" in output
    assert json.loads(job.answers[0][1]["output"]) == [3, "demo-dev-raw-census-train", 65536, True]
    assert [action for action, _ in job.calls] == ["send_task_heartbeat", "send_task_success"]


def test_the_class_of_an_error_is_its_name(job):
    code = "class ApiBusy(Exception):\n    pass\n\ndef handler(event, context):\n    raise ApiBusy('try later')\n"
    status, output = job.run(code)
    error, cause = failure(job)
    assert status == 1 and error == "ApiBusy" and "try later" in output
    assert cause["errorMessage"] == "try later" and cause["errorType"] == "ApiBusy"
    assert len(cause["stackTrace"]) == 1 and "lambda.py" in cause["stackTrace"][0]


@pytest.mark.parametrize(
    ("code", "error", "words"),
    [
        ("import not_there\n", "Runtime.ImportModuleError", "not_there"),
        ("def handler(:\n", "Runtime.UserCodeSyntaxError", "lambda"),
        ("def other(event, context):\n    pass\n", "Runtime.HandlerNotFound", "handler"),
        ("def handler(event, context):\n    return {1, 2}\n", "Runtime.MarshalError", "set"),
        ("def handler(event, context):\n    return float('nan')\n", "Runtime.MarshalError", ""),
        ("def handler(event, context):\n    return chr(0xD800)\n", "Runtime.MarshalError", "surrogate"),
        ("def handler(event, context):\n    return 'x' * 262_143\n", "Runtime.ResultTooLarge", "262145 bytes"),
        ("import sys\n\ndef handler(event, context):\n    sys.exit(4)\n", "Runtime.ExitError", "4"),
        ("raise RuntimeError('at import')\n", "RuntimeError", "at import"),
    ],
)
def test_what_goes_wrong_has_lambdas_names(one, code, error, words):
    status, _ = one.run(code)
    told, cause = failure(one)
    assert status == 1 and told == error and words in cause["errorMessage"]


def test_the_longest_result_is_answered(one):
    status, _ = one.run("def handler(event, context):\n    return 'x' * 262_142\n")
    assert status == 0 and len(one.answers[0][1]["output"]) == 262_144


def test_a_decimal_is_a_number_as_in_lambda(one):
    one.run("import decimal\n\ndef handler(event, context):\n    return decimal.Decimal('1.5')\n")
    assert one.answers[0][1]["output"] == "1.5"


def test_a_long_message_and_a_deep_stack_fit(one):
    code = "def deep(n):\n    if n:\n        deep(n - 1)\n    raise ValueError('m' * 100_000)\n\ndef handler(event, context):\n    deep(400)\n"
    one.run(code)
    assert len(one.answers[0][1]["cause"]) <= 32_768
    error, cause = failure(one)
    assert error == "ValueError" and cause["errorMessage"].startswith("mmm") and "raise ValueError" in cause["stackTrace"][-1]


def test_a_run_that_was_stopped_while_the_job_waited_starts_nothing(job):
    answers = json.dumps({"send_task_heartbeat": ["TaskTimedOut"]})
    status, output = job.run("def handler(event, context):\n    print('started')\n", ANSWERS=answers)
    assert status == 3 and not job.answers and "started" not in output


@pytest.mark.parametrize("code", ["TaskTimedOut", "TaskDoesNotExist", "InvalidToken"])
def test_a_run_that_is_stopped_ends_the_job(one, code):
    answers = json.dumps({"send_task_heartbeat": [None, None, code]})
    handler = "import time\n\ndef handler(event, context):\n    time.sleep(60)\n"
    start = time.monotonic()
    status, output = one.run(handler, ANSWERS=answers, HEARTBEAT="0.05")
    assert status == 3 and not one.answers and "does not wait" in output
    assert len(one.calls) == 3 and time.monotonic() - start < 20


def test_a_heartbeat_that_fails_otherwise_is_tried_again(one):
    answers = json.dumps({"send_task_heartbeat": ["ThrottlingException", "ServiceUnavailable", None]})
    handler = "import time\n\ndef handler(event, context):\n    time.sleep(0.6)\n    return 1\n"
    status, output = one.run(handler, ANSWERS=answers, HEARTBEAT="0.05")
    assert status == 0 and one.answers == [("send_task_success", {"taskToken": "a-token", "output": "1"})]
    assert "no heartbeat" in output


def test_told_to_stop_it_ends_without_an_answer(job):
    code = (
        "import time\n\ndef handler(event, context):\n    try:\n        time.sleep(60)\n    except Exception:\n"
        "        print('kept')\n    finally:\n        print('tidied')\n"
    )
    process = job.start(code)
    job.await_calls(1)
    time.sleep(0.3)
    process.send_signal(signal.SIGTERM)
    output, _ = process.communicate(timeout=20)
    assert process.returncode == 143 and not job.answers
    assert "tidied" in output and "kept" not in output


def test_an_answer_that_is_not_awaited(one):
    answers = json.dumps({"send_task_success": ["TaskTimedOut"]})
    assert one.run("def handler(event, context):\n    pass\n", ANSWERS=answers)[0] == 3


def test_an_answer_that_cannot_be_given_fails_the_job(one):
    answers = json.dumps({"send_task_success": ["AccessDeniedException"]})
    status, output = one.run("def handler(event, context):\n    pass\n", ANSWERS=answers)
    assert status == 1 and "AccessDeniedException" in output


@pytest.mark.parametrize("lacking", ["DORC_TASK_TOKEN", "DORC_EVENT"])
def test_what_no_pipeline_started_says_so(one, lacking):
    status, output = one.run("def handler(event, context):\n    print('started')\n", **{lacking: None})
    assert status == 64 and not one.calls
    assert "started by a pipeline" in output


def test_logging_is_shown(one):
    code = "import logging\n\ndef handler(event, context):\n    logging.getLogger('mine').warning('careful')\n"
    assert "careful" in one.run(code)[1]


def test_boto3_of_lambdas_runtime_folder_is_found(job):
    """Up to Python 3.11, Lambda's base images have it where only Lambda's own start looks."""
    runtime = job.folder / "runtime"
    shutil.move(job.folder / "lib", runtime)
    # Without the boto3 that this machine may have.
    job.options = ["-S"]
    (runtime / "also_there.py").write_text("VALUE = 7\n")
    code = "import also_there\n\ndef handler(event, context):\n    return also_there.VALUE\n"
    status, output = job.run(code, PYTHONPATH=None, LAMBDA_RUNTIME_DIR=str(runtime))
    assert status == 0, output
    assert job.answers == [("send_task_success", {"taskToken": "a-token", "output": "7"})]
