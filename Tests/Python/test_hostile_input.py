"""Hostile files cost no more than harmless ones of the same size, and never print themselves back.

Time is measured as a ratio to a harmless file of the same size, in CPU time of the same program on the same machine, so that
no test depends on how quick the machine is. `python test_hostile_input.py PROGRAM` prints the ratios of all inputs.
"""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

SIZE = 1_000_000
# A quadratic path takes hundreds of times as long.
MOST_TIMES = 12
LONGEST_OUTPUT = 60_000

DORC = "project: demo\nregion: eu-west-2\nenvironments: {dev: {account: '111122223333', variables: {bucket: landing}}}\n"


def fill(piece, size=SIZE):
    return piece * (size // len(piece))


def lines(form, size=SIZE):
    result, length, number = [], 0, 0
    while length < size:
        result.append(form.format(number))
        length += len(result[-1]) + 1
        number += 1
    return "\n".join(result) + "\n"


def in_description(text):
    return f"description: '{text}'\nsteps: [extract]\n"


def in_arguments(text):
    return f"steps:\n  - name: extract\n    arguments: {{a: '{text}'}}\n"


def expression(text):
    return in_arguments("{% " + text + " %}")


HARMLESS = "steps:\n" + lines("  - {{name: s{0}, function: extract, after: [], arguments: {{a: some text, b: {0}}}}}", SIZE // 8)
HARMLESS_TEXT = in_arguments(fill("some text "))

PIPELINES = {
    "many ${ in a description": in_description(fill("${")),
    "many ${ in arguments": in_arguments(fill("${")),
    "many known variables": in_arguments(fill("${bucket}", 240_000)),
    "many unknown variables": in_arguments(fill("${nothing}")),
    "many $${": in_arguments(fill("$${")),
    "many {%": in_arguments("a" + fill("{%") + "a"),
    "many %}": in_arguments("a" + fill("%}") + "a"),
    "many {% %}": in_arguments("a" + fill("{% $x %}") + "a"),
    "many {{": in_arguments(fill("{{")),
    "many {{resolve:": in_arguments(fill("{{resolve:")),
    "many {{resolve:x}}": in_arguments(fill("{{resolve:x}}")),
    "many attributes": in_arguments(fill("<aws.scheduler.")),
    "many <": in_arguments(fill("<")),
    "brackets in JSONata": expression(fill("(")),
    "a long path in JSONata": expression("$states.input" + fill(".a")),
    "a long sum in JSONata": expression("1" + fill("+1")),
    "many mistakes in JSONata": expression("a" + fill("+a")),
    "many variables in JSONata": expression("$a" + fill("+$a")),
    "a long string in JSONata": expression('"' + fill("a") + '"'),
    "a long number in JSONata": expression(fill("9")),
    "many texts that are not JSONata": expression(fill("# ")),
    "%TAG": lines("%TAG !a{0}! tag:x:") + "---\nsteps: [extract]\n",
    "anchors": lines("x-{0}: &a{0} 1") + "steps: [extract]\n",
    "aliases": "x-a: &a [1]\nx-b:\n" + lines("  - *a") + "steps: [extract]\n",
    "unknown aliases": "x-b:\n" + lines("  - *a{0}") + "steps: [extract]\n",
    "merge keys": "x-a: &a {b: 1}\nx-b:\n" + lines("  - <<: *a") + "steps: [extract]\n",
    "many merges in one": "x-a: &a {b: 1}\nx-b:\n  <<: [" + fill("*a, ") + "*a]\nsteps: [extract]\n",
    "unknown keys": lines("k{0}: 1") + "steps: [extract]\n",
    "one key twice": fill("k: 1\n") + "steps: [extract]\n",
    "a long key": "? " + fill("k") + "\n: 1\nsteps: [extract]\n",
    "one step many times": "steps:\n" + fill("  - extract\n"),
    "steps without a folder": "steps:\n" + lines("  - step{0}", SIZE // 4),
    "wrong steps": "steps:\n" + lines("  - Step {0}!"),
    "a long after": "steps:\n  - extract\n  - {name: b, function: extract, after: [" + fill("extract, ") + "extract]}\n",
    "an unknown after": "steps:\n  - {name: b, function: extract, after: [" + lines("a{0},") + "extract]}\n",
    "many errors in retry": "steps: [extract]\ndefaults: {retry: {errors: [" + lines("a{0},") + "b]}}\n",
    "a long cron": f"steps: [extract]\nschedule: '{fill('1,')}1 * * * *'\n",
    "a long zone": f"steps: [extract]\ntriggers: [{{name: a, schedule: '@daily', timezone: '{fill('A')}'}}]\n",
    "many triggers": "steps: [extract]\ntriggers:\n" + lines("  - {{name: t{0}, schedule: '@daily'}}", SIZE // 8),
    "one trigger many times": "steps: [extract]\ntriggers:\n" + fill("  - {name: t, schedule: '@daily'}\n"),
    "a long pattern": "steps: [extract]\ntriggers:\n  - {name: a, event: {source: [" + lines("a{0},") + "b]}}\n",
    "unknown matchers": "steps: [extract]\ntriggers:\n  - {name: a, event: {source: [" + fill("{x: 1}, ") + "b]}}\n",
    "stars": "steps: [extract]\ntriggers:\n  - {name: a, event: {source: [{wildcard: '" + fill("*a") + "'}]}}\n",
    "comments": fill("# comment\n") + "steps: [extract]\n",
    "carriage returns": fill("#\r") + "steps: [extract]\n",
    "no-break spaces": "description: a" + fill("\u00a0", SIZE // 2) + "\nsteps: [extract]\nsteps:\u00a0x\n",
    "escapes": 'description: "' + fill("\\b") + '"\nsteps: [extract]\n',
    "unknown escape at the end": 'description: "' + fill("a ") + '\\d"\nsteps: [extract]\n',
    "quotes": "description: '" + fill("''") + "'\nsteps: [extract]\n",
    "folded lines": "description: >\n" + fill("  a\n") + "steps: [extract]\n",
    "brackets": fill("["),
    "braces": fill("{a: "),
    "question marks": fill("? "),
    "dashes": fill("- "),
    "merge marks": "steps: [extract]\n" + fill("<<<<<<< a\n"),
    "one line of mistakes": "steps: [" + fill("A!, ") + "extract]\n",
    "backticks": f"description: {{a: '{fill('`')}'}}\nsteps: ['{fill('`', 1000)}']\n",
    "a long tag": "description: !" + fill("a") + " b\nsteps: [extract]\n",
    "a long anchor": "description: &" + fill("a") + " b\nsteps: [extract]\n",
    "a bad anchor": "description: &a." + fill("a") + " b\nsteps: [extract]\n",
}

PROJECTS = {
    "5,000 wrong environments": "project: demo\nregion: eu-west-2\nenvironments:\n" + "".join(
        f"  E-{n}: {{account: '1'}}\n" for n in range(5000)),
    "many variables": DORC.replace("bucket: landing", "bucket: landing" + "".join(f", v{n}: x" for n in range(50_000))),
    "many tags": DORC + "tags:\n" + lines("  k{0}: v"),
    "a long project": DORC.replace("demo", fill("a")),
    "a long list of includes": DORC + "images: {include: [" + lines("a{0},") + "b]}\n",
}


def write(folder, pipeline=HARMLESS_TEXT, project=DORC):
    code = folder / "src/raw/census/extract"
    code.mkdir(parents=True, exist_ok=True)
    (code / "lambda.py").write_text("def handler(event, context): pass\n")
    (folder / "Dockerfile").write_text("FROM public.ecr.aws/lambda/python:3.12\nCOPY src/raw/census/extract .\n")
    (folder / "dorc.yaml").write_bytes(project.encode())
    (folder / "src/raw/census/pipeline.yaml").write_bytes(pipeline.encode())


def run(program, folder, timeout=300):
    """CPU seconds, standard error, and the status."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    result = subprocess.run(
        [program, "check", "--config", folder], capture_output=True, timeout=timeout,
        env={**os.environ, "DORC_TODAY": "2031-01-01"})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime, result.stderr + result.stdout, result.returncode


def unit(program, folder):
    """What a harmless megabyte costs: the dearer one of many values and one long value."""
    costs = []
    for text in (HARMLESS, HARMLESS_TEXT):
        write(folder, text)
        costs.append(min(run(program, folder)[0] for _ in range(2)))
    return max(costs)


@pytest.fixture(scope="module")
def harmless(dorc, tmp_path_factory):
    return unit(dorc.path, tmp_path_factory.mktemp("harmless"))


def check(program, folder, harmless):
    seconds, output, status = run(program, folder)
    if seconds > MOST_TIMES * harmless:
        # The smaller of two, as for the harmless file: what ran at the same time must not count.
        seconds = min(seconds, run(program, folder)[0])
    assert status in (0, 1), output[-2000:]
    assert seconds <= MOST_TIMES * harmless
    blocks = output.decode(errors="replace").split("\n\n")
    assert max(len(block) for block in blocks) < 3000
    assert all(len(block.splitlines()) < 60 for block in blocks)


@pytest.mark.parametrize("name", PIPELINES)
def test_a_hostile_pipeline_costs_what_a_harmless_one_does(dorc, tmp_path, harmless, name):
    write(tmp_path, PIPELINES[name])
    check(dorc.path, tmp_path, harmless)


@pytest.mark.parametrize("name", PROJECTS)
def test_a_hostile_project_costs_what_a_harmless_one_does(dorc, tmp_path, harmless, name):
    write(tmp_path, "steps: [extract]\n", PROJECTS[name])
    check(dorc.path, tmp_path, harmless)


def test_environments_cost_the_same_each(dorc, tmp_path):
    """Each has stacks of its own, so that twice as many cost twice as much, and not four times."""
    costs = []
    for count in (500, 1000):
        names = "".join(f"  e{n}: {{account: '111122223333'}}\n" for n in range(count))
        write(tmp_path, "steps: [extract]\n", "project: demo\nregion: eu-west-2\nenvironments:\n" + names)
        costs.append(min(run(dorc.path, tmp_path)[0] for _ in range(2)))
    assert costs[1] < 3 * costs[0]


VARIABLES = DORC.replace("bucket: landing", "bucket: " + "x" * 4096)
MULTIPLIED = {
    "in one text": (in_arguments(fill("${bucket}", 240_000)), "text-too-long"),
    "in many texts": ("steps:\n" + lines(
        "  - {{name: s{0}, function: extract, after: [], arguments: {{a: '${{bucket}}${{bucket}}${{bucket}}${{bucket}}'}}}}", 100_000), "too-large"),
    "in descriptions": (in_description(fill("${bucket}", 240_000)), "text-too-long"),
}


@pytest.mark.parametrize("name", MULTIPLIED)
def test_a_variable_does_not_multiply_a_file_beyond_what_fits(dorc, tmp_path, harmless, name):
    pipeline, told = MULTIPLIED[name]
    write(tmp_path, pipeline, VARIABLES)
    check(dorc.path, tmp_path, harmless)
    assert told.encode() in run(dorc.path, tmp_path)[1]


def test_a_variable_has_at_most_4096_characters(dorc, tmp_path):
    write(tmp_path, "steps: [extract]\n", VARIABLES)
    assert run(dorc.path, tmp_path)[2] == 0
    write(tmp_path, "steps: [extract]\n", VARIABLES.replace("x" * 4096, "x" * 4097))
    assert b"at most 4096 are possible" in run(dorc.path, tmp_path)[1]


@pytest.mark.parametrize("size", [2_000_000, 50_000_000])
def test_a_large_file_is_refused_unread(dorc, tmp_path, harmless, size):
    for files in ({"pipeline": fill("# x\n", size)}, {"project": fill("# x\n", size)}):
        write(tmp_path, **files)
        check(dorc.path, tmp_path, harmless)


if __name__ == "__main__":
    import tempfile

    binary, wanted = sys.argv[1], sys.argv[2:]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cost = unit(binary, folder)
        print(f"a harmless megabyte: {cost:.2f} s")
        for kind, inputs in (("pipeline", PIPELINES), ("project", PROJECTS)):
            for title, text in inputs.items():
                if wanted and title not in wanted:
                    continue
                write(folder, **{"pipeline": "steps: [extract]\n", kind: text})
                try:
                    seconds, output, status = run(binary, folder, timeout=20)
                except subprocess.TimeoutExpired:
                    print(f"more than 20 s: {title}", flush=True)
                    continue
                longest = max(len(block) for block in output.decode(errors="replace").split("\n\n"))
                print(f"{seconds / cost:8.1f}  {seconds:6.2f} s  status {status}  {len(output):9,} bytes, longest {longest:6,}  {title}", flush=True)
