"""What is offered is what proved right on the shop's own past, and by how much is told."""

import numpy as np
import pandas as pd
import pytest

from suitecrm_bridge.analytics import offers
from suitecrm_bridge.analytics.days import to_date, to_day
from suitecrm_bridge.analytics.offers import OfferRules

from .baskets import AS_OF, loaded, shop


def judged(kind, **options):
    engine = loaded(shop(kind, **options))
    offers.compute(engine, AS_OF)
    return engine.fetch("offer_ways").set_index("way"), engine.fetch("next_offers")


@pytest.fixture(scope="module")
def shops():
    return {kind: judged(kind) for kind in ("pairs", "popularity", "repeats", "nothing")}


@pytest.mark.parametrize(
    ("kind", "way"), [("pairs", "rule"), ("popularity", "popular"), ("repeats", "repeat")]
)
def test_the_offer_is_made_in_the_way_in_which_the_shop_sells(shops, kind, way):
    ways, offered = shops[kind]
    assert ways.loc[way, ["verdict", "place"]].tolist() == ["better", 1]
    assert len(offered) > 200
    assert (offered["basis"] == way).mean() > 0.5


@pytest.mark.parametrize("kind", ["popularity", "nothing"])
def test_pair_rules_that_hit_no_more_often_than_the_best_seller_are_not_offered(shops, kind):
    ways, offered = shops[kind]
    assert "rule" not in set(offered["basis"])
    assert "rule" not in ways.index or ways.loc["rule", "place"] == 0


def test_where_nothing_can_be_told_nothing_is_offered(shops):
    ways, offered = shops["nothing"]
    assert ways["place"].tolist() == [0] * len(ways)
    assert len(offered) == 0


def test_an_offer_tells_how_often_its_way_was_right_and_the_best_seller(shops):
    ways, offered = shops["repeats"]
    row = offered[offered["basis"] == "repeat"].iloc[0]
    assert row[["tested", "hits", "naive_hits"]].tolist() == (
        ways.loc["repeat", ["customers", "hits", "naive_hits"]].tolist()
    )
    assert row["hits"] > 2 * row["naive_hits"]


def test_a_win_is_at_least_what_its_interval_says(shops):
    for ways, _ in shops.values():
        difference = 1e6 * (ways["hits"] - ways["naive_hits"]) / ways["customers"]
        assert ((ways["low"] <= difference + 1) & (difference - 1 <= ways["high"])).all()
        assert (ways.loc[ways["place"] > 0, "low"] > 0).all()


@pytest.mark.parametrize("kind", ["pairs", "repeats", "popularity"])
def test_a_handful_of_customers_says_too_little_for_an_offer(kind):
    ways, offered = judged(kind, customers=8)
    assert len(offered) == 0
    assert set(ways["verdict"]) <= {"unclear", "no_better"}


def test_shops_without_any_habit_are_hardly_ever_found_to_have_one():
    wins = sum(
        int((judged("nothing", seed=seed, customers=100, products=6)[0]["place"] > 0).sum())
        for seed in range(6)
    )
    assert wins <= 1


@pytest.mark.parametrize("kind", ["pairs", "repeats"])
def test_what_is_tried_was_named_without_looking_ahead(kind):
    """What a way names on the split day is what it would have named if the history ended there."""
    sales = shop(kind, customers=200)
    engine = loaded(sales)
    offers.compute(engine, AS_OF)
    sides = engine.fetch("offer_sides").set_index("side")["known_day"]
    split = int(sides["then"])
    assert split == 1000 - 365
    past = [sale for sale in sales if sale[1] <= split]
    known = loaded(past, products={p for *_, p in sales}, as_of=to_date(split))
    offers.compute(known, to_date(split))
    tried, would = (told(one, sign) for one, sign in ((engine, -1), (known, 1)))
    assert len(tried) > 100
    assert {key: would.get(key) for key in tried} == tried


def told(engine, sign):
    """Of the customers on a side: what each way names, by names."""
    customers = dict(engine.fetch("basket_customers")[["number", "customer_id"]].to_numpy())
    products = dict(engine.fetch("products_sold")[["number", "product_id"]].to_numpy())
    rows = engine.fetch("offer_candidates")
    rows = rows[(rows["customer"] * sign > 0) & rows["way"].isin(["rule", "repeat", "popular"])]
    return {
        (row.way, customers[abs(row.customer)]): products[row.product]
        for row in rows.itertuples(index=False)
    }


def test_hits_are_those_counted_by_hand():
    sales = shop("repeats", customers=120)
    engine = loaded(sales)
    offers.compute(engine, AS_OF)
    split = 1000 - 365
    later = {(who, product) for who, day, product in sales if day > split}
    named = told(engine, -1)
    right = {key: (key[1], product) in later for key, product in named.items()}
    ways = engine.fetch("offer_ways").set_index("way")
    both = [who for way, who in named if way == "repeat" and ("popular", who) in named]
    own = [right["repeat", who] for who in both]
    best = [right["popular", who] for who in both]
    assert ways.loc["repeat", ["customers", "hits", "naive_hits"]].tolist() == (
        [len(both), sum(own), sum(best)]
    )
    won = sum(a and not b for a, b in zip(own, best, strict=True))
    assert ways.loc["repeat", ["won", "lost"]].tolist() == [won, won - sum(own) + sum(best)]


def test_only_so_many_customers_are_tried_and_the_same_when_others_come():
    few = OfferRules(tested_customers=50)
    sales = shop("repeats", customers=300)
    sizes = []
    for part in (sales, [*sales, ("zz", 10, "p00"), ("zz", 990, "p00")]):
        engine = loaded(part)
        offers.compute(engine, AS_OF, few)
        who = {name for way, name in told(engine, -1) if way == "popular"}
        sizes.append(who)
    assert len(sizes[0]) == len(sizes[1]) == 50
    assert len(sizes[0] & sizes[1]) >= 49


def test_a_history_that_is_too_short_is_not_tried():
    sales = [(who, 900 + day // 10, product) for who, day, product in shop("pairs")]
    engine = loaded(sales)
    assert offers.tried(engine, AS_OF) == {}


def test_what_was_tried_is_told_with_its_day_and_shares():
    engine = loaded(shop("pairs"))
    (rule,) = [one for one in offers.tried(engine, AS_OF)["contacts"] if one.way == "rule"]
    assert to_day(rule.until) == 1000 - 365
    assert rule.paired.rate > 2 * rule.paired.naive_rate
    low, high = rule.paired.interval()
    assert 0 < low < rule.paired.rate - rule.paired.naive_rate < high


def test_tables_of_no_sales_have_their_types():
    engine = loaded([])
    offers.compute(engine, AS_OF)
    assert isinstance(engine.fetch("offer_ways"), pd.DataFrame)
    assert np.array_equal(engine.fetch("next_offers").to_numpy(), np.empty((0, 16)))


def test_the_segments_of_best_sellers_are_those_of_the_scores():
    engine = loaded(shop("popularity", customers=200))
    offers.compute(engine, AS_OF)
    rows = engine.fetch("basket_segments").merge(
        engine.fetch("basket_customers"), left_on="customer", right_on="number"
    )
    scored = engine.fetch("rfm").set_index("customer_id")["rfm_segment"]
    assert dict(rows[["customer_id", "segment"]].to_numpy()) == scored.to_dict()
