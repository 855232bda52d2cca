"""EventBridge: rules that reach state machines and topics, and Scheduler's schedules.

AWS starts an execution with the whole event as its input, as the role of the target, and publishes to topics. moto knows
neither target.
"""

from __future__ import annotations

import json
import re
import uuid
from datetime import datetime, timezone

from moto.events.models import Rule, events_backends

from . import notices
from .iam import ACCOUNT, Role, as_list
from .intrinsics import REGION
from .clients import client

ABSENT = object()


def fits(pattern: dict, event: dict) -> bool:
    """EventBridge guide, "Amazon EventBridge event patterns"."""
    for key, wanted in pattern.items():
        if key == "$or":
            if not any(fits(each, event) for each in wanted):
                return False
            continue
        actual = event.get(key, ABSENT) if isinstance(event, dict) else ABSENT
        if isinstance(wanted, dict):
            if not fits(wanted, {} if actual is ABSENT else actual):
                return False
        elif not any(accepts(each, value) for each in wanted for value in (as_list(actual) or [ABSENT])):
            return False
    return True


def accepts(wanted, actual) -> bool:
    if not isinstance(wanted, dict):
        return actual == wanted
    ((name, argument),) = wanted.items()
    text = actual if isinstance(actual, str) else ""
    if name == "exists":
        return argument == (actual is not ABSENT)
    if actual is ABSENT:
        return False
    if name == "prefix":
        return text.startswith(argument)
    if name == "suffix":
        return text.endswith(argument)
    if name == "wildcard":
        return re.fullmatch(".*".join(map(re.escape, argument.split("*"))), text) is not None
    if name == "equals-ignore-case":
        return text.lower() == argument.lower()
    if name == "anything-but":
        return not any(accepts(each, actual) for each in as_list(argument))
    if name == "numeric":
        tests = {"=": float.__eq__, "<": float.__lt__, "<=": float.__le__, ">": float.__gt__, ">=": float.__ge__}
        pairs = zip(argument[::2], argument[1::2])
        return isinstance(actual, (int, float)) and all(tests[test](float(actual), float(each)) for test, each in pairs)
    raise NotImplementedError(name)


def publish(source: str, kind: str, resources: list[str], detail: dict) -> None:
    """An event of AWS's own, on the default bus."""
    event = {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": kind,
        "source": source,
        "account": ACCOUNT,
        "time": datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "region": REGION,
        "resources": resources,
        "detail": detail,
    }
    for rule in list(events_backends[ACCOUNT][REGION].event_buses["default"].rules.values()):
        rule.send_to_targets(event)


def send_to_targets(self: Rule, original_event: dict, transform_input: bool = True) -> None:
    event = json.loads(json.dumps(original_event))
    if self.state != "ENABLED" or not fits(self.event_pattern.get_pattern(), event):
        return
    for target in self.targets:
        service = target["Arn"].split(":")[2]
        if service == "states":
            start(target, "events.amazonaws.com", self.arn, json.dumps(event))
        elif service == "sns":
            # AWS: rules pass no `aws:SourceArn` or `aws:SourceAccount` to topics and their keys.
            notices.publish(target["Arn"], "events.amazonaws.com", transformed(target["InputTransformer"], event))
        else:
            raise NotImplementedError(target["Arn"])


def start(target: dict, service: str, source: str, text: str) -> None:
    """As the target's role; what fails goes to the dead-letter queue."""
    try:
        Role(target["RoleArn"]).assumed_by(service, source).check("states:StartExecution", target["Arn"])
        client("stepfunctions").start_execution(stateMachineArn=target["Arn"], input=text)
    except Exception as problem:
        notices.keep(target, service, source, f"{problem}\n{text}")


def transformed(transformer: dict, event: dict) -> str:
    values = {}
    for name, path in transformer["InputPathsMap"].items():
        value = event
        for key in path.removeprefix("$.").split("."):
            value = value[key]
        values[name] = value
    template = transformer["InputTemplate"]
    assert len(template) <= 8192
    # Each line of several is a text in quotes.
    lines = [line[1:-1] if line.startswith('"') else line for line in template.splitlines()]
    text = re.sub(r"<(\w+)>", lambda match: str(values[match[1]]), "\n".join(lines))
    # What is not JSON after that is not sent (guide, "Common issues with transforming input").
    return json.dumps(json.loads(text)) if template.startswith("{") else text


def fire(schedule: str, group: str) -> None:
    """What Scheduler does when the time has come."""
    found = client("scheduler").get_schedule(Name=schedule, GroupName=group)
    if found["State"] == "ENABLED":
        time = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        source = client("scheduler").get_schedule_group(Name=group)["Arn"]
        text = found["Target"]["Input"].replace("<aws.scheduler.scheduled-time>", time)
        start(found["Target"], "scheduler.amazonaws.com", source, text)


def patch() -> None:
    Rule.send_to_targets = send_to_targets
