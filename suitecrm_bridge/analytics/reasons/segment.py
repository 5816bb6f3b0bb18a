"""Why a customer is in a segment, in a sentence that a salesman understands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

import pandas as pd

from suitecrm_bridge.analytics.days import to_date
from suitecrm_bridge.analytics.intake import require_columns
from suitecrm_bridge.catalogue import LANGUAGES, Basis, Language, catalogue
from suitecrm_bridge.i18n import day, money, number, text

_COLUMNS = (
    "rfm_segment",
    "rfm_recency",
    "rfm_frequency",
    "rfm_monetary",
    "last_day",
    "purchase_count",
    "total_cents",
)


class _Row(NamedTuple):
    """The columns of a row that its reason speaks of, in the order of _COLUMNS."""

    segment: str
    recency: int | None
    frequency: int | None
    monetary: int | None
    last_day: int | None
    purchases: int
    total: int


def reasons(rows: pd.DataFrame, *, basis: Basis = "fifths", min_buyers: int = 0) -> pd.DataFrame:
    """Say in words why each customer is in their segment.

    A reason changes only when the segment, a score or a fact of the customer does, or when the
    buyers become enough for a ranking, or can be told apart by one.

    Columns in: rfm_segment, rfm_recency, rfm_frequency, rfm_monetary, last_day (integer day),
    purchase_count, total_cents, as `rfm.compute` puts them out.
    Columns out, with the index of `rows`: rfm_reason_en, rfm_reason_fr.

    Args:
        rows: customers.
        basis: where the cut-points of the scores come from.
        min_buyers: fewest customers with a purchase for a ranking, told where they are too few.

    Raises:
        MissingColumns: a column is missing.
    """
    require_columns(rows, _COLUMNS, "rfm")
    found = {}
    for lang in LANGUAGES:
        minimum = number(min_buyers, lang)
        note = text("analytics.too_few_buyers", lang, minimum=minimum)
        notes = {"too_few": f" {note}", "rhythm": f" {text('analytics.by_rhythm', lang)}"}
        say = _speaker(lang, notes.get(basis, ""))
        found[f"rfm_reason_{lang}"] = [say(row) for row in _rows(rows)]
    return pd.DataFrame(found, index=rows.index)


def _rows(rows: pd.DataFrame) -> Iterator[_Row]:
    known = rows[list(_COLUMNS)].astype(object)
    columns = known.where(known.notna(), None).itertuples(index=False, name=None)
    return map(_Row._make, columns)


def _speaker(lang: Language, note: str) -> Callable[[_Row], str]:
    """Return what says a row's reason; `note` ends the reason of everyone with scores."""
    segments = catalogue().segments

    # Most rows differ only in day and total: the rest of the sentence is filled in once.
    @cache
    def sentence(
        key: str, recency: int | None, frequency: int | None, monetary: int | None, purchases: int
    ) -> str:
        segment = segments[key]
        words = text(
            f"analytics.reason_{segment.when or 'ranked'}",
            lang,
            label=segment.label[lang],
            recency=recency,
            frequency=frequency,
            monetary=monetary,
            count=purchases,
            purchases=number(purchases, lang),
            day="{day}",
            total="{total}",
        )
        return words if segment.when else words + note

    @cache
    def shown_day(value: int | None) -> str:
        return "" if value is None else day(to_date(value), lang)

    def say(row: _Row) -> str:
        segment, recency, frequency, monetary, last_day, purchases, total = row
        return sentence(segment, recency, frequency, monetary, purchases).format(
            day=shown_day(last_day), total=money(total, lang)
        )

    return say
