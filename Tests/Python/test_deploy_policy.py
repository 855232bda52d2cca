"""docs/deploy-policy-*.json allow what a deployment does, and docs/run-policy.json what run.sh does.

`handler_permissions.json` has, for each type of resource that dorc writes, what CloudFormation calls to create, read, update and delete
it: `handlers.*.permissions` of AWS's own resource schemas, as they are in `aws-cloudformation-schema` of pulumi/pulumi-aws-native.
AWS::Events::Rule has none there: its calls are those of EventBridge's API about rules. Those schemas are not always complete: `ALSO`.
Which actions there are, and on what, is cfn-lint's copy of the service authorization reference.
"""

from __future__ import annotations

import functools
import json
import re
from importlib.resources import files

import program
import pytest
import yaml
from moto.iam.policy_validation import IAMPolicyDocumentValidator

ROOT = program.ROOT
CASES = ROOT / "Tests/SnapshotTests/Cases"
HANDLERS = json.loads((ROOT / "Tests/Python/handler_permissions.json").read_text())
REFERENCE = json.loads((files("cfnlint.data.AdditionalSpecs") / "Policies.json").read_text())
DEPLOY = ("deploy-policy-stacks", "deploy-policy-resources")
ACCOUNT = "111122223333"
# What a permission is for, where that is a property of the type that dorc does not write.
PROPERTIES = {
    "AWS::Batch::ComputeEnvironment": {"EksConfiguration": ["eks:DescribeCluster"], "LaunchTemplate": ["ec2:DescribeLaunchTemplateVersions"],
                                       "ManagedInstancesProvider": ["batch:SetCapacityTags"]},
    "AWS::DynamoDB::Table": {
        "ResourcePolicy": ["dynamodb:PutResourcePolicy", "dynamodb:DeleteResourcePolicy"],
        "ContributorInsightsSpecification": ["dynamodb:UpdateContributorInsights"],
        "KinesisStreamSpecification": ["dynamodb:EnableKinesisStreamingDestination", "dynamodb:DisableKinesisStreamingDestination",
                                       "dynamodb:UpdateKinesisStreamingDestination", "kinesis:DescribeStream", "kinesis:PutRecords"],
        "ImportSourceSpecification": ["dynamodb:DescribeImport", "dynamodb:ImportTable", "logs:CreateLogStream", "logs:DescribeLogStreams",
                                      "logs:PutLogEvents", "s3:GetObjectMetadata", "s3:ListBucket"]},
    "AWS::Lambda::Function": {
        "FileSystemConfigs": ["elasticfilesystem:DescribeMountTargets"], "Layers": ["lambda:GetLayerVersion"], "S3Bucket": ["s3:GetObjectVersion"],
        "CodeSigningConfigArn": ["lambda:GetCodeSigningConfig", "lambda:PutFunctionCodeSigningConfig", "lambda:DeleteFunctionCodeSigningConfig"]},
    "AWS::Lambda::Version": {"ProvisionedConcurrencyConfig": ["lambda:PutProvisionedConcurrencyConfig"]},
    # To write logs to a bucket or a stream, and to hide parts of them.
    "AWS::Logs::LogGroup": {
        "DataProtectionPolicy": ["logs:DeleteDataProtectionPolicy", "logs:GetDataProtectionPolicy", "logs:PutDataProtectionPolicy", "logs:CreateLogDelivery",
                                 "logs:DescribeResourcePolicies", "logs:PutResourcePolicy", "firehose:TagDeliveryStream", "s3:REST.PUT.OBJECT"]},
    "AWS::SNS::Topic": {"DataProtectionPolicy": ["sns:GetDataProtectionPolicy", "sns:PutDataProtectionPolicy"]},
}  # fmt: skip
# Function of an image: Lambda guide, "Amazon ECR permissions". Tags at creation: each service's guide.
ALSO = {
    "AWS::Lambda::Function": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:GetRepositoryPolicy", "ecr:SetRepositoryPolicy"],
    "AWS::Chatbot::SlackChannelConfiguration": ["chatbot:TagResource", "chatbot:UntagResource"],
}
# What creates a type, and the ARN of what is called so.
NAMES = {
    "AWS::Batch::JobDefinition": ("batch:RegisterJobDefinition", "batch:eu-west-2:{}:job-definition/", "JobDefinitionName"),
    "AWS::Batch::JobQueue": ("batch:CreateJobQueue", "batch:eu-west-2:{}:job-queue/", "JobQueueName"),
    "AWS::Chatbot::SlackChannelConfiguration": ("chatbot:UpdateSlackChannelConfiguration", "chatbot::{}:chat-configuration/slack-channel/", "ConfigurationName"),
    "AWS::CloudWatch::Alarm": ("cloudwatch:PutMetricAlarm", "cloudwatch:eu-west-2:{}:alarm:", "AlarmName"),
    "AWS::ECR::Repository": ("ecr:CreateRepository", "ecr:eu-west-2:{}:repository/", "RepositoryName"),
    "AWS::Events::Rule": ("events:PutRule", "events:eu-west-2:{}:rule/", "Name"),
    "AWS::IAM::InstanceProfile": ("iam:CreateInstanceProfile", "iam::{}:instance-profile/", "InstanceProfileName"),
    "AWS::IAM::Role": ("iam:PassRole", "iam::{}:role/", "RoleName"),
    "AWS::Lambda::Function": ("lambda:CreateFunction", "lambda:eu-west-2:{}:function:", "FunctionName"),
    "AWS::Logs::LogGroup": ("logs:CreateLogGroup", "logs:eu-west-2:{}:log-group:", "LogGroupName"),
    "AWS::SNS::Topic": ("sns:CreateTopic", "sns:eu-west-2:{}:", "TopicName"),
    "AWS::SQS::Queue": ("sqs:CreateQueue", "sqs:eu-west-2:{}:", "QueueName"),
    "AWS::Scheduler::Schedule": ("scheduler:CreateSchedule", "scheduler:eu-west-2:{}:schedule/", "Name"),
    "AWS::Scheduler::ScheduleGroup": ("scheduler:CreateScheduleGroup", "scheduler:eu-west-2:{}:schedule-group/", "Name"),
    "AWS::StepFunctions::StateMachine": ("states:CreateStateMachine", "states:eu-west-2:{}:stateMachine:", "StateMachineName"),
}  # fmt: skip
# Of the AWS CLI: what it calls a service, and what a command calls that has another name.
SERVICES = {"stepfunctions": "states"}
COMMANDS = {
    "s3 cp": ["s3:PutObject"], "cloudformation wait": ["cloudformation:DescribeStacks"], "ecr get-login-password": ["ecr:GetAuthorizationToken"],
    "sqs get-queue-url": ["sqs:GetQueueUrl"],
}  # fmt: skip


