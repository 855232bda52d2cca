"""Clients of this process, which reach the backends without HTTP."""

import boto3

from .intrinsics import REGION


def client(service: str):
    return boto3.client(service, REGION)
