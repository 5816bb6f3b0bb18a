"""Customers summed up by what a page can be filtered by: segment, country, owner and product."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

import duckdb

from suitecrm_bridge.catalogue import LEAVING, Entity, Source

if TYPE_CHECKING:
    import pandas as pd

KEPT = (8, 4)
"""Countries, owners and products that can be chosen by name; the others are OTHER together. Fewer
of them where there would be too many sums for a page."""
MOST_CELLS = 6_000
"""Sums over what can be chosen that a page holds."""
MONTHS = 36
"""Months of revenue, so that each of two years stands beside the one before."""
OTHER = "other"
"""Stands for what is not among the kept ones; a name of which nothing is known is ""."""

_LINES: Mapping[Source, str] = {
    "invoices": "SELECT DISTINCT i.{customer} AS customer_id, l.product_id, sum(l.cents) AS cents"
    " FROM line_facts l JOIN invoice_facts i USING (invoice_id)"
    " WHERE i.status <> 'Cancelled' AND coalesce(i.{customer}, '') <> '' GROUP BY ALL",
    "opportunities": "SELECT '' AS customer_id, '' AS product_id, 0 AS cents WHERE false",
}
_OWNER = "coalesce(r.assigned_user_id, '')"
EVERYBODY = "''"
"""In SQL, what stands in the place of a product for all customers."""
_CUSTOMER: Mapping[Entity, str] = {"contacts": "contact_id", "accounts": "account_id"}
_COUNTRY: Mapping[Entity, str] = {
    "contacts": "primary_address_country",
    "accounts": "billing_address_country",
}


@dataclass(frozen=True)
class Filters:
    """Sums by everything that can be chosen.

    Args:
        values: what can be chosen, by "country", "owner" (ids of users) and "product".
        people: customer_id, country, owner (one of the values, OTHER or ""), products (a list).
        cells: product, segment, recency, frequency, country, owner, customers, buyers, leaving,
            revenue_cents, stake_cents. Product "" is everybody, another one its buyers.
        months: product, segment, country, owner, month (its first day), cents, purchases (days
            with a purchase).
    """

    values: Mapping[str, Sequence[str]]
    people: pd.DataFrame
    cells: pd.DataFrame
    months: pd.DataFrame


def filters(
    connection: duckdb.DuckDBPyConnection,
    source: Source,
    entity: Entity,
    as_of: date,
    named: Sequence[str],
) -> Filters:
    """Sum up the customers of an entity that are scored.

    Args:
        connection: of the mirror, where the table `customer_days` was made.
        source: what is a purchase.
        entity: whose.
        as_of: the day of the scores.
        named: the customers that `people` tells of.
    """
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE bought_products AS {_LINES[source]}".format(
            customer=_CUSTOMER[entity]
        )
    )
    for kept in KEPT:
        values = _values(connection, entity, kept)
        _define(connection, entity, values)
        cells = _cells(connection)
        if len(cells) <= MOST_CELLS:
            break
    people = _people(connection, named)
    return Filters(values, people, cells, _months(connection, entity, as_of))


def _values(
    connection: duckdb.DuckDBPyConnection, entity: Entity, kept: int
) -> dict[str, list[str]]:
    country = f"SELECT {_trimmed(entity)} AS value, 1 AS weight FROM {entity} r"
    owner = f"SELECT {_OWNER} AS value, 1 AS weight FROM {entity} r"
    product = (
        "SELECT coalesce(p.name, '') AS value, b.cents AS weight FROM bought_products b"
        " JOIN products p ON p.id = b.product_id"
    )
    asked = {"country": country, "owner": owner, "product": product}
    return {name: _kept(connection, query, kept) for name, query in asked.items()}


def _trimmed(entity: Entity) -> str:
    return f"coalesce(trim({_COUNTRY[entity]}), '')"


def _kept(connection: duckdb.DuckDBPyConnection, query: str, kept: int) -> list[str]:
    rows = connection.execute(
        f"SELECT value FROM ({query}) WHERE value <> '' GROUP BY value"
        f" ORDER BY sum(weight) DESC, value LIMIT {kept}"
    ).fetchall()
    return [row[0] for row in rows]


def _define(
    connection: duckdb.DuckDBPyConnection, entity: Entity, values: Mapping[str, Sequence[str]]
) -> None:
    """Make `chosen_by`, a row a customer, and `chosen_products`, a row a customer and product."""
    kept = (
        f"CASE WHEN {{0}} = '' OR list_contains(?::VARCHAR[], {{0}}) THEN {{0}} ELSE '{OTHER}' END"
    )
    leaving = ", ".join(f"'{standing}'" for standing in LEAVING)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE chosen_by AS SELECT s.customer_id,"
        " coalesce(s.rfm_segment, '') AS segment,"
        " CAST(coalesce(s.rfm_recency, 0) AS BIGINT) AS recency,"
        " CAST(coalesce(s.rfm_frequency, 0) AS BIGINT) AS frequency,"
        f" {kept.format(_trimmed(entity))} AS country,"
        f" {kept.format(_OWNER)} AS owner,"
        " CAST(coalesce(s.purchase_count, 0) > 0 AS BIGINT) AS buyers,"
        f" CAST(coalesce(s.standing, '') IN ({leaving}) AS BIGINT) AS leaving,"
        " CAST(round(100 * coalesce(s.purchase_total, 0)) AS BIGINT) AS revenue_cents,"
        " CAST(round(100 * coalesce(s.value_at_stake, 0)) AS BIGINT) AS stake_cents"
        f" FROM scores_{entity} s JOIN {entity} r ON r.id = s.customer_id",
        [values["country"], values["owner"]],
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE chosen_products AS"
        " SELECT DISTINCT b.customer_id,"
        f" CASE WHEN list_contains(?::VARCHAR[], p.name) THEN p.name ELSE '{OTHER}' END AS product"
        " FROM bought_products b JOIN products p ON p.id = b.product_id"
        " WHERE coalesce(p.name, '') <> ''",
        [values["product"]],
    )


def _people(connection: duckdb.DuckDBPyConnection, named: Sequence[str]) -> pd.DataFrame:
    rows = connection.execute(
        "SELECT n.customer_id, n.country, n.owner,"
        " coalesce(list_sort(list(p.product) FILTER (p.product IS NOT NULL)), []) AS products"
        " FROM chosen_by n LEFT JOIN chosen_products p USING (customer_id)"
        " WHERE n.customer_id IN (SELECT unnest(?::VARCHAR[]))"
        " GROUP BY n.customer_id, n.country, n.owner, n.stake_cents, n.revenue_cents"
        " ORDER BY n.stake_cents DESC, n.revenue_cents DESC, n.customer_id",
        [list(named)],
    ).fetchall()
    import pandas as pd

    return pd.DataFrame(rows, columns=["customer_id", "country", "owner", "products"], dtype=object)


_BY = "segment, recency, frequency, country, owner"
_SUMS = ("customers", "buyers", "leaving", "revenue_cents", "stake_cents")


def _cells(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    sums = ", ".join(f"CAST(sum({name}) AS BIGINT) AS {name}" for name in _SUMS[1:])
    select = f"SELECT {{0}} AS product, {_BY}, count(*) AS customers, {sums} FROM chosen_by"
    rows = connection.execute(
        f"{select.format(EVERYBODY)} GROUP BY ALL UNION ALL"
        f" {select.format('product')} JOIN chosen_products USING (customer_id) GROUP BY ALL"
        " ORDER BY ALL"
    ).fetchall()
    import pandas as pd

    return pd.DataFrame(rows, columns=["product", *_BY.split(", "), *_SUMS])


def _months(connection: duckdb.DuckDBPyConnection, entity: Entity, as_of: date) -> pd.DataFrame:
    by = "segment, country, owner"
    select = (
        f"SELECT {{0}} AS product, {by},"
        " CAST(date_trunc('month', DATE '1970-01-01' + CAST(d.day AS INTEGER)) AS DATE) AS month,"
        " CAST(sum(d.cents) AS BIGINT) AS cents, CAST(sum(d.bought) AS BIGINT) AS purchases"
        " FROM customer_days d JOIN chosen_by USING (customer_id){1}"
        " WHERE d.entity = $entity AND d.day >= date_diff('day', DATE '1970-01-01',"
        f" CAST(date_trunc('month', $day::DATE) - INTERVAL {MONTHS - 1} MONTH AS DATE))"
        " GROUP BY ALL"
    )
    with_products = " JOIN chosen_products USING (customer_id)"
    rows = connection.execute(
        f"{select.format(EVERYBODY, '')} UNION ALL {select.format('product', with_products)}"
        " ORDER BY ALL",
        {"entity": entity, "day": as_of},
    ).fetchall()
    import pandas as pd

    return pd.DataFrame(rows, columns=["product", *by.split(", "), "month", "cents", "purchases"])


def left_since(connection: duckdb.DuckDBPyConnection, entity: Entity, snapshot: str) -> list[str]:
    """Return who is lost and was not in a snapshot, by its view; the most at stake first."""
    rows = connection.execute(
        f"SELECT s.customer_id FROM scores_{entity} s JOIN {snapshot} b USING (customer_id)"
        " WHERE s.lifecycle = 'lapsed'"
        " AND coalesce(b.lifecycle, '') NOT IN ('lapsed', 'prospect', '')"
        " ORDER BY coalesce(s.value_at_stake, 0) DESC, s.customer_id"
    ).fetchall()
    return [row[0] for row in rows]


def active_in(connection: duckdb.DuckDBPyConnection, snapshot: str) -> int:
    """Return how many were customers, and not lost, in a snapshot, by its view."""
    ((count,),) = connection.execute(
        f"SELECT count(*) FROM {snapshot} WHERE lifecycle NOT IN ('lapsed', 'prospect')"
    ).fetchall()
    return int(count)


def open_tasks(
    connection: duckdb.DuckDBPyConnection, most: int
) -> list[tuple[str, datetime | None, str, str, str]]:
    """Return (task, due in UTC, priority, case, its subject) of open tasks about cases.

    The first due comes first; those without a day come last.
    """
    return connection.execute(
        "SELECT coalesce(t.name, ''), t.date_due, coalesce(t.priority, ''), c.id,"
        " coalesce(trim(c.name), '')"
        " FROM tasks t JOIN cases c ON c.id = t.parent_id"
        " WHERE t.parent_type = 'Cases'"
        " AND coalesce(t.status, '') NOT IN ('Completed', 'Deferred')"
        " ORDER BY t.date_due NULLS LAST, t.id LIMIT ?",
        [most],
    ).fetchall()
