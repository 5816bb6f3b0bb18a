"""Where a customer's value and risk come from, in sentences that a salesman understands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
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
        f"value_reason_{lang}": [*map(_Speaker(valuation, lang).say, _rows(rows))]
        for lang in LANGUAGES
    }
    return pd.DataFrame(found, index=rows.index)


def _rows(rows: pd.DataFrame) -> Iterator[_Row]:
    known = rows[list(_COLUMNS)].astype(object)
    columns = known.where(known.notna(), None).itertuples(index=False, name=None)
    return map(_Row._make, columns)


class _Speaker:
    """Says the reason of a row; customers share days and chances, which are put in words once."""

    def __init__(self, valuation: Valuation, lang: Language) -> None:
        self._lang = lang
        self._horizon = number(valuation.cuts.horizon_days, lang)
        model = valuation.bg_nbd
        self._why_not = model.sentence(lang) if isinstance(model, NotFitted) else None
        self._day: Callable[[int], str] = cache(lambda last: day(to_date(last), lang))
        self._percent: Callable[[float], str] = cache(lambda share: percent(share, lang))
        self._rhythm = cache(self._rhythm_said)
        self._alive = cache(self._alive_said)
        self._expected = cache(self._expected_said)

    def say(self, row: _Row) -> str:
        """Return the sentences; nothing for who never bought."""
        if row.last_day is None:
            return ""
        said = (self._again if row.frequency else self._once)(row, self._day(int(row.last_day)))
        rest = self._why_not or ""
        if self._why_not is None and row.expected is not None:
            rest = self._expected(decimal(row.expected, 1, self._lang))
        return " ".join(filter(None, (said, rest)))

    def _once(self, row: _Row, shown: str) -> str:
        if row.again is None:
            return text("analytics.value_once", self._lang, day=shown)
        known = {"days": self._horizon, "percent": self._percent(row.again)}
        return text("analytics.value_once_likely", self._lang, day=shown, **known)

    def _again(self, row: _Row, shown: str) -> str:
        if not (row.frequency and row.recency):
            return ""
        gap = max(1, int(np.floor(row.recency / row.frequency + 0.5)))
        key = "value_twice" if row.frequency == 1 else "value_rhythm"
        said = self._rhythm(key, gap).format(day=shown)
        return said if row.alive is None else f"{said} {self._alive(row.alive)}"

    def _rhythm_said(self, key: str, gap: int) -> str:
        days = number(gap, self._lang)
        return text(f"analytics.{key}", self._lang, count=gap, days=days, day="{day}")

    def _alive_said(self, share: float) -> str:
        return text("analytics.value_alive", self._lang, percent=self._percent(share))

    def _expected_said(self, shown: str) -> str:
        return text("analytics.value_expected", self._lang, purchases=shown)
