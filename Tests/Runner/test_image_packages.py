"""Packages that functions import here and that their image will not have."""

from __future__ import annotations

import shutil

import making
import pytest
from making import chain, task

HANDLER = "def handler(event, context):\n    return 1\n"
RECIPE = making.PACKAGE.parents[1] / "examples/census/Dockerfile"
WORDS = "is in neither requirements.txt nor src/raw/p/requirements.txt: the image will not have it"


def warnings(project, code: str, requirements: str | None = None, of_pipeline: str | None = None, *arguments) -> list[str]:
    """With the Dockerfile of the example, if there is no other one."""
    if not (project.root / "Dockerfile").exists():
        shutil.copy(RECIPE, project.root / "Dockerfile")
    project.function("f", f"{code}\n{HANDLER}")
    for file, text in (("requirements.txt", requirements), ("src/raw/p/requirements.txt", of_pipeline)):
        if text is not None:
            (project.root / file).write_text(text)
    case = {"name": "c", "expect": {"output": 1}}
    project.plan(chain(("f", task("f"))), ["f"], pipeline_keys={"cases": [case]})
    result = project.run(*arguments)
    assert result.returncode == 0, result.stderr
    return [line.removeprefix("warning: ") for line in result.stderr.splitlines() if line.startswith("warning: ")]


@pytest.mark.parametrize("arguments", [[], ["--test"]])
def test_a_package_that_is_listed_nowhere_is_told_once(project, arguments):
    expected = [f"`jsonata` of jsonata-python, which raw/p/f imports, {WORDS}"]
    assert warnings(project, "import jsonata.utils\nfrom jsonata import functions", "pytest\n", None, *arguments) == expected


def test_a_module_beside_the_handler_is_followed(project):
    project.function("f", "from pluggy import HookspecMarker\n", "helper.py")
    assert warnings(project, "from helper import HookspecMarker") == [f"`pluggy` of pluggy, which raw/p/f imports, {WORDS}"]


@pytest.mark.parametrize(
    "requirements, of_pipeline",
    [
        ("Jsonata_Python==0.6 # the runner's\n", None),
        (None, "--index-url https://example.com\njsonata.python [x] >= 0.6 ; python_version > '3'\n"),
        ("jsonata-python @ https://example.com/j.whl\n", None),
        ("git+https://example.com/x\n", None),
        ("-r others.txt\n", None),
        ("not-installed-here-at-all\n", None),
    ],
)
def test_what_is_listed_or_may_be_is_not_told(project, requirements, of_pipeline):
    assert warnings(project, "import jsonata", requirements, of_pipeline) == []


def test_what_a_listed_package_brings_along_is_not_told(project):
    assert warnings(project, "import pluggy", "pytest\n") == []
    assert warnings(project, "import pluggy", "jsonata-python\n") != []


@pytest.mark.parametrize(
    "code",
    [
        "import json, os.path, xml.etree.ElementTree",
        "try:\n    import jsonata\nexcept ImportError:\n    jsonata = None",
        "def later():\n    import jsonata",
        "import importlib\nif importlib:\n    import jsonata",
    ],
)
def test_what_need_not_be_there_is_not_told(project, code):
    assert warnings(project, code) == []


def test_a_module_of_ones_own_is_not_told(project):
    project.function("f", "X = 1\n", "jsonata.py")
    assert warnings(project, "from jsonata import X") == []


@pytest.mark.parametrize(
    "change",
    [
        ("RUN if", "RUN pip install jsonata-python\nRUN if"),
        ("lambda/python:3.12", "lambda/python:3.12 AS base"),
        ("public.ecr.aws/lambda/python:3.12", "example.com/python-with-everything"),
        ("COPY --chmod=755 lib", "COPY --from=other lib"),
        ("ARG CODE_PATH", "ENV PYTHONPATH=/opt/more"),
        ("ARG CODE_PATH", "RUN dnf install -y python3-jsonata"),
        ("ARG CODE_PATH", "RUN uv sync"),
    ],
)
def test_of_an_image_that_may_have_more_nothing_is_told(project, change):
    (project.root / "Dockerfile").write_text(RECIPE.read_text().replace(*change))
    assert change[1] in (project.root / "Dockerfile").read_text()
    assert warnings(project, "import jsonata") == []


def test_of_another_recipe_nothing_is_told(project):
    (project.root / "dorc.yaml").write_text("project: p\nimages: {dockerfile: images/Dockerfile}\n")
    assert warnings(project, "import jsonata") == []
