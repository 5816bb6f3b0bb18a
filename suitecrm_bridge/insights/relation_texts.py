"""What customers wish for, and who gives ideas, as tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from suitecrm_bridge.analytics import wishes
from suitecrm_bridge.analytics.amounts import to_units
from suitecrm_bridge.analytics.days import to_dates
from suitecrm_bridge.analytics.reasons.ideas import called
from suitecrm_bridge.i18n import text
from suitecrm_bridge.insights.relation_base import Asked, in_cents, made
from suitecrm_bridge.insights.relations import find_wishes
from suitecrm_bridge.tables import Kind, Table

WISHES: Mapping[str, Kind] = {
    "theme": "text",
    "theme_texts": "count",
    "segment": "segment",
    "texts": "count",
    "customers": "count",
    "clv": "money",
}


def wished(asked: Asked) -> Table:
    """Return what customers wish for by theme and segment, the most frequent theme first.

    Columns out: theme (key), theme_texts, segment, texts, customers, clv (Decimal).

    Raises:
        NotFound: nothing was scored yet.
    """
    mentions, scores = _mentions(asked), asked.scores
    people = pd.DataFrame(
        {
            "customer_id": scores["customer_id"].astype(object),
            "segment": scores["rfm_segment"].fillna("").astype(object),
            "worth_cents": in_cents(scores["clv"]),
        }
    )
    found = wishes.by_theme(mentions, people)
    frame = found.drop(columns="worth_cents").assign(clv=to_units(found["worth_cents"]))
    themes = asked.choices.rules.wishes.themes
    told = frame.assign(theme=[themes[key].title[asked.choices.lang] for key in frame["theme"]])
    said = text("relations.wishes_said", asked.choices.lang) if len(frame) else ""
    return replace(made("wishes", frame, WISHES, told), said=(said,) if said else ())


IDEAS: Mapping[str, Kind] = {
    "name": "text",
    "ideas": "count",
    "last_idea": "date",
    "about": "text",
    "segment": "segment",
    "clv": "money",
    "customer_id": "id",
}


def idea_givers(asked: Asked) -> Table:
    """Return who gives ideas for improvement, those with most first.

    Columns out: name, ideas, last_idea (date), about (keys of themes), segment, clv, customer_id.

    Raises:
        NotFound: nothing was scored yet.
    """
    mentions, scores = _mentions(asked), asked.scores
    found = wishes.givers(mentions)
    known = scores.set_index("customer_id").reindex(found["customer_id"])
    frame = pd.DataFrame(
        {
            "name": known["name"].fillna("").to_list(),
            "ideas": found["ideas"],
            "last_idea": to_dates(found["last_day"].astype("Int64")),
            "about": found["themes"].astype(object),
            "segment": known["rfm_segment"].fillna("").to_list(),
            "clv": known["clv"].to_list(),
            "customer_id": found["customer_id"].astype(object),
        }
    )
    told = [called(keys, asked.choices.rules.wishes, asked.choices.lang) for keys in frame["about"]]
    return made("ideas", frame, IDEAS, frame.assign(about=told))


def _mentions(asked: Asked) -> pd.DataFrame:
    """Return what customers of the kind mention."""
    find_wishes(asked.engine, asked.day, asked.choices)
    found, scores = asked.engine.fetch("wish_mentions"), asked.scores
    own = (found["entity"] == asked.entity) & found["customer_id"].isin(scores["customer_id"])
    return found[own]
