"""`dorc-synth diff` on real folders and real git repositories."""

from __future__ import annotations

import json
import os
import shutil
import subprocess

import program
import pytest

NOW = ("--now", "2026-03-01")
FILES = {
    "dorc.yaml": 'project: demo\nregion: eu-west-2\nenvironments: {dev: {account: "111122223333"}, prod: {}}\n',
    "Dockerfile": "FROM amazon/aws-lambda-python:3.12\n",
    "src/raw/census/pipeline.yaml": "defaults: {memory: 256}\nsteps: [extract, load]\n",
    "src/raw/census/extract/lambda.py": "def handler(event, context): pass\n",
    "src/raw/census/load/lambda.py": "def handler(event, context): pass\n",
}


def git(folder, *words) -> str:
    settings = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    settings += ["-c", "commit.gpgsign=false", "-c", "advice.detachedHead=false"]
    result = subprocess.run(["git", *settings, "-C", str(folder), *words], capture_output=True, encoding="utf-8", timeout=60)
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


def write(folder, files) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def memory(folder, value: int) -> None:
    write(folder, {"src/raw/census/pipeline.yaml": f"defaults: {{memory: {value}}}\nsteps: [extract, load]\n"})


def changes(result) -> set[tuple[str, str]]:
    found = json.loads(result.stdout)
    return {
        (entry["old"], entry["new"])
        for stack in found["stacks"]
        for resource in stack["resources"]
        for entry in resource["entries"]
        if entry["kind"] == "property" and entry["subject"] == "MemorySize"
    }


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "project"
    write(folder, FILES)
    return folder


@pytest.fixture
def repository(dorc, project):
    """Three commits, memory 256, 512 and 1024, each with its templates; then 2048, not written yet."""
    git(project, "init", "-q")
    for value in (256, 512, 1024):
        memory(project, value)
        dorc.succeed("out/", cwd=project)
        git(project, "add", "-A")
        git(project, "commit", "-qm", f"memory {value}")
    memory(project, 2048)
    return project


def test_a_folder_that_is_not_there_is_nothing(dorc, project):
    result = dorc.succeed("diff", *NOW, cwd=project)
    assert "`out/` does not exist" in result.stdout
    assert "0 to change, 0 to destroy" in result.stdout and "+ demo-dev-raw-census" in result.stdout
    assert not (project / "out").exists()


def test_no_difference(dorc, project):
    dorc.succeed("out/", cwd=project)
    result = dorc.succeed("diff", "--exit-code", *NOW, cwd=project)
    assert "No changes" in result.stdout


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_the_exit_status_says_whether_there_is_a_difference_if_asked(dorc, project, form):
    dorc.succeed("out/", "--format", form, cwd=project)
    memory(project, 512)
    before = {path: path.read_bytes() for path in (project / "out").rglob("*") if path.is_file()}
    result = dorc.fail("diff", "--exit-code", "--format", "json", *NOW, cwd=project)
    assert changes(result) == {("256", "512")}
    dorc.succeed("diff", *NOW, cwd=project)
    assert {path: path.read_bytes() for path in (project / "out").rglob("*") if path.is_file()} == before


def test_yaml_and_json_are_the_same_templates(dorc, project):
    dorc.succeed("yaml/", cwd=project)
    dorc.succeed("json/", "--format", "json", cwd=project)
    for sides in (("yaml/", "json/"), ("json/", "yaml/")):
        result = dorc.succeed("diff", "--from", sides[0], "--to", sides[1], "--exit-code", cwd=project)
        assert "No changes" in result.stdout


def test_a_selection_leaves_the_rest_out(dorc, project):
    dorc.succeed("out/", cwd=project)
    memory(project, 512)
    result = dorc.succeed("diff", "--environment", "prod", *NOW, cwd=project)
    assert "demo-prod-raw-census" in result.stdout and "demo-dev" not in result.stdout
    result = dorc.fail("diff", "--environment", "prd", *NOW, cwd=project, code=64)
    assert "did you mean `prod`" in result.stderr


