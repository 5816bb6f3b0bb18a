"""What is imported decides how long a command takes to begin; a clock would tell of the machine."""

import json
from importlib import import_module
from pathlib import Path

import pytest

import suitecrm_bridge
from suitecrm_bridge.analytics.complaints import figures
from suitecrm_bridge.insights import staying, ways
from suitecrm_bridge.insights.complaints import views
from suitecrm_bridge.report import rendering
from tests.flows.processes import child
from tests.flows.world import fast_base, settled_base, world_of
from tests.places import paths

PACKAGES = ("catalogue", "package", "purchase_files", "report", "sandbox")
"""Those whose names are imported when they are asked for."""
OF_A_SYNC = {"duckdb", "requests", "rich", "urllib3"}
"""What a sync cannot do without: mirror, SuiteCRM, and the table of what it did."""


def told(*arguments, environment, folder):
    with child(
        "-m", "tests.cli.imported", *arguments, environment=environment, folder=folder
    ) as process:
        printed, said = process.communicate(timeout=60)
    assert process.returncode == 0, said
    return json.loads(printed)


@pytest.fixture(scope="module")
def helps(tmp_path_factory):
    """Of every command the help, and what is imported once it was shown."""
    folder = tmp_path_factory.mktemp("helps")
    return told(environment={"BRIDGE_HOME": str(folder)}, folder=folder)


def test_no_help_imports_a_library_that_computes_reads_or_draws(helps):
    assert {path: one["imported"] for path, one in helps.items() if one["imported"]} == {}


def test_every_command_says_how_it_is_used(helps):
    assert {"", "sync", "schedule run", "programmes preview"} <= helps.keys()
    assert [path for path, one in helps.items() if f" {path} [" not in one["shown"]] == [""]


@pytest.mark.parametrize("fast", paths("fast", other=pytest.mark.story))
def test_a_sync_with_nothing_to_do_imports_nothing_that_computes(bases, tmp_path, fast):
    base = (fast_base if fast else settled_base)(bases)
    with world_of(tmp_path, *base, routes=fast) as opened:
        words = ("sync", "--past", "--as-of", "2026-03-08", "--format", "json")
        found = told(*words, environment=opened.environment(), folder=tmp_path)
    done = json.loads(found["shown"])
    assert (done["planned"], set(done["pulled"].values())) == (0, {0})
    assert set(found["imported"]) <= OF_A_SYNC


@pytest.mark.parametrize("package", PACKAGES)
def test_every_name_that_a_package_offers_is_found_in_its_files(package):
    opened = import_module(f"suitecrm_bridge.{package}")
    assert [name for name in opened.__all__ if getattr(opened, name, None) is None] == []


@pytest.mark.parametrize("package", PACKAGES)
def test_no_file_of_such_a_package_is_called_as_a_name_that_it_offers(package):
    folder = Path(suitecrm_bridge.__file__).parent / package
    files = {file.stem for file in folder.glob("*.py")} | {f.name for f in folder.iterdir()}
    assert files & set(import_module(f"suitecrm_bridge.{package}").__all__) == set()


def test_such_a_package_has_no_other_names():
    with pytest.raises(ImportError, match="nonsense"):
        from suitecrm_bridge.catalogue import nonsense  # noqa: F401


def test_what_a_command_lists_is_what_there_is():
    assert tuple(staying.TABLES) == ways.STAYING
    assert tuple(views.VIEWS) == ways.COMPLAINT_VIEWS
    assert figures.DIMENSIONS == ways.COMPLAINT_DIMENSIONS
    assert tuple(rendering._OUTPUTS) == rendering.FORMATS
