"""S3 as a folder: `DIR/<bucket>/<key>` (`--s3 DIR`)."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import os
import stat
import zlib
from pathlib import Path
from collections.abc import Iterator

from .errors import RunFailed, StateFailed
from .json_text import Json

READER_FAILED, WRITER_FAILED = "States.ItemReaderFailed", "States.ResultWriterFailed"
# Larger files are uploaded to S3 in parts of so many bytes: their ETag is not a digest of the content (AWS CLI, "multipart_threshold").
PART = 8 << 20


class Buckets:
    def __init__(self, folder: Path | None, step: str):
        if folder is None:
            raise RunFailed(
                f"`{step}` uses S3. Give a folder to use in its place, `--s3 DIR`: an object is the file DIR/<bucket>/<key>",
                step,
                "--s3 DIR",
            )
        self.folder = folder

    def path(self, bucket: str, key: str) -> Path:
        root = self.folder / bucket
        path = Path(os.path.normpath(root / key))
        if not bucket or "/" in bucket or bucket in (".", "..") or not (path == root or path.is_relative_to(root)):
            raise StateFailed(READER_FAILED, f"The key {key} of the bucket {bucket} is outside of {self.folder}")
        return path

    def list(self, bucket: str, prefix: str) -> Iterator[dict[str, Json]]:
        """By their keys' bytes, as S3 lists them; the fields are those of the guide's example ("ItemReader (Map)")."""
        root = self.path(bucket, "")
        if not root.is_dir():
            raise StateFailed(READER_FAILED, f"The specified bucket does not exist: there is no folder {root}")
        found = {path.relative_to(root).as_posix(): status for path, status in files(root)}
        for key in sorted((key for key in found if key.startswith(prefix)), key=os.fsencode):
            path, status = root / key, found[key]
            try:
                tag = etag(path, status)
            except OSError as problem:
                raise StateFailed(READER_FAILED, f"{path} cannot be read: {problem}") from None
            yield {
                "Etag": f'"{tag}"',
                "Key": key,
                "LastModified": int(status.st_mtime),
                "Size": status.st_size,
                "StorageClass": "STANDARD",
            }

    def read(self, bucket: str, key: str) -> str:
        path = self.path(bucket, key)
        try:
            data = path.read_bytes()
            return decompressed(path, data).decode("utf-8")
        except FileNotFoundError:
            raise StateFailed(READER_FAILED, f"The specified key does not exist: there is no file {path}") from None
        except (OSError, UnicodeDecodeError, EOFError, zlib.error) as problem:
            raise StateFailed(READER_FAILED, f"{path} cannot be read: {problem}") from None

    def write(self, bucket: str, key: str, text: str) -> int:
        """The number of bytes."""
        path = self.path(bucket, key)
        data = text.encode("utf-8", "surrogatepass")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except OSError as problem:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
            raise StateFailed(WRITER_FAILED, f"{path} cannot be written: {problem}") from None
        return len(data)


def files(root: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """All that are below a folder, through links too. A link that leads nowhere, or to a folder that it is in, is no object."""
    waiting: list[tuple[Path, frozenset[tuple[int, int]]]] = [(root, frozenset())]
    while waiting:
        folder, around = waiting.pop()
        try:
            status = folder.stat()
            place = (status.st_dev, status.st_ino)
            names = [] if place in around else os.listdir(folder)
        except OSError:
            continue
        for name in names:
            path = folder / name
            try:
                status = path.stat()
            except OSError:
                continue
            if stat.S_ISDIR(status.st_mode):
                waiting.append((path, around | {place}))
            elif stat.S_ISREG(status.st_mode):
                yield path, status


def etag(path: Path, status: os.stat_result) -> str:
    """Of a large file, it changes with the file, which nobody has to read for that."""
    if status.st_size > PART:
        digest = hashlib.md5(f"{status.st_size} {status.st_mtime_ns}".encode(), usedforsecurity=False)
        return f"{digest.hexdigest()}-{-(-status.st_size // PART)}"
    return hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()


def decompressed(path: Path, data: bytes) -> bytes:
    if path.suffix == ".gz":
        return gzip.decompress(data)
    if path.suffix != ".zst":
        return data
    try:
        from compression import zstd
    except ImportError:
        raise RunFailed(f"{path} is compressed by Zstandard, which Python reads from version 3.14 on: use that by `--python`, or gzip") from None
    try:
        return zstd.decompress(data)
    except zstd.ZstdError as problem:
        raise OSError(str(problem)) from None
