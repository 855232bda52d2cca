"""`dorc_synth-VERSION-py3-none-PLATFORM.whl`: the program for pip, pipx and uv, with no Python inside.

The format is that of packaging.python.org, "Binary distribution format" (PEP 427): the program goes into `bin` of the environment,
the manual and the completions into `share`. PEP 639 says where the licences are, PEP 770 where the bill of materials.
"""

from __future__ import annotations

import base64
import hashlib
import io
import time
import zipfile

import linkage
import readme
import sbom
from release import DESCRIPTION, OLDEST_PYTHON, Release

METADATA = """\
Metadata-Version: 2.4
Name: dorc-synth
Version: {version}
Summary: {description}
{urls}License-Expression: {licence}
{files}Requires-Python: >={python}
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


# Where the clock of zip files begins: 1980.
EARLIEST = 315_532_800
def metadata(release: Release) -> bytes:
    urls = ""
    if release.homepage:
        urls = f"Project-URL: Repository, {release.homepage}\nProject-URL: Changelog, {release.pages}/CHANGELOG.md\n"
    fields = METADATA.format(
        version=release.version, description=DESCRIPTION, urls=urls, licence=release.licence,
        files="".join(f"License-File: {name}\n" for name in release.licences), python=OLDEST_PYTHON,
        requirement=release.run_requirement)
    return fields.encode() + readme.page(release)


def tags(release: Release) -> list[str]:
    """A static program needs no libc: it is for every Linux. PEP 600 and PEP 656 say what the names mean."""
    if release.system == "macos":
        oldest = linkage.oldest_macos(release.program).replace(".", "_")
        return [f"macosx_{oldest}_{'arm64' if release.machine == 'aarch64' else release.machine}"]
    return [f"{libc}_{release.machine}" for libc in ("manylinux_2_17", "manylinux2014", "musllinux_1_1")]


def make(release: Release) -> dict[str, bytes]:
    stem = f"dorc_synth-{release.version}"
    platforms = tags(release)
    wheel = WHEEL + "".join(f"Tag: py3-none-{platform}\n" for platform in platforms)
    data, info = f"{stem}.data", f"{stem}.dist-info"
    files = {
        f"{data}/scripts/dorc-synth": (release.bytes, 0o755),
        f"{data}/data/share/man/man1/dorc-synth.1": (release.manual, 0o644),
        f"{data}/data/share/bash-completion/completions/dorc-synth": (release.completions["bash"], 0o644),
        f"{data}/data/share/zsh/site-functions/_dorc-synth": (release.completions["zsh"], 0o644),
        f"{data}/data/share/fish/vendor_completions.d/dorc-synth.fish": (release.completions["fish"], 0o644),
        f"{info}/METADATA": (metadata(release), 0o644),
        f"{info}/WHEEL": (wheel.encode(), 0o644),
        f"{info}/sboms/dorc-synth.cdx.json": (sbom.document(release), 0o644),
    }
    files |= {f"{info}/licenses/{name}": (content, 0o644) for name, content in release.licences.items()}
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
            entry = zipfile.ZipInfo(path, time.gmtime(max(seconds, EARLIEST))[:6])
            entry.create_system = 3
            entry.external_attr = (0o100000 | mode) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content, compresslevel=9)
    return buffer.getvalue()
