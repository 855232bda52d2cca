"""The table of what replaces a resource is what the schemas of AWS say now, and has every type that dorc makes."""

from __future__ import annotations

import importlib.util
import re

import cases
import program

FOLDER = program.ROOT / "Sources" / "DorcDiff" / "Resources"


def rules():
    spec = importlib.util.spec_from_file_location("replacement_rules", FOLDER / "replacement_rules.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_table_is_what_the_script_writes():
    assert (FOLDER / "ReplacementRules+Data.swift").read_text() == rules().source()


def test_every_type_that_dorc_makes_is_in_the_table():
    known = set(rules().TYPES)
    made = set()
    for template in cases.CASES.glob("*/expected/**/*.yaml"):
        made.update(re.findall(r"^    Type: (AWS::\S+)$", template.read_text(), re.MULTILINE))
    assert len(made) >= 15
    assert made <= known


def test_the_rules_are_those_of_aws():
    """A few that everybody knows: a check of the script itself."""
    row = rules().row("AWS::Lambda::Function")
    assert '"FunctionName"' in row and '"PackageType"' in row and "MemorySize" not in row
    assert '"LogGroupName"' in rules().row("AWS::Logs::LogGroup")
    assert '"GroupDescription"' in rules().row("AWS::EC2::SecurityGroup")
    assert '"EventBusName"' in rules().row("AWS::Events::Rule").split("maybe:")[1]
