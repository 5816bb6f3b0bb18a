"""A conversation with one SuiteCRM: where its API is, the token, and when to ask again."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from suitecrm_bridge import __version__
from suitecrm_bridge.crm.address import MEDIA_TYPE, find_prefix, split_address
from suitecrm_bridge.crm.answers import Scrubber, is_header_missing, read, served_at
from suitecrm_bridge.crm.attributes import to_json
from suitecrm_bridge.crm.auth import Credentials, TokenSource
from suitecrm_bridge.crm.breaker import Breaker
from suitecrm_bridge.crm.faults import RequestInfo
from suitecrm_bridge.crm.pace import Pace
from suitecrm_bridge.crm.retry import Retry, Timing
from suitecrm_bridge.crm.sizes import PageSize
from suitecrm_bridge.crm.transport import Answer, Request, Transport
from suitecrm_bridge.errors import (
    AnswerTooLarge,
    AuthenticationError,
    BridgeError,
)
from suitecrm_bridge.i18n import text

log = logging.getLogger(__name__)

REPEATABLE = frozenset({"GET", "PATCH", "DELETE"})
"""Methods that have the same effect when done twice; PATCH sends absolute values only."""

Query = Iterable[tuple[str, str]]
Sized = tuple[str, PageSize]


class Api:
    """Sends requests under /Api and returns their JSON, or raises the ApiError that fits.

    Several threads may use it at once.

    Args:
        url: address of SuiteCRM; it may go on to the API's prefix.
        credentials: what to log in with.
        transport: carries the requests.
        retries: how often to try again what failed in passing.
        max_rate: requests a second, of all threads together.
        timing: clock, pause and chance.
    """

    def __init__(
        self,
        url: str,
        credentials: Credentials,
        transport: Transport,
        *,
        retries: int,
        max_rate: float,
        timing: Timing,
    ) -> None:
        self._base, self._prefixes = split_address(url)
        self._transport = transport
        self._pace = Pace(max_rate, timing)
        self._retry = Retry(retries, timing, self._pace.hold)
        self._once = Retry(0, timing, self._pace.hold)
        self._breaker = Breaker(self._sign_of_life, timing)
        secrets = (credentials.client_secret.reveal(), credentials.password.reveal())
        self._scrub = Scrubber(secrets)
        self._tokens = TokenSource(credentials, self._ask_token, self._retry, timing, self._scrub)
        self._prefix: str | None = None
        self._prefix_lock = threading.Lock()
        self.server_time: datetime | None = None
        self.offset_label: str | None = None
        self.printed_around = ""

    def _hear(self, words: str) -> None:
        self.printed_around = self.printed_around or words

    @property
    def prefix(self) -> str:
        """Path of the API below the address, found by trying and then kept.

        Raises:
            NotASuiteCrm: none of the known paths answers as the API does.
        """
        with self._prefix_lock:
            if self._prefix is None:
                self._prefix = find_prefix(
                    self._base, self._prefixes, self._ask_openly, self._scrub
                )
            return self._prefix

    def request(
        self,
        method: str,
        path: str,
        *,
        query: Query = (),
        sized: Sized | None = None,
        check: Callable[[dict[str, Any]], int | None] | None = None,
        body: Mapping[str, Any] | None = None,
        module: str | None = None,
        id: str | None = None,
        repeatable: bool | None = None,
    ) -> dict[str, Any]:
        """Send a request with a token and return the JSON of its answer.

        Args:
            method: HTTP method.
            path: path below the prefix, such as "/V8/current-user".
            query: pairs, encoded here.
            sized: parameter and size of the page asked for, smaller after each failed attempt.
            check: raises BrokenAnswer where the JSON is not what was promised; returns how many
                records it holds, where they are sized.
            body: becomes JSON, Decimals as exact numbers.
            module: what the request is about, for errors.
            id: the record that it is about.
            repeatable: whether it may be sent again when the answer got lost; default by method.
        """
        content = None if body is None else to_json(body).encode()
        names = tuple(name for name, _ in [*query, *([(sized[0], "")] if sized else [])])
        asked = RequestInfo(method, path, module, id, names)
        again = method in REPEATABLE if repeatable is None else repeatable
        retry, what = self._retry if again else self._once, f"{method} {path}"

        def attempt(token: str) -> dict[str, Any]:
            with _asked_for(sized) as paging:
                url = self._url(path, [*query, *paging])
                answer = self._send(Request(method, url, _headers(content, token), content))
                payload = read(answer, asked, self._scrub, self._hear)
                records = check(payload) if check else None
                if sized:
                    sized[1].learn(records or 0, len(answer.body))
                return payload

        def fitting(token: str) -> dict[str, Any]:
            # What is too large stays so: it is asked for in smaller parts at once, or not again.
            while True:
                try:
                    return attempt(token)
                except AnswerTooLarge:
                    if sized is None or sized[1].last <= 1:
                        raise

        self._url(path)  # Where there is no API at all, that is the error to show.
        with self._breaker.watch(asked):
            return self._authorized(lambda token: retry(lambda: fitting(token), what))

    def _authorized(self, ask: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
        """Ask with the token in use, and with another where that one is refused."""
        token = self._tokens.token()
        try:
            return ask(token)
        except AuthenticationError as error:
            if is_header_missing(error):
                raise _without_header(error) from None
        return ask(self._tokens.token(refused=token))

    def answer(
        self, method: str, path: str, content: bytes | None = None, *, authorization: str | None
    ) -> Answer:
        """Return the answer to a request whatever it says, for recordings and diagnosis.

        Args:
            method: HTTP method.
            path: path below the prefix, with its query.
            content: body as it is.
            authorization: the header's value; see `bearer`.
        """
        headers = _headers(content, None)
        if authorization is not None:
            headers["Authorization"] = authorization
        url = self._url(quote(path, safe="/?&=%[],:+"))
        retry = self._retry if method in REPEATABLE else self._once
        return retry(lambda: self._send(Request(method, url, headers, content)), f"{method} {path}")

    def bearer(self) -> str:
        """Return the value of the Authorization header. It is a secret."""
        return f"Bearer {self._tokens.token()}"

    def scrub(self, words: str) -> str:
        """Return `words` with every secret masked that this conversation has used."""
        return self._scrub(words)

    def close(self) -> None:
        """Log out, so that no token stays behind, and give the connections back."""
        token = self._tokens.forget()
        try:
            if token and not self._pace.held:
                url = self._url("/V8/logout")
                self._send(Request("POST", url, _headers(b"", token), b""))
        except BridgeError as error:
            log.info("The token could not be given back: %s", error)
        finally:
            self._transport.close()

    def _url(self, path: str, query: Query = ()) -> str:
        encoded = urlencode(list(query), quote_via=quote, safe="")
        return f"{self._base}{self.prefix}{path}" + (f"?{encoded}" if encoded else "")

    def _sign_of_life(self) -> dict[str, Any]:
        path = "/V8/current-user"
        request = Request("GET", self._url(path), _headers(None, self._tokens.current))
        return read(self._send(request), RequestInfo("GET", path), self._scrub)

    def _send(self, request: Request) -> Answer:
        self._pace.wait()
        self._breaker.check()
        answer = self._transport.send(request)
        log.debug("%s %s: %d", request.method, request.url, answer.status)
        self.server_time = served_at(answer) or self.server_time
        return answer

    def _ask_token(self, form: Mapping[str, str]) -> Answer:
        content = to_json(form).encode()
        return self._send(
            Request("POST", self._url("/access_token"), _headers(content, None), content)
        )

    def _ask_openly(self, prefix: str, path: str) -> Answer:
        """Ask without a token, below a prefix that may be none."""
        request = Request("GET", f"{self._base}{prefix}{path}", _headers(None, None))

        def attempt() -> Answer:
            answer = self._send(request)
            if answer.status >= 500 or answer.status == 429:
                read(answer, RequestInfo("GET", f"{prefix}{path}"), self._scrub)
            return answer

        return self._retry(attempt, f"GET {prefix}")


@contextmanager
def _asked_for(sized: Sized | None) -> Iterator[Query]:
    """Give the parameter for the size of the page, which learns from what comes of it."""
    if sized is None:
        yield ()
        return
    parameter, size = sized
    with size.attempt() as number:
        yield [(parameter, str(number))]


def _without_header(error: AuthenticationError) -> AuthenticationError:
    return AuthenticationError(
        text("faults.header_missing"), status=error.status, detail=error.detail, module=error.module
    )


def _headers(content: bytes | None, token: str | None) -> dict[str, str]:
    headers = {"Accept": MEDIA_TYPE, "User-Agent": f"suitecrm-bridge/{__version__}"}
    if content is not None:
        headers["Content-Type"] = MEDIA_TYPE
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    return headers
