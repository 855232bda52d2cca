"""The README for PyPI and the tarball, which have no other page of the documentation: its links and pictures lead to the files of this
version. Where nobody knows where these are, the words remain."""

from __future__ import annotations

import re

from release import Release, text

# A picture or link of Markdown that leads to a file of the repository: its words and the path.
PICTURE = re.compile(r"!\[([^]]*)\]\((?!https:)([^)]*)\)")
LINK = re.compile(r"(?<!!)\[([^]]*)\]\((?!https:|#)([^)]*)\)")


def page(release: Release) -> bytes:
    readme = text("README.md").decode()
    if release.pages is None:
        return LINK.sub(r"\1", PICTURE.sub("", readme)).encode()
    # GitHub gives a file itself under `raw`.
    readme = PICTURE.sub(rf"![\1]({release.pages.replace('/blob/', '/raw/')}/\2)", readme)
    return LINK.sub(rf"[\1]({release.pages}/\2)", readme).encode()
