"""A minute of `dorc-fuzz`: random changes to the config repositories of the snapshot cases, through the whole front end.

No input may crash it, take longer than its limit of CPU time, give another result in another order, an `internal-error`
or a message that is longer than a screen, and what comes out can be read and is the same in YAML and JSON. `make fuzz`
runs it for longer. What it finds becomes a test case.
"""

import os
import signal
import subprocess

import cases
import program
import pytest

FUZZER = program.ROOT / ".build/debug/dorc-fuzz"
# Config repositories as the fuzzer has written them.
FINDINGS = sorted((program.ROOT / "Tests/Fuzz/Findings").iterdir())
# Kinds that are known and not yet mended, separated by commas.
KNOWN = ""


# The same inputs in each run of the tests, so that a change fails by its own fault; `make fuzz` takes others.
SEED = "1"
# Seconds of CPU time: a debug build that compiles a large workflow for hundreds of environments takes 20.
PATIENCE = "120"


def run(*arguments, **env):
    command = [FUZZER, "--cases", cases.CASES, *arguments]
    options = {"capture_output": True, "text": True, "timeout": 900, "env": os.environ | env}
    return subprocess.run([*map(str, command)], **options)


def test_changed_repositories_are_survived(tmp_path):
    seconds = os.environ.get("FUZZ_SECONDS") or "60"
    seed = os.environ.get("FUZZ_SEED") or SEED
    result = run(
        "--seconds", seconds, "--seed", seed, "--findings", tmp_path, "--skip", KNOWN, DORC_FUZZ_CPU=PATIENCE)
    inputs = int(result.stdout.splitlines()[-1].split()[0]) if result.returncode == 0 else 0
    assert inputs > 20, f"{result.stdout[-6000:]}\n{result.stderr[-2000:]}"


@pytest.mark.parametrize("folder", FINDINGS, ids=lambda folder: folder.name)
def test_what_was_found_once_is_mended(folder):
    result = run("--repository", folder)
    assert result.returncode == 0, result.stderr[-2000:]


@pytest.mark.parametrize(("fault", "told"), [("crash", "crash: signal"), ("problem", "planted")])
def test_a_fault_is_found_and_its_input_made_smaller(tmp_path, fault, told):
    result = run("--seed", "1", "--seconds", "3", "--findings", tmp_path, DORC_FUZZ_FAULT=fault)
    assert result.returncode == 1 and told in result.stdout, result.stdout + result.stderr
    (found,) = [path for path in tmp_path.iterdir() if path.is_dir()]
    assert [path.name for path in found.rglob("*") if path.is_file()] == ["dorc.yaml"]
    assert len((found / "dorc.yaml").read_text().splitlines()) == 1
    # As it is written, it fails again.
    assert run("--repository", found, DORC_FUZZ_FAULT=fault).returncode == (3 if fault == "problem" else -4)
    assert run("--repository", found).returncode == 0


def test_an_input_that_does_not_end_is_ended(tmp_path):
    program.write_files(tmp_path, {"dorc.yaml": "project: x\n"})
    result = run("--repository", tmp_path, DORC_FUZZ_FAULT="hang", DORC_FUZZ_CPU="1", SWIFT_BACKTRACE="enable=no")
    assert result.returncode == -signal.SIGPROF
