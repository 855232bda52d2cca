"""A run that is ended while it changes the output folder, and a disk that fails: what is left says what it is."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import program
import pytest

MARK = ".dorc-synth-incomplete"
STAGING = ".dorc-staging"
SOURCE = Path(__file__).with_name("faults.c")


@pytest.fixture(scope="session")
def shim(tmp_path_factory):
    """The compiled library that lets system calls fail."""
    library = tmp_path_factory.mktemp("faults") / "faults.so"
    compiler = next(filter(shutil.which, ("cc", "clang", "gcc")))
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-w", "-o", library, SOURCE, "-ldl"], check=True)
    return str(library)


@pytest.fixture(scope="module")
def states(dorc, tmp_path_factory):
    """Two states of a project, `old` and `new`, and the output folder of each: a layer goes, another comes, all change."""
    root = tmp_path_factory.mktemp("states")
    definitions = {
        "old": {"raw/a": "steps: [f]\n", "raw/b": "steps: [f]\n", "gone/c": "steps: [f]\n"},
        "new": {"raw/a": "steps: [f]\n", "raw/b": "steps: [f]\n", "added/d": "steps: [f]\n"},
    }
    made = {}
    for name, pipelines in definitions.items():
        repository = program.make_repository(root / name, pipelines, extra=f"tags: {{state: {name}}}\n")
        dorc.succeed(root / f"out-{name}", "--config", repository)
        made[name] = (repository, program.contents(root / f"out-{name}"))
    return made


@pytest.fixture
def out(states, dorc, tmp_path):
    """The output folder, in the old state."""
    dorc.succeed(tmp_path / "out", "--config", states["old"][0])
    return tmp_path / "out"


def faulty(shim, faults="", kill=0, log=""):
    return {"LD_PRELOAD": shim, "FAULTS": faults} | ({"FAULT_KILL": str(kill)} if kill else {}) | (
        {"FAULT_LOG": str(log)} if log else {}
    )


def settled(out):
    """The folder without what is being put together in it."""
    return {name: content for name, content in program.contents(out).items() if STAGING not in name}


def files(out):
    """The state of all files; a folder that was removed and made again is another one."""
    contents, identities = program.state(out)
    return contents, {name: identity for name, identity in identities.items() if contents[name] is not None}


# Runs that were ended


def test_a_run_that_is_killed_at_any_call_leaves_a_mark_or_a_whole_folder(dorc, states, shim, tmp_path):
    (old, before), (new, after) = states["old"], states["new"]
    marked = 0
    for number in range(1, 400):
        out = tmp_path / f"out{number}"
        dorc.succeed(out, "--config", old, "--quiet")
        result = dorc.run(out, "--config", new, env=faulty(shim, kill=number))
        if result.returncode == 0:
            break
        assert result.returncode == -signal.SIGKILL, program.describe(result)
        found = settled(out)
        if MARK in found:
            marked += 1
            check = dorc.fail(out, "--config", new, "--check")
            assert MARK in check.stderr and "run dorc-synth again" in check.stderr and check.stdout == ""
        else:
            assert found in (before, after), f"killed at call {number}: a mixture without a mark"
        dorc.succeed(out, "--config", new, "--quiet")
        assert program.contents(out) == after, f"killed at call {number}"
        shutil.rmtree(out)
    assert settled(out) == after
    assert number > 40 and marked > 20, "the run was killed at many calls"


def test_a_run_that_goes_back_repairs_too(dorc, states, shim, out):
    (old, before), (new, _) = states["old"], states["new"]
    for number in range(12, 60, 4):
        dorc.run(out, "--config", new, env=faulty(shim, kill=number))
        dorc.succeed(out, "--config", old)
        assert program.contents(out) == before, f"killed at call {number}"


def test_the_mark_is_on_the_disk_before_the_first_change_and_goes_after_the_last(dorc, states, shim, out, tmp_path):
    dorc.succeed(out, "--config", states["new"][0], env=faulty(shim, log=tmp_path / "calls"))
    calls = [tuple(line.split(" ", 1)) for line in (tmp_path / "calls").read_text().splitlines()]
    changes = [
        number
        for number, (name, path) in enumerate(calls)
        if name in ("rename", "mkdir", "rmdir") and path.startswith(f"{out}/")
        if STAGING not in path and MARK not in path
    ]
    set_at = calls.index(("rename", f"{out}/{MARK}"))
    assert ("fsync", f"{out}/{STAGING}/mark") in calls[:set_at]
    assert calls[set_at + 1] == ("fsync", str(out))
    assert set_at + 1 < min(changes) and len(changes) > 8
    assert max(changes) < calls.index(("unlink", f"{out}/{MARK}"))
    assert calls[max(changes)] == ("rename", f"{out}/manifest.json")


def test_a_run_that_changes_nothing_removes_a_mark_that_was_left(dorc, states, out):
    (out / MARK).write_text("# words\n")
    assert "0 files written" in dorc.succeed(out, "--config", states["old"][0]).stderr
    assert program.contents(out) == states["old"][1]


def test_empty_folders_of_removed_layers_go_with_the_next_run(dorc, states, out):
    """As a run leaves them that is killed after it has removed the files of a layer."""
    (out / "dev/core/gone/c.yaml").unlink()
    (out / "dev/core/left").mkdir()
    (out / "dev/core/mine").mkdir()
    (out / MARK).write_text("# words\ndev/core/gone/c.yaml\ndev/core/left/d.yaml\n../outside\n/etc/passwd\n")
    dorc.succeed(out, "--config", states["new"][0])
    found = program.contents(out)
    assert found.pop("dev/core/mine", "") is None, "an empty folder that is not dorc's stays"
    assert found == states["new"][1]


def test_a_failed_run_keeps_the_plan_of_a_killed_one(dorc, states, out):
    """Only the plan says that the killed run's file is dorc's: it outlives a run that fails, and goes with one that does not."""
    orphan = out / "dev/core/raw/orphan.yaml"
    orphan.write_text("left by a killed run\n")
    (out / MARK).write_text("dev/core/raw/orphan.yaml\n")
    known = (out / "universal.yaml").read_bytes()
    (out / "universal.yaml").unlink()
    (out / "universal.yaml").mkdir()
    dorc.fail(out, "--config", states["old"][0])
    assert orphan.exists() and (out / MARK).read_text() == "dev/core/raw/orphan.yaml\n"
    (out / "universal.yaml").rmdir()
    (out / "universal.yaml").write_bytes(known)
    dorc.succeed(out, "--config", states["old"][0])
    assert program.contents(out) == states["old"][1]


def test_a_part_does_not_complete_a_folder(dorc, states, out):
    (out / MARK).write_text("")
    result = dorc.fail(out, "--config", states["old"][0], "--environment", "dev")
    assert MARK in result.stderr and "without `--environment` and `--pipeline`" in result.stderr
    assert (out / MARK).exists()


def test_check_waits_for_a_run_that_writes(dorc, states, shim, out, tmp_path):
    handle = os.open(out, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    (out / MARK).write_text("")
    process = dorc.start(out, "--config", states["old"][0], "--check", stderr=subprocess.PIPE)
    time.sleep(0.5)
    assert process.poll() is None
    (out / MARK).unlink()
    os.close(handle)
    assert process.wait(program.PATIENCE) == 0
    assert b"waiting for another dorc-synth" in process.stderr.read()


# Disks that fail


def test_a_change_that_fails_is_taken_back(dorc, states, shim, out):
    before = files(out)
    for call in ("rename", "link", "mkdir", "fsync"):
        for number in range(1, 9):
            result = dorc.run(out, "--config", states["new"][0], env=faulty(shim, f"{call}={number}:{errno.EIO}"))
            if result.returncode == 0:
                assert number > 1, f"{call} is not called at all"
                dorc.succeed(out, "--config", states["old"][0])
                before = files(out)
                break
            assert result.returncode == 1 and result.stderr.startswith("error: cannot "), program.describe(result)
            assert "Input/output error; nothing was changed" in result.stderr
            assert files(out) == before, f"{call} {number}"


@pytest.mark.parametrize("number", range(2, 9))
def test_a_change_that_cannot_be_taken_back_is_told(dorc, states, shim, out, number):
    """From one rename on all fail: those that would undo the others too."""
    (_, before), (new, after) = states["old"], states["new"]
    result = dorc.fail(out, "--config", new, env=faulty(shim, f"rename={number}-:{errno.EIO},unlink@dev/=1-:{errno.EIO}"))
    found = settled(out)
    changed = {
        name: "new" if name in found else "missing"
        for name in program.different(before, found)
        if name != MARK and before.get(name, after.get(name)) is not None
    }
    told = dict(
        reversed(line.strip().split(": ")) for line in result.stderr.splitlines() if line.startswith(("  new", "  missing"))
    )
    assert told == changed
    if changed:
        assert "Input/output error" in result.stderr and "nothing was changed" not in result.stderr
        assert MARK in result.stderr and (out / MARK).exists()
    else:
        assert "nothing was changed" in result.stderr and not (out / MARK).exists()
    dorc.succeed(out, "--config", new)
    assert program.contents(out) == after


@pytest.mark.parametrize(("call", "shown"), [("lstat@gone/c.yaml", "dev/core/gone/c.yaml"), ("rmdir@core/gone", "dev/core/gone")])
def test_stale_files_and_folders_that_cannot_be_removed_are_told_and_tried_again(dorc, states, shim, out, call, shown):
    new, after = states["new"]
    for _ in range(2):
        result = dorc.succeed(out, "--config", new, "--quiet", env=faulty(shim, f"{call}=1-:{errno.EBUSY}"))
        assert result.stderr.startswith("warning: cannot ") and result.stderr.count("warning") == 1
        assert f"`{out}/{shown}`: Device or resource busy; the next run tries again" in result.stderr
        assert (out / shown).exists() and not (out / MARK).exists()
        assert "dev/core/gone/c.yaml" in json.loads((out / "manifest.json").read_text())["files"]
    dorc.fail(out, "--config", new, "--check")
    assert dorc.succeed(out, "--config", new, "--quiet").stderr == ""
    assert program.contents(out) == after


def test_a_mark_that_cannot_be_removed_is_told(dorc, states, shim, out):
    new, after = states["new"]
    result = dorc.fail(out, "--config", new, env=faulty(shim, f"unlink@{MARK}=1-:{errno.EROFS}"))
    assert f"`{out}/{MARK}` cannot be removed: Read-only file system" in result.stderr
    dorc.succeed(out, "--config", new)
    assert program.contents(out) == after


@pytest.mark.parametrize("code", [errno.ENOLCK, errno.ENOTSUP, errno.EIO, errno.EBADF])
def test_a_file_system_without_locks_is_told_at_once(dorc, states, shim, out, tmp_path, code):
    start = time.monotonic()
    before = program.state(out)
    log = tmp_path / "calls"
    for options in ([], ["--check"]):
        result = dorc.fail(out, "--config", states["new"][0], *options, env=faulty(shim, f"flock=1-:{code}", log=log))
        assert f"error: cannot lock `{out}`: {os.strerror(code)}" in result.stderr and "another" not in result.stderr
    assert program.state(out) == before
    dorc.fail(tmp_path / "fresh", "--config", states["new"][0], env=faulty(shim, f"flock=1-:{code}"))
    assert not (tmp_path / "fresh").exists()
    assert time.monotonic() - start < 10
    assert "flock" in log.read_text() and "closed-twice" not in log.read_text()


def test_an_interrupted_lock_is_tried_again(dorc, states, shim, out):
    dorc.succeed(out, "--config", states["new"][0], env=faulty(shim, f"flock=1-3:{errno.EINTR}"))
    assert program.contents(out) == states["new"][1]


# Parts of a project


def test_a_part_is_not_written_beside_another_state_of_the_project(dorc, tmp_path):
    repository, out = program.copy_reference(tmp_path / "config"), tmp_path / "out"
    dorc.succeed(out, "--config", repository)
    definition = repository / "src/raw/survey/pipeline.yaml"
    definition.write_text(definition.read_text().replace("description: ", "description: Now ", 1))
    before = program.state(out)
    for option in (["--pipeline", "raw/census"], ["--environment", "dev"]):
        result = dorc.fail(out, "--config", repository, *option)
        assert "prod/core/raw/survey.yaml" in result.stderr and "raw/census.yaml" not in result.stderr
        assert "without `--environment` and `--pipeline`" in result.stderr
        assert program.state(out) == before
    dorc.succeed(out, "--config", repository, "--pipeline", "raw/survey")
    dorc.succeed(tmp_path / "whole", "--config", repository)
    assert program.contents(out) == program.contents(tmp_path / "whole")


def test_a_part_is_not_written_beside_another_project(dorc, tmp_path):
    one = program.make_project(tmp_path / "one", 2, project="one")
    two = program.make_project(tmp_path / "two", 3, project="two")
    dorc.succeed(tmp_path / "out", "--config", one)
    before = program.state(tmp_path / "out")
    result = dorc.fail(tmp_path / "out", "--config", two, "--pipeline", "raw/p001")
    assert "has the templates of the project `one`" in result.stderr
    assert program.state(tmp_path / "out") == before
