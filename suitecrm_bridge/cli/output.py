"""Data on stdout: as a table for people, as CSV or JSON for programs."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click

from suitecrm_bridge.catalogue import Language
from suitecrm_bridge.cli.fitting import GAP, Shape, fitted, shortened, wrapped
from suitecrm_bridge.harmless import harmless, in_csv, in_json, in_line
from suitecrm_bridge.i18n import current_currency, current_language, text
from suitecrm_bridge.ids import short_ids
from suitecrm_bridge.money import is_missing
from suitecrm_bridge.tables import NUMERIC, Column, Table, records, worded
from suitecrm_bridge.tables import shown as in_words

# What draws tables is imported where one is drawn: a call for help draws none.
if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console
    from rich.table import Table as Grid

SEEN_IN_FULL: frozenset[str] = NUMERIC | {"date", "month", "id"}
"""Kinds whose cells stand in one line."""


def show(frame: pd.DataFrame, form: str, headers: Mapping[str, str], note: str = "") -> None:
    """Print a table.

    Args:
        frame: the rows; CSV and JSON hold every column.
        form: table, csv or json.
        headers: the columns of the table for people, with their headings.
        note: what people must know of it, on standard error: a pipe gets the rows.
    """
    if form == "json":
        records = [dict(zip(frame.columns, row, strict=True)) for row in _rows(frame)]
        show_json(records)
    elif form == "csv":
        buffer = io.StringIO()
        _guarded(frame).to_csv(buffer, index=False, lineterminator="\n")
        click.echo(buffer.getvalue(), nl=False)
    else:
        _show_table(frame[list(headers)], list(headers.values()))
        if note:
            say(note, err=True)


def show_table(table: Table, form: str, note: str = "", spare: Sequence[str] = ()) -> None:
    """Print a table: for people in words, with what is said below it; CSV and JSON as it is.

    What people must know of it, the note, goes to standard error: a pipe gets the rows. `spare`
    names columns that are left out, in this order, where the terminal has no room for them.
    """
    if form != "table":
        show(table.frame, form, {})
        return
    if table.columns and len(table.frame):
        lang = current_language()
        order = {name: place for place, name in enumerate(spare, 1)}
        shapes = [_shape(column, order.get(column.name, 0), lang) for column in table.columns]
        ids = [place for place, column in enumerate(table.columns) if column.kind == "id"]
        _print_rows(shapes, worded(table, lang), ids)
    for line in table.said:
        say(line)
    if note:
        say(note, err=True)


def show_tables(tables: Sequence[Table], form: str) -> None:
    """Print tables: in JSON each under its name, in CSV the first one, which is the main one."""
    if form == "json":
        said = [line for table in tables for line in table.said]
        show_json({table.name: records(table.frame) for table in tables} | {"said": said})
        return
    if form == "csv":
        show(tables[0].frame, form, {})
        return
    shown_tables = [table for table in tables if len(table.frame) or table.said]
    for place, table in enumerate(shown_tables):
        if place:
            say()
        if len(tables) > 1 and table.title:
            say(table.title[current_language()], bold=True)
        show_table(table, form)


def say(
    words: str = "",
    *,
    err: bool = False,
    nl: bool = True,
    bold: bool = False,
    wrap: bool = True,
) -> None:
    """Print words for people, on standard output or standard error.

    Only here and in this file is anything printed, so that nothing from elsewhere gets out raw.
    Lines are broken at blanks, but for those that are to be copied as they are.
    """
    words = harmless(words)
    if wrap and nl:
        words = _wrapped(words, err=err)
    click.echo(click.style(words, bold=True) if bold else words, err=err, nl=nl)


def _wrapped(words: str, *, err: bool) -> str:
    """Return words broken at blanks, as the terminal would break them anywhere."""
    # What draws tables is not imported for a word in a pipe.
    return wrapped(words, _console(err=err).width) if is_seen(err=err) else words


def is_seen(*, err: bool) -> bool:
    """Return whether somebody looks at standard output, or standard error, in a terminal."""
    return (sys.stderr if err else sys.stdout).isatty()


def show_pairs(pairs: Sequence[tuple[str, Any]]) -> None:
    """Print names and values under each other."""
    from rich.table import Table as Grid

    table = Grid(show_header=False, box=None, pad_edge=False)
    table.add_column(no_wrap=True, style="bold")
    table.add_column(overflow="fold")
    room = value_room([name for name, _ in pairs])
    for name, value in pairs:
        table.add_row(in_line(name), broken(harmless(shown(value)), room))
    print_grid(table)


def value_room(*labels: Sequence[str]) -> int:
    """Return how wide a text may be beside columns of labels; 0 where nothing bounds it."""
    from rich.cells import cell_len

    console = _console()
    if not console.is_terminal:
        return 0
    beside = sum(max(map(cell_len, column), default=0) + GAP for column in labels)
    return max(console.width - beside, 20)


def broken(text: str, room: int) -> str:
    """Return a text broken at blanks where its lines are longer than there is room for."""
    return wrapped(text, room) if room else text


def show_columns(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print texts in columns, the first to the left and the others to the right."""
    shapes = [Shape(header, place > 0, place > 0) for place, header in enumerate(headers)]
    _print_rows(shapes, rows)


