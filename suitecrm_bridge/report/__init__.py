"""Score tables as a page, a workbook, tables and a document: HTML, XLSX, CSV, JSON.

    render(data, ("html", "xlsx"), Path("reports"), "en")

HTML is for reading, XLSX and CSV for spreadsheets, both in the user's language; JSON is for
scripts and stays the same in every language but for labels, actions and reasons.
"""

from suitecrm_bridge.report.model import ComplaintsData, EntityData, MigrationData, ReportData
from suitecrm_bridge.report.render import FORMATS, render
from suitecrm_bridge.report.staying import StayingData

__all__ = [
    "FORMATS",
    "ComplaintsData",
    "EntityData",
    "MigrationData",
    "ReportData",
    "StayingData",
    "render",
]
