"""README, docs/ and the pages of the examples: every block of code in them is run, compiled or read, every link leads somewhere.

A block is claimed by what its fence says:

    sh                commands; all but the stubs of `walks` are run, one after the other, in the folder of the page
    console           `$ command` with its output, which is compared
    yaml pipeline.yaml, yaml dorc.yaml, yaml tests/first.yaml, dockerfile Dockerfile
                      a file alone: put into a project, which `check` finds no mistake in
    yaml PATH, python PATH, text PATH ...
                      a file that the reader writes, for the commands after it
    text files        files that are there, each with a remark
    text arithmetic   lines `words  expression = result`, which are worked out
    json, python      read, or compiled

What remains is in `OTHERS`, with what it is and who looks at it. A page's folder is a copy of examples/census, under git, with its
templates in out/; the pages in `FROM_NOTHING` begin in an empty one, that of an example in the example.
"""

import json
import os
import re
import shutil
import subprocess

import documentation
import lint
import program
import pytest
import walks
import yaml
from outputs import Output
from walks import Lenient, Walk

FROM_NOTHING = {"README.md", "docs/first-pipeline.md"}
MINIMAL = program.ROOT / "examples" / "minimal"
# Page and first line of a block: what it is, and why nobody runs it here.
OTHERS = {
    ("docs/development.md", "package var startWithin: Located<Duration>?"): "a part of a Swift file that does not exist",
    ("docs/development.md", "package static let usualStart = Duration(3600)"): "a part of a Swift file that does not exist",
    ("docs/development.md", "flowchart TD"): "Mermaid that GitHub draws",
    ("docs/diff.md", "From `before/` to `after/`:"): "test_diff compares it with a snapshot",
    ("docs/diagnostics.md", "error[unknown-key]: `memroy` is not a key of a function"): "test_the_first_diagnostic_is_what_check_says",
    ("docs/operations.md", "waits for:  modelled: after raw/returns and raw/geography have succeeded, within 1d"): "test_run_script has these lines",
    ("docs/notifications.md", "A run of raw/census in prod failed (TIMED_OUT)."): "what EventBridge sends: test_the_notice_is_that_of_the_template",
}
ALONE = {"dorc.yaml", "pipeline.yaml", "tests/first.yaml", "Dockerfile"}
PAGES = {page.name: page for page in documentation.hand_written()}
BLOCKS = [block for page in PAGES.values() for block in page.blocks]


def first_line(block):
    return block.text.partition("\n")[0].strip()


def is_other(block):
    return (block.page, first_line(block)) in OTHERS


def definitions(page):
    """The files that a pipeline.yaml of the page names."""
    return {name for block in page.blocks if block.name == "pipeline.yaml" for name in re.findall(r"^definition: (\S+)", block.text, re.MULTILINE)}


def kind(block):
    if is_other(block):
        return "other"
    if block.name in ALONE and block.page not in FROM_NOTHING:
        return "alone"
    if block.name in definitions(PAGES[block.page]):
        return "definition"
    if block.language in ("sh", "console") and not block.name:
        return block.language
    if block.language == "text" and block.name in ("files", "arithmetic"):
        return block.name
    if block.language in ("json", "python") and not block.name:
        return "parsed"
    if block.name and "/" in block.name or "." in block.name:
        return "file"
    return None


def test_every_block_is_claimed():
    assert [block.place for block in BLOCKS if kind(block) is None] == []
    places = {(block.page, first_line(block)) for block in BLOCKS}
    assert set(OTHERS) <= places, "a block that is gone is still among the others"


# Walks


@pytest.fixture(scope="session")
def prepared(dorc, tmp_path_factory):
    """A folder with the example as a reader has it: under git, with the templates, two versions and a branch."""
    base = tmp_path_factory.mktemp("walks")
    census = shutil.copytree(program.ROOT / "examples" / "census", base / "census", ignore=shutil.ignore_patterns(".dorc", "__pycache__"))
    (census / ".gitignore").write_text(".dorc/runs/\n__pycache__/\n")
    dorc.succeed("out/", cwd=census)
    settings = {"user.name": "a", "user.email": "a@example.com", "init.defaultBranch": "main"}
    git = ["git", *(part for name, value in settings.items() for part in ("-c", f"{name}={value}"))]
    steps = [["init", "-q"], ["add", "."], ["commit", "-qm", "first"], ["tag", "v1.4"], ["tag", "v1.5"], ["update-ref", "refs/remotes/origin/main", "HEAD"]]
    for step in steps:
        subprocess.run([*git, *step], cwd=census, check=True)
    walks.make_bin(base / "bin", dorc.path)
    (base / "cache").mkdir()
    return base


