from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suitecrm_bridge.analytics.effects.budget import Limits, Plan, plan
from suitecrm_bridge.analytics.effects.pricing import priced
from tests.analytics.effects.offers import limits, pairs

SEEDS = range(8)


def kept(found: Plan, offered: pd.DataFrame, bounds: Limits) -> bool:
    taken = offered[found.chosen]
    spent = taken.groupby("programme")["cost"].sum()
    sent = taken.groupby("channel")["cost"].size()
    return (
        (bounds.budget is None or found.cost <= bounds.budget + 1e-6)
        and taken.groupby("person").size().max() <= bounds.contacts
        and all(spent.get(name, 0) <= most + 1e-6 for name, most in bounds.budgets.items())
        and all(sent.get(name, 0) <= most for name, most in bounds.capacities.items())
    )


def greedy(offered: pd.DataFrame, bounds: Limits, key: pd.Series) -> float:
    """Take whatever still fits, in an order, as a person would."""
    spent, count, sent, brought = {"": 0.0}, {}, {}, 0.0
    for place in key.sort_values(ascending=False).index:
        row = offered.loc[place]
        whole, own = spent[""] + row.cost, spent.get(row.programme, 0.0) + row.cost
        fits = (
            row.value > 0
            and (bounds.budget is None or whole <= bounds.budget)
            and own <= bounds.budgets.get(row.programme, np.inf)
            and sent.get(row.channel, 0) < bounds.capacities.get(row.channel, np.inf)
            and count.get(row.person, 0) < bounds.contacts
        )
        if fits:
            spent[""], spent[row.programme] = whole, own
            sent[row.channel] = sent.get(row.channel, 0) + 1
            count[row.person] = count.get(row.person, 0) + 1
            brought += row.value
    return brought


def exact(offered: pd.DataFrame, bounds: Limits) -> float:
    """Try every plan there is."""
    plans = np.array(list(product([0, 1], repeat=len(offered))))
    good = plans @ offered["cost"].to_numpy() <= bounds.budget
    for column, most in (("programme", bounds.budgets), ("channel", bounds.capacities)):
        for name, limit in most.items():
            one = offered["cost"] if column == "programme" else pd.Series(1.0, offered.index)
            good &= plans @ one.where(offered[column] == name, 0.0).to_numpy() <= limit
    for person in offered["person"].unique():
        good &= plans @ (offered["person"] == person).to_numpy() <= bounds.contacts
    return float((plans[good] @ offered["value"].to_numpy()).max())


@pytest.mark.parametrize("seed", SEEDS)
def test_a_plan_keeps_to_budget_capacities_and_caps(seed: int) -> None:
    offered, bounds = pairs(150, 6, seed), limits(150)
    assert kept(plan(offered, bounds), offered, bounds)


@pytest.mark.parametrize("lumpy", [True, False])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_plan_is_at_least_as_good_as_a_greedy_one(seed: int, lumpy: bool) -> None:
    offered, bounds = pairs(60, 6, seed, lumpy=lumpy), limits(60)
    brought = plan(offered, bounds).value
    for key in (offered["value"], offered["value"] / offered["cost"]):
        assert brought >= greedy(offered, bounds, key) - 1e-6


@pytest.mark.parametrize("seed", range(12))
def test_a_plan_is_the_best_of_all_there_are(seed: int) -> None:
    offered, bounds = pairs(5, 4, seed).head(11), replace(limits(5), budget=500.0)
    bounds = replace(bounds, capacities={"task": 1, "call": 1}, budgets={"2": 150.0})
    found = plan(offered, bounds)
    assert found.value == pytest.approx(exact(offered, bounds))
    assert found.at_most >= found.value


@pytest.mark.parametrize("seed", SEEDS)
def test_a_plan_for_many_is_within_one_in_a_hundred_of_what_can_be_reached_at_most(seed) -> None:
    found = plan(pairs(1_500, 8, seed), limits(1_500))
    assert 0 <= found.short < 0.01


def test_what_no_plan_can_exceed_is_exceeded_by_none() -> None:
    offered, bounds = pairs(300, 6, 3), limits(300)
    wider = replace(bounds, budget=bounds.budget * 1.01)
    assert plan(offered, bounds).at_most <= plan(offered, wider).at_most + 1e-6


def test_one_more_unit_of_the_budget_brings_what_was_said() -> None:
    offered = pairs(4_000, 6, 5, lumpy=False)
    bounds = Limits(budget=100_000.0, contacts=2)
    found, more = plan(offered, bounds), plan(offered, replace(bounds, budget=101_000.0))
    said = found.next_one["budget", ""]
    assert said > 0
    assert (more.value - found.value) / 1_000 == pytest.approx(said, rel=0.1)


