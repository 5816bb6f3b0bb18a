"""The command that shows who stays and who goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import click
import numpy as np
import pandas as pd

from suitecrm_bridge.analytics.retention import Retention
from suitecrm_bridge.cli.app import App
from suitecrm_bridge.cli.options import as_of_scores, entity, output_format
from suitecrm_bridge.cli.output import say, show
from suitecrm_bridge.cli.translated import Command, Option
from suitecrm_bridge.cli.wording import amounts_are, percent
from suitecrm_bridge.i18n import month, text
from suitecrm_bridge.insights.portfolio import retention as compute
from suitecrm_bridge.mirror import Entity
from suitecrm_bridge.money import units

MONTHS_SINCE = (1, 3, 6, 12, 24)
SURVIVAL_STEPS = (30, 90)
"""Days between two lines of the curve as people read it, in the first year and later; CSV and JSON
hold every day on which it falls."""

SHARES = (
    "churn_rate", "earliest", "latest", "low", "high", "churn", "gross_churn", "net_retention",
    *(f"after_{months}" for months in MONTHS_SINCE),
)  # fmt: skip


@click.command("retention", cls=Command)
@entity
@as_of_scores
@click.option(
    "--by", type=click.Choice(("month", "cohort", "revenue", "survival")), default="month",
    show_default=True, cls=Option, help="option_retention_by",
)  # fmt: skip
@output_format
@click.pass_obj
def retention(app: App, entity: Entity, as_of: date | None, by: str, form: str) -> None:
    """Show who stays and who goes."""
    with app.open() as context:
        found = compute(context.mirror, context.choices, entity, as_of)
        note = amounts_are(context) if by == "revenue" else ""
    frame = TABLES[by](found)
    if form != "table":
        show(frame, form, {})
        return
    say(text("cli.silence_limit", count=found.first_limit, days=found.first_limit))
    if by in NOTES:
        say(text(f"cli.{NOTES[by]}"))
    say()
    if by == "survival":
        frame = _read_at_steps(frame)
    shown = _worded(frame)
    show(shown, form, {name: text(f"cli.stay_{name}") for name in shown.columns}, note)


def _by_cohort(found: Retention) -> pd.DataFrame:
    """One row a month of first purchases, with the share that bought so many months later."""
    later = found.table.pivot_table(index="cohort", columns="months_since", values="retention")
    later = later.reindex(columns=MONTHS_SINCE).add_prefix("after_")
    return found.by_cohort.merge(later, left_on="cohort", right_index=True, how="left")


def _revenue(found: Retention) -> pd.DataFrame:
    churn = found.revenue
    kinds = ("before", "lost", "shrunk", "grown", "new", "now")
    sums = {kind: units(getattr(churn, f"{kind}_cents")) for kind in kinds}
    shares = {
        "churn": churn.churn,
        "gross_churn": churn.gross_churn,
        "net_retention": churn.net_retention,
    }
    counts = {
        "window_days": churn.window_days,
        "customers": churn.customers,
        "lost_customers": churn.lost_customers,
    }
    return pd.DataFrame([counts | sums | shares], dtype=object)


TABLES: Mapping[str, Callable[[Retention], pd.DataFrame]] = {
    "month": lambda found: found.by_month,
    "cohort": _by_cohort,
    "revenue": _revenue,
    "survival": lambda found: found.survival,
}


NOTES = {"month": "final_months", "survival": "survival_bounds"}


def _read_at_steps(curve: pd.DataFrame) -> pd.DataFrame:
    """Return the curve on days that lie evenly, with who was lost since the one before."""
    within, later = SURVIVAL_STEPS
    last = int(curve["days"].iloc[-1])
    year = range(0, min(last, 360), within)
    days = [*year, *range(len(year) * within, last, later), last]
    place = np.searchsorted(curve["days"], days, side="right") - 1
    lost = curve["lost"].cumsum().to_numpy()[place]
    found = curve.drop(columns="at_risk").iloc[place]
    return found.assign(days=days, lost=np.diff(lost, prepend=0))


def _worded(frame: pd.DataFrame) -> pd.DataFrame:
    shares: dict[str, Any] = {
        name: [percent(share) for share in frame[name]] for name in SHARES if name in frame
    }
    months: dict[str, Any] = {
        name: [month(first) for first in frame[name]]
        for name in ("month", "cohort")
        if name in frame
    }
    shown = frame.assign(**shares, **months)
    if "provisional" not in shown:
        return shown
    marked = [
        text("cli.provisional_month", month=name) if provisional else name
        for name, provisional in zip(shown["month"], shown["provisional"], strict=True)
    ]
    return shown.assign(month=marked).drop(columns="provisional")
