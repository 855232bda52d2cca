"""The command line as its users and their scripts meet it: exit codes, streams, options, colour."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess

import program
import pytest

ESCAPE = "\x1b["
STACKS = ("core/curated/model", "core/raw/census", "core/raw/survey", "infra")
MISTAKE = "description: x\nschedule: 99 * * * *\nstepps: [f]\nsteps: [f]\n"


@pytest.fixture
def repository(tmp_path):
    return program.copy_reference(tmp_path / "config")


@pytest.fixture
def mistaken(tmp_path):
    return program.make_repository(tmp_path / "mistaken", {"raw/x": MISTAKE, "raw/y": "steps: [f, g]\n"})


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


def files(out):
    return [name for name, content in program.contents(out).items() if content is not None]


def manifest(out):
    return json.loads((out / "manifest.json").read_text())


def expected(form, environments=("dev", "prod"), stacks=STACKS):
    names = {f"{environment}/{stack}.{form}" for environment in environments for stack in stacks}
    return sorted(names | {f"universal.{form}", *shared(form)})


def shared(form):
    """What every run writes beside the templates."""
    return {"manifest.json"}


def templates(out):
    return sorted(name for name in files(out) if name.endswith((".yaml", ".json")) and name not in ("docker-bake.json",))


# Exit codes and streams


def test_success_is_0_and_says_so_on_standard_error(dorc, repository, out):
    result = dorc.succeed(out, "--config", repository)
    assert result.stdout == ""
    assert re.search(rf"9 stacks, \d+ resources: \d+ files written to `{out}`, 0 unchanged, 0 removed", result.stderr)
    assert templates(out) == expected("yaml")
    assert "0 files written" in dorc.succeed("synth", out, "--config", repository).stderr


def test_quiet_success_says_nothing(dorc, repository, out):
    for _ in range(2):
        result = dorc.succeed(out, "--config", repository, "--quiet")
        assert (result.stdout, result.stderr) == ("", "")
    result = dorc.succeed(out, "--config", repository, "--quiet", "--check")
    assert (result.stdout, result.stderr) == ("", "")


@pytest.mark.parametrize("arguments", [["check"], ["synth", "out"], ["out/", "--quiet"], ["out/", "--check"]])
def test_mistakes_are_1_and_told_on_standard_error(dorc, mistaken, tmp_path, arguments):
    result = dorc.fail(*arguments, "--config", mistaken, cwd=tmp_path)
    assert result.stdout == ""
    assert "src/raw/x/pipeline.yaml:3:1" in result.stderr and "src/raw/y/pipeline.yaml:" in result.stderr
    assert "did you mean `steps`?" in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--no-such-option"],
        ["out/", "--no-such-option"],
        ["out/", "--format", "toml"],
        ["out/", "--format"],
        ["out/", "more/"],
        ["synth"],
        [],
        ["synth", ""],
        ["chekc"],
        ["check", "out/"],
        ["check", "--diagnostics-format", "xml"],
        ["new"],
        ["new", "nothing"],
        ["new", "pipeline"],
        ["out/", "--environment", "nowhere"],
        ["out/", "--pipeline", "raw/nothing"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_64(dorc, repository, arguments):
    before = program.state(repository)
    if arguments == ["new"]:
        result = dorc.run(*arguments, cwd=repository)
        assert result.returncode in (0, 64) and "USAGE" in result.stdout + result.stderr
        return
    result = dorc.fail(*arguments, code=64, cwd=repository)
    assert result.stdout == "" and "Error:" in result.stderr
    assert program.state(repository) == before


@pytest.mark.parametrize("call", ["check --config nowhere out", "list --nothing", "schedule --days 0", "run --nothing", "synth out --stat",
                                  "graph raw/census raw/survey", "test --jobs many", "import dorc nowhere"])  # fmt: skip
def test_wrong_usage_is_told_with_the_usage_of_the_command(dorc, repository, call):
    name = re.match(r"(import )?\w+", call)[0]
    result = dorc.fail(*call.split(), code=64, cwd=repository)
    assert re.search(rf"^Usage: dorc-synth {name} .*\n  See 'dorc-synth {name} --help' for more information.\n\Z", result.stderr, re.MULTILINE), result.stderr


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("chekc", "did you mean `check`?"),
        ("synt", "did you mean `synth`?"),
        ("init", "`dorc-synth new project NAME`"),
        ("validate", "`dorc-synth check`"),
        ("build", "`dorc-synth out/`"),
        ("plan", "`dorc-synth diff`"),
        ("Deploy", "`out/deploy.sh dev`"),
        ("version", "`dorc-synth --version`"),
        ("initt", "`dorc-synth new project NAME`"),
        ("ls", "`dorc-synth list`"),
        ("crontab", "`dorc-synth schedule`"),
        ("logs", "`synth`, `check`"),
        ("dist", "a new output folder of that name is written `dist/`"),
    ],
)
def test_a_word_that_looks_like_a_command_is_no_output_folder(dorc, repository, word, told):
    before = program.state(repository)
    for more in ([], ["dev"], ["out/", "--strict"], ["--config", "."]):
        result = dorc.fail(word, *more, code=64, cwd=repository)
        assert f"Error: there is no command `{word}`" in result.stderr and told in result.stderr
        assert "The commands are `synth`, `check`" in result.stderr and f"`{word}/`" in result.stderr
    dorc.fail("--config", ".", word, code=64, cwd=repository)
    assert program.state(repository) == before


def test_a_path_and_a_folder_that_exists_are_no_commands(dorc, repository):
    (repository / "plan").mkdir()
    for path in ("plan", "deploy/", "./build", "sub/list", "out"):
        dorc.succeed(path, cwd=repository)
        assert (repository / path / "manifest.json").exists()


def test_the_version_is_written(dorc):
    result = dorc.succeed("--version")
    assert re.fullmatch(r"dorc-synth \d+\.\d+\.\d+ \((commit \S+, )?libyaml \d+\.\d+\.\d+\)\n", result.stdout)
    assert result.stderr == ""


def command_names():
    """Every command, as the program itself lists them."""
    listing = json.loads(program.find().run("--experimental-dump-help").stdout)

    def walk(command, path):
        yield path
        for each in command.get("subcommands", ()):
            if each["commandName"] != "help":
                yield from walk(each, [*path, each["commandName"]])

    return list(walk(listing["command"], []))


def test_every_command_has_help_with_an_example(dorc):
    names = command_names()
    assert [] in names and ["synth"] in names and ["check"] in names and ["new", "pipeline"] in names
    for path in names:
        result = dorc.succeed(*path, "--help")
        assert result.stderr == "" and "USAGE: dorc-synth" in result.stdout
        example = re.search(r"^EXAMPLES?\n((?:  .*\n)+)", result.stdout, re.MULTILINE)
        assert example, f"{path}: no example"
        # A line that was too long for the terminal would go on in the next one, without the two spaces.
        assert re.fullmatch(r"(  dorc-synth( .*)?\n)+", example[1]), f"{path}: {example[1]}"
        assert result.stdout[example.end()] == "\n", f"{path}: a line of the example is longer than 80 characters"
        assert dorc.succeed("help", *path).stdout == result.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_are_made(dorc, shell):
    result = dorc.succeed("--generate-completion-script", shell)
    assert "dorc-synth" in result.stdout and "diagnostics-format" in result.stdout and result.stderr == ""
    if shell == "bash":
        subprocess.run(["bash", "-n"], input=result.stdout, text=True, check=True)


# Where the config repository is


def test_without_a_config_repository_it_tells_what_to_do(dorc, tmp_path):
    for arguments in (["check"], ["out/"], ["out/", "--check"]):
        result = dorc.run(*arguments, cwd=tmp_path)
        assert result.returncode in (1, 64) and result.stdout == ""
        assert "dorc.yaml" in result.stderr, "what it looked for"
        assert "here or in a folder above" in result.stderr or str(tmp_path) in result.stderr, "where it looked"
        assert "--config" in result.stderr, "how to name it"
        assert "dorc-synth new project" in result.stderr, "how to begin"
    assert list(tmp_path.iterdir()) == []


def test_a_dorc_yaml_stands_for_its_folder(dorc, repository, tmp_path):
    dorc.succeed("check", "--config", repository / "dorc.yaml")
    dorc.succeed("check", "--config", "dorc.yaml", cwd=repository)
    dorc.succeed(tmp_path / "out", env={"CONFIG_REPO_PATH": str(repository / "dorc.yaml")}, cwd=tmp_path)
    assert templates(tmp_path / "out") == expected("yaml")


def test_a_dorc_yml_is_to_be_renamed(dorc, repository, tmp_path):
    (repository / "dorc.yaml").rename(repository / "dorc.yml")
    below = repository / "src/raw"
    for arguments, cwd in ((["check"], below), (["check", "--config", repository], tmp_path), (["out/"], repository)):
        result = dorc.run(*arguments, cwd=cwd)
        assert result.returncode in (1, 64) and f"{repository}/dorc.yml` is not read: rename it to `dorc.yaml`" in result.stderr
    env = {"CONFIG_REPO_PATH": str(repository)}
    assert "rename it to `dorc.yaml`" in dorc.run("check", env=env, cwd=tmp_path).stderr


@pytest.mark.parametrize("place", ["nowhere", "empty", "empty/file"])
def test_a_wrong_config_option_names_the_folder(dorc, tmp_path, place):
    program.write_files(tmp_path, {"empty/file": "x"})
    for arguments, env in ((["--config", place], ()), ([], {"CONFIG_REPO_PATH": place})):
        result = dorc.run("check", *arguments, env=env, cwd=tmp_path)
        assert result.returncode in (1, 64) and result.stdout == ""
        assert "dorc.yaml" in result.stderr and place in result.stderr


def test_config_repo_path_is_used(dorc, repository, tmp_path):
    env = {"CONFIG_REPO_PATH": str(repository)}
    dorc.succeed("out/", cwd=tmp_path, env=env)
    assert templates(tmp_path / "out") == expected("yaml")
    assert "no mistakes" in dorc.succeed("check", cwd=tmp_path, env=env).stderr


def test_the_nearest_config_upwards_is_used(dorc, repository, tmp_path):
    program.make_project(tmp_path, 1)
    # The path is relative to where the user stands, not to the config repository.
    dorc.succeed("../../../there/out/", cwd=repository / "src/raw/census")
    assert templates(repository / "there/out") == expected("yaml")


def test_the_nearest_config_wins_over_config_repo_path_and_the_option_over_both(dorc, repository, tmp_path):
    inner = program.make_project(tmp_path / "inner", 1, project="inner")
    other = program.make_project(tmp_path / "other", 1, project="other")
    env = {"CONFIG_REPO_PATH": str(other)}
    dorc.succeed("../a", cwd=inner, env=env)
    dorc.succeed("../b", "--config", repository, cwd=inner, env=env)
    dorc.succeed("c/", cwd=tmp_path, env=env)
    names = [manifest(tmp_path / name)["project"] for name in "abc"]
    assert names == ["inner", "census-demo", "other"]


# Parts of a project


def test_one_environment(dorc, repository, out):
    dorc.succeed(out, "--config", repository, "--environment", "dev")
    assert templates(out) == expected("yaml", ["dev"])
    assert {stack["environment"] for stack in manifest(out)["stacks"]} == {None, "dev"}


def test_one_pipeline(dorc, repository, out):
    dorc.succeed(out, "--config", repository, "--pipeline", "raw/census", "--environment", "prod")
    assert templates(out) == sorted(["universal.yaml", "prod/infra.yaml", "prod/core/raw/census.yaml", "manifest.json"])


def test_options_may_be_repeated(dorc, repository, out):
    options = ["--pipeline", "raw/census", "--pipeline", "raw/survey", "--environment", "prod", "--environment", "dev"]
    dorc.succeed(out, "--config", repository, *options)
    assert templates(out) == [name for name in expected("yaml") if "curated" not in name]


def test_the_other_parts_stay(dorc, repository, out):
    """A part is written where the rest of the folder is up to date. (test_output_faults.py has what is refused.)"""
    dorc.succeed(out, "--config", repository)
    before, old_manifest = program.contents(out), manifest(out)
    definition = repository / "src/raw/census/pipeline.yaml"
    definition.write_text(re.sub("^description: .*", "description: Changed", definition.read_text(), flags=re.MULTILINE))
    dorc.succeed(out, "--config", repository, "--pipeline", "raw/census")
    changed = set(program.different(before, program.contents(out)))
    assert {name for name in expected("yaml") if "raw/census" in name} <= changed
    assert changed & set(expected("yaml")) - {"manifest.json"} == {n for n in expected("yaml") if "raw/census" in n}
    assert manifest(out)["files"] == old_manifest["files"]
    assert [stack["name"] for stack in manifest(out)["stacks"]] == [stack["name"] for stack in old_manifest["stacks"]]
    # A whole run has nothing more to do.
    assert "0 files written" in dorc.succeed(out, "--config", repository).stderr


def test_one_environment_in_another_format_leaves_the_other_as_it_was(dorc, repository, out):
    dorc.succeed(out, "--config", repository)
    dorc.succeed(out, "--config", repository, "--environment", "dev", "--format", "json")
    rest = [name for name in expected("yaml", ["prod"]) if name != "universal.yaml"]
    assert templates(out) == sorted(set(expected("json", ["dev"])) | set(rest))
    assert {stack["template"] for stack in manifest(out)["stacks"]} == set(templates(out)) - {"manifest.json"}


@pytest.mark.parametrize(
    ("option", "name", "suggestion"),
    [
        *[("--environment", "prdo", "prod"), ("--environment", "staging", None)],
        *[("--pipeline", "raw/cencus", "raw/census"), ("--pipeline", "census", "raw/census")],
        *[("--pipeline", "cenus", "raw/census"), ("--pipeline", "raw/rates", None)],
    ],
)
def test_an_unknown_part_is_wrong_usage_with_a_suggestion(dorc, repository, out, option, name, suggestion):
    result = dorc.fail(out, "--config", repository, option, name, code=64)
    assert f"`{name}`" in result.stderr and result.stdout == ""
    assert ("did you mean" in result.stderr) == (suggestion is not None)
    if suggestion:
        assert f"did you mean `{suggestion}`?" in result.stderr
    for known in {"--environment": ["dev", "prod"], "--pipeline": ["curated/model", "raw/census", "raw/survey"]}[option]:
        assert f"`{known}`" in result.stderr
    # The form of the command is right: its usage would not help.
    assert "usage" not in result.stderr.lower()
    assert not out.exists()


@pytest.mark.parametrize(
    "words",
    [["run", "raw/cencus"], ["run", "raw/census", "--environment", "pro"], ["run"], ["test", "raw/cencus"], ["explain", "unkown"],
     ["list", "--environment", "pro"], ["graph", "raw/cencus"], ["schedule", "--environment", "pro"]],
    ids=" ".join,
)  # fmt: skip
def test_a_name_that_the_project_does_not_have_is_told_without_the_usage(dorc, repository, words):
    result = dorc.fail(*words, cwd=repository, code=64)
    assert result.stderr.startswith("Error: ") and "usage" not in result.stderr.lower(), result.stderr


def test_a_wrong_option_is_told_with_the_usage(dorc, repository):
    assert "Usage: dorc-synth run " in dorc.fail("run", "--no-such-option", cwd=repository, code=64).stderr


# Formats and --check


def test_another_format_takes_the_place_of_the_first(dorc, repository, out):
    dorc.succeed(out, "--config", repository)
    (out / "mine.yaml").write_text("x: y\n")
    dorc.succeed(out, "--config", repository, "--format", "json")
    assert templates(out) == sorted([*expected("json"), "mine.yaml"])
    for name in expected("json"):
        json.loads((out / name).read_text())
    dorc.succeed(out, "--config", repository, "--format", "yaml")
    assert templates(out) == sorted([*expected("yaml"), "mine.yaml"])


def checked(dorc, repository, out, *options, code):
    """--check changes nothing at all; gives what it printed."""
    before = program.state(out.parent), out.exists() and out.stat().st_mtime_ns
    result = dorc.fail(out, "--config", repository, "--check", *options, code=code)
    assert (program.state(out.parent), out.exists() and out.stat().st_mtime_ns) == before
    return result


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_check_of_what_is_up_to_date(dorc, repository, out, form):
    dorc.succeed(out, "--config", repository, "--format", form)
    assert checked(dorc, repository, out, "--format", form, code=0).stdout == ""


def test_check_names_what_is_changed_missing_and_stale(dorc, repository, out):
    dorc.succeed(out, "--config", repository)
    census = repository / "src/raw/census/pipeline.yaml"
    census.write_text(re.sub("^description: .*", "description: Quite new", census.read_text(), flags=re.MULTILINE))
    (out / "prod/infra.yaml").unlink()
    program.write_files(repository, {"src/raw/new/pipeline.yaml": "steps: [f]\n", "src/raw/new/f/lambda.py": "def handler(e, c): pass\n"})
    shutil.rmtree(repository / "src/raw/survey")
    text = checked(dorc, repository, out, code=1).stdout
    sections = re.split(r"^(?=--- )", text, flags=re.MULTILINE)
    by_name = {}
    for name in ("dev/core/raw/census", "prod/infra", "dev/core/raw/new", "prod/core/raw/survey", "universal"):
        found = [section for section in sections if f"out/{name}.yaml" in section]
        assert len(found) == 1, f"{name}: {len(found)} sections"
        by_name[name] = found[0].splitlines()
    census_diff = by_name["dev/core/raw/census"]
    assert census_diff[1].startswith("+++ ") and census_diff[2].startswith("@@ -")
    assert "-Description: Pulls the census extract each working day, checks it and loads it" in census_diff
    assert "+Description: Quite new" in census_diff
    assert len(census_diff) < 40, "a diff shows what changed and a few lines around it"
    for missing in ("prod/infra", "dev/core/raw/new"):
        assert {line[0] for line in by_name[missing][3:]} == {"+"}
    assert {line[0] for line in by_name["prod/core/raw/survey"][3:]} == {"-"}
    assert any("manifest.json" in section for section in sections)


def test_check_of_a_missing_folder(dorc, repository, out):
    text = checked(dorc, repository, out, code=1).stdout
    assert all(f"out/{name}" in text for name in expected("yaml"))


def test_the_diff_can_be_applied(dorc, repository, out):
    dorc.succeed(out, "--config", repository)
    fresh = program.contents(out)
    for name in expected("yaml")[:4]:
        lines = (out / name).read_text().splitlines()
        (out / name).write_text("\n".join(lines[:5] + lines[9:20] + ["more: 1"] + lines[20:]) + "\n")
    patch = dorc.fail("out", "--config", repository, "--check", cwd=out.parent).stdout
    # Patch takes what stands before a tab for the name.
    patch = re.sub(r"^(\+\+\+ \S+) \(as it would be\)$", r"\1", patch, flags=re.MULTILINE)
    applied = subprocess.run(["patch", "-p0", "--batch"], input=patch, text=True, cwd=out.parent, capture_output=True)
    assert applied.returncode == 0, applied.stdout + applied.stderr
    assert program.contents(out) == fresh


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.replace(rb"caf\xE9", "cafe\u0301".encode()),
        lambda data: data.rstrip(b"\n"),
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data + b"\n",
        lambda data: data + b"\xff\n",
        lambda data: b"\xef\xbb\xbf" + data,
    ],
    ids=["another normal form", "no line break at the end", "CRLF", "an empty line more", "no UTF-8", "byte order mark"],
)
def test_check_shows_differences_that_are_hard_to_see(dorc, tmp_path, out, change):
    repository = program.make_repository(tmp_path / "config", {"raw/x": "description: caf\u00e9\nsteps: [f]\n"})
    dorc.succeed(out, "--config", repository)
    path = out / "dev/core/raw/x.yaml"
    path.write_bytes(change(path.read_bytes()))
    text = checked(dorc, repository, out, code=1).stdout
    lines = text.split("\n")
    assert "out/dev/core/raw/x.yaml" in text
    assert [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---") and line], text


def test_check_takes_a_part(dorc, repository, out):
    dorc.succeed(out, "--config", repository)
    (out / "prod/infra.yaml").unlink()
    checked(dorc, repository, out, "--environment", "dev", code=0)
    assert "prod/infra.yaml" in checked(dorc, repository, out, "--environment", "prod", code=1).stdout


# Diagnostics


def test_diagnostics_as_json(dorc, mistaken):
    for arguments in (["check"], ["out"], ["out", "--check"]):
        result = dorc.fail(*arguments, "--config", mistaken, "--diagnostics-format", "json", cwd=mistaken.parent)
        found = json.loads(result.stdout)
        places = {(each["file"], each["line"], each["column"]): each for each in found}
        unknown = places["src/raw/x/pipeline.yaml", 3, 1]
        assert (unknown["id"], unknown["severity"], unknown["replacement"]) == ("unknown-key", "error", "steps")
        assert (unknown["endLine"], unknown["endColumn"], unknown["source"]) == (3, 7, "stepps: [f]")
        assert any(file == "src/raw/x/pipeline.yaml" and line == 2 and column >= 11 for file, line, column in places)
        assert any(file == "src/raw/y/pipeline.yaml" and (line, column) == (1, 12) for file, line, column in places)
        assert list(places) == sorted(places), "sorted by place"
        for each in found:
            assert {"id", "severity", "file", "line", "column", "endLine", "endColumn", "summary", "notes"} <= each.keys()
            assert each["severity"] in ("error", "warning", "note")
            assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", each["id"])


def test_the_same_diagnostics_as_text_and_json(dorc, mistaken):
    text = dorc.fail("check", "--config", mistaken).stderr
    found = re.findall(r"^(\w+)\[([a-z0-9-]+)\]: .*\n +--> (\S+):(\d+):(\d+)$", text, re.MULTILINE)
    listed = dorc.diagnostics("check", "--config", mistaken)
    assert found == [
        (each["severity"], each["id"], each["file"], str(each["line"]), str(each["column"])) for each in listed
    ]


def test_no_diagnostics_as_json(dorc, repository, out):
    for arguments in (["check"], [out], [out, "--check"]):
        result = dorc.succeed(*arguments, "--config", repository, "--diagnostics-format", "json")
        assert json.loads(result.stdout) == []


def test_standard_output_is_json_also_where_check_finds_differences(dorc, repository, out):
    result = dorc.fail(out, "--config", repository, "--check", "--diagnostics-format", "json")
    json.loads(result.stdout)


# Colour


def on_a_terminal(dorc, *arguments, env=(), cwd=None) -> str:
    """All that a run shows on a pseudo-terminal."""
    leader, follower = pty.openpty()
    try:
        process = subprocess.Popen(
            dorc.command(*arguments),
            stdin=follower,
            stdout=follower,
            stderr=follower,
            cwd=cwd,
            env=program.environment({"TERM": "xterm-256color"} | dict(env)),
        )
        os.close(follower)
        shown = b""
        while True:
            try:
                piece = os.read(leader, 65536)
            except OSError:
                break
            if not piece:
                break
            shown += piece
        assert process.wait(program.PATIENCE) in (0, 1)
    finally:
        os.close(leader)
    return shown.decode()


def test_a_terminal_has_colour(dorc, mistaken):
    shown = on_a_terminal(dorc, "check", "--config", mistaken)
    assert ESCAPE in shown
    plain = dorc.fail("check", "--config", mistaken).stderr
    assert re.sub(r"\x1b\[[0-9;]*m", "", shown).replace("\r\n", "\n") == plain


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"NO_COLOR": "0"}, {"TERM": "dumb"}], ids=str)
def test_a_terminal_that_wants_no_colour_has_none(dorc, mistaken, repository, out, env):
    assert ESCAPE not in on_a_terminal(dorc, "check", "--config", mistaken, env=env)
    assert ESCAPE not in on_a_terminal(dorc, out, "--config", repository, "--check", env=env)


def test_an_empty_no_color_counts_as_none(dorc, mistaken):
    assert ESCAPE in on_a_terminal(dorc, "check", "--config", mistaken, env={"NO_COLOR": ""})


def test_files_and_pipes_have_no_colour(dorc, mistaken, repository, out):
    env = {"TERM": "xterm-256color", "CLICOLOR_FORCE": ""}
    for arguments in (["check", "--config", mistaken], [out, "--config", repository, "--check"], ["--help"]):
        result = dorc.run(*arguments, env=env)
        assert "\x1b" not in result.stdout + result.stderr


def test_text_of_a_file_cannot_steer_the_terminal(dorc, tmp_path):
    definition = 'description: x\nsteps: [f]\n"\\u001b[2Jx": 1\ny\x85z: 2\n'
    repository = program.make_repository(tmp_path / "config", {"raw/x": definition})
    result = dorc.fail("check", "--config", repository)
    assert "\x1b" not in result.stderr and "\x85" not in result.stderr


def test_a_reader_that_goes_away_is_no_crash(dorc, repository, out):
    process = subprocess.Popen(
        dorc.command(out, "--config", repository, "--check"), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    process.stdout.close()
    # SIGPIPE ends a writer as it does `head`'s.
    assert process.wait(program.PATIENCE) in (1, -13)


# Standard output that cannot be written


PRINTING = [
    *(["--help"], ["--version"], ["help", "check"], ["new", "project", "--help"], ["--generate-completion-script", "bash"]),
    *(["check", "--diagnostics-format", "json"], ["out/", "--check"], ["out/", "--diagnostics-format", "json"]),
    ["new", "function", "raw/census/more"],
]


@pytest.mark.parametrize("arguments", PRINTING, ids=" ".join)
def test_a_result_that_cannot_be_written_is_an_error(dorc, repository, arguments):
    with open("/dev/full", "w") as full:
        result = dorc.fail(*arguments, cwd=repository, capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert result.stderr.endswith("error: cannot write to standard output: No space left on device\n")
    closed = dorc.fail(*arguments, cwd=repository, preexec_fn=lambda: os.close(1)) if arguments[:2] != ["new", "function"] else None
    assert closed is None or "cannot write to standard output: Bad file descriptor" in closed.stderr


def test_a_closed_stream_does_not_end_up_in_a_file(dorc, repository, out):
    def close():
        for stream in (0, 1, 2):
            os.close(stream)

    dorc.run(out, "--config", repository, preexec_fn=close)
    fresh = out.with_name("fresh")
    dorc.succeed(fresh, "--config", repository)
    assert program.contents(out) == program.contents(fresh)


def test_a_reader_that_goes_away_while_sigpipe_is_ignored_is_told(dorc, repository, out):
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as pipe:
        result = dorc.fail(
            *[out, "--config", repository, "--check"],
            **{"capture_output": False, "stdout": pipe, "stderr": subprocess.PIPE, "restore_signals": False},
        )
    assert "cannot write to standard output: Broken pipe" in result.stderr
