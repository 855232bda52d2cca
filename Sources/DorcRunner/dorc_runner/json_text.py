"""JSON as AWS reads, writes and measures it."""

from __future__ import annotations

import decimal
import json
import math
from typing import Any, NoReturn

from jsonata.utils import Utils

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


# As JSONata's `$string` and `&` write it: the reference implementation rounds each number to 15 significant digits,
# `Number(val.toPrecision(15))`, and leaves the rest to JavaScript's `JSON.stringify` (github.com/jsonata-js/jsonata, v2.0.6,
# src/functions.js, `string`). jsonata-python writes 1e+15 where that has 1000000000000000, and what is in lists and objects as Python does.

# Halves go away from zero (ECMA-262, "Number.prototype.toPrecision").
ROUNDED = decimal.Context(prec=15, rounding=decimal.ROUND_HALF_UP)


def as_jsonata(value: Any, is_pretty: bool = False, indent: str = "\n") -> str:
    if value is None or value is Utils.NULL_VALUE:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return number_text(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    inner = indent + "  "
    if isinstance(value, dict):
        colon = ": " if is_pretty else ":"
        # What is undefined is left out.
        members = ((key, each) for key, each in value.items() if each is not None)
        parts = [f"{json.dumps(key, ensure_ascii=False)}{colon}{as_jsonata(each, is_pretty, inner)}" for key, each in members]
        marks = "{}"
    elif isinstance(value, list):
        items = range(value.a, value.b + 1) if isinstance(value, Utils.RangeList) else value
        parts = [as_jsonata(each, is_pretty, inner) for each in items]
        marks = "[]"
    else:
        # A function.
        return '""'
    if not parts or not is_pretty:
        return marks[0] + ",".join(parts) + marks[1]
    return marks[0] + inner + f",{inner}".join(parts) + indent + marks[1]


def number_text(value: float) -> str:
    """ECMA-262, "Number::toString", of the rounded number. Raises `OverflowError` for what JavaScript has no number for."""
    found = float(value)
    if not math.isfinite(found):
        raise OverflowError("a number without an end cannot be written")
    found = float(ROUNDED.create_decimal_from_float(found))
    if not found:
        return "0"
    sign, digits, exponent = decimal.Decimal(repr(found)).normalize().as_tuple()
    text = "".join(map(str, digits))
    # Where the decimal point is, counted from the first digit.
    point = len(text) + int(exponent)
    if len(text) <= point <= 21:
        text = text.ljust(point, "0")
    elif 0 < point <= 21:
        text = f"{text[:point]}.{text[point:]}"
    elif -6 < point <= 0:
        text = f"0.{'0' * -point}{text}"
    else:
        rest = f".{text[1:]}" if len(text) > 1 else ""
        text = f"{text[0]}{rest}e{point - 1:+d}"
    return "-" * sign + text


def jsonata_string(value: Any, is_pretty: bool) -> str:
    """A function alone is an empty string."""
    text = as_jsonata(value, is_pretty)
    return "" if text == '""' else text
