"""The schedules in the templates fire when the Unix cron line does."""

from __future__ import annotations

import datetime
import functools
import json
from random import Random

import eventbridge
import program
import pytest
from cronsim import CronSim

COUNT, PER_PIPELINE = 1200, 200
START, END = datetime.date(2027, 1, 1), datetime.date(2031, 12, 31)
DAYS = [START + datetime.timedelta(number) for number in range((END - START).days + 1)]
NICKNAMES = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}
# Field: lowest, highest (for a week 7 is Sunday too), names.
FIELDS = [
    (0, 59, ()),
    (0, 23, ()),
    (1, 31, ()),
    (1, 12, eventbridge.MONTHS),
    (0, 7, eventbridge.WEEKDAYS),
]


def random_line(random: Random) -> str:
    return " ".join(random_field(random, *field) for field in FIELDS)


def random_field(random: Random, lowest: int, highest: int, names) -> str:
    if random.random() < 0.45:
        return "*"
    if random.random() < 0.15:
        return f"*/{random.randint(2, highest - lowest)}"
    return ",".join(random_item(random, lowest, highest, names) for _ in range(random.choice([1, 1, 1, 2, 3])))


def random_item(random: Random, lowest: int, highest: int, names) -> str:
    def value() -> str:
        number = random.randint(lowest, highest)
        named = names and number - lowest < len(names) and random.random() < 0.5
        name = names[number - lowest] if named else str(number)
        return name.lower() if random.random() < 0.3 else name

    kind = random.random()
    if kind < 0.5:
        return value()
    text = f"{value()}-{value()}"
    return text if kind < 0.85 else f"{text}/{random.randint(1, 5)}"


def without_wraps(line: str) -> str:
    """Ranges that wrap, as `FRI-MON`, and names written out: what every cron reads."""
    return " ".join(without_wrap(field, *bounds) for field, bounds in zip(line.split(), FIELDS))


def without_wrap(field: str, lowest: int, highest: int, names) -> str:
    if field.startswith("*"):
        return field
    highest = 6 if highest == 7 else highest
    count = highest - lowest + 1
    found = []
    for item in field.split(","):
        base, _, step = item.partition("/")
        first, _, last = (text.upper() for text in base.partition("-"))
        start = eventbridge.number(first, names, lowest)
        end = eventbridge.number(last, names, lowest) if last else start
        # Sunday as 7 starts a week, and ends one.
        is_single = start == end
        start = lowest + (start - lowest) % count
        length = 0 if is_single else end - start if end >= start else end + count - start
        found += [lowest + (start - lowest + offset) % count for offset in range(0, length + 1, int(step or 1))]
    return ",".join(map(str, sorted(set(found))))


@pytest.fixture(scope="module")
def lines():
    random = Random(20)
    return list(NICKNAMES) + [random_line(random) for _ in range(COUNT)]


@pytest.fixture(scope="module")
def schedules(dorc, tmp_path_factory, lines):
    """For each line its EventBridge expressions; none where it is refused."""
    root = tmp_path_factory.mktemp("schedules")
    numbered = dict(enumerate(lines))
    refused = write_and_check(dorc, root, numbered)
    accepted = {number: line for number, line in numbered.items() if number not in refused}
    assert not write_and_check(dorc, root, accepted)
    dorc.succeed(root / "out", "--config", root, "--format", "json", "--quiet")
    found = {number: [] for number in numbered}
    for path in sorted(root.glob("out/dev/core/*/*.json")):
        for resource in json.loads(path.read_text())["Resources"].values():
            if resource["Type"] == "AWS::Scheduler::Schedule":
                properties = resource["Properties"]
                number = int(properties["Name"].removesuffix("-by-weekday").rpartition("-t")[2])
                found[number].append(properties["ScheduleExpression"])
    return found


def write_and_check(dorc, root, numbered: dict[int, str]) -> set[int]:
    """Writes a trigger a line; gives the numbers of those that are refused."""
    items = list(numbered.items())
    pipelines, places = {}, {}
    for start in range(0, len(items), PER_PIPELINE):
        name = f"raw/p{start:04}"
        text = "steps: [f]\ntriggers:\n"
        for number, line in items[start : start + PER_PIPELINE]:
            text += f'  - {{name: t{number}, schedule: "{line}"}}\n'
            places[f"src/{name}/pipeline.yaml", text.count("\n")] = number
        pipelines[name] = text
    program.make_repository(root, pipelines)
    errors = [each for each in dorc.diagnostics("check", "--config", root) if each["severity"] == "error"]
    assert all(each["id"] == "invalid-schedule" for each in errors), errors[:3]
    return {places[each["file"], each["line"]] for each in errors}


