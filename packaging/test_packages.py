"""What is in dist/, installed as its users install it: each package in an environment that has nothing else."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from email import message_from_bytes
from pathlib import Path

import linkage
import pytest
from packaging.metadata import Metadata
from release import ROOT

DIST = ROOT / "dist"
EXAMPLE = ROOT / "examples/census"
LICENCES = {"LICENSE", "THIRD_PARTY.md", "GPL-3.0.txt", "LGPL-2.1.txt", "LGPL-3.0.txt"}


def one(pattern: str) -> Path:
    found = sorted(DIST.glob(pattern))
    assert len(found) == 1, f"`make dist` first: there are {len(found)} files dist/{pattern}"
    return found[0]


def succeed(*words, **options) -> str:
    result = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False, **options)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def templates(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="session")
def expected(tmp_path_factory) -> dict[str, bytes]:
    """What the program that was packed makes of the example."""
    out = tmp_path_factory.mktemp("expected") / "out"
    succeed(ROOT / ".build/dorc-synth", out, "--config", EXAMPLE)
    return templates(out)


def test_the_checksums_are_those_of_all_files():
    lines = (DIST / "SHA256SUMS").read_text().splitlines()
    sums = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert set(sums) == {path.name for path in DIST.iterdir()} - {"SHA256SUMS"}
    for name, digest in sums.items():
        assert hashlib.sha256((DIST / name).read_bytes()).hexdigest() == digest


def test_two_runs_make_the_same_bytes(tmp_path):
    succeed(
        sys.executable, "-B", ROOT / "packaging/make.py", ROOT / ".build/dorc-synth",
        ROOT / ".build/release/generate-manual", tmp_path / "dist")
    assert templates(tmp_path / "dist") == templates(DIST)


def test_the_tarball_runs_where_it_is_unpacked(tmp_path, expected):
    with tarfile.open(one("dorc-synth-*.tar.gz")) as archive:
        archive.extractall(tmp_path, filter="data")
    (folder,) = tmp_path.iterdir()
    assert {path.name for path in folder.iterdir()} >= {"dorc-synth", "README.md", "Package.resolved"} | LICENCES
    # Nothing of this machine is needed.
    succeed(folder / "dorc-synth", tmp_path / "out", "--config", EXAMPLE, env={})
    assert templates(tmp_path / "out") == expected


def test_the_source_has_the_versions_of_the_swift_packages():
    with tarfile.open(one("dorc-*-source.tar.gz")) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
        member = next(each for each in archive if each.name.endswith("/Package.resolved"))
        pins = json.load(archive.extractfile(member))["pins"]
    tracked = set(succeed("git", "-C", ROOT, "ls-files", "-z").split("\0")) - {""}
    assert names == {name for name in tracked if not (ROOT / name).is_symlink()} | {"Package.resolved"}
    assert {pin["identity"] for pin in pins} == {"swift-argument-parser", "swift-collections"}


def test_the_program_needs_nothing_of_the_machine():
    assert linkage.strangers(ROOT / ".build/dorc-synth") == []


def test_two_runs_give_the_same_bytes(tmp_path):
    succeed(
        sys.executable, "-B", ROOT / "packaging/make.py", ROOT / ".build/dorc-synth", ROOT / ".build/release/generate-manual",
        tmp_path / "dist")
    assert templates(tmp_path / "dist") == templates(DIST)


@pytest.fixture(scope="session")
def environment(tmp_path_factory) -> Path:
    """A fresh virtual environment with the wheel and its extra `run`."""
    folder = tmp_path_factory.mktemp("environment")
    succeed(sys.executable, "-m", "venv", folder)
    succeed(folder / "bin/pip", "install", "--quiet", "--disable-pip-version-check", f"{one('*.whl')}[run]")
    return folder


def test_the_wheel_runs_in_a_fresh_environment(environment, tmp_path, expected):
    succeed(environment / "bin/dorc-synth", tmp_path / "out", "--config", EXAMPLE)
    assert templates(tmp_path / "out") == expected


def test_the_wheel_runs_pipelines_with_the_python_that_it_is_installed_in(environment, tmp_path):
    shutil.copytree(ROOT / "examples/minimal", tmp_path / "minimal")
    variables = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    told = succeed(environment / "bin/dorc-synth", "test", "--config", tmp_path / "minimal", env=variables)
    assert "0 failed" in told


def test_the_wheel_brings_the_manual_and_the_completions(environment):
    assert (environment / "share/man/man1/dorc-synth.1").read_text().startswith('.\\"')
    for name in ("bash-completion/completions/dorc-synth", "zsh/site-functions/_dorc-synth"):
        assert "dorc-synth" in (environment / "share" / name).read_text()


def test_the_extra_brings_what_local_runs_need(environment):
    succeed(environment / "bin/python", "-c", "import jsonata")


def test_the_wheel_says_what_it_is():
    with zipfile.ZipFile(one("*.whl")) as archive:
        names = archive.namelist()
        written = archive.read(next(name for name in names if name.endswith("/METADATA")))
        wheel = message_from_bytes(archive.read(next(name for name in names if name.endswith("/WHEEL"))))
    # As PyPI reads it: a field that is newer than the version of the format is an error.
    read = Metadata.from_email(written)
    assert {str(path) for path in read.license_files} == LICENCES
    assert read.license_expression.startswith("MIT AND ") and str(read.requires_python) == ">=3.10"
    # PEP 639 and PEP 770: where the files are.
    inside = {name.partition(".dist-info/")[2] for name in names}
    assert inside >= {f"licenses/{name}" for name in LICENCES} | {"sboms/dorc-synth.cdx.json"}
    metadata = message_from_bytes(written)
    assert metadata["Name"] == "dorc-synth"
    assert metadata.get_all("Provides-Extra") == ["run"]
    assert metadata.get_payload().startswith("# dorc")
    # PEP 427: the tags of the name are those inside.
    platforms = one("*.whl").stem.split("-")[-1].split(".")
    assert wheel.get_all("Tag") == [f"py3-none-{platform}" for platform in platforms]


def test_pip_removes_all_of_it(environment, tmp_path):
    copy = tmp_path / "environment"
    succeed(sys.executable, "-m", "venv", copy)
    before = {path for path in copy.rglob("*") if "__pycache__" not in path.parts}
    succeed(copy / "bin/pip", "install", "--quiet", "--disable-pip-version-check", one("*.whl"))
    succeed(copy / "bin/pip", "uninstall", "--quiet", "--yes", "dorc-synth")
    left = {path for path in copy.rglob("*") if path.is_file() and "__pycache__" not in path.parts} - before
    assert left == set()


@pytest.fixture(scope="session")
def fresh_root(tmp_path_factory):
    """A Debian with nothing but its essential packages."""
    if os.getuid() != 0 or not shutil.which("debootstrap"):
        pytest.skip("needs root and debootstrap")
    root = tmp_path_factory.mktemp("debian")
    succeed("debootstrap", "--variant=minbase", "stable", root)
    # As in every container: Swift's runtime looks for its own file there when it starts, and gives up without it.
    try:
        succeed("mount", "-t", "proc", "proc", root / "proc")
        yield root
        succeed("umount", root / "proc")
    finally:
        if not (root / "proc").is_mount():
            shutil.rmtree(root, ignore_errors=True)


def test_the_debian_package_runs_in_a_fresh_root(fresh_root, expected):
    package = one("*.deb")
    shutil.copy(package, fresh_root / "tmp")
    shutil.copytree(EXAMPLE, fresh_root / "tmp/census")
    succeed("chroot", fresh_root, "dpkg", "--install", f"/tmp/{package.name}")
    succeed("chroot", fresh_root, "dorc-synth", "/tmp/out", "--config", "/tmp/census")
    assert templates(fresh_root / "tmp/out") == expected
    # The sums of the package are those of the files.
    assert succeed("chroot", fresh_root, "dpkg", "--verify", "dorc-synth") == ""
    succeed("chroot", fresh_root, "dpkg", "--purge", "dorc-synth")
    assert not (fresh_root / "usr/bin/dorc-synth").exists()


def test_the_debian_package_depends_on_nothing():
    if not shutil.which("dpkg-deb"):
        pytest.skip("needs dpkg-deb")
    fields = succeed("dpkg-deb", "--field", one("*.deb"))
    assert re.search(r"^Package: dorc-synth$", fields, re.MULTILINE)
    assert not re.search(r"^(Pre-)?Depends:", fields, re.MULTILINE)


def test_the_debian_package_is_what_the_policy_asks_for():
    if not shutil.which("dpkg-deb"):
        pytest.skip("needs dpkg-deb")
    found = subprocess.run(["dpkg-deb", "--fsys-tarfile", one("*.deb")], check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(found)) as archive:
        entries = {each.name.removeprefix("./"): each for each in archive}
        copyright = archive.extractfile(entries["usr/share/doc/dorc-synth/copyright"]).read().decode()
    assert {(each.uid, each.gid) for each in entries.values()} == {(0, 0)}
    assert {each.mode for each in entries.values() if each.isfile()} == {0o644, 0o755}
    assert entries["usr/bin/dorc-synth"].mode == 0o755
    assert {"usr/share/man/man1/dorc-synth.1.gz", "usr/share/doc/dorc-synth/changelog.gz"} <= entries.keys()
    # DEP-5: nothing but fields and the lines that they go on in.
    paragraphs = [message_from_bytes(each.encode()) for each in copyright.split("\n\n")]
    assert [set(each.keys()) >= {"Format"} or {"Files", "Copyright", "License"} <= set(each.keys()) for each in paragraphs] == [True, True]
    assert all(re.match(r"[A-Z][A-Za-z-]*: ?| \S", line) for line in copyright.splitlines() if line)
    described = succeed("dpkg-deb", "--field", one("*.deb"), "Description").splitlines()
    assert len(described[0]) <= 80 and all(len(line) <= 80 for line in described)


def test_the_bill_of_materials_names_every_package():
    document = json.loads(one("*.cdx.json").read_text())
    assert (document["bomFormat"], document["specVersion"]) == ("CycloneDX", "1.5")
    pins = {pin["identity"] for pin in json.loads((ROOT / "Package.resolved").read_text())["pins"]}
    components = {each["name"]: each for each in document["components"]}
    assert set(components) >= pins | {"libyaml", "nettle", "swift-runtime"}
    assert all(each["version"] and each["licenses"] for each in components.values())
    program = (ROOT / ".build/dorc-synth").read_bytes()
    assert document["metadata"]["component"]["hashes"][0]["content"] == hashlib.sha256(program).hexdigest()
