"""Know who has opted out by now, and whose address is invalid, before anybody is addressed.

SuiteCRM keeps both with the e-mail address. A link in a mail, a mail that comes back or another
record with the same address changes them without a date on the record, so no pull sees it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from suitecrm_bridge.catalogue import ENTITY_MODULES
from suitecrm_bridge.errors import (
    DataError,
    InvalidRequest,
    RecordNotFound,
    RequestRefused,
    RetriableApiError,
    UnknownField,
)
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.fetching import fetcher, pages, ranges
from suitecrm_bridge.jobs.lost import is_equal
from suitecrm_bridge.mirror import address_columns

E_MAIL = ("mail", "webhook")
"""Channels over which an e-mail address is used, by SuiteCRM or by whoever takes a webhook."""


def look(context: Context) -> None:
    """Note what is said of the addresses of everybody that programmes and segment lists may reach.

    Over the fast routes a number for a module tells whether anything is new. Over the stock API,
    which has none, `unwilling` asks about those whose turn it is.

    Raises:
        ApiError: it cannot be read now.
    """
    if context.fast is None:
        return
    for module in sorted(_modules(context)):
        if _is_as_noted(context, module):
            continue
        columns = _columns(context, module)
        fetch = fetcher(context, module, linked=False)
        for _, page, _ in pages(ranges(context, module, columns, 0), fetch, context.stop):
            context.mirror.reconciliation.take_addresses(module, page.records)


def unwilling(context: Context, module: str, ids: Collection[str]) -> set[str]:
    """Ask about people, one by one; return those that e-mail may not reach, by their addresses.

    Over the fast routes nobody is asked about: `look` has asked about all.

    Raises:
        ApiError: what another record would not escape either.
    """
    columns = _columns(context, module)
    if context.fast is not None or not columns:
        return set()
    handle = context.crm.module(module)

    def ask(id: str) -> Mapping[str, Any] | None:
        if context.stop.is_set():
            return None
        try:
            return handle.get(id, columns)
        except (RecordNotFound, RequestRefused, RetriableApiError, DataError):
            # What cannot be read counts as no.
            return None

    with ThreadPoolExecutor(context.settings.parallel, thread_name_prefix="refusals") as pool:
        told = [one for one in pool.map(ask, ids) if one is not None]
    context.stop.check()
    context.mirror.reconciliation.take_addresses(module, told)
    willing = {one["id"] for one in told if not any(one[name] for name in columns)}
    return {*ids} - willing


def _modules(context: Context) -> set[str]:
    """Return the modules of those that running programmes, or segment lists, address by e-mail."""
    states = context.mirror.programmes.states()
    found = {
        one.module
        for key, one in context.rules.programmes.items()
        if key in states
        and states[key].running
        and any(wave.channel in E_MAIL for wave in one.waves)
    }
    return found | {ENTITY_MODULES[of] for of in context.rules.addressing.segment_lists}


def _columns(context: Context, module: str) -> list[str]:
    """Return what was read of addresses, [] where the module was not read or has nothing of it."""
    bookmark = context.mirror.records.bookmark(module)
    read = bookmark.columns if bookmark else ()
    return [name for name in address_columns(module) if name in read]


def _is_as_noted(context: Context, module: str) -> bool:
    columns = _columns(context, module)
    try:
        return not columns or is_equal(context, module, columns)
    except (UnknownField, InvalidRequest):
        # A package that is older knows no number of addresses: everybody is looked at.
        return False
