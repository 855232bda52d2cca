"""What of a disk a tree in memory does not have: modes, links, special files, the output folder."""

from __future__ import annotations

import os
import socket

import outputs
import program
import pytest

DOCKERFILE = 'FROM public.ecr.aws/lambda/python:3.12\nARG CODE_PATH\nCOPY ${CODE_PATH}/ ${LAMBDA_TASK_ROOT}/\nCMD ["lambda.handler"]\n'
SETS_MODES = DOCKERFILE.replace("COPY ", "COPY --chmod=755 ")
FUNCTION = "src/raw/x/f"


@pytest.fixture
def repository(tmp_path):
    root = program.make_repository(tmp_path / "config", {"raw/x": "steps: [f]\n"})
    (root / "Dockerfile").write_text(DOCKERFILE)
    return root


def include(repository, *paths):
    """Puts paths into `images.include`, and into the Dockerfile."""
    text = (repository / "dorc.yaml").read_text()
    (repository / "dorc.yaml").write_text(text + f"images: {{include: [{', '.join(paths)}]}}\n")
    text = (repository / "Dockerfile").read_text()
    (repository / "Dockerfile").write_text(text + "".join(f"COPY {path} /x/{path}\n" for path in paths))


def found(dorc, repository, id, *arguments):
    command = arguments or ("check",)
    return [each for each in dorc.diagnostics(*command, "--config", repository) if each["id"] == id]


def tag(dorc, repository, out):
    dorc.succeed(out, "--config", repository)
    return outputs.image_tags(out)[0]


# The output folder


@pytest.mark.parametrize(
    ("out", "holder"),
    [(f"{FUNCTION}/out", FUNCTION), (FUNCTION, FUNCTION), (f"{FUNCTION}/a/b", FUNCTION), ("src/raw/x/out", "src/raw/x"),
     ("src/raw/x", "src/raw/x"), ("src", "src"), ("src/out", "src"), ("src/raw", "src"), ("src/../src/raw/", "src"), (".", "root"), ("src/..", "root")],
)  # fmt: skip
def test_an_output_folder_among_the_sources(dorc, repository, out, holder):
    (repository / ".dockerignore").write_text("**/out\n")
    before = program.state(repository)
    [finding] = found(dorc, repository, "output-in-source", repository / out)
    assert holder in finding["summary"] and finding["severity"] == "error" and finding["file"] == "dorc.yaml"
    if not out.startswith("src/.."):
        assert f"`{out.rstrip('/')}`" in finding["summary"]
    assert program.state(repository) == before


def test_an_output_folder_in_included_files(dorc, repository):
    program.write_files(repository, {"lib/a.py": ""})
    include(repository, "lib/")
    [finding] = found(dorc, repository, "output-in-image", repository / "lib/out/")
    assert "images.include" in finding["summary"] and "lib/out" in finding["summary"] and finding["file"] == "dorc.yaml"


def test_an_output_folder_through_a_link_and_from_another_folder(dorc, repository):
    (repository / FUNCTION / "out").mkdir()
    (repository / "out").symlink_to(f"{FUNCTION}/out")
    assert found(dorc, repository, "output-in-source", repository / "out")
    assert found(dorc, repository, "output-in-source", os.path.relpath(repository / FUNCTION / "new"))


def test_an_output_folder_that_is_excluded_or_elsewhere(dorc, repository, tmp_path):
    program.write_files(repository, {"lib/a.py": "", ".dockerignore": "**/out\n"})
    include(repository, "lib/")
    out = repository / "lib/out"
    assert tag(dorc, repository, out) == tag(dorc, repository, out)
    for out in (tmp_path / "out", repository / "out", repository / "srcs"):
        dorc.succeed(out, "--config", repository)


# Special files


