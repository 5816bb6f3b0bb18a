"""One HTTP request out, one answer back. The only file that touches `requests`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy
from typing import Protocol
from urllib.parse import urlsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter

from suitecrm_bridge.errors import ApiError, BrokenAnswer, CrmUnreachable
from suitecrm_bridge.i18n import text

CONNECT_SECONDS = 10.0


@dataclass(frozen=True)
class Request:
    """What is sent. Headers and body may hold secrets, so they never show."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Answer:
    """What came back; header names are lower case."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)


class Transport(Protocol):
    """Carries requests; several threads use it at once."""

    def send(self, request: Request) -> Answer:
        """Send the request once, without following redirects.

        Raises:
            CrmUnreachable: no connection, or no answer in time.
            BrokenAnswer: the answer broke off.
            ApiError: trying again would not help, as with a certificate that is not trusted.
        """

    def close(self) -> None:
        """Give the connections back."""


class HttpTransport:
    """Transport over a `requests.Session` that keeps connections alive.

    Threads share the session: its pool is made for that, and it holds nothing else that changes,
    for cookies are refused. (A session cookie would also make PHP serve the requests one after the
    other.) When all `parallel` connections are busy, a thread waits for one.
    """

    def __init__(
        self, *, verify_tls: bool | str = True, timeout: float = 120, parallel: int = 4
    ) -> None:
        self._verify = verify_tls
        self._timeout = (min(CONNECT_SECONDS, timeout), timeout)
        self._session = requests.Session()
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        # Without an auth of its own, requests puts a .netrc entry in the bearer token's place.
        self._session.auth = _leave_headers
        adapter = HTTPAdapter(pool_connections=1, pool_maxsize=parallel, pool_block=True)
        self._session.mount("https://", adapter)
        self._session.mount("http://", adapter)
        if verify_tls is False:
            urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)

    def send(self, request: Request) -> Answer:
        """Send the request once, without following redirects."""
        try:
            response = self._session.request(
                request.method,
                request.url,
                headers=dict(request.headers),
                data=request.body,
                timeout=self._timeout,
                allow_redirects=False,
                # Here and not on the session, where REQUESTS_CA_BUNDLE would win.
                verify=self._verify,
            )
        except (requests.RequestException, OSError) as error:
            failure = self._failure(error, _host(request.url))
        else:
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Answer(response.status_code, headers, response.content)
        # Out of the except block: the library's error refers to the request, token included.
        raise failure

    def close(self) -> None:
        """Give the connections back."""
        self._session.close()

    def _failure(self, error: Exception, host: str) -> ApiError:
        if isinstance(error, requests.exceptions.SSLError):
            reason = _reason(error)
            return ApiError(text(_tls_fault(reason), host=host, reason=reason))
        if isinstance(error, requests.Timeout):
            seconds = self._timeout[not isinstance(error, requests.ConnectTimeout)]
            return CrmUnreachable(text("faults.timeout", host=host, seconds=f"{seconds:g}"))
        if isinstance(error, requests.exceptions.ProxyError):
            return CrmUnreachable(text("faults.proxy", host=host))
        if isinstance(error, requests.ConnectionError):
            return CrmUnreachable(text("faults.unreachable", host=host, reason=_reason(error)))
        if isinstance(error, ValueError):  # Its words may quote a header, so only its name shows.
            return ApiError(text("faults.cannot_send", host=host, reason=type(error).__name__))
        if isinstance(error, requests.RequestException):
            return BrokenAnswer(text("faults.cut", host=host))
        return ApiError(text("faults.cannot_send", host=host, reason=error))


_TLS_FAULTS = (
    (r"WRONG_VERSION_NUMBER|HTTP_REQUEST|PACKET_LENGTH|RECORD_LAYER|UNKNOWN_PROTOCOL", "no_tls"),
    (r"HANDSHAKE_FAILURE|PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|NO_SHARED_CIPHER", "tls_version"),
    (r"DH_KEY_TOO_SMALL|EE_KEY_TOO_SMALL|UNSAFE_LEGACY", "tls_version"),
    (r"has expired", "certificate_expired"),
    (r"not yet valid", "certificate_early"),
    (r"mismatch|doesn't match|not valid for", "certificate_name"),
    (r"self.signed|local issuer|unable to get issuer|verify the first", "certificate_own"),
)
"""What OpenSSL says, as a regular expression, and the fault that it means."""


def _tls_fault(reason: str) -> str:
    for pattern, fault in _TLS_FAULTS:
        if re.search(pattern, reason.replace(" ", "_"), re.IGNORECASE) or re.search(
            pattern, reason, re.IGNORECASE
        ):
            return f"faults.{fault}"
    return "faults.certificate"


def _leave_headers(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _host(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _reason(error: BaseException) -> str:
    """Return the innermost cause, without the wrapping that names pools and objects."""
    inner = error
    while isinstance(deeper := getattr(inner, "reason", None), BaseException) or (
        inner.args and isinstance(deeper := inner.args[0], BaseException)
    ):
        inner = deeper
    words = str(inner)
    return words.split(": ", 1)[-1] if words.startswith("<") or "(host=" in words else words
