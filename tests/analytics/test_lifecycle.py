import math
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suitecrm_bridge.analytics import lifecycle
from suitecrm_bridge.analytics.days import to_date
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.catalogue import LifecycleRules, catalogue
from suitecrm_bridge.errors import DataError
from tests.places import examples

AS_OF = 1000
RULES = LifecycleRules(
    weight=2,
    fewest_gaps=30,
    rhythm_days=90,
    horizon_days=730,
    at_risk_percentile=90,
    lapsed_percentile=95,
    least_days=30,
    new_to="product",
)
"""With fewer than 30 gaps, one purchase puts at risk after 182 days, and lapses after 275."""


def longest(share: float, gaps: int, so_far: int) -> int:
    """The limit where the base tells nothing yet, in closed form: the next gap is Lomax's."""

    def ended(days: float) -> float:
        return 1 - ((90 + so_far) / (90 + so_far + days)) ** (2 + gaps)

    wanted = ended(0.5) + share * (ended(730.5) - ended(0.5))
    return math.ceil((90 + so_far) * ((1 - wanted) ** (-1 / (2 + gaps)) - 1) - 0.5)


Bought = list[tuple[str, int]]


def table(rows: list[tuple[Any, ...]], **kinds: str) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)


def load(engine: Any, bought: Bought, customers: list[str], lines: list[Any]) -> None:
    purchases = [(c, f"i{place}", day, 100) for place, (c, day) in enumerate(bought)]
    kinds = {"customer_id": "string", "purchase_id": "string", "day": "int64", "cents": "int64"}
    engine.table("purchases", table(purchases, **kinds), "contacts")
    everyone = table([(c,) for c in customers], customer_id="string")
    engine.table("customers", everyone, "contacts")
    engine.table(
        "line_facts", table(lines, invoice_id="string", product_id="string", cents="int64")
    )
    products = [("p", ""), ("q", "tools"), ("r", "tools")]
    engine.table("product_facts", table(products, product_id="string", category="string"))


def computed(
    bought: Bought,
    customers: list[str] | None = None,
    lines: list[Any] | None = None,
    rules: LifecycleRules = RULES,
    as_of: int = AS_OF,
) -> pd.DataFrame:
    engine = Engine()
    load(engine, bought, customers or sorted({c for c, _ in bought}), lines or [])
    lifecycle.compute(engine, to_date(as_of), rules)
    return engine.fetch("lifecycle").set_index("customer_id")


def stage(*days_ago: int, **options: Any) -> str:
    found = computed([("a", AS_OF - days) for days in days_ago], ["a"], **options)
    return str(found.loc["a", "lifecycle"])


@pytest.mark.parametrize(
    ("days_ago", "expected"),
    [
        ([], "prospect"),
        ([0], "new"),
        ([90], "new"),
        ([91], "active"),
        ([182], "active"),
        ([183], "at_risk"),
        ([275], "at_risk"),
        ([276], "lapsed"),
        ([277, 0], "won_back"),
        ([276, 0], "active"),
        ([401, 10, 0], "active"),
        ([906, 442], "won_back"),
        ([906, 450], "at_risk"),
        ([906, 560], "lapsed"),
    ],
)
def test_a_customer_stands_where_his_rhythm_puts_him(days_ago: list[int], expected: str) -> None:
    assert stage(*days_ago) == expected


def test_a_rhythm_is_the_median_gap_drawn_towards_the_base() -> None:
    found = computed([("a", AS_OF - days) for days in (110, 100, 90, 60)] + [("b", AS_OF - 500)])
    # gaps 10, 10, 30: (3 × 10 + 2 × 90) / 5 = 42
    assert found.loc["a", ["gaps", "rhythm_days", "due_day"]].tolist() == [3, 42, AS_OF - 60 + 42]
    assert found.loc["b", ["gaps", "rhythm_days", "due_day"]].tolist() == [0, 90, AS_OF - 500 + 90]


def test_the_days_of_risk_and_lapse_are_told() -> None:
    row = computed([("b", AS_OF - 500)]).loc["b"]
    assert row[["at_risk_day", "lapsed_day"]].tolist() == [AS_OF - 500 + 182, AS_OF - 500 + 275]


@pytest.mark.parametrize("days_ago", [(900,), (900, 870), (900, 850, 812), (900, 400)])
def test_the_limits_are_what_gaps_and_their_days_foretell(days_ago: tuple[int, ...]) -> None:
    row = computed([("a", AS_OF - days) for days in days_ago]).loc["a"]
    history = (len(days_ago) - 1, days_ago[0] - days_ago[-1])
    # Days are counted in steps of at most three in a hundred.
    told = [row[name] - AS_OF + days_ago[-1] for name in ("at_risk_day", "lapsed_day")]
    assert told == pytest.approx([longest(share, *history) for share in (0.9, 0.95)], rel=0.02)


def test_nobody_lapses_within_a_month() -> None:
    daily = [("a", AS_OF - 30 - days) for days in range(100)]
    assert computed(daily).loc["a", "lifecycle"] == "at_risk"
    assert computed(daily, as_of=AS_OF + 1).loc["a", "lifecycle"] == "lapsed"