def test_a_special_file_is_named_with_its_kind(dorc, repository):
    os.mkfifo(repository / FUNCTION / "pipe")
    (repository / FUNCTION / "deep").mkdir()
    with socket.socket(socket.AF_UNIX) as server:
        here = os.getcwd()
        os.chdir(repository / FUNCTION / "deep")
        try:
            server.bind("socket")
        finally:
            os.chdir(here)
    findings = found(dorc, repository, "special-file")
    assert {each["file"] for each in findings} == {f"{FUNCTION}/pipe", f"{FUNCTION}/deep/socket"}
    assert {"FIFO" in each["summary"] for each in findings} == {True, False}
    (repository / ".dockerignore").write_text(f"{FUNCTION}/pipe\n**/deep\n")
    assert not found(dorc, repository, "special-file")


def test_a_special_file_that_is_included_or_the_code(dorc, repository):
    os.mkfifo(repository / "shared")
    include(repository, "shared")
    assert [each["file"] for each in found(dorc, repository, "special-file")] == ["shared"]
    (repository / FUNCTION / "lambda.py").unlink()
    os.mkfifo(repository / FUNCTION / "lambda.py")
    findings = dorc.diagnostics("check", "--config", repository)
    assert f"{FUNCTION}/lambda.py" in [each["file"] for each in findings if each["id"] == "special-file"]
    assert "no-function" not in {each["id"] for each in findings}


# Modes


@pytest.mark.parametrize(("name", "mode"), [(f"{FUNCTION}/lambda.py", 0o600), (f"{FUNCTION}/data", 0o700), (f"{FUNCTION}/data/a.csv", 0o640)])
def test_a_file_that_lambda_may_not_read(dorc, repository, name, mode):
    program.write_files(repository, {f"{FUNCTION}/data/a.csv": "1"})
    assert not found(dorc, repository, "file-modes")
    (repository / name).chmod(mode)
    [finding] = found(dorc, repository, "file-modes")
    assert finding["severity"] == "warning" and f"`{name}`" in finding["summary"]
    assert (finding["file"], finding["line"]) == ("Dockerfile", 3)
    for dockerfile in (SETS_MODES, DOCKERFILE + "RUN chmod -R a+rX ${LAMBDA_TASK_ROOT}\n"):
        (repository / "Dockerfile").write_text(dockerfile)
        assert not found(dorc, repository, "file-modes")


def test_the_executable_bit_counts_where_it_reaches_the_image(dorc, repository, tmp_path):
    tags = {}
    for dockerfile in (DOCKERFILE, SETS_MODES):
        (repository / "Dockerfile").write_text(dockerfile)
        for mode in (0o644, 0o755):
            (repository / FUNCTION / "lambda.py").chmod(mode)
            tags[dockerfile, mode] = tag(dorc, repository, tmp_path / "out")
    assert tags[DOCKERFILE, 0o644] != tags[DOCKERFILE, 0o755]
    assert tags[SETS_MODES, 0o644] == tags[SETS_MODES, 0o755]


# Links


def test_a_link_in_a_linked_folder_that_stays_in_it(dorc, repository):
    program.write_files(repository, {"shared/g/lambda.py": "handler = print\n", "src/raw/x/pipeline.yaml": "steps: [f, g]\n"})
    (repository / "shared/g/again.py").symlink_to("lambda.py")
    (repository / "shared/g/data").mkdir()
    (repository / "shared/g/data/up").symlink_to("../lambda.py")
    (repository / "src/raw/x/g").symlink_to("../../../shared/g")
    assert not dorc.diagnostics("check", "--config", repository)
    (repository / "shared/other.py").write_text("")
    (repository / "shared/g/out.py").symlink_to("../other.py")
    assert [each["file"] for each in dorc.diagnostics("check", "--config", repository)] == ["shared/g/out.py"]


@pytest.mark.parametrize("text", ["absolute", "../f/lambda.py", "lambda.py"])
def test_links_to_what_is_in_the_folder(dorc, repository, text):
    """An absolute link leads nowhere in an image."""
    path = repository / FUNCTION / "link.py"
    path.symlink_to(repository / FUNCTION / "lambda.py" if text == "absolute" else text)
    assert bool(found(dorc, repository, "bad-link")) == (text == "absolute")


