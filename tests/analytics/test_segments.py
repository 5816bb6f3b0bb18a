import pandas as pd
import pytest

from suitecrm_bridge.analytics import rfm, segments
from suitecrm_bridge.analytics.days import to_date
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.errors import MissingColumns

from . import facts


@pytest.fixture
def rows() -> pd.DataFrame:
    """Ann 3 000 and Bob 500 are ranked, Cyd is a prospect, Dan has 2 refunds and no purchase."""
    engine = Engine()
    refunds = [("r1", "dan", None, "Paid", 99, -300), ("r2", "dan", None, "Paid", 98, -200)]
    invoices = [*facts.ROWS["invoice_facts"], *refunds]
    customers = [*facts.ROWS["customers_contacts"], ("dan",)]
    facts.load(engine, {**facts.ROWS, "invoice_facts": invoices, "customers_contacts": customers})
    rfm.compute(engine, {"contacts": "always_fifths"}, "invoices", to_date(100), 1)
    return engine.fetch("rfm")


@pytest.fixture
def nobody(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.iloc[:0]


def test_every_segment_has_a_row_from_best_to_worst(rows: pd.DataFrame) -> None:
    found = segments.summary(rows)
    ranked = sorted(catalogue().segments.values(), key=lambda segment: segment.rank)
    assert found["rfm_segment"].tolist() == [segment.key for segment in ranked]
    assert found["rank"].tolist() == list(range(1, len(ranked) + 1))


def test_customers_and_revenue_of_the_segments_add_up(rows: pd.DataFrame) -> None:
    found = segments.summary(rows)
    assert found["customers"].sum() == len(rows)
    assert found["revenue_cents"].sum() == rows["total_cents"].sum() == 3000
    assert found["share"].sum() == pytest.approx(1)
    assert found["revenue_share"].sum() == pytest.approx(1)


def test_a_segment_says_what_its_customers_bought(rows: pd.DataFrame) -> None:
    found = segments.summary(rows).set_index("rfm_segment").loc["at_risk"].to_dict()
    assert found == {
        "rank": 9,
        "customers": 1,
        "share": 0.25,
        "purchases": 2,
        "revenue_cents": 3000,
        "revenue_share": 1.0,
        "revenue_per_customer_cents": 3000,
        "average_purchase_cents": 1500,
        "last_day": 100,
        "median_recency_days": 0.0,
        "purchases_per_customer": 2.0,
        "repeat_share": 1.0,
        "median_rhythm_days": 10.0,
        "behaviour_rank": 1,
        "revenue_rank": 1,
        "loyalty_rank": 1,
    }


def test_segments_have_their_places_by_behaviour_revenue_and_loyalty(rows: pd.DataFrame) -> None:
    found = segments.summary(rows).set_index("rfm_segment")
    ranks = found[["behaviour_rank", "revenue_rank", "loyalty_rank"]]
    assert ranks.loc["lost"].tolist() == [2, 2, 2]
    assert ranks.loc["prospect"].tolist()[:2] == [3, 3]
    assert pd.isna(ranks.loc["prospect", "loyalty_rank"])
    assert ranks.loc["champions"].isna().all()


def test_who_bought_once_has_no_rhythm(rows: pd.DataFrame) -> None:
    found = segments.summary(rows[rows["purchase_count"] == 1]).set_index("rfm_segment")
    assert found.loc["lost", "repeat_share"] == 0
    assert pd.isna(found.loc["lost", "median_rhythm_days"])


def test_an_empty_segment_has_no_averages(rows: pd.DataFrame) -> None:
    champions = segments.summary(rows).iloc[0]
    assert champions["customers"] == champions["revenue_cents"] == 0
    averages = ["revenue_per_customer_cents", "average_purchase_cents", "last_day"]
    assert champions[averages].isna().all()


def test_refunds_of_prospects_count_in_the_revenue(rows: pd.DataFrame) -> None:
    prospect = segments.summary(rows).set_index("rfm_segment").loc["prospect"]
    assert prospect["customers"] == 2
    assert prospect["revenue_cents"] == -500
    assert prospect["revenue_per_customer_cents"] == -250


def test_shares_of_nothing_are_missing(nobody: pd.DataFrame) -> None:
    found = segments.summary(nobody)
    assert len(found) == len(catalogue().segments)
    assert found[["share", "revenue_share"]].isna().all(axis=None)


def test_the_grid_has_25_cells_with_their_segments(rows: pd.DataFrame) -> None:
    found = segments.grid(rows)
    cells = list(zip(found["rfm_recency"], found["rfm_frequency"], strict=True))
    assert cells[:2] == [(5, 1), (5, 2)]
    assert len(set(cells)) == 25
    assert found["rfm_segment"].tolist() == [catalogue().segment_of_cell[cell] for cell in cells]


def test_the_grid_counts_the_scored_customers_only(rows: pd.DataFrame) -> None:
    found = segments.grid(rows)
    assert found["customers"].sum() == 2
    assert found["revenue_cents"].sum() == 3500
    assert found["share"].sum() == pytest.approx(1)


def test_the_grid_of_nobody_is_empty_cells(nobody: pd.DataFrame) -> None:
    found = segments.grid(nobody)
    assert len(found) == 25
    assert found["customers"].sum() == 0


@pytest.mark.parametrize("figure", [segments.summary, segments.grid])
def test_rows_without_totals_are_refused(figure, rows: pd.DataFrame) -> None:
    with pytest.raises(MissingColumns, match="total_cents"):
        figure(rows.drop(columns="total_cents"))
