"""Purchases as files: Parquet or CSV → the table that figures are made of, and a file of scores."""

from suitecrm_bridge.purchase_files.columns import COLUMNS
from suitecrm_bridge.purchase_files.paths import FORMS, Form, form_of, found
from suitecrm_bridge.purchase_files.reading import Counts, Purchases
from suitecrm_bridge.purchase_files.writing import write_bad, write_scores

__all__ = [
    "COLUMNS",
    "FORMS",
    "Counts",
    "Form",
    "Purchases",
    "form_of",
    "found",
    "write_bad",
    "write_scores",
]
