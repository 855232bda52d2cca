"""The input that a trigger would send (`--event`)."""

from __future__ import annotations

import hashlib
import time
import uuid
from datetime import datetime, timezone
from pathlib import Path

from .buckets import etag
from .errors import Usage
from .json_text import Json
from .plan import Pipeline, Plan, Trigger

# What EventBridge Scheduler puts into a target's input (its guide, "Adding context attributes").
SCHEDULED_TIME, ATTEMPT, EXECUTION, SCHEDULE = (
    f"<aws.scheduler.{name}>" for name in ("scheduled-time", "attempt-number", "execution-id", "schedule-arn")
)

# Of what `event` and `after_pipeline` send, here is only what a run or a bus has to tell.
OTHERS = "what other triggers send is an input of your own: `--input @FILE`, or `input` of a case"


def event_of(plan: Plan, pipeline: Pipeline, text: str, buckets: Path | None) -> tuple[Json, str | None]:
    """The event, and what is to be said about it. `text` is `schedule`, `schedule:NAME` or `s3:BUCKET/KEY`."""
    kind, _, rest = text.partition(":")
    if kind == "schedule":
        return schedule(plan, pipeline, rest), None
    bucket, _, key = rest.partition("/")
    if kind == "s3" and bucket and key:
        takers = [each for each in pipeline.triggers if each.kind == "s3" and takes(each, bucket, key)]
        note = None if takers else f"note: no trigger of {pipeline.name} takes s3://{bucket}/{key} in {plan.environment}"
        return object_created(plan, bucket, key, buckets), note
    raise Usage(f"--event {text}: expected `schedule`, `schedule:NAME` or `s3:BUCKET/KEY`; {OTHERS}")


def takes(trigger: Trigger, bucket: str, key: str) -> bool:
    return trigger.bucket == bucket and key.startswith(trigger.prefix) and key.endswith(trigger.suffix)


def schedule(plan: Plan, pipeline: Pipeline, name: str) -> Json:
    schedules = [each for each in pipeline.triggers if each.kind == "schedule" and name in ("", each.name)]
    if len(schedules) != 1:
        names = ", ".join(f"`schedule:{each.name}`" for each in pipeline.triggers if each.kind == "schedule")
        raise Usage(
            f"--event schedule: {pipeline.name} has several schedules; say which: {names}"
            if schedules
            else f"--event schedule{':' + name if name else ''}: {pipeline.name} has {'only ' + names if names else 'no schedule'}"
        )
    values = {
        SCHEDULED_TIME: datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:00Z"),
        ATTEMPT: "1",
        EXECUTION: str(uuid.uuid4()),
        SCHEDULE: f"arn:{plan.partition}:scheduler:{plan.region}:{plan.account}:schedule/{pipeline.machine_name}/{schedules[0].name}",
    }
    found = schedules[0].input
    return filled({"scheduled_time": SCHEDULED_TIME} if found is None else found, values)


def filled(value: Json, values: dict[str, str]) -> Json:
    if isinstance(value, dict):
        return {key: filled(each, values) for key, each in value.items()}
    if isinstance(value, list):
        return [filled(each, values) for each in value]
    if isinstance(value, str):
        for mark, text in values.items():
            value = value.replace(mark, text)
    return value


def object_created(plan: Plan, bucket: str, key: str, buckets: Path | None) -> Json:
    """Amazon S3 guide, "EventBridge event message structure". Size and digest are those of the file, where there is one."""
    path, size, digest = (buckets or Path()) / bucket / key, 0, hashlib.md5(usedforsecurity=False).hexdigest()
    if buckets and path.is_file():
        size, digest = path.stat().st_size, etag(path, path.stat())
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Object Created",
        "source": "aws.s3",
        "account": plan.account,
        "time": datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "region": plan.region,
        "resources": [f"arn:{plan.partition}:s3:::{bucket}"],
        "detail": {
            "version": "0",
            "bucket": {"name": bucket},
            "object": {
                "key": key,
                "size": size,
                "etag": digest,
                "sequencer": f"{time.time_ns() // 1000:018X}",
            },
            "request-id": uuid.uuid4().hex[:16].upper(),
            "requester": plan.account,
            "source-ip-address": "127.0.0.1",
            "reason": "PutObject",
        },
    }
