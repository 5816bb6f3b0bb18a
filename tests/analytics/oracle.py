"""RFM in plain Python, written from the definition and not from the SQL."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

Purchase = tuple[str, int, int]
"""customer, day, cents"""


def scores(
    purchases: Iterable[Purchase], as_of_day: int, customers: Iterable[str] | None = None
) -> Mapping[str, tuple[int, int, int]]:
    """Recency, frequency and monetary score of every customer who bought something."""
    rows = [row for row in purchases if row[1] <= as_of_day]
    known = {row[0] for row in rows} if customers is None else set(customers)
    brought: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for customer, day, cents in rows:
        if customer in known:
            brought[customer][day] += cents
    net = {customer: sum(found.values()) for customer, found in brought.items()}
    bought = {
        customer: {day for day, cents in found.items() if cents > 0}
        for customer, found in brought.items()
    }
    days = {customer: found for customer, found in bought.items() if found}
    last = {customer: max(found) for customer, found in days.items()}
    count = {customer: len(found) for customer, found in days.items()}
    total = {customer: net[customer] for customer in days}
    fifths = [_fifths(values) for values in (last, count, total)]
    return {
        customer: (fifths[0][customer], fifths[1][customer], fifths[2][customer])
        for customer in days
    }


def _fifths(values: Mapping[str, int]) -> Mapping[str, int]:
    size = len(values)
    return {
        customer: 5 * sum(other < value for other in values.values()) // size + 1
        for customer, value in values.items()
    }
