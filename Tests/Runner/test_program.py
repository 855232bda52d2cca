"""The runner as a program: options, what it writes where, exit statuses, and that no process is left."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from xml.etree import ElementTree

import making
import pytest
from making import chain, definition, task

ECHO = "def handler(event, context):\n    print('called with', event)\n    return event\n"
FAIL = "def handler(event, context):\n    raise ValueError('no')\n"


@pytest.fixture
def echo(project):
    project.function("f", ECHO)
    project.plan(chain(("f", task("f"))), ["f"])
    return project


def usage(result) -> str:
    assert (result.returncode, result.stdout or "") == (64, ""), result.stderr
    assert result.stderr.startswith("error: ")
    return result.stderr


def output(result):
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def test_the_input_is_json_or_a_file(echo):
    assert output(echo.run()) == {}
    assert output(echo.run("--input", "null")) is None
    (echo.root / "in.json").write_text('["é"]', encoding="utf-8")
    assert output(echo.run("--input", f"@{echo.root}/in.json")) == ["é"]
    assert "not JSON" in usage(echo.run("--input", "text"))
    assert "--input" in usage(echo.run("--input", "@/nowhere"))


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["--nope"], "unrecognized arguments"),
        (["--input", "1", "--event", "schedule"], "do not go together"),
        (["--from", "f", "--input", "1"], "do not go together"),
        (["--only", "f", "--from", "f"], "--only goes with --input"),
        (["--pipeline", "raw/q"], "there is no pipeline `raw/q`"),
        (["--from", "f"], "there is no run to go on from"),
        (["--only", "f"], "give its event by --input"),
        (["--only", "g", "--input", "1"], "there is no step `g` in raw/p; there are `f`"),
        (["--debug", "g"], "there is no step `g`"),
        (["--event", "moon"], "expected `schedule`"),
        (["--event", "after_pipeline:raw/q"], "what other triggers send is an input of your own: `--input @FILE`"),
        (["--event", "schedule"], "raw/p has no schedule"),
        (["--processes", "0"], "from 1 on"),
        (["--s3", "/nowhere"], "no such folder"),
        (["--mock", "/nowhere"], "no such file or directory"),
        (["--junit", "x"], "go with --test"),
        (["--test"], "there are no cases"),
    ],
)
def test_wrong_options(echo, arguments, message):
    assert message in usage(echo.run(*arguments))


def test_without_jsonata_the_message_says_how_to_install_it(echo):
    (echo.root / "jsonata.py").write_text("raise ImportError('no')")
    result = echo.run(env={"PYTHONPATH": f"{echo.root}:{making.PACKAGE}"})
    assert "-m pip install jsonata-python" in usage(result)


@pytest.mark.skipif(sys.prefix == sys.base_prefix, reason="needs a virtual environment, to have a Python outside of it")
def test_where_the_system_refuses_packages_the_message_says_how_to_make_an_environment(echo):
    (echo.root / "jsonata.py").write_text("raise ImportError('no')")
    path = echo.environment({"PYTHONPATH": f"{echo.root}:{making.PACKAGE}"})
    command = [sys._base_executable, *echo.command()[1:]]
    message = usage(subprocess.run(command, env=path, capture_output=True, encoding="utf-8", check=False))
    assert message.startswith(f"error: jsonata-python is missing in `{sys._base_executable}`: make a virtual environment")
    steps = ["python3 -m venv .venv", ".venv/bin/pip install jsonata-python", ". .venv/bin/activate"]
    assert [line.strip() for line in message.splitlines()[1:]] == steps


def test_events_of_triggers(project):
    project.function("f", ECHO)
    triggers = [
        {"name": "weekly", "kind": "schedule", "input": {"full": True, "at": "<aws.scheduler.scheduled-time>"}},
        {"name": "daily", "kind": "schedule"},
        {"name": "landed", "kind": "s3", "bucket": "landing", "prefix": "in/", "suffix": ".csv"},
    ]
    project.plan(chain(("f", task("f"))), ["f"], pipeline_keys={"triggers": triggers})
    found = output(project.run("--event", "schedule:weekly"))
    assert found["full"] is True and len(found["at"]) == 20
    assert set(output(project.run("--event", "schedule:daily"))) == {"scheduled_time"}
    assert "say which: `schedule:weekly`, `schedule:daily`" in usage(project.run("--event", "schedule"))
    (project.root / "s3/landing/in").mkdir(parents=True)
    (project.root / "s3/landing/in/a.csv").write_text("abc")
    result = project.run("--event", "s3:landing/in/a.csv", "--s3", project.root / "s3")
    found = output(result)
    assert (found["detail-type"], found["source"], found["account"]) == ("Object Created", "aws.s3", "111122223333")
    assert found["detail"]["bucket"] == {"name": "landing"}
    assert found["detail"]["object"]["key"] == "in/a.csv" and found["detail"]["object"]["size"] == 3
    assert "note:" not in result.stderr
    assert "no trigger of raw/p takes s3://landing/x" in project.run("--event", "s3:landing/x").stderr


def test_a_run_that_fails_without_an_input_says_how_to_give_one(project):
    project.function("f", "def handler(event, context):\n    return event['detail']\n")
    triggers = [
        {"name": "weekly", "kind": "schedule"},
        {"name": "landed", "kind": "s3", "bucket": "landing", "prefix": "in/", "suffix": ".csv"},
        {"name": "after", "kind": "pipeline"},
    ]
    project.plan(chain(("f", task("f"))), ["f"], pipeline_keys={"triggers": triggers})
    text = project.run().stderr
    assert "the input was {}; what starts raw/p sends another: --event schedule, --event s3:landing/in/*.csv, --input @FILE" in text
    assert "the input was" not in project.run("--input", "{}").stderr
    project.plan(chain(("f", task("f"))), ["f"])
    assert "the input was" not in project.run().stderr


def test_secrets_come_from_a_file_or_the_environment_and_all_that_are_missing_are_named(project):
    code = "import os\ndef handler(event, context):\n    return [os.environ[key] for key in ('A', 'B', 'C', 'D')]\n"
    project.function("f", code)
    secrets = {"A": "one", "B": "two:key", "C": "three:x", "D": "four"}
    project.plan(chain(("f", task("f"))), {"f": {"secrets": secrets}})
    text = usage(project.run(env={"D": "from outside"}))
    assert (
        all(line in text for line in ("A of raw/p/f (the secret one)", "B of raw/p/f (the secret two:key)", "C of"))
        and "D of" not in text
    )
    file = project.root / "secrets"
    file.write_text("# mine\nA=1\nexport raw/p/f/B='2 2'\nthree={\"x\": 3}\nD=file\n")
    assert output(project.run("--secrets", file, env={"D": "outside"})) == ["1", "2 2", "3", "file"]
    file.write_text(json.dumps({"one": "1", "two": {"key": "2"}, "three:x": "3", "four": "4"}))
    assert output(project.run("--secrets", file)) == ["1", "2", "3", "4"]
    file.write_text("topsecret\n")
    text = usage(project.run("--secrets", file))
    assert "line 1: expected NAME=value" in text and "topsecret" not in text


def test_a_step_with_a_mock_needs_no_secrets(project):
    project.plan(chain(("x", task("f"))), {"f": {"secrets": {"A": "one"}}})
    mock = project.root / "mock.json"
    mock.write_text('{"x": {"output": 5}}')
    assert output(project.run("--mock", mock)) == 5
    assert "A of raw/p/f" in usage(project.run())


def test_a_call_without_a_mock_is_printed(project):
    state = {"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "Arguments": {"Message": "{% $states.input.m %}"}}
    caught = state | {"Catch": [{"ErrorEquals": ["States.ALL"], "Next": "h"}]}
    machine = chain(("notify", caught), ("h", {"Type": "Succeed"}))
    project.plan(machine)
    result = project.run("--input", '{"m": "hello"}')
    assert result.returncode == 1 and result.stdout == ""
    assert "`notify` calls arn:aws:states:::sns:publish, which is not on this computer" in result.stderr
    assert '"Message": "hello"' in result.stderr and "--mock FILE" in result.stderr
    mock = project.root / "mock.json"
    mock.write_text('{"notify": {"output": {"MessageId": "1"}}, "never": {"error": "X"}}')
    result = project.run("--mock", mock, "--input", '{"m": 1}')
    assert output(result) == {"MessageId": "1"}
    assert "the mock of `never` was not used" in result.stderr
    mock.write_text('{"notify": {"answer": 1}}')
    assert "notify: expected `output`, or `error`" in usage(project.run("--mock", mock))


def test_an_image_that_is_built_elsewhere_needs_a_mock(project):
    project.plan(chain(("f", task("f"))), {"f": {"folder": None}})
    result = project.run("--input", "[1]")
    assert result.returncode == 1 and "built elsewhere" in result.stderr
    assert "f failed: it cannot go on here" in result.stderr


def test_lines_on_standard_error_tell_what_happens(project):
    project.function("f", ECHO)
    skipped = {"Type": "Choice", "Choices": [{"Condition": False, "Next": "x"}], "Default": "w"}
    states = {
        "f": task("f", Next="x (when)"),
        "x (when)": skipped,
        "x": task("f", Next="w"),
        "w": {"Type": "Wait", "Seconds": 5, "End": True},
    }
    project.plan(definition(states), ["f"])
    result = project.run("--fast-wait", "--input", "5")
    lines = [line[10:] if line[:8].strip().replace(".", "").isdigit() else line for line in result.stderr.splitlines()]
    assert lines[:2] == ["f started", "f | called with 5"]
    assert lines[2].startswith("f succeeded in 0.") and lines[2].endswith(", 1 B")
    assert lines[3:5] == ["x skipped", "w waits 5.00 s (not waited for: --fast-wait)"]
    assert lines[-1].startswith("raw/p succeeded in 0.") and "MiB of memory (`f`)" in lines[-1]


def test_events_as_json(project):
    project.function("f", FAIL)
    project.plan(chain(("f", task("f"))), ["f"])
    result = project.run("--json")
    events = [json.loads(line) for line in result.stderr.splitlines()]
    assert [each["event"] for each in events] == ["entered", "failed", "run failed"]
    assert (events[-1]["error"], events[-1]["failed_step"]) == ("ValueError", "f")
    assert json.loads(events[-1]["cause"])["errorMessage"] == "no" and "ValueError: no" in events[-1]["trace"]
    assert result.returncode == 1


def on_a_terminal(project, *arguments, stream: str = "stderr", env: dict | None = None) -> tuple[subprocess.Popen, str]:
    """What a run writes there."""
    import pty

    parent, child = pty.openpty()
    process = project.start(*arguments, **{stream: child}, env=project.environment(env))
    os.close(child)
    seen = b""
    try:
        while part := os.read(parent, 4096):
            seen += part
    except OSError:
        pass
    process.wait(making.PATIENCE)
    return process, seen.decode().replace("\r\n", "\n")


def test_a_live_list_on_a_terminal(echo):
    process, text = on_a_terminal(echo, "--input", "7")
    assert process.returncode == 0
    assert "\x1b[" in text and "f | called with 7" in text and "succeeded" in text
    assert json.loads(process.stdout.read()) == 7


NASTY = """
    def handler(event, context):
        print('\\x1b]0;title\\x07 \\x1b[2J\\x1b[31mred\\x1b[0m \\x9b1A \\tend')
        print('10%\\r20%\\r', flush=True)
        raise ValueError('\\x1b[1Aall is well\\x1b[8m')
