"""Mirror what is new or changed in SuiteCRM."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from suitecrm_bridge.catalogue import catalogue, history_of, sources
from suitecrm_bridge.errors import InvalidRequest, NotFound, TooManyVanished, UnknownField
from suitecrm_bridge.i18n import text
from suitecrm_bridge.jobs import marks
from suitecrm_bridge.jobs.bookmarks import changed_since, noted_columns
from suitecrm_bridge.jobs.clocks import A_DAY, require_right_clock
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.fetching import (
    changes,
    crm_time,
    fetcher,
    pages,
    ranges,
    unrecorded,
)
from suitecrm_bridge.jobs.history import keep_history, observe
from suitecrm_bridge.jobs.linking import Linking
from suitecrm_bridge.jobs.owners import know_names
from suitecrm_bridge.jobs.paths import on_either_path
from suitecrm_bridge.jobs.reconcile import HANDFUL, is_due, reconcile
from suitecrm_bridge.jobs.run import recorded
from suitecrm_bridge.jobs.sources import note, refusing, stale_sources
from suitecrm_bridge.jobs.storing import Storing
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.jobs.unchanged import unchanged
from suitecrm_bridge.mirror import Bookmark, Scan

logger = logging.getLogger(__name__)

ALWAYS_NEEDED = ("Contacts", "Accounts")
ALONE = 10
"""Records that are read in a page while one is read alone, at the least."""


@recorded
@on_either_path
def pull(
    context: Context,
    summary: Summary,
    modules: Sequence[str] = (),
    *,
    full: bool = False,
    forget: Sequence[str] = (),
) -> None:
    """Mirror `modules` (default: all), only what changed unless `full`.

    Now and then, when `full`, and where SuiteCRM is not as this bridge left it, all ids and the
    package's own fields are compared too, see `reconcile`. What was read of the
    sources to `forget` is forgotten first, as if they had never been there.

    Raises:
        WrongClock: SuiteCRM's clock and this machine's are a day or more apart.
        TooManyVanished: a module lost more records than is believable.
        NotFound: a module is not one that the bridge mirrors, or not one to forget.
        AccessDenied: the API user may not read a module that the scores need.
    """
    wanted = _wanted(modules)
    with summary.timed("pull"):
        summary.path = context.path
        require_right_clock(context)
        _forget(context, forget)
        summary.unreadable.clear()  # Where it begins again over the other path.
        linking = Linking(context, summary)
        as_left = marks.as_left(context)
        if not as_left:
            marks.doubt(context)
        new = {*wanted} - context.mirror.records.bookmarks().keys()
        quiet = set() if full or not as_left else unchanged(context, wanted)
        doubted = set() if as_left else {*wanted} - new
        with _believed(context):
            _read_modules(context, summary, wanted, linking, quiet, full=full)
            _compare(context, summary, wanted, linking, doubted, full=full)
        if context.mirror.records.bookmarks().keys() <= {*wanted}:
            marks.note(context)
        read = {m for m in wanted if m in summary.pulled and m not in summary.unreadable}
        context.mirror.sources.accept(read, crm_time(context))
        for module in wanted:
            if module in read:
                linking.bring_back(module)
                # What only the comparison found, or a link brought back, is read by now.
                observe(context, module)
        if not modules:
            know_names(context)
    concerned = {*wanted, *map(history_of, wanted), *_links_between(wanted)}
    stale = stale_sources(context)
    note(context, summary, {name: stale[name] for name in stale if name in concerned})


def _wanted(modules: Sequence[str]) -> Sequence[str]:
    unknown = [module for module in modules if module not in catalogue().modules]
    if unknown:
        known = ", ".join(catalogue().modules)
        raise NotFound(text("jobs.unknown_module", names=", ".join(unknown), known=known))
    return modules or tuple(catalogue().modules)


def _forget(context: Context, names: Sequence[str]) -> None:
    known = [name for name in sources(catalogue()) if name not in ALWAYS_NEEDED]
    unknown = [name for name in names if name not in known]
    if unknown:
        listed = ", ".join(known)
        raise NotFound(text("jobs.nothing_to_forget", names=", ".join(unknown), known=listed))
    for name in names:
        context.mirror.sources.forget(name)
        logger.warning("%s", text("jobs.forgotten", source=name))


def _read_modules(
    context: Context,
    summary: Summary,
    wanted: Sequence[str],
    linking: Linking,
    quiet: Collection[str],
    *,
    full: bool,
) -> None:
    for module in wanted:
        if module in quiet:
            summary.pulled[module] = 0
            context.progress.begin(module, 0)
            context.progress.end()
            continue
        with _left_out_where_unreadable(context, summary, module):
            _pull_module(context, summary, module, linking, full=full)


def _compare(
    context: Context,
    summary: Summary,
    wanted: Sequence[str],
    linking: Linking,
    doubted: Collection[str],
    *,
    full: bool,
) -> None:
    """Compare modules that were read and are due, or doubted, then the links between them."""
    due = [m for m in wanted if m in summary.pulled and m not in summary.unreadable]
    due = [module for module in due if full or module in doubted or is_due(context, module)]
    for module in due:
        with _left_out_where_unreadable(context, summary, module):
            reconcile(context, summary, module, linking.kept)
    linking.judge({module for module in due if module not in summary.unreadable})


@contextmanager
def _believed(context: Context) -> Iterator[None]:
    """Let the next run read again what changed since the one before, where a brake stops this."""
    through = {m: b.through for m, b in context.mirror.records.bookmarks().items()}
    try:
        yield
    except TooManyVanished:
        # Whoever hides records hides what changed in them, too.
        context.mirror.records.advance(through)
        raise


def _links_between(modules: Sequence[str]) -> list[str]:
    return [link.table for link in catalogue().links.values() if link.module in modules]


@contextmanager
def _left_out_where_unreadable(context: Context, summary: Summary, module: str) -> Iterator[None]:
    with summary.timed_module(module):
        if module in ALWAYS_NEEDED:
            yield
            return
        with refusing(context, summary, module):
            yield


def _pull_module(
    context: Context, summary: Summary, module: str, linking: Linking, *, full: bool
) -> None:
    storing = Storing(context, summary, module, linking.kept)
    full = linking.refused_before(module) or _many_failed(context, storing) or full
    bookmark = context.mirror.records.bookmark(module)
    noted = None if full else noted_columns(context, module, bookmark)
    try:
        since = _read(context, storing, linking, noted or _columns(context, module), full=full)
    except (UnknownField, InvalidRequest):
        if noted is None:
            raise
        # A field was taken away since they were noted.
        since = _read(context, storing, linking, _columns(context, module), full=full)
    summary.pulled.setdefault(module, 0)
    with refusing(context, summary, history_of(module)):
        keep_history(context, module)
    changed = summary.pulled[module]
    logger.info("pulled %s: %d new or changed since %s", module, changed, since or "ever")


def _many_failed(context: Context, storing: Storing) -> bool:
    """Return whether it takes less to read a module as a whole than what failed of it alone."""
    due = len(storing.due())
    return due > HANDFUL and due * ALONE > context.mirror.records.count(storing.module)


def _columns(context: Context, module: str) -> tuple[str, ...]:
    """Ask which columns SuiteCRM has."""
    columns, missing = context.crm.module(module).readable(catalogue().columns_of(module))
    if missing:
        logger.info("%s has no fields %s", module, ", ".join(missing))
    return tuple(columns)


def _read(
    context: Context, storing: Storing, linking: Linking, columns: Sequence[str], *, full: bool
) -> datetime | None:
    """Read what is new or changed; return since when, None for all there is."""
    mirror, module = context.mirror, storing.module
    bookmark = mirror.records.bookmark(module)
    cut_off = mirror.records.scans(module)
    scans, count = _scans(context, module, tuple(columns), bookmark, cut_off, full=full)
    since = scans[0].modified_from
    context.progress.begin(module, count)
    fetch = fetcher(context, module, refused=linking.refused)
    for fetched in pages(scans, fetch, context.stop):
        storing.store(*fetched)
    _read_again(context, storing, linking, columns)
    linking.read(module)
    linking.note_refused(module)
    mirror.records.finish(module)
    if bookmark is None:
        mirror.reconciliation.finish(module, scans[0].started_at)
    context.progress.end()
    if scans[0].started_at in {scan.started_at for scan in cut_off}:
        # The run that began it was cut off, or refused, days ago perhaps.
        _read(context, storing, linking, columns, full=False)
    return since


def _scans(
    context: Context,
    module: str,
    columns: tuple[str, ...],
    bookmark: Bookmark | None,
    cut_off: list[Scan],
    *,
    full: bool,
) -> tuple[list[Scan], int | None]:
    """Return the ranges to read: those of a scan that was cut off, or new ones, recorded.

    With them comes how many records that may be, where all are read and the server counts.
    """
    way = (columns, context.path)
    same_way = bool(cut_off) and (cut_off[0].columns, cut_off[0].path) == way
    # What began in the future did so while a clock was wrong: nobody knows when.
    latest = crm_time(context) + A_DAY
    same_way = same_way and cut_off[0].started_at < latest
    if same_way and not (full and cut_off[0].modified_from):
        return cut_off, None if cut_off[0].modified_from else _estimate(context, module)
    again = bookmark is None or (bookmark.columns, bookmark.path) != way
    if full or bookmark is None or again or bookmark.through >= latest:
        if bookmark is not None and bookmark.columns != columns:
            # A field that was away comes back empty, and its customers are where they were.
            context.mirror.reconciliation.own_fields.remember_segments(module)
        count = _estimate(context, module)
        scans = ranges(context, module, columns, count or 0)
    else:
        count = None
        scans = [changes(context, module, columns, changed_since(context, bookmark))]
    context.mirror.records.begin(scans)
    return scans, count


def _estimate(context: Context, module: str) -> int | None:
    return context.crm.module(module).estimate() if context.fast is None else None


def _read_again(
    context: Context, storing: Storing, linking: Linking, columns: Sequence[str]
) -> None:
    """Read again, each alone, what failed before and is due, and what a failed write may hold."""
    scan = unrecorded(context, storing.module, columns)
    unanswered = context.mirror.writeback.unanswered
    written = unanswered.failed().get(storing.module, [])
    for id in [*storing.due(), *written]:
        context.stop.check()
        storing.store(scan, *linking.one(scan, id))
    failed = context.mirror.dead_letters.ids("read", storing.module)
    unanswered.read(storing.module, {*written} - failed)
