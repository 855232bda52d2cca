"""checkov over what the example becomes: every finding is mended, or suppressed with a reason."""

import fnmatch
import json
import subprocess
import sys
from pathlib import Path

import lint
import program
import pytest
import yaml

CHECKOV = Path(sys.prefix) / "checkov/bin/checkov"


@pytest.fixture(scope="module")
def findings(dorc, tmp_path_factory):
    # checkov takes 40 letters and slashes of a file's path for a secret key of AWS: a dot ends the row.
    out = tmp_path_factory.mktemp("checkov") / "checkov.out"
    dorc.succeed(out, "--config", program.ROOT / "examples/census")
    command = [CHECKOV, "--directory", out, "--framework", "cloudformation", "--output", "json", "--skip-download"]
    result = subprocess.run([*map(str, command)], capture_output=True, text=True, timeout=300)
    report = json.loads(result.stdout)
    assert report["summary"]["parsing_errors"] == 0
    assert report["summary"]["passed"] > 100
    return [
        (check["check_id"], check["resource"], f"{check['file_path']}: {check['check_name']}")
        for check in report["results"]["failed_checks"]
    ]


@pytest.fixture(scope="module")
def suppressions():
    entries = yaml.safe_load(lint.SUPPRESSIONS.read_text(encoding="utf-8"))["checkov"]
    assert all(entry["reason"].strip() for entry in entries)
    return entries


def covers(entry, finding):
    return entry["rule"] == finding[0] and fnmatch.fnmatchcase(finding[1], entry["resources"])


def test_checkov_finds_nothing_that_has_no_reason(findings, suppressions):
    assert [each for each in findings if not any(covers(entry, each) for entry in suppressions)] == []


def test_every_suppression_is_needed(findings, suppressions):
    assert [entry for entry in suppressions if not any(covers(entry, each) for each in findings)] == []
