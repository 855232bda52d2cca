"""Counts people by age band."""

from collections import Counter

BANDS = ((15, "0-15"), (64, "16-64"), (120, "65 and over"))


def handler(event, context):
    ages = [age for record in event["records"] for age in record["ages"]]
    counts = Counter(next(name for upper, name in BANDS if age <= upper) for age in ages)
    return {name: counts[name] for _, name in BANDS}
