"""What is special about a customer, in a sentence that repeats no column beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from suitecrm_bridge.money import cents
from suitecrm_bridge.report.dashboard_data import OF_EACH
from suitecrm_bridge.report.model import Customer
from suitecrm_bridge.report.totals import Totals
from suitecrm_bridge.report.words import Words

TOLD = 2
"""Things that are said of one customer at most, the rarest first."""
SILENT_TIMES = 2
"""This many times their usual pause is a silence worth a word."""
RHYTHM_FROM = 3
"""Purchases from which there is a rhythm."""
LARGE_TIMES = 3
"""A purchase of this many times what half of the buyers have bought for in all is a large one."""
LONG_YEARS = 3
"""Years after which somebody is an old customer."""
DAYS_A_YEAR = 365.25

Fact = tuple[float, str]
"""How rare something is, from 0 to 1, and what it is in words."""


def specials(rows: Sequence[Customer], totals: Totals, as_of: date, words: Words) -> dict[str, str]:
    """Return by customer what is special about each of those that a page names, "" for nothing."""
    best = sorted(rows, key=lambda row: (-_cents(row), row.customer_id))[:OF_EACH]
    places = {row.customer_id: place for place, row in enumerate(best, 1) if _cents(row) > 0}
    found = {}
    for row in rows:
        facts = sorted(_facts(row, places.get(row.customer_id), totals, as_of, words))
        found[row.customer_id] = " ".join(told for _, told in facts[:TOLD])
    return found


def _facts(
    row: Customer, place: int | None, totals: Totals, as_of: date, words: Words
) -> Iterator[Fact]:
    yield from _troubles(row, words)
    yield from _pause(row, as_of, words)
    if place is not None and place <= max(1, totals.key.buyers // 5):
        yield (
            place / totals.key.buyers,
            words.text(
                "dashboard.special_place",
                place=words.number(place),
                number=words.number(totals.key.buyers),
            ),
        )
    middle = totals.spent.middle
    if row.purchase_count == 1:
        large = middle and _cents(row) >= LARGE_TIMES * middle
        key = "special_once_large" if large else "special_once"
        yield 0.1 if large else 0.6, words.text(f"dashboard.{key}")
    if row.first_purchase is not None:
        years = int((as_of - row.first_purchase).days / DAYS_A_YEAR)
        if years >= LONG_YEARS:
            yield 1 / years, words.text("dashboard.special_years", number=words.number(years))


def _troubles(row: Customer, words: Words) -> Iterator[Fact]:
    if row.profit is not None and row.profit < 0:
        told = words.money(-cents(row.profit))
        yield 0.02, words.text("dashboard.special_loss", amount=told)
    if row.attempts:
        yield 0.05, words.counted("dashboard.special_attempts", row.attempts)
    if row.next_offer:
        yield 0.7, words.text("dashboard.special_offer", product=row.next_offer)


def _pause(row: Customer, as_of: date, words: Words) -> Iterator[Fact]:
    """Yield how long nothing came, beside how often something used to."""
    first, last, count = row.first_purchase, row.last_purchase, row.purchase_count or 0
    if first is None or last is None or count < RHYTHM_FROM or first == last:
        return
    usual, silent = (last - first).days / (count - 1), (as_of - last).days
    told = {"usual": words.number(round(usual)), "silent": words.number(silent)}
    if silent >= SILENT_TIMES * usual:
        yield usual / silent / SILENT_TIMES, words.text("dashboard.special_silent", **told)
    else:
        yield 0.8, words.text("dashboard.special_rhythm", **told)


def _cents(row: Customer) -> int:
    return 0 if row.purchase_total is None else cents(row.purchase_total)
