"""`dorc-synth run`: the program as a whole, with the runner that is a part of it."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import program
import pytest

EXAMPLE = program.ROOT / "examples" / "census"
ECHO = "def handler(event, context):\n    return event\n"
SLEEP = "import time\ndef handler(event, context):\n    print('asleep', flush=True)\n    time.sleep(60)\n"
FAIL = "def handler(event, context):\n    raise ValueError('no rows')\n"


@pytest.fixture(scope="session")
def cache(tmp_path_factory):
    """One for all tests but those that are about it."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def run(dorc, cache):
    """`run` with the Python of the tests, which has jsonata-python."""

    def start(config, *arguments, env=(), python=True, code=0, **options):
        given = ["--python", sys.executable] if python else []
        variables = {"DORC_CACHE_DIR": str(cache), "PYTHONDONTWRITEBYTECODE": ""} | dict(env)
        result = dorc.run("run", "--config", config, *given, *arguments, env=variables, **options)
        assert result.returncode == code, program.describe(result)
        return result

    return start


@pytest.fixture
def project(tmp_path):
    """`raw/p`, of two steps, of which the second may be changed."""
    root = program.make_repository(tmp_path / "config", {"raw/p": "steps: [f, {name: g, function: f}]\n"})
    return root


def output(result):
    return json.loads(result.stdout)


def function(root: Path, code: str, pipeline="raw/p", name="f") -> None:
    program.write_files(root, {f"src/{pipeline}/{name}/lambda.py": code})


# What runs


def test_the_example_runs_from_its_first_to_its_last_step(run, tmp_path):
    example = shutil.copytree(EXAMPLE, tmp_path / "census")
    buckets = tmp_path / "buckets" / "people-count-landing-dev" / "returns"
    buckets.mkdir(parents=True)
    (buckets / "2031.csv").write_text("nation,area,people\nengland,E01,4\nscotland,S01,2\nwales,W01,3\n")
    result = run(example, "raw/returns", "--event", "s3:people-count-landing-dev/returns/2031.csv", "--s3", tmp_path / "buckets")
    steps = [line.split(None, 1)[1] for line in result.stderr.splitlines() if line.strip().endswith("started")]
    assert [step for step in steps if step in ("read started", "merge started", "tables started")] == [
        *("read started", "merge started", "tables started")
    ]
    # A step of the pipeline that a step runs.
    assert "curated/tables: publish started" in steps
    assert "no trigger" not in result.stderr
    assert output(result)
    # git leaves out what is kept for `--from`.
    assert (example / ".dorc" / "runs" / ".gitignore").read_text() == "*\n"


def test_variables_timeouts_and_memory_are_those_of_the_environment(run, tmp_path):
    code = "import os\ndef handler(event, context):\n    return [os.environ['PLACE'], os.environ['AWS_REGION'], "
    code += "context.memory_limit_in_mb, context.invoked_function_arn, context.get_remaining_time_in_millis() > 80_000]\n"
    root = program.make_repository(
        tmp_path / "config",
        {"raw/p": "steps: [f]\nfunctions: {f: {timeout: 90s, environment: {PLACE: '${place}/${account}'}}}\n"},
        environments='{dev: {account: "111122223333", variables: {place: a}},'
        ' prod: {account: "444455556666", region: us-gov-west-1, variables: {place: b}, defaults: {memory: 1024}}}',
    )
    function(root, code)
    arn = "arn:aws:lambda:eu-west-2:111122223333:function:acme-dev-raw-p-f"
    assert output(run(root)) == ["a/111122223333", "eu-west-2", "512", arn, True]
    arn = "arn:aws-us-gov:lambda:us-gov-west-1:444455556666:function:acme-prod-raw-p-f"
    found = output(run(root, "raw/p", "--environment", "prod"))
    assert found == ["b/444455556666", "us-gov-west-1", "1024", arn, True]


