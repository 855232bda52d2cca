"""Amazon Q Developer in chat applications: what a channel of Slack shows of what comes to topics.

It shows notifications of services that it knows, such as CloudWatch's alarms, and custom ones of a fixed form; what is neither is
dropped without a word (guide, "Custom notifications", "Troubleshooting"). An account can have a channel configured once.
"""

from __future__ import annotations

import json

from botocore.exceptions import ClientError

# The configurations by (workspace, channel): their topics, and what was shown.
channels: dict[tuple[str, str], Channel] = {}


class Channel:
    def __init__(self, topics: list[str]):
        self.topics = topics
        self.shown: list[str] = []


def configure(workspace: str, channel: str, topics: list[str]) -> None:
    if (workspace, channel) in channels:
        message = f"Slack channel with ID {channel} in Slack team {workspace} has already been configured for AWS account"
        raise ClientError({"Error": {"Code": "InvalidRequestException", "Message": message}}, "CreateSlackChannelConfiguration")
    channels[workspace, channel] = Channel(topics)


def deliver(topic: str, message: str) -> None:
    for channel in channels.values():
        if topic in channel.topics and (text := rendered(message)):
            channel.shown.append(text)


def rendered(message: str) -> str | None:
    try:
        event = json.loads(message)
    except ValueError:
        return None
    if "AlarmName" in event:
        return f"{event['AlarmName']}\n{event['AlarmDescription']}"
    if (event.get("version"), event.get("source")) != ("1.0", "custom"):
        return None
    content = event["content"]
    assert content["textType"] in ("client-markdown", "text/plain") and content["description"]
    assert set(content) <= {"textType", "title", "description", "nextSteps", "keywords"}
    return "\n".join([content["title"], content["description"], *content["nextSteps"]])
