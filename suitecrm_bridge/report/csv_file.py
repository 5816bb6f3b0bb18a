"""CSV for spreadsheets.

UTF-8 with a byte order mark, so that Excel sees the accents. English: commas between values and
a decimal point; French: semicolons and a decimal comma, as Excel expects in each. Dates are ISO.
A text that a spreadsheet would take for a formula (it begins with = + - @, a tab or a line end)
is preceded by an apostrophe; numbers are written as they are.
"""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import BinaryIO

from suitecrm_bridge.catalogue import Language, manners
from suitecrm_bridge.harmless import in_csv
from suitecrm_bridge.report.sheets import Cell, Sheet, Value


def write(sheet: Sheet, lang: Language, file: BinaryIO) -> None:
    """Write `sheet` into `file`."""
    stream = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(stream, delimiter=manners()[lang].between)
    writer.writerow([in_csv(column.heading[lang]) for column in sheet.columns])
    writer.writerows([_shown(value, lang) for value in row] for row in sheet.rows)
    stream.flush()
    stream.detach()


def _shown(value: Value, lang: Language) -> str:
    if isinstance(value, Cell):
        value = value.value
    if value is None:
        return ""
    if isinstance(value, str):
        return in_csv(value)
    if isinstance(value, date):
        return value.isoformat()
    shown = f"{value:.4f}" if isinstance(value, float) else str(value)
    return shown.replace(".", manners()[lang].decimal)
