"""What stands on the pages about customers: overview, customers, value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from suitecrm_bridge.catalogue import Entity
from suitecrm_bridge.money import cents
from suitecrm_bridge.report import figures, outlook, page_tables
from suitecrm_bridge.report.blocks import LISTED, Block, Figure, Line, of_chart, of_rows
from suitecrm_bridge.report.charts import customers as charts
from suitecrm_bridge.report.charts import staying as later
from suitecrm_bridge.report.dashboard_data import ComparedData, DashboardData
from suitecrm_bridge.report.model import Migration, Move, Report, Tables
from suitecrm_bridge.report.page_tables import of_table
from suitecrm_bridge.report.totals import KeyFigures
from suitecrm_bridge.report.words import Words
from suitecrm_bridge.tables import NONE, UNITS, Kind, Sentence, Table, shown

LISTS = (
    "call_now",
    "apologise",
    "win_back",
    "thank",
    "left",
    "lost",
    "leaving",
    "best",
    "offers",
    "everybody",
)
VALUE_LISTS = ("keep", "review", "offers", "best")
"""The lists of customers on the pages about customers and about value, in their order."""
PLACES = {
    "left": "customers:people",
    "call": "customers:people",
    "moved": "customers:flows",
    "alarm": "complaints:alarms",
    "programme": "programmes",
}
"""The page and the block with the list of each sentence."""


def overview(report: Report, entity: Entity, words: Words) -> Iterator[Block]:
    """Yield the first screen of a kind of customer: sentences, revenue by month, four figures."""
    data = report.entities[entity].dashboard
    if not report.entities[entity].totals.key.customers:
        yield nobody("overview", entity, words)
        return
    if data is None:
        return
    lines = [
        Line(
            words.prose(one.said(words.lang)),
            one.figure(words.lang),
            _target(one),
        )
        for one in data.sentences
    ]
    yield Block("news", "news", words.text("dashboard.news"), entity, lines=lines)
    yield from of_chart(charts.revenue(words), entity)
    yield Block(
        "headlines",
        "headlines",
        words.text("dashboard.headlines"),
        entity,
        figures=headlines(data, words),
    )


def nobody(page: str, entity: Entity, words: Words) -> Block:
    """Return what stands on a page where there are no customers of a kind."""
    told = [words.text(f"report.empty_{entity}")]
    return Block("prose", f"nobody-{page}", entity=entity, prose=told)


def headlines(data: DashboardData, words: Words) -> list[Figure]:
    """Return the four figures of the first screen, each with its change."""
    return [_headline(row, words) for row in data.headlines.frame.to_dict("records")]


def customers(report: Report, entity: Entity, words: Words) -> Iterator[Block]:
    """Yield what there is to know of customers: lists, map, segments, moves, who stays."""
    tables = report.entities[entity]
    if not tables.totals.key.customers:
        yield nobody("customers", entity, words)
        return
    segments = figures.shown_segments(tables)
    key = tables.totals.key
    yield _people("people", LISTS, entity, words)
    yield Block("map", "map", words.text("report.map"), entity, note=words.scale(tables), live=True)
    yield Block("prose", "annex", words.text("dashboard.annex"), entity, annex=True)
    title = words.text("dashboard.headlines")
    yield Block("figures", "key", title, entity, figures=key_figures(key, words))
    yield from of_chart(
        charts.by_segment(segments, words),
        entity,
        page_tables.of_segments(segments, key, words),
    )
    lifecycle = outlook.lifecycle(tables.totals)
    if lifecycle:
        yield from of_chart(charts.groups("lifecycle", lifecycle, "lifecycle", words), entity)
    leaving = page_tables.of_leaving(outlook.leaving(tables.leaving), words)
    note = words.text("report.leaving_caption")
    yield from of_rows("leaving", words.text("report.leaving"), leaving, entity=entity, note=note)
    yield from _flows(tables, entity, words)
    yield from _staying(tables, entity, words)
    yield from of_chart(later.concentration(tables.totals, words), entity)


def key_figures(key: KeyFigures, words: Words) -> list[Figure]:
    """Return how many there are, how many have bought or leave, and for how much."""
    buying = words.percent(key.buyers / key.customers) if key.customers else NONE
    leaving = words.percent(key.leaving / key.buyers) if key.buyers else NONE
    found = (
        ("customers", words.number(key.customers), ""),
        ("buyers", words.number(key.buyers), words.text("report.buyers_note", share=buying)),
        ("prospects", words.number(key.prospects), words.text("report.prospects_note")),
        (
            "leaving_sum",
            words.number(key.leaving),
            words.text("report.leaving_note", share=leaving),
        ),
        (
            "revenue",
            words.money(cents(key.revenue)),
            words.counted("report.purchases_note", key.purchases),
        ),
        (
            "average_purchase",
            words.amount(key.average_purchase),
            words.each(key.purchases, key.buyers),
        ),
    )
    return [
        Figure(name, words.text(f"report.{name}"), shown, note=note) for name, shown, note in found
    ]


def value(report: Report, entity: Entity, words: Words) -> Iterator[Block]:
    """Yield what customers are worth: indicators, profit, who to keep and who to let go."""
    tables = report.entities[entity]
    if not tables.totals.key.customers:
        yield nobody("value", entity, words)
        return
    yield _people("worth", VALUE_LISTS, entity, words)
    yield from of_chart(charts.spent(tables.totals.spent, words), entity)
    at_risk = outlook.value_at_risk(tables.totals)
    if at_risk:
        made = charts.groups("at-risk", at_risk, "churn_risk", words, money=True)
        yield from of_chart(made, entity)
    yield from of_chart(charts.profit(tables.totals, words), entity)
    indicators = page_tables.of_indicators(tables.indicators, words)
    title, note = words.text("report.indicators"), words.text("report.indicators_caption")
    yield from of_rows("indicators", title, indicators, entity=entity, note=note)
    for table in tables.relations:
        yield from _relation(table, report.crm_url, entity, words)


def _relation(table: Table, crm_url: str, entity: Entity, words: Words) -> Iterator[Block]:
    """Yield a table about the relation beside buying, with what a reader must know of it."""
    title = table.title[words.lang] if table.title else table.name
    said = [words.prose(line) for line in table.said]
    left = len(table.frame) - LISTED
    more = [words.counted("complaints.more_rows", left)] if left > 0 else []
    rows = of_table(table, crm_url, words, LISTED)
    key = f"relation-{table.name.replace('_', '-')}"
    yield from of_rows(key, title, rows, entity=entity, prose=[*more, *said])


def completeness(report: Report, entity: Entity, words: Words) -> Iterator[Block]:
    """Yield what is known of customers and what is missing."""
    from suitecrm_bridge.report.charts.complaints import filled

    data = report.entities[entity].dashboard
    if data is None:
        return
    fields = data.tables["fields"]
    yield from of_chart(filled(fields, words), entity, of_table(fields, "", words))
    yield from _breakdown("lead_sources", data, entity, words)


def campaigns(report: Report, entity: Entity, words: Words) -> Iterator[Block]:
    """Yield what became of campaigns."""
    data = report.entities[entity].dashboard
    if data is not None:
        yield from _breakdown("campaigns", data, entity, words)


def _breakdown(name: str, data: DashboardData, entity: Entity, words: Words) -> Iterator[Block]:
    table = of_table(data.tables[name], "", words)
    yield from of_rows(name, words.text(f"dashboard.{name}"), table, entity=entity)


def _target(one: Sentence) -> str:
    place = PLACES[one.topic]
    if one.topic == "left":
        # Without an earlier day everybody is told of who is lost.
        return f"{place}:{'left' if 'since' in one.values else 'lost'}"
    return f"{place}:{one.chosen}" if one.topic == "call" and one.chosen else place


def _headline(row: dict[Any, Any], words: Words) -> Figure:
    key, kind = row["headline"], UNITS[row["unit"]]
    now, before = row["value"], row["before"]
    label = words.text(f"dashboard.headline_{key}")
    told = _figure(now, kind, words)
    if before is None or pd.isna(before):
        return Figure(key, label, told, note=words.text("dashboard.no_before"))
    since = words.day(row["since"]) if key == "active" else words.month(row["since"])
    note = words.text(f"dashboard.before_{key}", since=since, value=_figure(before, kind, words))
    change = float(now) - float(before)
    mood = "" if not change else "good" if (change > 0) == (row["better"] > 0) else "bad"
    if not before:
        return Figure(key, label, told, "", mood, note)
    sign = "+" if change > 0 else "−" if change < 0 else "±"
    return Figure(
        key, label, told, f"{sign}{words.percent(abs(change / float(before)))}", mood, note
    )


def _figure(value: Any, kind: Kind, words: Words) -> str:
    return words.money(cents(value)) if kind == "money" else shown(value, kind, words.lang)


def _people(key: str, lists: tuple[str, ...], entity: Entity, words: Words) -> Block:
    named = [(one, words.text(f"dashboard.list_{one}")) for one in lists]
    title = words.text(f"dashboard.{key}")
    return Block("people", key, title, entity, lists=named, live=True)


def _flows(tables: Tables, entity: Entity, words: Words) -> Iterator[Block]:
    compared = tables.dashboard.compared if tables.dashboard else ()
    for data in compared:
        moves = page_tables.of_moves(_migration(data), words)
        days = {"before": words.day(data.before), "after": words.day(data.after)}
        chart = charts.flows(data, words)
        empty = "" if chart else words.text("report.no_moves", **days)
        title = words.text("dashboard.flows_title", **days)
        yield Block(
            "flows",
            f"flows-{data.ago}",
            title,
            entity,
            chart=chart,
            table=moves,
            ago=data.ago,
            empty=empty,
        )
    if tables.dashboard and not compared:
        none = words.text("dashboard.nothing_to_compare")
        yield Block("table", "flows", words.text("report.migration"), entity, empty=none)


def _migration(data: ComparedData) -> Migration:
    moves = [
        Move(str(row["from_segment"]), str(row["to_segment"]), int(row["customers"]),
             None if pd.isna(row["share"]) else float(row["share"]), int(row["revenue_cents"]))
        for row in data.moves.to_dict("records")
    ]  # fmt: skip
    return Migration(data.before, data.after, moves, data.note)


def _staying(tables: Tables, entity: Entity, words: Words) -> Iterator[Block]:
    staying, data = tables.staying, tables.dashboard
    if data is not None:
        table = of_table(data.tables["cohorts"], "", words)
        yield from of_chart(later.cohorts(data.cohorts, words), entity, table)
    if staying is None:
        return
    yield from of_chart(later.survival(staying.survival, words), entity)
    months = page_tables.of_months(staying.months, words)
    note = words.counted("report.staying_note", staying.first_limit)
    title = words.text("report.staying")
    if months.rows:
        yield from of_rows("staying", title, months, entity=entity, note=note)
