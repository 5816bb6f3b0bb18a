"""What the global options become: a context for the command, set up once."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from suitecrm_bridge import i18n, logs
from suitecrm_bridge.catalogue import Language, use_own
from suitecrm_bridge.cli.progress import watching
from suitecrm_bridge.errors import CatalogueError, SettingError
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.stop import Stop
from suitecrm_bridge.settings import Settings


@dataclass(frozen=True)
class App:
    """The global options of one call."""

    env_file: Path | None = None
    lang: Language | None = None
    log_format: str | None = None
    verbosity: int = 0
    options: Mapping[str, str] = field(default_factory=dict)

    def settings(self) -> Settings:
        """Read the settings; an option beats the environment and the file.

        The language is no such option: it says what this command shows, and never what the
        installation writes.
        """
        chosen = {"BRIDGE_LOG_FORMAT": self.log_format or ""}
        return Settings.read({**self.options, **chosen}, env_file=self.env_file)

    def prepare(self) -> None:
        """Use the language of the option, without one that of the settings, and own segments.

        What cannot be used is told by the command that needs it, not by a call for help.
        """
        lang: Language = self.lang or "en"
        with suppress(SettingError, CatalogueError):
            settings = self.settings()
            lang = self.lang or settings.lang
            use_own(settings.home)
        i18n.use_language(lang)

    def open(self, settings: Settings | None = None, stop: Stop | None = None) -> Context:
        """Return the context for a job, logging set up.

        Args:
            settings: default those that `settings()` reads.
            stop: what several jobs, one after the other, look at.

        Raises:
            SettingError: a setting cannot be understood.
        """
        settings = settings or self.settings()
        logs.set_up(self.verbosity, settings.secrets(), settings.log_format)
        # A line of progress between two lines of JSON would be none.
        quiet = self.verbosity < 0 or settings.log_format == "json"
        return Context(
            settings,
            progress=watching(quiet=quiet),
            stop=stop or Stop(),
            shown_lang=self.lang,
        )
