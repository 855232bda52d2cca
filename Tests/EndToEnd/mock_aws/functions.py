"""Lambda functions of images, run as the real Python handlers.

AWS runs the container. Here the image's manifest says where the function's folder is (the stand-in for Docker writes that
into it), and the handler runs in a process of its own with the function's environment.
"""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys

from botocore.exceptions import ClientError
from moto.awslambda.exceptions import LambdaClientError
from moto.awslambda.models import LambdaBackend, LambdaFunction, LambdaStorage

from . import network, registry
from .clock import clock
from .iam import ACCOUNT, Role
from .intrinsics import REGION
from .clients import client

PROGRAM = """
import json, sys, traceback
sys.path.insert(0, sys.argv[1])
event = json.load(sys.stdin)
try:
    from importlib import import_module
    answer = {"result": import_module("lambda").handler(event, None)}
except Exception as error:
    answer = {"error": {"errorMessage": str(error), "errorType": type(error).__name__,
                        "stackTrace": traceback.format_exc().splitlines()}}
sys.stdout.write(chr(0) + json.dumps(answer))
"""


# Functions that nobody called for weeks, and when those that were called then are ready again.
idle: set[str] = set()
waking: dict[str, float] = {}
# Until when the other functions of the account take all the calls that it may make at once.
crowded_until = 0.0
# Seconds: an image is optimised again in 40 to 110 (Lambda guide, "Lambda function states").
WAKING = 110


def ready(function: LambdaFunction) -> None:
    """Lambda refuses the first call of an idle function, and those that follow until it is ready (Lambda guide, "Invoking
    functions defined as container images"); and calls beyond the account's concurrency."""
    name = function.function_name
    if name in idle:
        idle.discard(name)
        waking[name] = clock.now + WAKING
    if clock.now < waking.get(name, 0):
        code = "ResourceNotReady" if is_in_network(function) else "CodeArtifactUserPending"
        refuse(f"{code}Exception", "Lambda is initializing your function. It will be ready to invoke shortly.")
    if clock.now < crowded_until:
        refuse("TooManyRequestsException", "Rate Exceeded.")


def is_in_network(function: LambdaFunction) -> bool:
    return bool(function.vpc_config)


def refuse(code: str, message: str) -> None:
    raise ClientError({"Error": {"Code": code, "Message": message}}, "Invoke")


def folder_of(image: str) -> str:
    repository, _, tag = image.partition("/")[2].partition(":")
    answer = client("ecr").batch_get_image(repositoryName=repository, imageIds=[{"imageTag": tag}])
    if not answer["images"]:
        raise LookupError(f"Source image {image} does not exist.")
    return json.loads(answer["images"][0]["imageManifest"])["annotations"]["folder"]


def invoke(self: LambdaFunction, event=None) -> tuple[str, bool, str]:
    # As after idle weeks, when Lambda has no copy of the image any more (Lambda guide, "Lambda function states").
    registry.check_pull(self.code["ImageUri"], self.function_arn)
    role = Role(self.role).assumed_by("lambda.amazonaws.com", self.function_arn)
    stream = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/aws/lambda/{self.function_name}:log-stream:1"
    for action in ("logs:CreateLogStream", "logs:PutLogEvents"):
        role.check(action, stream)
    if self.tracing_config and self.tracing_config.get("Mode") == "Active":
        role.check("xray:PutTraceSegments", "*")
    variables = (self.environment_vars or {}) | {"AWS_LAMBDA_FUNCTION_NAME": self.function_name, "AWS_REGION": REGION}
    result = subprocess.run(
        [sys.executable, "-B", "-c", PROGRAM, folder_of(self.code["ImageUri"])],
        input=json.dumps(event),
        capture_output=True,
        text=True,
        env={"PATH": os.environ["PATH"], **{key: str(value) for key, value in variables.items()}},
        timeout=60,
    )
    logs, _, text = result.stdout.rpartition(chr(0))
    answer = json.loads(text) if text else {"error": {"errorMessage": result.stderr, "errorType": "Runtime.ExitError"}}
    problem = answer.get("error")
    return json.dumps(problem or answer.get("result")), problem is not None, logs