def test_schedules_fire_at_the_times_of_the_line(lines, schedules):
    for number, line in enumerate(lines):
        if not schedules[number]:
            continue
        plain = without_wraps(NICKNAMES.get(line, line))
        minute, hour, *day_fields = plain.split()
        crons = [eventbridge.Cron(expression) for expression in schedules[number]]
        assert all(cron.times == times_of_day(minute, hour) for cron in crons), line
        found = {day for day in DAYS if any(cron.fires_on(day) for cron in crons)}
        assert found == oracle_days(" ".join(["0", "0", *day_fields])), (line, schedules[number])


@functools.cache
def oracle_days(line: str) -> set[datetime.date]:
    """Asks of each day: CronSim goes from one start to the next by the hour."""
    cron = CronSim(line, datetime.datetime.combine(START, datetime.time()))
    return {day for day in DAYS if day.month in cron.months and cron.match_day(day)}


def days_of_starts(line: str) -> set[datetime.date]:
    found = set()
    for moment in CronSim(line, datetime.datetime.combine(START, datetime.time()) - datetime.timedelta(minutes=1)):
        if moment.date() > END:
            break
        found.add(moment.date())
    return found


@functools.cache
def times_of_day(minute: str, hour: str) -> set[datetime.time]:
    found = set()
    start = datetime.datetime.combine(START, datetime.time())
    for moment in CronSim(f"{minute} {hour} * * *", start - datetime.timedelta(minutes=1)):
        if moment.date() > START:
            break
        found.add(moment.time())
    return found


def test_the_oracle_s_days_are_those_of_its_starts(lines, schedules):
    accepted = [NICKNAMES.get(line, line) for number, line in enumerate(lines) if schedules[number]]
    for line in accepted[:40]:
        days = " ".join(["0", "0", *without_wraps(line).split()[2:]])
        assert days_of_starts(days) == oracle_days(days), line


def test_refused_lines_are_those_that_eventbridge_cannot_say(lines, schedules):
    """Two day fields that both have to match, since one begins with `*`; and days that no month of the line has."""
    refused = [line for number, line in enumerate(lines) if not schedules[number]]
    assert refused
    for line in refused:
        _, _, month_days, months, week_days = without_wraps(line).split()
        both = "*/" in month_days + week_days
        missing = months != "*" and month_days != "*"
        assert both or missing, line


def test_most_lines_are_accepted(lines, schedules):
    assert sum(bool(each) for each in schedules.values()) > 0.7 * len(lines)


@pytest.mark.parametrize(
    ("expression", "day", "fires"),
    [
        ("cron(0 6 L * ? *)", (2028, 2, 29), True),
        ("cron(0 6 L * ? *)", (2028, 2, 28), False),
        ("cron(0 6 ? * 6L *)", (2030, 5, 31), True),
        ("cron(0 6 ? * 6L *)", (2030, 5, 24), False),
        ("cron(0 6 ? * 2#1 *)", (2030, 4, 1), True),
        ("cron(0 6 ? * 2#1 *)", (2030, 4, 8), False),
        ("cron(0 6 15W * ? *)", (2030, 6, 14), True),
        ("cron(0 6 1W * ? *)", (2030, 6, 3), True),
        ("cron(0 6 15W * ? *)", (2030, 6, 15), False),
        ("cron(0 6 31W * ? *)", (2030, 6, 28), False),
        ("cron(0 6 LW * ? *)", (2030, 6, 28), True),
        ("cron(0 6 LW * ? *)", (2030, 6, 30), False),
        ("cron(0 6 LW * ? *)", (2028, 2, 29), True),
        ("cron(0 6 ? * 6#3 *)", (2030, 6, 21), True),
        ("cron(0 6 ? * 6#3 *)", (2030, 6, 14), False),
        ("cron(0 6 ? * L *)", (2030, 6, 22), True),
        ("cron(0 6 ? * MON-FRI *)", (2030, 6, 2), False),
        ("cron(0/20 6 ? JAN 1 2030)", (2030, 1, 6), True),
    ],
)
def test_the_tests_read_expressions_as_eventbridge_does(expression, day, fires):
    assert eventbridge.Cron(expression).fires_on(datetime.date(*day)) == fires
