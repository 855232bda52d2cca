"""What is shown of a run of all tests: a line for each suite, failures early and at the end, and the sum."""

import io
import json
import re
import signal
import subprocess
import sys

import program
import pytest
from results import Results, SwiftEvents
from run_tests import lines_of, run_swift


@pytest.fixture
def results():
    results = Results()
    results.output = io.StringIO()
    return results


def shown(results) -> list[str]:
    """The lines, without seconds."""
    return [re.sub(r"[\d.]+ s$", "n s", line) for line in results.output.getvalue().splitlines()]


def finished(results) -> list[str]:
    results.output = io.StringIO()
    results.finish()
    return shown(results)


def event(kind: str, test: str | None, symbol="pass", text="", second=0.0) -> dict:
    payload = {"kind": kind, "instant": {"absolute": second}, "messages": [{"symbol": symbol, "text": text}]}
    return {"kind": "event", "version": 0, "payload": payload | ({"testID": test} if test else {})}


def declared(id: str, kind="function") -> dict:
    return {"kind": "test", "version": 0, "payload": {"kind": kind, "id": id, "name": id}}


ONE, TWO, OTHER = "M.A/`one: it's so`(_:)/A.swift:6:6", "M.A/two()/A.swift:9:6", "M.B/`a/b`()/B.swift:3:6"
TESTS = [declared("M.A", "suite"), *map(declared, (ONE, TWO, OTHER))]


def swift(results, *events) -> None:
    reader = SwiftEvents(results)
    for each in [*TESTS, *events]:
        reader.add(each)


def test_a_suite_has_a_line_when_its_last_test_has_ended(results):
    swift(results, event("testStarted", ONE, second=1), event("testEnded", ONE, second=3.26), event("testEnded", OTHER))
    assert results.output.getvalue() == "✔ M.B: 1 passed, 0.0 s\n"


def test_the_time_of_a_suite_is_that_of_its_longest_test(results):
    swift(results, event("testStarted", ONE, second=1), event("testEnded", ONE, second=3.26), event("testSkipped", TWO, "skip"))
    assert results.output.getvalue() == "✔ M.A: 1 passed, 1 skipped, 2.3 s\n"


def test_a_failure_of_swift_is_shown_at_once_and_at_the_end(results):
    swift(
        results,
        event("issueRecorded", ONE, "fail", "Expectation failed: 1 == 2"),
        event("issueRecorded", TWO, "passWithKnownIssue", "known"),
        event("testEnded", ONE, "fail"),
        event("testEnded", TWO, "passWithKnownIssue"),
        event("testEnded", "M.A", "fail"),
        event("testEnded", OTHER),
    )
    told = [f"✘ {ONE}", "    Expectation failed: 1 == 2"]
    assert shown(results) == [*told, "✘ M.A: 1 passed, 1 failed, n s", "✔ M.B: 1 passed, n s"]
    assert finished(results) == ["", "Failed:", "", *told, "", "2 passed, 1 failed"]


def test_an_issue_outside_of_a_test_is_a_failure(results):
    swift(results, event("issueRecorded", None, "fail", "no"), event("testEnded", ONE))
    assert results.counts == {"passed": 1, "failed": 1} and results.failures[0][0] == "outside of a test"


def test_of_a_long_text_the_beginning_is_shown(results):
    results.add_failure("x", "\n".join(map(str, range(200))))
    assert len(shown(results)) == 82 and shown(results)[-1] == "    (120 more lines)"


def fake_swift(tmp_path, script: str) -> list[str]:
    """A program that writes events into the file that it is told, as `swift test` does."""
    program.write_files(tmp_path, {"swift.py": "import json, os, sys\nevents = open(sys.argv[2], 'w')\n" + script})
    return [sys.executable, str(tmp_path / "swift.py")]


def written(*records) -> str:
    return "".join(f"events.write({json.dumps(json.dumps(each))} + '\\n')\n" for each in records) + "events.flush()\n"


def test_results_of_swift_test_are_read_while_it_runs(results, tmp_path):
    script = written(*TESTS, event("testEnded", ONE), event("testEnded", TWO), event("testEnded", OTHER))
    run_swift(results, fake_swift(tmp_path, script + "print('much')\n"))
    assert shown(results) == ["✔ M.A: 2 passed, n s", "✔ M.B: 1 passed, n s"]
    assert finished(results) == ["", "3 passed, 0 failed"]


def test_a_crash_is_a_failure_with_the_end_of_what_was_said(results, tmp_path):
    script = written(*TESTS, event("testEnded", ONE)) + "print('Fatal error: x', flush=True)\nos._exit(4)\n"
    run_swift(results, fake_swift(tmp_path, script))
    assert results.counts == {"passed": 1, "failed": 1}
    assert shown(results) == [
        "✘ M.A: 1 passed, 1 did not end", "✘ M.B: nothing, 1 did not end", "✘ swift test: exit code 4", "    Fatal error: x",
    ]  # fmt: skip


def test_a_run_without_tests_is_a_failure(results, tmp_path):
    run_swift(results, fake_swift(tmp_path, ""))
    assert results.counts == {"failed": 1}


def test_a_line_that_is_half_written_is_waited_for(tmp_path):
    script = "import sys, time\nf = open(sys.argv[1], 'w')\nf.write('a'); f.flush(); time.sleep(0.3); f.write('b\\n')\n"
    (tmp_path / "events").touch()
    process = subprocess.Popen([sys.executable, "-c", script, str(tmp_path / "events")])
    assert list(lines_of(tmp_path / "events", process)) == ["ab\n"]


FILES = {
    "test_one.py": "import os, pytest\n"
    "def test_passes(): pass\n"
    "def test_fails(): assert 1 == 2\n"
    "@pytest.mark.skip\ndef test_skipped(): pass\n"
    "@pytest.fixture\ndef broken(): assert False\n"
    "def test_set_up(broken): pass\n"
    "@pytest.mark.parametrize('number', range(20))\ndef test_many(number): pass\n",
    "test_sound.py": "def test_sound(): pass\n",
    "test_two.py": "import os\ndef test_crash(): os._exit(3)\n",
}


def run_apart(folder) -> list[str]:
    code = (
        "import pathlib, run_tests; r = run_tests.Results(); "
        f"run_tests.run_python(r, pathlib.Path({str(folder)!r})); r.finish()"
    )
    options = {"cwd": program.ROOT / "Tests/Python", "capture_output": True, "text": True, "timeout": 600}
    result = subprocess.run([sys.executable, "-B", "-c", code], **options)
    return [re.sub(r"[\d.]+ s$", "n s", line) for line in result.stdout.splitlines()]


def test_results_of_workers_are_counted(tmp_path):
    """Passed, failed, skipped, failed in its setup, a file that cannot be read, and a worker that crashes."""
    program.write_files(tmp_path, FILES)
    lines = run_apart(tmp_path)
    assert lines[-1] == "22 passed, 3 failed, 1 skipped", "\n".join(lines)
    assert "✔ test_sound.py: 1 passed, n s" in lines
    assert "✘ test_one.py: 21 passed, 2 failed, 1 skipped, n s" in lines
    end = lines.index("Failed:")
    for part in lines[:end], lines[end:]:
        assert "✘ test_one.py::test_fails" in part and "    E   assert 1 == 2" in part
        assert "✘ test_one.py::test_set_up" in part and "✘ test_two.py::test_crash" in part
    (tmp_path / "test_two.py").write_text("import nothing_of_this_name\n")
    lines = run_apart(tmp_path)
    assert lines[-1].endswith("3 failed, 1 skipped") and any("No module named 'nothing_of_this_name'" in line for line in lines)


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
