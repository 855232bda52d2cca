"""Fields of a state -> values: a string from `{%` to `%}` is a JSONata expression, everything else is taken as it is."""

from __future__ import annotations

import hashlib
import random
import threading
import time
import uuid
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from collections.abc import Callable

import jsonata
from jsonata.functions import Functions
from jsonata.utils import Utils

from .errors import QUERY_EVALUATION, StateFailed
from .json_text import Json, compact, jsonata_string, parse

# Its `Functions.string` calls this for all but strings.
Functions._string = staticmethod(jsonata_string)
NULL = Utils.NULL_VALUE
NOTHING = object()
# In seconds. Step Functions has a limit too, and does not tell which.
PATIENCE = 10
TYPE_NAMES = {dict: "object", list: "array", str: "string", bool: "boolean", int: "number", float: "number", type(None): "null"}
# jsonata-python keeps what it works on in a place of the thread, and its trees are shared here.
_lock = threading.Lock()
_parsed: dict[str, jsonata.Jsonata] = {}


@dataclass
class Values:
    """What the expressions of one state see: variables, and `$states` (guide, "Reserved variable: $states")."""

    place: str
    variables: dict[str, Json]
    input: Json
    context: dict[str, Json]
    # An expression that fails is an event of its own in the run's history.
    count_failure: Callable[[], object] = lambda: None

    @cached_property
    def _bindings(self) -> dict[str, Any]:
        # A call of these is this or nothing: Step Functions has no $eval (guide, "JSONata functions provided by Step Functions").
        own = {"eval": None, **FUNCTIONS}
        return own | {name: _inward(value) for name, value in self.variables.items()}

    @cached_property
    def _states(self) -> dict[str, Any]:
        return {"input": _inward(self.input), "context": _inward(self.context)}

    def resolve(self, template: Json, field: str, **more: Json) -> Json:
        """`more` are `result` or `errorOutput`, where the field has one."""
        if isinstance(template, str):
            return self.evaluate(template, field, **more) if is_expression(template) else template
        if isinstance(template, list):
            return [self.resolve(each, f"{field}[{index}]", **more) for index, each in enumerate(template)]
        if isinstance(template, dict):
            return {key: self.resolve(each, f"{field}/{key}", **more) for key, each in template.items()}
        return template

    def evaluate(self, text: str, field: str, **more: Json) -> Json:
        source = text[2:-2].strip()
        states = self._states | {name: _inward(value) for name, value in more.items()}
        try:
            found = _run(source, self._bindings | {"states": states})
        except Exception as problem:
            # Whatever is wrong in an expression is this error (guide, "Error names"); its cause: recorded.
            code = getattr(problem, "error", None)
            message = f"{code}: {problem}" if code else str(problem) or type(problem).__name__
            raise self.failure(f"{_quoted(source, field)} threw an error during evaluation. {message}") from None
        if found is NOTHING:
            raise self.failure(f"{_quoted(source, field)} returned nothing (undefined).")
        return found

    def expect(self, template: Json, field: str, name: str, *others: str) -> Json:
        """A value of this type, or of another that may be there too. The message: recorded."""
        value = self.resolve(template, field)
        found = TYPE_NAMES[type(value)]
        if found not in (name, *others):
            source = template[2:-2].strip() if isinstance(template, str) else compact(template)
            raise self.failure(
                f"{_quoted(source, field)} returned an unexpected result type. "
                f"Expected '{name}', but was '{found}' for value: {compact(value)}"
            )
        return value

    def failure(self, message: str) -> StateFailed:
        self.count_failure()
        return StateFailed(QUERY_EVALUATION, f"{self.place}. {message}")


def is_expression(value: Json) -> bool:
    """Recorded: a space before or after the marks makes it a plain string."""
    return isinstance(value, str) and value.startswith("{%") and value.endswith("%}") and len(value) >= 4


def _quoted(source: str, field: str) -> str:
    return f"The JSONata expression '{source}' specified for the field '{field}'"


def _run(source: str, bindings: dict[str, Any]) -> Json:
    """NOTHING where the expression gives nothing."""
    with _lock:
        expression = _parsed.get(source)
        if expression is None:
            expression = jsonata.Jsonata(source)
            expression.set_output_convert_nulls(False)
            _parsed[source] = expression
        jsonata.Jsonata.CURRENT.jsonata = expression
        found = expression.evaluate(None, bindings | {"__evaluate_entry": watch()})
        return NOTHING if found is None else _outward(found)


def watch() -> Callable:
    """jsonata-python calls it for each part of an expression: one that never ends, ends."""
    deadline = time.monotonic() + PATIENCE

    def check(*_: Any) -> None:
        if time.monotonic() > deadline:
            raise ValueError(f"the expression takes longer than {PATIENCE} s")

    return check


def _inward(value: Json) -> Any:
    """jsonata-python takes None for "nothing", and has a value of its own for null."""
    if value is None:
        return NULL
    if isinstance(value, dict):
        return {key: _inward(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_inward(each) for each in value]
    return value


def _outward(value: Any) -> Json:
    """Plain JSON of its own."""
    if value is NULL:
        return None
    if isinstance(value, str):
        return _whole_characters(value)
    if isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, dict):
        return {_whole_characters(key): _outward(each) for key, each in value.items() if each is not None}
    if isinstance(value, Utils.RangeList):
        return list(range(value.a, value.b + 1))
    if isinstance(value, list):
        return [_outward(each) for each in value if each is not None]
    raise ValueError("the result is a function, not JSON")


def _whole_characters(text: str) -> str:
    """jsonata-python reads the two escapes of a character beyond the first 65,536 as two characters."""
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


# The functions that Step Functions adds (guide, "JSONata functions provided by Step Functions").


def _partition(values: list | None = None, size: int | None = None) -> list | None:
    if values is None or size is None:
        return None
    if size < 1:
        raise ValueError("the second argument of $partition is a number from 1 on")
    values = values if isinstance(values, list) else [values]
    return [values[at : at + int(size)] for at in range(0, len(values), int(size))]


def _range(first: float, last: float, step: float) -> Any:
    """Recorded: a single value comes without a list."""
    if step == 0:
        raise ValueError("the third argument of $range must not be 0")
    count = int((last - first) // step) + 1
    if count > 1000:
        raise ValueError("$range gives at most 1000 values")
    values = [first + index * step for index in range(max(0, count))]
    return values[0] if len(values) == 1 else values or None


ALGORITHMS = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}


def _hash(text: str, algorithm: str = "SHA-256") -> str:
    if algorithm not in ALGORITHMS:
        raise ValueError(f"$hash knows {', '.join(ALGORITHMS)}")
    return hashlib.new(ALGORITHMS[algorithm], text.encode("utf-8"), usedforsecurity=False).hexdigest()


def _random(seed: Any = None) -> float:
    return random.random() if seed is None else random.Random(compact(_outward(seed))).random()


def _parse(text: str) -> Any:
    return _inward(parse(text))


def _callable(function: Callable) -> jsonata.Jsonata.JLambda:
    return jsonata.Jsonata.JLambda(function)


FUNCTIONS = {
    "partition": _callable(_partition),
    "range": _callable(_range),
    "hash": _callable(_hash),
    "random": _callable(_random),
    "uuid": _callable(lambda: str(uuid.uuid4())),
    "parse": _callable(_parse),
}
