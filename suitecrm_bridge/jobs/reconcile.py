"""Find what was deleted in SuiteCRM, missed or lost there: compare all ids and own fields."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.crm import Page
from suitecrm_bridge.errors import RetriableApiError, TooManyVanished
from suitecrm_bridge.i18n import number, text
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.fetching import crm_time, fetcher, page_size, pages, ranges, unrecorded
from suitecrm_bridge.jobs.lost import undated
from suitecrm_bridge.jobs.storing import Storing, ids_of
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.mirror import Absent, Links, Missed, Scan

logger = logging.getLogger(__name__)

HANDFUL = 5
"""This many records may vanish from a module of any size."""
LOOKED_AT_ONCE = 20
"""Absent records that are looked for together."""


def is_due(context: Context, module: str) -> bool:
    """Return whether the last comparison of `module` is long enough ago."""
    last = context.mirror.reconciliation.last(module)
    pause = timedelta(hours=context.settings.reconcile_hours)
    # A comparison in the future was noted before a clock was set back.
    return last is None or not last <= crm_time(context) < last + pause


def reconcile(
    context: Context, summary: Summary, module: str, kept: Callable[[Links], Links]
) -> None:
    """Compare a module that was pulled: drop what is gone, read what was missed or lost.

    Every id with its date is compared, and what changes without a date.

    Args:
        context: client and mirror.
        summary: takes the counts.
        module: which one.
        kept: returns the links that are to be stored of those that were read.

    Raises:
        TooManyVanished: more than is believable; nothing of the module was dropped.
    """
    bookmark = context.mirror.records.bookmark(module)
    if bookmark is None:
        return
    began = crm_time(context)
    context.progress.begin(text("jobs.comparing", module=module), None)
    own = undated(context, module, bookmark.columns)
    _list(context, module, own)
    if own:
        context.mirror.reconciliation.remember_segments(module, own)
    gone = _gone(context, module)
    storing = Storing(context, summary, module, kept)
    scan = unrecorded(context, module, bookmark.columns)
    storing.store(scan, Page([], [], None, complete=True, deleted=gone), {})
    missed = _read_missed(context, storing, scan, bookmark.through, own)
    context.mirror.reconciliation.finish(module, began)
    context.progress.end()
    logger.info("compared %s: %d gone, %d missed", module, len(gone), missed)


def _list(context: Context, module: str, own: Sequence[str]) -> None:
    """List every id with the time of its last change and such columns into the mirror."""
    changed = catalogue().modules[module].changed
    listed = context.mirror.reconciliation
    listed.begin()
    added: dict[int, int] = {}
    scans = ranges(context, module, [changed, *own], context.mirror.records.count(module))
    for scan, page, _ in pages(scans, fetcher(context, module, linked=False), context.stop):
        rows = [(record["id"], record[changed]) for record in page.records]
        rows += [(one.id, None) for one in page.rejected]
        offset = added.get(scan.number, 0)
        listed.add(scan.number, offset, rows, page.deleted)
        if own:
            listed.add_own(module, own, page.records)
        added[scan.number] = offset + len(rows)
        context.progress.advance(len(rows))


def _gone(context: Context, module: str) -> list[str]:
    """Return the mirrored ids that SuiteCRM no longer has."""
    absent = context.mirror.reconciliation.absent(module)
    mirrored = context.mirror.records.count(module)
    limit = most_vanished(context, mirrored)
    gone: list[str] = []
    for start in range(0, len(absent), LOOKED_AT_ONCE):
        context.stop.check()
        looked_for = absent[start : start + LOOKED_AT_ONCE]
        gone += _still_absent(context, module, looked_for)
        # The list may have had a gap. Where the first few are all gone, it had none.
        none_found = len(gone) == start + len(looked_for)
        if len(gone) > limit or (len(absent) > limit and none_found):
            raise TooManyVanished(
                text(
                    "jobs.too_many_vanished",
                    module=module,
                    count=number(len(absent)),
                    mirrored=number(mirrored),
                    percent=context.settings.max_vanished,
                )
            )
    return gone + context.mirror.reconciliation.deleted(module)


def most_vanished(context: Context, mirrored: int) -> int:
    """Return how many of these mirrored records or links may vanish at once."""
    return max(HANDFUL, mirrored * context.settings.max_vanished // 100)


def _still_absent(context: Context, module: str, absent: Sequence[Absent]) -> list[str]:
    """Return which records are not there either when their place is looked at alone."""
    scan = unrecorded(context, module, ["id"])

    def is_there(record: Absent) -> bool:
        place = replace(scan, after_id=record.after)
        try:
            _, page, _ = fetcher(context, module, size=1, linked=False)(place)
        except RetriableApiError:
            return True  # Nobody knows; the next comparison asks again.
        return record.id in ids_of(page)

    with ThreadPoolExecutor(context.settings.parallel, thread_name_prefix="absent") as pool:
        there = list(pool.map(is_there, absent))
    return [record.id for record, found in zip(absent, there, strict=True) if not found]


def _read_missed(
    context: Context, storing: Storing, scan: Scan, before: datetime, own: Sequence[str]
) -> int:
    """Read again what changed unnoticed, neighbours together; return how many there were."""
    found = 0
    for batch in context.mirror.reconciliation.missed(scan.module, before, own):
        found += len(batch)
        while batch:
            context.stop.check()
            batch = batch[_read_together(context, storing, scan, batch) :]
    return found


def _read_together(context: Context, storing: Storing, scan: Scan, missed: Sequence[Missed]) -> int:
    """Read the page that begins with the first of them; return how many that settles."""
    first = missed[0].position
    most = page_size(context)
    span = max(m.position - first + 1 for m in missed if m.position - first < most)
    place = replace(scan, after_id=context.mirror.reconciliation.preceding(first))
    _, page, links = fetcher(context, scan.module, size=span)(place)
    storing.store(place, page, links)
    seen = ids_of(page).union(page.deleted)
    settled = 1
    while settled < len(missed) and missed[settled].id in seen:
        settled += 1
    return settled
