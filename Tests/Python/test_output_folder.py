"""What a run does to its output folder: all of its changes or none, and never to what is not its own."""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import program
import pytest

STAGING = ".dorc-staging"
MARK = ".dorc-synth-incomplete"


@pytest.fixture
def repository(tmp_path):
    return program.copy_reference(tmp_path / "config")


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


def synthesize(dorc, repository, out, *options):
    dorc.succeed(out, "--config", repository, "--quiet", *options)
    return program.contents(out)


def change_everything(repository):
    """A tag with another value: every template changes."""
    text = re.sub("changed: '[0-9]+', ", "", (repository / "dorc.yaml").read_text())
    (repository / "dorc.yaml").write_text(text.replace("tags: {", f"tags: {{changed: '{time.time_ns()}', ", 1))


def remove_environment(repository, name):
    lines, kept = (repository / "dorc.yaml").read_text().splitlines(keepends=True), []
    inside = False
    for line in lines:
        inside = line.startswith(f"  {name}:") or (inside and line.startswith("    "))
        kept += [] if inside else [line]
    (repository / "dorc.yaml").write_text("".join(kept))


@contextlib.contextmanager
def unchanged(*folders):
    before = [program.state(folder) for folder in folders]
    yield
    for folder, (old_contents, old_identities) in zip(folders, before):
        assert program.different(old_contents, program.contents(folder)) == []
        assert program.different(old_identities, program.identities(folder)) == []


def refused(dorc, repository, out, *told, **options):
    """The run fails in plain words and changes nothing in `out`."""
    with unchanged(out):
        result = dorc.fail(out, "--config", repository, **options)
    assert result.stdout == "" and result.stderr.startswith("error: "), program.describe(result)
    for text in told:
        assert str(text) in result.stderr
    return result


# What has not changed, and what no longer belongs


def test_a_run_that_changes_nothing_writes_nothing(dorc, repository, out):
    synthesize(dorc, repository, out)
    folders = [out, *(path for path in out.rglob("*") if path.is_dir())]
    before = [folder.stat().st_mtime_ns for folder in folders]
    with unchanged(out):
        synthesize(dorc, repository, out)
    assert [folder.stat().st_mtime_ns for folder in folders] == before


def test_only_what_has_changed_is_written(dorc, repository, out):
    synthesize(dorc, repository, out)
    old_contents, old_identities = program.state(out)
    definition = repository / "src/raw/census/pipeline.yaml"
    definition.write_text(definition.read_text().replace("Pulls the census", "Gets the census"))
    synthesize(dorc, repository, out)
    expected = ["dev/core/raw/census.yaml", "prod/core/raw/census.yaml"]
    assert program.different(old_contents, program.contents(out)) == expected
    assert program.different(old_identities, program.identities(out)) == expected


def test_what_no_longer_belongs_goes_with_its_folders(dorc, repository, out):
    synthesize(dorc, repository, out)
    shutil.rmtree(repository / "src/raw")
    assert not any("raw" in name for name in synthesize(dorc, repository, out))
    remove_environment(repository, "prod")
    found = synthesize(dorc, repository, out)
    assert not any("prod" in name for name in found)
    assert found == synthesize(dorc, repository, out.with_name("fresh"))


def test_a_folder_with_something_foreign_stays(dorc, repository, out):
    synthesize(dorc, repository, out)
    program.write_files(out, {"prod/core/raw/mine.txt": "mine", "prod/core/curated/model.yaml.orig": "mine"})
    remove_environment(repository, "prod")
    found = synthesize(dorc, repository, out)
    assert [name for name in found if name.startswith("prod")] == [
        "prod",
        "prod/core",
        "prod/core/curated",
        "prod/core/curated/model.yaml.orig",
        "prod/core/raw",
        "prod/core/raw/mine.txt",
    ]


def test_what_is_gone_already_is_no_error(dorc, repository, out):
    synthesize(dorc, repository, out)
    shutil.rmtree(out / "prod")
    (out / "universal.yaml").unlink()
    remove_environment(repository, "prod")
    assert synthesize(dorc, repository, out) == synthesize(dorc, repository, out.with_name("fresh"))


def test_a_lost_manifest_is_made_again(dorc, repository, out):
    before = synthesize(dorc, repository, out)
    (out / "manifest.json").unlink()
    change_everything(repository)
    assert synthesize(dorc, repository, out).keys() == before.keys()


