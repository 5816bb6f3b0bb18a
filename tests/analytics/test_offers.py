"""What each way names, and what is offered of it."""

import re
from collections import defaultdict
from datetime import timedelta
from fractions import Fraction
from itertools import permutations

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suitecrm_bridge.analytics import offers
from suitecrm_bridge.analytics.nodes import nodes
from suitecrm_bridge.analytics.offers import OfferRules
from tests.analytics.baskets import AS_OF, loaded
from tests.places import examples

LOOSE = OfferRules(min_customers=1, deviations=0, repeat_percent=100, sold_within_days=10_000)


def named(sales, way="rule", rules=LOOSE, **options):
    """What a way names today, by customer."""
    found = every(sales, rules, **options)
    return {row.customer_id: row for row in found.itertuples(index=False) if row.way == way}


def every(sales, rules=LOOSE, **options):
    """What every way names today."""
    engine = loaded(sales, **options)
    offers.compute(engine, AS_OF, rules)
    customers = dict(engine.fetch("basket_customers")[["number", "customer_id"]].to_numpy())
    products = dict(engine.fetch("products_sold")[["number", "product_id"]].to_numpy())
    rows = engine.fetch("offer_candidates")
    rows = rows[rows["customer"] > 0]
    rows = rows.assign(
        customer_id=rows["customer"].map(customers), product_id=rows["product"].map(products)
    )
    return rows.sort_values(["way", "customer_id"], ignore_index=True)


BIKERS = [(f"c{n}", 900, "bike") for n in range(6)]
WITH_HELMETS = [*BIKERS, *[(f"c{n}", 910, "helmet") for n in range(4)]]
OTHERS = [(f"d{n}", 900, "oil") for n in range(5)]


def test_a_rule_leads_to_what_others_bought_with_or_after_what_they_have():
    found = named([*WITH_HELMETS, *OTHERS])
    assert (found["c5"].product_id, found["c5"].because_id) == ("helmet", "bike")
    assert (found["c5"].together, found["c5"].buyers) == (4, 6)


def test_confidence_and_lift_are_told_in_millionths():
    found = named([*WITH_HELMETS, *OTHERS])["c5"]
    assert found.confidence == 666_666
    assert found.lift == 1_833_333, "4/6 of the bikers against 4/11 of everyone"


def test_what_they_have_is_not_named_where_it_is_bought_once():
    assert "c0" not in named([*WITH_HELMETS, *OTHERS])


def test_what_is_bought_again_and_again_may_be_named_to_who_has_it():
    again = [(f"c{n}", 920, "helmet") for n in range(4)]
    rules = OfferRules(min_customers=1, deviations=0, repeat_percent=50, sold_within_days=10_000)
    assert named([*WITH_HELMETS, *again, *OTHERS], rules=rules)["c0"].product_id == "helmet"


def test_the_order_of_two_purchases_matters():
    assert "e" not in named([*WITH_HELMETS, ("e", 900, "helmet"), *OTHERS])


def test_pairs_of_too_few_customers_make_no_rule():
    rules = OfferRules(min_customers=5, deviations=0, repeat_percent=100, sold_within_days=10_000)
    assert named([*WITH_HELMETS, *OTHERS], rules=rules) == {}


def test_pairs_no_more_often_than_by_chance_make_no_rule():
    everyone = [(f"c{n}", 900, p) for n in range(6) for p in ("bike", "lock")]
    assert named([*everyone, ("d", 900, "bike")]) == {}


@pytest.mark.parametrize(("deviations", "rules"), [(1, True), (3, False)])
def test_pairs_that_chance_may_have_made_make_no_rule(deviations, rules):
    """Six and five of eleven: 4 together, where chance alone makes 2.2 with a deviation of 1.2."""
    strict = OfferRules(
        min_customers=1, deviations=deviations, repeat_percent=100, sold_within_days=10_000
    )
    assert ("c5" in named([*WITH_HELMETS, *OTHERS], rules=strict)) == rules


def test_a_product_that_is_no_longer_sold_is_not_named():
    rules = OfferRules(min_customers=1, deviations=0, repeat_percent=100, sold_within_days=50)
    assert len(every([*WITH_HELMETS, *OTHERS], rules)) == 0


def test_a_product_that_was_taken_off_the_list_is_not_named():
    products = ("bike", "oil")
    assert named([*WITH_HELMETS, *OTHERS], products=products) == {}
    assert named([*WITH_HELMETS, *OTHERS], "popular", products=products)["c5"].product_id == "oil"


def test_purchases_after_the_day_do_not_exist_yet():
    later = [(f"c{n}", 1001, "pump") for n in range(5)]
    assert named([*WITH_HELMETS, *OTHERS, *later])["c5"].product_id == "helmet"


def test_the_best_seller_is_that_of_all_which_a_customer_lacks():
    found = named([*WITH_HELMETS, *OTHERS], "popular")
    assert found["d0"].product_id == "bike"
    assert (found["c0"].product_id, found["c0"].buyers) == ("oil", 5)


