"""Whether webhook and mail could tell anybody anything."""

from __future__ import annotations

from collections.abc import Iterator
from email.utils import parseaddr
from urllib.parse import urlsplit

from suitecrm_bridge.errors import NotTold
from suitecrm_bridge.jobs.checks.finding import Finding, passed, warned
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.notices import addresses
from suitecrm_bridge.notify import greet_mail_server


def notices(context: Context) -> Iterator[Finding]:
    """Look at the address of the webhook, which is not called, and log in to the mail server."""
    settings = context.settings
    told = []
    if settings.webhook:
        if _is_web_address(settings.webhook.reveal()):
            told.append("webhook")
        else:
            yield warned("notices", "webhook_useless")
    recipients = addresses(settings.mail_to) + addresses(settings.report_mail_to)
    wrong = [one for one in (*recipients, settings.mail_from) if one and not _is_mail_address(one)]
    if wrong:
        yield warned("notices", "mail_addresses_wrong", addresses=", ".join(wrong))
    if recipients:
        try:
            greet_mail_server(settings.smtp)
        except NotTold as error:
            yield warned("notices", "mail_useless", error=error)
        else:
            told.append("mail")
    if told:
        yield passed("notices", "notices_ready", channels=", ".join(told))


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _is_mail_address(address: str) -> bool:
    name, _, host = parseaddr(address)[1].rpartition("@")
    return bool(name and host) and " " not in name + host
