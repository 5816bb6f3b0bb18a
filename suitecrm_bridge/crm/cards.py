"""The package's route `cards`: what the customer card shows beside the fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from suitecrm_bridge.crm.api import Api
from suitecrm_bridge.crm.marks import ROOT


class CardsRoute:
    """The fast route `cards`.

    Args:
        api: the conversation with the server.
        ping: what the package says of itself; an older one does not have the route.
    """

    def __init__(self, api: Api, ping: Mapping[str, Any]) -> None:
        self._api = api
        limits = ping.get("limits")
        most = limits.get("cards") if isinstance(limits, dict) else None
        self.most = most if type(most) is int and most > 0 else 0
        """Customers that one request may tell of; 0 for an old package."""

    def tell(
        self, module: str, rows: Sequence[Sequence[Any]], gone: Sequence[str], bridge: str
    ) -> None:
        """Tell what the cards of customers show, and which of them show nothing any more.

        Args:
            module: key of a module of customers.
            rows: one a customer, as docs/fast-routes.md says.
            gone: ids of customers.
            bridge: who tells it.

        Raises:
            RequestRefused: another bridge writes there, or the API user may not write customers.
            PackageFailed: the package could not keep it.
        """
        body = {"rows": [list(row) for row in rows], "gone": list(gone), "bridge": bridge}
        path = f"{ROOT}/cards/{module}"
        self._api.request("POST", path, body=body, module=module, repeatable=True)