class Loader(yaml.CSafeLoader):
    """With CloudFormation's functions, which are not values yet."""


Loader.add_multi_constructor("!", lambda loader, suffix, node: None)


@functools.cache
def templates() -> list[tuple[str, dict]]:
    """The project's name, and what it deploys."""
    found = []
    for folder in sorted(CASES.glob("*/expected/yaml")):
        (project,) = re.findall(r"^project: *([\w-]+)", (folder.parents[1] / "config/dorc.yaml").read_text(), re.M)
        found += [(project, yaml.load(path.read_text(), Loader=Loader)) for path in sorted(folder.rglob("*.yaml")) if "Resources:" in path.read_text()]
    assert len(found) > 50
    return found


@functools.cache
def statements(*names: str, project: str = "demo") -> list[dict]:
    text = "\n".join((ROOT / f"docs/{name}.json").read_text() for name in names)
    for word, value in {"PROJECT": project, "ACCOUNT": ACCOUNT, "BUCKET": "artifacts", "ENVIRONMENT": "dev"}.items():
        assert word in text or word in ("BUCKET", "ENVIRONMENT")
        text = text.replace(word, value)
    return [statement for document in re.findall(r"^\{.*?^\}", text, re.M | re.S) for statement in json.loads(document)["Statement"]]


def as_list(value) -> list:
    return value if isinstance(value, list) else [value]


def matches(pattern: str, text: str) -> bool:
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), text) is not None


def allowing(action: str, rules: list[dict], arn: str | None = None) -> list[dict]:
    """The statements that allow an action, whose name has no case, on what has the ARN."""
    return [rule for rule in rules if action.lower() in map(str.lower, as_list(rule["Action"]))
            and (arn is None or any(matches(each, arn) for each in as_list(rule["Resource"])))]  # fmt: skip


@pytest.mark.parametrize("name", [*DEPLOY, "run-policy"])
def test_a_policy_is_one_that_iam_accepts_as_a_managed_one(name):
    text = (ROOT / f"docs/{name}.json").read_text()
    IAMPolicyDocumentValidator(text.replace("ACCOUNT", ACCOUNT)).validate()
    document = json.loads(text)
    sids = [each["Sid"] for each in document["Statement"]]
    assert document["Version"] == "2012-10-17" and len(set(sids)) == len(sids) and all(map(str.isalnum, sids))
    assert all(line == line.rstrip() and len(line) <= 120 for line in text.splitlines())
    # IAM guide, "IAM and AWS STS quotas": white space does not count. With names as long as they may be.
    longest = {"PROJECT": "p" * 40, "ACCOUNT": ACCOUNT, "BUCKET": "b" * 63, "ENVIRONMENT": "e" * 20}
    compact = "".join(text.split())
    for word, value in longest.items():
        compact = compact.replace(word, value)
    assert len(compact) <= 6144


