"""Chooses the records that the tables are made from: those of the event, or all that are stored."""

from lib.records import problem

# A real one would read these from storage.
STORED = [
    {"id": 1, "nation": "england", "area": "york", "ages": [34, 36, 4]},
    {"id": 2, "nation": "wales", "area": "neath", "ages": [81]},
    {"id": 3, "nation": "scotland", "area": "oban", "ages": [17, 45]},
]


def handler(event, context):
    records = STORED if event.get("full") else event["records"]
    return {"records": [record for record in records if problem(record) is None]}
