"""Turns the measurements into Markdown."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from pathlib import Path

from instructions import Instructions
from measure import Medians, Pairing, Sample

BEGIN, END = "<!-- figures -->", "<!-- /figures -->"
FLAT = 1.25


@dataclass(frozen=True)
class Row:
    size: int
    program: str
    files: int
    bytes: int
    pairing: Pairing


@dataclass(frozen=True)
class Unchanged:
    """A second run into the same folder."""

    size: int
    program: str
    sample: Sample
    written: int


@dataclass(frozen=True)
class StepRow:
    """One pipeline; the row's size is its number of steps."""

    shape: str
    row: Row


@dataclass(frozen=True)
class ViewRow:
    """A command that only looks at the project."""

    size: int
    command: str
    medians: Medians


@dataclass(frozen=True)
class CountRow:
    size: int
    program: str
    instructions: Instructions


@dataclass(frozen=True)
class Build:
    """From clean, in seconds."""

    cpu: float
    wall: float


def markdown(
    rows: list[Row],
    unchanged: list[Unchanged],
    steps: list[StepRow],
    views: list[ViewRow],
    counts: list[CountRow],
    build: Build | None,
) -> str:
    parts = [
        _machine(),
        _table(rows),
        _unchanged_table(unchanged),
        _step_table(steps),
        _view_table(views),
        _count_table(counts),
        f"`make build` from clean, dependencies fetched before: {build.cpu:.0f} s of CPU, {build.wall:.0f} s." if build else "",
        _bars(rows, unchanged, views, counts),
    ]
    return "\n\n".join(part for part in parts if part)


def write(path: Path, text: str) -> None:
    before, _, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    path.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")


def _machine() -> str:
    model = platform.machine()
    if os.path.exists("/proc/cpuinfo"):
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), model)
    return f"Measured on {os.cpu_count()} cores ({model}), with Python {platform.python_version()}."


