from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from suitecrm_bridge.analytics.effects.assignment import Split
from suitecrm_bridge.analytics.effects.budget import Limits
from suitecrm_bridge.analytics.effects.effect import Effect
from suitecrm_bridge.analytics.effects.verdict import Judgement
from suitecrm_bridge.insights.effect_budget import Budgeted, budgeted
from suitecrm_bridge.insights.effects import Measured

CANDIDATES = pd.DataFrame(
    [
        ("welcome", "ann", "mail", "loyal", 100.0, 500.0),
        ("welcome", "bob", "mail", "lost", 100.0, 500.0),
        ("letter", "ann", "letter", "loyal", 300.0, 900.0),
        ("letter", "bob", "letter", "lost", 300.0, 900.0),
    ],
    columns=["programme", "person", "channel", "segment", "cost", "hoped"],
)


def brought(stands="works", effect: float | None = 2_000.0, **by_segment: float) -> Measured:
    segments = pd.DataFrame(
        {"segment": list(by_segment), "effect": np.array(list(by_segment.values()), dtype=float)}
    )
    earns = None if effect is None else Effect(effect, 10.0, 800, 200, 0.0, 0.0, 90)
    tonight = Judgement(stands, "effect")
    return Measured(
        stands, tonight, Split(8, 2, 1.0), 10, earns, None, None, None, False, "", segments
    )


def chosen(found: dict[str, Measured], limits: Limits) -> list[tuple[str, str]]:
    pairs = budgeted(CANDIDATES, found, limits, "en").pairs
    return list(
        pairs.loc[pairs["chosen"], ["programme", "person"]].itertuples(index=False, name=None)
    )


def test_where_nothing_was_measured_what_is_hoped_for_decides() -> None:
    assert chosen({}, Limits()) == [("letter", "ann"), ("letter", "bob")]


def test_what_a_programme_brought_decides_where_it_was_measured() -> None:
    assert chosen({"welcome": brought()}, Limits()) == [("welcome", "ann"), ("welcome", "bob")]


def test_what_it_brought_people_of_the_same_segment_goes_first() -> None:
    by_segment = {"welcome": brought(loyal=50.0)}
    assert chosen(by_segment, Limits()) == [("welcome", "bob"), ("letter", "ann")]


@pytest.mark.parametrize("stands", ["does_harm", "void"])
def test_a_programme_that_does_harm_addresses_nobody(stands) -> None:
    found = {"letter": brought(stands), "welcome": brought("unclear", None)}
    assert chosen(found, Limits()) == [("welcome", "ann"), ("welcome", "bob")]


def test_the_budget_bounds_what_is_chosen() -> None:
    assert len(chosen({"welcome": brought()}, Limits(budget=150.0))) == 1


def table() -> Budgeted:
    return budgeted(CANDIDATES, {"welcome": brought()}, Limits(budget=150.0), "en")


def test_a_table_says_for_each_programme_what_it_costs_and_should_bring() -> None:
    rows = table().table().frame.set_index("programme")
    assert rows.loc["welcome"].tolist() == ["welcome", 2, 1, Decimal("1.00"), Decimal("19.00")]
    assert rows.loc["letter", "chosen"] == 0


def test_it_is_said_what_one_more_unit_of_the_budget_would_bring() -> None:
    total, more = table().said
    assert "costs 1.00 and should bring 19.00" in total
    assert more == "1.00 more of budget would bring 19.00 beyond itself."


def test_programmes_are_named_by_their_labels_and_those_without_anybody_too() -> None:
    labels = {"letter": "A letter", "nobody": "Nobody"}
    found = budgeted(CANDIDATES, {}, Limits(), "en", labels).table().frame
    assert found["programme_name"].tolist() == ["A letter", "Nobody"]
    assert found["offered"].tolist() == [2, 0]


def test_of_two_offers_of_one_product_a_person_gets_the_better() -> None:
    offers = CANDIDATES.assign(product=["tea", "", "tea", ""], room=2)
    pairs = budgeted(offers, {}, Limits(contacts=2), "en").pairs
    taken = pairs.loc[pairs["chosen"], ["programme", "person"]].to_numpy().tolist()
    assert taken == [["welcome", "bob"], ["letter", "ann"], ["letter", "bob"]]


def test_where_nobody_would_enter_that_alone_is_said() -> None:
    found = budgeted(CANDIDATES.head(0), {}, Limits(budget=150.0), "en", {"letter": "A letter"})
    assert found.said == ("Nobody would enter these programmes now.",)
    assert found.table().frame["chosen"].tolist() == [0]
