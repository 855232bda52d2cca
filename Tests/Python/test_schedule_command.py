"""`dorc-synth schedule` names the starts that EventBridge Scheduler makes of a schedule and a time zone."""

from __future__ import annotations

import collections
import datetime
import importlib.resources
import json
import zoneinfo
from random import Random

import icalendar
import program
import pytest
from cronsim import CronSim

ZONES = (
    *("UTC", "Europe/London", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kathmandu"),
    *("Pacific/Apia", "America/St_Johns", "Asia/Tehran", "America/Santiago"),
)
FROM, DAYS = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc), 730
END = FROM + datetime.timedelta(days=DAYS)


def random_line(random: Random) -> str:
    """At most some starts a day, many of them in the small hours, where clocks are changed."""
    minute = random.choice(["0", "30", "15,45", str(random.randrange(60)), "*/30"])
    hour = random.choice(["0", "1", "2", "3", "1-3", "*/6", "23", str(random.randrange(24)), "0-2", "*/4"])
    day, week = random.choice([("*", "*"), ("*", "0"), ("*", "1-5"), ("*", "sun"), ("1,15", "*"), ("28-31", "*"), ("*", "7,6")])
    month = random.choice(["*", "*", "*", "3,10", "2-4", "9-11"])
    return f"{minute} {hour} {day} {month} {week}"


def lines() -> list[tuple[str, str]]:
    random = Random(10)
    fixed = [(zone, line) for zone in ZONES for line in ("30 1 * * *", "0 2 * * *", "*/30 0-3 * * *", "0 0 * * *")]
    return fixed + [(random.choice(ZONES), random_line(random)) for _ in range(160)]


def expected(zone: str, line: str) -> list[str]:
    """CronSim walks the clock on the wall; what the clock does not show is left out, and the first of two is taken."""
    info = zoneinfo.ZoneInfo(zone)
    found = []
    for local in CronSim(line, (FROM - datetime.timedelta(days=3)).replace(tzinfo=None)):
        time = local.replace(tzinfo=info, fold=0).astimezone(datetime.timezone.utc)
        if time >= END + datetime.timedelta(days=2):
            return found
        is_shown = time.astimezone(info).replace(tzinfo=None) == local
        if is_shown and FROM <= time < END:
            found.append(time.strftime("%Y-%m-%dT%H:%M:%SZ"))
    return found


def write(root, triggers: dict[str, str], top: str = "") -> None:
    text = f"{top}steps: [f]\ntriggers:\n" + "".join(f"  - {{name: {name}, {keys}}}\n" for name, keys in triggers.items())
    program.make_repository(root, {"raw/p": text})


def starts(dorc, root, *arguments, **options) -> list[dict]:
    return json.loads(dorc.succeed("schedule", "--config", root, *arguments, "--format", "json", **options).stdout)


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    root = tmp_path_factory.mktemp("many")
    write(root, {f"t{n}": f'schedule: "{line}", timezone: {zone}' for n, (zone, line) in enumerate(lines())})
    return root


def test_starts_are_those_of_cronsim_on_the_clock_of_the_zone(dorc, many):
    found = collections.defaultdict(list)
    for start in starts(dorc, many, "--from", "2026-01-01", "--days", DAYS):
        found[start["trigger"]].append(start["time"])
        local = datetime.datetime.fromisoformat(start["local"])
        zone = zoneinfo.ZoneInfo(start["timezone"])
        assert local == datetime.datetime.fromisoformat(start["time"].replace("Z", "+00:00"))
        assert local.utcoffset() == local.astimezone(zone).utcoffset(), start
    skipped = 0
    for number, (zone, line) in enumerate(lines()):
        wanted = expected(zone, line)
        assert found[f"t{number}"] == wanted, (zone, line)
        skipped += line == "30 1 * * *" and len(wanted) < DAYS
    assert skipped, "no clock was changed: the test is of no use"


