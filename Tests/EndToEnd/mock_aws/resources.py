"""The types of resources that dorc's templates have, made through the services' own calls.

moto's CloudFormation knows too few of them, drops properties of others, and loses outputs and exports when a change set
is executed. Each class says what `Ref` and `Fn::GetAtt` give, as the type's page of the CloudFormation reference does.
"""

from __future__ import annotations

import json
import uuid

from moto.logs.models import logs_backends

from . import chat, keys, network, registry
from .clients import client
from .iam import ACCOUNT
from .iam import Role as IAMRole
from .intrinsics import REGION

KINDS: dict[str, type[Kind]] = {}


class Kind:
    """One resource that stands. `replaced_by` are the properties whose change makes a new one."""

    replaced_by: tuple[str, ...] = ()

    def __init_subclass__(cls, type: str):
        KINDS[type] = cls

    def __init__(self, properties: dict):
        self.properties = properties
        self.reference = ""
        self.attributes: dict[str, str] = {}
        self.create(properties)

    def create(self, properties: dict) -> None:
        raise NotImplementedError

    def update(self, properties: dict) -> None:
        raise NotImplementedError(f"no update of {type(self).__name__}")

    def delete(self) -> None:
        pass

    @classmethod
    def name(cls, properties: dict):
        """What the user calls it."""
        return properties.get(cls.replaced_by[0]) if cls.replaced_by else None

    @staticmethod
    def with_tags_of_stack(properties: dict, tags: dict[str, str]) -> dict:
        """What CloudFormation makes of the properties and the stack's tags, where it matters: tags of one's own are nothing new."""
        return properties

    @classmethod
    def exists(cls, properties: dict) -> bool:
        """Whether the service has one of that name, of whichever stack or none."""
        return False

    @classmethod
    def taken_in(cls, properties: dict):
        """One that exists: an import changes nothing about it."""
        raise NotImplementedError(f"no import of {cls.__name__}")


def tags(properties: dict, key: str = "Key", value: str = "Value") -> list[dict]:
    return [{key: tag["Key"], value: tag["Value"]} for tag in properties.get("Tags", [])]


def tag_map(properties: dict) -> dict:
    return {tag["Key"]: tag["Value"] for tag in properties.get("Tags", [])}


class Repository(Kind, type="AWS::ECR::Repository"):
    replaced_by = ("RepositoryName", "EncryptionConfiguration")

    def create(self, properties):
        self.reference = properties["RepositoryName"]
        answer = client("ecr").create_repository(
            repositoryName=self.reference,
            imageScanningConfiguration={"scanOnPush": properties["ImageScanningConfiguration"]["ScanOnPush"]},
            imageTagMutability=properties["ImageTagMutability"],
            encryptionConfiguration={"encryptionType": properties["EncryptionConfiguration"]["EncryptionType"]},
            tags=tags(properties),
        )
        self.attributes["Arn"] = answer["repository"]["repositoryArn"]
        self.update(properties)

    @classmethod
    def exists(cls, properties):
        answer = client("ecr").describe_repositories()["repositories"]
        return properties["RepositoryName"] in [each["repositoryName"] for each in answer]

    @classmethod
    def taken_in(cls, properties):
        self = cls.__new__(cls)
        self.properties, self.reference = properties, properties["RepositoryName"]
        answer = client("ecr").describe_repositories(repositoryNames=[self.reference])
        self.attributes = {"Arn": answer["repositories"][0]["repositoryArn"]}
        return self

    def delete(self):
        client("ecr").delete_repository(repositoryName=self.reference)

    def update(self, properties):
        ecr = client("ecr")
        text = properties["LifecyclePolicy"]["LifecyclePolicyText"]
        ecr.put_lifecycle_policy(repositoryName=self.reference, lifecyclePolicyText=text)
        registry.put_policy(self.reference, properties.get("RepositoryPolicyText"))


