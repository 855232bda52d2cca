"""`check` warns of a `for_each` that gives one item itself instead of a list of one, as JSONata's evaluator does."""

from __future__ import annotations

import copy

import jsonata
import program
import pytest

ONE = {
    "files": [{"key": "a", "size": 1, "rows": [1, 2]}],
    "result": {"files": [{"key": "a"}]},
    "names": ["a"],
    "map": {"x": {"n": 1}},
    "last": 0,
}
# With one item each of them gives no list.
SINGLE = [
    "files[size > 0]", "files.{'key': key, 'size': size}", "files^(key)", "files@$f.{'k': $f.key}", "files#$i",
    "files#$i.{'k': key, 'i': $i}", "files[size > 0].key", "files[size > 0].size.{'n': $}", "files.($k := key; {'key': $k})",
    "files.({'key': key})", "files.(key & 'x')", "files.(size > 0 ? {'key': key})", "files.$uppercase(key)", "map.*",
    "files^(key).key", "files[size > 0].{'k': key}", "files.[key].{'k': $}", "files.$split(key, '/').{'k': $}",
]  # fmt: skip
SINGLE_WHOLE = [
    "[0..$states.input.last].($f := $; $f)", "[0..$states.input.last].{'n': $}", "[0..$states.input.last].($string($))",
    "$map($states.input.files, function($f) { $f.key })", "$filter($states.input.files, function($f) { $f.size > 0 })",
    "$keys($states.input.map)", "$spread($states.input.map)", "$distinct($states.input.files[size > 0].key)",
    "$distinct($states.input.files[size > 0])[]", "($states.input.files[size > 0])[]",
    "$append($states.input.files[size > 0], $states.input.files[size > 5])",
    "($x := $states.input.files[size > 0]; $x)", "$states.input.last = 0 ? $states.input.files^(key) : []",
    "$states.input.names.{'name': $}", "$states.input.files ~> $map(function($f) { $f.key })",
    "($states.input.files ~> $map(function($f) { $f.key }))[]", "$reverse([1..$states.input.last + 1]).{'n': $}",
]  # fmt: skip
# With one item each of them gives a list.
LIST = [
    "files", "result.files", "(files)", "files[]", "files[].{'key': key}", "files.{'key': key}[]", "files[]^(key)",
    "files^(key)[]", "files[size > 0][]", "files[][size > 0]", "files.[key]", "files[size > 0].[key]", "files^(key).[key]",
    "files.$split(key, '/')", "files[size > 0].$split(key, '/')", "files[].key", "files.rows", "files.(size > 0 ? [key])",
]  # fmt: skip
LIST_WHOLE = [
    "[$states.input.files.{'key': key}]", "[$states.input.files[size > 0]]", "[0..$states.input.last]", "[0..$states.input.last].[$]",
    "[1..12].{'month': $}", "['a', 'b'].{'region': $}", "$map([1..3], function($m) { {'month': $m} })",
    "$map($states.input.files, function($f) { $f.key })[]", "$states.input.files ~> $map(function($f) { $f.key })[]",
    "$sort($states.input.names)", "$reverse($states.input.names)", "$distinct($states.input.names)", "$split('a', ',')",
    "$append($states.input.files[size > 0], [])", "$append($states.input.files[size > 0], $states.input.names)",
    "$sort($states.input.files[size > 0].key)", "$zip([1], [2])", "($x := [1]; $x)", "[3, 1]^($)",
]  # fmt: skip
# `check` cannot know: fields are lists in one input and not in another.
UNKNOWN = ["files.key", "files.$.key", "(files.key)", "files.(key)"]


def whole(paths: list[str]) -> list[str]:
    return [f"$states.input.{path}" for path in paths]


def evaluate(text: str):
    expression = jsonata.Jsonata(text)
    frame = expression.create_frame()
    frame.bind("states", {"input": copy.deepcopy(ONE)})
    return expression.evaluate(None, frame)


@pytest.fixture(scope="module")
def warned(dorc, tmp_path_factory) -> set[str]:
    expressions = whole(SINGLE + LIST + UNKNOWN) + SINGLE_WHOLE + LIST_WHOLE
    root = tmp_path_factory.mktemp("singletons")
    steps = "".join(
        f'  - {{name: s{number}, function: load, after: [], for_each: "{{% {text} %}}"}}\n'
        for number, text in enumerate(expressions)
    )
    program.write_files(
        root,
        {
            "dorc.yaml": "project: acme\nregion: eu-west-2\nenvironments: {dev: {}}\n",
            "Dockerfile": 'FROM scratch\nCMD ["lambda.handler"]\n',
            "src/raw/p/load/lambda.py": "def handler(event, context): ...\n",
            "src/raw/p/pipeline.yaml": f"steps:\n{steps}",
        },
    )
    found = dorc.diagnostics("check", "--config", root)
    assert {each["id"] for each in found} <= {"may-be-no-list"}, found
    return {expressions[each["line"] - 2] for each in found}


@pytest.mark.parametrize("text", whole(SINGLE) + SINGLE_WHOLE)
def test_what_gives_one_item_itself_is_warned_of(warned, text):
    assert not isinstance(evaluate(text), list)
    assert text in warned


@pytest.mark.parametrize("text", whole(LIST) + LIST_WHOLE)
def test_what_gives_a_list_of_one_is_not_warned_of(warned, text):
    assert isinstance(evaluate(text), list)
    assert text not in warned


@pytest.mark.parametrize("text", whole(UNKNOWN))
def test_of_fields_alone_nothing_is_said(warned, text):
    assert not isinstance(evaluate(text), list)
    assert text not in warned
