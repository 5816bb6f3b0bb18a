"""Profit: what a customer brings, less what serving them costs."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from suitecrm_bridge.analytics.engine import SqlEngine


@dataclass(frozen=True)
class Rates:
    """What serving costs, in the base currency.

    `case_cents` is the cost of a case, `hour_cents` of an hour on the phone or in a meeting, both
    in hundredths; `late_percent` the interest a year on what is paid late. Margins are computed
    when the cost of at least `known_percent` of all sales is known.
    """

    case_cents: int = 2_500
    hour_cents: int = 4_000
    late_percent: int = 10
    known_percent: int = 50


def compute(engine: SqlEngine, as_of: date, rates: Rates | None = None) -> None:
    """Find the profit of every customer, into the table `customer_profit`.

    Tables in: `customers` (customer_id) and `purchases` (customer_id, purchase_id, day, cents) of
    one entity; `invoice_costs`: invoice_id, net_cents (without tax
    and shipping), lines, lines_cents, known_cents (lines whose cost is known), cost_cents (of
    those); `service_facts`: customer_id, kind ("case", "call" or "meeting"), day, minutes;
    `overdue_facts`: invoice_id, due_day, owed_cents (with tax and shipping) of invoices that are
    not paid.
    Columns out: customer_id, net_cents, margin_cents, service_cents, late_cents, profit_cents
    (margin less both costs), known_cents, cases, minutes. Margin and profit are null while too
    little is known of what the products cost.

    SuiteCRM keeps no date of payment: only what is due and unpaid on `as_of` costs interest.

    Raises:
        DataError: a table is missing, or a sum is out of range.

    Reference:
        Kaplan, R. S. and Narayanan, V. G. (2001), Measuring and managing customer profitability,
        Journal of Cost Management 15(5), for margin less cost to serve.
    """
    engine.look_from(as_of)
    engine.values("profit_parameters", asdict(rates or Rates()))
    engine.make("customer_profit")
