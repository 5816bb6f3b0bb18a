"""The figures of the dashboard are those that the commands tell."""

import json
from datetime import date, timedelta

import pytest

from suitecrm_bridge.jobs.report import report
from suitecrm_bridge.mirror import choosing
from tests.flows.world import DAY
from tests.report.reportdata import Page


@pytest.fixture
def reported(synced):
    """A synced world, and the page of its report."""
    with synced.context() as context:
        connection = context.mirror.connection
        for table in ("snapshots", "snapshot_cuts"):
            connection.execute(
                f"INSERT INTO {table} SELECT * REPLACE (as_of - 30 AS as_of) FROM {table}"
            )
        connection.execute(
            "UPDATE snapshots SET rfm_segment = 'champions' WHERE rfm_segment = 'loyal'"
            " AND as_of < ?",
            [DAY],
        )
        (file,) = report(context, ["html"], synced.home / "report")
    return synced, Page(file.read_text(encoding="utf-8"))


def told(world, *command):
    done = world.command(*command, "--format", "json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def of(page, entity="contacts"):
    return page.data["entities"][entity]


def rows(page, entity="contacts"):
    """The sums over everybody, by segment, recency and frequency."""
    return [row for row in of(page, entity)["cells"] if row[0] == ""]


@pytest.mark.parametrize("entity", ["contacts", "accounts"])
def test_every_figure_of_segments_and_customers_is_that_of_the_commands(reported, entity):
    world, page = reported
    known = {row["segment"]: row for row in told(world, "segments", "--of", entity)}
    for segment, row in known.items():
        own = [cell for cell in rows(page, entity) if cell[1] == segment]
        assert sum(cell[6] for cell in own) == row["customers"]
        assert sum(cell[9] for cell in own) == round(100 * float(row["revenue"]))
    people = {row["id"]: row for row in page.people(entity)}
    listed = told(world, "customers", "--of", entity, "--limit", "100000")
    assert people.keys() == {row["customer_id"] for row in listed}
    for row in listed:
        shown = people[row["customer_id"]]
        assert shown["name"] == row["name"]
        assert (shown["segment"], shown["action"]) == (row["rfm_segment"], row["next_action"])
        for name, column in (("stake", "value_at_stake"), ("revenue", "purchase_total")):
            assert shown[name] == (None if row[column] is None else round(100 * float(row[column])))


def test_revenue_by_month_is_that_of_the_indicators(reported):
    world, page = reported
    known = {row["month"][:7]: row for row in told(world, "indicators", "--by", "month")}
    months = of(page)["month_names"]
    whole = [row for row in of(page)["months"] if row[0] == ""]
    sums = {month[:7]: sum(row[4][at] for row in whole) for at, month in enumerate(months)}
    for month in known.keys() & sums.keys():
        assert sums[month] == round(100 * float(known[month]["revenue"]))
    assert len(known.keys() & sums.keys()) >= 12


def test_what_moved_and_who_stays_is_that_of_the_commands(reported):
    world, page = reported
    moves = told(world, "migration")["matrix"]
    changed = [row for row in moves if row["from_segment"] != row["to_segment"]]
    expected = sorted(row["customers"] for row in changed if row["customers"])
    assert sorted(row["customers"] for row in page.chart("contacts-flows-month")) == expected
    assert expected
    survival = told(world, "retention", "--by", "survival")
    assert page.chart("contacts-survival")[-1]["days"] == survival[-1]["days"]


def test_complaints_are_drawn_as_the_command_counts_them(reported):
    world, page = reported
    since = date(DAY.year - 1, DAY.month, 1) + timedelta(days=31)
    for chart, by in (("pareto-cause", "cause"), ("countries", "country"), ("types", "type")):
        rows = told(world, "complaints", "--by", by, "--since", f"{since:%Y-%m}-01")
        expected = sorted(row["number"] for row in rows)
        if len(expected) > 1:
            assert sorted(row["value"] for row in page.chart(chart)) == expected, by


def test_open_tasks_about_complaints_stand_there_the_first_due_first(synced):
    with synced.context() as context:
        connection = context.mirror.connection
        for key, due, status in (
            ("b", 2, "Not Started"),
            ("a", 1, "In Progress"),
            ("c", 0, "Completed"),
        ):
            connection.execute(
                "INSERT INTO tasks SELECT * REPLACE (? AS id, 'Task ' || ? AS name, 'Cases' AS"
                " parent_type, (SELECT min(id) FROM cases) AS parent_id, ? AS status,"
                " DATE '2026-03-01' + CAST(? AS INTEGER) AS date_due) FROM tasks LIMIT 1",
                [key, key, status, due],
            )
        (file,) = report(context, ["html"], synced.home / "report")
    page = Page(file.read_text(encoding="utf-8"))
    assert [row[:2] for row in page.table("Task", "Due")[1:]] == [
        ["Task a", "2026-03-02"],
        ["Task b", "2026-03-03"],
    ]


def test_what_can_be_chosen_adds_up_to_everybody(reported):
    _, page = reported
    for at, name in ((2, "country"), (3, "owner")):
        values = {row[at] for row in rows(page)}
        known = {value for value, _ in of(page)["values"][name]} | {""}
        assert values <= known
    product = of(page)["values"]["product"][0][0]
    buyers = sum(row[6] for row in of(page)["cells"] if row[0] == product)
    assert buyers == sum(product in row["products"] for row in page.people())
    assert buyers > 0


def test_times_within_target_are_those_of_the_command_and_teams_have_names(reported):
    world, page = reported
    since = date(DAY.year - 1, DAY.month, 1) + timedelta(days=31)
    rows = told(world, "complaints", "--by", "owner", "--since", f"{since:%Y-%m}-01")
    judged = [row for row in rows if row["within"] + row["breached"]]
    shares = sorted(row["within"] / (row["within"] + row["breached"]) for row in judged)
    shown = page.chart("teams")
    assert sorted(row["value"] for row in shown) == pytest.approx(shares)
    assert shares
    assert {row["name"] for row in shown} == {row["owner_name"] for row in judged}
    assert "" not in {row["owner_name"] for row in judged}


def test_users_are_chosen_by_their_names(reported):
    world, page = reported
    names = dict(world.mirrored("SELECT id, name FROM user_names"))
    chosen = [pair for pair in of(page)["values"]["owner"] if pair[0] != "other"]
    assert chosen
    assert all(label == names[key] != "" for key, label in chosen)


def test_the_four_figures_and_the_totals_are_those_of_the_commands(reported):
    world, page = reported
    segments = told(world, "segments")
    customers = sum(row["customers"] for row in segments)
    assert of(page)["all"] == customers
    actions = {row["action"]: row for row in told(world, "actions")}
    for action, row in actions.items():
        own = [one for one in page.people() if one["action"] == action]
        assert len(own) == row["customers"]
        assert sum(one["stake"] or 0 for one in own) == round(100 * float(row["value_at_stake"]))
    spent = sum(row["value"] for row in page.chart("contacts-spent"))
    bought = [one for one in page.people() if one["revenue"] and one["revenue"] > 0]
    assert spent == len(bought)
    leaving = told(world, "leaving")
    at_risk = sum(row["customers"] for row in leaving if row["standing"] in ("at_risk", "lost"))
    assert at_risk == sum(one["standing"] in ("at_risk", "lost") for one in page.people())


def test_fewer_can_be_chosen_where_a_page_would_hold_too_many_sums(synced, monkeypatch):
    monkeypatch.setattr(choosing, "MOST_CELLS", 0)
    with synced.context() as context:
        (file,) = report(context, ["html"], synced.home / "report")
    page = Page(file.read_text(encoding="utf-8"))
    for name in ("country", "owner", "product"):
        chosen = [value for value, _ in of(page)["values"][name] if value != "other"]
        assert 0 < len(chosen) <= min(choosing.KEPT)
    assert sum(row[6] for row in rows(page)) == of(page)["all"]
