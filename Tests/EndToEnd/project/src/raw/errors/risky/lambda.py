def handler(event, context):
    kind = event if isinstance(event, str) else event["kind"]
    if kind == "value":
        raise ValueError("a bad value")
    if kind == "key":
        raise KeyError("lost")
    return "fine"
