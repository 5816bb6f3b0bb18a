"""Answers that stand in for the sandbox's own, put into `server.before_request`."""

from __future__ import annotations

import json
from collections.abc import Callable

from werkzeug.wrappers import Response

Answer = Callable[[], Response]


def refusal(detail: str, status: int = 400) -> Response:
    """An error as SuiteCRM words it."""
    body = {"errors": {"status": status, "title": None, "detail": detail}}
    return Response(json.dumps(body), status, content_type="application/vnd.api+json")


def once(method: str, ending: str, answer: Answer, nth: int = 1) -> Callable[..., Response | None]:
    """A hook that answers the nth request that fits, and no other."""
    seen = []

    def hook(asked: str, path: str) -> Response | None:
        if asked == method and path.endswith(ending):
            seen.append(path)
            if len(seen) == nth:
                return answer()
        return None

    return hook


def dies(method: str, ending: str, nth: int = 1) -> Callable[..., Response | None]:
    """A hook that refuses everything once the nth request that fits has come."""
    seen = []

    def hook(asked: str, path: str) -> Response | None:
        if asked == method and path.endswith(ending):
            seen.append(path)
        return Response("", 503) if len(seen) >= nth else None

    return hook


def always(method: str, ending: str, answer: Answer) -> Callable[..., Response | None]:
    """A hook that answers every request that fits."""

    def hook(asked: str, path: str) -> Response | None:
        return answer() if asked == method and path.endswith(ending) else None

    return hook