class Key(Kind, type="AWS::KMS::Key"):
    def create(self, properties):
        answer = client("kms").create_key(
            Policy=json.dumps(properties["KeyPolicy"]),
            Description=properties["Description"],
            Tags=tags(properties, "TagKey", "TagValue"),
        )["KeyMetadata"]
        self.reference = answer["KeyId"]
        self.attributes["Arn"] = answer["Arn"]

    def update(self, properties):
        policy = json.dumps(properties["KeyPolicy"])
        client("kms").put_key_policy(KeyId=self.reference, PolicyName="default", Policy=policy)


class Topic(Kind, type="AWS::SNS::Topic"):
    replaced_by = ("TopicName",)

    def create(self, properties):
        attributes = {key: properties[key] for key in ("KmsMasterKeyId", "DisplayName") if key in properties}
        answer = client("sns").create_topic(Name=properties["TopicName"], Attributes=attributes, Tags=tags(properties))
        self.reference = answer["TopicArn"]
        for each in properties.get("Subscription", []):
            client("sns").subscribe(TopicArn=self.reference, Protocol=each["Protocol"], Endpoint=each["Endpoint"])

    def update(self, properties):
        key = properties.get("KmsMasterKeyId", "")
        client("sns").set_topic_attributes(
            TopicArn=self.reference, AttributeName="KmsMasterKeyId", AttributeValue=key
        )

    def delete(self):
        client("sns").delete_topic(TopicArn=self.reference)


class TopicPolicy(Kind, type="AWS::SNS::TopicPolicy"):
    def create(self, properties):
        self.update(properties)

    def update(self, properties):
        for topic in properties["Topics"]:
            policy = json.dumps(properties["PolicyDocument"])
            client("sns").set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=policy)


class Table(Kind, type="AWS::DynamoDB::Table"):
    replaced_by = ("TableName", "KeySchema", "AttributeDefinitions")

    def create(self, properties):
        self.reference = properties["TableName"]
        encryption = {}
        if found := properties.get("SSESpecification"):
            key = {"SSEType": found["SSEType"], "KMSMasterKeyId": found["KMSMasterKeyId"]}
            encryption = {"SSESpecification": {"Enabled": found["SSEEnabled"]} | key}
        answer = client("dynamodb").create_table(
            **{key: properties[key] for key in ("TableName", "BillingMode", "AttributeDefinitions", "KeySchema")},
            **encryption,
            Tags=tags(properties),
        )
        self.attributes = {"Arn": answer["TableDescription"]["TableArn"]}
        self.update(properties)

    def update(self, properties):
        client("dynamodb").update_continuous_backups(
            TableName=self.reference, PointInTimeRecoverySpecification=properties["PointInTimeRecoverySpecification"]
        )

    def delete(self):
        client("dynamodb").delete_table(TableName=self.reference)


class Queue(Kind, type="AWS::SQS::Queue"):
    replaced_by = ("QueueName",)

    def create(self, properties):
        name = properties["QueueName"]
        answer = client("sqs").create_queue(
            QueueName=name,
            Attributes={
                "MessageRetentionPeriod": str(properties["MessageRetentionPeriod"]),
                "SqsManagedSseEnabled": str(properties["SqsManagedSseEnabled"]).lower(),
            },
            tags=tag_map(properties),
        )
        self.reference = answer["QueueUrl"]
        arn = client("sqs").get_queue_attributes(QueueUrl=self.reference, AttributeNames=["QueueArn"])
        self.attributes = {"Arn": arn["Attributes"]["QueueArn"], "QueueName": name}

    def delete(self):
        client("sqs").delete_queue(QueueUrl=self.reference)


class QueuePolicy(Kind, type="AWS::SQS::QueuePolicy"):
    def create(self, properties):
        self.update(properties)

    def update(self, properties):
        for queue in properties["Queues"]:
            policy = {"Policy": json.dumps(properties["PolicyDocument"])}
            client("sqs").set_queue_attributes(QueueUrl=queue, Attributes=policy)


class Alarm(Kind, type="AWS::CloudWatch::Alarm"):
    def create(self, properties):
        self.reference = properties["AlarmName"]
        self.update(properties)

    def update(self, properties):
        client("cloudwatch").put_metric_alarm(**{**properties, "Tags": tags(properties)})

    def delete(self):
        client("cloudwatch").delete_alarms(AlarmNames=[self.reference])


