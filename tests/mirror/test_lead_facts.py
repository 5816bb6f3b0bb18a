"""What is known of leads and targets: nothing that their becoming customers tells of itself."""

from datetime import datetime

import pytest

from suitecrm_bridge.mirror import Mirror
from tests.mirror.test_value_facts import EPOCH_DAY, MOMENT, add

BEFORE = datetime(2025, 6, 1)  # noqa: DTZ001 — the mirror's datetimes are UTC without a zone
AFTER = datetime(2026, 2, 1)  # noqa: DTZ001


@pytest.fixture
def mirror():
    with Mirror.in_memory() as opened:
        opened.facts.define_leads()
        yield opened


def facts(mirror, columns):
    query = f"SELECT kind, lead_id, {columns} FROM lead_facts ORDER BY ALL"
    return mirror.connection.execute(query).fetchall()


def touches(mirror):
    return mirror.connection.execute("FROM lead_touches ORDER BY ALL").fetchall()


def lead(mirror, **values):
    add(mirror, "leads", **{"id": "l1", "date_entered": MOMENT} | values)


@pytest.mark.parametrize(("since", "known"), [(BEFORE, "Banking"), (AFTER, "")])
def test_an_industry_counts_only_if_the_company_was_there_before_the_lead(mirror, since, known):
    add(mirror, "accounts", id="a1", name="Acme ", industry="Banking", date_entered=since)
    lead(mirror, account_name=" ACME", account_id="a1")
    assert facts(mirror, "industry") == [("leads", "l1", known)]


@pytest.mark.parametrize(
    ("values", "closed"),
    [({}, 0), ({"status": "Dead"}, 1), ({"converted": True}, 1), ({"status": "In Process"}, 0)],
)
def test_a_lead_is_closed_once_it_is_converted_or_dead(mirror, values, closed):
    lead(mirror, **values)
    assert facts(mirror, "day, closed") == [("leads", "l1", EPOCH_DAY, closed)]


def test_what_becomes_of_a_target_becomes_of_the_lead_that_it_turned_into(mirror):
    lead(mirror, contact_id="c1", account_id="a1")
    add(mirror, "targets", id="t1", lead_id="l1", date_entered=BEFORE)
    add(mirror, "targets", id="t2", date_entered=BEFORE)
    assert facts(mirror, "contact_id, account_id, closed") == [
        ("leads", "l1", "c1", "a1", 0),
        ("targets", "t1", "c1", "a1", 1),
        ("targets", "t2", "", "", 0),
    ]


@pytest.mark.parametrize("who", ["leads", "contacts", "accounts"])
def test_who_objects_as_lead_contact_or_company_is_silent(mirror, who):
    objects = {name: name == who for name in ("leads", "contacts", "accounts")}
    add(mirror, "contacts", id="c1", no_profiling_c=objects["contacts"])
    add(mirror, "accounts", id="a1", no_profiling_c=objects["accounts"])
    lead(mirror, contact_id="c1", account_id="a1", no_profiling_c=objects["leads"])
    assert facts(mirror, "silent") == [("leads", "l1", 1)]


@pytest.mark.parametrize("where", ["leads", "opportunities"])
def test_a_competitor_is_named_on_the_lead_or_on_its_opportunity(mirror, where):
    named = {name: "Rival" if name == where else None for name in ("leads", "opportunities")}
    add(mirror, "opportunities", id="o1", competitor_c=named["opportunities"])
    lead(mirror, opportunity_id="o1", competitor_c=named["leads"])
    assert facts(mirror, "rival") == [("leads", "l1", 1)]


def test_calls_held_and_links_followed_count_and_nothing_else_does(mirror):
    of_lead = {"parent_type": "Leads", "parent_id": "l1", "date_start": MOMENT}
    add(mirror, "calls", id="k1", status="Held", **of_lead)
    add(mirror, "calls", id="k2", status="Planned", **of_lead)
    of_target = {"target_type": "Prospects", "target_id": "t1", "activity_date": MOMENT}
    for number, kind in enumerate(("link", "viewed", "lead")):
        add(mirror, "campaign_log", id=f"g{number}", activity_type=kind, **of_target)
    assert touches(mirror) == [("leads", "l1", EPOCH_DAY, 1), ("targets", "t1", EPOCH_DAY, 0)]


def test_a_campaign_costs_what_is_entered_in_the_base_currency(mirror):
    add(mirror, "campaigns", id="g1", name="Spring", actual_cost=120)
    add(mirror, "campaigns", id="g2", name="Autumn", actual_cost=120, currency_id="gbp")
    add(mirror, "campaigns", id="g3", name="Winter", actual_cost=0)
    rows = mirror.connection.execute("FROM campaign_costs ORDER BY ALL").fetchall()
    assert rows == [("g1", "Spring", 12_000), ("g2", "Autumn", None), ("g3", "Winter", None)]
