"""Stores the register, where that is needed. The example tells only what it would write."""


def handler(event, context):
    if not event["changed"]:
        return {"stored": 0}
    return {"stored": len(event["areas"]), "as": f"{event['register']}/{event['digest'][:12]}.json"}
