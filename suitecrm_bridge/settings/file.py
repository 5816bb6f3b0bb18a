"""The settings file: where it lies, what it says, and how an answer gets into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

from dotenv import dotenv_values, set_key

from suitecrm_bridge.errors import SettingError
from suitecrm_bridge.i18n import text
from suitecrm_bridge.settings.table import Table
from suitecrm_bridge.settings.values import path

SETTINGS_FILE = "config.env"
_FOR_ITS_OWNER = 0o600


def found_file(environment: Mapping[str, str]) -> Path | None:
    """Return the settings file that is read when none is named, None where there is none."""
    files = [Path(SETTINGS_FILE), home_file(environment)]
    return next((file for file in files if file.is_file()), None)


def home_file(environment: Mapping[str, str]) -> Path:
    """Return where the settings file lies that is found from every working directory."""
    home = next(row.metadata["default"] for row in fields(Table) if row.name == "home")
    return path(environment.get("BRIDGE_HOME") or home) / SETTINGS_FILE


def file_values(file: Path) -> dict[str, str]:
    """Return what a settings file says, by setting name.

    Raises:
        SettingError: it cannot be read, a line has no value, or a name is unknown.
    """
    if not file.is_file():
        raise SettingError(text("settings.no_file", path=file))
    try:
        values = dotenv_values(file, interpolate=False, encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(text("settings.unreadable_file", path=file, error=error)) from error
    known = {row.metadata["name"] for row in fields(Table)}
    for name, value in values.items():
        if value is None:
            raise SettingError(text("settings.line_without_value", path=file, name=name))
        if name.startswith(("SUITECRM_", "BRIDGE_")) and name not in known:
            raise SettingError(text("settings.unknown_name", path=file, name=name))
    return {name: value for name, value in values.items() if value is not None}


def write_file(file: Path, values: Mapping[str, str]) -> None:
    """Put values into a settings file, at once or not at all; its other lines stay.

    Nobody but its owner may read it afterwards; on Windows, nobody to whom its folder is closed.

    Args:
        file: made with its folder where it is not there.
        values: text by setting name.

    Raises:
        SettingError: it cannot be written; it stands as it stood.
    """
    draft = file.with_name(f"{file.name}.draft")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft.unlink(missing_ok=True)
        draft.touch(_FOR_ITS_OWNER)
        if file.is_file():
            draft.write_bytes(file.read_bytes())
        for name, value in values.items():
            set_key(draft, name, value)
        draft.replace(file)
    except OSError as error:
        raise SettingError(text("settings.unwritable_file", path=file, error=error)) from error
    finally:
        draft.unlink(missing_ok=True)
