"""The action for GitHub, the project's own workflows and the hooks of pre-commit: what they call is there."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import documentation
import program
import pytest
import yaml

WORKFLOWS = sorted((program.ROOT / ".github/workflows").glob("*.yml"))
# In the place of pipx: says what it is told.
PIPX = """#!/bin/sh
printf '%s\\n' "$*" >>"$CALLS"
"""


def load(path):
    return yaml.load((program.ROOT / path).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def scripts(path):
    document = load(path)
    jobs = document["jobs"].values() if "jobs" in document else [document["runs"]]
    return [step["run"] for job in jobs for step in job["steps"] if "run" in step]


@pytest.mark.parametrize("path", [*WORKFLOWS, program.ROOT / "action.yml"], ids=lambda path: path.name)
def test_scripts_of_workflows_are_shell_and_call_what_is_there(path):
    targets = set(re.findall(r"^([a-z-]+):", (program.ROOT / "Makefile").read_text(), re.MULTILINE))
    assert scripts(path)
    for script in scripts(path):
        subprocess.run(["bash", "-n", "-c", script], check=True)
        for words in re.findall(r"^make ([a-z -]+)$", script, re.MULTILINE):
            assert set(words.split()) <= targets
        for name in re.findall(r"^(\.ci/\S+)", script, re.MULTILINE):
            assert os.access(program.ROOT / name, os.X_OK)


def act(dorc, folder, tmp_path, **inputs):
    """The steps of action.yml as the runner of GitHub runs them, up to the first that fails: exit status and output."""
    document = load("action.yml")
    values = {name: each["default"] for name, each in document["inputs"].items()} | inputs
    bin = tmp_path / "bin"
    program.write_files(bin, {"pipx": PIPX})
    (bin / "pipx").chmod(0o755)
    (bin / "dorc-synth").unlink(missing_ok=True)
    (bin / "dorc-synth").symlink_to(dorc.path)
    output = ""
    for step in document["runs"]["steps"]:
        if step.get("if") == "inputs.output != ''" and not values["output"]:
            continue
        variables = {
            name: re.sub(r"\$\{\{ inputs\.(\w+) \}\}", lambda match: values[match[1]], value)
            for name, value in step.get("env", {}).items()
        }
        result = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]], capture_output=True, text=True,
            cwd=folder / (values["config"] if "working-directory" in step else "."), check=False,
            env=os.environ | variables | {"PATH": f"{bin}:{os.environ['PATH']}", "CALLS": str(tmp_path / "calls")})
        output += result.stdout + result.stderr
        if result.returncode:
            return result.returncode, output
    return 0, output


def test_the_action_passes_a_project_that_is_up_to_date(dorc, tmp_path):
    repository = program.make_repository(tmp_path / "work", {"raw/x": "steps: [f]\n"})
    dorc.succeed("out/", cwd=repository)
    status, output = act(dorc, tmp_path, tmp_path, config="work", version="0.1.0")
    assert status == 0, output
    assert (tmp_path / "calls").read_text() == "install dorc-synth==0.1.0\n"


def test_the_action_fails_where_templates_are_old_or_definitions_wrong(dorc, tmp_path):
    repository = program.make_repository(tmp_path / "work", {"raw/x": "steps: [f]\n"})
    assert act(dorc, repository, tmp_path)[0] == 1
    # Without an output folder the definitions alone count.
    assert act(dorc, repository, tmp_path, output="")[0] == 0
    program.write_files(repository, {"src/raw/x/pipeline.yaml": "steps: [g]\n"})
    status, output = act(dorc, repository, tmp_path, output="")
    assert status == 1 and "::error file=src/raw/x/pipeline.yaml,line=1" in output
    assert (tmp_path / "calls").read_text() == "install dorc-synth\n" * 3


def test_the_action_can_be_strict(dorc, tmp_path):
    repository = program.make_repository(tmp_path / "work", {"raw/x": "steps: [f]\n"})
    program.write_files(repository, {"src/raw/x/unused/lambda.py": "def handler(event, context):\n    pass\n"})
    assert act(dorc, repository, tmp_path, output="")[0] == 0
    assert act(dorc, repository, tmp_path, output="", strict="true")[0] == 1


def test_the_hooks_of_pre_commit_run(dorc, tmp_path):
    repository = program.make_repository(tmp_path / "work", {"raw/x": "steps: [f]\n"})
    hooks = {each["id"]: each for each in load(".pre-commit-hooks.yaml")}
    assert set(hooks) == {"dorc-check", "dorc-synth"}
    for hook in hooks.values():
        name, *words = hook["entry"].split()
        assert name == "dorc-synth"
        dorc.succeed(*words, cwd=repository)


def runs(hook, files):
    """Whether pre-commit runs it at a commit of these files: deleted ones are not among them (github.com/pre-commit/pre-commit, issue
    749)."""
    return hook.get("always_run") == "true" or any(re.search(hook.get("files", ""), file) for file in files)


def test_the_hooks_run_at_every_change_that_the_program_sees(dorc, tmp_path):
    folder = tmp_path / "demo"
    dorc.succeed("new", "project", "demo", "--region", "eu-west-2", "--pipeline", "raw/survey", "--function", "read", cwd=tmp_path)
    sound = told(dorc, folder)
    seen = {"changed": set(), "deleted": set()}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name, content = path.relative_to(folder).as_posix(), path.read_bytes()
        for other in (b"<<<<<<< HEAD\n" + content, b"*\n"):
            path.write_bytes(other)
            if told(dorc, folder) != sound:
                seen["changed"].add(name)
        path.unlink()
        if told(dorc, folder) != sound:
            seen["deleted"].add(name)
        path.write_bytes(content)
    kinds = {name.split("/")[-1] for name in seen["changed"] | seen["deleted"]}
    expected = {"dorc.yaml", "pipeline.yaml", "lambda.py", "Dockerfile", "requirements.txt", ".dockerignore", "first.yaml"}
    assert expected <= kinds, kinds
    for hook in load(".pre-commit-hooks.yaml"):
        assert all(runs(hook, [name]) for name in seen["changed"])
        assert seen["deleted"] and runs(hook, [])


def told(dorc, folder):
    """What both hooks depend on: the findings, and the templates with the hashes of the code."""
    out = folder.parent / "out"
    shutil.rmtree(out, ignore_errors=True)
    check, written = dorc.run("check", "--config", folder), dorc.run(out, "--config", folder, "--quiet")
    return check.returncode, check.stderr, written.returncode, program.contents(out) if out.exists() else None


def blocks(name):
    """Of the page on deployment, with the version that is named there."""
    page = documentation.Page("docs/deployment.md")
    (block,) = [block for block in page.blocks if block.name == name]
    return yaml.load(block.text, Loader=yaml.BaseLoader)


def version(dorc):
    return dorc.succeed("--version").stdout.split()[1]


def test_the_pages_hooks_are_those_that_there_are(dorc):
    (source,) = blocks(".pre-commit-config.yaml")["repos"]
    assert {each["id"] for each in source["hooks"]} == {each["id"] for each in load(".pre-commit-hooks.yaml")}
    assert source["rev"] == f"v{version(dorc)}"


def test_the_pages_use_of_the_action_is_one_that_it_takes(dorc):
    (job,) = blocks(".github/workflows/check.yaml")["jobs"].values()
    (step,) = [step for step in job["steps"] if "/dorc@" in step.get("uses", "")]
    assert set(step["with"]) <= set(load("action.yml")["inputs"])
    assert step["uses"].endswith(f"/dorc@v{version(dorc)}") and step["with"]["version"] == version(dorc)


@pytest.fixture
def release(dorc, monkeypatch):
    """A release of the program, as packaging/ sees it; `HOMEPAGE` is not set."""
    monkeypatch.syspath_prepend(str(program.ROOT / "packaging"))
    monkeypatch.delenv("HOMEPAGE", raising=False)
    import release

    return release.Release(Path(dorc.path), Path(dorc.path))


def test_the_page_on_pypi_leads_to_the_files_of_the_version(release, monkeypatch):
    import readme
    import wheel

    home = "https://github.example/someone/dorc"
    monkeypatch.setenv("HOMEPAGE", home)
    page = readme.page(release).decode()
    links = re.findall(r"\]\(([^)]+)\)", page)
    assert f"{home}/raw/v{release.version}/docs/images/returns.svg" in links
    assert len(links) > 20 and all(link.startswith(("https://", "#")) for link in links)
    assert f"{home}/blob/v{release.version}/docs/compute.md" in links
    metadata = wheel.metadata(release).decode().partition("\n\n")[0]
    assert f"\nProject-URL: Repository, {home}\n" in metadata


def test_what_nobody_releases_names_no_address(release):
    import readme
    import wheel

    page = readme.page(release).decode()
    assert not re.search(r"\]\((?!https:|#)", page) and "![" not in page
    assert "Longer than 15 minutes" in page and len(page) > 4000
    assert "Project-URL" not in wheel.metadata(release).decode().partition("\n\n")[0]


def test_the_time_of_the_files_can_be_given(release, monkeypatch):
    import wheel

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    assert (release.time, release.date) == (1, "1970-01-01")
    archive = zipfile.ZipFile(io.BytesIO(wheel._zip({"a": (b"b", 0o644)}, release.time)))
    assert archive.getinfo("a").date_time == (1980, 1, 1, 0, 0, 0)


OTOOL = """dorc-synth:
\t/usr/lib/libSystem.B.dylib (compatibility version 1.0.0, current version 1356.0.0)
\t/System/Library/Frameworks/Foundation.framework/Versions/C/Foundation (compatibility version 300.0.0, current version 4109.1.401)
\t/usr/lib/swift/libswiftCore.dylib (compatibility version 1.0.0, current version 6.2.0, weak)
"""


def test_a_program_for_macos_may_need_what_macos_has_and_nothing_else(release):
    import linkage

    assert linkage.strange(OTOOL) == []
    for library in ("/opt/homebrew/opt/nettle/lib/libnettle.8.dylib", "@rpath/libswiftCompatibilitySpan.dylib", "/usr/local/lib/libyaml-0.2.dylib"):
        assert linkage.strange(f"{OTOOL}\t{library} (compatibility version 3.0.0, current version 3.9.0)\n") == [library]
    with pytest.raises(ValueError, match="no library"):
        linkage.strange("otool: can't open file\n")
    assert linkage.oldest("      cmd LC_BUILD_VERSION\n platform 1\n    minos 15.0\n      sdk 26.0\n") == "15.0"


def test_a_dynamic_program_for_linux_is_told_from_a_static_one(release):
    import linkage

    assert linkage.strangers(Path(os.path.realpath("/bin/sh")))
    header = bytearray(64)
    header[0x20:0x28], header[0x36:0x38], header[0x38:0x3A] = (64).to_bytes(8, "little"), (56).to_bytes(2, "little"), (1).to_bytes(2, "little")
    assert linkage.interpreters(bytes(header) + (1).to_bytes(4, "little") + bytes(52)) == []


def test_macos_links_archives_alone(release, tmp_path, monkeypatch):
    """By pkg-config, as SwiftPM reads it: the folder that it names has the archive and no shared object."""
    import archives

    archives.main(str(tmp_path / "a b"))
    monkeypatch.setenv("PKG_CONFIG_PATH", str(tmp_path / "a b"))
    for name, archive in archives.ARCHIVES.items():
        told = subprocess.run(["pkg-config", "--libs", name], capture_output=True, text=True, check=True).stdout
        folder, library = re.fullmatch(r"-L(.*) -l(\w+)", told.strip().replace("\\ ", " ")).groups()
        assert f"lib{library}.a" == archive and (Path(folder) / archive).is_file()
        assert {path.suffix for path in Path(folder).iterdir()} == {".a"}
