"""Read a module page by page, past the records that SuiteCRM cannot give."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from suitecrm_bridge.crm.page import Page
from suitecrm_bridge.crm.records import Module
from suitecrm_bridge.crm.schema import Rejected
from suitecrm_bridge.crm.sizes import PageSize
from suitecrm_bridge.errors import (
    BrokenAnswer,
    CrmUnreachable,
    RequestRefused,
    RetriableApiError,
    ServerFailure,
)

log = logging.getLogger(__name__)

MOST_APART = 5
"""Records set apart in a row; when the next one fails too, it is not the records' fault."""


class Reader:
    """Reads the pages of one range of ids, one after the other; one thread uses it.

    A page that fails for good is read in smaller ones; a record that fails alone, while SuiteCRM
    answers otherwise, is set apart.

    Args:
        module: what is read.
        size: how many records are asked for at once.
    """

    def __init__(self, module: Module, size: PageSize | int) -> None:
        self._module = module
        self._size = size if isinstance(size, PageSize) else PageSize(size)
        self._apart = 0

    def page(self, fields: Sequence[str], **bounds: Any) -> Page:
        """Read the next page; `bounds` are those of `Module.page`.

        Raises:
            ApiError: neither the page nor a smaller one can be had.
        """
        while True:
            try:
                page = self._module.page(fields=fields, size=self._size, **bounds)
            except CrmUnreachable:
                if self._size.last == 1:
                    raise
            except (ServerFailure, BrokenAnswer) as error:
                if self._size.last == 1:
                    return self._without_first(error, bounds)
            else:
                self._apart = 0
                return page
            self._size.shrink()

    def _without_first(self, error: RetriableApiError, bounds: Mapping[str, Any]) -> Page:
        """Set the next record apart, which only its id can be had of."""
        self._apart += 1
        if self._apart > MOST_APART:
            raise error
        try:
            listed = self._module.page(fields=["id"], size=1, **bounds)
        except (RetriableApiError, RequestRefused):
            raise error from None
        if not listed.records:
            raise error
        id = listed.records[0]["id"]
        log.info("%s %s is set apart: %s", self._module.key, id, error)
        return Page([], [Rejected(id, error)], id, complete=False)
