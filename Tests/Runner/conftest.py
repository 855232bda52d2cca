import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
# For runs with another folder's pytest.ini too.
for folder in (HERE, HERE.parents[1] / "Sources" / "DorcRunner"):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

import making  # noqa: E402
import pytest  # noqa: E402


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CONFIG_REPO_PATH", raising=False)
    return making.Project(tmp_path)
