"""How cases end: a run against what its case expects, told to people, to programs, and as JUnit's XML."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from collections.abc import Iterator

from .json_text import Json, parse
from .plan import Case
from .report import brief

# Lines of an output as text. Longer ones are compared value by value.
MOST_LINES = 1000
# How near a number with a fraction is to the expected one: as a part of it, and where that is 0.
NEAR, NEAR_ZERO = 1e-9, 1e-12
MOST_VALUES = 20


@dataclass(frozen=True)
class Ended:
    """How a run ended. `error` is None where it succeeded; a run that could not go on here has `message` alone."""

    output: Json = None
    error: str | None = None
    cause: str | None = None
    has_failed: bool = False
    message: str | None = None


@dataclass(frozen=True)
class Verdict:
    pipeline: str
    case: Case
    seconds: float
    # None where the case passed.
    problem: str | None
    log: str
    # Before its end, or before it began.
    is_interrupted: bool = False

    @property
    def place(self) -> str:
        return f"{self.case.file}:{self.case.line}" if self.case.line else self.case.file


def judge(case: Case, ended: Ended) -> str | None:
    if ended.message:
        return ended.message
    if "output" in case.expect:
        if ended.has_failed:
            return f"expected an output, but the run failed with {brief(ended.error, ended.cause)}"
        return None if same(ended.output, case.expect["output"]) else difference(case.expect["output"], ended.output)
    expected = case.expect["error"]
    if not ended.has_failed:
        return f"expected the error {expected}, but the run succeeded with\n{pretty(ended.output)}"
    if ended.error != expected:
        return f"expected the error {expected}, but the run failed with {brief(ended.error, ended.cause)}"
    part = case.expect.get("cause")
    if part is not None and not any(part in text for text in messages(ended.cause or "")):
        return f"expected the error {expected} with {part!r} in its cause, but the cause is\n{ended.cause or ''}"
    return None


def messages(cause: str) -> Iterator[str]:
    """A cause as it is, and what it holds as JSON: the message of an exception, the cause of a run that was started."""
    yield cause
    try:
        found = parse(cause)
    except ValueError:
        return
    if isinstance(found, dict):
        for key in ("errorMessage", "Cause"):
            if isinstance(found.get(key), str):
                yield from messages(found[key])


def same(one: Json, other: Json) -> bool:
    """As JSON: true is not 1, but 1 is 1.0, and numbers with a fraction may differ in what calculating leaves."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, (int, float)) and isinstance(other, (int, float)) and (isinstance(one, float) or isinstance(other, float)):
        try:
            return math.isclose(one, other, rel_tol=NEAR, abs_tol=NEAR_ZERO)
        except OverflowError:
            # A whole number beyond all others.
            return False
    return one == other and isinstance(one, str) == isinstance(other, str)


def pretty(value: Json) -> str:
    return json.dumps(plain(value), indent=2, sort_keys=True, ensure_ascii=False)


