"""The command about complaints, on a mirror that was read and scored."""

import csv
import io
import json
from functools import cache

import pytest

from suitecrm_bridge.analytics.complaints.figures import DIMENSIONS
from suitecrm_bridge.catalogue import STEPS
from suitecrm_bridge.i18n import use_language
from suitecrm_bridge.insights.complaints.figures import complaints
from suitecrm_bridge.insights.complaints.parts import crossing
from suitecrm_bridge.insights.complaints.views import VIEWS
from suitecrm_bridge.tables import worded
from tests.flows.processes import command
from tests.flows.world import DAY, synced_base, world_of


@pytest.fixture(scope="module")
def opened(bases, tmp_path_factory):
    database, home, _ = synced_base(bases)
    with world_of(tmp_path_factory.mktemp("complaints"), database, home) as opened:
        yield opened


@pytest.fixture(scope="module")
def run(opened):
    own = {"BRIDGE_HOME": str(opened.home), "BRIDGE_MIN_BUYERS": "5"}
    # Nothing changes this mirror, so that whoever asks the same gets the same answer.
    return cache(lambda *arguments: command(*arguments, environment=own))


@pytest.fixture
def figures(opened):
    with opened.context() as context:
        yield complaints(context.mirror, context.choices, "contacts")


@pytest.fixture(scope="module")
def made(opened):
    """Every complaint of SuiteCRM by then."""
    rows = opened.store.rows("Cases")
    return [r for r in rows if r["complaint_c"] and r["date_entered"][:10] <= str(DAY)]


def json_of(done):
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def csv_of(done):
    assert done.exit_code == 0, done.output
    return list(csv.DictReader(io.StringIO(done.stdout)))


def test_the_overview_counts_every_complaint_once(run, made):
    (row,) = json_of(run("complaints", "--format", "json"))
    assert made
    assert row["number"] == len(made) == row["open"] + row["resolved"]
    assert row["per_100_sales_low"] < row["per_100_sales"] < row["per_100_sales_high"]
    assert row["response_median_hours"] <= row["response_p90_hours"]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_overview_speaks_the_users_language(run, made, lang):
    lines = run("--lang", lang, "complaints").stdout.splitlines()
    label = {"en": "Target missed", "fr": "Délai dépassé"}[lang]
    assert any(line.startswith(label) for line in lines)
    assert lines[1].split() == [{"en": "Complaints", "fr": "Réclamations"}[lang], str(len(made))]


@pytest.mark.parametrize("entity", ["contacts", "accounts"])
def test_cells_of_any_crossing_add_up_to_all(run, made, entity):
    rows = json_of(
        run("complaints", "--of", entity, "--by", "country", "--by", "month", "--format", "json")
    )
    assert sum(row["number"] for row in rows) == len(made)
    months = [row["month"] for row in rows]
    assert months == sorted(months)
    assert set(months) == {f"{row['date_entered'][:7]}-01" for row in made}


def test_products_have_their_names_beside_their_ids(run, opened):
    names = {row["id"]: row["name"] for row in opened.store.rows("AOS_Products")}
    rows = csv_of(run("complaints", "--by", "product", "--format", "csv"))
    assert any(row["product"] for row in rows)
    assert all(row["product_name"] == names.get(row["product"], "") for row in rows)
    table = run("complaints", "--by", "product").stdout
    assert all(row["product_name"] in table for row in rows)


def test_dimensions_are_told_in_words(run):
    shown = run("--lang", "fr", "complaints", "--by", "cause", "--by", "segment").stdout
    assert "Livraison" in shown or "Produit défectueux" in shown
    assert "product_defect" not in shown


def test_every_dimension_has_a_table_with_a_line_for_each_cell(figures):
    for by in DIMENSIONS:
        part = crossing(figures, [by])
        shown = worded(part, "en")
        assert len(shown) == len(part.frame) > 0
        assert part.columns[0].name == by
        assert all(row[0] for row in shown)


def test_only_the_months_asked_for_are_counted(run, made):
    (row,) = json_of(run("complaints", "--months", "3", "--format", "json"))
    (same,) = json_of(run("complaints", "--since", "2026-01-01", "--format", "json"))
    assert row == same
    assert row["number"] == len([r for r in made if r["date_entered"] >= "2026"])
    assert "from 2026-01-01 to 2026-03-08" in run("complaints", "--months", "3").stdout