def _table(rows: list[Row]) -> str:
    lines = [
        "| pipelines | program | CPU | wall | peak memory | CPU / limit's | CPU per pipeline | output | runs |",
        "| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    size = None
    for row in rows:
        if row.size != size:
            lines.append(_line(row, "limit (for the row below)", row.pairing.limit, 1))
            size = row.size
        lines.append(_line(row, row.program, row.pairing.program, row.pairing.ratio))
    return "\n".join(lines)


def _line(row, program, medians, ratio) -> str:
    return (
        f"| {row.size:,} | {program} | {_time(medians.cpu)} | {_time(medians.wall)} | {medians.peak_mib:,.1f} MiB"
        f" | {ratio:.1f} | {_time(medians.cpu / row.size)} | {row.files:,} files, {row.bytes / 1e6:,.2f} MB"
        f" | {medians.runs} |"
    )


def _unchanged_table(unchanged: list[Unchanged]) -> str:
    lines = [
        "A second run into the same folder, where nothing changed:",
        "",
        "| pipelines | program | CPU | wall | files written |",
        "| ---: | --- | ---: | ---: | ---: |",
    ]
    for each in unchanged:
        times = f"{_time(each.sample.cpu)} | {_time(each.sample.wall)}"
        lines.append(f"| {each.size:,} | {each.program} | {times} | {each.written:,} |")
    return "\n".join(lines) if unchanged else ""


def _step_table(steps: list[StepRow]) -> str:
    lines = [
        "One pipeline of many steps, JSON, whole process:",
        "",
        "| steps | graph | CPU | wall | CPU / limit's | CPU per step | output |",
        "| ---: | --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for each in steps:
        own, row = each.row.pairing.program, each.row
        lines.append(
            f"| {row.size:,} | {each.shape} | {_time(own.cpu)} | {_time(own.wall)} | {row.pairing.ratio:.1f}"
            f" | {_time(own.cpu / row.size)} | {row.bytes / 1e6:,.2f} MB |"
        )
    return "\n".join(lines) if steps else ""


def _view_table(views: list[ViewRow]) -> str:
    lines = [
        "Commands that only look at the project, whole process:",
        "",
        "| pipelines | command | CPU | wall | peak memory |",
        "| ---: | --- | ---: | ---: | ---: |",
    ]
    for each in views:
        own = each.medians
        times = f"{_time(own.cpu)} | {_time(own.wall)} | {own.peak_mib:,.1f} MiB"
        lines.append(f"| {each.size:,} | `{each.command}` | {times} |")
    return "\n".join(lines) if views else ""


def _count_table(counts: list[CountRow]) -> str:
    lines = [
        "Instructions of the whole process, in millions (callgrind):",
        "",
        "| pipelines | program | without SHA-256 | SHA-256 | all | per pipeline, without SHA-256 |",
        "| ---: | --- | ---: | ---: | ---: | ---: |",
    ]
    for row in counts:
        own, sha, total = (each / 1e6 for each in (row.instructions.own, row.instructions.sha256, row.instructions.total))
        lines.append(
            f"| {row.size:,} | {row.program} | {own:,.1f} | {sha:,.1f} | {total:,.1f} | {own / row.size:,.2f} |"
        )
    return "\n".join(lines) if counts else ""


# Seconds of wall time that a command may take, by the number of pipelines.
VIEW_BARS = {1: 0.05, 1000: 1.0}


def _bars(rows: list[Row], unchanged: list[Unchanged], views: list[ViewRow], counts: list[CountRow]) -> str:
    found = {(row.size, row.program): row.pairing for row in rows}
    bars: list[tuple[str, str, bool]] = []
    counted = {(row.size, row.program): row.instructions for row in counts}
    for form in ("JSON", "YAML"):
        program = f"dorc {form}"
        if pairing := found.get((1, program)):
            wall = pairing.program.wall
            bars.append((f"one pipeline, whole process, {form}: at most 6 ms", _time(wall), wall <= 0.006))
        if one := counted.get((1, program)):
            bar = f"one pipeline, whole process, {form}: at most 16 M instructions"
            bars.append((bar, f"{one.total / 1e6:,.1f} M", one.total <= 16e6))
        if many := counted.get((1000, program)):
            bar = f"1,000 pipelines, {form}: at most 1.8 G instructions without SHA-256"
            bars.append((bar, f"{many.own / 1e9:,.2f} G", many.own <= 1.8e9))
        if pairing := found.get((1000, program)):
            ratio, own = pairing.ratio, pairing.program
            bar = f"1,000 pipelines, CPU, {form}: at most 3 times the limit's"
            bars.append((bar, f"{ratio:.1f}", ratio <= 3))
            measured = f"{_time(own.wall)} of {_time(own.cpu)}"
            bars.append((f"1,000 pipelines, {form}: wall time below CPU time", measured, own.wall < own.cpu))
        bars += _flat_bars(rows, program)
        if pairing := found.get((10000, program)):
            own = pairing.program
            bars.append((f"10,000 pipelines, {form}: under 10 s", _time(own.wall), own.wall < 10))
            bars.append((f"10,000 pipelines, {form}: at most 450 MiB", f"{own.peak_mib:,.0f} MiB", own.peak_mib <= 450))
    if unchanged:
        written = sum(each.written for each in unchanged)
        bars.append(("a run that changes nothing writes nothing", f"{written} files", written == 0))
    for each in views:
        if most := VIEW_BARS.get(each.size):
            wall = each.medians.wall
            what = "one pipeline" if each.size == 1 else f"{each.size:,} pipelines"
            bars.append((f"{what}, `{each.command}`: at most {_time(most)}", _time(wall), wall <= most))
    lines = ["| bar | measured | met |", "| --- | ---: | --- |"]
    lines += [f"| {bar} | {measured} | {'yes' if met else '**no**'} |" for bar, measured, met in bars]
    return "\n".join(lines) if bars else ""


def _flat_bars(rows: list[Row], program: str) -> list[tuple[str, str, bool]]:
    """Time and memory per pipeline, the largest size against 100."""
    own = {row.size: row.pairing.program for row in rows if row.program == program and row.size >= 100}
    if 100 not in own or len(own) < 2:
        return []
    size = max(own)
    bars = []
    for what, key in (("CPU", "cpu"), ("memory", "peak_mib")):
        growth = getattr(own[size], key) / size / (getattr(own[100], key) / 100)
        bar = f"{what} per pipeline, {program.removeprefix('dorc ')}: {size:,} pipelines over 100, at most {FLAT}"
        bars.append((bar, f"{growth:.2f}", growth <= FLAT))
    return bars


def _time(seconds: float) -> str:
    if seconds >= 1:
        return f"{seconds:.2f} s"
    return f"{seconds * 1e3:.1f} ms" if seconds >= 0.001 else f"{seconds * 1e6:.0f} µs"
