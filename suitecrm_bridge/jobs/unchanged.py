"""See with one small read a module, several at a time, which modules have not changed at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from suitecrm_bridge.catalogue import catalogue, history_of
from suitecrm_bridge.errors import DataError, RequestRefused, RetriableApiError
from suitecrm_bridge.jobs.bookmarks import changed_since, noted_columns
from suitecrm_bridge.jobs.clocks import A_DAY
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.fetching import changes, crm_time, fetcher, links_of
from suitecrm_bridge.mirror import Scan


def unchanged(context: Context, modules: Sequence[str]) -> set[str]:
    """Return those of `modules` that hold nothing new; their bookmarks have moved on.

    Modules that cannot be told, or have something left over from before, are not among them.

    Raises:
        ApiError: no other request would fare better.
        Stopped: the run was asked to stop.
    """
    context.stop.check()
    scans = [*_scans(context, modules)]
    if not scans:
        return set()
    with ThreadPoolExecutor(context.settings.parallel, thread_name_prefix="unchanged") as pool:
        quiet = [*pool.map(lambda scan: _is_quiet(context, scan), scans)]
    found = [scan for scan, is_quiet in zip(scans, quiet, strict=True) if is_quiet]
    context.mirror.records.advance({scan.module: scan.started_at for scan in found})
    return {scan.module for scan in found}


def _scans(context: Context, modules: Sequence[str]) -> Iterator[Scan]:
    """Yield what would be read of the modules, but for those whose last reading left something."""
    mirror = context.mirror
    bookmarks = mirror.records.bookmarks()
    latest = crm_time(context) + A_DAY
    left_over, refused = mirror.records.cut_off(), mirror.sources.refused()
    left_over |= {link.module for name, link in catalogue().links.items() if name in refused}
    left_over |= {key for key in catalogue().modules if history_of(key) in refused}
    left_over |= {module for module, _ in mirror.dead_letters.due("read", context.clock())}
    left_over |= mirror.writeback.unanswered.failed().keys()
    for module in modules:
        bookmark = bookmarks.get(module)
        columns = noted_columns(context, module, bookmark)
        ready = module not in left_over and not _lacks_history(context, module)
        ready = ready and (bookmark is None or bookmark.through < latest)
        if bookmark and columns and ready:
            yield changes(context, module, columns, changed_since(context, bookmark))


def _lacks_history(context: Context, module: str) -> bool:
    if context.fast is None or not catalogue().modules[module].history:
        return False
    known = context.mirror.history.scan(module)
    return known.through is None or known.started_at is not None


def _is_quiet(context: Context, scan: Scan) -> bool:
    routes, since = context.fast, scan.modified_from
    # Deleted records come with a page of the fast routes only where its size is theirs.
    fetch = fetcher(context, scan.module, size=1 if routes is None else None, linked=False)
    try:
        _, page, _ = fetch(scan)
        if not page.complete or page.last_id is not None or page.deleted:
            return False
        return routes is None or not any(
            routes.links_changed(link.table, since) for link in links_of(scan.module)
        )
    except (RequestRefused, RetriableApiError, DataError):
        return False
