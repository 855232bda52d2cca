"""Makes plans, functions and runs for the tests."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import textwrap
from dataclasses import dataclass, field
from pathlib import Path

from dorc_runner import plan as plans
from dorc_runner.errors import StateFailed, TimedOut
from dorc_runner.execution import Execution, Run
from dorc_runner.interpreter import run_execution
from dorc_runner.mocks import Mocks
from dorc_runner.scope import Scope

PACKAGE = Path(__file__).resolve().parents[2] / "Sources" / "DorcRunner"
# Compiled modules of the runner: outside of the repository.
CACHE = str(Path(tempfile.gettempdir()) / f"dorc-runner-cache-{os.getuid()}")
REGION, ACCOUNT = "eu-west-2", "111122223333"
# Far more than any run takes.
PATIENCE = 60


def machine_arn(pipeline: str) -> str:
    return f"arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:demo-dev-{pipeline.replace('/', '-')}"


def function_arn(name: str) -> str:
    return f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:demo-dev-{name.replace('/', '-')}"


def definition(states: dict, start: str | None = None, **more) -> dict:
    return {"QueryLanguage": "JSONata", "StartAt": start or next(iter(states)), "States": states} | more


def chain(*states: tuple[str, dict], **more) -> dict:
    """States one after another."""
    names = [name for name, _ in states]
    linked = {}
    for (name, state), following in zip(states, [*names[1:], None]):
        ends = state["Type"] in ("Fail", "Succeed", "Choice") or "Next" in state
        linked[name] = state if ends else state | ({"Next": following} if following else {"End": True})
    return definition(linked, **more)


def task(function: str, **more) -> dict:
    return {"Type": "Task", "Resource": function_arn(f"raw/p/{function}"), "Arguments": "{% $states.input %}"} | more


def plan_value(root: Path, machine: dict, functions: dict[str, dict] | list[str] = (), **more) -> dict:
    """Of one pipeline, `raw/p`. A function's folder is `src/raw/p/<name>`."""
    settings = functions if isinstance(functions, dict) else {name: {} for name in functions}
    pipelines = {"raw/p": machine} | more.pop("others", {})
    extra = more.pop("pipeline_keys", {})
    return {
        "version": 1,
        "project": "demo",
        "environment": "dev",
        "region": REGION,
        "account": ACCOUNT,
        "root": str(root),
        "pipeline": "raw/p",
        "pipelines": [
            {"name": name, "state_machine": machine_arn(name), "definition": each} | (extra if name == "raw/p" else {})
            for name, each in pipelines.items()
        ],
        "functions": [
            {
                "name": f"raw/p/{name}",
                "arn": function_arn(f"raw/p/{name}"),
                "folder": f"src/raw/p/{name}",
                "timeout": 60,
                "memory": 512,
            }
            | each
            for name, each in settings.items()
        ],
    } | more


def lives(process: int) -> bool:
    """One that has ended counts as gone, though nobody has asked how."""
    try:
        state = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, encoding="ascii").stdout
    except FileNotFoundError:
        path = Path(f"/proc/{process}/stat")
        state = path.read_text().rpartition(")")[2].split()[0] if path.exists() else ""
    return state.strip()[:1] not in ("", "Z", "X")


class Collected:
    """A reporter that keeps the events."""

    def __init__(self):
        self.events: list[tuple[str, str, dict]] = []

    def event(self, kind: str, step: str, **details) -> None:
        self.events.append((kind, step, details))

    def steps(self, kind: str) -> list[str]:
        return [step for found, step, _ in self.events if found == kind]


class Local:
    """Functions that are Python functions of the test: from an event to an answer."""

    def __init__(self, functions: dict):
        self.functions = functions
        self.calls: list[tuple[str, object]] = []

    def call(self, function, event, visit, timeout):
        name = function.name.rpartition("/")[2]
        self.calls.append((name, event))
        answer = self.functions[name](json.loads(json.dumps(event)))
        return json.loads(json.dumps(answer))


@dataclass
class Result:
    status: str
    output: object = None
    error: str | None = None
    cause: str | None = None
    calls: list = field(default_factory=list)
    reporter: Collected | None = None
    execution: Execution | None = None


def play(machine: dict, event: object = None, functions: dict | None = None, mocks: dict | None = None, **options) -> Result:
    """Runs a machine in this process, without waiting."""
    functions = functions or {}
    others = options.pop("others", {})
    value = plan_value(Path("/nowhere"), machine, list(functions), others=others)
    plan = plans.decode(value)
    plans.check_machines(plan.pipelines.values())
    local, reporter = Local(functions), Collected()
    run = Run(plan, local, reporter, Mocks(mocks or {}), options.pop("buckets", None), options.pop("is_fast", True))
    pipeline = plan.pipelines["raw/p"]
    execution = Execution(run, pipeline, {} if event is None else event, Scope(None, machine.get("TimeoutSeconds")))
    result = Result("SUCCEEDED", calls=local.calls, reporter=reporter, execution=execution)
    try:
        result.output = run_execution(execution, options.pop("resume", None))
        for thread in run.unattended:
            thread.join(PATIENCE)
    except StateFailed as failure:
        result.status, result.error, result.cause = "FAILED", failure.error, failure.cause
    except TimedOut:
        result.status = "TIMED_OUT"
    assert not options, options
    return result


class Project:
    """A folder with functions and a plan, and the runner as a program."""

    def __init__(self, root: Path):
        self.root = root

    def function(self, name: str, code: str, file: str = "lambda.py") -> None:
        folder = self.root / "src/raw/p" / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(textwrap.dedent(code), encoding="utf-8")

    def plan(self, machine: dict, functions: dict | list = (), **more) -> Path:
        path = self.root / "plan.json"
        path.write_text(json.dumps(plan_value(self.root, machine, functions, **more)), encoding="utf-8")
        return path

    def command(self, *arguments) -> list[str]:
        return [sys.executable, "-m", "dorc_runner", str(self.root / "plan.json"), *map(str, arguments)]

    def environment(self, more: dict | None = None) -> dict[str, str]:
        return {**os.environ, "PYTHONPATH": str(PACKAGE), "PYTHONPYCACHEPREFIX": CACHE, "PYTHONDONTWRITEBYTECODE": ""} | (
            more or {}
        )

    def run(self, *arguments, env: dict | None = None, **options) -> subprocess.CompletedProcess:
        options = {"stdin": subprocess.DEVNULL, "capture_output": True, "encoding": "utf-8", "timeout": PATIENCE} | options
        return subprocess.run(self.command(*arguments), env=self.environment(env), **options)

    def start(self, *arguments, **options) -> subprocess.Popen:
        options = {
            "stdin": subprocess.DEVNULL,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
            "encoding": "utf-8",
        } | options
        return subprocess.Popen(self.command(*arguments), **{"env": self.environment()} | options)
