"""What people do wrong: the program says so in plain words, at a place, in little time and memory."""

from __future__ import annotations

import json
import os
import random
import re
import resource
import shutil
import stat
import subprocess

import outputs
import program
import pytest
from test_output_folder import public_folder

PLACE = re.compile(r"^ +--> [^\n]+:\d+:\d+$", re.MULTILINE)
MEGABYTE = 1 << 20
MUTATIONS, PART = 1000, 125

GOOD = "description: x\nsteps: [f]\n"


def repository_with(tmp_path, definition: str | bytes = GOOD):
    return program.make_repository(tmp_path / "config", {"raw/x": definition, "raw/y": GOOD})


def told(dorc, repository, *texts, file="src/raw/x/pipeline.yaml", **options):
    """`check` fails with at least one diagnostic in this file."""
    result = dorc.fail("check", "--config", repository, **{"patience": 20} | options)
    assert PLACE.search(result.stderr), program.describe(result)
    # What is no YAML is told at the place that needs it.
    assert (f"--> {file}:" if file.endswith(".yaml") else file) in result.stderr, program.describe(result)
    for text in texts:
        assert text in result.stderr, program.describe(result)
    assert len(result.stderr) < 20_000, "a mistake is told in a few lines"
    out = repository.with_name("out")
    dorc.fail(out, "--config", repository, **{"patience": 20} | options)
    assert not out.exists()
    return result


def bounded(dorc, *arguments, megabytes=256):
    """Exit code and standard error of a run that may take a minute of processor time and so much memory of its own.

    A run that wants more dies of a signal. (Wall time and resident memory depend on what else the machine does, and on
    the process that starts the program.)
    """

    def limit():
        resource.setrlimit(resource.RLIMIT_DATA, (megabytes * MEGABYTE, megabytes * MEGABYTE))
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))

    process = dorc.start(*arguments, stderr=subprocess.PIPE, preexec_fn=limit)
    text = process.communicate()[1]
    return process.returncode, text if isinstance(text, str) else text.decode()


# Files that are none, or cannot be read


@pytest.mark.parametrize("name", ["src/raw/x/pipeline.yaml", "dorc.yaml"])
def test_a_file_that_may_not_be_read(dorc, name):
    with public_folder() as (folder, options):
        repository = repository_with(folder)
        (repository / name).chmod(0)
        told_as_nobody(dorc, repository, name, options)


def told_as_nobody(dorc, repository, name, options):
    result = dorc.fail("check", "--config", repository, **options)
    assert "Permission denied" in result.stderr and name in result.stderr and result.stdout == ""


@pytest.mark.parametrize("name", ["src/raw/x", "src/raw", "src", "src/raw/x/f"])
def test_a_folder_that_may_not_be_read(dorc, name):
    with public_folder() as (folder, options):
        repository = repository_with(folder)
        (repository / name).chmod(0)
        told_as_nobody(dorc, repository, name, options)


@pytest.mark.parametrize("name", ["src/raw/x/f/lambda.py", "Dockerfile", "src/raw/x/f/data.bin"])
def test_a_file_of_an_image_that_may_not_be_read(dorc, name):
    with public_folder() as (folder, options):
        repository = program.write_files(repository_with(folder), {"src/raw/x/f/data.bin": "x"})
        (repository / name).chmod(0)
        told_as_nobody(dorc, repository, name, options)


def test_links_in_a_cycle(dorc, tmp_path):
    repository = repository_with(tmp_path)
    path = repository / "src/raw/x/pipeline.yaml"
    path.unlink()
    path.symlink_to("other.yaml")
    (path.parent / "other.yaml").symlink_to("pipeline.yaml")
    told(dorc, repository, "cycle")


@pytest.mark.parametrize("target", ["..", ".", "../../../src", "../../raw"])
def test_a_link_to_a_folder_that_it_stands_in(dorc, tmp_path, target):
    repository = repository_with(tmp_path)
    (repository / "src/raw/x/f/again").symlink_to(target)
    told(dorc, repository, file="src/raw/x/f/again")


