"""Distributed Maps.

AWS gives each item an execution of its own, and reads the items from S3 where it is told so. moto's swallows the errors of
items: here its inline Map runs them, with the same outcome.
"""

from __future__ import annotations

from moto.stepfunctions.parser.asl.component.state.exec.state_map.item_reader.eval.resource_eval_s3 import ResourceEvalS3
from moto.stepfunctions.parser.asl.component.state.exec.state_map.iteration.inline_iteration_component import (
    InlineIterationComponent,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_map.state_map import StateMap

original_map = StateMap._eval_execution
original_iteration = InlineIterationComponent._eval_body


def inline(value):
    """A definition with inline Maps only."""
    if isinstance(value, list):
        return [inline(each) for each in value]
    if not isinstance(value, dict):
        return value
    if value.get("Mode") == "DISTRIBUTED":
        return {"Mode": "INLINE"}
    return {key: inline(each) for key, each in value.items() if not (key == "MaxConcurrency" and each > 40)}


def run_map(self: StateMap, env) -> None:
    self.iteration_component.item_reader = self.item_reader
    original_map(self, env)


def run_items(self: InlineIterationComponent, env) -> None:
    if self.item_reader:
        declared = env.stack.pop()
        self.item_reader.eval(env=env)
        declared.input_items = env.stack.pop()
        env.stack.append(declared)
    original_iteration(self, env)


def list_objects(env, resource_runtime_part, state_credentials) -> None:
    """AWS reads all pages, and writes `Etag`, and times in seconds; moto reads one and needs an object at least."""
    s3 = ResourceEvalS3._get_s3_client(resource_runtime_part, state_credentials)
    pages = s3.get_paginator("list_objects_v2").paginate(**env.stack.pop())
    objects = [each for page in pages for each in page.get("Contents", [])]
    env.stack.append(
        [
            {key: each[key] for key in ("Key", "Size", "StorageClass")}
            | {"Etag": each["ETag"], "LastModified": int(each["LastModified"].timestamp())}
            for each in objects
        ]
    )


def patch() -> None:
    StateMap._eval_execution = run_map
    InlineIterationComponent._eval_body = run_items
    ResourceEvalS3._handle_list_objects_v2 = staticmethod(list_objects)
