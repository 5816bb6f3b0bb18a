"""From an HTTP answer to its JSON, or to the error that says what to do.

SuiteCRM answers 400 to nearly everything that it refuses, so the class of an error is read from
the server's words where they are known, and from what was asked where they are not.
"""

from __future__ import annotations

import html
import json
import logging
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote

from suitecrm_bridge.crm.decoding import json_of, shown
from suitecrm_bridge.crm.faults import (
    ROUTES_OF_THE_PACKAGE,
    RequestInfo,
    Scrub,
    broken,
    evidence,
    failed,
    intercepted,
    is_suitecrm,
)
from suitecrm_bridge.crm.transport import Answer
from suitecrm_bridge.errors import (
    AccessDenied,
    ApiError,
    AuthenticationError,
    DatabaseFailure,
    InvalidRequest,
    RateLimited,
    RecordExists,
    RecordNotFound,
    RequestRefused,
    UnknownField,
    UnknownLink,
    UnknownModule,
)
from suitecrm_bridge.i18n import text

log = logging.getLogger(__name__)

MASK = "********"
LONGEST_DETAIL = 500

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)

PATTERNS: tuple[tuple[str, type[RequestRefused]], ...] = (
    (
        r"does not have access|\[Not ?Allowed\]|AccessDenied|not authori[sz]ed|no access",
        AccessDenied,
    ),
    (r"Database failure|Datenbank|base de donn|error de base de datos", DatabaseFailure),
    (r"is already exist", RecordExists),
    (r"^Module \S+ does not exist|^Module with name \S+ is not found", UnknownModule),
    (r"^there is no module \S+$", UnknownModule),
    (r"^there is no link \S+$", UnknownLink),
    (r"^(The following|Filter|Sort) fields? .* not found|^Property .* is invalid", UnknownField),
    (r"Cannot load relationship|Link field has not found", UnknownLink),
    (r"module with id \S* ?is not found|is not related to", RecordNotFound),
    (r"^The (required )?option|^Filter operator|must be an array", InvalidRequest),
)
"""The server's words, as a regular expression, and the error they mean; the first match counts."""

_MESSAGE: dict[type[RequestRefused], str] = {
    AccessDenied: "faults.access_denied",
    DatabaseFailure: "faults.database_failure",
    RecordExists: "faults.record_exists",
    UnknownModule: "faults.unknown_module",
    UnknownField: "faults.unknown_field",
    UnknownLink: "faults.unknown_link",
    RecordNotFound: "faults.record_not_found",
    InvalidRequest: "faults.invalid_request",
}


class Scrubber:
    """Masks every secret that it was told, in each form in which a server may repeat it."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._forms: frozenset[str] = frozenset()
        for secret in secrets:
            self.add(secret)

    def add(self, secret: str) -> None:
        """Mask `secret` from now on."""
        if secret:
            forms = {secret, html.escape(secret), json.dumps(secret)[1:-1], quote(secret)}
            self._forms |= forms | {html.escape(secret).replace("&#x27;", "&#039;")}

    def __call__(self, words: str) -> str:
        """Return `words` with the secrets masked."""
        for form in sorted(self._forms, key=len, reverse=True):
            words = words.replace(form, MASK)
        return words


def read(
    answer: Answer,
    asked: RequestInfo,
    scrub: Scrub,
    heard: Callable[[str], None] = lambda rest: None,
) -> dict[str, Any]:
    """Return the JSON object in `answer`; `heard` is told what PHP printed around it.

    Raises:
        ApiError: of the class that fits what the server says.
    """
    payload, rest = json_of(answer.body)
    if answer.status < 300 and payload is not None and not _is_refusal(payload):
        if rest:
            log.info("%s %s: JSON with other text around it", asked.method, asked.path)
            heard(scrub(rest))
        return payload
    raise _error(answer, payload, rest, asked, scrub)


def detail_of(payload: dict[str, Any] | None) -> str:
    """Return the server's own words in an error, in whichever of its forms it came."""
    if payload is None:
        return ""
    errors = payload.get("errors", payload)
    first = errors[0] if isinstance(errors, list) and errors else errors
    if isinstance(first, dict) and isinstance(first.get("error"), dict):
        first = first["error"]
    if not isinstance(first, dict):
        return shown(first)
    names = ("detail", "error_description", "message", "title", "error")
    words = [shown(first[name]) for name in names if first.get(name)][:1]
    hint = first.get("hint") or first.get("where")
    return " — ".join([*words, shown(hint)] if hint else words)


