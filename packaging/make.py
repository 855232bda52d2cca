"""Makes every package of a release from one program: `make dist` calls it.

    python packaging/make.py PROGRAM MANUAL_TOOL FOLDER

Variables: HOMEPAGE, the address of the repository, without which no package names one; MAINTAINER, `Name <address>` for the Debian
package; SOURCE_DATE_EPOCH, the time of the files instead of the commit's.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path

import debian
import linkage
import sbom
import tarball
import wheel
from release import Release


def main(program: str, manual_tool: str, folder: str) -> None:
    release = Release(Path(program).resolve(), Path(manual_tool).resolve())
    if strangers := linkage.strangers(release.program):
        sys.exit(f"the program needs what its users may not have: {', '.join(strangers)}")
    files = tarball.make(release) | wheel.make(release) | sbom.make(release)
    if shutil.which("dpkg-deb"):
        files |= debian.make(release)
    sums = "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    files["SHA256SUMS"] = sums.encode()
    target = Path(folder)
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for name, content in sorted(files.items()):
        (target / name).write_bytes(content)
        print(f"{len(content):>12,}  {target / name}")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