def test_one_more_message_of_a_channel_brings_what_was_said() -> None:
    offered = pairs(4_000, 6, 5, lumpy=False)
    bounds = Limits(contacts=2, capacities={"task": 200})
    found, more = plan(offered, bounds), plan(offered, replace(bounds, capacities={"task": 220}))
    said = found.next_one["channel", "task"]
    assert (more.value - found.value) / 20 == pytest.approx(said, rel=0.1)


def test_where_the_budget_is_not_used_up_more_of_it_brings_nothing() -> None:
    found = plan(pairs(100, 5, 1), Limits(budget=1e9, contacts=9))
    assert found.next_one["budget", ""] == pytest.approx(0, abs=1e-9)


def test_without_bounds_everything_that_brings_something_is_done() -> None:
    offered = pairs(100, 5, 1)
    assert (plan(offered, Limits(contacts=9)).chosen == (offered["value"] > 0)).all()


def test_each_person_gets_what_brings_most_where_only_contacts_are_scarce() -> None:
    offered = pairs(100, 5, 1)
    found = plan(offered, Limits(contacts=1))
    best = offered.groupby("person")["value"].max().clip(lower=0).sum()
    assert found.value == pytest.approx(best)


@pytest.mark.parametrize(
    "bounds", [Limits(budget=0.0), Limits(contacts=0), Limits(budgets={"0": 0.0})]
)
def test_where_nothing_may_be_spent_or_said_nothing_is(bounds: Limits) -> None:
    offered = pairs(30, 1, 1)
    assert not plan(offered, bounds).chosen.any()


@pytest.mark.parametrize("rows", [0, 1])
def test_nobody_and_one_person_can_be_planned_for(rows: int) -> None:
    offered = pairs(30, 3, 1).query("value > 0").head(rows)
    found = plan(offered, Limits(budget=1e6))
    assert found.chosen.tolist() == [True] * rows
    assert found.short == pytest.approx(0)


def test_people_who_are_all_alike_are_planned_for() -> None:
    same = pairs(1, 3, 4).assign(value=50.0, cost=10.0)
    offered = pd.concat([same.assign(person=number) for number in range(400)], ignore_index=True)
    found = plan(offered, Limits(budget=1_000.0, contacts=1))
    assert found.value == pytest.approx(5_000.0)


def test_the_order_of_pairs_is_of_no_account() -> None:
    offered, bounds = pairs(80, 6, 2), limits(80)
    mixed = offered.sample(frac=1, random_state=1)
    assert plan(mixed, bounds).value == pytest.approx(plan(offered, bounds).value, rel=2e-4)


def test_the_same_pairs_have_the_same_plan() -> None:
    offered, bounds = pairs(80, 6, 2), limits(80)
    assert (plan(offered, bounds).chosen == plan(offered, bounds).chosen).all()


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.001, 1_000))
def test_another_currency_changes_no_plan(seed: int, rate: float) -> None:
    offered, bounds = pairs(30, 4, seed), Limits(budget=2_000.0, contacts=2)
    dear = offered.assign(value=offered["value"] * rate, cost=offered["cost"] * rate)
    found, other = plan(offered, bounds), plan(dear, replace(bounds, budget=2_000.0 * rate))
    assert other.value == pytest.approx(found.value * rate, rel=1e-3)


@pytest.mark.parametrize(("column", "value"), [("value", np.nan), ("cost", -1.0), ("cost", np.nan)])
def test_a_value_or_cost_that_cannot_be_is_refused(column: str, value: float) -> None:
    offered = pairs(10, 3, 1)
    offered.loc[0, column] = value
    with pytest.raises(ValueError, match="missing"):
        plan(offered, Limits())


def test_prices_are_found_in_few_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    from suitecrm_bridge.analytics.effects import budget, pricing

    monkeypatch.setattr(pricing, "ROUNDS", 60)
    problem = budget._problem(pairs(3_000, 8, 1), limits(3_000))[1]
    few = priced(problem)
    monkeypatch.setattr(pricing, "ROUNDS", 300)
    assert few.at_most == pytest.approx(priced(problem).at_most, rel=1e-4)


@pytest.mark.parametrize("seed", SEEDS)
def test_nobody_gets_more_than_there_is_room_for(seed: int) -> None:
    offered, bounds = pairs(60, 6, seed), replace(limits(60), contacts=3)
    rooms = {person: place % 4 for place, person in enumerate(offered["person"].unique())}
    offered["room"] = offered["person"].map(rooms)
    found = plan(offered, bounds)
    sent = offered[found.chosen].groupby("person").size()
    assert all(count <= rooms[person] for person, count in sent.items())
    narrow = offered[offered["room"] > 0].reset_index(drop=True)
    least = plan(narrow.drop(columns="room"), replace(bounds, contacts=1)).value
    assert found.value >= least * 0.999
