"""Why somebody who asked will become a customer, or will not, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from suitecrm_bridge.analytics.days import to_date
from suitecrm_bridge.analytics.intake import require_columns
from suitecrm_bridge.analytics.leads import HORIZON
from suitecrm_bridge.catalogue import LANGUAGES, Language
from suitecrm_bridge.i18n import day, money, number, percent, text

_COLUMNS = ("kind", "lead_id", "probability", "usual", "value_cents", "worth_cents")
_POINTS = ("kind", "lead_id", "trait", "level", "points")
_NAMED = 2
"""Traits that are named for somebody, and against them."""
_LEAST = 100_000
"""Millionths of the logarithm of the odds: what moves them less is not named."""
_COUNTED = {"talks": 3, "clicks": 2}
"""Traits that are numbers, with the one that stands for more."""

Said = Mapping[tuple[str, str], Sequence[tuple[str, str]]]
"""Traits with their levels by kind and id, the strongest first."""


def lead_reasons(
    scores: pd.DataFrame,
    points: pd.DataFrame,
    entered: Mapping[tuple[str, str], int],
    campaigns: Mapping[str, str],
) -> pd.DataFrame:
    """Say why each lead or target has their score; no sentence changes while the facts stay.

    Columns in: of scores those of `lead_scores`, of points those of `lead_points`.
    Columns out, with the index of `scores`: en, fr.

    Args:
        scores: who is scored.
        points: what speaks for and against them.
        entered: the integer day of entry by kind and id.
        campaigns: names of campaigns by their ids.

    Raises:
        MissingColumns: a column is missing.
    """
    require_columns(scores, _COLUMNS, "lead_scores")
    require_columns(points, _POINTS, "lead_points")
    told = points[(points["level"] != "") & (points["points"].abs() >= _LEAST)]
    speaks = {
        "for": _strongest(told[told["points"] > 0]),
        "against": _strongest(told[told["points"] < 0]),
    }
    rows = scores[list(_COLUMNS)].astype(object).where(scores[list(_COLUMNS)].notna(), None)
    found = {}
    for lang in LANGUAGES:
        found[lang] = [
            " ".join(_sentences(row, speaks, entered, campaigns, lang))
            for row in rows.to_dict("records")
        ]
    return pd.DataFrame(found, index=scores.index, dtype=object)


def _strongest(points: pd.DataFrame) -> Said:
    order = points.assign(size=points["points"].abs())
    order = order.sort_values(["size", "trait"], ascending=[False, True], kind="stable")
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for kind, id, trait, level in order[["kind", "lead_id", "trait", "level"]].to_numpy(object):
        own = found.setdefault((kind, id), [])
        if len(own) < _NAMED:
            own.append((trait, level))
    return found


def _sentences(
    row: Mapping[Any, Any],
    speaks: Mapping[str, Said],
    entered: Mapping[tuple[str, str], int],
    campaigns: Mapping[str, str],
    lang: Language,
) -> Iterator[str]:
    who = (row["kind"], row["lead_id"])
    yield text(
        "analytics.lead_chance",
        lang,
        days=number(HORIZON, lang),
        chance=percent(row["probability"], lang),
        usual=percent(row["usual"], lang),
    )
    for side, said in speaks.items():
        if known := said.get(who):
            words = [_worded(*one, entered[who], campaigns, lang) for one in known]
            yield text(f"analytics.lead_{side}", lang, traits="; ".join(words))
    if row["value_cents"] is not None:
        value, worth = (money(row[name], lang) for name in ("value_cents", "worth_cents"))
        yield text("analytics.lead_worth", lang, value=value, worth=worth)


def _worded(
    trait: str, level: str, entered: int, campaigns: Mapping[str, str], lang: Language
) -> str:
    if trait == "age":
        return text("analytics.lead_age", lang, day=day(to_date(entered), lang))
    if trait in _COUNTED:
        count = int(level)
        more = "_more" if count == _COUNTED[trait] else "" if count else "_none"
        return text(f"analytics.lead_{trait}{more}", lang, count=count)
    level = campaigns.get(level, level) if trait == "campaign" else level
    return text(f"analytics.lead_{trait}", lang, level=level)
