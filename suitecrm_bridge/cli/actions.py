"""The commands about what to do next, and about who is at risk or lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import click
import pandas as pd

from suitecrm_bridge.catalogue import LEAVING, STANDINGS
from suitecrm_bridge.cli.app import App
from suitecrm_bridge.cli.options import entity, output_format
from suitecrm_bridge.cli.output import show
from suitecrm_bridge.cli.translated import Command
from suitecrm_bridge.cli.wording import option_label, segment_label
from suitecrm_bridge.i18n import text
from suitecrm_bridge.insights import customers as asked
from suitecrm_bridge.mirror import Entity

SUMS = ("customers", "revenue", "value_at_stake")


@click.command("actions", cls=Command)
@entity
@output_format
@click.pass_obj
def actions(app: App, entity: Entity, form: str) -> None:
    """Count the customers of each action, and what is at stake."""
    with app.open() as context:
        frame = asked.actions(context.mirror, entity)
    if form == "table":
        words = [option_label("next_action", key) for key in frame["action"]]
        frame = pd.concat([frame.assign(action=words), _sum(frame, action=text("cli.sum"))])
    show(frame, form, {name: text(f"cli.actions_{name}") for name in ("action", *SUMS)})


@click.command("leaving", cls=Command)
@entity
@output_format
@click.pass_obj
def leaving(app: App, entity: Entity, form: str) -> None:
    """Show who is at risk or lost: segment, lifecycle and churn risk side by side, with sums."""
    with app.open() as context:
        frame = asked.leaving(context.mirror, entity)
    if form == "table":
        frame = pd.concat(list(_with_sums(frame)), ignore_index=True)
    columns = ("standing", "rfm_segment", "lifecycle", "churn_risk", *SUMS)
    show(frame, form, {name: text(f"cli.leaving_{name}") for name in columns})


def _with_sums(frame: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield the rows in words, those of each standing with their sum, and the sums of all."""
    for standing in STANDINGS:
        own = frame[frame["standing"] == standing]
        if len(own):
            label = text(f"tables.standing_{standing}")
            yield _worded(own, label)
            yield _sum(own, standing=text("cli.sum_of", what=label))
    leavers = frame[frame["standing"].isin(LEAVING)]
    yield _sum(leavers, standing=text("cli.at_risk_or_lost"))
    yield _sum(frame, standing=text("cli.sum"))


def _worded(rows: pd.DataFrame, standing: str) -> pd.DataFrame:
    return rows.assign(
        standing=standing,
        rfm_segment=[segment_label(key) for key in rows["rfm_segment"]],
        lifecycle=[option_label("lifecycle", key) for key in rows["lifecycle"]],
        churn_risk=[option_label("churn_risk", key) for key in rows["churn_risk"]],
    )


def _sum(rows: pd.DataFrame, **words: str) -> pd.DataFrame:
    blank = {name: "" for name in rows.columns if name not in SUMS}
    sums = {name: _total(rows[name].to_list()) for name in SUMS}
    return pd.DataFrame([blank | words | sums], columns=rows.columns, dtype=object)


def _total(values: Sequence[Any]) -> Any:
    if values and isinstance(values[0], Decimal):
        return sum(values, Decimal("0.00"))
    return int(sum(values))