@pytest.mark.parametrize("name", ["src/raw/x/pipeline.yaml", "src/raw/x/f/lambda.py", "src/raw/x/f/more.txt", "Dockerfile"])
def test_a_link_to_a_file_out_of_the_repository(dorc, tmp_path, name):
    repository = repository_with(tmp_path)
    program.write_files(tmp_path, {"secret": "steps: [f]  # a secret of mine\n"})
    path = repository / name
    path.unlink(missing_ok=True)
    path.symlink_to(tmp_path / "secret")
    result = told(dorc, repository, "out of the config repository", file=name)
    assert "a secret of mine" not in result.stderr


@pytest.mark.parametrize("name", ["src/raw/z", "src/z", "src/raw/x/g", "src/raw/x/f/z"])
def test_a_link_to_a_folder_out_of_the_repository(dorc, tmp_path, name):
    repository = repository_with(tmp_path)
    elsewhere = program.make_repository(tmp_path / "elsewhere", {"raw/z": GOOD})
    (repository / name).symlink_to(elsewhere / "src/raw" / ("." if name == "src/z" else "z"))
    told(dorc, repository, "out of the config repository", file=name)


def test_a_link_that_leads_nowhere(dorc, tmp_path):
    repository = repository_with(tmp_path)
    (repository / "src/raw/x/f/gone.py").symlink_to("nowhere.py")
    told(dorc, repository, "leads nowhere", file="src/raw/x/f/gone.py")


def test_a_link_inside_the_function_is_fine(dorc, tmp_path):
    repository = repository_with(tmp_path)
    folder = repository / "src/raw/x/f"
    (folder / "code.py").write_text("handler = None\n")
    (folder / "lambda.py").unlink()
    (folder / "lambda.py").symlink_to("code.py")
    dorc.succeed("check", "--config", repository)


def test_a_link_out_of_the_function_is_told(dorc, tmp_path):
    """Docker copies the link, not what it leads to."""
    repository = repository_with(tmp_path)
    (repository / "src/raw/x/f/lib").symlink_to("../../y/f")
    told(dorc, repository, "not copied into the image", file="src/raw/x/f/lib")


def test_a_function_that_may_be_run_is_another_image(dorc, tmp_path):
    repository = repository_with(tmp_path)
    tags = []
    for mode in (0o644, 0o755):
        (repository / "src/raw/x/f/lambda.py").chmod(mode)
        dorc.succeed(tmp_path / "out", "--config", repository)
        tags.append(outputs.image_tags(tmp_path / "out"))
    assert tags[0] != tags[1]


def test_an_included_path_that_is_missing_is_one_finding(dorc, tmp_path):
    program.make_repository(tmp_path, {"raw/x": "steps: [f]\n"}, extra="images: {include: [lib/]}\n")
    findings = dorc.diagnostics("check", "--config", tmp_path)
    assert [(finding["id"], finding["file"]) for finding in findings] == [("unreadable", "dorc.yaml")]


@pytest.mark.parametrize("name", ["src/raw/x/pipeline.yaml", "src/raw/x/f/lambda.py", "Dockerfile"])
def test_a_fifo_is_not_waited_for(dorc, tmp_path, name):
    repository = repository_with(tmp_path)
    (repository / name).unlink(missing_ok=True)
    os.mkfifo(repository / name)
    told(dorc, repository, file=name)


def test_a_fifo_in_a_function_is_not_waited_for(dorc, tmp_path):
    repository = repository_with(tmp_path)
    os.mkfifo(repository / "src/raw/x/f/pipe")
    assert dorc.run("check", "--config", repository, patience=20).returncode in (0, 1)


def test_a_dorc_yaml_that_is_no_file(dorc, tmp_path):
    for make in (os.mkfifo, os.mkdir, lambda path: os.symlink("dorc.yaml", path)):
        folder = tmp_path / getattr(make, "__name__", "x").strip("<>")
        folder.mkdir()
        make(folder / "dorc.yaml")
        result = dorc.run("check", "--config", folder, patience=20)
        assert result.returncode in (1, 64) and "dorc.yaml" in result.stderr


@pytest.mark.parametrize("name", ["src/raw/x/pipeline.yaml", "src/raw/x/f/lambda.py", "Dockerfile", "requirements.txt"])
def test_a_folder_instead_of_a_file(dorc, tmp_path, name):
    repository = repository_with(tmp_path)
    (repository / name).unlink(missing_ok=True)
    (repository / name).mkdir()
    told(dorc, repository, file=name)


