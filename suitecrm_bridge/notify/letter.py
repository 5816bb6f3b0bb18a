"""A mail that is read: some sentences as text and HTML, and a file where one is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from html import escape

from suitecrm_bridge.harmless import harmless, in_line
from suitecrm_bridge.i18n import Language

_STYLE = "font:16px/1.5 sans-serif;color:#1b222b;max-width:40em"


@dataclass(frozen=True)
class Attachment:
    """A file in a mail."""

    name: str
    content: bytes
    kind: str = "zip"


@dataclass(frozen=True)
class Letter:
    """What a mail says.

    Args:
        subject: its subject.
        sentences: what it says, a line each.
        closing: what to know of it, in smaller letters.
        attachment: a file with it.
    """

    subject: str
    sentences: Sequence[str]
    closing: Sequence[str] = ()
    attachment: Attachment | None = None

    def fill(self, message: EmailMessage, lang: Language) -> None:
        """Put it into a message, as text for whoever reads text, else as HTML."""
        message["Subject"] = in_line(self.subject)
        message.set_content(self.text())
        message.add_alternative(self.html(lang), subtype="html")
        if self.attachment is not None:
            message.add_attachment(
                self.attachment.content,
                maintype="application",
                subtype=self.attachment.kind,
                filename=self.attachment.name,
            )

    def text(self) -> str:
        """Return it as text."""
        lines = [f"* {in_line(line)}" for line in self.sentences]
        closing = [in_line(line) for line in self.closing]
        return harmless("\n".join([in_line(self.subject), "", *lines, "", *closing])) + "\n"

    def html(self, lang: Language) -> str:
        """Return it as HTML that asks nobody for anything."""
        lines = "".join(f"<li>{escape(in_line(line))}</li>" for line in self.sentences)
        closing = "".join(f"<p><small>{escape(in_line(line))}</small></p>" for line in self.closing)
        title = escape(in_line(self.subject))
        return (
            f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
            f"<title>{title}</title></head>"
            f'<body style="{_STYLE}"><h1 style="font-size:1.3em">{title}</h1>'
            f"<ul>{lines}</ul>{closing}</body></html>\n"
        )