def test_a_link_is_part_of_the_hash_and_not_gone_through(dorc, repository, tmp_path):
    program.write_files(repository, {f"{FUNCTION}/a/x": "1", f"{FUNCTION}/b/x": "1"})
    link = repository / FUNCTION / "link"
    tags = []
    for target in ("a", "b", "./b"):
        link.symlink_to(target)
        tags.append(tag(dorc, repository, tmp_path / "out"))
        link.unlink()
    assert len(set(tags)) == 3


def test_a_link_to_what_is_excluded(dorc, repository):
    program.write_files(repository, {f"{FUNCTION}/secret/x": "1", ".dockerignore": "**/secret\n"})
    (repository / FUNCTION / "data").symlink_to("secret")
    [finding] = found(dorc, repository, "bad-link")
    assert ".dockerignore" in finding["summary"] and finding["file"] == f"{FUNCTION}/data"


def test_links_of_included_folders_are_followed_once(dorc, repository, tmp_path):
    """Folders that lead to one another in many ways are read once, and what they lead to counts."""
    program.write_files(repository, {"lib/a": "1", "one/x": "1", "two/x": "1"})
    include(repository, "lib/")
    for number in range(6):
        (repository / f"lib/to{number}").symlink_to("../one")
        (repository / f"one/to{number}").symlink_to("../two")
        (repository / f"two/to{number}").symlink_to("../one")
    before = tag(dorc, repository, tmp_path / "out")
    (repository / "two/x").write_text("2")
    assert tag(dorc, repository, tmp_path / "out") != before


def test_a_folder_that_is_excluded_is_not_read(dorc, repository):
    deep = repository / FUNCTION / "cache"
    for _ in range(100):
        deep = deep / "d"
    deep.mkdir(parents=True)
    assert found(dorc, repository, "folders-too-deep")
    (repository / ".dockerignore").write_text("**/cache\n")
    assert not dorc.diagnostics("check", "--config", repository)


# Dockerfiles


@pytest.mark.parametrize(
    "text",
    [
        "ARG A0=xx\n" + "".join(f"ARG A{n + 1}=$A{n}$A{n}\n" for n in range(90)) + "FROM x\nARG A90\nCOPY $A90 /\n",
        "FROM x\nCOPY " + "${a:-" * 100_000 + " /\n",
        "FROM a AS b\n" * 50_000,
        "FROM x\nRUN \\\n" + "# c\n" * 100_000,
        "FROM x\nCOPY [" + '"a",' * 100_000 + "\n",
        "FROM x\nRUN <<A <<B <<-C\n" * 3,
        "FROM x\nCOPY " + "*/" * 1000 + " /\n",
        "\ufeff# escape=`\nFROM x\nCOPY a `\n b /\n",
        "FROM", "CMD", "COPY --", "FROM x\nCOPY --from", "FROM x\nCOPY --from= a b", "FROM x\nRUN --mount=,,= x", "\x00", "FROM x\nCMD [", "FROM 0", "FROM x\nFROM 1",
    ],
    ids=str.__len__,
)  # fmt: skip
def test_any_dockerfile(dorc, repository, text):
    (repository / "Dockerfile").write_text(text)
    assert dorc.run("check", "--config", repository, patience=20).returncode == 0


def test_an_escape_of_its_own_and_quotes(dorc, repository):
    program.write_files(repository, {"a b/c": "", "lib/x": "", "Dockerfile": "# escape=`\nFROM x\nENV L=lib\nCOPY `\n  'a b' /x\nCOPY ${L} $L/x /y\nCOPY [\"a b\", \"/z\"]\n"})
    places = [(each["line"], each["summary"].split("`")[1]) for each in found(dorc, repository, "not-hashed")]
    assert places == [(6, "lib/"), (6, "lib/x"), (7, "a b/")]