NETWORK = "{dev: {notifications: {}, vpc_id: vpc-0d0d0d0d, private_subnet_ids: [subnet-0d0d0d0d]}}"
JOBS = """\
functions:
  train: {compute: {vcpu: 16, memory: 65536}, timeout: 6h, secrets: {API_KEY: census/api-key}}
  report: {image: "docker.io/team/report:v1", compute: {vcpu: 1, memory: 2048}}
steps:
  - {name: train, arguments: {rows: "{% $states.input.rows %}", why: "ü \\"quoted\\""}, catch: {errors: [ApiBusy], next: tell}}
  - {name: each, function: train, for_each: "{% $states.input %}", arguments: {rows: ["{% $states.input %}"], why: item}}
  - {name: report, command: [--rows, "{% $string($count($states.input)) %}"]}
  - {name: tell, only_on_error: true, then: fail}
"""
TRAIN = """\
import os
class ApiBusy(Exception): pass
def handler(event, context):
    if not event["rows"]:
        raise ApiBusy(event["why"])
    return event["rows"] + [context.memory_limit_in_mb, os.environ["API_KEY"]]
"""


@pytest.fixture
def jobs(tmp_path):
    root = program.make_repository(tmp_path / "config", {"raw/p": JOBS}, environments=NETWORK)
    function(root, TRAIN, name="train")
    function(root, ECHO, name="tell")
    return root


def test_jobs_are_called_as_lambdas_are(run, jobs, tmp_path):
    mocks = tmp_path / "mocks.yaml"
    mocks.write_text("report: {output: {}}\n")
    result = run(jobs, "raw/p", "--input", '{"rows": [1]}', "--mock", mocks, env={"API_KEY": "k"})
    assert output(result) == [[1, 65536, "k"], [65536, 65536, "k"], ["k", 65536, "k"]]
    result = run(jobs, "raw/p", "--input", '{"rows": []}', "--mock", mocks, env={"API_KEY": "k"}, code=1)
    assert "train failed: ApiBusy: ü \"quoted\"" in result.stderr and "tell succeeded" in result.stderr


def test_an_event_of_a_job_that_is_too_long_is_the_mistake_that_it_is_on_aws(run, jobs):
    result = run(jobs, "raw/p", "--input", json.dumps({"rows": ["x" * 6000]}), env={"API_KEY": "k"}, code=1)
    assert "5000 characters of JSON" in result.stderr


def test_an_input_comes_from_standard_input(run, project):
    for name in ("-", "@-"):
        assert output(run(project, "--input", name, input='{"rows": [1]}', stdin=None)) == {"rows": [1]}


def test_a_default_that_fails_shows_the_users_expression_alone(run, project):
    parameters = 'parameters: {rows: 1, day: null, n: "{% $number($states.input.text) %}"}'
    program.write_files(project, {"src/raw/p/pipeline.yaml": f"{parameters}\nsteps: [f]\n"})
    for event, words in (('{"text": "x"}', "threw an error during evaluation."), ("{}", "returned nothing (undefined).")):
        text = run(project, "--input", event, code=1).stderr
        assert "the state 'parameters' (" in text and f"'$number($states.input.text)' specified for the field 'Output/n' {words}" in text
        assert "$merge" not in text and "$type" not in text and "rows" not in text
    assert output(run(project, "--input", '{"text": "7", "day": 1}')) == {"rows": 1, "day": 1, "n": 7, "text": "7"}
    # What is no object has no keys to lack.
    assert output(run(project, "--input", "[1]")) == [1]
    step = 'steps: [f, {name: g, function: f, arguments: {n: "{% $run_input.n %}", whole: "{% $run_input %}"}}]'
    program.write_files(project, {"src/raw/p/pipeline.yaml": f"{parameters}\n{step}\n"})
    whole = {"rows": 1, "day": None, "n": 7, "text": "7"}
    assert output(run(project, "--input", '{"text": "7"}')) == {"n": 7, "whole": whole}


def test_a_container_that_was_built_elsewhere_needs_an_answer(run, jobs):
    result = run(jobs, "raw/p", "--input", '{"rows": [1]}', env={"API_KEY": "k"}, code=1)
    assert "`report` calls the container of raw/p/report, which is built elsewhere" in result.stderr
    assert '"--rows"' in result.stderr and "report: {output: ...}" in result.stderr


def test_a_job_runs_alone_by_its_name(run, jobs):
    result = run(jobs, "raw/p", "--only", "train", "--input", '{"rows": [1], "why": "alone"}', env={"API_KEY": "k"})
    assert output(result)[0] == 1


