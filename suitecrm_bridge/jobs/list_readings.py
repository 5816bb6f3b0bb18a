"""Read again who is on the target lists, for people may change that too."""

from __future__ import annotations

import logging
from datetime import timedelta

from suitecrm_bridge.errors import RecordNotFound
from suitecrm_bridge.i18n import text
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.push.lists import LINKS, LISTS

logger = logging.getLogger(__name__)

MOST_READ = 20_000
"""Members that a run reads again because it is time, those of the longest unread lists first."""


def read_again(context: Context) -> None:
    """Note who is on the lists that were not read for as long as records are not compared.

    Where SuiteCRM is not as it was left, all of them are read.

    Raises:
        ApiError: they cannot be read.
    """
    lists, now = context.mirror.programmes.lists, context.clock()
    since = now - timedelta(hours=context.settings.reconcile_hours)
    module = context.crm.module(LISTS)
    for id, of in lists.to_read(since, MOST_READ):
        context.stop.check()
        try:
            module.get(id, ["id"])
            members = module.related(id, LINKS[of])
        except RecordNotFound:
            logger.warning("%s", text("programmes.list_gone", id=id))
            lists.forget(id)
        else:
            lists.read(id, members, now)
