"""The plan of calls: what to create, under ids that stay the same however often it is tried."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from suitecrm_bridge.catalogue import storable
from suitecrm_bridge.crm import SuiteCRM
from suitecrm_bridge.errors import ApiError, RecordNotFound
from suitecrm_bridge.harmless import harmless, in_line
from suitecrm_bridge.push.apply import STOP
from suitecrm_bridge.push.outcome import Outcome
from suitecrm_bridge.push.plan import Change

CALLS = "Calls"
MINUTES = 15
"""How long a call is planned to take."""
_OF_THE_BRIDGE = UUID("0d6e4a1b-64c1-5a44-8d0e-5f2b8f6f2f31")


def with_contact(crm: SuiteCRM, outcome: Outcome) -> Outcome:
    """Link a call that is there to the contact that it is about, and return what became of it.

    Only the link puts a call among a contact's activities; one that stands already stays. A call
    that was deleted meanwhile needs none.

    Raises:
        AuthenticationError, CrmDown, Stopped: every further record would fail too.
    """
    change = outcome.change
    if outcome.error is not None or change.attributes["parent_type"] != "Contacts":
        return outcome
    contact = change.attributes["parent_id"]
    try:
        crm.module(CALLS).relate(change.record_id, "contacts", "Contacts", contact)
    except RecordNotFound:
        return outcome
    except STOP:
        raise
    except ApiError as error:
        return replace(outcome, error=error)
    return outcome


def call_id(key: str) -> str:
    """Return the id of the call with this key: SuiteCRM refuses a second one, even once deleted."""
    return str(uuid5(_OF_THE_BRIDGE, key))


def call(key: str, attributes: Mapping[str, Any], start: datetime) -> Change:
    """Return the call to create; nothing of it is mirrored yet.

    Args:
        key: what the call is for; see `call_id`.
        attributes: name, description, parent_type, parent_id, and, where known,
            assigned_user_id.
        start: when it is to be made.
    """
    told = {n: harmless(storable(v)) if isinstance(v, str) else v for n, v in attributes.items()}
    wanted = {
        **told,
        "name": in_line(told["name"]),
        "status": "Planned",
        "direction": "Outbound",
        "date_start": start,
        "duration_hours": 0,
        "duration_minutes": MINUTES,
    }
    return Change(CALLS, call_id(key), wanted, dict.fromkeys(wanted))
