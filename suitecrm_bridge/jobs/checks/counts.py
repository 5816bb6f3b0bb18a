"""How many records each module has, and how many of them the API user can read."""

from __future__ import annotations

from collections.abc import Iterator

from suitecrm_bridge.catalogue import ENTITY_MODULES, catalogue
from suitecrm_bridge.crm import Module
from suitecrm_bridge.errors import ApiError
from suitecrm_bridge.i18n import number
from suitecrm_bridge.jobs.checks.finding import Finding, passed, warned
from suitecrm_bridge.jobs.context import Context


def modules(context: Context) -> Iterator[Finding]:
    """Count the records, and look whether the last of them can be had.

    SuiteCRM counts without regard to roles and security groups, and lists with regard to them.
    """
    counts, refused, hidden = {}, [], []
    for key in catalogue().modules:
        module = context.crm.module(key)
        try:
            count = module.estimate() or 0
            seen = count_readable(module, count)
        except ApiError as error:
            refused.append(f"{key} ({error})")
            continue
        counts[key] = count
        if seen < count:
            hidden.append(f"{key} {number(seen)}/{number(count)}")
    listed = ", ".join(f"{key} {number(count)}" for key, count in counts.items())
    yield passed("modules", "modules_readable", modules=listed)
    none = [key for key in ENTITY_MODULES.values() if counts.get(key) == 0]
    if none and any(counts.values()):
        # SuiteCRM tells no count at all where it shows nothing.
        yield warned("modules", "no_customers_readable", modules=", ".join(none))
    if refused:
        yield warned("modules", "modules_refused", modules="; ".join(refused))
    if hidden:
        yield warned("modules", "records_hidden", modules=", ".join(hidden))


def count_readable(module: Module, count: int) -> int:
    """Return how many of `count` records can be had, in few requests."""
    low, high = 0, count
    if count == 0 or module.id_at(count) is not None:
        return count
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if module.id_at(middle) is not None else (low, middle)
    return low
