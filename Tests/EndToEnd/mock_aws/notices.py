"""Topics and dead-letter queues that services write to by themselves, and alarms on such queues.

AWS asks the policy of the topic or queue, and that of the key that encrypts it; moto lets everybody write. CloudWatch
publishes to the actions of an alarm once its metric has crossed the threshold; moto knows no metrics of queues.
"""

from __future__ import annotations

import json

from . import keys
from .iam import ACCOUNT, Role, check_resource_policy
from .clients import client


def publish(topic: str, service: str, message: str, **context: str) -> None:
    attributes = client("sns").get_topic_attributes(TopicArn=topic)["Attributes"]
    check_resource_policy(json.loads(attributes["Policy"]), service, "sns:Publish", topic, **context)
    if key := attributes.get("KmsMasterKeyId"):
        keys.check(key, service, ("kms:Decrypt", "kms:GenerateDataKey"), **context)
    client("sns").publish(TopicArn=topic, Message=message)


def keep(target: dict, service: str, source: str, message: str) -> None:
    """In the target's dead-letter queue. Rules write there by themselves, Scheduler as the target's role."""
    queue = target["DeadLetterConfig"]["Arn"]
    url = client("sqs").get_queue_url(QueueName=queue.rpartition(":")[2])["QueueUrl"]
    if service == "scheduler.amazonaws.com":
        Role(target["RoleArn"]).check("sqs:SendMessage", queue)
    else:
        policy = client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["Policy"])["Attributes"]["Policy"]
        context = {"aws:SourceAccount": ACCOUNT, "aws:SourceArn": source}
        check_resource_policy(json.loads(policy), service, "sqs:SendMessage", queue, **context)
    client("sqs").send_message(QueueUrl=url, MessageBody=message)
    ring(queue.rpartition(":")[2])


HELD = ("AWS/SQS", "ApproximateNumberOfMessagesVisible", "Maximum")
SENT = ("AWS/SQS", "NumberOfMessagesSent", "Sum")


def ring(queue: str) -> None:
    """Each message is in a period of its own, in which an alarm on what was sent is OK before."""
    for alarm in client("cloudwatch").describe_alarms()["MetricAlarms"]:
        if (
            (alarm["Namespace"], alarm["MetricName"], alarm["Statistic"]) in (HELD, SENT)
            and {"Name": "QueueName", "Value": queue} in alarm["Dimensions"]
            and (alarm["ComparisonOperator"], alarm["Threshold"]) == ("GreaterThanThreshold", 0)
        ):
            context = {"aws:SourceAccount": ACCOUNT, "aws:SourceArn": alarm["AlarmArn"]}
            text = json.dumps({"AlarmName": alarm["AlarmName"], "AlarmDescription": alarm["AlarmDescription"]})
            if (alarm["Namespace"], alarm["MetricName"], alarm["Statistic"]) == HELD:
                # It stays in ALARM as long as the queue holds messages, and acts on its changes only.
                if alarm["StateValue"] == "ALARM":
                    continue
                client("cloudwatch").set_alarm_state(
                    AlarmName=alarm["AlarmName"], StateValue="ALARM", StateReason="Threshold crossed"
                )
            for topic in alarm["AlarmActions"]:
                publish(topic, "cloudwatch.amazonaws.com", text, **context)
