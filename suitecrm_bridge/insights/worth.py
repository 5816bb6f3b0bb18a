"""What each customer is worth, and why: everything that is scored beyond RFM."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from suitecrm_bridge.analytics import clv, lifecycle, offers, potential, profit, review
from suitecrm_bridge.analytics.amounts import to_units
from suitecrm_bridge.analytics.engine import Engine, Tables
from suitecrm_bridge.analytics.reasons.value import value_reasons
from suitecrm_bridge.analytics.reasons.worth import (
    offer_reasons,
    potential_reasons,
    profit_reasons,
    review_reasons,
)
from suitecrm_bridge.catalogue import LANGUAGES
from suitecrm_bridge.insights.choices import Choices
from suitecrm_bridge.mirror import Mirror

logger = logging.getLogger(__name__)

OF_CUSTOMERS = (
    "service_facts",
    "complaint_facts",
    "wallet_facts",
    "fraud_facts",
    "group_facts",
    "touch_facts",
    "attempt_facts",
    "moment_facts",
    "engagement_facts",
    "wish_facts",
    "kept_actions",
)
"""Facts that the mirror has for contacts, for accounts, and for all of them."""

_TABLES = {
    "lifecycle": "lifecycle",
    "clv": "clv",
    "profit": "customer_profit",
    "potential": "potential",
    "offers": "next_offers",
    "review": "review",
}

MOST_WALLET_SHARE = 99_999
"""In ten-thousandths; more, when somebody estimated next to nothing, has no room in the field."""


def give_facts(mirror: Mirror, engine: Engine) -> None:
    """Give the mirror's facts about customers to `engine`."""
    mirror.facts.define_value()
    for name in OF_CUSTOMERS:
        engine.table(name, f"{name}_of_all")


class Worth:
    """What everyone is worth that `rfm.compute` has scored in `engine`, after `give_facts`.

    Args:
        mirror: holds the names of products.
        choices: what the installation has chosen.
        engine: where the figures are.
        as_of: the day of the scores.
    """

    def __init__(self, mirror: Mirror, choices: Choices, engine: Engine, as_of: date) -> None:
        self._valuations = _compute(choices, engine, as_of)
        self._products = mirror.facts.product_names()
        self._weights = choices.rules.potential
        for entity, valuation in self._valuations.items():
            for remark in valuation.remarks(choices.lang):
                logger.info("%s: %s", entity, remark)

    def of(self, part: Tables) -> pd.DataFrame:
        """Return what each customer of a part is worth, once complaints are looked at.

        Whoever has a serious complaint is offered nothing until it is settled.

        Columns out, with entity and customer_id as index:

        * lifecycle, alive_probability, next_purchase, clv, churn_risk, margin, cost_to_serve,
          profit, potential_score, wallet_share, next_offer, review_flag
        * offer_basis (rule, repeat, segment or popular); offer_tested, offer_hits and
          offer_naive_hits (customers that it was tried with, that it was right for, that its
          yardstick was right for)
        * review_reason and value_reason, each in every language
        """
        tables = {name: _keyed(part.fetch(table)) for name, table in _TABLES.items()}
        complaints = _keyed(part.fetch("complaint_customers"))
        serious = complaints.index[complaints["complaint_serious"] > 0]
        offers = tables["offers"]
        for column, key in (("product", "product_id"), ("because", "because_id")):
            offers[column] = offers[key].map(self._products)
        # What is not offered has no basis and no figures either.
        tables["offers"] = offers[offers["product"].notna() & ~offers.index.isin(serious)]
        signals = part.fetch("potential_signals")
        said = _sentences(tables, signals, self._valuations, self._weights)
        return pd.concat([_figures(tables), said], axis=1)


def _compute(choices: Choices, engine: Engine, as_of: date) -> dict[str, clv.Valuation]:
    lifecycle.compute(engine, as_of, choices.rules.lifecycle)
    profit.compute(engine, as_of, choices.rates)
    offers.compute(engine, as_of)
    potential.compute(engine, as_of, choices.rules.potential)
    review.compute(engine, choices.rules.review)
    return clv.compute(engine, as_of, discount_rate=choices.discount_rate / 100)


def _figures(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    forecast = _keyed(clv.presented(tables["clv"].reset_index()))
    profits, potentials = tables["profit"], tables["potential"]
    lifecycle = tables["lifecycle"]["lifecycle"]
    figures = {
        "lifecycle": lifecycle,
        "alive_probability": forecast["alive_probability"].map(_decimal(4), na_action="ignore"),
        # Whoever counts as lost is not expected on any day, whatever the model says of the rest.
        "next_purchase": forecast["next_purchase"].mask(lifecycle == "lapsed"),
        "clv": forecast["clv"],
        "churn_risk": forecast["churn_risk"],
        "margin": to_units(profits["margin_cents"]),
        "cost_to_serve": to_units(profits["service_cents"] + profits["late_cents"]),
        "profit": to_units(profits["profit_cents"]),
        "potential_score": potentials["potential_score"],
        "wallet_share": _shares(potentials["wallet_share"].clip(upper=MOST_WALLET_SHARE)),
        "next_offer": tables["offers"]["product"],
        "offer_basis": tables["offers"]["basis"],
        **{f"offer_{name}": tables["offers"][name] for name in ("tested", "hits", "naive_hits")},
    }
    frame = pd.DataFrame({name: column.astype(object) for name, column in figures.items()})
    return frame.assign(review_flag=frame.index.isin(tables["review"].index))


def _sentences(
    tables: Mapping[str, pd.DataFrame],
    signals: pd.DataFrame,
    valuations: Mapping[str, clv.Valuation],
    weights: Mapping[str, int],
) -> pd.DataFrame:
    everyone = tables["lifecycle"].index
    forecasts = [
        value_reasons(tables["clv"].loc[[entity]], valuation)
        for entity, valuation in valuations.items()
        if entity in tables["clv"].index
    ]
    nobody = pd.DataFrame(columns=list(LANGUAGES), index=everyone)
    parts = [
        pd.concat(forecasts).set_axis(list(LANGUAGES), axis=1) if forecasts else nobody,
        profit_reasons(tables["profit"]),
        _keyed(potential_reasons(signals, weights)),
        offer_reasons(tables["offers"]),
    ]
    reviewed = review_reasons(tables["review"])
    found = {}
    for lang in LANGUAGES:
        # A part that has nothing to say of anybody comes as numbers.
        said = [part[lang].reindex(everyone).astype(object) for part in parts]
        told = pd.concat(said, axis=1).fillna("")
        found[f"value_reason_{lang}"] = [" ".join(filter(None, row)) for row in told.to_numpy()]
        found[f"review_reason_{lang}"] = reviewed[lang].reindex(everyone).to_list()
    return pd.DataFrame(found, index=everyone, dtype=object)


def _keyed(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.set_index(["entity", "customer_id"])


def _shares(values: pd.Series[Any]) -> pd.Series[Any]:
    return values.astype(object).map(
        lambda value: Decimal(int(value)).scaleb(-4), na_action="ignore"
    )


def _decimal(digits: int) -> Callable[[float], Decimal]:
    return lambda value: Decimal(f"{value:.{digits}f}")
