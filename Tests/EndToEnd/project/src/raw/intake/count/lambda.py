def handler(event, context):
    return {"region": event, "length": len(event)}
