#!/usr/bin/env python3
"""How quick the runner is: start to the first handler, steps in a chain, steps side by side, items of a map.

    .venv/bin/python bench/runner.py

The first figures are those of `dorc-synth run` on the example, by the release build (`make release`, or DORC_SYNTH): each run of it has one of the runner
alone beside it, on the same plan, and one of Python that does nothing. The others are the runner's.

Each figure is the best of a few runs. The bars are those of the issue: 0.3 s to the first handler, 3 s for 1,000 steps, both cores.
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
        self.keeper.write_text(f'#!/bin/sh\ncat "$2" > {self.plan}\n')
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

    def measure(self, count: int = 15) -> None:
        own = self.command(sys.executable)
        print(f"dorc-synth run, unpacks itself  {self.first_handler(own):6.3f} s to the first handler")
        self.seconds(self.command(str(self.keeper)))
        (start,) = self.cache.glob("runner-*/start.py")
        rows = [
            ("dorc-synth run", lambda: self.first_handler(own), "to the first handler"),
            ("the runner alone", lambda: self.first_handler([sys.executable, str(start), str(self.plan)]), "to the first handler"),
            ("dorc-synth run, without Python", lambda: self.seconds(self.command(str(self.keeper))), ""),
            ("Python that does nothing", lambda: self.seconds([sys.executable, "-c", ""]), ""),
        ]
        found = [[measure() for _, measure, _ in rows] for _ in range(count)]
        for (name, _, what), values in zip(rows, zip(*found)):
            values = sorted(values)
            print(f"{name:31} {values[0]:6.3f} s {what} (median {values[count // 2]:.3f})")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Command(Path(folder)).measure()
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder))
        for name, code in FUNCTIONS.items():
            project.function(name, code)

        def first_handler() -> float:
            start = time.time()
            return float(measured(project, chain(("a", task("now"))))[2]) - start

        print(f"start to the first handler      {best(5, first_handler):6.2f} s")
        steps = chain(*[(f"s{index}", task("same")) for index in range(1000)])
        print(f"1,000 steps in a chain          {best(3, lambda: measured(project, steps)[0]):6.2f} s")
        branches = [chain((f"b{index}", task("busy"))) for index in range(200)]
        seconds, used, _ = measured(project, chain(("p", {"Type": "Parallel", "Branches": branches})))
        print(f"200 busy steps side by side     {seconds:6.2f} s, {used / seconds:.1f} of {os.cpu_count()} cores")
        item = {"ProcessorConfig": {"Mode": "DISTRIBUTED"}, "StartAt": "i", "States": {"i": task("same", End=True)}}
        state = {"Type": "Map", "Label": "m", "Items": "{% [1..10000] %}", "ItemProcessor": item}
        print(f"10,000 items of a map           {best(1, lambda: measured(project, chain(('m', state)))[0]):6.2f} s")


if __name__ == "__main__":
    main()
