"""Tables as wide as a terminal: words and figures stay whole, what has no room goes below."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

GAP = 2
"""Blanks between two columns."""
LONGEST_WORD = 22
"""A longer word than that may be broken; it is none that people write."""
LONGEST_TEXT = 160
"""Characters of a text in a terminal."""


@dataclass(frozen=True)
class Shape:
    """How a column is drawn.

    Args:
        heading: its words.
        numeric: to the right.
        whole: each cell stands in one line.
        spare: whether it is left out first; the lowest number before the others, 0 never.
    """

    heading: str
    numeric: bool = False
    whole: bool = False
    spare: int = 0


@dataclass(frozen=True)
class Fitted:
    """The tables below another, each the widths of columns by their places; what is left out."""

    tables: list[dict[int, int]]
    left_out: list[int]


def fitted(shapes: Sequence[Shape], rows: Sequence[Sequence[str]], room: int) -> Fitted:
    """Return how a table is drawn in a terminal of that many columns.

    Spare columns are left out where they have no room. If that is not enough the others go into
    tables below, each with the first column.
    """
    cells = [[row[place] for row in rows] for place in range(len(shapes))]
    least = [_least(*pair) for pair in zip(shapes, cells, strict=True)]
    most = [_most(*pair) for pair in zip(shapes, cells, strict=True)]
    kept, left_out = list(range(len(shapes))), []
    for place in sorted((p for p in kept if shapes[p].spare), key=lambda p: shapes[p].spare):
        if _together(kept, least) <= room:
            break
        kept.remove(place)
        left_out.append(place)
    tables = _split(kept, least, shapes, room)
    return Fitted([_widened(table, least, most, room) for table in tables], sorted(left_out))


def wrapped(text: str, room: int) -> str:
    """Return a text broken at blanks where its lines are too long; other spaces hold."""
    lines = (
        textwrap.fill(
            line,
            max(room, 1),
            subsequent_indent=" " * (len(line) - len(line.lstrip())),
            break_long_words=False,
            break_on_hyphens=False,
        )
        for line in text.split("\n")
    )
    return "\n".join(lines)


def shortened(text: str) -> str:
    """Return a text that is not too long to be looked at."""
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def _split(
    kept: list[int], least: Sequence[int], shapes: Sequence[Shape], room: int
) -> list[list[int]]:
    if _together(kept, least) <= room or len(kept) < 2:
        return [kept]
    heads = 1
    while heads < len(kept) and not shapes[kept[heads]].numeric and heads < 2:
        heads += 1
    if _together(kept[: heads + 1], least) > room:
        heads = 1
    head, tables = kept[:heads], []
    table = list(head)
    for place in kept[heads:]:
        if len(table) > heads and _together([*table, place], least) > room:
            tables.append(table)
            table = list(head)
        table.append(place)
    return [*tables, table]


def _widened(
    table: Sequence[int], least: Sequence[int], most: Sequence[int], room: int
) -> dict[int, int]:
    """Return the widths of a table; what is left goes to who has a use for it, neediest last."""
    widths = {place: least[place] for place in table}
    left = max(room - _together(table, least), 0)
    needy = sorted(table, key=lambda place: most[place] - least[place])
    for number, place in enumerate(needy):
        more = min(most[place] - least[place], left // (len(needy) - number))
        widths[place] += more
        left -= more
    return widths


def _together(places: Sequence[int], widths: Sequence[int]) -> int:
    return sum(widths[place] for place in places) + GAP * (len(places) - 1)


def _least(shape: Shape, cells: Sequence[str]) -> int:
    heading = max((cell_len(word) for word in shape.heading.split(" ")), default=1)
    if shape.whole:
        return max(heading, _longest(cells))
    words = max((cell_len(word) for cell in cells for word in cell.split(" ")), default=1)
    return max(heading, min(words, LONGEST_WORD), 1)


def _most(shape: Shape, cells: Sequence[str]) -> int:
    return max(_least(shape, cells), cell_len(shape.heading), _longest(cells))


def cell_len(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    from rich.cells import cell_len as measured

    return measured(text)


def _longest(cells: Sequence[str]) -> int:
    return max((cell_len(cell) for cell in cells), default=1)
