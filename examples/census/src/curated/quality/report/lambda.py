"""Says what was done. Of the two steps before it one was skipped, whose entry is the list that it would have got."""


def handler(event, context):
    done = next(each for each in (event["accept"], event["correct"]) if isinstance(each, dict))
    return {"report": done}
