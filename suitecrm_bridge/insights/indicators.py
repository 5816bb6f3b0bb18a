"""The indicators of a portfolio, and what they are made of, as tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from suitecrm_bridge.catalogue import Language
from suitecrm_bridge.catalogue import indicators as catalogued
from suitecrm_bridge.i18n import amount, number, text
from suitecrm_bridge.insights.portfolio import Portfolio
from suitecrm_bridge.insights.ways import BREAKDOWNS
from suitecrm_bridge.money import units
from suitecrm_bridge.tables import Kind, Table, columns

SHOWN: Mapping[str, Kind] = {"label": "text", "value": "figure", "parts": "text"}
MONEY_BY_MONEY = ("concentration",)
"""Percentages of one sum of money in another."""
WITHOUT_PARTS = ("revenue_per_customer_trend",)
"""Their numerator is no figure that anybody would recognise."""


def indicator_table(found: Portfolio, lang: Language, *, formulas: bool = False) -> Table:
    """Return the indicators, a row each.

    Args:
        found: the portfolio.
        lang: language of labels, formulas and reasons.
        formulas: whether people see the formulas, too.
    """
    rows = found.indicators
    known = [catalogued()[key] for key in rows["key"]]
    reasons = [_reason(key, lang) for key in rows["reason_key"]]
    frame = pd.DataFrame(
        {
            "key": rows["key"],
            "label": [one.label[lang] for one in known],
            "value": rows["value"],
            "unit": rows["unit"],
            "numerator": rows["numerator"],
            "denominator": rows["denominator"],
            "reason": reasons,
            "formula": [one.formula[lang] for one in known],
        },
        dtype=object,
    )
    parts = [row["reason"] or _parts(row, lang) for row in frame.to_dict("records")]
    kinds = {**SHOWN, "formula": "prose"} if formulas else SHOWN
    return Table(
        "indicators", frame, columns("cli.indicator_", kinds), for_people=frame.assign(parts=parts)
    )


def breakdown_table(found: Portfolio, by: str, lang: Language) -> Table:
    """Return what the indicators are made of, by one of `BREAKDOWNS`."""
    frame, kinds = found.breakdowns[f"by_{by}"], BREAKDOWNS[by]
    if "cents" in frame:
        revenue = pd.Series([units(cents) for cents in frame["cents"]], dtype=object)
        frame = frame.drop(columns="cents").assign(revenue=revenue)
    told = frame
    if by == "lead_source":
        told = frame.assign(lead_source=[one or text("cli.not_known", lang) for one in frame[by]])
    return Table(by, frame, columns("cli.by_", kinds), for_people=told)


def _reason(key: str | None, lang: Language) -> str | None:
    missing = None if key is None else catalogued()[key].missing
    return missing[lang] if missing else None


def _parts(row: Mapping[Any, Any], lang: Language) -> str:
    if row["denominator"] == 1 or row["key"] in WITHOUT_PARTS:
        return ""
    money = row["unit"] == "money" or row["key"] in MONEY_BY_MONEY
    above = amount(row["numerator"], lang) if money else number(row["numerator"], lang)
    form = amount if row["key"] in MONEY_BY_MONEY else number
    return f"{above} / {form(row['denominator'], lang)}"
