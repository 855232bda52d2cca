"""Functions that run as jobs of AWS Batch: called as a Lambda is, and what goes wrong has the errors of a job."""

from __future__ import annotations

import json

import making
import pytest
from test_functions import error_of, failure, output

JOB = f"arn:aws:batch:{making.REGION}:{making.ACCOUNT}:job-definition/demo-dev-raw-p-f"
SETTINGS = {"arn": JOB, "timeout": 21_600, "memory": 65_536, "ephemeral_storage": 20_480}


def submission(event: object = "{% $string($states.input) %}", definition: str = f"{JOB}:1") -> dict:
    """As dorc compiles it."""
    variables = [{"Name": "DORC_EVENT", "Value": event}, {"Name": "DORC_TASK_TOKEN", "Value": "{% $states.context.Task.Token %}"}]
    return {
        "Type": "Task",
        "Resource": "arn:aws:states:::aws-sdk:batch:submitJob.waitForTaskToken",
        "Arguments": {"JobName": "f", "JobDefinition": definition, "JobQueue": "q", "ContainerOverrides": {"Environment": variables}},
        "HeartbeatSeconds": 86400,
    }


def run(project, code: str, *arguments, settings: dict | None = None):
    project.function("f", code)
    project.plan(making.chain(("f", submission())), {"f": SETTINGS | (settings or {})})
    return project.run(*arguments)


def caught(project, code: str, **settings) -> dict:
    return error_of(project, code, state=submission(), settings=SETTINGS | settings)


@pytest.mark.parametrize("event", [{"rows": [1, "ü\""]}, [], None, "text", 1234567890123456])
def test_a_job_gets_the_event_and_its_answer_is_the_steps(project, event):
    project.function("f", "def handler(event, context):\n    return [event]\n")
    project.plan(making.chain(("f", submission(json.dumps(event)))), {"f": SETTINGS})
    assert output(project.run()) == [event]


def test_the_context_and_the_environment_are_those_of_a_job(project):
    code = """
        import os
        def handler(event, context):
            return [context.function_name, context.memory_limit_in_mb, context.get_remaining_time_in_millis() > 21_000_000,
                    os.environ["LEVEL"], os.environ["AWS_REGION"], os.environ["DORC_FUNCTION"],
                    [name for name in ("DORC_EVENT", "DORC_TASK_TOKEN", "AWS_LAMBDA_FUNCTION_NAME", "_HANDLER") if name in os.environ]]
    """
    found = output(run(project, code, settings={"variables": {"LEVEL": "high"}}))
    assert found == ["demo-dev-raw-p-f", 65_536, True, "high", "eu-west-2", "demo-dev-raw-p-f", []]


def test_each_job_has_a_process_of_its_own(project):
    project.function("f", "count = []\ndef handler(event, context):\n    count.append(1)\n    return len(count)\n")
    project.plan(making.chain(("first", submission()), ("second", submission())), {"f": SETTINGS})
    assert output(project.run()) == 1


@pytest.mark.parametrize(
    ("code", "error", "words"),
    [
        ("class ApiBusy(Exception): pass\ndef handler(event, context): raise ApiBusy('later')", "ApiBusy", "later"),
        ("import sys\ndef handler(event, context): sys.exit(2)", "Runtime.ExitError", "SystemExit(2)"),
        ("def handler(event, context): return {1, 2}", "Runtime.MarshalError", "set is not JSON serializable"),
        ("def handler(event, context): return 'é' * 131_072", "Runtime.ResultTooLarge", "262146 bytes"),
        ("import nowhere", "Runtime.ImportModuleError", "nowhere"),
        ("x = 1", "Runtime.HandlerNotFound", "missing on module"),
    ],
)
def test_the_errors_of_the_handler_are_those_that_the_runner_in_the_container_answers(project, code, error, words):
    found = caught(project, code)
    assert found["Error"] == error
    assert words in found["Cause"]["errorMessage"] and found["Cause"]["errorType"] == error
    assert list(found["Cause"]) == ["errorMessage", "errorType", "stackTrace"]


@pytest.mark.parametrize(
    ("code", "settings", "words"),
    [
        ("import os\ndef handler(event, context): os._exit(0)", {}, "exit code 0; the container ended without an answer"),
        ("import os\ndef handler(event, context): os.kill(os.getpid(), 9)", {}, "exit code 137"),
        ("import time\ndef handler(event, context): time.sleep(30)", {"timeout": 1}, "duration exceeded timeout"),
        ("def handler(event, context):\n    x = b'x' * (400 << 20)\n    import time; time.sleep(30)", {"memory": 256}, "OutOfMemoryError"),
    ],
)
def test_a_container_that_died_fails_its_step_with_the_reason(project, code, settings, words):
    found = caught(project, code, **settings)
    assert found["Error"] == "Batch.JobFailed" and words in found["Cause"]


def container() -> dict:
    return submission() | {
        "Resource": "arn:aws:states:::batch:submitJob.sync",
        "Arguments": {"JobName": "f", "JobDefinition": f"{JOB}:1", "JobQueue": "q"},
        "Output": "{% $states.input %}",
    }


def test_a_container_that_was_built_elsewhere_needs_a_mock(project):
    project.plan(making.chain(("report", container())), {"f": SETTINGS | {"folder": None}})
    text = failure(project.run())
    assert "`report` calls the container of raw/p/f, which is built elsewhere" in text
    assert "report: {output: ...}" in text
    mocks = project.root / "mocks.json"
    mocks.write_text('{"report": {"output": {}}}')
    assert output(project.run("--mock", mocks, "--input", '{"a": 1}')) == {"a": 1}


def test_jobs_of_others_are_told_as_what_they_are(project):
    other = submission(definition="arn:aws:batch:eu-west-2:111122223333:job-definition/theirs:3")
    project.plan(making.chain(("other", other)))
    assert "calls arn:aws:states:::aws-sdk:batch:submitJob.waitForTaskToken, which is not on this computer" in failure(project.run())


def test_a_lambda_has_the_limits_of_lambda(project):
    project.function("f", "def handler(event, context): pass\n")
    project.plan(making.chain(("f", making.task("f"))), {"f": {"timeout": 901}})
    assert "timeout" in project.run().stderr
