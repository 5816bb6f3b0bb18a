"""Access tokens: the grants, their errors, expiry and logout."""

from __future__ import annotations

import base64
import hmac
import json
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from suitecrm_bridge.sandbox.store import ADMIN

CLIENT_ID = "5a9db0c5-0000-4000-8000-00000000c11e"
CLIENT_SECRET = "sandbox-only-secret"  # noqa: S105 (fake, opens nothing but the sandbox)
PASSWORD_CLIENT_ID = "5a9db0c5-0000-4000-8000-0000000000ab"  # noqa: S105 (an id)
USERNAME = "sandbox"
PASSWORD = "sandbox-only-password"  # noqa: S105 (fake, opens nothing but the sandbox)
GRANTS = {CLIENT_ID: "client_credentials", PASSWORD_CLIENT_ID: "password"}
REFRESH_LIFETIME = timedelta(days=30)

_MALFORMED = (
    "The request is missing a required parameter, includes an invalid parameter value,"
    " includes a parameter more than once, or is otherwise malformed."
)
_DENIED = "The resource owner or authorization server denied the request."
_UNSUPPORTED = "The authorization grant type is not supported by the authorization server."


class OAuthError(Exception):
    """A refusal of the authorization server or of the token check."""

    def __init__(self, status: int, error: str, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"error": error, "error_description": message}
        if hint is not None:
            self.body["hint"] = hint
        self.body["message"] = message


@dataclass(frozen=True)
class _Access:
    client: str
    expires: datetime


@dataclass(frozen=True)
class _Refresh:
    access: str
    client: str
    expires: datetime


class Tokens:
    """The tokens in force. Nothing is kept when the sandbox ends.

    Args:
        clock: what time it is.
        lifetime: seconds that an access token is good for.
        serves: whether a user, by id, is given tokens and served with them.
    """

    def __init__(
        self, clock: Callable[[], datetime], lifetime: int, serves: Callable[[str], bool]
    ) -> None:
        self._clock = clock
        self._serves = serves
        self._lifetime = timedelta(seconds=lifetime)
        self._lock = threading.Lock()
        self._users: dict[str, str] = {}
        self._access: dict[str, _Access | None] = {}
        self._refresh: dict[str, _Refresh | None] = {}

    def add_client(self, client: str, user_id: str) -> None:
        """Know one more client, with the same secret, that acts as a user of its own."""
        self._users[client] = user_id

    def user(self, token: str) -> str:
        """Return the id of the user that a valid token acts as."""
        access = self._access[token]
        return self._users.get(access.client, ADMIN) if access else ADMIN

    def grant(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Answer a token request.

        Raises:
            OAuthError: the grant, the client or the user is not accepted.
        """
        type_ = given.get("grant_type")
        if type_ not in ("client_credentials", "password", "refresh_token"):
            hint = "Check that all required parameters have been provided"
            raise OAuthError(400, "unsupported_grant_type", _UNSUPPORTED, hint)
        client = self._client(given, type_)
        if type_ == "password":
            _check_user(given)
        with self._lock:
            if type_ == "refresh_token":
                self._use_refresh_token(_needed(given, "refresh_token"), client)
            if not self._serves(self._users.get(client, ADMIN)):
                raise OAuthError(500, "unknown_error", "Not Authorized")
            return self._issue(client)

    def check(self, header: str) -> str:
        """Return the token of an Authorization header when it is in force.

        Raises:
            OAuthError: it is missing, malformed, unknown, expired or revoked.
        """
        token = header.removeprefix("Bearer").strip()
        if token.count(".") != 2:
            raise OAuthError(401, "access_denied", _DENIED, "The JWT string must have two dots")
        with self._lock:
            if token not in self._access:
                hint = "Access token could not be verified"
                raise OAuthError(401, "access_denied", _DENIED, hint)
            access = self._access[token]
        if access is None or not self._serves(self._users.get(access.client, ADMIN)):
            raise OAuthError(401, "access_denied", _DENIED, "Access token has been revoked")
        if self._clock() >= access.expires:
            raise OAuthError(401, "access_denied", _DENIED, "Access token could not be verified")
        return token

    def revoke(self, token: str) -> None:
        """End a token."""
        with self._lock:
            self._access[token] = None

    def expire(self, token: str) -> None:
        """Let the life of a token be over."""
        with self._lock:
            access = self._access.get(token)
            if access is not None:
                self._access[token] = replace(access, expires=self._clock())

    def _client(self, given: Mapping[str, Any], type_: str) -> str:
        client = _needed(given, "client_id")
        if client not in GRANTS and client not in self._users:
            message = f"OAuth2Clients module with id {client} is not found"
            raise OAuthError(500, "unknown_error", message)
        allowed = type_ in ("refresh_token", GRANTS.get(client, "client_credentials"))
        if not allowed or not _same(str(given.get("client_secret", "")), CLIENT_SECRET):
            raise OAuthError(401, "invalid_client", "Client authentication failed")
        return client

    def _use_refresh_token(self, token: str, client: str) -> None:
        if token not in self._refresh:
            raise _bad_refresh_token("Cannot decrypt the refresh token")
        refresh = self._refresh[token]
        if refresh is None:
            raise _bad_refresh_token("Token has been revoked")
        if refresh.client != client:
            raise _bad_refresh_token("Token is not linked to client")
        if self._clock() >= refresh.expires:
            raise _bad_refresh_token("Token has expired")
        self._refresh[token] = None
        self._access[refresh.access] = None

    def _issue(self, client: str) -> dict[str, Any]:
        now = self._clock()
        expires = now + self._lifetime
        access = _jwt({"aud": client, "jti": secrets.token_hex(20), "exp": expires.timestamp()})
        self._access[access] = _Access(client, expires)
        answer: dict[str, Any] = {
            "token_type": "Bearer",
            "expires_in": int(self._lifetime.total_seconds()),
            "access_token": access,
        }
        if GRANTS.get(client) == "password":
            answer["refresh_token"] = secrets.token_hex(60)
            expires = now + REFRESH_LIFETIME
            self._refresh[answer["refresh_token"]] = _Refresh(access, client, expires)
        return answer


def _check_user(given: Mapping[str, Any]) -> None:
    username, password = _needed(given, "username"), _needed(given, "password")
    if username != USERNAME:
        message = f"No user found with this username: {username}"
        raise OAuthError(500, "unknown_error", message)
    if not _same(password, PASSWORD):
        raise OAuthError(500, "unknown_error", f"The password is invalid: {password}")


def _needed(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name)
    if not isinstance(value, str) or not value:
        raise OAuthError(400, "invalid_request", _MALFORMED, f"Check the `{name}` parameter")
    return value


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def _bad_refresh_token(hint: str) -> OAuthError:
    return OAuthError(401, "invalid_request", "The refresh token is invalid.", hint)


def _jwt(claims: Mapping[str, Any]) -> str:
    """Return a text that looks like a signed token; its random signature is looked up."""
    parts = [json.dumps({"typ": "JWT", "alg": "RS256"}).encode(), json.dumps(claims).encode()]
    encoded = [base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts]
    return ".".join([*encoded, secrets.token_urlsafe(256)])
