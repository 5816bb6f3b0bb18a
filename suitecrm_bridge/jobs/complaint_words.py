"""What figures about complaints go by, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from suitecrm_bridge.analytics.complaints.figures import DIMENSIONS
from suitecrm_bridge.catalogue import Language, catalogue
from suitecrm_bridge.i18n import month, text

_DROPDOWNS = {"lifecycle": "lifecycle", "cause": "complaint_cause", "channel": "complaint_channel"}
_NAMED = {"product": "product_name", "theme": "theme_title"}
"""Dimensions whose values are keys, with the column that holds their names."""


def worded(frame: pd.DataFrame, lang: Language) -> pd.DataFrame:
    """Return figures with every dimension in words; columns of names take the keys' place."""
    shown = frame.copy()
    for name in DIMENSIONS:
        if name in shown:
            values = shown[name].astype(object)
            if _NAMED.get(name) in shown:
                named = shown.pop(_NAMED[name]).astype(object)
                values = named.where(named != "", values)
            shown[name] = [place(name, value, lang) for value in values]
    return shown


def place(dimension: str, value: Any, lang: Language) -> str:
    """Return a value of a dimension in words; one that no list knows stays as it is."""
    if value == "":
        return text("complaints.unknown", lang)
    if dimension == "month":
        return month(value, lang)
    label = _LABELS.get(dimension)
    return (label and label(value, lang)) or str(value)


def _segment(key: str, lang: Language) -> str | None:
    found = catalogue().segments.get(key)
    return found.label.in_language(lang) if found else None


def _option(dropdown: str) -> Callable[[str, Language], str | None]:
    def label(key: str, lang: Language) -> str | None:
        found = catalogue().dropdowns[dropdown].get(key)
        return found.in_language(lang) if found else None

    return label


_LABELS: Mapping[str, Callable[[str, Language], str | None]] = {
    "segment": _segment,
    **{name: _option(dropdown) for name, dropdown in _DROPDOWNS.items()},
}
