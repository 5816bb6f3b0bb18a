from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suitecrm_bridge.analytics import potential
from suitecrm_bridge.analytics.days import to_date
from suitecrm_bridge.catalogue import potential_weights
from tests.analytics.frames import engine_of
from tests.places import examples

AS_OF = to_date(1000)
EQUAL = dict.fromkeys(("value", "trend", "breadth", "headroom", "engagement", "fit"), 1)
COLUMNS = {
    "customers": ["customer_id"],
    "purchases": ["customer_id", "day", "cents"],
    "rfm": ["customer_id", "rfm_recency", "rfm_frequency"],
    "wallet_facts": ["customer_id", "wallet_cents"],
    "touch_facts": ["customer_id", "campaign_id", "day", "responded"],
    "group_facts": ["customer_id", "group_key"],
    "bought": ["customer_id", "product_id"],
    "next_offers": ["customer_id", "basis", "confidence"],
}
TEXTS = {"customer_id", "basis", "product_id", "group_key", "campaign_id"}


def computed(weights=EQUAL, **rows):
    engine = engine_of(COLUMNS, TEXTS, rows)
    potential.compute(engine, AS_OF, weights)
    return engine


def signals(customer, **rows):
    frame = computed(**rows).fetch("potential_signals")
    own = frame[frame["customer_id"] == customer]
    return dict(zip(own["signal"], own["strength"], strict=True))


def score(customer, weights=EQUAL, **rows):
    frame = computed(weights, **rows).fetch("potential").set_index("customer_id")
    found = frame.astype(object).where(frame.notna(), None).loc[customer]
    return found["potential_score"], found["wallet_share"]


CUSTOMERS = [("ann",), ("bob",), ("cyd",), ("dan",)]
YEAR = [("ann", 900, 100), ("bob", 900, 200), ("cyd", 900, 300), ("dan", 900, 400)]


def test_value_is_the_percentage_of_buyers_who_bought_for_less():
    assert signals("cyd", customers=CUSTOMERS, purchases=YEAR)["value"] == 50


def test_purchases_of_more_than_a_year_ago_are_no_value_of_today():
    old = [*YEAR[:3], ("dan", 600, 400)]
    assert signals("dan", customers=CUSTOMERS, purchases=old)["value"] == 0


def test_trend_holds_the_last_year_against_the_one_before():
    rising = [("ann", 500, 100), ("ann", 900, 300)]
    assert signals("ann", customers=CUSTOMERS, purchases=rising)["trend"] == 75


def test_a_customer_of_less_than_a_year_has_no_trend():
    assert "trend" not in signals("ann", customers=CUSTOMERS, purchases=YEAR)


def test_breadth_is_the_percentage_of_buyers_with_fewer_products():
    bought = [("ann", "bike"), ("bob", "bike"), ("bob", "lock")]
    assert signals("bob", customers=CUSTOMERS, bought=bought)["breadth"] == 50


def test_headroom_is_what_is_left_of_the_estimated_need():
    found = signals("ann", customers=CUSTOMERS, purchases=YEAR, wallet_facts=[("ann", 400)])
    assert found["headroom"] == 75


def test_without_an_estimate_headroom_is_the_confidence_of_the_rule_that_makes_the_next_offer():
    offers = [("ann", "rule", 420_000), ("bob", "rule", 900_000)]
    wallets = [("bob", 400)]
    rows = {"customers": CUSTOMERS, "purchases": YEAR, "next_offers": offers}
    assert signals("ann", **rows, wallet_facts=wallets)["headroom"] == 42
    assert signals("bob", **rows, wallet_facts=wallets)["headroom"] == 50


def test_an_offer_that_no_rule_made_tells_nothing_of_headroom():
    offers = [("ann", "popular", None)]
    assert "headroom" not in signals("ann", customers=CUSTOMERS, purchases=YEAR, next_offers=offers)


def test_engagement_is_the_percentage_of_campaigns_that_he_followed():
    touches = [("ann", f"k{n}", 900, 0) for n in range(8)]
    touches += [("ann", "k0", 901, 1), ("ann", "k0", 902, 1), ("ann", "k7", 903, 1)]
    assert signals("ann", customers=CUSTOMERS, touch_facts=touches)["engagement"] == 25