def test_a_device_is_not_read(dorc, tmp_path):
    if os.getuid() != 0:
        pytest.skip("only root makes devices")
    repository = repository_with(tmp_path)
    path = repository / "src/raw/x/pipeline.yaml"
    path.unlink()
    os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 5))
    told(dorc, repository)


@pytest.mark.parametrize("name", [b"caf\xe9.py", b"a\nb.py", b"a\x1b[31m.py", b" ", b"-rf", b"x" * 255], ids=repr)
def test_strange_names_of_files(dorc, tmp_path, name):
    repository = repository_with(tmp_path)
    (repository / "src/raw/x/f").joinpath(os.fsdecode(name)).write_text("x")
    result = subprocess.run(
        dorc.command("check", "--config", repository), capture_output=True, timeout=120, env=program.environment()
    )
    assert result.returncode in (0, 1), result.stderr
    assert b"\x1b" not in result.stderr
    result.stderr.decode("utf-8")


def test_names_that_are_no_utf8_are_told_apart(dorc, tmp_path):
    """Two files must not look like one, nor must a change of a name go unseen by the image's hash."""
    repository = repository_with(tmp_path)
    folder = repository / "src/raw/x/f"
    outcomes = []
    for name in (b"\xe9.py", b"\xe8.py"):
        path = folder / os.fsdecode(name)
        path.write_text("x")
        result = dorc.run(tmp_path / "out", "--config", repository)
        images = (tmp_path / "out/manifest.json").read_text() if result.returncode == 0 else None
        outcomes.append((result.returncode, images))
        path.unlink()
        shutil.rmtree(tmp_path / "out", ignore_errors=True)
    codes = {code for code, _ in outcomes}
    assert codes == {1} or (codes == {0} and outcomes[0] != outcomes[1])


# Files that are too much


def test_a_file_of_50_megabytes_is_refused_in_no_time(dorc, tmp_path):
    repository = repository_with(tmp_path, b"# x\n" * (50 * MEGABYTE // 4))
    code, text = bounded(dorc, "check", "--config", repository)
    assert code == 1 and "src/raw/x/pipeline.yaml:1:1" in text and len(text) < 5000


@pytest.mark.parametrize(
    "content",
    [b"a" * 900_000, b"a: " + b"'x" * 400_000, b"- " * 450_000, b"x: &a [*a]\n" * 80_000, b"k: v\n" * 200_000]
    + [b"".join(b"k%d: v\n" % index for index in range(90_000)), b"[" * 900_000, b"{" * 900_000, b"? " * 450_000]
    + [b"description: |\n" + b"  line\n" * 120_000, b"#" * 1_000_000, b"\n" * 1_000_000, b"!" * 900_000, b"\x85" * 500_000]
    + [b"steps: [" + b"f, " * 300_000 + b"]", b"steps: [f" + b"&a ," * 200_000 + b"]", b"!!str " * 150_000, b"%" * 900_000]
    + [b"steps: [f]\nfunctions: {" + b"".join(b"g%d: {}, " % i for i in range(60_000)) + b"}\n", b"\t" * 900_000]
    + [b"steps: [f]\ntriggers: [" + b"{name: x, schedule: 'every 1m'}, " * 20_000 + b"]\n", b'"\\x41' * 180_000],
    ids=lambda content: content[:12],
)
def test_large_files_take_little_time_and_memory(dorc, tmp_path, content):
    repository = repository_with(tmp_path, content)
    code, text = bounded(dorc, "check", "--config", repository, megabytes=600)
    assert code == 1 and PLACE.search(text), text[:2000]


def laughs(levels, width=10, form="list"):
    lines = ["a0: &a0 x"] if form == "list" else ["a0: &a0 {x: 1}"]
    for level in range(1, levels):
        aliases = [f"*a{level - 1}"] * width
        text = ", ".join(aliases) if form != "keys" else ", ".join(f"k{i}: {alias}" for i, alias in enumerate(aliases))
        body = {"list": f"[{text}]", "keys": f"{{{text}}}", "merge": f"{{<<: [{text}], y{level}: 1}}"}[form]
        lines.append(f"a{level}: &a{level} {body}")
    return "\n".join(lines) + f"\nsteps:\n  - {{name: f, arguments: *a{levels - 1}}}\n"


@pytest.mark.parametrize("form", ["list", "keys", "merge"])
@pytest.mark.parametrize("levels", [9, 60])
def test_a_billion_laughs(dorc, tmp_path, form, levels):
    repository = repository_with(tmp_path, laughs(levels, form=form))
    code, text = bounded(dorc, "check", "--config", repository)
    assert code == 1 and PLACE.search(text)


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "a:\n", "? ", "[{"])
def test_ten_thousand_levels(dorc, tmp_path, opening):
    if opening == "a:\n":
        text = "".join(" " * depth + "a:\n" for depth in range(1400))
    else:
        text = "description: x\nsteps:\n  - {name: f, arguments: " * (opening in "[{") + opening * 10_000
    repository = repository_with(tmp_path, text)
    code, text = bounded(dorc, "check", "--config", repository)
    assert code == 1 and PLACE.search(text)


