"""Whether a reading by ids moves on, whatever the server answers."""

from __future__ import annotations

from suitecrm_bridge.errors import BrokenAnswer
from suitecrm_bridge.i18n import text

LONGEST_ID = 255


def is_beyond(id: str, after: str) -> bool:
    """Tell whether `id` comes after `after`, as far as every collation agrees.

    That is where they first differ by digits, or by letters of the same case. Of all else each
    database has its own order; there it is enough that the ids are not the same.
    """
    for mine, theirs in zip(id, after, strict=False):
        if mine != theirs:
            return mine > theirs if _is_ordered(mine) and _is_ordered(theirs, mine) else True
    return len(id) > len(after)


def _is_ordered(sign: str, beside: str = "0") -> bool:
    if not (sign.isascii() and sign.isalnum()):
        return False
    return sign.isdigit() or beside.isdigit() or sign.islower() == beside.islower()


class PageTrail:
    """The last ids of pages read one after the other; none may come twice.

    Args:
        where: what is read, for the error.
    """

    def __init__(self, where: str) -> None:
        self._where = where
        self._seen: set[str] = set()

    def step(self, last_id: str | None) -> None:
        """Go on from the last id of a page that is not the last.

        Raises:
            BrokenAnswer: the server leads in a circle.
        """
        if not last_id or last_id in self._seen:
            raise stuck(self._where, last_id)
        self._seen.add(last_id)


def stuck(where: str, id: str | None) -> BrokenAnswer:
    """Return the error of a page that does not lead on."""
    return BrokenAnswer(text("crm.paging_stuck", module=where, id=id), module=where)
