"""What `check` says of a `lambda.py`, compared with Python's own parser over real files."""

from __future__ import annotations

import ast
import io
import random
import re
import sysconfig
import tokenize
from pathlib import Path

import program
import pytest

IDS = {"no-handler", "async-handler", "empty-function", "merge-marks"}
# What makes a name appear that no statement binds; the scanner says nothing then.
DYNAMIC = {
    "globals", "exec", "locals", "vars", "setattr", "__dict__", "__getattr__", "modules", "f_globals", "f_locals",
    "__setattr__", "__setitem__",
}  # fmt: skip
# States that one pipeline of the test has.
WIDTH = 100


def findings(dorc, root: Path, sources: list[bytes], ids: set[str] = IDS) -> list[set[str]]:
    """What is said of each source as the lambda.py of a function."""
    files: dict[str, str | bytes] = {
        "dorc.yaml": "project: acme\nregion: eu-west-2\nenvironments: {dev: {}}\n",
        "Dockerfile": 'FROM scratch\nCMD ["lambda.handler"]\n',
    }
    for number, source in enumerate(sources):
        pipeline, function = divmod(number, WIDTH)
        files[f"src/raw/p{pipeline}/f{function}/lambda.py"] = source
        files[f"src/raw/p{pipeline}/pipeline.yaml"] = f"steps: [{', '.join(f'f{each}' for each in range(min(WIDTH, len(sources) - pipeline * WIDTH)))}]\n"
    program.write_files(root, files)
    found: list[set[str]] = [set() for _ in sources]
    for each in dorc.diagnostics("check", "--config", root):
        if each["id"] in ids:
            _, _, pipeline, function, _ = each["file"].split("/")
            found[int(pipeline[1:]) * WIDTH + int(function[1:])].add(each["id"])
    return found


class Bindings(ast.NodeVisitor):
    """What a module's top level binds, statements in bodies of functions and classes left out."""

    def __init__(self, name: str):
        self.name, self.bound, self.star, self.coroutines, self.others = name, False, False, 0, 0

    def bind(self, name: str | None) -> None:
        if name == self.name:
            self.others += 1

    def visit_FunctionDef(self, node):
        self.bind(node.name)

    def visit_ClassDef(self, node):
        self.bind(node.name)

    def visit_AsyncFunctionDef(self, node):
        if node.name == self.name and not node.decorator_list:
            self.coroutines += 1
        else:
            self.bind(node.name)

    def visit_Lambda(self, node):
        pass

    def visit_Name(self, node):
        if isinstance(node.ctx, ast.Store):
            self.bind(node.id)

    def visit_comprehension(self, node):
        # Its own names stay in it; what `:=` binds does not.
        for part in (node.iter, *node.ifs):
            self.visit(part)

    def visit_alias(self, node):
        self.star |= node.name == "*"
        self.bind(node.asname or node.name.split(".")[0])

    def visit_ExceptHandler(self, node):
        self.bind(node.name)
        self.generic_visit(node)

    def visit_MatchAs(self, node):
        self.bind(node.name)
        self.generic_visit(node)

    visit_MatchStar = visit_MatchAs

    def visit_MatchMapping(self, node):
        self.bind(node.rest)
        self.generic_visit(node)

    def visit_AnnAssign(self, node):
        if node.value is not None:
            self.visit(node.target)


def expected(source: bytes, name="handler") -> set[str] | None:
    """None where nothing may be said."""
    tree = ast.parse(source)
    if not tree.body:
        return {"empty-function"}
    bindings = Bindings(name)
    bindings.visit(tree)
    if bindings.star or dynamic_words(source) or is_global(name, source, tree):
        return None
    if bindings.others:
        return set()
    return {"async-handler"} if bindings.coroutines else {"no-handler"}


def dynamic_words(source: bytes) -> set[str]:
    # Few files have one of them at all, and reading tokens takes long.
    if not any(word.encode() in source for word in DYNAMIC):
        return set()
    tokens = list(tokenize.tokenize(io.BytesIO(source).readline))
    words = {token.string for token in tokens if token.type == tokenize.NAME}
    # What is written in the fields of f-strings is not told from their text.
    formats = [token.string for token in tokens if token.type == tokenize.STRING and re.match("[rR]?[fF]", token.string)]
    return words & DYNAMIC | {word for word in DYNAMIC if any(word in text for text in formats)}


def is_global(name: str, source: bytes, tree: ast.Module) -> bool:
    if b"global" not in source:
        return False
    return any(isinstance(node, ast.Global) and name in node.names for node in ast.walk(tree))


