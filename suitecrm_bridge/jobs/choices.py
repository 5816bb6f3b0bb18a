"""What the settings choose for every figure: what is a purchase, and when people work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from suitecrm_bridge.jobs.context import Context

# The analytics are imported where they run: a sync that changes nothing needs none.
if TYPE_CHECKING:
    from suitecrm_bridge.analytics import rfm
    from suitecrm_bridge.analytics.complaints.calendar import Calendar


def purchases_source(context: Context) -> rfm.Source:
    """Return what counts as a purchase: the setting, or invoices where there are any."""
    if context.settings.purchases == "auto":
        return "invoices" if context.mirror.facts.has_invoices() else "opportunities"
    return "invoices" if context.settings.purchases == "invoices" else "opportunities"


def calendar_of(context: Context) -> Calendar:
    """Return when people work."""
    from suitecrm_bridge.analytics.complaints.calendar import Calendar

    settings = context.settings
    days = settings.holidays
    return Calendar(settings.business_hours.week, days.dates, days.yearly, settings.time_zone)
