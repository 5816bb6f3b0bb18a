"""Who gives ideas, in a sentence."""

from __future__ import annotations

import pandas as pd

from suitecrm_bridge.analytics.days import to_date
from suitecrm_bridge.analytics.intake import require_columns
from suitecrm_bridge.catalogue import LANGUAGES, Language
from suitecrm_bridge.catalogue.relating import Wishes
from suitecrm_bridge.i18n import day, number, text

_KEYS = ["entity", "customer_id"]
_COLUMNS = (*_KEYS, "ideas", "last_day", "themes")


def idea_reasons(rows: pd.DataFrame, rules: Wishes) -> pd.DataFrame:
    """Say how many ideas each customer gave, when the last was, and what they are about.

    Columns in: those that `wishes.givers` puts out.
    Columns out, with entity and customer_id as index: en, fr.

    Raises:
        MissingColumns: a column is missing.
    """
    require_columns(rows, _COLUMNS, "ideas")
    records = rows[list(_COLUMNS)].to_dict("records")
    out: dict[str, list[str]] = {}
    for lang in LANGUAGES:
        out[lang] = []
        for row in records:
            said = text(
                "relations.ideas",
                lang,
                count=int(row["ideas"]),
                number=number(int(row["ideas"]), lang),
                day=day(to_date(int(row["last_day"])), lang),
            )
            about = called(row["themes"], rules, lang)
            more = text("relations.ideas_about", lang, themes=about) if about else ""
            out[lang].append(" ".join(filter(None, (said, more))))
    index = pd.MultiIndex.from_frame(rows[_KEYS].astype(object))
    return pd.DataFrame(out, index=index, dtype=object)


def called(keys: str, rules: Wishes, lang: Language) -> str:
    """Return what themes are called, from their keys with a comma between them."""
    return ", ".join(
        rules.themes[key].title[lang] for key in keys.split(",") if key in rules.themes
    )
