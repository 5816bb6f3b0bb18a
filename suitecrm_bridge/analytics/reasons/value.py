"""Where a customer's value and risk come from, in sentences that a salesman understands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from suitecrm_bridge.analytics.clv import Valuation
from suitecrm_bridge.analytics.days import to_date
from suitecrm_bridge.analytics.fitting import NotFitted
from suitecrm_bridge.analytics.intake import require_columns
from suitecrm_bridge.catalogue import LANGUAGES, Language
from suitecrm_bridge.i18n import day, decimal, number, percent, text

_COLUMNS = (
    "frequency",
    "recency",
    "last_day",
    "alive_probability",
    "purchase_probability",
    "expected_purchases",
)


class _Row(NamedTuple):
    """The columns of a row that its sentences speak of, in the order of _COLUMNS."""

    frequency: int | None
    recency: int | None
    last_day: int | None
    alive: float | None
    again: float | None
    expected: float | None


def value_reasons(rows: pd.DataFrame, valuation: Valuation) -> pd.DataFrame:
    """Say in words where each customer's value and risk come from.

    A percentage is rounded as the field beside it is shown.

    Columns in: frequency, recency, last_day, alive_probability, purchase_probability,
    expected_purchases, as `clv.compute` puts them out.
    Columns out, with the index of `rows`: value_reason_en, value_reason_fr; empty for who never
    bought.

    Args:
        rows: customers.
        valuation: what `clv.compute` returned for them.

    Raises:
        MissingColumns: a column is missing.
    """
    require_columns(rows, _COLUMNS, "clv")
    found = {
        f"value_reason_{lang}": [_said(row, valuation, lang) for row in _rows(rows)]
        for lang in LANGUAGES
    }
    return pd.DataFrame(found, index=rows.index)


def _rows(rows: pd.DataFrame) -> Iterator[_Row]:
    known = rows[list(_COLUMNS)].astype(object)
    columns = known.where(known.notna(), None).itertuples(index=False, name=None)
    return map(_Row._make, columns)


def _said(row: _Row, valuation: Valuation, lang: Language) -> str:
    if not row.frequency:
        said = [_bought_once(row, valuation.cuts.horizon_days, lang)]
    else:
        said = [_bought_again(row, lang)]
    if isinstance(valuation.bg_nbd, NotFitted):
        said.append(valuation.bg_nbd.sentence(lang))
    elif row.expected is not None:
        said.append(
            text("analytics.value_expected", lang, purchases=decimal(row.expected, 1, lang))
        )
    return " ".join(filter(None, said)) if row.last_day is not None else ""


def _bought_once(row: _Row, horizon: int, lang: Language) -> str:
    if row.last_day is None:
        return ""
    shown = day(to_date(int(row.last_day)), lang)
    if row.again is None:
        return text("analytics.value_once", lang, day=shown)
    days, shown_percent = number(horizon, lang), percent(row.again, lang)
    return text("analytics.value_once_likely", lang, day=shown, days=days, percent=shown_percent)


def _bought_again(row: _Row, lang: Language) -> str:
    if not (row.frequency and row.recency and row.last_day is not None):
        return ""
    gap = max(1, int(np.floor(row.recency / row.frequency + 0.5)))
    key = "value_twice" if row.frequency == 1 else "value_rhythm"
    shown = day(to_date(int(row.last_day)), lang)
    said = text(f"analytics.{key}", lang, count=gap, days=number(gap, lang), day=shown)
    if row.alive is None:
        return said
    return f"{said} {text('analytics.value_alive', lang, percent=percent(row.alive, lang))}"