def show_json(value: Any) -> None:
    """Print a value as JSON; amounts are numbers, dates ISO 8601."""
    dumped = json.dumps(value, default=_plain, ensure_ascii=not _speaks_unicode(), indent=2)
    click.echo(in_json(dumped))


def shown(value: Any) -> str:
    """Return a value as people read it, in the language in use."""
    return in_words(value, "value", current_language())


def _shape(column: Column, spare: int, lang: Language) -> Shape:
    sign = current_currency() if column.kind == "money" else ""
    heading = f"{column.heading[lang]} ({sign})" if sign else column.heading[lang]
    return Shape(heading, column.kind in NUMERIC, column.kind in SEEN_IN_FULL, spare)


def _show_table(frame: pd.DataFrame, headers: Sequence[str]) -> None:
    rows = _rows(frame)
    shapes = []
    for place, heading in enumerate(headers):
        kinds = {type(row[place]) for row in rows if row[place] is not None}
        numeric = bool(kinds) and kinds <= {int, Decimal}
        shapes.append(Shape(heading, numeric, numeric or kinds == {date}))
    ids = [place for place, name in enumerate(frame.columns) if str(name).endswith("_id")]
    _print_rows(shapes, [[shown(value) for value in row] for row in rows], ids)


def _print_rows(
    shapes: Sequence[Shape], rows: Sequence[Sequence[str]], ids: Sequence[int] = ()
) -> None:
    console = _console()
    cells = [[in_line(cell) for cell in row] for row in rows]
    if not console.is_terminal:
        _print_grid(shapes, cells, dict.fromkeys(range(len(shapes))))
        return
    cells = [[shortened(cell) for cell in row] for row in cells]
    for place in ids:
        for row, id in zip(cells, short_ids([row[place] for row in cells]), strict=True):
            row[place] = id
    found = fitted(shapes, cells, console.width)
    for number, table in enumerate(found.tables):
        if number:
            say()
        _print_grid(shapes, cells, table)
    if found.left_out:
        named = ", ".join(shapes[place].heading for place in found.left_out)
        say(text("cli.left_out_columns", columns=named), err=True)


def _print_grid(
    shapes: Sequence[Shape],
    rows: Sequence[Sequence[str]],
    widths: Mapping[int, int | None],
) -> None:
    from rich.table import Table as Grid

    grid = Grid(box=None, pad_edge=False, header_style="bold")
    for place, width in widths.items():
        shape = shapes[place]
        grid.add_column(
            broken(in_line(shape.heading), width or 0),
            justify="right" if shape.numeric else "left",
            overflow="fold",
            width=width,
        )
    for row in rows:
        grid.add_row(*(broken(row[place], width or 0) for place, width in widths.items()))
    print_grid(grid)


def _console(*, err: bool = False) -> Console:
    from rich.console import Console

    return Console(stderr=err, highlight=False, markup=False, emoji=False)


def print_grid(table: Grid) -> None:
    """Print a table: as wide as the terminal, or as wide as it needs to be in a pipe."""
    console = _console()
    if console.is_terminal:
        console.print(table)
        return
    # A pipe has no width of its own: nothing may be folded, cut or filled up.
    console.width = 10_000
    with console.capture() as capture:
        console.print(table)
    for line in capture.get().splitlines():
        click.echo(line.rstrip())


def _guarded(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose texts may stand in CSV; numbers are as they were."""
    import pandas as pd

    guarded = frame.copy()
    for name in frame.columns:
        if frame[name].dtype.kind == "O":
            values = [in_csv(v) if isinstance(v, str) else v for v in frame[name]]
            guarded[name] = pd.Series(values, index=frame.index, dtype=object)
    return guarded.rename(columns=in_csv)


def _rows(frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    return [
        tuple(None if is_missing(value) else value for value in row)
        for row in frame.astype(object).itertuples(index=False, name=None)
    ]


def take_every_character() -> None:
    """Let standard output write what its encoding lacks as an escape, as standard error does."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _speaks_unicode() -> bool:
    """Return whether standard output takes every character, as a pipe on Windows does not."""
    return (getattr(sys.stdout, "encoding", None) or "utf-8").lower().startswith("utf")


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")
