"""What dorc writes -> plans, as the Swift half of `run` makes them."""

from __future__ import annotations

import json
from pathlib import Path

import yaml

ACCOUNT, REGION = "111122223333", "eu-west-2"


class Loader(yaml.SafeLoader):
    """YAML with CloudFormation's short tags."""


def intrinsic(loader, suffix: str, node):
    name = suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}"
    if isinstance(node, yaml.ScalarNode):
        value = node.value.split(".", 1) if suffix == "GetAtt" else node.value
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    return {name: value}


Loader.add_multi_constructor("!", intrinsic)


def read(path: Path) -> dict:
    text = path.read_text(encoding="utf-8")
    return json.loads(text) if path.suffix == ".json" else yaml.load(text, Loader)


def resolve(value, resources: dict):
    if isinstance(value, list):
        return [resolve(each, resources) for each in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"Fn::GetAtt"}:
        return f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{resources[value['Fn::GetAtt'][0]]['Properties']['FunctionName']}"
    # A version of it.
    if set(value) == {"Ref"} and "FunctionName" in (found := resources[value["Ref"]]["Properties"]):
        return resolve({"Fn::GetAtt": [found["FunctionName"]["Ref"], "Arn"]}, resources) + ":1"
    if set(value) == {"Fn::Join"}:
        between, parts = value["Fn::Join"]
        return between.join(resolve(part, resources) for part in parts)
    if set(value) == {"Fn::Sub"}:
        text, more = value["Fn::Sub"] if isinstance(value["Fn::Sub"], list) else (value["Fn::Sub"], {})
        for name, content in more.items():
            text = text.replace(f"${{{name}}}", resolve(content, resources))
        for name, content in (("Partition", "aws"), ("Region", REGION), ("AccountId", ACCOUNT), ("URLSuffix", "amazonaws.com")):
            text = text.replace(f"${{AWS::{name}}}", content)
        for name, resource in resources.items():
            function = resource["Properties"].get("FunctionName", "") if "Properties" in resource else ""
            if isinstance(function, dict):
                text = text.replace(f"${{{name}}}", resolve({"Ref": name}, resources))
            text = text.replace(f"${{{name}.Arn}}", f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{function}")
        return text
    return {key: resolve(each, resources) for key, each in value.items()}


def plan_of(output: Path, environment: str, config: Path, pipeline: str, include: tuple[str, ...] = ()) -> dict:
    """Of all pipelines in the environment's folder of templates."""
    pipelines, functions, project = [], [], ""
    for path in sorted((output / environment / "core").rglob("*.*")):
        name = f"{path.parent.name}/{path.stem}"
        template = read(path)
        resources, texts = template["Resources"], template.get("Mappings", {}).get("Functions", {})
        for logical_id, resource in resources.items():
            properties = resource.get("Properties", {})
            # A trigger that waits for several pipelines has a machine too.
            if logical_id == "StateMachine":
                arn = f"arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:{properties['StateMachineName']}"
                written = resolve(properties.get("Definition") or properties["DefinitionString"], resources)
                machine = json.loads(written) if isinstance(written, str) else written
                pipelines.append({"name": name, "state_machine": arn, "definition": machine})
            elif resource["Type"] == "AWS::Lambda::Function":
                function, _, rest = texts[logical_id]["Version"].partition(" of ")
                project = rest.partition(" in ")[0]
                variables = resolve(properties.get("Environment", {}).get("Variables", {}), resources)
                plain = {key: value for key, value in variables.items() if not str(value).startswith("{{resolve:")}
                folder = f"src/{function}"
                functions.append(
                    {
                        "name": function,
                        "arn": f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{properties['FunctionName']}",
                        "folder": folder if (config / folder).is_dir() else None,
                        "paths": ["", *include],
                        "variables": plain,
                        "timeout": properties["Timeout"],
                        "memory": properties["MemorySize"],
                    }
                )
    return {
        "version": 1,
        "project": project or "demo",
        "environment": environment,
        "region": REGION,
        "account": ACCOUNT,
        "root": str(config.absolute()),
        "pipeline": pipeline,
        "pipelines": pipelines,
        "functions": functions,
    }