def test_a_campaign_after_the_day_does_not_exist_yet():
    touches = [("ann", "k0", 900, 0), ("ann", "k0", 1_001, 1), ("ann", "k1", 1_001, 0)]
    assert signals("ann", customers=CUSTOMERS, touch_facts=touches)["engagement"] == 0


def test_fit_is_fifty_where_his_group_has_as_many_of_the_best_as_the_base():
    people = [f"c{n}" for n in range(40)]
    rows = {
        "customers": [(p,) for p in people],
        "rfm": [(p, 5, 5) if n % 4 == 0 else (p, 1, 1) for n, p in enumerate(people)],
        "group_facts": [(p, "trade" if n < 20 else "craft") for n, p in enumerate(people)],
    }
    assert signals("c1", **rows)["fit"] == 50


def test_fit_is_a_hundred_at_the_most():
    people = [f"c{n}" for n in range(100)]
    rows = {
        "customers": [(p,) for p in people],
        "rfm": [(p, 5, 5) if n < 10 else (p, 1, 1) for n, p in enumerate(people)],
        "group_facts": [(p, "trade" if n < 10 else "craft") for n, p in enumerate(people)],
    }
    assert (signals("c1", **rows)["fit"], signals("c50", **rows)["fit"]) == (100, 0)


def test_a_small_group_has_no_fit():
    rows = {"customers": CUSTOMERS, "rfm": [("ann", 5, 5)], "group_facts": [("ann", "a")]}
    assert "fit" not in signals("ann", **rows)


TOUCHES = [("cyd", f"k{n}", 900, int(n > 0)) for n in range(10)]


def test_the_score_is_the_weighted_mean_of_the_signals_that_can_be_told():
    rows = {"customers": CUSTOMERS, "purchases": YEAR, "touch_facts": TOUCHES}
    weights = {"value": 3, "engagement": 1, "fit": 100}
    assert score("cyd", weights, **rows)[0] == (3 * 50 + 90) / 4


def test_one_signal_alone_makes_no_score():
    assert score("cyd", customers=CUSTOMERS, purchases=YEAR)[0] is None


def test_the_share_of_wallet_is_told_where_the_need_was_estimated():
    rows = {"customers": CUSTOMERS, "purchases": YEAR, "wallet_facts": [("ann", 400)]}
    assert (score("ann", **rows)[1], score("bob", **rows)[1]) == (2_500, None)


def test_the_catalogue_weighs_every_signal():
    assert set(potential_weights()) == set(EQUAL)


def test_an_empty_base_has_no_potential():
    assert len(computed().fetch("potential")) == 0


@pytest.mark.parametrize("wallet", [0, -5])
def test_an_absurd_estimate_counts_as_none(wallet):
    rows = {"customers": CUSTOMERS, "purchases": YEAR, "wallet_facts": [("ann", wallet)]}
    assert score("ann", **rows)[1] is None
    assert "headroom" not in signals("ann", **rows)


PURCHASES = st.lists(
    st.tuples(st.sampled_from("abcd"), st.integers(0, 1_000), st.integers(-500, 5_000)), max_size=15
)


@settings(max_examples=examples(12), deadline=timedelta(seconds=5))
@given(PURCHASES, st.integers(2, 1_000))
def test_scaling_every_amount_leaves_the_scores_alone(purchases, factor):
    people = [(name,) for name in "abcd"]

    def scores(factor):
        rows = [(c, day, factor * cents) for c, day, cents in purchases]
        wallets = [("a", factor * 900)]
        engine = computed(customers=people, purchases=rows, wallet_facts=wallets)
        return str(engine.fetch("potential").to_dict("list"))

    assert scores(factor) == scores(1)


@settings(max_examples=examples(12), deadline=timedelta(seconds=5))
@given(PURCHASES)
def test_every_signal_lies_between_nought_and_a_hundred(purchases):
    people = [(name,) for name in "abcd"]
    engine = computed(customers=people, purchases=purchases, wallet_facts=[("a", 900)])
    found = engine.fetch("potential_signals")["strength"]
    assert ((found >= 0) & (found <= 100)).all()
