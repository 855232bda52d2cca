"""EventBridge Scheduler's refusal of times that have passed, when a schedule is created and whenever it is updated: an update
sends all values (API reference, UpdateSchedule: "all values are overridden").

The text is AWS's, from https://github.com/getmoto/moto/pull/8172. moto 5.2 has it for the creation of some expressions only.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from moto.scheduler.exceptions import ValidationException
from moto.scheduler.models import Schedule

original_update = Schedule.update


def validate_start_date(self, start_date):
    if start_date is not None and not self.schedule_expression.startswith("at("):
        start = datetime.fromtimestamp(float(start_date), timezone.utc)
        if start < datetime.now(timezone.utc) - timedelta(minutes=5):
            raise ValidationException("The StartDate you specify cannot be earlier than 5 minutes ago.")
    return start_date


def update(self, **values):
    validate_start_date(self, values["start_date"])
    original_update(self, **values)


def patch() -> None:
    Schedule._validate_start_date = validate_start_date
    Schedule.update = update
