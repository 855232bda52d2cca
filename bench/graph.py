#!/usr/bin/env python3
"""Measures `dorc-synth graph`: the command on 1 and 1,000 pipelines, and how soon a browser shows the page of them.

    bench/graph.py [--binary .build/dorc-synth] [--rounds 7]

The first paint is the browser's own figure (`first-contentful-paint` of the Paint Timing API, from the start of the navigation);
`ready` is when all scripts of the page have run. Medians.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "Tests" / "Python"))

import browser  # noqa: E402

PAINT = "(performance.getEntriesByName('first-contentful-paint')[0] || {}).startTime"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", type=Path, default=ROOT / ".build" / "dorc-synth")
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, browser.Browser() as chromium:
        page = chromium.page()
        print("| pipelines | format | median of the command | size | first paint | ready |\n|---|---|---|---|---|---|")
        for size in (1, 1000):
            repository = Path(folder) / f"config-{size}"
            subprocess.run([sys.executable, ROOT / "bench" / "make_workload.py", repository, str(size)], check=True)
            for form in ("mermaid", "dot", "svg", "html"):
                path = Path(folder) / f"graph.{form}"
                command = [options.binary, "graph", "--config", repository, "--format", form, "--output", path]
                seconds = statistics.median(measure(command) for _ in range(options.rounds))
                shown = [paint(page, path) for _ in range(options.rounds)] if form == "html" else []
                first, ready = ([f"{statistics.median(column):.0f} ms" for column in zip(*shown)]) or ("", "")
                print(f"| {size:,} | {form} | {seconds * 1000:.0f} ms | {path.stat().st_size / 1000:,.0f} kB | {first} | {ready} |")


def measure(command: list) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True)
    return time.perf_counter() - start


def paint(page: browser.Page, path: Path) -> tuple[float, float]:
    page.open(path)
    first = page.wait(PAINT)
    return first, page.run("performance.getEntriesByType('navigation')[0].loadEventEnd")


if __name__ == "__main__":
    main()
