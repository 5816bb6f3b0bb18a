"""Let a person enter a programme again."""

from __future__ import annotations

from suitecrm_bridge.errors import NotFound
from suitecrm_bridge.i18n import text
from suitecrm_bridge.insights.people_sought import certain
from suitecrm_bridge.insights.programmes import find
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.mirror.programmes.people import found


def reset(context: Context, key: str, who: str) -> list[str]:
    """End the places of people in a programme, and let them enter again; return their names.

    Nobody is addressed more often by it than the caps allow.

    Args:
        context: whose mirror.
        key: the programme.
        who: an id or a name, or a beginning or part of it that fits nobody else.

    Raises:
        NotFound: there is no such programme or person, or they were never in it.
        CatalogueError: a programme file cannot be used.
    """
    module = find(context.rules, key).module
    nobody = text("programmes.nobody", who=who)
    people = certain(found(context.mirror.connection, who, module), who, nobody)
    today, programmes = context.today(), context.mirror.programmes
    names = [one.name for one in people if programmes.reset(key, one.id, today)]
    if not names:
        raise NotFound(text("programmes.never_in", key=key, who=who))
    return names
