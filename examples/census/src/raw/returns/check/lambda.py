"""Keeps one nation's sound records; fails where too many are not."""

import os

from lib.records import problem


class TooManyRejected(Exception):
    """The name of the class is the name of the error in `retry: {errors: [...]}`."""


def handler(event, context):
    own = [record for record in event["records"] if record.get("nation") == event["nation"]]
    sound = [record for record in own if problem(record) is None]
    share = len(sound) / len(own) if own else 1.0
    if share < float(os.environ.get("MINIMUM_SHARE", "0.5")):
        raise TooManyRejected(f"{event['nation']}: only {share:.0%} of {len(own)} records are sound")
    return {"records": sound, "rejected": len(own) - len(sound)}
