"""The only reader of the environment: one table of settings, read into frozen `Settings`.

Precedence: option, environment, settings file, default. The table is in table.py:
each row carries its name in the environment and its help in both languages.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import Field, dataclass, fields
from pathlib import Path
from typing import Any

from suitecrm_bridge.errors import SettingError
from suitecrm_bridge.i18n import text
from suitecrm_bridge.settings import elsewhere, renamed
from suitecrm_bridge.settings.file import (
    SETTINGS_FILE,
    file_values,
    found_file,
    home_file,
    write_file,
)
from suitecrm_bridge.settings.hours import Holidays, Hours
from suitecrm_bridge.settings.parsing import (
    Schedule,
    Secret,
    is_in_clear,
    is_loopback,
    is_one_line,
    telling_parts,
    without_login,
)
from suitecrm_bridge.settings.table import LOG_FORMATS, PURCHASES, Table

__all__ = [
    "LOG_FORMATS",
    "PURCHASES",
    "SETTINGS_FILE",
    "Holidays",
    "Hours",
    "Schedule",
    "Secret",
    "Settings",
    "default_file",
    "environment_of_others",
    "file_values",
    "is_in_clear",
    "is_loopback",
    "own_file",
    "said_by_the_system",
    "secret_names",
    "table",
    "without_login",
    "write_file",
]


@dataclass(frozen=True)
class Settings(Table):
    """What an installation of the bridge is told. Read it with `Settings.read()`."""

    @classmethod
    def read(
        cls,
        options: Mapping[str, str] | None = None,
        environment: Mapping[str, str] | None = None,
        env_file: Path | None = None,
    ) -> Settings:
        """Read the settings.

        Args:
            options: values given on the command line, by setting name.
            environment: default the process environment.
            env_file: settings file; default `config.env` in the working directory, else in
                the bridge's home folder, where there is one.

        Raises:
            SettingError: a value cannot be understood, or a name is unknown.
        """
        environment = os.environ if environment is None else environment
        file = env_file or found_file(environment)
        return cls._of(options or {}, environment, file_values(file) if file else {})

    @classmethod
    def with_file(cls, values: Mapping[str, str]) -> Settings:
        """Return what will hold once the settings file says `values`.

        Raises:
            SettingError: a value cannot be understood.
        """
        return cls._of(os.environ, values)

    @classmethod
    def old_names(cls, env_file: Path | None = None) -> dict[str, str]:
        """Return the settings that are said by an old name, with their names of today.

        Raises:
            SettingError: the settings file cannot be used.
        """
        file = env_file or found_file(os.environ)
        said = {*os.environ, *(file_values(file) if file else ())}
        return {old: new for old, new in renamed.names().items() if old in said}

    @classmethod
    def _of(cls, *given: Mapping[str, str]) -> Settings:
        values, sources = {}, [renamed.translated(source) for source in given]
        for row in fields(cls):
            name = row.metadata["name"]
            found = _said(name, sources) or row.metadata["default"]
            try:
                if not is_one_line(found):
                    raise ValueError(text("settings.not_one_line"))
                values[row.name] = row.metadata["parse"](found)
            except ValueError as error:
                shown = "" if name in secret_names() else f" ({without_login(found)!r})"
                raise SettingError(f"{name}{shown}: {error}") from None
        return cls(**values)

    def shown(self) -> dict[str, str]:
        """Return every setting by its name, secrets masked."""
        values = {row.metadata["name"]: getattr(self, row.name) for row in fields(self)}
        words = {True: "yes", False: "no"}
        return {k: words[v] if isinstance(v, bool) else str(v) for k, v in values.items()}

    def secrets(self) -> frozenset[str]:
        """Return every text that must not be shown, parts of secret addresses included."""
        values = (getattr(self, row.name) for row in fields(self))
        return frozenset().union(*(telling_parts(v) for v in values if isinstance(v, Secret)))

    def require_crm(self) -> None:
        """Raise SettingError unless everything needed to reach SuiteCRM is there."""
        needed = ["url", "client_id", "client_secret"]
        if self.username or self.password:
            needed += ["username", "password"]
        rows = {row.name: row.metadata["name"] for row in fields(self)}
        missing = [rows[name] for name in needed if not getattr(self, name)]
        if missing:
            raise SettingError(
                text("settings.missing", names=", ".join(missing), file=SETTINGS_FILE)
            )
        if self.in_clear and not self.allow_http:
            raise SettingError(text("settings.in_clear", url=self.url))

    def require_home(self) -> None:
        """Raise SettingError where no mirror can lie in the home folder on this system."""
        # DuckDB takes a backslash for a slash everywhere.
        if os.sep == "/" and "\\" in str(self.home.absolute()):
            raise SettingError(text("settings.home_of_windows", home=self.home))

    @property
    def is_local(self) -> bool:
        """Whether SuiteCRM is on this machine, so that what is sent leaves it nowhere."""
        return is_loopback(self.url)

    @property
    def in_clear(self) -> bool:
        """Whether what is sent to SuiteCRM can be read on its way."""
        return is_in_clear(self.url)


def table() -> tuple[Field[Any], ...]:
    """Return the table of settings: metadata name, default, help, example."""
    return fields(Settings)


def _said(name: str, sources: Sequence[Mapping[str, str]]) -> str | None:
    """Return what the first source says that says anything."""
    for source in sources:
        secret = name in secret_names()
        if said := elsewhere.found(name, source) if secret else source.get(name):
            return said
    return None


def secret_names() -> frozenset[str]:
    """Return the names of the settings that must never be shown."""
    return frozenset(row.metadata["name"] for row in table() if row.metadata["parse"] is Secret)


def environment_of_others() -> dict[str, str]:
    """Return the process environment without any setting of the bridge."""
    ours = ("SUITECRM_", "BRIDGE_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def said_by_the_system(name: str) -> str:
    """Return what the environment says of the machine or who uses it, which is no setting."""
    return os.environ.get(name, "")


def default_file() -> Path | None:
    """Return the settings file that is read when none is named, None where there is none."""
    return found_file(os.environ)


def own_file() -> Path:
    """Return the settings file that is read when none is named, or where to make one."""
    return default_file() or home_file(os.environ)
