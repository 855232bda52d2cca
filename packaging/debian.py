"""`dorc-synth_VERSION_ARCHITECTURE.deb`, by dpkg-deb. The program is static: the package depends on nothing."""

from __future__ import annotations

import hashlib
import os
import subprocess
import tempfile
import textwrap
from email.utils import formatdate
from pathlib import Path

from archive import compressed
from release import DESCRIPTION, OLDEST_PYTHON, Release, text

ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}

CONTROL = """\
Package: dorc-synth
Version: {version}
Architecture: {architecture}
Maintainer: {maintainer}
Installed-Size: {size}
Recommends: python3 (>= {python})
Suggests: awscli, docker-cli | docker.io | docker-ce-cli
Section: utils
Priority: optional
{homepage}Description: serverless data pipelines on AWS, from a few lines of YAML
{description}
 It runs offline and needs no AWS account.
"""

COPYRIGHT = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: dorc
{source}Comment:
 The program has libraries linked in: THIRD_PARTY.md beside this file says which,
 under which licences. The texts of LGPL-3, LGPL-2.1 and GPL-3 are in
 /usr/share/common-licenses.

Files: *
Copyright: 2026 the authors of dorc
License: MIT
{license}
"""

CHANGELOG = """\
dorc-synth ({version}) unstable; urgency=medium

  * See CHANGELOG.md.gz.

 -- {maintainer}  {date}
"""


def make(release: Release) -> dict[str, bytes]:
    architecture = ARCHITECTURES.get(release.machine, release.machine)
    files = _files(release)
    size = sum(-(-len(content) // 1024) for content, _ in files.values())
    homepage = f"Homepage: {release.homepage}\n" if release.homepage else ""
    control = CONTROL.format(
        version=release.version, architecture=architecture, maintainer=release.maintainer, size=size, homepage=homepage,
        description=textwrap.indent(textwrap.fill(DESCRIPTION, 78), " "), python=OLDEST_PYTHON)
    sums = "".join(
        f"{hashlib.md5(content, usedforsecurity=False).hexdigest()}  {path}\n"
        for path, (content, _) in sorted(files.items()))
    files |= {"DEBIAN/control": (control.encode(), 0o644), "DEBIAN/md5sums": (sums.encode(), 0o644)}
    name = f"dorc-synth_{release.version}_{architecture}.deb"
    with tempfile.TemporaryDirectory() as temporary:
        root, package = Path(temporary) / "root", Path(temporary) / name
        for path, (content, mode) in files.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            target.chmod(mode)
        for folder in [root, *(path for path in root.rglob("*") if path.is_dir())]:
            folder.chmod(0o755)
        # One thread: how many there are decides where xz begins its blocks.
        subprocess.run(
            ["dpkg-deb", "--root-owner-group", "--build", root, package], check=True, stdout=subprocess.DEVNULL,
            env={**os.environ, "SOURCE_DATE_EPOCH": str(release.time), "DPKG_DEB_THREADS_MAX": "1"})
        return {name: package.read_bytes()}


def _files(release: Release) -> dict[str, tuple[bytes, int]]:
    documents = "usr/share/doc/dorc-synth"
    # DEP-5: the text of a licence is indented, and an empty line is a dot.
    license_text = "\n".join(f" {line}" if line else " ." for line in text("LICENSE").decode().splitlines()[4:])
    source = f"Source: {release.homepage}\n" if release.homepage else ""
    plain = {
        "usr/share/man/man1/dorc-synth.1.gz": compressed(release.manual),
        "usr/share/bash-completion/completions/dorc-synth": release.completions["bash"],
        "usr/share/zsh/vendor-completions/_dorc-synth": release.completions["zsh"],
        "usr/share/fish/vendor_completions.d/dorc-synth.fish": release.completions["fish"],
        f"{documents}/copyright": COPYRIGHT.format(source=source, license=license_text).encode(),
        f"{documents}/THIRD_PARTY.md": text("packaging/THIRD_PARTY.md"),
        f"{documents}/CHANGELOG.md.gz": compressed(text("CHANGELOG.md")),
        # Without a revision of Debian's the package is a native one, whose changelog has this name (Debian Policy, 12.7).
        f"{documents}/changelog.gz": compressed(CHANGELOG.format(
            version=release.version, maintainer=release.maintainer, date=formatdate(release.time)).encode()),
    }
    files = {path: (content, 0o644) for path, content in plain.items()}
    files["usr/bin/dorc-synth"] = (release.bytes, 0o755)
    return files
