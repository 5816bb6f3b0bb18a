from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suitecrm_bridge.analytics import rfm
from suitecrm_bridge.analytics.days import to_day
from suitecrm_bridge.catalogue import catalogue
from tests.places import examples

from . import oracle

AS_OF = date(2026, 3, 31)
SCORES = ["rfm_recency", "rfm_frequency", "rfm_monetary"]

rows = st.lists(
    st.tuples(
        st.sampled_from([f"c{number}" for number in range(9)]),
        st.integers(-40, 3),
        st.integers(-500, 2000),
    ),
    max_size=40,
)


def purchases(*found: tuple[str, date, object]) -> pd.DataFrame:
    return pd.DataFrame(found, columns=["customer_id", "date", "amount"])


def frame(found: list[tuple[str, int, int]]) -> pd.DataFrame:
    """Purchases from (customer, days after AS_OF, cents)."""
    return purchases(
        *[(c, AS_OF + timedelta(days=day), Decimal(cents).scaleb(-2)) for c, day, cents in found]
    )


def scored(found: pd.DataFrame, as_of: date = AS_OF, **options: object) -> pd.DataFrame:
    usual = {"min_buyers": 1, "ranking": "always_fifths"}
    result = rfm.score(found, as_of, **{**usual, **options})  # type: ignore[arg-type]
    return result.set_index("customer_id")


def ladder(size: int) -> pd.DataFrame:
    """Customers a01, a02, …: each one bought later, more often and more than the one before."""
    return frame(
        [
            (f"a{rank:02d}", 2 * (rank - size) - visit, 100 * rank)
            for rank in range(1, size + 1)
            for visit in range(rank)
        ]
    )


def test_each_fifth_of_the_buyers_gets_its_score() -> None:
    result = scored(ladder(10))
    for column in SCORES:
        assert result[column].tolist() == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


def test_the_score_reads_recency_frequency_monetary() -> None:
    found = frame([("late", 0, 1), ("often", -9, 5), ("often", -8, 5), ("rich", -9, 900)])
    assert scored(found)["rfm_score"].to_dict() == {"late": "411", "often": "242", "rich": "114"}


@settings(max_examples=examples(15))
@given(rows, st.randoms())
def test_the_order_of_the_rows_changes_nothing(found: list, random: object) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    pd.testing.assert_frame_equal(scored(frame(found)), scored(frame(shuffled)))


@settings(max_examples=examples(40))
@given(rows, st.none() | st.sets(st.sampled_from([f"c{number}" for number in range(12)])))
def test_the_sql_agrees_with_the_definition_in_plain_python(
    found: list, customers: set | None
) -> None:
    result = scored(frame(found), customers=customers)
    ranked = result.dropna(subset=SCORES)
    as_of = to_day(AS_OF)
    expected = oracle.scores([(c, as_of + day, cents) for c, day, cents in found], as_of, customers)
    assert {c: tuple(row) for c, row in ranked[SCORES].iterrows()} == expected
    cells = catalogue().segment_of_cell
    assert ranked["rfm_segment"].to_dict() == {c: cells[r, f] for c, (r, f, _) in expected.items()}


@settings(max_examples=examples(15))
@given(rows, st.integers(2, 1000))
def test_a_change_of_currency_leaves_the_scores_alone(found: list, rate: int) -> None:
    dearer = [(customer, day, cents * rate) for customer, day, cents in found]
    pd.testing.assert_frame_equal(scored(frame(found))[SCORES], scored(frame(dearer))[SCORES])


@settings(max_examples=examples(15))
@given(rows)
def test_totals_of_all_customers_add_up_to_the_net_of_the_purchases(found: list) -> None:
    known = sum(cents for _, day, cents in found if day <= 0)
    assert sum(scored(frame(found))["purchase_total"]) * 100 == known


def test_equal_customers_share_their_scores() -> None:
    found = frame([(f"a{number:02d}", -3, 500) for number in range(40)])
    assert scored(found)["rfm_score"].unique().tolist() == ["111"]


def test_one_customer_alone_gets_the_lowest_scores() -> None:
    assert scored(frame([("a", -1, 100)]))["rfm_score"].tolist() == ["111"]


def test_an_empty_base_gives_an_empty_table_with_all_columns() -> None:
    result = rfm.score(purchases(), AS_OF)
    assert result.empty
    assert result.columns.tolist() == rfm.score(ladder(3), AS_OF).columns.tolist()


def test_a_refund_lowers_the_total_and_is_no_purchase() -> None:
    found = frame([("a", -9, 5000), ("a", -1, -2000), ("a", -20, 0)])
    row = scored(found).loc["a"]
    assert row["purchase_total"] == Decimal("30.00")
    assert row["purchase_count"] == 1
    assert row["first_purchase"] == row["last_purchase"] == AS_OF - timedelta(days=9)


def test_a_customer_with_only_refunds_is_a_prospect() -> None:
    result = scored(frame([("a", -9, 5000), ("b", -1, -2000)]))
    assert result.loc["b", "rfm_segment"] == "prospect"
    assert result.loc["b", "purchase_count"] == 0
    assert result.loc["b", "purchase_total"] == Decimal("-20.00")
    assert result.loc["b", "average_purchase"] is None


