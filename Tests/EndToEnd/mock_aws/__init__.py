"""A mock of AWS for dorc's stacks: moto's server on loopback, and what moto 5.2 lacks.

    MockAWS -> moto's server in this process, which the AWS CLI talks to
            -> patches: CloudFormation (change_sets, cloudformation, resources, intrinsics), Lambda (functions),
               Batch (jobs), Step Functions (machines, maps, clock), EventBridge and its Scheduler (events, schedules), what they write to
               (notices), and what they may (iam, keys)
"""

from __future__ import annotations

import moto
from moto.server import ThreadedMotoServer

from . import chat, clients, cloudformation, events, functions, jobs, machines, maps, schedules
from .iam import ACCOUNT
from .intrinsics import REGION

__all__ = ["ACCOUNT", "REGION", "MockAWS"]


class MockAWS:
    """Clients of this process reach the same backends as the server, without HTTP."""

    def __enter__(self) -> MockAWS:
        self.mock = moto.mock_aws(config={"stepfunctions": {"execute_state_machine": True}})
        self.mock.start()
        chat.channels.clear()
        for module in (cloudformation, functions, jobs, machines, maps, events, schedules):
            module.patch()
        self.server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        self.server.start()
        jobs.variables = self.variables
        return self

    def __exit__(self, *_) -> None:
        self.server.stop()
        self.mock.stop()

    @property
    def variables(self) -> dict[str, str]:
        """Of the environment of whoever calls AWS."""
        _, port = self.server.get_host_and_port()
        return {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": REGION,
        }

    @staticmethod
    def client(service: str):
        return clients.client(service)

    @staticmethod
    def fire(schedule: str, group: str) -> None:
        events.fire(schedule, group)
