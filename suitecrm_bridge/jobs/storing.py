"""Put what was read into the mirror, and what could not be read among the dead letters."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any

from suitecrm_bridge.crm import AnyPage, Rejected, Rows
from suitecrm_bridge.i18n import text
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.logs import masked
from suitecrm_bridge.mirror import DeadLetter, Links, Refused, Scan

logger = logging.getLogger(__name__)


class Storing:
    """Stores the pages of one module and counts what they bring.

    Args:
        context: mirror and clock.
        summary: what is counted in.
        module: key of the module.
        kept: returns the links that are to be stored of those that were read.
    """

    def __init__(
        self,
        context: Context,
        summary: Summary,
        module: str,
        kept: Callable[[Links], Links],
    ) -> None:
        self._kept = kept
        self._context, self._summary, self.module = context, summary, module
        self._failed: set[str] = set()
        self._open = context.mirror.dead_letters.ids("read", module)

    def due(self) -> list[str]:
        """Return which of the records that could not be read are to be tried again now."""
        if not self._open:
            return []
        due = self._context.mirror.dead_letters.due("read", self._context.clock())
        return [id for module, id in due if module == self.module]

    def store(self, scan: Scan, page: AnyPage, links: Links) -> None:
        """Store a page of a scan; what was set apart is read again by a later run."""
        records = self._context.mirror.records
        place: dict[str, Any] = {
            "after_id": page.last_id or scan.after_id,
            "last": page.complete,
            "deleted": page.deleted,
            "refuse": self._set_apart,
        }
        self._failed = set()
        if isinstance(page, Rows):
            self._set_apart(page.malformed)
            stored = records.store_rows(scan, page.columns, page.rows, page.decode, **place)
        else:
            # First: once the page counts as read, nothing else would remember them.
            self._set_apart(page.rejected)
            stored = records.store_page(scan, page.records, self._kept(links), **place)
        self._settle(page)
        self._context.progress.advance(stored.read + len(self._failed))
        self._count(self._summary.pulled, stored.changed)
        if stored.deleted:
            self._count(self._summary.deleted, stored.deleted)

    def _set_apart(self, failed: Sequence[Rejected | Refused]) -> None:
        if not failed:
            return
        for one in failed:
            logger.error("%s", text("jobs.record_rejected", module=self.module, error=one.error))
        self._context.mirror.dead_letters.add(
            "read",
            [DeadLetter(self.module, one.id, reason=masked(str(one.error))) for one in failed],
            self._context.clock(),
        )
        self._failed.update(one.id for one in failed)
        self._open |= self._failed
        self._count(self._summary.rejected, len(failed))

    def _settle(self, page: AnyPage) -> None:
        """Take the letters away of records that arrived, or that are gone."""
        if self._open - self._failed:
            here = (ids_of(page) - self._failed).union(page.deleted) & self._open
            self._context.mirror.dead_letters.settle("read", [(self.module, id) for id in here])
            self._open -= here

    def _count(self, counts: dict[str, int], more: int) -> None:
        counts[self.module] = counts.get(self.module, 0) + more


def ids_of(page: AnyPage) -> set[str]:
    """Return the ids of a page's records, of those that were set apart too."""
    if isinstance(page, Rows):
        place = page.columns.index("id")
        return {row[place] for row in page.rows} | {one.id for one in page.malformed}
    return {record["id"] for record in page.records} | {one.id for one in page.rejected}
