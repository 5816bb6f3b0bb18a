"""Scores by fifths, by thresholds and by frozen cut-points, and what must hold for each."""

from datetime import date, timedelta
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suitecrm_bridge.analytics import rfm
from suitecrm_bridge.analytics.days import to_date
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.catalogue import Cuts, rfm_rules
from suitecrm_bridge.errors import DataError
from tests.places import examples

from . import facts

AS_OF = date(2026, 3, 31)
SCORES = ["rfm_recency", "rfm_frequency", "rfm_monetary"]
CUTS = Cuts("frozen", (20, 10, 5, 2), (2, 3, 4, 5), (100, 300, 500, 1000))
PLAIN = {"min_buyers": 1, "ranking": "always_fifths"}
RANKINGS = ["always_fifths", "thresholds", CUTS]

Rows = list[tuple[str, int, int]]

rows = st.lists(
    st.tuples(
        st.sampled_from([f"c{number}" for number in range(9)]),
        st.integers(-40, 3),
        st.integers(-500, 2000),
    ),
    max_size=40,
)
rankings = st.sampled_from(RANKINGS)


def frame(found: Rows) -> pd.DataFrame:
    """Purchases from (customer, days after AS_OF, cents)."""
    known = [(c, AS_OF + timedelta(days=day), Decimal(cents).scaleb(-2)) for c, day, cents in found]
    return pd.DataFrame(known, columns=["customer_id", "date", "amount"])


def scored(found: Rows, as_of: date = AS_OF, **options: object) -> pd.DataFrame:
    usual = {"min_buyers": 1, "ranking": "always_fifths"}
    result = rfm.score(frame(found), as_of, **{**usual, **options})  # type: ignore[arg-type]
    return result.set_index("customer_id")


def cuts_of(engine: Engine) -> Cuts:
    (cuts,) = rfm.cuts(engine).values()
    return cuts


def table(found: Rows, engine: Engine) -> str:
    days = (AS_OF - to_date(0)).days
    known = [(c, days + day, cents) for c, day, cents in found]
    columns = ["customer_id", "day", "cents"]
    kinds = {"customer_id": "string", "day": "int64", "cents": "int64"}
    engine.table("bought", pd.DataFrame(known, columns=columns).astype(kinds))
    return "bought"


@pytest.mark.parametrize(("ranking", "measured"), [("always_fifths", False), ("fifths", True)])
def test_rhythms_are_measured_only_where_scores_may_go_by_them(
    ranking: rfm.Ranking, measured: bool
) -> None:
    engine = Engine()
    bought = table([("a", -9, 1), ("a", -1, 1)], engine)
    rfm.score(bought, AS_OF, engine=engine, min_buyers=1, ranking=ranking)
    assert bool(engine.fetch("own_rhythms")["rhythm_days"].tolist()) is measured


@pytest.mark.parametrize(
    ("days_ago", "score"), [(0, 5), (2, 5), (3, 4), (5, 4), (10, 3), (20, 2), (21, 1), (9999, 1)]
)
def test_recency_follows_the_most_days_of_the_cut_points(days_ago: int, score: int) -> None:
    assert scored([("a", -days_ago, 1)], ranking=CUTS).loc["a", "rfm_recency"] == score


@pytest.mark.parametrize(("purchases", "score"), [(1, 1), (2, 2), (4, 4), (5, 5), (9, 5)])
def test_frequency_follows_the_fewest_purchases(purchases: int, score: int) -> None:
    found = [("a", -day, 1) for day in range(purchases)]
    assert scored(found, ranking=CUTS).loc["a", "rfm_frequency"] == score


@pytest.mark.parametrize(("cents", "score"), [(99, 1), (100, 2), (999, 4), (1000, 5)])
def test_monetary_follows_the_least_total(cents: int, score: int) -> None:
    assert scored([("a", 0, cents)], ranking=CUTS).loc["a", "rfm_monetary"] == score


