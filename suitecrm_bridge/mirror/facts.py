"""Canonical facts for the analytics: epoch days, hundredths of the base currency, no null keys."""

from __future__ import annotations

from importlib.resources import files

import duckdb

_FOLDER = files("suitecrm_bridge.mirror") / "sql"


class Facts:
    """Temporary views of the canonical facts; the files in `sql` define them."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._define("facts")

    def define_value(self) -> None:
        """Make the views of what customers bring and cost, which only their scoring needs."""
        self._define("value_facts")

    def product_names(self) -> dict[str, str]:
        """Return the names of the products by their ids."""
        rows = self._connection.execute("SELECT id, name FROM products WHERE name <> ''")
        return dict(rows.fetchall())

    def _define(self, name: str) -> None:
        self._connection.execute((_FOLDER / f"{name}.sql").read_text(encoding="utf-8"))

    def has_invoices(self) -> bool:
        """Return whether any invoice is mirrored."""
        return bool(self._connection.execute("SELECT 1 FROM invoices LIMIT 1").fetchall())

    def skipped(self, source: str) -> dict[str, int]:
        """Count the rows of `source` ("invoices" or "opportunities") that are not facts, by why."""
        without_date, without_amount = self._connection.execute(
            "SELECT count(*) FILTER (fact_date IS NULL),"
            " count(*) FILTER (fact_date IS NOT NULL AND amount_in_base IS NULL)"
            f" FROM {source}_in_base"
        ).fetchall()[0]
        return {"without_date": int(without_date), "without_base_amount": int(without_amount)}