def test_an_account_that_is_not_known_is_twelve_zeros(run, project):
    function(project, "def handler(event, context):\n    return context.invoked_function_arn\n")
    assert output(run(project)) == "arn:aws:lambda:eu-west-2:000000000000:function:acme-dev-raw-p-f"


def test_included_code_and_the_name_of_the_handler_are_those_of_the_image(run, tmp_path):
    root = program.write_files(
        tmp_path / "config",
        {
            "dorc.yaml": "project: acme\nregion: eu-west-2\nenvironments: {dev: {}}\nimages: {include: [lib/]}\n",
            "Dockerfile": 'FROM public.ecr.aws/lambda/python:3.12\nARG CODE_PATH\nCOPY lib/ ${LAMBDA_TASK_ROOT}/lib/\n'
            'COPY ${CODE_PATH}/ ${LAMBDA_TASK_ROOT}/\nCMD ["lambda.main"]\n',
            "lib/shared.py": "VALUE = 7\n",
            "src/raw/p/pipeline.yaml": "steps: [f]\n",
            "src/raw/p/f/lambda.py": "from lib.shared import VALUE\ndef main(event, context):\n    return VALUE\n",
        },
    )
    assert output(run(root)) == 7


def test_a_pipeline_that_starts_others_runs_them_too(run, tmp_path):
    steps = "steps: [f, {name: child, pipeline: raw/b}, {name: other, pipeline: raw/c, wait_for_completion: false}]\n"
    root = program.make_repository(
        tmp_path / "config",
        {"raw/a": steps, "raw/b": "steps: [f, {name: last, pipeline: raw/d}]\n", "raw/c": "steps: [f]\n", "raw/d": "steps: [f]\n"},
    )
    function(root, "def handler(event, context):\n    return [*event, 'd']\n", "raw/d")
    function(root, "def handler(event, context):\n    print('c', event)\n    return 1\n", "raw/c")
    result = run(root, "raw/a", "--input", "[1]")
    assert output(result)["ExecutionArn"].startswith("arn:aws:states:eu-west-2:000000000000:execution:acme-dev-raw-c:")
    assert "raw/c: f | c [1, 'd']" in result.stderr


def test_a_definition_of_the_users_own_runs(run, tmp_path):
    machine = {
        "QueryLanguage": "JSONata",
        "StartAt": "F",
        "States": {
            "F": {"Type": "Task", "Resource": "${f}", "Arguments": {"n": "{% $states.input + 1 %}"}, "Next": "P"},
            "P": {
                "Type": "Task",
                "Resource": "arn:aws:states:::states:startExecution.sync:2",
                "Arguments": {
                    "StateMachineArn": "arn:aws:states:eu-west-2:${account}:stateMachine:acme-dev-raw-q",
                    "Input": "{% $states.input %}",
                },
                "Output": "{% $states.result.Output %}",
                "End": True,
            },
        },
    }
    arn = "arn:aws:states:eu-west-2:111122223333:stateMachine:acme-dev-raw-q"
    permissions = f"permissions: [{{actions: [states:StartExecution], resources: ['{arn}']}}]\n"
    root = program.make_repository(
        tmp_path / "config",
        {"raw/p": f"definition: m.json\n{permissions}", "raw/q": "steps: [f]\n"},
        environments='{dev: {account: "111122223333"}}',
    )
    program.write_files(root, {"src/raw/p/m.json": json.dumps(machine)})
    result = run(root, "raw/p", "--input", "1")
    assert output(result) == {"n": 2}
    assert "raw/q: f started" in result.stderr


def test_a_definition_in_jsonpath_is_told_to_be_one(run, tmp_path):
    machine = {"StartAt": "F", "States": {"F": {"Type": "Task", "Resource": "${f}", "InputPath": "$.a", "End": True}}}
    root = program.make_repository(tmp_path / "config", {"raw/p": "definition: m.json\n"})
    program.write_files(root, {"src/raw/p/m.json": json.dumps(machine)})
    result = run(root, code=64)
    assert "raw/p: state F is in JSONPath, which the runner does not run. Write `QueryLanguage: JSONata`" in result.stderr


# Options


