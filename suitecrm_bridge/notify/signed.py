"""Hand over a delivery by a signed HTTP POST that may be repeated without harm.

By the header `Idempotency-Key` the receiver knows what it has had already, and by
`Bridge-Signature` who it is from: `v1=` and the HMAC-SHA256, in hexadecimal digits, of the header
`Bridge-Timestamp` (seconds since 1970), a point and the body.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import requests
from urllib3.exceptions import HTTPError

from suitecrm_bridge import wire
from suitecrm_bridge.errors import SettingError
from suitecrm_bridge.i18n import text
from suitecrm_bridge.notify.addresses import host_of
from suitecrm_bridge.notify.webhook import MOST_BYTES, TIMEOUT
from suitecrm_bridge.patience import WEBHOOK_PAUSES
from suitecrm_bridge.settings import Secret, is_in_clear

OF_THE_ADDRESS = frozenset({401, 403, 404, 405, 407, 410, 411, 501})
"""Statuses about the address or the secret: every other delivery would fail too."""
PASSING = frozenset({408, 409, 423, 425, 429})
"""Statuses below 500 that may be others a moment later."""


@dataclass(frozen=True)
class Unheard:
    """Why a delivery was not taken.

    `final`: the receiver refused this one for good. `of_all`: every other would fail the same way.
    """

    reason: str
    final: bool = False
    of_all: bool = False


class Receiver:
    """A server outside that takes deliveries.

    Args:
        address: where to; https, or this machine, unless `allow_http`.
        secret: what deliveries are signed with.
        clock: the time, for the signature.
        sleep: pauses between two attempts.
        allow_http: whether an address may be one that others can listen to.

    Raises:
        SettingError: the address is none or can be listened to, or there is no secret.
    """

    def __init__(
        self,
        address: Secret,
        secret: Secret,
        *,
        clock: Callable[[], datetime],
        sleep: Callable[[float], None],
        allow_http: bool = False,
    ) -> None:
        self._address, self._secret = address.reveal().strip(), secret.reveal()
        self._clock, self._sleep = clock, sleep
        self.host = _host(self._address)
        if is_in_clear(self._address) and not allow_http:
            raise SettingError(text("notify.receiver_in_clear", host=self.host))
        if not self._secret:
            raise SettingError(text("notify.receiver_without_secret"))

    def deliver(self, key: str, content: Mapping[str, Any]) -> Unheard | None:
        """POST a delivery, again where that may help; return why it was not taken, if it was not.

        The reason names the host and the status, and nothing else of address, secret or content.
        """
        body = json.dumps(content, ensure_ascii=False, sort_keys=True).encode()
        with wire.session() as session:
            for pause in (*WEBHOOK_PAUSES, None):
                unheard = self._heard(session, key, body)
                if unheard is None or unheard.final or unheard.of_all or pause is None:
                    return unheard
                self._sleep(pause)
        raise AssertionError

    def _heard(self, session: requests.Session, key: str, body: bytes) -> Unheard | None:
        limits = wire.Limits(TIMEOUT[1], MOST_BYTES)
        headers = self._headers(key, body)
        try:
            # No redirect is followed: a POST would become a GET, and tell nothing.
            status = wire.exchange(
                session, "POST", self._address, limits, data=body, headers=headers, timeout=TIMEOUT
            ).status
        except (requests.RequestException, HTTPError, wire.CutOff, OSError, ValueError) as error:
            kind = type(error).__name__
            return Unheard(text("notify.receiver_silent", host=self.host, kind=kind))
        if 200 <= status < 300:
            return None
        said = text("notify.receiver_refused", host=self.host, status=status)
        of_all = status in OF_THE_ADDRESS or status < 400
        final = 400 <= status < 500 and status not in PASSING and not of_all
        return Unheard(said, final, of_all)

    def _headers(self, key: str, body: bytes) -> dict[str, str]:
        moment = str(int(self._clock().timestamp()))
        return {
            "Content-Type": "application/json",
            "Idempotency-Key": key,
            "Bridge-Timestamp": moment,
            "Bridge-Signature": f"v1={signature(self._secret, moment, body)}",
        }


def signature(secret: str, moment: str, body: bytes) -> str:
    """Return the HMAC-SHA256 of a time and a body, in hexadecimal digits."""
    signed = moment.encode() + b"." + body
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def _host(address: str) -> str:
    host = host_of(address)
    if host is None:
        raise SettingError(text("notify.not_a_receiver"))
    return host
