"""A release: what the build made, and all that goes beside the program into every package."""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DESCRIPTION = "Turns a folder of Python functions and short YAML files into serverless data pipelines on AWS."
# The oldest Python that runs pipelines: Sources/DorcRunner/EmbeddedRunner.swift.
OLDEST_PYTHON = "3.10"
# What `dorc-synth run` needs beside Python: the pin of the tests.
RUN_REQUIREMENT = re.compile(r"^jsonata-python==(\S+)", re.MULTILINE)


@dataclass(frozen=True)
class Release:
    """The program, and where the tool is that writes its manual."""

    program: Path
    manual_tool: Path

    def _says(self, *words: str) -> str:
        return subprocess.run([self.program, *words], check=True, capture_output=True, text=True).stdout

    @cached_property
    def version(self) -> str:
        match = re.match(r"dorc-synth (\d+\.\d+\.\d+) ", self._says("--version"))
        if match is None:
            sys.exit("`--version` of the program does not begin with its name and version")
        return match[1]

    @cached_property
    def time(self) -> int:
        """In seconds since 1970: the time of every file in a package, so that two builds are equal. It is that of the commit, or
        what SOURCE_DATE_EPOCH says (reproducible-builds.org/specs/source-date-epoch)."""
        return int(os.environ.get("SOURCE_DATE_EPOCH") or git("show", "-s", "--format=%ct", "HEAD"))

    @property
    def date(self) -> str:
        return datetime.fromtimestamp(self.time, timezone.utc).strftime("%Y-%m-%d")

    @property
    def homepage(self) -> str | None:
        """Of the repository that releases, as `make dist HOMEPAGE=...` or GitHub says it. A build that nobody releases has none."""
        return os.environ.get("HOMEPAGE") or None

    @property
    def maintainer(self) -> str:
        """Who answers for the Debian package, as `Name <address>`: the field is mandatory."""
        return os.environ.get("MAINTAINER") or "Local build of dorc <root@localhost>"

    @property
    def pages(self) -> str | None:
        """Where the files of this version are shown."""
        return self.homepage and f"{self.homepage}/blob/v{self.version}"

    @property
    def licence(self) -> str:
        """Of all that is in the program, as an expression of SPDX: packaging/THIRD_PARTY.md says which part is under which."""
        parts = ["MIT", "Apache-2.0 WITH Swift-exception", "(LGPL-3.0-or-later OR GPL-2.0-or-later)"]
        return " AND ".join(parts + (["LGPL-2.1-or-later"] if self.system == "linux" else []))

    @cached_property
    def licences(self) -> dict[str, bytes]:
        """The texts that have to go with the program, by name."""
        files = {"LICENSE": text("LICENSE"), "THIRD_PARTY.md": text("packaging/THIRD_PARTY.md")}
        return files | {path.name: path.read_bytes() for path in sorted((ROOT / "packaging/licenses").iterdir())}

    @property
    def system(self) -> str:
        return {"Darwin": "macos", "Linux": "linux"}[platform.system()]

    @property
    def machine(self) -> str:
        return {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine().lower())

    @cached_property
    def bytes(self) -> bytes:
        return self.program.read_bytes()

    @cached_property
    def manual(self) -> bytes:
        """In mdoc, by ArgumentParser's own tool."""
        folder = self.program.parent / "manual"
        folder.mkdir(exist_ok=True)
        subprocess.run(
            [self.manual_tool, self.program, "--date", self.date, "--output-directory", folder],
            check=True, stdout=subprocess.DEVNULL)
        # mdoc has a macro for an empty line.
        return re.sub(rb"^\n", b".Pp\n", (folder / "dorc-synth.1").read_bytes(), flags=re.MULTILINE)

    @cached_property
    def completions(self) -> dict[str, bytes]:
        """By shell."""
        scripts = {shell: self._says("--generate-completion-script", shell) for shell in ("bash", "zsh", "fish")}
        # A shell reads them, and runs none.
        return {shell: re.sub(r"\A#!.*\n", "", script).encode() for shell, script in scripts.items()}

    @cached_property
    def run_requirement(self) -> str:
        pins = (ROOT / "Tests/Python/requirements.txt").read_text()
        match = RUN_REQUIREMENT.search(pins)
        if match is None:
            sys.exit("Tests/Python/requirements.txt does not pin jsonata-python")
        return f"jsonata-python>={match[1]}"

    @cached_property
    def swift_packages(self) -> list[dict]:
        """As Package.resolved has them: identity, location, and state with version and revision."""
        return json.loads((ROOT / "Package.resolved").read_text())["pins"]


def text(name: str) -> bytes:
    return (ROOT / name).read_bytes()


def git(*words: str) -> str:
    result = subprocess.run(["git", "-C", ROOT, *words], check=False, capture_output=True, text=True)
    if result.returncode:
        sys.exit(f"packages are made in a clone of the repository: {result.stderr.strip()}")
    return result.stdout.strip()
