"""What a run writes into the folders of its functions.

On Lambda they are read-only: a handler that writes there passes here and fails there.
"""

from __future__ import annotations

import os
from pathlib import Path

# Of a folder with more files, only so many are looked at.
MOST = 5000
# What Python and tools put there by themselves.
OTHERS = ("__pycache__", ".pytest_cache", ".ipynb_checkpoints", ".git", ".venv")

Contents = dict[str, tuple[int, int]]


def contents(folder: Path) -> Contents:
    """Time and size of each file."""
    found: Contents = {}
    for inner, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in OTHERS)
        for name in sorted(names):
            path = os.path.join(inner, name)
            try:
                status = os.lstat(path)
            except OSError:
                continue
            found[os.path.relpath(path, folder)] = status.st_mtime_ns, status.st_size
            if len(found) >= MOST:
                return found
    return found


def written(folder: Path, before: Contents) -> list[str]:
    """New and changed files since then."""
    return [name for name, status in contents(folder).items() if before.get(name) != status] if len(before) < MOST else []
