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

from suitecrm_bridge.harmless import harmless, in_csv, in_json, in_line
from suitecrm_bridge.i18n import current_language, number, text
from suitecrm_bridge.money import is_missing
from suitecrm_bridge.tables import NUMERIC, Table, records, worded
from suitecrm_bridge.tables import shown as in_words

# What draws tables is imported where one is drawn: a call for help draws none.
if TYPE_CHECKING:
    import pandas as pd
    from rich.table import Table as Grid

    from suitecrm_bridge.jobs.summary import Summary


_MESSAGE = ("campaign", "name", "lacking")
_MEMBERS = ("members_added", "members_removed", "members_left")


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


def show_table(table: Table, form: str, note: str = "") -> None:
    """Print a table: for people in words, with what is said below it; CSV and JSON as it is.

    What people must know of it, the note, goes to standard error: a pipe gets the rows.
    """
    if form != "table":
        show(table.frame, form, {})
        return
    if table.columns and len(table.frame):
        lang = current_language()
        _print_rows(
            [(column.heading[lang], column.kind in NUMERIC) for column in table.columns],
            worded(table, lang),
        )
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


def say(words: str = "", *, err: bool = False, nl: bool = True, bold: bool = False) -> None:
    """Print words for people, on standard output or standard error.

    Only here and in this file is anything printed, so that nothing from elsewhere gets out raw.
    """
    words = harmless(words)
    click.echo(click.style(words, bold=True) if bold else words, err=err, nl=nl)


def show_pairs(pairs: Sequence[tuple[str, Any]]) -> None:
    """Print names and values under each other."""
    from rich.table import Table as Grid

    table = Grid(show_header=False, box=None, pad_edge=False)
    table.add_column(no_wrap=True, style="bold")
    table.add_column(overflow="fold")
    for name, value in pairs:
        table.add_row(in_line(name), harmless(shown(value)))
    print_grid(table)


def show_columns(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print texts in columns, the first to the left and the others to the right."""
    _print_rows([(header, place > 0) for place, header in enumerate(headers)], rows)


def show_json(value: Any) -> None:
    """Print a value as JSON; amounts are numbers, dates ISO 8601."""
    dumped = json.dumps(value, default=_plain, ensure_ascii=not _speaks_unicode(), indent=2)
    click.echo(in_json(dumped))


def show_summary(summary: Summary, form: str) -> None:
    """Print what a job did."""
    if form == "json":
        show_json(summary.as_dict())
        return
    rows = _read(summary)
    if summary.amounts:
        rows.append((text("cli.amounts"), text(f"report.amounts_{summary.amounts}")))
    if summary.only_totals:
        rows.append((text("cli.only_totals"), summary.only_totals))
    if "push" in summary.seconds:
        rows += [
            (text("cli.planned"), summary.planned),
            (text("cli.written"), summary.written),
            (text("cli.unchanged"), summary.unchanged),
            (text("cli.failed"), summary.failed),
        ]
    for key in ("deferred", "reactions", "reactions_left", *_MEMBERS):
        if count := getattr(summary, key):
            rows.append((text(f"cli.{key}"), count))
    rows += [(text("cli.missing", module=m), ", ".join(f)) for m, f in summary.missing.items()]
    rows += [(text("cli.unreadable"), module) for module in summary.unreadable]
    if summary.stale:
        since = (f"{name} {shown_day or '–'}" for name, shown_day in summary.stale.items())
        rows.append((text("cli.stale"), ", ".join(since)))
    rows += [(text("cli.withheld", module=m), ", ".join(f)) for m, f in summary.withheld.items()]
    rows += [(text(f"cli.task_{task['will']}"), task["title"]) for task in summary.tasks]
    rows += _programmes(summary)
    rows.append((text("cli.seconds"), f"{sum(summary.seconds.values()):.1f}"))
    show_pairs(rows)


def _read(summary: Summary) -> list[tuple[str, Any]]:
    """Return what was read and scored; of modules those in which something changed."""
    changed = {module: count for module, count in summary.pulled.items() if count}
    skipped = {text(f"cli.skipped_{why}"): n for why, n in summary.skipped.items() if n}
    told = {
        "pulled": changed or (summary.pulled and text("cli.nothing")),
        "scored": summary.scored,
        "rejected": summary.rejected,
        "skipped": skipped,
        "unbearable": summary.unbearable,
    }
    return [
        (text(f"cli.{key}"), what if isinstance(what, str) else _counts(what))
        for key, what in told.items()
        if what
    ]


def _programmes(summary: Summary) -> list[tuple[str, str]]:
    rows = [
        (text(f"cli.switch_{one['will']}"), text("cli.switch", key=one["programme"], by=one["by"]))
        for one in summary.switches
    ]
    for key, decided in summary.programmes.items():
        some = {text(f"programmes.decision_{name}"): n for name, n in decided.items() if n}
        rows.append((text("cli.programme", key=key), _counts(some) or "–"))
    if summary.deliveries:
        named = {text(f"programmes.channel_{way}"): n for way, n in summary.deliveries.items()}
        rows.append((text("cli.deliveries"), _counts(named)))
    for one in summary.messages:
        label = text(f"cli.message_{one['stands']}")
        rows.append((label, text("cli.message", **{name: one[name] for name in _MESSAGE})))
    return rows


def shown(value: Any) -> str:
    """Return a value as people read it, in the language in use."""
    return in_words(value, "value", current_language())


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {number(count)}" for name, count in counts.items())


def _show_table(frame: pd.DataFrame, headers: Sequence[str]) -> None:
    numeric = [
        bool(len(frame)) and isinstance(frame.iloc[0, position], int | Decimal)
        for position in range(len(headers))
    ]
    rows = [[shown(value) for value in row] for row in _rows(frame)]
    _print_rows(list(zip(headers, numeric, strict=True)), rows)


def _print_rows(headings: Sequence[tuple[str, bool]], rows: Sequence[Sequence[str]]) -> None:
    from rich.table import Table as Grid

    grid = Grid(box=None, pad_edge=False, header_style="bold")
    for heading, numeric in headings:
        grid.add_column(in_line(heading), justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        grid.add_row(*map(in_line, row))
    print_grid(grid)


def print_grid(table: Grid) -> None:
    """Print a table: as wide as the terminal, or as wide as it needs to be in a pipe."""
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
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
