"""What there is between a customer and us beside buying, as scores."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from suitecrm_bridge.analytics import habits
from suitecrm_bridge.analytics.engine import Engine, Tables
from suitecrm_bridge.analytics.reasons.habits import habit_reasons
from suitecrm_bridge.catalogue import LANGUAGES

_KEYS = ["entity", "customer_id"]


class Relations:
    """What there is between everyone in `engine` and us, after `give_facts` and `Worth`.

    Args:
        engine: where the figures are.
        as_of: the day of the scores.
    """

    def __init__(self, engine: Engine, as_of: date) -> None:
        habits.compute(engine, as_of)

    def of(self, part: Tables) -> pd.DataFrame:
        """Return the scores of a part.

        Columns out, with entity and customer_id as index: preferred_channel and best_moment (keys,
        None where there is too little to tell); relation_reason in every language.
        """
        everyone = pd.MultiIndex.from_frame(part.fetch("rfm")[_KEYS])
        known = part.fetch("habits")
        figures = pd.DataFrame(index=everyone).assign(**_habits(known, everyone))
        return figures.join(_sentences([habit_reasons(known)], everyone))


def _habits(known: pd.DataFrame, everyone: pd.MultiIndex) -> dict[str, pd.Series[str]]:
    """Return the channel and the moment of everybody: a weekday, a part of it, or both."""
    asked = {
        question: own.set_index(_KEYS)["answer"].reindex(everyone).astype(object)
        for question, own in ((name, known[known["question"] == name]) for name in habits.QUESTIONS)
    }
    days, parts = (asked[name].fillna("") for name in ("weekday", "part"))
    moments = ["_".join(filter(None, both)) or None for both in zip(days, parts, strict=True)]
    channel = asked["channel"].where(asked["channel"].notna(), None)
    return {
        "preferred_channel": channel,
        "best_moment": pd.Series(moments, index=everyone, dtype=object),
    }


def _sentences(parts: Sequence[pd.DataFrame], everyone: pd.MultiIndex) -> pd.DataFrame:
    found = {}
    for lang in LANGUAGES:
        said = [part[lang].reindex(everyone).astype(object).fillna("") for part in parts]
        rows = zip(*said, strict=True)
        found[f"relation_reason_{lang}"] = [" ".join(filter(None, row)) for row in rows]
    return pd.DataFrame(found, index=everyone, dtype=object)
