"""The command that shows who moved between two snapshots."""

from __future__ import annotations

from datetime import date
from typing import Any

import click
import pandas as pd

from suitecrm_bridge.catalogue import Entity
from suitecrm_bridge.cli.app import App
from suitecrm_bridge.cli.options import Day, entity, output_format
from suitecrm_bridge.cli.output import say, show, show_json
from suitecrm_bridge.cli.translated import Command, Option
from suitecrm_bridge.cli.wording import amounts_are, percent, segment_label
from suitecrm_bridge.i18n import day, number, text
from suitecrm_bridge.insights.moves import Migration
from suitecrm_bridge.insights.moves import migration as compare
from suitecrm_bridge.money import units
from suitecrm_bridge.tables import OUTSIDE


@click.command("migration", cls=Command)
@entity
@click.option("--from", "before", type=Day(), cls=Option, help="option_from")
@click.option("--to", "after", type=Day(), cls=Option, help="option_to")
@click.option(
    "--movers",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    cls=Option,
    help="option_movers",
)
@output_format
@click.pass_obj
def migration(
    app: App, entity: Entity, before: date | None, after: date | None, movers: int, form: str
) -> None:
    """Show who moved from which segment to which."""
    with app.open() as context:
        found = compare(context.mirror, entity, context.today(), before, after, movers)
        note = amounts_are(context)
    moves, movers_ = _with_units(found.matrix), _with_units(found.movers)
    if form == "json":
        show_json(
            {
                "from": found.before,
                "to": found.after,
                "method_changed": found.changed() or None,
                "matrix": _records(moves),
                "movers": _records(movers_),
            }
        )
    elif form == "csv":
        show(moves, form, {})
    else:
        _show(found, movers_, note)


def _with_units(frame: pd.DataFrame) -> pd.DataFrame:
    columns = {str(name): frame[name].astype(object) for name in frame}
    return pd.DataFrame(
        {
            name.removesuffix("_cents"): values.map(units) if name.endswith("_cents") else values
            for name, values in columns.items()
        }
    )


def _records(frame: pd.DataFrame) -> list[dict[Any, Any]]:
    return frame.where(frame.notna(), None).to_dict("records")


def _show(found: Migration, movers: pd.DataFrame, note: str) -> None:
    say(text("cli.migration_between", before=day(found.before), after=day(found.after)))
    if changed := found.changed():
        say(changed)
    say()
    show(_matrix(found.matrix), "table", _headings(found.matrix))
    if len(movers):
        say()
        worded = movers.assign(
            **{name: [_place(key) for key in movers[name]] for name in _ENDS},
        )
        columns = ("name", *_ENDS, "before", "after", "customer_id")
        headers = {name: text(f"cli.mover_{name}") for name in columns}
        show(worded, "table", headers, note)


_ENDS = ("from_segment", "to_segment")


def _headings(matrix: pd.DataFrame) -> dict[str, str]:
    ends = [key for key in matrix["to_segment"].unique() if _used(matrix, "to_segment", key)]
    return {"from_segment": text("cli.mover_from_segment"), "all": text("cli.customers")} | {
        key: _place(key) for key in ends
    }


def _matrix(matrix: pd.DataFrame) -> pd.DataFrame:
    """One row a segment before, one column a segment after: customers, and their share."""
    rows = []
    for start, moves in matrix.groupby("from_segment", sort=False):
        if not _used(matrix, "from_segment", start):
            continue
        cells = {
            end: f"{number(int(count))} ({percent(share)})" if count else ""
            for end, count, share in zip(
                moves["to_segment"], moves["customers"], moves["share"], strict=True
            )
        }
        total = int(moves["customers"].sum())
        rows.append({"from_segment": _place(str(start)), "all": total, **cells})
    return pd.DataFrame(rows, dtype=object).reindex(columns=list(_headings(matrix))).fillna("")


def _used(matrix: pd.DataFrame, column: str, key: object) -> bool:
    return bool((matrix.loc[matrix[column] == key, "customers"] > 0).any())


def _place(key: str) -> str:
    return text(f"cli.{key}") if key in OUTSIDE else segment_label(key)