"""


@pytest.mark.parametrize("term", ["xterm", "dumb"])
def test_a_terminal_gets_colours_of_handlers_but_no_other_control_sequence(project, term):
    project.function("f", NASTY)
    project.plan(chain(("f", task("f"))), ["f"])
    process, text = on_a_terminal(project, env={"TERM": term, "NO_COLOR": ""})
    assert process.returncode == 1
    assert "f | \\x1b]0;title\\x07 \\x1b[2J\x1b[31mred\x1b[0m \\x9b1A \tend\x1b[0m\n" in text and "f | 20%\n" in text
    # Of the cause, the traceback, and the live list, what moves the cursor is dorc's own.
    assert "ValueError: \\x1b[1Aall is well\x1b[8m\x1b[0m" in text
    assert not any(each in text for each in ("\x07", "\x9b", "\x1b]", "\x1b[2J", "\x1b[1A"))
    text = on_a_terminal(project, env={"TERM": "dumb", "NO_COLOR": "1"})[1]
    assert "\\x1b[2Jred \\x9b1A" in text and "\x1b" not in text
    # What is read by a program, or later, is as it was written.
    assert "\x1b]0;title\x07 \x1b[2J\x1b[31mred" in project.run().stderr


def test_the_output_has_no_character_that_a_terminal_obeys(echo):
    process = echo.run("--input", json.dumps("\x1b[2J \x9b1A \x7f é"))
    assert process.stdout == '"\\u001b[2J \\u009b1A \\u007f é"\n' and json.loads(process.stdout) == "\x1b[2J \x9b1A \x7f é"


def test_the_output_that_cannot_be_written_is_an_error(echo):
    with open("/dev/full", "w") as full:
        result = echo.run(stdout=full, stderr=subprocess.PIPE, capture_output=False)
    assert result.returncode == 1 and "the output cannot be written" in result.stderr
    with open("/dev/full", "w") as full:
        result = echo.run(stderr=full, stdout=subprocess.PIPE, capture_output=False)
    assert result.returncode == 0 and json.loads(result.stdout) == {}


def test_a_failure_in_a_nested_run_is_told_where_it_happened(project):
    project.function("f", FAIL)
    arguments = {"StateMachineArn": making.machine_arn("raw/inner"), "Input": {}}
    nested = {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2", "Arguments": arguments}
    project.plan(chain(("p", nested)), ["f"], others={"raw/inner": chain(("i", task("f")))})
    text = project.run().stderr
    assert "raw/p failed at `raw/inner: i`: States.TaskFailed: ValueError: no\n" in text
    assert text.count("Traceback") == 1 and "--from p\n" in text


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_disturb_nobody(echo, closed):
    command = f"exec {shlex.join(echo.command('--input', '[5]'))} {closed}"
    result = subprocess.run(
        ["sh", "-c", command], env=echo.environment(), capture_output=True, encoding="utf-8", timeout=making.PATIENCE
    )
    assert result.returncode == 0
    assert result.stdout == ("" if ">&-" in closed.replace("2>&-", "") else "[\n  5\n]\n")


# Going on, and parts of a run.


def flaky(project, name: str) -> None:
    """Fails until its mark is there."""
    project.function(
        name,
        f"""
        import os
        def handler(event, context):
            open({str(project.root / "log")!r}, "a").write({name!r} + " ")
            if not os.path.exists({str(project.root / "mended")!r}):
                raise ValueError("not yet")
            return [event, {name!r}]
    """,
    )


def calls(project) -> list[str]:
    path = project.root / "log"
    found = sorted(path.read_text().split()) if path.exists() else []
    path.unlink(missing_ok=True)
    return found


def logged(project, name: str) -> None:
    project.function(
        name,
        f"def handler(event, context):\n    open({str(project.root / 'log')!r}, 'a').write({name + ' '!r})\n    return [event, {name!r}]\n",
    )


def test_a_run_goes_on_where_it_failed(project):
    for name in "ac":
        logged(project, name)
    flaky(project, "b")
    machine = chain(
        ("a", task("a", Assign={"x": "{% $states.result %}"})),
        ("b", task("b")),
        ("c", task("c", Output=["{% $states.result %}", "{% $x %}"])),
    )
    project.plan(machine, ["a", "b", "c"])
    assert project.run("--input", "1").returncode == 1
    assert calls(project) == ["a", "b"]
    assert "it reached `a`, `b`" in usage(project.run("--from", "c"))
    (project.root / "mended").touch()
    assert output(project.run("--from", "b")) == [[[[1, "a"], "b"], "c"], [1, "a"]]
    assert calls(project) == ["b", "c"]
    # What came before the step is still known.
    assert output(project.run("--from", "a")) == [[[[1, "a"], "b"], "c"], [1, "a"]]
    folder = project.root / ".dorc" / "runs"
    assert (folder / ".gitignore").read_text() == "*\n"
    (state,) = folder.glob("*.json")
    assert state.stat().st_mode & 0o777 == 0o600


def test_a_run_goes_on_in_a_branch_and_the_others_keep_their_outputs(project):
    for name in "acd":
        logged(project, name)
    flaky(project, "b")
    inner = chain(
        ("p2", {"Type": "Parallel", "Branches": [chain(("a2", task("a")), ("b", task("b"))), chain(("d", task("d")))]})
    )
    # The other branches end before `b` fails.
    inner["States"]["p2"]["Branches"][0]["States"]["a2"] |= {"Next": "w"}
    inner["States"]["p2"]["Branches"][0]["States"]["w"] = {"Type": "Wait", "Seconds": 1, "Next": "b"}
    machine = chain(("a", task("a")), ("p", {"Type": "Parallel", "Branches": [inner, chain(("c", task("c")))]}))
    project.plan(machine, ["a", "b", "c", "d"])
    assert project.run("--input", "1").returncode == 1
    assert calls(project) == ["a", "a", "b", "c", "d"]
    (project.root / "mended").touch()
    first = [1, "a"]
    assert output(project.run("--from", "b")) == [[[[first, "a"], "b"], [first, "d"]], [first, "c"]]
    assert calls(project) == ["b"]
    changed = chain(("a", task("a")), ("p", {"Type": "Parallel", "Branches": [chain(("c", task("c")))]}))
    project.plan(changed, ["a", "b", "c", "d"])
    assert "there is no step `p2` any more" in usage(project.run("--from", "b"))
    project.plan(chain(("a", task("a"))), ["a"])
    assert "there is no step `p` any more" in usage(project.run("--from", "b"))


def test_steps_are_listed_without_dorcs_own_states_and_those_of_finally_apart(project):
    for name in "at":
        logged(project, name)
    project.function("b", FAIL)
    workflow = chain(
        ("a", task("a")), ("a (kept)", {"Type": "Pass"}), ("w", {"Type": "Wait", "Seconds": 0}), ("b", task("b")), ("c", task("a")))
    project.plan(with_finally(workflow), ["a", "b", "t"])
    assert "there is no step `x` in raw/p; there are `a`, `w`, `b`, `c`, and of `finally` `tidy`\n" in usage(project.run("--only", "x"))
    assert project.run().returncode == 1
    assert "did not reach a step `c`; it reached `a`, `w`, `b`, and of `finally` `tidy`\n" in usage(project.run("--from", "c"))


def test_a_run_does_not_go_on_after_a_step_that_was_put_before_it(project):
    for name in "acn":
        logged(project, name)
    flaky(project, "b")
    a, b, c, n = (task(name) for name in "abcn")
    project.plan(chain(("a", a), ("b", b)), ["a", "b"])
    assert project.run().returncode == 1
    (project.root / "mended").touch()
    for machine, new in (
        (chain(("a", a), ("n", n), ("b", b)), "`n` comes before `b` now, and has not run"),
        (chain(("a", a), ("n, c", {"Type": "Parallel", "Branches": [chain(("n", n)), chain(("c", c))]}), ("b", b)),
         "`n`, `c` come before `b` now, and have not run"),
        (chain(("n", n), ("s", {"Type": "Parallel", "Branches": [chain(("a", a), ("b", b))]})), "there is no step `b` any more"),
    ):  # fmt: skip
        project.plan(machine, [*"abcn"])
        assert new in usage(project.run("--from", "b"))
    # What may be left out, what an error leads to, and what comes after it are no hindrance.
    calls(project)
    skip = {"Type": "Choice", "Choices": [{"Condition": False, "Next": "n"}], "Default": "b"}
    states = {"a": task("a", Next="n (when)", Catch=[{"ErrorEquals": ["States.ALL"], "Next": "h"}]), "n (when)": skip}
    states |= {"n": task("n", Next="b"), "h": task("n", Next="b"), "b": task("b", Next="c"), "c": task("c", End=True)}
    project.plan(definition(states), [*"abcn"])
    assert output(project.run("--from", "b")) == [[[{}, "a"], "b"], "c"] and calls(project) == ["b", "c"]


def test_a_run_does_not_go_on_where_something_is_needed_that_was_not_kept(project):
    logged(project, "a")
    logged(project, "c")
    flaky(project, "b")
    project.plan(chain(("a", task("a")), ("b", task("b"))), ["a", "b"])
    assert project.run().returncode == 1
    (project.root / "mended").touch()
    kept = {"Type": "Pass", "Assign": {"a_output": "{% $states.input %}"}}
    read = {"Type": "Pass", "Output": {"b": "{% $states.input %}", "a": "{% $a_output %}"}}
    project.plan(chain(("a", task("a")), ("a (kept)", kept), ("b", task("b")), ("r", read)), ["a", "b"])
    text = usage(project.run("--from", "b"))
    assert "what `a` gives is needed now, and that run did not keep it" in text and "$a_output" not in text
    assert output(project.run("--from", "a"))["a"] == [{}, "a"]
    assert output(project.run("--from", "b"))["a"] == [{}, "a"]


def test_one_step_alone(project):
    logged(project, "a")
    project.function("b", FAIL)
    retry = [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 60}]
    catch = [{"ErrorEquals": ["States.ALL"], "Next": "h"}]
    arguments = {"in": "{% $states.input %}", "x": "{% $x %}"}
    machine = chain(
        ("a", task("a", Assign={"x": "{% 'te' & 'xt' %}"})),
        ("b", task("b", Arguments=arguments, Retry=retry, Catch=catch)),
        ("h", task("a")),
    )
    project.plan(machine, ["a", "b"])
    assert output(project.run("--fast-wait"))
    calls(project)
    result = project.run("--only", "b")
    assert result.returncode == 1 and "failed at `b`: ValueError: no" in result.stderr
    project.function("b", ECHO)
    assert output(project.run("--only", "b")) == {"in": [{}, "a"], "x": "text"}
    assert output(project.run("--only", "a", "--input", "[9]")) == [[9], "a"]
    assert calls(project) == ["a"]


def test_a_function_alone(project):
    project.function("f", ECHO)
    project.plan(chain(("x", task("f")), ("y", task("f"))), ["f"])
    assert output(project.run("--only", "f", "--input", "5")) == 5
    assert "give its event by --input" in usage(project.run("--only", "f"))


def test_a_state_that_cannot_be_kept_is_a_warning(echo):
    (echo.root / "file").touch()
    result = echo.run("--state", echo.root / "file" / "runs")
    assert output(result) == {} and "warning: the state for --from is not kept" in result.stderr


def test_an_item_alone(project):
    project.function("f", ECHO)
    item = {"StartAt": "m (item)", "States": {"m (item)": task("f", End=True)}}
    project.plan(chain(("m", {"Type": "Map", "Items": [1, 2], "ItemProcessor": item})), ["f"])
    assert output(project.run("--only", "m (item)", "--input", "5")) == 5


def test_the_debugger_stops_where_the_function_begins(echo):
    result = echo.run("--debug", "f", "--input", "5", stdin=None, input="p event + 1\nc\n")
    assert result.returncode == 0, result.stderr
    assert "-> print('called with', event)" in result.stdout and "(Pdb) 6" in result.stdout


BOLD = """
    def handler(event, context):
        try:
            value = event
        except Exception:
            return 'went on'
        breakpoint()
        return value
