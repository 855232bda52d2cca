#!/usr/bin/env python3
"""Runs the Swift tests (already built), the Python checks and the end-to-end tests.

    run_tests.py [argument of `swift test` ...]

Each suite of Swift and each file of Python has one line, when the last of its tests has ended. A test that fails is shown at
once with what it says, and again at the end; the last line sums all up.
"""

from __future__ import annotations

import contextlib
import io
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Iterator

import pytest
from results import Results, SwiftEvents

HERE = Path(__file__).resolve().parent
WORKERS = 2


def lines_of(path: Path, process: subprocess.Popen) -> Iterator[str]:
    """The lines that a process writes into a file, while it does."""
    with path.open(encoding="utf-8", errors="replace") as file:
        line = ""
        while True:
            has_ended = process.poll() is not None
            while part := file.readline():
                line += part
                if line.endswith("\n"):
                    yield line
                    line = ""
            if has_ended:
                return
            time.sleep(0.05)


def run_swift(results: Results, command: list[str], name: str = "swift test") -> None:
    before, reader = results.counts.copy(), SwiftEvents(results)
    text = {"mode": "w+", "encoding": "utf-8", "errors": "replace"}
    with tempfile.NamedTemporaryFile() as events, tempfile.TemporaryFile(**text) as output:
        command = [*command, "--event-stream-output-path", events.name, "--event-stream-version", "0"]
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
        for line in lines_of(Path(events.name), process):
            reader.add(json.loads(line))
        output.seek(0)
        results.settle(process.returncode, before, name, output.read())


def run_python(results: Results, folder: Path) -> None:
    """On two cores: `conftest.py` of the folder says what stays together. The reports of all workers come here."""
    before = results.counts.copy()
    arguments = ["-q", "-c", str(HERE / "pytest.ini"), "-n", str(WORKERS), "--dist", "loadgroup"]
    # A worker that is started anew would run into the same crash, again and again.
    arguments += ["--max-worker-restart", "0", str(folder)]
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown):
        exit_code = pytest.main(arguments, plugins=[results])
    results.settle(int(exit_code), before, f"pytest {folder.name}", shown.getvalue())


def run_apart(results: Results, folder: Path) -> None:
    """In a process of its own: the tests of two folders patch moto, each in its way, and modules have the same names."""
    before = results.counts.copy()
    with tempfile.NamedTemporaryFile() as file:
        code = f"import run_tests; run_tests.run_and_tell({str(folder)!r}, {file.name!r})"
        process = subprocess.run([sys.executable, "-B", "-c", code], cwd=HERE)
        content = file.read()
    told = json.loads(content) if content else {"counts": {}, "failures": []}
    results.counts.update(told["counts"])
    results.failures += map(tuple, told["failures"])
    results.settle(process.returncode, before, folder.name)


def run_and_tell(folder: str, file: str) -> None:
    """Leaves the results in a file."""
    results = Results()
    run_python(results, Path(folder))
    Path(file).write_text(json.dumps({"counts": results.counts, "failures": results.failures}), encoding="utf-8")


def main() -> int:
    results = Results()
    run_swift(results, ["swift", "test", "--skip-build", *sys.argv[1:]])
    run_python(results, HERE)
    run_apart(results, HERE.parent / "Runner")
    run_apart(results, HERE.parent / "JobRunner")
    run_apart(results, HERE.parent / "EndToEnd")
    results.finish()
    return 1 if results.counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
