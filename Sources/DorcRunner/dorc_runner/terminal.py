"""What handlers have written, as a terminal may show it: their control sequences could move its cursor, or pretend what it is not."""

from __future__ import annotations

import os
import re
from typing import TextIO

# ECMA-48, "Select graphic rendition": what the colours of logging are made of. It changes nothing but how text looks.
COLOUR = re.compile("\x1b\\[[0-9;:]*m")
RESET = "\x1b[0m"
# All of C0 but the tab and the line feed, the delete character, and C1, in which a terminal may see what `ESC [` begins.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def is_terminal(stream: TextIO) -> bool:
    try:
        return stream.isatty()
    except ValueError:
        # It is closed.
        return False


def shown(text: str, stream: TextIO) -> str:
    """A file gets the text as it is. A terminal gets colours, each line's own, unless NO_COLOR is set, and no other sequence."""
    if not is_terminal(stream) or not CONTROL.search(text):
        return text
    return "\n".join(map(line_shown, text.split("\n")))


def line_shown(line: str) -> str:
    # What a progress bar writes over itself: the last of it.
    line = next((part for part in reversed(line.split("\r")) if part), "")
    is_coloured = not os.environ.get("NO_COLOR")
    parts, end = [], 0
    for colour in COLOUR.finditer(line):
        parts += [visible(line[end : colour.start()]), colour[0] if is_coloured else ""]
        end = colour.end()
    parts.append(visible(line[end:]))
    return "".join(parts) + (RESET if end and is_coloured else "")


def visible(text: str) -> str:
    return CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text)
