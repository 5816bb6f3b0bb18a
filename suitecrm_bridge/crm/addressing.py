"""What SuiteCRM 8 asks for when it sends: which lists are programmes', and what holds for them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from suitecrm_bridge.crm.api import Api
from suitecrm_bridge.crm.marks import ROOT


@dataclass(frozen=True)
class Limited:
    """What holds for a programme's list.

    `control` is the list of those who are only measured, `contacts` within `days` the programme's
    own cap; each may be missing.
    """

    control: str | None = None
    contacts: int | None = None
    days: int | None = None


@dataclass(frozen=True)
class Addressing:
    """The cap over all programmes, and by its id what holds for each list."""

    contacts: int
    days: int
    lists: Mapping[str, Limited]

    @cached_property
    def mark(self) -> str:
        """By what it is known again."""
        text = json.dumps(self._told(), separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    def body(self) -> dict[str, Any]:
        """Return it as the fast route `addressing` takes it."""
        return {"mark": self.mark, **self._told()}

    def _told(self) -> dict[str, Any]:
        rows = [[id, one.control, one.contacts, one.days] for id, one in sorted(self.lists.items())]
        return {"contacts": self.contacts, "days": self.days, "lists": rows}


class AddressingRoute:
    """The fast route `addressing`.

    Args:
        api: the conversation with the server.
        ping: what the package says of itself; an older one does not have the route.
    """

    def __init__(self, api: Api, ping: Mapping[str, Any]) -> None:
        self._api = api
        self._is_there = "addressing" in ping
        self._mark = ping.get("addressing")

    def tell(self, told: Addressing) -> bool:
        """Tell the package, unless it knows already; return whether anything was sent.

        Raises:
            RequestRefused: these are too many lists, or the user may not say this.
        """
        if not self._is_there or self._mark == told.mark:
            return False
        path = f"{ROOT}/addressing"
        self._api.request("POST", path, body=told.body(), repeatable=True)
        self._mark = told.mark
        return True
