"""The bill of materials is valid, and names each library with its version and licence."""

import json
import re
import tomllib
from importlib.metadata import version
from types import SimpleNamespace

import pytest
import sbom
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = tomllib.loads((sbom.ROOT / "pyproject.toml").read_text("utf-8"))["project"]


@pytest.fixture(scope="module")
def bill():
    return sbom.bill()


def libraries(bill):
    return {canonicalize_name(one["name"]): one for one in json.loads(bill)["components"]}


def test_it_is_valid(bill):
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(bill) is None


def test_every_library_that_the_bridge_asks_for_is_in_it_as_installed(bill):
    found = libraries(bill)
    for line in PROJECT["dependencies"]:
        wanted = Requirement(line)
        if wanted.marker is None or wanted.marker.evaluate():
            assert found[canonicalize_name(wanted.name)]["version"] == version(wanted.name)


def test_libraries_of_libraries_are_in_it_with_who_needs_them(bill):
    needs = {one["ref"]: one.get("dependsOn", []) for one in json.loads(bill)["dependencies"]}
    refs = {name: one["bom-ref"] for name, one in libraries(bill).items()}
    assert refs["python-dateutil"] in needs[refs["pandas"]]
    assert {other for others in needs.values() for other in others} <= {*refs.values()}


def test_each_has_a_licence(bill):
    for name, one in libraries(bill).items():
        (said,) = one["licenses"]
        assert said.get("expression") or {*said["license"]} & {"id", "name"}, name


def test_the_charts_are_those_that_setup_makes(bill):
    made = re.findall(r'\("([\w-]+)@([\d.]+)"', (sbom.ROOT / "setup.py").read_text("utf-8"))
    assert [(name, number) for name, number, _ in sbom.CHARTS if (name, number) in made]
    assert {name: libraries(bill)[name]["version"] for name, _ in made} == dict(made)


class Silent(dict):
    """Metadata that say nothing."""

    def __missing__(self, name):
        return None

    get_all = dict.get


def test_a_library_that_says_no_licence_is_refused():
    silent = SimpleNamespace(name="odd", version="1.0", metadata=Silent())
    with pytest.raises(sbom.NoLicence, match=r"odd 1\.0"):
        sbom.licence(silent)


def test_it_is_written_beside_the_wheel(tmp_path, capsys):
    assert sbom.main([str(tmp_path / "dist")]) == 0
    (file,) = (tmp_path / "dist").iterdir()
    assert re.fullmatch(r"suitecrm_bridge-[\w.]+\.cdx\.json", file.name)
    assert str(file) in capsys.readouterr().out
