"""What all functions know of a household's record."""

NATIONS = ("england", "scotland", "wales")
AREAS = {
    "england": ("leeds", "york", "hull"),
    "scotland": ("perth", "oban"),
    "wales": ("bangor", "neath"),
}


def problem(record):
    """What is wrong with a record; None for a sound one."""
    if record.get("nation") not in NATIONS:
        return "unknown nation"
    if record.get("area") not in AREAS[record["nation"]]:
        return "unknown area"
    ages = record.get("ages", [])
    if not ages:
        return "no residents"
    if any(not 0 <= age <= 120 for age in ages):
        return "impossible age"
    return None