def test_two_folders_need_no_project(dorc, project, tmp_path):
    dorc.succeed("../a/", cwd=project)
    memory(project, 512)
    dorc.succeed("../b/", cwd=project)
    shutil.rmtree(project)
    result = dorc.succeed("diff", "--from", "a/", "--to", "b", "--format", "json", cwd=tmp_path)
    assert changes(result) == {("256", "512")}
    result = dorc.succeed("diff", "--from", "b/", "--to", "a/", "--format", "json", cwd=tmp_path)
    assert changes(result) == {("512", "256")}


@pytest.mark.parametrize(
    "sides, expected",
    [
        (["--from", "HEAD"], {("1024", "2048")}),
        (["--from", "HEAD~2"], {("256", "2048")}),
        (["--from", "main"], {("1024", "2048")}),
        (["--from", "HEAD~2", "--to", "HEAD~1"], {("256", "512")}),
        (["--from", "HEAD", "--to", "HEAD"], set()),
        ([], {("1024", "2048")}),
    ],
)
def test_two_revisions_are_compared(dorc, repository, sides, expected):
    assert changes(dorc.succeed("diff", *sides, "--format", "json", cwd=repository)) == expected


def test_a_project_in_a_folder_of_the_repository(dorc, project, tmp_path):
    git(tmp_path, "init", "-q")
    dorc.succeed("out/", cwd=project)
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "one")
    memory(project, 512)
    assert changes(dorc.succeed("diff", "--from", "HEAD", "--format", "json", cwd=project)) == {("256", "512")}
    result = dorc.succeed("diff", "project/out/", "--config", "project", "--from", "HEAD", "--format", "json", cwd=tmp_path)
    assert changes(result) == {("256", "512")}
    shutil.rmtree(project / "out")
    assert changes(dorc.succeed("diff", "--from", "HEAD", "--format", "json", cwd=project)) == {("256", "512")}


def test_templates_that_are_not_committed_are_compiled_as_they_were(dorc, repository):
    git(repository, "rm", "-rq", "--cached", "out")
    write(repository, {".gitignore": "out/\n"})
    os.symlink("extract", repository / "src" / "raw" / "census" / "again")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "nobody commits them")
    assert changes(dorc.succeed("diff", "--from", "HEAD", "--format", "json", cwd=repository)) == set()
    result = dorc.succeed("diff", "--from", "HEAD", "--exit-code", cwd=repository)
    assert "as it would be written" in result.stdout and "No changes" in result.stdout
    memory(repository, 4096)
    assert changes(dorc.succeed("diff", "--from", "HEAD", "--format", "json", cwd=repository)) == {("2048", "4096")}
    assert changes(dorc.succeed("diff", "--from", "HEAD~1", "--to", "HEAD", "--format", "json", cwd=repository)) == {
        ("1024", "2048")
    }


def test_mistakes_of_a_revision_are_told(dorc, project):
    write(project, {"dorc.yaml": "project: demo\n"})
    git(project, "init", "-q")
    git(project, "add", "-A")
    git(project, "commit", "-qm", "broken")
    write(project, FILES)
    result = dorc.fail("diff", "--from", "HEAD", cwd=project)
    assert "missing-key" in result.stderr and "the project of `HEAD`" in result.stderr and result.stdout == ""


def test_where_a_branch_left_another(dorc, repository):
    git(repository, "checkout", "-qb", "topic", "HEAD~1", "-f")
    memory(repository, 768)
    result = dorc.succeed("diff", "--from", "main...", "--format", "json", cwd=repository)
    assert changes(result) == {("512", "768")}


def test_a_detached_head(dorc, repository):
    git(repository, "checkout", "-q", "--detach", "HEAD~1", "-f")
    memory(repository, 640)
    assert changes(dorc.succeed("diff", "--from", "HEAD", "--format", "json", cwd=repository)) == {("512", "640")}
    assert changes(dorc.succeed("diff", "--from", "main", "--format", "json", cwd=repository)) == {("1024", "640")}