"""


@pytest.mark.parametrize("commands", ["q\n", "quit\n", "exit\n", "", "n\n", "c\nq\n", "c\n"])
def test_who_leaves_the_debugger_ends_the_run(project, commands):
    project.function("f", BOLD)
    project.function("g", "def handler(event, context):\n    print('the next step')\n")
    caught = task("f", Retry=[{"ErrorEquals": ["States.ALL"]}], Catch=[{"ErrorEquals": ["States.ALL"], "Next": "g"}])
    project.plan(chain(("f", caught), ("g", task("g"))), ["f", "g"])
    result = project.run("--debug", "f", "--input", "5", stdin=None, input=commands)
    assert result.returncode == 130 and "raw/p interrupted" in result.stderr, result.stderr
    assert "the next step" not in result.stdout + result.stderr and "Traceback" not in result.stdout + result.stderr


def test_the_debugger_without_standard_input_ends_the_run(echo):
    command = f"exec {shlex.join(echo.command('--debug', 'f'))} <&-"
    result = subprocess.run(["sh", "-c", command], env=echo.environment(), capture_output=True, encoding="utf-8", timeout=making.PATIENCE)
    assert result.returncode == 130 and "called with {}" not in result.stdout, result.stderr


def test_who_leaves_the_debugger_after_a_failure_ends_the_run(project):
    project.function("f", FAIL)
    project.plan(chain(("f", task("f", Retry=[{"ErrorEquals": ["States.ALL"]}]))), ["f"])
    result = project.run("--debug", "f", stdin=None, input="c\np 40 + 2\nq\n")
    assert result.returncode == 130 and result.stdout.count("ValueError: no") == 1 and "(Pdb) 42" in result.stdout


def test_one_debugger_at_a_time_has_the_terminal(project):
    project.function("f", "import os\ndef handler(event, context):\n    a = os.getpid()\n    b = os.getpid()\n    return [event, a == b]\n")
    item = {"StartAt": "m (item)", "States": {"m (item)": task("f", End=True)}}
    project.plan(chain(("m", {"Type": "Map", "Items": [1, 2, 3], "ItemProcessor": item})), ["f"])
    process = project.start("--debug", "m", stdin=subprocess.PIPE)
    seen = []
    for _ in range(3):
        shown = ""
        while not shown.endswith("(Pdb) "):
            assert (part := process.stdout.read(1)), process.stderr.read()
            shown += part
        # Another that has the terminal too would show itself before the one here goes on.
        time.sleep(0.5)
        process.stdin.write("p event\n")
        process.stdin.flush()
        seen.append(process.stdout.readline().strip())
        assert process.stdout.read(6) == "(Pdb) "
        process.stdin.write("c\n")
        process.stdin.flush()
    rest = process.communicate(timeout=making.PATIENCE)[0]
    assert process.returncode == 0 and sorted(seen) == ["1", "2", "3"]
    assert json.loads(rest) == [[1, True], [2, True], [3, True]]


def test_a_step_without_a_function_cannot_be_debugged(project):
    project.function("f", ECHO)
    machine = chain(("w", {"Type": "Wait", "Seconds": 1}), ("n", {"Type": "Task", "Resource": "arn:aws:states:::sns:publish"}), ("f", task("f")))
    project.plan(machine, ["f"])
    for step in ("w", "n"):
        assert f"--debug: `{step}` runs no function" in usage(project.run("--debug", step))


def test_a_step_with_a_mock_cannot_be_debugged(echo):
    (echo.root / "mock.json").write_text(json.dumps({"f": {"output": 1}}))
    refused = usage(echo.run("--debug", "f", "--mock", echo.root / "mock.json"))
    assert refused == "error: --debug: `f` has a mock, so that its function does not run: leave the mock out\n"
    echo.plan(chain(("f", task("f")), ("g", task("f"))), ["f"], mocks={"f": {"output": 1}})
    assert "`f` has a mock" in usage(echo.run("--debug", "f"))
    assert echo.run("--debug", "g", stdin=None, input="c\n").returncode == 0


# Ends.

SLEEPER = """
    import os, subprocess, time
    def handler(event, context):
        child = subprocess.Popen(["sleep", "600"])
        with open({mark!r}, "w") as file:
            file.write(f"{{os.getpid()}} {{child.pid}}")
        os.rename({mark!r}, {mark!r} + ".ready")
        time.sleep(600)