def plain(value: Json) -> Json:
    """What is the same is written alike."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def alike(expected: Json, found: Json) -> Json:
    """What was found, with the expected values where they are the same."""
    if same(expected, found):
        return expected
    if isinstance(expected, dict) and isinstance(found, dict):
        return {key: alike(expected[key], each) if key in expected else each for key, each in found.items()}
    if isinstance(expected, list) and isinstance(found, list):
        return [*map(alike, expected, found), *found[len(expected) :]]
    return found


def difference(expected: Json, found: Json) -> str:
    """For two values that are not the same."""
    import difflib

    lines = [pretty(value).splitlines() for value in (expected, alike(expected, found))]
    if max(map(len, lines)) <= MOST_LINES:
        changes = list(difflib.unified_diff(*lines, "expected", "found", lineterm=""))
    else:
        changes = []
        for number, change in enumerate(value_changes(expected, found, "$")):
            if number == MOST_VALUES:
                changes.append("... and more")
                break
            changes.append(change)
    return "the output is another one\n" + "\n".join(changes)


def value_changes(expected: Json, found: Json, place: str) -> Iterator[str]:
    if isinstance(expected, dict) and isinstance(found, dict):
        for key in sorted(expected.keys() | found.keys()):
            where = f"{place}.{key}"
            if key not in found:
                yield f"-{where}: {short(expected[key])}"
            elif key not in expected:
                yield f"+{where}: {short(found[key])}"
            else:
                yield from value_changes(expected[key], found[key], where)
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for index, pair in enumerate(zip(expected, found)):
            yield from value_changes(*pair, f"{place}[{index}]")
    elif not same(expected, found):
        yield f"-{place}: {short(expected)}"
        yield f"+{place}: {short(found)}"


def short(value: Json) -> str:
    text = json.dumps(plain(value), ensure_ascii=False)
    size = f" ({len(value)} items)" if isinstance(value, list) else ""
    return text if len(text) <= 200 else f"{text[:200]}...{size}"


# For people


def line(verdict: Verdict) -> str:
    title = f"{verdict.pipeline}: {verdict.case.name} ({verdict.seconds:.2f} s)\n"
    if verdict.problem is None:
        return f"passed  {title}"
    where = f"        {verdict.place}\n" if verdict.place else ""
    text = f"{verdict.problem}\n{verdict.log}"
    return f"FAILED  {title}{where}" + "".join(f"        {each}".rstrip() + "\n" for each in text.splitlines())


@dataclass(frozen=True)
class Summary:
    passed: int
    failed: int
    missing: int
    seconds: float

    @staticmethod
    def of(verdicts: list[Verdict], seconds: float) -> Summary:
        ended = [each for each in verdicts if not each.is_interrupted]
        failed = sum(each.problem is not None for each in ended)
        return Summary(len(ended) - failed, failed, len(verdicts) - len(ended), seconds)

    @property
    def text(self) -> str:
        count = self.passed + self.failed
        cases = "1 case" if count == 1 else f"{count} cases"
        missing = f", interrupted before the end of {self.missing}" if self.missing else ""
        return f"{cases}: {self.passed} passed, {self.failed} failed{missing}, {self.seconds:.2f} s\n"


# For programs


def as_json(verdict: Verdict) -> str:
    """One line. `problem` is null where the case passed."""
    case = verdict.case
    found = {"event": "case", "pipeline": verdict.pipeline, "case": case.name, "file": case.file, "line": case.line}
    rest = {"passed": verdict.problem is None, "seconds": round(verdict.seconds, 3), "problem": verdict.problem}
    return json.dumps(found | rest | {"log": verdict.log}) + "\n"


def summary_as_json(summary: Summary) -> str:
    counts = {"passed": summary.passed, "failed": summary.failed, "interrupted": summary.missing}
    return json.dumps({"event": "summary"} | counts | {"seconds": round(summary.seconds, 3)}) + "\n"


def junit(verdicts: list[Verdict], path: Path) -> None:
    from xml.etree import ElementTree

    suites = ElementTree.Element("testsuites", counts(verdicts))
    for pipeline in dict.fromkeys(verdict.pipeline for verdict in verdicts):
        those = [verdict for verdict in verdicts if verdict.pipeline == pipeline]
        suite = ElementTree.SubElement(suites, "testsuite", {"name": pipeline} | counts(those))
        for verdict in those:
            attributes = {"classname": pipeline, "name": verdict.case.name, "time": f"{verdict.seconds:.3f}"}
            if verdict.case.file:
                attributes["file"] = verdict.case.file
            if verdict.case.line:
                attributes["line"] = str(verdict.case.line)
            element = ElementTree.SubElement(suite, "testcase", {key: printable(text) for key, text in attributes.items()})
            if verdict.is_interrupted:
                ElementTree.SubElement(element, "skipped", {"message": "interrupted"})
            elif verdict.problem is not None:
                first = verdict.problem.splitlines()[0]
                ElementTree.SubElement(element, "failure", {"message": printable(first)}).text = printable(verdict.problem)
            if verdict.log:
                ElementTree.SubElement(element, "system-out").text = printable(verdict.log)
    path.parent.mkdir(parents=True, exist_ok=True)
    ElementTree.ElementTree(suites).write(path, encoding="utf-8", xml_declaration=True)


def counts(verdicts: list[Verdict]) -> dict[str, str]:
    return {
        "tests": str(len(verdicts)),
        "failures": str(sum(each.problem is not None and not each.is_interrupted for each in verdicts)),
        "errors": "0",
        "skipped": str(sum(each.is_interrupted for each in verdicts)),
        "time": f"{sum(each.seconds for each in verdicts):.3f}",
    }


def printable(text: str) -> str:
    """XML has no place for most control characters and for halves of characters."""
    return "".join(
        c if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff") else "\ufffd"
        for c in text
    )
