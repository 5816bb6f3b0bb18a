"""What the global options become: a context for the command, set up once."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from suitecrm_bridge import i18n, logs
from suitecrm_bridge.catalogue import Catalogue, Language
from suitecrm_bridge.catalogue.loader import use_when_asked
from suitecrm_bridge.cli.progress import watching
from suitecrm_bridge.errors import CatalogueError, SettingError
from suitecrm_bridge.settings import Settings

logger = logging.getLogger(__name__)

# Client and mirror are imported when a command opens them, not when it says how it is used.
if TYPE_CHECKING:
    from suitecrm_bridge.jobs.context import Context
    from suitecrm_bridge.jobs.stop import Stop


@dataclass(frozen=True)
class App:
    """The global options of one call."""

    env_file: Path | None = None
    lang: Language | None = None
    log_format: str | None = None
    verbosity: int = 0
    options: Mapping[str, str] = field(default_factory=dict)
    pseudonyms: bool = False

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
        with suppress(SettingError):
            settings = self.settings()
            lang = self.lang or settings.lang
            use_when_asked(partial(_own, settings.home))
        i18n.use_language(lang)

    def words(self) -> list[str]:
        """Return the global options as they would be typed, for a process of its own."""
        words = ["-q"] if self.verbosity < 0 else ["-v"] * self.verbosity
        for name, value in (
            ("--env-file", self.env_file and str(self.env_file)),
            ("--lang", self.lang),
            ("--log-format", self.log_format),
        ):
            words += [name, value] if value else []
        return words

    def log(self, settings: Settings | None = None) -> Settings:
        """Set logging up, and return the settings by which that was done."""
        read = settings or self.settings()
        logs.set_up(self.verbosity, read.secrets(), read.log_format)
        # Settings that are given need no file, and may be what one is made of.
        for old, new in ({} if settings else Settings.old_names(self.env_file)).items():
            logger.warning("%s", i18n.text("settings.renamed", old=old, new=new))
        return read

    def open(self, settings: Settings | None = None, stop: Stop | None = None) -> Context:
        """Return the context for a job, logging set up.

        Args:
            settings: default those that `settings()` reads.
            stop: what several jobs, one after the other, look at.

        Raises:
            SettingError: a setting cannot be understood.
        """
        from suitecrm_bridge.jobs.context import Context
        from suitecrm_bridge.jobs.stop import Stop

        settings = self.log(settings)
        # A line of progress between two lines of JSON would be none.
        quiet = self.verbosity < 0 or settings.log_format == "json"
        return Context(
            settings,
            progress=watching(quiet=quiet),
            stop=stop or Stop(),
            shown_lang=self.lang,
            pseudonyms=self.pseudonyms,
        )


def _own(home: Path) -> Catalogue:
    """Return the catalogue of an installation, the shipped one where its own cannot be used."""
    from suitecrm_bridge.catalogue import own_catalogue, shipped

    with suppress(CatalogueError):
        return own_catalogue(home)
    return shipped()
