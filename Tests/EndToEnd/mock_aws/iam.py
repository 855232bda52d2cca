"""A small evaluation of IAM policies: moto lets everybody do everything.

AWS allows an action if the role may be assumed by whoever calls, and some statement of its policies allows the action on
the resource while none denies it. Conditions other than those below count as not met.
"""

from __future__ import annotations

import json
import re
from urllib.parse import unquote

from botocore.exceptions import ClientError
from moto.iam.models import iam_backends

ACCOUNT = "123456789012"


def denied(action: str, resource: str, role: str) -> ClientError:
    message = f"User: {role} is not authorized to perform: {action} on resource: {resource}"
    answer = {
        "Error": {"Code": "AccessDeniedException", "Message": message},
        "ResponseMetadata": {"HTTPStatusCode": 400, "RequestId": "none"},
    }
    return ClientError(answer, action.partition(":")[2])


def matches(pattern: str, text: str, *, ignoring_case: bool = False) -> bool:
    expression = "".join({"*": ".*", "?": "."}.get(character, re.escape(character)) for character in pattern)
    return re.fullmatch(expression, text, re.IGNORECASE if ignoring_case else 0) is not None


def as_list(value) -> list:
    return value if isinstance(value, list) else [] if value is None else [value]


def holds(conditions: dict, context: dict[str, str]) -> bool:
    for operation, tests in conditions.items():
        for key, wanted in tests.items():
            actual = context.get(key)
            if actual is None:
                return False
            if operation in ("StringEquals", "ArnEquals"):
                found = any(actual == each for each in as_list(wanted))
            elif operation in ("StringLike", "ArnLike"):
                found = any(matches(each, actual) for each in as_list(wanted))
            else:
                return False
            if not found:
                return False
    return True


class Role:
    def __init__(self, arn: str):
        self.arn = arn
        try:
            role = iam_backends[ACCOUNT]["aws"].get_role(arn.rpartition("/")[2])
        except Exception as problem:
            raise denied("sts:AssumeRole", arn, arn) from problem
        self.trust = document(role.assume_role_policy_document)
        self.policies = [document(policy) for policy in role.policies.values()]

    def assumed_by(self, service: str, source: str) -> Role:
        """AWS tells which resource a service acts for: `aws:SourceArn`."""
        context = {"aws:SourceAccount": ACCOUNT, "aws:SourceArn": source}
        for statement in as_list(self.trust["Statement"]):
            principals = as_list(statement["Principal"].get("Service"))
            allows = statement["Effect"] == "Allow" and "sts:AssumeRole" in as_list(statement["Action"])
            if allows and service in principals and holds(statement.get("Condition", {}), context):
                return self
        raise denied("sts:AssumeRole", self.arn, service)

    def check(self, action: str, resource: str, **context: str) -> None:
        allowed = False
        for policy in self.policies:
            for statement in as_list(policy["Statement"]):
                if not any(matches(each, action, ignoring_case=True) for each in as_list(statement["Action"])):
                    continue
                if not any(matches(each, resource) for each in as_list(statement["Resource"])):
                    continue
                if not holds(statement.get("Condition", {}), context):
                    continue
                if statement["Effect"] == "Deny":
                    raise denied(action, resource, self.arn)
                allowed = True
        if not allowed:
            raise denied(action, resource, self.arn)


def document(policy) -> dict:
    return policy if isinstance(policy, dict) else json.loads(unquote(policy))
