"""What JSONata says of an expression that fails, as Step Functions writes it, and arithmetic without an end.

jsonata-python writes "Object" for "function" in its texts, puts values in as Python does, names the wrong argument of a call, and lets
Python's own exceptions through. The reference has a text for each of them (github.com/jsonata-js/jsonata, v2.0.6, src/jsonata.js,
`errorCodes` and `populateMessage`), and Step Functions has the same ones: "measured" is what floci-io/floci recorded on AWS (its issues
2668, 2736 and 2737, pull requests 2676 and 2783).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any, NoReturn

import jsonata.jsonata as engine
from jsonata.jexception import JException
from jsonata.signature import Signature
from jsonata.utils import Utils

from .jsonata_text import as_jsonata

HOLE = re.compile(r"\{\{(\{)?(\w+)\}\}\}?")
# Measured, of what has no code.
MEMORY = "Expression evaluation memory limit exceeded: Check for excessive memory usage"
STACK = "Stack overflow error: Check for non-terminating recursive function.  Consider rewriting as tail-recursive."
TIME = "Expression evaluation timeout: Check for infinite loop"
ELEMENTS = {"a": "arrays", "b": "booleans", "f": "functions", "n": "numbers", "o": "objects", "s": "strings"}


class Exceeded(Exception):
    """A limit of the evaluation."""


def said(problem: Exception) -> str:
    """What follows "threw an error during evaluation": a text with a code is a sentence of its own (measured)."""
    if isinstance(problem, JException) and problem.error in JException.error_codes:
        return f". {problem.error}: {message(problem)}"
    if isinstance(problem, JException):
        # A text in place of a code.
        return f": {problem.error}"
    if isinstance(problem, Exceeded):
        return f": {problem}"
    if isinstance(problem, RecursionError):
        return f": {STACK}"
    return f": jsonata-python, which evaluates it here, stops with {type(problem).__name__}: {problem}"


def message(problem: JException) -> str:
    template = JException.error_codes[problem.error]
    values = [problem.current, problem.expected, problem.extra]
    match problem.error:
        case "T0411":
            # The context value, and the argument's number; whose it is, the exception does not say.
            return f"Context value is not a compatible type with argument {problem.expected}"
        case "T0412":
            values[2] = ELEMENTS.get(str(problem.extra))
        case "D1002":
            values[0] = problem.expected
    left = iter(values)
    return HOLE.sub(lambda hole: inserted(next(left, None), hole[1] is not None), template.replace("Object", "function"))


def inserted(value: Any, is_raw: bool) -> str:
    if isinstance(value, float) and not math.isfinite(value):
        # As JavaScript's JSON has it.
        return "null"
    return "undefined" if value is None else str(value) if is_raw else as_jsonata(value)


def fail(code: str, *values: Any) -> NoReturn:
    raise JException(code, -1, *[*values, None, None, None][:3])


def wrong_argument(self: Signature, arguments: Sequence | None, found: str, name: str) -> NoReturn:
    """In place of jsonata-python's, which looks for a match of all arguments where one of the first is meant."""
    pattern, good = "^", 0
    for parameter in self._params:
        pattern += parameter.regex
        match_ = re.match(pattern, found)
        if match_ is None:
            break
        good = match_.end()
    fail("T0410", good + 1, name)


# Functions through which exceptions of Python come, and what is meant by them.
CODES = {"number": "D3030", "toMillis": "D3110", "power": "D3061", "sort": "D3070", "replace": "D3010", "string": "D3001"}


def call(self: engine.Jsonata.JNativeFunction, input: Any, arguments: Sequence) -> Any:
    try:
        return original_call(self, input, arguments)
    except (Exceeded, RecursionError):
        raise
    except Exception as problem:
        name = self.function_name
        if isinstance(problem, JException) and problem.error in JException.error_codes:
            if problem.error == "D3100":
                fail("D3100", arguments[1])
            raise
        if name == "parseInteger":
            # Measured.
            return math.nan
        if name not in CODES or (name == "sort" and arguments[1] is not None):
            raise
        fail(CODES[name], *arguments[:2])


def arithmetic(self: engine.Jsonata, left: Any, right: Any, operator: str) -> Any:
    """As JavaScript's: a number without an end is a result, and no operand. jsonata-python has no fractions of a remainder either."""
    for value, code in ((left, "T2001"), (right, "T2002")):
        if value is not None and not Utils.is_numeric(value):
            fail(code, operator, value)
    if left is None or right is None:
        return None
    result = calculated(float(left), float(right), operator)
    return Utils.convert_number(result) if math.isfinite(result) else result


def calculated(left: float, right: float, operator: str) -> float:
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/" if right:
            return left / right
        case "/" if left:
            return math.copysign(math.inf, left) * math.copysign(1, right)
        case "%" if right:
            return math.fmod(left, right)
    return math.nan


original_call = engine.Jsonata.JNativeFunction.call


def install() -> None:
    Signature.throw_validation_error = wrong_argument
    engine.Jsonata.JNativeFunction.call = call
    engine.Jsonata.evaluate_numeric_expression = arithmetic
    # It prints what it does not know, and standard output is the run's.
    engine.print = lambda *_: None
