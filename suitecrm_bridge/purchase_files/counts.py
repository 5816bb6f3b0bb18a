"""How many rows files have, and which of them cannot be used."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Counts:
    """Rows of the files, those that were set apart, and customers of the others."""

    rows: int
    set_apart: int
    customers: int


@dataclass(frozen=True)
class Bad:
    """A row that was set apart: the file, its row there (of CSV, the header is row 1), and why."""

    file: str
    row: int
    reason: str
    customer_id: str
    date: str
    amount: str