def test_secrets_come_from_a_file_and_not_from_aws(run, project):
    program.write_files(
        project, {"src/raw/p/pipeline.yaml": "steps: [f]\nfunctions: {f: {secrets: {API_KEY: 'census/api-key:key'}}}\n"}
    )
    function(project, "import os\ndef handler(event, context):\n    return os.environ['API_KEY']\n")
    assert "API_KEY of raw/p/f (the secret census/api-key:key)" in run(project, code=64).stderr
    (project / "secrets").write_text('{"census/api-key": {"key": "42"}}')
    assert output(run(project, "--secrets", project / "secrets")) == "42"


def test_the_event_of_a_schedule_is_its_input(run, project):
    triggers = "triggers:\n  - {name: t, schedule: every 1h, input: {full: true, place: '${account}'}}\n"
    program.write_files(project, {"src/raw/p/pipeline.yaml": f"steps: [f]\n{triggers}"})
    assert output(run(project, "--event", "schedule")) == {"full": True, "place": "000000000000"}


def test_a_run_goes_on_where_it_failed(run, project):
    program.write_files(project, {"src/raw/p/pipeline.yaml": "steps: [f, g]\n", "src/raw/p/g/lambda.py": FAIL})
    failed = run(project, "--input", "[1]", code=1)
    assert "--from g" in failed.stderr and "ValueError: no rows" in failed.stderr
    function(project, "def handler(event, context):\n    return [*event, 2]\n", name="g")
    again = run(project, "--from", "g")
    assert output(again) == [1, 2]
    assert "f started" not in again.stderr
    assert output(run(project, "--only", "g")) == [1, 2]
    assert output(run(project, "--only", "g", "--input", "[]")) == [2]


def test_options_of_the_runner_arrive(run, project):
    program.write_files(project, {"src/raw/p/pipeline.yaml": "steps: [{name: w, wait: 1h}, f]\n"})
    state = project / "kept"
    result = run(project, "--fast-wait", "--json", "--processes", "1", "--state", state, "--input=-1")
    assert output(result) == -1
    assert json.loads(result.stderr.splitlines()[-1])["event"] == "run succeeded"
    assert sorted(path.name for path in state.iterdir()) == [".gitignore", "dev-raw--p.json"]
    # What is beside the folder is the user's.
    assert not (project / ".gitignore").exists()


def test_a_step_stops_in_the_debugger(run, project, tmp_path):
    (tmp_path / "commands").write_text("p 'event is ' + str(event)\nc\n")
    with open(tmp_path / "commands") as commands:
        result = run(project, "--debug", "g", "--input", "[7]", stdin=commands)
    assert "'event is [7]'" in result.stdout


# What is wrong


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["raw/q"], "there is no pipeline `raw/q`; did you mean `raw/p`?"),
        (["p"], "there is no pipeline `p`; did you mean `raw/p`?"),
        (["--environment", "prd"], "there is no environment `prd`"),
        (["--input", "text"], "--input: not JSON"),
        (["--input", "1", "--event", "schedule"], "do not go together"),
        (["--event", "schedule"], "raw/p has no schedule"),
        (["--only", "h", "--input", "1"], "there is no step `h` in raw/p; there are `f`, `g`"),
        (["--s3", "/nowhere"], "there is no such folder"),
        (["--processes", "many"], "The value 'many' is invalid"),
        (["--python", "/nowhere"], "`--python /nowhere`: this program does not exist"),
        (["--python", "/bin/false"], "`--python /bin/false`: this is not a Python: a line of Python ended with status 1"),
        (["--python", "/bin/sh"], "`--python /bin/sh`: this is not a Python: a line of Python ended with status"),
        (["--python", "echo"], "`--python echo`: this is not a Python"),
        (["--nope"], "Unknown option '--nope'"),
    ],
)
def test_wrong_usage_is_told(run, project, arguments, message):
    result = run(project, *arguments, code=64)
    assert message in result.stderr
    assert result.stdout == ""


def test_of_several_environments_one_has_to_be_named(run, tmp_path):
    root = program.make_project(tmp_path / "a", 2, environments="{test: {}, prod: {}}")
    assert "say in which environment with `--environment`; there are `test`, `prod`" in run(root, "raw/p001", code=64).stderr
    assert "say which pipeline; there are `raw/p000`, `raw/p001`" in run(root, "--environment", "test", code=64).stderr


