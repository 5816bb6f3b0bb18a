"""Tell by an HTTP POST."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urlsplit

import requests

from suitecrm_bridge.errors import NotTold
from suitecrm_bridge.i18n import Language, text
from suitecrm_bridge.notify.notice import Notice
from suitecrm_bridge.settings import Secret

TIMEOUT = (5, 10)
"""Seconds to connect, and to wait for the answer: a run's end must not hang on a chat server."""
PAUSES = (1, 3)
"""Seconds before each new attempt."""


def post(
    address: Secret, notice: Notice, lang: Language, sleep: Callable[[float], None] = time.sleep
) -> None:
    """POST the notice as JSON.

    Raises:
        NotTold: the address is none, cannot be reached, or refuses. The message names only
            the host: the rest of such an address is its secret.
    """
    host = _host(address.reveal())
    for pause in (*PAUSES, None):
        try:
            answer = requests.post(
                address.reveal(),
                json=notice.as_dict(lang),
                timeout=TIMEOUT,
                allow_redirects=False,  # a redirected POST becomes a GET, and tells nothing
            )
        except requests.RequestException as error:
            failure = text("notify.webhook_silent", host=host, kind=type(error).__name__)
        else:
            if answer.ok and not answer.is_redirect:
                return
            failure = text("notify.webhook_refused", host=host, status=answer.status_code)
            if answer.status_code < 500 and answer.status_code != requests.codes.too_many_requests:
                break
        if pause is not None:
            sleep(pause)
    raise NotTold(failure)


def _host(address: str) -> str:
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https"):
        raise NotTold(text("notify.not_a_webhook"))
    return host
