"""The workflow for GitHub Actions in docs/ runs what it says."""

import program
import yaml


def test_workflow_checks_pull_requests_and_deploys_main():
    text = (program.ROOT / "docs/github-actions.yaml").read_text(encoding="utf-8")
    # YAML 1.1 reads `on` as true.
    workflow = yaml.load(text, Loader=yaml.BaseLoader)
    assert set(workflow["on"]) == {"pull_request", "push"} and workflow["on"]["push"]["branches"] == ["main"]
    commands = {
        name: [step["run"] for step in job["steps"] if "run" in step] for name, job in workflow["jobs"].items()
    }
    assert commands == {
        "check": ["dorc-synth check --strict --diagnostics-format github", "dorc-synth out/ --check"],
        "dev": ["out/deploy.sh dev"],
        "prod": ["out/deploy.sh prod"],
    }
    for name, before in (("dev", "check"), ("prod", "dev")):
        job = workflow["jobs"][name]
        assert (job["needs"], job["if"], job["environment"]) == (before, "github.event_name == 'push'", name)
