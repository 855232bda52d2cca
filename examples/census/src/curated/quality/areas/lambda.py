"""Lists the areas whose tables are looked at: those of the event, or all."""

from lib.records import AREAS


def handler(event, context):
    return {"areas": event.get("areas") or sorted(area for areas in AREAS.values() for area in areas)}