def retry_after(answer: Answer) -> float | None:
    """Return the pause in seconds that the server asks for.

    A date is measured against the answer's own Date, so the two clocks need not agree.
    """
    asked = answer.headers.get("retry-after", "").strip()
    if asked.isascii() and asked.isdigit():
        return float(asked)
    until, now = parse_date(asked), served_at(answer)
    return max((until - now).total_seconds(), 0.0) if until and now else None


SANE_YEARS = range(1990, 2200)
"""HTTP is no older; what sends other dates knows no time, and is not SuiteCRM's clock."""


def served_at(answer: Answer) -> datetime | None:
    """Return the server's clock when it answered, None where the answer does not tell.

    An answer out of a cache tells when it was made, and a date out of all reason tells nothing.
    """
    served = parse_date(answer.headers.get("date", ""))
    cached = answer.headers.get("age", "0").strip() not in ("", "0")
    cached = cached or "hit" in answer.headers.get("x-cache", "").lower()
    if served is None or cached or served.year not in SANE_YEARS:
        return None
    return served


def parse_date(words: str) -> datetime | None:
    """Return an HTTP date as UTC, None where `words` is none."""
    try:
        moment = parsedate_to_datetime(words)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def is_header_missing(error: ApiError) -> bool:
    """Tell whether the server got no Authorization header from a request that had one."""
    return speaks_of_header(error.detail)


def speaks_of_header(detail: str) -> bool:
    """Tell whether these words of SuiteCRM's mean that it got no Authorization header.

    The second is what SuiteCRM says to an empty token; one that it issued has its dots.
    """
    hints = ('Missing "Authorization" header', "The JWT string must have two dots")
    return any(hint in detail for hint in hints)


def _is_refusal(payload: dict[str, Any]) -> bool:
    return "data" not in payload and ("errors" in payload or "error" in payload)


def _error(
    answer: Answer, payload: dict[str, Any] | None, rest: str, asked: RequestInfo, scrub: Scrub
) -> ApiError:
    detail = scrub(detail_of(payload)).strip()[:LONGEST_DETAIL]
    status, ours = answer.status, is_suitecrm(payload, answer.status)
    told = evidence(answer, asked, scrub, suitecrm=ours)
    if status == 429:
        return RateLimited(
            f"{text('faults.rate_limited')} {told}",
            retry_after=retry_after(answer),
            status=status,
            detail=detail,
        )
    if (status >= 500 or status == 408) and (ours or status != 501):
        pause = retry_after(answer)
        return failed(answer, payload, asked, scrub, detail=detail, retry_after=pause)
    if status < 400 and (payload is None or status >= 300):
        return broken(answer, rest, asked, scrub)
    if not ours and not _is_plain_refusal(status, rest):
        return intercepted(answer, asked, scrub)
    return _refused(answer, payload, detail, rest, asked, told)


def _is_plain_refusal(status: int, words: str) -> bool:
    """Tell whether SuiteCRM may have said this: some versions refuse a filter in plain text."""
    return status == 400 and bool(words) and not words.startswith("<")


def _refused(
    answer: Answer,
    payload: dict[str, Any] | None,
    detail: str,
    rest: str,
    asked: RequestInfo,
    told: str,
) -> ApiError:
    """Return the error that fits SuiteCRM's own refusal."""
    status = answer.status
    if status == 401:
        params = {"where": asked.where, "detail": detail or f"HTTP {status}"}
        message = f"{text('faults.token_refused', **params)} {told}"
        return AuthenticationError(message, status=status, detail=detail, module=asked.module)
    kind = _class_of(status, detail, rest, asked)
    unknown = kind in (UnknownModule, UnknownLink)
    if status in (404, 405) and not unknown and not (payload and "errors" in payload):
        of_package = ROUTES_OF_THE_PACKAGE in asked.path
        key = "faults.no_package_route" if of_package else "faults.no_route"
        message = f"{text(key, path=asked.path)} {told}"
        return RequestRefused(message, status=status, detail=detail)
    message = text(_MESSAGE[kind], where=asked.where, detail=detail or f"HTTP {status}")
    return kind(f"{message} {told}", status=status, detail=detail, module=asked.module)


def _class_of(status: int, detail: str, rest: str, asked: RequestInfo) -> type[RequestRefused]:
    if status == 403:
        return AccessDenied
    for pattern, kind in PATTERNS:
        if re.search(pattern, detail, re.IGNORECASE):
            return kind
    # A failing query prints its message a second time, behind the JSON, in any language.
    if detail and detail in rest:
        return DatabaseFailure
    if asked.id and asked.id in detail and UUID.fullmatch(asked.id):
        return RecordExists if asked.method == "POST" else RecordNotFound
    return InvalidRequest
