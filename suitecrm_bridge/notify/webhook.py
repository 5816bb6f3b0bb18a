"""Tell by an HTTP POST."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import requests
from urllib3.exceptions import HTTPError

from suitecrm_bridge import wire
from suitecrm_bridge.errors import NotTold
from suitecrm_bridge.i18n import Language, text
from suitecrm_bridge.notify.addresses import host_of
from suitecrm_bridge.notify.notice import Notice
from suitecrm_bridge.patience import WEBHOOK_PAUSES
from suitecrm_bridge.settings import Secret

TIMEOUT = (5, 10)
"""Seconds to connect, and to wait for the answer: a run's end must not hang on a chat server."""
MOST_BYTES = 2**20
"""Bytes of an answer, of which only the status counts."""


def post(
    address: Secret, notice: Notice, lang: Language, sleep: Callable[[float], None] = time.sleep
) -> None:
    """POST the notice as JSON.

    Raises:
        NotTold: the address is none, cannot be reached, or refuses. The message names only
            the host: the rest of such an address is its secret.
    """
    host = _host(address.reveal())
    for pause in (*WEBHOOK_PAUSES, None):
        try:
            status = _posted(address, notice.as_dict(lang))
        except (requests.RequestException, HTTPError, wire.CutOff, OSError, ValueError) as error:
            failure = text("notify.webhook_silent", host=host, kind=type(error).__name__)
        else:
            if status < requests.codes.multiple_choices:
                return
            failure = text("notify.webhook_refused", host=host, status=status)
            if status < 500 and status != requests.codes.too_many_requests:
                break
        if pause is not None:
            sleep(pause)
    raise NotTold(failure)


def _posted(address: Secret, body: Any) -> int:
    limits = wire.Limits(TIMEOUT[1], MOST_BYTES)
    with wire.session() as session:
        # No redirect is followed: a POST would become a GET, and tell nothing.
        url = address.reveal()
        return wire.exchange(session, "POST", url, limits, json=body, timeout=TIMEOUT).status


def _host(address: str) -> str:
    host = host_of(address)
    if host is None:
        raise NotTold(text("notify.not_a_webhook"))
    return host
