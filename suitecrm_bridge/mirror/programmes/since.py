"""What people did since a wave, and which of it could be read."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files

import duckdb

from suitecrm_bridge.catalogue import Source
from suitecrm_bridge.catalogue.conditions import Audience
from suitecrm_bridge.catalogue.conditions.names import SINCE
from suitecrm_bridge.mirror.facts import Facts
from suitecrm_bridge.mirror.statements import run

LOG = "CampaignLog"
"""Where people opt out of campaigns' mail, which their own records do not always tell."""
_BOUGHT: Mapping[Source, str] = {"invoices": "AOS_Invoices", "opportunities": "Opportunities"}
_NEEDED: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("opened", "clicked", "bounced"), (LOG,)),
    "complained": ("Cases",),
    "answered": ("Calls", "Cases"),
}
"""What must have been read, so that one knows what did not happen."""
_ALSO: Mapping[str, tuple[str, ...]] = {
    "answered": ("Meetings", "SurveyResponses", "AOP_Case_Updates"),
}
"""What a SuiteCRM may do without, but not cease to show."""


def define_since(facts: Facts, connection: duckdb.DuckDBPyConnection, source: Source) -> None:
    """Make the views `since_<people>` of what people did: person, what, day.

    Args:
        facts: says which cases are complaints.
        connection: the mirror's.
        source: what counts as a purchase.
    """
    facts.define_rule()
    script = files("suitecrm_bridge.mirror") / "sql" / "since_facts.sql"
    run(connection, script.read_text(encoding="utf-8").replace("{source}", source))


def unknown(
    of: Audience, source: Source, read: Mapping[str, object], refused: set[str]
) -> set[str]:
    """Return what nobody can tell of people, because what tells it could not be read.

    Args:
        of: who they are.
        source: what counts as a purchase.
        read: the modules that were read to their end once.
        refused: those that cannot be read now.
    """
    found = set()
    for word in SINCE[of]:
        needed = _NEEDED.get(word) or (_BOUGHT[source],)
        also = tuple(module for module in _ALSO.get(word, ()) if module in read)
        if not all(module in read for module in needed) or {*needed, *also} & refused:
            found.add(word)
    return found
