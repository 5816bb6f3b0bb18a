"""Tell the package which lists are programmes': SuiteCRM 8 asks it of each recipient."""

from __future__ import annotations

from suitecrm_bridge.crm import Addressing, Limited
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.mirror.programmes.returning import whose


def tell_package(context: Context) -> None:
    """Tell the package what holds for each list, before anybody is put on it.

    Lists of programmes that were stopped are among them: nobody is on those any more, and who was
    queued before gets nothing.

    Raises:
        ApiError: the package cannot be told.
    """
    if context.fast is not None:
        told = addressing(context)
        if told.lists:
            context.fast.addressing.tell(told)


def addressing(context: Context) -> Addressing:
    """Return the cap over all programmes, and by its id what holds for each list."""
    cap = context.rules.addressing.cap
    known = context.mirror.programmes.lists.known()
    lists = {}
    for (name, of, arm), id in known.items():
        key, wave = whose(name, of)
        if arm != "treated" or "/" in key:
            continue
        one = context.rules.programmes.get(key)
        own = one.cap if one else None
        control = known.get((key, wave, "control"))
        lists[id] = Limited(control, *((own.contacts, own.days) if own else ()))
    return Addressing(cap.contacts, cap.days, lists)
