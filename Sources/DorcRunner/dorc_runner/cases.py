"""Runs the cases that are beside a pipeline (`--test`), and tells how they ended, for people and as JUnit's XML."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path
from collections.abc import Callable, Iterable

from .json_text import Json
from .plan import Case, Pipeline


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


def judge(case: Case, ended: Ended) -> str | None:
    if ended.message:
        return ended.message
    if "output" in case.expect:
        if ended.has_failed:
            return f"expected an output, but the run failed with {ended.error}: {ended.cause}"
        return None if same(ended.output, case.expect["output"]) else difference(case.expect["output"], ended.output)
    if not ended.has_failed:
        return f"expected the error {case.expect['error']}, but the run succeeded with\n{pretty(ended.output)}"
    if ended.error != case.expect["error"]:
        return f"expected the error {case.expect['error']}, but the run failed with {ended.error}: {ended.cause}"
    part = case.expect.get("cause")
    if part is not None and part not in (ended.cause or ""):
        return f"expected a cause with {part!r}, but it is {ended.cause!r}"
    return None


def same(one: Json, other: Json) -> bool:
    """As JSON: true is not 1, but 1 is 1.0."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other and isinstance(one, str) == isinstance(other, str)


def pretty(value: Json) -> str:
    return json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False)


def difference(expected: Json, found: Json) -> str:
    import difflib

    lines = difflib.unified_diff(pretty(expected).splitlines(), pretty(found).splitlines(), "expected", "found", lineterm="")
    return "the output is another one\n" + "\n".join(lines)


def run_all(
    pipelines: Iterable[Pipeline],
    wanted: str | None,
    run: Callable[[Pipeline, Case], tuple[Ended, str]],
    tell: Callable[[str], None],
) -> list[Verdict]:
    verdicts = []
    for pipeline in pipelines:
        for case in pipeline.cases:
            if wanted and wanted not in f"{pipeline.name}: {case.name}":
                continue
            start = time.monotonic()
            ended, log = run(pipeline, case)
            verdict = Verdict(pipeline.name, case, time.monotonic() - start, judge(case, ended), log)
            verdicts.append(verdict)
            tell(line(verdict))
    return verdicts


def line(verdict: Verdict) -> str:
    title = f"{verdict.pipeline}: {verdict.case.name} ({verdict.seconds:.2f} s)\n"
    if verdict.problem is None:
        return f"passed  {title}"
    log = f"{verdict.log}" if verdict.log else ""
    where = f"        {verdict.case.file}\n" if verdict.case.file else ""
    return f"FAILED  {title}{where}" + "".join(f"        {each}\n" for each in f"{verdict.problem}\n{log}".splitlines())


def summary(verdicts: list[Verdict]) -> str:
    failed = sum(verdict.problem is not None for verdict in verdicts)
    cases = "1 case" if len(verdicts) == 1 else f"{len(verdicts)} cases"
    return f"{cases}: {len(verdicts) - failed} passed, {failed} failed, {sum(each.seconds for each in verdicts):.2f} s\n"


def junit(verdicts: list[Verdict], path: Path) -> None:
    from xml.etree import ElementTree

    suites = ElementTree.Element("testsuites")
    for pipeline in dict.fromkeys(verdict.pipeline for verdict in verdicts):
        those = [verdict for verdict in verdicts if verdict.pipeline == pipeline]
        failed = sum(verdict.problem is not None for verdict in those)
        seconds = f"{sum(verdict.seconds for verdict in those):.3f}"
        counts = {"name": pipeline, "tests": str(len(those)), "failures": str(failed), "errors": "0", "time": seconds}
        suite = ElementTree.SubElement(suites, "testsuite", counts)
        for verdict in those:
            attributes = {"classname": pipeline, "name": verdict.case.name, "time": f"{verdict.seconds:.3f}"}
            if verdict.case.file:
                attributes["file"] = verdict.case.file
            element = ElementTree.SubElement(suite, "testcase", attributes)
            if verdict.problem is not None:
                first = verdict.problem.splitlines()[0]
                ElementTree.SubElement(element, "failure", {"message": printable(first)}).text = printable(verdict.problem)
            if verdict.log:
                ElementTree.SubElement(element, "system-out").text = printable(verdict.log)
    path.parent.mkdir(parents=True, exist_ok=True)
    ElementTree.ElementTree(suites).write(path, encoding="utf-8", xml_declaration=True)


def printable(text: str) -> str:
    """XML has no place for most control characters and for halves of characters."""
    return "".join(
        c if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff") else "\ufffd"
        for c in text
    )
