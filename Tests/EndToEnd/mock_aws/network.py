"""Lambda's network interfaces in a VPC.

A function that leaves a security group leaves an interface behind, which Lambda removes within 20 minutes, by the rights of
the function's role (Lambda guide, "Giving Lambda functions access to resources in an Amazon VPC"). As long as there is one, EC2
does not delete the group. moto makes no interfaces.
"""

from __future__ import annotations

from botocore.exceptions import ClientError

from .clients import client
from .iam import Role

RIGHTS = ("CreateNetworkInterface", "DeleteNetworkInterface", "DescribeNetworkInterfaces", "DescribeSubnets")

# Security groups of each function's and each version's interfaces: those in use, and those that wait for their removal.
used: dict[str, set[str]] = {}
left: dict[str, set[str]] = {}


def check_rights(role: Role) -> None:
    for action in RIGHTS:
        role.check(f"ec2:{action}", "*")


def attach(function: str, settings: dict | None) -> None:
    groups = set((settings or {}).get("SecurityGroupIds", []))
    left[function] = (left.get(function, set()) | used.get(function, set())) - groups
    used[function] = groups


def detach(function: str) -> None:
    """CloudFormation waits for the interfaces of a function that it deletes."""
    used.pop(function, None)
    left.pop(function, None)


def leave(version: str) -> None:
    """Of a version that is deleted while its function stays: an interface goes when no function or version uses it any more
    (https://repost.aws/knowledge-center/lambda-hyperplane-vpc)."""
    attach(version, None)


def after_20_minutes() -> None:
    for function in left:
        role = client("lambda").get_function_configuration(FunctionName=function.partition(":")[0])["Role"]
        try:
            check_rights(Role(role))
        except ClientError:
            continue
        left[function] = set()


def check_unused(group: str) -> None:
    if any(group in groups for each in (used, left) for groups in each.values()):
        answer = {"Error": {"Code": "DependencyViolation", "Message": f"resource {group} has a dependent object"}}
        raise ClientError(answer, "DeleteSecurityGroup")


def reset() -> None:
    used.clear()
    left.clear()