# What is not dorc's


def test_foreign_files_stay(dorc, repository, out):
    foreign = {
        "README.md": "mine",
        "dev/infra.yaml.bak": "mine",
        "dev/core/raw/mine.yaml": "Resources: {}\n",
        ".git/config": "mine",
        "dev/empty.yaml": "",
        "staging/x": "mine",
    }
    program.write_files(out, foreign)
    (out / "link").symlink_to("README.md")
    (out / "nowhere").symlink_to("no/such/file")
    (out / "empty").mkdir()
    own = program.state(out)
    synthesize(dorc, repository, out)
    change_everything(repository)
    synthesize(dorc, repository, out)
    remove_environment(repository, "prod")
    synthesize(dorc, repository, out, "--format", "json")
    for before, after in zip(own, program.state(out)):
        assert {name: after[name] for name in before} == before


FOREIGN = ["universal.yaml", "dev/infra.yaml", "prod/core/curated/model.yaml"]


@pytest.mark.parametrize("name", FOREIGN)
@pytest.mark.parametrize("content", ["Resources: {}\n", "", "\xff"], ids=["template", "empty", "binary"])
def test_a_foreign_file_where_a_template_would_go_is_an_error(dorc, repository, out, name, content):
    program.write_files(out, {name: content.encode("latin-1"), "other.txt": "x"})
    refused(dorc, repository, out, f"{out}/{name}", "dorc did not write")


def test_all_foreign_files_are_named(dorc, repository, out):
    program.write_files(out, {name: "mine" for name in FOREIGN})
    refused(dorc, repository, out, *FOREIGN)


def test_a_foreign_file_beside_files_of_ones_own_is_an_error(dorc, repository, out):
    synthesize(dorc, repository, out)
    program.write_files(out, {"dev/core/raw/new.yaml": "mine"})
    program.write_files(repository, {"src/raw/new/pipeline.yaml": "steps: [f]\n", "src/raw/new/f/lambda.py": "def handler(e, c): pass\n"})
    change_everything(repository)
    refused(dorc, repository, out, "dev/core/raw/new.yaml")


@pytest.mark.parametrize(
    "content",
    [
        "{}",
        "",
        "[]",
        "mine",
        '{"version": 2}',
        '{"version": 1, "name": "a web app", "manifest_version": 3}',
        '<<<<<<< HEAD\n{"version": 1}\n=======\n',
        '{"version": 1, "project": "x", "stacks": [], "images": [], "files": ["../../precious"]}',
        '{"version": 1, "project": "x", "stacks": [], "images": [], "files": ["/etc/passwd"]}',
        '{"version": 1, "project": "x", "stacks": [], "images": [], "files": ["a/../../precious"]}',
        '{"version": 1, "project": "x", "stacks": [], "images": [], "files": [""]}',
        "[" * 100_000,
    ],
    ids=lambda content: content[:60],
)
def test_a_foreign_manifest_is_an_error(dorc, repository, out, content):
    program.write_files(out, {"manifest.json": content, "../precious": "x"})
    refused(dorc, repository, out, "manifest.json")
    assert (out.parent / "precious").read_text() == "x"


@pytest.mark.parametrize("listed", [".", "./", "manifest.json", "./manifest.json", "dev", "dev/", "dev//infra.yaml"])
def test_a_manifest_that_lists_what_is_no_template_does_no_harm(dorc, repository, out, listed):
    fresh = synthesize(dorc, repository, out)
    program.write_files(out, {"mine.txt": "x", "dev/mine.txt": "x"})
    manifest = json.loads((out / "manifest.json").read_text())
    manifest["files"].append(listed)
    (out / "manifest.json").write_text(json.dumps(manifest))
    result = dorc.run(out, "--config", repository)
    found = program.contents(out)
    assert found["mine.txt"] == found["dev/mine.txt"] == b"x" and STAGING not in found, program.describe(result)
    assert program.different(fresh | {"mine.txt": b"x", "dev/mine.txt": b"x"}, found) in ([], ["manifest.json"])
    if result.returncode == 0:
        assert found["manifest.json"] == fresh["manifest.json"]


