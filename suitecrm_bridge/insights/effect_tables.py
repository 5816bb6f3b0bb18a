"""What programmes brought, as tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, get_args

import pandas as pd

from suitecrm_bridge.analytics.effects.verdict import Verdict, limits, tells
from suitecrm_bridge.catalogue import Language
from suitecrm_bridge.i18n import text
from suitecrm_bridge.insights.effects import Declared, Measured
from suitecrm_bridge.money import units
from suitecrm_bridge.tables import Column, Kind, Table, columns, words

PROGRAMMES: Mapping[str, Kind] = {
    "programme": "key",
    "verdict": "key",
    "treated": "count",
    "control": "count",
    "known": "count",
    "untreated": "money",
    "effect": "money",
    "low": "money",
    "high": "money",
    "bought": "share",
    "complained": "share",
    "opted_out": "share",
    "gain": "money",
    "days": "count",
    "said": "prose",
}
SEGMENTS: Mapping[str, Kind] = {
    "programme": "key",
    "segment": "segment",
    "treated": "count",
    "control": "count",
    "effect": "money",
    "low": "money",
    "high": "money",
    "chance": "share",
}
_ERRORS = 1.96
"""Errors on either side of an effect drawn towards those of all segments."""


def programmes(
    found: Mapping[str, Measured],
    declared: Mapping[str, Declared],
    lang: Language | None = None,
    labels: Mapping[str, str] | None = None,
) -> Table:
    """Return a row a programme, named for people by its label.

    Columns:
        * programme, verdict: keys, with their names
        * treated, control: who entered; known: of them those whose time is over
        * untreated: what an entrant brings without it; effect: what treating one brings more
        * low, high: the limits of that on every night, empty while too few are known
        * bought, complained, opted_out: how many more of the treated did, as a share
        * gain: of those treated whose time is over, less what addressing them cost
        * days: until it can be told; said: the verdict as a sentence
    """
    rows = [_row(key, one, declared[key]) for key, one in found.items()]
    frame = pd.DataFrame(rows, columns=list(PROGRAMMES), dtype=object)
    verdicts = {key: text(f"effects.verdict_{key}", lang) for key in get_args(Verdict)}
    frame = _named(frame, programme=labels or {}, verdict=verdicts)
    by_sales = any(one.by_sales for one in found.values())
    said = [text("effects.measured_sales", lang)] if by_sales else []
    title = words("effects.title_programmes")
    return Table("programmes", frame, _shown(PROGRAMMES), title, said=said)


def segments(found: Mapping[str, Measured], labels: Mapping[str, str] | None = None) -> Table:
    """Return a row for each segment of each programme, which is named for people by its label.

    Columns: programme, segment (at the entry), treated, control (whose time is over), effect (drawn
    towards that of all segments), low and high (between which it lies in 95 of 100 cases, on one
    day), chance (that it is above what addressing somebody costs).
    """
    rows = [
        {
            "programme": key,
            "segment": row["segment"],
            "treated": row["treated"],
            "control": row["control"],
            "effect": _money(row["effect"]),
            "low": _money(row["effect"] - _ERRORS * row["sure"]),
            "high": _money(row["effect"] + _ERRORS * row["sure"]),
            "chance": None if pd.isna(row["chance"]) else float(row["chance"]),
        }
        for key, one in found.items()
        for row in one.segments.to_dict("records")
    ]
    frame = pd.DataFrame(rows, columns=list(SEGMENTS), dtype=object)
    frame = _named(frame, programme=labels or {})
    return Table("segments", frame, _shown(SEGMENTS), words("effects.title_segments"))


def _named(frame: pd.DataFrame, **names: Mapping[str, str]) -> pd.DataFrame:
    """Return a frame with a column `x_name` beside each column of keys `x`."""
    for column, known in names.items():
        named = [known.get(key, key) for key in frame[column]]
        place = list(frame.columns).index(column) + 1
        frame.insert(place, f"{column}_name", pd.Series(named, index=frame.index, dtype=object))
    return frame


def _shown(kinds: Mapping[str, Kind]) -> list[Column]:
    return [
        replace(one, names=f"{one.name}_name") if one.kind == "key" else one
        for one in columns("effects.column_", kinds)
    ]


def _row(key: str, one: Measured, declared: Declared) -> dict[str, Any]:
    earns, low, high, gain = one.earns, None, None, None
    if earns is not None:
        gain = earns.treated * (earns.estimate - 100 * float(declared.cost))
        if tells(earns):
            low, high = limits(earns, declared.rule)
    return {
        "programme": key,
        "verdict": one.stands,
        "treated": one.split.treated,
        "control": one.split.control,
        "known": one.known,
        "untreated": _money(earns.untreated if earns else None),
        "effect": _money(earns.estimate if earns else None),
        "low": _money(low),
        "high": _money(high),
        "bought": one.buys.estimate if one.buys else None,
        "complained": one.complained,
        "opted_out": one.opted_out,
        "gain": _money(gain),
        "days": one.tonight.days,
        "said": one.said,
    }


def _money(cents: float | None) -> Decimal | None:
    return None if cents is None or pd.isna(cents) else units(round(cents))
