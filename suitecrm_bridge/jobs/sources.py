"""Which figures can be trusted: those whose sources were all read, and lately."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta

from suitecrm_bridge.catalogue import ENTITY_MODULES, all_needs, catalogue, needs
from suitecrm_bridge.errors import (
    AccessDenied,
    BrokenAnswer,
    PackageFailed,
    RequestRefused,
    ServerFailure,
    UnknownLink,
    UnknownModule,
)
from suitecrm_bridge.i18n import day, text
from suitecrm_bridge.jobs.clocks import A_DAY
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.logs import masked
from suitecrm_bridge.mirror import SCORED_MODULES

logger = logging.getLogger(__name__)

Stale = Mapping[str, datetime | None]
"""Name of a source → until when it is known, None where it was never read to its end."""


def stale_sources(context: Context, as_of: date | None = None) -> dict[str, datetime | None]:
    """Return the sources that some figure is made from and that are not known as they are now.

    Such are those that could be read once and no longer can, those whose reading was cut off the
    first time, and those that were not read for longer than the setting allows.

    Args:
        context: holds the mirror.
        as_of: the day that figures describe; default, the latest reading.
    """
    mirror = context.mirror
    read_at = mirror.sources.read_at()
    refused = mirror.sources.refused()
    found = {name for name in refused if mirror.sources.known(name)}
    bookmarks = mirror.records.bookmarks()
    found |= {m for m in mirror.records.cut_off() - bookmarks.keys() if mirror.records.count(m)}
    # What a clock that was wrong has noted says nothing about the others.
    latest = context.clock() + A_DAY
    moments = [b.through for m, b in bookmarks.items() if m not in refused and b.through < latest]
    if as_of is not None:
        moments.append(datetime.combine(as_of, time(), UTC))
    bound = timedelta(hours=context.settings.stale_hours)
    if moments:
        oldest = max(moments) - bound
        found |= {module for module, bookmark in bookmarks.items() if bookmark.through < oldest}
    return {name: read_at.get(name) for name in sorted(found & figure_sources(context))}


def figure_sources(context: Context) -> frozenset[str]:
    """Return every source that some figure is made from."""
    return all_needs(catalogue(), SCORED_MODULES.values(), context.choices.source(context.mirror))


def note(context: Context, summary: Summary, stale: Stale) -> Stale:
    """Note in a summary which sources are stale, and return them."""
    for name, moment in stale.items():
        shown = "" if moment is None else moment.date().isoformat()
        if name not in summary.stale:
            summary.stale[name] = shown
            logger.warning(
                "%s", text("jobs.stale", source=name, day=_shown(moment and moment.date()))
            )
    return stale


def sources_of(context: Context, module: str, *fields: str) -> frozenset[str]:
    """Return what figures on a module's records are made from."""
    known, purchases = catalogue(), context.choices.source(context.mirror)
    found = (needs(known, known.fields[field], module, purchases) for field in fields)
    return frozenset().union(*found)


def withheld(context: Context, module: str, stale: Collection[str]) -> list[str]:
    """Return the bridge's fields on a module's records that are made from stale sources."""
    fields = catalogue().fields_of(module, "bridge")
    return [f.name for f in fields if sources_of(context, module, f.name) & {*stale}]


def told(summary: Summary) -> str:
    """Return in words what could not be read, what follows from it, and the remedy."""
    listed = ", ".join(
        text("jobs.stale_since", source=name, day=_shown(moment and date.fromisoformat(moment)))
        for name, moment in summary.stale.items()
    )
    gone = [name for name in summary.stale if name not in ENTITY_MODULES.values()]
    return text("jobs.incomplete", sources=listed, forget=next(iter(gone), "…"))


@contextmanager
def refusing(context: Context, summary: Summary, name: str) -> Iterator[None]:
    """Let the block fail to read a source, and note that it cannot be read.

    A CRM may lack modules, and rights to some: that is no failure. Any other refusal is one,
    unless it concerns what could be read before.

    Raises:
        ApiError: a fault that is not this source's, or the refusal of one that was never read.
    """
    try:
        yield
    except PackageFailed:
        raise  # The other path may read it.
    except (RequestRefused, ServerFailure, BrokenAnswer) as error:
        lacking = isinstance(error, AccessDenied | UnknownModule | UnknownLink)
        if not (lacking or context.mirror.sources.known(name)):
            raise
        summary.unreadable.append(name)
        refuse(context, name, error)


def refuse(context: Context, name: str, error: Exception) -> None:
    """Note that a source cannot be read."""
    logger.warning("%s", text("jobs.module_unreadable", module=name, error=error))
    context.mirror.sources.refuse(
        name, context.crm.server_time or context.clock(), masked(str(error))
    )


def _shown(moment: date | str | None) -> str:
    return day(moment) if isinstance(moment, date) else text("jobs.never")
