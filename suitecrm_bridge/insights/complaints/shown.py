"""What people see of the figures of complaints."""

from __future__ import annotations

from collections.abc import Mapping

from suitecrm_bridge.tables import Kind

FIGURES: Mapping[str, Kind] = {
    "number": "count",
    "open": "count",
    "breached": "count",
    "reopened": "count",
    "repeated": "count",
    "response_median_hours": "decimal",
    "resolution_median_hours": "decimal",
    "per_100_sales": "decimal",
    "per_100_customers": "decimal",
    "satisfaction_after": "points",
    "lost": "count",
}
"""Figures of a crossing as people read it; programs get every one."""

OVERVIEW: Mapping[str, Kind] = {
    "number": "count",
    "open": "count",
    "age_median": "count",
    "age_p90": "count",
    "breached": "count",
    "within": "count",
    "reopened": "count",
    "repeated": "count",
    "waited": "count",
    "waited_hours": "decimal",
    "waiting_unknown": "count",
    "response_median_hours": "decimal",
    "response_p90_hours": "decimal",
    "resolution_median_hours": "decimal",
    "resolution_p90_hours": "decimal",
    "per_100_sales": "decimal",
    "per_100_customers": "decimal",
    "customers": "count",
    "value": "money",
    "clv": "money",
    "rated": "count",
    "satisfaction_after": "points",
    "watched": "count",
    "lost": "count",
}
"""Figures of all complaints together."""
