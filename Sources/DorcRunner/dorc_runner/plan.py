"""The plan: what there is to run, as one JSON document that `dorc-synth run` writes.

    {
      "version": 1,
      "project": "people-count",
      "environment": "dev",
      "region": "eu-west-2",
      "account": "111122223333",
      "partition": "aws",                          optional
      "root": "/home/me/census",                   the config repository; relative paths of the plan start here
      "pipeline": "raw/returns",                   the one to run
      "pipelines": [                               that one, and all that it can start
        {
          "name": "raw/returns",
          "state_machine": "arn:aws:states:eu-west-2:111122223333:stateMachine:people-count-dev-raw-returns",
          "role": "arn:aws:iam::...",              optional: `$states.context.Execution.RoleArn`
          "definition": {"StartAt": ..., ...},     Amazon States Language, every intrinsic resolved
          "triggers": [                            optional: what `--event` can send
            {"name": "landed", "kind": "s3", "bucket": "landing", "prefix": "returns/", "suffix": ".csv"},
            {"name": "monthly", "kind": "schedule", "input": {"full": true}}
          ],                                       kinds: schedule, s3, pipeline, event; `input` is what a schedule sends
          "cases": [                               optional: what `--test` runs
            {"name": "no rows", "file": "src/raw/returns/tests/first.yaml", "line": 2, "mocks": {...},
             "input": {} or "event": "schedule",       `event` as for `--event`
             "expect": {"output": ...} or {"error": "ValueError", "cause": "part of it"},
             "secrets": {"API_KEY": "x"}, "s3": "src/raw/returns/tests/s3"}      `s3` as for `--s3`
          ]
        }
      ],
      "functions": [
        {
          "name": "raw/returns/check",
          "arn": "arn:aws:lambda:eu-west-2:111122223333:function:people-count-dev-raw-returns-check",
                                                   that of its job definition, without a revision, where it runs as a job
          "folder": "src/raw/returns/check",       null where the image is built elsewhere: such a function needs a mock
          "handler": "lambda.handler",             optional
          "paths": ["", "lib"],                    optional: on Python's path after the folder. For each entry of
                                                   `images.include` its parent and itself
          "variables": {"MINIMUM_SHARE": "0.5"},   optional: its environment, variables of dorc put in
          "secrets": {"API_KEY": "census/api-key:key"},   optional: variable <- name of the secret; values come from --secrets
          "timeout": 120,                          seconds
          "memory": 256,                           MiB
          "ephemeral_storage": 512                 optional, MiB of temporary files
        }
      ],
      "mocks": {"notify": {"output": {"MessageId": "1"}}}   optional, see `mocks`
    }

An unknown key is an error: a plan and its runner are of one version.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from collections.abc import Iterable

from . import languages
from .errors import Usage
from .json_text import Json, parse, shortened
from .nodes import Node

VERSION = 1
# Lambda guide, "Lambda quotas": seconds, and MiB of memory and of temporary files.
MOST_OF_LAMBDA = (900, 10240, 10240)
# AWS Batch guide, "Job timeouts": 14 days; the memory of the largest instance; the disk of an instance.
MOST_OF_JOB = (1_209_600, 1_015_000, 30720)
JOB_DEFINITION = re.compile(r"(arn:[^:]+:batch:[^:]*:[^:]*:job-definition/[^:/]+)(:[0-9]+)?")
KINDS = ("schedule", "s3", "pipeline", "event")


@dataclass(frozen=True)
class Function:
    name: str
    arn: str
    folder: Path | None
    handler: str
    paths: tuple[Path, ...]
    variables: dict[str, str]
    secrets: dict[str, str]
    timeout: float
    memory: int
    ephemeral_storage: int

    @property
    def is_job(self) -> bool:
        """Whether it is a job of AWS Batch, not a Lambda."""
        return JOB_DEFINITION.fullmatch(self.arn) is not None

    @property
    def lambda_name(self) -> str:
        """As AWS knows it, of a job too."""
        return self.arn.rpartition(":")[2].rpartition("/")[2]


@dataclass(frozen=True)
class Trigger:
    name: str
    kind: str
    bucket: str
    prefix: str
    suffix: str
    input: Json


@dataclass(frozen=True)
class Case:
    name: str
    file: str
    # From 1 on; 0 for none.
    line: int
    input: Json
    event: str
    mocks: dict[str, Json]
    secrets: dict[str, str]
    expect: dict[str, Json]
    # A folder used in place of S3, of which each run gets a copy.
    s3: Path | None = None


@dataclass(frozen=True)
class Pipeline:
    name: str
    state_machine: str
    role: str
    definition: dict[str, Json]
    triggers: tuple[Trigger, ...] = ()
    cases: tuple[Case, ...] = ()

    @property
    def machine_name(self) -> str:
        return self.state_machine.rpartition(":")[2]


@dataclass(frozen=True)
class Plan:
    project: str
    environment: str
    region: str
    account: str
    partition: str
    root: Path
    pipeline: str
    pipelines: dict[str, Pipeline]
    functions: dict[str, Function]
    mocks: dict[str, Json]
    # The same by their ARNs.
    machines: dict[str, Pipeline] = field(default_factory=dict)
    lambdas: dict[str, Function] = field(default_factory=dict)


def read(path: Path) -> Plan:
    try:
        text = inherited(path) or path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise Usage(f"the plan {path} cannot be read: {problem}") from None
    try:
        value = parse(text)
    except ValueError as problem:
        raise Usage(f"the plan {path} is not JSON: {problem}") from None
    return decode(value, str(path))


def inherited(path: Path) -> str | None:
    """What `dorc-synth run` leaves open for this process; it is closed then, so that no function has it. None for any other path."""
    if str(path.parent) != "/dev/fd" or not path.name.isdigit():
        return None
    with open(int(path.name), encoding="utf-8") as file:
        return file.read()


def decode(value: Json, source: str = "plan") -> Plan:
    """Raises `Usage` with everything that is wrong, each with its place."""
    mistakes: list[str] = []
    node = Node(value, source, mistakes)
    version = node.value.get("version") if isinstance(node.value, dict) else None
    if isinstance(node.value, dict) and version != VERSION:
        raise Usage(f"{source}: version: expected {VERSION}, found {shortened(version)}; plan and runner are of one version")
    root = Path(node.text("root"))
    if not mistakes and not root.is_absolute():
        mistakes.append(f"{source}: root: expected an absolute path, found {root}")
    node.number("version", 0, VERSION)
    pipelines = [pipeline(each, root) for each in node.items("pipelines")]
    functions = [function(each, root) for each in node.items("functions")]
    plan = Plan(
        project=node.text("project"),
        environment=node.text("environment"),
        region=node.text("region"),
        account=node.text("account"),
        partition=node.text("partition", "aws"),
        root=root,
        pipeline=node.text("pipeline"),
        pipelines={each.name: each for each in pipelines},
        functions={each.name: each for each in functions},
        mocks=node.mapping("mocks", {}),
        machines={each.state_machine: each for each in pipelines},
        lambdas={each.arn: each for each in functions},
    )
    node.close()
    for kind, count, found in (
        ("pipelines", len(pipelines), min(len(plan.pipelines), len(plan.machines))),
        ("functions", len(functions), min(len(plan.functions), len(plan.lambdas))),
    ):
        if count != found:
            mistakes.append(f"{source}: {kind}: a name or an ARN is there twice")
    if plan.pipeline and plan.pipeline not in plan.pipelines:
        mistakes.append(f"{source}: pipeline: there is no pipeline {plan.pipeline} in `pipelines`")
    if mistakes:
        raise Usage("\n".join(mistakes))
    return plan


def check_machines(pipelines: Iterable[Pipeline]) -> None:
    """Of those that may run: one in JSONPath does not disturb the others."""
    mistakes = [mistake for each in pipelines for mistake in languages.mistakes(each.name, each.definition)]
    if mistakes:
        raise Usage("\n".join(mistakes))


def pipeline(node: Node, root: Path) -> Pipeline:
    found = Pipeline(
        name=node.text("name"),
        state_machine=node.text("state_machine"),
        role=node.text("role", ""),
        definition=node.mapping("definition"),
        triggers=tuple(trigger(each) for each in node.items("triggers", ())),
        cases=tuple(case(each, root) for each in node.items("cases", ())),
    )
    node.close()
    return found


def trigger(node: Node) -> Trigger:
    found = Trigger(
        name=node.text("name"),
        kind=node.text("kind"),
        bucket=node.text("bucket", ""),
        prefix=node.text("prefix", ""),
        suffix=node.text("suffix", ""),
        input=node.any("input", None),
    )
    if found.kind and found.kind not in KINDS:
        node.mistake("kind", f"one of {', '.join(KINDS)}", found.kind)
    node.close()
    return found


def case(node: Node, root: Path) -> Case:
    s3 = node.text("s3", "")
    found = Case(
        name=node.text("name"),
        file=node.text("file", ""),
        line=int(node.number("line", 1, 10**9, 0)),
        input=node.any("input", {}),
        event=node.text("event", ""),
        mocks=node.mapping("mocks", {}),
        secrets=node.texts("secrets"),
        expect=node.mapping("expect"),
        s3=root / s3 if s3 else None,
    )
    keys = set(found.expect)
    if keys and not (keys == {"output"} or keys in ({"error"}, {"error", "cause"})):
        node.mistake("expect", "`output`, or `error` with or without `cause`", found.expect)
    if found.event and "input" in node.value:
        node.mistake("event", "`input` or `event`, not both", found.event)
    node.close()
    return found


def function(node: Node, root: Path) -> Function:
    folder = node.any("folder", None)
    if folder is not None and not isinstance(folder, str):
        node.mistake("folder", "a string or null", folder)
        folder = None
    paths = node.any("paths", [])
    if not isinstance(paths, list) or not all(isinstance(each, str) for each in paths):
        node.mistake("paths", "a list of strings", paths)
        paths = []
    arn = node.text("arn")
    most_seconds, most_memory, most_storage = MOST_OF_JOB if JOB_DEFINITION.fullmatch(arn) else MOST_OF_LAMBDA
    found = Function(
        name=node.text("name"),
        arn=arn,
        folder=None if folder is None else root / folder,
        handler=node.text("handler", "lambda.handler"),
        paths=tuple(root / each for each in paths),
        variables=node.texts("variables"),
        secrets=node.texts("secrets"),
        timeout=node.number("timeout", 1, most_seconds),
        memory=int(node.number("memory", 128, most_memory)),
        ephemeral_storage=int(node.number("ephemeral_storage", 512, most_storage, 512)),
    )
    node.close()
    return found