def test_a_shallow_clone(dorc, repository, tmp_path):
    git(tmp_path, "clone", "-q", "--depth", "1", repository.as_uri(), "clone")
    clone = tmp_path / "clone"
    memory(clone, 3008)
    assert changes(dorc.succeed("diff", "--from", "HEAD", "--format", "json", cwd=clone)) == {("1024", "3008")}
    result = dorc.fail("diff", "--from", "HEAD~1", cwd=clone)
    assert "shallow" in result.stderr and "git fetch --unshallow" in result.stderr and "fetch-depth: 0" in result.stderr


@pytest.mark.parametrize("name", ["no-such-branch", "--help-me", "HEAD~99", "HEAD:dorc.yaml", "a b", "$(touch x)"])
def test_a_revision_that_is_not_there(dorc, repository, name):
    result = dorc.fail("diff", f"--from={name}", cwd=repository)
    assert "neither a folder nor a revision" in result.stderr and "git fetch" in result.stderr
    assert not (repository / "x").exists()


def test_a_revision_without_the_project(dorc, project):
    git(project, "init", "-q")
    git(project, "commit", "-q", "--allow-empty", "-m", "nothing")
    result = dorc.fail("diff", "--from", "HEAD", cwd=project)
    assert "there is nothing to compare with" in result.stderr


def test_without_a_repository(dorc, project):
    result = dorc.fail("diff", "--from", "main", cwd=project, env={"GIT_CEILING_DIRECTORIES": str(project.parent)})
    assert "not in a git repository" in result.stderr and "--from old/" in result.stderr


def test_a_revision_in_the_place_of_the_folder(dorc, repository):
    for words, option in ((["HEAD"], "--from"), (["HEAD~1"], "--from"), (["HEAD", "--from", "HEAD~1"], "--to")):
        result = dorc.fail("diff", *words, cwd=repository, code=64)
        assert f"did you mean `{option} {words[0]}`?" in result.stderr and result.stdout == ""


def test_a_folder_that_is_not_there_yet_is_no_revision(dorc, repository):
    for folder in ("HEAD/", "templates", "HEAD~9"):
        assert "From nothing" in dorc.succeed("diff", folder, cwd=repository).stdout


def test_without_git(dorc, repository, tmp_path):
    result = dorc.fail("diff", "--from", "HEAD", cwd=repository, env={"PATH": str(tmp_path)})
    assert "no program `git`" in result.stderr
    # Without a revision nobody needs it.
    dorc.succeed("diff", *NOW, cwd=repository, env={"PATH": str(tmp_path)})


def test_a_folder_that_dorc_did_not_write(dorc, project):
    (project / "other").mkdir()
    assert "not a folder of dorc's templates" in dorc.fail("diff", "--from", "other/", cwd=project).stderr
    write(project, {"out/readme.txt": "mine"})
    assert "not a folder of dorc's templates" in dorc.fail("diff", cwd=project).stderr


