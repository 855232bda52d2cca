"""Tar archives that depend on their content alone: no user, no clock, sorted."""

from __future__ import annotations

import gzip
import io
import tarfile


def compressed(content: bytes) -> bytes:
    """As `gzip -9n`."""
    return gzip.compress(content, 9, mtime=0)


def tar(files: dict[str, tuple[bytes, int]], time: int) -> bytes:
    """`files`: path -> content and mode."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for path, (content, mode) in sorted(files.items()):
            entry = tarfile.TarInfo(path)
            entry.size, entry.mode, entry.mtime = len(content), mode, time
            entry.uname = entry.gname = "root"
            archive.addfile(entry, io.BytesIO(content))
    return compressed(buffer.getvalue())
