"""Joins what the nations' checks let through."""


def handler(event, context):
    nations = sorted(event)
    return {
        "records": [record for nation in nations for record in event[nation]["records"]],
        "rejected": {nation: event[nation]["rejected"] for nation in nations},
    }
