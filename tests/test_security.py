"""docs/security.md: each threat names the tests that stand against it; libraries are bounded."""

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.test_guarantees import functions, left_out

ROOT = Path(__file__).resolve().parent.parent
HEADING = "| What may happen | What stands against it | Tests |"
THREATS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "security.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and line != HEADING and not line.startswith("| ---")
]
SILENCED = [
    f"{file.relative_to(ROOT).as_posix()}: {line.partition('noqa:')[2].strip()}"
    for folder in ("suitecrm_bridge", "scripts", "tests")
    for file in sorted((ROOT / folder).rglob("*.py"))
    for line in file.read_text(encoding="utf-8").splitlines()
    if re.search(r"# (ruff: )?noqa: [A-Z\d, ]*\bS\d{3}", line) and "SILENCED" not in line
]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LIBRARIES = [Requirement(line) for line in PROJECT["dependencies"]]
BESIDE = sorted({line for lines in PROJECT["optional-dependencies"].values() for line in lines})


def named(threat):
    assert len(threat) == 3
    return re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", threat[2])


def test_threats_are_named():
    assert len(THREATS) >= 12


@pytest.mark.parametrize("threat", THREATS, ids=lambda threat: threat[0])
def test_every_threat_has_tests_that_exist_and_everybody_plays_one(threat):
    tests = named(threat)
    assert [f"{file}::{name}" for file, name in tests if name not in functions(file)] == []
    assert [name for file, name in tests if name not in left_out(file, "story", "long")]
    assert len(tests) == threat[2].count("::") > 0


@pytest.mark.parametrize("silenced", SILENCED)
def test_every_warning_about_security_that_is_silenced_says_why(silenced):
    assert re.search(r"S\d{3}( \(|, | [-—] )\S+", silenced)


@pytest.mark.parametrize("library", LIBRARIES, ids=str)
def test_every_library_has_a_lower_and_an_upper_bound(library):
    signs = {one.operator for one in library.specifier}
    assert signs == {">=", "<"}
    if library.marker is None or library.marker.evaluate():
        assert version(library.name) in library.specifier


@pytest.mark.parametrize("line", BESIDE)
def test_what_the_extras_bring_has_a_lower_and_an_upper_bound(line):
    assert {one.operator for one in Requirement(line).specifier} == {">=", "<"}
