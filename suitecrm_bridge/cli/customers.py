"""The commands that read the scores: customers, customer, segments."""

from __future__ import annotations

from typing import Any

import click
import pandas as pd

from suitecrm_bridge.catalogue import Language, catalogue
from suitecrm_bridge.cli.app import App
from suitecrm_bridge.cli.bilingual import Command, Option
from suitecrm_bridge.cli.options import entity, output_format, segment
from suitecrm_bridge.cli.output import show, show_json, show_pairs
from suitecrm_bridge.i18n import current_language, text
from suitecrm_bridge.jobs import reading
from suitecrm_bridge.mirror import ENTITY_MODULES, Entity


@click.command("customers", cls=Command)
@entity
@segment
@click.option("--limit", type=click.IntRange(min=1), cls=Option, help="option_limit")
@output_format
@click.pass_obj
def customers(app: App, entity: Entity, segment: str | None, limit: int | None, form: str) -> None:
    """List scored customers, the most valuable first."""
    with app.open() as context:
        frame = reading.customers(context, entity, segment=segment, limit=limit)
    labels = _labels(entity)
    headers = {"customer_id": text("cli.id"), "name": text("cli.name")} | {
        name: labels[name]
        for name in (
            "rfm_segment", "rfm_score", "last_purchase", "purchase_count", "purchase_total",
        )
    }  # fmt: skip
    show(_worded(frame) if form == "table" else frame, form, headers)


@click.command("customer", cls=Command)
@click.argument("customer_id", metavar="ID")
@output_format
@click.pass_obj
def customer(app: App, customer_id: str, form: str) -> None:
    """Show everything known of one customer, by id or exact name."""
    with app.open() as context:
        found = reading.customer(context, customer_id)
    if form == "json":
        show_json([{"entity": kind, **_record(frame)} for kind, frame in found])
        return
    for kind, frame in found:
        if form == "csv":
            show(frame, form, {})
        else:
            show_pairs(_picture(kind, frame))


@click.command("segments", cls=Command)
@entity
@output_format
@click.pass_obj
def segments(app: App, entity: Entity, form: str) -> None:
    """Show customers and revenue by segment."""
    with app.open() as context:
        frame = reading.segments(context, entity)
    headers = {name: text(f"cli.{name}") for name in ("segment", "customers", "share", "revenue",
                                                      "revenue_share")}  # fmt: skip
    show(_worded_segments(frame) if form == "table" else frame, form, headers)


def _worded(frame: pd.DataFrame) -> pd.DataFrame:
    lang = current_language()
    labels = {key: s.label.in_language(lang) for key, s in catalogue().segments.items()}
    return frame.assign(rfm_segment=frame["rfm_segment"].map(labels))


def _worded_segments(frame: pd.DataFrame) -> pd.DataFrame:
    lang = current_language()
    labels = {key: s.label.in_language(lang) for key, s in catalogue().segments.items()}
    return pd.DataFrame(
        {
            "segment": frame["segment"].map(labels),
            "customers": frame["customers"],
            "share": frame["share"].map(_percent),
            "revenue": frame["revenue"],
            "revenue_share": frame["revenue_share"].map(_percent),
        }
    )


def _percent(share: Any) -> str:
    return "–" if pd.isna(share) else f"{100 * share:.1f} %"


def _record(frame: pd.DataFrame) -> dict[str, Any]:
    return dict(zip(frame.columns, frame.iloc[0], strict=True))


def _labels(entity: Entity) -> dict[str, str]:
    lang: Language = current_language()
    fields = catalogue().fields_of(ENTITY_MODULES[entity])
    return {field.column: field.label.in_language(lang) for field in fields}


def _picture(entity: Entity, frame: pd.DataFrame) -> list[tuple[str, Any]]:
    lang = current_language()
    record = _record(_worded(frame))
    segment = catalogue().segments[frame.iloc[0]["rfm_segment"]]
    labels = _labels(entity)
    pairs = [(text("cli.name"), record["name"]), (text("cli.id"), record["customer_id"])]
    pairs += [(labels[name], value) for name, value in record.items() if name in labels]
    return [*pairs, (text("cli.action"), segment.action.in_language(lang))]
