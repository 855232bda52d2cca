"""Writes a config repository with one pipeline of N steps, all of which run one function."""

from __future__ import annotations

import random
from pathlib import Path

# What is measured: the shape of the graph and its number of steps.
SHAPES = [("chain", 500), ("side by side", 220), ("random", 50), ("random", 100), ("random", 200)]


def write(folder: Path, shape: str, count: int) -> None:
    files = {
        "dorc.yaml": "project: acme\nregion: eu-west-2\nenvironments: {dev: {}}\n",
        "Dockerfile": "FROM public.ecr.aws/lambda/python:3.13\n",
        "src/raw/steps/run/lambda.py": "def handler(event, context):\n    return event\n",
        "src/raw/steps/pipeline.yaml": "steps:\n" + "".join(
            f"  - {{name: s{index:04}, function: run, after: [{', '.join(f's{each:04}' for each in after)}]}}\n"
            for index, after in enumerate(predecessors(shape, count))
        ),
    }
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def predecessors(shape: str, count: int) -> list[list[int]]:
    if shape == "chain":
        return [[index - 1] if index else [] for index in range(count)]
    if shape == "side by side":
        return [[] for _ in range(count)]
    numbers = random.Random(1)
    # Each step runs after up to three of the forty before it: no part of that is series-parallel for long.
    return [
        sorted({numbers.randrange(max(0, index - 40), index) for _ in range(min(index, 3))}) for index in range(count)
    ]
