"""On which channel customers answer, and when, in sentences."""

from __future__ import annotations

import pandas as pd

from suitecrm_bridge.analytics.habits import QUESTIONS
from suitecrm_bridge.analytics.intake import require_columns
from suitecrm_bridge.catalogue import LANGUAGES, catalogue
from suitecrm_bridge.i18n import number, percent, text

_COLUMNS = ("entity", "customer_id", "question", "answer", "way", "tried", "answered", "base")
_KEYS = ["entity", "customer_id"]


def habit_reasons(rows: pd.DataFrame) -> pd.DataFrame:
    """Say what each habit rests on: channel, part of the day, weekday.

    Columns in: those that `habits.compute` puts out.
    Columns out, with entity and customer_id as index: en, fr; whoever has no habit is missing.

    Raises:
        MissingColumns: a column is missing.
    """
    require_columns(rows, _COLUMNS, "habits")
    places = {question: place for place, question in enumerate(QUESTIONS)}
    order = rows.assign(place=[places[one] for one in rows["question"]])
    said: dict[tuple[str, str], dict[str, list[str]]] = {}
    for row in order.sort_values([*_KEYS, "place"]).to_dict("records"):
        key = (str(row["entity"]), str(row["customer_id"]))
        dropdown = "complaint_channel" if row["question"] == "channel" else "best_moment"
        named = catalogue().dropdowns[dropdown].get(str(row["answer"]))
        for lang in LANGUAGES:
            told = text(
                f"relations.habit_{row['way']}",
                lang,
                what=named[lang] if named else row["answer"],
                answered=number(int(row["answered"]), lang),
                tried=number(int(row["tried"]), lang),
                base=percent(float(row["base"]), lang),
            )
            said.setdefault(key, {}).setdefault(lang, []).append(told)
    index = pd.MultiIndex.from_tuples(list(said), names=_KEYS)
    out = {lang: [" ".join(one[lang]) for one in said.values()] for lang in LANGUAGES}
    return pd.DataFrame(out, index=index, dtype=object)
