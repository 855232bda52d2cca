"""The results of `swift test` are counted from its output."""

from collections import Counter

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
