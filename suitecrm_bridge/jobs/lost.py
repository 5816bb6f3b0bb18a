"""See whether SuiteCRM has what the mirror believes where no date tells that it changed."""

from __future__ import annotations

from collections.abc import Sequence

from suitecrm_bridge.errors import InvalidRequest, UnknownField
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.fetching import fetcher, unrecorded
from suitecrm_bridge.mirror import address_columns, own_columns

LOOKED_AT = 100
"""Records of a module that a look takes in where the package makes no digest."""


def own_fields(module: str, columns: Sequence[str]) -> list[str]:
    """Return which of a module's columns are the package's own fields."""
    return [name for name in columns if name in own_columns(module)]


def undated(context: Context, module: str, columns: Sequence[str]) -> list[str]:
    """Return the columns that must be compared record by record, as no date tells of a change.

    They are the package's own fields, and what SuiteCRM keeps of e-mail addresses. Over the fast
    routes a number for the whole module tells that none need be.
    """
    own = own_fields(module, columns)
    of_address = [name for name in address_columns(module) if name in columns]
    both = [*own, *of_address]
    if context.fast is None or not both:
        return both
    try:
        if is_equal(context, module, both):
            return []
    except (UnknownField, InvalidRequest):
        # An older package knows no number of addresses.
        if not of_address:
            raise
        return [] if own and is_equal(context, module, own) else own
    unequal = [part for part in (own, of_address) if part and not is_equal(context, module, part)]
    return [name for part in unequal for name in part] or both


def is_equal(context: Context, module: str, own: Sequence[str]) -> bool:
    """Return whether the package tells, by one number, that all of a module is as is believed."""
    theirs, ours = _digests(context, module, own)
    return theirs == ours


def looks_lost(context: Context, module: str) -> bool:
    """Return whether a look at a module finds other figures in it than were written or read.

    Where the package makes no digest, or records came or went, it takes in the first ones only.
    """
    bookmark = context.mirror.records.bookmark(module)
    columns = bookmark.columns if bookmark else ()
    own = [c for c in own_fields(module, columns) if own_columns(module)[c].writer == "bridge"]
    if not own:
        return False
    try:
        theirs, ours = _digests(context, module, own)
        if theirs == ours:
            return False
        if theirs is not None and theirs[0] == ours[0]:
            return True
        return _first_differ(context, module, own)
    except (UnknownField, InvalidRequest):
        return True


def _digests(
    context: Context, module: str, own: Sequence[str]
) -> tuple[tuple[int, int] | None, tuple[int, int]]:
    """Return how many records there are and what they come to: in SuiteCRM, and as is believed."""
    ours = context.mirror.reconciliation.own_fields.digest(module, own)
    if context.fast is None or not context.fast.marks.told:
        return None, ours
    found = context.fast.marks.digest(module, own)
    return (found.records, found.number) if found else None, ours


def _first_differ(context: Context, module: str, own: Sequence[str]) -> bool:
    listed = context.mirror.reconciliation
    listed.begin()
    fetch = fetcher(context, module, size=LOOKED_AT, linked=False)
    _, page, _ = fetch(unrecorded(context, module, own))
    listed.add_own(module, own, page.records)
    return listed.lost(module, own)