@pytest.mark.parametrize("page", [page for page in PAGES.values() if page.blocks], ids=lambda page: page.name)
def test_a_reader_can_do_what_a_page_says(prepared, tmp_path, page):
    folder = tmp_path / "work"
    if page.name in FROM_NOTHING:
        folder.mkdir()
    elif page.path.parent == MINIMAL:
        shutil.copytree(MINIMAL, folder)
    else:
        shutil.copytree(prepared / "census", folder, symlinks=True)
    if page.name == "docs/deployment.md":
        for policy in (program.ROOT / "docs").glob("deploy-policy-*.json"):
            shutil.copy(policy, folder)  # the page says so
    walk = Walk(folder, shutil.copytree(prepared / "bin", tmp_path / "bin", symlinks=True), prepared / "cache")
    actions = {"sh": walk.run, "console": walk.compare, "file": walk.write, "files": walk.look_for, "arithmetic": work_out, "parsed": walks.parse}
    for block in page.blocks:
        actions.get(kind(block), lambda block: None)(block)
    if page.name == "docs/first-pipeline.md":
        compare_with_minimal(walk.folder)


def test_the_first_page_lists_all_that_a_new_project_contains(dorc, tmp_path):
    (block,) = [block for block in PAGES["docs/first-pipeline.md"].blocks if block.name == "files"]
    listed = [line.split()[0] for line in block.text.splitlines()]
    words = ["--region", "eu-west-2", "--pipeline", "raw/loans", "--function", "count"]
    made = dorc.succeed("new", "project", "library-loans", *words, cwd=tmp_path).stdout.splitlines()
    assert made
    names = {name.removeprefix("library-loans/") for name in made}
    folders = [name for name in listed if name.endswith("/")]
    assert {name for name in names if not name.startswith(tuple(folders))} == set(listed) - set(folders)
    assert all(any(name.startswith(folder) for name in names) for folder in folders)


def work_out(block):
    for line in block.text.splitlines():
        expression, result = re.fullmatch(r"[A-Za-z0-9, ]+?  +([\d.*+/() ]+) = ([\d.]+)(?: USD)?", line).groups()
        digits = len(result.partition(".")[2])
        assert round(eval(expression), digits) == float(result), f"{block.place}: {line}"  # noqa: S307


def compare_with_minimal(folder):
    """Who does what the page says has what the example has, but for the lines that name the schema for editors."""
    for path in MINIMAL.rglob("*"):
        if path.is_file() and path.name != "README.md":
            made = (folder / path.relative_to(MINIMAL)).read_text()
            assert re.sub(r"# yaml-language-server.*\n", "", made) == path.read_text(), path


@pytest.mark.parametrize("example", ["census", "minimal"])
def test_an_example_has_no_findings(dorc, example):
    found = dorc.diagnostics("check", "--config", program.ROOT / "examples" / example)
    assert [each["id"] for each in found] == []


def test_the_notice_is_that_of_the_template(dorc, tmp_path):
    """The page shows the message of a pipeline's own notice with values in it."""
    shown = PAGES["docs/notifications.md"].blocks
    message = next(block.text for block in shown if first_line(block).startswith("A run of"))
    files = {"dorc.yaml": PROJECT, "Dockerfile": DOCKERFILE, "src/raw/census/pipeline.yaml": "steps: [extract]\nnotifications: {email: a@example.com}\n", "src/raw/census/extract/lambda.py": CODE}
    dorc.succeed(tmp_path / "out", "--config", program.write_files(tmp_path / "config", files))
    template = (tmp_path / "out/prod/core/raw/census.yaml").read_text()
    for line in (message.splitlines()[0].replace("TIMED_OUT", "<status>"), message.splitlines()[-1]):
        assert line in " ".join(template.split()).replace('\\"', '"'), line


def test_the_smallest_example_becomes_sound_templates(dorc, tmp_path):
    written = Output(tmp_path, tmp_path / "minimal" / "yaml")
    dorc.succeed(written.root, "--config", MINIMAL)
    found = [problem for file in written.templates() for problem in lint.lint(written, file)]
    assert len(written.templates()) == 3 and lint.unsuppressed(found, lint.load_suppressions()) == []


# Files that are examples by themselves