def test_mistakes_of_the_project_are_told_as_check_does(dorc, run, project):
    program.write_files(project, {"src/raw/p/pipeline.yaml": "steps: [f, {name: g, function: ff}]\n"})
    result = run(project, code=1)
    assert result.stderr == dorc.fail("check", "--config", project).stderr
    assert result.stdout == ""


def test_of_warnings_only_the_number_is_told(run, project):
    program.write_files(project, {"src/raw/p/h/lambda.py": ECHO})
    assert run(project).stderr.splitlines()[0] == "note: there is 1 warning, see `dorc-synth check`"
    # Every line is one for a program.
    assert all(json.loads(line)["event"] for line in run(project, "--json").stderr.splitlines())


def test_a_run_that_fails_says_where_and_what_to_do(run, project):
    function(project, FAIL)
    result = run(project, code=1)
    assert result.stdout == ""
    assert 'lambda.py", line 2, in handler' in result.stderr
    assert "raw/p failed at `f`: ValueError: no rows" in result.stderr
    assert re.search(rf"that step alone: dorc-synth run raw/p( --config \S+)? --python {sys.executable} --only f\n", result.stderr)
    (project / "my answers.yaml").write_text("g: {output: 1}\n")
    told = run(project, "--mock", "my answers.yaml", code=1, cwd=project).stderr
    assert f"continue there once it is fixed: dorc-synth run raw/p --python {sys.executable} --mock 'my answers.yaml' --from f\n" in told.replace('"', "'")


# Python


def test_a_python_without_jsonata_is_told_what_to_install(dorc, project, tmp_path, cache):
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True)
    variables = {"VIRTUAL_ENV": str(tmp_path / "venv"), "DORC_CACHE_DIR": str(cache)}
    result = dorc.fail("run", "--config", project, code=64, env=variables)
    python = tmp_path / "venv" / "bin" / "python"
    assert f"install it with `{python} -m pip install jsonata-python`" in result.stderr
    shutil.rmtree(tmp_path / "venv")
    assert "has no Python: deactivate it" in dorc.fail("run", "--config", project, code=64, env=variables).stderr


def test_an_old_python_is_told_to_be_one(dorc, project, tmp_path, cache):
    """What Python is started with reads in every Python; here it is told to be another one."""
    old = tmp_path / "old"
    old.write_text(f"#!/bin/sh\n[ \"$1\" = -S ] && exec {sys.executable} \"$@\"\nexec {sys.executable} -c 'import sys; sys.version_info = (3, 9, 1); exec(open(sys.argv[1]).read())' \"$@\"\n")
    old.chmod(0o755)
    result = dorc.fail("run", "--config", project, "--python", old, code=64, env={"DORC_CACHE_DIR": str(cache)})
    assert "is Python 3.9; `dorc-synth run` needs 3.10 or later" in result.stderr


def test_the_python_of_the_path_and_of_the_active_environment_are_found(run, project, tmp_path):
    function(project, "import sys\ndef handler(event, context):\n    return sys.prefix\n")
    active = {"VIRTUAL_ENV": sys.prefix, "PATH": "/nowhere"}
    assert output(run(project, python=False, env=active)) == sys.prefix
    found = {"VIRTUAL_ENV": "", "PATH": f"/nowhere:{Path(sys.executable).parent}:{os.environ['PATH']}"}
    assert output(run(project, python=False, env=found)) == sys.prefix
    missing = run(project, python=False, env={"VIRTUAL_ENV": "", "PATH": "/nowhere"}, code=64)
    assert "there is no `python3` on PATH" in missing.stderr


def test_a_cache_folder_that_no_system_makes_is_told(run, project):
    """`/proc` says of every new folder that the one above is missing."""
    text = run(project, env={"DORC_CACHE_DIR": "/proc/nope/cache"}, code=1).stderr
    assert "the runner cannot be unpacked: cannot create `/proc/nope" in text and "Set DORC_CACHE_DIR" in text


