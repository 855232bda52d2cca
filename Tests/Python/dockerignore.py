"""A naive second reading of what BuildKit sends of a build context, to compare dorc with.

Written from `patternmatcher.go` and `ignorefile.go` of github.com/moby/patternmatcher and from `filter.go` of
github.com/tonistiigi/fsutil: each pattern becomes a regular expression, and a walk over a tree in memory keeps for each
folder which patterns have matched. Nothing is optimised, and nothing is shared with dorc's own code.
"""

from __future__ import annotations

import posixpath
import re

WHITE_SPACE = "\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
# Names of classes in Go's regexp/syntax, in Python's terms.
CLASSES = {
    "alnum": "0-9A-Za-z", "alpha": "A-Za-z", "ascii": r"\x00-\x7f", "blank": r"\t ", "cntrl": r"\x00-\x1f\x7f",
    "digit": "0-9", "graph": "!-~", "lower": "a-z", "print": " -~", "punct": r"!-/:-@\[-`{-~", "space": r"\t\n\v\f\r ",
    "upper": "A-Z", "word": "0-9A-Za-z_", "xdigit": "0-9A-Fa-f",
}  # fmt: skip
PERL = {"d": "0-9", "s": r"\t\n\f\r ", "w": "0-9A-Za-z_"}


class BadPattern(Exception):
    """Docker refuses the build."""


def clean(path: str) -> str:
    """Go's filepath.Clean: Python's normpath keeps two slashes at the start, and Go does not."""
    return posixpath.normpath(re.sub("^/+", "/", path)) if path else "."


def read(text: str) -> list[str]:
    """ignorefile.ReadAll"""
    patterns = []
    for number, line in enumerate(text.split("\n")):
        line = line.removesuffix("\r")
        if number == 0:
            line = line.removeprefix("\ufeff")
        if line.startswith("#"):
            continue
        pattern = line.strip(WHITE_SPACE)
        if not pattern:
            continue
        inverted = pattern[0] == "!"
        if inverted:
            pattern = pattern[1:].strip(WHITE_SPACE)
        if pattern:
            pattern = clean(pattern)
            if len(pattern) > 1 and pattern[0] == "/":
                pattern = pattern[1:]
        patterns.append("!" + pattern if inverted else pattern)
    return patterns


class Pattern:
    def __init__(self, text: str):
        text = clean(text.strip(WHITE_SPACE))
        self.exception = text[0] == "!"
        if self.exception:
            if text == "!":
                raise BadPattern(text)
            text = text[1:]
        check_syntax(text)
        self.text = text
        self.kind, self.regex = compile_pattern(text)

    def match(self, path: str) -> bool:
        match self.kind:
            case "exact":
                return path == self.text
            case "prefix":
                return path.startswith(self.text[:-2])
            case "suffix":
                suffix = self.text[2:]
                return path.endswith(suffix) or suffix[0] == "/" and path == suffix[1:]
        return self.regex.match(path) is not None


def check_syntax(text: str) -> None:
    """The errors of Go's filepath.Match."""
    rest = list(text)

    def character():
        if not rest or rest[0] in "-]":
            raise BadPattern(text)
        if rest[0] == "\\":
            rest.pop(0)
            if not rest:
                raise BadPattern(text)
        rest.pop(0)
        if not rest:
            raise BadPattern(text)

    while rest:
        first = rest.pop(0)
        if first == "\\":
            if not rest:
                raise BadPattern(text)
            rest.pop(0)
        elif first == "[":
            if rest and rest[0] == "^":
                rest.pop(0)
            count = 0
            while not (rest and rest[0] == "]" and count):
                character()
                if rest[0] == "-":
                    rest.pop(0)
                    character()
                count += 1
            rest.pop(0)


def compile_pattern(text: str):
    """Pattern.compile of patternmatcher.go: the kind of match, and Go's expression turned into Python's."""
    kind, regex, index, first = "exact", "", 0, True
    while index < len(text):
        char = text[index]
        index += 1
        if char == "*":
            if text[index : index + 1] == "*":
                index += 1
                if text[index : index + 1] == "/":
                    index += 1
                if index == len(text):
                    if kind == "exact":
                        kind = "prefix"
                    else:
                        regex += ".*"
                        kind = "regex"
                else:
                    regex += "(.*/)?"
                    kind = "regex"
                if first:
                    kind = "suffix"
            else:
                regex += "[^/]*"
                kind = "regex"
        elif char == "?":
            regex += "[^/]"
            kind = "regex"
        elif char in ".+()|{}$":
            regex += "\\" + char
        elif char == "\\":
            regex += "\\" + text[index : index + 1]
            index += 1
            kind = "regex"
        elif char in "[]":
            regex += char
            kind = "regex"
        else:
            regex += char
        first = False
    return kind, go_regex(regex) if kind == "regex" else None


