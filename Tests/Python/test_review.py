"""What a reviewer sees: changes of a project in a git repository, and branches that are merged."""

from __future__ import annotations

import re
import shutil
import subprocess

import program
import pytest

ENVIRONMENTS = ("dev", "prod")
CODE = "def handler(event, context):\n    return event\n"
GENERATED = {".gitattributes", "deploy.plan", "deploy.sh", "docker-bake.json", "manifest.json", "run.sh"}


class Repository:
    """A config repository under git, with `out/` in it. The pipelines `raw/a` to `raw/e` have the functions `f` and `n`."""

    def __init__(self, dorc, root):
        self.dorc, self.root, self.out = dorc, root, root / "out"
        program.write_files(
            root,
            {
                "dorc.yaml": "project: acme\nregion: eu-west-2\nenvironments: {dev: {}, prod: {}}\n",
                "Dockerfile": "FROM public.ecr.aws/lambda/python:3.12\nARG CODE_PATH\nCOPY ${CODE_PATH}/ ${LAMBDA_TASK_ROOT}/\n",
            },
        )
        for name in "abcde":
            self.add_pipeline(name)
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("config", "user.name", "x")
        self.git("config", "user.email", "x@example.com")
        self.commit("start")

    def git(self, *arguments, status=0) -> str:
        environment = program.environment({"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"})
        result = subprocess.run(
            ["git", *arguments], cwd=self.root, env=environment, capture_output=True, text=True, check=False)  # fmt: skip
        assert result.returncode == status, result.stdout + result.stderr
        return result.stdout

    def add_pipeline(self, name, functions=("f", "n")):
        folder = f"src/raw/{name}"
        settings = "".join(f"  {each}: {{memory: 256, timeout: 60s}}\n" for each in functions)
        definition = f"schedule: '0 6 * * *'\nowner: team\nfunctions:\n{settings}steps:\n" + "".join(f"  - {each}\n" for each in functions)
        files = {f"{folder}/{each}/lambda.py": CODE for each in functions}
        program.write_files(self.root, files | {f"{folder}/pipeline.yaml": definition})

    def edit(self, path, old, new):
        text = (self.root / path).read_text()
        assert text.count(old) >= 1
        (self.root / path).write_text(text.replace(old, new, 1))

    def pipeline(self, name, old, new):
        self.edit(f"src/raw/{name}/pipeline.yaml", old, new)

    def commit(self, message):
        self.dorc.succeed("out/", cwd=self.root)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def changed(self) -> dict[str, tuple[int, int]]:
        """The files in out/ that a run changes, with the lines that come and go."""
        self.dorc.succeed("out/", cwd=self.root)
        self.git("add", "--all")
        rows = [row.split("\t") for row in self.git("diff", "--cached", "--no-renames", "--numstat").splitlines()]
        return {path.removeprefix("out/"): (int(new), int(old)) for new, old, path in rows if path.startswith("out/")}

    def difference(self, path) -> list[str]:
        return self.git("diff", "--cached", "--", f"out/{path}").splitlines()


@pytest.fixture
def repository(dorc, tmp_path):
    return Repository(dorc, tmp_path / "config")


def core(name, count):
    """The pipeline's template in each environment."""
    return {f"{environment}/core/raw/{name}.yaml": count for environment in ENVIRONMENTS}


def change_code(repository, name):
    repository.edit(f"src/raw/{name}/f/lambda.py", "return event", "return [event]")


def change_memory(repository, name):
    repository.pipeline(name, "f: {memory: 256", "f: {memory: 512")


def change_timeout(repository, name):
    repository.pipeline(name, "timeout: 60s", "timeout: 90s")


def test_a_line_of_code_is_the_image_and_the_version_in_each_environment_and_one_for_the_build(repository):
    change_code(repository, "c")
    assert repository.changed() == core("c", (2, 2)) | {"docker-bake.json": (1, 1)}
    # In the middle of its target, which is named around it.
    for path, name in (("docker-bake.json", "acme/raw/c/f:"), ("dev/core/raw/c.yaml", "FunctionName: acme-dev-raw-c-f")):
        assert any(name in line for line in repository.difference(path))


def test_a_memory_value_is_a_line_beside_the_version(repository):
    change_memory(repository, "c")
    assert repository.changed() == core("c", (2, 2))
    assert [line for line in repository.difference("dev/core/raw/c.yaml") if "FunctionName" in line] == [
        "       FunctionName: acme-dev-raw-c-f"
    ]


def test_what_no_version_keeps_changes_none(repository):
    repository.pipeline("c", "f: {memory: 256", "f: {reserved_concurrency: 3, memory: 256")
    assert repository.changed() == core("c", (1, 0))
    repository.pipeline("c", "owner: team\n", "owner: team\ndefaults: {log_retention: 90d}\n")
    changed = [line for line in repository.difference("dev/core/raw/c.yaml") if line[:1] in "+-" and "Version" in line]
    assert changed == []


def test_a_memory_value_of_one_environment_is_its_alone(repository):
    repository.pipeline("c", "owner: team\n", "owner: team\nenvironments: {prod: {functions: {n: {memory: 1024}}}}\n")
    assert repository.changed() == {"prod/core/raw/c.yaml": (2, 2)}


