from collections import defaultdict
from datetime import timedelta
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suitecrm_bridge.analytics import offers
from suitecrm_bridge.analytics.days import to_date
from suitecrm_bridge.analytics.offers import OfferRules
from tests.analytics.frames import engine_of

AS_OF = to_date(1000)
LOOSE = OfferRules(min_customers=1, repeat_percent=100, sold_within_days=10_000)


COLUMNS = {
    "purchases": ["customer_id", "purchase_id", "day", "cents"],
    "line_facts": ["invoice_id", "product_id", "cents"],
    "product_facts": ["product_id"],
}
TEXTS = {"customer_id", "purchase_id", "invoice_id", "product_id"}


def loaded(sales, products=("bike", "helmet", "lock", "oil", "pump")):
    """An engine with sales given as (customer, day, product); one invoice a customer and day."""
    invoices = sorted({(customer, day) for customer, day, _ in sales})
    rows = {
        "purchases": [(c, f"{c}-{d}", d, 1000) for c, d in invoices],
        "line_facts": [(f"{c}-{d}", p, 500) for c, d, p in sales],
        "product_facts": [(p,) for p in products],
    }
    return engine_of(COLUMNS, TEXTS, rows)


def offered(sales, rules=LOOSE, **options):
    engine = loaded(sales, **options)
    offers.compute(engine, AS_OF, rules)
    return {row.customer_id: row for row in engine.fetch("next_offers").itertuples(index=False)}


BIKERS = [(f"c{n}", 900, "bike") for n in range(6)]
WITH_HELMETS = [*BIKERS, *[(f"c{n}", 910, "helmet") for n in range(4)]]
OTHERS = [(f"d{n}", 900, "oil") for n in range(5)]


def test_a_customer_is_offered_what_others_bought_with_or_after_what_he_has():
    found = offered([*WITH_HELMETS, *OTHERS])
    assert (found["c5"].product_id, found["c5"].because_id, found["c5"].basis) == (
        "helmet", "bike", "rule",
    )  # fmt: skip
    assert (found["c5"].together, found["c5"].buyers) == (4, 6)


def test_confidence_and_lift_are_told_in_millionths():
    found = offered([*WITH_HELMETS, *OTHERS])["c5"]
    assert found.confidence == 666_666
    assert found.lift == 1_833_333, "4/6 of the bikers against 4/11 of everyone"


def test_what_he_has_is_not_offered_where_it_is_bought_once():
    assert offered([*WITH_HELMETS, *OTHERS])["c0"].product_id != "helmet"


def test_what_is_bought_again_and_again_may_be_offered_to_who_has_it():
    again = [(f"c{n}", 920, "helmet") for n in range(4)]
    rules = OfferRules(min_customers=1, repeat_percent=50, sold_within_days=10_000)
    assert offered([*WITH_HELMETS, *again, *OTHERS], rules)["c0"].product_id == "helmet"


def test_the_order_of_two_purchases_matters():
    found = offered([*WITH_HELMETS, ("e", 900, "helmet"), *OTHERS])
    assert found["e"].basis == "popular"


def test_pairs_of_too_few_customers_make_no_rule():
    rules = OfferRules(min_customers=5, repeat_percent=100, sold_within_days=10_000)
    assert offered([*WITH_HELMETS, *OTHERS], rules)["c5"].basis == "popular"


def test_pairs_no_more_often_than_by_chance_make_no_rule():
    everyone = [(f"c{n}", 900, p) for n in range(6) for p in ("bike", "lock")]
    found = offered([*everyone, ("d", 900, "bike")])
    assert found["d"].basis == "popular"


def test_a_product_that_is_no_longer_sold_is_not_offered():
    rules = OfferRules(min_customers=1, repeat_percent=100, sold_within_days=50)
    assert "c5" not in offered([*WITH_HELMETS, *OTHERS], rules)


def test_a_product_that_was_taken_off_the_list_is_not_offered():
    found = offered([*WITH_HELMETS, *OTHERS], products=("bike", "oil"))
    assert found["c5"].product_id == "oil"


def test_purchases_after_the_day_do_not_exist_yet():
    later = [(f"c{n}", 1001, "pump") for n in range(5)]
    assert offered([*WITH_HELMETS, *OTHERS, *later])["c5"].product_id == "helmet"


def test_an_empty_base_has_no_offers():
    assert offered([]) == {}


def test_who_has_everything_is_offered_nothing():
    assert offered([("c", 900, "bike")]) == {}


def test_a_planted_rule_beats_offering_the_most_bought_product():
    split, through = to_date(500), to_date(1000)
    sales = [(f"a{n}", 100, "bike") for n in range(40)] + [(f"b{n}", 100, "oil") for n in range(40)]
    sales += [(f"a{n}", 200, "helmet") for n in range(20)]
    sales += [(f"b{n}", 200, "pump") for n in range(25)]
    sales += [(f"a{n}", 600, "helmet") for n in range(20, 30)]
    sales += [(f"b{n}", 600, "lock") for n in range(25, 30)]
    found = offers.backtest(loaded(sales), split, through, LOOSE)
    assert (found.customers, found.rule_hits, found.popular_hits) == (15, 10, 0)
    assert found.rule_rate == pytest.approx(2 / 3)


def test_a_backtest_without_anything_new_has_no_rate():
    found = offers.backtest(loaded(BIKERS), to_date(950), AS_OF, LOOSE)
    assert (found.customers, found.rule_rate, found.popular_rate) == (0, None, None)


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


@settings(max_examples=15, deadline=timedelta(seconds=5))
@given(SALES)
def test_the_rules_are_those_counted_by_hand(sales):
    engine = loaded(sales)
    offers.compute(engine, AS_OF, LOOSE)
    found = {
        (row.product_id, row.offered_id): (row.together, row.confidence, row.lift)
        for row in engine.fetch("product_rules").itertuples()
    }
    assert found == by_hand(sales)


@settings(max_examples=12, deadline=timedelta(seconds=5))
@given(SALES, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(sales, chance):
    shuffled = chance.sample(sales, len(sales))
    assert str(offered(sales)) == str(offered(shuffled))
