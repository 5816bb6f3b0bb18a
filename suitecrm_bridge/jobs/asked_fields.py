"""Say which field a programme asks for that SuiteCRM does not have, and what was probably meant."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

from suitecrm_bridge.catalogue.programmes import Programme
from suitecrm_bridge.errors import CatalogueError
from suitecrm_bridge.i18n import text
from suitecrm_bridge.jobs.context import Context


def require_fields(context: Context, programmes: Collection[Programme]) -> None:
    """Refuse programmes that ask for a field which SuiteCRM does not have.

    Raises:
        CatalogueError: it has none; the message names file, key and field, and what is like it.
    """
    from suitecrm_bridge.insights.programmes import unread

    for module, name, where in unread(context.mirror, programmes):
        known = context.crm.fields_of(module)
        if known is not None and name not in known:
            close = get_close_matches(name, known, n=1)
            shown = {"where": where, "module": module, "column": name}
            if close:
                said = text("programmes.no_field_but", **shown, nearest=close[0])
                raise CatalogueError(said)
            raise CatalogueError(text("programmes.no_field", **shown))
