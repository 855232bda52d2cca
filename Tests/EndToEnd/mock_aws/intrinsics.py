"""CloudFormation's functions and dynamic references."""

from __future__ import annotations

import json
import re

import boto3

from .iam import ACCOUNT

REGION = "eu-west-2"
PSEUDO = {
    "AWS::AccountId": ACCOUNT,
    "AWS::Region": REGION,
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
}


def references(value) -> set[str]:
    """The logical ids that a value speaks of."""
    if isinstance(value, list):
        return set().union(*map(references, value))
    if not isinstance(value, dict):
        return set()
    if set(value) == {"Ref"}:
        return {value["Ref"]} - set(PSEUDO)
    if set(value) == {"Fn::FindInMap"}:
        return set()
    if set(value) == {"Fn::GetAtt"}:
        return {attribute(value["Fn::GetAtt"])[0]}
    if set(value) == {"Fn::Sub"}:
        names = re.findall(r"\$\{([^!}][^}]*)\}", value["Fn::Sub"])
        return {attribute(name)[0] for name in names} - set(PSEUDO)
    return set().union(*map(references, value.values()))


def attribute(target) -> list[str]:
    return target if isinstance(target, list) else target.split(".", 1)


class Resolver:
    def __init__(self, stack_resources: dict, exports: dict[str, str], parameters: dict[str, str], mappings: dict):
        """`stack_resources` have a `reference` (of `Ref`) and `attributes`, by logical id."""
        self.resources = stack_resources
        self.parameters = parameters
        self.mappings = mappings
        self.exports = exports
        self.imported: set[str] = set()

    def resolve(self, value):
        if isinstance(value, str):
            return self.dynamic(value)
        if isinstance(value, list):
            return [self.resolve(each) for each in value]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            (name, argument), = value.items()
            function = getattr(self, name.removeprefix("Fn::").lower(), None)
            if function and (name == "Ref" or name.startswith("Fn::")):
                return function(argument)
        return {key: self.resolve(each) for key, each in value.items()}

    def ref(self, name):
        if name in PSEUDO or name in self.parameters:
            return (PSEUDO | self.parameters)[name]
        return self.resources[name].reference

    def getatt(self, target):
        name, key = attribute(target)
        return self.resources[name].attributes[key]

    def findinmap(self, path):
        name, key, entry = path
        return self.mappings[name][key][entry]

    def sub(self, text):
        parts = re.split(r"\$\{(!?)([^}]*)\}", text)
        result = parts[0]
        for escape, name, rest in zip(parts[1::3], parts[2::3], parts[3::3]):
            result += (f"${{{name}}}" if escape else self.named(name)) + rest
        return self.dynamic(result)

    def named(self, name):
        """In a text: what `Ref` gives, or with a dot what `Fn::GetAtt` gives."""
        return self.getatt(name) if "." in name else self.ref(name)

    def importvalue(self, name):
        name = self.resolve(name)
        if name not in self.exports:
            raise ValueError(f"No export named {name} found.")
        self.imported.add(name)
        return self.exports[name]

    def split(self, argument):
        delimiter, text = argument
        return self.resolve(text).split(delimiter)

    def join(self, argument):
        delimiter, items = argument
        return delimiter.join(self.resolve(items))

    def select(self, argument):
        index, items = argument
        return self.resolve(items)[int(index)]

    @staticmethod
    def dynamic(text: str) -> str:
        def value(match):
            service, _, rest = match[1].partition(":")
            if service == "ssm":
                return boto3.client("ssm", REGION).get_parameter(Name=rest)["Parameter"]["Value"]
            secret, _, key = rest.partition(":SecretString:")
            content = boto3.client("secretsmanager", REGION).get_secret_value(SecretId=secret)["SecretString"]
            return json.loads(content)[key] if key else content

        return re.sub(r"\{\{resolve:([^}]*)\}\}", value, text)
