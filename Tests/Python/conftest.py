import os
import tempfile

import cases
import pytest
import program

# The folder in which the processes of a run share what cfn-lint has found; `lint` knows it by this name too.
LINT_RESULTS = "DORC_LINT_RESULTS"
# Fixtures of a file that take long: the tests that share one go to one worker.
SET_UP_ONCE = {"carried", "findings", "graph_page", "harmless", "large", "long_names", "outputs", "schedules", "states"}
# Files and tests that take long, the longest first: what is short fills the gaps at the end.
LONG = [
    *("test_changed_repositories_are_survived", "test_hostile_input", "large", "test_real_files_as_they_are_and_changed"),
    *("states", "findings", "schedules", "carried", "outputs", "test_large_files_take_little_time_and_memory"),
    *("test_semantics", "test_a_fault_is_found_and_its_input_made_smaller", "test_mutations_of_a_repository_are_survived"),
    *("test_random_ignore_files", "test_hostile_code_neither_crashes_nor_takes_long"),
]
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
        shared = SET_UP_ONCE.intersection(item.fixturenames)
        if case or shared:
            item.add_marker(pytest.mark.xdist_group(case or " ".join([item.path.stem, *sorted(shared)])))
    items.sort(key=rank)


def rank(item) -> int:
    if item.originalname in LAST and item.path.stem == "test_cases":
        return len(LONG) + 1
    names = {item.path.stem, item.originalname, *item.fixturenames}
    return next((place for place, name in enumerate(LONG) if name in names), len(LONG))


@pytest.fixture(scope="session")
def dorc():
    return program.find()


def pytest_generate_tests(metafunc):
    """`case` is each snapshot case that becomes templates."""
    if "case" in metafunc.fixturenames:
        metafunc.parametrize("case", cases.sound())
