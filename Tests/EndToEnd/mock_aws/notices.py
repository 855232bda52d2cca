"""Topics and dead-letter queues that services write to by themselves, and alarms on such queues.

AWS asks the policy of the topic or queue, and that of the key that encrypts it; moto lets everybody write. CloudWatch
publishes to the actions of an alarm once its metric has crossed the threshold; moto knows no metrics of queues.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone

from . import chat, keys
from .iam import ACCOUNT, Role, check_resource_policy
from .clients import client


def publish(topic: str, service: str, message: str, **context: str) -> None:
    attributes = client("sns").get_topic_attributes(TopicArn=topic)["Attributes"]
    check_resource_policy(json.loads(attributes["Policy"]), service, "sns:Publish", topic, **context)
    if key := attributes.get("KmsMasterKeyId"):
        keys.check(key, service, ("kms:Decrypt", "kms:GenerateDataKey"), **context)
    client("sns").publish(TopicArn=topic, Message=message)
    chat.deliver(topic, message)


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
            (alarm.get("Namespace"), alarm.get("MetricName"), alarm.get("Statistic")) in (HELD, SENT)
            and {"Name": "QueueName", "Value": queue} in alarm["Dimensions"]
            and (alarm["ComparisonOperator"], alarm["Threshold"]) == ("GreaterThanThreshold", 0)
        ):
            if (alarm["Namespace"], alarm["MetricName"], alarm["Statistic"]) == HELD:
                # It stays in ALARM as long as the queue holds messages, and acts on its changes only.
                if alarm["StateValue"] == "ALARM":
                    continue
                client("cloudwatch").set_alarm_state(
                    AlarmName=alarm["AlarmName"], StateValue="ALARM", StateReason="Threshold crossed"
                )
            act(alarm)


def act(alarm: dict) -> None:
    context = {"aws:SourceAccount": ACCOUNT, "aws:SourceArn": alarm["AlarmArn"]}
    text = json.dumps({"AlarmName": alarm["AlarmName"], "AlarmDescription": alarm["AlarmDescription"]})
    for topic in alarm["AlarmActions"]:
        publish(topic, "cloudwatch.amazonaws.com", text, **context)


def look_at_runs(name: str, later: timedelta = timedelta()) -> str:
    """What CloudWatch makes of an alarm on a state machine's runs, some time from now: the state, of which a change to ALARM is
    told (guide, "Evaluating an alarm", "Configuring how CloudWatch alarms treat missing data")."""
    (alarm,) = client("cloudwatch").describe_alarms(AlarmNames=[name])["MetricAlarms"]
    assert (alarm["Namespace"], alarm["MetricName"], alarm["Statistic"]) == ("AWS/States", "ExecutionsSucceeded", "Sum")
    (dimension,) = alarm["Dimensions"]
    assert dimension["Name"] == "StateMachineArn"
    period, periods = alarm["Period"], alarm["EvaluationPeriods"]
    assert period * periods <= (604_800 if period >= 3600 else 86_400)
    runs = client("stepfunctions").list_executions(stateMachineArn=dimension["Value"])["executions"]
    now = datetime.now(timezone.utc) + later
    ages = [(now - run["stopDate"]).total_seconds() for run in runs if run["status"] == "SUCCEEDED"]
    sums = [sum(index * period <= age < (index + 1) * period for age in ages) or None for index in range(periods)]
    assert alarm["ComparisonOperator"] == "LessThanThreshold"
    breaching = [
        alarm["TreatMissingData"] == "breaching" if value is None else value < alarm["Threshold"] for value in sums
    ]
    state = "ALARM" if all(breaching) else "OK"
    if state == "ALARM" != alarm["StateValue"]:
        act(alarm)
    client("cloudwatch").set_alarm_state(AlarmName=name, StateValue=state, StateReason="Threshold")
    return state
