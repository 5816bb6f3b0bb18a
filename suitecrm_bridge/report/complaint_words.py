"""Tables about complaints in words: for the command line and for reports alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import pandas as pd

from suitecrm_bridge.analytics.complaints.figures import DIMENSIONS
from suitecrm_bridge.catalogue import Language, catalogue
from suitecrm_bridge.i18n import month, percent, text

Kind = Literal[
    "text", "prose", "count", "decimal", "points", "share", "sure", "money", "date", "cases"
]

_KINDS: Mapping[Kind, Sequence[str]] = {
    "text": (*DIMENSIONS, "step", "pair", "what", "dimension", "measure", "competitor"),
    "prose": ("words",),
    "decimal": (
        "response_median_hours", "response_p90_hours", "resolution_median_hours",
        "resolution_p90_hours", "response_target_hours", "resolution_target_hours",
        "median_hours", "p90_hours", "elsewhere_hours", "per_100_sales", "per_100_sales_low",
        "per_100_sales_high", "per_100_customers", "rate", "centre", "lower", "upper", "ratio",
        "z", "expected_number",
    ),
    "points": (
        "satisfaction", "low", "high", "nps", "nps_low", "nps_high", "expected", "found", "gap",
        "satisfaction_after",
    ),
    "share": ("share", "cumulative", "satisfied"),
    "sure": ("sure",),
    "money": ("value", "clv", "won_value", "lost_value"),
    "date": ("since", "first", "last"),
    "cases": ("cases", "examples"),
}  # fmt: skip
_KIND_OF = {name: kind for kind, names in _KINDS.items() for name in names}

_DROPDOWNS = {"lifecycle": "lifecycle", "cause": "complaint_cause", "channel": "complaint_channel"}
_NAMED = {"product": "product_name", "theme": "theme_title", "what": "what_name"}
"""Columns of keys, with the column that holds their names."""

_SUREST = 0.999


@dataclass(frozen=True)
class Part:
    """A table about complaints.

    `frame` holds everything, as programs read it, `columns` what people are shown of it; `said`
    are sentences that belong to it, `bar` is the column whose values are drawn as bars.
    """

    name: str
    frame: pd.DataFrame
    columns: Sequence[str]
    said: Sequence[str] = ()
    bar: str = ""


@dataclass(frozen=True)
class ComplaintsData:
    """What a report says of the complaints made from `since` to `until`, by `customers`."""

    customers: str
    since: date
    until: date
    parts: Sequence[Part]


def kind_of(column: str) -> Kind:
    """Return what a column holds; numbers of things where nothing else is known."""
    return _KIND_OF.get(column, "count")


def title(part: Part, lang: Language) -> str:
    """Return the title of a part."""
    return text(f"complaints.part_{part.name}", lang)


def heading(column: str, lang: Language) -> str:
    """Return the heading of a column."""
    return text(f"complaints.column_{column}", lang)


def worded(part: Part, lang: Language) -> pd.DataFrame:
    """Return the columns for people with every key in words, and the subjects of cases."""
    frame = part.frame
    shown = {name: frame[name].astype(object).to_list() for name in part.columns}
    for name in shown:
        if kind_of(name) == "text":
            shown[name] = [place(*pair, lang) for pair in _keys(frame, name)]
        elif kind_of(name) == "cases":
            shown[name] = frame["subjects"].to_list()
    return pd.DataFrame(shown, columns=list(part.columns), dtype=object)


def certainty(sure: float, lang: Language) -> str:
    """Return how sure something is; nothing that is counted is certain."""
    shown = percent(min(sure, _SUREST), lang)
    return text("complaints.over", lang, share=shown) if sure > _SUREST else shown


def records(frame: pd.DataFrame) -> list[dict[Any, Any]]:
    """Return rows for JSON, missing values as None."""
    rows = frame.astype(object).to_dict("records")
    return [{name: _plain(value) for name, value in row.items()} for row in rows]


def _plain(value: Any) -> Any:
    return value if isinstance(value, list) or not pd.isna(value) else None


def place(dimension: str, value: Any, lang: Language) -> str:
    """Return a value of a dimension in words; one that no list knows stays as it is."""
    if value == "":
        return text("complaints.unknown", lang)
    label = _LABELS.get(dimension)
    return (label and label(value, lang)) or str(value)


def _keys(frame: pd.DataFrame, name: str) -> list[tuple[str, Any]]:
    """Return (dimension, value) of each row of a column."""
    values = frame[name].astype(object)
    if _NAMED.get(name) in frame:
        named = frame[_NAMED[name]].astype(object)
        values = values.where(named == "", named)
    dimensions = frame["dimension"] if name == "what" else [name] * len(frame)
    return list(zip(dimensions, values, strict=True))


def _segment(key: str, lang: Language) -> str | None:
    found = catalogue().segments.get(key)
    return found.label[lang] if found else None


def _option(dropdown: str) -> Callable[[Any, Language], str | None]:
    def label(key: str, lang: Language) -> str | None:
        found = catalogue().dropdowns[dropdown].get(key)
        return found[lang] if found else None

    return label


_LABELS: Mapping[str, Callable[[Any, Language], str | None]] = {
    "month": month,
    "segment": _segment,
    "step": lambda key, lang: text(f"complaints.step_{key}", lang),
    "dimension": lambda key, lang: text(f"complaints.column_{key}", lang),
    "measure": lambda key, lang: text(f"complaints.measure_{key}", lang),
    **{name: _option(dropdown) for name, dropdown in _DROPDOWNS.items()},
}
