"""`dorc-synth_VERSION_ARCHITECTURE.deb`, by dpkg-deb. The program is static: the package depends on nothing."""

from __future__ import annotations

import os
import subprocess
import tempfile
from email.utils import formatdate
from pathlib import Path

from archive import compressed
from release import DESCRIPTION, HOMEPAGE, Release, text

MAINTAINER = "The authors of dorc <dorc@example.org>"
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}

CONTROL = """\
Package: dorc-synth
Version: {version}
Architecture: {architecture}
Maintainer: {maintainer}
Installed-Size: {size}
Recommends: python3 (>= 3.10)
Suggests: awscli, docker-cli
Section: utils
Priority: optional
Homepage: {homepage}
Description: serverless data pipelines on AWS, from a few lines of YAML
 {description}
 It runs offline and needs no AWS account.
"""

COPYRIGHT = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: dorc
Source: {homepage}

Files: *
Copyright: 2026 the authors of dorc
License: MIT
{license}

What is linked into the program, with its licences, is in THIRD_PARTY.md beside this file.
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
    control = CONTROL.format(
        version=release.version, architecture=architecture, maintainer=MAINTAINER, size=size, homepage=HOMEPAGE,
        description=DESCRIPTION)
    name = f"dorc-synth_{release.version}_{architecture}.deb"
    with tempfile.TemporaryDirectory() as temporary:
        root, package = Path(temporary) / "root", Path(temporary) / name
        for path, (content, mode) in (files | {"DEBIAN/control": (control.encode(), 0o644)}).items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            target.chmod(mode)
        for folder in [root, *(path for path in root.rglob("*") if path.is_dir())]:
            folder.chmod(0o755)
        subprocess.run(
            ["dpkg-deb", "--root-owner-group", "--build", root, package], check=True, stdout=subprocess.DEVNULL,
            env={**os.environ, "SOURCE_DATE_EPOCH": str(release.time)})
        return {name: package.read_bytes()}


def _files(release: Release) -> dict[str, tuple[bytes, int]]:
    documents = "usr/share/doc/dorc-synth"
    # DEP-5: the text of a licence is indented, and an empty line is a dot.
    license_text = "\n".join(f" {line}" if line else " ." for line in text("LICENSE").decode().splitlines()[4:])
    plain = {
        "usr/share/man/man1/dorc-synth.1.gz": compressed(release.manual),
        "usr/share/bash-completion/completions/dorc-synth": release.completions["bash"],
        "usr/share/zsh/vendor-completions/_dorc-synth": release.completions["zsh"],
        "usr/share/fish/vendor_completions.d/dorc-synth.fish": release.completions["fish"],
        f"{documents}/copyright": COPYRIGHT.format(homepage=HOMEPAGE, license=license_text).encode(),
        f"{documents}/THIRD_PARTY.md": text("packaging/THIRD_PARTY.md"),
        f"{documents}/CHANGELOG.md.gz": compressed(text("CHANGELOG.md")),
        f"{documents}/changelog.gz": compressed(CHANGELOG.format(
            version=release.version, maintainer=MAINTAINER, date=formatdate(release.time)).encode()),
    }
    files = {path: (content, 0o644) for path, content in plain.items()}
    files["usr/bin/dorc-synth"] = (release.bytes, 0o755)
    return files
