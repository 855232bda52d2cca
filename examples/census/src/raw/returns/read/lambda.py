"""Reads a file of household returns.

So that the example needs no bucket, the rows are made up from the object's key: the same key gives the same rows.
"""

import random

from lib.records import AREAS, NATIONS


def handler(event, context):
    key = event["detail"]["object"]["key"]
    chance = random.Random(key)
    records = []
    for number in range(60):
        nation = chance.choice(NATIONS)
        # One return in sixty has an age that cannot be.
        oldest = 150 if chance.random() < 1 / 60 else 95
        ages = [chance.randint(0, 95) for _ in range(chance.randint(0, 4))] + [oldest]
        records.append({"id": number, "nation": nation, "area": chance.choice(AREAS[nation]), "ages": ages})
    return {"file": key, "records": records}