def test_refunds_larger_than_the_purchases_make_a_negative_average() -> None:
    result = scored(frame([("a", -9, 100), ("a", -8, 100), ("a", -1, -305)]))
    assert result.loc["a", "average_purchase"] == Decimal("-0.53")


def test_a_purchase_after_the_day_does_not_exist_yet() -> None:
    result = scored(frame([("a", 0, 100), ("a", 1, 9900), ("b", 1, 100)]))
    assert result.loc["a", "purchase_total"] == Decimal("1.00")
    assert result.loc["b", "rfm_segment"] == "prospect"


def test_purchases_of_one_day_count_once() -> None:
    result = scored(frame([("a", -5, 100), ("a", -5, 200), ("a", -4, 300)]))
    assert result.loc["a", "purchase_count"] == 2
    assert result.loc["a", "average_purchase"] == Decimal("3.00")


def test_the_day_of_scoring_itself_counts() -> None:
    assert scored(frame([("a", 0, 100)])).loc["a", "recency_days"] == 0


def test_customers_without_a_purchase_are_prospects_and_never_scored() -> None:
    alone, together = ladder(10), scored(ladder(10), customers=[f"a{n:02d}" for n in range(1, 60)])
    prospects = together.iloc[10:]
    assert set(prospects["rfm_segment"]) == {"prospect"}
    assert prospects[["rfm_score", *SCORES, "recency_days"]].isna().all(axis=None)
    assert together.iloc[:10]["rfm_score"].tolist() == scored(alone)["rfm_score"].tolist()


def test_a_purchase_of_somebody_else_does_not_move_the_ranks() -> None:
    known = [f"a{number:02d}" for number in range(1, 11)]
    strangers = frame([(f"z{number}", 0, 10**6) for number in range(30)])
    with_strangers = scored(pd.concat([ladder(10), strangers]), customers=known)
    pd.testing.assert_frame_equal(with_strangers, scored(ladder(10)))


def test_too_few_buyers_are_scored_by_the_thresholds_of_the_catalogue() -> None:
    result = scored(ladder(9), customers=[*ladder(9)["customer_id"], "p"], min_buyers=10)
    assert result.loc["p", "rfm_segment"] == "prospect"
    pd.testing.assert_frame_equal(
        result.drop(index="p"), scored(ladder(9), min_buyers=10, ranking="thresholds")
    )


def test_exactly_the_fewest_buyers_are_ranked() -> None:
    assert scored(ladder(10), min_buyers=10)["rfm_score"].notna().all()


def test_a_later_day_moves_nothing_but_the_age() -> None:
    today = rfm.score(ladder(10), AS_OF, min_buyers=1)
    later = rfm.score(ladder(10), AS_OF + timedelta(days=30), min_buyers=1)
    assert (later["recency_days"] - today["recency_days"]).tolist() == [30] * 10
    pd.testing.assert_frame_equal(*[found.drop(columns="recency_days") for found in (today, later)])


def test_a_customer_given_twice_gets_one_row() -> None:
    assert len(rfm.score(ladder(3), AS_OF, ["a01", "a01", "x"])) == 2


def test_customers_may_come_as_a_frame() -> None:
    result = rfm.score(ladder(3), AS_OF, pd.DataFrame({"customer_id": ["x", "y"]}))
    assert result["customer_id"].tolist() == ["x", "y"]


def test_integer_ids_stay_integers() -> None:
    found = pd.DataFrame({"customer_id": [7, 10], "date": [AS_OF, AS_OF], "amount": [1, 2]})
    assert rfm.score(found, AS_OF)["customer_id"].tolist() == [7, 10]


def test_ids_of_two_types_meet_as_text() -> None:
    found = pd.DataFrame({"customer_id": [7], "date": [AS_OF], "amount": [1]})
    result = rfm.score(found, AS_OF, ["7", "x"])
    assert result["purchase_count"].tolist() == [1, 0]


def test_the_average_is_rounded_half_away_from_zero() -> None:
    found = frame([("a", -1, 100), ("a", -2, 101), ("b", -1, 100), ("b", -2, 100), ("b", -3, 101)])
    averages = scored(found)["average_purchase"].to_dict()
    assert averages == {"a": Decimal("1.01"), "b": Decimal("1.00")}


@settings(max_examples=examples(15))
@given(st.lists(st.integers(1, 10**15), min_size=1, max_size=12))
def test_averages_of_large_amounts_are_exact(cents: list[int]) -> None:
    result = scored(frame([("a", -day, value) for day, value in enumerate(cents)]))
    count = len(cents)
    assert result.loc["a", "purchase_total"] * 100 == sum(cents)
    assert result.loc["a", "average_purchase"] * 100 == (2 * sum(cents) + count) // (2 * count)


@pytest.mark.parametrize("size", [5, 999, 50_001])
def test_the_fifths_of_any_size_are_exact(size: int) -> None:
    found = pd.DataFrame(
        {
            "customer_id": np.arange(size),
            "date": pd.Timestamp(AS_OF),
            "amount": np.arange(1, size + 1),
        }
    )
    result = rfm.score(found, AS_OF, min_buyers=1, ranking="always_fifths")
    expected = 5 * np.arange(size) // size + 1
    assert (result["rfm_monetary"].to_numpy(dtype="int64") == expected).all()