def replace(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@pytest.mark.parametrize(
    "damage, message",
    [
        (lambda out: (out / "manifest.json").write_text("<<<<<<< a\n"), "not a manifest"),
        (lambda out: (out / "dev/infra.yaml").unlink(), "is missing"),
        (lambda out: (out / "dev/infra.yaml").write_text("Resources:\n  A:\n    Type: [\n"), "cannot read the template"),
        (lambda out: (out / "dev/infra.yaml").write_text("a: b\n"), "it has no `Resources`"),
        (lambda out: (out / "dev/infra.yaml").write_bytes(b"\xff\xfe\x00"), "cannot read the template"),
        (lambda out: (out / "dev/infra.yaml").write_text(""), "cannot read the template"),
        (lambda out: replace(out / "manifest.json", '"template": "dev/infra.yaml"', '"template": "../x"'), "not a manifest"),
    ],
)
def test_a_damaged_folder(dorc, project, damage, message):
    dorc.succeed("out/", cwd=project)
    damage(project / "out")
    result = dorc.fail("diff", cwd=project)
    assert message in result.stderr and result.stdout == ""


@pytest.mark.parametrize("version", [1, 2])
def test_manifests_of_other_versions(dorc, project, version):
    dorc.succeed("out/", cwd=project)
    path = project / "out" / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["version"] = version
    for stack in manifest["stacks"]:
        for name in ("bytes", "sha256"):
            stack.pop(name, None)
    path.write_text(json.dumps(manifest))
    memory(project, 512)
    assert changes(dorc.succeed("diff", "--format", "json", cwd=project)) == {("256", "512")}


def test_a_manifest_of_a_later_version(dorc, project):
    dorc.succeed("out/", cwd=project)
    replace(project / "out/manifest.json", '"version": 2', '"version": 3')
    assert "`out/manifest.json` has version 3, which a later dorc-synth has written" in dorc.fail("diff", cwd=project).stderr


def test_a_template_that_was_edited_by_hand(dorc, project):
    dorc.succeed("out/", cwd=project)
    template = project / "out/dev/core/raw/census.yaml"
    text = template.read_text()
    text = text.replace("!GetAtt StateMachineRole.Arn", "{'Fn::GetAtt': [StateMachineRole, Arn]}")
    text = text.replace("MemorySize: 256", 'MemorySize: "256"  # as a text', 1)
    template.write_text("# edited\n" + text)
    assert "No changes" in dorc.succeed("diff", "--exit-code", cwd=project).stdout
    template.write_text(text.replace("MemorySize: 256", "MemorySize: 300"))
    assert changes(dorc.succeed("diff", "--format", "json", cwd=project)) == {("300", "256")}


def test_markdown_fits_a_comment(dorc, tmp_path):
    files = dict(FILES)
    for number in range(300):
        files[f"src/raw/p{number}/pipeline.yaml"] = "steps: [extract, load]\n"
        for name in ("extract", "load"):
            files[f"src/raw/p{number}/{name}/lambda.py"] = "def handler(event, context): pass\n"
    write(tmp_path, files)
    result = dorc.succeed("diff", "--format", "markdown", *NOW, cwd=tmp_path)
    assert 40_000 < len(result.stdout) < 65_536
    assert result.stdout.count("<details>") == result.stdout.count("</details>") > 5
    assert "do not fit into a comment" in result.stdout
    assert "**Plan: " in result.stdout.splitlines()[5]


def test_colour_is_for_terminals(dorc, project):
    dorc.succeed("out/", cwd=project)
    memory(project, 512)
    assert "\x1b" not in dorc.succeed("diff", *NOW, cwd=project).stdout
    plain = dorc.succeed("diff", *NOW, cwd=project).stdout
    script = ["script", "-qec", " ".join(dorc.command("diff", *NOW)), "/dev/null"]
    if not shutil.which("script"):
        pytest.skip("no program `script`")
    environment = program.environment({"TERM": "xterm"})
    shown = subprocess.run(script, cwd=project, capture_output=True, encoding="utf-8", env=environment, timeout=60).stdout
    assert "\x1b[" in shown
    environment["NO_COLOR"] = "1"
    shown = subprocess.run(script, cwd=project, capture_output=True, encoding="utf-8", env=environment, timeout=60).stdout
    assert shown.replace("\r\n", "\n") == plain


@pytest.mark.parametrize(
    "words", [("--now", "yesterday"), ("--format", "html"), ("out", "--from", "a", "--to", "b"), ("a", "b"), ("--from", "")]
)
def test_wrong_usage(dorc, project, words):
    assert dorc.fail("diff", *words, cwd=project, code=64).stdout == ""


def test_a_project_with_mistakes_is_not_compared(dorc, project):
    dorc.succeed("out/", cwd=project)
    write(project, {"src/raw/census/pipeline.yaml": "steps: [nothing]\n"})
    result = dorc.fail("diff", cwd=project)
    assert "error" in result.stderr and result.stdout == ""


def test_the_documentation_shows_what_is_printed():
    shown = (program.ROOT / "docs" / "diff.md").read_text().split("```text\n")[1].split("```\n")[0]
    assert shown == (program.ROOT / "Tests/DorcDiffTests/Cases/documentation/difference.txt").read_text()


def test_the_comment_is_found_by_its_marker(dorc, project):
    first = dorc.succeed("diff", "--format", "markdown", *NOW, cwd=project).stdout.splitlines()[0]
    assert first in (program.ROOT / "docs" / "github-actions.yaml").read_text()
