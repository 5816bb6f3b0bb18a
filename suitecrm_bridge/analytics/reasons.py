"""Why a customer is in a segment, in a sentence that a salesman understands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

import pandas as pd

from suitecrm_bridge.analytics.days import to_date
from suitecrm_bridge.analytics.intake import require_columns
from suitecrm_bridge.catalogue import LANGUAGES, Language, catalogue
from suitecrm_bridge.i18n import amount, day, number, text

_COLUMNS = (
    "rfm_segment", "rfm_recency", "rfm_frequency", "rfm_monetary", "last_day", "purchase_count",
    "total_cents",
)  # fmt: skip


class _Row(NamedTuple):
    """The columns of a row that its reason speaks of, in the order of _COLUMNS."""

    segment: str
    recency: int | None
    frequency: int | None
    monetary: int | None
    last_day: int | None
    purchases: int
    total: int


def reasons(rows: pd.DataFrame, *, min_buyers: int, buyers: int | None = None) -> pd.DataFrame:
    """Say in words why each customer is in his segment.

    A reason changes only when the segment, a score or a fact of the customer does (with too
    few buyers for a ranking, also with their number).

    Columns in: rfm_segment, rfm_recency, rfm_frequency, rfm_monetary, last_day (integer day),
    purchase_count, total_cents, as `rfm.compute` puts them out.
    Columns out, with the index of `rows`: rfm_reason_en, rfm_reason_fr.

    Args:
        rows: customers.
        min_buyers: fewest customers with a purchase for a ranking.
        buyers: customers with a purchase; by default those in `rows`.

    Raises:
        MissingColumns: a column is missing.
    """
    require_columns(rows, _COLUMNS, "rfm")
    if buyers is None:
        buyers = int((rows["purchase_count"] > 0).sum())
    found = {}
    for lang in LANGUAGES:
        say = _speaker(lang, buyers, min_buyers)
        found[f"rfm_reason_{lang}"] = [say(row) for row in _rows(rows)]
    return pd.DataFrame(found, index=rows.index)


def _rows(rows: pd.DataFrame) -> Iterator[_Row]:
    known = rows[list(_COLUMNS)].astype(object)
    columns = known.where(known.notna(), None).itertuples(index=False, name=None)
    return map(_Row._make, columns)


def _speaker(lang: Language, buyers: int, min_buyers: int) -> Callable[[_Row], str]:
    segments = catalogue().segments

    # Most rows differ only in day and total: the rest of the sentence is filled in once.
    @cache
    def sentence(
        key: str, recency: int | None, frequency: int | None, monetary: int | None, purchases: int
    ) -> str:
        segment = segments[key]
        return text(
            f"analytics.reason_{segment.when or 'ranked'}",
            lang,
            label=segment.label.in_language(lang),
            action=segment.action.in_language(lang),
            recency=recency,
            frequency=frequency,
            monetary=monetary,
            count=purchases,
            purchases=number(purchases, lang),
            buyers=number(buyers, lang),
            minimum=number(min_buyers, lang),
            day="{day}",
            total="{total}",
        )

    @cache
    def shown_day(value: int | None) -> str:
        return "" if value is None else day(to_date(value), lang)

    def say(row: _Row) -> str:
        segment, recency, frequency, monetary, last_day, purchases, total = row
        return sentence(segment, recency, frequency, monetary, purchases).format(
            day=shown_day(last_day), total=amount(total, lang)
        )

    return say
