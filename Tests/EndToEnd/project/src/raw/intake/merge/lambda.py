def handler(event, context):
    assert set(event) == {"england", "wales"}
    return {"total": sum(event["england"]) + sum(event["wales"]), "regions": ["england", "wales"]}
