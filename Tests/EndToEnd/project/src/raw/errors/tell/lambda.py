def handler(event, context):
    return "told"
