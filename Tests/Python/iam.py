"""An evaluation of IAM policies, as the IAM guide has it ("Policy evaluation logic"): what a role's own policies allow.

A request is an action on a resource, with a context of condition keys. It is allowed where some statement allows it and none denies
it. Conditions: all operators of a block have to hold, all keys of an operator, and one of the values of a key ("Create a condition
with multiple keys or values"); a key that the request lacks fails a test, but for `IfExists`, `Null`, negated tests and `ForAllValues`.
"""

from __future__ import annotations

import functools
import re

ACCOUNT = "111122223333"


def as_list(value) -> list:
    return value if isinstance(value, list) else [value]


@functools.cache
def pattern(text: str, ignoring_case: bool) -> re.Pattern:
    expression = "".join({"*": ".*", "?": "."}.get(each, re.escape(each)) for each in text)
    return re.compile(expression, re.DOTALL | (re.IGNORECASE if ignoring_case else 0))


def matches(wanted: str, actual: str, *, ignoring_case: bool = False) -> bool:
    return pattern(wanted, ignoring_case).fullmatch(actual) is not None


def is_arn_like(wanted: str, actual: str) -> bool:
    """Each of the six fields by itself: `*` does not reach over a colon ("ARN condition operators")."""
    fields = [each.split(":", 5) for each in (wanted, actual)]
    return len(fields[0]) == len(fields[1]) == 6 and all(map(matches, *fields))


TESTS = {
    "StringEquals": str.__eq__,
    "StringEqualsIgnoreCase": lambda wanted, actual: wanted.lower() == actual.lower(),
    "StringLike": matches,
    "ArnEquals": is_arn_like,
    "ArnLike": is_arn_like,
    "Bool": lambda wanted, actual: wanted.lower() == actual.lower(),
}
NEGATED = {name.replace("String", "StringNot").replace("Arn", "ArnNot"): name for name in TESTS if name != "Bool"}


def is_met(operator: str, key: str, wanted: list[str], context: dict[str, str | list[str]]) -> bool:
    values = next((as_list(value) for name, value in context.items() if name.lower() == key.lower()), None)
    if operator == "Null":
        return (values is None) == (wanted[0].lower() == "true")
    quantifier, _, test = operator.rpartition(":")
    exists_only = test.endswith("IfExists")
    test = test.removesuffix("IfExists")
    negated = test in NEGATED
    compare = TESTS[NEGATED.get(test, test)]

    def holds(value: str) -> bool:
        return any(compare(each, value) for each in wanted) != negated

    if quantifier == "ForAllValues":
        return all(map(holds, values or []))
    if values is None:
        return exists_only or negated and quantifier != "ForAnyValue"
    if quantifier == "ForAnyValue":
        return any(map(holds, values))
    assert len(values) == 1, f"{key} has several values, and {operator} is for one"
    return holds(values[0])


def speaks_of(statement: dict, action: str, resource: str, context: dict) -> bool:
    def includes(name: str, text: str, ignoring_case: bool) -> bool:
        if name in statement:
            return any(matches(each, text, ignoring_case=ignoring_case) for each in as_list(statement[name]))
        return not any(matches(each, text, ignoring_case=ignoring_case) for each in as_list(statement["Not" + name]))

    return (
        includes("Action", action, True)
        and includes("Resource", resource, False)
        and all(
            is_met(operator, key, list(map(str, as_list(wanted))), context)
            for operator, keys in statement.get("Condition", {}).items()
            for key, wanted in keys.items()
        )
    )


def allows(statements: list[dict], action: str, resource: str, **context) -> bool:
    """`s3_prefix` in the context is the key `s3:prefix`."""
    keys = {name.replace("_", ":", 1): value for name, value in context.items()}
    effects = {each["Effect"] for each in statements if speaks_of(each, action, resource, keys)}
    return effects == {"Allow"}


def deployed(value, region: str = "eu-west-2", partition: str = "aws", suffix: str = "amazonaws.com"):
    """What CloudFormation makes of a value of a template, where it is text with pseudo parameters."""
    known = {"AWS::Partition": partition, "AWS::Region": region, "AWS::AccountId": ACCOUNT, "AWS::URLSuffix": suffix}
    if isinstance(value, list):
        return [deployed(each, region, partition, suffix) for each in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"Ref"} and value["Ref"] in known:
        return known[value["Ref"]]
    if value.keys() == {"Fn::Sub"}:
        return re.sub(r"\$\{([A-Za-z:]+)\}", lambda match: known[match[1]], value["Fn::Sub"])
    if value.keys() == {"Fn::Join"}:
        separator, parts = value["Fn::Join"]
        return separator.join(deployed(parts, region, partition, suffix))
    return {key: deployed(each, region, partition, suffix) for key, each in value.items()}


def statements_of_role(template: dict, role: str, **place) -> list[dict]:
    policies = template["Resources"][role]["Properties"]["Policies"]
    return [each for policy in deployed(policies, **place) for each in policy["PolicyDocument"]["Statement"]]
