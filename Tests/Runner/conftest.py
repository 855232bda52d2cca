import making
import pytest


@pytest.fixture
def project(tmp_path):
    return making.Project(tmp_path)
