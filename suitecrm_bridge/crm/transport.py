"""One HTTP request out, one answer back.

The bounds of an answer are those of `wire`; here they become errors that say what to do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

import requests
import urllib3
from requests.utils import get_environ_proxies, select_proxy

from suitecrm_bridge import wire
from suitecrm_bridge.crm.retry import Timing
from suitecrm_bridge.errors import (
    AnswerTooLarge,
    AnswerTooSlow,
    ApiError,
    BridgeError,
    BrokenAnswer,
    CrmUnreachable,
    Stopped,
)
from suitecrm_bridge.i18n import text
from suitecrm_bridge.settings import is_loopback

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
            AnswerTooSlow: it was not complete in time.
            BrokenAnswer: the answer broke off.
            AnswerTooLarge: it was cut off, for it is larger than an answer may be.
            Stopped: the run was asked to stop, and the answer did not end in time.
            ApiError: trying again would not help, as with a certificate that is not trusted.
        """

    def close(self) -> None:
        """Give the connections back."""


class HttpTransport:
    """Transport over a session that keeps connections alive, and whose every answer ends.

    Threads share the session: its pool is made for that, and it holds nothing else that changes,
    for cookies are refused. (A session cookie would also make PHP serve the requests one after the
    other.) When all `parallel` connections are busy, a thread waits for one.

    Args:
        verify_tls: whether to check the certificate, or the path of a CA bundle.
        timeout: seconds that the next byte of an answer may take; twice as long for all of it.
        parallel: connections at once.
        timing: the clock, and whether the run is asked to stop.
        most_bytes: bytes that one answer may have.
    """

    def __init__(
        self,
        *,
        verify_tls: bool | str = True,
        timeout: float = 120,
        parallel: int = 4,
        timing: Timing | None = None,
        most_bytes: int = wire.MOST_BYTES,
    ) -> None:
        timing = timing or Timing()
        self._verify = verify_tls
        self._timeout = (min(CONNECT_SECONDS, timeout), timeout)
        self._limits = wire.Limits(
            timeout, most_bytes, stopping=timing.stopping, clock=timing.monotonic
        )
        self._session = wire.session(parallel)
        # Without an auth of its own, requests puts a .netrc entry in the bearer token's place.
        self._session.auth = _leave_headers
        if verify_tls is False:
            urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)

    def send(self, request: Request) -> Answer:
        """Send the request once, without following redirects."""
        failure: BridgeError
        try:
            reply = wire.exchange(
                self._session,
                request.method,
                request.url,
                self._limits,
                headers={**request.headers, **_unpacked(request.url)},
                data=request.body,
                timeout=self._timeout,
                # Here and not on the session, where REQUESTS_CA_BUNDLE would win.
                verify=self._verify,
                proxies=_past_proxies(request.url),
            )
        except wire.CutOff as error:
            failure = self._ended(error, _host(request.url))
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            failure = self._failure(error, _host(request.url))
        except ValueError as error:  # As with a header that is not Latin text.
            failure = self._failure(error, _host(request.url))
        else:
            return Answer(reply.status, reply.headers, reply.body)
        # Out of the except block: the library's error refers to the request, token included.
        raise failure

    def close(self) -> None:
        """Give the connections back."""
        self._session.close()

    def _ended(self, error: wire.CutOff, host: str) -> BridgeError:
        if isinstance(error, wire.Interrupted):
            return Stopped(text("crm.interrupted", host=host))
        if isinstance(error, wire.TooSlow):
            seconds = f"{wire.TIMES_TIMEOUT * self._timeout[1]:g}"
            return AnswerTooSlow(text("crm.too_slow", host=host, seconds=seconds))
        if isinstance(error, wire.TooLarge):
            most = f"{self._limits.most_bytes / 2**20:g}"
            return AnswerTooLarge(text("crm.too_large", host=host, most=most))
        if isinstance(error, wire.TooPacked):
            return AnswerTooLarge(text("crm.too_packed", host=host, ratio=wire.MOST_RATIO))
        return BrokenAnswer(text("faults.cut", host=host))

    def _failure(self, error: Exception, host: str) -> ApiError:
        if isinstance(error, requests.exceptions.SSLError):
            reason = _reason(error)
            return ApiError(text(_tls_fault(reason), host=host, reason=reason))
        if isinstance(error, requests.Timeout | urllib3.exceptions.TimeoutError):
            seconds = self._timeout[not isinstance(error, requests.ConnectTimeout)]
            return CrmUnreachable(text("faults.timeout", host=host, seconds=f"{seconds:g}"))
        if isinstance(error, requests.exceptions.ProxyError):
            return CrmUnreachable(text("faults.proxy", host=host))
        if isinstance(error, requests.ConnectionError):
            return CrmUnreachable(text("faults.unreachable", host=host, reason=_reason(error)))
        if isinstance(error, ValueError):  # Its words may quote a header, so only its name shows.
            return ApiError(text("faults.cannot_send", host=host, reason=type(error).__name__))
        if isinstance(error, requests.RequestException | urllib3.exceptions.HTTPError):
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


def proxy_for(url: str) -> str | None:
    """Return the proxy over which requests to an address go, None for none.

    The environment names it (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY), or on Windows and
    macOS the system.
    """
    if is_loopback(url):
        return None
    return select_proxy(url, get_environ_proxies(url))


def _past_proxies(url: str) -> dict[str, str]:
    """Return what keeps a request to this machine on it, whatever proxy the environment names."""
    return {"no_proxy": urlsplit(url).hostname or ""} if is_loopback(url) else {}


def _unpacked(url: str) -> dict[str, str]:
    """Return what asks this machine for an answer as it is: packing takes longer than the way."""
    return {"Accept-Encoding": "identity"} if is_loopback(url) else {}


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
