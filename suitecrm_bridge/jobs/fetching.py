"""Fetch the pages of a module by the path in use, with the links of their records."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import datetime
from functools import partial

from suitecrm_bridge.catalogue import Link, catalogue
from suitecrm_bridge.crm import (
    MOST_APART,
    AnyPage,
    FastRoutes,
    Module,
    Page,
    PageSize,
    PageTrail,
    Reader,
    Rejected,
    Rows,
)
from suitecrm_bridge.errors import (
    AnswerTooLarge,
    DataError,
    RecordNotFound,
    RequestRefused,
    RetriableApiError,
)
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.stop import Stop
from suitecrm_bridge.mirror import Links, Scan

LINKED_PAGE_SIZE = 100
"""A page whose records are asked for their links, one request each, is kept short."""

PAGE_SIZE, FIRST_PAGE = 500, 100
"""Most records of a page over the stock API, where the setting does not say; and of the first."""
BYTES_UNDER_WAY = 16 * 2**20
"""Bytes that the pages under way over the stock API are to have together."""

UNRECORDED = -1
"""Number of a range that is in no list of ranges."""

Fetched = tuple[Scan, AnyPage, Links]
Refused = dict[str, RequestRefused]
"""Why links cannot be read, by table."""
Fetch = Callable[[Scan], Fetched]


def fetcher(
    context: Context,
    module: str,
    *,
    size: int | None = None,
    linked: bool = True,
    refused: Refused | None = None,
) -> Fetch:
    """Return what fetches the next page of a scan.

    Args:
        context: tells the path.
        module: key of the module.
        size: most records of a page, without deleted ones; default the setting, or as many as
            the bytes of a record allow.
        linked: whether the records' links are wanted too.
        refused: links that are not asked for; takes those that are refused on the way.
    """
    most = context.settings.page_size
    if context.fast is not None:
        return _fast(context.fast, most, size)
    links = links_of(module) if linked else ()
    wanted = size or page_size(context)
    sizes = partial(
        PageSize,
        min(wanted, LINKED_PAGE_SIZE) if links else wanted,
        FIRST_PAGE,
        BYTES_UNDER_WAY // context.settings.parallel,
    )
    return _stock(context.crm.module(module), sizes, links, refused)


def page_size(context: Context) -> int:
    """Return how many records a page over the stock API has at most."""
    return context.settings.page_size or PAGE_SIZE


def links_of(module: str) -> list[Link]:
    """Return the links that must be asked for, beside the records of `module`."""
    return [link for link in catalogue().links.values() if link.module == module and link.link]


def crm_time(context: Context) -> datetime:
    """Return the CRM's clock at its latest answer."""
    return context.crm.server_time or context.clock()


def changes(context: Context, module: str, columns: Sequence[str], modified_from: datetime) -> Scan:
    """Return a new scan of what changed in a module."""
    return replace(_whole(context, module, columns), modified_from=modified_from)


def ranges(context: Context, module: str, columns: Sequence[str], count: int) -> list[Scan]:
    """Return new scans of all of a module: side by side over the stock path.

    Args:
        context: tells the path.
        module: key of the module.
        columns: what is read of each record.
        count: about how many records there are.
    """
    whole = _whole(context, module, columns)
    bounds = _bounds(context, module, count) if context.fast is None else []
    return [
        replace(whole, number=number, lower_id=lower, upper_id=upper)
        for number, (lower, upper) in enumerate(zip([None, *bounds], [*bounds, None], strict=True))
    ]


def unrecorded(context: Context, module: str, columns: Sequence[str]) -> Scan:
    """Return a scan for single pages, which leaves no trace of how far it got."""
    return replace(_whole(context, module, columns), number=UNRECORDED)


def _whole(context: Context, module: str, columns: Sequence[str]) -> Scan:
    return Scan(
        module=module,
        number=0,
        lower_id=None,
        upper_id=None,
        after_id=None,
        finished=False,
        modified_from=None,
        started_at=crm_time(context),
        columns=tuple(columns),
        path=context.path,
    )


