"""`check` warns of a `requirements.txt` in a function's folder where the Dockerfile surely does not install it."""

from __future__ import annotations

import program
import pytest

START = "FROM public.ecr.aws/lambda/python:3.12\nARG CODE_PATH\n"
END = 'COPY --chmod=755 ${CODE_PATH}/ ${LAMBDA_TASK_ROOT}/\nCMD ["lambda.handler"]\n'
REPOSITORY = "COPY requirements.tx[t] /tmp/repository/\nRUN pip install --requirement /tmp/repository/requirements.txt\n"
PIPELINE = (
    "COPY ${CODE_PATH}/../requirements.tx[t] /tmp/pipeline/\n"
    "RUN if [ -f /tmp/pipeline/requirements.txt ]; then pip install -r /tmp/pipeline/requirements.txt; fi\n"
)
FUNCTION = "COPY ${CODE_PATH}/requirements.tx[t] /tmp/function/\nRUN pip install -r /tmp/function/requirements.txt\n"


def ids(dorc, root, dockerfile: str) -> list[str]:
    program.write_files(
        root,
        {
            "dorc.yaml": "project: acme\nregion: eu-west-2\nenvironments: {dev: {}}\n",
            "Dockerfile": dockerfile,
            "requirements.txt": "",
            "src/raw/p/requirements.txt": "",
            "src/raw/p/pipeline.yaml": "steps: [load]\n",
            "src/raw/p/load/lambda.py": "def handler(event, context): ...\n",
            "src/raw/p/load/requirements.txt": "pandas\n",
        },
    )
    found = dorc.diagnostics("check", "--config", root)
    return [each["file"] for each in found if each["id"] == "uninstalled-requirements"]


@pytest.mark.parametrize("middle", ["", REPOSITORY, PIPELINE, REPOSITORY + PIPELINE])
def test_what_nothing_installs_is_warned_of(dorc, tmp_path, middle):
    assert ids(dorc, tmp_path, START + middle + END) == ["src/raw/p/load/requirements.txt"]


@pytest.mark.parametrize(
    "middle",
    [
        FUNCTION, REPOSITORY + PIPELINE + FUNCTION, "RUN --mount=type=bind,source=${CODE_PATH},target=/code pip install -r /code/requirements.txt\n",
        "COPY ${CODE_PATH}/ /code/\nRUN pip install -r /code/requirements.txt\n", "COPY ${CODE_PATH}/ ./\nRUN pip install -r requirements.txt\n",
    ],
)  # fmt: skip
def test_what_may_be_installed_is_not(dorc, tmp_path, middle):
    assert ids(dorc, tmp_path, START + middle + END) == []


def test_what_new_writes_does_not_install_it(dorc, tmp_path):
    dorc.succeed("new", "project", "acme", "--region", "eu-west-2", "--pipeline", "raw/p", "--function", "load", cwd=tmp_path)
    dockerfile = (tmp_path / "acme" / "Dockerfile").read_text()
    assert ids(dorc, tmp_path / "other", dockerfile) == ["src/raw/p/load/requirements.txt"]
