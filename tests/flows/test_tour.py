"""The tour, which anybody can take without a SuiteCRM."""

import json

import pytest

from tests.flows.processes import command

pytestmark = pytest.mark.story

FILES = {".html", ".xlsx", ".csv", ".json"}


@pytest.fixture(scope="module")
def tour(tmp_path_factory):
    """The tour in French, in a folder whose name has spaces and accents."""
    folder = tmp_path_factory.mktemp("tour") / "ma première visite"
    settings = {"BRIDGE_LANG": "fr", "BRIDGE_MIN_BUYERS": "5"}
    done = command("demo", "--customers", "40", "--output", str(folder), environment=settings)
    return done, folder


def test_the_tour_ends_well_and_names_every_file_of_the_report(tour):
    done, folder = tour
    assert done.exit_code == 0, done.output
    files = [file for file in folder.iterdir() if file.is_file()]
    assert {file.suffix for file in files} == FILES
    assert all(file.stat().st_size for file in files)
    assert not [file for file in files if str(file) not in done.stdout]


def test_the_tour_speaks_french(tour):
    done, _ = tour
    assert "Nouveau ou modifié" in done.stdout
    assert "Le rapport, en quatre formats" in done.stdout
    assert "évalués" in done.stderr
    for english in ("New or changed", "Scored", "scored", "written into", "The report"):
        assert english not in done.output


def test_the_report_of_the_tour_is_in_french(tour):
    (page,) = tour[1].glob("*.html")
    assert '<html lang="fr"' in page.read_text(encoding="utf-8")


def test_the_mirror_of_the_tour_can_be_looked_into(tour):
    done = command(
        "customers",
        "--format",
        "json",
        "--limit",
        "3",
        environment={"BRIDGE_HOME": str(tour[1] / "home")},
    )
    assert done.exit_code == 0
    assert len(json.loads(done.stdout)) == 3
