"""How many silences that ended were longer than the limit, in bases that are drawn."""

from __future__ import annotations

import argparse
import sys

import numpy as np
import pandas as pd

from suitecrm_bridge.analytics import silence
from suitecrm_bridge.analytics.days import to_date
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.catalogue import lifecycle_rules

DAYS = 2_190
JUDGED = (730, 1_460)
"""Silences that began on these days are judged: the base has told something, and they can end."""

MEAN_GAP = 80.0
CLASSES = {str(n): (n, n) for n in range(6)} | {"6–9": (6, 9), "10–14": (10, 14), "15–20": (15, 20)}
BASES = {
    "at random": ((1.0,), 0.0),
    "by the clock": ((9.0,), 0.0),
    "in bursts": ((0.5,), 0.0),
    "half at random, half by the clock": ((1.0, 9.0), 0.0),
    "at random, and 15 in 100 leave after each": ((1.0,), 0.15),
}
"""Shapes of the customers' gaps in turn, and the share that leaves after each purchase."""


def drawn(name: str, customers: int, seed: int) -> pd.DataFrame:
    """Return the purchases of a base: customer_id, purchase_id, day, cents.

    Each customer has their own average gap; these are inverse gamma with a shape of 3, mean 80.
    """
    shapes, leaving = BASES[name]
    chance = np.random.default_rng(seed)
    rows = []
    for customer in range(customers):
        shape = shapes[customer % len(shapes)]
        own = 2 * MEAN_GAP / chance.gamma(3.0)
        day = chance.uniform(0, JUDGED[1])
        while day < DAYS:
            rows.append((f"c{customer}", int(day)))
            if chance.random() < leaving:
                break
            day += chance.gamma(shape) * own / shape
    table = pd.DataFrame(rows, columns=["customer_id", "day"]).drop_duplicates()
    table["purchase_id"] = [f"p{number}" for number in range(len(table))]
    kinds = {"customer_id": "string", "purchase_id": "string", "day": "int64"}
    return table.assign(cents=100).astype(kinds)


def judged(purchases: pd.DataFrame) -> pd.DataFrame:
    """Return the silences that ended in time.

    Columns out: number (of the customer), gaps and so_far (before), gap, limit (days).
    """
    engine = Engine()
    engine.table("purchases", purchases, "contacts")
    engine.table("customers", purchases[["customer_id"]].drop_duplicates(), "contacts")
    engine.look_from(to_date(DAYS))
    silence.give(engine, lifecycle_rules())
    both = engine.fetch("silences").merge(engine.fetch("spells").drop(columns="next_day"))
    both = both[both["day"].between(*JUDGED, inclusive="left") & both["next_day"].notna()]
    found = both[["gaps", "so_far"]].assign(
        number=both["customer_id"].str[1:].astype("int64"),
        gap=both["next_day"] - both["day"],
        limit=both["lapse_day"] - both["day"],
    )
    return found[found["gap"] <= lifecycle_rules().horizon_days].astype("int64")


def shares(found: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """Return by number of gaps before how many of a hundred were longer than two limits.

    The first is ours, the second three times the average gap, the one judged being part of it.
    """
    average = (found["so_far"] + found["gap"]) / (found["gaps"] + 1)
    beyond = {"limit": found["gap"] > found["limit"], "three": found["gap"] > 3 * average}
    table = {}
    for name, (least, most) in CLASSES.items():
        own = found["gaps"].between(least, most)
        table[name] = tuple(100 * float(beyond[rule][own].mean()) for rule in ("limit", "three"))
    return table


def main(arguments: list[str]) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=1_500)
    parser.add_argument("--bases", type=int, default=5)
    asked = parser.parse_args(arguments)
    print("| Customers buy | Rule | " + " | ".join(CLASSES) + " |")
    print("| --- | --- |" + " ---: |" * len(CLASSES))
    for name in BASES:
        bases = (drawn(name, asked.customers, seed) for seed in range(1, asked.bases + 1))
        found = pd.concat(map(judged, bases))
        told = {"limit": (found, 0), "three times the average": (found, 1)}
        if len(BASES[name][0]) > 1:
            for half, word in enumerate(("at random", "by the clock")):
                told[f"limit, of those who buy {word}"] = (found[found["number"] % 2 == half], 0)
        for rule, (own, place) in told.items():
            figures = " | ".join(f"{both[place]:.1f}" for both in shares(own).values())
            print(f"| {name} | {rule} | {figures} |")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