def test_who_lapsed_is_not_new_again_because_all_others_are_slow() -> None:
    slow = [(f"c{n}", AS_OF - gaps * (200 + 10 * n)) for n in range(40) for gaps in range(3)]
    quick = [("quick", AS_OF - 200 - days) for days in range(10)]
    assert computed(slow + quick).loc["quick", "lifecycle"] == "lapsed"


def test_a_frequent_buyer_lapses_long_before_a_rare_one() -> None:
    often = [("often", AS_OF - 100 - 7 * n) for n in range(40)]
    rare = [("rare", AS_OF - 100 - 180 * n) for n in range(6)]
    found = computed(often + rare, rules=replace(RULES, fewest_gaps=1_000))
    assert found["lifecycle"].to_dict() == {"often": "lapsed", "rare": "active"}


def test_with_enough_gaps_the_limits_come_from_the_base_itself() -> None:
    # Every 50 days and never later: nobody has to wait for 275 days to know.
    steady = [(f"c{n}", AS_OF - 250 - 50 * place) for n in range(20) for place in range(6)]
    found = computed([*steady, ("once", AS_OF - 100)])
    assert 50 <= found.loc["c0", "at_risk_day"] - (AS_OF - 250) <= 56
    assert 50 <= found.loc["once", "lapsed_day"] - (AS_OF - 100) <= 70


def test_the_rhythm_of_the_base_is_the_median_of_its_customers() -> None:
    engine = Engine()
    steady = [(f"c{n}", AS_OF - 50 * place) for n in range(10) for place in range(5)]
    load(engine, [*steady, ("late", AS_OF), ("late", AS_OF - 150)], ["late", "c0"], [])
    lifecycle.compute(engine, to_date(AS_OF), replace(RULES, fewest_gaps=5))
    base = engine.fetch("rhythm_base").drop(columns="entity").loc[0].to_dict()
    assert base == {"base_days": 50, "gaps": 5, "measured": 1}


@pytest.mark.parametrize(
    ("products", "new_to", "expected"),
    [
        (["p", "q"], "product", "new_to_product"),
        (["p", "p"], "product", "active"),
        (["q", "r"], "product", "new_to_product"),
        (["q", "r"], "category", "active"),
        (["p", "r"], "category", "new_to_product"),
    ],
)
def test_a_product_bought_for_the_first_time_makes_new_to_a_product(
    products: list[str], new_to: str, expected: str
) -> None:
    lines = [(f"i{place}", product, 100) for place, product in enumerate(products)]
    assert stage(120, 30, lines=lines, rules=replace(RULES, new_to=new_to)) == expected


def test_a_new_product_of_long_ago_makes_nobody_new() -> None:
    lines = [("i0", "p", 100), ("i1", "q", 100)]
    assert stage(300, 170, lines=lines) == "active"


def test_a_line_that_was_given_away_is_no_purchase_of_its_product() -> None:
    lines = [("i0", "p", 100), ("i1", "q", 0)]
    assert stage(120, 30, lines=lines) == "active"


def test_purchases_after_the_day_do_not_exist_yet() -> None:
    found = computed([("a", AS_OF - 400), ("a", AS_OF + 1)], ["a", "b"])
    assert found["lifecycle"].to_dict() == {"a": "lapsed", "b": "prospect"}
    assert found.loc["b"].drop(["entity", "lifecycle", "gaps"]).isna().all()


def test_an_empty_base_gives_an_empty_table() -> None:
    assert computed([], []).empty


def test_a_missing_table_of_lines_is_named() -> None:
    engine = Engine()
    engine.table("customers", table([("a",)], customer_id="string"), "contacts")
    with pytest.raises(DataError, match="invoice_facts"):
        lifecycle.compute(engine, to_date(AS_OF), RULES)


bases = st.lists(
    st.tuples(st.sampled_from(["a", "b", "c", "d"]), st.integers(0, AS_OF)), max_size=25
)


@settings(max_examples=examples(15))
@given(bases, st.randoms())
def test_the_order_of_purchases_changes_nothing(bought: Bought, random: Any) -> None:
    shuffled = list(bought)
    random.shuffle(shuffled)
    customers = ["a", "b", "c", "d"]
    pd.testing.assert_frame_equal(computed(bought, customers), computed(shuffled, customers))


@settings(max_examples=examples(15))
@given(bases, st.integers(0, 900))
def test_a_later_day_only_ages(bought: Bought, days: int) -> None:
    customers = ["a", "b", "c", "d"]
    age = {"at_risk": 1, "lapsed": 2}
    today, later = computed(bought, customers), computed(bought, customers, as_of=AS_OF + days)
    facts = ["gaps", "rhythm_days", "due_day", "at_risk_day", "lapsed_day"]
    pd.testing.assert_frame_equal(today[facts], later[facts])
    before = today["lifecycle"].map(lambda key: age.get(key, 0))
    assert (later["lifecycle"].map(lambda key: age.get(key, 0)) >= before).all()
    assert set(today["lifecycle"]) <= set(catalogue().dropdowns["lifecycle"])


def test_every_stage_of_the_lifecycle_can_be_reached() -> None:
    lines = [("i0", "p", 1), ("i1", "q", 1)]
    reached = {stage(*days) for days in ([], [0], [100], [200], [400], [401, 0])}
    reached.add(stage(120, 30, lines=lines))
    assert reached == set(catalogue().dropdowns["lifecycle"])
