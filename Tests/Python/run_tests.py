#!/usr/bin/env python3
"""Runs the Swift tests (already built), the Python checks and the end-to-end tests; the last line sums all up.

    run_tests.py [argument of `swift test` ...]
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
WORKERS = 2
SWIFT_RESULTS = (
    re.compile(r"^\S+ Test (?!run with |case passing ).+ (passed|failed) after [\d.]+ seconds"),
    re.compile(r"^\S+ Test (?!case passing ).+ (skipped)(?::|\.|$)"),
    re.compile(r"^Test Case '.+' (passed|failed|skipped) \("),
)


class Results:
    """Counts outcomes, of pytest as its plug-in."""

    def __init__(self):
        self.counts = Counter()

    def add_swift_line(self, line: str) -> None:
        for pattern in SWIFT_RESULTS:
            if match := pattern.match(line):
                self.counts[match[1]] += 1
                return

    def pytest_runtest_logreport(self, report):
        if report.when == "call" or report.outcome != "passed":
            self.counts[report.outcome] += 1

    def pytest_collectreport(self, report):
        if report.failed:
            self.counts["failed"] += 1

    def settle(self, exit_code: int, before: Counter) -> None:
        """A run that ended badly without a failed test, or without any test, counts as one failure."""
        own = self.counts - before
        if (exit_code and not own["failed"]) or not own["passed"] + own["failed"]:
            self.counts["failed"] += 1

    def summary(self) -> str:
        skipped = f", {self.counts['skipped']} skipped" if self.counts["skipped"] else ""
        return f"{self.counts['passed']} passed, {self.counts['failed']} failed{skipped}"


def run_swift(results: Results, arguments: list[str]) -> None:
    before = results.counts.copy()
    command = ["swift", "test", "--skip-build", *arguments]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace"
    ) as process:
        for line in process.stdout:
            sys.stdout.write(line)
            sys.stdout.flush()
            results.add_swift_line(line.rstrip())
    if process.returncode:
        print(f"swift test: exit code {process.returncode}")
    results.settle(process.returncode, before)


def run_python(results: Results, folder: Path) -> None:
    """On two cores: `conftest.py` of the folder says what stays together. The reports of all workers come here."""
    before = results.counts.copy()
    arguments = ["-q", "-c", str(HERE / "pytest.ini"), "-n", str(WORKERS), "--dist", "loadgroup"]
    # A worker that is started anew would run into the same crash, again and again.
    arguments += ["--max-worker-restart", "0", str(folder)]
    results.settle(pytest.main(arguments, plugins=[results]), before)


def run_apart(results: Results, folder: Path) -> None:
    """In a process of its own: the tests of both folders patch moto, each in its way."""
    before = results.counts.copy()
    with tempfile.NamedTemporaryFile() as file:
        code = f"import run_tests; run_tests.count({str(folder)!r}, {file.name!r})"
        process = subprocess.run([sys.executable, "-B", "-c", code], cwd=HERE)
        content = file.read()
    results.counts.update(json.loads(content) if content else {})
    results.settle(process.returncode, before)


def count(folder: str, file: str) -> None:
    """Leaves the counts in a file."""
    results = Results()
    run_python(results, Path(folder))
    Path(file).write_text(json.dumps(results.counts), encoding="utf-8")


def main() -> int:
    results = Results()
    run_swift(results, sys.argv[1:])
    run_python(results, HERE)
    run_apart(results, HERE.parent / "EndToEnd")
    print(f"\n{results.summary()}", flush=True)
    return 1 if results.counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
