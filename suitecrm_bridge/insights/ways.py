"""The ways in which figures may be shown; light, so that a command can list them."""

from __future__ import annotations

from collections.abc import Mapping

from suitecrm_bridge.analytics.nodes import lists
from suitecrm_bridge.tables import Kind

BREAKDOWNS: Mapping[str, Mapping[str, Kind]] = {
    "month": {
        "month": "month",
        **dict.fromkeys(("active", "newcomers", "purchases"), "count"),
        "revenue": "money",
    },
    "lead_source": {"lead_source": "text", "customers": "count", "revenue": "money"},
    "field": {"field": "profile_field", "filled": "count", "customers": "count"},
    "campaign": {
        "name": "text",
        **dict.fromkeys(
            (
                "targeted",
                "delivered",
                "opened",
                "clicked",
                "opted_out",
                "reached",
                "converted",
                "gathered",
                "complete",
            ),
            "count",
        ),
    },
}
"""What new customers, profiles and campaigns are broken down by, with the columns of each."""

LEAD_SOURCES = ("source", "campaign", "origin")
"""By what it is compared where customers came from."""

STAYING = ("month", "cohort", "revenue", "survival")
"""How it is shown who stays and who goes."""

RELATIONS = ("quadrants", "needs", "stock", "letting-go", "wishes", "ideas")
"""How the relation with customers beside buying is shown."""

COMPLAINT_VIEWS = ("process", "satisfaction", "causes", "themes", "alarms", "competitors")
"""What is shown of complaints beside their figures."""

COMPLAINT_DIMENSIONS: tuple[str, ...] = tuple(
    known["name"] for known in lists("crossing")["dimensions"]
)
"""By what complaints can be crossed."""
