"""The totals of customers whose rows are all there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from suitecrm_bridge.catalogue import LEAVING, catalogue
from suitecrm_bridge.money import cents
from suitecrm_bridge.report.dashboard_data import NAMED, OF_EACH
from suitecrm_bridge.report.model import Customer
from suitecrm_bridge.report.totals import Spent, Together, Totals, key_of, steps


def of_rows(customers: Sequence[Customer], left: Sequence[str] = ()) -> Totals:
    """Return the totals of customers who are all there; `left` have left lately, in their order."""
    counts = [row.purchase_count or 0 for row in customers]
    known = [row for row in customers if row.profit is not None]
    values = sorted((_cents(row.clv) for row in customers if _cents(row.clv) > 0), reverse=True)
    return Totals(
        key=key_of(
            len(customers),
            sum(count > 0 for count in counts),
            sum(row.standing in LEAVING for row in customers),
            sum(counts),
            sum(_cents(row.purchase_total) for row in customers),
        ),
        lifecycle=_together(customers, lambda row: row.lifecycle),
        risk=_together(customers, lambda row: row.churn_risk),
        profits={
            key: sum(_cents(row.profit) for row in known if row.rfm_segment == key)
            for key in dict.fromkeys(row.rfm_segment for row in known)
        },
        losing=sum(_cents(row.profit) < 0 for row in known),
        spent=_spent(sorted(_cents(row.purchase_total) for row in customers)),
        valued=len(values),
        held=_held(values),
        named=_named(customers, left),
    )


def _cents(amount: Decimal | None) -> int:
    return 0 if amount is None else cents(amount)


def _together(
    customers: Iterable[Customer], key_of: Callable[[Customer], str]
) -> dict[str, Together]:
    found: dict[str, Together] = {}
    for row in customers:
        if key_of(row):
            count, revenue, value = found.get(key_of(row), (0, 0, 0))
            sums = revenue + _cents(row.purchase_total), value + _cents(row.clv)
            found[key_of(row)] = (count + 1, *sums)
    return found


def _spent(amounts: Sequence[int]) -> Spent:
    bought = [amount for amount in amounts if amount > 0]
    if not bought:
        return Spent(0, 0, (), ())
    edges = steps(bought[-1] / 100)
    up_to = [bisect_right(bought, 100 * edge) for edge in edges]
    return Spent(len(bought), bought[len(bought) // 2], edges, up_to)


def _held(values: Sequence[int]) -> list[tuple[int, int]]:
    reached, percents, found = 0, 0, []
    for place, value in enumerate(values, 1):
        reached += value
        percent = 100 * place // len(values)
        if percent > percents:
            percents = percent
            found.append((place, reached))
    return found


def _named(customers: Sequence[Customer], left: Sequence[str]) -> list[str]:
    def by_stake(row: Customer) -> tuple[int, int, str]:
        return -_cents(row.value_at_stake), -_cents(row.purchase_total), row.customer_id

    ranked = sorted(customers, key=by_stake)
    if len(ranked) <= NAMED:
        return [row.customer_id for row in ranked]
    actions = catalogue().dropdowns["next_action"]
    firsts = {
        row.customer_id
        for fits, order in (*_LISTS, *((_with(action), lambda _: 0) for action in actions))
        for row in sorted(filter(fits, ranked), key=order)[:OF_EACH]
    }
    firsts |= set(left[:OF_EACH])
    chosen = sorted(ranked, key=lambda row: row.customer_id not in firsts)[:NAMED]
    return [row.customer_id for row in sorted(chosen, key=by_stake)]


_LISTS: Sequence[tuple[Callable[[Customer], bool], Callable[[Customer], int]]] = (
    (lambda row: _cents(row.purchase_total) > 0, lambda row: -_cents(row.purchase_total)),
    (lambda row: row.standing in LEAVING, lambda _: 0),
    (lambda row: _cents(row.clv) > 0, lambda row: -_cents(row.clv)),
    (lambda row: bool(row.next_offer), lambda row: -_cents(row.clv)),
    (lambda row: row.review_flag, lambda row: _cents(row.profit)),
)
"""Who is on a list of the page, and in which order; those at stake first where it is the same."""


def _with(action: str) -> Callable[[Customer], bool]:
    return lambda row: row.next_action == action
