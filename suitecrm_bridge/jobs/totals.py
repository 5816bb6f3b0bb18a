"""What all customers come to, asked of the mirror."""

from __future__ import annotations

from collections.abc import Sequence

from suitecrm_bridge.catalogue import Entity
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.mirror.summing import Sums
from suitecrm_bridge.report import NAMED, OF_EACH, Spent, Totals, key_of, steps


def totals(mirror: Mirror, entity: Entity, left: Sequence[str]) -> Totals:
    """Return the totals of a kind of customer; `left` have left lately, the most at stake first."""
    sums = Sums(mirror.connection, entity)
    profits, losing = sums.profits()
    valued, held = sums.concentration()
    return Totals(
        key=key_of(*sums.key()),
        lifecycle=sums.by("lifecycle"),
        risk=sums.by("churn_risk"),
        profits=profits,
        losing=losing,
        spent=_spent(sums),
        valued=valued,
        held=held,
        named=sums.named(NAMED, OF_EACH, left),
    )


def _spent(sums: Sums) -> Spent:
    customers, middle, most = sums.most()
    if not customers:
        return Spent(0, 0, (), ())
    edges = steps(most / 100)
    return Spent(customers, middle, edges, sums.up_to([round(100 * edge) for edge in edges]))
