"""Policies of image repositories.

Lambda pulls an image where the repository's policy lets `lambda.amazonaws.com` do it for the function ("Amazon ECR
permissions" in the Lambda guide); moto pulls always.
"""

from __future__ import annotations

import json

from botocore.exceptions import ClientError

from .clients import client
from .iam import ACCOUNT, check_resource_policy
from .intrinsics import REGION

PULL = ("ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer")


def repository_of(image: str) -> str:
    return image.partition("/")[2].partition(":")[0]


def policy_of(repository: str) -> dict | None:
    try:
        return json.loads(client("ecr").get_repository_policy(repositoryName=repository)["policyText"])
    except ClientError as problem:
        if problem.response["Error"]["Code"] != "RepositoryPolicyNotFoundException":
            raise
        return None


def add_policy_of_lambda(image: str) -> None:
    """The guide: where there is none, Lambda adds one when a function is created; not when it is updated."""
    repository = repository_of(image)
    if policy_of(repository) is None:
        statement = {
            "Sid": "LambdaECRImageRetrievalPolicy",
            "Effect": "Allow",
            "Principal": {"Service": "lambda.amazonaws.com"},
            "Action": list(PULL),
            "Condition": {"StringLike": {"aws:sourceArn": f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:*"}},
        }
        put_policy(repository, {"Version": "2012-10-17", "Statement": [statement]})


def check_pull(image: str, function: str) -> None:
    policy = policy_of(repository_of(image)) or {"Statement": []}
    for action in PULL:
        check_resource_policy(policy, "lambda.amazonaws.com", action, image, **{"aws:SourceArn": function})


def put_policy(repository: str, policy: dict | None) -> None:
    """What CloudFormation's handler does with `RepositoryPolicyText`: with any update it deletes the policy that a template
    does not have (aws-cdk#18473; coverage-roadmap#1962, #2493), whoever wrote it."""
    if policy is not None:
        client("ecr").set_repository_policy(repositoryName=repository, policyText=json.dumps(policy))
    elif policy_of(repository) is not None:
        client("ecr").delete_repository_policy(repositoryName=repository)
