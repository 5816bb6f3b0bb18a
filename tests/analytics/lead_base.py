"""Leads whose becoming customers depends on source and calls in a way that is known."""

from __future__ import annotations

import numpy as np
import pandas as pd

from suitecrm_bridge.analytics import leads
from suitecrm_bridge.analytics.days import to_date
from suitecrm_bridge.analytics.engine import Engine

AS_OF = 1_200
SOURCES = {"Word of mouth": 0.8, "Web Site": -0.6, "Cold Call": -2.2}
"""What each adds to the logarithm of the odds."""
A_CALL = 0.9
"""What each call adds."""
BAD_PAYERS = "Cold Call"
FACTS = {
    "kind": "string",
    "lead_id": "string",
    "day": "Int64",
    "source": "string",
    "campaign": "string",
    "country": "string",
    "industry": "string",
    "contact_id": "string",
    "account_id": "string",
    "closed": "Int64",
    "rival": "Int64",
    "silent": "Int64",
}
TOUCHES = {"kind": "string", "lead_id": "string", "day": "Int64", "talked": "Int64"}
PURCHASES = {
    "entity": "string",
    "customer_id": "string",
    "purchase_id": "string",
    "day": "Int64",
    "cents": "Int64",
}


def base(count: int, seed: int = 1, kind: str = "leads", usual: float = -1.0):
    """Return lead_facts, lead_touches and purchases of `count` leads over 1,200 days."""
    rng = np.random.default_rng(seed)
    names = list(SOURCES)
    source = rng.integers(len(names), size=count)
    calls = rng.integers(0, 3, size=count)
    day = rng.integers(0, AS_OF, size=count)
    odds = usual + np.array(list(SOURCES.values()))[source] + A_CALL * (calls - 1)
    won = rng.random(count) < 1 / (1 + np.exp(-odds))
    bought = day + 5 + rng.integers(0, 60, size=count)
    won &= bought <= AS_OF
    cents = np.where(source == names.index(BAD_PAYERS), 2_000, 20_000)
    ids = [f"{kind}-{number}" for number in range(count)]
    facts = pd.DataFrame(
        {
            "kind": kind,
            "lead_id": ids,
            "day": day,
            "source": [names[one] for one in source],
            "campaign": "",
            "country": np.where(rng.random(count) < 0.5, "France", ""),
            "industry": "",
            "contact_id": [id if one else "" for id, one in zip(ids, won, strict=True)],
            "account_id": "",
            "closed": won.astype(int),
            "rival": 0,
            "silent": 0,
        }
    ).astype(FACTS)
    buyers = np.flatnonzero(won)
    purchases = pd.DataFrame(
        {
            "entity": "contacts",
            "customer_id": [ids[one] for one in buyers],
            "purchase_id": [f"i{one}" for one in buyers],
            "day": bought[buyers],
            "cents": cents[buyers],
        }
    ).astype(PURCHASES)
    return facts, _touches(rng, facts, calls), purchases


def _touches(rng, facts, calls):
    called = np.repeat(np.arange(len(facts)), calls)
    days = facts["day"].to_numpy()[called] + rng.integers(0, 5, size=len(called))
    ids = facts["lead_id"].to_numpy()[called]
    found = {"kind": facts["kind"].iloc[0], "lead_id": ids, "day": days, "talked": 1}
    return pd.DataFrame(found).astype(TOUCHES)


def scored(facts, touches, purchases, as_of: int = AS_OF) -> Engine:
    """Return an engine in which these leads are scored."""
    engine = Engine()
    engine.table("lead_facts", facts)
    engine.table("lead_touches", touches)
    engine.table("purchases", purchases)
    leads.compute(engine, to_date(as_of))
    return engine


def trial(engine: Engine, kind: str = "leads") -> dict[str, object]:
    """Return how well the scores of a kind forecast."""
    return engine.fetch("lead_trials").set_index("kind").loc[kind].to_dict()
