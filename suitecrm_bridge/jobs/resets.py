"""Let a person enter a programme again."""

from __future__ import annotations

from suitecrm_bridge.errors import NotFound
from suitecrm_bridge.i18n import text
from suitecrm_bridge.insights.programmes import find
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.mirror.programmes.people import found


def reset(context: Context, key: str, who: str) -> list[str]:
    """End the places of people in a programme, and let them enter again; return their names.

    Nobody is addressed more often by it than the caps allow.

    Args:
        context: whose mirror.
        key: the programme.
        who: an id, or an exact name.

    Raises:
        NotFound: there is no such programme or person, or they were never in it.
        CatalogueError: a programme file cannot be used.
    """
    module = find(context.rules, key).module
    people = [(id, name) for id, of, name in found(context.mirror.connection, who) if of == module]
    if not people:
        raise NotFound(text("programmes.nobody", who=who))
    today, programmes = context.today(), context.mirror.programmes
    names = [name for id, name in people if programmes.reset(key, id, today)]
    if not names:
        raise NotFound(text("programmes.never_in", key=key, who=who))
    return names
