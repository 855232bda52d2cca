"""How tests ended, and what is shown of it: a line for each suite, and failures early and at the end."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field

# Of what a failed test says, and of the end of what a program says that crashes.
MOST_LINES = 80
MARKS = {"passed": "✔", "failed": "✘", "skipped": "➜"}


@dataclass
class Group:
    """A suite or a file: how many of its tests are still to come, and how the others ended."""

    waiting: int = 0
    counts: Counter = field(default_factory=Counter)
    seconds: float = 0


class Results:
    """How tests ended, by their groups. As a plug-in of pytest it hears of the tests of all workers."""

    def __init__(self):
        self.counts = Counter()
        self.failures: list[tuple[str, str]] = []
        self.groups: dict[str, Group] = {}
        self.output = sys.stdout

    def say(self, text: str) -> None:
        print(text, file=self.output, flush=True)

    def add_test(self, group: str) -> None:
        self.groups.setdefault(group, Group()).waiting += 1

    def add_outcome(self, group: str, outcome: str) -> None:
        self.counts[outcome] += 1
        self.groups.setdefault(group, Group()).counts[outcome] += 1

    def add_failure(self, name: str, text: str) -> None:
        lines = text.rstrip().splitlines()
        if len(lines) > MOST_LINES:
            lines = [*lines[:MOST_LINES], f"({len(lines) - MOST_LINES} more lines)"]
        self.failures.append((name, "\n".join(f"    {line}" for line in lines)))
        self.show_failure(*self.failures[-1])

    def show_failure(self, name: str, text: str) -> None:
        self.say(f"✘ {name}\n{text}" if text else f"✘ {name}")

    def end_test(self, group: str) -> None:
        own = self.groups.setdefault(group, Group(1))
        own.waiting -= 1
        if own.waiting <= 0:
            self.say(f"{MARKS['failed' if own.counts['failed'] else 'passed']} {group}: {told(own.counts)}, {own.seconds:.1f} s")
            del self.groups[group]

    def settle(self, exit_code: int, before: Counter, name: str, text: str = "") -> None:
        """A run that ended badly without a failed test, or without any test, counts as one failure."""
        own = self.counts - before
        for group, state in list(self.groups.items()):
            self.say(f"✘ {group}: {told(state.counts)}, {state.waiting} did not end")
        self.groups.clear()
        if (exit_code and not own["failed"]) or not own["passed"] + own["failed"]:
            self.counts["failed"] += 1
            self.add_failure(f"{name}: exit code {exit_code}", "\n".join(text.splitlines()[-MOST_LINES:]))

    def finish(self) -> None:
        if self.failures:
            self.say("\nFailed:\n")
            for failure in self.failures:
                self.show_failure(*failure)
        skipped = f", {self.counts['skipped']} skipped" if self.counts["skipped"] else ""
        self.say(f"\n{self.counts['passed']} passed, {self.counts['failed']} failed{skipped}")

    def pytest_collection_finish(self, session):
        for item in session.items:
            self.add_test(file_of(item.nodeid))

    def pytest_xdist_node_collection_finished(self, node, ids):
        if not self.groups:  # every worker collects all
            for id in ids:
                self.add_test(file_of(id))

    def pytest_runtest_logreport(self, report):
        file = file_of(report.nodeid)
        if report.when == "call" or report.outcome != "passed":
            self.add_outcome(file, report.outcome)
        if report.outcome == "failed":
            self.add_failure(report.nodeid.partition("@")[0], report.longreprtext)
        self.groups.setdefault(file, Group(1)).seconds += report.duration
        if report.when == "teardown":
            self.end_test(file)

    def pytest_collectreport(self, report):
        if report.failed:
            self.counts["failed"] += 1
            self.add_failure(report.nodeid, report.longreprtext)


def told(counts: Counter) -> str:
    return ", ".join(f"{counts[each]} {each}" for each in MARKS if counts[each]) or "nothing"


def file_of(test: str) -> str:
    return test.partition("::")[0].rpartition("/")[2]


class SwiftEvents:
    """Reads Swift Testing's event stream (swift-testing, Documentation/ABI/JSON.md)."""

    def __init__(self, results: Results):
        self.results = results
        self.suites: dict[str, str] = {}
        self.issues: dict[str, list[str]] = {}
        self.starts: dict[str, float] = {}

    def add(self, record: dict) -> None:
        payload = record["payload"]
        if record["kind"] == "event":
            self.add_event(payload)
        elif payload["kind"] == "function":
            suite = self.suites[payload["id"]] = suite_of(payload["id"])
            self.results.add_test(suite)

    def add_event(self, payload: dict) -> None:
        test, time = payload.get("testID"), payload["instant"]["absolute"]
        text = "\n".join(message["text"] for message in payload["messages"])
        has_failed = any(message["symbol"] == "fail" for message in payload["messages"])
        match payload["kind"]:
            case "testStarted":
                self.starts[test] = time
            case "issueRecorded" if has_failed and test:
                self.issues.setdefault(test, []).append(text)
            case "issueRecorded" if has_failed:
                self.results.counts["failed"] += 1
                self.results.add_failure("outside of a test", text)
            case "testSkipped" if test in self.suites:
                self.end(test, "skipped", time)
            case "testEnded" if test in self.suites:
                self.end(test, "failed" if has_failed else "passed", time)

    def end(self, test: str, outcome: str, time: float) -> None:
        suite = self.suites[test]
        # The tests of a suite run side by side.
        longest = max(self.results.groups[suite].seconds, time - self.starts.get(test, time))
        self.results.groups[suite].seconds = longest
        self.results.add_outcome(suite, outcome)
        if outcome == "failed":
            self.results.add_failure(test, "\n".join(self.issues.get(test, [])))
        self.results.end_test(suite)


def suite_of(test: str) -> str:
    """`Module.Suite` of `Module.Suite/name(_:)/File.swift:6:6`; a test outside of a suite has its module's."""
    return test.partition("/")[0] if "`" not in test.partition("/")[0] else test.partition(".")[0]
