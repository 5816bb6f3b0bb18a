"""The command about the whole portfolio."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import click
import pandas as pd

from suitecrm_bridge.catalogue import Entity, Indicator
from suitecrm_bridge.catalogue import indicators as catalogued
from suitecrm_bridge.cli.app import App
from suitecrm_bridge.cli.options import as_of_scores, entity, output_format
from suitecrm_bridge.cli.output import show, shown
from suitecrm_bridge.cli.translated import Command, Option
from suitecrm_bridge.cli.wording import NONE, amounts_are, decimal, percent
from suitecrm_bridge.i18n import amount, current_language, month, number, text
from suitecrm_bridge.insights.portfolio import portfolio
from suitecrm_bridge.money import units

BREAKDOWNS = ("month", "lead_source", "field", "campaign")
MONEY_BY_MONEY = ("concentration",)
"""Percentages of one sum of money in another."""
WITHOUT_PARTS = ("revenue_per_customer_trend",)
"""Their numerator is no figure that anybody would recognise."""

WORDED: Mapping[str, Callable[[Any], str]] = {
    "month": month,
    "field": lambda name: text(f"cli.field_{name}"),
    "lead_source": lambda source: source or text("cli.not_known"),
}
"""What a breakdown goes by, in words."""


@click.command("indicators", cls=Command)
@entity
@as_of_scores
@click.option("--by", type=click.Choice(BREAKDOWNS), cls=Option, help="option_by")
@click.option("--formulas", is_flag=True, cls=Option, help="option_formulas")
@output_format
@click.pass_obj
def indicators(
    app: App, entity: Entity, as_of: date | None, by: str | None, formulas: bool, form: str
) -> None:
    """Show the indicators of the whole portfolio."""
    with app.open() as context:
        found = portfolio(context.mirror, context.choices, entity, as_of)
        note = amounts_are(context)
    if by:
        _show_breakdown(found.breakdowns[f"by_{by}"], by, form, note)
        return
    rows = _rows(found.indicators)
    if form != "table":
        show(rows, form, {})
        return
    columns = ["label", "value", "parts", *(["formula"] if formulas or app.verbosity > 0 else [])]
    show(_worded(rows), form, {name: text(f"cli.indicator_{name}") for name in columns}, note)


def _rows(frame: pd.DataFrame) -> pd.DataFrame:
    lang = current_language()
    known = [catalogued()[key] for key in frame["key"]]
    reasons = [None if key is None else _reason(catalogued()[key]) for key in frame["reason_key"]]
    return pd.DataFrame(
        {
            "key": frame["key"],
            "label": [one.label[lang] for one in known],
            "value": frame["value"],
            "unit": frame["unit"],
            "numerator": frame["numerator"],
            "denominator": frame["denominator"],
            "reason": reasons,
            "formula": [one.formula[lang] for one in known],
        },
        dtype=object,
    )


def _reason(known: Indicator) -> str | None:
    return known.missing[current_language()] if known.missing else None


def _worded(rows: pd.DataFrame) -> pd.DataFrame:
    records = rows.to_dict("records")
    return rows.assign(
        value=[NONE if row["value"] is None else _value(row) for row in records],
        parts=[row["reason"] or _parts(row) for row in records],
    )


def _value(row: dict[Any, Any]) -> str:
    value, unit = row["value"], row["unit"]
    if unit == "percent":
        return percent(value / 100)
    if unit == "days":
        return text("tables.days", days=number(int(value)), count=int(value))
    if unit == "ratio":
        return decimal(value, 2)
    return shown(value) if unit == "money" else number(int(value))


def _parts(row: dict[Any, Any]) -> str:
    if row["denominator"] == 1 or row["key"] in WITHOUT_PARTS:
        return ""
    money = row["unit"] == "money" or row["key"] in MONEY_BY_MONEY
    above = amount(row["numerator"]) if money else number(row["numerator"])
    below = (amount if row["key"] in MONEY_BY_MONEY else number)(row["denominator"])
    return f"{above} / {below}"


def _show_breakdown(frame: pd.DataFrame, by: str, form: str, note: str) -> None:
    about_money = "cents" in frame
    if about_money:
        revenue = pd.Series([units(cents) for cents in frame["cents"]], dtype=object)
        frame = frame.drop(columns="cents").assign(revenue=revenue)
    if form == "table" and by in WORDED:
        frame = frame.assign(**{by: [WORDED[by](key) for key in frame[by]]})
    columns = [name for name in frame.columns if name != "campaign_id"]
    headers = {name: text(f"cli.by_{name}") for name in columns}
    show(frame, form, headers, note if about_money else "")
