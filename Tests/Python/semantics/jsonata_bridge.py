"""JSONata for moto's interpreter of the Amazon States Language, by jsonata-python."""

from __future__ import annotations

import json

import jsonata
from moto.stepfunctions.parser.api import EvaluationFailedEventDetails, HistoryEventType
from moto.stepfunctions.parser.asl.component.common.error_name.failure_event import FailureEvent, FailureEventException
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name import StatesErrorName
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name_type import StatesErrorNameType
from moto.stepfunctions.parser.asl.component.common.string import string_expression
from moto.stepfunctions.parser.asl.eval import states, variable_store
from moto.stepfunctions.parser.asl.jsonata import jsonata as bridge
from moto.stepfunctions.parser.asl.eval.event.event_detail import EventDetails
from moto.stepfunctions.parser.asl.jsonata import validations


def evaluate_jsonata(text: str):
    """AWS evaluates JSONata itself; moto asks a JVM."""
    try:
        return jsonata.Jsonata(text).evaluate(None)
    except Exception as problem:
        raise bridge.JSONataException("UNKNOWN", str(problem)) from problem


original_expression = string_expression.StringJSONata._eval_body


def evaluate_expression(self, env) -> None:
    """Whatever is wrong in an expression is this error (Step Functions guide, "Error names"); moto knows that nothing comes out."""
    try:
        original_expression(self, env)
    except bridge.JSONataException as problem:
        name = StatesErrorName(typ=StatesErrorNameType.StatesQueryEvaluationError)
        details = EvaluationFailedEventDetails(error=name.error_name, cause=problem.details)
        raise FailureEventException(
            FailureEvent(
                env=env,
                error_name=name,
                event_type=HistoryEventType.EvaluationFailed,
                event_details=EventDetails(evaluationFailedEventDetails=details),
            )
        ) from problem


def declare(bindings: dict) -> str:
    """AWS binds values; moto writes them into the expression, and texts without escapes. jsonata-python reads the two
    escapes of a character beyond the first 65,536 as two characters, so that such a one stands as it is."""
    texts = {name: json.dumps(value, ensure_ascii=False, default=str) for name, value in bindings.items()}
    return "".join(f"{name}:={text};" for name, text in texts.items())


def patch() -> None:
    string_expression.StringJSONata._eval_body = evaluate_expression
    for module in (string_expression, validations, bridge):
        module.eval_jsonata_expression = evaluate_jsonata
    for module in (states, variable_store, bridge):
        if hasattr(module, "encode_jsonata_variable_declarations"):
            module.encode_jsonata_variable_declarations = declare
