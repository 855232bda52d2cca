"""What `--check` shows: differences in colour, a line for each file, another format, stacks that are left in AWS."""

from __future__ import annotations

import re
import shutil
import subprocess

import program
import pytest
from test_command_line import ESCAPE, on_a_terminal

COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture
def repository(tmp_path):
    return program.make_repository(
        tmp_path / "config", {"raw/a": "steps: [f]\n", "raw/b": "steps: [f]\n"}, environments="{dev: {}, prod: {}}"
    )


@pytest.fixture
def folder(dorc, repository, tmp_path):
    dorc.succeed("out", "--config", repository, cwd=tmp_path)
    return tmp_path


def check(dorc, folder, *options, code=1, **more):
    before = program.state(folder)
    result = dorc.fail("out", "--config", "config", "--check", *options, code=code, cwd=folder, **more)
    assert program.state(folder) == before
    return result


def change(folder):
    """A setting, a removed pipeline and a new one."""
    (folder / "config/src/raw/a/pipeline.yaml").write_text("defaults: {memory: 1024}\nsteps: [f]\n")
    shutil.copytree(folder / "config/src/raw/b", folder / "config/src/raw/c")
    shutil.rmtree(folder / "config/src/raw/b")


def test_stat_has_a_line_for_each_file_with_git_s_counts(dorc, folder):
    change(folder)
    lines = check(dorc, folder, "--stat").stdout.splitlines()
    shutil.copytree(folder / "out", folder / "old")
    dorc.succeed("out", "--config", "config", cwd=folder)
    arguments = ["git", "diff", "--no-index", "--no-renames", "--numstat", "old", "out"]
    numbers = subprocess.run(arguments, cwd=folder, capture_output=True, text=True, check=False).stdout.splitlines()
    # `old => out` is cut out of `{old => out}/dev/x`, and a side that is not there is /dev/null.
    expected = {}
    for row in numbers:
        added, removed, name = row.split("\t")
        name = re.sub(r"\{old => out\}", "out", name).replace("/dev/null => ", "").replace(" => /dev/null", "")
        expected[name.replace("old/", "out/")] = (int(added), int(removed))
    told = {}
    for line in lines[:-1]:
        name, kind, number, graph = re.fullmatch(r" (\S+)( \(new\)| \(gone\)|) +\| +(\d+) ([+-]+)", line).groups()
        assert expected[name][0] + expected[name][1] == int(number)
        assert ("+" in graph, "-" in graph) == tuple(count > 0 for count in expected[name])
        told[name] = kind.strip()
    assert set(told) == set(expected) and len(told) == 10
    assert told["out/dev/core/raw/c.yaml"] == "(new)" and told["out/dev/core/raw/b.yaml"] == "(gone)"
    total = tuple(sum(each) for each in zip(*expected.values()))
    assert lines[-1] == " 10 files changed, {} insertions(+), {} deletions(-)".format(*total)
    assert len({line.index("|") for line in lines[:-1]}) == 1 and max(map(len, lines)) <= 80


def test_stat_of_no_difference_is_empty(dorc, folder):
    assert check(dorc, folder, "--stat", code=0).stdout == ""


def test_stat_is_about_check(dorc, folder):
    result = dorc.fail("out", "--config", "config", "--stat", cwd=folder, code=64)
    assert "use it with --check" in result.stderr


@pytest.mark.parametrize("options", [[], ["--stat"]])
def test_a_terminal_shows_differences_in_colour(dorc, folder, options):
    change(folder)
    plain = check(dorc, folder, *options).stdout
    assert ESCAPE not in plain
    shown = on_a_terminal(dorc, folder / "out", "--config", folder / "config", "--check", "--quiet", *options)
    # The names of the folders are longer there.
    without = COLOURS.sub("", shown).replace("\r\n", "\n").replace(f"{folder}/out", "out")
    if options:
        assert re.sub(r" +\|.*", "", without) == re.sub(r" +\|.*", "", plain)
        assert "\x1b[32m+" in shown and "\x1b[31m-" in shown
    else:
        assert without == plain
        assert f"\x1b[1m--- {folder}/out/" in shown and "\x1b[36m@@" in shown
        assert "\x1b[32m+      MemorySize: 1024\x1b[m" in shown and "\x1b[31m-      MemorySize: 512\x1b[m" in shown


