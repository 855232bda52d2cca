"""Every machine that dorc writes can be run: those of the snapshot cases, with mocks for all that they call."""

from __future__ import annotations

from pathlib import Path

import making
import pytest
import templates
from dorc_runner import languages, plan as plans
from dorc_runner.errors import StateFailed, TimedOut, Usage
from dorc_runner.execution import Execution, Run
from dorc_runner.interpreter import run_execution
from dorc_runner.scope import Scope

CASES = Path(__file__).resolve().parents[1] / "SnapshotTests" / "Cases"
IN_JSONPATH = {"definition-jsonpath", "definition-null", "definition-with-limit", "integrations", "parameters"}
WITH_MACHINES = sorted({path.relative_to(CASES).parts[0] for path in CASES.glob("*/expected/yaml/*/core/*/*.yaml")})


class Anything:
    """Answers every call, with what most expressions of the cases want."""

    def answer(self, visit, arguments):
        if visit.state["Resource"].endswith("listExecutions"):
            return False, None
        return True, {"rows": [1], "files": ["a"], "n": 1, "years": [1], "ready": True, "Output": {}, "Executions": []}


@pytest.mark.parametrize("case", WITH_MACHINES)
def test_the_machines_of_a_case_run(case, tmp_path):
    output = CASES / case / "expected" / "yaml"
    (tmp_path / "landing").mkdir()
    for environment in sorted(path.parent.name for path in output.glob("*/core")):
        value = templates.plan_of(output, environment, CASES / case / "config", "?")
        for pipeline in [each["name"] for each in value["pipelines"]]:
            value["pipeline"] = pipeline
            plan = plans.decode(value)
            if languages.mistakes(pipeline, plan.pipelines[pipeline].definition):
                assert case in IN_JSONPATH
                with pytest.raises(Usage, match="JSONPath"):
                    plans.check_machines([plan.pipelines[pipeline]])
                continue
            run = Run(plan, None, making.Collected(), Anything(), tmp_path, is_fast=True)
            event = {"rows": [1], "files": ["a"], "day": "mon", "full": True, "go": True, "ready_at": "2020-01-01T00:00:00Z"}
            execution = Execution(run, plan.pipelines[pipeline], event, Scope(None, 60))
            try:
                run_execution(execution)
            except StateFailed as failure:
                # An expression that wants other data, or a file that is not there: never a machine that is not understood.
                ends = {step for kind, step, details in run.reporter.events if kind == "failed" and details["type"] == "Fail"}
                known = ("States.QueryEvaluationError", "States.ItemReaderFailed", "States.NoChoiceMatched")
                assert failure.error in known or ends, (pipeline, failure.error, failure.cause)
            except TimedOut:
                pytest.fail(f"{pipeline} does not end")
            assert run.reporter.steps("entered")


def test_there_are_such_cases():
    assert len(WITH_MACHINES) > 40 and IN_JSONPATH < set(WITH_MACHINES)
