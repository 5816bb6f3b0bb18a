"""Read links, and believe that one ended only where both its records are still in sight."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from suitecrm_bridge.catalogue import Link, catalogue
from suitecrm_bridge.crm import AnyPage
from suitecrm_bridge.errors import (
    DataError,
    RecordNotFound,
    RequestRefused,
    RetriableApiError,
    TooManyVanished,
)
from suitecrm_bridge.i18n import number, text
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.fetching import Refused, crm_time, fetcher, links_of, one, unrecorded
from suitecrm_bridge.jobs.reconcile import most_vanished
from suitecrm_bridge.jobs.sources import refuse, refusing
from suitecrm_bridge.jobs.storing import Storing, ids_of
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.mirror import Links, Scan

logger = logging.getLogger(__name__)

MOST_LOOKED_FOR = 200
"""Records that a pull looks for to learn whether a link ended; further links wait."""
PROBES = 3
"""Records that are asked for a link which was refused before."""

Pair = tuple[str, str]


class Sight:
    """Tells whether records of the mirror can still be seen in SuiteCRM, each asked for once."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._seen: dict[tuple[str, str], bool] = {}

    def __call__(self, module: str, id: str) -> bool | None:
        """Return whether a record is there, None where too many were looked for already."""
        if (module, id) not in self._seen:
            if len(self._seen) >= MOST_LOOKED_FOR:
                return None
            self._context.stop.check()
            self._seen[module, id] = self._look(module, id)
        return self._seen[module, id]

    def _look(self, module: str, id: str) -> bool:
        try:
            self._context.crm.module(module).get(id, ["id"])
        except (RequestRefused, RetriableApiError):
            return False
        return True


