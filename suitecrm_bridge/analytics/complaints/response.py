"""What each complaint and each customer gets as figures of its own."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd

from suitecrm_bridge.analytics.days import to_dates
from suitecrm_bridge.analytics.engine import SqlEngine, Tables


def cases(engine: SqlEngine) -> pd.DataFrame:
    """Return the figures of each complaint, after `timeline.prepare`.

    Tables in: `case_customers_contacts`, `case_customers_accounts` (case_id, customer_id),
    `customer_scores_contacts`, `customer_scores_accounts` (customer_id, segment).
    Columns out: case_id; first_response_hours, resolution_hours (Decimal, business hours with
    one place, without waiting for the customer, None where not yet); waiting_hours (Decimal, those
    of waiting for them, None where not known); sla_breached (whether a target is missed by now);
    customer_segment (of the contact; of the account where the contact has not bought, or is not
    known; None where neither has one).
    """
    found = engine.fetch("complaint_cases")
    return pd.DataFrame(
        {
            "case_id": found["case_id"].astype(object),
            "first_response_hours": _decimals(found["response_tenths"], 1),
            "resolution_hours": _decimals(found["resolution_tenths"], 1),
            "waiting_hours": _decimals(found["waited_tenths"], 1),
            "sla_breached": (found["breached"] == 1).astype(bool),
            "customer_segment": _objects(found["segment"]),
        }
    )


def customers(tables: Tables) -> pd.DataFrame:
    """Return the figures of each customer, after both `prepare`.

    Tables in: `customers` (entity, customer_id) and `complaint_facts` (entity, customer_id,
    case_id); a complaint may be several customers'.
    Columns out: entity; customer_id; complaint_count, complaint_open; last_complaint (date, None
    without any); resolution_days (Decimal, median of the calendar days until their complaints were
    resolved, without waiting for them, one place, None where none was); satisfaction (Decimal, 0
    to 100, mean of their answers of the last 365 days, None where there are none).
    """
    found = tables.fetch("complaint_customers")
    return pd.DataFrame(
        {
            "entity": found["entity"].astype(object),
            "customer_id": found["customer_id"].astype(object),
            "complaint_count": found["complaint_count"].astype("int64"),
            "complaint_open": found["complaint_open"].astype("int64"),
            "last_complaint": to_dates(found["last_day"]),
            "resolution_days": _decimals(found["resolution_tenths"], 1),
            "satisfaction": _decimals(found["satisfaction"], 2),
        }
    )


def _decimals(column: pd.Series[Any], places: int) -> pd.Series[Any]:
    known = {value: Decimal(int(value)).scaleb(-places) for value in column.dropna().unique()}
    values = [None if pd.isna(value) else known[value] for value in column]
    return pd.Series(values, index=column.index, dtype=object)


def _objects(column: pd.Series[Any]) -> pd.Series[Any]:
    return column.astype(object).where(column.notna(), None)