class SlackChannel(Kind, type="AWS::Chatbot::SlackChannelConfiguration"):
    replaced_by = ("ConfigurationName",)

    def create(self, properties):
        # It subscribes to the topics, which have to exist, and the role has to be one that it may take.
        for topic in properties["SnsTopicArns"]:
            client("sns").get_topic_attributes(TopicArn=topic)
        IAMRole(properties["IamRoleArn"]).assumed_by("chatbot.amazonaws.com", "")
        self.reference = f"arn:aws:chatbot::{ACCOUNT}:chat-configuration/slack-channel/{properties['ConfigurationName']}"
        chat.configure(properties["SlackWorkspaceId"], properties["SlackChannelId"], properties["SnsTopicArns"])

    def update(self, properties):
        chat.channels[properties["SlackWorkspaceId"], properties["SlackChannelId"]].topics = properties["SnsTopicArns"]

    def delete(self):
        del chat.channels[self.properties["SlackWorkspaceId"], self.properties["SlackChannelId"]]


class SecurityGroup(Kind, type="AWS::EC2::SecurityGroup"):
    replaced_by = ("GroupName", "GroupDescription", "VpcId")

    def create(self, properties):
        # Without a name of its own it gets one that nothing else has.
        name = properties.get("GroupName") or f"group-{uuid.uuid4().hex}"
        answer = client("ec2").create_security_group(
            GroupName=name, Description=properties["GroupDescription"], VpcId=properties["VpcId"]
        )
        self.reference = self.attributes["GroupId"] = answer["GroupId"]
        # EC2 adds a rule that lets everything out, which CloudFormation removes where the template has rules.
        self.update(properties)

    def update(self, properties):
        ec2 = client("ec2")
        (group,) = ec2.describe_security_groups(GroupIds=[self.reference])["SecurityGroups"]
        if group["IpPermissionsEgress"]:
            ec2.revoke_security_group_egress(GroupId=self.reference, IpPermissions=group["IpPermissionsEgress"])
        ec2.authorize_security_group_egress(
            GroupId=self.reference, IpPermissions=[egress(rule) for rule in properties["SecurityGroupEgress"]]
        )

    def delete(self):
        network.check_unused(self.reference)
        client("ec2").delete_security_group(GroupId=self.reference)


def egress(rule: dict) -> dict:
    """A rule of a template as EC2's API has it."""
    permission = {key: rule[key] for key in ("IpProtocol", "FromPort", "ToPort")}
    for key, (field, name) in {
        "CidrIp": ("IpRanges", "CidrIp"),
        "CidrIpv6": ("Ipv6Ranges", "CidrIpv6"),
        "DestinationPrefixListId": ("PrefixListIds", "PrefixListId"),
        "DestinationSecurityGroupId": ("UserIdGroupPairs", "GroupId"),
    }.items():
        if key in rule:
            permission[field] = [{name: rule[key]}]
    return permission


class Role(Kind, type="AWS::IAM::Role"):
    replaced_by = ("RoleName",)

    def create(self, properties):
        self.reference = properties["RoleName"]
        boundary = {key: properties[key] for key in ("PermissionsBoundary",) if key in properties}
        answer = client("iam").create_role(
            RoleName=self.reference,
            Description=properties["Description"],
            AssumeRolePolicyDocument=json.dumps(properties["AssumeRolePolicyDocument"]),
            Tags=tags(properties),
            **boundary,
        )
        for policy in self.own_policies(properties):
            client("iam").attach_role_policy(RoleName=self.reference, PolicyArn=policy)
        self.attributes["Arn"] = answer["Role"]["Arn"]
        self.put_policies(properties)

    @staticmethod
    def own_policies(properties) -> list[str]:
        """moto has none of AWS's own."""
        return [each for each in properties.get("ManagedPolicyArns", []) if ":iam::aws:policy/" not in each]

    def update(self, properties):
        trust = json.dumps(properties["AssumeRolePolicyDocument"])
        client("iam").update_assume_role_policy(RoleName=self.reference, PolicyDocument=trust)
        self.put_policies(properties)

    def put_policies(self, properties):
        for policy in properties.get("Policies", []):
            text = json.dumps(policy["PolicyDocument"])
            client("iam").put_role_policy(RoleName=self.reference, PolicyName=policy["PolicyName"], PolicyDocument=text)

    def delete(self):
        for policy in self.own_policies(self.properties):
            client("iam").detach_role_policy(RoleName=self.reference, PolicyArn=policy)
        for policy in self.properties.get("Policies", []):
            client("iam").delete_role_policy(RoleName=self.reference, PolicyName=policy["PolicyName"])
        client("iam").delete_role(RoleName=self.reference)