def real_files(limit: int) -> dict[bytes, set[str] | None]:
    """What is expected of files of the standard library and of installed packages that this Python can parse."""
    folders = [Path(sysconfig.get_path(name)) for name in ("stdlib", "purelib")]
    paths = sorted({path for folder in folders for path in folder.rglob("*.py")})
    random.Random(8).shuffle(paths)
    sources = {}
    for path in paths:
        if len(sources) == limit:
            break
        try:
            source = path.read_bytes()
            if len(source) < 40_000:
                sources[source] = expected(source)
        except (SyntaxError, ValueError, OSError, RecursionError, tokenize.TokenError, MemoryError):
            continue
    return sources


BINDINGS = [
    "def handler(event, context): pass", "def handler(\n    event,\n    context,\n): return {'a': 1}", "handler = print",
    "first = handler = None", "handler: object = print", "(a, *handler), b = [1, 2], 3", "[handler] = [1]",
    "from os import path as handler", "from os import (\n    path,\n    sep as handler,  # comment\n)", "import os.path as handler",
    "import handler", "class handler: pass", "if True:\n    def handler(e, c):\n        return 1", "try:\n\timport x\nexcept ImportError:\n\thandler = 1",
    "for handler in (): pass", "with open('x') as handler: pass", "print(handler := 1)", "x = 1; handler = 2",
    "if (y := 1): handler = 2", "@decorator\nasync def handler(e, c): pass", "match 1:\n    case handler: pass",
    "while False: handler = lambda e, c: e", "else_ = {lambda: 1: 2}; handler = 3", "handler \\\n    = 1",
    "try: pass\nfinally: handler = 1", "[x for x in range(3) if (handler := x)]", "a = b, handler = 1, 2",
]  # fmt: skip
NOT_BINDINGS = [
    "handler: int", "handlers = 1", "x.handler = 1", "x[handler] = 1", "x = dict(handler=1)", "f(handler=1)", "'handler = 1'",
    "# def handler(): pass", '"""\ndef handler(event, context): pass\n"""', "def outer():\n    def handler(): pass\n    handler = 1",
    "class A:\n    handler = 1\n    def handler(self): pass", "x = lambda handler: handler", "handler.x = 1", "if handler == 1: pass",
    "import os.handler", "from handler import x", "from os import handler as other", "x = 1 if handler else 2",
    "class A: handler = 1", "def f(): handler = 1; return handler", "f'''\nhandler = {1}\n'''", "rb'\\'; handler = 1 # '",
    "x = [handler for handler in ()]", "def f(x=[\n1]):\n  handler = 1\n", "x = (\nhandler\n)", "x: handler = 1",
]  # fmt: skip


def test_small_modules(dorc, tmp_path):
    sources = [each.encode() for each in BINDINGS + NOT_BINDINGS]
    sources += [b"", b"\n\n", b"# only\r\n#comments", b"\xef\xbb\xbf", b"async def handler(e, c): pass\n", b'"""doc"""',
                b"\xef\xbb\xbfdef handler(e, c): pass\r\n", b"def f(): pass\rhandler = f\r", b"# coding: latin-1\n\xe9 = 1\nhandler = 2\n",
                b"def f():\n\tpass\n        # comment\n\thandler = 1\nx = 2\n", b"if 1:\n\x0c    handler = 2\n"]  # fmt: skip
    found = findings(dorc, tmp_path, sources)
    for source, ids in zip(sources, found):
        assert ids == expected(source), source


@pytest.mark.parametrize(
    "source",
    ["f'{x['a']}'\nhandler = 1", "f'{'\\''}{x!r:>{w}}{{'\nhandler = 1", "f\"{f\"{f'{1}'}\"}\"\nhandler = 1", "t'{x}'\nhandler = 1",
     "f'\\N{DASH}{\n1}'\nhandler = 1", "type handler = int", "def f[T: int](x): pass\nhandler = f"],  # fmt: skip
)
def test_what_newer_pythons_read(dorc, tmp_path, source):
    assert findings(dorc, tmp_path, [source.encode()]) == [set()]


@pytest.mark.parametrize(
    "source",
    ["x = 1\n<<<<<<< HEAD\nhandler = 1\n=======\nhandler = 2\n>>>>>>> other\n", "x = (\n<<<<<<< HEAD\n1\n", "def f():\n    a\n=======\n"],
)
def test_merge_marks(dorc, tmp_path, source):
    with pytest.raises(SyntaxError):
        ast.parse(source)
    assert findings(dorc, tmp_path, [source.encode()]) == [{"merge-marks"}]


@pytest.mark.parametrize("source", ['"""\n<<<<<<< HEAD\n=======\n>>>>>>> x\n"""\nhandler = 1\n', "# =======\nhandler = 1\n", "handler = 1\n# x\n"])
def test_what_only_looks_like_merge_marks(dorc, tmp_path, source):
    ast.parse(source)
    assert findings(dorc, tmp_path, [source.encode()]) == [set()]


