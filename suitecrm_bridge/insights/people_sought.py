"""Whoever is named by somebody who types an id, a name or a part of one."""

from __future__ import annotations

from collections.abc import Sequence

from suitecrm_bridge.errors import NotFound
from suitecrm_bridge.harmless import in_line
from suitecrm_bridge.i18n import text
from suitecrm_bridge.ids import short_ids
from suitecrm_bridge.mirror.seeking import Named, Sought

LONGEST_NAME = 50


def certain(sought: Sought, words: str, nobody: str) -> list[Named]:
    """Return who is meant for certain.

    Args:
        sought: what was found.
        words: what was typed.
        nobody: what to say where nobody fits.

    Raises:
        NotFound: nobody fits, or several do; the message offers them.
    """
    if sought.people:
        return sought.people
    if not sought.offered:
        raise NotFound(nobody)
    if sought.several:
        said = text("jobs.several_people", words=words)
    else:
        said = f"{nobody} {text('jobs.alike_people')}"
    raise NotFound("\n".join([said, *_offers(sought.offered)]))


def _offers(people: Sequence[Named]) -> list[str]:
    ids = short_ids([one.id for one in people])
    width = max(map(len, ids))
    return [
        f"  {id:<{width}}  {_short(one.name)} ({text(f'jobs.one_of_{one.module}')})"
        for id, one in zip(ids, people, strict=True)
    ]


def _short(name: str) -> str:
    told = in_line(name)
    return told if len(told) <= LONGEST_NAME else told[: LONGEST_NAME - 1] + "…"