@pytest.mark.parametrize("name", [*DEPLOY, "run-policy"])
def test_every_action_exists_and_is_allowed_on_what_it_is_about(name):
    for rule in statements(name):
        for action in as_list(rule["Action"]):
            service, word = action.split(":")
            known = REFERENCE[service]["Actions"][word.lower()]
            kinds = [REFERENCE[service]["Resources"][kind.lower()] for kind in known.get("Resources", [])]
            formats = [re.sub(r"\$\{\w+\}", "*", form).replace(".*", "*") for kind in kinds for form in kind["ARNFormats"]]
            if rule["Resource"] == "*":
                # Those that are about a resource are so for what the statement's comment in the docs says.
                assert not kinds or action in ("cloudformation:DescribeStacks", "kms:TagResource"), action
            else:
                assert any(matches(form, arn) for form in formats for arn in as_list(rule["Resource"])), action
                assert all(f":{ACCOUNT}:" in arn or arn.startswith("arn:aws:s3:::") for arn in as_list(rule["Resource"]))


def test_every_type_that_is_written_is_known():
    written = {resource["Type"] for _, template in templates() for resource in template["Resources"].values()}
    sources = (ROOT / "Sources/DorcSynth").rglob("*.swift")
    declared = set(re.findall(r'static let type: StaticString = "(AWS::\w+::\w+)"', "\n".join(path.read_text() for path in sources)))
    assert written <= set(HANDLERS) and declared <= set(HANDLERS)
    assert set(HANDLERS) - declared == set() and len(declared) >= 20


def test_a_deployment_may_do_to_each_type_what_cloudformation_does():
    rules = statements(*DEPLOY)
    missing = set()
    for kind, permissions in HANDLERS.items():
        unused = {action for actions in PROPERTIES.get(kind, {}).values() for action in actions}
        assert unused <= set(permissions), kind
        missing |= {(kind, action) for action in [*permissions, *ALSO.get(kind, [])] if action not in unused and not allowing(action, rules)}
    assert not missing


def test_what_a_deployment_may_not_do_no_template_asks_for():
    def keys(value):
        if isinstance(value, dict):
            return set(value).union(*map(keys, value.values()))
        return set().union(*map(keys, value)) if isinstance(value, list) else set()

    for _, template in templates():
        for resource in template["Resources"].values():
            assert not keys(resource["Properties"]) & set(PROPERTIES.get(resource["Type"], {})), resource["Type"]


def test_the_names_of_all_resources_are_those_that_the_policy_is_about():
    checked = set()
    for project, template in templates():
        rules = statements(*DEPLOY, project=project)
        for resource in template["Resources"].values():
            kind, properties = resource["Type"], resource["Properties"]
            if kind in NAMES and properties.get(NAMES[kind][2]):
                action, start, key = NAMES[kind]
                name = f"{properties['GroupName']}/{properties[key]}" if kind == "AWS::Scheduler::Schedule" else properties[key]
                assert allowing(action, rules, "arn:aws:" + start.format(ACCOUNT) + name), name
                checked.add(kind)
                assert not allowing(action, statements(*DEPLOY, project="other"), "arn:aws:" + start.format(ACCOUNT) + name)
    # What has no name of its own, what belongs to another resource, and what is in no snapshot.
    assert set(HANDLERS) - checked == {
        "AWS::Batch::ComputeEnvironment", "AWS::DynamoDB::Table", "AWS::EC2::SecurityGroup", "AWS::KMS::Key", "AWS::Lambda::Version",
        "AWS::SNS::TopicPolicy", "AWS::SQS::QueuePolicy"}  # fmt: skip
    assert allowing("dynamodb:CreateTable", statements(*DEPLOY), f"arn:aws:dynamodb:eu-west-2:{ACCOUNT}:table/demo-dev-joins")


@pytest.mark.parametrize(("script", "policies"), [("deploy.sh", DEPLOY), ("run.sh", ("run-policy",))])
def test_every_call_of_a_script_is_allowed(script, policies):
    text = (ROOT / "Sources/DorcTemplates/Deployment" / script).read_text()
    text = re.sub(r"\\\n\s*", " ", re.sub(r"^\s*#.*$|`[^`]*`|\\`.*?\\`", "", text, flags=re.M))
    services = "batch|cloudformation|dynamodb|ecr|events|iam|kms|lambda|logs|s3|scheduler|sqs|stepfunctions|sts"
    calls = set(re.findall(rf'(?:\b(?:cli|cli_slow|call|aws)|must "[^"]*") ({services}) ([a-z][a-z-]+)', text))
    assert len(calls) >= (14 if script == "deploy.sh" else 15)
    rules = statements(*policies)
    for service, command in calls:
        action = f"{SERVICES.get(service, service)}:{''.join(map(str.capitalize, command.split('-')))}"
        for each in COMMANDS.get(f"{service} {command}", [action]):
            assert allowing(each, rules), each
