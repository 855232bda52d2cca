import os
import tempfile
from pathlib import Path

import goldens
import lint
import pytest
import program

# What is expensive to set up, in the order of the time that it takes: each of these files is run by one worker.
SET_UP_ONCE = [
    *("test_semantics", "test_output_folder", "test_limits", "test_checkov", "test_output_faults", "test_department"),
    *("test_corpus", "test_schedules"),
]


def pytest_addoption(parser):
    parser.addoption("--cases", type=Path, default=goldens.CASES, help="the folder of the snapshot cases")


def pytest_configure(config):
    program.let_children_be_interrupted()
    if lint.RESULTS not in os.environ:
        folder = tempfile.TemporaryDirectory()
        config.add_cleanup(folder.cleanup)
        config.add_cleanup(lambda: os.environ.pop(lint.RESULTS))
        os.environ[lint.RESULTS] = folder.name


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Long files come first, and last what looks at the results of all others; the rest fills the gaps."""

    def rank(item):
        if item.name == "test_every_suppression_is_needed" and item.path.stem == "test_golden":
            return len(SET_UP_ONCE) + 1
        return SET_UP_ONCE.index(item.path.stem) if item.path.stem in SET_UP_ONCE else len(SET_UP_ONCE)

    for item in items:
        if item.path.stem in SET_UP_ONCE:
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
    items.sort(key=rank)


@pytest.fixture(scope="session")
def dorc():
    return program.find()


def pytest_generate_tests(metafunc):
    """Gives `output` each golden output, `template` each (output, file), `pair` the (output, file) in YAML."""
    outputs = goldens.find_outputs(metafunc.config.getoption("cases").resolve())
    if "output" in metafunc.fixturenames:
        metafunc.parametrize("output", outputs, ids=[output.name for output in outputs])
    templates = [(output, file) for output in outputs for file in output.templates()]
    for fixture, chosen in (("template", templates), ("pair", [each for each in templates if each[0].form == "yaml"])):
        if fixture in metafunc.fixturenames:
            metafunc.parametrize(fixture, chosen, ids=[f"{output.name}/{file}" for output, file in chosen])
