"""What the fast routes refuse, in the package's own words."""

from __future__ import annotations

from typing import Any

from suitecrm_bridge.catalogue import routes
from suitecrm_bridge.i18n import text


class Declined(Exception):
    """The request is answered with an error object and changes nothing.

    Args:
        status: HTTP status.
        code: word that a program reads.
        message: sentence that a person reads.
        where: place in the request, such as `rows[3].rfm_recency_c`.
    """

    def __init__(self, status: int, code: str, message: str, where: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.where = where

    @property
    def body(self) -> dict[str, Any]:
        """The error object."""
        error = {"code": self.code, "message": self.message}
        return {"error": error | ({"where": self.where} if self.where else {})}


def refusal(name: str, where: str = "", /, **params: object) -> Declined:
    """Return a refusal of the contract.

    Args:
        name: what it is called there.
        where: place in the request.
        params: values of the placeholders of its text.
    """
    code = routes().refusals[name]
    return Declined(routes().codes[code].status, code, words(name, **params), where)


def words(name: str, /, **params: object) -> str:
    """Return the text that says why something was refused or not written."""
    return text(f"package_routes.route_{name}", "en", **params)