class Linking:
    """Reads the links of one pull.

    Args:
        context: client and mirror.
        summary: takes what could not be read.
    """

    def __init__(self, context: Context, summary: Summary) -> None:
        self._context, self._summary = context, summary
        self._sees = Sight(context)
        self.refused: Refused = {}
        """Links that are refused over the stock API."""

    def read(self, module: str) -> None:
        """Read a module's links as a whole: over the fast path that costs next to nothing."""
        for link in links_of(module):
            ended = [pair for pair in self._absent(link) if self._ended(link, pair)]
            self._context.mirror.records.links.end(link.table, ended)

    def _absent(self, link: Link) -> list[Pair]:
        """Read a link table; return the mirrored links that SuiteCRM does not show."""
        absent: list[Pair] = []
        if self._context.fast is None:
            return absent
        with refusing(self._context, self._summary, link.table):
            most = self._context.settings.page_size
            pairs = self._context.fast.linked(link.table, link.own_id, link.other_id, most)
            absent = self._context.mirror.records.links.bring(link.table, pairs)
            self._context.mirror.sources.accept([link.table], self._now())
        return absent

    def _ended(self, link: Link, pair: Pair) -> bool:
        """Whether both records of a link that is not shown are in sight."""
        ends = zip((link.module, link.other_module), pair, strict=True)
        return all(self._sees(module, id) for module, id in ends)

    def judge(self, compared: Collection[str]) -> None:
        """Take away what SuiteCRM no longer shows of links between modules that were compared.

        Raises:
            TooManyVanished: more than is believable; none of the table's was taken away.
        """
        links = self._context.mirror.records.links
        for link in catalogue().links.values():
            if not link.link or not {link.module, link.other_module} <= {*compared}:
                continue
            absent, mirrored = self._absent(link), links.count(link.table)
            if len(absent) > most_vanished(self._context, mirrored):
                # The next run is to look again, whenever it comes.
                self._context.mirror.reconciliation.reopen([link.module, link.other_module])
                raise TooManyVanished(
                    text(
                        "jobs.too_many_links",
                        link=link.table,
                        count=number(len(absent)),
                        mirrored=number(mirrored),
                        percent=self._context.settings.max_vanished,
                    )
                )
            links.end(link.table, absent)

    def kept(self, linked: Links) -> Links:
        """Return the links of records as they are to be stored: what may be hidden stays."""
        found: dict[str, dict[str, Sequence[str]]] = {}
        links = self._context.mirror.records.links
        for table, of_table in linked.items():
            link = catalogue().links[table]
            found[table] = dict(of_table)
            absent = links.absent(table, of_table) if of_table else []
            doubtful = [pair for pair in absent if not self._sees(link.other_module, pair[1])]
            for own, other in doubtful:
                found[table][own] = [*found[table][own], other]
            if doubtful:
                links.doubt(table, doubtful)
        return found

    def refused_before(self, module: str) -> bool:
        """Whether links of a module that were refused can be read again over the stock API.

        Those that cannot are not asked for in this pull.
        """
        mirror, again = self._context.mirror, False
        if self._context.fast is not None:
            return False
        before = mirror.sources.refused()
        for link in links_of(module):
            if link.table in before:
                error = self._probe(link)
                if error is None:
                    again = True
                else:
                    self.refused[link.table] = error
        return again

    def _probe(self, link: Link) -> RequestRefused | None:
        """Return why a link cannot be read, None where it can, or where nobody knows."""
        handle = self._context.crm.module(link.module)
        for id in self._context.mirror.records.some_ids(link.module, PROBES):
            try:
                handle.related(id, link.link or "")
            except RecordNotFound:
                continue
            except RequestRefused as error:
                return error
            return None
        return None

    def note_refused(self, module: str) -> None:
        """Note which links of a module that was read over the stock API were refused."""
        if self._context.fast is not None:
            return
        tables = [link.table for link in links_of(module)]
        for table in tables:
            if table in self.refused:
                self._summary.unreadable.append(table)
                refuse(self._context, table, self.refused[table])
        read = [table for table in tables if table not in self.refused]
        if read:
            self._context.mirror.sources.accept(read, self._now())

    def bring_back(self, module: str) -> None:
        """Read again what records lost when the other one was out of sight, and is no longer.

        Over the stock API those too that a new one is linked to, whose dates do not tell.
        """
        links = self._context.mirror.records.links
        for link in catalogue().links.values():
            if link.module != module:
                continue
            self._ask_from_the_other_end(link)
            if not (own_ids := links.returned(link.table)):
                continue
            links.settle(link.table, own_ids)
            if link.link and self._context.fast is not None:
                self.read(module)
            else:
                self._read_again(module, own_ids)

    def _ask_from_the_other_end(self, link: Link) -> None:
        """Ask records that are new what they are linked to; the fast path has read it all."""
        links = self._context.mirror.records.links
        new = links.expected(link.table)
        if self._context.fast is None and link.table not in self.refused:
            handle = self._context.crm.module(link.other_module)
            for id in new:
                self._context.stop.check()
                try:
                    owners = handle.related(id, link.other_link or "")
                except RequestRefused as error:
                    # It went meanwhile, or has an id that only an import can give.
                    logger.warning("%s", error)
                else:
                    links.doubt(link.table, [(own, id) for own in owners])
        links.asked(link.table, new)

    def _read_again(self, module: str, ids: Sequence[str]) -> None:
        bookmark = self._context.mirror.records.bookmark(module)
        if bookmark is None:
            return
        storing = Storing(self._context, self._summary, module, self.kept)
        scan = unrecorded(self._context, module, bookmark.columns)
        for id in ids:
            self._context.stop.check()
            storing.store(scan, *self.one(scan, id))

    def one(self, scan: Scan, id: str) -> tuple[AnyPage, Links]:
        """Read one record by the path in use: the stock API does not know seconds.

        Raises:
            ApiError: no other record would fare better.
        """
        if self._context.fast is not None:
            fetch = fetcher(self._context, scan.module, size=1)
            with suppress(RetriableApiError, RequestRefused, DataError):
                # Nothing lies between an id and what it is without its last character, as a rule.
                _, page, links = fetch(replace(scan, after_id=id[:-1] or None))
                if ids_of(page) == {id}:
                    return page, links
        return one(self._context.crm.module(scan.module), id, scan.columns, self.refused)

    def _now(self) -> datetime:
        return crm_time(self._context)
