"""Keep what records held before: from SuiteCRM's audit tables, and from looking at each pull."""

from __future__ import annotations

import logging
from datetime import timedelta

from suitecrm_bridge.catalogue import catalogue, history_of
from suitecrm_bridge.crm import FastRoutes, PageTrail
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.fetching import crm_time

logger = logging.getLogger(__name__)

_NAMES = {
    "id": "id",
    "record_id": "parent_id",
    "changed_at": "date_modified",
    "field": "field_name",
    "before": "before",
    "after": "after",
}


def keep_history(context: Context, module: str) -> None:
    """Read what is new in the history of a module that was pulled; note how its cases stand.

    Only the fast path has the history. A reading that was cut off goes on where it was.

    Raises:
        AccessDenied: the API user may not read the module.
        Stopped: the run was asked to stop; what was read is stored.
    """
    if context.fast is not None and catalogue().modules[module].history:
        _read(context, context.fast, module)
        context.mirror.sources.accept([history_of(module)], crm_time(context))
    observe(context, module)


def observe(context: Context, module: str) -> None:
    """Note how cases stand that were read, before the bridge's own writes give them a new date."""
    if module == "Cases":
        seen = context.mirror.history.observe(context.clock())
        logger.info("%d cases have another status than when last looked at", seen)


def _read(context: Context, routes: FastRoutes, module: str) -> None:
    history = context.mirror.history
    known, newest = history.scan(module), history.newest(module)
    now = crm_time(context)
    lag = timedelta(minutes=context.settings.lag_minutes)
    since = known.through and known.through - lag
    if since and since > now:
        since = None  # A clock was wrong: nobody knows until when it was read.
    if known.started_at is None:
        if newest is None or (since and newest < since):
            return  # A change is kept when its record is saved: nothing can have come.
        history.begin(module, now)
    after, complete = known.after_id, False
    size, way = routes.sizes(context.settings.page_size), PageTrail(module)
    while not complete:
        context.stop.check()
        page = routes.history(module, after=after, modified_from=since, size=size)
        for one in page.rejected:
            logger.warning("%s", one.error)
        changes = [{own: row[name] for own, name in _NAMES.items()} for row in page.records]
        history.store(module, changes, page.last_id, last=page.complete)
        after, complete = page.last_id, page.complete
        if not complete:
            way.step(after)
