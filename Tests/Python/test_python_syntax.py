"""Mistakes in a `lambda.py` that `check` is sure of: every file that Python reads passes, and what it reports, Python refuses."""

from __future__ import annotations

import ast
import random
import sysconfig
import warnings
from pathlib import Path

import pytest
from test_function_code import findings

SYNTAX = {"python-syntax"}
IMPORT = {"relative-import"}


def is_python(source: bytes) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(source, "lambda.py", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def files() -> list[bytes]:
    folders = [Path(sysconfig.get_path(name)) for name in ("stdlib", "purelib")]
    paths = sorted({path for folder in folders for path in folder.rglob("*.py")})
    random.Random(21).shuffle(paths)
    sources = (path.read_bytes() for path in paths if path.is_file() and path.stat().st_size < 60_000)
    return [source for _, source in zip(range(1200), sources)]


@pytest.fixture(scope="module")
def real() -> list[bytes]:
    return files()


def imports_relatively(source: bytes) -> bool:
    if b"__package__" in source:
        return False
    return any(isinstance(node, ast.ImportFrom) and node.level and not node.col_offset for node in ast.parse(source).body)


def test_what_python_reads_passes(dorc, tmp_path, real):
    good = [source for source in real if is_python(source)]
    assert len(good) > 900
    found = findings(dorc, tmp_path, good, SYNTAX | IMPORT)
    for source, ids in zip(good, found):
        assert "python-syntax" not in ids, source
        assert ("relative-import" in ids) == imports_relatively(source), source
    assert sum("relative-import" in ids for ids in found) > 20


def broken(source: bytes, random_: random.Random) -> bytes:
    """With one character more, less or other, or without its end."""
    place = random_.randrange(len(source))
    marks = [index for index, byte in enumerate(source) if byte in b"()[]{}'\":\\"]
    if marks and random_.random() < 0.7:
        place = random_.choice(marks)
    what = random_.random()
    if what < 0.5:
        return source[:place] + source[place + 1 :]
    if what < 0.9:
        return source[:place] + random_.choice([b"(", b")", b"[", b"]", b"{", b"}", b"'", b'"', b"\\", b":", b"\xe9"]) + source[place:]
    return source[:place]


def test_what_is_reported_python_refuses(dorc, tmp_path, real):
    random_ = random.Random(22)
    sources = [broken(source, random_) for source in real if 0 < len(source) < 20_000]
    found = findings(dorc, tmp_path, sources, SYNTAX)
    for source, ids in zip(sources, found):
        if ids:
            assert not is_python(source), source
    refused = [bool(ids) for source, ids in zip(sources, found) if not is_python(source)]
    # The rest takes a parser, or is in an f-string.
    assert sum(refused) > len(refused) * 0.5, (sum(refused), len(refused))


HANDLER = b"def handler(event, context):\n    return event\n"


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [
        (b"def handler(event, context)\n    return event\n", 1, 27),
        (b"def handler(event, context) -> dict\n    return event\n", 1, 32),
        (HANDLER + b"x = (1,\n", 3, 5), (HANDLER + b"x = [1, (2]\n", 3, 11), (HANDLER + b"x = 1)\n", 3, 6),
        (HANDLER + b"x = 'a\n", 3, 5), (HANDLER + b'x = 1\ny = """a\nb\n', 4, 5), (HANDLER + b"x = 1 + \\ \n  2\n", 3, 9),
        (b"x = 'caf\xe9'\n" + HANDLER, 1, 9), (b"\xff\xfed\0e\0f\0", 1, 1), (b"class A\n  x = 1\n", 1, 7),
        (b"def helper():\n    print('a\n" + HANDLER, 2, 11),
    ],
)  # fmt: skip
def test_the_place_of_a_mistake(dorc, tmp_path, source, line, column):
    assert not is_python(source)
    assert findings(dorc, tmp_path, [source], SYNTAX) == [SYNTAX]
    [found] = [each for each in dorc.diagnostics("check", "--config", tmp_path) if each["id"] == "python-syntax"]
    assert (found["line"], found["column"]) == (line, column)


@pytest.mark.parametrize(
    "source",
    [
        b"# coding: latin-1\n# caf\xe9\n" + HANDLER, b"#!/usr/bin/python\n# -*- coding: latin-1 -*-\nx = 'caf\xe9'\n" + HANDLER,
        b"# vim: set fileencoding=latin-1 :\nx = 'caf\xe9'\n" + HANDLER, "x = 'café'\n".encode() + HANDLER, b"# caf\xe9\n" + HANDLER, b"\xef\xbb\xbf" + HANDLER,
        b"x = '''(\n[{'''\n" + HANDLER, b"# ( [ '\n" + HANDLER, b"x = '(' '\\'' \"[\"\n" + HANDLER, b"x = r'\\'' # '\n" + HANDLER,
        b"x = f'{1}{{' f'{(1, [2])}'\n" + HANDLER, b"def handler(event: dict, context: 'a') -> dict[str, int]: return {'a': 1}\n",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_mistake(dorc, tmp_path, source):
    assert is_python(source)
    assert findings(dorc, tmp_path, [source], SYNTAX) == [set()]


@pytest.mark.parametrize(
    "source",
    [
        b"try:\n    from .helper import x\nexcept ImportError:\n    from helper import x\n", b"if __package__:\n    from . import x\n",
        b"__package__ = 'lambda'\nfrom . import x\n", b"def f():\n    from . import x\n", b"from helper import x\n", b'"""\nfrom . import x\n"""\n',
    ],
)  # fmt: skip
def test_imports_that_may_work(dorc, tmp_path, source):
    assert findings(dorc, tmp_path, [source + HANDLER], IMPORT) == [set()]


@pytest.mark.parametrize("source", [b"from .helper import x\n", b"from . import x\n", b"from .. import x\n", b"from ...a.b import (\n  x)\n"])
def test_imports_that_never_work(dorc, tmp_path, source):
    assert findings(dorc, tmp_path, [source + HANDLER], IMPORT) == [IMPORT]
    (tmp_path / "lambda.py").write_bytes(source + HANDLER)
    with pytest.raises(ImportError, match="no known parent package"):
        # As Lambda's runtime does: a module at the top.
        exec(compile(source, "lambda.py", "exec"), {"__name__": "lambda", "__package__": ""})
