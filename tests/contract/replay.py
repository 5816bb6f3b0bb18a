"""Replays recorded exchanges against a sandbox that holds what the recorded server held."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from werkzeug.test import Client

from suitecrm_bridge.sandbox import Sandbox, oauth, records

Json = dict[str, Any]

CREDENTIALS = {
    "bridge-client": oauth.CLIENT_ID,
    "bridge-pw": oauth.PASSWORD_CLIENT_ID,
    "s3cret": oauth.CLIENT_SECRET,
    "Admin123!": oauth.PASSWORD,
    '"admin"': f'"{oauth.USERNAME}"',
}
INSTALLED = datetime(2026, 11, 21, 18, 50, 12, tzinfo=UTC)
FIRST_PART = datetime(2026, 11, 21, 19, 8, 30, tzinfo=UTC)
SECOND_PART = datetime(2026, 11, 21, 19, 44, 58, tzinfo=UTC)
SECOND_PART_STARTS = "list without page size"
# How many demo contacts there were, how many with such a last name, how many with such an id.
CONTACTS, LAST_NAMES, HIGH_IDS = 200, {"T": 14, "A": 9, "Sh": 5}, 102
OTHERS = 50
DEAL_COLUMNS = (
    "name",
    "amount",
    "amount_usdollar",
    "currency_id",
    "date_closed",
    "sales_stage",
    "probability",
    "lead_source",
    "assigned_user_id",
    "account_id",
)


class Replay:
    """One pass through the recording."""

    def __init__(self, exchanges: list[Json], monkeypatch: pytest.MonkeyPatch) -> None:
        self._exchanges = exchanges
        self._now = INSTALLED
        self._refresh_token = ""
        ids = iter([UUID(id_) for id_ in _created(exchanges)])
        monkeypatch.setattr(records, "uuid4", lambda: next(ids))
        sandbox = Sandbox(package=False, clock=lambda: self._now)
        _fill(sandbox, exchanges)
        self._now = FIRST_PART
        self._client = Client(sandbox.app)
        self._token = self._grant()

    def answers(self) -> Iterator[tuple[Json, Json]]:
        """Send every request and return its exchange with the sandbox's response."""
        for exchange in self._exchanges:
            if exchange["name"] == SECOND_PART_STARTS:
                self._now = SECOND_PART
                self._token = self._grant()
            yield exchange, self._send(exchange["request"])

    def _grant(self) -> str:
        given = {"grant_type": "client_credentials", "client_id": oauth.CLIENT_ID}
        given["client_secret"] = oauth.CLIENT_SECRET
        answer = self._client.post("/Api/access_token", json=given).get_json()
        return str(answer["access_token"])

    def _send(self, request: Json) -> Json:
        path, _, query = request["path"].partition("?")
        body, authorization = request["body"], request["authorization"]
        response = self._client.open(
            path,
            method=request["method"],
            query_string=query.replace(" ", "%20"),
            headers={"Authorization": authorization.replace("<token>", self._token)}
            if authorization
            else {},
            data=None if body is None else self._ours(body),
            content_type=request["content_type"],
        )
        return {
            "status": response.status_code,
            "content_type": response.content_type,
            "body": self._theirs(response.text),
        }

    def _ours(self, body: Any) -> str:
        text = body if isinstance(body, str) else json.dumps(body)
        for theirs, ours in CREDENTIALS.items():
            text = text.replace(theirs, ours)
        return text.replace("<refresh-token>", self._refresh_token)

    def _theirs(self, text: str) -> Any:
        for theirs, ours in CREDENTIALS.items():
            text = text.replace(ours, theirs)
        try:
            body = json.loads(text)
        except ValueError:
            return text
        if "access_token" in body:
            first = not self._refresh_token
            self._refresh_token = body.get("refresh_token", "") if first else self._refresh_token
            masked = {"access_token": "<jwt>", "refresh_token": "<refresh-token>"}
            body |= {name: mask for name, mask in masked.items() if name in body}
        return body


def _created(exchanges: list[Json]) -> list[str]:
    """Return the ids that the server gave to new records."""
    return [
        exchange["response"]["body"]["data"]["id"]
        for exchange in exchanges
        if exchange["request"]["path"] == "/Api/V8/module"
        and exchange["request"]["method"] == "POST"
        and exchange["response"]["status"] == 201
        and "id" not in exchange["request"]["body"]["data"]
    ]


def _seen(exchanges: list[Json], type_: str) -> dict[str, Json]:
    """Return what the recording shows of the demo records of one type, by id."""
    rows: dict[str, Json] = {}
    for exchange in exchanges:
        body = exchange["response"]["body"]
        data = body.get("data") if isinstance(body, dict) else None
        for record in data if isinstance(data, list) else []:
            if record["type"] == type_ and not record["id"].startswith("0000000c"):
                rows.setdefault(record["id"], {}).update(record["attributes"])
    for id_ in _created(exchanges):
        rows.pop(id_, None)
    return rows


def _fill(sandbox: Sandbox, exchanges: list[Json]) -> None:
    store = sandbox.store
    store.load("Contacts", _contacts(_seen(exchanges, "Contact")))
    ((id_, deal),) = _seen(exchanges, "Opportunity").items()
    first, last = deal["assigned_user_name"].split()
    user = {"id": deal["assigned_user_id"], "first_name": first, "last_name": last}
    store.load("Users", [user])
    store.load("Accounts", [{"id": deal["account_id"], "name": deal["account_name"]}])
    empty = {"jjwg_maps_lat_c": None, "jjwg_maps_lng_c": None}
    shown = {name: deal[name] for name in DEAL_COLUMNS}
    store.load("Opportunities", [shown | empty | {"id": id_}])
    store.load("Opportunities", [{"id": _id("f", i), "name": "Deal"} for i in range(OTHERS - 1)])
    cases = [{"id": _id("f", i), "name": "Case", "case_number": i + 1} for i in range(OTHERS)]
    store.load("Cases", cases)


def _contacts(seen: dict[str, Json]) -> list[Json]:
    """Return the demo contacts: those that the recording shows, and others like them."""
    names = ("last_name", "first_name", "email1", "account_id")
    rows = [
        {"id": id_} | {name: row[name] for name in names if name in row}
        for id_, row in seen.items()
    ]
    wanted = []
    for start, number in LAST_NAMES.items():
        shown = sum(row.get("last_name", "").startswith(start) for row in rows)
        wanted += [f"{start}w"] * (number - shown)
    wanted += ["Other"] * (CONTACTS - len(rows) - len(wanted))
    high = HIGH_IDS - sum(row["id"] > "8" for row in rows)
    for number, last_name in enumerate(wanted):
        rows.append({"id": _id("f" if number < high else "7", number), "last_name": last_name})
    return [{"first_name": "Demo", "email1": "someone@example.net"} | row for row in rows]


def _id(start: str, number: int) -> str:
    return f"{start}{number:07x}-0000-4000-8000-000000000000"