"""


def sleeping(project) -> tuple[subprocess.Popen, list[int]]:
    mark = project.root / "mark"
    project.function("f", SLEEPER.format(mark=str(mark)))
    project.plan(chain(("f", task("f"))), ["f"])
    process = project.start()
    ready = project.root / "mark.ready"
    limit = time.monotonic() + making.PATIENCE
    while not ready.exists():
        assert time.monotonic() < limit and process.poll() is None
        time.sleep(0.01)
    return process, [int(each) for each in ready.read_text().split()]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupted_run_leaves_no_process(project, number):
    process, others = sleeping(project)
    start = time.monotonic()
    process.send_signal(number)
    out, err = process.communicate(timeout=making.PATIENCE)
    assert (process.returncode, out) == (130, "")
    assert "raw/p interrupted" in err
    assert time.monotonic() - start < 3
    assert not any(map(making.lives, others))
    # And it can go on.
    project.function("f", ECHO)
    assert output(project.run("--from", "f")) == {}


def test_a_runner_that_is_killed_leaves_no_process(project):
    process, others = sleeping(project)
    process.kill()
    process.communicate(timeout=making.PATIENCE)
    limit = time.monotonic() + 5
    while any(map(making.lives, others)) and time.monotonic() < limit:
        time.sleep(0.02)
    assert not any(map(making.lives, others))


def test_a_wait_is_interrupted(project):
    project.plan(chain(("w", {"Type": "Wait", "Seconds": 600})))
    process = project.start()
    assert "waits" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    assert process.wait(5) == 130


def test_a_failed_run_does_not_wait_for_the_functions_beside(project):
    process_file = project.root / "pid"
    project.function(
        "slow",
        f"import os, time\ndef handler(event, context):\n    open({str(process_file)!r}, 'w').write(str(os.getpid()))\n    time.sleep(600)\n",
    )
    project.function(
        "bad",
        f"import os, time\ndef handler(event, context):\n    while not os.path.exists({str(process_file)!r}):\n        time.sleep(0.01)\n    time.sleep(0.1)\n    raise ValueError\n",
    )
    branches = [chain(("s", task("slow"))), chain(("b", task("bad")))]
    project.plan(chain(("p", {"Type": "Parallel", "Branches": branches})), {"slow": {"timeout": 900}, "bad": {}})
    result = project.run(timeout=20)
    assert result.returncode == 1 and "failed at `b`: ValueError" in result.stderr
    assert not making.lives(int(process_file.read_text()))


# Cases.


def test_cases_are_run_and_told(project):
    project.function(
        "f",
        "def handler(event, context):\n    print('seen')\n    if event == 'bad':\n        raise KeyError('x')\n    return event\n",
    )
    notify = {"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "Arguments": "{% $states.input %}"}
    cases = [
        {"name": "passes", "input": 1, "mocks": {"n": {"output": 2}}, "expect": {"output": 2}},
        {"name": "fails as it should", "input": "bad", "expect": {"error": "KeyError", "cause": "errorMessage"}},
        {
            "name": "another output",
            "file": "tests/x.yaml",
            "input": 1,
            "mocks": {"n": {"output": [1]}},
            "expect": {"output": [True]},
        },
        {"name": "another error", "input": "bad", "expect": {"error": "ValueError"}},
        {"name": "no error", "input": 1, "mocks": {"n": {"output": 2}}, "expect": {"error": "KeyError"}},
        {"name": "no mock", "input": 1, "expect": {"output": 2}},
    ]
    project.plan(
        chain(("f", task("f")), ("w", {"Type": "Wait", "Seconds": 600}), ("n", notify)), ["f"], pipeline_keys={"cases": cases}
    )
    result = project.run("--test", "--junit", project.root / "out/junit.xml")
    assert result.returncode == 1
    lines = result.stdout.splitlines()
    assert [line.partition(" ")[0] for line in lines if line.startswith(("passed", "FAILED"))] == ["passed"] * 2 + [
        "FAILED"
    ] * 4
    assert "        tests/x.yaml" in lines and "        +  1" in lines and "        -  true" in lines
    assert "expected the error ValueError, but the run failed with KeyError" in result.stdout
    assert "but the run succeeded with" in result.stdout and "in `mocks` of the case" in result.stdout
    assert "        f | seen" in lines
    assert lines[-1].startswith("6 cases: 2 passed, 4 failed, ")
    (suite,) = ElementTree.parse(project.root / "out/junit.xml").getroot()
    assert (suite.get("name"), suite.get("tests"), suite.get("failures")) == ("raw/p", "6", "4")
    assert [each.get("name") for each in suite] == [case["name"] for case in cases]
    assert [each.find("failure") is not None for each in suite] == [False, False, True, True, True, True]
    only = project.run("--test", "--case", "passes")
    assert only.returncode == 0 and only.stdout.splitlines()[-1].startswith("1 case: 1 passed, 0 failed")
    assert not (project.root / ".dorc").exists()


def test_a_case_has_a_folder_of_its_own_in_place_of_s3(project):
    project.function("f", ECHO)
    reader = {"Resource": "arn:aws:states:::s3:listObjectsV2", "Arguments": {"Bucket": "b"}}
    writer = {"Resource": "arn:aws:states:::s3:putObject", "Arguments": {"Bucket": "b", "Prefix": "out"}}
    processor = {"ProcessorConfig": {"Mode": "DISTRIBUTED"}, "StartAt": "i", "States": {"i": task("f", End=True)}}
    keys = {"Type": "Map", "ItemReader": reader, "ItemProcessor": processor}
    for folder, name in (("tests/one", "x"), ("tests/two", "y"), ("given", "z")):
        (project.root / folder / "b").mkdir(parents=True)
        (project.root / folder / "b" / name).write_text("1")
    first, second = ({"name": each, "s3": f"tests/{each}"} for each in ("one", "two"))
    cases = [
        first | {"expect": {"output": ["x"]}}, second | {"expect": {"output": ["y"]}},
        {"name": "given", "expect": {"output": ["z"]}}, {"name": "none", "s3": "tests/nowhere", "expect": {"output": 1}},
        first | {"name": "event", "event": "s3:b/x", "expect": {"output": ["x"]}},
    ]  # fmt: skip
    read, written = keys | {"Output": "{% [$states.result.Key] %}"}, keys | {"ResultWriter": writer, "Output": "{% $states.input %}"}
    triggers = [{"name": "landed", "kind": "s3", "bucket": "b"}]
    project.plan(chain(("m", read), ("n", written)), ["f"], pipeline_keys={"cases": cases, "triggers": triggers})
    result = project.run("--test", "--s3", project.root / "given", "--jobs", "2")
    lines = [line.partition(" (")[0] for line in result.stdout.splitlines() if line.startswith(("passed", "FAILED"))]
    assert lines == ["passed  raw/p: one", "passed  raw/p: two", "passed  raw/p: given", "FAILED  raw/p: none", "passed  raw/p: event"], result.stdout
    assert "`s3` of the case: " in result.stdout and "nowhere" in result.stdout
    # What a run writes goes into a copy, but for a folder that was given.
    assert {each.relative_to(project.root).parts[:2] for each in project.root.rglob("out/**/manifest.json")} == {("given", "b")}


# Where nothing can be written.


def on_a_full_disk() -> None:
    """Files stay empty, as on a disk without room; pipes take what they get."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def test_a_full_disk_is_a_warning_where_the_state_is_kept_and_an_error_of_the_function(project):
    project.function("f", "def handler(event, context):\n    return event\n")
    project.function("w", "def handler(event, context):\n    with open(event, 'w') as file:\n        file.write('x')\n")
    project.plan(chain(("f", task("f")), ("w", task("w"))), ["f", "w"])
    result = project.run("--input", json.dumps(str(project.root / "out")), preexec_fn=on_a_full_disk)
    assert result.returncode == 1 and "failed at `w`: OSError: [Errno 27] File too large" in result.stderr
    assert "warning: the state for --from is not kept" in result.stderr
    assert not list((project.root / ".dorc").rglob("*.json"))
    assert project.run("--input", json.dumps(str(project.root / "out"))).returncode == 0
    assert [path.read_text() for path in (project.root / ".dorc").rglob(".gitignore")] == ["*\n"]


