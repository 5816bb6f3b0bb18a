"""What is due with customers, in a sentence."""

from __future__ import annotations

import pandas as pd

from suitecrm_bridge.analytics.days import to_date
from suitecrm_bridge.analytics.intake import require_columns
from suitecrm_bridge.catalogue import LANGUAGES
from suitecrm_bridge.i18n import day, number, text

_KEYS = ["entity", "customer_id"]
_COLUMNS = (*_KEYS, "product", "times", "gap_days", "due_day")


def need_reasons(rows: pd.DataFrame) -> pd.DataFrame:
    """Say what each customer uses up, how often, and when the next one is due.

    Columns in: entity, customer_id, product (its name); times, gap_days and due_day, as
    `needs.compute` puts them out, one row a customer.
    Columns out, with entity and customer_id as index: en, fr.

    Raises:
        MissingColumns: a column is missing.
    """
    require_columns(rows, _COLUMNS, "needs")
    records = rows[list(_COLUMNS)].to_dict("records")
    out = {
        lang: [
            text(
                "relations.need",
                lang,
                product=row["product"],
                times=number(int(row["times"]), lang),
                gap=number(int(row["gap_days"]), lang),
                day=day(to_date(int(row["due_day"])), lang),
            )
            for row in records
        ]
        for lang in LANGUAGES
    }
    index = pd.MultiIndex.from_frame(rows[_KEYS].astype(object))
    return pd.DataFrame(out, index=index, dtype=object)
