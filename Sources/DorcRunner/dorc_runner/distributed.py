"""A Distributed Map: each item, or batch of items, is an execution of its own (guide, "Using Map state in Distributed mode")."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass

from . import datasets, interpreter, parallel
from .buckets import Buckets
from .errors import THRESHOLD, TIMEOUT, RunFailed, StateFailed, TimedOut
from .execution import Branch, Execution, Visit, timestamp
from .expressions import Values
from .json_text import Json, compact, size
from .report import brief
from .scope import Scope

# AWS runs up to 10,000 at once; here the number of functions at once is limited anyway (see `workers`).
MOST_AT_ONCE = 256
# The longest Label (guide, "Distributed Map state fields").
LABEL = 40
# Of an Express workflow (guide, "Choosing workflow type in Step Functions").
EXPRESS_SECONDS = 300


@dataclass
class Child:
    """How the execution of an item ended."""

    execution: Execution
    output: Json = None
    failure: StateFailed | None = None
    stopped: float = 0

    def record(self) -> dict[str, Json]:
        """As Step Functions tells an execution with its metadata: what failed is always told so (guide, "ResultWriter (Map)")."""
        execution = self.execution
        ended: dict[str, Json] = {"Output": compact(self.output), "OutputDetails": {"Included": True}, "Status": "SUCCEEDED"}
        if self.failure:
            ended = self.failure.output() | {"Status": execution.status}
        return ended | {
            "ExecutionArn": execution.arn,
            "Input": compact(execution.input),
            "InputDetails": {"Included": True},
            "Name": execution.name,
            "StartDate": timestamp(execution.started),
            "StateMachineArn": execution.context()["StateMachine"]["Id"],
            "StopDate": timestamp(self.stopped),
        }


def run_map(visit: Visit, processor: dict[str, Json]) -> Json:
    values = visit.values()
    items = list(datasets.read(visit, values)) if "ItemReader" in visit.state else parallel.items_of(visit, values)
    for item in items:
        item.setdefault("Source", "STATE_DATA")
    inputs = batches(visit, values, [parallel.selected(visit, item) for item in items])
    tolerance = Tolerance(visit, values, len(items))
    at_once = parallel.concurrency(values, visit.state, MOST_AT_ONCE)
    children: list[Child | None] = [None] * len(inputs)
    label = visit.state.get("Label", visit.name[:LABEL])
    is_express = processor.get("ProcessorConfig", {}).get("ExecutionType") == "EXPRESS"

    def do(scope: Scope, index: int, batch: tuple[int, Json]) -> None:
        count, event = batch
        around = visit.branch.execution
        own_scope = Scope(scope, EXPRESS_SECONDS if is_express else None)
        execution = Execution(around.run, around.pipeline, event, own_scope, f"/{label}", around.prefix)
        execution.count_events()
        child = children[index] = Child(execution)
        # Variables of the parent are not there (guide, "Variable scope").
        part = Branch(execution, execution.scope, path=None, index=f"{visit.branch.index} [{index}]")
        part.place = parallel.place_of(visit, index, len(inputs), at_once, processor)
        try:
            child.output = interpreter.run_machine(part, processor, event)
            execution.status = "SUCCEEDED"
        except StateFailed as failure:
            child.failure, execution.status = failure, "FAILED"
            tolerance.add(count)
        except TimedOut as problem:
            if problem.scope is not own_scope:
                raise
            child.failure, execution.status = StateFailed(TIMEOUT, None), "TIMED_OUT"
            tolerance.add(count)
        finally:
            child.stopped = time.time()
            execution.scope.end()

    visit.report("items", count=len(items), batches=len(inputs))
    problem = None
    try:
        # Of the state, and of the Map Run.
        with parallel.EventPair(visit), parallel.EventPair(visit):
            parallel.Crew(visit, iter(inputs), at_once, do).work()
    except StateFailed as failure:
        problem = failure
    finished = [child for child in children if child and child.execution.status != "RUNNING"]
    result = write(visit, values, finished, label) if "ResultWriter" in visit.state else shaped(finished, "COMPACT")
    if problem:
        if problem.error == THRESHOLD:
            problem.hint = first_failure(children)
        raise problem
    return result


def first_failure(children: list[Child | None]) -> str | None:
    """Of the items, for people: the error that the state has tells nothing of it."""
    for child in children:
        if child and child.failure:
            at = f"`{child.failure.step}` failed with " if child.failure.step else ""
            return f"the first item that failed: {at}{brief(child.failure.error, child.failure.cause)}"
    return None


class Tolerance:
    """Guide, "Tolerated failure threshold for Distributed Map state": with both values, the run fails when it exceeds either. Each
    item of a batch that fails counts."""

    def __init__(self, visit: Visit, values: Values, items: int):
        def number(field: str) -> float | None:
            return values.expect(visit.state[field], field, "number") if field in visit.state else None

        self.items, self.failed = items, 0
        self.count, self.percentage = number("ToleratedFailureCount"), number("ToleratedFailurePercentage")
        if self.count is None and self.percentage is None:
            self.count = 0
        self._lock = visit.run.lock

    def add(self, number: int) -> None:
        with self._lock:
            self.failed += number
            failed = self.failed
        if (self.count is not None and failed > self.count) or (
            self.percentage is not None and 100 * failed > self.percentage * self.items
        ):
            raise StateFailed(THRESHOLD, "The specified tolerated failure threshold was exceeded")


def batches(visit: Visit, values: Values, items: list[Json]) -> list[tuple[int, Json]]:
    """The input of each child, and how many items it has (guide, "ItemBatcher (Map)")."""
    batcher = visit.state.get("ItemBatcher")
    if batcher is None:
        return [(1, item) for item in items]

    def number(field: str) -> float:
        return values.expect(batcher[field], f"ItemBatcher/{field}", "number") if field in batcher else float("inf")

    most, most_bytes = number("MaxItemsPerBatch"), number("MaxInputBytesPerBatch")
    more = {"BatchInput": values.resolve(batcher["BatchInput"], "ItemBatcher/BatchInput")} if "BatchInput" in batcher else {}
    found: list[list[Json]] = []
    for item in items:
        if found and len(found[-1]) < most and size(more | {"Items": [*found[-1], item]}) <= min(most_bytes, 262144):
            found[-1].append(item)
        else:
            found.append([item])
    return [(len(batch), more | {"Items": batch}) for batch in found]


def shaped(children: list[Child], transformation: str) -> list[Json]:
    if transformation == "NONE":
        return [child.record() for child in children]
    outputs: list[Json] = []
    for child in children:
        if child.failure:
            outputs.append(child.record())
        elif transformation == "FLATTEN" and isinstance(child.output, list):
            outputs += child.output
        else:
            outputs.append(child.output)
    return outputs


def write(visit: Visit, values: Values, children: list[Child], label: str) -> Json:
    """Guide, "ResultWriter (Map)": files by status, and a manifest that names them."""
    writer = visit.state["ResultWriter"]
    config = writer.get("WriterConfig", {})
    lines = config.get("OutputType", "JSON") == "JSONL"

    def text(results: list[Json]) -> str:
        return "".join(f"{compact(each)}\n" for each in results) if lines else compact(results)

    if "Resource" not in writer:
        results = shaped(children, config.get("Transformation", "COMPACT"))
        return text(results) if lines else results
    if not writer["Resource"].endswith(":s3:putObject"):
        raise RunFailed(
            f"`{visit.step}` writes its results by {writer['Resource']}, which the runner does not know", visit.step
        )
    transformation = config.get("Transformation", "NONE" if not config else "COMPACT")
    arguments = values.resolve(writer.get("Arguments", {}), "ResultWriter/Arguments")
    buckets, bucket = Buckets(visit.run.buckets, visit.step), arguments.get("Bucket", "")
    map_run = str(uuid.uuid4())
    folder = "/".join(part for part in (arguments.get("Prefix", "").rstrip("/"), map_run) if part)
    plan = visit.run.plan
    machine = f"{visit.branch.execution.machine}/{label}"
    arn = f"arn:{plan.partition}:states:{plan.region}:{plan.account}:mapRun:{machine}:{map_run}"
    files: dict[str, list[Json]] = {"FAILED": [], "PENDING": [], "SUCCEEDED": []}
    for status, those in (
        ("FAILED", [child for child in children if child.failure]),
        ("SUCCEEDED", [child for child in children if not child.failure]),
    ):
        if those:
            key = f"{folder}/{status}_0.{'jsonl' if lines else 'json'}"
            files[status].append({"Key": key, "Size": buckets.write(bucket, key, text(shaped(those, transformation)))})
    key = f"{folder}/manifest.json"
    buckets.write(bucket, key, compact({"DestinationBucket": bucket, "MapRunArn": arn, "ResultFiles": files}))
    return {"MapRunArn": arn, "ResultWriterDetails": {"Bucket": bucket, "Key": key}}
