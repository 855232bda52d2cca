"""Distributed Maps read their items from S3, and their items run as `semantics.distributed_maps` has it."""

from __future__ import annotations

from moto.stepfunctions.parser.asl.component.state.exec.state_map.item_reader.eval.resource_eval_s3 import ResourceEvalS3
from semantics import distributed_maps

inline = distributed_maps.inline


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
    distributed_maps.patch()
    ResourceEvalS3._handle_list_objects_v2 = staticmethod(list_objects)
