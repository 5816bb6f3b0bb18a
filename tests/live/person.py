"""A person who edits contacts in SuiteCRM: in the forms of its screens, and by its API."""

from __future__ import annotations

import time
from html.parser import HTMLParser
from typing import Protocol
from urllib.parse import urljoin

import requests

from suitecrm_bridge.crm import SuiteCRM

MODULE = "Contacts"
LIMIT = 300
"""Seconds that an answer may take before it counts as none."""


class Lost(Exception):
    """An edit was not saved, or is not there any more."""


class Hand(Protocol):
    """One way to save a field of a contact."""

    def edit(self, id: str, field: str, value: str) -> float:
        """Save a field, and return the seconds that the saving took."""
        ...


class EditForm(HTMLParser):
    """The fields of a page's edit form, with the values that a browser would send.

    Email addresses are left out: a browser's script adds them, and only if somebody touches them.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._inside = False
        self._open = ""
        self._text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            self._inside = given.get("id") == "EditView"
        elif not self._inside:
            return
        elif tag == "input" and name and "mail" not in name.lower():
            kind = given.get("type", "text").lower()
            if kind not in ("button", "submit", "file") and (
                kind not in ("radio", "checkbox") or "checked" in given
            ):
                self.values[name] = given.get("value", "")
        elif tag in ("select", "textarea") and name:
            self._open, self._text = name, ""
        elif tag == "option" and self._open and "selected" in given:
            self.values[self._open] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._open:
            # The first line break of a text field is not part of its value.
            self.values[self._open] = self._text.removeprefix("\r").removeprefix("\n")
        if tag in ("select", "textarea"):
            self._open = ""
        elif tag == "form":
            self._inside = False

    def handle_data(self, data: str) -> None:
        self._text += data


class Screens:
    """The edit form of SuiteCRM's own screens, in one session of a browser."""

    def __init__(self, url: str, username: str, password: str) -> None:
        self._url = url.rstrip("/") + "/"
        self._http = requests.Session()
        self._http.headers["Referer"] = self._url
        login = {"module": "Users", "action": "Authenticate"}
        given = {"user_name": username, "username_password": password}
        self._http.post(urljoin(self._url, "index.php"), login | given, timeout=LIMIT)

    def open(self, id: str) -> dict[str, str]:
        """Open a contact's form and return its values.

        Raises:
            Lost: there is no form.
        """
        query = {"module": MODULE, "action": "EditView", "record": id}
        answer = self._http.get(urljoin(self._url, "index.php"), params=query, timeout=LIMIT)
        values = EditForm(answer.text).values
        if values.get("record") != id:
            raise Lost(f"no form of {id}: is the user allowed to log in? {answer.url}")
        return values

    def save(self, values: dict[str, str]) -> float:
        """Send a form, and return the seconds that it took.

        Raises:
            Lost: SuiteCRM does not go on to the record, as it does not when it sees a conflict.
        """
        url = urljoin(self._url, "index.php")
        content = values | {"action": "Save"}
        began = time.perf_counter()
        answer = self._http.post(url, content, timeout=LIMIT, allow_redirects=False)
        took = time.perf_counter() - began
        goal = answer.headers.get("Location", "")
        if answer.status_code not in (301, 302) or "OptimisticLock" in goal:
            raise Lost(
                f"the form of {values['record']}: {answer.status_code} to {goal or 'a page'}"
            )
        return took

    def edit(self, id: str, field: str, value: str) -> float:
        """Open the form, change a field, save."""
        return self.save(self.open(id) | {field: value})


class Interface:
    """SuiteCRM's stock API, as another program uses it."""

    def __init__(self, crm: SuiteCRM) -> None:
        self._crm = crm

    def edit(self, id: str, field: str, value: str) -> float:
        """Change a field by a PATCH."""
        began = time.perf_counter()
        self._crm.module(MODULE).update(id, {field: value})
        return time.perf_counter() - began
