"""Fields of a state -> values: a string from `{%` to `%}` is a JSONata expression, everything else is taken as it is."""

from __future__ import annotations

import math
import threading
import time
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from collections.abc import Callable

import jsonata
from jsonata.utils import Utils

from . import jsonata_errors, jsonata_text
from .dialect import FUNCTIONS, inward
from .errors import QUERY_EVALUATION, StateFailed
from .json_text import Json, compact
from .jsonata_errors import TIME, Exceeded, said

jsonata_text.install()
jsonata_errors.install()
NULL = Utils.NULL_VALUE
NOTHING = object()
# In seconds. On AWS it is less (guide, "Evaluation failure"), and its JSONata is faster.
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
        return own | {name: inward(value) for name, value in self.variables.items()}

    @cached_property
    def _states(self) -> dict[str, Any]:
        return {"input": inward(self.input), "context": inward(self.context)}

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
        states = self._states | {name: inward(value) for name, value in more.items()}
        try:
            found = _run(source, self._bindings | {"states": states})
        except Exception as problem:
            # Whatever is wrong in an expression is this error (guide, "Error names"); its cause: recorded.
            raise self.failure(f"{_quoted(source, field)} threw an error during evaluation{said(problem)}") from None
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
            raise Exceeded(TIME)

    return check


def _outward(value: Any) -> Json:
    """Plain JSON of its own."""
    if value is NULL:
        return None
    if isinstance(value, str):
        return _whole_characters(value)
    if isinstance(value, float) and not math.isfinite(value):
        # Measured: the string that JavaScript has for it (floci-io/floci, issue 2737).
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
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
