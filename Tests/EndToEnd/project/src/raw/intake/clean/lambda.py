def handler(event, context):
    return [int(row["count"]) for row in event["rows"] if row["region"] == event["region"]]
