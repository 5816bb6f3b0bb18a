"""How many records to ask for at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from suitecrm_bridge.errors import (
    AnswerTooLarge,
    AnswerTooSlow,
    BrokenAnswer,
    CrmUnreachable,
    ServerFailure,
)

GOOD_PAGES = 3
"""Pages that arrive in a row before more is asked for again."""

TOO_MUCH = (CrmUnreachable, ServerFailure, BrokenAnswer)
"""What a server answers, or fails to answer, when a page is too large for it."""

TARGET_BYTES = 4 * 2**20
"""Bytes that a page is to have: its own request no longer counts, and memory hardly does."""

GROWTH = 4
"""Times that a page may be larger than the one before it."""

FAR_TOO_MUCH = 8
"""A page that was cut off, for its bytes or its slowness, is asked for in such a part."""


class PageSize:
    """The size of the pages that one thread reads one after the other.

    Half after each failed attempt, never below 1; double after three good pages, up to `most`. It
    also follows the bytes that a record took in the latest page, so that a page has `target`.

    Args:
        most: most records of a page.
        first: records of the first page, of which nothing is known; default `most`.
        target: bytes that a page is to have.
    """

    def __init__(self, most: int, first: int | None = None, target: int = TARGET_BYTES) -> None:
        self._most = most
        self._target = target
        self._good = 0
        self._bearable = most
        self._fitting = min(first or most, most)
        self.now = self.last = self._fitting

    @contextmanager
    def attempt(self) -> Iterator[int]:
        """Give the size to ask for, and learn from what comes of it; `last` keeps it."""
        self.last = self.now
        try:
            yield self.now
        except (AnswerTooLarge, AnswerTooSlow):
            self.shrink(FAR_TOO_MUCH)
            raise
        except TOO_MUCH:
            self.shrink()
            raise
        self._good += 1
        if self._good >= GOOD_PAGES:
            self._good = 0
            self._bearable = min(self._bearable * 2, self._most)
        self._settle()

    def learn(self, records: int, size: int) -> None:
        """Learn from a page that arrived: its records and the bytes of its answer."""
        if records > 0:
            fitting = self._target * records // max(size, 1)
            self._fitting = max(min(fitting, self.last * GROWTH, self._most), 1)

    def shrink(self, parts: int = 2) -> None:
        """Ask for a part of what was asked for last, by default half."""
        self._good = 0
        self._bearable = max(self.last // parts, 1)
        self._settle()

    def _settle(self) -> None:
        self.now = min(self._bearable, self._fitting)
