"""What would make customers pay for themselves, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from suitecrm_bridge.analytics.intake import require_columns
from suitecrm_bridge.analytics.letting_go import MOST_RISE
from suitecrm_bridge.catalogue import LANGUAGES, Language
from suitecrm_bridge.i18n import money, percent, text

_KEYS = ["entity", "customer_id"]
WAYS = ("service", "discount", "delivery")
_AFTER = tuple(f"after_{way}_cents" for way in WAYS)
_COLUMNS = (*_KEYS, "loss_cents", "rise", *_AFTER, *(f"{way}_cents" for way in WAYS))


def letting_go_reasons(rows: pd.DataFrame) -> pd.DataFrame:
    """Say by how much prices would have to rise, and what would remain if something were charged.

    Columns in: those that `letting_go.compute` puts out.
    Columns out, with entity and customer_id as index: en, fr.

    Raises:
        MissingColumns: a column is missing.
    """
    require_columns(rows, _COLUMNS, "letting_go")
    records = rows[list(_COLUMNS)].astype({one: "int64" for one in _COLUMNS[2:]}).to_dict("records")
    out = {lang: [_said(row, lang) for row in records] for lang in LANGUAGES}
    index = pd.MultiIndex.from_frame(rows[_KEYS].astype(object))
    return pd.DataFrame(out, index=index, dtype=object)


def _said(row: Mapping[Any, Any], lang: Language) -> str:
    rise = percent(row["rise"] / 10_000, lang)
    key = "rise_beyond" if row["rise"] >= MOST_RISE else "rise"
    said = [text(f"relations.{key}", lang, loss=money(row["loss_cents"], lang), rise=rise)]
    said += [
        text(f"relations.apart_{way}", lang, left=money(row[f"after_{way}_cents"], lang))
        for way in WAYS
        if row[f"{way}_cents"] > 0
    ]
    return " ".join(said)