PROJECT = """
project: census-demo
region: eu-west-2
compute_profiles:
  large: {vcpu: 16, memory: 65536}
  gpu-spot: {vcpu: 8, memory: 30000, gpu: 1, spot: true}
environments:
  dev: &network
    account: "111122223333"
    notifications: {}
    variables: {landing_bucket: landing-dev, threshold: "1"}
    vpc_id: vpc-0d0d0d0d0d0d0d0d0
    private_subnet_ids: [subnet-0d0d0d0d0d0d0d0d1, subnet-0d0d0d0d0d0d0d0d2]
  prod:
    <<: *network
    account: "444455556666"
    variables: {landing_bucket: landing-prod, threshold: "2"}
"""
CODE = "def handler(event, context):\n    return event\n"
DOCKERFILE = 'FROM public.ecr.aws/lambda/python:3.12\nARG CODE_PATH\nCOPY --chmod=755 ${CODE_PATH}/ ${LAMBDA_TASK_ROOT}/\nCMD ["lambda.handler"]\n'
VARIABLES = {"landing_bucket", "threshold", "project", "environment", "region", "account", "partition", "layer", "pipeline"}


def step_names(steps):
    return [step if isinstance(step, str) else step.get("function") or step.get("name") for step in steps if isinstance(step, str) or not {"pipeline", "wait", "task"} & step.keys()]


def functions_of(text, definition=None):
    file = yaml.load(text, Loader=Lenient)
    elsewhere = {name for name, function in (file.get("functions") or {}).items() if "image" in (function or {})}
    steps = (file.get("steps") or []) + (file.get("finally") or [])
    named = set(step_names(steps)) | (set(re.findall(r"\$\{([\w-]+)\}", definition)) - VARIABLES if definition else set())
    targets = {step["pipeline"] for step in steps if isinstance(step, dict) and "pipeline" in step}
    for trigger in file.get("triggers") or []:
        after = trigger.get("after_pipeline", [])
        after = after["all"] if isinstance(after, dict) else after
        targets |= {after} if isinstance(after, str) else set(after)
    return named - elsewhere, targets


def project_of(block):
    files = {"dorc.yaml": PROJECT, "Dockerfile": DOCKERFILE}
    folder = "src/raw/example"
    match block.name:
        case "dorc.yaml" | "Dockerfile":
            files |= {block.name: block.text, f"{folder}/pipeline.yaml": "steps: [load]\n", f"{folder}/load/lambda.py": CODE}
            if block.name == "dorc.yaml" and (included := re.findall(r"include: \[([\w/]+)\]", block.text)):
                files |= {f"{name}code.py": "" for name in included}
        case "pipeline.yaml":
            files[f"{folder}/pipeline.yaml"] = block.text
            definition = None
            for name in re.findall(r"^definition: (\S+)", block.text, re.MULTILINE):
                definition = next(each.text for each in PAGES[block.page].blocks if each.name == name)
                files[f"{folder}/{name}"] = definition
            named, targets = functions_of(block.text, definition)
            files |= {f"{folder}/{name}/lambda.py": CODE for name in named}
            for target in targets:
                files |= {f"src/{target}/pipeline.yaml": "steps: [load]\n", f"src/{target}/load/lambda.py": CODE}
        case "tests/first.yaml":
            mocks = {name for case in yaml.safe_load(block.text)["cases"] for name in case.get("mocks", {})} - {"extract"}
            steps = ["extract", *sorted(mocks)]
            files |= {f"{folder}/{block.name}": block.text, f"{folder}/pipeline.yaml": f"steps: [{', '.join(steps)}]\nschedule: every 1d\n"}
            files |= {f"{folder}/{name}/lambda.py": CODE for name in steps}
    return files


@pytest.mark.parametrize("block", [block for block in BLOCKS if kind(block) == "alone"], ids=lambda block: block.place)
def test_an_example_has_no_mistake(dorc, block, tmp_path):
    dorc.succeed("check", "--config", program.write_files(tmp_path, project_of(block)))


def test_the_first_diagnostic_is_what_check_says(dorc, tmp_path):
    shown = PAGES["docs/diagnostics.md"].blocks[0].text
    line = next(line.partition("| ")[2] for line in shown.splitlines() if " 4 |" in line)
    pipeline = f"# One\n# Two\nfunctions:\n{line}\nsteps: [ingest]\n"
    files = {"dorc.yaml": PROJECT, "Dockerfile": DOCKERFILE, "src/raw/survey/pipeline.yaml": pipeline, "src/raw/survey/ingest/lambda.py": CODE}
    assert dorc.fail("check", "--config", program.write_files(tmp_path, files)).stderr == shown


# Links, and how a page is written


@pytest.mark.parametrize("page", PAGES.values(), ids=lambda page: page.name)
def test_every_link_leads_somewhere(page):
    everything = {each.name: each for each in documentation.pages()}
    for line, link in page.links:
        place = f"{page.name}:{line}: {link}"
        if re.match(r"[a-z]+:", link):
            assert link.startswith(("https://", "mailto:")), place
            continue
        path, _, anchor = link.partition("#")
        target = os.path.normpath(os.path.join(os.path.dirname(page.name), path)) if path else page.name
        assert (program.ROOT / target).exists(), place
        if anchor:
            assert anchor in everything[target].anchors, place


