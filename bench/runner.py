#!/usr/bin/env python3
"""How quick the runner is: start to the first handler, steps in a chain, steps side by side, items of a map.

    .venv/bin/python bench/runner.py [--write]

The first figures are those of `dorc-synth run` on the example, by the release build (`make release`, or DORC_SYNTH): each run of it has one of the runner
alone beside it, on the same plan, and one of Python that does nothing. The others are the runner's.

Each figure is the best of a few runs. `--write` puts the table into README.md.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "Sources" / "DorcRunner"), str(ROOT / "Tests" / "Runner")]

from making import Project, chain, task  # noqa: E402

FUNCTIONS = {
    "now": "import time\ndef handler(event, context):\n    return time.time()\n",
    "same": "def handler(event, context):\n    return event\n",
    "busy": "def handler(event, context):\n    return sum(range(3_000_000))\n",
}


def measured(project: Project, machine: dict, *arguments) -> tuple[float, float, str]:
    """Seconds, seconds of all processes, output."""
    project.plan(machine, list(FUNCTIONS))
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.time()
    found = project.run(*arguments)
    seconds, after = time.time() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    assert found.returncode == 0, found.stderr
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, found.stdout


def best(count: int, measure) -> float:
    return min(measure() for _ in range(count))


class Command:
    """`dorc-synth run` on a copy of the example, whose first handler tells when it begins."""

    def __init__(self, folder: Path):
        self.program = os.environ.get("DORC_SYNTH") or str(ROOT / ".build" / "dorc-synth")
        self.cache = folder / "cache"
        self.config = shutil.copytree(ROOT / "examples" / "census", folder / "census")
        self.plan = folder / "plan.json"
        handler = self.config / "src/raw/geography/fetch/lambda.py"
        begin = "def handler(event, context):\n"
        tell = begin + "    print('begins', __import__('time').time())\n"
        handler.write_text(handler.read_text().replace(begin, tell, 1))
        # What is in the place of Python keeps the plan.
        self.keeper = folder / "keeper"
        is_asked = f'[ "$1" = -S ] && exec {sys.executable} "$@"'  # whether it is Python
        self.keeper.write_text(f'#!/bin/sh\n{is_asked}\ncat "$2" > {self.plan}\n')
        self.keeper.chmod(0o755)

    def command(self, python: str) -> list[str]:
        return [self.program, "run", "raw/geography", "--config", str(self.config), "--python", python]

    def first_handler(self, command: list[str]) -> float:
        start = time.time()
        environment = {**os.environ, "DORC_CACHE_DIR": str(self.cache), "PYTHONDONTWRITEBYTECODE": ""}
        found = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment)
        return float(re.search(r"begins ([0-9.]+)", found.stderr)[1]) - start

    def seconds(self, command: list[str]) -> float:
        start = time.time()
        subprocess.run(command, check=True, env={**os.environ, "DORC_CACHE_DIR": str(self.cache)})
        return time.time() - start

    def rows(self, count: int = 15) -> list[tuple[str, str, str, bool | None]]:
        own = self.command(sys.executable)
        unpacking = self.first_handler(own)
        self.seconds(self.command(str(self.keeper)))
        (start,) = self.cache.glob("runner-*/start.py")
        alone = [sys.executable, str(start), str(self.plan)]
        measures = [
            lambda: self.first_handler(own),
            lambda: self.first_handler(alone),
            lambda: self.seconds(self.command(str(self.keeper))),
            lambda: self.seconds([sys.executable, "-c", ""]),
        ]
        found = zip(*[[measure() for measure in measures] for _ in range(count)])
        command, runner, compiler, python = (min(values) for values in found)
        return [
            ("`dorc-synth run` on the example, to the first handler", "at most 0.3 s", f"{command:.2f} s", command <= 0.3),
            ("the same, the first time: the runner is unpacked", "", f"{unpacking:.2f} s", None),
            ("of it the compiler, until Python starts", "", f"{compiler:.3f} s", None),
            ("of it the runner, on the finished plan", "", f"{runner:.2f} s, {runner / python:.0f} times a Python that does nothing", None),
        ]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        rows = Command(Path(folder)).rows()
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder))
        for name, code in FUNCTIONS.items():
            project.function(name, code)

        def first_handler() -> float:
            start = time.time()
            return float(measured(project, chain(("a", task("now"))))[2]) - start

        first = best(5, first_handler)
        rows.append(("the runner alone, on a plan of one step", "at most 0.3 s", f"{first:.2f} s", first <= 0.3))
        steps = chain(*[(f"s{index}", task("same")) for index in range(1000)])
        seconds = best(3, lambda: measured(project, steps)[0])
        rows.append(("1,000 steps in a chain", "at most 3 s", f"{seconds:.2f} s", seconds <= 3))
        branches = [chain((f"b{index}", task("busy"))) for index in range(200)]
        machine = chain(("p", {"Type": "Parallel", "Branches": branches}))
        seconds, used, _ = min((measured(project, machine) for _ in range(3)), key=lambda found: found[0])
        cores, few = os.cpu_count() or 1, 0.7 * (os.cpu_count() or 1)
        rows.append(
            ("200 busy steps side by side", f"at least {few:.1f} of {cores} cores", f"{used / seconds:.1f} cores, {seconds:.1f} s", used / seconds >= few)
        )  # fmt: skip
        item = {"ProcessorConfig": {"Mode": "DISTRIBUTED"}, "StartAt": "i", "States": {"i": task("same", End=True)}}
        state = {"Type": "Map", "Label": "m", "Items": "{% [1..10000] %}", "ItemProcessor": item}
        seconds = best(1, lambda: measured(project, chain(("m", state)))[0])
        rows.append(("10,000 items of a Distributed Map", "", f"{seconds:.1f} s", None))
    table = "| | bar | measured | kept |\n|---|---|---|---|\n" + "".join(
        f"| {what} | {bar} | {found} | {'' if kept is None else 'yes' if kept else '**no**'} |\n" for what, bar, found, kept in rows
    )
    print(table, end="")
    if "--write" in sys.argv[1:]:
        readme = ROOT / "bench" / "README.md"
        text = readme.read_text(encoding="utf-8")
        before, after = text.partition("<!-- runner -->\n")[0], text.partition("<!-- /runner -->")[2]
        readme.write_text(f"{before}<!-- runner -->\n{table}<!-- /runner -->{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