def test_complaints_after_the_last_day_are_not_counted(run, made):
    (row,) = json_of(run("complaints", "--until", "2025-12-31", "--format", "json"))
    assert row["number"] == len([r for r in made if r["date_entered"] < "2026"])


def test_the_path_is_told_step_by_step_with_what_is_missing(run, made):
    found = json_of(run("complaints", "--process", "--format", "json"))
    assert [row["step"] for row in found["process"]] == list(STEPS)
    assert found["process"][0]["reached"] == len(made)
    assert any("learnt from" in line for line in found["said"])
    table = run("--lang", "fr", "complaints", "--process").stdout
    assert "exploitée" in table
    assert "[path]" in table


def test_satisfaction_has_limits_within_its_scale(run):
    found = json_of(run("complaints", "--satisfaction", "--format", "json"))
    assert found["satisfaction"]
    for row in found["satisfaction"]:
        assert 0 <= row["satisfaction"] <= 100
        assert row["low"] is None or 0 <= row["low"] <= row["high"] <= 100
    done = run("--lang", "fr", "complaints", "--satisfaction")
    assert "Satisfaits" in done.stdout


def test_shares_of_causes_add_up_and_the_unknown_comes_last(run, made):
    found = json_of(run("complaints", "--causes", "--format", "json"))
    causes = found["pareto_cause"]
    assert sum(row["number"] for row in causes) == len(made)
    known = [row for row in causes if row["cause"]]
    assert known[-1]["cumulative"] == pytest.approx(1)
    assert causes[: len(known)] == known
    assert {row["product_name"] for row in found["pareto_product"]} - {""}
    assert "Cumul" in run("--lang", "fr", "complaints", "--causes").stdout


def test_alarms_say_what_and_since_when_with_their_cases(run, opened):
    found = json_of(run("complaints", "--alarms", "--format", "json"))
    known = {row["id"]: row["name"] for row in opened.store.rows("Cases")}
    for alarm in found["alarms"]:
        assert alarm["since"] <= str(DAY)
        assert [known[id] for id in alarm["cases"]] == alarm["subjects"]
        assert alarm["number"] == len(alarm["cases"]) > alarm["expected_number"]
    assert found["alarms"] or "No alarm" in found["said"][0]


def test_too_few_texts_for_themes_are_said(run):
    done = run("complaints", "--themes", "--until", str(DAY))
    assert done.exit_code == 0
    assert "No themes" in done.stdout


def test_competitors_that_are_named_are_told_with_what_for(run, opened):
    found = json_of(run("complaints", "--competitors", "--format", "json"))
    entered = {row["competitor_c"] for row in opened.store.rows("Cases") if row["competitor_c"]}
    assert entered
    assert entered <= {row["competitor"] for row in found["competitors"]}
    assert {row["competitor"] for row in found["about"]} <= {
        row["competitor"] for row in found["competitors"]
    }


def test_every_view_has_words_for_all_it_shows_in_both_languages(figures):
    for lang in ("en", "fr"):
        use_language(lang)
        for view in VIEWS.values():
            for part in view(figures):
                assert part.title[lang]
                assert len(worded(part, lang)) == len(part.frame) or not part.columns
                assert all(column.heading[lang] for column in part.columns)


def test_days_without_a_complaint_are_said_to_have_none(run):
    for more in ([], ["--process"]):
        done = run("complaints", "--until", "2001-01-01", *more)
        assert done.exit_code == 0
        assert "No complaint by 2001-01-01" in done.stdout
    done = run("complaints", "--until", "2001-01-01", "--format", "json")
    assert json_of(done) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--by", "month", "--process"], "--process"),
        (["--since", "2026-01-01", "--months", "3"], "not both"),
        (["--since", "2026-02-01", "--until", "2026-01-01"], "2026-02-01"),
        (["--by", "colour"], "colour"),
    ],
)
def test_what_makes_no_sense_together_is_refused(run, arguments, said):
    done = run("complaints", *arguments)
    assert done.exit_code == 2
    assert said in done.stderr


def test_nothing_is_told_of_complaints_before_anything_was_scored(tmp_path):
    done = command("complaints", environment={"BRIDGE_HOME": str(tmp_path)})
    assert done.exit_code == 6
    assert "sync" in done.stderr
