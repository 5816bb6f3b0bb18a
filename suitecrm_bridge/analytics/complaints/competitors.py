"""Competitors that are named: by whom, for what, and in which opportunities won or lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from suitecrm_bridge.analytics.complaints.mentions import Names
from suitecrm_bridge.analytics.complaints.words import folded
from suitecrm_bridge.analytics.days import to_dates
from suitecrm_bridge.analytics.engine import SqlEngine
from suitecrm_bridge.catalogue import CompetitorRules, competitor_rules

_PART = 50_000
_LONGEST_NAME = 60
"""Characters; what is longer in the field is a remark, not a name."""
_NO_THEMES = pd.DataFrame({"case_id": [], "theme": []}, dtype="string")


def compute(engine: SqlEngine, as_of: date, rules: CompetitorRules | None = None) -> None:
    """Find who is named where, into the table `competitor_mentions`.

    Tables in: `competitor_texts` (source: case, note or opportunity; record_id; case_id and
    opportunity_id that it is or belongs to, "" where none; day; field: what people entered as the
    competitor, "" where nothing; text); `calendar_days`, as `timeline.prepare` leaves it.
    Columns out, a row for each competitor and record that names it: competitor, source,
    record_id, case_id, opportunity_id, day, month_day.

    Names are those of the rules and those that people entered often enough; what was entered and
    is none of them counts on its own case only.

    Args:
        engine: holds the tables.
        as_of: later texts do not exist yet.
        rules: the catalogue's competitors.toml; default, as it is shipped.

    Raises:
        DataError: a table is missing.
    """
    rules = rules or competitor_rules()
    engine.look_from(as_of)
    entered = _entered(engine.fetch("competitor_fields"), rules)
    often = {name: () for name, number in entered.items() if 0 < rules.from_field <= number}
    names = Names({**often, **rules.names})
    spelled = {folded(name): name for name in entered}
    rows = [
        (name, row.source, row.record_id)
        for part in _parts(engine)
        for row in part.itertuples(index=False)
        for name in sorted(_named(names, spelled, str(row.field), str(row.text)))
    ]
    columns = ["competitor", "source", "record_id"]
    engine.table("competitor_found", pd.DataFrame(rows, columns=columns, dtype="string"))
    engine.make("competitor_mentions")


def summary(engine: SqlEngine) -> pd.DataFrame:
    """Return how often each competitor is named, after `compute` and `timeline.prepare`.

    Tables in: `opportunity_facts` (opportunity_id, stage, cents).
    Columns out, the one named most first: competitor; records, cases, notes, opportunities (that
    name it); complaints (that name it, or a note of which does); first, last (dates); won, lost,
    open (opportunities that name it, or a note of which does); won_cents, lost_cents, open_cents.
    """
    found = engine.fetch("competitor_summary")
    for name in ("first", "last"):
        found[name] = to_dates(found.pop(f"{name}_day"))
    order = [*found.columns[:6], "first", "last", *found.columns[6:-2]]
    return found[order]


def about(engine: SqlEngine, *, themes: bool = False) -> pd.DataFrame:
    """Return what complaints that name a competitor are about, after `compute`.

    Tables in: `complaint_timeline`; with `themes`, `case_themes`.
    Columns out: competitor, dimension ("product", "cause", "theme"), value, number; the most
    frequent value of each first.
    """
    engine.table("competitor_themes", "case_themes" if themes else _NO_THEMES)
    return engine.fetch("competitor_about")


def by_month(engine: SqlEngine) -> pd.DataFrame:
    """Return how many records name each competitor, after `compute`: competitor, month, number."""
    found = engine.fetch("competitor_months")
    return found.assign(month=to_dates(found["month_day"]))[["competitor", "month", "number"]]


def _parts(engine: SqlEngine) -> Iterator[pd.DataFrame]:
    after = 0
    while True:
        span = pd.DataFrame({"after_place": [after], "last_place": [after + _PART]})
        engine.table("competitor_span", span)
        part = engine.fetch("competitor_part")
        if part.empty:
            return
        yield part
        after += _PART


def _entered(fields: pd.DataFrame, rules: CompetitorRules) -> dict[str, int]:
    """Return the names that people entered, each in its commonest spelling, with their number."""
    numbers: dict[str, int] = {}
    spelled: dict[str, str] = {}
    no_names = {folded(word) for word in rules.no_names}
    for field, number in fields.itertuples(index=False, name=None):
        key = folded(field)
        if key in no_names or len(field) > _LONGEST_NAME or sum(map(str.isalnum, key)) < 2:
            continue
        name = spelled.setdefault(key, field)
        numbers[name] = numbers.get(name, 0) + int(number)
    return numbers


def _named(names: Names, spelled: dict[str, str], field: str, text: str) -> set[str]:
    found = names.found(text)
    if field:
        entered = names.found(field) or {spelled.get(folded(field), "")}
        found |= entered - {""}
    return found
