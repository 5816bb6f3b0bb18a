"""Secrets that lie elsewhere than in a setting: in a file of their own, or in the system's keyring.

`SUITECRM_PASSWORD_FILE=/run/secrets/crm` and `SUITECRM_PASSWORD_KEYRING=suitecrm/ada` say where.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from suitecrm_bridge.errors import SettingError
from suitecrm_bridge.i18n import text
from suitecrm_bridge.settings.parsing import path

IN_FILE, IN_KEYRING = "_FILE", "_KEYRING"
LARGEST = 64 * 1024
"""Bytes of a file with a secret; a larger one was named by mistake."""


def found(name: str, source: Mapping[str, str]) -> str | None:
    """Return what a source says of a secret setting, wherever it leads; None where nothing.

    Raises:
        SettingError: it cannot be had, or the source says two things.
    """
    places: dict[str, Callable[[str, str], str]] = {
        name: lambda _, value: value,
        f"{name}{IN_FILE}": _in_file,
        f"{name}{IN_KEYRING}": _in_keyring,
    }
    said = [place for place in places if source.get(place)]
    if not said:
        return None
    if len(said) > 1:
        raise SettingError(text("settings.said_twice", names=", ".join(said)))
    (place,) = said
    return places[place](place, source[place])


def names(secrets: frozenset[str]) -> set[str]:
    """Return the names by which a settings file may say where secrets lie."""
    return {f"{name}{ending}" for name in secrets for ending in (IN_FILE, IN_KEYRING)}


def lies_elsewhere(name: str, source: Mapping[str, str]) -> bool:
    """Return whether a source says where a secret lies, in place of what it is."""
    return any(source.get(f"{name}{ending}") for ending in (IN_FILE, IN_KEYRING))


def _in_file(name: str, value: str) -> str:
    try:
        file: Path = path(value)
        with file.open("rb") as opened:
            content = opened.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise ValueError(text("settings.secret_too_large"))
        # A line end belongs to the file, other spaces may belong to the secret.
        return content.decode("utf-8-sig").rstrip("\r\n")
    except (OSError, ValueError) as error:
        # Of what cannot be decoded the error would show a part.
        why = text("settings.not_utf8") if isinstance(error, UnicodeDecodeError) else error
        raise SettingError(text("settings.no_secret", name=name, place=value, error=why)) from None


def _in_keyring(name: str, value: str) -> str:
    service, _, user = value.rpartition("/")
    if not (service and user):
        raise SettingError(text("settings.keyring_form", name=name))
    try:
        import keyring
    except ImportError as error:
        raise SettingError(text("settings.no_keyring", name=name)) from error
    try:
        secret: str | None = keyring.get_password(service, user)
    except keyring.errors.KeyringError as error:
        said = text("settings.no_secret", name=name, place=value, error=error)
        raise SettingError(said) from None
    if secret is None:
        raise SettingError(text("settings.not_in_keyring", name=name, place=value))
    return secret
