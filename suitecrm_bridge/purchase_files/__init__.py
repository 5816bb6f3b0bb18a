"""Purchases as files: Parquet or CSV → the table that figures are made of, and a file of scores."""

from typing import TYPE_CHECKING

from suitecrm_bridge.lazily import lazily

if TYPE_CHECKING:
    from suitecrm_bridge.purchase_files.columns import COLUMNS
    from suitecrm_bridge.purchase_files.counts import Counts
    from suitecrm_bridge.purchase_files.paths import FORMS, Form, form_of, found
    from suitecrm_bridge.purchase_files.reading import Purchases
    from suitecrm_bridge.purchase_files.spark_reading import SparkPurchases
    from suitecrm_bridge.purchase_files.spark_session import LOCAL
    from suitecrm_bridge.purchase_files.writing import write_bad
else:
    __getattr__ = lazily(
        __name__,
        {
            "columns": "COLUMNS",
            "counts": "Counts",
            "paths": "FORMS Form form_of found",
            "reading": "Purchases",
            "spark_reading": "SparkPurchases",
            "spark_session": "LOCAL",
            "writing": "write_bad",
        },
    )

__all__ = [
    "COLUMNS",
    "FORMS",
    "LOCAL",
    "Counts",
    "Form",
    "Purchases",
    "SparkPurchases",
    "form_of",
    "found",
    "write_bad",
]