class LogGroup(Kind, type="AWS::Logs::LogGroup"):
    replaced_by = ("LogGroupName",)

    def create(self, properties):
        self.reference = properties["LogGroupName"]
        key = {"kmsKeyId": properties["KmsKeyId"]} if "KmsKeyId" in properties else {}
        client("logs").create_log_group(logGroupName=self.reference, tags=tag_map(properties), **key)
        answer = client("logs").describe_log_groups(logGroupNamePrefix=self.reference)["logGroups"]
        self.attributes["Arn"] = answer[0]["arn"]
        self.update(properties)

    def check_key(self, properties):
        """AWS refuses a key that CloudWatch Logs may not use for this group."""
        if "KmsKeyId" in properties:
            group = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{self.reference}"
            actions = ("kms:Encrypt", "kms:Decrypt", "kms:ReEncryptTo", "kms:GenerateDataKey", "kms:DescribeKey")
            context = {"kms:EncryptionContext:aws:logs:arn": group}
            keys.check(properties["KmsKeyId"], f"logs.{REGION}.amazonaws.com", actions, **context)

    def update(self, properties):
        self.check_key(properties)
        # moto knows no DisassociateKmsKey.
        logs_backends[ACCOUNT][REGION].groups[self.reference].kms_key_id = properties.get("KmsKeyId")
        days = properties["RetentionInDays"]
        client("logs").put_retention_policy(logGroupName=self.reference, retentionInDays=days)

    def delete(self):
        client("logs").delete_log_group(logGroupName=self.reference)


class Function(Kind, type="AWS::Lambda::Function"):
    replaced_by = ("FunctionName", "PackageType")
    OTHERS = ("Code", "PackageType", "Architectures", "Tags", "FunctionName", "LoggingConfig", "ReservedConcurrentExecutions")

    def create(self, properties):
        self.reference = properties["FunctionName"]
        settings = {key: value for key, value in properties.items() if key != "ReservedConcurrentExecutions"}
        answer = client("lambda").create_function(**{**settings, "Tags": tag_map(properties)})
        self.attributes["Arn"] = answer["FunctionArn"]
        self.reserve(properties)

    def reserve(self, properties):
        """CloudFormation sets it by a call of its own."""
        if "ReservedConcurrentExecutions" in properties:
            client("lambda").put_function_concurrency(
                FunctionName=self.reference, ReservedConcurrentExecutions=properties["ReservedConcurrentExecutions"])
        elif "ReservedConcurrentExecutions" in self.properties:
            client("lambda").delete_function_concurrency(FunctionName=self.reference)

    def update(self, properties):
        functions = client("lambda")
        if properties["Code"] != self.properties["Code"]:
            functions.update_function_code(FunctionName=self.reference, ImageUri=properties["Code"]["ImageUri"])
        settings = {key: value for key, value in properties.items() if key not in self.OTHERS}
        # CloudFormation sends empty lists for a function that leaves its VPC.
        settings.setdefault("VpcConfig", {"SubnetIds": [], "SecurityGroupIds": []})
        functions.update_function_configuration(FunctionName=self.reference, **settings)
        self.reserve(properties)

    def delete(self):
        client("lambda").delete_function(FunctionName=self.reference)
        network.detach(self.reference)


