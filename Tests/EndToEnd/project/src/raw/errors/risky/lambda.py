def handler(event, context):
    if event["kind"] == "value":
        raise ValueError("a bad value")
    if event["kind"] == "key":
        raise KeyError("lost")
    return "fine"
