"""Scores of leads find what is planted, hold what they promise, and are silent where they must."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit

from suitecrm_bridge.analytics import leads
from suitecrm_bridge.analytics.days import to_date
from suitecrm_bridge.analytics.reasons.lead import lead_reasons
from tests.analytics.lead_base import AS_OF, BAD_PAYERS, SOURCES, base, scored, trial
from tests.places import examples

PROFITS = {
    "case_cents": 0,
    "hour_cents": 0,
    "late_percent": 0,
    "known_percent": 50,
}


@pytest.fixture(scope="module")
def facts():
    return base(2_000)


@pytest.fixture(scope="module")
def engine(facts):
    return scored(*facts)


def points(engine, trait):
    weights = engine.fetch("lead_weights")
    own = weights[weights["trait"] == trait]
    return dict(zip(own["level"], own["points"], strict=True))


def test_the_order_of_planted_sources_is_found(engine):
    found = points(engine, "source")
    assert sorted(found, key=found.__getitem__) == sorted(SOURCES, key=SOURCES.__getitem__)


def test_each_call_held_raises_the_chance(engine):
    found = points(engine, "talks")
    assert found["0"] < found["1"] < found["2"]


def test_as_many_become_customers_as_was_forecast(engine):
    for row in engine.fetch("lead_calibration").to_dict("records"):
        noise = 2 * row["expected"] ** 0.5
        assert abs(row["won"] - row["expected"]) <= noise + 3


def test_scores_rank_later_customers_better_than_newest_first_or_the_source():
    gains = []
    for seed in range(4):
        found = trial(scored(*base(1_200, seed)))
        assert found["reason"] == ""
        gains.append([found["auc"] - found[name] for name in ("auc_newest", "auc_source")])
    mean, spread = np.mean(gains, axis=0), np.std(gains, axis=0, ddof=1)
    assert (mean - 3.2 * spread / len(gains) ** 0.5 > 0).all()


def test_a_base_with_twenty_conversions_gets_no_scores():
    facts, touches, purchases = base(400)
    kept = set(purchases["customer_id"].head(20))
    lost = ~facts["contact_id"].isin(kept)
    facts.loc[lost, ["contact_id", "closed"]] = ["", 0]
    found = scored(facts, touches, purchases)
    assert trial(found)["reason"] == "too_few"
    assert found.fetch("lead_scores").empty


def test_where_nothing_tells_customers_apart_everybody_gets_about_the_same():
    facts, touches, purchases = base(1_500)
    rng = np.random.default_rng(3)
    facts["source"] = rng.permutation(facts["source"].to_numpy())
    touches = touches.iloc[:0]
    found = scored(facts, touches, purchases)
    assert max(abs(one) for one in points(found, "source").values()) < 500_000


def test_nobody_is_scored_who_is_closed_objected_or_a_customer(facts, engine):
    known = facts[0].set_index("lead_id")
    told = engine.fetch("lead_scores")["lead_id"]
    assert (known.loc[told, "closed"] == 0).all()
    silenced = facts[0].assign(silent=(facts[0]["lead_id"] == told.iloc[0]).astype("Int64"))
    again = scored(silenced, *facts[1:])
    assert told.iloc[0] not in set(again.fetch("lead_scores")["lead_id"])


def test_what_comes_later_does_not_exist_yet(facts):
    day = AS_OF - 100
    people, touches, purchases = facts
    later = people[people["day"] <= day], touches[touches["day"] <= day]
    early = scored(later[0], later[1], purchases[purchases["day"] <= day], day)
    whole = scored(*facts, day)
    pd.testing.assert_frame_equal(
        *(one.fetch("lead_weights").sort_values(["kind", "trait", "level"], ignore_index=True)
          for one in (early, whole))
    )  # fmt: skip


def test_a_company_that_bought_before_makes_no_new_customer():
    people, touches, purchases = base(30, usual=9.0)
    first = people.iloc[[0]].assign(day=people["day"].iloc[0], lead_id="again", contact_id="")
    first = first.assign(account_id="acme", day=AS_OF - 10)
    bought = purchases.iloc[[0]].assign(entity="accounts", customer_id="acme", day=100)
    found = scored(
        pd.concat([people, first]), touches, pd.concat([purchases, bought], ignore_index=True)
    )
    wins = found.fetch("lead_wins").set_index("lead_id").loc["again"]
    assert (wins["before"], wins["won_day"]) == (1, 100)


def test_a_source_of_bad_payers_is_worth_little(engine):
    values = engine.fetch("lead_values").set_index("source")["value_cents"]
    assert values[BAD_PAYERS] < values.drop(BAD_PAYERS).min() / 2


def test_the_value_expected_is_the_chance_times_what_the_source_brings(engine):
    rows = engine.fetch("lead_scores")
    assert (rows["worth_cents"] - rows["probability"] * rows["value_cents"]).abs().max() <= 0.5
    assert rows["probability"].between(0, 1).all()


def compared(people, touches, purchases, costs=()):
    from suitecrm_bridge.analytics.engine import Engine

    engine = Engine()
    costs = pd.DataFrame(costs, columns=["campaign", "name", "cost_cents"])
    costs = costs.astype({"campaign": "string", "name": "string", "cost_cents": "Int64"})
    for name, frame in (
        ("lead_facts", people),
        ("lead_touches", touches),
        ("purchases", purchases),
        ("campaign_costs", costs),
    ):
        engine.table(name, frame)
    none = ["invoice_id", "net_cents", "known_cents", "cost_cents"]
    engine.table("invoice_costs", pd.DataFrame([], columns=none).astype("Int64").astype(
        {"invoice_id": "string"}))  # fmt: skip
    engine.values("profit_parameters", PROFITS)
    found = leads.compare(engine, to_date(AS_OF), ["Word of mouth"])
    return found.set_index(["by_what", "name"])


def test_every_lead_and_customer_counts_once_in_each_comparison(facts):
    found = compared(*facts)
    sums = found.groupby("by_what")[["leads", "customers"]].sum()
    assert set(sums["leads"]) == {len(facts[0])}
    assert set(sums["customers"]) == {len(facts[2])}


def test_a_campaign_costs_each_of_its_customers_their_share_and_pays_back_when_they_have_bought():
    people, touches, purchases = base(400, usual=0.0)
    people["campaign"] = "spring"
    won = int((people["contact_id"] != "").sum())
    found = compared(people, touches, purchases, [("spring", "Spring", won * 1_000)])
    row = found.loc[("campaign", "spring")]
    assert abs(row["cost_each_cents"] - 1_000) <= 200
    assert row["payback_days"] == 0
    dear = compared(people, touches, purchases, [("spring", "Spring", won * 90_000_000)])
    assert pd.isna(dear.loc[("campaign", "spring"), "payback_days"])


def test_won_from_a_competitor_comes_before_referred(facts):
    people = facts[0].assign(rival=(facts[0]["source"] == "Word of mouth").astype("Int64"))
    origins = compared(people, *facts[1:]).loc["origin"]
    assert set(origins.index) == {"competitor", "new"}


def test_the_reason_names_what_speaks_for_and_against(engine):
    rows = engine.fetch("lead_scores")
    days = dict.fromkeys(zip(rows["kind"], rows["lead_id"], strict=True), 100)
    said = lead_reasons(rows, engine.fetch("lead_points"), days, {})
    some = rows.merge(engine.fetch("lead_points"), on=["kind", "lead_id"])
    some = some[(some["trait"] == "source") & (some["level"] == "Cold Call")]["lead_id"]
    told = said.loc[rows["lead_id"].isin(set(some))]
    assert told["en"].str.contains("Against: .*Cold Call").mean() > 0.5
    assert said["fr"].str.startswith("Chance de devenir client sous 180 jours").all()


look = st.fixed_dictionaries(
    {
        **{name: st.sampled_from(["", "a", "b"]) for name in leads.TRAITS[:4]},
        "talks": st.integers(0, 3),
        "clicks": st.integers(0, 2),
        "age": st.sampled_from(leads.AGES),
        "looks": st.integers(1, 40),
        "share": st.floats(0, 1),
    }
)


def looks_of(rows):
    frame = pd.DataFrame(rows)
    frame.loc[0, "age"] = 0
    return frame.assign(won=(frame["looks"] * frame.pop("share")).round().astype("int64"))


@settings(max_examples=examples(12))
@given(st.lists(look, min_size=2, max_size=12))
def test_a_fit_forsees_as_many_customers_as_there_were(rows):
    frame = looks_of(rows)
    won, count = frame["won"].sum(), frame["looks"].sum()
    foreseen = (expit(leads.fit(frame).odds(frame)) * frame["looks"]).sum()
    assert abs(foreseen - min(max(won, 1e-3), count - 1e-3)) < 1e-2 * count


@settings(max_examples=examples(12))
@given(st.lists(look, min_size=2, max_size=12))
def test_points_about_what_is_usual_say_the_same_of_everybody(rows):
    frame = looks_of(rows)
    found = leads.fit(frame)
    known = pd.concat([frame[t].astype(str).isin(found.of[t]) for t in leads.TRAITS], axis=1)
    same = known.all(axis=1) | ~known.any(axis=1)
    moved = found.centred(frame).odds(frame) - found.odds(frame)
    assert np.allclose(moved[known.all(axis=1)], 0, atol=1e-9) or not same.any()


def test_a_score_does_not_depend_on_the_order_of_rows(facts, engine):
    people, touches, purchases = (one.sample(frac=1, random_state=7) for one in facts)
    again = scored(people, touches, purchases).fetch("lead_scores")
    order = ["kind", "lead_id"]
    pd.testing.assert_frame_equal(
        again.sort_values(order, ignore_index=True),
        engine.fetch("lead_scores").sort_values(order, ignore_index=True),
    )
