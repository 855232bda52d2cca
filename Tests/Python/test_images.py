"""What of a disk a tree in memory does not have: modes, links, special files, the output folder."""

from __future__ import annotations

import json
import os
import socket

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
    return json.loads((out / "manifest.json").read_text())["images"][0]["tag"]


# The output folder


@pytest.mark.parametrize("out", [f"{FUNCTION}/out", FUNCTION, f"{FUNCTION}/a/b"])
def test_an_output_folder_in_a_function(dorc, repository, out):
    before = program.state(repository)
    [finding] = found(dorc, repository, "output-in-image", repository / out)
    assert FUNCTION in finding["summary"] and out in finding["summary"] and finding["severity"] == "error"
    assert finding["file"] == "src/raw/x/pipeline.yaml"
    assert program.state(repository) == before


def test_an_output_folder_in_included_files(dorc, repository):
    program.write_files(repository, {"lib/a.py": ""})
    include(repository, "lib/")
    [finding] = found(dorc, repository, "output-in-image", repository / "lib/out/")
    assert "images.include" in finding["summary"] and "lib/out" in finding["summary"] and finding["file"] == "dorc.yaml"


def test_an_output_folder_through_a_link_and_from_another_folder(dorc, repository):
    (repository / FUNCTION / "out").mkdir()
    (repository / "out").symlink_to(f"{FUNCTION}/out")
    assert found(dorc, repository, "output-in-image", repository / "out")
    assert found(dorc, repository, "output-in-image", os.path.relpath(repository / FUNCTION / "new"))


def test_an_output_folder_that_is_excluded_or_elsewhere(dorc, repository, tmp_path):
    (repository / ".dockerignore").write_text("**/out\n")
    out = repository / FUNCTION / "out"
    assert tag(dorc, repository, out) == tag(dorc, repository, out)
    for out in (tmp_path / "out", repository / "out", repository / "src/raw/x/fout"):
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
