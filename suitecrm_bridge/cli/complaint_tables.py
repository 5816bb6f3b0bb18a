"""Tables about complaints on the terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from suitecrm_bridge.cli.output import say, show, show_json, shown
from suitecrm_bridge.cli.wording import decimal, percent
from suitecrm_bridge.i18n import current_language, text
from suitecrm_bridge.report import Part
from suitecrm_bridge.report.complaint_words import (
    Kind,
    certainty,
    heading,
    kind_of,
    records,
    title,
    worded,
)

LISTED = 3
"""Cases that are named in a line."""

_WORDS: Mapping[Kind, Callable[[Any], str]] = {
    "share": percent,
    "sure": lambda value: certainty(value, current_language()),
    "points": lambda value: decimal(value, 1),
    "decimal": lambda value: decimal(value, 2),
    "cases": lambda subjects: _listed(subjects),
}


def show_parts(parts: Sequence[Part], form: str) -> None:
    """Print tables: in JSON each under its name, in CSV the first one, which is the main one."""
    if form == "json":
        said = [line for part in parts for line in part.said]
        show_json({part.name: records(part.frame) for part in parts} | {"said": said})
    elif form == "csv":
        show(parts[0].frame, form, {})
    else:
        for number, part in enumerate(part for part in parts if len(part.frame) or part.said):
            if number:
                say()
            show_part(part, titled=len(parts) > 1)


def show_part(part: Part, *, titled: bool = False) -> None:
    """Print a table for people, with what is said below it."""
    lang = current_language()
    if titled:
        say(title(part, lang), bold=True)
    if part.columns and len(part.frame):
        show(table(part), "table", {name: heading(name, lang) for name in part.columns})
    for line in part.said:
        say(line)


def table(part: Part) -> pd.DataFrame:
    """Return what people see of a part, in words."""
    frame = worded(part, current_language())
    words = {name: _WORDS[kind_of(name)] for name in part.columns if kind_of(name) in _WORDS}
    return frame.assign(**{name: [say(v) for v in frame[name]] for name, say in words.items()})


def _listed(subjects: Sequence[str]) -> str:
    named = "; ".join(subject or text("complaints.unknown") for subject in subjects[:LISTED])
    more = len(subjects) - LISTED
    return text("complaints.and_more", named=named, more=shown(more)) if more > 0 else named
