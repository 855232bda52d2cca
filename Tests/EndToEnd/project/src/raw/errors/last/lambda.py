def handler(event, context):
    return {"last": event}
