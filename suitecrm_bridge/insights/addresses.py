"""E-mail and phone of customers, of those alone who may be addressed so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from suitecrm_bridge.analytics.programmes.reach import forbidden
from suitecrm_bridge.catalogue import Entity
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.mirror.programmes.audiences import Audiences
from suitecrm_bridge.mirror.programmes.people import addresses as known_addresses

CHANNELS: Mapping[str, str] = {"email": "mail", "phone": "call"}
"""By address the channel whose rules it goes by."""


def addresses(mirror: Mirror, entity: Entity, day: date) -> dict[str, tuple[str, str]]:
    """Return e-mail and phone by customer, "" where they may not be addressed so.

    Whoever may be addressed by neither is left out. What cannot be read counts as an objection.
    """
    audiences = Audiences(mirror.connection, day)
    reach, unreadable = audiences.reach(entity), audiences.unreadable(entity)
    people = pd.Series(list(reach.index), dtype=object)
    may = {
        address: set(people[forbidden(reach, people, way, unreadable=way in unreadable) == ""])
        for address, way in CHANNELS.items()
    }
    found = {
        person: (
            email if person in may["email"] else "",
            phone if person in may["phone"] else "",
        )
        for person, email, phone in known_addresses(mirror.connection, entity)
    }
    return {person: reached for person, reached in found.items() if any(reached)}
