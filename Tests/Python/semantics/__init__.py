"""What a workflow means, and what runs it."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "Sources" / "DorcRunner"))

from dorc_runner import jsonata_text  # noqa: E402

# jsonata-python keeps digits that AWS drops: `$string` has 15 of them (github.com/jsonata-js/jsonata, v2.0.6, src/functions.js).
jsonata_text.install()
