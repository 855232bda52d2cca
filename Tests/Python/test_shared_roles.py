"""What all pipelines of an environment share does not follow from what they do.

The infra stack is deployed before the pipelines, with `--pipeline` instead of most of them: a role that were the union of what the
present definitions need would lose what the deployed ones need.
"""

from __future__ import annotations

import json

import program
import pytest

PLAIN = "steps: [f]\n"
# What each of them adds to a machine.
USES = {
    "starts another one": "steps: [{name: other, pipeline: raw/plain, wait_for_completion: false}]\n",
    "waits for another one": "steps: [{name: other, pipeline: raw/plain}]\n",
    "counts its runs": "max_active_runs: 1\nsteps: [f]\n",
    "has a Distributed Map": "steps: [{name: each, function: f, for_each: {items: [1, 2]}}]\n",
    "has a job": "functions: {f: {compute: {vcpu: 1, memory: 4096}}}\nsteps: [f]\n",
    "has a function that may read": "functions: {f: {access: {s3_read: landing/a.csv}}}\nsteps: [f]\n",
}
NETWORK = "{dev: {vpc_id: vpc-0123456789abcdef0, private_subnet_ids: [subnet-0123456789abcdef0]}}"
ROLES = ["LambdaRole", "StateMachineRole", "TriggerRole"]


def infra(dorc, folder, pipeline: str) -> dict:
    root = program.make_repository(folder, {"raw/plain": PLAIN, "raw/p": pipeline}, environments=NETWORK)
    dorc.succeed(root / "out", "--config", root, "--format", "json", "--quiet")
    return json.loads((root / "out/dev/infra.json").read_text())["Resources"]


@pytest.fixture(scope="module")
def plain(dorc, tmp_path_factory):
    return infra(dorc, tmp_path_factory.mktemp("plain"), PLAIN)


@pytest.mark.parametrize("use", USES)
def test_a_pipeline_changes_no_shared_role_whatever_it_does(dorc, plain, tmp_path, use):
    resources = infra(dorc, tmp_path, USES[use])
    for name in [*ROLES, "EncryptionKey"]:
        assert resources[name] == plain[name], name


def test_the_shared_role_of_state_machines_reaches_nothing_beyond_its_environment(plain):
    document = plain["StateMachineRole"]["Properties"]["Policies"][0]["PolicyDocument"]
    everything = [
        statement["Sid"]
        for statement in document["Statement"]
        if "acme-dev-" not in json.dumps(statement["Resource"])
    ]
    # The rule is Step Functions' own; logs and traces take no narrower resource.
    assert everything == ["FollowPipelinesThroughEvents", "DeliverLogs", "WriteTraces"]


def test_a_container_that_is_followed_gives_its_pipeline_a_role_of_its_own(dorc, tmp_path):
    """That takes a right to all jobs of the account."""
    image = "functions: {f: {image: 'public.ecr.aws/docker/library/busybox:1', compute: {vcpu: 1, memory: 4096}}}\nsteps: [f]\n"
    resources = infra(dorc, tmp_path, image)
    assert "batch:TerminateJob" not in json.dumps(resources["StateMachineRole"])
    own = json.loads((tmp_path / "out/dev/core/raw/p.json").read_text())["Resources"]["StateMachineRole"]
    assert "batch:TerminateJob" in json.dumps(own)