@pytest.mark.parametrize(
    ("command", "files", "warns"),
    [
        ('["lambda.handler"]', {}, False),
        ('["app.main"]', {}, True),
        ('["app.main"]', {f"{FUNCTION}/app.py": ""}, False),
        ('["lib.wrap.handler"]', {"lib/wrap.py": ""}, False),
        ('["datadog_lambda.handler.handler"]', {"requirements.txt": "datadog-lambda==6\n"}, False),
        ('["datadog_lambda.handler.handler"]', {"requirements.txt": "requests\n"}, True),
        ("lambda.handler", {}, True),
        ('["python", "-m", "x"]', {}, False),
    ],
)
def test_the_command(dorc, repository, command, files, warns):
    text = DOCKERFILE.replace('["lambda.handler"]', command)
    program.write_files(repository, files | {"Dockerfile": text})
    assert bool(found(dorc, repository, "other-handler")) == warns


HANDLER = "def handler(event, context): pass\n"
MAIN = "def main(event, context): pass\n"
PUBLIC = "FROM public.ecr.aws/lambda/python:3.12\n"
PRIVATE = "FROM 111122223333.dkr.ecr.eu-west-2.amazonaws.com/python:3\n"
RUNTIME = 'ENTRYPOINT ["python", "-m", "awslambdaric"'


@pytest.mark.parametrize(
    ("dockerfile", "code", "ids"),
    [
        (PUBLIC, MAIN, ["no-handler"]),
        ("FROM amazon/aws-lambda-python:3.12\n", MAIN, ["no-handler"]),
        (PRIVATE, MAIN, []),
        ("ARG BASE\nFROM ${BASE}\n", MAIN, []),
        (PRIVATE + 'CMD ["lambda.handler"]\n', MAIN, ["no-handler"]),
        (PUBLIC + 'CMD ["lambda.main"]\n', MAIN, []),
        (PUBLIC + RUNTIME + ', "lambda.main"]\n', MAIN, []),
        (PUBLIC + RUNTIME + ', "lambda.main"]\n', "x = 1\n", ["no-handler"]),
        (PUBLIC + RUNTIME + ']\nCMD ["lambda.main"]\n', MAIN, []),
        (PUBLIC + RUNTIME + ']\nCMD ["lambda.handler"]\n', MAIN, ["no-handler"]),
        (PUBLIC + 'CMD ["lambda.handler"]\n' + RUNTIME + ']\n', MAIN, ["no-handler"]),
        (PUBLIC + 'CMD ["lambda.handler"]\nFROM 0\n' + RUNTIME + "]\n", MAIN, []),
        (PUBLIC + "ENTRYPOINT exec python -m awslambdaric lambda.main\n", MAIN, []),
        (PUBLIC + "ENTRYPOINT exec python -m awslambdaric lambda.main\nCMD [\"lambda.x\"]\n", MAIN, []),
        (PUBLIC + 'ENTRYPOINT ["sh", "-c", "exec python -m awslambdaric lambda.main"]\n', MAIN, []),
        (PUBLIC + 'ENTRYPOINT ["/usr/bin/awslambdaric", "lambda.main"]\n', HANDLER, ["no-handler"]),
        (PUBLIC + 'ENTRYPOINT ["/start.sh"]\n', MAIN, []),
        (PUBLIC + 'ENTRYPOINT ["/start.sh"]\nCMD ["lambda.handler"]\n', MAIN, ["no-handler"]),
        (PUBLIC + 'CMD ["gunicorn", "-b=:8080", "lambda:app"]\n', "app = 1\n", []),
        (PUBLIC + "CMD gunicorn -b=:8080 lambda:app\n", "app = 1\n", []),
        (PUBLIC + 'CMD ["/start.sh"]\n', "app = 1\n", []),
        (PUBLIC + 'CMD ["python", "-m", "awslambdaric", "lambda.main"]\n', MAIN, []),
        ("# syntax=acme/dockerfile\n" + PUBLIC, MAIN, []),
        (PUBLIC + 'CMD ["lambda.handler"]\nFROM 0 AS last\n', MAIN, ["no-handler"]),
    ],
)
def test_what_the_image_runs_is_what_a_function_has_to_define(dorc, repository, dockerfile, code, ids):
    program.write_files(repository, {"Dockerfile": dockerfile, f"{FUNCTION}/lambda.py": code})
    wanted = {"no-handler", "other-handler"}
    assert [each["id"] for each in dorc.diagnostics("check", "--config", repository) if each["id"] in wanted] == ids


