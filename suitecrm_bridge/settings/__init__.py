"""The only reader of the environment: one table of settings, read into frozen `Settings`.

Precedence: option, environment, settings file, default. The fields of `Settings` are that table:
each carries its name in the environment and its help in both languages.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any

from dotenv import dotenv_values

from suitecrm_bridge.catalogue import LANGUAGES, Bilingual
from suitecrm_bridge.errors import SettingError
from suitecrm_bridge.i18n import text
from suitecrm_bridge.settings.values import (
    Secret,
    address,
    one_of,
    path,
    stripped,
    tls,
    whole,
    without_login,
)

__all__ = ["PURCHASES", "SETTINGS_FILE", "Secret", "Settings", "secret_names", "table"]

PURCHASES = ("auto", "invoices", "opportunities")
SETTINGS_FILE = "config.env"


def _setting(
    name: str, parse: Callable[[str], Any], default: str, en: str, fr: str, example: str = ""
) -> Any:
    return field(
        metadata={
            "name": name,
            "parse": parse,
            "default": default,
            "help": Bilingual(en=en, fr=fr),
            "example": example,
        }
    )


@dataclass(frozen=True)
class Settings:
    """What an installation of the bridge is told. Read it with `Settings.read()`."""

    url: str = _setting(
        "SUITECRM_URL",
        address,
        "",
        "Address of SuiteCRM, as you type it in the browser.",
        "Adresse de SuiteCRM, telle que saisie dans le navigateur.",
        example="https://crm.example.com",
    )
    client_id: str = _setting(
        "SUITECRM_CLIENT_ID",
        stripped,
        "",
        "Id of the OAuth2 client (Admin › OAuth2 Clients and Tokens).",
        "Identifiant du client OAuth2 (Admin › Clients et jetons OAuth2).",
    )
    client_secret: Secret = _setting(
        "SUITECRM_CLIENT_SECRET",
        Secret,
        "",
        "Secret of the OAuth2 client.",
        "Secret du client OAuth2.",
    )
    username: str = _setting(
        "SUITECRM_USERNAME",
        stripped,
        "",
        "SuiteCRM user, only for a client of the type “password”.",
        "Utilisateur SuiteCRM, seulement pour un client de type « mot de passe ».",
    )
    password: Secret = _setting(
        "SUITECRM_PASSWORD",
        Secret,
        "",
        "Password of that user.",
        "Mot de passe de cet utilisateur.",
    )
    verify_tls: bool | str = _setting(
        "SUITECRM_VERIFY_TLS",
        tls,
        "yes",
        "Check the server's certificate: yes, no, or the path of your own CA bundle.",
        "Vérifier le certificat du serveur : yes, no, ou le chemin de votre propre autorité.",
    )
    home: Path = _setting(
        "BRIDGE_HOME",
        path,
        "~/.suitecrm-bridge",
        "Folder of the mirror and of the bridge's other files.",
        "Dossier du miroir et des autres fichiers du pont.",
    )
    lang: str = _setting(
        "BRIDGE_LANG",
        one_of(LANGUAGES),
        "en",
        "Language of messages, reports and of the reason written into SuiteCRM: en or fr.",
        "Langue des messages, des rapports et de la raison écrite dans SuiteCRM : en ou fr.",
    )
    purchases: str = _setting(
        "BRIDGE_PURCHASES",
        one_of(PURCHASES),
        "auto",
        "What counts as a purchase: invoices, opportunities (won), or auto (invoices if any).",
        "Ce qui compte comme achat : invoices, opportunities (gagnées), ou auto.",
    )
    min_buyers: int = _setting(
        "BRIDGE_MIN_BUYERS",
        whole(5, 1_000_000),
        "30",
        "Fewest customers with a purchase for a ranking; below, the segment is “Not enough data”.",
        "Nombre minimal de clients acheteurs pour un classement ; sinon « Données insuffisantes ».",
    )
    page_size: int = _setting(
        "BRIDGE_PAGE_SIZE",
        whole(1, 10_000),
        "500",
        "Records asked for in one request.",
        "Nombre de fiches demandées par requête.",
    )
    parallel: int = _setting(
        "BRIDGE_PARALLEL",
        whole(1, 32),
        "4",
        "Requests under way at once.",
        "Nombre de requêtes simultanées.",
    )
    timeout: int = _setting(
        "BRIDGE_TIMEOUT",
        whole(1, 3600),
        "120",
        "Seconds to wait for an answer.",
        "Secondes d'attente d'une réponse.",
    )
    retries: int = _setting(
        "BRIDGE_RETRIES",
        whole(0, 20),
        "5",
        "How often a request that failed in passing is tried again.",
        "Nombre de nouvelles tentatives après un échec passager.",
    )
    lag_minutes: int = _setting(
        "BRIDGE_LAG_MINUTES",
        whole(1, 10_080),
        "10",
        "Minutes by which a pull overlaps the last one.",
        "Minutes de recouvrement entre deux lectures.",
    )

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
        file = env_file or _default_file(environment)
        sources = [options or {}, environment, _file_values(file) if file else {}]
        values = {}
        for row in fields(cls):
            name = row.metadata["name"]
            found = next((s[name] for s in sources if s.get(name)), row.metadata["default"])
            try:
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


def table() -> tuple[Field[Any], ...]:
    """Return the table of settings: metadata name, default, help, example."""
    return fields(Settings)


def secret_names() -> frozenset[str]:
    """Return the names of the settings that must never be shown."""
    return frozenset(row.metadata["name"] for row in table() if row.metadata["parse"] is Secret)


def _default_file(environment: Mapping[str, str]) -> Path | None:
    home = next(row.metadata["default"] for row in table() if row.name == "home")
    folders = [Path(), path(environment.get("BRIDGE_HOME") or home)]
    return next((f / SETTINGS_FILE for f in folders if (f / SETTINGS_FILE).is_file()), None)


def _file_values(file: Path) -> dict[str, str]:
    if not file.is_file():
        raise SettingError(text("settings.no_file", path=file))
    try:
        values = dotenv_values(file, interpolate=False, encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(text("settings.unreadable_file", path=file, error=error)) from error
    known = {row.metadata["name"] for row in table()}
    for name, value in values.items():
        if value is None:
            raise SettingError(text("settings.line_without_value", path=file, name=name))
        if name.startswith(("SUITECRM_", "BRIDGE_")) and name not in known:
            raise SettingError(text("settings.unknown_name", path=file, name=name))
    return {name: value for name, value in values.items() if value is not None}
