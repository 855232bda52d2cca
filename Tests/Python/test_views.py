"""`list`, `explain` and what the shells offer."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import shutil
import struct
import subprocess
import termios

import cases
import program
import pytest


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    return program.copy_reference(tmp_path_factory.mktemp("views") / "config")


def on_terminal(dorc, columns, *arguments):
    main, side = pty.openpty()
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    process = subprocess.Popen(
        dorc.command(*arguments), stdin=subprocess.DEVNULL, stdout=side, stderr=side, env=program.environment()
    )
    os.close(side)
    data = b""
    try:
        while piece := os.read(main, 65536):
            data += piece
    except OSError:  # The other end is closed.
        pass
    os.close(main)
    assert process.wait(program.PATIENCE) == 0
    return data.decode().replace("\r\n", "\n")


# list


def test_the_list_says_what_each_pipeline_is_and_what_starts_it(dorc, reference):
    lines = dorc.succeed("list", "--config", reference).stdout.splitlines()
    assert lines[0].split() == ["PIPELINE", "DESCRIPTION", "STEPS", "FUNCTIONS", "STARTS"]
    assert [line.split()[0] for line in lines[1:4]] == ["curated/model", "raw/census", "raw/survey"]
    assert lines[2].endswith("3      3          at 06:30 on Monday to Friday, Europe/London time")
    assert "as a step of raw/survey" in lines[1]


def test_the_list_for_programs_has_the_same(dorc, reference):
    found = {each["pipeline"]: each for each in json.loads(dorc.succeed("list", "--config", reference, "--format", "json").stdout)}
    census = found["raw/census"]
    assert census["steps"] == ["extract", "validate", "load"]
    assert census["functions"] == ["extract", "load", "validate"]
    assert census["triggers"] == [
        {
            "name": "weekdays",
            "words": "at 06:30 on Monday to Friday, Europe/London time",
            "environments": ["dev", "prod"],
            "off_in": [],
            "schedule": "30 6 * * 1-5",
            "timezone": "Europe/London",
        }
    ]
    assert found["curated/model"]["step_of"] == ["raw/survey"]
    dev = json.loads(dorc.succeed("list", "--config", reference, "--environment", "dev", "--format", "json").stdout)
    assert {name for each in dev for trigger in each["triggers"] for name in trigger["environments"]} == {"dev"}


RUNS = """
parameters: {full: false, rows: [1, null]}
max_active_runs: 2
when_busy: skip
steps: [f, {name: g, function: f}]
finally: [{name: tidy, function: f}, {name: tell, function: f, after: []}]
"""


def test_views_show_parameters_and_what_runs_last(dorc, tmp_path):
    root = program.make_repository(tmp_path, {"raw/p": RUNS})
    (found,) = json.loads(dorc.succeed("list", "--config", root, "--format", "json").stdout)
    assert (found["steps"], found["finally"]) == (["f", "g"], ["tidy", "tell"])
    assert found["parameters"] == {"full": False, "rows": [1, None]}
    assert dorc.succeed("list", "--config", root).stdout.splitlines()[1].split()[1:3] == ["4", "1"]
    chart = dorc.succeed("graph", "raw/p", "--config", root, "--format", "mermaid").stdout
    nodes = {line.split('"')[1].partition("<br/>")[0]: line.split("[")[0].strip() for line in chart.splitlines() if '["' in line}
    for last in ("tidy", "tell"):
        assert f"{nodes['g']} --> {nodes[last]}" in chart
    assert chart.count("finally") == 2
    page = dorc.succeed("graph", "--config", root, "--format", "html").stdout
    for part in ("at most 2, others are skipped", "after all others, whether the run succeeded or failed", "Parameters"):
        assert part in page



def test_triggers_that_differ_between_environments_say_where(dorc, tmp_path):
    program.make_repository(
        tmp_path,
        {
            "raw/p": "steps: [f]\ntriggers:\n  - {name: t, schedule: '${cron}'}\n"
            "environments: {prod: {triggers_enabled: false}}\n",
            "raw/q": "steps: [f]\n",
        },
        environments="{dev: {variables: {cron: '0 6 * * *'}}, prod: {variables: {cron: '@hourly'}}}",
    )
    text = dorc.succeed("list", "--config", tmp_path).stdout
    assert "at 06:00 every day, UTC (dev)\n" in text and "every hour, UTC (off in prod)\n" in text
    assert "by hand" in text


@pytest.mark.parametrize("columns", [72, 80, 100, 200])
def test_no_line_is_wider_than_the_terminal(dorc, reference, columns):
    for arguments in (["list"], ["schedule", "--from", "2027-01-01"]):
        text = on_terminal(dorc, columns, *arguments, "--config", reference)
        table = text.split("\n\n")[0]
        assert max(map(len, table.splitlines())) <= columns, table
        assert ("…" in table) == (columns < len(max(dorc.succeed(*arguments, "--config", reference).stdout.split("\n\n")[0].splitlines(), key=len)))


# explain


def test_every_id_that_is_listed_is_explained(dorc):
    found = json.loads(dorc.succeed("explain", "--format", "json").stdout)
    assert len(found) > 100
    listed = dorc.succeed("explain").stdout
    for each in found:
        assert f"\n{each['id']} " in listed, each["id"]
    for each in found[::25]:
        text = dorc.succeed("explain", each["id"]).stdout
        assert text.startswith(f"{each['severities'][0]}[{each['id']}]: ")
        assert "What to do: " in text
        assert not each["page"] or text.endswith(f"\nMore: {each['page']} in dorc's repository\n")
        assert json.loads(dorc.succeed("explain", each["id"], "--format", "json").stdout) == each
        page = (each["page"] or "README.md").split("#")[0].removeprefix("docs/")
        assert (program.ROOT / "docs" / page).is_file()


def test_an_id_is_taken_as_it_is_copied_from_a_report(dorc):
    assert dorc.succeed("explain", "error[unknown-key]:").stdout == dorc.succeed("explain", "unknown-key").stdout


def test_an_unknown_id_is_wrong_usage_with_a_suggestion(dorc):
    result = dorc.fail("explain", "unknwn-key", code=64)
    assert "did you mean `unknown-key`?" in result.stderr and not result.stdout


def test_a_report_names_explain_only_where_it_does_not_say_what_to_do(dorc, tmp_path):
    program.make_repository(tmp_path / "a", {"raw/p": "steps: [f]\nmemroy: 5\n"})
    assert "explain" not in dorc.fail("check", "--config", tmp_path / "a").stderr
    program.make_repository(tmp_path / "b", {"raw/p": "steps: [f]\nschedule: '0 25 * * *'\n"})
    assert dorc.fail("check", "--config", tmp_path / "b").stderr.endswith("\n`dorc-synth explain invalid-schedule` says more\n")


# Completion


WANTED = [
    (["out/", "--env"], {"--environment"}, {"--from"}),
    (["out/", "--environment", ""], {"dev", "prod"}, {"raw/census"}),
    (["out", "--check", "--pipeline", "raw/"], {"raw/census", "raw/survey"}, {"curated/model"}),
    (["schedule", ""], {"raw/census", "curated/model"}, {"dev"}),
    (["list", "--environment", "p"], {"prod"}, {"dev"}),
    (["explain", "unknown-k"], {"unknown-key"}, {"unknown-step"}),
    (["run", "cur"], {"curated/model"}, {"raw/census"}),
    (["run", "raw/census", "--from", "v"], {"validate"}, {"extract"}),
    (["run", "curated/model", "--only", ""], {"publish"}, {"validate"}),
    (["sched"], {"schedule"}, {"list"}),
    (["sr"], {"src/"}, {"list"}),
]
BASH = """
source <(dorc-synth --generate-completion-script bash)
COMP_WORDS=(dorc-synth "$@")
COMP_CWORD=$#
COMP_LINE="${COMP_WORDS[*]}"
COMP_POINT=${#COMP_LINE}
_dorc-synth dorc-synth "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
printf '%s\\n' "${COMPREPLY[@]}"
"""
FISH = """
dorc-synth --generate-completion-script fish | source
complete -C "dorc-synth $argv"
"""


@pytest.fixture
def shell(dorc, reference, tmp_path):
    (tmp_path / "dorc-synth").symlink_to(dorc.path)
    path = f"{tmp_path}:{os.environ['PATH']}"

    def run(*command):
        result = subprocess.run(
            command, cwd=reference, env=program.environment({"PATH": path}), capture_output=True, encoding="utf-8"
        )
        assert result.returncode == 0, result.stderr
        return {line.split("\t")[0] for line in result.stdout.splitlines()}

    return run


@pytest.mark.parametrize(("words", "wanted", "unwanted"), WANTED, ids=[" ".join(words) for words, *_ in WANTED])
def test_bash_offers_what_fits(shell, words, wanted, unwanted):
    offered = shell("bash", "-c", BASH, "bash", *words)
    assert wanted <= offered and not unwanted & offered, offered


@pytest.mark.skipif(not shutil.which("fish"), reason="fish is not installed")
@pytest.mark.parametrize(("words", "wanted", "unwanted"), WANTED, ids=[" ".join(words) for words, *_ in WANTED])
def test_fish_offers_what_fits(shell, words, wanted, unwanted):
    offered = shell("fish", "-c", FISH, *words)
    assert wanted <= offered and not unwanted & offered, offered


@pytest.mark.skipif(not shutil.which("zsh"), reason="zsh is not installed")
def test_zsh_reads_its_script(shell, tmp_path):
    shell("zsh", "-c", "dorc-synth --generate-completion-script zsh > $1; zsh -n $1", "zsh", str(tmp_path / "_dorc-synth"))


# list --access


def test_the_list_of_access_says_what_each_function_may_do(dorc, tmp_path):
    config = cases.copy_config("access", tmp_path / "config")
    lines = dorc.succeed("list", "--access", "--config", config).stdout.splitlines()
    assert lines[0].split() == ["FUNCTION", "MAY", "ON", "ENVIRONMENTS"]
    assert lines[1].split()[0] == "raw/census/extract"
    assert [line.split()[0] for line in lines if line.startswith("raw/")] == ["raw/census/extract", "raw/census/load"]
    found = json.loads(dorc.succeed("list", "--access", "--config", config, "--format", "json").stdout)
    by_thing = {(each["function"], each["may"], each["on"]): each["environments"] for each in found}
    assert len(by_thing) == len(found) == len(lines) - 1
    assert by_thing["raw/census/load", "s3_read", "landing-dev/census/*"] == ["dev"]
    assert by_thing["raw/census/load", "s3_write", "scratch-dev/*"] == ["dev"]
    assert by_thing["raw/census/load", "sns", "arn:${partition}:sns:${region}:${account}:data-ready"] == ["dev", "prod"]
    assert by_thing["raw/census/extract", "athena.read", "curated.areas"] == ["dev", "prod"]
    assert ("raw/census/extract", "kinesis:PutRecord", "arn:aws:kinesis:eu-west-2:444455556666:stream/census") in by_thing
    prod = json.loads(dorc.succeed("list", "--access", "--environment", "prod", "--config", config, "--format", "json").stdout)
    assert {each["on"] for each in prod} >= {"audit-prod/census/*", "landing-prod/census/*"}
    assert all(each["environments"] == ["prod"] for each in prod)


def test_the_list_of_access_has_jobs_and_their_roles_may_do_just_that(dorc, tmp_path):
    """A function that is a job in one environment and a Lambda in the other."""
    network = "vpc_id: vpc-0d0d0d0d0d0d0d0d0, private_subnet_ids: [subnet-0d0d0d0d0d0d0d0d1]"
    pipeline = (
        "functions: {f: {access: {s3_read: [landing/census/*]}}}\nsteps: [f]\n"
        "environments: {prod: {functions: {f: {compute: {vcpu: 4, memory: 16384}}}}}\n"
    )
    root = program.make_repository(tmp_path / "config", {"raw/p": pipeline}, environments=f"{{dev: {{}}, prod: {{{network}}}}}")
    found = json.loads(dorc.succeed("list", "--access", "--config", root, "--format", "json").stdout)
    assert found == [{"function": "raw/p/f", "may": "s3_read", "on": "landing/census/*", "environments": ["dev", "prod"]}]
    dorc.succeed(root / "out", "--config", root, "--format", "json", "--quiet")
    for environment, role in (("dev", "FFunctionRole"), ("prod", "FJobRole")):
        resources = json.loads((root / f"out/{environment}/core/raw/p.json").read_text())["Resources"]
        (statements,) = [
            each["PolicyDocument"]["Statement"] for name, one in resources.items() if name.startswith(role)
            for each in one["Properties"]["Policies"]
        ]  # fmt: skip
        reads = [each for each in statements if "s3:GetObject" in each["Action"]]
        assert len(reads) == 1 and json.dumps(reads).count("landing/census/*") == 1


def test_where_no_function_has_access_the_list_says_so(dorc, tmp_path):
    config = cases.copy_config("one-function", tmp_path / "config")
    assert dorc.succeed("list", "--access", "--config", config).stdout == "No function has `access` or `permissions`.\n"
    assert dorc.succeed("list", "--access", "--config", config, "--format", "json").stdout == "[]\n"
