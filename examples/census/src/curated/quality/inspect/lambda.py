"""Counts the gaps in the table of one area."""

# A real one would read the table from the bucket.
EXPECTED = {"0-15", "16-64", "65 and over"}
PUBLISHED = {"hull": {"0-15", "16-64"}}


def handler(event, context):
    return {"area": event, "gaps": len(EXPECTED - PUBLISHED.get(event, EXPECTED))}
