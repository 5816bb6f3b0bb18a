"""Nights in which something could not be read, and what they left in SuiteCRM."""

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.errors import Incomplete
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.jobs.sync import sync

FAILURE = "Database failure. Please refer to suitecrm.log for details."


def night(world, days=1, **options):
    """Sync `days` later; return what was done, and the error it ended with."""
    world.clock.advance(days=days)
    summary, error = Summary(), None
    with world.context() as context:
        try:
            sync(context, summary, as_of=context.today(), **options)
        except Incomplete as incomplete:
            error = incomplete
    return summary, error


def figures(world, module="Contacts"):
    return {
        row["id"]: {f.name: row[f.name] for f in catalogue().fields_of(module, "bridge")}
        for row in world.store.rows(module)
    }


def changed(before, after):
    """The fields that differ anywhere."""
    return {name for id in before for name in before[id] if before[id][name] != after[id][name]}


def complain(world):
    """Let a customer who complained do so once more; return the contact's id."""
    cases = world.store.rows("Cases")
    case = next(r for r in cases if r["complaint_c"] and r["contact_created_by_id"])
    now = {"date_entered": world.store.now(), "date_modified": world.store.now()}
    world.store.load("Cases", [{**case, **now, "id": "00000000-aaaa-4000-8000-000000000001"}])
    return case["contact_created_by_id"]


def last_run(world):
    (row,) = world.mirrored("SELECT result, error FROM runs ORDER BY number DESC LIMIT 1")
    return row
