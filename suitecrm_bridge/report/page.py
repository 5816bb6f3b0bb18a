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
from suitecrm_bridge.report import figures, outlook
from suitecrm_bridge.report.complaint_page import complaint_section
from suitecrm_bridge.report.figures import KeyFigures
from suitecrm_bridge.report.model import (
    Cell,
    Customer,
    IndicatorRow,
    Migration,
    Move,
    Report,
    SegmentRow,
)
from suitecrm_bridge.report.outlook import Group, Leavers
from suitecrm_bridge.report.staying import SHOWN_MONTHS, MonthRow
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
    """Customers of one action, of whom the first ones are listed."""

    action: str
    title: str
    caption: str
    customers: list[Customer]


@dataclass(frozen=True)
class Section:
    """What the page says about one kind of customer; `cells` is empty when nobody is ranked."""

    entity: Entity
    module: str
    key: KeyFigures
    segments: list[SegmentRow]
    cells: dict[tuple[int, int], Cell]
    scale: str
    customer_bars: list[Bar]
    revenue_bars: list[Bar]
    best: list[Customer]
    best_caption: str
    actions: list[ActionList]
    leaving: list[Leavers]
    staying_note: str
    months: Sequence[MonthRow]
    curve: Curve | None
    lifecycle_bars: list[Bar]
    value_bars: list[Bar]
    indicators: list[IndicatorRow]
    offered: list[Customer]
    review: list[Customer]
    review_caption: str
    migration: Migration | None
    moves: list[Move]


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
        link=partial(record_link, report.crm_url),
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
    return Section(
        entity=entity,
        module=ENTITY_MODULES[entity],
        key=key,
        segments=segments,
        cells=figures.segment_map(tables),
        scale=words.scale(tables),
        customer_bars=_customer_bars(segments, words),
        revenue_bars=_revenue_bars(segments, words),
        best=best,
        best_caption=words.counted(
            "report.best_caption", len(best), share=words.percent(best_share)
        ),
        actions=_action_lists(tables.customers, words),
        leaving=outlook.leaving(tables.leaving),
        staying_note=words.counted("report.staying_note", staying.first_limit) if staying else "",
        months=staying.months[-SHOWN_MONTHS:] if staying else [],
        curve=curve(staying.survival, words) if staying else None,
        lifecycle_bars=_group_bars(outlook.lifecycle(tables.customers), "lifecycle", words),
        value_bars=_value_bars(outlook.value_at_risk(tables.customers), words),
        indicators=tables.indicators,
        offered=outlook.offered(tables.customers),
        review=review[: figures.LISTED],
        review_caption=words.counted("report.review_caption", len(review)),
        migration=tables.migration,
        moves=outlook.moved(tables.migration) if tables.migration else [],
    )


def _action_lists(customers: Sequence[Customer], words: Words) -> list[ActionList]:
    return [
        ActionList(
            action,
            words.option("next_action", action),
            words.counted(
                "report.to_do_caption", len(own), stake=words.amount(outlook.at_stake(own))
            ),
            own[: figures.LISTED],
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
