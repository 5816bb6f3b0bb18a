"""Engagement is a sum of points, and four quadrants hold it against what customers are worth."""

import pandas as pd
import pytest

from suitecrm_bridge.analytics import engagement, wishes
from suitecrm_bridge.analytics.days import to_date
from suitecrm_bridge.analytics.reasons.engagement import engagement_reasons
from suitecrm_bridge.catalogue import Rules
from suitecrm_bridge.errors import CatalogueError
from tests.analytics.frames import engine_of

AS_OF = to_date(20_000)
COLUMNS = {
    "customers": ["customer_id"],
    "engagement_facts": ["customer_id", "signal", "record_id", "day"],
    "wish_facts": ["customer_id", "record_id", "source", "day", "text"],
}
TEXTS = {"customer_id", "signal", "record_id", "source", "text"}
SIGNALS = {"opened": (10, 4), "met": (20, 2), "suggested": (30, 1)}


def computed(**rows):
    engine = engine_of(COLUMNS, TEXTS, {"customers": [("ann",), ("bob",)], **rows})
    wishes.compute(engine, AS_OF, ["suggest"], ["want"], {})
    engagement.compute(engine, AS_OF, SIGNALS)
    return engine


def score(**rows):
    frame = computed(**rows).fetch("engagement")
    return dict(zip(frame["customer_id"], frame["engagement"], strict=True))


def test_points_grow_with_how_often_and_end_at_the_signals_most():
    opened = [("ann", "opened", f"c{n}", 19_900) for n in range(9)]
    met = [("bob", "met", "m1", 19_900)]
    assert score(engagement_facts=opened + met) == {"ann": 10, "bob": 10}


def test_one_and_the_same_record_counts_once():
    twice = [("ann", "met", "m1", 19_900), ("ann", "met", "m1", 19_901)]
    assert score(engagement_facts=twice)["ann"] == 10


@pytest.mark.parametrize("day", [20_001, 20_000 - 365])
def test_what_is_yet_to_come_or_more_than_a_year_ago_brings_nothing(day):
    assert score(engagement_facts=[("ann", "met", "m1", day)])["ann"] == 0


def test_an_idea_in_what_somebody_wrote_counts():
    written = [
        ("ann", "n1", "note", 19_900, " may i suggest a blue one "),
        ("bob", "n2", "note", 19_900, " thanks "),
    ]
    assert score(wish_facts=written) == {"ann": 30, "bob": 0}


def test_the_shares_in_the_reason_add_up_to_the_score():
    facts = [("ann", "opened", f"c{n}", 19_900) for n in range(3)] + [("ann", "met", "m1", 19_900)]
    engine = computed(engagement_facts=facts)
    said = engagement_reasons(engine.fetch("engagement_signals"))["en"].loc["contacts", "ann"]
    assert said == "Engagement in the last 12 months: meetings held 10, campaigns opened 7."
    assert score(engagement_facts=facts)["ann"] == 17


def people():
    return pd.DataFrame(
        {
            "engagement": [60, 0, 40, 5, 90],
            "worth_cents": pd.array([900, 800, 100, 50, None], dtype="Int64"),
            "total_cents": pd.array([5_000, 9_000, 700, 300, None], dtype="Int64"),
            "service_cents": pd.array([10, 900, 20, 5, 1], dtype="Int64"),
            "leaving": [0, 1, 0, 0, 0],
        }
    )


def test_the_quiet_big_one_stands_apart_and_who_never_bought_in_no_quadrant():
    found = engagement.quadrants(people()).set_index("quadrant")
    assert found["customers"].to_dict() == {
        "engaged_large": 1, "quiet_large": 1, "engaged_small": 1, "quiet_small": 1
    }  # fmt: skip
    assert found.loc["quiet_large", ["total_cents", "service_cents", "leaving"]].to_list() == [
        9_000, 900, 1
    ]  # fmt: skip


def test_without_customers_every_quadrant_is_empty():
    assert engagement.quadrants(people().head(0))["customers"].to_list() == [0, 0, 0, 0]


def test_an_installation_weighs_the_signals_otherwise_but_not_beyond_100(tmp_path):
    own = tmp_path / "engagement.toml"
    own.write_text("[met]\npoints = 10\ntimes = 1\n", encoding="utf-8")
    assert Rules(tmp_path).engagement["met"].times == 1
    own.write_text("[met]\npoints = 60\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match="come to 145"):
        _ = Rules(tmp_path).engagement