def test_a_name_that_no_function_has_is_one_mistake_of_the_dockerfile(dorc, repository):
    names = ["f", "g", "h"]
    program.write_files(repository, {f"src/raw/x/{name}/lambda.py": HANDLER for name in names} | {"src/raw/x/pipeline.yaml": f"steps: [{', '.join(names)}]\n"})
    (repository / "Dockerfile").write_text(DOCKERFILE.replace("lambda.handler", "lambda.main"))
    [finding] = dorc.diagnostics("check", "--config", repository)
    assert (finding["id"], finding["file"], finding["line"], finding["severity"]) == ("no-handler", "Dockerfile", 4, "error")
    assert finding["replacement"] == "lambda.handler" and "3 functions have a `handler`" in finding["summary"]
    # Where one has it, the others lack it.
    (repository / FUNCTION / "lambda.py").write_text(MAIN)
    assert [each["file"] for each in dorc.diagnostics("check", "--config", repository)] == ["src/raw/x/g/lambda.py", "src/raw/x/h/lambda.py"]


@pytest.mark.parametrize("name", ["Dockerfile", ".dockerignore", "requirements.txt", "src/raw/x/requirements.txt"])
def test_merge_marks_of_text_files(dorc, repository, name):
    before = DOCKERFILE if name == "Dockerfile" else "a\n"
    (repository / name).write_text(f"{before}<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> other\n")
    [finding] = dorc.diagnostics("check", "--config", repository)
    assert (finding["id"], finding["file"], finding["line"]) == ("merge-marks", name, before.count("\n") + 1)
    (repository / name).write_text(before + "# =======\n")
    assert not dorc.diagnostics("check", "--config", repository)


@pytest.mark.parametrize("name", ["machine.asl.json", "machine.asl.yaml"])
def test_merge_marks_of_a_definition(dorc, repository, name):
    text = '{"StartAt": "A",\n<<<<<<< HEAD\n"Comment": "a",\n=======\n"Comment": "b",\n>>>>>>> other\n"States": {"A": {"Type": "Succeed"}}}\n'
    program.write_files(repository, {f"src/raw/x/{name}": text, "src/raw/x/pipeline.yaml": f"definition: {name}\n"})
    [finding] = dorc.diagnostics("check", "--config", repository)
    assert (finding["id"], finding["line"], finding["column"]) == ("merge-marks", 2, 1)


@pytest.mark.parametrize(
    ("mode", "files", "warns"),
    [
        ("600", {}, True), ("0600", {}, True), ("750", {}, True), ("711", {}, True),
        ("755", {}, False), ("0755", {}, False), ("444", {}, False), ("644", {}, False), ("u=rwX,go=rX", {}, False),
        ("644", {f"{FUNCTION}/data/a.csv": ""}, True), ("755", {f"{FUNCTION}/data/a.csv": ""}, False),
        ("644", {f"{FUNCTION}/data/a.csv": "", ".dockerignore": "**/data\n"}, False),
        ("644", {f"{FUNCTION}/__pycache__/a.pyc": ""}, False),
    ],
)  # fmt: skip
def test_the_mode_that_a_copy_sets(dorc, repository, mode, files, warns):
    program.write_files(repository, files | {"Dockerfile": DOCKERFILE.replace("COPY ", f"COPY --chmod={mode} ")})
    findings = found(dorc, repository, "file-modes")
    assert bool(findings) == warns
    assert all(mode in each["summary"] and each["line"] == 3 for each in findings)
    (repository / "Dockerfile").write_text((repository / "Dockerfile").read_text() + "RUN chmod -R a+rX /var/task\n")
    assert not found(dorc, repository, "file-modes")


