"""Tells somebody. The example only prints the message."""


def handler(event, context):
    print(f"please look at the tables: {event['Error']}")
