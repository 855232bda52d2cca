"""JSON as AWS writes and measures it."""

from __future__ import annotations

import json
from typing import Any

# Any value of JSON.
Json = Any


def compact(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def size(value: Json) -> int:
    """In bytes of UTF-8, as payload quotas count (guide, "Quotas")."""
    return len(compact(value).encode("utf-8", "surrogatepass"))


def shortened(value: Json, limit: int = 200) -> str:
    text = compact(value)
    return text if len(text) <= limit else f"{text[:limit]}... ({len(text)} characters)"
