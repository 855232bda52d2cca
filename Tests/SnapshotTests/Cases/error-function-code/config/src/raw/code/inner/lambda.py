def outer():
    def handler(event, context):
        return event
    return handler
