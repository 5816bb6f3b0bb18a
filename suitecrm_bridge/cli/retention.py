"""The command that shows who stays and who goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import click
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
SURVIVAL_STEP = 90
"""Days between two lines of the curve as people read it; CSV and JSON hold every day."""

SHARES = (
    "churn_rate", "survival", "low", "high", "churn", "gross_churn", "net_retention",
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
    say(text("cli.usual_gap", count=found.usual_gap, days=found.usual_gap))
    say()
    headers = {name: text(f"cli.stay_{name}") for name in frame.columns}
    if by == "survival":
        frame = frame.groupby(frame["days"] // SURVIVAL_STEP).tail(1)
    show(_worded(frame), form, headers, note)


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


def _worded(frame: pd.DataFrame) -> pd.DataFrame:
    shares: dict[str, Any] = {
        name: [percent(share) for share in frame[name]] for name in SHARES if name in frame
    }
    months: dict[str, Any] = {
        name: [month(first) for first in frame[name]]
        for name in ("month", "cohort")
        if name in frame
    }
    return frame.assign(**shares, **months)
