"""A mail server that keeps who it was given mail for, and how a SuiteCRM is made to use it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import uuid4

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from tests.live.outcomes import NotRun


class MailSink:
    """Takes every mail and delivers none."""

    def __init__(self) -> None:
        self.given: Counter[str] = Counter()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd)
        self.given.update(address.lower() for address in envelope.rcpt_tos)
        return "250 kept"

    @contextmanager
    def listening(self, host: str, port: int) -> Iterator[MailSink]:
        """Listen for as long as the block lasts."""
        server = Controller(
            self,
            hostname=host,
            port=port,
            authenticator=lambda *_: AuthResult(success=True),
            auth_require_tls=False,
        )
        server.start()
        try:
            yield self
        finally:
            server.stop()


@contextmanager
def outgoing(dsn: str, host: str, port: int) -> Iterator[str]:
    """Give SuiteCRM an account for mail, out and back, for as long as the block lasts.

    It yields the id of both.

    Raises:
        NotRun: PyMySQL is missing.
    """
    try:
        import pymysql
    except ImportError:
        raise NotRun("PyMySQL is missing") from None
    parts, id = urlsplit(dsn), str(uuid4())
    with pymysql.connect(
        host=parts.hostname or "127.0.0.1",
        port=parts.port or 3306,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        database=parts.path.strip("/"),
        autocommit=True,
    ) as connection:
        cursor = connection.cursor()
        rows = _rows(id, host, port)
        for table, values in rows.items():
            marks = ", ".join(["%s"] * len(values))
            columns = ", ".join(values)
            cursor.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", [*values.values()])
        try:
            yield id
        finally:
            for table in rows:
                cursor.execute(f"DELETE FROM {table} WHERE id = %s", [id])


def _rows(id: str, host: str, port: int) -> dict[str, dict[str, Any]]:
    both = {"id": id, "name": "Drive", "deleted": 0}
    out = {
        "type": "campaign",
        "user_id": "1",
        "smtp_from_name": "Drive",
        "smtp_from_addr": "drive@example.com",
        "mail_sendtype": "SMTP",
        "mail_smtptype": "other",
        "mail_smtpserver": host,
        "mail_smtpport": port,
        "mail_smtpuser": "drive",
        "mail_smtpauth_req": 0,
        "mail_smtpssl": "0",
    }
    back = {"status": "Active", "mailbox_type": "bounce"}
    return {"outbound_email": both | out, "inbound_email": both | back}
