"""The plan for a budget beside greedy ones and the exact one."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from scipy.optimize import LinearConstraint, milp

from suitecrm_bridge.analytics.effects.budget import Limits, plan

SIZES = ((30, 6), (100, 6), (3_000, 8))
"""People and programmes of the plans that are made for each seed."""

EXACT_UP_TO = 400
"""Pairs up to which the exact plan is looked for, without help from prices."""

LARGEST = (200_000, 10)
CHANNELS = np.array(["mail", "task", "letter", "call"])
COSTS = np.array([0.05, 4.0, 1.2, 9.0])


def budget_table(seeds: Sequence[int]) -> Iterator[str]:
    """Yield, for plans of each size, how they stand beside greedy and exact ones."""
    yield (
        "| People | Programmes | Seeds | By greedy (value) | Mean |"
        " By greedy (value for cost) | Mean | By the exact | By the bound | CPU seconds |"
    )
    yield "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for people, programmes in SIZES:
        yield _line(people, programmes, seeds)
    yield _line(*LARGEST, seeds[:1])


def _line(people: int, programmes: int, seeds: Sequence[int]) -> str:
    rows = [compared(people, programmes, seed) for seed in seeds]
    greedy, dense, exact, bound, seconds = (np.array(column) for column in zip(*rows, strict=True))
    cells = [f"{people:,}", f"{programmes}", f"{len(seeds)}"]
    for shares in (greedy, dense):
        cells += [f"{shares.min():.4f}", f"{shares.mean():.4f}"]
    cells += ["–" if np.isnan(exact).all() else f"{np.nanmin(exact):.5f}", f"{bound.min():.5f}"]
    return "| " + " | ".join([*cells, f"{seconds.mean():.2f}"]) + " |"


def compared(people: int, programmes: int, seed: int) -> tuple[float, float, float, float, float]:
    """Return what a plan brings as a share of the greedy ones, the exact one and the bound."""
    pairs, limits = offered(people, programmes, seed)
    begun = time.process_time()
    found = plan(pairs, limits)
    seconds = time.process_time() - begun
    greedy, dense = (
        found.value / max(greedily(pairs, limits, key), 1e-9)
        for key in (pairs["value"], pairs["value"] / pairs["cost"])
    )
    exact = found.value / exactly(pairs, limits) if len(pairs) <= EXACT_UP_TO else np.nan
    return greedy, dense, exact, 1 - found.short, seconds


def offered(people: int, programmes: int, seed: int) -> tuple[pd.DataFrame, Limits]:
    """Return who may be addressed by what, and bounds that are too narrow for all."""
    rng = np.random.default_rng([seed, people])
    person, programme = np.nonzero(rng.random((people, programmes)) < 0.6)
    channel = np.arange(programmes) % len(CHANNELS)
    cost = COSTS[channel][programme] * rng.uniform(0.5, 2, len(person))
    worth = rng.gamma(1, 4, people)[person] * rng.uniform(0.3, 2, programmes)[programme]
    value = worth * rng.lognormal(0, 0.5, len(person)) - cost
    pairs = pd.DataFrame(
        {
            "person": person,
            "programme": programme.astype(str),
            "channel": CHANNELS[channel][programme],
            "value": value,
            "cost": cost,
        }
    )
    capacities = {"task": people // 10, "call": people // 20}
    return pairs, Limits(0.6 * people, 2, {"1": 0.2 * people}, capacities)


def greedily(pairs: pd.DataFrame, limits: Limits, key: pd.Series) -> float:
    """Return what comes of taking, in an order, whatever still fits."""
    left = dict(limits.scarce())
    count: dict[int, int] = {}
    brought = 0.0
    rows = pairs.assign(key=key).query("value > 0").sort_values("key", ascending=False)
    for person, programme, channel, value, cost in rows.drop(columns="key").itertuples(index=False):
        uses = {("budget", ""): cost, ("programme", programme): cost, ("channel", channel): 1}
        if count.get(person, 0) < limits.contacts and all(
            use <= left.get(thing, np.inf) for thing, use in uses.items()
        ):
            for thing in left.keys() & uses.keys():
                left[thing] -= uses[thing]
            count[person] = count.get(person, 0) + 1
            brought += value
    return brought


def exactly(pairs: pd.DataFrame, limits: Limits) -> float:
    """Return what the best plan brings, by the solver alone and every pair left open."""
    cost = pairs["cost"].to_numpy()
    rows, most = [], []
    for (kind, name), limit in limits.scarce().items():
        use = np.ones(len(pairs)) if kind == "channel" else cost
        rows.append(use if kind == "budget" else np.where(pairs[kind] == name, use, 0.0))
        most.append(limit)
    for person in pairs["person"].unique():
        rows.append((pairs["person"] == person).to_numpy(float))
        most.append(limits.contacts)
    found = milp(
        -pairs["value"].to_numpy(),
        integrality=np.ones(len(pairs)),
        bounds=(0, 1),
        constraints=LinearConstraint(np.array(rows), ub=most),
        options={"mip_rel_gap": 0, "presolve": False},
    )
    return -float(found.fun)
