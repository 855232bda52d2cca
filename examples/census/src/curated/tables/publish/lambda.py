"""Writes the tables as CSV. The example returns the text instead of storing it."""

import csv
import io


def handler(event, context):
    ages = _csv(["band", "people"], event["age_bands"].items())
    sizes = _csv(["area", "people", "households"], [list(row.values()) for row in event["household_sizes"]])
    return {"age_bands.csv": ages, "household_sizes.csv": sizes}


def _csv(header, rows):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()
