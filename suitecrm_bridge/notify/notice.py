"""What is told, as plain values for programs and in words for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from suitecrm_bridge.harmless import harmless, in_line
from suitecrm_bridge.i18n import Language, day, text

State = Literal["done", "partial", "incomplete", "failed"]


@dataclass(frozen=True)
class Notice:
    """A change of state.

    Args:
        state: done (works again), partial (some records failed), incomplete (figures were left
            out, for their sources could not be read) or failed.
        since: when the first run in this state began, aware.
        run_id: the run that ended now.
        command: what ran.
        crm: address of the SuiteCRM concerned.
        error: the run's error in words; empty when it is done.
        figures: what the run did.
    """

    state: State
    since: datetime
    run_id: str
    command: str
    crm: str
    error: str = ""
    figures: Mapping[str, Any] = field(default_factory=dict)

    def subject(self, lang: Language) -> str:
        """Return one line that says what changed."""
        subject = text(f"notify.subject_{self.state}", lang, command=self.command, crm=self.crm)
        return in_line(subject)

    def text(self, lang: Language) -> str:
        """Return what happened, since when, and what to do."""
        local = self.since.astimezone()
        paragraphs = [
            text(
                f"notify.since_{self.state}",
                lang,
                command=self.command,
                crm=self.crm,
                day=day(local.date(), lang),
                time=f"{local:%H:%M}",
            ),
            self.error,
            text(f"notify.advice_{self.state}", lang),
            text("notify.run", lang, run_id=self.run_id),
        ]
        return harmless("\n\n".join(paragraph for paragraph in paragraphs if paragraph))

    def as_dict(self, lang: Language) -> dict[str, Any]:
        """Return plain values for JSON; `text` is what chats show."""
        return {
            "state": self.state,
            "since": self.since.isoformat(),
            "run_id": self.run_id,
            "command": self.command,
            "crm": self.crm,
            "error": harmless(self.error),
            "figures": dict(self.figures),
            "text": f"{self.subject(lang)}\n\n{self.text(lang)}",
        }
