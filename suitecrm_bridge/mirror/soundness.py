"""Values that figures cannot bear: views of the mirrored tables without them, and their list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import duckdb

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.catalogue.bearable import (
    EARLIEST,
    LATEST,
    MAX_UNITS,
    RANGES,
)
from suitecrm_bridge.mirror.statements import run

LISTED = "unbearable_values"
"""The view that lists them: module, record_id, field, value (text), why (day, amount, number)."""

READ: Mapping[str, tuple[str, ...]] = {
    "Contacts": ("date_entered", "wallet_estimate_c", "next_action_due_c"),
    "Accounts": ("date_entered", "wallet_estimate_c", "next_action_due_c"),
    "Cases": ("date_entered", "date_modified"),
    "AOS_Invoices": (
        "invoice_date",
        "due_date",
        "total_amount",
        "total_amount_usdollar",
        "tax_amount",
        "shipping_amount",
        "subtotal_amount",
    ),
    "AOS_Products_Quotes": (
        "product_qty",
        "product_cost_price_usdollar",
        "product_list_price_usdollar",
        "product_total_price_usdollar",
    ),
    "Opportunities": ("date_entered", "date_closed", "amount", "amount_usdollar"),
    "Leads": ("date_entered",),
    "Prospects": ("date_entered",),
    "Campaigns": ("actual_cost",),
    "CampaignLog": ("activity_date",),
    "Calls": ("date_start", "duration_hours", "duration_minutes"),
    "Meetings": ("date_start", "duration_hours", "duration_minutes"),
    "Tasks": ("date_modified",),
    "Notes": ("date_entered",),
    "AOP_Case_Updates": ("date_entered",),
    "SurveyResponses": ("date_entered", "happiness"),
}
"""Days and numbers that the facts read, by module; a day "never" in any other harms nobody."""

_NET = "coalesce(tax_amount, 0) + coalesce(shipping_amount, 0)"
_TOGETHER: Mapping[str, Mapping[str, str]] = {
    "AOS_Invoices": {
        "total_amount_usdollar": "coalesce(currency_id, '-99') <> '-99' AND total_amount <> 0 AND"
        " abs({total_amount_usdollar} / {total_amount})"
        f" * greatest(abs({{total_amount}} - CAST({_NET} AS DOUBLE)), abs({{subtotal_amount}}))",
    },
    "AOS_Products_Quotes": {
        "product_cost_price_usdollar": "abs({product_cost_price_usdollar} * {product_qty})",
        "product_list_price_usdollar": "abs({product_list_price_usdollar} * {product_qty})",
    },
}
"""By module: amounts that others of the record multiply, and to what."""


@dataclass(frozen=True)
class _Bound:
    """A column, the condition on which its value is unbearable, and what kind of value it is."""

    column: str
    unbearable: str
    why: str


def define(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `sound_<table>` of every mirrored module, and `unbearable_values`.

    A sound view has the table's columns, with NULL in the place of a value that figures cannot
    bear, and two more: `set_apart`, whether there was one, and `amounts_set_apart`. The amounts of
    a record count together or not at all, for half of them would tell another story.
    """
    listed = []
    for module, known in catalogue().modules.items():
        bounds = list(_bounds(module))
        run(connection, f"CREATE OR REPLACE TEMP VIEW sound_{known.table} AS {sound(module)}")
        listed += [
            f"SELECT '{module}' AS module, id AS record_id, '{bound.column}' AS field,"
            f" CAST({bound.column} AS VARCHAR) AS value, '{bound.why}' AS why"
            f" FROM {known.table} WHERE {bound.unbearable}"
            for bound in bounds
        ]
    run(connection, f"CREATE OR REPLACE TEMP VIEW {LISTED} AS {' UNION ALL '.join(listed)}")


def sound(module: str) -> str:
    """Return the query of `sound_<table>`, for who asks before there are views."""
    table, bounds = catalogue().modules[module].table, list(_bounds(module))
    if not bounds:
        return f"SELECT *, false AS set_apart, false AS amounts_set_apart FROM {table}"
    amounts = " OR ".join(b.unbearable for b in bounds if b.why != "day") or "false"
    replaced = {
        bound.column: bound.unbearable if bound.why == "day" else "amounts_set_apart"
        for bound in bounds
    }
    listed = ", ".join(
        f"CASE WHEN {wrong} THEN NULL ELSE {name} END AS {name}" for name, wrong in replaced.items()
    )
    days = " OR ".join(["amounts_set_apart", *(b.unbearable for b in bounds if b.why == "day")])
    # NULL is neither wrong nor right; `coalesce` once is cheaper than in every condition.
    return (
        f"SELECT * REPLACE ({listed}), coalesce({days}, false) AS set_apart"
        f" FROM (SELECT *, coalesce({amounts}, false) AS amounts_set_apart FROM {table})"
    )


def _bounds(module: str) -> Iterator[_Bound]:
    columns, together = catalogue().columns_of(module), _TOGETHER.get(module, {})
    for name in READ.get(module, ()):
        kind = columns[name]
        if kind in ("date", "datetime"):
            wrong = f"CAST({name} AS DATE) NOT BETWEEN DATE '{EARLIEST}' AND DATE '{LATEST}'"
            yield _Bound(name, f"({wrong})", "day")
        else:
            low, high = RANGES.get(name, (-MAX_UNITS, MAX_UNITS))
            wrong = f"{name} NOT BETWEEN {low} AND {high}"
            if name in together:
                # As a double, for the product may leave every exact type.
                doubles = {column: f"CAST({column} AS DOUBLE)" for column in columns}
                wrong += f" OR {together[name].format(**doubles)} > {MAX_UNITS}"
            yield _Bound(name, f"({wrong})", "amount" if kind == "money" else "number")
