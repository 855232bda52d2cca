import json


def helper(text):
    return json.loads(text)


def lambda_handler(event, context):
    return helper(event)
