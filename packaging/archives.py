"""Makes a folder with pkg-config files that link libyaml and nettle from their archives, as Homebrew has them beside the dylibs.

    python packaging/archives.py FOLDER
    PKG_CONFIG_PATH=FOLDER swift build

A linker takes a dylib where it finds one. So each file names a folder that has the archive and nothing else.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

# By pkg-config's name.
ARCHIVES = {"yaml-0.1": "libyaml.a", "nettle": "libnettle.a"}

FILE = """\
Name: {name}
Description: {archive} alone
Version: {version}
Cflags: {flags}
Libs: -L{folder} -l{library}
"""


def main(folder: str) -> None:
    target = Path(folder).resolve()
    (target / "lib").mkdir(parents=True, exist_ok=True)
    for name, archive in ARCHIVES.items():
        found = Path(_pkg_config("--variable=libdir", name)) / archive
        if not found.is_file():
            sys.exit(f"there is no {found}: the package of {name} has no archive to link")
        shutil.copyfile(found, target / "lib" / archive)
        (target / f"{name}.pc").write_text(FILE.format(
            name=name, archive=archive, version=_pkg_config("--modversion", name), flags=_pkg_config("--cflags", name),
            folder=str(target / "lib").replace(" ", "\\ "), library=archive.removeprefix("lib").removesuffix(".a")))


def _pkg_config(*words: str) -> str:
    return subprocess.run(["pkg-config", *words], check=True, capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
