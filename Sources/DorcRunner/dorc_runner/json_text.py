"""JSON as AWS reads, writes and measures it."""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn

# Any value of JSON.
Json = Any


def parse(text: str) -> Json:
    """Raises `ValueError` for what is not JSON, though Python takes it for some, and for what is nested too deeply."""
    try:
        return json.loads(text, parse_constant=refuse, parse_float=number)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def number(text: str) -> float:
    found = float(text)
    if math.isinf(found):
        raise ValueError(f"the number {text} is too large")
    return found


def compact(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def size(value: Json) -> int:
    """In bytes of UTF-8, as payload quotas count (guide, "Quotas")."""
    return len(compact(value).encode("utf-8", "surrogatepass"))


def shortened(value: Json, limit: int = 200) -> str:
    text = compact(value)
    return text if len(text) <= limit else f"{text[:limit]}... ({len(text)} characters)"
