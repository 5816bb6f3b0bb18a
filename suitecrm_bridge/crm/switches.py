"""The package's route `programmes`: what administrators wish, and what they are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from suitecrm_bridge.crm.api import Api
from suitecrm_bridge.crm.marks import ROOT
from suitecrm_bridge.errors import BrokenAnswer
from suitecrm_bridge.i18n import text

_PARTS = {"programme": str, "running": bool, "by": str, "seconds_ago": int, "id": str}


@dataclass(frozen=True)
class Wish:
    """That a programme runs, or does not; by which user, how many seconds ago."""

    programme: str
    running: bool
    by: str
    seconds_ago: int
    id: str


@dataclass(frozen=True)
class Wishes:
    """The wishes that wait, and what the bridge called its last report; None before the first."""

    waiting: Sequence[Wish]
    mark: str | None


class Switches:
    """The switches of the administration page.

    Args:
        api: the conversation with the server.
    """

    def __init__(self, api: Api) -> None:
        self._api = api

    def read(self) -> Wishes:
        """Return what is wished.

        Raises:
            RequestRefused: the API user may not write customers.
            BrokenAnswer: these are no wishes.
        """
        path = f"{ROOT}/programmes"
        answer = self._api.request("GET", path, query=[], check=_check)
        wishes = [Wish(**{name: one[name] for name in _PARTS}) for one in answer["wishes"]]
        return Wishes(wishes, answer["mark"])

    def tell(
        self, programmes: Sequence[Mapping[str, Any]], mark: str, done: Sequence[str], bridge: str
    ) -> None:
        """Tell how programmes stand, and which wishes are carried out or overtaken.

        Args:
            programmes: as docs/fast-routes.md says.
            mark: what this report is called: 32 hexadecimal digits.
            done: ids of wishes.
            bridge: who tells it.

        Raises:
            RequestRefused: another bridge writes there, or the API user may not write customers.
        """
        body = {"programmes": list(programmes), "mark": mark, "done": list(done), "bridge": bridge}
        self._api.request("POST", f"{ROOT}/programmes", body=body, repeatable=True)


def _check(given: Mapping[str, Any]) -> None:
    """Stop what are no wishes.

    Raises:
        BrokenAnswer: a part is missing, or is of another kind.
    """
    wishes, mark = given.get("wishes"), given.get("mark")
    right = isinstance(wishes, list) and (mark is None or isinstance(mark, str))
    if not right or not all(map(_is_wish, wishes or ())):
        raise BrokenAnswer(text("crm.unexpected_shape", where="programmes", part="wishes"))


def _is_wish(one: Any) -> bool:
    return isinstance(one, dict) and all(
        type(one.get(name)) is kind for name, kind in _PARTS.items()
    )
