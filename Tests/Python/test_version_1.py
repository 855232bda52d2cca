"""Output folders of before manifest version 2 are taken over; those of a later version are left alone.

`version_1/written` is what dorc-synth of commit f6396a94 wrote for `version_1/config`.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import program
import pytest

RECORD = Path(__file__).resolve().parent / "version_1"


@pytest.fixture
def repository(tmp_path):
    return shutil.copytree(RECORD / "config", tmp_path / "config")


@pytest.fixture
def out(tmp_path):
    return shutil.copytree(RECORD / "written", tmp_path / "out")


def test_the_record_is_of_version_1():
    manifest = json.loads((RECORD / "written/manifest.json").read_text())
    assert manifest["version"] == 1 and {"bytes", "sha256"} <= set(manifest["stacks"][0]) and "tag" in manifest["images"][0]


def test_its_folder_becomes_what_a_new_one_is(dorc, repository, out, tmp_path):
    (out / "mine.txt").write_text("mine")
    result = dorc.succeed("out", "--config", repository, cwd=tmp_path)
    assert "warning" not in result.stderr and " 0 removed" in result.stderr
    dorc.succeed(tmp_path / "fresh", "--config", repository)
    assert program.contents(out) == program.contents(tmp_path / "fresh") | {"mine.txt": b"mine"}
    assert "0 files written" in dorc.succeed("out", "--config", repository, cwd=tmp_path).stderr


def test_what_it_lists_and_the_project_has_no_more_goes(dorc, repository, out, tmp_path):
    shutil.rmtree(repository / "src/raw/later")
    told = dorc.succeed("out", "--config", repository, cwd=tmp_path).stderr
    assert not (out / "dev/core/raw/later.yaml").exists() and (out / "dev/core/raw/landed.yaml").exists()
    assert "`out/deploy.sh dev --prune` deletes these stacks:\n  acme-dev-raw-later in eu-west-2\n" in told


def test_check_compares_it(dorc, repository, out, tmp_path):
    before = program.state(out)
    result = dorc.fail("out", "--config", repository, "--check", "--stat", cwd=tmp_path)
    assert "out/deploy.plan (new) " in result.stdout and "out/manifest.json " in result.stdout
    assert "error" not in result.stderr and program.state(out) == before


def test_a_part_is_written_where_the_rest_is_as_it_would_be(dorc, repository, out, tmp_path):
    """Its other templates are of another dorc-synth, so that a part cannot be written beside them."""
    before = program.state(out)
    result = dorc.fail("out", "--config", repository, "--environment", "dev", cwd=tmp_path)
    assert "run without `--environment` and `--pipeline`" in result.stderr and program.state(out) == before
    dorc.succeed("out", "--config", repository, cwd=tmp_path)
    manifest = json.loads((out / "manifest.json").read_text())
    (out / "manifest.json").write_text(json.dumps(as_version_1(manifest)))
    assert "1 file written" in dorc.succeed("out", "--config", repository, "--environment", "dev", cwd=tmp_path).stderr
    assert json.loads((out / "manifest.json").read_text()) == manifest


def as_version_1(manifest):
    """With the keys that it had beside today's."""
    stacks = [{"resources": 1} | each | {"bytes": 1, "sha256": "0"} for each in manifest["stacks"]]
    images = [each | {"tag": "0"} for each in manifest["images"]]
    return manifest | {"version": 1, "stacks": stacks, "images": images}


@pytest.mark.parametrize("options", [[], ["--check"], ["--environment", "dev"]])
def test_a_later_version_is_told_and_left_alone(dorc, repository, out, tmp_path, options):
    path = out / "manifest.json"
    path.write_text(path.read_text().replace('"version": 1', '"version": 3, "stax": []'))
    before = program.state(out)
    result = dorc.fail("out", "--config", repository, *options, cwd=tmp_path)
    assert "error: `out/manifest.json` has version 3, which a later dorc-synth has written" in result.stderr
    assert result.stdout == "" and program.state(out) == before
