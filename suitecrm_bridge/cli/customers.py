"""The commands that read the scores: customers, customer, segments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from suitecrm_bridge.catalogue import ENTITY_MODULES, Entity, Field, catalogue
from suitecrm_bridge.cli.app import App
from suitecrm_bridge.cli.options import action, entity, output_format, pseudonyms, segment
from suitecrm_bridge.cli.output import show, show_json, show_pairs, show_table
from suitecrm_bridge.cli.translated import Command, Option
from suitecrm_bridge.cli.wording import amounts_are, field_value, segment_label
from suitecrm_bridge.i18n import current_language, day, text

if TYPE_CHECKING:
    import pandas as pd

MOVES_SHOWN = 6
SPARE = ("best_moment", "rfm_score", "purchase_count", "last_purchase", "next_action_due")
"""Columns that a narrow terminal leaves out of a list of customers, in this order."""
SPARE_OF_SEGMENTS = ("behaviour_rank", "revenue_rank", "loyalty_rank")


@click.command("customers", cls=Command)
@entity
@segment
@action
@click.option("--limit", type=click.IntRange(min=1), cls=Option, help="option_limit")
@output_format
@pseudonyms
@click.pass_obj
def customers(
    app: App,
    entity: Entity,
    segment: str | None,
    action: str | None,
    limit: int | None,
    form: str,
) -> None:
    """List scored customers, the most valuable first; those of one action by what is at stake."""
    from suitecrm_bridge.insights import customers as asked

    with app.open() as context:
        found = asked.customers(
            context.mirror, entity, context.lang, segment=segment, action=action, limit=limit
        )
        note = amounts_are(context)
    show_table(found, form, note, SPARE)


@click.command("customer", cls=Command)
@click.argument("customer_id", metavar="ID")
@output_format
@click.pass_obj
def customer(app: App, customer_id: str, form: str) -> None:
    """Show everything known of one customer, by id or name, or the beginning or a part of it."""
    from suitecrm_bridge.insights import customers as asked

    with app.open() as context:
        found = [
            (kind, frame, asked.history(context.mirror, kind, frame["customer_id"].iloc[0]))
            for kind, frame in asked.customer(context.mirror, customer_id, context.lang)
        ]
        note = amounts_are(context)
    if form == "json":
        show_json(
            [
                {"entity": kind, **_record(frame), "history": moves.to_dict("records")}
                for kind, frame, moves in found
            ]
        )
        return
    for kind, frame, moves in found:
        if form == "csv":
            show(frame, form, {})
        else:
            show_pairs([*_picture(kind, frame, moves), (text("cli.amounts"), note)])


@click.command("segments", cls=Command)
@entity
@output_format
@click.pass_obj
def segments(app: App, entity: Entity, form: str) -> None:
    """Show customers and revenue by segment."""
    from suitecrm_bridge.insights import customers as asked

    with app.open() as context:
        found, note = asked.segments(context.mirror, entity), amounts_are(context)
    show_table(found, form, note, SPARE_OF_SEGMENTS)


def _record(frame: pd.DataFrame) -> dict[str, Any]:
    return dict(zip(frame.columns, frame.iloc[0], strict=True))


def _fields(entity: Entity) -> dict[str, Field]:
    return {field.column: field for field in catalogue().fields_of(ENTITY_MODULES[entity])}


def _picture(entity: Entity, frame: pd.DataFrame, moves: pd.DataFrame) -> list[tuple[str, Any]]:
    """Everything known, in the order of the catalogue."""
    lang = current_language()
    record = _record(frame)
    pairs = [(text("cli.name"), record["name"]), (text("cli.customer_id"), record["customer_id"])]
    pairs += [
        (field.label[lang], field_value(field, record[name]))
        for name, field in _fields(entity).items()
        if name in record
    ]
    label = text("cli.moves")
    for since, key in zip(moves["as_of"], moves["rfm_segment"].head(MOVES_SHOWN), strict=False):
        pairs.append((label, f"{day(since)}  {segment_label(key)}"))
        label = ""
    return pairs
