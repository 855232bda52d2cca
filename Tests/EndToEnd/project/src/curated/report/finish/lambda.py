def handler(event, context):
    return {"started": "executionArn" in {key[0].lower() + key[1:] for key in event}}
