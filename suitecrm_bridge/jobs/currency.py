"""The sign of SuiteCRM's base currency, as SuiteCRM shows it on a record."""

from __future__ import annotations

import logging

from suitecrm_bridge.errors import BridgeError
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.settings.parsing import currency

logger = logging.getLogger(__name__)

MODULE, ID, SIGN = "Opportunities", "currency_id", "currency_symbol"
BASE = ("-99", "", None)
"""What records in the base currency have in the place of a currency's id."""
MOST = 50
"""Records that are looked at."""


def shown_sign(context: Context) -> str:
    """Return the sign on a record in the base currency, "" where none of the first has one."""
    try:
        page = context.crm.module(MODULE).page(fields=[ID, SIGN], size=MOST)
    except BridgeError as error:
        logger.info("no currency to be seen: %s", error)
        return ""
    signs = (str(one.get(SIGN) or "") for one in page.records if one.get(ID) in BASE)
    found = next(filter(None, signs), "")
    try:
        return currency(found)
    except ValueError:
        return ""
