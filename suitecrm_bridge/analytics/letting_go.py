"""Letting go, decently: what would make customers pay for themselves who cost more than they bring.

Nothing here is an action: a person decides, with everything on one sheet.
"""

from __future__ import annotations

from datetime import date

from suitecrm_bridge.analytics.engine import SqlEngine

MOST_RISE = 99_999
"""In ten-thousandths; more, from who bought next to nothing, has no room in the field."""


def compute(engine: SqlEngine, as_of: date, fixed_percent: int) -> None:
    """Find who costs more than they bring, into the table `letting_go`.

    Tables in: `customer_profit`, as `profit.compute` leaves it; `purchases`; `invoice_extras`
    (invoice_id, list_cents, sold_cents, shipping_cents); `engagement_facts`.
    Columns out: customer_id, net_cents, loss_cents, rise (ten-thousandths), service_cents,
    late_cents, discount_cents, free_deliveries, delivery_cents, after_service_cents,
    after_discount_cents, after_delivery_cents, margin_cents, leaving_cents, referred.

    Args:
        engine: holds the tables.
        as_of: the day to look from.
        fixed_percent: how much of what serving them costs goes on without them: an assumption.

    Raises:
        DataError: a table is missing, or a sum is out of range.
    """
    engine.look_from(as_of)
    known = {"fixed_percent": fixed_percent, "most_rise": MOST_RISE}
    engine.values("letting_go_parameters", known)
    engine.make("letting_go")