def test_results_on_a_full_disk_are_an_error_and_no_half_file(project):
    (project.root / "s3/out").mkdir(parents=True)
    project.function("f", "def handler(event, context):\n    return event\n")
    processor = {"ProcessorConfig": {"Mode": "DISTRIBUTED"}, "StartAt": "i", "States": {"i": task("f", End=True)}}
    writer = {"Resource": "arn:aws:states:::s3:putObject", "Arguments": {"Bucket": "out", "Prefix": "r"}}
    state = {"Type": "Map", "Items": [1], "Label": "m", "ItemProcessor": processor, "ResultWriter": writer}
    project.plan(chain(("m", state)), ["f"])
    result = project.run("--s3", project.root / "s3", preexec_fn=on_a_full_disk)
    assert result.returncode == 1 and "failed at `m`: States.ResultWriterFailed" in result.stderr
    assert not [path for path in (project.root / "s3/out").rglob("*") if path.is_file()]


def test_verdicts_that_cannot_be_written_are_an_error(echo):
    value = json.loads((echo.root / "plan.json").read_text())
    value["pipelines"][0]["cases"] = [{"name": "one", "input": 1, "expect": {"output": 1}}] * 2
    (echo.root / "plan.json").write_text(json.dumps(value))
    with open("/dev/full", "w") as full:
        result = echo.run("--test", stdout=full, stderr=subprocess.PIPE, capture_output=False)
    assert result.returncode == 1 and result.stderr.count("error: the verdicts cannot be written") == 1
    result = echo.run("--test", "--junit", "/dev/null/x.xml")
    assert result.returncode == 1 and result.stderr.count("error: --junit /dev/null/x.xml: ") == 1


# Data that are no JSON, or hardly.


@pytest.mark.parametrize(
    "text, message",
    [("NaN", "NaN is not JSON"), ("[Infinity]", "Infinity is not JSON"), ("1e999", "too large"), ("[" * 9999 + "]" * 9999, "nested too deeply")],
)
def test_what_python_takes_for_json_and_aws_does_not_is_refused(echo, text, message):
    assert message in usage(echo.run("--input", text))
    (echo.root / "in.json").write_text(text)
    assert message in usage(echo.run("--input", f"@{echo.root}/in.json"))


def test_odd_data_go_through_and_a_run_goes_on_with_them(echo):
    # Half a character is none in an expression; the run goes on with what stands for it.
    assert output(echo.run("--input", '"\\ud800"')) == "\ufffd"
    assert output(echo.run("--from", "f")) == "\ufffd"
    for value in ({"\x00": ["\x1b[2J"]}, 2**70, [0.1, -1e-300], [[[]]] * 3):
        assert output(echo.run("--input", json.dumps(value))) == value
        assert output(echo.run("--from", "f")) == value
    (echo.root / "in.json").write_bytes(b"\xef\xbb\xbf[1]")
    assert output(echo.run("--input", f"@{echo.root}/in.json")) == [1]
    deep = "[" * 300 + "]" * 300
    assert json.dumps(output(echo.run("--input", deep))) == deep


# After a failure that was caught, and told again.


