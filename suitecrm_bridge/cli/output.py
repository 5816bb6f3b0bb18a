"""Data on stdout: as a table for people, as CSV or JSON for programs."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table

from suitecrm_bridge.cli.wording import is_missing
from suitecrm_bridge.i18n import amount, day, number, text
from suitecrm_bridge.jobs.summary import Summary

if TYPE_CHECKING:
    import pandas as pd


def show(frame: pd.DataFrame, form: str, headers: Mapping[str, str]) -> None:
    """Print a table.

    Args:
        frame: the rows; CSV and JSON hold every column.
        form: table, csv or json.
        headers: the columns of the table for people, with their headings.
    """
    if form == "json":
        records = [dict(zip(frame.columns, row, strict=True)) for row in _rows(frame)]
        show_json(records)
    elif form == "csv":
        buffer = io.StringIO()
        frame.to_csv(buffer, index=False, lineterminator="\n")
        click.echo(buffer.getvalue(), nl=False)
    else:
        _show_table(frame[list(headers)], list(headers.values()))


def show_pairs(pairs: Sequence[tuple[str, Any]]) -> None:
    """Print names and values under each other."""
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(no_wrap=True, style="bold")
    table.add_column(overflow="fold")
    for name, value in pairs:
        table.add_row(name, shown(value))
    print_table(table)


def show_json(value: Any) -> None:
    """Print a value as JSON; amounts are numbers, dates ISO 8601."""
    click.echo(json.dumps(value, default=_plain, ensure_ascii=False, indent=2))


def show_summary(summary: Summary, form: str) -> None:
    """Print what a job did."""
    if form == "json":
        show_json(summary.as_dict())
        return
    skipped = {text(f"cli.skipped_{why}"): n for why, n in summary.skipped.items() if n}
    told = {
        text("cli.pulled"): summary.pulled,
        text("cli.scored"): summary.scored,
        text("cli.rejected"): summary.rejected,
        text("cli.skipped"): skipped,
        text("cli.unbearable"): summary.unbearable,
    }
    rows: list[tuple[str, Any]] = [(key, _counts(counts)) for key, counts in told.items() if counts]
    if "push" in summary.seconds:
        rows += [
            (text("cli.planned"), summary.planned),
            (text("cli.written"), summary.written),
            (text("cli.unchanged"), summary.unchanged),
            (text("cli.failed"), summary.failed),
        ]
    for key in ("deferred", "reactions", "reactions_left"):
        if count := getattr(summary, key):
            rows.append((text(f"cli.{key}"), count))
    rows += [(text("cli.missing", module=m), ", ".join(f)) for m, f in summary.missing.items()]
    rows += [(text("cli.unreadable"), module) for module in summary.unreadable]
    if summary.stale:
        since = (f"{name} {shown_day or '–'}" for name, shown_day in summary.stale.items())
        rows.append((text("cli.stale"), ", ".join(since)))
    rows += [(text("cli.withheld", module=m), ", ".join(f)) for m, f in summary.withheld.items()]
    rows.append((text("cli.seconds"), f"{sum(summary.seconds.values()):.1f}"))
    show_pairs(rows)


def shown(value: Any) -> str:
    """Return a value as people read it, in the language in use."""
    if is_missing(value):
        return "–"
    if isinstance(value, bool):
        return text("cli.yes") if value else text("cli.no")
    if isinstance(value, Decimal):
        return amount(int(value.scaleb(2).to_integral_value()))
    if isinstance(value, int):
        return number(value)
    if isinstance(value, date):
        return day(value.date() if isinstance(value, datetime) else value)
    return str(value)


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {number(count)}" for name, count in counts.items())


def _show_table(frame: pd.DataFrame, headers: Sequence[str]) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for position, header in enumerate(headers):
        numeric = len(frame) and isinstance(frame.iloc[0, position], int | Decimal)
        table.add_column(header, justify="right" if numeric else "left", overflow="fold")
    for row in _rows(frame):
        table.add_row(*(shown(value) for value in row))
    print_table(table)


def print_table(table: Table) -> None:
    """Print a table: as wide as the terminal, or as wide as it needs to be in a pipe."""
    console = Console(highlight=False, markup=False)
    if console.is_terminal:
        console.print(table)
        return
    # A pipe has no width of its own: nothing may be folded, cut or filled up.
    console.width = 10_000
    with console.capture() as capture:
        console.print(table)
    for line in capture.get().splitlines():
        click.echo(line.rstrip())


def _rows(frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    return [
        tuple(None if is_missing(value) else value for value in row)
        for row in frame.astype(object).itertuples(index=False, name=None)
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")
