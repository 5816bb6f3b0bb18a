"""Answers that stand in for the sandbox's own, put into `server.before_request`."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from typing import Any

from werkzeug.wrappers import Request, Response

from suitecrm_bridge.sandbox.bridge.marks import NAMES

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


def say_nothing_of_marks(opened: Any) -> None:
    """Let the package say nothing of marks, as an older one."""
    answer = opened.sandbox.app.answer

    def older(request: Request) -> Response:
        response: Response = answer(request)
        if not request.path.endswith("/ping"):
            return response
        packed = response.headers.get("Content-Encoding") == "gzip"
        body = gzip.decompress(response.get_data()) if packed else response.get_data()
        said = {k: v for k, v in json.loads(body).items() if k not in NAMES}
        return Response(json.dumps(said), content_type="application/json")

    opened.sandbox.app.answer = older
