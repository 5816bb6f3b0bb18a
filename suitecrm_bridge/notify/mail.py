"""Tell by mail."""

from __future__ import annotations

import ipaddress
import smtplib
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import localtime, make_msgid
from urllib.parse import unquote, urlsplit

from suitecrm_bridge.errors import NotTold
from suitecrm_bridge.i18n import Language, text
from suitecrm_bridge.notify.letter import Letter
from suitecrm_bridge.notify.notice import Notice
from suitecrm_bridge.settings import Secret

TIMEOUT = 20
PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True)
class Server:
    """A mail server, read from smtp:// or smtps://user:password@host:port."""

    host: str
    port: int
    tls_at_once: bool
    user: str
    password: str

    @classmethod
    def read(cls, address: Secret) -> Server:
        """Understand the setting.

        Raises:
            NotTold: it is no such address.
        """
        try:
            parts = urlsplit(address.reveal())
            host, port = parts.hostname, parts.port
        except ValueError:
            host = port = None
        if not host or parts.scheme not in PORTS:
            raise NotTold(text("notify.not_a_mail_server"))
        return cls(
            host=host,
            port=port or PORTS[parts.scheme],
            tls_at_once=parts.scheme == "smtps",
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
        )

    def is_here(self) -> bool:
        """Return whether the server is this machine, whose certificate nobody could check."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def send_mail(
    address: Secret, sender: str, recipients: Sequence[str], notice: Notice, lang: Language
) -> None:
    """Send the notice to every recipient; without a sender, in the first one's name.

    Raises:
        NotTold: the settings are wrong, or the server cannot be reached or refuses. The
            message names the host, never the password.
    """

    def fill(message: EmailMessage) -> None:
        message["Subject"] = notice.subject(lang)
        message.set_content(notice.text(lang))

    _send(address, sender, recipients, fill)


def send_letter(
    address: Secret, sender: str, recipients: Sequence[str], letter: Letter, lang: Language
) -> None:
    """Send a letter to every recipient; without a sender, in the first one's name.

    Raises:
        NotTold: as for a notice.
    """
    _send(address, sender, recipients, lambda message: letter.fill(message, lang))


def _send(
    address: Secret,
    sender: str,
    recipients: Sequence[str],
    fill: Callable[[EmailMessage], None],
) -> None:
    server = Server.read(address)
    try:
        message = _message(sender or recipients[0], recipients)
        fill(message)
        with _connected(server) as connection:
            if server.user:
                connection.login(server.user, server.password)
            connection.send_message(message)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise NotTold(text("notify.mail_failed", host=server.host, error=error)) from error


def greet_mail_server(address: Secret) -> None:
    """Connect and log in as for a mail, and send none.

    Raises:
        NotTold: the settings are wrong, or the server cannot be reached or refuses.
    """
    server = Server.read(address)
    try:
        with _connected(server) as connection:
            if server.user:
                connection.login(server.user, server.password)
            connection.noop()
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise NotTold(text("notify.mail_failed", host=server.host, error=error)) from error


def _message(sender: str, recipients: Sequence[str]) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = ", ".join(recipients)
    message["Date"] = localtime()
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2].rstrip(">"))
    message["Auto-Submitted"] = "auto-generated"
    return message


def _connected(server: Server) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.tls_at_once:
        return smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=context)
    connection = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
    try:
        connection.ehlo()
        if connection.has_extn("starttls") and not server.is_here():
            connection.starttls(context=context)
        elif server.user and not server.is_here():
            raise NotTold(text("notify.mail_in_the_clear", host=server.host))
    except BaseException:
        connection.close()
        raise
    return connection