def test_every_page_that_the_program_names_exists(dorc):
    everything = {each.name: each for each in documentation.pages()}
    for each in json.loads(dorc.succeed("explain", "--format", "json").stdout):
        if page := each["page"]:
            name, _, anchor = page.partition("#")
            assert anchor in everything["docs/" + name.removeprefix("docs/")].anchors, page


def test_every_page_is_listed():
    listed = {os.path.normpath(os.path.join("docs", link.partition("#")[0])) for _, link in PAGES["docs/README.md"].links if not link.startswith("https:")}
    assert {page.name for page in documentation.pages() if page.name.startswith("docs/")} - {"docs/README.md"} <= listed


@pytest.mark.parametrize("page", PAGES.values(), ids=lambda page: page.name)
def test_lines_are_not_too_long(page):
    for number, line in page.prose:
        # A link is as long as it is.
        if not line.startswith(("|", "#", "!")) and "](" not in line:
            assert len(line) <= 120 or " " not in line.strip(), f"{page.name}:{number}: {len(line)} characters"


def test_long_tables_are_in_groups():
    for page in [*PAGES.values(), *map(documentation.Page, ("docs/reference/dorc.yaml.md", "docs/reference/pipeline.yaml.md"))]:
        rows = 0
        for number, line in page.prose:
            rows = rows + 1 if line.startswith("|") else 0
            # With the head and the line below it.
            assert rows <= 15 + 2, f"{page.name}:{number}"


# Pictures


def test_pictures_are_up_to_date(dorc):
    """What `make docs` would draw."""
    recipe = re.search(r"^docs:.*\n((?:\t.*\n)+)", (program.ROOT / "Makefile").read_text(), re.MULTILINE)[1]
    drawn = set()
    for line in recipe.splitlines():
        words = line.split()
        assert words[:2] == [".build/debug/dorc-synth", "graph"] and words[-2] == "--output"
        path = program.ROOT / words[-1]
        assert path.read_text(encoding="utf-8") == dorc.succeed(*words[1:-2], cwd=program.ROOT).stdout, f"{path}: run `make docs`"
        drawn.add(path)
    assert drawn == {path for path in (program.ROOT / "docs" / "images").iterdir()}


# What the commands of a page call


def test_targets_exist():
    targets = set(re.findall(r"^([a-z-]+):", (program.ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {word for block in BLOCKS if block.language == "sh" for words in re.findall(r"^make +([a-z -]+?) *(?:#|$)", block.text, re.MULTILINE) for word in words.split()}
    named |= {target for page in PAGES.values() for _, line in page.prose for target in re.findall(r"`make ([a-z-]+)`", line)}
    assert {"run", "test"} <= named <= targets


@pytest.fixture(scope="module")
def helps(dorc, prepared):
    """What `--help` says, by the words before the options."""
    found = {name: subprocess.run([prepared / "census" / "out" / name, "--help"], capture_output=True, text=True, check=True).stdout for name in ("deploy.sh", "run.sh")}
    calls = [""]
    for call in calls:
        found[call] = dorc.succeed(*call.split(), "--help").stdout
        names = re.findall(r"^  ([a-z]+)(?: \(default\))?  ", found[call].partition("SUBCOMMANDS:")[2], re.MULTILINE)
        calls += [f"{call} {name}".strip() for name in names]
    assert {"synth", "run", "new project"} <= set(found)
    return found


def test_commands_within_sentences_have_these_options(helps):
    """`dorc-synth check --strict` and its like, wherever they are written."""
    spans = [(page.name, number, span) for page in PAGES.values() for number, line in page.prose for span in re.findall(r"`([^`]+)`", line)]
    calls = [each for each in spans if re.match(r"(dorc-synth|(out/)?(deploy|run)\.sh)( |$)", each[2])]
    assert len(calls) > 100
    for page, number, span in calls:
        command, *words = span.split()
        script = command.removeprefix("out/")
        name = script if script in helps else next((" ".join(words[:count]) for count in (2, 1) if " ".join(words[:count]) in helps and words), "synth")
        help = helps[name] + "\n  --help --version --generate-completion-script "
        for option in (re.sub(r"=.*", "", word) for word in words if re.match(r"--\w", word)):
            assert re.search(rf"(?<![\w-]){option}(?![\w-])", help), f"{page}:{number}: {span}"
