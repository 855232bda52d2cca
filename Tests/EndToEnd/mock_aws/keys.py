"""Keys that services use.

AWS lets a service use a customer's key only where the key's policy does; moto knows the policy and asks nobody.
"""

from __future__ import annotations

import json

from .iam import check_resource_policy
from .clients import client


def check(key: str, service: str, actions: tuple[str, ...], **context: str) -> None:
    policy = json.loads(client("kms").get_key_policy(KeyId=key, PolicyName="default")["Policy"])
    for action in actions:
        check_resource_policy(policy, service, action, key, **context)