def test_a_folder_where_a_stale_template_stood_is_not_touched(dorc, repository, out):
    synthesize(dorc, repository, out)
    stale = out / "prod/core/raw/census.yaml"
    stale.unlink()
    program.write_files(stale, {"mine.txt": "x"})
    remove_environment(repository, "prod")
    for _ in range(2):
        result = dorc.run(out, "--config", repository)
        found = program.contents(out)
        assert found.get("prod/core/raw/census.yaml/mine.txt") == b"x", program.describe(result)
        assert STAGING not in found


@pytest.mark.parametrize("name", ["universal.yaml", "dev/infra.yaml"])
def test_a_folder_where_a_template_would_go_is_an_error(dorc, repository, out, name):
    program.write_files(out / name, {"mine.txt": "x"})
    result = refused(dorc, repository, out, name)
    assert "is no folder" not in result.stderr


@pytest.mark.parametrize("name", ["dev", "dev/core", "prod/core/raw"])
def test_a_file_where_a_folder_would_go_is_an_error(dorc, repository, out, name):
    program.write_files(out, {name: "mine"})
    refused(dorc, repository, out, name)


def test_a_fifo_where_a_template_would_go_is_an_error(dorc, repository, out):
    out.mkdir()
    os.mkfifo(out / "universal.yaml")
    refused(dorc, repository, out, "universal.yaml", patience=20)


# Links


def test_the_output_folder_may_be_a_link(dorc, repository, out):
    elsewhere = out.with_name("elsewhere")
    elsewhere.mkdir()
    out.symlink_to(elsewhere)
    synthesize(dorc, repository, out)
    assert out.is_symlink() and (elsewhere / "manifest.json").exists()


@pytest.mark.parametrize("name", ["dev", "dev/core", "prod/core/raw"])
def test_a_link_to_a_folder_elsewhere_is_not_followed(dorc, repository, out, name):
    synthesize(dorc, repository, out)
    elsewhere = out.with_name("elsewhere")
    shutil.move(out / name, elsewhere)
    (out / name).symlink_to(elsewhere)
    change_everything(repository)
    with unchanged(elsewhere):
        refused(dorc, repository, out, name)


def test_a_link_to_an_empty_folder_elsewhere_is_not_followed(dorc, repository, out):
    elsewhere = out.with_name("elsewhere")
    elsewhere.mkdir()
    out.mkdir()
    (out / "dev").symlink_to(elsewhere)
    refused(dorc, repository, out, "dev")
    assert list(elsewhere.iterdir()) == []


def test_stale_files_behind_a_link_are_not_removed(dorc, repository, out):
    synthesize(dorc, repository, out)
    elsewhere = out.with_name("elsewhere")
    shutil.move(out / "prod", elsewhere)
    (out / "prod").symlink_to(elsewhere)
    remove_environment(repository, "prod")
    with unchanged(elsewhere):
        dorc.run(out, "--config", repository)


@pytest.mark.parametrize("name", ["universal.yaml", "dev/infra.yaml", "manifest.json"])
def test_a_link_to_a_file_elsewhere_is_not_written_through(dorc, repository, out, name):
    synthesize(dorc, repository, out)
    elsewhere = out.with_name("elsewhere")
    elsewhere.mkdir()
    shutil.move(out / name, elsewhere / "file")
    (out / name).symlink_to(elsewhere / "file")
    change_everything(repository)
    with unchanged(elsewhere):
        refused(dorc, repository, out, name)


def test_a_staging_folder_that_leads_elsewhere_is_not_emptied(dorc, repository, out):
    elsewhere = program.write_files(out.with_name("elsewhere"), {"precious": "x"})
    out.mkdir()
    (out / STAGING).symlink_to(elsewhere)
    with unchanged(elsewhere):
        dorc.run(out, "--config", repository)


# Errors


def test_a_mistake_in_the_project_touches_nothing(dorc, repository, out):
    synthesize(dorc, repository, out)
    change_everything(repository)
    definition = repository / "src/raw/census/pipeline.yaml"
    definition.write_text(definition.read_text() + "stepps: []\n")
    times = out.stat().st_mtime_ns
    with unchanged(out):
        dorc.fail(out, "--config", repository)
    assert out.stat().st_mtime_ns == times


@pytest.mark.parametrize("deep", ["new", "new/a/b"])
def test_a_mistake_leaves_no_new_folder_behind(dorc, repository, tmp_path, deep):
    definition = repository / "src/raw/census/pipeline.yaml"
    definition.write_text(definition.read_text() + "stepps: []\n")
    dorc.fail(tmp_path / deep, "--config", repository)
    assert not (tmp_path / "new").exists()


