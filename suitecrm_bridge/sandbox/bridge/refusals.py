"""What the fast routes refuse, in the package's own words."""

from __future__ import annotations

from typing import Any


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


def invalid_request(message: str, where: str = "") -> Declined:
    """Return the refusal of a form that the route does not know."""
    return Declined(400, "invalid_request", message, where)


def invalid_value(message: str, where: str) -> Declined:
    """Return the refusal of a value that the catalogue does not allow."""
    return Declined(400, "invalid_value", message, where)


def unknown_column(module: str, name: str, where: str) -> Declined:
    """Return the refusal of a column."""
    message = f"{module} has no column {name} that this route knows"
    return Declined(400, "unknown_column", message, where)


def too_many_rows(limit: int, where: str) -> Declined:
    """Return the refusal of a request that is too large."""
    return Declined(400, "too_many_rows", f"at most {limit} rows a request", where)


def too_many_announced(limit: int, where: str) -> Declined:
    """Return the refusal of a request with more changed segments than it may have."""
    message = f"at most {limit} rows a request whose segment changes"
    return Declined(400, "too_many_rows", message, where)


def no_access(module: str) -> Declined:
    """Return the refusal of a user without the right to a module."""
    return Declined(403, "no_access", f"the user has no right to do this in {module}")


def other_bridge() -> Declined:
    """Return the refusal of a bridge where another one writes."""
    return Declined(409, "other_bridge", "another bridge writes into this SuiteCRM")


def user_inactive() -> Declined:
    """Return the refusal of a user who may do nothing any more."""
    return Declined(403, "user_inactive", "the token's user is inactive or deleted")


def unknown(what: str, name: str) -> Declined:
    """Return the refusal of a module, link or list that is not there."""
    return Declined(404, f"unknown_{what}", f"there is no {what} {name}")