def test_the_python_beside_an_installed_program_is_found(dorc, project, tmp_path):
    """As pipx and uv install it: a link on PATH leads to the program in an environment."""
    installed, on_path = tmp_path / "environment", tmp_path / "bin"
    python = f"#!/bin/sh\nexec {sys.executable} -c 'print(1234)'\n"
    program.write_files(installed, {"pyvenv.cfg": "", "bin/python": python})
    (installed / "bin/python").chmod(0o755)
    shutil.copy(dorc.path, installed / "bin/dorc-synth")
    on_path.mkdir()
    (on_path / "dorc-synth").symlink_to(installed / "bin/dorc-synth")
    run = program.Program(str(on_path / "dorc-synth"))
    alone = {"VIRTUAL_ENV": "", "PATH": "/nowhere", "DORC_CACHE_DIR": str(tmp_path / "cache")}
    assert run.succeed("run", "--config", project, env=alone).stdout == "1234\n"
    (installed / "pyvenv.cfg").unlink()
    assert "there is no `python3` on PATH" in run.fail("run", "--config", project, code=64, env=alone).stderr


def test_modules_in_the_current_folder_do_not_take_the_place_of_pythons_own(run, project, tmp_path):
    (tmp_path / "json.py").write_text("raise SystemExit('not the one')\n")
    (tmp_path / "dorc_runner.py").write_text("raise SystemExit('not the one')\n")
    assert output(run(project, cwd=tmp_path)) == {}
    assert output(run(project, cwd=tmp_path, env={"PYTHONSAFEPATH": "1"})) == {}
    assert output(run(project, cwd=tmp_path, env={"PYTHONPATH": str(program.ROOT / "Tests" / "Runner")})) == {}


# Processes


