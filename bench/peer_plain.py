#!/usr/bin/env python3
"""Peer: hand-written script, plain dicts.   peer_plain.py REPO OUTDIR json|json-min|yaml"""
from bench_input import Clock
clock = Clock()
import json
import os
import sys

import yaml

import bench_input as bi

clock.lap("import")


def sub(text):
    return {"Fn::Sub": text}


def repository(name):
    return {"Type": "AWS::ECR::Repository", "Properties": {
        "RepositoryName": f"{bi.PROJECT}-{name}",
        "ImageScanningConfiguration": {"ScanOnPush": True},
        "ImageTagMutability": "IMMUTABLE",
        "EncryptionConfiguration": {"EncryptionType": "KMS"},
        "LifecyclePolicy": {"LifecyclePolicyText": bi.LIFECYCLE}}}


def infra(env):
    resources = {}
    for role, (service, grants) in bi.ROLES.items():
        resources[bi.logical(role, "role")] = {"Type": "AWS::IAM::Role", "Properties": {
            "RoleName": f"{bi.PROJECT}-{env}-{role}-role",
            "AssumeRolePolicyDocument": bi.assume(service),
            "Policies": [{"PolicyName": f"{role}-policy", "PolicyDocument": {
                "Version": "2012-10-17",
                "Statement": [{"Effect": "Allow", "Action": list(actions), "Resource": resource}
                              for actions, resource in grants]}}]}}
    return resources


def core(pipeline, env):
    network = bi.ENVIRONMENTS[env]
    stem = f"{bi.PROJECT}-{env}-{pipeline['layer']}-{pipeline['name']}"
    role = "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/" + f"{bi.PROJECT}-{env}-"
    resources, states = {}, {}
    for function in pipeline["functions"]:
        key, name = bi.logical(function["name"]), f"{stem}-{function['name']}"
        resources[key + "SecurityGroup"] = {"Type": "AWS::EC2::SecurityGroup", "Properties": {
            "GroupName": name + "-sg", "GroupDescription": f"Security group of {name}",
            "VpcId": network["vpc"],
            "SecurityGroupEgress": [{"Description": "HTTPS outbound", "IpProtocol": "tcp",
                                     "FromPort": 443, "ToPort": 443, "CidrIp": "0.0.0.0/0"}]}}
        resources[key + "LogGroup"] = {"Type": "AWS::Logs::LogGroup", "Properties": {
            "LogGroupName": f"/aws/lambda/{name}", "RetentionInDays": 30}}
        properties = {
            "FunctionName": name, "PackageType": "Image",
            "Code": {"ImageUri": sub("${AWS::AccountId}.dkr.ecr.${AWS::Region}.${AWS::URLSuffix}/"
                                     f"{bi.PROJECT}-{pipeline['layer']}-{pipeline['name']}-"
                                     f"{function['name']}:{function['tag']}")},
            "Role": sub(role + "lambda-role"),
            "Timeout": function.get("timeout", 600), "MemorySize": function.get("memory", 512),
            "LoggingConfig": {"LogGroup": {"Ref": key + "LogGroup"}},
            "VpcConfig": {"SecurityGroupIds": [{"Fn::GetAtt": [key + "SecurityGroup", "GroupId"]}],
                          "SubnetIds": list(network["subnets"])}}
        if function.get("env"):
            properties["Environment"] = {"Variables": function["env"]}
        resources[key + "Function"] = {"Type": "AWS::Lambda::Function", "Properties": properties}
        state = {"Type": "Task", "Resource": "${" + key + "Function.Arn}"}
        retry = function.get("retry")
        if retry:
            state["Retry"] = [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": retry["interval_seconds"],
                               "MaxAttempts": retry["max_attempts"], "BackoffRate": retry["backoff_rate"]}]
        if "next" in function:
            state["Next"] = function["next"]
        else:
            state["End"] = True
        states[function["name"]] = state
    definition = {"Comment": pipeline["description"], "StartAt": pipeline["functions"][0]["name"],
                  "States": states}
    resources["StateMachineLogGroup"] = {"Type": "AWS::Logs::LogGroup", "Properties": {
        "LogGroupName": f"/aws/vendedlogs/states/{stem}", "RetentionInDays": 30}}
    resources["StateMachine"] = {"Type": "AWS::StepFunctions::StateMachine", "Properties": {
        "StateMachineName": stem, "RoleArn": sub(role + "states-role"),
        "DefinitionString": sub(json.dumps(definition)),
        "LoggingConfiguration": {"Level": "ALL", "IncludeExecutionData": False, "Destinations": [
            {"CloudWatchLogsLogGroup": {"LogGroupArn": {"Fn::GetAtt": ["StateMachineLogGroup", "Arn"]}}}]}}}
    resources["DeadLetterQueue"] = {"Type": "AWS::SQS::Queue", "Properties": {
        "QueueName": stem + "-dlq", "MessageRetentionPeriod": 1209600, "SqsManagedSseEnabled": True}}
    trigger = pipeline.get("trigger")
    if trigger:
        rule = {"Name": stem, "State": "ENABLED", "Targets": [{
            "Id": "StateMachine", "Arn": {"Ref": "StateMachine"}, "RoleArn": sub(role + "events-role"),
            "DeadLetterConfig": {"Arn": {"Fn::GetAtt": ["DeadLetterQueue", "Arn"]}}}]}
        if trigger["type"] == "cron":
            rule["ScheduleExpression"] = trigger["expression"]
        else:
            rule["EventPattern"] = {"source": ["aws.s3"], "detail-type": ["Object Created"], "detail": {
                "bucket": {"name": [trigger["bucket"]]}, "object": {"key": [{"prefix": trigger["prefix"]}]}}}
        resources["TriggerRule"] = {"Type": "AWS::Events::Rule", "Properties": rule}
    return resources


def template(description, resources):
    return {"AWSTemplateFormatVersion": "2010-09-09", "Description": description, "Resources": resources}


class Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):
    def ignore_aliases(self, data):
        return True


def main():
    repo, outdir, form = sys.argv[1:4]
    render = {"json": lambda doc: json.dumps(doc, indent=2),
              "json-min": lambda doc: json.dumps(doc, separators=(",", ":")),
              "yaml": lambda doc: yaml.dump(doc, Dumper=Dumper, sort_keys=False, width=1000)}[form]
    suffix = ".yaml" if form == "yaml" else ".json"
    os.makedirs(outdir, exist_ok=True)
    pipelines = bi.load(repo)
    clock.lap("read input")
    documents = [(f"universal-{i}",
                  template("Repositories", {bi.logical(n, "repository"): repository(n) for n in chunk}))
                 for i, chunk in enumerate(bi.repositories(pipelines))]
    documents += [(f"infra-{env}", template(f"Roles for {env}", infra(env))) for env in bi.ENVIRONMENTS]
    documents += [(f"core-{p['layer']}-{p['name']}-{env}", template(p["description"], core(p, env)))
                  for p in pipelines for env in bi.ENVIRONMENTS]
    clock.lap("build")
    texts = [(name, render(document)) for name, document in documents]
    clock.lap("serialise")
    for name, text in texts:
        with open(os.path.join(outdir, name + suffix), "w") as out:
            out.write(text)
    clock.lap("write")


main()
