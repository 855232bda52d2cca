"""Finds out whether the register has changed since the last run."""

import hashlib
import json

# A real one would keep this with the stored register.
LAST_DIGEST = ""


def handler(event, context):
    text = json.dumps(event["areas"], sort_keys=True)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return {**event, "digest": digest, "changed": event["full"] or digest != LAST_DIGEST}
