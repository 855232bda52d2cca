"""`dorc_synth-VERSION-py3-none-PLATFORM.whl`: the program for pip, pipx and uv, with no Python inside.

The format is that of packaging.python.org, "Binary distribution format": the program goes into `bin` of the environment, the
manual and the completions into `share`.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
import time
import zipfile

from release import DESCRIPTION, HOMEPAGE, Release, text

METADATA = """\
Metadata-Version: 2.4
Name: dorc-synth
Version: {version}
Summary: {description}
Home-page: {homepage}
License-Expression: MIT
License-File: LICENSE
License-File: THIRD_PARTY.md
Keywords: aws,step functions,lambda,data pipelines,cloudformation
Classifier: Environment :: Console
Classifier: Operating System :: MacOS
Classifier: Operating System :: POSIX :: Linux
Classifier: Topic :: Software Development :: Build Tools
Provides-Extra: run
Requires-Dist: {requirement}; extra == 'run'
Description-Content-Type: text/markdown

"""

WHEEL = """\
Wheel-Version: 1.0
Generator: dorc
Root-Is-Purelib: false
"""


def page() -> bytes:
    """The README for PyPI, which has no other file of the repository: its links and pictures lead to GitHub."""
    readme = text("README.md").decode()
    raw = HOMEPAGE.replace("github.com", "raw.githubusercontent.com")
    readme = re.sub(r"(!\[[^]]*\]\()(?!https:)", rf"\1{raw}/main/", readme)
    return re.sub(r"(?<!!)(\[[^]]*\]\()(?!https:|#)", rf"\1{HOMEPAGE}/blob/main/", readme).encode()


def tags(release: Release) -> list[str]:
    """A static program needs no libc: it is for every Linux. PEP 600 and PEP 656 say what the names mean."""
    if release.system == "macos":
        return [f"macosx_13_0_{'arm64' if release.machine == 'aarch64' else release.machine}"]
    return [f"{libc}_{release.machine}" for libc in ("manylinux_2_17", "manylinux2014", "musllinux_1_1")]


def make(release: Release) -> dict[str, bytes]:
    stem = f"dorc_synth-{release.version}"
    platforms = tags(release)
    metadata = METADATA.format(
        version=release.version, description=DESCRIPTION, homepage=HOMEPAGE, requirement=release.run_requirement)
    wheel = WHEEL + "".join(f"Tag: py3-none-{platform}\n" for platform in platforms)
    data, info = f"{stem}.data", f"{stem}.dist-info"
    files = {
        f"{data}/scripts/dorc-synth": (release.bytes, 0o755),
        f"{data}/data/share/man/man1/dorc-synth.1": (release.manual, 0o644),
        f"{data}/data/share/bash-completion/completions/dorc-synth": (release.completions["bash"], 0o644),
        f"{data}/data/share/zsh/site-functions/_dorc-synth": (release.completions["zsh"], 0o644),
        f"{data}/data/share/fish/vendor_completions.d/dorc-synth.fish": (release.completions["fish"], 0o644),
        f"{info}/METADATA": ((metadata.encode() + page()), 0o644),
        f"{info}/WHEEL": (wheel.encode(), 0o644),
        f"{info}/licenses/LICENSE": (text("LICENSE"), 0o644),
        f"{info}/licenses/THIRD_PARTY.md": (text("packaging/THIRD_PARTY.md"), 0o644),
    }
    record = f"{info}/RECORD"
    lines = [f"{path},{_digest(content)},{len(content)}" for path, (content, _) in files.items()] + [f"{record},,"]
    files[record] = ("".join(f"{line}\n" for line in lines).encode(), 0o644)
    return {f"{stem}-py3-none-{'.'.join(platforms)}.whl": _zip(files, release.time)}


def _digest(content: bytes) -> str:
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()


def _zip(files: dict[str, tuple[bytes, int]], seconds: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, (content, mode) in files.items():
            entry = zipfile.ZipInfo(path, time.gmtime(seconds)[:6])
            entry.create_system = 3
            entry.external_attr = (0o100000 | mode) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content, compresslevel=9)
    return buffer.getvalue()