HOSTILE = {
    "number": "1", "point": ".5", "exponent": "1e", "imports": "from m import " + "a " * 300_000, "commas": "import " + "a," * 200_000,
    "f": "f'" + "{" * 300_000, "quotes": "'" * 300_001, "brackets": "[" * 300_000, "indent": " " * 500_000 + "x", "lambda": "lambda:" * 100_000,
    "equals": "a=" * 200_000 + "1", "lines": "x\n" * 200_000, "if": "if x:" * 100_000, "back": "\\\n" * 200_000, "semi": ";" * 300_000,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_code_neither_crashes_nor_takes_long(dorc, tmp_path, name):
    [ids] = findings(dorc, tmp_path, [HOSTILE[name].encode()])
    assert ids <= {"no-handler", "empty-function"}


def test_any_bytes(dorc, tmp_path):
    source = random.Random(5)
    pieces = [b"def", b" handler", b"(", b")", b":", b"\n", b" ", b"\t", b"'", b'"', b"f'", b"{", b"}", b"\\", b"=", b"#", b"1", b".", b"e", b"\xff",
              b"import ", b"from ", b"as ", b"*", b",", b"lambda", b"async ", b"class ", b"case ", b"[", b"]", b";", b"<<<<<<< ", b"\r", b"!"]  # fmt: skip
    sources = [b"".join(source.choice(pieces) for _ in range(source.randint(1, 12))) for _ in range(3000)]
    found = findings(dorc, tmp_path, sources)
    for code, ids in zip(sources, found):
        try:
            wanted = expected(code)
        except (SyntaxError, ValueError, tokenize.TokenError, IndexError):
            continue
        assert ids == (wanted or set()) or wanted is None and not ids, code


@pytest.mark.parametrize("source", ["handler = (", "'open", "def f(:\n", "x = 1 \\ 2", "\x00", "((((" * 10_000, "f'{" * 5_000, "]"])
def test_what_is_no_python_is_left_to_python(dorc, tmp_path, source):
    assert findings(dorc, tmp_path, [source.encode()]) == [set()] or "f(:" in source


def test_real_files_as_they_are_and_changed(dorc, tmp_path):
    """1,000 real files: no false alarm, and none missed, before and after a handler is put in or taken out."""
    source = random.Random(88)
    originals = real_files(1000)
    sources, wanted = [], []
    for original, ids in originals.items():
        sources.append(original)
        wanted.append(ids)
        lines = original.decode("utf-8", "surrogateescape").splitlines(keepends=True)
        starts = [node.lineno for node in ast.parse(original).body if not isinstance(node, ast.ImportFrom) or node.module != "__future__"]
        if not lines or not starts or b"from __future__" in original or b"\x0c" in original:
            continue
        binding = source.choice(BINDINGS) + "\n"
        place = source.choice(starts[1:] or starts) - 1
        changed = "".join([*lines[:place], binding, *lines[place:]]).encode("utf-8", "surrogateescape")
        try:
            ids = expected(changed)
        except (SyntaxError, ValueError, tokenize.TokenError):
            continue  # between a decorator and its function, inside a joined line
        sources.append(changed)
        wanted.append(ids)
    assert len(sources) > 1300 and wanted.count({"no-handler"}) > 400 and wanted.count(set()) > 250
    found = []
    for start in range(0, len(sources), 600):
        found += findings(dorc, tmp_path / str(start), sources[start : start + 600])
    false_alarms = [index for index in range(len(sources)) if found[index] and found[index] != wanted[index]]
    assert not false_alarms, (len(false_alarms), sources[false_alarms[0]][:2000], found[false_alarms[0]], wanted[false_alarms[0]])
    missed = [index for index in range(len(sources)) if wanted[index] and not found[index]]
    assert not missed, (len(missed), sources[missed[0]][:3000])


@pytest.mark.parametrize(
    ("source", "line", "help"),
    [
        ("def main(event, context): pass\n", 1, "rename `main`"),
        ("def main(event, *, context=None): pass\n", 1, "(event, context)"),
        ("def main(*args): pass\n", 1, "rename `main`"),
        ("def main(a, b=f(1, 2), /, *, c=1): pass\n", 1, "rename `main`"),
        ("def main(a: dict[str, int], /): pass\n", 1, "(event, context)"),
        ("def main(**rest): pass\n", 1, "(event, context)"),
        ("def main(): pass\n", 1, "`def handler(event, context):` instead of `main`"),
        ("def outer():\n    def handler(event, context): pass\n", 2, "inside `outer`: define it at the top level"),
        ("class A:\n    @b\n    async def handler(self): pass\n", 3, "inside `A`"),
        ("def outer(a, b):\n    def other(): pass\n", 1, "rename `outer`"),
    ],
)
def test_what_the_message_suggests(dorc, tmp_path, source, line, help):
    findings(dorc, tmp_path, [source.encode()])
    [finding] = dorc.diagnostics("check", "--config", tmp_path)
    assert (finding["id"], finding["line"]) == ("no-handler", line) and help in finding["help"]
