"""Distributed Maps in moto's interpreter, which knows no batches or tolerated failures and swallows the errors of items.

AWS gives each item an execution of its own. Here moto's inline Map runs them, with the same outcome: `inline` writes what
only a Distributed Map has into the state's comment, and the patches act on it.
"""

from __future__ import annotations

from moto.stepfunctions.parser.api import HistoryEventType, TaskFailedEventDetails
from moto.stepfunctions.parser.asl.component.common.error_name.custom_error_name import CustomErrorName
from moto.stepfunctions.parser.asl.component.common.error_name.failure_event import FailureEvent, FailureEventException
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name import StatesErrorName
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name_type import StatesErrorNameType
from moto.stepfunctions.parser.asl.component.state.exec.state_map.iteration.inline_iteration_component import (
    InlineIterationComponent,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_map.iteration.iteration_worker import IterationWorker
from moto.stepfunctions.parser.asl.component.state.exec.state_map.iteration.job import JobPool
from moto.stepfunctions.parser.asl.component.state.exec.state_map.state_map import StateMap
from moto.stepfunctions.parser.asl.eval.event.event_detail import EventDetails

MARK = "Distributed Map:"

original_map = StateMap._eval_execution
original_iteration = InlineIterationComponent._eval_body
original_job = IterationWorker._eval_job
original_pool = JobPool.__init__


def inline(value):
    """A definition with inline Maps only."""
    if isinstance(value, list):
        return [inline(each) for each in value]
    if not isinstance(value, dict):
        return value
    if value.get("Mode") == "DISTRIBUTED":
        return {"Mode": "INLINE"}
    result = {key: inline(each) for key, each in value.items() if key != "WriterConfig"}
    if value.get("Type") == "Map" and value["ItemProcessor"].get("ProcessorConfig", {}).get("Mode") == "DISTRIBUTED":
        batch = result.pop("ItemBatcher", {}).get("MaxItemsPerBatch", 0)
        count, percentage = (result.pop(f"ToleratedFailure{each}", 0) for each in ("Count", "Percentage"))
        result["Comment"] = f"{MARK} {batch} {count} {percentage}"
        if result.get("MaxConcurrency", 0) > 40:
            del result["MaxConcurrency"]
    return result


class Settings:
    """Step Functions guide, "ItemBatcher" and "Setting failure thresholds for Distributed Map states"."""

    def __init__(self, comment: str):
        batch, self.count, self.percentage = map(float, comment.removeprefix(MARK).split())
        self.batch = int(batch)
        self.items = self.failed = 0

    def batches(self, items: list) -> list:
        self.items = len(items)
        if self.batch:
            items = [{"Items": items[at : at + self.batch]} for at in range(0, len(items), self.batch)]
        return Items(items, self)

    def tolerates(self, job) -> bool:
        self.failed += len(job.job_input["Items"]) if self.batch else 1
        return self.failed <= self.count or 100 * self.failed <= self.percentage * self.items


class Items(list):
    def __init__(self, items: list, settings: Settings):
        super().__init__(items)
        self.settings = settings


def run_map(self: StateMap, env) -> None:
    comment = self.comment.comment if self.comment else ""
    self.iteration_component.settings = Settings(comment) if comment.startswith(MARK) else None
    self.iteration_component.item_reader = self.item_reader
    original_map(self, env)


def run_items(self: InlineIterationComponent, env) -> None:
    declared = env.stack.pop()
    if self.item_reader:
        env.stack.append(declared)
        self.item_reader.eval(env=env)
        declared.input_items = env.stack.pop()
        declared = env.stack.pop()
    if self.settings:
        declared.input_items = self.settings.batches(declared.input_items)
    env.stack.append(declared)
    original_iteration(self, env)


def make_pool(self: JobPool, job_program, job_inputs) -> None:
    self.settings = getattr(job_inputs, "settings", None)
    original_pool(self, job_program, job_inputs)


def run_job(self: IterationWorker, env, job) -> None:
    original_job(self, env, job)
    settings, problem = self._job_pool.settings, job.job_output
    if not settings or not isinstance(problem, FailureEventException):
        return
    if problem.failure_event.event_type == HistoryEventType.MapIterationAborted:
        return
    details = env.program_state().error or {}
    if settings.tolerates(job):
        # "ResultWriter": of an execution that failed, its record stands in the output.
        job.job_output = {"Status": "FAILED", "Error": details.get("error"), "Cause": details.get("cause")}
        return
    name = StatesErrorName(typ=StatesErrorNameType.StatesExceedToleratedFailureThreshold)
    cause = "The specified tolerated failure threshold was exceeded"
    job.job_output = FailureEventException(
        FailureEvent(
            env=env,
            error_name=name,
            event_type=HistoryEventType.MapIterationFailed,
            event_details=EventDetails(
                taskFailedEventDetails=TaskFailedEventDetails(error=name.error_name, cause=cause)
            ),
        )
    )


def name_error(self: CustomErrorName, error_name: str | None) -> None:
    """moto takes no `States.` error of an item or a branch for the error of what is around it."""
    super(CustomErrorName, self).__init__(error_name=error_name)


def patch() -> None:
    CustomErrorName.__init__ = name_error
    StateMap._eval_execution = run_map
    InlineIterationComponent._eval_body = run_items
    JobPool.__init__ = make_pool
    IterationWorker._eval_job = run_job
