"""Score tables as a page, a workbook, tables and a document: HTML, XLSX, CSV, JSON.

    render(data, ("html", "xlsx"), Path("reports"), "en")

HTML is for reading, XLSX and CSV for spreadsheets, both in the user's language; JSON is for
scripts and stays the same in every language but for labels, actions and reasons.
"""

from typing import TYPE_CHECKING

from suitecrm_bridge.lazily import lazily

if TYPE_CHECKING:
    from suitecrm_bridge.report.dashboard_data import NAMED, OF_EACH, ComparedData, DashboardData
    from suitecrm_bridge.report.formats import FORMATS
    from suitecrm_bridge.report.model import ComplaintsData, EntityData, MigrationData, ReportData
    from suitecrm_bridge.report.rendering import render
    from suitecrm_bridge.report.staying import StayingData
    from suitecrm_bridge.report.totals import Spent, Totals, key_of, steps
else:
    __getattr__ = lazily(
        __name__,
        {
            "model": "ComplaintsData EntityData MigrationData ReportData",
            "dashboard_data": "NAMED OF_EACH ComparedData DashboardData",
            "formats": "FORMATS",
            "rendering": "render",
            "staying": "StayingData",
            "totals": "Spent Totals key_of steps",
        },
    )

__all__ = [
    "FORMATS",
    "NAMED",
    "OF_EACH",
    "ComparedData",
    "ComplaintsData",
    "DashboardData",
    "EntityData",
    "MigrationData",
    "ReportData",
    "Spent",
    "StayingData",
    "Totals",
    "key_of",
    "render",
    "steps",
]
