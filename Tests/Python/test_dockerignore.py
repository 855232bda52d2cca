"""`.dockerignore`: dorc's content hash covers the files that BuildKit sends, and no others."""

from __future__ import annotations

import hashlib
import json
import random
import struct

import dockerignore
import outputs
import program
import pytest

DOCKERFILE = "FROM scratch\n"
FUNCTION = "src/raw/p/load"
HANDLER = "def handler(event, context):\n    return event\n"


def image_hash(function: str, files: list[str], kept: set[str], contents) -> str:
    """The tag of an image, reckoned anew: each part with its name and length."""
    hasher = hashlib.sha256()

    def add(name: str, content: str) -> None:
        for part in (name.encode(), content.encode()):
            hasher.update(struct.pack("<Q", len(part)) + part)

    add("dorc image", "1")
    add("platform", "linux/amd64")
    add("Dockerfile", DOCKERFILE)
    add("CODE_PATH", function)
    for path in sorted(files, key=str.encode):
        if path.startswith(function + "/") and path in kept:
            add("file/" + path[len(function) + 1 :], contents(path))
    return hasher.hexdigest()


def content(path: str) -> str:
    return HANDLER if path.endswith("/lambda.py") else path


def tag_of(dorc, root, ignore: str, files: list[str]) -> str | None:
    """The tag that dorc gives; None where it refuses the ignore file."""
    repository = program.write_files(
        root / "config",
        {path: content(path) for path in files}
        | {
            "dorc.yaml": "project: acme\nregion: eu-west-2\nenvironments: {dev: {}}\n",
            "Dockerfile": DOCKERFILE,
            "src/raw/p/pipeline.yaml": "steps: [load]\n",
            ".dockerignore": ignore,
        },
    )
    result = dorc.run(root / "out", "--config", repository, "--diagnostics-format", "json")
    found = {each["id"] for each in json.loads(result.stdout)} if result.stdout.strip() else set()
    if "dockerignore-pattern" in found:
        return None
    assert found <= {"ignored-function"}, (ignore, found)
    if found:
        return "no handler"
    return outputs.image_tags(root / "out")[0]


def expected(ignore: str, files: list[str]) -> str | None:
    try:
        kept = dockerignore.sent(ignore, files)
    except dockerignore.BadPattern:
        return None
    return image_hash(FUNCTION, files, kept, content) if f"{FUNCTION}/lambda.py" in kept else "no handler"


TREE = [f"{FUNCTION}/{name}" for name in ("lambda.py", "a.txt", "build/schema.json", "build/x/y.py", "deep/a/b/c.md")]


@pytest.mark.parametrize(
    ("ignore", "kept"),
    [
        # The two examples of https://github.com/docker/buildx/issues/850 and https://github.com/moby/moby/issues/30018.
        (f"**/build\n!{FUNCTION}/build/schema.json\n**/build\n", set(TREE) - {f"{FUNCTION}/build/x/y.py"}),
        (f"**/*.py\n!{FUNCTION}\n", set(TREE) - {f"{FUNCTION}/lambda.py", f"{FUNCTION}/build/x/y.py"}),
        ("", set(TREE)),
        ("*\n!src\n", set(TREE)),
        ("**/deep\n", set(TREE) - {f"{FUNCTION}/deep/a/b/c.md"}),
        (f"*\n!{FUNCTION}/*.py\n", {f"{FUNCTION}/lambda.py"}),
    ],
)
def test_what_is_sent(dorc, tmp_path, ignore, kept):
    assert dockerignore.sent(ignore, TREE) == kept
    assert tag_of(dorc, tmp_path, ignore, TREE) == expected(ignore, TREE)


NAMES = ["build", "a", "b", "ab", "a.py", "b.py", "x y", "a-b", "[a]", "a*", "é", "^a", "a+b", "(a)", "d1"]
PIECES = ["a", "b", "build", "*", "**", "?", "[ab]", "[^a]", "[a-c]", "*.py", "a*", "**a", "b**", "x y", "é", "\\a".replace("\\a", "\\*"),
          "\\[a]", "^a", "[*]", "[?a]", "d\\d", "[[:alpha:]]", "\\w*", "a+b", "(a)", ".", "..", "", "[a", "\\", "[z-a]", "\\b"]  # fmt: skip


COUNT, PART = 1000, 125


def random_tree(source: random.Random) -> list[str]:
    files = {f"{FUNCTION}/lambda.py"}
    for _ in range(source.randint(2, 12)):
        parts = [source.choice(NAMES) for _ in range(source.randint(1, 4))]
        files.add("/".join([FUNCTION, *parts[:-1], "f_" + parts[-1]]))
    # No path is a file and a folder: files alone begin so.
    return sorted(files)


def random_line(source: random.Random, files: list[str]) -> str:
    if source.random() < 0.5:
        # A path that there is, with a part of it cut off or made a pattern.
        parts = source.choice(files).split("/")[: source.choice([1, 4, 5, 5, 6, 6, 7, 8])]
        for _ in range(source.randint(0, 2)):
            parts[source.randrange(len(parts))] = source.choice(["*", "**", "?*", "[a-z]*", "*y", "f_*", "**/*"])
        if source.random() < 0.3:
            parts = ["**", *parts[source.randrange(len(parts)) :]]
        if source.random() < 0.2:
            parts.append(source.choice(["*", "**", "", "."]))
    else:
        parts = [source.choice(PIECES) for _ in range(source.randint(1, 4))]
        if source.random() < 0.6:
            parts = ["src", "raw", "p", "load", *parts]
        if parts[0] in ("*", "**", "?*") and len(parts) == 1 and source.random() < 0.7:
            parts = ["**", "build"]
    line = "/".join(parts)
    line = source.choice(["", "", "", "", "/", "./", "//"]) + line + source.choice(["", "", "", "", "/", "/.", " ", "\t"])
    if source.random() < 0.4:
        line = "!" + source.choice(["", "", " "]) + line
    return source.choice(["", "", "", "", " ", "#"]) + line


def random_case(seed: int) -> tuple[str, list[str]]:
    source = random.Random(seed)
    files = random_tree(source)
    lines = [random_line(source, files) for _ in range(source.randint(1, 6))]
    # Malformed lines are rare, so that most files are compared by what they exclude.
    if source.random() < 0.9:
        lines = [line for line in lines if well_formed(line)]
    start = source.choice(["", "", "", "\ufeff"])
    return start + source.choice(["\n", "\n", "\r\n"]).join(lines), files


def well_formed(line: str) -> bool:
    try:
        dockerignore.Matcher(dockerignore.read(line))
    except dockerignore.BadPattern:
        return False
    return True


def test_random_cases_say_something():
    """Most keep the handler and leave something out."""
    cases = [random_case(seed) for seed in range(COUNT)]
    wanted = [expected(*case) for case in cases]
    plain = [image_hash(FUNCTION, files, set(files), content) for _, files in cases]
    assert sum(tag not in (None, "no handler", whole) for tag, whole in zip(wanted, plain)) > 200
    assert sum(tag is None for tag in wanted) > 20 and wanted.count("no handler") > 50


@pytest.mark.parametrize("first", range(0, COUNT, PART))
def test_random_ignore_files(dorc, tmp_path, first):
    cases = [random_case(seed) for seed in range(first, first + PART)]
    wanted = [expected(*case) for case in cases]
    got = [tag_of(dorc, tmp_path / str(number), *case) for number, case in enumerate(cases)]
    different = [each for each in zip(cases, got, wanted) if each[1] != each[2]]
    assert not different, f"{len(different)} differ, as {different[0]}"
