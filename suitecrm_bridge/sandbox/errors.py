"""What the API refuses, in the server's own words."""

from __future__ import annotations

from typing import Any

PLAIN = "application/json"
JSON_API = "application/vnd.api+json"
DATABASE_FAILURE = "Database failure. Please refer to suitecrm.log for details."


class Refused(Exception):
    """The request is answered with an error object.

    Args:
        detail: the server's words.
        media: type of the answer; bad parameters are refused earlier than bad records, and
            the server labels the two differently.
        tail: text that the server appends after the JSON.
    """

    def __init__(self, detail: str, *, media: str = JSON_API, tail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail
        self.media = media
        self.tail = tail

    @property
    def body(self) -> dict[str, Any]:
        """The error object."""
        return {"errors": {"status": 400, "title": None, "detail": self.detail}}


class BadParameter(Refused):
    """Refused while the request's parameters are read."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail, media=PLAIN)


def database_failure() -> Refused:
    """Return the answer to a query that the database does not understand."""
    return Refused(DATABASE_FAILURE, tail=DATABASE_FAILURE)
