"""Why an action is the next one, in a sentence."""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import pandas as pd

from suitecrm_bridge.analytics.days import to_date
from suitecrm_bridge.analytics.intake import require_columns
from suitecrm_bridge.catalogue import LANGUAGES, ActionRule, ActionRules, Language
from suitecrm_bridge.i18n import day, money, number

_COLUMNS = (
    "rule",
    "last_day",
    "expected_day",
    "overdue_days",
    "stake_cents",
    "kept_cents",
    "attempts",
    "complaints",
    "offer",
)
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
    known = rows[list(_COLUMNS)].astype(object)
    records = known.where(known.notna(), None).to_dict("records")
    said = {}
    for lang in LANGUAGES:
        speakers = {rule.key: _speaker(rule, lang) for rule in rules.rules}
        said[lang] = [speakers[record["rule"]](record) for record in records]
    return pd.DataFrame(said, index=rows.index, dtype=object)


def _speaker(rule: ActionRule, lang: Language) -> Callable[[Mapping[Any, Any]], str]:
    """Return what says a row's reason; only the figures that the sentence names are shown."""
    sentence = rule.say[lang]
    named = {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}
    shown = [(name, *_FIGURES[name]) for name in sorted(named)]

    def say(row: Mapping[Any, Any]) -> str:
        figures = {
            name: UNKNOWN if row[column] is None else form(row[column], lang)
            for name, column, form in shown
        }
        return sentence.format(**figures)

    return say


@cache
def _day(value: int, lang: Language) -> str:
    return day(to_date(int(value)), lang)


_FIGURES: Mapping[str, tuple[str, Callable[[Any, Language], str]]] = {
    "last": ("last_day", _day),
    "expected": ("expected_day", _day),
    "overdue": ("overdue_days", number),
    "stake": ("stake_cents", money),
    "kept": ("kept_cents", money),
    "attempts": ("attempts", number),
    "complaints": ("complaints", number),
    "offer": ("offer", lambda value, _: str(value)),
}
