"""What is larger is not a definition that a person wrote."""

LONGEST_TEXT = 20_000
MOST_ITEMS = 10_000
DEEPEST = 20
# Of one argument, and of all files together: steps of reading, and values that are told.
MOST_STEPS = 20_000
MOST_STEPS_OF_ALL = 2_000_000
MOST_VALUES = 500_000


def size(value):
    """How many values it consists of."""
    kind = value["kind"]
    if kind == "list":
        return 1 + sum(map(size, value["items"]))
    if kind == "mapping":
        return 1 + sum(size(entry["value"]) for entry in value["entries"])
    if kind == "joined":
        return 1 + sum(map(size, value["parts"]))
    if kind == "chosen":
        return size(value["from"]) + size(value["by"]) + (size(value["default"]) if value["default"] else 0)
    if kind == "conditional":
        return size(value["test"]) + size(value["then"]) + size(value["else"])
    if kind == "split":
        return 1 + size(value["value"])
    return 1
