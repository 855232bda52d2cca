"""Writes SDKActions+Data.swift: the actions of AWS that a state machine can call as `aws-sdk:<service>:<action>`.

    .venv/bin/python Sources/DorcModel/Integrations/sdk_actions.py

Sources, all public:
- botocore's service models (Apache 2.0): the services' ids, their operations, which of those stream. Step Functions spells a
  service as the AWS SDK for Java 2 does: its id in lower case without spaces, `Amazon`, `AWS` and `Service`.
- cfn-lint's list of IAM's actions (MIT-0), which comes from AWS's service authorization reference.
- The Step Functions guide, "Learning to use AWS service SDK integrations": the services that it spells in another way, and
  the operations that it does not offer (NOT_OFFERED).
- The service authorization reference: IAM's names of actions that the API calls otherwise (IAM_ACTIONS).
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import botocore
import cfnlint
from botocore.loaders import Loader

HERE = Path(__file__).parent

NOT_OFFERED = {
    "applicationdiscovery": {"DescribeExportConfigurations", "ExportConfigurations"},
    "bedrockagentruntime": {"OptimizePrompt", "RetrieveAndGenerateStream"},
    "cloudwatchlogs": {"StartLiveTail"},
    "codedeploy": {
        "BatchGetDeploymentInstances", "GetDeploymentInstance", "ListDeploymentInstances",
        "SkipWaitTimeForInstanceTermination",
    },
    "comprehendmedical": {"DetectEntities"},
    "dataexchange": {"SendApiAsset"},
    "directconnect": {
        "AllocateConnectionOnInterconnect", "DescribeConnectionLoa", "DescribeConnectionsOnInterconnect",
        "DescribeInterconnectLoa",
    },
    "efs": {"CreateTags"},
    "elastictranscoder": {"TestRole"},
    "emr": {"DescribeJobFlows"},
    "iot": {"AttachPrincipalPolicy", "DetachPrincipalPolicy", "ListPolicyPrincipals", "ListPrincipalPolicies"},
    "iotdeviceadvisor": {"ListTestCases"},
    "lambda": {"InvokeAsync"},
    "mediapackage": {"RotateChannelCredentials"},
    "rdsdata": {"ExecuteSql"},
    "shield": {"DeleteSubscription"},
    "sts": {"AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"},
}

# Where none of the names that a model gives is IAM's.
PREFIXES = {
    "applicationdiscovery": "discovery", "costandusagereport": "cur", "docdb": "rds", "neptune": "rds", "location": "geo",
    "migrationhub": "mgh", "pinpointemail": "ses", "qconnect": "wisdom", "directory": "ds", "amp": "aps", "emr": "elasticmapreduce",
    "apigateway": "apigateway", "apigatewayv2": "apigateway", "apigatewaymanagementapi": "execute-api",
}

IAM_ACTIONS = {
    "s3": {
        "ListObjects": "ListBucket", "ListObjectsV2": "ListBucket", "HeadBucket": "ListBucket", "HeadObject": "GetObject",
        "ListBuckets": "ListAllMyBuckets", "ListObjectVersions": "ListBucketVersions", "CopyObject": "PutObject",
        "CreateMultipartUpload": "PutObject", "UploadPart": "PutObject", "UploadPartCopy": "PutObject",
        "CompleteMultipartUpload": "PutObject", "ListMultipartUploads": "ListBucketMultipartUploads",
        "ListParts": "ListMultipartUploadParts", "DeleteObjects": "DeleteObject",
        "GetBucketEncryption": "GetEncryptionConfiguration", "PutBucketEncryption": "PutEncryptionConfiguration",
        "DeleteBucketEncryption": "PutEncryptionConfiguration", "GetBucketCors": "GetBucketCORS",
        "DeleteBucketCors": "PutBucketCORS", "GetBucketLifecycleConfiguration": "GetLifecycleConfiguration",
        "PutBucketLifecycleConfiguration": "PutLifecycleConfiguration", "DeleteBucketLifecycle": "PutLifecycleConfiguration",
        "GetBucketReplication": "GetReplicationConfiguration", "PutBucketReplication": "PutReplicationConfiguration",
        "DeleteBucketReplication": "PutReplicationConfiguration", "DeleteBucketTagging": "PutBucketTagging",
        "GetBucketNotificationConfiguration": "GetBucketNotification",
        "PutBucketNotificationConfiguration": "PutBucketNotification", "GetPublicAccessBlock": "GetBucketPublicAccessBlock",
        "PutPublicAccessBlock": "PutBucketPublicAccessBlock", "DeletePublicAccessBlock": "PutBucketPublicAccessBlock",
        "GetObjectLockConfiguration": "GetBucketObjectLockConfiguration",
        "PutObjectLockConfiguration": "PutBucketObjectLockConfiguration",
    },
    "lambda": {"Invoke": "InvokeFunction", "ListLayerVersions": "ListLayerVersions"},
    "sqs": {
        "SendMessageBatch": "SendMessage", "DeleteMessageBatch": "DeleteMessage",
        "ChangeMessageVisibilityBatch": "ChangeMessageVisibility",
    },
    "sns": {"PublishBatch": "Publish"},
    "dynamodb": {
        "TransactGetItems": "GetItem", "TransactWriteItems": "PutItem", "ExecuteStatement": "PartiQLSelect",
        "ExecuteTransaction": "PartiQLSelect", "BatchExecuteStatement": "PartiQLSelect",
    },
    "bedrockruntime": {"Converse": "InvokeModel"},
    "sfn": {"ListTagsForResource": "ListTagsForResource"},
}


def service_name(service_id: str) -> str:
    name = re.sub(r"^(amazon|aws)|service$", "", re.sub(r"[\s-]", "", service_id.lower()))
    return name or service_id.lower()


def camel_case(operation: str) -> str:
    """As the SDK for Java 2: the leading capitals become small, but for the last of several before a small letter."""
    capitals = re.match(r"[A-Z]*", operation).group()
    count = len(capitals) if len(capitals) == len(operation) or len(capitals) < 2 else len(capitals) - 1
    return operation[:count].lower() + operation[count:]


def streams(model: dict, operation: dict) -> bool:
    for side in ("input", "output"):
        shape = model["shapes"].get(operation.get(side, {}).get("shape"), {})
        for member in shape.get("members", {}).values():
            if model["shapes"][member["shape"]].get("eventstream"):
                return True
    return False


def prefix(name: str, metadata: dict, operations: list[str], iam: dict[str, set[str]]) -> str:
    hyphened = re.sub(r"\s", "-", metadata["serviceId"].lower())
    candidates = [metadata.get("signingName"), metadata["endpointPrefix"].split(".")[-1], metadata["endpointPrefix"], name, hyphened]
    if name in PREFIXES:
        return PREFIXES[name]
    known = [candidate for candidate in dict.fromkeys(candidates) if candidate in iam]
    # The first of those that share the most names.
    return max(known, key=lambda each: sum(one.lower() in iam[each] for one in operations), default="")


def main() -> None:
    policies = json.loads((Path(cfnlint.__file__).parent / "data/AdditionalSpecs/Policies.json").read_text())
    iam = {service: {action.lower() for action in entry["Actions"]} for service, entry in policies.items()}
    loader = Loader()
    lines = []
    for directory in loader.list_available_services("service-2"):
        model = loader.load_service_model(directory, "service-2")
        metadata = model["metadata"]
        name = service_name(metadata["serviceId"])
        if directory == "sms-voice":
            continue  # The same client as pinpoint-sms-voice.
        operations = {
            operation for operation, entry in model["operations"].items()
            if operation not in NOT_OFFERED.get(name, ()) and not streams(model, entry)
        }
        vendor = prefix(name, metadata, sorted(operations), iam)
        by_verb: dict[str, list[str]] = {}
        for operation in sorted(operations):
            action = camel_case(operation)
            verb = re.match(r"[a-z0-9]*", action).group()
            right = IAM_ACTIONS.get(name, {}).get(operation, operation)
            if right.lower() not in iam.get(vendor, ()):
                right = "?"
            by_verb.setdefault(verb, []).append(action[len(verb):] + ("" if right == operation else f"={right}"))
        words = [f"{verb}:{','.join(rest)}" for verb, rest in sorted(by_verb.items())]
        lines.append(f"{name} {vendor or '?'} {' '.join(words)}")
    lines.sort(key=lambda line: line.split(" ")[0].encode())
    names = [line.split(" ")[0] for line in lines]
    assert len(set(names)) == len(names), [each for each in names if names.count(each) > 1]
    header = f"""// swift-format-ignore-file
// Made by sdk_actions.py from botocore {botocore.__version__} and cfn-lint {cfnlint.version.__version__}: do not edit.

extension SDKActions {{
    /// Where the names come from.
    static let origin = "botocore {botocore.__version__}"

    /// A line for each service, sorted: its name, IAM's prefix, and by verb what follows the verb in its actions' names;
    /// after `=` IAM's name of the action, where it is another one, or `?` where IAM has none of that name.
    static let table: StaticString = \"\"\"
"""
    body = "\n".join("        " + line for line in lines)
    (HERE / "SDKActions+Data.swift").write_text(f"{header}{body}\n        \"\"\"\n}}\n")
    print(f"{len(lines)} services, {sum(map(len, lines))} bytes")


if __name__ == "__main__":
    main()
