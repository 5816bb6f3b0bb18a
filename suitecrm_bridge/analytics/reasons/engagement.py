"""What the engagement of customers is made up of, in a sentence."""

from __future__ import annotations

from functools import cache, partial

import pandas as pd

from suitecrm_bridge.analytics.intake import require_columns
from suitecrm_bridge.catalogue import LANGUAGES, Language
from suitecrm_bridge.i18n import number, text

_KEYS = ["entity", "customer_id"]


def engagement_reasons(signals: pd.DataFrame) -> pd.DataFrame:
    """Say what makes up the engagement of each customer, the greatest share first.

    The shares add up to the score.

    Columns in: entity, customer_id, signal, points, as `engagement.compute` puts them out.
    Columns out, with entity and customer_id as index: en, fr; whoever has no points is missing.

    Raises:
        MissingColumns: a column is missing.
    """
    require_columns(signals, (*_KEYS, "signal", "points"), "engagement")
    known = signals[signals["points"] > 0]
    known = known.sort_values([*_KEYS, "points", "signal"], ascending=[True, True, False, True])
    parts: dict[tuple[str, str], list[tuple[str, int]]] = {}
    columns = (known[name].to_list() for name in (*_KEYS, "signal", "points"))
    for entity, customer, signal, points in zip(*columns, strict=True):
        parts.setdefault((entity, customer), []).append((signal, int(points)))
    out = {}
    for lang in LANGUAGES:
        sentence = text("relations.engagement_shares", lang, shares="{shares}")
        shared = partial(_share, lang)
        out[lang] = [
            sentence.format(shares=", ".join(shared(*one) for one in own)) for own in parts.values()
        ]
    index = pd.MultiIndex.from_tuples(list(parts), names=_KEYS)
    return pd.DataFrame(out, index=index, dtype=object)


@cache
def _share(lang: Language, signal: str, points: int) -> str:
    """Return a signal with its points; most customers have the same few."""
    return text(f"relations.signal_{signal}", lang, points=number(points, lang))
