"""Pairs of person and programme to plan for."""

import numpy as np
import pandas as pd

from suitecrm_bridge.analytics.effects.budget import Limits

CHANNELS = np.array(["mail", "task", "letter", "call"])
COSTS = np.array([5.0, 400.0, 120.0, 900.0])


def pairs(people: int, programmes: int, seed: int, *, lumpy: bool = True) -> pd.DataFrame:
    """Return who may be addressed by what; costs differ by channel, and where lumpy by person."""
    rng = np.random.default_rng(seed)
    person, programme = np.nonzero(rng.random((people, programmes)) < 0.6)
    channel = np.arange(programmes) % 4
    cost = COSTS[channel][programme]
    if lumpy:
        cost = cost * rng.uniform(0.5, 2, len(cost))
    worth = rng.gamma(1, 400, people)[person] * rng.uniform(0.3, 2, programmes)[programme]
    value = worth * rng.lognormal(0, 0.5, len(cost)) - cost
    names = {
        "person": person,
        "programme": programme.astype(str),
        "channel": CHANNELS[channel][programme],
    }
    return pd.DataFrame({**names, "value": value, "cost": cost})


def limits(people: int) -> Limits:
    """Return a budget, two contacts a person, and channels that are too small for all."""
    return Limits(
        budget=60.0 * people,
        contacts=2,
        budgets={"1": 20.0 * people},
        capacities={"task": 0.1 * people, "call": 0.05 * people},
    )
