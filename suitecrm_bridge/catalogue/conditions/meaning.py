"""What names and values mean together, and the complaint where they mean nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from suitecrm_bridge.catalogue.conditions.names import SINCE, Names
from suitecrm_bridge.catalogue.conditions.tokens import Problem, Token, nearest
from suitecrm_bridge.catalogue.conditions.tree import ASKED, Figure, Moment, Value

NUMBERS = ("int", "number", "money")
DATES = ("date", "datetime")
TEXTS = ("text", "enum", "id")
UNITS = {"day": (1, 0), "week": (7, 0), "month": (0, 1), "year": (0, 12)}
"""Days and months of each."""
WHAT: Mapping[str, str] = {
    **dict.fromkeys(NUMBERS, "a number"),
    **dict.fromkeys(DATES, "a day: 2026-03-31, today, or 90 days ago"),
    **dict.fromkeys(TEXTS, 'a text between quotes, such as "FR"'),
    "bool": "true or false",
}
"""What a figure of each kind is compared with."""


def narrowed(figure: Figure, value: Value) -> Figure:
    """Return a figure with the kind of what it is compared with, where nothing else tells it."""
    if figure.kind != ASKED:
        return figure
    kinds = ((bool, "bool"), (date | Moment, "date"), (int | Decimal, "number"))
    kind = next((kind for known, kind in kinds if isinstance(value, known)), "text")
    return replace(figure, kind=kind)


def guessed(figure: Figure, token: Token, peek: Callable[[], Token]) -> Figure:
    """Return a column with the kind of the value that stands next; `peek` tells what follows."""
    word = token.value.lower()
    if token.kind == "text":
        return narrowed(figure, "")
    if word in ("true", "false", "yes", "no"):
        return narrowed(figure, True)
    if token.kind == "number" and peek().value.lower().removesuffix("s") not in UNITS:
        return narrowed(figure, 0)
    return narrowed(figure, Moment())


def known_word(figure: Figure, word: str) -> str:
    """Return a word of a figure's.

    Raises:
        Problem: the figure has no such word.
    """
    if figure.words is not None and word not in figure.words:
        raise Problem(f"{figure.name} has no {word!r}{nearest(word, figure.words)}")
    return word


def unknown(name: str, known: Names) -> str:
    """Return the complaint about a name that means nothing."""
    found = f"there is no figure or column {name!r} of {known.whose}"
    if any(name.lower() in words for words in SINCE.values()):
        return (
            f"{found}; what happened since a wave is asked by if under [waves.…] and by when"
            " under [exit]"
        )
    if "." not in name:
        found += nearest(name, known.figures)
        return f"{found}; another column of the record is written {known.whose}.{name.lower()}"
    return f"{found}{nearest(name, known.figures)}"