original_create = LambdaBackend.create_function
original_update = LambdaBackend.update_function_code
original_delete = LambdaBackend.delete_function
original_configure = LambdaBackend.update_function_configuration


def create_function(self, spec: dict):
    """AWS refuses an image that is not there; moto looks for it by the last part of its name."""
    folder_of(spec["Code"]["ImageUri"])
    registry.add_policy_of_lambda(spec["Code"]["ImageUri"])
    registry.check_pull(spec["Code"]["ImageUri"], arn_of(spec["FunctionName"]))
    check_role(spec["Role"], spec["FunctionName"], spec.get("VpcConfig"))
    network.attach(spec["FunctionName"], spec.get("VpcConfig"))
    return original_create(self, spec)


def arn_of(function: str) -> str:
    return f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{function}"


def check_role(role: str, function: str, settings: dict | None) -> None:
    """AWS asks at once whether Lambda may assume the role, and attach the function to its network."""
    role = Role(role).assumed_by("lambda.amazonaws.com", arn_of(function))
    if settings and settings["SubnetIds"]:
        network.check_rights(role)


def update_function_configuration(self, function_name, qualifier, body):
    if "VpcConfig" in body:
        check_role(body["Role"], function_name, body["VpcConfig"])
        network.attach(function_name, body["VpcConfig"])
    return original_configure(self, function_name, qualifier, body)


def update_function_code(self, function_name, qualifier, body):
    folder_of(body["ImageUri"])
    registry.check_pull(body["ImageUri"], arn_of(function_name))
    return original_update(self, function_name, qualifier, body)


# Lambda API, PublishVersion: numbers are not used again (Lambda guide, "Manage Lambda function versions"), also where the function of that
# name was deleted.
published: dict[str, int] = {}
# What a version keeps.
KEPT = ("description", "environment_vars", "ephemeral_storage", "memory_size", "role", "timeout", "vpc_config")


def content(function: LambdaFunction) -> list:
    return [function.code["ImageUri"], *(getattr(function, key) for key in KEPT)]


def publish_version(self: LambdaStorage, name_or_arn, description=""):
    function = self.get_function_by_name_or_arn_forbid_qualifier(name_or_arn)
    name = function.function_name
    versions = self._functions[name]["versions"]
    if versions and versions[-1].published == content(function):
        return versions[-1]
    made = copy.copy(function)
    made.published, made.code = content(function), dict(function.code)
    published[name] = published.get(name, 0) + 1
    made.set_version(published[name])
    made.description = description or made.description
    versions.append(made)
    self._arns[made.function_arn] = made
    network.attach(f"{name}:{made.version}", made.vpc_config)
    return made


def delete_function(self: LambdaBackend, function_name, qualifier=None):
    if qualifier is None:
        for version in self.list_versions_by_function(function_name):
            network.detach(f"{function_name}:{version.version}")
        return original_delete(self, function_name)
    aliases = self._lambdas._get_function_aliases(function_name)
    if named := [alias.name for alias in aliases.values() if alias.function_version == qualifier]:
        problem = LambdaClientError(
            "ResourceConflictException", f"Unable to delete version because the following aliases reference it: {named}")
        problem.code = 409
        raise problem
    # moto forgets the aliases with the version.
    kept = dict(aliases)
    original_delete(self, function_name, qualifier)
    aliases.update(kept)
    network.leave(f"{function_name}:{qualifier}")
    return None


def patch() -> None:
    published.clear()
    LambdaStorage.publish_version = publish_version
    LambdaBackend.delete_function = delete_function
    os.environ["MOTO_LAMBDA_STUB_ECR"] = "true"
    LambdaBackend.create_function = create_function
    LambdaBackend.update_function_code = update_function_code
    LambdaBackend.update_function_configuration = update_function_configuration
    LambdaFunction._invoke_lambda = invoke
