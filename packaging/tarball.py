"""`dorc-synth-VERSION-MACHINE-SYSTEM.tar.gz`, to unpack anywhere, and `dorc-VERSION-source.tar.gz`, to build it again."""

from __future__ import annotations

import readme
from archive import tar
from release import ROOT, Release, git, text


def make(release: Release) -> dict[str, bytes]:
    return program(release) | source(release)


def program(release: Release) -> dict[str, bytes]:
    name = f"dorc-synth-{release.version}-{release.machine}-{release.system}"
    plain = release.licences | {
        "README.md": readme.page(release),
        "CHANGELOG.md": text("CHANGELOG.md"),
        "Package.resolved": text("Package.resolved"),
        "man/man1/dorc-synth.1": release.manual,
        "completions/dorc-synth.bash": release.completions["bash"],
        "completions/_dorc-synth": release.completions["zsh"],
        "completions/dorc-synth.fish": release.completions["fish"],
    }
    files = {f"{name}/{path}": (content, 0o644) for path, content in plain.items()}
    files[f"{name}/dorc-synth"] = (release.bytes, 0o755)
    return {f"{name}.tar.gz": tar(files, release.time)}


def source(release: Release) -> dict[str, bytes]:
    """What git has of this folder, with the versions of the Swift packages that the program was built from: git ignores that file."""
    name = f"dorc-{release.version}-source"
    files = {f"{name}/Package.resolved": (text("Package.resolved"), 0o644)}
    for path in git("ls-files", "-z").split("\0"):
        file = ROOT / path
        if path and file.is_file() and not file.is_symlink():
            files[f"{name}/{path}"] = (file.read_bytes(), 0o755 if file.stat().st_mode & 0o100 else 0o644)
    return {f"{name}.tar.gz": tar(files, release.time)}
