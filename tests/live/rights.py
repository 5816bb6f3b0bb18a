"""Whether the fast routes show and write to a user what their role allows, and no more."""

from __future__ import annotations

from suitecrm_bridge.crm import Credentials, SuiteCRM
from suitecrm_bridge.errors import AuthenticationError, BridgeError
from tests.contract.fastroutes import Target, answered
from tests.live.module_loader import ModuleLoader
from tests.live.outcomes import Failed
from tests.live.people_with_roles import NONE, OWNER, person

ALLOWED = {"Contacts": OWNER, "Cases": OWNER, "Accounts": NONE}


def check_rights(admin: SuiteCRM, screens: ModuleLoader) -> str:
    """Hold what a user with a role gets against what belongs to them.

    Raises:
        Failed: they get more, or less.
    """
    target = Target(admin)
    with person(admin, screens, ALLOWED) as one:
        try:
            owners = [{"assigned_user_id": id} for id in (one.id, "1")]
            contacts = [target.create("Contacts", last_name="Drive", **who) for who in owners]
            cases = [target.create("Cases", name="Drive", **who) for who in owners]
            for contact, case in ((0, 0), (0, 1), (1, 0)):
                admin.module("Contacts").relate(contacts[contact], "cases", "Cases", cases[case])
            with SuiteCRM(admin.api._base, one.credentials, retries=1) as user:
                faults = _faults(Target(user), user, target.before, contacts, cases)
            admin.module("Users").update(one.id, {"status": "Inactive"})
            faults += _as_inactive(admin.api._base, one.credentials)
        finally:
            target.clean()
    if faults:
        raise Failed("; ".join(faults))
    return "own records and links of own records alone, by both paths; nothing once inactive"


def _faults(
    fast: Target, stock: SuiteCRM, before: str, contacts: list[str], cases: list[str]
) -> list[str]:
    faults = []
    for module, column, ids in (("Contacts", "last_name", contacts), ("Cases", "name", cases)):
        seen = {row["id"] for row in fast.rows(f"records/{module}", columns=column, after=before)}
        listed = {row["id"] for row in stock.module(module).iterate(fields=[column])} & {*ids}
        faults += _unless(seen == {ids[0]}, f"the routes show {len(seen)} {module}, not one")
        faults += _unless(
            listed == {ids[0]}, f"the stock API lists {len(listed)} {module}, not one"
        )
    links = {(row["contact_id"], row["case_id"]) for row in fast.rows("links/contacts_cases")}
    own = {(contacts[0], cases[0])}
    faults += _unless(links == own, f"{len(links)} links are shown, not that of own records")
    rows = [[id, "Drive"] for id in contacts]
    wrote = answered(fast.write("Contacts", ["next_offer_c"], *rows, notify=False))["rows"]
    right = [wrote[id] for id in contacts] == ["written", "rejected"]
    refused = fast.get("records/Accounts", columns="name").status_code
    return [
        *faults,
        *_unless(right, f"writing answers {sorted(wrote.values())}"),
        *_unless(refused == 403, f"a module that is refused answers {refused}"),
    ]


def _as_inactive(url: str, credentials: Credentials) -> list[str]:
    """Return what is wrong with how a user who was made inactive is treated."""
    try:
        with SuiteCRM(url, credentials, retries=0) as user:
            status = Target(user).get("records/Contacts", columns="id").status_code
    except (AuthenticationError, BridgeError):
        return []
    return _unless(status in (401, 403), f"an inactive user is answered {status}")


def _unless(holds: bool, fault: str) -> list[str]:
    return [] if holds else [fault]
