"""SuiteCRM's Module Loader, driven through its own screens as an administrator's browser does.

No API installs a package. The password is used for these requests, and kept nowhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import requests

from suitecrm_bridge.errors import AuthenticationError, CrmUnreachable, RequestRefused
from suitecrm_bridge.i18n import text

MODULE_LOADER = "index.php?module=Administration&view=module&action=UpgradeWizard"
_LISTS = {"waiting": "mti_data", "installed": "mti_installed_data"}
_WITHOUT_ZIP = "UNINSTALLABLE"
_TEXT = re.compile(r"'((?:[^'\\]|\\.)*)'")
_ROW = re.compile(r"\[\s*((?:'(?:[^'\\]|\\.)*'\s*,?\s*)+)\]")
_PATIENCE = 600
"""Seconds: installing rebuilds much of SuiteCRM."""
_FOLDERS = ("", "/legacy", "/public/legacy")
"""Where the screens of SuiteCRM 7 are; those of 8 keep them in a folder of their own."""


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
        """Note a form, what it would send, and where an error's text begins."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(given.get("action", "")))
        elif tag == "input" and self.forms and given.get("name"):
            self._read_input(given)
        elif "error" in given.get("class", "").split():
            self._in_error = True
            self.errors.append("")

    def handle_endtag(self, tag: str) -> None:
        """Note where an error's text ends."""
        if tag in ("p", "span", "div"):
            self._in_error = False

    def handle_data(self, data: str) -> None:
        """Keep an error's text."""
        if self._in_error:
            self.errors[-1] += data

    def form(self, action: str) -> Form:
        """Return the form that leads to an action."""
        for form in self.forms:
            if form.action.endswith(action):
                return form
        raise _refused(f"{action}: {'; '.join(filter(None, map(str.strip, self.errors)))}")

    def _read_input(self, given: dict[str, str]) -> None:
        kind = given.get("type", "text").lower()
        chosen = kind not in ("radio", "checkbox", "button", "submit") or "checked" in given
        if chosen and kind not in ("button", "submit"):
            self.forms[-1].values[given["name"]] = given.get("value", "")


class ModuleLoader:
    """The Module Loader of one SuiteCRM, for its administrator.

    Args:
        url: address of the screens of SuiteCRM 7, or of those that an 8 keeps.
        username: the administrator.
        password: theirs.
        language: of the screens; default, SuiteCRM's.
        verify_tls: whether to check the certificate, or the path of a CA bundle.

    Raises:
        AuthenticationError: this is not the Module Loader, or not for this user.
        CrmUnreachable: nobody answers.
    """

    def __init__(
        self,
        url: str,
        username: str,
        password: str,
        language: str = "",
        *,
        verify_tls: bool | str = True,
    ) -> None:
        self._url = url.rstrip("/") + "/"
        self._http = _OwnHost()
        self._http.verify = verify_tls
        # Without one of its own, requests would send what a .netrc says.
        self._http.auth = lambda request: request
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
            raise AuthenticationError(text("crm.loader_login", url=self._url))
        rows = [_TEXT.findall(row) for row in _ROW.findall(found[1])]
        return [Package(row[0], row[1], _version(row)) for row in rows]

    def find(self, name: str, state: str) -> Package | None:
        """Return the package of that name."""
        return next((one for one in self.packages(state) if one.name == name), None)

    def install(self, archive: Path, name: str) -> None:
        """Upload a zip and install it.

        Raises:
            RequestRefused: SuiteCRM did not take or not install it; the message says what it says.
        """
        waiting = {package.file for package in self.packages("waiting")}
        fields = {"run": "upload", "upgrade_zip_escaped": archive.name}
        with archive.open("rb") as content:
            files = {"upgrade_zip": (archive.name, content, "application/zip")}
            html = self.post(MODULE_LOADER, fields, files=files)
        new = [one for one in self.packages("waiting") if one.name == name]
        chosen = [one for one in new if one.file not in waiting] or new
        if not chosen:
            raise _refused(_words(html)[-500:])
        self._commit(chosen[0].file, "Install", radio_license_agreement="accept")
        if self.find(name, "installed") is None:
            raise _refused(archive.name)

    def uninstall(self, package: Package, *, drop_columns: bool) -> None:
        """Uninstall a package, its columns dropped or kept."""
        if package.file == _WITHOUT_ZIP:
            raise _refused("the zip that it was installed from is gone from SuiteCRM's uploads")
        answer = "true" if drop_columns else "false"
        self._commit(package.file, "Uninstall", remove_tables=answer)

    def _commit(self, file: str, mode: str, **choices: str) -> None:
        html = self.post(f"{MODULE_LOADER}_prepare", {"install_file": file, "mode": mode})
        form = Page(html).form("UpgradeWizard_commit")
        done = self.post(form.action, form.values | choices)
        problems = [said.strip() for said in Page(done).errors if said not in self._usual]
        if problems:
            raise _refused(f"{mode}: {'; '.join(problems)}")
        if "UpgradeWizard" not in done or "<form" not in done:
            raise _refused(f"{mode} ended early: {_words(done)[-500:]}")

    def get(self, path: str) -> str:
        """Return the text of a page."""
        return self._read("GET", path)

    def post(self, path: str, values: dict[str, str], **options: object) -> str:
        """Send a form, and return the text of the page that follows."""
        return self._read("POST", path, data=values, **options)

    def _read(self, method: str, path: str, **options: object) -> str:
        url = urljoin(self._url, path)
        try:
            answer = self._http.request(method, url, timeout=_PATIENCE, **options)  # type: ignore[arg-type]
        except (requests.RequestException, OSError) as error:
            reason = type(error).__name__
            failure = CrmUnreachable(text("crm.loader_unreachable", url=self._url, reason=reason))
        else:
            if answer.status_code == 200:
                return answer.text
            failure = CrmUnreachable(
                text("crm.loader_unreachable", url=self._url, reason=answer.status_code)
            )
        # Out of the except block: the library's error refers to the request, password included.
        raise failure


def open_loader(
    address: str, username: str, password: str, *, verify_tls: bool | str = True
) -> ModuleLoader:
    """Return the Module Loader of a SuiteCRM 7 or 8, wherever below its address it is.

    Raises:
        AuthenticationError: this is not the Module Loader, or not for this user.
        CrmUnreachable: nobody answers.
    """
    failures: list[AuthenticationError | CrmUnreachable] = []
    for folder in _FOLDERS:
        try:
            url = address.rstrip("/") + folder
            return ModuleLoader(url, username, password, verify_tls=verify_tls)
        except (AuthenticationError, CrmUnreachable) as error:
            failures.append(error)
    logins = [failure for failure in failures if isinstance(failure, AuthenticationError)]
    raise (logins or failures)[0]


class _OwnHost(requests.Session):
    """A session that a redirect cannot send elsewhere with what it knows."""

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """Return where an answer leads to, where that is the same place."""
        target = super().get_redirect_target(resp)
        if target is None:
            return None
        here, there = urlsplit(str(resp.url)), urlsplit(urljoin(str(resp.url), target))
        same = (here.scheme, here.netloc) == (there.scheme, there.netloc)
        return target if same else None


def _refused(said: str) -> RequestRefused:
    return RequestRefused(text("crm.loader_refused", said=said))


def _version(row: list[str]) -> str:
    return next((value for value in row if re.fullmatch(r"\d+(\.\d+)+", value)), "")


def _words(html: str) -> str:
    plain = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", html, flags=re.DOTALL)
    return " ".join(plain.split())
