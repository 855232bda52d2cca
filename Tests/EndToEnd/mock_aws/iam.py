"""A small evaluation of IAM policies: moto lets everybody do everything.

AWS allows an action if the role may be assumed by whoever calls, some statement of its policies allows the action on the
resource, its boundary (if it has one) does too, and no statement denies it. A service that acts without a role needs the
policy of the resource instead.
"""

from __future__ import annotations

import json
import re
from urllib.parse import unquote

from botocore.exceptions import ClientError
from moto.iam.models import iam_backends

ACCOUNT = "123456789012"


def denied(action: str, resource: str, caller: str) -> ClientError:
    message = f"User: {caller} is not authorized to perform: {action} on resource: {resource}"
    answer = {
        "Error": {"Code": "AccessDeniedException", "Message": message},
        "ResponseMetadata": {"HTTPStatusCode": 400, "RequestId": "none"},
    }
    return ClientError(answer, action.partition(":")[2])


def function_name(arn: str) -> str:
    """Of a function's ARN, which a version or an alias may follow.

    IAM compares the ARN as it was called: `function:load` allows no `function:load:live` and no `function:load:$LATEST` (Lambda
    guide, "Fine-tuning the Resources and Conditions sections of policies": "function name and qualifier").
    """
    return arn.split(":")[6]


def matches(pattern: str, text: str, *, ignoring_case: bool = False) -> bool:
    expression = "".join({"*": ".*", "?": "."}.get(character, re.escape(character)) for character in pattern)
    return re.fullmatch(expression, text, re.IGNORECASE if ignoring_case else 0) is not None


def as_list(value) -> list:
    return value if isinstance(value, list) else [] if value is None else [value]


TESTS = {
    "StringEquals": str.__eq__,
    # Of a key that has one value.
    "ForAllValues:StringEquals": str.__eq__,
    "StringLike": lambda actual, wanted: matches(wanted, actual),
    "ArnEquals": lambda actual, wanted: matches(wanted, actual),
    "ArnLike": lambda actual, wanted: matches(wanted, actual),
    "Bool": lambda actual, wanted: actual.lower() == wanted.lower(),
}


def holds(conditions: dict, context: dict[str, str]) -> bool:
    """A key that the request lacks is a condition that is not met; the names of keys have no case."""
    context = {key.lower(): value for key, value in ({"aws:SecureTransport": "true"} | context).items()}
    for operation, tests in conditions.items():
        for name, wanted in tests.items():
            key = name.lower()
            if not any(key in context and TESTS[operation](context[key], each) for each in as_list(wanted)):
                return False
    return True


def speaks_of(statement: dict, action: str, resource: str, context: dict[str, str]) -> bool:
    return (
        any(matches(each, action, ignoring_case=True) for each in as_list(statement["Action"]))
        and any(matches(each, resource) for each in as_list(statement.get("Resource", "*")))
        and holds(statement.get("Condition", {}), context)
    )


def allows(policies: list[dict], action: str, resource: str, context: dict[str, str]) -> bool:
    effects = {
        statement["Effect"]
        for policy in policies
        for statement in as_list(policy["Statement"])
        if speaks_of(statement, action, resource, context)
    }
    return effects == {"Allow"}


def check_resource_policy(policy, service: str, action: str, resource: str, **context: str) -> None:
    def meant(statement) -> bool:
        principal = statement["Principal"]
        return principal == "*" or service in as_list(principal.get("Service"))

    statements = [each for each in as_list(document(policy)["Statement"]) if meant(each)]
    if not allows([{"Statement": statements}], action, resource, context):
        raise denied(action, resource, service)


class Role:
    def __init__(self, arn: str):
        self.arn = arn
        backend = iam_backends[ACCOUNT]["aws"]
        try:
            role = backend.get_role(arn.rpartition("/")[2])
        except Exception as problem:
            raise denied("sts:AssumeRole", arn, arn) from problem
        self.trust = document(role.assume_role_policy_document)
        self.policies = [document(policy) for policy in role.policies.values()]
        self.policies += [managed(policy) for policy in role.managed_policies.values()]
        boundary = role.permissions_boundary_arn
        self.boundary = [managed(backend.get_policy(boundary))] if boundary else None

    def assumed_by(self, service: str, source: str) -> Role:
        """AWS tells which resource a service acts for: `aws:SourceArn`."""
        context = {"aws:SourceAccount": ACCOUNT, "aws:SourceArn": source}
        for statement in as_list(self.trust["Statement"]):
            principals = as_list(statement["Principal"].get("Service"))
            allowed = statement["Effect"] == "Allow" and "sts:AssumeRole" in as_list(statement["Action"])
            if allowed and service in principals and holds(statement.get("Condition", {}), context):
                return self
        raise denied("sts:AssumeRole", self.arn, service)

    def check(self, action: str, resource: str, **context: str) -> None:
        for policies in [self.policies] + ([] if self.boundary is None else [self.boundary]):
            if not allows(policies, action, resource, context):
                raise denied(action, resource, self.arn)


def managed(policy) -> dict:
    (version,) = [each for each in policy.versions if each.is_default]
    return document(version.document)


def document(policy) -> dict:
    return policy if isinstance(policy, dict) else json.loads(unquote(policy))
