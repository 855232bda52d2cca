"""Writes ReplacementRules+Data.swift: the properties whose change makes CloudFormation replace a resource.

    .venv/bin/python Sources/DorcDiff/Resources/replacement_rules.py

The source are AWS's resource schemas as cfn-lint carries them (MIT-0; https://docs.aws.amazon.com/cloudformation-cli/latest/
userguide/resource-type-schema.html): `createOnlyProperties` are those that cannot be changed, and
`conditionalCreateOnlyProperties` those that some changes of which replace the resource. They are the same in every region.

The table has every type that dorc makes, and those that it is going to make or that a template may get by hand.
"""

from __future__ import annotations

from pathlib import Path

from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

HERE = Path(__file__).parent
TARGET = HERE / "ReplacementRules+Data.swift"
TYPES = """
AWS::Batch::ComputeEnvironment AWS::Batch::JobDefinition AWS::Batch::JobQueue
AWS::Chatbot::SlackChannelConfiguration AWS::CloudWatch::Alarm AWS::DynamoDB::Table AWS::EC2::LaunchTemplate AWS::EC2::SecurityGroup
AWS::ECR::Repository AWS::Events::Rule AWS::IAM::InstanceProfile AWS::IAM::ManagedPolicy AWS::IAM::Role AWS::KMS::Alias
AWS::KMS::Key AWS::Lambda::Function AWS::Lambda::Permission AWS::Lambda::Version AWS::Logs::LogGroup AWS::SNS::Subscription
AWS::SNS::Topic AWS::SNS::TopicPolicy AWS::SQS::Queue AWS::SQS::QueuePolicy AWS::Scheduler::Schedule AWS::Scheduler::ScheduleGroup
AWS::StepFunctions::StateMachine
""".split()


def paths(schema: dict, key: str) -> list[str]:
    """`/properties/VpcConfig/SubnetIds` is `VpcConfig.SubnetIds`."""
    return sorted({each.removeprefix("/properties/").replace("/", ".") for each in schema.get(key) or []})


def row(name: str) -> str:
    schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", name).schema
    always, maybe = paths(schema, "createOnlyProperties"), paths(schema, "conditionalCreateOnlyProperties")

    def text(items: list[str]) -> str:
        if len(items) < 4:
            return "[" + ", ".join(f'"{item}"' for item in items) + "]"
        return "[\n" + "".join(f'                "{item}",\n' for item in items) + "            ]"

    return f'        "{name}": ReplacementRules(\n            always: {text(always)},\n            maybe: {text(maybe)}),\n'


def fixed_tags() -> str:
    """Types that get the stack's tags when they are made, and cannot change them (`tagging`)."""
    tagging = {name: PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", name).schema.get("tagging") or {} for name in TYPES}
    fixed = [name for name, each in tagging.items() if each.get("tagOnCreate", False) and not each.get("tagUpdatable", True)]
    return "".join(f'        "{name}",\n' for name in fixed)


def source() -> str:
    return (
        "// Written by replacement_rules.py.\n\nextension ReplacementRules {\n"
        "    /// By the type of the resource.\n"
        "    static let table: [String: ReplacementRules] = [\n" + "".join(map(row, TYPES)) + "    ]\n\n"
        "    /// CloudFormation hands the stack's tags on to these when they are made; they cannot change them.\n"
        "    static let withFixedTags: Set<String> = [\n" + fixed_tags() + "    ]\n}\n"
    )


if __name__ == "__main__":
    TARGET.write_text(source())
