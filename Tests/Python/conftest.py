from pathlib import Path

import goldens
import pytest
import program


def pytest_addoption(parser):
    parser.addoption("--cases", type=Path, default=goldens.CASES, help="the folder of the snapshot cases")


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
