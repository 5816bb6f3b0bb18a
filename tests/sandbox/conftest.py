from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
from werkzeug.test import Client, TestResponse

from suitecrm_bridge.sandbox import Sandbox, SandboxServer, oauth

NOON = datetime(2026, 3, 9, 12, 0, 0, tzinfo=UTC)


class Clock:
    """A clock that stands still until it is told otherwise."""

    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> datetime:
        return self.time

    def advance(self, **units: int) -> None:
        self.time += timedelta(**units)


class Crm:
    """A client with a token of a sandbox in this process."""

    def __init__(self, **options: Any) -> None:
        self.clock = Clock()
        self.sandbox = Sandbox(clock=self.clock, **options)
        self.store = self.sandbox.store
        self.client = Client(self.sandbox.app)
        self.token = self.grant().get_json()["access_token"]

    def grant(self, **changes: Any) -> TestResponse:
        given = {
            "grant_type": "client_credentials",
            "client_id": oauth.CLIENT_ID,
            "client_secret": oauth.CLIENT_SECRET,
        }
        wanted = {name: value for name, value in (given | changes).items() if value is not None}
        return self.client.post("/Api/access_token", json=wanted)

    def password_grant(self, **changes: Any) -> TestResponse:
        user = {"username": oauth.USERNAME, "password": oauth.PASSWORD}
        client = {"grant_type": "password", "client_id": oauth.PASSWORD_CLIENT_ID}
        return self.grant(**(client | user | changes))

    def send(self, method: str, path: str, json: Any = None, **options: Any) -> TestResponse:
        path, _, query = path.partition("?")
        options.setdefault("headers", {"Authorization": f"Bearer {self.token}"})
        return self.client.open(
            f"/Api/{path}",
            method=method,
            query_string=query.replace(" ", "%20"),
            json=json,
            **options,
        )

    def get(self, path: str) -> dict[str, Any]:
        response = self.send("GET", path)
        assert response.status_code == 200, response.text
        body: dict[str, Any] = response.get_json(force=True)
        return body

    def create(self, module: str, **attributes: Any) -> dict[str, Any]:
        data = {"type": module, "attributes": attributes}
        return self._written("POST", data)

    def change(self, module: str, id_: str, **attributes: Any) -> dict[str, Any]:
        return self._written("PATCH", {"type": module, "id": id_, "attributes": attributes})

    def refusal(self, method: str, path: str, json: Any = None) -> str:
        response = self.send(method, path, json)
        assert response.status_code == 400, response.text
        detail: str = response.get_json(force=True)["errors"]["detail"]
        return detail

    def last_names(self, query: str) -> list[str]:
        listed = self.get(f"V8/module/Contacts?fields[Contacts]=last_name&{query}")
        return [record["attributes"]["last_name"] for record in listed["data"]]

    def _written(self, method: str, data: dict[str, Any]) -> dict[str, Any]:
        response = self.send(method, "V8/module", {"data": data})
        assert response.status_code == 201, response.text
        record: dict[str, Any] = response.get_json(force=True)["data"]
        return record


@pytest.fixture
def crm() -> Iterator[Crm]:
    """A SuiteCRM with the package."""
    opened = Crm()
    yield opened
    opened.sandbox.close()


@pytest.fixture
def crm_with() -> Iterator[Callable[..., Crm]]:
    """Makes a SuiteCRM with other options."""
    opened: list[Crm] = []

    def make(**options: Any) -> Crm:
        opened.append(Crm(**options))
        return opened[-1]

    yield make
    for one in opened:
        one.sandbox.close()


@pytest.fixture
def people(crm: Crm) -> Crm:
    """A SuiteCRM with five contacts, in id order Adams to Ebner."""
    names = ["Adams", "Baker", "Clark", "dupont", "Ebner"]
    crm.store.load(
        "Contacts",
        [
            {
                "id": uuid(place),
                "last_name": name,
                "first_name": "Zoé" if place % 2 else "Ann",
                "email1": f"{name}@example.test",
                "date_modified": f"2026-01-0{place} 10:00:{place}0",
            }
            for place, name in enumerate(names, start=1)
        ],
    )
    return crm


def uuid(number: int) -> str:
    return f"0000000{number}-0000-4000-8000-000000000000"


@pytest.fixture
def server(crm: Crm) -> Iterator[SandboxServer]:
    with crm.sandbox.serve() as running:
        yield running


@pytest.fixture
def session(server: SandboxServer) -> Iterator[requests.Session]:
    """A client over HTTP that has a token."""
    given = {"grant_type": "client_credentials", "client_id": server.client_id}
    given["client_secret"] = server.client_secret
    with requests.Session() as opened:
        token = opened.post(f"{server.url}/Api/access_token", json=given, timeout=10).json()
        opened.headers["Authorization"] = f"Bearer {token['access_token']}"
        yield opened