def with_finally(workflow: dict) -> dict:
    """As dorc writes `finally`."""

    def event(status: str, key: str, value: str) -> dict:
        return {"status": status, key: value}

    failed = event("FAILED", "error", "{% $states.errorOutput %}")
    succeeded = event("SUCCEEDED", "output", "{% $states.result[0] %}")
    catch = {"ErrorEquals": ["States.ALL"], "Assign": {"finally_event": failed}, "Output": failed, "Next": "tidy"}
    steps = {"Type": "Parallel", "Branches": [workflow], "Output": succeeded, "Assign": {"finally_event": succeeded}, "Catch": [catch]}
    is_failed = {"Condition": "{% $finally_event.status = 'FAILED' %}", "Next": "finally (error)"}
    error = "$finally_event.error"
    return definition(
        {
            "steps": steps | {"Next": "tidy"},
            "tidy": task("tidy", Next="finally (ended)"),
            "finally (ended)": {"Type": "Choice", "Choices": [is_failed], "Default": "finally (output)"},
            "finally (error)": {
                "Type": "Fail",
                "Error": f"{{% {error}.Error ? {error}.Error : 'Failed' %}}",
                "Cause": f"{{% {error}.Cause ? {error}.Cause : '' %}}",
            },
            "finally (output)": {"Type": "Succeed", "Output": "{% $finally_event.output %}"},
        }
    )


def failed_step(result) -> str | None:
    (found,) = [each for each in map(json.loads, result.stderr.splitlines()) if each["event"] == "run failed"]
    return found["failed_step"]


def test_after_finally_the_step_that_failed_first_is_named_and_the_run_goes_on_there(project):
    for name in ("a", "tidy"):
        logged(project, name)
    flaky(project, "split")
    project.plan(with_finally(chain(("a", task("a")), ("split", task("split")))), ["a", "split", "tidy"])
    result = project.run("--input", "1")
    assert result.returncode == 1 and calls(project) == ["a", "split", "tidy"]
    assert "raw/p failed at `split`: ValueError: not yet\n" in result.stderr
    assert "run raw/p --from split\n" in result.stderr and "run raw/p --only split\n" in result.stderr
    assert "finally (error)" not in result.stderr
    assert failed_step(project.run("--json")) == "split"
    # A run that goes on in `finally` knows of it too.
    assert failed_step(project.run("--json", "--from", "tidy")) == "split"
    (project.root / "mended").touch()
    calls(project)
    assert output(project.run("--from", "split")) == [[{}, "a"], "split"]
    assert calls(project) == ["split", "tidy"]