def test_what_is_built_in_is_the_database_that_it_was_made_of(dorc, tmp_path):
    """For every zone, in the months in which most clocks are changed."""
    package = importlib.resources.files("tzdata")
    zones = [name for name in (package / "zones").read_text().split() if name != "Factory"]
    write(tmp_path, {f"t{n}": f'schedule: "30 0-3 * * *", timezone: {zone}' for n, zone in enumerate(zones)})
    for day, days in (("2026-09-18", 4), ("2027-03-10", 20), ("2027-10-25", 15)):
        both = [
            starts(dorc, tmp_path, "--from", day, "--days", days, env={"TZDIR": folder})
            for folder in ("/nonexistent", str(package / "zoneinfo"))
        ]
        assert both[0] and both[0] == both[1]


def test_a_broken_zone_file_is_not_read(dorc, tmp_path):
    write(tmp_path / "config", {"t": 'schedule: "30 1 * * *", timezone: Europe/London'})
    (tmp_path / "zones" / "Europe").mkdir(parents=True)
    whole = starts(dorc, tmp_path / "config", "--from", "2027-03-26", "--days", 4)
    real = open("/usr/share/zoneinfo/Europe/London", "rb").read()
    for data in (b"", b"TZif2", real[:100], real[:-20], b"TZif2" + b"\xff" * 1000, b"x" * 100_000):
        (tmp_path / "zones" / "Europe" / "London").write_bytes(data)
        env = {"TZDIR": str(tmp_path / "zones")}
        assert starts(dorc, tmp_path / "config", "--from", "2027-03-26", "--days", 4, env=env) == whole


def test_a_folder_of_zone_files_can_be_named(dorc, tmp_path):
    write(tmp_path / "config", {"t": 'schedule: "0 6 * * *", timezone: Europe/London'})
    (tmp_path / "zones" / "Europe").mkdir(parents=True)
    (tmp_path / "zones" / "Europe" / "London").write_bytes(open("/usr/share/zoneinfo/Asia/Kathmandu", "rb").read())
    found = starts(dorc, tmp_path / "config", "--from", "2027-01-01", "--days", 1, env={"TZDIR": str(tmp_path / "zones")})
    assert [start["time"] for start in found] == ["2027-01-01T00:15:00Z"]


def test_an_object_has_the_documented_keys(dorc, tmp_path):
    write(tmp_path, {"daily": "schedule: '@daily', timezone: Europe/London", "often": "schedule: every 12h"})
    daily, often, *_ = starts(dorc, tmp_path, "--from", "2027-07-01", "--days", 1)[::-1]
    assert daily == {
        "pipeline": "raw/p",
        "trigger": "daily",
        "environment": "dev",
        "time": "2027-07-01T23:00:00Z",
        "local": "2027-07-02T00:00:00+01:00",
        "timezone": "Europe/London",
        "schedule": "@daily",
    }
    assert often["relative_to"] == "deployment" and often["schedule"] == "every 12h"


def test_an_environment_whose_triggers_are_off_is_marked(dorc, tmp_path):
    write(tmp_path, {"t": "schedule: '0 6 * * *'"}, "environments: {dev: {triggers_enabled: false}}\n")
    assert starts(dorc, tmp_path, "--from", "2027-01-01", "--days", 1)[0]["enabled"] is False
    table = dorc.succeed("schedule", "--config", tmp_path, "--from", "2027-01-01").stdout
    assert "t (off)" in table and "`triggers_enabled` is false" in table
    calendar = calendar_of(dorc, tmp_path, "--from", "2027-01-01")
    assert {str(event["STATUS"]) for event in calendar.walk("VEVENT")} == {"CANCELLED"}


def calendar_of(dorc, root, *arguments):
    result = dorc.succeed("schedule", "--config", root, *arguments, "--format", "ics", encoding=None)
    data = result.stdout
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    data.decode()
    return icalendar.Calendar.from_ical(data)


def test_the_calendar_has_the_same_starts_each_with_a_name_of_its_own(dorc, many):
    arguments = ("--from", "2027-03-26", "--days", "5")
    events = calendar_of(dorc, many, *arguments).walk("VEVENT")
    times = [event["DTSTART"].dt.strftime("%Y-%m-%dT%H:%M:%SZ") for event in events]
    assert times == [start["time"] for start in starts(dorc, many, *arguments)]
    names = [str(event["UID"]) for event in events]
    assert len(set(names)) == len(names) > 200
    assert not any(event.errors for event in events)
    # A day later the events are the same.
    later = calendar_of(dorc, many, "--from", "2027-03-27", "--days", "4").walk("VEVENT")
    assert [event.to_ical() for event in later] == [event.to_ical() for event in events if event["DTSTART"].dt.day > 26]


