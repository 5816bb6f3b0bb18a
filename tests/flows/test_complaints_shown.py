"""What people are shown of complaints, from SuiteCRM's cases to command and report."""

import json
from dataclasses import replace
from datetime import date

import pytest

from suitecrm_bridge.catalogue import Rules
from suitecrm_bridge.insights.complaints.figures import complaints
from suitecrm_bridge.insights.complaints.views import VIEWS, report_parts
from suitecrm_bridge.jobs.report import report
from tests.flows.world import DAY, synced_base, world_of


@pytest.fixture(scope="module")
def opened(bases, tmp_path_factory):
    database, home, _ = synced_base(bases)
    with world_of(tmp_path_factory.mktemp("shown"), database, home) as opened:
        yield opened


@pytest.mark.story
def test_the_report_tells_the_same_figures_as_the_command(opened, tmp_path):
    with opened.context() as context:
        (file,) = report(context, ("json",), tmp_path)
        found = json.loads(file.read_text(encoding="utf-8"))["complaints"]
        asked = complaints(context.mirror, context.choices, "contacts", months=12)
        (row,) = asked.crossing().to_dict("records")
    assert (found["customers"], found["until"]) == ("contacts", str(DAY))
    assert found["overview"]["rows"][0]["number"] == row["number"] > 0
    assert sum(one["number"] for one in found["products"]["rows"]) == row["number"]
    assert sum(one["number"] for one in found["trend"]["rows"][-12:]) == row["number"]


def test_a_burst_of_complaints_is_in_alarm_with_the_product_named_and_its_cases(opened):
    with opened.context() as context:
        mirror = context.mirror.connection
        mirror.execute("BEGIN")
        (product, name) = mirror.execute(
            "SELECT id, name FROM products ORDER BY id LIMIT 1"
        ).fetchall()[0]
        mirror.execute(
            "INSERT INTO cases (id, name, status, date_entered, complaint_c, aos_products_id_c,"
            " contact_created_by_id) SELECT 'burst ' || id, 'Broken ' || id, 'Open_New',"
            " TIMESTAMP '2026-02-24 10:00:00', true, ?, id FROM contacts ORDER BY id LIMIT 15",
            [product],
        )
        (part, _) = VIEWS["alarms"](complaints(context.mirror, context.choices, "contacts"))
        mirror.execute("ROLLBACK")
    (alarm,) = part.frame[part.frame["dimension"] == "product"].to_dict("records")
    assert (alarm["what"], alarm["what_name"]) == (product, name)
    assert date(2026, 2, 1) < alarm["since"] <= date(2026, 2, 24)
    assert len([id for id in alarm["cases"] if id.startswith("burst ")]) == 15
    assert alarm["subjects"][0].startswith("Broken ")
    assert alarm["sure"] > 0.99


def test_customers_of_the_report_are_accounts_where_more_complaints_have_one(opened, tmp_path):
    with opened.context() as context:
        assert context.mirror.facts.who_complains() == "contacts"
        mirror = context.mirror.connection
        mirror.execute("BEGIN")
        mirror.execute("UPDATE cases SET account_id = 'a'")
        mirror.execute("UPDATE cases SET contact_created_by_id = NULL")
        mirror.execute("DELETE FROM contacts_cases")
        assert context.mirror.facts.who_complains() == "accounts"
        mirror.execute("ROLLBACK")


def test_where_statuses_are_not_known_times_say_that_waiting_counts_in_them(opened):
    with opened.context() as context:
        mirror = context.mirror.connection
        mirror.execute("BEGIN")
        known = complaints(context.mirror, context.choices, "contacts").waiting()
        mirror.execute("DELETE FROM history")
        mirror.execute("DELETE FROM observed_statuses")
        found = complaints(context.mirror, context.choices, "contacts")
        said = {part.name: list(part.said) for part in report_parts(found)}
        mirror.execute("ROLLBACK")
    assert any(line.startswith("Times leave out what") for line in known)
    for name in ("overview", "targets", "products"):
        (line,) = said[name]
        assert "waited for the customer is not known" in line


def test_an_installations_own_file_says_which_statuses_wait(opened, tmp_path):
    (tmp_path / "complaints.toml").write_text("[waiting]\nstatuses = []\n", encoding="utf-8")
    with opened.context() as context:
        own = replace(context.choices, rules=Rules(tmp_path))
        shown = [
            complaints(context.mirror, choices, "contacts").crossing()["waited"].sum()
            for choices in (own, context.choices)
        ]
    assert (shown[0], shown[1] > 0) == (0, True)


def test_an_installation_says_which_cases_are_complaints(opened, tmp_path):
    own = tmp_path / "complaints.toml"
    own.write_text('[rule]\ncounts = "all"\n', encoding="utf-8")
    with opened.context() as context:
        shipped = complaints(context.mirror, context.choices, "contacts").crossing()
    home = own.replace(opened.home / own.name)
    with opened.context() as context:
        everything = complaints(context.mirror, context.choices, "contacts").crossing()
    home.unlink()
    assert everything["number"].sum() > shipped["number"].sum()


@pytest.mark.story
def test_looking_at_everything_writes_nothing(opened):
    opened.forget()
    with opened.context() as context:
        connection = context.mirror.connection
        before = context.mirror.digest(), context.mirror.themes.known()
        found = complaints(context.mirror, context.choices, "contacts")
        parts = [part for view in VIEWS.values() for part in view(found)] + report_parts(found)
        assert len(parts) > len(VIEWS)
        assert (context.mirror.digest(), context.mirror.themes.known()) == before
        assert connection.execute("SELECT count(*) FROM cases").fetchall()[0][0] > 0
    assert opened.requests == []