def processes(mark: str) -> list[str]:
    """The command lines of those whose environment has the mark."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and mark.encode() in (folder / "environ").read_bytes():
                if (folder / "stat").read_text().rpartition(")")[2].split()[0] != "Z":
                    found.append((folder / "cmdline").read_bytes().decode().replace("\0", " "))
        except OSError:  # Gone, or another user's.
            pass
    return found


def asleep(dorc, project, cache, mark):
    """A run whose handler sleeps."""
    function(project, SLEEP)
    process = dorc.start(
        *("run", "--config", project, "--python", sys.executable),
        env={"DORC_CACHE_DIR": str(cache), "MARK": mark},
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    for line in process.stderr:
        if "| asleep" in line:
            return process
    raise AssertionError("the handler did not begin")


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="processes are found by /proc")
@pytest.mark.parametrize("number, status", [(signal.SIGINT, 130), (signal.SIGTERM, 130), (signal.SIGKILL, -9)])
def test_no_process_and_no_file_is_left(dorc, project, cache, tmp_path, number, status):
    mark = f"dorc-{os.getpid()}-{number}"
    temporary = set(Path("/tmp").glob("dorc-*"))
    process = asleep(dorc, project, cache, mark)
    # The process is the runner itself: nothing stands between it and who waits for it.
    assert len(processes(mark)) == 2
    process.send_signal(number)
    assert process.wait(program.PATIENCE) == status
    end = time.monotonic() + 5
    while processes(mark) and time.monotonic() < end:
        time.sleep(0.02)
    assert processes(mark) == []
    assert set(Path("/tmp").glob("dorc-plan*")) - temporary == set()


# The runner's files


def runner(cache: Path) -> Path:
    (found,) = [path for path in cache.iterdir() if path.name.startswith("runner-")]
    return found


def test_the_runner_is_unpacked_once_and_python_keeps_what_it_has_compiled(run, project, tmp_path):
    variables = {"DORC_CACHE_DIR": str(tmp_path / "a" / "b")}
    run(project, env=variables)
    folder = runner(tmp_path / "a" / "b")
    before = program.state(folder)
    assert list(folder.rglob("*.pyc"))
    run(project, env=variables)
    assert program.different(*(state[1] for state in (before, program.state(folder)))) == []
    assert [path.name for path in (tmp_path / "a" / "b").iterdir()] == [folder.name]


@pytest.mark.parametrize("damage", ["changed", "short", "missing", "link", "file", "open to others"])
def test_a_damaged_runner_is_never_run(run, project, tmp_path, damage):
    cache = tmp_path / "cache"
    variables = {"DORC_CACHE_DIR": str(cache)}
    run(project, env=variables)
    folder = runner(cache)
    whole = {name: content for name, content in program.contents(folder).items() if "__pycache__" not in name}
    path = folder / "dorc_runner" / "plan.py"
    text = path.read_text()
    if damage == "changed":
        path.write_text(text.replace("VERSION = 1", "VERSION = 2"))
    elif damage == "short":
        path.write_text(text[:100])
    elif damage == "missing":
        path.unlink()
    elif damage == "link":
        path.rename(tmp_path / "plan.py")
        path.symlink_to(tmp_path / "plan.py")
    elif damage == "file":
        shutil.rmtree(folder)
        folder.write_text("in the way")
    else:
        folder.chmod(0o777)
    assert output(run(project, env=variables)) == {}
    found = program.contents(folder)
    assert {name: found[name] for name in whole} == whole
    assert not folder.is_symlink() and folder.stat().st_mode & 0o022 == 0
    assert [path.name for path in cache.iterdir()] == [folder.name]


def test_many_at_once_unpack_one_runner(dorc, project, tmp_path):
    variables = {"DORC_CACHE_DIR": str(tmp_path / "cache")}
    command = ("run", "--config", project, "--python", sys.executable)
    started = [dorc.start(*command, "--state", tmp_path / str(number), env=variables) for number in range(6)]
    assert [process.wait(program.PATIENCE) for process in started] == [0] * 6
    assert len(list((tmp_path / "cache").iterdir())) == 1


def test_without_a_cache_folder_the_temporary_one_is_used(run, project, tmp_path):
    (tmp_path / "home").write_text("a file, not a folder")
    (tmp_path / "temporary").mkdir()
    variables = {"DORC_CACHE_DIR": "", "XDG_CACHE_HOME": "", "HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path / "temporary")}
    assert output(run(project, env=variables)) == {}
    (private,) = (tmp_path / "temporary").iterdir()
    assert private.name == f"dorc-{os.getuid()}" and private.stat().st_mode & 0o777 == 0o700
    assert runner(private)
    # What others can write to is not trusted.
    private.chmod(0o777)
    assert "cannot be unpacked" in run(project, env=variables, code=1).stderr
    variables = {"DORC_CACHE_DIR": str(tmp_path / "home" / "x")}
    assert "Set DORC_CACHE_DIR to a folder that can be written to" in run(project, env=variables, code=1).stderr


def test_the_cache_folder_of_xdg_is_used(run, project, tmp_path):
    run(project, env={"DORC_CACHE_DIR": "", "XDG_CACHE_HOME": str(tmp_path / "x")})
    assert runner(tmp_path / "x" / "dorc")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="/dev/full is Linux's")
def test_a_full_disk_is_told(run, project):
    with open("/dev/full", "w") as full:
        result = run(project, stdout=full, stderr=subprocess.PIPE, capture_output=False, code=1)
    assert "the output cannot be written" in result.stderr


def test_a_plan_of_any_size_reaches_the_runner(run, tmp_path):
    """More than a pipe takes."""
    literal = json.dumps({str(number): "x" * 1000 for number in range(200)})
    steps = "".join(f"  - {{name: f{number}, function: f, arguments: {literal}, after: []}}\n" for number in range(4))
    child = "  - {name: child, pipeline: raw/q, after: []}\n"
    root = program.make_repository(
        tmp_path / "config", {"raw/p": f"steps:\n{steps}{child}", "raw/q": f"steps:\n{steps}"}
    )
    # What the steps return together has to be less than a state may give.
    for pipeline in ("raw/p", "raw/q"):
        function(root, "def handler(event, context):\n    return len(event)\n", pipeline)
    found = output(run(root, "raw/p"))
    assert len(found) == 5 and len(found["child"]) == 4


def test_every_option_of_the_runner_is_one_of_the_commands(dorc):
    package = str(program.ROOT / "Sources" / "DorcRunner")
    code = "from dorc_runner.options import parser; print(*parser()._option_string_actions)"
    words = subprocess.run(
        [sys.executable, "-B", "-c", code], capture_output=True, encoding="utf-8", env={**os.environ, "PYTHONPATH": package}
    ).stdout.split()
    assert {"--input", "--from", "--state"} < set(words)
    # The plan says which pipeline; the others are those of tests.
    own = {"--pipeline", "--test", "--case", "--junit", "--jobs", "--mock", "--mock-file"}
    assert [each for each in words if each not in own and each not in dorc.succeed("run", "--help").stdout] == []
