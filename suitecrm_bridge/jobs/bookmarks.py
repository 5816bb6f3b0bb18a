"""Where the reading of a module goes on: its columns, and since when."""

from __future__ import annotations

from datetime import datetime, timedelta

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.fetching import crm_time
from suitecrm_bridge.mirror import Bookmark


def noted_columns(
    context: Context, module: str, bookmark: Bookmark | None
) -> tuple[str, ...] | None:
    """Return the columns as the last pull found them, None where more could be there by now."""
    everything = tuple(catalogue().columns_of(module))
    same = bookmark is not None and (bookmark.columns, bookmark.path) == (everything, context.path)
    return everything if same else None


def changed_since(context: Context, bookmark: Bookmark) -> datetime:
    """Return from when on changes are to be read, a little before the last reading began."""
    # A clock that was set back stamps what is new with times that were read before.
    until = min(bookmark.through, crm_time(context))
    return until - timedelta(minutes=context.settings.lag_minutes)
