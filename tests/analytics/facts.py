"""A small CRM in canonical facts, with every case that the rules speak of."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from suitecrm_bridge.analytics.engine import SqlEngine

Rows = list[tuple[Any, ...]]

COLUMNS: dict[str, dict[str, str]] = {
    "invoice_facts": {
        "invoice_id": "string",
        "contact_id": "string",
        "account_id": "string",
        "status": "string",
        "day": "Int64",
        "cents": "Int64",
    },
    "opportunity_facts": {
        "opportunity_id": "string",
        "account_id": "string",
        "stage": "string",
        "day": "Int64",
        "cents": "Int64",
    },
    "accounts_contacts": {"contact_id": "string", "account_id": "string"},
    "opportunities_contacts": {"opportunity_id": "string", "contact_id": "string"},
    "customers_contacts": {"customer_id": "string"},
    "customers_accounts": {"customer_id": "string"},
}

ROWS: dict[str, Rows] = {
    "invoice_facts": [
        ("i1", "ann", "acme", "Paid", 100, 1000),
        ("i2", "ann", None, "Unpaid", 90, 2000),
        ("i3", "ann", "acme", "Cancelled", 95, 9999),
        ("i4", None, "acme", "", 80, 500),
        ("i5", "bob", None, "Paid", 100, 700),
        ("i6", "eve", None, "Paid", 100, 300),
        ("i7", None, None, "Paid", 100, 100),
        ("i8", "bob", None, "Paid", 99, -200),
        ("i9", "bob", "zeta", "Paid", 101, 50),
    ],
    "opportunity_facts": [
        ("o1", "acme", "Closed Won", 100, 5000),
        ("o2", "acme", "Closed Lost", 100, 7000),
        ("o3", None, "Closed Won", 90, 300),
        ("o4", "zeta", "Closed Won", 80, 100),
    ],
    "accounts_contacts": [("ann", "beta"), ("bob", "zeta"), ("bob", "beta"), ("bob", "zeta")],
    "opportunities_contacts": [
        ("o1", "ann"),
        ("o1", "bob"),
        ("o1", "bob"),
        ("o2", "ann"),
        ("o3", "ann"),
    ],
    "customers_contacts": [("ann",), ("bob",), ("cyd",)],
    "customers_accounts": [("acme",), ("beta",), ("zeta",), ("idle",)],
}


def frames(rows: dict[str, Rows] = ROWS) -> Iterator[tuple[str, pd.DataFrame]]:
    """Each table of facts with its name."""
    for name, columns in COLUMNS.items():
        yield name, pd.DataFrame(rows[name], columns=list(columns)).astype(columns)


def load(engine: SqlEngine, rows: dict[str, Rows] = ROWS) -> None:
    """Put the facts into an engine."""
    for name, frame in frames(rows):
        engine.table(name, frame)
