import os


def handler(event, context):
    assert os.environ["API_KEY"] == "s3cret"
    lines = event.get("lines", ["england,1", "wales,2"])
    rows = [dict(zip(("region", "count"), line.split(","))) for line in lines]
    key = event.get("detail", {}).get("object", {}).get("key")
    return {"rows": rows, "key": key, "default": os.environ["DEFAULT_REGION"]}