def _bounds(context: Context, module: str, count: int) -> list[str]:
    """Return the ids that cut a module into ranges of like size, few where it has few records.

    They come from the server: ids that were imported are seldom spread evenly.
    """
    handle = context.crm.module(module)
    most = LINKED_PAGE_SIZE if links_of(module) else page_size(context)
    parts = min(context.settings.parallel, -(-count // most))
    found = [handle.id_at(count * part // parts + 1) for part in range(1, parts)]
    return list(dict.fromkeys(filter(None, found)))


def pages(scans: Sequence[Scan], fetch: Fetch, stop: Stop) -> Iterator[Fetched]:
    """Yield the pages of all ranges as they arrive, one request a range under way.

    Raises:
        BrokenAnswer: the pages of a range lead in a circle.
        Stopped: the run was asked to stop; what was under way was yielded.
    """
    stop.check()
    ways = {scan.number: PageTrail(scan.module) for scan in scans}
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
                        ways[scan.number].step(page.last_id)
                    if not page.complete and not stop.is_set():
                        under_way.add(pool.submit(fetch, replace(scan, after_id=page.last_id)))
                    yield scan, page, linked
        finally:
            for future in under_way:
                future.cancel()
    stop.check()


def one(
    handle: Module, id: str, columns: Sequence[str], refused: Refused | None = None
) -> tuple[Page, Links]:
    """Read one record with its links; one that is gone comes as deleted.

    `refused` holds the links that are not asked for, and takes those that are refused.

    Raises:
        ApiError: no other record would fare better.
    """
    try:
        record = handle.get(id, columns)
    except RecordNotFound:
        return Page([], [], id, complete=True, deleted=[id]), {}
    except (RetriableApiError, RequestRefused, DataError) as error:
        return Page([], [Rejected(id, error)], id, complete=True), {}
    page = Page([record], [], id, complete=True)
    return _with_links(handle, links_of(handle.key), page, refused)


def _stock(
    handle: Module,
    sizes: Callable[[], PageSize],
    links: Sequence[Link],
    refused: Refused | None,
) -> Fetch:
    """Return what fetches the next page of a scan over the stock API, links record by record."""
    readers: dict[int, Reader] = {}

    def fetch(scan: Scan) -> Fetched:
        page = readers.setdefault(scan.number, Reader(handle, sizes())).page(
            scan.columns,
            from_id=None if scan.after_id else scan.lower_id,
            after=scan.after_id,
            before=scan.upper_id,
            modified_from=scan.modified_from,
        )
        return scan, *_with_links(handle, links, page, refused)

    return fetch


def _with_links(
    handle: Module, links: Sequence[Link], page: Page, refused: Refused | None
) -> tuple[Page, Links]:
    """Return the page with the links of its records; one whose links cannot be had is set apart."""
    linked: dict[str, dict[str, list[str]]] = {link.table: {} for link in links}
    kept, rejected, gone = [], list(page.rejected), list(page.deleted)
    for record in page.records if links else ():
        id = record["id"]
        try:
            found = {link.table: _related(handle, id, link, refused) for link in links}
        except RecordNotFound:
            gone.append(id)
        except RetriableApiError as error:
            rejected.append(Rejected(id, error))
        else:
            kept.append(record)
            for table, others in found.items():
                if others is not None:
                    linked[table][id] = others
    if not links:
        return page, {}
    return replace(page, records=kept, rejected=rejected, deleted=gone), linked


def _related(handle: Module, id: str, link: Link, refused: Refused | None) -> list[str] | None:
    """Return the ids that a record is linked to, None where the link is refused."""
    if refused is not None and link.table in refused:
        return None
    try:
        return handle.related(id, link.link or "")
    except RecordNotFound:
        raise
    except RequestRefused as error:
        if refused is None:
            raise
        refused[link.table] = error
        return None


def _fast(routes: FastRoutes, most: int | None, size: int | None) -> Fetch:
    """Return what fetches the next page of a scan over the package's routes.

    A record that is too large even alone is set apart.
    """
    sizes = routes.sizes(min(filter(None, (most, size)), default=None))
    tombstones = size is None  # Among them a page of one record may hold none.
    apart = 0

    def fetch(scan: Scan) -> Fetched:
        nonlocal apart

        def page(fields: Sequence[str], size: PageSize) -> Rows:
            return routes.page(
                scan.module,
                fields=fields,
                after=scan.after_id,
                modified_from=scan.modified_from,
                size=size,
                tombstones=tombstones,
            )

        try:
            found: AnyPage = page(scan.columns, sizes)
            apart = 0
        except AnswerTooLarge as error:
            apart += 1
            listed = page(["id"], PageSize(1)) if apart <= MOST_APART else None
            if listed is None or (listed.complete and listed.last_id == scan.after_id):
                raise
            id = listed.last_id or ""
            found = Page([], [Rejected(id, error)], id, listed.complete)
        return scan, found, {}

    return fetch
