"""Whether answers come as SuiteCRM makes them: nothing printed around, no question cut short."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from suitecrm_bridge.catalogue import ENTITY_MODULES
from suitecrm_bridge.harmless import in_line
from suitecrm_bridge.jobs.checks.finding import Finding, passed, warned
from suitecrm_bridge.jobs.context import Context

LONGEST = 120
_FAR = datetime(2190, 1, 1, tzinfo=UTC)


def answers(context: Context) -> Iterator[Finding]:
    """Ask for one record, and for what is to change in far future: what passes by shows there."""
    faults = []
    for key in ENTITY_MODULES.values():
        module = context.crm.module(key)
        one = module.page(fields=["id"], size=1)
        if len(one.records) + len(one.rejected) > 1:
            faults.append(warned("answers", "answers_unsized", module=key))
            break
        if module.page(fields=["id"], modified_from=_FAR, size=1).last_id is not None:
            faults.append(warned("answers", "answers_unfiltered", module=key))
            break
    if context.crm.printed_around:
        words = in_line(context.crm.printed_around)[:LONGEST]
        faults.append(warned("answers", "answers_printed_around", words=words))
    yield from faults or [passed("answers", "answers_fine")]
