"""Diagnostics for programs: SARIF, workflow commands of GitHub Actions, and `check --strict`."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from urllib.parse import quote, unquote

import cases
import program
import pytest
import sarif

HARD = "src/raw/x/pipeline.yaml"
# Characters beyond the basic plane before the mistake; `%`, `,` and `:` in what the message quotes.
MISTAKE = "description: 😀 é\nsteps:\n  - {name: '😀😀', functoin: f}\n  - {name: 'a', function: '50%,b:c'}\n"


@pytest.fixture
def mistaken(tmp_path):
    return program.make_repository(tmp_path / "mistaken", {"raw/x": MISTAKE, "raw/ü y": "steps: [f, g]\n"})


@pytest.fixture(scope="module")
def findings(dorc, tmp_path_factory):
    """Of every snapshot case: its config repository, the SARIF log, and the same diagnostics as JSON."""
    root = tmp_path_factory.mktemp("cases")
    found = {}
    for name in cases.names():
        if not (cases.CASES / name / cases.DIAGNOSTICS).exists():
            continue
        config = cases.copy_config(name, root / name)
        if not (config / "dorc.yaml").exists():
            continue
        log = log_of(dorc, config, cwd=config)
        found[name] = (config, log, dorc.diagnostics("check", "--config", config))
    return found


def log_of(dorc, config, *options, **named) -> dict:
    return json.loads(dorc.run("check", "--config", config, "--diagnostics-format", "sarif", *options, **named).stdout)


def results(log: dict) -> list[dict]:
    (run,) = log["runs"]
    return run["results"]


def place(result: dict) -> tuple[str, dict]:
    (location,) = result["locations"]
    physical = location["physicalLocation"]
    assert physical["artifactLocation"]["uriBaseId"] == "%SRCROOT%"
    return unquote(physical["artifactLocation"]["uri"]), physical["region"]


# SARIF


def test_every_log_follows_the_schema_of_sarif(findings):
    logs = [log for _, log, _ in findings.values()]
    (run,) = logs[0]["runs"]
    # Their rules are the same.
    assert sarif.mistakes(logs[0] | {"runs": [run | {"results": [each for log in logs for each in results(log)]}]}) == []
    assert all(log | {"runs": []} == logs[0] | {"runs": []} and len(log["runs"]) == 1 for log in logs)
    assert all(log["runs"][0] | {"results": []} == run | {"results": []} for log in logs)


def test_the_schema_of_sarif_is_strict_enough_to_find_a_mistake(findings):
    log = json.loads(json.dumps(findings["error-misspelt-keys"][1]))
    results(log)[0]["locations"][0]["physicalLocation"]["region"]["startColumn"] = 0
    assert len(sarif.mistakes(log)) == 1


def test_sarif_says_what_json_says(findings):
    count = 0
    for name, (_, log, listed) in findings.items():
        assert len(results(log)) == len(listed), name
        for result, each in zip(results(log), listed):
            path, region = place(result)
            assert (result["ruleId"], result["level"], path) == (each["id"], each["severity"], each["file"])
            assert result["message"]["text"].startswith(each["summary"])
            assert region["startLine"] == each["line"]
            if "startColumn" in region:
                assert (region["startColumn"], region["endLine"], region["endColumn"]) == (
                    *(each["column"], each["endLine"], each["endColumn"]),
                )
            else:
                assert (each["column"], each["endColumn"]) == (1, 1)
            assert len(result.get("relatedLocations", [])) == len(each["notes"])
            count += 1
    assert count > 500


def test_rules_are_the_catalogue_and_results_point_at_theirs(dorc, findings):
    logs = [log for _, log, _ in findings.values()]
    rules = logs[0]["runs"][0]["tool"]["driver"]["rules"]
    page = (program.ROOT / "docs" / "diagnostics.md").read_text()
    assert [rule["id"] for rule in rules] == re.findall(r"^\| \[`([a-z0-9-]+)`\]", page, re.MULTILINE)
    for rule in rules:
        assert rule["shortDescription"]["text"] and rule["help"]["text"] and "**What to do:**" in rule["help"]["markdown"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
    for log in logs:
        assert log["runs"][0]["tool"]["driver"]["rules"] == rules
        for result in results(log):
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_columns_are_code_points(dorc, mistaken):
    log = log_of(dorc, mistaken)
    assert log["runs"][0]["columnKind"] == "unicodeCodePoints"
    (unknown,) = [each for each in results(log) if each["ruleId"] == "unknown-key"]
    path, region = place(unknown)
    assert path == HARD
    line = MISTAKE.split("\n")[region["startLine"] - 1]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == "functoin"


def test_paths_are_percent_encoded_and_below_the_root_of_the_git_repository(dorc, tmp_path, mistaken):
    def uris(**options):
        log = log_of(dorc, mistaken, **options)
        return {each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in results(log)}

    # Below the current folder, elsewhere, below the workspace of GitHub Actions.
    strange = "src/raw/%C3%BC%20y/pipeline.yaml"
    assert {f"mistaken/{HARD}", f"mistaken/{strange}"} <= uris(cwd=tmp_path)

    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert {HARD, strange} <= uris(cwd=elsewhere)
    assert f"mistaken/{HARD}" in uris(cwd=elsewhere, env={"GITHUB_WORKSPACE": str(tmp_path)})
    # A git repository counts for more, be it a worktree with a file.
    (mistaken / ".git").write_text("gitdir: nowhere\n")
    assert HARD in uris(cwd=tmp_path, env={"GITHUB_WORKSPACE": str(tmp_path)})
    (mistaken / ".git").unlink()
    (tmp_path / ".git").mkdir()
    assert f"mistaken/{HARD}" in uris(cwd=elsewhere)


def test_a_log_without_results_closes_what_was_found_before(dorc, tmp_path):
    sound = program.copy_reference(tmp_path / "config")
    result = dorc.succeed("check", "--config", sound, "--diagnostics-format", "sarif")
    log = json.loads(result.stdout)
    assert results(log) == [] and sarif.mistakes(log) == []
    written = dorc.succeed(tmp_path / "out", "--config", sound, "--diagnostics-format", "sarif")
    assert json.loads(written.stdout) == log


def test_a_fingerprint_stays_when_lines_are_added_above(dorc, mistaken):
    def prints():
        return [each["partialFingerprints"] for each in results(log_of(dorc, mistaken)) if place(each)[0] == HARD]

    before = prints()
    path = mistaken / HARD
    path.write_text("# one\n# two\n" + path.read_text())
    assert prints() == before and all("primaryLocationLineHash" in each for each in before)
    path.write_text(path.read_text().replace("functoin", "functiom"))
    assert prints() != before


def test_every_fix_does_away_with_its_finding(dorc, findings):
    """Each alone: the finding is gone, and nothing has come in its line that keeps the file from being read."""
    tried, wrong = 0, []
    for name, (config, log, listed) in findings.items():
        for result, each in zip(results(log), listed):
            for fix in result.get("fixes", []):
                tried += 1
                undo = apply(config, fix)
                now = dorc.diagnostics("check", "--config", config)
                undo()
                if any(identity(one) == identity(each) for one in now):
                    wrong.append((name, each["id"], fix["description"]["text"], "is still there"))
                ids = {one["id"] for one in listed}
                unread = [one["summary"] for one in now if one["id"] in UNREAD and one["id"] not in ids]
                if unread:
                    wrong.append((name, each["id"], fix["description"]["text"], *unread))
    assert wrong == [] and tried > 60


UNREAD = ("yaml-syntax", "yaml-key", "json-syntax", "wrong-type")


def identity(each: dict) -> tuple:
    return each["id"], each["file"], each["line"], each["column"], each["summary"]


def apply(config: Path, fix: dict):
    (change,) = fix["artifactChanges"]
    (replacement,) = change["replacements"]
    region, path = replacement["deletedRegion"], config / unquote(change["artifactLocation"]["uri"])
    before = path.read_bytes()
    lines = re.split(r"(?<=\n)", before.decode("utf-8-sig" if before.startswith(b"\xef\xbb\xbf") else "utf-8"))
    assert region["startLine"] == region["endLine"]
    line = lines[region["startLine"] - 1]
    start, end = region["startColumn"] - 1, region["endColumn"] - 1
    lines[region["startLine"] - 1] = line[:start] + replacement["insertedContent"]["text"] + line[end:]
    path.write_text("".join(lines), newline="")
    return lambda: path.write_bytes(before)


# Workflow commands


def commands(text: str) -> list[tuple[str, dict, str]]:
    """As actions/runner reads them."""

    def unescaped(text, names):
        for escape, character in names:
            text = text.replace(escape, character)
        return text.replace("%25", "%")

    found = []
    for line in text.splitlines():
        match = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", line)
        assert match, line
        lines = [("%0D", "\r"), ("%0A", "\n")]
        properties = dict(each.split("=", 1) for each in match[2].split(","))
        properties = {name: unescaped(value, [*lines, ("%3A", ":"), ("%2C", ",")]) for name, value in properties.items()}
        found.append((match[1], properties, unescaped(match[3], lines)))
    return found


def test_workflow_commands_say_what_json_says(dorc, mistaken):
    weird = mistaken / "src/raw/a,b:c%25"
    weird.mkdir()
    (weird / "pipeline.yaml").write_text("steps: [f]\n")
    result = dorc.fail("check", "--config", mistaken, "--diagnostics-format", "github", cwd=mistaken)
    listed = dorc.diagnostics("check", "--config", mistaken)
    found = commands(result.stdout)
    assert len(found) == len(listed) > 4
    assert any("%" in each["summary"] for each in listed) and any("," in each["file"] for each in listed)
    for (kind, properties, message), each in zip(found, listed):
        assert kind == {"note": "notice"}.get(each["severity"], each["severity"])
        assert (properties["file"], properties["line"], properties["title"]) == (each["file"], str(each["line"]), each["id"])
        if each["line"] == each["endLine"] and each["column"] != each["endColumn"]:
            assert (properties["col"], properties["endColumn"]) == (str(each["column"]), str(each["endColumn"]))
        assert message.startswith(each["summary"]) and each.get("help", "") in message
    # The log of the step has the lines with their carets too.
    assert result.stderr == dorc.fail("check", "--config", mistaken, cwd=mistaken).stderr


def test_workflow_commands_have_paths_from_the_root_of_the_repository(dorc, tmp_path, mistaken):
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    for folder in (tmp_path, mistaken, mistaken / "src"):
        result = dorc.fail("check", "--config", mistaken, "--diagnostics-format", "github", cwd=folder)
        assert f"mistaken/{HARD}" in {properties["file"] for _, properties, _ in commands(result.stdout)}


def test_no_diagnostics_are_no_commands(dorc, tmp_path):
    sound = program.copy_reference(tmp_path / "config")
    result = dorc.succeed("check", "--config", sound, "--diagnostics-format", "github")
    assert result.stdout == "" and "no mistakes" in result.stderr


# Warnings


@pytest.fixture
def doubtful(tmp_path):
    config = program.make_repository(tmp_path / "doubtful", {"raw/x": "description: 'a {% $now() %}'\nsteps: [f]\n"})
    return config


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
def test_strict_fails_on_warnings_and_says_so(dorc, doubtful, form):
    options = ("--config", doubtful, "--diagnostics-format", form)
    lenient = dorc.succeed("check", *options)
    strict = dorc.fail("check", "--strict", *options)
    assert strict.stdout == lenient.stdout
    count = strict.stderr.splitlines()[-1]
    assert re.fullmatch(r"acme: (1 warning fails|\d+ warnings fail) the check \(--strict\)", count), strict.stderr
    assert "(--strict)" not in lenient.stderr and "no mistakes" not in strict.stderr


def test_strict_changes_nothing_where_there_are_no_warnings_or_mistakes_too(dorc, tmp_path, mistaken):
    sound = program.copy_reference(tmp_path / "config")
    assert dorc.succeed("check", "--strict", "--config", sound).stderr == dorc.succeed("check", "--config", sound).stderr
    assert "--strict" not in dorc.fail("check", "--strict", "--config", mistaken).stderr
