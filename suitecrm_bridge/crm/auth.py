"""Tokens: one request for a token at a time, a new one before the old expires, none ever shown."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from suitecrm_bridge.crm.answers import Scrubber, detail_of, read, speaks_of_header
from suitecrm_bridge.crm.decoding import json_of, shown
from suitecrm_bridge.crm.faults import RequestInfo, evidence, is_suitecrm
from suitecrm_bridge.crm.retry import Retry, Timing
from suitecrm_bridge.crm.transport import Answer
from suitecrm_bridge.errors import ApiError, AuthenticationError, BrokenAnswer, ServerFailure
from suitecrm_bridge.i18n import text
from suitecrm_bridge.settings import Secret

MARGIN = 60.0
"""Seconds before its end at which a token is replaced, or half its life where that is shorter."""

LIFE_UNSAID = 3600.0
"""Seconds that a token is taken to live where the server does not say, or says none at all."""

SHORTEST_USE = 10.0
"""Seconds that a token is used unless it is refused, so that not every request costs another."""

LONGEST_LIFE = 86_400.0
"""Seconds after which a token is replaced, whatever the server says."""

ASKED = RequestInfo("POST", "/access_token")

Send = Callable[[Mapping[str, str]], Answer]


@dataclass(frozen=True)
class Credentials:
    """The OAuth2 client, and the user where the client is of the type "password"."""

    client_id: str
    client_secret: Secret
    username: str = ""
    password: Secret = field(default_factory=lambda: Secret(""))

    @property
    def grant(self) -> str:
        """The OAuth2 grant that these credentials are for."""
        return "password" if self.username or self.password else "client_credentials"

    def form(self, **params: str) -> dict[str, str]:
        """Return the body of a token request."""
        secret = self.client_secret.reveal()
        return {"client_id": self.client_id, "client_secret": secret, **params}


@dataclass(frozen=True)
class _Token:
    value: str = field(repr=False)
    renew_at: float
    refresh: str = field(repr=False)


class TokenSource:
    """Gets tokens and keeps the current one.

    Args:
        credentials: what to log in with.
        send: posts a token request once and returns the answer.
        retry: repeats a request that failed in passing.
        timing: the clock.
        scrubber: is told each token, so that none shows in an error.
    """

    def __init__(
        self, credentials: Credentials, send: Send, retry: Retry, timing: Timing, scrubber: Scrubber
    ) -> None:
        self._credentials = credentials
        self._send = send
        self._retry = retry
        self._clock = timing.monotonic
        self._scrubber = scrubber
        self._lock = threading.Lock()
        self._current: _Token | None = None
        self._refusal: AuthenticationError | None = None

    def token(self, refused: str | None = None) -> str:
        """Return a token that is valid for a while.

        Args:
            refused: the token that the server just refused, which asks for another one.

        Raises:
            AuthenticationError: the credentials are refused; the message names the setting. It is
                raised again without asking the server, which might lock the account.
        """
        with self._lock:
            if self._refusal:
                raise _copy(self._refusal)
            current = self._current
            if current and current.value != refused and self._clock() < current.renew_at:
                return current.value
            self._current = None
            self._current = self._renewed(current)
            return self._current.value

    @property
    def current(self) -> str | None:
        """The token in use, None before the first."""
        return self._current.value if self._current else None

    def forget(self) -> str | None:
        """Return the current token, if any, and do not use it again."""
        with self._lock:
            current, self._current = self._current, None
            return current.value if current else None

    def _renewed(self, old: _Token | None) -> _Token:
        if old and old.refresh:
            try:
                return self._grant("refresh_token", refresh_token=old.refresh)
            except ApiError:  # A refresh token works once, if at all; the full grant tells more.
                pass
        user = {}
        if self._credentials.grant == "password":
            user = {
                "username": self._credentials.username,
                "password": self._credentials.password.reveal(),
            }
        try:
            return self._retry(
                lambda: self._grant(self._credentials.grant, **user), f"POST {ASKED.path}"
            )
        except AuthenticationError as error:
            self._refusal = error
            raise

    def _grant(self, grant: str, **params: str) -> _Token:
        asked_at = self._clock()
        answer = self._send(self._credentials.form(grant_type=grant, **params))
        payload = read_grant(answer, self._credentials, self._scrubber)
        value, given = str(payload["access_token"]), payload.get("refresh_token")
        refresh = str(given) if _is_token(given) else ""
        self._scrubber.add(value)
        self._scrubber.add(refresh)
        life = _seconds(payload.get("expires_in"))
        used = max(life - MARGIN, life / 2, SHORTEST_USE)
        return _Token(value, asked_at + used, refresh)


def read_grant(answer: Answer, credentials: Credentials, scrub: Scrubber) -> dict[str, Any]:
    """Return the body of a token answer.

    Raises:
        AuthenticationError: the message names the setting to look at.
        ApiError: the server could not answer.
    """
    payload, _ = json_of(answer.body)
    key = _refusal_key(answer.status, payload, credentials)
    if key:
        told = evidence(answer, ASKED, scrub, suitecrm=True)
        message = text(
            key,
            client_id=credentials.client_id,
            username=credentials.username,
            grant=credentials.grant,
            type=text(f"crm.type_{credentials.grant}"),
            detail=scrub(detail_of(payload)),
        )
        raise AuthenticationError(
            f"{message} {told}",
            status=answer.status,
            detail=scrub(detail_of(payload)),
        )
    granted = _read(answer, scrub)
    if not _is_token(granted.get("access_token")):
        raise BrokenAnswer(text("faults.no_token_in_answer"), status=answer.status)
    return granted


def _read(answer: Answer, scrub: Scrubber) -> dict[str, Any]:
    try:
        return read(answer, ASKED, scrub)
    except ServerFailure as error:
        failure = error
    detail = failure.detail or f"HTTP {failure.status}"
    if failure.status != 500:
        raise failure
    told = evidence(answer, ASKED, scrub, suitecrm=True)
    raise ServerFailure(
        f"{text('faults.token_server_failure', detail=detail)} {told}",
        retry_after=failure.retry_after,
        status=failure.status,
        detail=failure.detail,
    )


def _refusal_key(
    status: int, payload: dict[str, Any] | None, credentials: Credentials
) -> str | None:
    """Return the message that fits a refusal, None where the server did not refuse.

    SuiteCRM answers 500 to an unknown client, an unknown user and a wrong password; it repeats
    what it was given, which tells them apart in any language.
    """
    if payload is None or status < 400 or not is_suitecrm(payload, status):
        return None
    if speaks_of_header(detail_of(payload)):
        return "faults.header_missing"
    return _refusal_of(status, payload, credentials)


def _refusal_of(status: int, payload: dict[str, Any], credentials: Credentials) -> str | None:
    error, detail = shown(payload.get("error", "")), detail_of(payload)
    if error == "unsupported_grant_type":
        return "faults.grant_unsupported"
    if error == "invalid_grant":
        return "faults.wrong_user"
    if status in (400, 401, 403):
        return "faults.wrong_client"
    if "OAuth2Clients" in detail:
        return "faults.unknown_client"
    # From 7.15 on; an older SuiteCRM issues a token to anybody.
    if error == "unknown_error" and detail.strip() == "Not Authorized":
        return "faults.user_disabled"
    if error != "unknown_error" or credentials.grant != "password":
        return "faults.no_client_user" if detail.strip() == "No user found" else None
    if detail.startswith("The password is invalid") or detail.endswith(
        f": {credentials.password.reveal()}"
    ):
        return "faults.wrong_password"
    wrong_user = detail.startswith("No user found") or detail.endswith(f": {credentials.username}")
    return "faults.wrong_user" if wrong_user else None


def _is_token(value: Any) -> bool:
    """Tell whether a header can carry it."""
    return isinstance(value, str) and bool(re.fullmatch(r"[!-~]+", value))


def _seconds(value: Any) -> float:
    try:
        said = float(value)
    except (TypeError, ValueError, OverflowError):
        return LIFE_UNSAID
    known = isfinite(said) and said > 0 and value is not True
    return min(said, LONGEST_LIFE) if known else LIFE_UNSAID


def _copy(error: AuthenticationError) -> AuthenticationError:
    return AuthenticationError(str(error), status=error.status, detail=error.detail)