def test_ten_thousand_levels_of_cloudformation_in_dorc_yaml(dorc, tmp_path):
    repository = repository_with(tmp_path)
    value = "!Join [',', [" * 5000 + "x" + "]]" * 5000
    program.write_files(
        repository,
        {"dorc.yaml": f"project: acme\nregion: eu-west-2\nenvironments:\n  dev:\n    permissions_boundary: {value}\n"},
    )
    told(dorc, repository, file="dorc.yaml")


@pytest.mark.parametrize("levels", [200, 1500])
def test_deep_folders(dorc, tmp_path, levels):
    repository = repository_with(tmp_path)
    where = os.open(repository / "src/raw/x/f", os.O_RDONLY)
    for _ in range(levels):
        os.mkdir("dd", dir_fd=where)
        below = os.open("dd", os.O_RDONLY, dir_fd=where)
        os.close(where)
        where = below
    os.close(os.open("file.py", os.O_CREAT | os.O_WRONLY, dir_fd=where))
    os.close(where)
    result = dorc.run("check", "--config", repository, patience=20)
    assert result.returncode in (0, 1), program.describe(result)
    subprocess.run(["rm", "-rf", repository], check=True)


@pytest.mark.parametrize(
    "content",
    [bytes(range(256)) * 20, b"\x7fELF\x02\x01\x01" + b"\0" * 500, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"PK\x03\x04" + b"\xff" * 90]
    + [b"\xff\xfe" + GOOD.encode("utf-16-le")[:-1], b"\xfe\xff\xd8\x00", b"\0", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xf8\x88\x80\x80"]
    + ["déjà".encode("latin-1"), b"steps: [f]\xc3", b"steps: [f]\0", b"a: \x01"],
    ids=lambda content: repr(content[:10]),
)
def test_a_file_that_is_no_text(dorc, tmp_path, content):
    repository = repository_with(tmp_path, content)
    result = told(dorc, repository)
    assert not set("\x00\x01\x07\x1b\x7f") & set(result.stderr)


@pytest.mark.parametrize("content", ["", "\n", "# x\n", "---\n", "~\n", "[]\n", "x\n", "1\n", "--- {}\n--- {}\n", "{}\n", "...\n"])
@pytest.mark.parametrize("name", ["src/raw/x/pipeline.yaml", "dorc.yaml"])
def test_a_file_that_says_nothing(dorc, tmp_path, content, name):
    repository = program.write_files(repository_with(tmp_path), {name: content})
    told(dorc, repository, file=name)


# Mutations


MARKS = [b"- ", b": ", b"? ", b"[", b"]", b"{", b"}", b",", b"#", b" #", b"&a ", b"*a ", b"!Ref ", b"!!int ", b"! ", b"|\n", b">\n"]
MARKS += [b"'", b'"', b"%", b"@", b"`", b"<<: *a", b"---\n", b"...\n", b"\t", b"\n", b"  ", b"~", b"null", b"${", b"}", b"$${x}"]
MARKS += [b"{% ", b" %}", b"{{resolve:", b"\\", b"\r", b"\xe2\x80\xa8", b"\xff", b"\0", b"-1", b"99999999999999999999", b"1e999"]
MARKS += ["é".encode(), "🇬🇧".encode(), b"e\xcc\x81", b"y" * 300, b"true", b"0x1F", b"\xef\xbb\xbf", b"\xc2\x85"]


def mutate(chooser: random.Random, data: bytes) -> bytes:
    for _ in range(chooser.choice([1, 1, 1, 2, 4])):
        lines = data.split(b"\n")
        place = chooser.randrange(len(data) + 1)
        length = chooser.choice([1, 1, 2, 5, 20, 100])
        line, other = chooser.randrange(len(lines)), chooser.randrange(len(lines))
        match chooser.randrange(9):
            case 0 if data:
                place = min(place, len(data) - 1)
                data = data[:place] + bytes([data[place] ^ (1 << chooser.randrange(8))]) + data[place + 1 :]
            case 1:
                data = data[:place] + data[place + length :]
            case 2:
                data = data[:place] + data[place : place + length] * 2 + data[place + length :]
            case 3 | 4:
                data = data[:place] + chooser.choice(MARKS) + data[place:]
            case 5:
                lines[line], lines[other] = lines[other], lines[line]
                data = b"\n".join(lines)
            case 6:
                lines.insert(other, lines[line])
                data = b"\n".join(lines)
            case 7:
                lines[line] = b" " * chooser.randrange(6) + lines[line].lstrip()
                data = b"\n".join(lines)
            case _:
                words = list(re.finditer(rb"[\w.-]+", data))
                if len(words) > 1:
                    left, right = chooser.sample(words, 2)
                    data = data[: left.start()] + right[0] + data[left.end() :]
    return data


def run_mutations(dorc, repository, seeds) -> list[str]:
    """What is wrong with the outcomes, with what it takes to see it again. Each run has two mutated files."""
    originals = {path: path.read_bytes() for path in sorted(repository.rglob("*.yaml"))}
    problems = []
    for seed in seeds:
        chooser = random.Random(seed)
        mutated = {path: mutate(chooser, originals[path]) for path in chooser.sample(list(originals), 2)}
        for path, data in mutated.items():
            path.write_bytes(data)
        try:
            result = subprocess.run(
                dorc.command("check", "--config", repository), capture_output=True, timeout=120, env=ENVIRONMENT
            )
            problem = outcome_problem(result)
        except subprocess.TimeoutExpired:
            problem = "hangs"
        if problem:
            files = [f"{path.relative_to(repository)}:\n{data[:3000]!r}" for path, data in mutated.items()]
            problems.append("\n".join([f"seed {seed}: {problem}", *files]))
        for path in mutated:
            path.write_bytes(originals[path])
    return problems


ENVIRONMENT = program.environment()


def outcome_problem(result) -> str | None:
    try:
        text = result.stderr.decode("utf-8")
    except UnicodeDecodeError:
        return f"standard error is no UTF-8: {result.stderr[-500:]}"
    if result.returncode not in (0, 1):
        return f"exit code {result.returncode}: {text[-1500:]}"
    if result.stdout:
        return f"standard output: {result.stdout[:200]}"
    if result.returncode == 1 and not PLACE.search(text):
        return f"no place in: {text[-500:]}"
    if re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", text):
        return f"control characters in: {text[-500:]!r}"
    return None


@pytest.mark.parametrize("first", range(0, MUTATIONS, PART))
def test_mutations_of_a_repository_are_survived(dorc, tmp_path, first):
    problems = run_mutations(dorc, program.copy_reference(tmp_path / "config"), range(first, first + PART))
    if problems:
        pytest.fail(f"{len(problems)} of {PART} runs:\n" + "\n\n".join(problems[:10]), pytrace=False)


def test_mutations_give_valid_json(dorc, tmp_path):
    repository = program.copy_reference(tmp_path / "config")
    path = repository / "src/curated/model/pipeline.yaml"
    original = path.read_bytes()
    for seed in range(10_000, 10_060):
        path.write_bytes(mutate(random.Random(seed), original))
        result = dorc.run("check", "--config", repository, "--diagnostics-format", "json")
        lines = path.read_bytes().count(b"\n") + 2
        for each in json.loads(result.stdout):
            assert each["line"] >= 1 and each["column"] >= 1, seed
            assert (each["endLine"], each["endColumn"]) >= (each["line"], each["column"]), (seed, each)
            assert each["file"] != "src/curated/model/pipeline.yaml" or each["line"] <= lines + 5, (seed, each)