def go_regex(text: str) -> re.Pattern:
    """An expression of Go's regexp, as far as patterns lead to one."""
    out, index = "", 0

    def escape(index: int, in_class: bool) -> tuple[str, int]:
        """What stands for the escape whose letter is at `index`, and where it goes on."""
        letter = text[index]
        if letter.lower() in PERL:
            inner = PERL[letter.lower()]
            if letter.islower():
                return (inner if in_class else f"[{inner}]"), index + 1
            if in_class:  # the complement, as Python writes it
                return {"D": r"\D", "W": r"\W", "S": "\\x00-\\x08\\x0b\\x0e-\\x1f!-\U0010ffff"}[letter], index + 1
            return f"[^{inner}]", index + 1
        if letter in "afnrtv":
            return "\\" + letter, index + 1
        if ord(letter) >= 0x80 or letter.isalnum():
            raise BadPattern(text)
        return re.escape(letter), index + 1

    while index < len(text):
        char = text[index]
        if char == "[":
            index += 1
            inner = "^" if text[index : index + 1] == "^" else ""
            index += len(inner)
            start = True
            while start or text[index] != "]":
                start = False
                named = re.compile(r"\[:(.*?):\]", re.S).match(text, index)
                if named:
                    name = named[1].removeprefix("^")
                    if name not in CLASSES or "^" in named[1]:
                        raise BadPattern(text)
                    inner += CLASSES[name]
                    index = named.end()
                    continue
                ends = []
                while True:
                    if text[index] == "\\":
                        if text[index + 1] in "dswDSW":
                            if ends:
                                raise BadPattern(text)
                            part, index = escape(index + 1, True)
                            inner += part
                            break
                        part, index = escape(index + 1, True)
                    else:
                        part, index = re.escape(text[index]), index + 1
                    ends.append(part)
                    if len(ends) == 1 and text[index : index + 1] == "-" and text[index + 1 : index + 2] not in ("]", ""):
                        index += 1
                        continue
                    inner += "-".join(ends)
                    break
            index += 1
            out += f"[{inner}]"
        elif char == "\\":
            part, index = escape(index + 1, False)
            out += part
        elif char == "^":
            out += r"\A"
            index += 1
        elif char in ".*()?":
            out += char
            index += 1
        else:
            out += re.escape(char)
            index += 1
    try:
        return re.compile(r"\A(?:" + out + r")\Z", re.ASCII)
    except re.error as error:
        raise BadPattern(text) from error


def without_trailing_glob(text: str) -> str:
    return text.removesuffix("/**").removesuffix("/*")


class Matcher:
    """patternmatcher.PatternMatcher"""

    def __init__(self, lines: list[str]):
        self.patterns = [Pattern(line) for line in lines if line.strip(WHITE_SPACE)]

    def match(self, path: str, parent: list[bool]) -> tuple[bool, list[bool]]:
        """MatchesUsingParentResults"""
        matched, info = False, []
        for index, pattern in enumerate(self.patterns):
            match = bool(parent) and parent[index]
            if not match:
                if pattern.exception != matched:
                    info.append(False)
                    continue
                match = pattern.match(path)
            info.append(match)
            if match:
                matched = not pattern.exception
        return matched, info


def sent(text: str, files: list[str]) -> set[str]:
    """The files that reach BuildKit, of those in the context: filterFS.Walk with exclude patterns."""
    matcher = Matcher(read(text))
    exceptions = [pattern.text for pattern in matcher.patterns if pattern.exception]
    only_prefixes = not any(re.search(r"[*\[\]?^\\]", without_trailing_glob(each)) for each in exceptions)
    result = set()

    def walk(folder: str, info: list[bool]) -> None:
        below = {path[len(folder) :].split("/")[0] for path in files if path.startswith(folder)}
        for name in sorted(below):
            path = folder + name
            excluded, own = matcher.match(path, info) if matcher.patterns else (False, [])
            if path in files:
                if not excluded:
                    result.add(path)
                continue
            skips = excluded and only_prefixes
            if skips and not any((without_trailing_glob(each) + "/").startswith(path + "/") for each in exceptions):
                continue
            walk(path + "/", own)

    walk("", [])
    return result
