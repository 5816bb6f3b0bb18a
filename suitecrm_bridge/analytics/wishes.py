"""What customers wish for and which ideas they give, by words in what they wrote.

In a survey every answer in words says what somebody wants. A case says first of all what went
wrong, and a note what was done: they count where they say that something is wanted, or hold an
idea.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

import pandas as pd

from suitecrm_bridge.analytics.engine import SqlEngine, Values
from suitecrm_bridge.analytics.intake import require_columns

IDEAS, WANTS = "ideas", "wants"
WINDOW_DAYS = 730
_MENTIONS = ("customer_id", "record_id", "source", "day", "theme")


def compute(
    engine: SqlEngine,
    as_of: date,
    ideas: Collection[str],
    wants: Collection[str],
    themes: Mapping[str, Collection[str]],
) -> None:
    """Find which themes each text mentions, into the table `wish_mentions`.

    Tables in: `wish_facts` (customer_id, record_id, source, day, text: small letters, digits and
    single spaces, with one at each end).
    Columns out: customer_id, record_id, source, day, theme (IDEAS where it holds an idea, WANTS
    where it says that something is wanted).

    Args:
        engine: holds the table.
        as_of: the day to look from; what is older than two years says nothing any more.
        ideas: words by which an idea is known.
        wants: words by which it is known that something is wanted.
        themes: by theme the words that tell of it.

    Raises:
        DataError: the table is missing.
    """
    engine.look_from(as_of)
    engine.values("wish_parameters", {"window_days": WINDOW_DAYS})
    told = {IDEAS: ideas, WANTS: wants, **themes}
    words: list[Values] = [
        {"theme": key, "word": word} for key, own in told.items() for word in own
    ]
    engine.values("wish_words", *words)
    engine.make("wish_mentions")


def by_theme(mentions: pd.DataFrame, customers: pd.DataFrame) -> pd.DataFrame:
    """Return what is wished for by theme and segment, the most frequent theme first.

    Columns in: of `mentions` those that `compute` puts out; of `customers` customer_id, segment and
    worth_cents (missing counts as none).
    Columns out: theme, theme_texts (of all segments), segment, texts, customers, worth_cents.

    Raises:
        MissingColumns: a column is missing.
    """
    require_columns(mentions, _MENTIONS, "wish_mentions")
    require_columns(customers, ("customer_id", "segment", "worth_cents"), "customers")
    wanting = mentions.loc[mentions["theme"].isin([IDEAS, WANTS]), "record_id"]
    said = (mentions["source"] == "survey") | mentions["record_id"].isin(wanting)
    wishes = mentions[said & ~mentions["theme"].isin([IDEAS, WANTS])]
    worth = customers.assign(worth_cents=customers["worth_cents"].fillna(0).astype("int64"))
    rows = wishes[["customer_id", "record_id", "theme"]].merge(worth, on="customer_id")
    each = rows.groupby(["theme", "segment"])
    own = rows.drop_duplicates(["theme", "segment", "customer_id"]).groupby(["theme", "segment"])
    found = pd.DataFrame(
        {
            "texts": each["record_id"].nunique(),
            "customers": own.size(),
            "worth_cents": own["worth_cents"].sum(),
        }
    ).reset_index()
    in_all = rows.groupby("theme")["record_id"].nunique()
    behind = rows.drop_duplicates(["theme", "customer_id"]).groupby("theme")["worth_cents"].sum()
    found = found.assign(theme_texts=found["theme"].map(in_all), behind=found["theme"].map(behind))
    order = ["theme_texts", "behind", "theme", "texts", "worth_cents", "segment"]
    up = [False, False, True, False, False, True]
    found = found.sort_values(order, ascending=up, ignore_index=True)
    return found[["theme", "theme_texts", "segment", "texts", "customers", "worth_cents"]]


def givers(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return who gives ideas, those with most first.

    Columns in: entity, and those that `compute` puts out.
    Columns out: entity, customer_id, ideas (texts), last_day, themes (keys of what they are about,
    in the order of the alphabet, with a comma between them).

    Raises:
        MissingColumns: a column is missing.
    """
    require_columns(mentions, ("entity", *_MENTIONS), "wish_mentions")
    keys = ["entity", "customer_id"]
    ideas = mentions[mentions["theme"] == IDEAS]
    found = ideas.groupby(keys).agg(ideas=("record_id", "nunique"), last_day=("day", "max"))
    about = mentions[
        mentions["record_id"].isin(ideas["record_id"]) & ~mentions["theme"].isin([IDEAS, WANTS])
    ]
    themes = about.groupby(keys)["theme"].agg(lambda own: ",".join(sorted(set(own))))
    found = found.join(themes.rename("themes")).fillna({"themes": ""}).reset_index()
    return found.sort_values(
        ["ideas", "last_day", "customer_id"], ascending=[False, False, True], ignore_index=True
    )
