"""When a `cron(...)` expression of EventBridge fires, by its guide ("Cron-based schedules")."""

from __future__ import annotations

import datetime
import functools

MONTHS = tuple("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split())
WEEKDAYS = tuple("SUN MON TUE WED THU FRI SAT".split())


class Cron:
    def __init__(self, expression: str):
        assert expression.startswith("cron(") and expression.endswith(")"), expression
        minutes, hours, self.month_days, months, self.week_days, years = expression[5:-1].split()
        assert (self.month_days == "?") != (self.week_days == "?"), expression
        self.times = {
            datetime.time(hour, minute) for hour in values(hours, 0, 23) for minute in values(minutes, 0, 59)
        }
        self.months = values(months, 1, 12, MONTHS)
        self.years = values(years, 1970, 2199)

    def fires_on(self, day: datetime.date) -> bool:
        if day.month not in self.months or day.year not in self.years:
            return False
        if self.week_days != "?":
            return self.fires_on_weekday(day)
        if self.month_days == "L":
            return day == last_of_month(day)
        if self.month_days.endswith("W"):
            number = self.month_days[:-1]
            return day == nearest_workday(day, last_of_month(day).day if number == "L" else int(number))
        return day.day in values(self.month_days, 1, 31)

    def fires_on_weekday(self, day: datetime.date) -> bool:
        number = day.isoweekday() % 7 + 1
        if "#" in self.week_days:
            weekday, occurrence = map(int, self.week_days.split("#"))
            return number == weekday and (day.day - 1) // 7 + 1 == occurrence
        if self.week_days == "L":  # the last day of the week
            return number == 7
        if self.week_days.endswith("L"):
            return number == int(self.week_days[:-1]) and (day + datetime.timedelta(7)).month != day.month
        return number in values(self.week_days, 1, 7, WEEKDAYS)


def last_of_month(day: datetime.date) -> datetime.date:
    return (day.replace(day=28) + datetime.timedelta(4)).replace(day=1) - datetime.timedelta(1)


def nearest_workday(day: datetime.date, number: int) -> datetime.date | None:
    try:
        wanted = day.replace(day=number)
    except ValueError:
        return None
    for distance in (0, -1, 1, -2, 2):
        other = wanted + datetime.timedelta(distance)
        if other.month == wanted.month and other.isoweekday() <= 5:
            return other
    return None


@functools.cache
def values(field: str, lowest: int, highest: int, names: tuple[str, ...] = ()) -> frozenset[int]:
    found = set()
    for item in field.split(","):
        base, _, step = item.partition("/")
        first, _, last = base.partition("-")
        if base == "*":
            start, end = lowest, highest
        else:
            start = number(first, names, lowest)
            end = number(last, names, lowest) if last else highest if step else start
        assert lowest <= start <= end <= highest, field
        found.update(range(start, end + 1, int(step or 1)))
    return frozenset(found)


def number(text: str, names: tuple[str, ...], lowest: int) -> int:
    return names.index(text) + lowest if text in names else int(text)
