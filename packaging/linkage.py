"""What a program needs from the machine that it runs on: nothing on Linux, the system's own libraries on macOS."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

# Of macOS itself: Homebrew's and everybody else's are elsewhere.
SYSTEM = ("/usr/lib/", "/System/Library/")


def strangers(program: Path) -> list[str]:
    """What a user may not have."""
    with program.open("rb") as file:
        if file.read(4) == b"\x7fELF":
            file.seek(0)
            return interpreters(file.read())
    return strange(_output("otool", "-L", program))


def interpreters(elf: bytes) -> list[str]:
    """The dynamic loader, which only a program with shared objects names (ELF-64, program headers of type PT_INTERP)."""
    start = int.from_bytes(elf[0x20:0x28], "little")
    size, count = (int.from_bytes(elf[at : at + 2], "little") for at in (0x36, 0x38))
    found = []
    for header in (elf[start + size * index :][:size] for index in range(count)):
        kind, offset, length = (int.from_bytes(header[at : at + width], "little") for at, width in ((0, 4), (8, 8), (32, 8)))
        if kind == 3:
            found.append(elf[offset : offset + length].rstrip(b"\0").decode())
    return found


def strange(told: str) -> list[str]:
    """Of what `otool -L` tells: the program, and a line with a tab for each library."""
    libraries = re.findall(r"^\t(.+?) \(compatibility version", told, re.MULTILINE)
    if not libraries:
        raise ValueError(f"`otool -L` told no library: {told}")
    return [library for library in libraries if not library.startswith(SYSTEM)]


def oldest_macos(program: Path) -> str:
    return oldest(_output("otool", "-l", program))


def oldest(told: str) -> str:
    """Of what `otool -l` tells: `minos` of the load command LC_BUILD_VERSION."""
    match = re.search(r"^ *minos (\d+\.\d+)$", told, re.MULTILINE)
    if match is None:
        raise ValueError("`otool -l` does not tell for which macOS the program was built")
    return match[1]


def _output(*words: str | Path) -> str:
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout
