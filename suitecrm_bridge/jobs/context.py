"""The only place that builds client and mirror from the settings."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from types import TracebackType

from suitecrm_bridge.catalogue import Language
from suitecrm_bridge.crm import Credentials, SuiteCRM
from suitecrm_bridge.jobs.progress import Progress, Silent
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.settings import Settings


def utc_now() -> datetime:
    """Return the time, aware, in UTC."""
    return datetime.now(UTC)


@dataclass
class Context:
    """What a job works with; client and mirror are opened when first used, closed at the end."""

    settings: Settings
    progress: Progress = field(default_factory=Silent)
    clock: Callable[[], datetime] = utc_now
    _open: ExitStack = field(default_factory=ExitStack, repr=False)

    @cached_property
    def crm(self) -> SuiteCRM:
        """The client of SuiteCRM."""
        settings = self.settings
        settings.require_crm()
        client = SuiteCRM(
            settings.url,
            Credentials(
                settings.client_id, settings.client_secret, settings.username, settings.password
            ),
            verify_tls=settings.verify_tls,
            timeout=settings.timeout,
            retries=settings.retries,
            parallel=settings.parallel,
        )
        return self._open.enter_context(client)

    @cached_property
    def mirror(self) -> Mirror:
        """The mirror under the home folder."""
        return self._open.enter_context(Mirror.open(self.settings.home))

    @property
    def lang(self) -> Language:
        """Language of what is written for people."""
        return "fr" if self.settings.lang == "fr" else "en"

    def today(self) -> date:
        """Return the day it is for the people who work here."""
        return self.clock().astimezone().date()

    def __enter__(self) -> Context:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.progress.close()
        self._open.close()