def test_a_folder_that_a_copy_makes(dorc, repository):
    program.write_files(repository, {"lib/a.py": ""})
    text = (repository / "dorc.yaml").read_text() + "images: {include: [lib/]}\n"
    (repository / "dorc.yaml").write_text(text)
    for destination, warns in (("${LAMBDA_TASK_ROOT}/lib/", True), ("${LAMBDA_TASK_ROOT}/", False)):
        (repository / "Dockerfile").write_text(SETS_MODES + f"COPY --chmod=644 lib/ {destination}\n")
        assert bool(found(dorc, repository, "file-modes")) == warns


# What is hashed, and what is in the context


def test_one_line_includes_all_that_is_missing(dorc, repository):
    program.write_files(repository, {"a/x": "", "b/x": "", "c/x": "", "c/d/x": "", "uv.lock": ""})
    (repository / "Dockerfile").write_text(DOCKERFILE + "COPY a /a\nCOPY b /b\nCOPY c c/d /c/\nRUN --mount=type=bind,source=uv.lock cat uv.lock\n")
    findings = found(dorc, repository, "not-hashed")
    assert len(findings) == 5
    assert {each["help"] for each in findings} == {"write `images: {include: [a/, b/, c/, uv.lock]}` in dorc.yaml"}
    assert [each["summary"].split(",")[0] for each in findings][::4] == ["`a/` is copied", "`uv.lock` is mounted"]


@pytest.mark.parametrize(
    ("ignore", "paths", "warns"),
    [("*\n!src\n", ["src/"], []), ("*\n!src\n!requirements.txt\n", ["src/"], []), ("*\n!src\n", [], ["src/raw/x/f/", "src/raw/x/g/", "src/raw/x/pipeline.yaml"]), ("*\n!src\n!docs\n", ["src/"], ["docs/"]),
     ("docs\n*.yaml\n.git\n", ["src/"], []), ("", ["src/"], ["docs/", "dorc.yaml"])],
)  # fmt: skip
def test_the_whole_context(dorc, repository, ignore, paths, warns):
    files = {"docs/a": "", "requirements.txt": "x\n", ".dockerignore": ignore, f"{FUNCTION}/__pycache__/a.pyc": ""}
    program.write_files(repository, files | {"src/raw/x/g/lambda.py": HANDLER, "src/raw/x/pipeline.yaml": "steps: [f, g]\n"})
    (repository / "dorc.yaml").write_text((repository / "dorc.yaml").read_text() + f"images: {{include: [{', '.join(paths)}]}}\n")
    (repository / "Dockerfile").write_text(DOCKERFILE.replace("COPY ${CODE_PATH}/ ${LAMBDA_TASK_ROOT}/", "COPY . ."))
    findings = found(dorc, repository, "not-hashed")
    assert bool(findings) == bool(warns) and all(f"`{name}`" in findings[0]["summary"] for name in warns)


def test_the_root_cannot_be_included(dorc, repository):
    (repository / "dorc.yaml").write_text((repository / "dorc.yaml").read_text() + "images: {include: [.]}\n")
    [finding] = found(dorc, repository, "invalid-value")
    assert "the config repository itself" in finding["help"]


def test_an_included_file_that_is_ignored_is_not_hashed(dorc, repository, tmp_path):
    program.write_files(repository, {"lib/a.txt": "1", "lib/b.txt": "1", ".dockerignore": "lib/a.txt\n"})
    include(repository, "lib/a.txt", "lib/b.txt")
    before = tag(dorc, repository, tmp_path / "out")
    (repository / "lib/a.txt").write_text("2")
    assert tag(dorc, repository, tmp_path / "out") == before
    (repository / "lib/b.txt").write_text("2")
    assert tag(dorc, repository, tmp_path / "out") != before


