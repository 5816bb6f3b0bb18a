"""What spreadsheets show of programmes: nothing where none ever ran."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from suitecrm_bridge.catalogue import Language
from suitecrm_bridge.report.sheets import Sheet, sheet_of
from suitecrm_bridge.tables import Table


def part_sheets(parts: Sequence[Table], lang: Language) -> Iterator[tuple[str, Sheet]]:
    """Yield the name of each table with its sheet; without a row it is left out."""
    for part in parts:
        if len(part.frame):
            yield part.name, sheet_of(part, lang)
