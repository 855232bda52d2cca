"""`dorc-synth-VERSION-MACHINE-SYSTEM.tar.gz`: to unpack anywhere."""

from __future__ import annotations

from archive import tar
from release import Release, text


def make(release: Release) -> dict[str, bytes]:
    name = f"dorc-synth-{release.version}-{release.machine}-{release.system}"
    plain = {
        "LICENSE": text("LICENSE"),
        "THIRD_PARTY.md": text("packaging/THIRD_PARTY.md"),
        "README.md": text("README.md"),
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
