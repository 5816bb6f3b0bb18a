"""Records with values that figures cannot bear, or purchases that lack what counts: which, why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import duckdb

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.catalogue.bearable import EARLIEST, LATEST, MAX_UNITS, RANGES
from suitecrm_bridge.i18n import Language, day, number, text
from suitecrm_bridge.mirror.soundness import LISTED

Why = Literal["day", "amount", "number", "no_day", "no_amount"]

_SOURCES = {
    "invoices": ("AOS_Invoices", "invoice_date", "total_amount"),
    "opportunities": ("Opportunities", "date_closed", "amount"),
}


@dataclass(frozen=True)
class LeftOut:
    """A value that does not count, in which record, and why; `value` is None where it is empty."""

    module: str
    record_id: str
    field: str
    value: str | None
    why: Why

    def reason(self, lang: Language | None = None) -> str:
        """Return in words what is wrong and what to do; default, in the language in use."""
        low, high = RANGES.get(self.field, (-MAX_UNITS, MAX_UNITS))
        return text(
            f"mirror.left_out_{self.why}",
            lang,
            field=self.field,
            value=self.value or "",
            first=day(EARLIEST, lang),
            last=day(LATEST, lang),
            low=number(low, lang),
            high=number(high, lang),
        )


class LeftOuts:
    """What of the mirror's records the figures leave out.

    It is found, never stored: a value that is mended in SuiteCRM counts as soon as it was read.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def unbearable(self) -> list[LeftOut]:
        """Return the values that figures cannot bear, by module and record."""
        rows = self._connection.execute(f"SELECT * FROM {LISTED} ORDER BY ALL").fetchall()
        return [LeftOut(*row) for row in rows]

    def counts(self) -> dict[str, int]:
        """Return in how many records there are such values, by module."""
        rows = self._connection.execute(
            f"SELECT module, count(DISTINCT record_id) FROM {LISTED} GROUP BY ALL ORDER BY ALL"
        ).fetchall()
        return dict(rows)

    def purchases(self, source: str) -> list[LeftOut]:
        """Return the records of `source` that lack a day or an amount in the base currency."""
        module, day_field, amount_field = _SOURCES[source]
        rows = self._connection.execute(
            f"SELECT id, fact_date IS NULL FROM {source}_in_base"
            " WHERE NOT set_apart AND (fact_date IS NULL OR amount_in_base IS NULL) ORDER BY id"
        ).fetchall()
        return [
            LeftOut(module, id, day_field, None, "no_day")
            if undated
            else LeftOut(module, id, amount_field, None, "no_amount")
            for id, undated in rows
        ]

    def all(self, source: str) -> list[LeftOut]:
        """Return everything that is left out, when purchases come from `source`."""
        found = [*self.unbearable(), *self.purchases(source)]
        place = list(catalogue().modules).index
        return sorted(found, key=lambda one: (place(one.module), one.record_id, one.field))
