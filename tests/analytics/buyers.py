"""Made-up customers who follow the BG/NBD model, to see whether a fit finds it again."""

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


def buyers(
    count: int, seed: int, *, r: float, alpha: float, a: float, b: float, days: int = 730
) -> tuple[Array, Array, Array]:
    """Frequency, recency and T of customers who came one by one over that many days."""
    chance = np.random.default_rng(seed)
    first = chance.integers(0, days, count)
    rate = chance.gamma(r, 1 / alpha, count)
    leaves = chance.beta(a, b, count)
    age = (days - first).astype(np.float64)
    frequency, recency, now = np.zeros((3, count))
    alive = np.ones(count, dtype=bool)
    while alive.any():
        who = np.flatnonzero(alive)
        now[who] += np.maximum(1, np.ceil(chance.exponential(1 / rate[who])))
        seen = now[who] <= age[who]
        alive[who[~seen]] = False
        who = who[seen]
        frequency[who] += 1
        recency[who] = now[who]
        alive[who[chance.random(len(who)) < leaves[who]]] = False
    return frequency, recency, age
