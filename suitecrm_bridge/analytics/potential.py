"""Potential: how much more a customer could buy, from a bundle of signals."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from suitecrm_bridge.analytics.engine import SqlEngine

MIN_SIGNALS = 2
GROUP_SIZE = 10
"""Fewest customers of a group whose share of best customers tells anything."""


def compute(engine: SqlEngine, as_of: date, weights: Mapping[str, int]) -> None:
    """Score the potential of every customer, into the tables `potential` and `potential_signals`.

    The score is the mean of the signals that are known, by their weights. Signals, from 0 to 100:

    * `value`: the percentage of buyers who bought for less in the last 365 days
    * `trend`: those purchases as a percentage of the last 730 days' (customers of more than a year)
    * `breadth`: the percentage of buyers with fewer products
    * `headroom`: what is left of the yearly need that people estimated, or else the confidence of
      the rule that makes the next offer
    * `engagement`: the percentage of campaigns that they opened or followed
    * `fit`: how many of the customers like them are among the best (recency and frequency of 4 or
      5); 50 is as many as in the whole base

    Tables in:

    * `customers` (customer_id) and `purchases` (customer_id, day, cents) of one entity
    * `rfm_scores`: customer_id, rfm_recency, rfm_frequency
    * `bought` and `next_offers`, as `offers.compute` leaves them
    * `wallet_facts`: customer_id, wallet_cents (a year)
    * `touch_facts`: customer_id, campaign_id, day, responded (1 when they opened or followed it, 0
      when it reached them)
    * `group_facts`: customer_id, group_key (one a customer: an industry, say)

    Columns out of `potential`: customer_id; potential_score (0 to 100, null with fewer than two
    signals); wallet_share (purchases of the last 365 days in ten-thousandths of the need, null
    without an estimate). Of `potential_signals`: customer_id, signal, strength (0 to 100).

    Args:
        engine: holds the tables.
        as_of: the day to score for.
        weights: weight of each signal; a signal without one does not count.

    Raises:
        DataError: a table is missing, or a sum is out of range.
    """
    engine.look_from(as_of)
    known = {"min_signals": MIN_SIGNALS, "group_size": GROUP_SIZE}
    engine.values("potential_parameters", known)
    named = pd.DataFrame({"signal": list(weights), "weight": list(weights.values())})
    named["signal"] = named["signal"].astype("string")
    engine.table("potential_weights", named)
    engine.make("potential")
