#!/usr/bin/env python3
"""How quick the runner is: start to the first handler, steps in a chain, steps side by side, items of a map.

    .venv/bin/python bench/runner.py

Each figure is the best of a few runs. The bars are those of the issue: 0.3 s to the first handler, 3 s for 1,000 steps, both cores.
"""

from __future__ import annotations

import os
import resource
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


def main() -> None:
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
