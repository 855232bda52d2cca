"""JSONata for moto's interpreter of the Amazon States Language, by jsonata-python."""

from __future__ import annotations

import jsonata
from moto.stepfunctions.parser.asl.component.common.string import string_expression
from moto.stepfunctions.parser.asl.eval import states, variable_store
from moto.stepfunctions.parser.asl.jsonata import jsonata as bridge
from moto.stepfunctions.parser.asl.jsonata import validations
from moto.stepfunctions.parser.asl.utils.encoding import to_json_str


def evaluate_jsonata(text: str):
    """AWS evaluates JSONata itself; moto asks a JVM."""
    try:
        return jsonata.Jsonata(text).evaluate(None)
    except Exception as problem:
        raise bridge.JSONataException("UNKNOWN", str(problem)) from problem


def declare(bindings: dict) -> str:
    """AWS binds values; moto writes them into the expression, and texts without escapes."""
    return "".join(f"{name}:={to_json_str(value)};" for name, value in bindings.items())


def patch() -> None:
    for module in (string_expression, validations, bridge):
        module.eval_jsonata_expression = evaluate_jsonata
    for module in (states, variable_store, bridge):
        if hasattr(module, "encode_jsonata_variable_declarations"):
            module.encode_jsonata_variable_declarations = declare