def test_an_output_folder_that_is_a_file_is_an_error(dorc, repository, out):
    out.write_text("mine")
    for path in (out, f"{out}/", f"{out}/below/it"):
        result = dorc.fail(path, "--config", repository)
        assert str(out) in result.stderr and result.stderr.startswith("error: ")
        assert out.read_text() == "mine"


def test_a_link_that_leads_nowhere_is_an_error(dorc, repository, out):
    out.symlink_to(out.with_name("nowhere"))
    assert str(out) in dorc.fail(out, "--config", repository).stderr
    assert out.is_symlink() and not out.exists()


@pytest.mark.parametrize("path", ["a//b///", "./a/./b/", "a/../a/b"])
def test_unusual_spellings_of_a_folder(dorc, repository, tmp_path, path):
    (tmp_path / "a").mkdir()
    dorc.succeed(path, "--config", repository, cwd=tmp_path)
    assert (tmp_path / "a/b/manifest.json").exists()
    assert synthesize(dorc, repository, tmp_path / "a/b") == program.contents(tmp_path / "a/b")


# The disk


@contextlib.contextmanager
def file_system(options="size=4m"):
    """A small file system of its own."""
    folder = Path(tempfile.mkdtemp())
    try:
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True)
        if mounted.returncode:
            pytest.skip("this machine does not let us mount")
        try:
            yield folder
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)
    finally:
        folder.rmdir()


def fill(folder, leave):
    """Leaves this many bytes free."""
    (folder / "filler").unlink(missing_ok=True)
    status = os.statvfs(folder)
    size = status.f_bavail * status.f_frsize - leave
    with (folder / "filler").open("wb") as file:
        file.write(b"\0" * max(size, 0))


def limited_files(size):
    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


@pytest.mark.parametrize("size", [0, 1, 4096, 8192, 15000])
def test_a_file_that_cannot_be_written_changes_nothing(dorc, repository, out, size):
    result = dorc.fail(out, "--config", repository, preexec_fn=limited_files(size))
    assert "File too large" in result.stderr and not out.exists()
    synthesize(dorc, repository, out)
    change_everything(repository)
    refused(dorc, repository, out, "cannot write", "File too large", preexec_fn=limited_files(size))


def test_a_full_disk_changes_nothing(dorc, repository):
    with file_system("size=2m") as disk:
        out = disk / "out"
        synthesize(dorc, repository, out)
        # From nothing at all to not quite enough.
        outcomes = []
        for pages in (0, 1, 2, 3, 8, 20, 40, 60, 80, 100):
            change_everything(repository)
            fill(disk, pages * 4096)
            before = program.state(out)
            result = dorc.run(out, "--config", repository)
            outcomes.append(result.returncode)
            if result.returncode:
                assert program.state(out) == before
                assert "No space left on device" in result.stderr and result.stderr.startswith("error: ")
            (disk / "filler").unlink()
        assert outcomes[0] == 1 and outcomes[-1] == 0 and set(outcomes) == {0, 1}
        assert synthesize(dorc, repository, out) == synthesize(dorc, repository, repository.parent / "fresh")


def test_a_disk_without_inodes_changes_nothing(dorc, repository):
    with file_system("size=4m,nr_inodes=60") as disk:
        out = disk / "out"
        synthesize(dorc, repository, out)
        spare = [disk / f"spare{index}" for index in range(os.statvfs(disk).f_favail)]
        for path in spare:
            path.touch()
        for path in spare[:15]:
            change_everything(repository)
            refused(dorc, repository, out, "No space left on device")
            path.unlink()
            if os.statvfs(disk).f_favail > 8:
                break


def test_a_full_disk_leaves_no_new_folder_behind(dorc, repository):
    with file_system("size=1m") as disk:
        for pages in (0, 1, 2, 5, 8, 10):
            fill(disk, pages * 4096)
            result = dorc.run(disk / "new/out", "--config", repository)
            assert result.returncode == 1 and "No space left on device" in result.stderr
            assert [path.name for path in disk.iterdir()] == ["filler"]


def test_a_disk_that_is_read_only(dorc, repository):
    with file_system() as disk:
        out = disk / "out"
        synthesize(dorc, repository, out)
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        assert dorc.succeed(out, "--config", repository, "--check").stdout == ""
        # What is up to date needs no writing.
        with unchanged(out):
            dorc.succeed(out, "--config", repository)
        change_everything(repository)
        refused(dorc, repository, out, "Read-only file system")
        assert "Read-only file system" in dorc.fail(disk / "new", "--config", repository).stderr


