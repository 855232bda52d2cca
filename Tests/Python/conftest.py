import os
import tempfile

import cases
import pytest
import program

# The folder in which the processes of a run share what cfn-lint has found; `lint` knows it by this name too.
LINT_RESULTS = "DORC_LINT_RESULTS"
# What is set up once for a whole file: one worker has it.
SET_UP_ONCE = {
    *("test_output_folder", "test_limits", "test_checkov", "test_output_faults", "test_department", "test_corpus"),
    "test_schedules",
}
# What takes long, the longest first: what is short fills the gaps at the end.
LONG = ["test_semantics"]
# What looks at the results of others.
LAST = {"test_every_suppression_is_needed"}


def pytest_configure(config):
    program.let_children_be_interrupted()
    if LINT_RESULTS not in os.environ:
        folder = tempfile.TemporaryDirectory()
        config.add_cleanup(folder.cleanup)
        config.add_cleanup(lambda: os.environ.pop(LINT_RESULTS))
        os.environ[LINT_RESULTS] = folder.name


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """What belongs together goes to one worker, and what takes long comes first."""
    for item in items:
        case = item.callspec.params.get("case") if hasattr(item, "callspec") else None
        if case or item.path.stem in SET_UP_ONCE:
            item.add_marker(pytest.mark.xdist_group(case or item.path.stem))
    items.sort(key=rank)


def rank(item) -> int:
    if item.name in LAST:
        return len(LONG) + 1
    return next((place for place, name in enumerate(LONG) if name in (item.path.stem, item.originalname)), len(LONG))


@pytest.fixture(scope="session")
def dorc():
    return program.find()


def pytest_generate_tests(metafunc):
    """`case` is each snapshot case that becomes templates."""
    if "case" in metafunc.fixturenames:
        metafunc.parametrize("case", cases.sound())
