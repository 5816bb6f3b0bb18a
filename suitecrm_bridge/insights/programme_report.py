"""What a report says of programmes, once one was started."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from suitecrm_bridge.catalogue import Rules
from suitecrm_bridge.i18n import text
from suitecrm_bridge.insights import programmes_together
from suitecrm_bridge.insights.choices import Choices
from suitecrm_bridge.insights.effects_over_all import Overall
from suitecrm_bridge.insights.programme_effects import brought
from suitecrm_bridge.insights.programme_tables import listed
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.tables import Table, words

OFF = "off"
NOT_SHOWN = ("known", "untreated", "days", "said")
"""Of effects: what the sentences below say, and what a page has no room for."""


def report_parts(mirror: Mirror, rules: Rules, choices: Choices) -> list[Table]:
    """Return who is in the programmes that run or ran, and what they brought; else no table.

    The tables: in_programmes, effects, effects_by_segment, effects_over_all. Verdicts are said in
    sentences, and not in a column.

    Raises:
        CatalogueError: a programme file cannot be used.
        DataError: a sum is out of range.
    """
    if not mirror.programmes.states():
        return []
    whole = listed(mirror, rules, choices.lang)
    rows = whole.frame[whole.frame["state"] != OFF].reset_index(drop=True)
    columns = [one for one in whole.columns if one.name != "key"]
    title = words("programmes.title_in_programmes")
    inside = replace(whole, name="in_programmes", frame=rows, columns=columns, title=title)
    overall, segments = brought(mirror, rules, choices).tables(choices.lang)
    together = programmes_together.together(mirror, rules, choices)
    return [
        inside,
        _in_sentences(replace(overall, name="effects"), choices),
        replace(segments, name="effects_by_segment"),
        *_together(together, choices),
    ]


def _together(found: dict[str, Overall], choices: Choices) -> Iterator[Table]:
    if found:
        told = programmes_together.table(found, choices.lang)
        yield _in_sentences(replace(told, name="effects_over_all"), choices)


def _in_sentences(table: Table, choices: Choices) -> Table:
    """Return a table of effects whose verdicts are said below it."""
    said = [
        text("effects.of_programme", choices.lang, programme=name, said=sentence)
        for name, sentence in zip(table.frame["programme_name"], table.frame["said"], strict=True)
    ]
    columns = [one for one in table.columns if one.name not in NOT_SHOWN]
    return replace(table, columns=columns, said=[*said, *table.said])
