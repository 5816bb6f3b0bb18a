"""Whether a write arrives as it was sent: one record, which keeps the values that it has."""

from __future__ import annotations

from collections.abc import Iterator

from suitecrm_bridge.catalogue import ENTITY_MODULES, catalogue
from suitecrm_bridge.jobs.checks.finding import Finding, passed, warned
from suitecrm_bridge.jobs.context import Context

_BESIDE = ("email1", "name", "account_name")
"""What a save of SuiteCRM must leave as it is."""


def writing(context: Context) -> Iterator[Finding]:
    """Write a field of the package back as it is, and compare what SuiteCRM then has.

    The save is one like any other: hooks and workflows of SuiteCRM run, and the date of the last
    change moves.
    """
    for key in ENTITY_MODULES.values():
        module = context.crm.module(key)
        id_ = module.id_at(1)
        names = [one.name for one in catalogue().fields_of(key, "bridge") if one.type == "enum"]
        readable, _ = module.readable([*names, *_BESIDE])
        own = next((name for name in names if name in readable), None)
        if id_ is None or own is None:
            continue
        asked = [own, *(name for name in _BESIDE if name in readable)]
        before = module.get(id_, asked)
        module.update(id_, {own: before.get(own) or ""})
        after = module.get(id_, asked)
        changed = [name for name in asked if (before.get(name) or "") != (after.get(name) or "")]
        if changed:
            fields = ", ".join(changed)
            yield warned("writing", "writing_changes", module=key, id=id_, fields=fields)
        else:
            yield passed("writing", "writing_arrives", module=key)
        return
    yield warned("writing", "writing_untried")
