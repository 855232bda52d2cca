"""Times whole processes, alone or in pairs with the physical limit."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Callable


@dataclass(frozen=True)
class Sample:
    wall: float
    cpu: float
    peak_mib: float


@dataclass(frozen=True)
class Medians:
    wall: float
    cpu: float
    peak_mib: float
    runs: int

    @classmethod
    def of(cls, samples: list[Sample]) -> Medians:
        wall, cpu, peak = (statistics.median(getattr(s, key) for s in samples) for key in ("wall", "cpu", "peak_mib"))
        return cls(wall, cpu, peak, len(samples))


@dataclass(frozen=True)
class Pairing:
    """A program's runs and the limit's, taken in turns; `ratio` is the median of the ratios of CPU within a turn."""

    limit: Medians
    program: Medians
    ratio: float


class Measure:
    def __init__(self, helper: Path, rounds: int, seconds: float):
        self.helper, self.rounds, self.seconds = helper, rounds, seconds

    def run(self, command: list[str]) -> Sample:
        os.sync()  # the writes of the run before must not be paid in this one
        done = subprocess.run([self.helper, *command], capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{' '.join(map(str, command))}\nended with {done.returncode}: {done.stderr.strip()}")
        wall, cpu, peak = done.stdout.split()
        return Sample(float(wall), float(cpu), int(peak) / 1024)

    def alone(self, command: list[str]) -> Medians:
        """After a run that warms up."""
        self.run(command)
        return Medians.of([self.run(command) for _ in range(self.rounds)])

    def pair(self, limit: Callable[[int], list[str]], program: Callable[[int], list[str]]) -> Pairing:
        """Takes the commands of each round, A B A B, until the rounds or the seconds are used up."""
        samples, start = [], time.monotonic()
        for turn in range(self.rounds):
            if samples and time.monotonic() - start > self.seconds:
                break
            samples.append((self.run(limit(turn)), self.run(program(turn))))
        ratio = statistics.median(other.cpu / max(base.cpu, 1e-6) for base, other in samples)
        return Pairing(Medians.of([a for a, _ in samples]), Medians.of([b for _, b in samples]), ratio)