def test_a_timeout_is_a_line_for_lambda_and_one_for_its_task(repository):
    change_timeout(repository, "c")
    assert repository.changed() == core("c", (3, 3))
    difference = repository.difference("prod/core/raw/c.yaml")
    assert "+      Timeout: 90" in difference and "+            TimeoutSeconds: 150" in difference
    assert "       FunctionName: acme-prod-raw-c-f" in difference and "           f:" in difference


SETTINGS = {
    "storage": ("f: {memory: 256", "f: {ephemeral_storage: 2048, memory: 256"),
    "more storage": ("f: {memory: 256", "f: {ephemeral_storage: 4096, memory: 256"),
    "variable": ("f: {memory: 256", "f: {environment: {KEY: a}, memory: 256"),
    "value": ("f: {memory: 256", "f: {environment: {KEY: b}, memory: 256"),
    "schedule": ("0 6 * * *", "0 7 * * *"),
    "retention": ("owner: team\n", "owner: team\ndefaults: {log_retention: 90d}\n"),
    "disabled": ("owner: team\n", "owner: team\nenvironments: {dev: {triggers_enabled: false}}\n"),
    "run's timeout": ("owner: team\n", "owner: team\ntimeout: 2h\n"),
}


@pytest.mark.parametrize("form", ["yaml", "json"])
@pytest.mark.parametrize("setting", SETTINGS)
def test_a_change_says_whose_it_is_within_three_lines(dorc, tmp_path, form, setting):
    """What is around each changed line in a diff names the function, the schedule, the log group or the state machine."""
    root = tmp_path / "config"
    repository = Repository(dorc, root)
    base = {"more storage": "storage", "value": "variable"}.get(setting)
    texts = []
    old, new = SETTINGS[setting]
    for replacement in (SETTINGS[base][1] if base else old, new):
        repository.pipeline("c", old, replacement)
        dorc.succeed(tmp_path / "other", "--config", root, "--format", form)
        texts.append((tmp_path / "other/dev/core/raw" / f"c.{form}").read_text())
        repository.pipeline("c", replacement, old)
    for number, text in enumerate(texts):
        (tmp_path / str(number)).write_text(text)
    shown = subprocess.run(["diff", "-U3", "0", "1"], cwd=tmp_path, capture_output=True, text=True, check=False).stdout
    lines = shown.splitlines()[2:]
    hunks = re.split(r"^@@.*\n", "\n".join(lines), flags=re.MULTILINE)[1:]
    named = re.compile(r"acme-dev-raw-c-(f|n|default|schedule)|raw/c/f|raw/c of|StateMachineName|acme-dev-raw-c\b|[FN](LogGroup|Function)")
    assert hunks and all(named.search(hunk) for hunk in hunks), shown


def add_function(repository, name, function):
    program.write_files(repository.root, {f"src/raw/{name}/{function}/lambda.py": CODE})
    repository.pipeline(name, "  - n\n", f"  - {function}\n  - n\n")


def test_a_new_step_is_where_it_belongs(repository):
    add_function(repository, "c", "g")
    changed = repository.changed()
    assert set(changed) == {*core("c", None), "universal.yaml", "docker-bake.json", "manifest.json", "deploy.plan"}
    # Nothing goes but the number of resources in each environment.
    assert {path for path, (_, old) in changed.items() if old} == {"manifest.json"} and changed["manifest.json"][1] == 2
    assert changed["deploy.plan"] == (2, 0)
    row = [line for line in repository.difference("deploy.plan") if line.startswith("+image")]
    assert row == ["+image\traw/c\traw__c__g\tacme/raw/c/g\tlinux/amd64"]


def test_a_step_of_a_function_that_is_there_changes_the_templates_only(repository):
    repository.pipeline("c", "  - n\n", "  - n\n  - {name: again, function: f}\n")
    changed = repository.changed()
    assert set(changed) == set(core("c", None)) and all(old == 0 for _, old in changed.values())


def test_a_removed_pipeline_leaves_the_others_alone(repository):
    shutil.rmtree(repository.root / "src/raw/c")
    changed = repository.changed()
    assert set(changed) == {*core("c", None), "universal.yaml", "docker-bake.json", "manifest.json", "deploy.plan"}
    assert all(new == 0 for new, _ in changed.values())
    # A row and an empty line for each image, and one line more for each stack.
    assert changed["deploy.plan"] == (0, 3 * len(ENVIRONMENTS) + 2 * 2)
    assert not (repository.out / "dev/core/raw/c.yaml").exists()


def test_a_renamed_pipeline_leaves_the_others_alone(repository):
    (repository.root / "src/raw/c").rename(repository.root / "src/raw/cc")
    changed = repository.changed()
    shared = {"universal.yaml", "docker-bake.json", "manifest.json", "deploy.plan"}
    assert set(changed) == {*core("c", None), *core("cc", None), *shared}
    assert changed["deploy.plan"] == (6, 6)
    # What neither is nor was of this pipeline is not touched.
    for path in shared:
        lines = [line for line in repository.difference(path) if line[:1] in "+-" and line[:3] not in ("+++", "---")]
        assert not [line for line in lines if re.search(r"raw[/_-]+[abde]\b|raw__[abde]_", line)], path