def test_a_segment_has_its_own_best_seller():
    """The many bought once, long ago; the few buy every week."""
    old = [(f"o{n}", 100 + n, "bike") for n in range(40)]
    new = [(f"n{n}", day, "oil") for n in range(10) for day in range(900, 1000, 7)]
    found = named([*old, *new, ("n10", 998, "pump"), ("n10", 991, "pump")], "segment")
    assert found["n10"].product_id == "oil"
    assert named([*old, *new, ("n10", 998, "pump")], "popular")["n10"].product_id == "bike"


WEEKLY = [(f"c{n}", day, "oil") for n in range(5) for day in range(960, 1000, 7)]


def test_what_a_customer_uses_up_is_named_with_its_rhythm():
    found = named(WEEKLY, "repeat", OfferRules())["c0"]
    assert (found.product_id, found.times, found.gap_days, found.due_day) == ("oil", 6, 7, 1002)


def test_what_they_bought_most_often_is_named_before_what_is_due_first():
    more = [(f"c{n}", day, "pump") for n in range(5) for day in (940, 970)]
    assert named([*WEEKLY, *more], "repeat", OfferRules())["c0"].product_id == "oil"


@pytest.mark.parametrize(("last", "used"), [(960, True), (900, False)])
def test_what_they_have_stopped_buying_is_not_named_again(last, used):
    """Three times the gap of twenty days, and thirty at least."""
    sales = [("e", last - 20, "lock"), ("e", last, "lock")]
    assert ("e" in named([*WEEKLY, *sales], "repeat", OfferRules())) == used


def test_what_is_bought_once_in_a_while_by_one_is_not_used_up():
    sales = [("e", 950, "lock"), ("e", 980, "lock"), *[(f"f{n}", 990, "lock") for n in range(9)]]
    assert "e" not in named([*WEEKLY, *sales], "repeat", OfferRules())


@pytest.mark.parametrize("sales", [[], [("c", 900, "bike")], WITH_HELMETS])
def test_a_base_of_a_hundred_days_has_no_offers_and_none_that_was_tried(sales):
    engine = loaded(sales)
    offers.compute(engine, AS_OF, LOOSE)
    assert len(engine.fetch("next_offers")) == 0
    assert offers.tried(engine, AS_OF, LOOSE) == {}


SALES = st.lists(
    st.tuples(
        st.sampled_from([f"c{n}" for n in range(6)]),
        st.integers(900, 905),
        st.sampled_from(["bike", "helmet", "lock", "oil"]),
    ),
    max_size=40,
)


def by_hand(sales):
    """Every rule as {(product, offered): (together, confidence, lift)}, counted with sets."""
    first = defaultdict(dict)
    for customer, day, product in sales:
        first[customer][product] = min(day, first[customer].get(product, day))
    products = sorted({product for _, _, product in sales})
    buyers = {p: sum(p in own for own in first.values()) for p in products}
    rules = {}
    for a, b in permutations(products, 2):
        together = sum(a in own and b in own and own[b] >= own[a] for own in first.values())
        if not together:
            continue
        confidence = Fraction(together, buyers[a])
        lift = confidence / Fraction(buyers[b], len(first))
        if lift > 1:
            rules[a, b] = (together, int(1_000_000 * confidence), int(1_000_000 * lift))
    return rules


@settings(max_examples=examples(15), deadline=timedelta(seconds=5))
@given(SALES)
def test_the_rules_are_those_counted_by_hand(sales):
    engine = loaded(sales)
    offers.compute(engine, AS_OF, LOOSE)
    found = {
        (row.product_id, row.offered_id): (row.together, row.confidence, row.lift)
        for row in engine.fetch("product_rules").itertuples()
        if row.side == "now"
    }
    assert found == by_hand(sales)


@settings(max_examples=examples(12), deadline=timedelta(seconds=5))
@given(SALES, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(sales, chance):
    shuffled = chance.sample(sales, len(sales))
    assert every(sales).equals(every(shuffled))


_LARGE = """
CREATE TEMP TABLE known AS SELECT i, 'c' || i AS customer_id,
    CASE i % 6 WHEN 0 THEN 'accounts' ELSE 'contacts' END AS entity FROM range(500) t(i);
CREATE TEMP TABLE basket_customers AS SELECT entity, customer_id, i AS number FROM known;
CREATE TEMP TABLE products_sold AS SELECT DISTINCT entity, side, 'p' || n AS product_id,
    n AS number FROM known, (VALUES ('now'), ('then')) s(side), range(120) t(n);
CREATE TEMP TABLE bought AS SELECT entity, customer_id, 'p' || (7 * i + n) % 120 AS product_id,
    1 AS first_day, 1 AS last_day, 1 AS days, 1 AS then_last_day, 1 AS then_days
    FROM known, range(12) t(n);
"""


def test_no_customer_is_joined_with_every_product_on_the_way_to_their_baskets():
    connection = duckdb.connect(config={"disabled_optimizers": ""})
    # As in a scoring: of what was not committed yet, DuckDB knows little but the number of rows.
    connection.begin()
    connection.execute(_LARGE)
    plan = connection.sql("EXPLAIN (FORMAT json) " + (nodes()["baskets"].query or ""))
    joins = re.findall(r'"Conditions": (\[.*?\]|".*?")', plan.fetchall()[0][1], re.DOTALL)
    assert len(joins) == 2
    assert all("_id = " in join for join in joins)