@pytest.mark.parametrize(
    ("ignore", "copy", "line", "what"),
    [
        ("# x\nlib\n", "COPY lib /lib", 2, "the build fails"),
        ("lib/*\n", "COPY lib /lib", 1, "without it"),
        ("lib/*\n!lib/a.py\n", "COPY lib /lib", None, None),
        ("*.txt\n", "COPY requirements.txt .", 1, "the build fails"),
        ("requirements.txt\n", "COPY requirements.tx[t] /tmp/", 1, "without it"),
        ("**/requirements.txt\n", "COPY ${CODE_PATH}/../requirements.tx[t] /tmp/", 1, "without it"),
        ("*.txt\n", "RUN --mount=type=bind,source=requirements.txt cat", 1, "the build fails"),
        ("lib/a.py\n", "COPY lib/*.py /lib/", None, None),
        ("lib/*.py\n", "COPY lib/*.py /lib/", 1, "without it"),
        ("other\n", "COPY lib /lib", None, None),
        ("*\n!src\n", "COPY lib /lib", 1, "the build fails"),
    ],
)
def test_what_is_copied_but_ignored(dorc, repository, ignore, copy, line, what):
    program.write_files(repository, {"lib/a.py": "", "lib/b.py": "", "requirements.txt": "x\n", "src/raw/x/requirements.txt": "x\n", ".dockerignore": ignore})
    (repository / "dorc.yaml").write_text((repository / "dorc.yaml").read_text() + "images: {include: [lib]}\n")
    (repository / "Dockerfile").write_text(DOCKERFILE + copy + "\n")
    findings = found(dorc, repository, "ignored-copy")
    assert len(findings) == (line is not None)
    for finding in findings:
        assert (finding["severity"], finding["file"], finding["line"]) == ("warning", "Dockerfile", 5)
        assert what in finding["summary"] and f"line {line} of `.dockerignore`" in finding["help"]
        assert [(note["file"], note["line"]) for note in finding["notes"]] == [(".dockerignore", line)]


# Names of code


@pytest.mark.parametrize(
    ("files", "steps", "severity", "place", "help"),
    [
        (["load.py"], "[f, load]", "error", "src/raw/x/pipeline.yaml", "move it to `src/raw/x/load/lambda.py`"),
        (["load.ipynb"], "[f, load]", "error", "src/raw/x/pipeline.yaml", "move the notebook's code"),
        (["load/lambda/__init__.py"], "[f, load]", "error", "src/raw/x/pipeline.yaml", "rename `src/raw/x/load/lambda/__init__.py`"),
        (["load/lambda.txt", "load/a.py"], "[f, load]", "error", "src/raw/x/pipeline.yaml", "rename `src/raw/x/load/lambda.txt`"),
        (["load/main.py"], "[f]", "warning", "src/raw/x/load/main.py", "rename `src/raw/x/load/main.py` to `src/raw/x/load/lambda.py`"),
        (["load/handler.py"], "[f]", "warning", "src/raw/x/load/handler.py", "rename"),
        (["load/explore.ipynb"], "[f]", "warning", "src/raw/x/load/explore.ipynb", "move the notebook's code"),
        (["load/main.py", "load/__init__.py"], "[f]", None, None, None),
        (["load/dates.py"], "[f]", None, None, None),
        (["load.py"], "[f]", None, None, None),
    ],
)
def test_code_that_is_not_called_lambda(dorc, repository, files, steps, severity, place, help):
    program.write_files(repository, {f"src/raw/x/{name}": HANDLER for name in files} | {"src/raw/x/pipeline.yaml": f"steps: {steps}\n"})
    findings = dorc.diagnostics("check", "--config", repository)
    assert [(each["id"], each["severity"], each["file"]) for each in findings] == ([("misnamed-function", severity, place)] if severity else [])
    assert all(help in each["help"] for each in findings)


def test_shared_code_may_be_called_main(dorc, repository):
    program.write_files(repository, {"src/raw/x/shared/main.py": ""})
    include(repository, "src/raw/x/shared")
    assert not found(dorc, repository, "misnamed-function")