@pytest.mark.parametrize(("written", "asked"), [("yaml", "json"), ("json", "yaml")])
def test_another_format_is_said_not_shown(dorc, folder, written, asked):
    dorc.succeed("out", "--config", "config", "--format", written, cwd=folder)
    for options in [], ["--stat"], ["--environment", "dev"], ["--pipeline", "raw/a"]:
        result = check(dorc, folder, "--format", asked, *options)
        assert result.stdout == ""
        assert result.stderr == (
            f"error: `out` was written with `--format {written}`, and is compared with `--format {asked}`: add "
            f"`--format {written}` to `--check`, or write the folder again with `--format {asked}`\n"
        )
    check(dorc, folder, "--format", written, code=0)


def test_a_folder_of_both_formats_is_compared_by_its_parts(dorc, folder):
    dorc.succeed("out", "--config", "config", "--format", "json", "--environment", "prod", cwd=folder)
    # The universal stack is a part of every run.
    assert "prod/infra.json" in check(dorc, folder).stdout + check(dorc, folder, "--format", "json").stdout
    check(dorc, folder, "--format", "json", "--environment", "prod", code=0)


@pytest.mark.parametrize("options", [["--check"], []])
def test_a_removed_pipeline_names_what_deletes_its_stacks(dorc, folder, options):
    shutil.rmtree(folder / "config/src/raw/b")
    told = dorc.run("out/", "--config", "config", *options, cwd=folder).stderr
    for environment in "dev", "prod":
        line = f"`out/deploy.sh {environment} --prune` deletes these stacks:\n  acme-{environment}-raw-b in eu-west-2\n"
        assert line in told
    assert "delete these stacks in AWS" not in told
    assert told.count("warning: until those stacks are deleted, their triggers go on starting runs\n") == 1


def test_stacks_of_a_removed_environment_are_deleted_by_hand(dorc, folder):
    text = (folder / "config/dorc.yaml").read_text()
    (folder / "config/dorc.yaml").write_text(text.replace(", prod: {}", ""))
    told = check(dorc, folder).stderr
    place = "in eu-west-2\n"
    stacks = f"  acme-prod-raw-a {place}  acme-prod-raw-b {place}  acme-prod-infra {place}"
    assert f"delete these stacks in AWS:\n{stacks}warning: until those stacks are deleted, their triggers go on" in told
    assert "--prune" not in told


@pytest.mark.parametrize("move", ["region: eu-west-1", 'account: "444455556666"'])
def test_the_old_stacks_of_an_environment_that_moves_are_named(dorc, folder, move):
    """They have the names of the new ones."""
    text = (folder / "config/dorc.yaml").read_text()
    assert text.count("prod: {}") == 1
    (folder / "config/dorc.yaml").write_text(text.replace("prod: {}", 'prod: {account: "111122223333"}'))
    told = dorc.succeed("out/", "--config", "config", cwd=folder).stderr
    assert "no longer part" not in told, "an account that was not written may be the one that is written now"
    other = 'account: "111122223333", region: eu-west-1' if move.startswith("region") else move
    (folder / "config/dorc.yaml").write_text(text.replace("prod: {}", f"prod: {{{other}}}"))
    told = dorc.succeed("out/", "--config", "config", cwd=folder).stderr
    lines = [f"  acme-prod-{name} in eu-west-2, account 111122223333\n" for name in ("raw-a", "raw-b", "infra")]
    assert "delete these stacks in AWS:\n" + "".join(lines) in told
    assert "--prune" not in told
    assert "their triggers go on starting runs" in told


def test_a_folder_with_some_of_the_pipelines_names_no_prune(dorc, folder):
    shutil.copytree(folder / "config/src/raw/b", folder / "config/src/raw/c")
    dorc.succeed("part/", "--config", "config", "--pipeline", "raw/b", cwd=folder)
    shutil.rmtree(folder / "config/src/raw/b")
    told = dorc.succeed("part/", "--config", "config", "--pipeline", "raw/a", cwd=folder).stderr
    assert "delete these stacks in AWS:\n  acme-dev-raw-b in eu-west-2\n  acme-prod-raw-b in eu-west-2\n" in told and "--prune" not in told
