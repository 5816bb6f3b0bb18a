"""Why an action is the next one, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from suitecrm_bridge.analytics.days import to_date
from suitecrm_bridge.analytics.intake import require_columns
from suitecrm_bridge.catalogue import LANGUAGES, ActionRule, ActionRules, Language
from suitecrm_bridge.i18n import amount, day, number

_COLUMNS = (
    "rule", "last_day", "expected_day", "overdue_days", "stake_cents", "kept_cents", "attempts",
    "complaints", "offer",
)  # fmt: skip
UNKNOWN = "–"


def action_reasons(rows: pd.DataFrame, rules: ActionRules) -> pd.DataFrame:
    """Say why each customer's action is the next one.

    Columns in: rule, attempts, overdue_days, kept_cents, stake_cents, as `actions.compute` puts
    them out; last_day and expected_day (integer days of the last purchase, and by which the next
    was expected), complaints (open ones), offer (name of the product). Whatever is missing shows
    as a dash.
    Columns out, with the index of `rows`: en, fr.

    Args:
        rows: customers.
        rules: those that the actions were found by.

    Raises:
        MissingColumns: a column is missing.
    """
    require_columns(rows, _COLUMNS, "actions")
    by_key = {rule.key: rule for rule in rules.rules}
    known = rows[list(_COLUMNS)].astype(object)
    records = known.where(known.notna(), None).to_dict("records")
    said = {
        lang: [_said(by_key[record["rule"]], record, lang) for record in records]
        for lang in LANGUAGES
    }
    return pd.DataFrame(said, index=rows.index, dtype=object)


def _said(rule: ActionRule, row: Mapping[Any, Any], lang: Language) -> str:
    def shown(name: str, column: str, form: Any) -> dict[str, str]:
        value = row[column]
        return {name: UNKNOWN if value is None else form(int(value), lang)}

    figures = {
        **shown("last", "last_day", lambda value, one: day(to_date(value), one)),
        **shown("expected", "expected_day", lambda value, one: day(to_date(value), one)),
        **shown("overdue", "overdue_days", number),
        **shown("stake", "stake_cents", amount),
        **shown("kept", "kept_cents", amount),
        **shown("attempts", "attempts", number),
        **shown("complaints", "complaints", number),
        "offer": row["offer"] or UNKNOWN,
    }
    return rule.say.in_language(lang).format(**figures)