def test_a_total_that_refunds_have_made_negative_scores_lowest() -> None:
    assert scored([("a", 0, 5), ("a", -1, -50)], ranking=CUTS).loc["a", "rfm_monetary"] == 1


@pytest.mark.parametrize("source", ["invoices", "opportunities"])
def test_thresholds_belong_to_what_counts_as_a_purchase(source: rfm.Source) -> None:
    engine = Engine()
    facts.load(engine)
    rfm.compute(engine, {"accounts": "thresholds"}, source, to_date(100), 1)
    assert rfm.cuts(engine) == {"accounts": rfm_rules().fixed[source]}


@settings(max_examples=examples(20))
@given(rows)
def test_frozen_at_its_own_cut_points_a_base_keeps_every_score(found: Rows) -> None:
    engine = Engine()
    by_fifths = rfm.score(table(found, engine), AS_OF, engine=engine, **PLAIN)
    frozen = rfm.score("bought", AS_OF, engine=engine, ranking=cuts_of(engine))
    pd.testing.assert_frame_equal(by_fifths, frozen)


def test_frozen_cut_points_move_a_customer_only_when_he_changes() -> None:
    base = [(f"c{n}", -n, 100 * n) for n in range(1, 11)]
    engine = Engine()
    before = rfm.score(table(base, engine), AS_OF, engine=engine, **PLAIN)
    cuts = cuts_of(engine)
    newcomers = [(f"n{n}", 0, 10**6) for n in range(50)]
    after = rfm.score(table(base + newcomers, engine), AS_OF, engine=engine, ranking=cuts)
    kept = after[after["customer_id"].str.startswith("c")].reset_index(drop=True)
    pd.testing.assert_frame_equal(kept, before)
    assert set(after["rfm_monetary"][after["customer_id"].str.startswith("n")]) == {5}


def test_who_exceeds_a_base_of_equals_gets_the_best_score() -> None:
    engine = Engine()
    rfm.score(table([("a", -3, 100), ("b", -3, 100)], engine), AS_OF, engine=engine, **PLAIN)
    cuts = cuts_of(engine)
    assert (cuts.recency, cuts.frequency, cuts.monetary) == ((2,) * 4, (2,) * 4, (101,) * 4)


@pytest.mark.parametrize(
    ("min_buyers", "ranking", "basis"),
    [
        (2, "always_fifths", "fifths"),
        (2, "fifths", "rhythm"),
        (3, "fifths", "too_few"),
        (1, "thresholds", "thresholds"),
        (9, CUTS, "frozen"),
    ],
)
def test_the_cut_points_say_where_they_come_from(
    min_buyers: int, ranking: rfm.Ranking, basis: str
) -> None:
    engine = Engine()
    purchases = table([("a", -3, 100), ("b", -2, 100), ("c", -2, -5)], engine)
    rfm.score(purchases, AS_OF, engine=engine, min_buyers=min_buyers, ranking=ranking)
    assert cuts_of(engine).basis == basis


def test_too_few_buyers_have_the_bounds_of_the_thresholds() -> None:
    engine = Engine()
    rfm.score(table([], engine), AS_OF, engine=engine, min_buyers=0)
    assert cuts_of(engine).bounds() == rfm_rules().fixed["invoices"].bounds()


@settings(max_examples=examples(12))
@given(rows, rankings)
def test_a_table_scores_like_the_frame(found: Rows, ranking: rfm.Ranking) -> None:
    engine = Engine()
    by_table = rfm.score(
        table(found, engine), AS_OF, engine=engine, min_buyers=1, ranking=ranking
    ).set_index("customer_id")
    pd.testing.assert_frame_equal(by_table, scored(found, ranking=ranking), check_index_type=False)


