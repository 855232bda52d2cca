"""AWS Batch: jobs of images, run with dorc's runner as the entry point, in processes.

The roles of a job are asked for what the container's start and the container itself need. A job that ends is an event, with the job as
DescribeJobs gives it (Batch guide, "Job state change events"). What AWS does to containers, tests ask for with `interruptions`.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from fnmatch import fnmatchcase

from botocore.exceptions import ClientError
from moto.batch.models import BatchBackend

from . import events
from .clients import client
from .functions import folder_of
from .iam import ACCOUNT, Role
from .intrinsics import REGION
from .registry import repository_of
from .resources import Kind

# Of the server that containers call; set where it starts.
variables: dict[str, str] = {}
# Each with its compute environments, in order.
queues: dict[str, list[str]] = {}
# Each with its properties.
environments: dict[str, dict] = {}
# Each name with its revisions.
definitions: dict[str, list[dict]] = {}
jobs: dict[str, Job] = {}
# By function: why each of the next attempts is stopped, once its container runs.
interruptions: dict[str, list[str]] = {}
# Batch guide, "Job timeouts" and "Automated job retries": not tried again, whatever the strategy says.
FINAL = ("Job attempt duration exceeded timeout", "Job queue deleted")
PULL = ("ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer")


def arn(kind: str, name: str) -> str:
    return f"arn:aws:batch:{REGION}:{ACCOUNT}:{kind}/{name}"


def refuse(message: str) -> ClientError:
    answer = {"Error": {"Code": "ClientException", "Message": message}}
    return ClientError(answer | {"ResponseMetadata": {"HTTPStatusCode": 400, "RequestId": "1"}}, "SubmitJob")


def tagged(properties: dict, tags: dict[str, str]) -> dict:
    """The stack's tags are handed on, and cannot be changed (schemas, `tagging`; CloudFormation's roadmap, issue 2463)."""
    return properties | {"Tags": {**tags, **properties.get("Tags", {})}}


class InstanceProfile(Kind, type="AWS::IAM::InstanceProfile"):
    replaced_by = ("InstanceProfileName",)

    def create(self, properties):
        self.reference = properties["InstanceProfileName"]
        answer = client("iam").create_instance_profile(InstanceProfileName=self.reference)
        self.attributes["Arn"] = answer["InstanceProfile"]["Arn"]


class ComputeEnvironment(Kind, type="AWS::Batch::ComputeEnvironment"):
    replaced_by = ("ComputeEnvironmentName", "Type", "Tags")
    with_tags_of_stack = staticmethod(tagged)

    def create(self, properties):
        # Batch API: of Fargate, none of what instances have.
        resources = properties["ComputeResources"]
        isFargate = resources["Type"].startswith("FARGATE")
        assert isFargate != ("InstanceTypes" in resources) and ("InstanceRole" in resources) != isFargate
        self.reference = arn("compute-environment", f"made-{uuid.uuid4().hex[:8]}")
        self.update(properties)

    def update(self, properties):
        environments[self.reference] = properties

    def delete(self):
        """Batch API, DeleteComputeEnvironment: of no queue, and on Fargate without active jobs."""
        if any(self.reference in order for order in queues.values()):
            raise refuse(f"Cannot delete, found existing JobQueue relationship: {self.reference}")
        if any(job.is_active and job.place == self.reference for job in jobs.values()):
            raise refuse(f"{self.reference} has active jobs: it becomes INVALID")
        del environments[self.reference]


class JobQueue(Kind, type="AWS::Batch::JobQueue"):
    replaced_by = ("JobQueueName", "JobQueueType", "Tags")
    with_tags_of_stack = staticmethod(tagged)

    def create(self, properties):
        self.reference = arn("job-queue", properties["JobQueueName"])
        assert self.reference not in queues, "there is a queue of that name"
        self.update(properties)

    def update(self, properties):
        order = sorted(properties["ComputeEnvironmentOrder"], key=lambda each: each["Order"])
        queues[self.reference] = [each["ComputeEnvironment"] for each in order]
        assert len(order) <= 3 and all(each in environments for each in queues[self.reference])

    def delete(self):
        """Batch API, DeleteJobQueue: all its jobs are terminated."""
        del queues[self.reference]
        for job in list(jobs.values()):
            if job.queue == self.reference and job.is_active:
                job.reason = "Job queue deleted"
                job.terminated = True
                if job.process:
                    job.process.kill()


class JobDefinition(Kind, type="AWS::Batch::JobDefinition"):
    replaced_by = ("JobDefinitionName",)

    def create(self, properties):
        revisions = definitions.setdefault(properties["JobDefinitionName"], [])
        container = properties["ContainerProperties"]
        for role in (container["JobRoleArn"], container["ExecutionRoleArn"]):
            Role(role)
        assert properties["Timeout"]["AttemptDurationSeconds"] >= 60
        revisions.append(properties)
        self.reference = arn("job-definition", f"{properties['JobDefinitionName']}:{len(revisions)}")

    update = create


class Job:
    def __init__(self, name: str, definition: str, queue: str, overrides: dict):
        revision = definition.rpartition("/")[2]
        self.definition = definitions[revision.rpartition(":")[0]][int(revision.rpartition(":")[2]) - 1]
        if queue not in queues:
            raise refuse(f"JobQueue {queue} not found")
        size = len(json.dumps({"containerOverrides": [overrides]}))
        self.too_long = size > 8192
        self.id, self.name, self.queue, self.overrides = str(uuid.uuid4()), name, queue, overrides
        self.arn = arn("job", self.id)
        self.status, self.reason, self.container_reason, self.code, self.attempts = "SUBMITTED", "", "", None, 0
        self.process: subprocess.Popen | None = None
        self.terminated = False
        # Batch API, CreateComputeEnvironment: none begins in one that is disabled.
        self.place = next(each for each in queues[queue] if environments[each]["State"] == "ENABLED")

    @property
    def is_active(self) -> bool:
        return self.status not in ("SUCCEEDED", "FAILED")

    def describe_short(self) -> dict:
        return {"jobId": self.id, "jobName": self.name, "status": self.status}

    @property
    def container(self) -> dict:
        return self.definition["ContainerProperties"]

    @property
    def environment(self) -> dict[str, str]:
        written = {each["Name"]: each["Value"] for each in self.container.get("Environment", [])}
        return written | {each["name"]: each["value"] for each in self.overrides.get("environment", [])}

    def describe(self) -> dict:
        container = {"environment": [{"name": name, "value": value} for name, value in self.environment.items()]}
        if self.container_reason:
            container["reason"] = self.container_reason
        if self.code is not None:
            container |= {"exitCode": self.code, "logStreamName": f"{self.name}/default/{self.id}"}
        return {
            "jobArn": self.arn,
            "jobName": self.name,
            "jobId": self.id,
            "jobQueue": self.queue,
            "status": self.status,
            "statusReason": self.reason,
            "container": container,
        }

    # -- What Batch does

    def run(self) -> None:
        attempts = self.definition.get("RetryStrategy", {}).get("Attempts", 1)
        while self.attempts < attempts:
            self.attempts += 1
            try:
                self.attempt()
            except Exception as problem:
                self.code, self.reason = None, f"ResourceInitializationError: {problem}"
            if self.code == 0 or not self.is_tried_again():
                break
        self.status = "SUCCEEDED" if self.code == 0 else "FAILED"
        events.publish("aws.batch", "Batch Job State Change", [self.arn], self.describe())

    def is_tried_again(self) -> bool:
        if self.terminated or self.reason in FINAL:
            return False
        for rule in self.definition.get("RetryStrategy", {}).get("EvaluateOnExit", []):
            fields = (
                (rule.get("OnStatusReason"), self.reason),
                (rule.get("OnReason"), self.container_reason),
                (rule.get("OnExitCode"), "" if self.code is None else str(self.code)),
            )
            if all(pattern is None or fnmatchcase(text, pattern) for pattern, text in fields):
                return rule["Action"] == "RETRY"
        return True

    def attempt(self) -> None:
        self.reason, self.container_reason = "Essential container in task exited", ""
        if self.too_long:
            raise ValueError("Container Overrides length must be at most 8192")
        starter = Role(self.container["ExecutionRoleArn"]).assumed_by("ecs-tasks.amazonaws.com", self.task)
        image = self.container["Image"]
        repository = f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/{repository_of(image)}"
        starter.check("ecr:GetAuthorizationToken", "*")
        for action in PULL:
            starter.check(action, repository)
        options = self.container["LogConfiguration"]["Options"]
        stream = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{options['awslogs-group']}:log-stream:{self.id}"
        for action in ("logs:CreateLogStream", "logs:PutLogEvents"):
            starter.check(action, stream)
        secrets = {each["Name"]: self.secret(starter, each["ValueFrom"]) for each in self.container.get("Secrets", [])}
        Role(self.container["JobRoleArn"]).assumed_by("ecs-tasks.amazonaws.com", self.task)
        self.start(folder_of(image), secrets)

    @property
    def task(self) -> str:
        return f"arn:aws:ecs:{REGION}:{ACCOUNT}:task/{self.id}"

    @staticmethod
    def secret(starter: Role, written: str) -> str:
        """An ARN without its last six characters, and after it a key, a version and a stage."""
        fields = written.split(":")
        found = client("secretsmanager").get_secret_value(SecretId=fields[6])
        starter.check("secretsmanager:GetSecretValue", found["ARN"])
        key = fields[7] if len(fields) > 7 else ""
        return json.loads(found["SecretString"])[key] if key else found["SecretString"]

    def start(self, folder: str, secrets: dict[str, str]) -> None:
        command = self.overrides.get("command") or self.container.get("Command", [])
        runner = os.path.join(folder, "job-runner.py")
        program = [sys.executable, "-B", runner] if os.path.exists(runner) else [sys.executable, "-B"]
        environment = {"PATH": os.environ["PATH"], **variables, **self.environment, **secrets}
        environment |= {"AWS_BATCH_JOB_ID": self.id, "AWS_BATCH_JOB_ATTEMPT": str(self.attempts), "LAMBDA_TASK_ROOT": folder}
        self.status = "RUNNING"
        self.process = subprocess.Popen(
            [*program, *command], env=environment, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, encoding="utf-8")  # fmt: skip
        function = self.name.rpartition("-")[2]
        if interruptions.get(function):
            reason = interruptions[function].pop(0)
            time.sleep(2)
            self.process.send_signal(signal.SIGTERM)
            self.reason = reason or self.reason
        output, _ = self.process.communicate(timeout=60)
        self.log(output)
        self.code = self.process.returncode
        if self.code < 0:
            self.container_reason = "OutOfMemoryError: Container killed due to memory usage"
            self.code = 128 - self.code


    def log(self, output: str) -> None:
        """The driver `awslogs`: an event a line."""
        options = self.container["LogConfiguration"]["Options"]
        place = {"logGroupName": options["awslogs-group"], "logStreamName": f"{options['awslogs-stream-prefix']}/{self.id}/{self.attempts}"}
        now = int(time.time() * 1000)
        lines = [{"timestamp": now, "message": line} for line in output.splitlines() if line]
        client("logs").create_log_stream(**place)
        if lines:
            client("logs").put_log_events(**place, logEvents=lines)


def submit_job(self, job_name, job_def_id, job_queue, array_properties=None, depends_on=None, container_overrides=None, **_):
    job = Job(job_name, job_def_id, job_queue, container_overrides or {})
    jobs[job.id] = job
    threading.Thread(target=job.run, daemon=True).start()
    return job_name, job.id, job.arn


def list_jobs(self, job_queue_name, job_status=None, filters=None, **_):
    queue = job_queue_name if job_queue_name.startswith("arn:") else arn("job-queue", job_queue_name)
    if queue not in queues:
        raise refuse(f"{job_queue_name} does not exist")
    return [job for job in jobs.values() if job.queue == queue and job.status == (job_status or "RUNNING")]


def describe_jobs(self, jobs_asked=None, **_):
    return [jobs[each].describe() for each in jobs_asked or []]


def patch() -> None:
    queues.clear()
    environments.clear()
    definitions.clear()
    jobs.clear()
    BatchBackend.submit_job = submit_job
    BatchBackend.list_jobs = list_jobs
    BatchBackend.describe_jobs = lambda self, jobs=None: describe_jobs(self, jobs)
