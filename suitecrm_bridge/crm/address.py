"""Where a SuiteCRM's API lies."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlsplit

from suitecrm_bridge.crm.decoding import json_of
from suitecrm_bridge.crm.faults import RequestInfo, Scrub, intercepted, is_suitecrm
from suitecrm_bridge.crm.transport import Answer
from suitecrm_bridge.errors import ApiError, NotASuiteCrm, SettingError
from suitecrm_bridge.i18n import text

PREFIXES = (
    "/Api",
    "/legacy/Api",
    "/public/legacy/Api",
    "/Api/index.php",
    "/legacy/Api/index.php",
)
"""Where the API lies: SuiteCRM 7 and most of 8, early 8, 8 served from its top folder; then where
the web server rewrites no addresses."""

PROBE = "/V8/meta/modules"
"""What is asked for below a prefix, without a token: the API refuses that in words of its own."""

MEDIA_TYPE = "application/vnd.api+json"

_ADDRESS = re.compile(
    r"(?P<base>.*?)(?P<prefix>(/public)?(/legacy)?/Api(/index\.php)?)?"
    r"(/V8(/.*)?|/access_token|/index\.php)?/*"
)


def split_address(url: str) -> tuple[str, tuple[str, ...]]:
    """Return the address without the API's prefix, and the prefixes to try.

    Raises:
        SettingError: it is not an address.
    """
    parts = urlsplit(url.strip())
    match = _ADDRESS.fullmatch(parts.path)
    if parts.username or parts.password:
        raise SettingError(text("crm.url_with_password"))
    if parts.scheme not in ("http", "https") or not parts.hostname or not match:
        raise SettingError(text("crm.bad_url", url=url))
    base = f"{parts.scheme}://{parts.netloc}{match['base'].rstrip('/')}"
    return base, tuple(dict.fromkeys(filter(None, (match["prefix"], *PREFIXES))))


def find_prefix(
    base: str, prefixes: Sequence[str], ask: Callable[[str, str], Answer], scrub: Scrub
) -> str:
    """Return the first of `prefixes` below which the API answers.

    Args:
        base: the address without a prefix.
        prefixes: what to try, in this order.
        ask: returns the answer to a GET without a token, given prefix and path.
        scrub: masks secrets.

    Raises:
        NotASuiteCrm: none does.
        Intercepted: something before SuiteCRM refuses.
    """
    answers: dict[str, Answer] = {}
    for prefix in prefixes:
        answers[prefix] = ask(prefix, PROBE)
        if _is_api(answers[prefix]):
            return prefix
    raise _without_api(base, answers, scrub)


def _is_api(answer: Answer) -> bool:
    return answer.status not in (404, 405) and is_suitecrm(json_of(answer.body)[0], answer.status)


def _without_api(base: str, answers: Mapping[str, Answer], scrub: Scrub) -> ApiError:
    """Return the error that fits the most telling of the answers."""
    for answer in answers.values():
        location = scrub(answer.headers.get("location", ""))
        if 300 <= answer.status < 400 and location:
            told = text("faults.address_redirects", url=base, location=location)
            return NotASuiteCrm(told, status=answer.status)
    for prefix, answer in answers.items():
        if answer.status >= 400 and answer.status != 404:
            return intercepted(answer, RequestInfo("GET", f"{prefix}{PROBE}"), scrub)
    tried = ", ".join(f"{prefix}: {answer.status}" for prefix, answer in answers.items())
    return NotASuiteCrm(text("faults.not_a_suitecrm", url=base, tried=tried))