# Branches


def remove_step(repository, name):
    shutil.rmtree(repository.root / f"src/raw/{name}/n")
    repository.pipeline(name, "  - n\n", "")
    repository.pipeline(name, "  n: {memory: 256, timeout: 60s}\n", "")


BOTH = {
    "code": change_code,
    "memory": change_memory,
    "timeout": change_timeout,
    "schedule": lambda repository, name: repository.pipeline(name, "0 6 * * *", "30 5 * * *"),
    "owner": lambda repository, name: repository.pipeline(name, "owner: team", f"owner: team-{name}"),
    "trigger": lambda repository, name: repository.pipeline(
        name, "schedule: '0 6 * * *'\n", "triggers: [{name: landed, s3: {bucket: landing}}]\n"),
    "function": lambda repository, name: add_function(repository, name, "g"),
    "another pipeline": lambda repository, name: repository.pipeline(name, "  - n\n", "  - n\n  - {name: x, pipeline: raw/a}\n"),
    "start date": lambda repository, name: repository.pipeline(
        name, "schedule: '0 6 * * *'\n", "triggers: [{name: t, schedule: '@daily', start_date: 2031-01-01}]\n"),
    "step gone": remove_step,
    "new pipeline": lambda repository, name: repository.add_pipeline(name + "x"),
    "pipeline gone": lambda repository, name: shutil.rmtree(repository.root / "src/raw" / name),
}  # fmt: skip


def branch(repository, name, *changes):
    repository.git("checkout", "--quiet", "-b", name, "main")
    for change, pipeline in changes:
        change(repository, pipeline)
    repository.commit(name)


def assert_merged(repository):
    """As if one had done both: synth writes nothing."""
    assert repository.git("status", "--porcelain") == ""
    result = repository.dorc.succeed("out/", "--check", cwd=repository.root)
    assert result.stdout == ""


# Two branches that take out neighbours change lines that are next to each other, which git does not merge.
@pytest.mark.parametrize("change", [each for each in BOTH if each != "pipeline gone"])
def test_branches_that_do_the_same_to_neighbouring_pipelines_are_merged(repository, change):
    branch(repository, "one", (BOTH[change], "b"))
    branch(repository, "two", (BOTH[change], "c"))
    repository.git("merge", "--quiet", "--no-edit", "one")
    assert_merged(repository)


def test_branches_that_do_different_things_to_neighbours_are_merged(repository):
    """Each change with three others."""
    names = list(BOTH)
    pairs = [(first, names[(place + step) % len(names)]) for place, first in enumerate(names) for step in (1, 4, 6)]
    # What comes in just before what goes out.
    pairs.remove(("new pipeline", "pipeline gone"))
    for name in BOTH:
        branch(repository, f"b {name}".replace(" ", "-"), (BOTH[name], "b"))
        branch(repository, f"c {name}".replace(" ", "-"), (BOTH[name], "c"))
    problems = []
    for first, second in pairs:
        repository.git("checkout", "--quiet", "--detach", f"b {first}".replace(" ", "-"))
        other = f"c {second}".replace(" ", "-")
        merge = subprocess.run(["git", "merge", "--no-edit", other], cwd=repository.root, capture_output=True, text=True, check=False)
        if merge.returncode:
            problems.append(f"{first} and {second}: {merge.stdout}")
            repository.git("merge", "--abort")
            continue
        check = repository.dorc.run("out/", "--check", cwd=repository.root)
        if check.returncode:
            problems.append(f"{first} and {second}: {check.stdout}")
    assert problems == []


def test_the_last_pipeline_s_neighbours_are_merged_too(repository):
    """In JSON, what is added after the last entry changes that entry's last line."""
    branch(repository, "one", (change_memory, "e"), (change_code, "e"), (BOTH["owner"], "e"), (BOTH["trigger"], "e"))
    branch(repository, "two", (Repository.add_pipeline, "f"))
    repository.git("merge", "--quiet", "--no-edit", "one")
    assert_merged(repository)


# What the reviewing tools are told


def test_all_but_the_templates_is_marked_as_generated(repository):
    files = repository.git("ls-files", "out").split()
    told = repository.git("check-attr", "linguist-generated", "gitlab-generated", "diff", "eol", "--", *files).splitlines()
    for line in told:
        path, attribute, value = line.split(": ")
        is_generated = path.removeprefix("out/") in GENERATED
        expected = {"diff": "unspecified", "eol": "lf"}.get(attribute, "set" if is_generated else "unspecified")
        assert value == expected, line
    assert {path.removeprefix("out/") for path in files} >= GENERATED


def test_a_checkout_with_other_line_ends_is_as_it_was_written(repository):
    repository.git("config", "core.autocrlf", "true")
    shutil.rmtree(repository.out)
    repository.git("checkout", "--", "out")
    repository.dorc.succeed("out/", "--check", cwd=repository.root)
