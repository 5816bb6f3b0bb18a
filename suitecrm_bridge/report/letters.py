"""What a printer gets of the letters of a programme: a row a person, ready to be merged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import BinaryIO

from suitecrm_bridge.catalogue import Language
from suitecrm_bridge.harmless import in_line
from suitecrm_bridge.report import csv_file
from suitecrm_bridge.report.sheets import Sheet
from suitecrm_bridge.tables import Column
from suitecrm_bridge.tables.table import words

COLUMNS = (
    "name",
    "street",
    "postcode",
    "city",
    "country",
    "salutation",
    "offer",
    "code",
    "reference",
)


def write(rows: Iterable[Mapping[str, str]], lang: Language, file: BinaryIO) -> None:
    """Write a CSV file as this language's spreadsheets expect it, each address in one line."""
    columns = [Column(name, "text", words(f"programmes.letter_{name}")) for name in COLUMNS]
    lines = (tuple(in_line(row[name]).strip() for name in COLUMNS) for row in rows)
    csv_file.write(Sheet("", columns, lines), lang, file)
