#!/usr/bin/env python3
"""Checks the tests: each mutant of the program has to fail one of them.

    run.py [--check] [NUMBER ...]

The repository is copied to .build/mutants, built there, and tested without a change first. Then each mutant is built and
tested by the Swift tests and, if these pass, by the Python files of its area, up to the first failure. The report is also in
.build/mutants/report.txt.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

from mutants import MUTANTS, PYTHON, Mutant

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".build" / "mutants"
COPY = FOLDER / "dorc"
# Seconds; what a mutant makes endless is noticed too.
BUILD, TEST = 3600, 1200
# One in so many may survive.
MOST_SURVIVORS = 15


class Unfit(Exception):
    """The list, or what it is applied to, has to be mended first."""


def place_of(mutant: Mutant, root: Path) -> Path:
    """The one file with the text that is replaced."""
    counts = {path: path.read_text(encoding="utf-8").count(mutant.old) for path in root.glob(f"Sources/**/{mutant.file}")}
    if sum(counts.values()) != 1:
        raise Unfit(f"mutant {number_of(mutant)}: {sum(counts.values())} times, not once, in {mutant.file}: {mutant.old}")
    return max(counts, key=counts.get)


def number_of(mutant: Mutant) -> int:
    return MUTANTS.index(mutant) + 1


def copy_repository() -> None:
    """All that git knows or would add, as it is now; what has not changed keeps its time, so that little is built."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True)  # fmt: skip
    names = {name for name in os.fsdecode(listed.stdout).split("\0") if name and (ROOT / name).is_file()}
    for path in [*COPY.rglob("*")]:
        name = path.relative_to(COPY).as_posix()
        if path.is_file() and not name.startswith(".build/") and name not in names:
            path.unlink()
    for name in names:
        copy, content = COPY / name, (ROOT / name).read_bytes()
        if not copy.is_file() or copy.read_bytes() != content:
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(content)
            copy.chmod((ROOT / name).stat().st_mode)


def run(command: list[str], seconds: int) -> tuple[bool, str]:
    """Whether it went well, and what it said."""
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    options = {"cwd": COPY, "env": environment, "encoding": "utf-8", "errors": "replace", "timeout": seconds}
    try:
        result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)
    except subprocess.TimeoutExpired:
        return False, "it does not end"
    return result.returncode == 0, result.stdout


def build() -> None:
    is_good, output = run(["swift", "build", "--build-tests"], BUILD)
    if not is_good:
        raise Unfit("it is not built:\n" + "\n".join(line for line in output.splitlines() if "error" in line)[:3000])


def failure(area: str) -> str | None:
    """The first test that fails; nil where none does."""
    is_good, output = run(["swift", "test", "--skip-build"], TEST)
    if not is_good:
        return first(r'^\S+ Test ("[^"]+"|\S+) .*recorded an issue', output)
    files = [str(COPY / "Tests" / name) for name in PYTHON[area]]
    # The tests of both folders patch moto, each in its way.
    for folder in ("Python", "EndToEnd"):
        own = [file for file in files if f"/{folder}/" in file]
        options = ["-q", "-x", "-c", "Tests/Python/pytest.ini", "-n", "2", "--dist", "loadgroup"]
        is_good, output = run([sys.executable, "-m", "pytest", *options, *own], TEST) if own else (True, "")
        if not is_good:
            return first(r"^(?:FAILED|ERROR) (\S+)", output)
    return None


def first(pattern: str, output: str) -> str:
    found = re.search(pattern, output, re.MULTILINE)
    return found[1].strip('"') if found else output.strip().splitlines()[-1] if output.strip() else "a crash"


def test(mutant: Mutant) -> str | None:
    path = place_of(mutant, COPY)
    original = path.read_text(encoding="utf-8")
    path.write_text(original.replace(mutant.old, mutant.new), encoding="utf-8")
    try:
        build()
        return failure(mutant.area)
    finally:
        path.write_text(original, encoding="utf-8")


def main(arguments: list[str]) -> int:
    problems = []
    for mutant in MUTANTS:
        try:
            place = place_of(mutant, ROOT).relative_to(ROOT)
            if "--check" in arguments:
                print(f"{number_of(mutant):2} {mutant.area}: {mutant.why} ({place})")
        except Unfit as problem:
            problems.append(str(problem))
    if problems:
        raise Unfit("the list has to follow the code:\n" + "\n".join(problems))
    if "--check" in arguments:
        return 0
    chosen = [MUTANTS[int(each) - 1] for each in arguments] or MUTANTS
    copy_repository()
    build()
    for area in dict.fromkeys(mutant.area for mutant in chosen):
        if found := failure(area):
            raise Unfit(f"the tests of {area} fail without a change: {found}")
    report, survivors = [], 0
    for mutant in chosen:
        start = time.monotonic()
        found = test(mutant)
        survivors += found is None
        report.append(
            f"{'survived' if found is None else 'killed  '} {number_of(mutant):2} {mutant.area}: {mutant.why}"
            + (f" -- {found}" if found else "") + f" ({time.monotonic() - start:.0f} s)")
        print(report[-1], flush=True)
    report.append(f"{len(chosen) - survivors} of {len(chosen)} mutants killed")
    print(report[-1])
    (FOLDER / "report.txt").write_text("\n".join(report) + "\n", encoding="utf-8")
    return 1 if survivors * MOST_SURVIVORS > len(chosen) else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Unfit as problem:
        sys.exit(f"mutants: {problem}")
