"""The SuiteCRM that is driven: where it lies and who drives it, from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import gettempdir

import requests

NEEDED = (
    "SUITECRM_URL",
    "SUITECRM_CLIENT_ID",
    "SUITECRM_CLIENT_SECRET",
    "SUITECRM_ADMIN",
    "SUITECRM_ADMIN_PASSWORD",
)
HIDDEN = "…"


@dataclass(frozen=True)
class Place:
    """One SuiteCRM, its administrator, and what more is known of it.

    `screens` is the address of the screens of 7, which a SuiteCRM 8 has below `/legacy`; `files` is
    the folder of those screens and `dsn` the database, both only for comparison.
    """

    url: str
    screens: str
    admin: str
    password: str = field(repr=False)
    throwaway: bool = False
    files: Path | None = None
    dsn: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)

    @property
    def has_own_screens(self) -> bool:
        """Whether it draws records and lists by itself, as SuiteCRM 8 does."""
        return self.screens != self.url

    @property
    def of_the_screens(self) -> dict[str, str]:
        """What `package_on_suitecrm` wants to be told."""
        told = {
            "SUITECRM_URL": self.screens,
            "SUITECRM_USERNAME": self.admin,
            "SUITECRM_PASSWORD": self.password,
        }
        told |= {"SUITECRM_ROOT": str(self.files)} if self.files else {}
        return told | ({"SUITECRM_DSN": self.dsn} if self.dsn else {})

    def tidy(self, said: str) -> str:
        """Return a text without what is nobody else's business: addresses, folders, secrets."""
        host = self.url.split("://")[-1].split("/")[0]
        folders = (str(self.files or ""), str(Path.home()), str(Path.cwd()), gettempdir())
        # A password that is the user's name is no secret, and a word of other sentences.
        secret = "" if self.password == self.admin else self.password
        ours = {self.screens, self.url, host, self.dsn, secret, self.secret, *folders}
        for text in sorted(filter(None, ours), key=len, reverse=True):
            said = said.replace(text, HIDDEN)
        return " ".join(said.split())


def missing(environment: Mapping[str, str]) -> list[str]:
    """Return the variables that must be set first."""
    return [name for name in NEEDED if not environment.get(name)]


def read(environment: Mapping[str, str]) -> Place:
    """Return the place that an environment names."""
    url = environment["SUITECRM_URL"].rstrip("/")
    files = environment.get("SUITECRM_ROOT")
    return Place(
        url,
        environment.get("SUITECRM_SCREENS", "").rstrip("/") or _screens(url),
        environment["SUITECRM_ADMIN"],
        environment["SUITECRM_ADMIN_PASSWORD"],
        environment.get("SUITECRM_THROWAWAY") == "yes",
        Path(files) if files else None,
        environment.get("SUITECRM_DSN", ""),
        environment["SUITECRM_CLIENT_SECRET"],
    )


def _screens(url: str) -> str:
    answer = requests.get(f"{url}/legacy/index.php", timeout=300)
    return f"{url}/legacy" if answer.status_code == 200 else url
