"""SuiteCRM's Module Loader, driven through its own screens as an administrator's browser does."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import requests

MODULE_LOADER = "index.php?module=Administration&view=module&action=UpgradeWizard"
_LISTS = {"waiting": "mti_data", "installed": "mti_installed_data"}
_WITHOUT_ZIP = "UNINSTALLABLE"
_TEXT = re.compile(r"'((?:[^'\\]|\\.)*)'")
_ROW = re.compile(r"\[\s*((?:'(?:[^'\\]|\\.)*'\s*,?\s*)+)\]")


class Refused(Exception):
    """SuiteCRM did not do what was asked of it."""


@dataclass(frozen=True)
class Package:
    """A package as the Module Loader lists it; `file` is how its forms name the zip."""

    name: str
    file: str
    version: str


@dataclass
class Form:
    """A form of a page, with the values that a browser would send."""

    action: str
    values: dict[str, str] = field(default_factory=dict)


class Page(HTMLParser):
    """The forms and the error texts of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.errors: list[str] = []
        self._in_error = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(given.get("action", "")))
        elif tag == "input" and self.forms and given.get("name"):
            self._read_input(given)
        elif "error" in given.get("class", "").split():
            self._in_error = True
            self.errors.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("p", "span", "div"):
            self._in_error = False

    def handle_data(self, data: str) -> None:
        if self._in_error:
            self.errors[-1] += data

    def form(self, action: str) -> Form:
        """Return the form that leads to an action."""
        for form in self.forms:
            if form.action.endswith(action):
                return form
        raise Refused(f"no form leads to {action}; the page says: {self.errors}")

    def _read_input(self, given: dict[str, str]) -> None:
        kind = given.get("type", "text").lower()
        chosen = kind not in ("radio", "checkbox", "button", "submit") or "checked" in given
        if chosen and kind not in ("button", "submit"):
            self.forms[-1].values[given["name"]] = given.get("value", "")


class ModuleLoader:
    """The Module Loader of one SuiteCRM, for its administrator."""

    def __init__(self, url: str, username: str, password: str, language: str = "") -> None:
        self._url = url.rstrip("/") + "/"
        self._http = requests.Session()
        self._http.headers["Referer"] = self._url
        # Minutes may pass between two requests, and a server closes what is idle.
        self._http.headers["Connection"] = "close"
        login = {"module": "Users", "action": "Authenticate"}
        given = {"user_name": username, "username_password": password}
        given |= {"login_language": language} if language else {}
        self.post("index.php", login | given)
        self._usual = set(Page(self.get(MODULE_LOADER)).errors)
        self.packages("installed")

    def packages(self, state: str) -> list[Package]:
        """Return the packages that are "waiting" or "installed"."""
        html = self.get(MODULE_LOADER)
        found = re.search(rf"var {_LISTS[state]} = \[(.*?)\] ?;", html, re.DOTALL)
        if not found:
            raise Refused("this is not the Module Loader: is the user an administrator?")
        rows = [_TEXT.findall(row) for row in _ROW.findall(found[1])]
        return [Package(row[0], row[1], _version(row)) for row in rows]

    def find(self, name: str, state: str) -> Package | None:
        """Return the package of that name."""
        return next((one for one in self.packages(state) if one.name == name), None)

    def install(self, archive: Path, name: str) -> None:
        """Upload a zip and install it."""
        waiting = {package.file for package in self.packages("waiting")}
        fields = {"run": "upload", "upgrade_zip_escaped": archive.name}
        with archive.open("rb") as content:
            files = {"upgrade_zip": (archive.name, content, "application/zip")}
            html = self.post(MODULE_LOADER, fields, files=files)
        new = [one for one in self.packages("waiting") if one.name == name]
        chosen = [one for one in new if one.file not in waiting] or new
        if not chosen:
            raise Refused(f"{archive.name} was not taken: {_words(html)}")
        self._commit(chosen[0].file, "Install", radio_license_agreement="accept")
        if self.find(name, "installed") is None:
            raise Refused(f"{archive.name} is not among the installed packages")

    def uninstall(self, package: Package, *, drop_columns: bool) -> None:
        """Uninstall a package, its columns dropped or kept."""
        if package.file == _WITHOUT_ZIP:
            raise Refused("the zip that it was installed from is gone from SuiteCRM's uploads")
        answer = "true" if drop_columns else "false"
        self._commit(package.file, "Uninstall", remove_tables=answer)

    def delete(self, package: Package) -> None:
        """Delete the zip of a package that is not installed."""
        action = "index.php?module=Administration&action=PackageManager&to_pdf=1"
        self.post(action, {"method": "remove", "file": package.file})

    def _commit(self, file: str, mode: str, **choices: str) -> None:
        html = self.post(f"{MODULE_LOADER}_prepare", {"install_file": file, "mode": mode})
        form = Page(html).form("UpgradeWizard_commit")
        done = self.post(form.action, form.values | choices)
        problems = [text.strip() for text in Page(done).errors if text not in self._usual]
        if problems:
            raise Refused(f"{mode} of the package says: {problems}")
        if "UpgradeWizard" not in done or "<form" not in done:
            raise Refused(f"{mode} of the package ended early: {_words(done)[-500:]}")

    def get(self, path: str) -> str:
        """Return the text of a page."""
        return self._read(self._http.get(urljoin(self._url, path), timeout=600))

    def load(self, path: str) -> bytes:
        """Return what a link leads to."""
        return self._http.get(urljoin(self._url, path), timeout=600).content

    def post(self, path: str, values: dict[str, str], **options: object) -> str:
        """Send a form, and return the text of the page that follows."""
        url = urljoin(self._url, path)
        return self._read(self._http.post(url, values, timeout=600, **options))

    @property
    def cookies(self) -> dict[str, str]:
        """What tells the SuiteCRM that this is the administrator's browser."""
        return dict(self._http.cookies)

    def _read(self, answer: requests.Response) -> str:
        if answer.status_code != 200:
            raise Refused(f"{answer.url} answered {answer.status_code}")
        return answer.text


def _version(row: list[str]) -> str:
    return next((value for value in row if re.fullmatch(r"\d+(\.\d+)+", value)), "")


def _words(html: str) -> str:
    text = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", html, flags=re.DOTALL)
    return " ".join(text.split())
