"""How many records to ask for at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from suitecrm_bridge.errors import BrokenAnswer, CrmUnreachable, ServerFailure

GOOD_PAGES = 3
"""Pages that arrive in a row before more is asked for again."""

TOO_MUCH = (CrmUnreachable, ServerFailure, BrokenAnswer)
"""What a server answers, or fails to answer, when a page is too large for it."""


class PageSize:
    """The size of the pages that one thread reads one after the other.

    Half after each failed attempt, never below 1; double after three good pages, up to `most`.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._good = 0
        self.now = self.last = most

    @contextmanager
    def attempt(self) -> Iterator[int]:
        """Give the size to ask for, and learn from what comes of it; `last` keeps it."""
        self.last = self.now
        try:
            yield self.now
        except TOO_MUCH:
            self.shrink()
            raise
        self._good += 1
        if self._good >= GOOD_PAGES:
            self._good = 0
            self.now = min(self.now * 2, self._most)

    def shrink(self) -> None:
        """Ask for half of what was asked for last."""
        self._good = 0
        self.now = max(self.last // 2, 1)
