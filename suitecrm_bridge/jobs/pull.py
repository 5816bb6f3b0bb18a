"""Mirror what is new or changed in SuiteCRM."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.errors import (
    AccessDenied,
    InvalidRequest,
    NotFound,
    UnknownField,
    UnknownModule,
)
from suitecrm_bridge.i18n import text
from suitecrm_bridge.jobs import marks
from suitecrm_bridge.jobs.bookmarks import changed_since, noted_columns
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.fetching import (
    changes,
    fetcher,
    links_of,
    one,
    pages,
    ranges,
    unrecorded,
)
from suitecrm_bridge.jobs.history import keep_history
from suitecrm_bridge.jobs.paths import on_either_path
from suitecrm_bridge.jobs.reconcile import is_due, reconcile
from suitecrm_bridge.jobs.run import recorded
from suitecrm_bridge.jobs.storing import Storing
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.jobs.unchanged import unchanged
from suitecrm_bridge.mirror import Scan

logger = logging.getLogger(__name__)

ALWAYS_NEEDED = ("Contacts", "Accounts")


@recorded
@on_either_path
def pull(
    context: Context, summary: Summary, modules: Sequence[str] = (), *, full: bool = False
) -> None:
    """Mirror `modules` (default: all), only what changed unless `full`.

    Now and then, when `full`, and where SuiteCRM is not as this bridge left it, all ids and the
    package's own fields are compared too, see `reconcile`.

    Raises:
        TooManyVanished: a module lost more records than is believable.
        NotFound: a module is not one that the bridge mirrors.
        AccessDenied: the API user may not read a module that the scores need.
    """
    unknown = [module for module in modules if module not in catalogue().modules]
    if unknown:
        known = ", ".join(catalogue().modules)
        raise NotFound(text("jobs.unknown_module", names=", ".join(unknown), known=known))
    wanted = modules or tuple(catalogue().modules)
    with summary.timed("pull"):
        summary.path = context.path
        as_left = marks.as_left(context)
        if not as_left:
            marks.doubt(context)
        quiet = set() if full or not as_left else unchanged(context, wanted)
        new = {module for module in wanted if context.mirror.records.bookmark(module) is None}
        for module in wanted:
            if module in quiet:
                summary.pulled[module] = 0
                context.progress.begin(module, 0)
                context.progress.end()
                continue
            with _left_out_where_unreadable(summary, module):
                _pull_module(context, summary, module, full=full)
        for module in wanted:
            due = full or is_due(context, module) or (not as_left and module not in new)
            if module in summary.pulled and due:
                with _left_out_where_unreadable(summary, module):
                    reconcile(context, summary, module)
        if context.mirror.records.bookmarks().keys() <= set(wanted):
            marks.note(context)


@contextmanager
def _left_out_where_unreadable(summary: Summary, module: str) -> Iterator[None]:
    try:
        with summary.timed_module(module):
            yield
    except (AccessDenied, UnknownModule) as error:
        if module in ALWAYS_NEEDED:
            raise
        logger.warning("%s", text("jobs.module_unreadable", module=module, error=error))
        summary.unreadable.append(module)


def _pull_module(context: Context, summary: Summary, module: str, *, full: bool) -> None:
    storing = Storing(context, summary, module)
    bookmark = context.mirror.records.bookmark(module)
    noted = None if full else noted_columns(context, module, bookmark)
    try:
        since = _read(context, storing, module, noted or _columns(context, module), full=full)
    except (UnknownField, InvalidRequest):
        if noted is None:
            raise
        # A field was taken away since they were noted.
        since = _read(context, storing, module, _columns(context, module), full=full)
    summary.pulled.setdefault(module, 0)
    keep_history(context, module)
    changed = summary.pulled[module]
    logger.info("pulled %s: %d new or changed since %s", module, changed, since or "ever")


def _columns(context: Context, module: str) -> tuple[str, ...]:
    """Ask which columns SuiteCRM has."""
    columns, missing = context.crm.module(module).readable(catalogue().columns_of(module))
    if missing:
        logger.info("%s has no fields %s", module, ", ".join(missing))
    return tuple(columns)


def _read(
    context: Context, storing: Storing, module: str, columns: Sequence[str], *, full: bool
) -> datetime | None:
    """Read what is new or changed; return since when, None for all there is."""
    mirror = context.mirror
    first = mirror.records.bookmark(module) is None
    scans, count = _scans(context, module, tuple(columns), full=full)
    since = scans[0].modified_from
    context.progress.begin(module, count)
    for fetched in pages(scans, fetcher(context, module), context.stop):
        storing.store(*fetched)
    _read_again(context, storing, module, columns)
    _read_links(context, module)
    mirror.records.finish(module)
    if first:
        mirror.reconciliation.finish(module, scans[0].started_at)
    context.progress.end()
    return since


def _scans(
    context: Context, module: str, columns: tuple[str, ...], *, full: bool
) -> tuple[list[Scan], int | None]:
    """Return the ranges to read: those of a scan that was cut off, or new ones, recorded.

    With them comes how many records that may be, where all are read and the server counts.
    """
    records = context.mirror.records
    cut_off = records.scans(module)
    way = (columns, context.path)
    same_way = bool(cut_off) and (cut_off[0].columns, cut_off[0].path) == way
    if same_way and not (full and cut_off[0].modified_from):
        return cut_off, None if cut_off[0].modified_from else _estimate(context, module)
    bookmark = records.bookmark(module)
    if full or bookmark is None or (bookmark.columns, bookmark.path) != way:
        if bookmark is not None and bookmark.columns != columns:
            # A field that was away comes back empty, and its customers are where they were.
            context.mirror.reconciliation.own_fields.remember_segments(module)
        count = _estimate(context, module)
        scans = ranges(context, module, columns, count or 0)
    else:
        count = None
        scans = [changes(context, module, columns, changed_since(context, bookmark))]
    records.begin(scans)
    return scans, count


def _estimate(context: Context, module: str) -> int | None:
    return context.crm.module(module).estimate() if context.fast is None else None


def _read_again(context: Context, storing: Storing, module: str, columns: Sequence[str]) -> None:
    """Read again, each alone, what failed before and is due."""
    scan = unrecorded(context, module, columns)
    for id in storing.due():
        context.stop.check()
        storing.store(scan, *one(context.crm.module(module), id, columns))


def _read_links(context: Context, module: str) -> None:
    """Read a module's links as a whole: over the fast path that costs next to nothing."""
    if context.fast is None:
        return
    for link in links_of(module):
        pairs = context.fast.linked(link.table, link.own_id, link.other_id)
        context.mirror.records.replace_links(link.table, pairs)
