"""The results of `swift test` are counted from its output, those of pytest from its workers' reports."""

import signal
import subprocess
import sys
from collections import Counter

import program
import pytest

from run_tests import Results


def count(lines, exit_code):
    results = Results()
    for line in lines:
        results.add_swift_line(line)
    results.settle(exit_code, Counter())
    return results.summary()


def test_swift_results_are_counted():
    lines = [
        "Test Case 'A.testOne' started at 2026-01-01 00:00:00.000",
        "Test Case 'A.testOne' passed (0.001 seconds)",
        "Test Case 'A.testTwo' skipped (0.0 seconds)",
        "\t Executed 2 tests, with 1 test skipped and 0 failures (0 unexpected) in 0.0 (0.0) seconds",
        "◇ Test run started.",
        "◇ Test three(a:) started.",
        "◇ Test case passing 1 argument a → 2 to three(a:) started.",
        "✔ Test three(a:) with 2 test cases passed after 0.001 seconds.",
        '✔ Test "a step is run" passed after 0.001 seconds.',
        "━ Test known() passed after 0.001 seconds with 1 known issue.",
        '➜ Test two() skipped: "why"',
        "✔ Suite S passed after 0.001 seconds.",
        "✔ Test run with 4 tests in 1 suite passed after 0.002 seconds.",
    ]
    assert count(lines, 0) == "4 passed, 0 failed, 2 skipped"
    failures = [
        "✘ Test three(a:) recorded an issue with 1 argument a → 1 at b.swift:3:47",
        '✘ Test "a nice name" failed after 0.001 seconds with 1 issue.',
        "✘ Suite S failed after 0.001 seconds with 1 issue.",
        "✘ Test run with 4 tests in 1 suite failed after 0.002 seconds with 1 issue.",
    ]
    assert count(lines[:-2] + failures, 1) == "4 passed, 1 failed, 2 skipped"


def test_a_crash_and_a_run_without_tests_are_failures():
    passed = "✔ Test one() passed after 0.001 seconds."
    assert count([passed, "error: Exited with unexpected signal code 6"], 1) == "1 passed, 1 failed"
    assert count([], 0) == "0 passed, 1 failed"


def test_results_of_workers_are_counted(tmp_path):
    """Passed, failed, skipped, failed in its setup, a file that cannot be read, and a worker that crashes."""
    program.write_files(
        tmp_path,
        {
            "test_one.py": "import os, pytest\n"
            "def test_passes(): pass\n"
            "def test_fails(): assert False\n"
            "@pytest.mark.skip\ndef test_skipped(): pass\n"
            "@pytest.fixture\ndef broken(): assert False\n"
            "def test_set_up(broken): pass\n"
            "@pytest.mark.parametrize('number', range(20))\ndef test_many(number): pass\n",
            "test_two.py": "import os\ndef test_crash(): os._exit(3)\n",
        },
    )
    code = f"import pathlib, run_tests; r = run_tests.Results(); run_tests.run_python(r, pathlib.Path({str(tmp_path)!r})); print(r.summary())"
    options = {"cwd": program.ROOT / "Tests/Python", "capture_output": True, "text": True, "timeout": 120}
    result = subprocess.run([sys.executable, "-B", "-c", code], **options)
    assert result.stdout.splitlines()[-1] == "21 passed, 3 failed, 1 skipped", result.stdout
    (tmp_path / "test_two.py").write_text("import nothing_of_this_name\n")
    result = subprocess.run([sys.executable, "-B", "-c", code], **options)
    assert result.stdout.splitlines()[-1] == "21 passed, 3 failed, 1 skipped", result.stdout


@pytest.mark.parametrize("each", [signal.SIGINT, signal.SIGHUP, signal.SIGTERM])
def test_a_child_can_be_interrupted_though_the_tests_were_started_in_the_background(each):
    ask = f"import signal; print(signal.getsignal(signal.{each.name}) is signal.SIG_IGN)"
    code = f"import program, subprocess, sys; program.let_children_be_interrupted(); subprocess.run([sys.executable, '-c', {ask!r}])"
    result = subprocess.run(
        [sys.executable, "-B", "-c", code],
        cwd=program.ROOT / "Tests/Python",
        capture_output=True,
        text=True,
        preexec_fn=lambda: signal.signal(each, signal.SIG_IGN),
    )
    assert result.stdout == "False\n", result.stderr
