"""docs/security.md: each threat names the tests that stand against it; libraries are bounded."""

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.test_guarantees import functions, left_out

ROOT = Path(__file__).resolve().parent.parent
THREATS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "security.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and "`tests/" in line
]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LIBRARIES = [Requirement(line) for line in PROJECT["dependencies"]]
BESIDE = sorted({line for lines in PROJECT["optional-dependencies"].values() for line in lines})


def named(threat):
    return re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", threat[2])


def test_threats_are_named():
    assert len(THREATS) >= 12


@pytest.mark.parametrize("threat", THREATS, ids=lambda threat: threat[0])
def test_every_threat_has_tests_that_exist_and_everybody_plays_one(threat):
    tests = named(threat)
    assert [f"{file}::{name}" for file, name in tests if name not in functions(file)] == []
    assert [name for file, name in tests if name not in left_out(file, "story", "long")]
    assert len(tests) == threat[2].count("::")


@pytest.mark.parametrize("library", LIBRARIES, ids=str)
def test_every_library_has_a_lower_and_an_upper_bound(library):
    signs = {one.operator for one in library.specifier}
    assert signs == {">=", "<"}
    if library.marker is None or library.marker.evaluate():
        assert version(library.name) in library.specifier


@pytest.mark.parametrize("line", BESIDE)
def test_what_the_extras_bring_has_a_lower_and_an_upper_bound(line):
    assert {one.operator for one in Requirement(line).specifier} == {">=", "<"}
