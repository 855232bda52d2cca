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
    # One of two modules.
    ("if stack == 'prod':\n    from one import X\nelse:\n    from two import X", "X",
     {"if": ["prod"], "not": False, "then": "1", "else": "2"}),
    ("if stack == 'prod':\n    import one as e\nelse:\n    import two as e", "e.X",
     {"if": ["prod"], "not": False, "then": "1", "else": "2"}),
    ("if stack == 'prod':\n    from one import *\nelse:\n    from two import *", "X", "<unknown>"),
    ("if stack == 'prod':\n    from one import X\nelif stack == 'test':\n    from two import X\nelse:\n    from settings import X",
     "X", "<unknown>"),
    ("X = 'a'\nif stack == 'prod':\n    from one import X", "X", "<unknown>"),
    ("if stack == 'prod':\n    from one import X\nelse:\n    from one import X", "X", "1"),
    ("try:\n    from one import X\nexcept ImportError:\n    from two import X", "X", "1"),
    ("try:\n    from one import X\nexcept KeyError:\n    from two import X", "X", "<unknown>"),
    ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from one import X\nelse:\n    from two import X", "X", "2"),
    # What is bound anew after it was used.
    ("x = 'a'\ny = x\nif stack == 'prod':\n    x = 'b'", "y", "<unknown>"),
    ("x = 'a'\ny = x\nfrom one import X as x", "y", "<unknown>"),
    ("x = 'a'\nfrom one import X as x", "x", "1"),
    ("x = 'a'\ndef f():\n    return x\nif stack == 'prod':\n    x = 'b'", "x", {"if": ["prod"], "not": False, "then": "b", "else": "a"}),
    ("x = ['a']\ny = x + []\nx.append('b')", "'/'.join(y)", "<unknown>"),
    ("from one import *\ny = X\nX = 'b'", "y", "<unknown>"),
    # Stars.
    ("X = 'a'\nfrom one import *", "X", "1"),
    ("X = 'a'\ny = X\nfrom one import *", "y", "<unknown>"),
    ("from one import *\nX = 'a'", "X", "a"),
    ("from one import *\nfrom two import *", "X", "2"),
    ("from one import *\ny = X\nfrom two import *", "y", "<unknown>"),
    ("from one import *\nfrom listed import *", "X", "1"),
    ("from listed import *", "KEY", "k"),
    ("_P = 'a'\nfrom one import *", "_P", "a"),
    ("_P = 'a'\nfrom listed_otherwise import *", "_P", "a"),
    ("X = 'a'\nfrom listed_otherwise import *", "X", "<unknown>"),
    # Or.
    ("", '"" or "b"', "b"),
    ("prod = stack == 'prod'", '"a" if not prod else "b"', {"if": ["prod"], "not": True, "then": "a", "else": "b"}),
    # What a function gets, and may change.
    ("x = {'a': 1}\ndef f(o): o['a'] = 2\nf(x)", "x", "<unknown>"),
    ("x = ['a']\nimport helper\nhelper.f(items=x)", "x", "<unknown>"),
    ("x = ['a']\nprint(x)\npulumi.export('x', x)", "x", ["a"]),
    ("x = 'a'\nimport helper\nhelper.f(x, stack)", "x + stack", ("a", "<stack>")),
]


@pytest.mark.parametrize(("before", "expression", "expected"), VALUES)
def test_a_value_is_what_running_would_give_or_unknown(before, expression, expected):
    settings = ("import pulumi\nX = 's'\nL = [0]\nconf = pulumi.Config()\nenv = pulumi.get_stack()\n")
    found = facts(
        f"{before}\nFunction(name={expression})", settings=settings, one="X = '1'\n_P = 'p'", two="X = '2'",
        listed="__all__ = ['KEY']\nX = '3'\nKEY = 'k'", listed_otherwise="__all__ = [n for n in dir()]\nX = '4'")
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


@pytest.mark.parametrize(("change", "changed"), [
    ("setattr(d, 'description', 'b')", "description"), ("tweak(d)", "trigger"), ("register(d)", "**"),
    ("def f():\n    register(d)", "**"), ("print(d)", None), ("register(d.description)", "description")])
def test_an_object_that_a_function_gets_may_be_another_afterwards(change, changed):
    found = facts(f"def tweak(o):\n    o.trigger = None\nfrom others import register\n"
                  f"d = PipelineDefinition(description=['a'], functions=[])\n{change}")
    args = {arg["name"]: arg["value"]["kind"] for arg in found["calls"][0]["args"]}
    assert args == {"description": "list", "functions": "list"} | ({changed: "unknown"} if changed else {})


@pytest.mark.parametrize(("code", "when"), [
    ("CreatePipeline(c, d).apply()", []),
    ("if stack == 'prod':\n    CreatePipeline(c, d).apply()", [(["prod"], False)]),
    ("if stack == 'prod':\n    pass\nelse:\n    CreatePipeline(c, d).apply()", [(["prod"], True)]),
    ("p = CreatePipeline(c, d)\nif stack != 'dev':\n    p.apply()", [(["dev"], True)]),
    ("def main():\n    x = 1\n    if stack == 'dev':\n        CreatePipeline(c, d).apply()", [(["dev"], False)]),
    ("if os.getenv('X'):\n    CreatePipeline(c, d).apply()", ["unknown"]),
    ("p = CreatePipeline(c, d)\nif stack == 'a':\n    p.apply()\nelif stack == 'b':\n    p.apply()", ["unknown"]),
    ("if __name__ == '__main__':\n    CreatePipeline(c, d).apply()", []),
])
def test_the_conditions_of_making_and_applying_are_told(code, when):
    (call,) = [call for call in facts(f"c = d = None\n{code}")["calls"] if call["class"] == "CreatePipeline"]
    assert [(value["values"], value["isNegated"]) if value["kind"] == "conditional" else value["kind"]
            for value in call["when"]] == when


def test_a_copy_with_an_update_is_an_object_of_its_own():
    found = facts("base = PipelineDefinition(description='a', functions=[])\n"
                  "new = base.copy(update={'description': 'b'})\nCreatePipeline(None, new)")
    base, create, new = found["calls"]
    assert base["isCopied"] and create["args"][1]["value"]["call"] == 2
    assert {arg["name"]: short(arg["value"]) for arg in new["args"]} == {"functions": [], "description": "b"}


@pytest.mark.parametrize(("files", "expected"), [
    ({"settings.py": "X = 'root'", "shared/settings.py": "X = 'beside'"}, "root"),
    ({"src/raw/census/settings.py": "X = 'program'", "settings.py": "X = 'root'"}, "program"),
    ({"src/raw/settings.py": "X = 'between'", "settings.py": "X = 'root'"}, "<unknown>"),
    ({"src/raw/census/settings.py": "X = 'program'", "settings.py": "X = 'root'",
      "src/raw/other/__main__.py": "from shared.base import Y"}, "<unknown>"),
])
def test_a_module_is_looked_for_from_the_programs_folder(files, expected):
    files = {PATH: TOP + "from shared.base import Y\nFunction(name=Y)", "shared/base.py": "from settings import X\nY = X"} | files
    found = Facts({path: text.encode() for path, text in files.items()}).all()
    assert short(found["calls"][0]["args"][0]["value"]) == expected


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