class Version(Kind, type="AWS::Lambda::Version"):
    replaced_by = ("Description", "FunctionName")

    def create(self, properties):
        name = properties["FunctionName"]
        known = {each["Version"] for each in client("lambda").list_versions_by_function(FunctionName=name)["Versions"]}
        answer = client("lambda").publish_version(**properties)
        if answer["Version"] in known:
            # Where nothing has changed, Lambda answers with the last one (https://github.com/serverless/serverless/issues/8251).
            raise ValueError(
                f"A version for this Lambda function exists ( {answer['Version']} ). Modify the function to create a new version.")
        self.reference = answer["FunctionArn"]

    def delete(self):
        name, _, number = self.reference.rpartition(":")
        client("lambda").delete_function(FunctionName=name.rpartition(":")[2], Qualifier=number)


class StateMachine(Kind, type="AWS::StepFunctions::StateMachine"):
    replaced_by = ("StateMachineName", "StateMachineType")

    def create(self, properties):
        # moto's Express machines cannot be started without waiting; that those run twice and are not kept shows in no test.
        answer = client("stepfunctions").create_state_machine(
            name=properties["StateMachineName"],
            definition=self.definition(properties),
            roleArn=properties["RoleArn"],
            loggingConfiguration=self.logging(properties),
            tracingConfiguration={"enabled": properties["TracingConfiguration"]["Enabled"]},
            tags=tags(properties, "key", "value"),
        )
        self.reference = self.attributes["Arn"] = answer["stateMachineArn"]
        self.attributes["Name"] = properties["StateMachineName"]

    def update(self, properties):
        client("stepfunctions").update_state_machine(
            stateMachineArn=self.reference,
            definition=self.definition(properties),
            roleArn=properties["RoleArn"],
            loggingConfiguration=self.logging(properties),
            tracingConfiguration={"enabled": properties["TracingConfiguration"]["Enabled"]},
        )

    def delete(self):
        client("stepfunctions").delete_state_machine(stateMachineArn=self.reference)

    @staticmethod
    def definition(properties) -> str:
        """CloudFormation sends the object as JSON."""
        # Either is possible, and not both (CloudFormation guide, AWS::StepFunctions::StateMachine).
        if "DefinitionString" in properties:
            assert "Definition" not in properties
            return properties["DefinitionString"]
        return json.dumps(properties["Definition"], indent=2)

    @staticmethod
    def logging(properties) -> dict:
        settings = properties["LoggingConfiguration"]
        (destination,) = settings["Destinations"]
        return {
            "level": settings["Level"],
            "includeExecutionData": settings.get("IncludeExecutionData", False),
            "destinations": [
                {"cloudWatchLogsLogGroup": {"logGroupArn": destination["CloudWatchLogsLogGroup"]["LogGroupArn"]}}
            ],
        }


class ScheduleGroup(Kind, type="AWS::Scheduler::ScheduleGroup"):
    replaced_by = ("Name",)

    def create(self, properties):
        self.reference = properties["Name"]
        answer = client("scheduler").create_schedule_group(Name=self.reference, Tags=tags(properties))
        self.attributes["Arn"] = answer["ScheduleGroupArn"]

    def delete(self):
        client("scheduler").delete_schedule_group(Name=self.reference)


class Schedule(Kind, type="AWS::Scheduler::Schedule"):
    replaced_by = ("Name",)

    def create(self, properties):
        self.reference = properties["Name"]
        client("scheduler").create_schedule(**properties)

    def update(self, properties):
        client("scheduler").update_schedule(**properties)

    def delete(self):
        client("scheduler").delete_schedule(Name=self.reference, GroupName=self.properties["GroupName"])


class Rule(Kind, type="AWS::Events::Rule"):
    replaced_by = ("Name",)

    def create(self, properties):
        self.reference = properties["Name"]
        self.update(properties)

    def update(self, properties):
        events = client("events")
        answer = events.put_rule(
            Name=self.reference,
            Description=properties["Description"],
            State=properties["State"],
            EventPattern=json.dumps(properties["EventPattern"]),
        )
        self.attributes["Arn"] = answer["RuleArn"]
        events.put_targets(Rule=self.reference, Targets=properties["Targets"])

    def delete(self):
        identifiers = [target["Id"] for target in self.properties["Targets"]]
        client("events").remove_targets(Rule=self.reference, Ids=identifiers)
        client("events").delete_rule(Name=self.reference)
