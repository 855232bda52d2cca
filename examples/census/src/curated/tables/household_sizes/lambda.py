"""Counts households by area and number of people."""

from collections import Counter


def handler(event, context):
    counts = Counter((record["area"], len(record["ages"])) for record in event["records"])
    return [{"area": area, "people": people, "households": count} for (area, people), count in sorted(counts.items())]
