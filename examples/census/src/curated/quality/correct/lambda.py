"""Fills the gaps. It gets the areas that have some."""


class TablesLocked(Exception):
    """Worth another try: pipeline.yaml names this class under `retry`."""


def handler(event, context):
    return {"corrected": [each["area"] for each in event]}
