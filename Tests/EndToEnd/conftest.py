import sys
import tempfile
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "Python")]

import aws_cli  # noqa: E402
import program  # noqa: E402


def pytest_configure(config):
    program.let_children_be_interrupted()


@pytest.fixture(scope="session")
def cli():
    """A folder with the AWS CLI for whom its start is not what is tested."""
    # A socket's path is short.
    with tempfile.TemporaryDirectory() as folder:
        server = aws_cli.Server(Path(folder))
        yield server.folder
        server.stop()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """The tests of one deployed project stay together; those of the script are on their own."""
    for item in items:
        if item.path.stem in ("test_end_to_end", "test_jobs"):
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
