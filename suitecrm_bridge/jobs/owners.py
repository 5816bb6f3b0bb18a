"""Ask SuiteCRM what the users are called who look after customers or cases."""

from __future__ import annotations

import logging

from suitecrm_bridge.errors import RequestRefused, ServerFailure
from suitecrm_bridge.i18n import text
from suitecrm_bridge.jobs.context import Context

logger = logging.getLogger(__name__)

USERS = "Users"
PARTS = ("first_name", "last_name")


def know_names(context: Context) -> None:
    """Ask for the names that are not known; who is not shown keeps an id for a while."""
    unknown = context.mirror.owners.unknown(context.today())
    if not unknown:
        return
    try:
        found = {
            str(one["id"]): " ".join(str(one[part]).strip() for part in PARTS if one.get(part))
            for one in context.crm.module(USERS).iterate(fields=list(PARTS))
        }
    except (RequestRefused, ServerFailure) as error:
        logger.info("%s", text("jobs.owners_unknown", error=error))
        found = {}
    names = {owner: found.get(owner, "") for owner in unknown}
    context.mirror.owners.keep(names, context.today())