@contextlib.contextmanager
def public_folder():
    """A folder that another user can reach, and what makes a run that user's."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    try:
        yield folder, {"user": 65534, "group": 65534, "extra_groups": []} if os.getuid() == 0 else {}
    finally:
        for path in [folder, *folder.rglob("*")]:
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o755)
        shutil.rmtree(folder)


@pytest.mark.parametrize("name", [".", "dev", "prod/core/raw"])
def test_a_folder_that_may_not_be_written(dorc, name):
    with public_folder() as (folder, options):
        repository, out = program.copy_reference(folder / "config"), folder / "out"
        out.mkdir()
        out.chmod(0o777)
        dorc.succeed(out, "--config", repository, **options)
        change_everything(repository)
        (out / name).chmod(0o555)
        refused(dorc, repository, out, "Permission denied", **options)


def test_a_template_that_may_not_be_read(dorc):
    with public_folder() as (folder, options):
        repository, out = program.copy_reference(folder / "config"), folder / "out"
        out.mkdir()
        out.chmod(0o777)
        dorc.succeed(out, "--config", repository, **options)
        change_everything(repository)
        (out / "dev/infra.yaml").chmod(0)
        refused(dorc, repository, out, "dev/infra.yaml", "Permission denied", **options)


# Runs that were ended, and runs at the same time


def test_what_a_killed_run_left_is_cleared_away(dorc, repository, out):
    fresh = synthesize(dorc, repository, out)
    program.write_files(out / STAGING, {"0": "half a templ", "manifest": "{", "old-3": "x"})
    assert synthesize(dorc, repository, out) == fresh


@pytest.fixture(scope="module")
def large(dorc, tmp_path_factory):
    """Two states of a project of 200 pipelines, and what each looks like in both formats."""
    root = tmp_path_factory.mktemp("large")
    repositories = {
        "one": program.make_project(root / "one", 200, extra="tags: {state: one}\n"),
        "two": program.make_project(root / "two", 200, extra="tags: {state: two}\n"),
    }
    # Some pipelines of its own for each.
    for number in range(20):
        shutil.rmtree(repositories["one"] / f"src/raw/p{number:03}")
        shutil.rmtree(repositories["two"] / f"src/raw/p{number + 100:03}")
    expected = {}
    for name, repository in repositories.items():
        for form in ("yaml", "json"):
            expected[name, form] = synthesize(dorc, repository, root / f"{name}-{form}", "--format", form)
    return repositories, expected


def kill_in_the_middle(dorc, chooser, repository, out, form):
    """Ends a run at any time, or soon after it began to write, or to put its files into place."""
    first = out / f"universal.{form}"

    def inode():
        return first.exists() and first.stat().st_ino

    before = inode()
    process = dorc.start(out, "--config", repository, "--format", form)
    phase = chooser.choice(["any", "staging", "placing", "placing"])
    while phase != "any" and process.poll() is None:
        if (out / STAGING).exists() if phase == "staging" else inode() != before:
            break
    time.sleep(chooser.random() * {"any": 0.4, "staging": 0.15, "placing": 0.01}[phase])
    process.kill()
    return process.wait() == -signal.SIGKILL


def test_a_killed_run_leaves_whole_files_and_the_next_run_repairs(dorc, large, tmp_path):
    repositories, expected = large
    chooser = random.Random(9)
    out = tmp_path / "out"
    wholes = {content for tree in expected.values() for content in tree.values()}
    killed, marked, problems, current = 0, 0, [], None
    for number in range(30):
        target = chooser.choice([each for each in expected if each != current])
        killed += kill_in_the_middle(dorc, chooser, repositories[target[0]], out, target[1])
        left = {name: content for name, content in program.contents(out).items() if STAGING not in name}
        if left.pop(MARK, None) is None:
            assert left in ({}, expected.get(current), expected[target]), "a mixture without a mark"
        else:
            marked += 1
        assert all(content in wholes for content in left.values()), "a file is half written"
        current = target if number % 2 else chooser.choice(list(expected))
        found = synthesize(dorc, repositories[current[0]], out, "--format", current[1])
        if left := program.different(found, expected[current]):
            problems.append(f"killed on the way to {target}, then {current}: {len(left)} wrong, such as {left[:4]}")
            shutil.rmtree(out)
            synthesize(dorc, repositories[current[0]], out, "--format", current[1])
    assert killed >= 10 and marked >= 3, f"too few runs were ended: {killed}, {marked} of them while they changed the folder"
    assert problems == []


@pytest.mark.parametrize("signal_", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupted_run_is_repaired_too(dorc, large, tmp_path, signal_):
    repositories, expected = large
    out = tmp_path / "out"
    synthesize(dorc, repositories["one"], out)
    process = dorc.start(out, "--config", repositories["two"])
    time.sleep(0.1)
    process.send_signal(signal_)
    process.wait(program.PATIENCE)
    assert synthesize(dorc, repositories["two"], out) == expected["two", "yaml"]


def test_two_runs_at_once_never_mix(dorc, tmp_path):
    chooser = random.Random(4)
    repositories = [
        program.make_project(tmp_path / "one", 12, extra="tags: {state: one}\n"),
        program.make_project(tmp_path / "two", 15, project="other", environments="{dev: {}, prod: {}}"),
    ]
    choices = [(repository, form) for repository in repositories for form in ("yaml", "json")]
    expected = {
        choice: synthesize(dorc, choice[0], tmp_path / f"alone{index}", "--format", choice[1])
        for index, choice in enumerate(choices)
    }
    out = tmp_path / "out"
    for number in range(24):
        if number % 4 == 0:
            shutil.rmtree(out, ignore_errors=True)
        both = chooser.sample(choices, 2)
        processes = []
        for repository, form in both:
            processes.append(dorc.start(out, "--config", repository, "--format", form, stderr=subprocess.PIPE))
            time.sleep(chooser.random() * 0.01)
        messages = [process.communicate(timeout=program.PATIENCE)[1] for process in processes]
        assert [process.returncode for process in processes] == [0, 0], messages
        found = program.contents(out)
        winners = [index for index, choice in enumerate(both) if found == expected[choice]]
        assert len(winners) == 1, [program.different(found, expected[choice])[:5] for choice in both]


def test_check_beside_a_run_sees_whole_files(dorc, repository, out):
    synthesize(dorc, repository, out)
    for _ in range(8):
        change_everything(repository)
        writer = dorc.start(out, "--config", repository)
        reader = dorc.run(out, "--config", repository, "--check")
        assert reader.returncode in (0, 1) and "error" not in reader.stderr, program.describe(reader)
        assert writer.wait(program.PATIENCE) == 0


# Determinism


def test_the_same_input_gives_the_same_bytes_everywhere(dorc, repository, tmp_path):
    first = synthesize(dorc, repository, tmp_path / "out")
    copy = tmp_path / "another place" / "ünïcode $x"
    # Made in another order, with other times and permissions.
    for path in sorted((path for path in repository.rglob("*") if path.is_file()), reverse=True):
        target = copy / path.relative_to(repository)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
        os.utime(target, (1, 1))
        target.chmod(0o600)
    assert synthesize(dorc, copy, tmp_path / "o2") == first
    dorc.succeed("../o3/", "--config", ".", cwd=copy)
    assert program.contents(copy.parent / "o3") == first


@pytest.mark.parametrize(
    "env",
    [
        {"LC_ALL": "C", "TZ": "UTC"},
        {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "Asia/Kathmandu"},
        {"LC_ALL": "de_DE.ISO-8859-1", "TZ": "America/St_Johns"},
        {"LC_ALL": "", "TZ": ":nonsense", "HOME": "/nonexistent", "USER": "x", "SOURCE_DATE_EPOCH": "0"},
    ],
    ids=lambda env: env["TZ"],
)
@pytest.mark.parametrize("form", ["yaml", "json"])
def test_the_user_s_surroundings_do_not_matter(dorc, repository, tmp_path, env, form):
    first = synthesize(dorc, repository, tmp_path / "out", "--format", form)
    dorc.succeed(tmp_path / "other", "--config", repository, "--format", form, env=env)
    assert program.contents(tmp_path / "other") == first


def test_many_runs_of_a_large_project_are_equal(dorc, large, tmp_path):
    repositories, expected = large
    for number in range(3):
        found = synthesize(dorc, repositories["one"], tmp_path / str(number))
        assert program.different(found, expected["one", "yaml"]) == []
