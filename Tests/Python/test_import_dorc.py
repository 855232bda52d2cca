"""`import dorc`: repositories of the Python original."""

from __future__ import annotations

import json
import os
import random
import re

import originals
import program
import pytest

LAYOUTS = {"layers": originals.LAYERS, "documentation": originals.DOCUMENTATION}
HANDLER = originals.HANDLER
TOP = """
    from infrastructure.core.creator import CreatePipeline
    from infrastructure.core.models.definition import *
    from infrastructure.infra import CreateInfra
    from infrastructure.universal import CreateUniversal
    from utils.config import *
"""
SMALL = {"Dockerfile": originals.DOCKERFILE.replace("COPY lib ${LAMBDA_TASK_ROOT}/lib\n", "")}


def report(dorc, folder, into, *options, code=0):
    result = dorc.fail("import", "dorc", folder, "--into", into, "--json", *options, code=code)
    return json.loads(result.stdout)


def tree(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def repository(folder, text, functions=("extract", "load"), others=()):
    """A repository with one pipeline, whose `__main__.py` is the text."""
    files = dict(SMALL) | {"src/raw/census/__main__.py": text, "src/raw/census/Pulumi.dev.yaml": originals.stack("dev")}
    files |= {f"src/raw/census/{name}/lambda.py": HANDLER for name in functions}
    return originals.write(folder, files | dict(others))


def errors(document):
    return [entry for entry in document["report"]["entries"] if entry["outcome"] != "taken-over"]


@pytest.fixture(params=sorted(LAYOUTS))
def layout(request, tmp_path):
    return originals.write(tmp_path / "original", LAYOUTS[request.param])


def test_what_is_written_passes_check_and_can_be_synthesized(dorc, layout, tmp_path):
    dorc.succeed("import", "dorc", layout, "--into", tmp_path / "new")
    result = dorc.succeed("check", "--config", tmp_path / "new")
    assert "error" not in result.stderr
    dorc.succeed(tmp_path / "out", "--config", tmp_path / "new")


def test_the_counts_add_up_and_each_entry_has_a_place(dorc, layout, tmp_path):
    found = report(dorc, layout, tmp_path / "new")["report"]
    assert found["keys"] == len(found["entries"]) == found["takenOver"] + found["differs"] + found["noEquivalent"]
    for entry in found["entries"]:
        place = layout / entry["file"]
        assert place.exists()
        lines = place.read_text().splitlines() if place.is_file() else []
        assert 1 <= entry["line"] <= max(1, len(lines))
        name = re.split(r"[.\[ (]", entry["key"].split("(")[0])[-1]
        if entry["key"].count(".") == 1 and name.isidentifier() and name in ("vpc_id", "bucket_name", "key_prefix"):
            assert name in lines[entry["line"] - 1]
    assert all(entry.get("words") for entry in found["entries"] if entry["outcome"] != "taken-over")


def test_nothing_is_said_to_be_unknown_to_the_importer(dorc, layout, tmp_path):
    found = report(dorc, layout, tmp_path / "new")["report"]
    assert not [entry for entry in found["entries"] if entry.get("words") == "the importer does not know this key"]


def test_every_todo_is_a_decision_of_the_report(dorc, layout, tmp_path):
    document = report(dorc, layout, tmp_path / "new")
    text = "".join(path.read_text() for path in (tmp_path / "new").rglob("*.yaml"))
    assert document["report"]["decisions"] > 0
    assert text.count("# TODO ") == document["report"]["decisions"]
    decided = {entry["target"].split(": ")[0] for entry in document["report"]["entries"] if entry["isDecision"]}
    written = {str(path.relative_to(tmp_path / "new")) for path in (tmp_path / "new").rglob("*.yaml")
               if "# TODO " in path.read_text()}
    assert decided == written
    for place in re.findall(r"# TODO [^:]+: ([\w./ -]+\.\w+):(\d+): ", text):
        assert int(place[1]) <= len((layout / place[0]).read_text().splitlines())


def test_a_repository_with_layers(dorc, tmp_path):
    folder = originals.write(tmp_path / "original", originals.LAYERS)
    new = tmp_path / "new"
    report(dorc, folder, new)
    project = (new / "dorc.yaml").read_text()
    for line in [
        "project: census-pipelines", "region: eu-west-2", "  service: census-pipelines", "  include: [lib]",
        "    vpc_id: vpc-0d0d0d0d0d0d0d0d0", "    private_subnet_ids: [subnet-0d0d0d0d0d0d0d0d1]",
        "    vpc_id: vpc-0e0e0e0e0e0e0e0e0", "    region: eu-west-1",
        "    additional_lambda_role_policy_arn: arn:aws:iam::111122223333:policy/data-access",
        "      rapid_data_bucket: rapid-prod-data",
    ]:
        assert f"\n{line}\n" in project, project
    assert (new / "src/raw/census/pipeline.yaml").read_text() == (
        'description: \'Pulls the census: "raw" data\'\n'
        "steps:\n  - extract\n  - validate\n  - load_all\n"
        "  - name: clean\n    pipeline: raw-to-processed/clean\n"
        "triggers:\n  - name: census-landed\n    s3:\n"
        '      bucket: "landing-${environment}"\n      prefix: census/\n'
    )
    rapid = (new / "src/raw-to-processed/clean/pipeline.yaml").read_text()
    assert 'bucket: "${rapid_data_bucket}"' in rapid and "prefix: data/raw/census/areas/" in rapid
    assert 'RAPID_URL: "${rapid_url}"' in rapid and "RAPID_CLIENT_SECRET: rapid/raw-to-processed-clean:client_secret" in rapid
    assert "environments: prod" in rapid
    nightly = (new / "src/default/nightly/pipeline.yaml").read_text()
    assert "schedule: cron(0 6 * * ? *)" in nightly and "description" not in nightly
    assert (new / "src/raw/census/extract/queries/all.sql").read_text() == "select 1\n"
    assert (new / "src/raw/census/requirements.txt").read_text() == "requests\n"
    assert (new / "lib/dates.py").exists() and not list(new.rglob("__main__.py"))


def test_the_defects_of_the_original_are_differences(dorc, tmp_path):
    folder = originals.write(tmp_path / "original", originals.LAYERS)
    words = " ".join(entry["words"] for entry in errors(report(dorc, folder, tmp_path / "new")))
    for part in [
        "which never ran", "the same name in AWS", "no step runs it", "no `CreatePipeline` gets it",
        "hides a failed `pip install`", "it is there without its trigger", "CloudTrail",
    ]:
        assert part in words, part


def test_the_layout_of_the_documentation(dorc, tmp_path):
    folder = originals.write(tmp_path / "original", originals.DOCUMENTATION)
    new = tmp_path / "new"
    report(dorc, folder, new)
    project = (new / "dorc.yaml").read_text()
    assert "\nproject: exampledorc\n" in project and "\n  preprod:" in project
    assert '# TODO vpc_id: infra/__main__.py:7: os.getenv("VPC_ID") (only running it would tell)' in project
    assert "    vpc_id: vpc-00000000000000000\n    private_subnet_ids: [subnet-0d0d0d0d0d0d0d0d1]\n" in project
    assert sorted(str(path.relative_to(new / "src")) for path in (new / "src").rglob("*.*")) == [
        "processed/census/function-2/helpers.py", "processed/census/function-2/lambda.py",
        "processed/census/function1/lambda.py", "processed/census/pipeline.yaml", "raw/census/function1/lambda.py",
        "raw/census/pipeline.yaml",
    ]
    raw = (new / "src/raw/census/pipeline.yaml").read_text()
    assert "pipeline: processed/census" in raw and "name: landed" in raw and "prefix" not in raw
    processed = (new / "src/processed/census/pipeline.yaml").read_text()
    assert "steps: [function1, function-2]" in processed and "rate(6 hours)" in processed


def test_files_in_the_way_are_listed_and_nothing_is_written(dorc, tmp_path):
    folder = originals.write(tmp_path / "original", originals.LAYERS)
    new = originals.write(tmp_path / "new", {"dorc.yaml": "mine\n", "src/raw/census/pipeline.yaml": "mine too\n"})
    before = tree(new)
    result = dorc.fail("import", "dorc", folder, "--into", new, code=64)
    assert "dorc.yaml" in result.stderr and "src/raw/census/pipeline.yaml" in result.stderr
    assert tree(new) == before
    assert "2 files exist" in dorc.fail("import", "dorc", folder, "--into", new, "--dry-run", code=64).stderr


def test_a_dry_run_says_the_same_and_writes_nothing(dorc, layout, tmp_path):
    dry = report(dorc, layout, tmp_path / "new", "--dry-run")
    assert not (tmp_path / "new").exists() and dry["isWritten"] is False
    wet = report(dorc, layout, tmp_path / "new")
    assert dry | {"isWritten": True} == wet
    assert sorted(tree(tmp_path / "new")) == wet["files"]


def test_in_place_only_what_is_new_is_written(dorc, tmp_path):
    folder = originals.write(tmp_path / "original", originals.LAYERS)
    before = tree(folder)
    report(dorc, folder, folder)
    after = tree(folder)
    assert {path: after[path] for path in before} == before
    assert {path for path in after if path not in before} == {
        "dorc.yaml", "Dockerfile", "src/raw/census/pipeline.yaml", "src/default/nightly/pipeline.yaml",
        "src/raw-to-processed/clean/pipeline.yaml",
    }


def test_a_new_folder_of_the_projects_name_is_the_default(dorc, tmp_path):
    folder = originals.write(tmp_path / "original", originals.LAYERS)
    result = dorc.succeed("import", "dorc", folder, cwd=tmp_path)
    assert (tmp_path / "census-pipelines" / "dorc.yaml").exists()
    assert "Taken over (" in result.stdout and "Next: look for TODO in `census-pipelines`" in result.stderr


def test_the_same_input_gives_the_same_bytes(dorc, layout, tmp_path):
    first = dorc.succeed("import", "dorc", layout, "--into", tmp_path / "a", "--json", env={"PYTHONHASHSEED": "1"})
    second = dorc.succeed("import", "dorc", layout, "--into", tmp_path / "b", "--json", env={"PYTHONHASHSEED": "2"})
    assert first.stdout == second.stdout and tree(tmp_path / "a") == tree(tmp_path / "b")


def test_python_is_never_run(dorc, tmp_path):
    folder = repository(tmp_path / "original", TOP + f"""
    open({str(tmp_path / 'ran')!r}, "w").close()
    PipelineDefinition(file_path=__file__, functions=[Function(name="extract")])
    """)
    dorc.succeed("import", "dorc", folder, "--into", tmp_path / "new")
    assert not (tmp_path / "ran").exists()


def test_a_file_that_is_not_python_stops_the_import_with_its_place(dorc, tmp_path):
    folder = originals.write(tmp_path / "original", originals.LAYERS | {
        "src/raw/broken/__main__.py": "def (:\n", "src/raw/empty/Pulumi.dev.yaml": "config: [\n"})
    result = dorc.fail("import", "dorc", folder, "--into", tmp_path / "new", code=1)
    assert "invalid syntax\n" in result.stderr and "src/raw/broken/__main__.py:1:5\n" in result.stderr
    assert "src/raw/empty/Pulumi.dev.yaml:" in result.stderr
    assert not (tmp_path / "new").exists() and result.stdout == ""


UNREADABLE = {
    "syntax": ("src/raw/broken/__main__.py", b"import os\n\ndef (:\n", ("3:5", "invalid syntax")),
    "imported": ("config/more.py", b"x = = 1\n", ("1:5", "invalid syntax")),
    "latin": ("src/raw/broken/__main__.py", b"x = 1\ny = 'caf\xe9'\n", ("2:9", "the byte 0xe9 is not UTF-8")),
    "encoding": ("src/raw/broken/__main__.py", b"# coding: klingon\n", ("1:1", "unknown encoding: klingon")),
    "null": ("src/raw/broken/__main__.py", b"x = 1\ny = '\x00'\n", ("2:6", "a null byte")),
    "yaml": ("src/raw/census/Pulumi.test.yaml", b"config:\n  a: [1\nb: 2\n", ("3:2", "")),
    "list": ("src/raw/census/Pulumi.test.yaml", b"- a\n", ("1:1", "it is not a mapping")),
}


@pytest.mark.parametrize("name", sorted(UNREADABLE))
def test_where_a_definition_cannot_be_read_its_place_is_told_and_nothing_is_written(dorc, tmp_path, name):
    path, content, (place, words) = UNREADABLE[name]
    others = {"infra/settings.py": "from config import more\n"} if name == "imported" else {}
    folder = originals.write(tmp_path / "original", originals.LAYERS | others)
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(content)
    result = dorc.fail("import", "dorc", folder, "--into", tmp_path / "new", code=1)
    assert f"{path}:{place}\n" in result.stderr and words in result.stderr
    assert not (tmp_path / "new").exists() and result.stdout == ""


def test_a_script_that_no_definition_needs_may_be_broken(dorc, tmp_path):
    folder = originals.write(tmp_path / "original", originals.LAYERS | {"scripts/old.py": "print 'Python 2'\n"})
    entries = report(dorc, folder, tmp_path / "new")["report"]["entries"]
    assert any(entry["file"] == "scripts/old.py" and "no definition needs it" in entry["words"] for entry in entries)


def test_another_encoding_and_other_ends_of_lines_are_pythons_to_read(dorc, tmp_path):
    folder = originals.write(tmp_path / "original", originals.LAYERS)
    place = folder / "src/raw/census/__main__.py"
    text = place.read_text().replace("Pulls the census", "Zieht die Zählung")
    place.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    nightly = folder / "src/default/nightly/__main__.py"
    nightly.write_bytes(b"# -*- coding: latin-1 -*-\n" + nightly.read_text().replace(
        'description=""', 'description="für die Nacht"').encode("latin-1"))
    report(dorc, folder, tmp_path / "new")
    assert "Zieht die Zählung" in (tmp_path / "new/src/raw/census/pipeline.yaml").read_text(encoding="utf-8")
    assert "für die Nacht" in (tmp_path / "new/src/default/nightly/pipeline.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("files", [{}, {"README.md": "nothing\n"}, {"src/raw/a/__main__.py": "print('hello')\n"}])
def test_nothing_to_import_is_wrong_usage(dorc, tmp_path, files):
    folder = originals.write(tmp_path / "original", files)
    folder.mkdir(exist_ok=True)
    assert "nothing to import" in dorc.fail("import", "dorc", folder, "--into", tmp_path / "new", code=64).stderr
    assert not (tmp_path / "new").exists()


def test_a_report_says_why_there_is_nothing_to_import(dorc, tmp_path):
    definition = (
        "from infrastructure.core.models.definition import PipelineDefinition\n"
        'PipelineDefinition(name="empty", functions=[])\n')
    folder = originals.write(tmp_path / "original", {"src/raw/empty/__main__.py": definition})
    result = dorc.fail("import", "dorc", folder, "--into", tmp_path / "new", code=64)
    assert "No equivalent (2)\n  src/raw/empty/__main__.py\n    2  PipelineDefinition.name: " in result.stdout
    document = json.loads(dorc.fail("import", "dorc", folder, "--json", code=64).stdout)
    assert document["isWritten"] is False and document["files"] == [] and document["report"]["noEquivalent"] > 0


def test_a_folder_that_does_not_exist_is_wrong_usage(dorc, tmp_path):
    dorc.fail("import", "dorc", tmp_path / "no", code=64)
    folder = originals.write(tmp_path / "o", originals.LAYERS)
    dorc.fail("import", "dorc", folder, "--python", "no-such", code=64)
    assert "is not a folder" in dorc.fail("import", "dorc", folder / "README.md", code=64).stderr


FUNCTIONS = [
    # (functions, steps, part of a word of the report)
    ('[Function(name="load"), Function(name="extract")]', "steps: load", "no function leads to it"),
    ('[Function(name="extract", next_function="load"), Function(name="load", next_function="extract")]',
     "steps: [extract, load]", "leads back"),
    ('[Function(name="extract", next_function="nowhere")]', "steps: extract", "no function has this name"),
    ('[Function(name="missing", next_function="load"), Function(name="load")]', "steps: load", "does not exist"),
    ('[Function(name="extract", next_function="load"), Function(name="load"), Function(name="extract")]',
     "steps: extract", "a later entry has the same name"),
    ('[Function(name=f"ext{\'ract\'}", timeout=900)]', "steps: extract", "and ignores it"),
    ('[Function(name=n) for n in ("extract", "load")]', "steps: [extract, load]", "in the order of their names"),
    ('[Function(name=pick()), Function(name="load")]', "steps: load", "only running it would tell"),
    ('[Function(name="extract", next_function=NextFunction(name="census", type=NextFunctionTypes.PIPELINE))]',
     "steps: extract", "in turn"),
    ('[Function(name="extract", next_function=NextFunction(name="load", type=KIND)), Function(name="load")]',
     "steps: [extract, load]", "it may follow"),
    ('[Function(name="extract", next_function=None)]', "steps: extract", None),
    ('[*[Function(name="extract", next_function="load")], Function(name="load")]', "steps: [extract, load]", None),
    ("[Function(name='extract', next_function='load'), *LATER, Function(name='load')]", "steps: [extract, load]",
     "it comes from outside"),
    ("[Function(**COMMON), Function(name='load')]", "steps: load", "it comes from outside"),
]


@pytest.mark.parametrize(("functions", "steps", "words"), FUNCTIONS)
def test_functions_become_steps_in_the_order_in_which_the_original_runs_them(dorc, tmp_path, functions, steps, words):
    folder = repository(tmp_path / "original", TOP + f"""
    CreatePipeline(config, PipelineDefinition(file_path=__file__, functions={functions})).apply()
    """)
    document = report(dorc, folder, tmp_path / "new")
    text = (tmp_path / "new/src/raw/census/pipeline.yaml").read_text()
    listed = re.search(r"^steps:.*(?:\n  - .*)*", re.sub(r"\n *#.*", "", text), re.M).group(0)
    names = listed.split("\n  - ")[1:]
    shown = f"steps: [{', '.join(names)}]" if len(names) > 1 else f"steps: {names[0]}" if names else listed
    assert shown.replace("[", "").replace("]", "") == steps.replace("[", "").replace("]", ""), text
    if words:
        assert any(words in entry.get("words", "") for entry in document["report"]["entries"]), document["report"]


def test_only_what_is_certain_in_every_environment_is_written(dorc, tmp_path):
    folder = repository(tmp_path / "original", TOP + """
    import pulumi
    stack = pulumi.get_stack()
    if stack == "prod":
        from envs.prod import BUCKET
    else:
        from envs.dev import BUCKET
    prefix = "first/"
    trigger = S3Trigger(name="a", bucket_name=BUCKET, key_prefix=prefix)
    prefix = "second/"
    definition = PipelineDefinition(file_path=__file__, description="old", functions=[Function(name="build")], trigger=trigger)
    setattr(definition, "description", "new")
    pipeline = CreatePipeline(config, definition)
    if stack == "prod":
        pipeline.apply()
    """, functions=["build"], others={
        "envs/dev.py": "BUCKET = 'landing-dev'\n", "envs/prod.py": "BUCKET = 'landing-prod'\n",
        "src/raw/census/Pulumi.prod.yaml": originals.stack("prod")})
    report(dorc, folder, tmp_path / "new")
    text = (tmp_path / "new/src/raw/census/pipeline.yaml").read_text()
    assert "steps: build" in text.replace("[", "").replace("]", "") and "environments: prod" in text, text
    assert "first/" not in text and "second/" not in text and "description: old" not in text, text
    assert "# TODO prefix: " in text and "# TODO description: " in text
    assert "bucket: landing-prod" in (tmp_path / "new/dorc.yaml").read_text()
    dorc.succeed("check", "--config", tmp_path / "new")


TRIGGERS = [
    ('CronTrigger(name="a", cron="cron(0 25 * * ? *)")', "# TODO schedule: "),
    ('CronTrigger(name="a", cron="every tuesday")', "# TODO schedule: "),
    ('CronTrigger(name="a", cron=os.getenv("CRON"))', "# TODO schedule: "),
    ('CronTrigger(name="a")', "# TODO schedule: "),
    ('S3Trigger(name="a", bucket_name=bucket.id, key_prefix="x/")', "# TODO bucket: "),
    ('S3Trigger(name="a", bucket_name="UPPER", key_prefix="x/")', "# TODO bucket: "),
    ('S3Trigger(name="a", bucket_name="land", key_prefix=prefix())', "# TODO prefix: "),
    ('rAPIdTrigger(domain=DOMAIN, name="areas")', "# TODO prefix: "),
    ('rAPIdTrigger(domain="d", name="areas", client_key="abc")', "RAPID_CLIENT_ID: abc"),
    ('S3Trigger(name="a", bucket_name="land", key_prefix="a${b}")', 'prefix: "a$${b}"'),
    ("make_trigger()", "# TODO triggers: "),
    ("None", "steps: "),
]


@pytest.mark.parametrize(("trigger", "line"), TRIGGERS)
def test_a_trigger_that_cannot_be_known_is_a_todo_and_the_rest_is_valid(dorc, tmp_path, trigger, line):
    folder = repository(tmp_path / "original", TOP + f"""
    CreatePipeline(config, PipelineDefinition(
        file_path=__file__, functions=[Function(name="extract")], trigger={trigger})).apply()
    """)
    report(dorc, folder, tmp_path / "new")
    text = (tmp_path / "new/src/raw/census/pipeline.yaml").read_text()
    assert line in text, text
    dorc.succeed("check", "--config", tmp_path / "new")


CONFIGS = [
    'region="mars-1", project="demo"', 'region=REGION, project=f"{x}"', 'project="10DS Core_Pipelines"',
    'region="eu-west-2", project="demo", tags={"aws:x": "y", "ok": "fine", "n": 3}', "**settings",
    'region="eu-west-2", project="demo", tags=TAGS, source_code_folder="../elsewhere"',
    'region="eu-west-2", project="demo", colour="red", rapid_layer_config=None',
    f'region="eu-west-2", project="demo", source_code_folder="{"nowhere" * 60}"',
]


@pytest.mark.parametrize("arguments", CONFIGS)
def test_a_configuration_that_dorc_does_not_take_becomes_one_that_it_does(dorc, tmp_path, arguments):
    folder = repository(tmp_path / "original", TOP + f"""
    config = Config(universal=UniversalConfig({arguments}), vpc_id="test-vpc", private_subnet_ids=["a", b])
    CreatePipeline(config, PipelineDefinition(file_path=__file__, functions=[Function(name="extract")])).apply()
    """)
    report(dorc, folder, tmp_path / "new")
    dorc.succeed("check", "--config", tmp_path / "new")


HOSTILE = {
    "deep": "x = " + "(" * 5000 + ")" * 5000,
    "number": "Function(name='x', y=" + "1" * 6000 + ")",
    "chain": "\n".join(f"x{i} = [x{i + 1}, x{i + 1}]" for i in range(60)) + "\nx60 = 1\nFunction(name=x0)",
    "texts": "\n".join(f"x{i} = f'{{x{i + 1}}}{{x{i + 1}}}'" for i in range(60)) + "\nx60 = 'y'\nFunction(name=x0)",
    "itself": "a = b\nb = a\nFunction(name=a)\nfrom __main__ import *\nfrom . import a",
    "nul": "a = 1\x00",
    "surrogate": "Function(name='\\ud800', **{'\\udc00': 1})",
    "sum": "x = " + "+".join(["'a'"] * 30000) + "\nFunction(name=x)",
    "lines": "Function(name='a\\n# b: c\\x85\\u2028d', next_function='\\x1b[31m')",
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_python_neither_crashes_nor_takes_long(dorc, tmp_path, name):
    folder = originals.write(tmp_path / "original", originals.LAYERS)
    (folder / "config" / f"{name}.py").write_text("from infrastructure.core.models.definition import *\n" + HOSTILE[name])
    result = dorc.run("import", "dorc", folder, "--into", tmp_path / "new", patience=30)
    assert result.returncode in (0, 1), program.describe(result)
    assert "\x1b" not in result.stdout + result.stderr
    if result.returncode == 0:
        assert (tmp_path / "new/src/raw/census/pipeline.yaml").exists()
        dorc.succeed("check", "--config", tmp_path / "new")
    else:
        assert f"config/{name}.py:" in result.stderr and not (tmp_path / "new").exists()


def test_links_are_followed_inside_and_told_where_they_lead_out(dorc, tmp_path):
    folder = originals.write(tmp_path / "original", originals.LAYERS)
    (tmp_path / "secret").write_text("secret\n")
    os.symlink(tmp_path / "secret", folder / "src/raw/census/extract/secret.txt")
    os.symlink("../extract/lambda.py", folder / "src/raw/census/validate/shared.py")
    os.symlink("..", folder / "src/raw/census/validate/loop")
    os.mkfifo(folder / "pipe")
    result = dorc.succeed("import", "dorc", folder, "--into", tmp_path / "new")
    for path in ("src/raw/census/extract/secret.txt", "pipe"):
        assert re.search(rf"^  {re.escape(path)}.*\n    1  \(the file\)", result.stdout, re.MULTILINE), result.stdout
    assert not (tmp_path / "new/src/raw/census/extract/secret.txt").exists()
    assert (tmp_path / "new/src/raw/census/validate/shared.py").read_text() == HANDLER
    assert "# TODO extract: src/raw/census/extract/secret.txt:1: the symbolic link" in (
        tmp_path / "new/src/raw/census/pipeline.yaml").read_text()
    os.symlink(tmp_path / "secret", folder / "config/more.py")
    assert "config/more.py:1:1\n" in dorc.fail(
        "import", "dorc", folder, "--into", tmp_path / "other", code=1).stderr
    assert not (tmp_path / "other").exists()


# Generated repositories: every argument of every class, known and unknown, and some that no class has.

CLASSES = {
    "PipelineDefinition": ["file_path", "description", "functions", "trigger", "cloudwatch_trigger", "pipeline_name"],
    "Function": ["name", "next_function"],
    "NextFunction": ["name", "type"],
    "S3Trigger": ["name", "bucket_name", "key_prefix"],
    "CronTrigger": ["name", "cron"],
    "rAPIdTrigger": ["domain", "name", "client_key"],
    "UniversalConfig": ["region", "project", "tags", "source_code_folder", "source_code_path", "config_repo_path",
                        "rapid_layer_config"],
    "Config": ["universal", "vpc_id", "private_subnet_ids", "rAPId_config", "additional_lambda_role_policy_arn",
               "additional_state_function_role_policy_arn",
               "additional_cloudevent_state_machine_trigger_role_policy_arn"],
    "LayerConfig": ["folder", "source", "target"],
    "rAPIdConfig": ["url", "prefix", "data_bucket_name", "user_pool_id", "dorc_rapid_client_id"],
}
NESTED = {
    "functions": ["Function"], "next_function": ["NextFunction"], "universal": ["UniversalConfig"],
    "trigger": ["S3Trigger", "CronTrigger", "rAPIdTrigger"], "cloudwatch_trigger": ["S3Trigger", "CronTrigger"],
    "rapid_layer_config": ["LayerConfig"], "rAPId_config": ["rAPIdConfig"],
}


class Generator:
    """Python source, with the number of its keys."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.keys = 0
        # A pipeline without functions.
        self.isEmpty = False

    def call(self, name):
        names = [key for key in CLASSES[name] if self.random.random() < 0.8] + (["surprise"] if self.random.random() < 0.2 else [])
        self.keys += len(names)
        as_mapping = name in ("Function", "NextFunction", "S3Trigger", "CronTrigger") and self.random.random() < 0.3
        values = [(key, self.value(key)) for key in names]
        if name == "PipelineDefinition" and dict(values).get("functions", "[]") == "[]":
            self.isEmpty = True
        if as_mapping:
            return "{" + ", ".join(f"{key!r}: {value}" for key, value in values) + "}"
        return f"{name}({', '.join(f'{key}={value}' for key, value in values)})"

    def value(self, key):
        chance = self.random.random()
        if chance < 0.08:
            return self.random.choice(["os.getenv('X')", "pulumi.Output.all(1)", "None", "-3", "True", "b'x'", "UNKNOWN"])
        if key in NESTED:
            inner = self.random.choice(NESTED[key])
            if key in ("functions", "rapid_layer_config"):
                return "[" + ", ".join(self.call(inner) for _ in range(self.random.randint(0, 3))) + "]"
            return repr(self.text("name")) if key == "next_function" and chance < 0.5 else self.call(inner)
        if key == "tags":
            names = self.random.sample(["a", "b", "aws:c", "d e"], self.random.randint(0, 3))
            self.keys += len(names)
            return "{" + ", ".join(f"{name!r}: {self.text(name)!r}" for name in names) + "}"
        if key == "private_subnet_ids":
            return repr([self.text(key) for _ in range(self.random.randint(0, 2))])
        if key == "type":
            return self.random.choice(["NextFunctionTypes.PIPELINE", "NextFunctionTypes.FUNCTION", "'Pipeline'"])
        if key == "file_path":
            return "__file__"
        return repr(self.text(key))

    def text(self, key):
        good = {"vpc_id": "vpc-0d0d0d0d0d0d0d0d0", "private_subnet_ids": "subnet-0d0d0d0d0d0d0d0d1", "region": "eu-west-2",
                "cron": "cron(0 6 * * ? *)", "bucket_name": "landing"}
        if "policy_arn" in key:
            good[key] = "arn:aws:iam::111122223333:policy/p"
        odd = ["", "extract", "load", "a b", "${x}", "ünï", "/", "UPPER", "x" * 300, "{% 1 %}", "no", "a: b", "# c", "1.50"]
        return good[key] if key in good and self.random.random() < 0.7 else self.random.choice(odd)


@pytest.mark.parametrize("seed", range(16))
def test_no_key_is_dropped_and_what_is_written_passes_check(dorc, tmp_path, seed):
    generator = Generator(seed)
    lines = [f"    config{i} = {generator.call('Config')}\n" for i in range(2)]
    lines.append("    CreateInfra(config0).apply()\n")
    lines.append(f"    CreatePipeline(config1, {generator.call('PipelineDefinition')}).apply()\n")
    folder = repository(tmp_path / "original", TOP + "".join(lines))
    # The arguments of the creators, and `environment` with the mapping around it and the salt.
    generator.keys += 3 + 3
    result = dorc.run("import", "dorc", folder, "--into", tmp_path / "new", "--json")
    if generator.isEmpty:
        assert result.returncode == 64 and not (tmp_path / "new").exists(), program.describe(result)
        return
    assert result.returncode == 0, program.describe(result)
    found = json.loads(result.stdout)["report"]
    keys = [entry for entry in found["entries"] if re.match(r"^(config|encryptionsalt|[A-Za-z]\w*\.)", entry["key"])]
    # An item of a list that is not an object is told beside its list.
    keys = [entry for entry in keys if not re.fullmatch(r"PipelineDefinition\.functions\[\d+\]", entry["key"])]
    assert len(keys) == generator.keys
    assert found["keys"] == found["takenOver"] + found["differs"] + found["noEquivalent"] == len(found["entries"])
    assert not [entry for entry in keys if entry.get("words") == "the importer does not know this key"]
    assert not [entry for entry in found["entries"] if entry.get("words", "").startswith("internal-error")]
    dorc.succeed("check", "--config", tmp_path / "new")
