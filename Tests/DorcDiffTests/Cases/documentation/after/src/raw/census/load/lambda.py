def handler(event, context):
    return event
# another line
