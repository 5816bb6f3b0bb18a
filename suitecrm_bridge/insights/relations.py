"""What there is between a customer and us beside buying, as scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from suitecrm_bridge.analytics import engagement, habits, letting_go, needs, wishes
from suitecrm_bridge.analytics.days import to_dates
from suitecrm_bridge.analytics.engine import Engine, Tables
from suitecrm_bridge.analytics.reasons.engagement import engagement_reasons
from suitecrm_bridge.analytics.reasons.habits import habit_reasons
from suitecrm_bridge.analytics.reasons.ideas import idea_reasons
from suitecrm_bridge.analytics.reasons.letting_go import letting_go_reasons
from suitecrm_bridge.analytics.reasons.needs import need_reasons
from suitecrm_bridge.catalogue import LANGUAGES
from suitecrm_bridge.insights.choices import Choices
from suitecrm_bridge.mirror import Mirror

_KEYS = ["entity", "customer_id"]


class Relations:
    """What there is between everyone in `engine` and us, after `give_facts` and `Worth`.

    Args:
        mirror: holds the names of products.
        choices: what the installation has chosen.
        engine: where the figures are.
        as_of: the day of the scores.
    """

    def __init__(self, mirror: Mirror, choices: Choices, engine: Engine, as_of: date) -> None:
        self._products = mirror.facts.product_names()
        self._rules = rules = choices.rules
        habits.compute(engine, as_of)
        find_wishes(engine, as_of, choices)
        points = {name: (one.points, one.times) for name, one in rules.engagement.items()}
        engagement.compute(engine, as_of, points)
        needs.compute(engine, as_of)
        letting_go.compute(engine, as_of, rules.fixed_percent)

    def of(self, part: Tables) -> pd.DataFrame:
        """Return the scores of a part.

        Columns out, with entity and customer_id as index: preferred_channel and best_moment (keys,
        None where there is too little to tell); engagement (0 to 100); next_need (name of a
        product) and next_need_due; price_rise (Decimal, a share, of who costs more than they
        bring); ideas (how many they gave); relation_reason in every language.
        """
        everyone = pd.MultiIndex.from_frame(part.fetch("rfm")[_KEYS])
        known, costly = part.fetch("habits"), part.fetch("letting_go")
        due = _first_needs(part.fetch("needs"), self._products)
        givers = wishes.givers(part.fetch("wish_mentions"))
        said = [
            habit_reasons(known),
            engagement_reasons(part.fetch("engagement_signals")),
            need_reasons(due),
            letting_go_reasons(costly),
            idea_reasons(givers, self._rules.wishes),
        ]
        first = due.set_index(_KEYS).reindex(everyone)
        engaged = part.fetch("engagement").set_index(_KEYS)["engagement"]
        rise = costly.set_index(_KEYS)["rise"].reindex(everyone).astype(object)
        ideas = givers.set_index(_KEYS)["ideas"].reindex(everyone)
        figures = pd.DataFrame(index=everyone).assign(
            **_habits(known, everyone),
            engagement=engaged.reindex(everyone).astype(object),
            next_need=first["product"].where(first["product"].notna(), None),
            next_need_due=to_dates(first["due_day"].astype("Int64")),
            ideas=ideas.astype("Int64").astype(object),
            price_rise=rise.map(lambda one: Decimal(int(one)).scaleb(-4), na_action="ignore"),
        )
        return figures.join(_sentences(said, everyone))


def _first_needs(known: pd.DataFrame, products: Mapping[str, str]) -> pd.DataFrame:
    """Return what is due first for each customer, of the products that have a name."""
    named = known.assign(product=known["product_id"].map(products))
    named = named[named["product"].notna()].sort_values([*_KEYS, "place"])
    return named.drop_duplicates(_KEYS).astype({"product": object}).reset_index(drop=True)


def find_wishes(engine: Engine, as_of: date, choices: Choices) -> None:
    """Find wishes and ideas in what customers wrote, after `give_facts`."""
    found = choices.rules.wishes
    themes = {key: theme.words for key, theme in found.themes.items()}
    wishes.compute(engine, as_of, found.ideas, found.wants, themes)


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
