"""The pages of the documentation as their readers get them: code blocks, headings, links, lines of prose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import program

# What `make record` writes, each page tested where it is made: `Tests/DocumentationTests`.
GENERATED = "docs/reference/"
# From here on a page is generated.
MARKER = "<!-- From here on this page is written by"


@dataclass(frozen=True)
class Block:
    page: str
    line: int
    # `yaml`, and what follows it on the line of the fence: the name of a file.
    language: str
    name: str
    text: str

    @property
    def place(self) -> str:
        return f"{self.page}:{self.line}"


@dataclass(frozen=True)
class Page:
    """`name` is relative to the repository's root."""

    name: str

    @cached_property
    def path(self) -> Path:
        return program.ROOT / self.name

    @cached_property
    def lines(self) -> list[str]:
        """Without what is generated."""
        return self.path.read_text(encoding="utf-8").partition(MARKER)[0].splitlines()

    @cached_property
    def blocks(self) -> list[Block]:
        found, start, words = [], None, ()
        for number, line in enumerate(self.lines, 1):
            fence = re.fullmatch(r" *```(.*)", line)
            if fence and start is None:
                start, words = number, (fence[1].split(None, 1) + ["", ""])[:2]
            elif fence:
                found.append(Block(self.name, start, *words, "".join(f"{each}\n" for each in self.lines[start : number - 1])))
                start = None
        assert start is None, f"{self.name}:{start}: the block does not end"
        return found

    @cached_property
    def prose(self) -> list[tuple[int, str]]:
        """The lines outside of code blocks, by their numbers."""
        inside, found = False, []
        for number, line in enumerate(self.lines, 1):
            if re.match(r" *```", line):
                inside = not inside
            elif not inside:
                found.append((number, line))
        return found

    @cached_property
    def anchors(self) -> set[str]:
        """As GitHub makes them of headings. All of the page, what is generated too."""
        found, inside = [], False
        for line in self.path.read_text(encoding="utf-8").splitlines():
            if re.match(r" *```", line):
                inside = not inside
            elif not inside:
                found += re.findall(r'<a (?:id|name)="([^"]+)"', line)
                if heading := re.fullmatch(r"#{1,6} +(.*?)", line):
                    text = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading[1]).lower()
                    anchor = re.sub(r"[^\w\- ]", "", text).replace(" ", "-")
                    again = sum(re.fullmatch(re.escape(anchor) + r"(-\d+)?", each) is not None for each in found)
                    found.append(f"{anchor}-{again}" if anchor in found else anchor)
        return set(found)

    @cached_property
    def links(self) -> list[tuple[int, str]]:
        """Of prose, code in it left out: where they lead."""
        found = []
        for number, line in self.prose:
            plain = re.sub(r"`[^`]*`", "`", line)
            found += [(number, target) for target in re.findall(r"\]\(<?([^)\s>]+)>?\)", plain)]
        return found


def pages() -> list[Page]:
    names = ["README.md", "CONTRIBUTING.md", *(str(path.relative_to(program.ROOT)) for path in (program.ROOT / "docs").rglob("*.md"))]
    names += [str(path.relative_to(program.ROOT)) for path in (program.ROOT / "examples").glob("*/README.md")]
    return [Page(name) for name in sorted(names)]


def hand_written() -> list[Page]:
    return [page for page in pages() if not page.name.startswith(GENERATED)]
