"""Where fifths would not tell customers apart, their own rhythm and thresholds do."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suitecrm_bridge.analytics import rfm
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.analytics.reasons.segment import reasons
from suitecrm_bridge.catalogue import rfm_rules
from tests.places import examples

AS_OF = date(2026, 3, 31)

Rows = list[tuple[str, date, int]]


def scored(
    rows: Rows, ranking: rfm.Ranking = "fifths", engine: Engine | None = None
) -> tuple[pd.DataFrame, str]:
    """The scores by customer, and where their cut-points come from."""
    engine = engine or Engine()
    known = [(c, (day - date(1970, 1, 1)).days, 100 * amount) for c, day, amount in rows]
    kinds = {"customer_id": "string", "day": "int64", "cents": "int64"}
    engine.table("bought", pd.DataFrame(known, columns=list(kinds)).astype(kinds))
    found = rfm.score("bought", AS_OF, engine=engine, ranking=ranking)
    (cuts,) = rfm.cuts(engine).values()
    return found.set_index("customer_id"), cuts.basis


def subscribers(count: int, every: int, times: int, latest: int, seed: int = 1) -> Rows:
    """Customers who pay at a fixed rhythm, the last time at most `latest` days ago."""
    chance = Random(seed)
    return [
        (f"c{number:03d}", AS_OF - timedelta(days=since + every * time), 20)
        for number in range(count)
        for since in [chance.randint(0, latest)]
        for time in range(times)
    ]


def regulars(count: int, seed: int = 3) -> Rows:
    """Customers who buy at their own pace, some of whom stopped long ago, with every frequency."""
    chance = Random(seed)
    rows: Rows = []
    for number in range(count):
        day = AS_OF - timedelta(days=chance.randint(0, 5) * chance.randint(1, 90))
        for _ in range(1 + chance.randint(0, 3) * chance.randint(0, 4)):
            rows.append((f"r{number:03d}", day, chance.randint(10, 500)))
            day -= timedelta(days=chance.randint(20, 60))
    return rows


def test_nobody_is_lost_who_bought_for_the_first_time_yesterday() -> None:
    rows = [(f"c{number}", AS_OF - timedelta(days=1), 10 + number) for number in range(50)]
    found, basis = scored(rows)
    assert basis == "rhythm"
    assert set(found["rfm_segment"]) == {"new"}


@pytest.mark.parametrize(
    ("every", "times", "latest"),
    [(30, 14, 28), (7, 60, 6), (30, 30, 28), (91, 12, 88), (14, 20, 0)],
)
def test_subscribers_of_whom_nobody_is_overdue_are_champions(
    every: int, times: int, latest: int
) -> None:
    found, basis = scored(subscribers(100, every, times, latest))
    assert basis == "rhythm"
    assert found["rfm_segment"].isin(["champions", "loyal"]).sum() >= 90


def test_whoever_has_missed_three_payments_stands_apart_from_the_other_subscribers() -> None:
    gone = [(c, day - timedelta(days=120), paid) for c, day, paid in subscribers(4, 30, 14, 1)]
    rows = subscribers(100, 30, 14, 28)[4 * 14 :] + gone
    found, basis = scored(rows)
    assert basis == "rhythm"
    assert set(found.loc[["c000", "c001", "c002", "c003"], "rfm_segment"]) == {"cannot_lose_them"}
    assert (found["rfm_segment"] == "champions").sum() == 96


def test_each_customer_is_judged_by_their_own_rhythm() -> None:
    weekly = subscribers(60, 7, 50, 5)
    yearly = [(f"y{c}", day, paid) for c, day, paid in subscribers(40, 365, 12, 300)]
    found, basis = scored(weekly + yearly)
    assert basis == "rhythm"
    assert (found["rfm_recency"] == 5).all()


def test_customers_who_differ_are_cut_into_fifths() -> None:
    _, basis = scored(regulars(200))
    assert basis == "fifths"


@pytest.mark.parametrize(
    "rows",
    [
        # all bought on one day, long ago
        [
            (f"c{n}", AS_OF - timedelta(days=400 + 40 * k), 9)
            for n in range(40)
            for k in range(n % 5)
        ],
        # all but a few bought once
        [(f"c{n}", AS_OF - timedelta(days=9 * n), 9) for n in range(60)]
        + [(f"c{n}", AS_OF - timedelta(days=9 * n + 90), 9) for n in range(8)],
        # all bought about equally often
        [
            (f"c{n}", AS_OF - timedelta(days=9 * n + 30 * k), 9)
            for n in range(60)
            for k in range(11 + n % 3)
        ],
    ],
    ids=["one day", "once", "equally often"],
)
def test_ties_and_narrow_spreads_are_found_on_either_axis(rows: Rows) -> None:
    assert scored(rows)[1] == "rhythm"


def test_the_reason_says_so() -> None:
    found, basis = scored(subscribers(100, 30, 14, 28))
    rows = found.reset_index().assign(last_day=1, total_cents=1)
    told = reasons(rows, basis=basis)  # type: ignore[arg-type]
    assert told["rfm_reason_en"].str.contains("recency goes by the customer's own rhythm").all()
    assert told["rfm_reason_fr"].str.contains("la récence suit le rythme propre du client").all()


def on_the_edge(overdue: int) -> Rows:
    """A hundred customers, of whom that many are silent for longer than their rhythm."""
    chance = Random(5)
    rows: Rows = []
    for number in range(100):
        since = 45 if number < overdue else chance.randint(0, 25)
        for time in range(4 + number % 10):
            rows.append((f"c{number:03d}", AS_OF - timedelta(days=since + 30 * time), 20))
    return rows


def test_a_base_on_the_edge_does_not_change_its_method_from_night_to_night() -> None:
    methods = []
    ranking: rfm.Ranking = "fifths"
    for overdue in (19, 21, 19, 22, 24, 26, 24, 21, 19):
        _, basis = scored(on_the_edge(overdue), ranking)
        methods.append(basis)
        ranking = "after_rhythm" if basis == "rhythm" else "fifths"
    assert methods == ["rhythm"] * 5 + ["fifths"] * 3 + ["rhythm"]


@settings(max_examples=examples(15), deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(1, 500)),
        min_size=40,
        max_size=120,
    )
)
def test_recency_by_rhythm_is_silence_in_parts_of_the_customers_own_rhythm(
    found: list[tuple[int, int, int]],
) -> None:
    rows = [(f"c{who}", AS_OF - timedelta(days=ago), paid) for who, ago, paid in found]
    engine = Engine()
    result, basis = scored(rows, "after_rhythm", engine)
    if basis == "rhythm":
        rhythm = engine.fetch("rhythms").set_index("customer_id")["rhythm_days"]
        parts = (100 * result["recency_days"] / rhythm.astype("Float64")[result.index]).astype(
            float
        )
        score = 5 - sum((parts > bound).astype(int) for bound in rfm_rules().rhythm)
        assert result["rfm_recency"].tolist() == score.tolist()
