"""HTML for reading: one page that needs neither network nor JavaScript."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from jinja2 import Environment, PackageLoader, StrictUndefined

from suitecrm_bridge.catalogue import ENTITY_MODULES, SCORES, Entity, catalogue
from suitecrm_bridge.harmless import harmless
from suitecrm_bridge.money import cents
from suitecrm_bridge.report import figures, outlook, page_tables
from suitecrm_bridge.report.complaint_page import complaint_section
from suitecrm_bridge.report.figures import KeyFigures
from suitecrm_bridge.report.model import (
    Cell,
    Customer,
    Migration,
    Report,
    SegmentRow,
)
from suitecrm_bridge.report.outlook import Group
from suitecrm_bridge.report.page_tables import Address, PageTable
from suitecrm_bridge.report.programme_page import programme_section
from suitecrm_bridge.report.staying import SHOWN_MONTHS
from suitecrm_bridge.report.staying_chart import Curve, curve
from suitecrm_bridge.report.words import Words, is_web, readable_on, record_link

LISTED_ACTIONS = ("apologise", "call_now", "win_back", "thank")
"""Actions whose customers are listed by name."""


@dataclass(frozen=True)
class Bar:
    """A line of a bar chart, its texts as shown, its length from 0 to 100.

    `colour` is a segment's key, the key of a risk, or "plain".
    """

    colour: str
    label: str
    value: str
    share: str
    length: float


@dataclass(frozen=True)
class ActionList:
    """Customers of one action; the table holds the first ones."""

    action: str
    title: str
    caption: str
    table: PageTable


@dataclass(frozen=True)
class Section:
    """What the page says about one kind of customer; `cells` is empty when nobody is ranked."""

    entity: Entity
    module: str
    key: KeyFigures
    segments: PageTable
    cells: dict[tuple[int, int], Cell]
    scale: str
    customer_bars: list[Bar]
    revenue_bars: list[Bar]
    best: PageTable
    best_caption: str
    actions: list[ActionList]
    leaving: PageTable
    staying_note: str
    months: PageTable
    curve: Curve | None
    lifecycle_bars: list[Bar]
    value_bars: list[Bar]
    indicators: PageTable
    offered: PageTable
    review: PageTable
    review_caption: str
    migration: Migration | None
    moves: PageTable


def write(report: Report, file: BinaryIO) -> None:
    """Write `report` into `file`."""
    words = Words(report.lang)
    page = _environment(report, words).get_template("report.html.j2")
    text = page.render(
        report=report,
        sections=[_section(report, entity, words) for entity in report.entities],
        skipped=words.skipped(report),
        segments=[(s, readable_on(s.colour)) for s in catalogue().segments.values()],
        complaints=report.complaints
        and complaint_section(report.complaints, report.crm_url, words),
        programmes=programme_section(report.programmes, words),
    )
    file.write(text.encode("utf-8"))


def _environment(report: Report, words: Words) -> Environment:
    environment = Environment(
        loader=PackageLoader("suitecrm_bridge.report"),
        autoescape=True,
        finalize=harmless_on_a_page,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        words=words,
        t=words.text,
        scores=SCORES,
        best_first=tuple(reversed(SCORES)),
        is_web=is_web,
    )
    return environment


def harmless_on_a_page(value: object) -> object:
    """Return what a place of the page holds; what is marked as HTML stays marked."""
    return type(value)(harmless(value)) if isinstance(value, str) else value


def _section(report: Report, entity: Entity, words: Words) -> Section:
    tables = report.entities[entity]
    segments = figures.shown_segments(tables)
    key = figures.key_figures(tables.customers)
    best = figures.best(tables.customers)
    best_share = float(figures.total(best) / key.revenue) if key.revenue > 0 else None
    review = outlook.to_review(tables.customers)
    staying = tables.staying
    address = partial(record_link, report.crm_url, ENTITY_MODULES[entity])
    return Section(
        entity=entity,
        module=ENTITY_MODULES[entity],
        key=key,
        segments=page_tables.of_segments(segments, key, words),
        cells=figures.segment_map(tables),
        scale=words.scale(tables),
        customer_bars=_customer_bars(segments, words),
        revenue_bars=_revenue_bars(segments, words),
        best=page_tables.of_customers(page_tables.BEST, best, address, words),
        best_caption=words.counted(
            "report.best_caption", len(best), share=words.percent(best_share)
        ),
        actions=_action_lists(tables.customers, address, words),
        leaving=page_tables.of_leaving(outlook.leaving(tables.leaving), words),
        staying_note=words.counted("report.staying_note", staying.first_limit) if staying else "",
        months=page_tables.of_months(staying.months[-SHOWN_MONTHS:] if staying else [], words),
        curve=curve(staying.survival, words) if staying else None,
        lifecycle_bars=_group_bars(outlook.lifecycle(tables.customers), "lifecycle", words),
        value_bars=_value_bars(outlook.value_at_risk(tables.customers), words),
        indicators=page_tables.of_indicators(tables.indicators, words),
        offered=page_tables.of_customers(
            page_tables.OFFERS, outlook.offered(tables.customers), address, words
        ),
        review=page_tables.of_customers(
            page_tables.REVIEW, review[: figures.LISTED], address, words
        ),
        review_caption=words.counted("report.review_caption", len(review)),
        migration=tables.migration,
        moves=page_tables.of_moves(tables.migration, words),
    )


def _action_lists(
    customers: Sequence[Customer], address: Address, words: Words
) -> list[ActionList]:
    return [
        ActionList(
            action,
            words.option("next_action", action),
            words.counted(
                "report.to_do_caption", len(own), stake=words.amount(outlook.at_stake(own))
            ),
            page_tables.of_customers(page_tables.TO_DO, own[: figures.LISTED], address, words),
        )
        for action, own in outlook.actions(customers)
        if action in LISTED_ACTIONS
    ]


def _customer_bars(segments: Sequence[SegmentRow], words: Words) -> list[Bar]:
    longest = max((row.customers for row in segments), default=0)
    return [
        Bar(
            row.segment,
            words.segment(row.segment),
            words.number(row.customers),
            words.percent(row.customer_share),
            _length(row.customers, longest),
        )
        for row in segments
    ]


def _revenue_bars(segments: Sequence[SegmentRow], words: Words) -> list[Bar]:
    longest = max((row.revenue_cents for row in segments), default=0)
    return [
        Bar(
            row.segment,
            words.segment(row.segment),
            words.whole(row.revenue_cents),
            words.percent(row.revenue_share),
            _length(row.revenue_cents, longest),
        )
        for row in segments
    ]


def _group_bars(groups: Sequence[Group], dropdown: str, words: Words) -> list[Bar]:
    longest = max((group.customers for group in groups), default=0)
    return [
        Bar(
            "plain",
            words.option(dropdown, group.key),
            words.number(group.customers),
            words.percent(group.share),
            _length(group.customers, longest),
        )
        for group in groups
    ]


def _value_bars(groups: Sequence[Group], words: Words) -> list[Bar]:
    longest = max((cents(group.clv) for group in groups), default=0)
    return [
        Bar(
            f"risk-{group.key}",
            words.option("churn_risk", group.key),
            words.whole(cents(group.clv)),
            words.counted("report.cell_customers", group.customers),
            _length(cents(group.clv), longest),
        )
        for group in groups
    ]


def _length(value: int, longest: int) -> float:
    return round(100 * value / longest, 2) if value > 0 else 0
