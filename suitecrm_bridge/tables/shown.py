"""How the value of each kind reads in a language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from suitecrm_bridge.catalogue import STANDINGS, Language, catalogue
from suitecrm_bridge.i18n import amount, day, decimal, month, number, percent, text
from suitecrm_bridge.money import cents, is_missing
from suitecrm_bridge.tables.table import Column, Kind, Table

if TYPE_CHECKING:
    import pandas as pd

NONE = "–"
LISTED = 3
"""Cases that are named in a line."""
_SUREST = 0.999


def shown(value: Any, kind: Kind, lang: Language) -> str:
    """Return a value as people read it; a dash where it is missing."""
    if kind != "cases" and is_missing(value):
        return NONE
    form = _FORMS.get(kind)
    return form(value, lang) if form else label(value, kind, lang)


def worded(table: Table, lang: Language, *, most: int | None = None) -> list[list[str]]:
    """Return what people see of a table, row by row.

    Args:
        table: the table.
        lang: their language.
        most: how many rows; default, all.
    """
    frame = table.frame if table.for_people is None else table.for_people
    frame = frame if most is None else frame.head(most)
    told = [_column(frame, column, lang) for column in table.columns]
    return [list(row) for row in zip(*told, strict=True)]


def label(key: Any, kind: Kind, lang: Language) -> str:
    """Return a key in words; one that no list knows stays as it is."""
    if key == "":
        return text("tables.unknown", lang)
    named = _LABELS.get(kind)
    return (named and named(key, lang)) or str(key)


def certainty(sure: float, lang: Language) -> str:
    """Return how sure something is; nothing that is counted is certain."""
    told = percent(min(sure, _SUREST), lang)
    return text("tables.over", lang, share=told) if sure > _SUREST else told


def keys(frame: pd.DataFrame, column: Column, lang: Language) -> list[str]:
    """Return the column of a frame in words, for what is no number, day or list of cases."""
    values = frame[column.name].astype(object)
    if column.names in frame:
        named = frame[column.names].astype(object)
        values = values.where(named == "", named)
    if column.kind == "dimension_value":
        kinds = [of_dimension(name) for name in frame["dimension"]]
        return [label(key, kind, lang) for key, kind in zip(values, kinds, strict=True)]
    if column.kind == "figure":
        kinds = [UNITS[unit] for unit in frame["unit"]]
        return [shown(value, kind, lang) for value, kind in zip(values, kinds, strict=True)]
    return [shown(value, column.kind, lang) for value in values]


def _column(frame: pd.DataFrame, column: Column, lang: Language) -> list[str]:
    if column.kind == "cases":
        return [_listed(subjects, lang) for subjects in frame["subjects"]]
    return keys(frame, column, lang)


def of_dimension(name: str) -> Kind:
    """Return what the values of a dimension of complaints are."""
    return _DIMENSIONS.get(name, "key")


def _listed(subjects: Sequence[str], lang: Language) -> str:
    named = "; ".join(subject or text("tables.unknown", lang) for subject in subjects[:LISTED])
    more = len(subjects) - LISTED
    if more <= 0:
        return named
    return text("tables.and_more", lang, named=named, more=number(more, lang))


def _value(value: Any, lang: Language) -> str:
    if isinstance(value, bool):
        return text("tables.yes" if value else "tables.no", lang)
    if isinstance(value, Decimal):
        return amount(cents(value), lang)
    if isinstance(value, int):
        return number(value, lang)
    if isinstance(value, date):
        return _day(value, lang)
    return str(value)


def _days(value: int, lang: Language) -> str:
    return text("tables.days", lang, count=value, days=number(value, lang))


def _day(value: date, lang: Language) -> str:
    return day(value.date() if isinstance(value, datetime) else value, lang)


def _place(key: str, lang: Language) -> str | None:
    return text(f"tables.{key}", lang) if key in OUTSIDE else _option("segment", key, lang)


def _standing(key: str, lang: Language) -> str | None:
    return text(f"tables.standing_{key}", lang) if key in STANDINGS else None


def _option(dropdown: str, key: str, lang: Language) -> str | None:
    found = catalogue().dropdowns[dropdown].get(key)
    return found[lang] if found else None


UNITS: Mapping[str, Kind] = {
    "count": "count",
    "money": "money",
    "percent": "percent",
    "days": "days",
    "ratio": "decimal",
}
"""What the figures of each unit are."""

OUTSIDE = ("came", "left")
"""In a move, in the place of a segment."""

_DIMENSIONS: Mapping[str, Kind] = {
    "month": "month",
    "segment": "segment",
    "lifecycle": "lifecycle",
    "cause": "complaint_cause",
    "channel": "complaint_channel",
}
_DROPDOWNS: tuple[Kind, ...] = (
    "segment",
    "lifecycle",
    "churn_risk",
    "next_action",
    "complaint_cause",
    "complaint_channel",
    "best_moment",
)
_LABELS: Mapping[Kind, Callable[[Any, Language], str | None]] = {
    "month": month,
    "place": _place,
    "standing": _standing,
    "step": lambda key, lang: text(f"complaints.step_{key}", lang),
    "dimension": lambda key, lang: text(f"complaints.column_{key}", lang),
    "profile_field": lambda key, lang: text(f"tables.field_{key}", lang),
    "measure": lambda key, lang: text(f"complaints.measure_{key}", lang),
    **{kind: partial(_option, kind) for kind in _DROPDOWNS},
}
_FORMS: Mapping[Kind, Callable[[Any, Language], str]] = {
    "count": lambda value, lang: number(int(value), lang),
    "decimal": lambda value, lang: decimal(value, 2, lang),
    "score": lambda value, lang: decimal(value, 3, lang),
    "points": lambda value, lang: decimal(value, 1, lang),
    "share": percent,
    "percent": lambda value, lang: percent(value / 100, lang),
    "sure": certainty,
    "money": lambda value, lang: amount(cents(value), lang),
    "days": lambda value, lang: _days(int(value), lang),
    "date": _day,
    "text": lambda value, lang: str(value),
    "prose": lambda value, lang: str(value),
    "value": _value,
}
