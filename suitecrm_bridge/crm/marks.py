"""By what the package knows a bridge again, and the digest of its own fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from suitecrm_bridge.crm.api import Api
from suitecrm_bridge.crm.schema import Schema
from suitecrm_bridge.errors import (
    BrokenAnswer,
    NotASuiteCrm,
    OtherBridge,
    PackageFailed,
    RequestRefused,
)
from suitecrm_bridge.i18n import text

ROOT = "/V8/custom/bridge/v1"
TAKEN = 409
"""Status of an answer that another bridge has this SuiteCRM."""


@dataclass(frozen=True)
class Digest:
    """What the package's fields of a module come to, and in how many records."""

    records: int
    number: int


class Marks:
    """What the package says of its installation, and of the bridge that writes there.

    Args:
        api: the conversation with the server.
        ping: what the package says of itself; an older one says nothing of marks.
    """

    def __init__(self, api: Api, ping: Mapping[str, Any]) -> None:
        self._api = api
        self.told = "installation" in ping
        self.installation = _text(ping.get("installation"))
        self.bridge = _text(ping.get("bridge"))
        self.state = _text(ping.get("state"))

    def claim(self, bridge: str, state: str, *, take_over: bool) -> None:
        """Tell who writes here from now on, and by what it knows again what it leaves.

        Args:
            bridge: the bridge's own mark.
            state: a new mark of what it leaves.
            take_over: whether another bridge is to be replaced.

        Raises:
            OtherBridge: another one writes here.
        """
        body = {"bridge": bridge, "state": state, "take_over": take_over}
        try:
            answer = self._api.request("POST", f"{ROOT}/claims", body=body, repeatable=True)
        except RequestRefused as error:
            if error.status == TAKEN:
                raise OtherBridge(text("crm.other_bridge")) from None
            raise
        self.installation = _text(answer.get("installation"))
        self.bridge, self.state = bridge, state

    def digest(self, module: str, columns: Sequence[str]) -> Digest | None:
        """Return the digest of the package's own fields, None where the package makes none.

        Raises:
            UnknownField: the module lacks one of the fields.
            BrokenAnswer: it is no digest.
        """
        path = f"{ROOT}/digests/{module}"
        query = [("columns", ",".join(columns))]
        try:
            answer = self._api.request("GET", path, query=query, module=module, check=_check)
        except RequestRefused as error:
            if error.status == 404:
                return None
            raise Schema(self._api, module).explain(error, columns) from None
        except (NotASuiteCrm, PackageFailed):
            return None
        return Digest(answer["records"], int(answer["digest"]))


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _check(given: Mapping[str, Any]) -> None:
    """Stop what is no digest.

    Raises:
        BrokenAnswer: a part is missing, or is no number.
    """
    records, digest = given.get("records"), given.get("digest")
    right = isinstance(digest, str) and digest.isascii() and digest.isdigit()
    if type(records) is not int or not right:
        raise BrokenAnswer(text("crm.unexpected_shape", where="digests", part="digest"))
