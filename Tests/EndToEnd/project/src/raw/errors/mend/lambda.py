def handler(event, context):
    return "mended " + event["Error"]
