"""Runs the compiled program, and makes config repositories for it to read.

The program is the repository's debug build, or what the environment variable DORC_SYNTH names.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

import cases

ROOT = Path(__file__).resolve().parent.parent.parent
REFERENCE = cases.CASES / "reference" / "config"
# Far more than any run takes: who gets there hangs.
PATIENCE = 60
# What the caller's own environment would change.
PRIVATE = ("CONFIG_REPO_PATH", "NO_COLOR", "TERM", "LC_ALL", "LANG", "TZ")


@dataclass(frozen=True)
class Program:
    path: str

    def command(self, *arguments) -> list[str]:
        return [self.path, *map(str, arguments)]

    def run(self, *arguments, env=(), patience=PATIENCE, **options) -> subprocess.CompletedProcess:
        return subprocess.run(
            self.command(*arguments),
            **{"stdin": subprocess.DEVNULL, "capture_output": True, "encoding": "utf-8", "timeout": patience}
            | {"env": environment(env)}
            | options,
        )

    def start(self, *arguments, env=(), **options) -> subprocess.Popen:
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.Popen(self.command(*arguments), env=environment(env), **quiet | options)

    def succeed(self, *arguments, **options) -> subprocess.CompletedProcess:
        result = self.run(*arguments, **options)
        assert result.returncode == 0, describe(result)
        return result

    def fail(self, *arguments, code=1, **options) -> subprocess.CompletedProcess:
        result = self.run(*arguments, **options)
        assert result.returncode == code, describe(result)
        return result

    def diagnostics(self, *arguments, **options) -> list[dict]:
        return json.loads(self.run(*arguments, "--diagnostics-format", "json", **options).stdout)


def find() -> Program:
    path = Path(os.environ.get("DORC_SYNTH") or ROOT / ".build" / "debug" / "dorc-synth")
    if not os.access(path, os.X_OK):
        raise FileNotFoundError(f"there is no program at {path}: build it, or name it in DORC_SYNTH")
    return Program(str(path.absolute()))


def let_children_be_interrupted() -> None:
    """A job in the background of a script ignores SIGINT, and so do all processes that it starts: tests that interrupt
    one would wait for nothing. Where this process has a handler, its children begin with the default again."""
    for each in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP, signal.SIGTERM):
        if signal.getsignal(each) is signal.SIG_IGN:
            signal.signal(each, lambda *_: None)


def environment(changes=()) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in PRIVATE} | dict(changes)


def describe(result) -> str:
    return f"exit code {result.returncode} of {result.args}\n{result.stdout[-3000:]}\n{result.stderr[-3000:]}"


# Config repositories


def copy_reference(root: Path) -> Path:
    shutil.copytree(REFERENCE, root, ignore=shutil.ignore_patterns("__pycache__"))
    return root


def write_files(root: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def make_repository(root: Path, pipelines: dict[str, str], project="acme", extra="", environments="{dev: {notifications: {}}}") -> Path:
    """`pipelines`: `layer/pipeline` and its pipeline.yaml; each has a function `f`."""
    files = {
        "dorc.yaml": f"project: {project}\nregion: eu-west-2\nenvironments: {environments}\n{extra}",
        "Dockerfile": "FROM scratch\n",
    }
    for name, definition in pipelines.items():
        files[f"src/{name}/pipeline.yaml"] = definition
        files[f"src/{name}/f/lambda.py"] = "def handler(event, context):\n    return event\n"
    return write_files(root, files)


def make_project(root: Path, count: int, **options) -> Path:
    """`count` pipelines of one step each."""
    return make_repository(root, {f"raw/p{index:03}": "steps: [f]\n" for index in range(count)}, **options)


# Folders


def contents(folder: Path) -> dict[str, bytes | str | None]:
    """Every path below a folder: the bytes of a file, where a link leads, None for a folder."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = os.readlink(path)
        elif path.is_dir():
            found[name] = None
        else:
            found[name] = path.read_bytes() if path.is_file() else "special"
    return found


def identities(folder: Path) -> dict[str, tuple]:
    """The inode of every path below a folder, and of all but folders the time of the last change."""
    found = {}
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        is_folder = stat.S_ISDIR(status.st_mode)
        found[path.relative_to(folder).as_posix()] = (status.st_ino, 0 if is_folder else status.st_mtime_ns)
    return found


def state(folder: Path) -> tuple:
    """What must be equal where nothing was changed."""
    return contents(folder), identities(folder)


def different(left: dict, right: dict) -> list[str]:
    return sorted(name for name in left.keys() | right.keys() if left.get(name, "") != right.get(name, ""))
