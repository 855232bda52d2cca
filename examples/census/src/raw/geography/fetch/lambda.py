"""Fetches the register of areas. It is inline, so that the example runs anywhere."""

import os
import random

from lib.records import AREAS


class RegisterBusy(Exception):
    """Worth another try: pipeline.yaml names this class under `retry`."""


def handler(event, context):
    if random.random() < float(os.environ.get("BUSY_SHARE", "0")):
        raise RegisterBusy("the register answers 503")
    areas = [{"nation": nation, "area": area} for nation in sorted(AREAS) for area in AREAS[nation]]
    return {"register": os.environ.get("REGISTER", "areas"), "areas": areas, "full": bool(event.get("full"))}
