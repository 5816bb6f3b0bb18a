"""Where each customer stands, by their own buying rhythm and not by one number of days for all."""

from __future__ import annotations

from datetime import date

from suitecrm_bridge.analytics import silence
from suitecrm_bridge.analytics.engine import SqlEngine
from suitecrm_bridge.catalogue import LifecycleRules, lifecycle_rules


def compute(engine: SqlEngine, as_of: date, rules: LifecycleRules | None = None) -> None:
    """Find where every customer stands in their lifecycle, into the table `lifecycle`.

    A gap is the time between two days with a purchase that follow each other. A customer's
    rhythm is the median of their gaps, drawn towards the base's the fewer gaps they have:
    (n own + weight base) / (n + weight), where the base's is the median of the own medians. The
    next purchase is due one rhythm after the last. Limits of silence are those of `silence.give`,
    percentiles from the catalogue's lifecycle.toml. The first that holds is the customer's:

    * prospect: no purchase
    * lapsed: silent for longer than 19 of 20 who bought as often and as fast, and came back
    * new: the first purchase is at most one rhythm of the base old
    * at_risk: silent for longer than nine of ten of them
    * won_back: they had lapsed before the latest purchase
    * new_to_product: at most one rhythm of the base ago they bought a product (or category) for the
      first time
    * active: everyone else

    Tables in: `customers` (customer_id), `purchases` (customer_id, purchase_id, day, cents) of one
    entity; `line_facts`: invoice_id, product_id, cents; `product_facts`: product_id, category.
    Columns out: customer_id; lifecycle (key of the dropdown); gaps (count); rhythm_days; due_day;
    at_risk_day and lapsed_day (the last days before risk and lapse). Days are integer days, missing
    for prospects. The tables `rhythm_base` (base_days, gaps, measured: 0 where the default stands
    in for too few gaps) and `spells` stay.

    Args:
        engine: holds the tables.
        as_of: the day to look from.
        rules: the limits; by default those of the catalogue.

    Raises:
        DataError: a table is missing.

    Reference:
        Buckinx, W. and Van den Poel, D. (2005), Customer base analysis: partial defection of
        behaviourally loyal clients in a non-contractual FMCG retail setting, European Journal
        of Operational Research 164(1), for judging defection by the customer's own
        interpurchase times. Efron, B. and Morris, C. (1977), Stein's paradox in statistics,
        Scientific American 236(5), for drawing what few observations say towards all others.
    """
    engine.look_from(as_of)
    give(engine, rules)
    engine.make("lifecycle")


def give(engine: SqlEngine, rules: LifecycleRules | None = None) -> None:
    """Give the limits by which rhythms and lifecycles are found; by default the catalogue's."""
    rules = rules or lifecycle_rules()
    known = {
        "weight": rules.weight,
        "fewest_gaps": rules.fewest_gaps,
        "rhythm_days": rules.rhythm_days,
        "by_category": int(rules.new_to == "category"),
    }
    engine.values("lifecycle_parameters", known)
    silence.give(engine, rules)
