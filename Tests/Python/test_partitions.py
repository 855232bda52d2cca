"""AWS's partitions: what is written for a region, compared with the data of botocore."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import botocore
import program
import pytest

DATA = Path(botocore.__file__).parent / "data"
PARTITIONS = json.loads((DATA / "partitions.json").read_text(encoding="utf-8"))["partitions"]
REGIONS = [
    (region, partition["id"], partition["outputs"]["dnsSuffix"])
    for partition in PARTITIONS
    for region in partition["regions"]
    if not region.endswith("-global")
]
# AWS's documentation for each partition; no file of botocore has all of them (see `sign_in_hosts`).
CONSOLES = {
    "aws": "console.aws.amazon.com",
    "aws-cn": "console.amazonaws.cn",
    "aws-us-gov": "console.amazonaws-us-gov.com",
    "aws-eusc": "console.amazonaws-eusc.eu",
    "aws-iso": "console.c2shome.ic.gov",
    "aws-iso-b": "console.sc2shome.sgov.gov",
    "aws-iso-e": "console.csphome.adc-e.uk",
    "aws-iso-f": "console.csphome.hci.ic.gov",
}


@pytest.fixture(scope="module")
def dorc():
    return program.find()


@pytest.fixture(scope="module")
def written(dorc, tmp_path_factory):
    """A project with an environment in every region."""
    folder = tmp_path_factory.mktemp("partitions")
    environments = "".join(f"  {name(region)}: {{region: {region}}}\n" for region, _, _ in REGIONS)
    permission = '{actions: [s3:GetObject], resources: ["arn:${partition}:s3:::landing/*"]}'
    files = {
        "dorc.yaml": f"project: demo\nregion: eu-west-2\nenvironments:\n{environments}",
        "src/raw/p/pipeline.yaml": f"functions: {{f: {{permissions: [{permission}]}}}}\nsteps: [f]\n",
        "src/raw/p/f/lambda.py": "def handler(event, context):\n    return event\n",
        "Dockerfile": "FROM public.ecr.aws/lambda/python:3.13\n",
    }
    program.write_files(folder / "config", files)
    dorc.succeed(folder / "out", "--config", folder / "config")
    return folder / "out"


def name(region: str) -> str:
    return region.replace("-", "")


def test_every_partition_of_botocore_has_a_console():
    assert {partition["id"] for partition in PARTITIONS} == set(CONSOLES)


def test_sign_in_hosts_of_botocore_are_of_the_same_domains():
    (path,) = (DATA / "signin").glob("*/endpoint-rule-set-1.json.gz")
    hosts = re.findall(r'"https://\{Region\}\.signin\.([a-z0-9.-]+)"', gzip.decompress(path.read_bytes()).decode())
    assert hosts and {f"console.{host}" for host in hosts} <= set(CONSOLES.values())


@pytest.mark.parametrize(("region", "partition", "suffix"), REGIONS, ids=[region for region, _, _ in REGIONS])
def test_what_is_written_for_a_region(written, region, partition, suffix):
    plan = (written / "deploy.plan").read_text(encoding="utf-8").splitlines()
    assert f"registry\t{name(region)}\t-\t{region}\t{suffix}" in plan
    template = (written / name(region) / "infra.yaml").read_text(encoding="utf-8")
    link = re.search(r"https://<region>\.([a-z0-9.-]+)/states/home", template)
    assert link is not None and link[1] == CONSOLES[partition]
    assert f"arn:{partition}:s3:::landing/*" in (written / name(region) / "core/raw/p.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("region", ["eu-west", "EU-west-2", "eu-west-22", "eu--2", "euscx-de-east-1", "eusc-east-1", "us-isog-west-1"])
def test_what_is_no_region_is_refused(dorc, tmp_path, region):
    program.write_files(tmp_path, {"dorc.yaml": f"project: demo\nregion: {region}\nenvironments: {{dev: {{}}}}\n"})
    findings = dorc.diagnostics("check", "--config", tmp_path)
    assert [finding["id"] for finding in findings if finding["line"] == 2] == ["invalid-value"]
