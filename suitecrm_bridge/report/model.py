"""What a report is made from: pandas frames come in, checked rows of plain values come out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

import pandas as pd

from suitecrm_bridge.catalogue import Basis, Entity, Language
from suitecrm_bridge.report.dashboard_data import DashboardData
from suitecrm_bridge.report.staying import Staying, StayingData
from suitecrm_bridge.report.totals import Totals
from suitecrm_bridge.tables import Table

Addresses = Mapping[str, tuple[str, str]]
"""E-mail and phone by the ids of customers."""


@dataclass(frozen=True)
class MigrationData:
    """Moves between two days, one row each pair of segments, with the columns of `Move`.

    `note` says what a reader must know before they believe them.
    """

    before: date
    after: date
    moves: pd.DataFrame
    note: str = ""


@dataclass(frozen=True)
class EntityData:
    """Frames of one kind of customer.

    Args:
        customers: one row a customer, with the columns of `Customer`; where `totals` are given and
            a page is all that is made, only those that they name.
        segments: one row a segment in catalogue rank order, with the columns of `SegmentRow`.
        grid: one row for each of the 25 cells, with the columns of `Cell`.
        indicators: one row an indicator, with the columns of `IndicatorRow`.
        migration: None while there is nothing to compare with.
        leaving: one row for each way of being a customer, with the columns of `LeavingRow`.
        basis: how scores were cut, None where nobody knows.
        staying: months and curve; None leaves them out.
        dashboard: what only the page shows; without it, a page has no filters and no sentences.
        totals: what all customers come to; without, `customers` are all of them.
        relations: tables about the relation beside buying.
    """

    customers: pd.DataFrame
    segments: pd.DataFrame
    grid: pd.DataFrame
    indicators: pd.DataFrame | None = None
    migration: MigrationData | None = None
    leaving: pd.DataFrame | None = None
    basis: Basis | None = None
    staying: StayingData | None = None
    dashboard: DashboardData | None = None
    totals: Totals | None = None
    relations: Sequence[Table] = ()


@dataclass(frozen=True)
class ComplaintsData:
    """What a report says of the complaints made from `since` to `until`, by `customers`."""

    customers: str
    since: date
    until: date
    parts: Sequence[Table]


@dataclass(frozen=True)
class ReportData:
    """Everything that a report shows.

    Args:
        as_of: day that the figures describe.
        crm_url: address of SuiteCRM, for the links to its records; may be empty.
        entities: frames of the contacts, the accounts, or both.
        skipped: number of records left out, by reason (such as "invoices_without_date").
        unbearable: lines that name records with a value that figures cannot bear, and why.
        purchases_source: what counts as a purchase.
        amounts: without tax and shipping (net), with both (gross), or as people entered them.
        only_totals: number of invoices that count as they stand, since only their total is known.
        complaints: None leaves them out.
        programmes: tables about programmes; none where none ever ran.
        leads: tables about where customers came from; none where there are no leads.
        addresses: e-mail and phone by customer, "" where they may not be addressed so.
        names: whether a workbook may hold anything of single customers.
        runs: the last runs of the bridge; None leaves them out.
        tasks: the open tasks about complaints; None leaves them out.
    """

    as_of: date
    crm_url: str
    entities: Mapping[Entity, EntityData]
    skipped: Mapping[str, int]
    purchases_source: Literal["invoices", "opportunities"]
    amounts: Literal["net", "gross", "as_entered"] = "net"
    only_totals: int = 0
    complaints: ComplaintsData | None = None
    unbearable: Sequence[str] = ()
    programmes: Sequence[Table] = ()
    leads: Sequence[Table] = ()
    addresses: Mapping[Entity, Addresses] = field(default_factory=dict)
    names: bool = True
    runs: Table | None = None
    tasks: Table | None = None


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer; what is not known, such as the dates of a prospect, is None."""

    customer_id: str
    name: str
    rfm_segment: str
    rfm_score: str
    rfm_recency: int | None
    rfm_frequency: int | None
    rfm_monetary: int | None
    first_purchase: date | None
    last_purchase: date | None
    purchase_count: int | None
    purchase_total: Decimal | None
    average_purchase: Decimal | None
    rfm_reason: str
    lifecycle: str
    churn_risk: str
    clv: Decimal | None
    profit: Decimal | None
    next_offer: str
    review_flag: bool
    review_reason: str
    standing: str
    next_action: str
    next_action_reason: str
    next_action_due: date | None
    value_at_stake: Decimal | None
    lost_value: Decimal | None = None
    wallet_share: float | None = None
    attempts: int | None = None


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """Totals of one segment; shares lie between 0 and 1, the average is a customer's."""

    segment: str
    customers: int
    customer_share: float | None
    revenue_cents: int
    revenue_share: float | None
    average_cents: int | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One of the 25 cells of the segment map."""

    recency: int
    frequency: int
    segment: str
    customers: int
    revenue_cents: int


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator of the catalogue; the value is None where there is none."""

    key: str
    unit: str
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class LeavingRow:
    """The customers of a standing who have the same segment, lifecycle and churn risk."""

    standing: str
    rfm_segment: str
    lifecycle: str
    churn_risk: str
    customers: int
    revenue_cents: int
    stake_cents: int


@dataclass(frozen=True, slots=True)
class Move:
    """Who went from one segment to another; "came" and "left" stand for outside."""

    from_segment: str
    to_segment: str
    customers: int
    share: float | None
    revenue_cents: int


@dataclass(frozen=True)
class Migration:
    """The moves between two days; `note` says what to know before believing them."""

    before: date
    after: date
    moves: list[Move]
    note: str


@dataclass(frozen=True)
class Tables:
    """The rows of one kind of customer."""

    customers: list[Customer]
    segments: list[SegmentRow]
    grid: list[Cell]
    indicators: list[IndicatorRow]
    migration: Migration | None
    leaving: list[LeavingRow]
    basis: Basis | None
    staying: Staying | None
    dashboard: DashboardData | None
    totals: Totals
    relations: Sequence[Table]


@dataclass(frozen=True)
class Report:
    """A checked `ReportData` with the language in which it is written."""

    as_of: date
    crm_url: str
    entities: Mapping[Entity, Tables]
    skipped: Mapping[str, int]
    purchases_source: str
    amounts: str
    only_totals: int
    lang: Language
    complaints: ComplaintsData | None
    unbearable: Sequence[str]
    programmes: Sequence[Table]
    leads: Sequence[Table]
    addresses: Mapping[Entity, Addresses]
    names: bool
    runs: Table | None
    tasks: Table | None
