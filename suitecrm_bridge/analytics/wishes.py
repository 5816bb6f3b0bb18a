"""What customers wish for and which ideas they give, by words in what they wrote."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from suitecrm_bridge.analytics.engine import SqlEngine

IDEAS = "ideas"
WINDOW_DAYS = 730


def compute(
    engine: SqlEngine, as_of: date, ideas: Collection[str], themes: Mapping[str, Collection[str]]
) -> None:
    """Find which themes each text mentions, into the table `wish_mentions`.

    Tables in: `wish_facts` (customer_id, record_id, source, day, text: small letters, digits and
    single spaces, with one at each end).
    Columns out: customer_id, record_id, source, day, theme (IDEAS where it holds an idea).

    Args:
        engine: holds the table.
        as_of: the day to look from; what is older than two years says nothing any more.
        ideas: words by which an idea is known.
        themes: by theme the words that tell of it.

    Raises:
        DataError: the table is missing.
    """
    engine.look_from(as_of)
    engine.values("wish_parameters", {"window_days": WINDOW_DAYS})
    words = [{"theme": IDEAS, "word": word} for word in ideas]
    words += [{"theme": key, "word": word} for key, own in themes.items() for word in own]
    engine.values("wish_words", *words)
    engine.make("wish_mentions")
