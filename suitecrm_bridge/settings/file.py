"""The settings file: where it lies, what it says, and how an answer gets into it."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

from suitecrm_bridge.errors import SettingError
from suitecrm_bridge.files import write_whole
from suitecrm_bridge.i18n import text
from suitecrm_bridge.settings import elsewhere, renamed
from suitecrm_bridge.settings.lines import line_of, lines
from suitecrm_bridge.settings.parsing import Secret, path
from suitecrm_bridge.settings.table import Table

SETTINGS_FILE = "config.env"


def found_file(environment: Mapping[str, str]) -> Path | None:
    """Return the settings file that is read when none is named, None where there is none."""
    files = [Path(SETTINGS_FILE), home_file(environment)]
    return next((file for file in files if file.is_file()), None)


def home_file(environment: Mapping[str, str]) -> Path:
    """Return where the settings file lies that is found from every working directory."""
    home = next(row.metadata["default"] for row in fields(Table) if row.name == "home")
    chosen = environment.get("BRIDGE_HOME") or home
    try:
        return path(chosen) / SETTINGS_FILE
    except ValueError as error:
        raise SettingError(f"BRIDGE_HOME ({chosen!r}): {error}") from None


def file_values(file: Path) -> dict[str, str]:
    """Return what a settings file says, by setting name.

    Raises:
        SettingError: it cannot be read, a line has no value or one that may mean two things, or
            a name is unknown.
    """
    if not file.is_file():
        raise SettingError(text("settings.no_file", path=file))
    known = {row.metadata["name"] for row in fields(Table)}
    secret = {row.metadata["name"] for row in fields(Table) if row.metadata["parse"] is Secret}
    known |= elsewhere.names(frozenset(secret)) | renamed.names().keys()
    values = {}
    for line in lines(_content(file)):
        if not line.name:
            continue
        if line.value is None:
            raise SettingError(text("settings.line_without_value", path=file, name=line.name))
        ours = line.name.startswith(("SUITECRM_", "BRIDGE_"))
        if ours and line.name not in known:
            raise SettingError(text("settings.unknown_name", path=file, name=line.name))
        if ours and line.fault:
            raise SettingError(text(line.fault, path=file, name=line.name))
        values[line.name] = line.value
    return values


def write_file(file: Path, values: Mapping[str, str]) -> None:
    """Put values into a settings file, at once or not at all; its other lines stay.

    Only its owner may read it afterwards; on Windows, only who may read its folder.

    Args:
        file: made with its folder where it is not there.
        values: text by setting name.

    Raises:
        SettingError: it cannot be written, or a value would not be read back as it is; the file
            is unchanged.
    """
    wanted = {name: _line_of(file, name, value) for name, value in values.items()}
    try:
        content = _content(file) if file.is_file() else ""
        kept = [
            line.text if line.name not in values else wanted.pop(line.name, None)
            for line in lines(content.rstrip("\r\n"))
            if content
        ]
        rows = [row for row in (*kept, *wanted.values()) if row is not None]
        end = "\r\n" if "\r\n" in content else "\n"
        write_whole(file, "".join(f"{row}{end}" for row in rows), private=True)
    except OSError as error:
        raise SettingError(text("settings.unwritable_file", path=file, error=error)) from error


def _content(file: Path) -> str:
    try:
        content = file.read_bytes()
        # PowerShell writes UTF-16 where nothing else is asked of it.
        wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        return content.decode("utf-16" if wide else "utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(text("settings.unreadable_file", path=file, error=error)) from error


def _line_of(file: Path, name: str, value: str) -> str:
    line = line_of(name, value)
    if line is None:
        raise SettingError(text("settings.unwritable_value", path=file, name=name))
    return line
