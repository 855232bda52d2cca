"""What goes wrong in a run, and which names in `Retry` and `Catch` cover it."""

from __future__ import annotations

from dataclasses import dataclass

ALL = "States.ALL"
DATA_LIMIT = "States.DataLimitExceeded"
HEARTBEAT_TIMEOUT = "States.HeartbeatTimeout"
NO_CHOICE = "States.NoChoiceMatched"
QUERY_EVALUATION = "States.QueryEvaluationError"
RUNTIME = "States.Runtime"
TASK_FAILED = "States.TaskFailed"
THRESHOLD = "States.ExceedToleratedFailureThreshold"
TIMEOUT = "States.Timeout"


class StateFailed(Exception):
    """A state's error as AWS tells it. What AWS does not tell, people are shown: `trace` is the traceback of a function's exception,
    in Python's own form, `hint` what else is known of it here."""

    def __init__(self, error: str | None, cause: str | None, trace: str | None = None, hint: str | None = None):
        super().__init__(error, cause)
        self.error, self.cause, self.trace, self.hint = error, cause, trace, hint
        # Where it happened: set by the first state that sees it. `path` is the state from which the run can go on.
        self.step: str | None = None
        self.path: str | None = None

    def told(self) -> dict[str, str | None]:
        """For reports."""
        return {"error": self.error, "cause": self.cause, "failed_step": self.step, "trace": self.trace, "hint": self.hint}

    def output(self) -> dict[str, str]:
        """`$states.errorOutput`: recorded, `Cause` is an empty string where AWS gives none."""
        return {"Error": self.error or "", "Cause": self.cause or ""}


@dataclass(frozen=True)
class Caught:
    """A failure that a `Catch` has taken: where it happened, and what was told of it."""

    step: str | None
    path: str | None
    error: str | None
    cause: str | None
    # Of this run, where it was caught in it.
    trace: str | None = None
    hint: str | None = None

    def is_told_by(self, failure: StateFailed) -> bool:
        """Whether a Fail state tells this failure again. dorc's write `Failed` and an empty cause where there is none."""
        return (self.error or "Failed", self.cause or "") == (failure.error or "Failed", failure.cause or "")


class RunFailed(Exception):
    """The run cannot go on here, although it might on AWS: a call without a mock, a field that is not supported. No `Catch` takes it."""

    def __init__(self, message: str, step: str | None = None, needs: str | None = None):
        super().__init__(message)
        # `needs`: the option without which it cannot go on, as `--s3 DIR`.
        self.message, self.step, self.needs = message, step, needs
        self.path: str | None = None


class Usage(Exception):
    """What the user gave is not right; nothing has run."""


def why(problem: OSError) -> str:
    """Without the number."""
    return (problem.strerror or str(problem)).lower()


class Stopped(Exception):
    """This branch was ended, because another one failed or the run was interrupted."""


class TimedOut(Exception):
    """A run took longer than its machine's `TimeoutSeconds`. No `Catch` of that machine takes it."""

    def __init__(self, scope: object):
        super().__init__()
        self.scope = scope


def stands_for(name: str, failure: StateFailed) -> bool:
    """Whether a name in `ErrorEquals` means this failure (guide, "Error names").

    - States.Runtime is never retried and never caught.
    - States.ALL takes all but that and States.DataLimitExceeded.
    - States.TaskFailed takes what States.ALL does, but for States.Timeout.
    - States.Timeout also covers a missing heartbeat, which has a name of its own.
    """
    error = failure.error
    if error == RUNTIME:
        return False
    if name == error:
        return True
    if name == ALL:
        return error != DATA_LIMIT
    if name == TASK_FAILED:
        return error not in (DATA_LIMIT, TIMEOUT, HEARTBEAT_TIMEOUT)
    return name == TIMEOUT and error == HEARTBEAT_TIMEOUT
