"""CDNOW, the published purchases behind the models' papers; the package lifetimes ships the files.

They are read by their path: importing the package is not needed and raises warnings.
"""

from datetime import date
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pandas as pd
import pytest

CALIBRATION_END = date(1997, 9, 30)
END = date(1998, 6, 30)


def file(name: str) -> Path:
    """Path of a file among the data sets, or the test is skipped."""
    try:
        return Path(str(distribution("lifetimes").locate_file(f"lifetimes/datasets/{name}")))
    except PackageNotFoundError:
        pytest.skip("lifetimes is not installed")


def sample() -> pd.DataFrame:
    """The purchases of every tenth customer: customer_id, date, cds, amount."""
    lines = [line.split() for line in file("CDNOW_sample.txt").read_text("ascii").splitlines()]
    rows = [
        (line[1], f"{line[2][:4]}-{line[2][4:6]}-{line[2][6:]}", int(line[3]), line[4])
        for line in lines
        if line[0].isdigit()
    ]
    return pd.DataFrame(rows, columns=["customer_id", "date", "cds", "amount"])


def every_purchase() -> pd.DataFrame:
    """The same, with CDs as amounts: a few purchases cost nothing, and the papers count them."""
    found = sample()
    return found.assign(amount=found["cds"])


def summary() -> pd.DataFrame:
    """The summary printed with the paper, in weeks: frequency, recency, T."""
    return pd.read_csv(file("cdnow_customers_summary.csv"))
