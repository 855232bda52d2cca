"""Counts the instructions of a process with valgrind's callgrind, by function.

They do not depend on the machine or its load. The SHA-256 of the functions' code is told apart: valgrind's processor has no
instructions for it, which real ones have had for years.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

SHA256 = re.compile(r"_*(nettle_)?sha256_")


@dataclass(frozen=True)
class Instructions:
    total: int
    sha256: int

    @property
    def own(self) -> int:
        return self.total - self.sha256


def is_available() -> bool:
    return shutil.which("valgrind") is not None


def count(command: list[str], record: Path) -> Instructions:
    """Leaves callgrind's own file at `record`, for callgrind_annotate."""
    done = subprocess.run(
        ["valgrind", "--tool=callgrind", f"--callgrind-out-file={record}", *command], capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(f"valgrind {' '.join(map(str, command))}\nended with {done.returncode}: {done.stderr.strip()}")
    functions = by_function(record)
    return Instructions(
        sum(functions.values()), sum(cost for name, cost in functions.items() if SHA256.match(name))
    )


def by_function(record: Path) -> Counter[str]:
    """What each function did itself. The file's format: valgrind's manual, "Callgrind Format Specification"."""
    names: dict[str, str] = {}
    found: Counter[str] = Counter()
    name, is_call = "", False
    with record.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if line.startswith("fn="):
                number, _, text = line[3:].rstrip("\n").partition(" ")
                # A name is written in full the first time, also as the callee of a call.
                name = names.setdefault(number, text) if text else names.get(number, number)
            elif line.startswith("cfn="):
                number, _, text = line[4:].rstrip("\n").partition(" ")
                if text:
                    names.setdefault(number, text)
            elif line.startswith("calls="):
                # The next line is what the callee did.
                is_call = True
            elif line[0] in "0123456789+-*":
                if not is_call:
                    found[name] += int(line.split()[1])
                is_call = False
    return found
