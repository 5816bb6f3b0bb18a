"""Who answered, and what it means where that was not SuiteCRM.

A web server, proxy or firewall speaks HTTP too; its word is not SuiteCRM's, and has other remedies.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from suitecrm_bridge.crm.decoding import shown
from suitecrm_bridge.crm.transport import Answer
from suitecrm_bridge.errors import (
    ApiError,
    BrokenAnswer,
    Intercepted,
    NotASuiteCrm,
    PackageFailed,
    ServerFailure,
)
from suitecrm_bridge.i18n import text

MOST_WORDS = 120
"""Characters of a foreign answer that are shown."""
ROUTES_OF_THE_PACKAGE = "/custom/bridge/"

_OAUTH = {"error_description", "message", "hint"}
_TOO_LARGE = (413, 414, 431)
_GATEWAY = (502, 504, *range(520, 528))

Scrub = Callable[[str], str]


@dataclass(frozen=True)
class RequestInfo:
    """What a request was about, for the error's class and words."""

    method: str
    path: str
    module: str | None = None
    id: str | None = None
    parameters: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """Module and record, or the path where there is no module."""
        return " ".join(filter(None, (self.module, self.id))) or self.path

    @property
    def shown(self) -> str:
        """Method, path and names of parameters; values may be personal."""
        names = "&".join(dict.fromkeys(self.parameters))
        return f"{self.method} {self.path}" + (f"?{names}" if names else "")


def is_suitecrm(payload: dict[str, Any] | None, status: int) -> bool:
    """Tell whether this JSON is of a form in which SuiteCRM, its login or the package answers."""
    if payload is None:
        return False
    if status < 300 or "errors" in payload:
        return True
    error = payload.get("error")
    if isinstance(error, dict):
        return "code" in error
    if error is not None:
        return bool(_OAUTH & payload.keys())
    words = shown(payload.get("message", ""))
    return words.startswith(("Not found", "Method not allowed", "Slim Application Error"))


def evidence(answer: Answer, asked: RequestInfo, scrub: Scrub, *, suitecrm: bool) -> str:
    """Return who answered what to which request, with the first words where they are not shown."""
    server = _plain(answer.headers.get("server", ""))[:60]
    who = text("crm.who_suitecrm") if suitecrm else server or text("crm.who_unnamed")
    params = {"who": who, "status": answer.status, "asked": asked.shown}
    words = "" if suitecrm else scrub(first_words(answer.body))
    return (
        text("crm.answered", words=words, **params)
        if words
        else text("crm.answered_briefly", **params)
    )


def first_words(body: bytes) -> str:
    """Return the beginning of what a person would read in this answer."""
    words = body[:20_000].decode("utf-8", errors="replace")
    if "<" in words:
        words = re.sub(r"(?is)<(script|style)\b.*?</\1\s*>|<!--.*?-->", " ", words)
        words = html.unescape(re.sub(r"(?s)<[^>]*>?", " ", words))
    plain = _plain(words)
    return plain if len(plain) <= MOST_WORDS else plain[: MOST_WORDS - 1] + "…"


def intercepted(answer: Answer, asked: RequestInfo, scrub: Scrub) -> ApiError:
    """Return the error that fits a refusal that does not come from SuiteCRM."""
    status, headers = answer.status, answer.headers
    told = evidence(answer, asked, scrub, suitecrm=False)
    if status == 404:
        message = text("faults.no_api_here", path=asked.path)
        return NotASuiteCrm(f"{message} {told}", status=status)
    if headers.get("www-authenticate") and status == 401:
        scheme = _plain(headers["www-authenticate"]).split(" ")[0]
        message = text("faults.login_wanted", where=asked.where, scheme=scheme)
    elif status == 407:
        message = text("faults.proxy_login", where=asked.where)
    elif status in (405, 501):
        message = text("faults.method_refused", where=asked.where, method=asked.method)
    elif status in _TOO_LARGE:
        message = text("faults.too_large", where=asked.where, status=status)
    elif status == 400 and _wants_https(answer.body):
        message = text("faults.plain_http", where=asked.where)
    else:
        message = text("faults.blocked", where=asked.where, path=asked.path)
    return Intercepted(f"{message} {told}", status=status, module=asked.module)


def failed(
    answer: Answer,
    payload: dict[str, Any] | None,
    asked: RequestInfo,
    scrub: Scrub,
    *,
    detail: str,
    retry_after: float | None,
) -> ServerFailure:
    """Return the error that fits an answer of 5xx, or 408."""
    status, where, shown = answer.status, asked.where, detail or f"HTTP {answer.status}"
    of_package = status == 500 and ROUTES_OF_THE_PACKAGE in asked.path
    if of_package:
        message = text("faults.package_failed", where=where, detail=shown)
    elif status in _GATEWAY:
        message = text("faults.gateway", where=where, status=status)
    elif status == 503:
        message = text("faults.unavailable", where=where, status=status)
    else:
        message = text("faults.server_failure", where=where, status=status, detail=shown)
    told = evidence(answer, asked, scrub, suitecrm=is_suitecrm(payload, status))
    kind = PackageFailed if of_package else ServerFailure
    return kind(f"{message} {told}", retry_after=retry_after, status=status, detail=detail)


def broken(answer: Answer, rest: str, asked: RequestInfo, scrub: Scrub) -> BrokenAnswer:
    """Return the error that fits an answer that should hold data and does not."""
    params = {"where": asked.where}
    if 300 <= answer.status < 400:
        location = scrub(_plain(answer.headers.get("location", "")))[:200] or "—"
        message = text("faults.redirected", location=location, **params)
    elif not rest:
        message = text("faults.empty_answer", **params)
    elif _is_no_object(rest):
        message = text("faults.no_object", detail=scrub(_plain(rest)[:40]), **params)
    else:
        message = text(
            "faults.html_answer" if rest.startswith("<") else "faults.broken_json", **params
        )
    told = evidence(answer, asked, scrub, suitecrm=False)
    return BrokenAnswer(f"{message} {told}", status=answer.status, module=asked.module)


def _is_no_object(words: str) -> bool:
    """Tell whether this is all that PHP printed: NULL, false, a number, a text or a list."""
    try:
        json.loads(words if len(words) < 1_000_000 else "")
    except (ValueError, RecursionError):
        return words.strip().upper() in ("NULL", "TRUE", "FALSE")
    return True


def _wants_https(body: bytes) -> bool:
    return (
        re.search(rb"(?i)plain HTTP.{0,60}(HTTPS|SSL)|HTTP request was sent to HTTPS", body)
        is not None
    )


def _plain(words: str) -> str:
    printable = (c if c.isprintable() else " " for c in words)
    return " ".join("".join(printable).split())
