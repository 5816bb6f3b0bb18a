"""What there is between a customer and us beside buying, as scores."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from suitecrm_bridge.analytics import engagement, habits, wishes
from suitecrm_bridge.analytics.engine import Engine, Tables
from suitecrm_bridge.analytics.reasons.engagement import engagement_reasons
from suitecrm_bridge.analytics.reasons.habits import habit_reasons
from suitecrm_bridge.catalogue import LANGUAGES, Rules

_KEYS = ["entity", "customer_id"]


class Relations:
    """What there is between everyone in `engine` and us, after `give_facts` and `Worth`.

    Args:
        engine: where the figures are.
        as_of: the day of the scores.
        rules: those of the installation.
    """

    def __init__(self, engine: Engine, as_of: date, rules: Rules) -> None:
        habits.compute(engine, as_of)
        find_wishes(engine, as_of, rules)
        points = {name: (one.points, one.times) for name, one in rules.engagement.items()}
        engagement.compute(engine, as_of, points)

    def of(self, part: Tables) -> pd.DataFrame:
        """Return the scores of a part.

        Columns out, with entity and customer_id as index: preferred_channel and best_moment (keys,
        None where there is too little to tell); engagement (0 to 100); relation_reason in every
        language.
        """
        everyone = pd.MultiIndex.from_frame(part.fetch("rfm")[_KEYS])
        known = part.fetch("habits")
        engaged = part.fetch("engagement").set_index(_KEYS)["engagement"]
        figures = pd.DataFrame(index=everyone).assign(
            **_habits(known, everyone), engagement=engaged.reindex(everyone).astype(object)
        )
        said = [habit_reasons(known), engagement_reasons(part.fetch("engagement_signals"))]
        return figures.join(_sentences(said, everyone))


def find_wishes(engine: Engine, as_of: date, rules: Rules) -> None:
    """Find wishes and ideas in what customers wrote, after `give_facts`."""
    found = rules.wishes
    themes = {key: theme.words for key, theme in found.themes.items()}
    wishes.compute(engine, as_of, found.ideas, themes)


def _habits(known: pd.DataFrame, everyone: pd.MultiIndex) -> dict[str, pd.Series[Any]]:
    """Return the channel and the moment of everybody: a weekday, a part of it, or both."""
    asked = {
        question: known[known["question"] == question]
        .set_index(_KEYS)["answer"]
        .reindex(everyone)
        .astype(object)
        for question in habits.QUESTIONS
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
