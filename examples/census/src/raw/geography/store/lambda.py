"""Stores the register. The example only says what it would write, and where."""


def handler(event, context):
    return {"stored": len(event["areas"]), "as": f"{event['register']}/{event['digest'][:12]}.json"}
