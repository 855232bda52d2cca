"""`dorc_reader`: what the Python files of an original define, found without running them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "Sources/DorcImport/Dorc"
sys.path.insert(0, str(FOLDER))

from dorc_reader.facts import Facts  # noqa: E402

PATH = "src/raw/census/__main__.py"
TOP = "import os\nimport pulumi\nfrom pathlib import Path\nfrom infrastructure.core.models.definition import *\nstack = pulumi.get_stack()\n"


def facts(text, **others):
    files = {PATH: TOP + textwrap.dedent(text)} | {f"src/raw/census/{name}.py": code for name, code in others.items()}
    return Facts({path: code.encode() for path, code in files.items()}).all()


def short(value):
    """A value in few words."""
    kind = value["kind"]
    if kind == "text":
        return value["value"]
    if kind in ("number", "boolean"):
        return json.loads(value["value"]) if kind == "number" else value["value"]
    if kind == "list":
        return [short(item) for item in value["items"]]
    if kind == "mapping":
        return {entry["key"]: short(entry["value"]) for entry in value["entries"]}
    if kind == "joined":
        return tuple(short(part) for part in value["parts"])
    if kind == "conditional":
        return {"if": value["values"], "not": value["isNegated"], "then": short(value["then"]), "else": short(value["else"])}
    if kind == "setting":
        name = ":".join(part for part in (value["namespace"], value["key"]) if part)
        return "$" + ".".join(map(str, [name, *value["path"]]))
    return f"<{kind}>"


VALUES = [
    # (what is before, an expression, what it is)
    ("", '"a" "b"', "ab"),
    ("", 'f"a-{stack}"', ("a-", "<stack>")),
    ("A = 'x'\nB = A", "B", "x"),
    ("", '"{}-{b}".format("a", b=stack)', ("a-", "<stack>")),
    ("", '"%s-%d%%" % (stack, 3)', ("<stack>", "-3%")),
    ("", '"%(a)s" % {"a": "x"}', "x"),
    ("", '"/".join(["a", stack, ""])', ("a/", "<stack>", "/")),
    ("", '"a,b".split(",")', ["a", "b"]),
    ("", 'pulumi.Config().require("a").split(",")', "<split>"),
    ("", '" A ".strip().lower()', "a"),
    ("X = {'a': 1}", "X | {'b': 2}", {"a": 1, "b": 2}),
    ("X = {'a': 1}", "dict(X, b=2)", {"a": 1, "b": 2}),
    ("X = [1]", "[*X, 2] + [3]", [1, 2, 3]),
    ("", "[1, *os.listdir()]", [1, "<unknown>"]),
    ("", '{"a": 1, **os.environ}', {"a": 1, "**": "<unknown>"}),
    ("", '{**os.environ, "a": 1}["a"]', "<unknown>"),
    ("", '{"dev": 1}[stack]', "<chosen>"),
    ("", '{"dev": 1}.get("prod")', "<none>"),
    ("", '"a" if stack == "prod" else "b"', {"if": ["prod"], "not": False, "then": "a", "else": "b"}),
    ("", '"a" if stack not in ("dev", "test") else "b"', {"if": ["dev", "test"], "not": True, "then": "a", "else": "b"}),
    ("if stack == 'prod':\n    x = 'a'\nelse:\n    x = 'b'", "x", {"if": ["prod"], "not": False, "then": "a", "else": "b"}),
    ("x = 'b'\nif stack == 'prod':\n    x = 'a'", "x", {"if": ["prod"], "not": False, "then": "a", "else": "b"}),
    ("if os.getenv('X'):\n    x = 'a'\nelse:\n    x = 'b'", "x", "<unknown>"),
    ("x = 'a'\nx = 'b'", "x", "<unknown>"),
    ("x = 'a'\nfor x in []: pass", "x", "<unknown>"),
    ("def f():\n    global x\n    x = 1\nx = 2", "x", "<unknown>"),
    ("x = ['a']\nx.append('b')\nx.extend(['c'])", "x", ["a", "b", "c"]),
    ("x = ['a']\nfor i in range(3): x.append(i)", "x", "<unknown>"),
    ("x = ['a']\ny = x\ny.append('b')", "x", "<unknown>"),
    ("x = {'a': 1}\nx['a'] = 2", "x", "<unknown>"),
    ("x = {'a': {'b': 1}}\nx['a'].update(b=2)", "x", "<unknown>"),
    ("from settings import X", "X", "s"),
    ("import settings", "settings.X", "s"),
    ("from settings import *", "X", "s"),
    ("import settings\nsettings.L.append(1)", "settings.L", "<unknown>"),
    ("from settings import L\nL.append(1)", "L", "<unknown>"),
    ("", "str(Path(__file__).resolve())", "<file>"),
    ("", "Path(__file__).parent / '__main__.py'", "<folder>"),
    ("", "os.environ['A']", "<unknown>"),
    ("", "NextFunctionTypes.PIPELINE.value", "Pipeline"),
    ("", 'pulumi.Config("net").require_object("vpc")["ids"][0]', "$net:vpc.ids.0"),
    ("import json", 'json.loads(pulumi.Config().require("vpc"))["id"]', "$vpc.id"),
    ("c = pulumi.Config()", 'c.get_object("vpc").get("id", "x")', "$vpc.id"),
    ("from pulumi import Config as C\nc = C()\nr = c.require", 'c.require_int("n")', "$n"),
    ("from settings import conf", 'conf.get_secret("n")', "$n"),
    ("from settings import env", 'f"{env}"', ("<stack>",)),
]


@pytest.mark.parametrize(("before", "expression", "expected"), VALUES)
def test_a_value_is_what_running_would_give_or_unknown(before, expression, expected):
    settings = ("import pulumi\nX = 's'\nL = [0]\nconf = pulumi.Config()\nenv = pulumi.get_stack()\n")
    found = facts(f"{before}\nFunction(name={expression})", settings=settings)
    (call,) = [call for call in found["calls"] if call["class"] == "Function"]
    assert short(call["args"][0]["value"]) == expected
    json.dumps(found)


CHANGES = [
    "d.description = 'b'", "d.description += 'b'", "def f():\n    d.description = 'b'", "e = d\ne.description = 'b'",
]


@pytest.mark.parametrize("change", CHANGES)
def test_an_argument_that_code_changes_later_is_unknown_with_its_line(change):
    found = facts(f"d = PipelineDefinition(description='a', functions=[])\n{change}")
    args = {arg["name"]: arg["value"] for arg in found["calls"][0]["args"]}
    assert args["description"]["kind"] == "unknown" and f"{PATH}:" in args["description"]["why"]
    assert args["functions"]["kind"] == "list"


IMPORTS = [
    "from infrastructure.core.models.definition import Function as F\nF(name='a')",
    "import infrastructure.core.models.definition as d\nd.Function(name='a')",
    "import infrastructure.core.models.definition\ninfrastructure.core.models.definition.Function(name='a')",
    "try:\n    from infrastructure.core import Function\nexcept ImportError:\n    pass\nFunction(name='a')",
    "def main():\n    from infrastructure.core import Function\n    Function(name='a')",
    "F = Function\nF(name='a')",
    "Function.parse_obj({'name': 'a'})",
    "Function(**{'name': 'a'})",
]


@pytest.mark.parametrize("text", IMPORTS)
def test_the_originals_classes_are_found_however_they_are_imported(text):
    (call,) = facts(text)["calls"]
    assert call["class"] == "Function" and [arg["name"] for arg in call["args"]] == ["name"]


@pytest.mark.parametrize("text", [
    "from botocore.config import Config\nConfig(retries=3)", "import pulumi_aws as aws\naws.lambda_.Function('x')",
    "class Function: pass\nFunction(name='a')", "def f(Function):\n    Function(name='a')",
])
def test_classes_of_others_with_the_same_name_are_not(text):
    assert facts(text)["calls"] == []


def test_an_object_that_a_function_applies_is_applied():
    found = facts("def f():\n    p = CreatePipeline(c, d)\n    p.apply()\nq = CreateInfra(c)\nCreateUniversal(c).apply()")
    assert [found["calls"][index]["class"] for index in found["applied"]] == ["CreatePipeline", "CreateUniversal"] or [
        found["calls"][index]["class"] for index in found["applied"]] == ["CreateUniversal", "CreatePipeline"]


def test_every_read_of_a_setting_is_told():
    found = facts("cfg = pulumi.Config('x')\nprint(cfg.require('a'), [cfg.get_int(key) for key in 'b'])")
    assert [(read["namespace"], read["key"], read["at"][1]) for read in found["reads"]] == [("x", "a", 7)]


@pytest.mark.parametrize("version", ["3.9", "3.10", "3.11", "3.12", "3.13"])
def test_every_python_from_3_9_tells_the_same(version, tmp_path):
    python = shutil.which(f"python{version}")
    if python is None or subprocess.run([python, "-V"], capture_output=True).returncode != 0:
        pytest.skip(f"there is no Python {version}")
    texts = {PATH: TOP + "".join(f"Function(name={expression})\n" for before, expression, _ in VALUES if not before)}
    (tmp_path / "input.json").write_text(json.dumps({"files": texts}))
    program = f"import sys; sys.path.insert(0, {str(FOLDER)!r}); from dorc_reader.main import main; main()"
    result = subprocess.run([python, "-I", "-S", "-B", "-c", program, tmp_path / "input.json"], capture_output=True)
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout) == Facts({path: text.encode() for path, text in texts.items()}).all()
