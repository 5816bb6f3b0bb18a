"""Mirror what is new or changed in SuiteCRM."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import datetime, timedelta

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.crm import FastRoutes, Module, Page
from suitecrm_bridge.errors import AccessDenied, NotFound, UnknownModule
from suitecrm_bridge.i18n import text
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.run import recorded
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.mirror import Links, Scan

logger = logging.getLogger(__name__)

ALWAYS_NEEDED = ("Contacts", "Accounts")
LINKED_PAGE_SIZE = 100
"""A page whose records are asked for their links, one request each, is kept short."""


@recorded
def pull(
    context: Context, summary: Summary, modules: Sequence[str] = (), *, full: bool = False
) -> None:
    """Mirror `modules` (default: all), only what changed unless `full`.

    Raises:
        NotFound: a module is not one that the bridge mirrors.
        AccessDenied: the API user may not read a module that the scores need.
    """
    unknown = [module for module in modules if module not in catalogue().modules]
    if unknown:
        known = ", ".join(catalogue().modules)
        raise NotFound(text("jobs.unknown_module", names=", ".join(unknown), known=known))
    with summary.timed("pull"):
        summary.path = context.path
        for module in modules or catalogue().modules:
            try:
                with summary.timed_module(module):
                    _pull_module(context, summary, module, full=full)
            except (AccessDenied, UnknownModule) as error:
                if module in ALWAYS_NEEDED:
                    raise
                logger.warning("%s", text("jobs.module_unreadable", module=module, error=error))
                summary.unreadable.append(module)


def _pull_module(context: Context, summary: Summary, module: str, *, full: bool) -> None:
    handle = context.crm.module(module)
    records = context.mirror.records
    scans = _scans(context, handle, full=full)
    since = scans[0].modified_from
    estimate = handle.estimate(modified_from=since) if context.fast is None else None
    context.progress.begin(module, estimate)
    changed = 0
    deleted = 0
    fetch = (
        _stock(handle, context.settings.page_size) if context.fast is None else _fast(context.fast)
    )
    for scan, page, links in _pages(scans, fetch):
        stored = records.store_page(
            scan,
            page.records,
            links,
            after_id=page.last_id or scan.after_id,
            last=page.complete,
            deleted=page.deleted,
        )
        changed += stored.changed
        deleted += stored.deleted
        for record in page.rejected:
            logger.error("%s", text("jobs.record_rejected", module=module, error=record.error))
        if page.rejected:
            summary.rejected[module] = summary.rejected.get(module, 0) + len(page.rejected)
        context.progress.advance(len(page.records) + len(page.rejected))
    _read_links(context, module)
    records.finish(module)
    context.progress.end()
    summary.pulled[module] = changed
    if deleted:
        summary.deleted[module] = deleted
    logger.info("pulled %s: %d new or changed since %s", module, changed, since or "ever")


def _scans(context: Context, handle: Module, *, full: bool) -> list[Scan]:
    """Return the ranges to read: those of a scan that was cut off, or new ones, recorded."""
    columns, missing = handle.readable(catalogue().columns_of(handle.key))
    if missing:
        logger.info("%s has no fields %s", handle.key, ", ".join(missing))
    records = context.mirror.records
    cut_off = records.scans(handle.key)
    way = (tuple(columns), context.path)
    same_way = bool(cut_off) and (cut_off[0].columns, cut_off[0].path) == way
    if same_way and not (full and cut_off[0].modified_from):
        return cut_off
    bookmark = records.bookmark(handle.key)
    if full or bookmark is None or (bookmark.columns, bookmark.path) != way:
        modified_from: datetime | None = None
    else:
        modified_from = bookmark.through - timedelta(minutes=context.settings.lag_minutes)
    parts = context.settings.parallel if modified_from is None and context.fast is None else 1
    bounds = _bounds(parts)
    scans = [
        Scan(
            module=handle.key,
            number=number,
            lower_id=lower,
            upper_id=upper,
            after_id=None,
            finished=False,
            modified_from=modified_from,
            started_at=context.crm.server_time or context.clock(),
            columns=tuple(columns),
            path=context.path,
        )
        for number, (lower, upper) in enumerate(zip(bounds, [*bounds[1:], None], strict=True))
    ]
    records.begin(scans)
    return scans


def _bounds(parts: int) -> list[str | None]:
    """Return where each of `parts` ranges of ids begins: ids are mostly hexadecimal."""
    return [None, *(f"{256 * part // parts:02x}" for part in range(1, parts))]


Fetched = tuple[Scan, Page, Links]


def _stock(handle: Module, size: int) -> Callable[[Scan], Fetched]:
    """Return what fetches the next page of a scan over the stock API, links record by record."""
    links = [link for link in catalogue().links.values() if link.module == handle.key and link.link]
    if links:
        size = min(size, LINKED_PAGE_SIZE)

    def fetch(scan: Scan) -> Fetched:
        page = handle.page(
            fields=scan.columns,
            from_id=None if scan.after_id else scan.lower_id,
            after=scan.after_id,
            before=scan.upper_id,
            modified_from=scan.modified_from,
            size=size,
        )
        ids = [record["id"] for record in page.records]
        linked = {
            link.table: {one: handle.related(one, link.link or "") for one in ids} for link in links
        }
        return scan, page, linked

    return fetch


def _fast(routes: FastRoutes) -> Callable[[Scan], Fetched]:
    """Return what fetches the next page of a scan over the package's routes."""

    def fetch(scan: Scan) -> Fetched:
        page = routes.page(
            scan.module,
            fields=scan.columns,
            after=scan.after_id,
            modified_from=scan.modified_from,
        )
        return scan, page, {}

    return fetch


def _read_links(context: Context, module: str) -> None:
    """Read a module's links as a whole: over the fast path that costs next to nothing."""
    if context.fast is None:
        return
    for link in catalogue().links.values():
        if link.module == module and link.link:
            pairs = context.fast.linked(link.table, link.own_id, link.other_id)
            context.mirror.records.replace_links(link.table, pairs)


def _pages(scans: Sequence[Scan], fetch: Callable[[Scan], Fetched]) -> Iterator[Fetched]:
    """Yield the pages of all ranges as they arrive, one request a range under way."""
    with ThreadPoolExecutor(max_workers=len(scans), thread_name_prefix="pull") as pool:
        under_way: set[Future[Fetched]] = {
            pool.submit(fetch, scan) for scan in scans if not scan.finished
        }
        try:
            while under_way:
                done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
                for future in done:
                    scan, page, linked = future.result()
                    if not page.complete:
                        under_way.add(pool.submit(fetch, replace(scan, after_id=page.last_id)))
                    yield scan, page, linked
        finally:
            for future in under_way:
                future.cancel()
