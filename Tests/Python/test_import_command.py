"""What the importers' commands have in common: what stops an import, how it is told, what is said of wrong usage."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
from pathlib import Path

import originals
import program
import pytest

WORKFLOW = Path(__file__).parent / "airflow/platform/environments/production/geography/boundaries/workflow.yml"


def airflow(folder):
    (folder / "environments/prod/geography/boundaries").mkdir(parents=True)
    shutil.copy(WORKFLOW, folder / "environments/prod/geography/boundaries/workflow.yml")
    return folder / "environments/prod/geography/boundaries/workflow.yml", "tag: [\n"


def dorc_python(folder):
    originals.write(folder, originals.LAYERS)
    return folder / "src/raw/census/__main__.py", "x = 1\ndef (:\n"


SOURCES = {"airflow": airflow, "dorc": dorc_python}


@pytest.fixture(params=sorted(SOURCES))
def broken(request, tmp_path):
    """The name of an importer, its folder `my repo`, and the file in it that cannot be read; the current folder is above."""
    file, text = SOURCES[request.param](tmp_path / "my repo")
    file.write_text(text)
    return request.param, tmp_path / "my repo", file


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_a_file_that_cannot_be_read_is_told_as_check_tells_a_mistake_and_nothing_is_written(dorc, broken, tmp_path, options):
    name, folder, file = broken
    before = program.state(tmp_path)
    result = dorc.fail("import", name, "my repo", "--into", "new", *options, cwd=tmp_path)
    assert result.stdout == "" and program.state(tmp_path) == before
    place = re.search(r"^  --> (.*):(\d+):(\d+)$", result.stderr, re.MULTILINE)
    assert tmp_path / place[1] == file, "relative to the current folder"
    line = file.read_text().splitlines()[int(place[2]) - 1]
    assert f" {place[2]} | {line}\n" in result.stderr and re.search(r"^     \|  *\^", result.stderr, re.MULTILINE)
    assert "error[not-imported]: " in result.stderr and "= help: correct it, or " in result.stderr
    assert result.stderr.splitlines()[-1] == "Nothing was written."


def test_json_is_a_document_where_nothing_is_written(dorc, broken, tmp_path):
    name, folder, file = broken
    result = dorc.fail("import", name, folder, "--into", tmp_path / "new", "--json")
    document = json.loads(result.stdout)
    assert document["isWritten"] is False and document["files"] == [] and not (tmp_path / "new").exists()
    (mistake, *_) = document["mistakes"]
    assert folder / mistake["file"] == file and mistake["line"] >= 1 and mistake["column"] >= 1 and mistake["words"]
    assert f":{mistake['line']}:{mistake['column']}\n" in result.stderr


def test_a_file_that_cannot_be_copied_stops_the_import(dorc, tmp_path):
    folder = originals.write(tmp_path / "original", originals.LAYERS)
    with (folder / "src/raw/census/extract/data.bin").open("wb") as file:
        os.truncate(file.fileno(), (64 << 20) + 1)
    result = dorc.fail("import", "dorc", "original", "--into", "new", cwd=tmp_path)
    assert "  --> original/src/raw/census/extract/data.bin:1:1\n" in result.stderr and "67108865 bytes" in result.stderr
    assert result.stderr.endswith("Nothing was written.\n") and not (tmp_path / "new").exists()


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_wrong_usage_shows_the_usage_of_the_importer(dorc, tmp_path, name):
    (tmp_path / "empty").mkdir()
    SOURCES[name](tmp_path / "repo")
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken/dorc.yaml").write_text("")
    for arguments, words in [
        (["nowhere"], "`nowhere` cannot be read: it does not exist"),
        (["empty"], "there is nothing to import in `empty`"),
        (["repo", "--into", "taken"], "A file exists already, so nothing was written:\n  taken/dorc.yaml"),
        (["repo", "--no-such-option"], "--no-such-option"),
    ]:
        result = dorc.fail("import", name, *arguments, code=64, cwd=tmp_path)
        assert words in result.stderr and "'" not in result.stderr.partition("\nUsage: ")[0].replace("'--no-such-option'", "")
        assert f"\nUsage: dorc-synth import {name} " in result.stderr and f"'dorc-synth import {name} --help'" in result.stderr
        assert result.stdout == ""


def test_what_to_do_next_can_be_pasted_into_a_shell(dorc, tmp_path):
    airflow(tmp_path / "repo")
    result = dorc.succeed("import", "airflow", "repo", "--into", "it's new", cwd=tmp_path)
    command = re.search(r"run `dorc-synth (check .*?)`(?:, which has \d+ warnings? .*)?\.$", result.stderr)[1]
    dorc.succeed(*shlex.split(command), cwd=tmp_path)


def test_every_importer_says_the_same_exit_statuses(dorc):
    texts = {dorc.succeed("import", name, "--help").stdout.partition("EXIT STATUS\n")[2].partition("\n\n")[0] for name in SOURCES}
    assert len(texts) == 1 and re.findall(r"^  (\d+) ", texts.pop(), re.MULTILINE) == ["0", "1", "64"]
