"""What became of those who entered a programme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from suitecrm_bridge.analytics.effects.effect import Numbers
from suitecrm_bridge.analytics.engine import SqlEngine
from suitecrm_bridge.analytics.profit import Rates

DAYS_BEFORE = 365
"""How long before their entry is looked at, for what was spent then."""


@dataclass(frozen=True)
class Window:
    """For how many days an entrant is watched, from the day of entry on, and how many before."""

    days: int
    days_before: int = DAYS_BEFORE


def compute(
    engine: SqlEngine, as_of: date, windows: Mapping[str, Window], rates: Rates | None = None
) -> pd.DataFrame:
    """Return what each entrant brought, a row for each entry.

    Tables in: `enrolments`: entity, customer_id, programme, wave, arm ("treated" or "control"),
    since_day; `purchases`: entity, customer_id, purchase_id, day, cents; `invoice_costs`, as for
    `profit.compute`; `complaint_days` and `opt_out_days`: entity, customer_id, day.
    Columns out: entity, customer_id, programme, wave, arm, since_day, due_day, over (1 once their
    time is), cents, margin_cents (null where margins are not known), bought, complained, opted_out
    (1 or 0), cents_before, margin_cents_before. Both arms are looked at alike, whoever was reached.

    Args:
        engine: has the tables.
        as_of: what comes later does not exist yet.
        windows: by programme, at least one.
        rates: from which share of known costs on margins are known.

    Raises:
        DataError: a table is missing, or a sum is out of range.
    """
    engine.look_from(as_of)
    engine.values("profit_parameters", asdict(rates or Rates()))
    named = ({"programme": name, **asdict(window)} for name, window in windows.items())
    engine.values("programme_windows", *named)
    return engine.fetch("programme_outcomes")


def column(outcomes: pd.DataFrame) -> str:
    """Return which column says what entrants bring: the margin where it is known of all of them.

    What was sold counts else, which is more than what is earned; that must be said.
    """
    return "margin_cents" if outcomes["margin_cents"].notna().all() else "cents"


def known_before(spent: Numbers) -> Numbers:
    """Return what is known of entrants before, as the effect is adjusted by it: two columns.

    The root tells more than the sum where few spend most, and the sum where all spend alike.
    """
    return np.column_stack([spent, np.sqrt(np.maximum(spent, 0.0))])


def due(outcomes: pd.DataFrame, as_of_day: int) -> list[int]:
    """Return in how many days the time of each entrant is over who is still watched, in order."""
    open_: Any = outcomes.loc[outcomes["over"] == 0, "due_day"]
    return sorted(int(day) - as_of_day for day in open_)