def test_customers_of_a_table_may_be_a_table_a_frame_or_ids() -> None:
    engine = Engine()
    known = pd.DataFrame({"customer_id": ["a", "z"]})
    engine.table("known", known)
    purchases = table([("a", 0, 1), ("b", 0, 1)], engine)
    for customers in ("known", known, ["a", "z"]):
        result = rfm.score(purchases, AS_OF, customers, engine=engine)
        assert result["customer_id"].tolist() == ["a", "z"]
    assert len(rfm.score(frame([("a", 0, 1)]), AS_OF, "known", engine=engine)) == 2


def test_a_table_that_is_not_there_is_named() -> None:
    with pytest.raises(DataError, match="nowhere"):
        rfm.score("nowhere", AS_OF)


@settings(max_examples=examples(12))
@given(rows, rankings, st.integers(2, 1000))
def test_scaling_all_amounts_leaves_the_fifths_alone(
    found: Rows, ranking: rfm.Ranking, factor: int
) -> None:
    dearer = [(customer, day, cents * factor) for customer, day, cents in found]
    axes = SCORES if ranking == "always_fifths" else SCORES[:2]
    before, after = scored(found, ranking=ranking), scored(dearer, ranking=ranking)
    pd.testing.assert_frame_equal(before[axes], after[axes])


@settings(max_examples=examples(12))
@given(rows, rankings, st.sampled_from(["c0", "c1"]), st.integers(-40, 0), st.integers(1, 2000))
def test_adding_a_purchase_never_lowers_frequency_or_monetary(
    found: Rows, ranking: rfm.Ranking, customer: str, day: int, cents: int
) -> None:
    before = scored(found, customers=[customer], ranking=ranking).loc[customer]
    after = scored([*found, (customer, day, cents)], ranking=ranking).loc[customer]
    assert after["purchase_total"] > before["purchase_total"]
    if before["purchase_count"] > 0:
        whole = scored(found, ranking=ranking).loc[customer]
        assert all(after[axis] >= whole[axis] for axis in SCORES)


@settings(max_examples=examples(12))
@given(rows, rankings, st.integers(0, 400))
def test_a_later_day_only_ages(found: Rows, ranking: rfm.Ranking, days: int) -> None:
    known = [(customer, min(day, 0), cents) for customer, day, cents in found]
    today = scored(known, ranking=ranking)
    later = scored(known, AS_OF + timedelta(days=days), ranking=ranking)
    aged = (
        ["recency_days"]
        if ranking == "always_fifths"
        else [
            "recency_days",
            "rfm_recency",
            "rfm_score",
            "rfm_segment",
        ]
    )
    pd.testing.assert_frame_equal(today.drop(columns=aged), later.drop(columns=aged))
    buyers = today["recency_days"].notna()
    assert (later["recency_days"] - today["recency_days"])[buyers].eq(days).all()
    assert (later["rfm_recency"][buyers] <= today["rfm_recency"][buyers]).all()


@settings(max_examples=examples(12))
@given(rows, rankings, st.randoms())
def test_permuting_the_rows_changes_nothing(
    found: Rows, ranking: rfm.Ranking, random: object
) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    pd.testing.assert_frame_equal(scored(found, ranking=ranking), scored(shuffled, ranking=ranking))


@settings(max_examples=examples(12))
@given(rows, rankings)
def test_every_buyer_has_scores_and_everyone_a_segment(found: Rows, ranking: rfm.Ranking) -> None:
    result = scored(found, ranking=ranking, min_buyers=5)
    assert (result["rfm_score"].notna() == (result["purchase_count"] > 0)).all()
    assert result["rfm_segment"].notna().all()


@pytest.mark.parametrize("ranking", RANKINGS)
@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([], {}),
        ([("a", 0, 100)], {"a": 1}),
        ([("a", 0, 100), ("b", 0, 100)], {"a": 1, "b": 1}),
        ([("a", 0, -100)], {"a": 0}),
        ([("a", 3, 100)], {"a": 0}),
    ],
)
def test_a_base_of_next_to_nothing_has_a_defined_answer(
    found: Rows, expected: dict[str, int], ranking: rfm.Ranking
) -> None:
    assert scored(found, ranking=ranking)["purchase_count"].to_dict() == expected