def test_a_day_that_both_day_fields_mean_starts_twice(dorc, tmp_path):
    write(tmp_path, {"t": "schedule: '0 6 1 * 1'"})
    found = starts(dorc, tmp_path, "--from", "2027-02-01", "--days", 1)
    assert [start["time"] for start in found] == ["2027-02-01T06:00:00Z"] * 2
    events = calendar_of(dorc, tmp_path, "--from", "2027-02-01", "--days", "1").walk("VEVENT")
    assert len({str(event["UID"]) for event in events}) == 2


def test_what_starts_every_minute_is_one_line_of_the_table_and_whole_in_json(dorc, tmp_path):
    write(tmp_path, {"poll": "schedule: '* * * * *'", "daily": "schedule: '@daily'"})
    table = dorc.succeed("schedule", "--config", tmp_path, "--from", "2027-01-01", "--days", "7").stdout
    assert table.count("daily") == 7
    assert "raw/p poll" in table and "starts every minute" in table and "10080 times" in table
    found = starts(dorc, tmp_path, "--from", "2027-01-01", "--days", 7)
    assert sum(start["trigger"] == "poll" for start in found) == 10080
    assert [start["time"] for start in found] == sorted(start["time"] for start in found)


def test_environments_with_the_same_start_share_a_row(dorc, tmp_path):
    program.make_repository(
        tmp_path,
        {
            "raw/p": "steps: [f]\nschedule: '0 6 1 * 1'\ntriggers: [{name: t, schedule: '0 6 * * *', environments: [prod]}]\n",
            "raw/q": "steps: [f]\nschedule: '0 6 * * *'\nenvironments: {prod: {triggers_enabled: false}}\n",
        },
        environments="{dev: {}, prod: {}}",
    )
    # A Monday that is the first of a month.
    table = dorc.succeed("schedule", "--config", tmp_path, "--from", "2027-02-01", "--days", "1").stdout
    rows = [" ".join(line.split()[6:]) for line in table.split("\n\n")[0].splitlines()[1:]]
    assert rows == [
        "raw/p schedule dev, prod",
        "raw/p schedule dev, prod",
        "raw/p t prod",
        "raw/q schedule dev",
        "raw/q schedule (off) prod",
    ]


def test_nothing_scheduled_is_said(dorc, tmp_path):
    program.make_repository(
        tmp_path, {"raw/a": "steps: [f]\n", "raw/b": "steps: [f]\ntriggers: [{name: t, after_pipeline: raw/a}]\n"}
    )
    result = dorc.succeed("schedule", "--config", tmp_path, "--from", "2027-01-01")
    assert result.stdout.startswith("Nothing is scheduled from 1 January 2027, 00:00 UTC, for 7 days.\n")
    assert "raw/b starts after raw/a succeeds" in result.stdout
    assert starts(dorc, tmp_path, "--from", "2027-01-01") == []
    assert not calendar_of(dorc, tmp_path).walk("VEVENT")


@pytest.mark.parametrize(
    "arguments",
    [("--from", "yesterday"), ("--from", "2027-02-30"), ("--days", "0"), ("--days", "4000"), ("--environment", "prd"), ("raw/q",)],
)
def test_wrong_arguments_are_wrong_usage(dorc, tmp_path, arguments):
    write(tmp_path, {"t": "schedule: '@daily'"})
    result = dorc.fail("schedule", "--config", tmp_path, *arguments, code=64)
    assert not result.stdout and result.stderr.startswith("Error: ")


def test_a_project_with_mistakes_has_no_starts(dorc, tmp_path):
    write(tmp_path, {"t": "schedule: '0 25 * * *'"})
    result = dorc.fail("schedule", "--config", tmp_path)
    assert not result.stdout and "invalid-schedule" in result.stderr
