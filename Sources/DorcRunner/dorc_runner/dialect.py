"""The functions that Step Functions adds to JSONata (guide, "JSONata functions provided by Step Functions").

What the guide does not say, of arguments that are missing or wrong, was measured on AWS (floci-io/floci, pull requests 2676 and 2790):
some of them give nothing, which then fails the field that the expression is for.
"""

from __future__ import annotations

import hashlib
import math
import random
import uuid
from collections.abc import Callable
from typing import Any

import jsonata
from jsonata.utils import Utils

from .json_text import Json, parse
from .jsonata_errors import MEMORY, Exceeded, fail

# Measured: the values of one $range.
MOST_VALUES = 360_145
ALGORITHMS = {"SHA-1": "sha1", "SHA-384": "sha384", "SHA-256": "sha256", "SHA-512": "sha512", "MD5": "md5"}


def inward(value: Json) -> Any:
    """jsonata-python takes None for "nothing", and has a value of its own for null."""
    if value is None:
        return Utils.NULL_VALUE
    if isinstance(value, dict):
        return {key: inward(each) for key, each in value.items()}
    if isinstance(value, list):
        return [inward(each) for each in value]
    return value


def whole(value: Any, name: str, number: int) -> int:
    """Rounded towards zero."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        fail("T0410", number, name)
    return int(value)


def partition_(values: Any, size: Any) -> Any:
    if values is None or values == []:
        return None
    if isinstance(values, Utils.RangeList):
        values = list(range(values.a, values.b + 1))
    if not isinstance(values, list):
        fail("T0412", 1, "partition", "x")
    if size is None:
        return [values]
    count = whole(size, "partition", 2)
    if count < 0:
        fail("D3137", "Second argument must be zero or greater")
    return [values[at : at + count] for at in range(0, len(values), count)] if count else None


def range_(first: Any, last: Any, step: Any) -> Any:
    """A single value comes without a list (recorded)."""
    start, end = whole(first, "range", 1), whole(last, "range", 2)
    by = 0 if step is None else whole(step, "range", 3)
    values = range(start, end + (1 if by > 0 else -1), by) if by else range(0)
    if len(values) > MOST_VALUES:
        raise Exceeded(MEMORY)
    return values[0] if len(values) == 1 else list(values) or None


def hash_(text: Any, algorithm: Any) -> str | None:
    if not isinstance(text, str):
        fail("T0410", 1, "hash")
    if algorithm is None:
        return None
    if not isinstance(algorithm, str):
        fail("T0410", 2, "hash")
    if algorithm not in ALGORITHMS:
        fail("D3137", f"Hash algorithm '{algorithm}' must be one of {', '.join(ALGORITHMS)}")
    return hashlib.new(ALGORITHMS[algorithm], text.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()


def random_(seed: Any) -> float:
    """With a seed as java.util.Random (measured: 42 gives 0.7275636800328681), whose documentation has the numbers."""
    if seed is None:
        return random.random()
    state = (whole(seed, "random", 1) ^ 0x5DEECE66D) & ((1 << 48) - 1)
    bits = []
    for count in (26, 27):
        state = (state * 0x5DEECE66D + 0xB) & ((1 << 48) - 1)
        bits.append(state >> (48 - count))
    return ((bits[0] << 27) + bits[1]) / (1 << 53)


def parse_(text: Any) -> Any:
    if text is None:
        return None
    if not isinstance(text, str):
        fail("T0410", 1, "parse")
    try:
        return inward(parse(text))
    except ValueError:
        fail("D3137", "Invalid JSON")


def function(name: str, takes: int, body: Callable) -> jsonata.Jsonata.JLambda:
    def called(*arguments: Any) -> Any:
        if len(arguments) > takes:
            fail("T0410", takes + 1, name)
        return body(*arguments, *[None] * (takes - len(arguments)))

    return jsonata.Jsonata.JLambda(called)


FUNCTIONS = {
    "partition": function("partition", 2, partition_),
    "range": function("range", 3, range_),
    "hash": function("hash", 2, hash_),
    "random": function("random", 1, random_),
    "uuid": function("uuid", 0, lambda: str(uuid.uuid4())),
    "parse": function("parse", 1, parse_),
}
