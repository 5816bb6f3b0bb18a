"""A programme of an installation's own, started on a SuiteCRM with demo data, and its lists."""

from __future__ import annotations

from suitecrm_bridge.jobs import programmes as jobs
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.push.lists import list_id

HELLO = """
[programme]
label = { en = "Hello", fr = "Bonjour" }
description = { en = "Says hello.", fr = "Dit bonjour." }
of = "contacts"
audience = 'purchase_count >= 0'
priority = 5
again_days = 30
[waves.first]
channel = "mail"
label = { en = "First", fr = "Premier" }
[control]
share = 0.3
"""
TREATED, CONTROL = (list_id(f"hello/first/{arm}") for arm in ("treated", "control"))


def begin(world, content=HELLO, key="hello"):
    """Write a programme file of the installation's own, hold nobody back, and start it."""
    folder = world.home / "programmes"
    folder.mkdir(exist_ok=True)
    (folder / f"{key}.toml").write_text(content, encoding="utf-8")
    nobody = "[control]\nshare = 0\n[cap]\ncontacts = 2\n"
    (world.home / "addressing.toml").write_text(nobody, encoding="utf-8")
    with world.context() as context:
        context.mirror.programmes.start(key, context.today())


def run(world, *, dry_run=False, **changes):
    summary = Summary()
    with world.context(**changes) as context:
        jobs.run(context, summary, dry_run=dry_run)
    return summary


def members(world, list_id=TREATED, link="contacts"):
    with world.context() as context:
        return set(context.crm.module("ProspectLists").related(list_id, link))


def lists(world):
    with world.context() as context:
        found = context.crm.module("ProspectLists").iterate(fields=["name", "list_type"])
        return sorted((one["id"], one["name"], one["list_type"]) for one in found)


def addressable(world, complaints="'serious'"):
    """Contacts whom mail may reach, as the CRM holds them, without those with such complaints."""
    rows = world.mirrored(
        "SELECT id FROM contacts WHERE email1 LIKE '%@%' AND NOT email_opt_out"
        " AND NOT invalid_email AND coalesce(lawful_basis, '') NOT LIKE '%withdrawn%'"
        " AND id IN (SELECT customer_id FROM scores_contacts"
        f"  WHERE complaints <> {complaints})"
        " AND NOT EXISTS (SELECT 1 FROM campaign_log l WHERE l.target_id = contacts.id"
        "  AND l.activity_type = 'removed' AND l.activity_date >= contacts.date_modified)"
    )
    return {id for (id,) in rows}


def change(world, id, **attributes):
    world.clock.advance(minutes=2)
    world.store.update("Contacts", id, {**attributes, "date_modified": world.store.now()})
