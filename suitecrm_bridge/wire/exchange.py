"""One request out, one answer back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
import urllib3

from suitecrm_bridge.wire.ends import TooLarge, TooPacked
from suitecrm_bridge.wire.unpacking import PIECE, unpacker
from suitecrm_bridge.wire.watch import Limits, Watch, WatchedAdapter, watching

MOST_RATIO = 250
"""Times that an answer may be larger unpacked than packed, once it is larger than `SMALL`."""
SMALL = 8 * 2**20


@dataclass(frozen=True)
class Reply:
    """What came back; header names are lower case."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


def session(parallel: int = 1) -> requests.Session:
    """Return a session of `parallel` connections that are kept alive, without cookies."""
    made = _Session()
    made.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    made.headers["Accept-Encoding"] = "gzip, deflate"
    adapter = WatchedAdapter(pool_connections=1, pool_maxsize=parallel, pool_block=True)
    made.mount("https://", adapter)
    made.mount("http://", adapter)
    return made


def exchange(
    opened: requests.Session, method: str, url: str, limits: Limits, **options: Any
) -> Reply:
    """Send a request once and return its answer; a redirect is an answer like any other.

    Args:
        opened: a session of `session`.
        method: HTTP method.
        url: where to.
        limits: what the answer may take.
        options: more for `requests.Session.request`.

    Raises:
        Ended: the answer was cut off.
        requests.RequestException, OSError, ValueError: there was none.
    """
    with watching(limits) as watch:
        response = opened.request(method, url, stream=True, allow_redirects=False, **options)
        try:
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Reply(response.status_code, headers, _body(response.raw, headers, watch))
        finally:
            response.close()  # A connection whose answer was read in full has gone back before.


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> None:
        """Look for none: even a redirect that is not followed has its body read for it."""


def _body(raw: urllib3.BaseHTTPResponse, headers: Mapping[str, str], watch: Watch) -> bytes:
    most = watch.limits.most_bytes
    announced = headers.get("content-length", "").strip()
    if announced.isascii() and announced.isdigit() and float(announced) > most:
        raise TooLarge
    unpack = unpacker(headers.get("content-encoding", ""))
    body, packed = bytearray(), 0
    while piece := raw.read1(PIECE, decode_content=False):
        watch.check()
        packed += len(piece)
        for part in unpack(piece):
            body += part
            if len(body) > most:
                raise TooLarge
            if len(body) > max(SMALL, MOST_RATIO * packed):
                raise TooPacked
    body += b"".join(unpack(b""))
    return bytes(body)
