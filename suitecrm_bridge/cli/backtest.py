"""The command that tells what the forecasts are worth on this base."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import click
import pandas as pd

from suitecrm_bridge.analytics.fitting import NotFitted
from suitecrm_bridge.cli.app import App
from suitecrm_bridge.cli.options import as_of_scores, entity, output_format
from suitecrm_bridge.cli.output import say, show, shown
from suitecrm_bridge.cli.translated import Command
from suitecrm_bridge.cli.wording import decimal, percent
from suitecrm_bridge.i18n import day, text
from suitecrm_bridge.insights.portfolio import Forecasts, forecasts
from suitecrm_bridge.mirror import Entity


class Measure(NamedTuple):
    """A figure of a forecast: count, share, score (three decimals), or reason (a text)."""

    forecast: str
    measure: str
    value: Any
    kind: str


@click.command("backtest", cls=Command)
@entity
@as_of_scores
@output_format
@click.pass_obj
def backtest(app: App, entity: Entity, as_of: date | None, form: str) -> None:
    """Hold the forecasts of a year ago against what came."""
    with app.open() as context:
        found = forecasts(context.mirror, context.choices, entity, as_of)
    measures = list(_measures(found))
    plain = [(one.forecast, one.measure, one.value) for one in measures]
    frame = pd.DataFrame(plain, columns=["forecast", "measure", "value"], dtype=object)
    if form != "table":
        show(frame, form, {})
        return
    say(text("cli.backtest_of", split=day(found.split), day=day(found.as_of)))
    say()
    worded = frame.assign(
        forecast=[text(f"cli.forecast_{one.forecast}") for one in measures],
        measure=[_label(one.measure) for one in measures],
        value=[_value(one) for one in measures],
    )
    show(worded, form, {name: text(f"cli.backtest_{name}") for name in worded.columns})


def _measures(found: Forecasts) -> Iterator[Measure]:
    yield from _purchases(found)
    yield from _risk(found)
    for one in found.offers:
        yield Measure("offers", f"{one.way}_hits", one.paired.rate, "share")
        yield Measure("offers", f"{one.way}_naive_hits", one.paired.naive_rate, "share")


def _purchases(found: Forecasts) -> Iterator[Measure]:
    tested = found.purchases
    if isinstance(tested, NotFitted):
        yield Measure("purchases", "reason", tested.sentence(), "reason")
        return
    yield Measure("purchases", "customers_tested", tested.customers, "count")
    for name in ("actual", "predicted"):
        yield Measure("purchases", f"total_{name}", tested.total[name], "number")
    for name in ("predicted", "repeated", "nothing"):
        yield Measure("purchases", f"error_{name}", tested.error[name], "score")
    yield Measure("purchases", "correlation", tested.correlation, "score")


def _risk(found: Forecasts) -> Iterator[Measure]:
    tested = found.risk
    if tested is None:
        yield Measure("risk", "reason", text("cli.risk_not_tested"), "reason")
        return
    yield Measure("risk", "customers_tested", tested.customers, "count")
    yield Measure("risk", "brier", tested.brier, "score")
    yield Measure("risk", "brier_of_base_rate", tested.brier_of_base_rate, "score")
    for row in tested.deciles.to_dict("records"):
        for name in ("predicted", "actual"):
            yield Measure("risk", f"decile_{int(row['decile'])}_{name}", row[name], "share")


def _label(measure: str) -> str:
    if measure.startswith("decile_"):
        _, decile, name = measure.split("_")
        return text(f"cli.measure_decile_{name}", decile=decile)
    return text(f"cli.measure_{measure}")


def _value(one: Measure) -> str:
    if one.kind == "share":
        return percent(one.value)
    if one.kind in ("score", "number"):
        return decimal(one.value, 3 if one.kind == "score" else 0)
    return shown(one.value)
