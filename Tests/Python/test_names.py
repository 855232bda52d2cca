"""A test's name is a sentence of behaviour, in one style in the whole repository."""

import re

import program

TESTS = program.ROOT / "Tests"
# From `@Test`, with its traits and arguments, to the name of its function.
SWIFT = re.compile(r"@Test\b((?:(?!@Test\b).)*?)\bfunc (`[^`]+`|\w+)", re.DOTALL)


def test_swift_tests_are_named_by_raw_identifiers():
    names = [
        (path.relative_to(TESTS), head, name)
        for path in sorted(TESTS.glob("*/*.swift"))
        for head, name in SWIFT.findall(path.read_text(encoding="utf-8"))
    ]
    assert len(names) > 200
    assert [f"{path}: {name}" for path, _, name in names if not re.fullmatch("`[^`]+ [^`]+`", name)] == []
    assert [f"{path}: {name}" for path, head, name in names if re.match(r'\(\s*"', head)] == [], "the name says it already"


def test_python_tests_are_named_by_words():
    names = [
        (path.name, name)
        for path in sorted([*TESTS.glob("Python/test_*.py"), *TESTS.glob("EndToEnd/test_*.py")])
        for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert len(names) > 300
    assert [each for each in names if each[1].count("_") < 2] == []
