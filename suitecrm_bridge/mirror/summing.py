"""Sums over everybody who is scored, made where the scores lie."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb

from suitecrm_bridge.catalogue import LEAVING, Entity, catalogue

if TYPE_CHECKING:
    import pandas as pd

_TOTAL = "CAST(round(100 * coalesce(s.purchase_total, 0)) AS BIGINT)"
_STAKE = "CAST(round(100 * coalesce(s.value_at_stake, 0)) AS BIGINT)"
_CLV = "CAST(round(100 * coalesce(s.clv, 0)) AS BIGINT)"
_PROFIT = "CAST(round(100 * s.profit) AS BIGINT)"
_LEAVING = ", ".join(f"'{one}'" for one in LEAVING)
_BY_STAKE = f"{_STAKE} DESC, {_TOTAL} DESC, s.customer_id"
_FIRST_OF_LISTS: Mapping[str, tuple[str, str]] = {
    "best": (f"{_TOTAL} > 0", f"{_TOTAL} DESC"),
    "leaving": (f"s.standing IN ({_LEAVING})", f"{_STAKE} DESC"),
    "keep": (f"{_CLV} > 0", f"{_CLV} DESC"),
    "offers": ("coalesce(s.next_offer, '') <> ''", f"{_CLV} DESC"),
    "review": ("s.review_flag", f"coalesce({_PROFIT}, 0)"),
}
"""Who is on a list of the page, and in which order."""


class Sums:
    """Sums over the scored customers of one kind who are still there; amounts are hundredths."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, entity: Entity) -> None:
        self._connection = connection
        self._from = f"FROM scores_{entity} s JOIN {entity} r ON r.id = s.customer_id"
        self._names = {
            "contacts": "concat_ws(' ', r.first_name, r.last_name)",
            "accounts": "r.name",
        }[entity]

    def by_segment(self) -> pd.DataFrame:
        """Return what `analytics.segments.summed_up` reads, a row a segment."""
        again = "s.purchase_count > 1"
        rhythm = (
            "date_diff('day', s.first_purchase, s.last_purchase)"
            " / CAST(s.purchase_count - 1 AS DOUBLE)"
        )
        return self._frame(
            "SELECT s.rfm_segment, count(*) AS customers,"
            " coalesce(sum(s.purchase_count), 0) AS purchases,"
            f" sum({_TOTAL}) AS revenue_cents,"
            " date_diff('day', DATE '1970-01-01', max(s.last_purchase)) AS last_day,"
            " median(s.recency_days) AS median_recency_days,"
            " count(*) FILTER (s.purchase_count > 0) AS buyers,"
            f" count(*) FILTER ({again}) AS repeaters,"
            f" median({rhythm}) FILTER ({again}) AS median_rhythm_days"
            f" {self._from} GROUP BY ALL ORDER BY ALL"
        )

    def by_cell(self) -> pd.DataFrame:
        """Return rfm_recency, rfm_frequency, customers and revenue_cents of who has scores."""
        return self._frame(
            "SELECT CAST(s.rfm_recency AS BIGINT) AS rfm_recency,"
            " CAST(s.rfm_frequency AS BIGINT) AS rfm_frequency,"
            f" count(*) AS customers, sum({_TOTAL}) AS revenue_cents {self._from}"
            " WHERE s.rfm_recency IS NOT NULL AND s.rfm_frequency IS NOT NULL"
            " GROUP BY ALL ORDER BY ALL"
        )

    def by_way(self) -> pd.DataFrame:
        """Return what `analytics.leaving.ordered` reads: a row a way of being a customer."""
        ways = ("standing", "rfm_segment", "lifecycle", "churn_risk")
        return self._frame(
            f"SELECT {', '.join(f'''coalesce(s.{way}, '') AS {way}''' for way in ways)},"
            f" count(*) AS customers, sum({_TOTAL}) AS revenue_cents,"
            f" sum({_STAKE}) AS stake_cents {self._from} GROUP BY ALL ORDER BY ALL"
        )

    def by_action(self) -> pd.DataFrame:
        """Return customers, revenue_cents and stake_cents of each next_action that somebody has."""
        return self._frame(
            f"SELECT s.next_action, count(*) AS customers, sum({_TOTAL}) AS revenue_cents,"
            f" sum({_STAKE}) AS stake_cents {self._from}"
            " WHERE s.next_action IS NOT NULL GROUP BY ALL ORDER BY ALL"
        )

    def by(self, column: str) -> dict[str, tuple[int, int, int]]:
        """Return customers, purchases and lifetime value by lifecycle or churn_risk."""
        found = self._rows(
            f'SELECT s."{column}", count(*), sum({_TOTAL}), sum({_CLV}) {self._from}'
            f' WHERE s."{column}" IS NOT NULL GROUP BY ALL'
        )
        return {key: (customers, revenue, clv) for key, customers, revenue, clv in found}

    def key(self) -> tuple[int, int, int, int, int]:
        """Return customers, buyers, who is at risk or lost, purchases, and revenue."""
        (row,) = self._rows(
            "SELECT count(*), count(*) FILTER (s.purchase_count > 0),"
            f" count(*) FILTER (s.standing IN ({_LEAVING})),"
            f" CAST(coalesce(sum(s.purchase_count), 0) AS BIGINT), coalesce(sum({_TOTAL}), 0)"
            f" {self._from}"
        )
        customers, buyers, leaving, purchases, revenue = row
        return customers, buyers, leaving, purchases, int(revenue)

    def staying(self, gone: Collection[str]) -> int:
        """Return how many have none of these lifecycles."""
        known = ", ".join(f"'{one}'" for one in gone)
        ((count,),) = self._rows(
            f"SELECT count(*) {self._from} WHERE coalesce(s.lifecycle, '') NOT IN ({known})"
        )
        return int(count)

    def profits(self) -> tuple[dict[str, int], int]:
        """Return the profit by segment where it is known, and how many bring a loss."""
        found = self._rows(
            f"SELECT coalesce(s.rfm_segment, ''), sum({_PROFIT}), count(*) FILTER (s.profit < 0)"
            f" {self._from} WHERE s.profit IS NOT NULL GROUP BY ALL"
        )
        return {key: int(cents) for key, cents, _ in found}, sum(losing for *_, losing in found)

    def most(self) -> tuple[int, int, int]:
        """Return of those who have bought for something how many there are, the middle and most."""
        bought = f"{self._from} WHERE {_TOTAL} > 0"
        ((count, most),) = self._rows(f"SELECT count(*), coalesce(max({_TOTAL}), 0) {bought}")
        if not count:
            return 0, 0, 0
        middle = f"SELECT {_TOTAL} AS t {bought} ORDER BY t LIMIT 1 OFFSET {count // 2}"
        return count, self._rows(middle)[0][0], most

    def up_to(self, edges: Sequence[int]) -> list[int]:
        """Return how many have bought for something, up to each of these amounts."""
        counted = ", ".join(f"count(*) FILTER ({_TOTAL} <= {int(edge)})" for edge in edges)
        return [int(n) for n in self._rows(f"SELECT {counted} {self._from} WHERE {_TOTAL} > 0")[0]]

    def concentration(self) -> tuple[int, list[tuple[int, int]]]:
        """Return how many have a lifetime value, and what the first ones hold together.

        That is (how many, their sum) where a further hundredth of them is reached, and last all.
        """
        found = self._rows(
            "WITH ranked AS (SELECT v,"
            " row_number() OVER (ORDER BY v DESC) AS place,"
            " sum(v) OVER (ORDER BY v DESC ROWS UNBOUNDED PRECEDING) AS reached,"
            f" count(*) OVER () AS n FROM (SELECT {_CLV} AS v {self._from} WHERE {_CLV} > 0))"
            " SELECT any_value(n), min(place), min(reached) FROM ranked"
            " WHERE 100 * place // n > 0 GROUP BY 100 * place // n ORDER BY 2"
        )
        return (found[0][0] if found else 0), [(place, int(held)) for _, place, held in found]

    def named(self, most: int, of_each: int, also: Sequence[str] = ()) -> list[str]:
        """Return who a page names: the first of every list, and then those with most at stake.

        Args:
            most: of how many customers a page tells.
            of_each: how many are the first of each list.
            also: others who are on a list, in its order.

        The one with most at stake comes first.
        """
        actions = catalogue().dropdowns["next_action"]
        lists = [
            *_FIRST_OF_LISTS.values(),
            *((f"s.next_action = '{one}'", f"{_STAKE} DESC") for one in actions),
        ]
        firsts = " UNION ".join(
            f"(SELECT s.customer_id {self._from} WHERE {who}"
            f" ORDER BY {order}, {_BY_STAKE} LIMIT {int(of_each)})"
            for who, order in lists
        )
        rows = self._rows(
            f"WITH firsts AS ({firsts} UNION SELECT unnest(?::VARCHAR[])),"
            f" named AS (SELECT s.customer_id, {_STAKE} AS stake, {_TOTAL} AS total,"
            f" s.customer_id IN (SELECT customer_id FROM firsts) AS first {self._from}"
            f" ORDER BY first DESC, stake DESC, total DESC, s.customer_id LIMIT {int(most)})"
            " SELECT customer_id FROM named ORDER BY stake DESC, total DESC, customer_id",
            [list(also)[:of_each]],
        )
        return [row[0] for row in rows]

    def to_call(self) -> dict[str, Calls]:
        """Return by action how many have it, what is at stake, and who has most of that."""
        rows = self._rows(
            f"SELECT s.next_action, count(*), sum({_STAKE}),"
            f" first(s.customer_id ORDER BY {_BY_STAKE}),"
            f" first({self._names} ORDER BY {_BY_STAKE})"
            f" {self._from} WHERE s.next_action IS NOT NULL GROUP BY ALL"
        )
        return {action: Calls(n, int(stake), id, name or "") for action, n, stake, id, name in rows}

    def lost(self, view: str = "", gone: Collection[str] = ()) -> tuple[int, int]:
        """Return how many are lost, and what a year with them brought.

        Args:
            view: of a snapshot; without, whoever is lost counts.
            gone: who has one of these lifecycles there does not count.
        """
        known = ", ".join(f"'{one}'" for one in gone)
        before = (
            f" AND s.customer_id IN (SELECT customer_id FROM {view}"
            f" WHERE coalesce(lifecycle, '') NOT IN ({known}))"
            if view
            else ""
        )
        ((count, cost),) = self._rows(
            "SELECT count(*), coalesce(sum(CAST(round(100 * coalesce(s.lost_value, 0)) AS BIGINT)),"
            f" 0) {self._from} WHERE s.standing = 'lost'{before}"
        )
        return count, int(cost)

    def _rows(self, query: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self._connection.execute(query, list(parameters)).fetchall()

    def _frame(self, query: str) -> pd.DataFrame:
        import pandas as pd

        done = self._connection.execute(query)
        names = [column[0] for column in done.description or []]
        return pd.DataFrame(done.fetchall(), columns=names)


@dataclass(frozen=True)
class Calls:
    """Who has an action: how many, what is at stake, and who of them has most of it."""

    customers: int
    stake_cents: int
    first_id: str
    first_name: str