def test_after_finally_the_traceback_and_the_hint_are_those_of_the_step_that_failed(project):
    project.function("f", CHOOSY)
    project.function("tidy", ECHO)
    project.plan(with_finally(chain(("m", distributed(task("f"))))), ["f", "tidy"])
    result = project.run()
    assert "exceeded\n  the first item that failed: `m (item) [0]` failed with ValueError: one is bad\n  continue" in result.stderr
    project.plan(with_finally(chain(("f", task("f")))), ["f", "tidy"])
    assert project.run("--input", "[1]").stderr.count("Traceback (most recent call last):") == 1
    states = {"f": task("f", End=True)}
    around = {"Type": "Parallel", "Branches": [{"StartAt": "f", "States": states}], "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "h"}]}
    project.plan(chain(("p", around | {"Retry": [{"ErrorEquals": ["ValueError"], "MaxAttempts": 1}]}), ("h", {"Type": "Pass"})), ["f"])
    assert project.run("--input", "[1]", "--fast-wait").stderr.count("Traceback (most recent call last):") == 1
    project.plan(with_finally(chain(("f", task("f")))), ["f", "tidy"])
    last = json.loads(project.run("--json", "--input", "[1]").stderr.splitlines()[-1])
    assert last["event"] == "run failed" and last["trace"].endswith("ValueError: [1] is bad\n")


def test_a_step_of_finally_that_fails_is_named_itself(project):
    project.function("f", FAIL)
    project.function("tidy", "def handler(event, context):\n    raise KeyError('mine')\n")
    project.plan(with_finally(chain(("f", task("f")))), ["f", "tidy"])
    assert failed_step(project.run("--json")) == "tidy"
    assert "run raw/p --from tidy\n" in project.run().stderr


def test_nobody_is_sent_to_a_state_that_is_no_step(project):
    project.function("f", ECHO)
    machine = with_finally({"StartAt": "a", "States": {"a": task("f", End=True)}})
    machine["States"]["steps"]["Arguments"] = "{% $error('no') %}"
    del machine["States"]["steps"]["Catch"]
    project.plan(machine, ["f", "tidy"])
    text = project.run().stderr
    assert "raw/p failed at `steps`: States.QueryEvaluationError" in text and "--from" not in text and "--only" not in text
    defaults = {"Type": "Pass", "Output": "{% $error('no') %}", "Next": "parameters (kept)"}
    project.plan(definition({"parameters": defaults, "parameters (kept)": {"Type": "Pass", "Next": "f"}, "f": task("f", End=True)}), ["f"])
    text = project.run().stderr
    assert "raw/p failed at `parameters`" in text and "--from" not in text
    project.plan(definition({"parameters": defaults | {"Next": "f"}, "f": task("f", End=True)}), ["f"])
    assert "--from parameters" in project.run().stderr, "a state of a definition of one's own"


def test_of_a_condition_that_fails_the_step_is_named_and_the_run_goes_on_there(project):
    project.function("f", ECHO)
    condition = {"Type": "Choice", "Choices": [{"Condition": "{% $error('no') %}", "Next": "b"}], "Default": "b"}
    states = {"a": task("f", Next="b (when)"), "b (when)": condition, "b": task("f", End=True)}
    project.plan(definition(states), ["f"])
    text = project.run("--input", "5").stderr
    assert text.endswith("continue there once it is fixed: dorc-synth run raw/p --from b\n")
    states["b (when)"]["Choices"][0]["Condition"] = True
    project.plan(definition(states), ["f"])
    result = project.run("--from", "b")
    assert output(result) == 5 and "b | called with 5" in result.stderr and "a started" not in result.stderr


def test_an_input_that_aws_would_not_take_starts_no_run(echo):
    limit = 262_144
    assert "the input has 262145 bytes, and AWS starts no run with more than 262144 (256 KiB)" in usage(
        echo.run("--input", "-", input=json.dumps("x" * (limit - 1)), stdin=None)
    )
    assert output(echo.run("--input", "@-", input=json.dumps("é" * (limit // 2 - 1)), stdin=None)) == "é" * (limit // 2 - 1)


def test_an_input_comes_from_standard_input(echo):
    for name in ("-", "@-"):
        assert output(echo.run("--input", name, input='\ufeff{"a": [1]}', stdin=None)) == {"a": [1]}
    assert "--input: standard input: not JSON: " in usage(echo.run("--input", "-", input="", stdin=None))
    assert "the debugger reads standard input" in usage(echo.run("--input", "-", "--debug", "f", input="1", stdin=None))


def test_a_file_that_cannot_be_read_is_told_in_words(echo):
    for option in ("--mock", "--secrets"):
        assert usage(echo.run(option, "nowhere.json")).endswith(f"{option} nowhere.json: no such file or directory\n")
    assert usage(echo.run("--input", "@nowhere.json")).endswith("--input nowhere.json: no such file or directory\n")
    (echo.root / "in.json").write_bytes(b"\xff")
    assert usage(echo.run("--input", f"@{echo.root}/in.json")).endswith("in.json: it is not UTF-8\n")


EXPRESSIONS = {
    "$states.input.nothing": "`$exists(X) ? X : 10` has a value in its place",
    "1 + 'a'": "`$number(...)` makes a number of a string",
    "$eval('1')": "Step Functions has the functions of JSONata 2.0.6 but for `$eval`",
}


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_a_hint_for_an_expression_names_no_file_that_is_not_there(echo, text):
    echo.plan(chain(("f", task("f", Arguments="{% " + text + " %}"))), ["f"])
    told = echo.run().stderr
    assert EXPRESSIONS[text] in told and "docs/" not in told


def test_after_a_handler_that_fails_the_run_the_step_that_failed_first_is_named(project):
    project.function("f", FAIL)
    logged(project, "h")
    # As dorc writes `then: fail`.
    output = "{% $states.errorOutput %}"
    catch = [{"ErrorEquals": ["States.ALL"], "Assign": {"error": output}, "Output": output, "Next": "h"}]
    ended = {"Type": "Fail", "Error": "{% $error.Error %}", "Cause": "{% $error.Cause %}"}
    states = {"f": task("f", Catch=catch, End=True), "h": task("h", Next="h (fail)"), "h (fail)": ended}
    for machine in (definition(states), with_finally(definition(states))):
        project.plan(machine, ["f", "h", "tidy"])
        logged(project, "tidy")
        assert failed_step(project.run("--json")) == "f"
        text = project.run().stderr
        assert "raw/p failed at `f`: ValueError: no\n" in text and "--from f\n" in text and "(fail)" not in text
        assert failed_step(project.run("--json", "--from", "h")) == "f"


def test_a_failure_of_ones_own_after_one_that_was_handled_is_told_where_it_is(project):
    project.function("f", FAIL)
    catch = [{"ErrorEquals": ["States.ALL"], "Next": "stop"}]
    states = {"f": task("f", Catch=catch, End=True), "stop": {"Type": "Fail", "Error": "Mine", "Cause": "no"}}
    project.plan(definition(states), ["f"])
    text = project.run().stderr
    assert "raw/p failed at `stop`: Mine: no\n" in text and "--from" not in text and "--only" not in text


# What is advised after a failure.


def advice(result, option: str = "--from") -> list[str]:
    """The words of the command that a failed run advises."""
    (line,) = [line for line in result.stderr.splitlines() if f" {option} " in line and ": dorc-synth run " in line]
    return shlex.split(line.partition("dorc-synth run ")[2])


def test_the_advice_has_the_options_that_were_given_and_can_be_copied(project):
    flaky(project, "a b")
    project.plan(chain(("a b", task("a b"))), {"a b": {"secrets": {"A": "one"}}})
    (project.root / "my secrets").write_text("A=1\n")
    (project.root / "mock.json").write_text("{}")
    (project.root / "s3").mkdir()
    given = [f"--secrets={project.root}/my secrets", f"--mock={project.root}/mock.json", f"--s3={project.root}/s3"]
    given += ["--processes=3", f"--state={project.root}/state", "--fast-wait"]
    result = project.run("--input", "1", *given)
    expected = [part for option in given for part in option.split("=")]
    assert advice(result) == ["raw/p", *expected, "--from", "a b"]
    only = advice(result, "--only")
    assert only == ["raw/p", *expected, "--only", "a b"]
    (project.root / "mended").touch()
    assert output(project.run(*only[1:])) == output(project.run(*advice(result)[1:])) == [1, "a b"]


def test_the_advice_names_no_option_that_was_not_given_but_what_is_needed(project):
    project.function("f", FAIL)
    project.plan(chain(("f", task("f"))), ["f"])
    assert advice(project.run()) == ["raw/p", "--from", "f"]
    project.plan(chain(("f", task("f"))), ["f"], environment="prod", mocks={"g": {"output": 1}})
    assert advice(project.run()) == ["raw/p", "--environment", "prod", "--mock", "FILE", "--from", "f"]
    told = project.run("--mock-file", "my answers.yaml", "--python", ".venv/bin/python")
    words = ["--python", ".venv/bin/python", "--mock", "my answers.yaml"]
    assert advice(told) == ["raw/p", "--environment", "prod", *words, "--from", "f"]
    project.plan(chain(("n", {"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "Arguments": {}})))
    assert advice(project.run()) == ["raw/p", "--mock", "FILE", "--from", "n"]
    reader = {"Resource": "arn:aws:states:::s3:listObjectsV2", "Arguments": {"Bucket": "b"}}
    processor = {"ProcessorConfig": {"Mode": "DISTRIBUTED"}, "StartAt": "i", "States": {"i": task("f", End=True)}}
    project.plan(chain(("m", {"Type": "Map", "ItemReader": reader, "ItemProcessor": processor})), ["f"])
    assert advice(project.run()) == ["raw/p", "--s3", "DIR", "--from", "m"]


def test_the_advice_names_the_project_where_it_is_not_found_without(project, monkeypatch, tmp_path_factory):
    project.function("f", FAIL)
    project.plan(chain(("f", task("f"))), ["f"])
    (project.root / "src/deep").mkdir(parents=True)
    monkeypatch.chdir(project.root / "src/deep")
    assert advice(project.run()) == ["raw/p", "--from", "f"]
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert advice(project.run()) == ["raw/p", "--config", str(project.root), "--from", "f"]
    assert advice(project.run(env={"CONFIG_REPO_PATH": "/"})) == ["raw/p", "--config", str(project.root), "--from", "f"]
    assert advice(project.run(env={"CONFIG_REPO_PATH": str(project.root)})) == ["raw/p", "--from", "f"]


def test_a_run_that_goes_on_needs_no_secrets_of_steps_that_do_not_run_again(project):
    logged(project, "a")
    logged(project, "c")
    flaky(project, "b")
    beside = [chain(("w", {"Type": "Wait", "Seconds": 1}), ("b", task("b"))), chain(("c", task("c")))]
    states = {
        "a": task("a", Next="p"),
        "p": {"Type": "Parallel", "Branches": beside, "Next": "d?"},
        "d?": {"Type": "Choice", "Choices": [{"Condition": False, "Next": "d"}], "Default": "e"},
        "d": task("d", End=True),
        "e": {"Type": "Pass", "End": True},
    }
    secrets = {"secrets": {"A": "one"}}
    logged(project, "d")
    project.plan(definition(states), {"a": secrets, "b": {}, "c": secrets, "d": {}})
    assert project.run(env={"A": "1"}).returncode == 1
    (project.root / "mended").touch()
    assert output(project.run("--from", "b")) == [[[{}, "a"], "b"], [[{}, "a"], "c"]]
    assert output(project.run("--from", "p"))
    assert "A of raw/p/a" in usage(project.run("--from", "a"))
    project.plan(definition(states), {"a": secrets, "b": {}, "c": {}, "d": secrets})
    text = usage(project.run("--from", "b"))
    assert "A of raw/p/d" in text and "raw/p/a" not in text


# Caught, and stopped.


def events(result) -> list[tuple[str, str]]:
    return [(each["event"], each["step"]) for each in map(json.loads, result.stderr.splitlines())]


def test_a_caught_step_is_told_as_caught_and_not_as_succeeded(project):
    project.function("f", FAIL)
    catch = [{"ErrorEquals": ["States.ALL"], "Output": 1, "Next": "h"}]
    project.plan(chain(("f", task("f", Catch=catch)), ("h", {"Type": "Pass"})), ["f"])
    assert events(project.run("--json")) == [("entered", "f"), ("caught", "f"), ("entered", "h"), ("succeeded", "h"), ("run succeeded", "raw/p")]
    text = project.run().stderr
    assert "f failed: ValueError: no; goes on at h\n" in text and "f succeeded" not in text


def test_an_output_of_a_catcher_that_fails_is_told_as_failed(project):
    project.function("f", FAIL)
    catch = [{"ErrorEquals": ["States.ALL"], "Output": "{% $nothing %}", "Next": "h"}]
    project.plan(chain(("f", task("f", Catch=catch)), ("h", {"Type": "Pass"})), ["f"])
    assert events(project.run("--json")) == [("entered", "f"), ("caught", "f"), ("failed", "f"), ("run failed", "raw/p")]


@pytest.mark.parametrize("mode", [{}, {"ProcessorConfig": {"Mode": "DISTRIBUTED"}}])
def test_items_that_are_stopped_are_told_as_stopped_and_once(project, mode):
    mark = project.root / "mark"
    project.function(
        "f",
        f"""
        import os, time
        def handler(event, context):
            if event:
                open({str(mark)!r} + str(event), "w").close()
                time.sleep(600)
            while not all(os.path.exists({str(mark)!r} + str(each)) for each in (1, 2)):
                time.sleep(0.01)
            raise ValueError("no")
    """,
    )
    retried = [{"ErrorEquals": ["Runtime.ExitError"]}]
    processor = mode | {"StartAt": "i", "States": {"i": task("f", End=True, Retry=retried)}}
    state = {"Type": "Map", "Items": [1, 0, 2], "ItemProcessor": processor}
    after = {"Type": "Wait", "Seconds": 1}
    machine = chain(("m", state | {"Catch": [{"ErrorEquals": ["States.ALL"], "Next": "w"}]}), ("w", after))
    project.plan(machine, {"f": {"timeout": 900}})
    found = events(project.run("--json"))
    assert sorted(each for each in found if each[0] == "stopped") == [("stopped", "i [0]"), ("stopped", "i [2]")]
    assert [each for each in found if each[0] in ("failed", "retrying", "caught")] == [("failed", "i [1]"), ("caught", "m")]
    assert found.index(("stopped", "i [2]")) < found.index(("caught", "m"))
    text = project.run().stderr
    assert "i [0] stopped after " in text and "nobody waits for it any more" in text and "ExitError" not in text


CHOOSY = "def handler(event, context):\n    if event:\n        raise ValueError(f'{event} is bad')\n    return event\n"


def distributed(state: dict, **more) -> dict:
    processor = {"ProcessorConfig": {"Mode": "DISTRIBUTED"}, "StartAt": "m (item)", "States": {"m (item)": state | {"End": True}}}
    return {"Type": "Map", "Items": ["one", 0, "two"], "MaxConcurrency": 1, "ItemProcessor": processor} | more


def test_an_item_that_fails_a_distributed_map_is_told_with_its_error_and_its_traceback(project):
    project.function("f", CHOOSY)
    project.plan(chain(("m", distributed(task("f")))), ["f"])
    result = project.run()
    assert result.returncode == 1
    assert "m (item) [0] failed: ValueError: one is bad\nTraceback (most recent call last):" in result.stderr
    assert result.stderr.endswith(
        "raw/p failed at `m`: States.ExceedToleratedFailureThreshold: The specified tolerated failure threshold was exceeded\n"
        "  the first item that failed: `m (item) [0]` failed with ValueError: one is bad\n"
        "  continue there once it is fixed: dorc-synth run raw/p --from m\n  that step alone: dorc-synth run raw/p --only m\n"
    )
    failed = [each for each in map(json.loads, project.run("--json").stderr.splitlines()) if "failed" in each["event"]]
    assert [(each["event"], each["step"]) for each in failed] == [("failed", "m (item) [0]"), ("failed", "m"), ("run failed", "raw/p")]
    assert json.loads(failed[0]["cause"])["errorMessage"] == "one is bad" and failed[0]["trace"].endswith("ValueError: one is bad\n")
    assert failed[2]["cause"] == "The specified tolerated failure threshold was exceeded" and "one is bad" in failed[2]["hint"]


def test_items_that_may_fail_are_told_and_their_traceback_once(project):
    project.function("f", CHOOSY)
    project.plan(chain(("m", distributed(task("f"), ToleratedFailureCount=2))), ["f"])
    result = project.run()
    assert result.returncode == 0 and "m succeeded" in result.stderr
    assert "m (item) [0] failed: ValueError: one is bad\n" in result.stderr
    assert "m (item) [2] failed: ValueError: two is bad\n" in result.stderr
    assert result.stderr.count("Traceback (most recent call last):") == 1


@pytest.mark.parametrize("kind", [{"Type": "Pass", "Output": "{% 1 + $states.input %}"}, task("f", Arguments="{% 1 + $states.input %}")])
def test_an_expression_that_fails_in_an_item_is_told(project, kind):
    project.function("f", CHOOSY)
    project.plan(chain(("m", distributed(kind))), ["f"])
    text = project.run().stderr
    assert "m (item) [0] failed: States.QueryEvaluationError: " in text and text.count('T2002: The right side of the "+" operator') == 2


def test_an_item_that_fails_is_told_above_the_live_list():
    import io

    from dorc_runner.live import Live

    stream = io.StringIO()
    shown = Live(stream)
    shown.event("entered", "m (item) [0]", type="Task")
    shown.event("failed", "m (item) [0]", type="Task", error="E", cause="no", trace="Traceback\n  File \"f.py\"\nE: no\n", hint=None)
    shown.close()
    assert "m (item) [0] failed: E: no\nTraceback\n  File \"f.py\"\nE: no\n" in stream.getvalue()


def test_what_was_stopped_is_shown_so_in_the_live_list(monkeypatch):
    import io

    from dorc_runner.live import Live

    monkeypatch.delenv("NO_COLOR", raising=False)
    stream = io.StringIO()
    shown = Live(stream)
    for step in ("a", "b", "i [0]", "i [1]"):
        shown.event("entered", step, type="Task")
    shown.event("failed", "i [1]", type="Task", error="E")
    shown.event("stopped", "i [0]", type="Task", seconds=1)
    shown.event("stopped", "a", type="Task", seconds=1)
    shown.event("caught", "b", type="Task", error="E", cause="no", next="h")
    shown.close()
    lines = {line.split()[1]: line.split()[2] for line in stream.getvalue().rpartition("\x1b[J")[2].splitlines() if line[:1] == "\x1b"}
    assert lines == {"a": "stopped", "b": "caught", "i": "failed"}


# A step alone, on an event of one's own.


def with_parameters(project) -> None:
    """As dorc writes `parameters: {n: 3}`."""
    merged = "{% $type($states.input) = 'object' ? $merge([{\"n\":3}, $states.input]) : $states.input %}"
    project.function("a", ECHO)
    project.function("b", FAIL)
    arguments = {"n": "{% $run_input.n %}", "event": "{% $states.input %}"}
    states = {
        "parameters": {"Type": "Pass", "Output": merged, "Next": "parameters (kept)"},
        "parameters (kept)": {"Type": "Pass", "Assign": {"run_input": "{% $states.input %}"}, "Next": "b"},
        "b": task("b", Next="a"),
        "a": task("a", Arguments=arguments, End=True),
    }
    project.plan(definition(states), ["a", "b"])


def test_one_step_alone_on_an_event_has_the_defaults_of_parameters(project):
    with_parameters(project)
    assert output(project.run("--only", "a", "--input", "[7]")) == {"n": 3, "event": [7]}
    assert output(project.run("--only", "a", "--input", '{"n": 4}')) == {"n": 3, "event": {"n": 4}}
    assert not (project.root / ".dorc").exists()


def test_one_step_alone_on_an_event_has_the_variables_of_the_run_before(project):
    with_parameters(project)
    # It ends before `a`, which knows the run's input all the same.
    assert project.run("--input", '{"n": 5}').returncode == 1
    assert output(project.run("--only", "a", "--input", "[7]")) == {"n": 5, "event": [7]}
    project.function("b", ECHO)
    assert project.run("--input", '{"n": 6}').returncode == 0
    assert output(project.run("--only", "a", "--input", "[7]")) == {"n": 6, "event": [7]}
    (state,) = (project.root / ".dorc/runs").glob("*.json")
    state.write_text("no JSON")
    assert output(project.run("--only", "a", "--input", "[7]")) == {"n": 3, "event": [7]}
    assert "cannot be read" in usage(project.run("--only", "a"))
