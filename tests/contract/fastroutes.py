"""A SuiteCRM with the package, seen through its fast routes and its stock API."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Any

import requests

from suitecrm_bridge.crm import SuiteCRM

LONG_AGO = datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)
"""When the records that the tests make were last modified, with seconds."""
STAMP = "2020-01-02 03:04:05"
WORDS = 'Zoé O\'Brien & Fils "x" 5 < 6 — ☕'
NOBODY = "0000000c-0000-4000-8000-00000000ffff"
"""An id that no record has."""
NEW: dict[str, dict[str, Any]] = {
    "Contacts": {"last_name": "Moreau"},
    "Accounts": {"name": "Fils"},
    "Cases": {"name": "Late"},
    "Leads": {"last_name": "Moreau"},
    "Opportunities": {
        "name": "Boats",
        "amount": 100,
        "date_closed": "2020-01-02",
        "sales_stage": "Prospecting",
    },
}
"""What the stock API asks for of a new record."""
BAD_IDS = ["x" * 37, "", "a\x00b", "a\nb", 5, None, ["x"]]
ODD_IDS = ["' OR '1'='1", "a'b", "Müller 1", "C.001", "../1", "%", "x\\", '"', "ZOË", "*/--"]
"""Ids that an import can give to records, whoever thinks of it."""


class Target:
    """One SuiteCRM. Records made by `create` are the last ones in the order of ids."""

    def __init__(self, crm: SuiteCRM, *, live: bool = False) -> None:
        self.crm = crm
        self.live = live
        self.http = requests.Session()
        self.http.headers["Authorization"] = crm.api.bearer()
        self.stock = f"{crm.api._base}{crm.prefix}/V8"
        self.base = f"{self.stock}/custom/bridge/v1"
        self._numbers = count(1)
        self._start = f"ffffffff-{secrets.token_hex(2)}-4000-8000-"
        self._made: list[tuple[str, str]] = []

    @property
    def before(self) -> str:
        """An id that comes just before those of the records made here."""
        return self._start + "000000000000"

    def create(self, module: str, **attributes: Any) -> str:
        """Create a record through the stock API and return its id."""
        id_ = f"{self._start}{next(self._numbers):012d}"
        attributes.setdefault("date_modified", LONG_AGO)
        self._made.append((module, id_))
        self.crm.module(module).create(attributes, id=id_)
        return id_

    def delete(self, module: str, id_: str) -> None:
        self._made.remove((module, id_))
        self.crm.module(module).delete(id_)

    def clean(self) -> None:
        """Delete what the test has made."""
        while self._made:
            self.delete(*self._made[-1])

    def get(self, path: str, **parameters: Any) -> requests.Response:
        headers = parameters.pop("headers", None)
        return self.http.get(f"{self.base}/{path}", params=parameters, headers=headers, timeout=120)

    def post(self, path: str, body: Any) -> requests.Response:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        return self.http.post(f"{self.base}/{path}", content, headers=headers, timeout=120)

    def rows(self, path: str, **parameters: Any) -> list[dict[str, Any]]:
        """Return the rows that a reading route answers, by column."""
        answer = answered(self.get(path, **parameters))
        return [dict(zip(answer["columns"], row, strict=True)) for row in answer["rows"]]

    def own(self, module: str, columns: str, **parameters: Any) -> list[dict[str, Any]]:
        """Return the rows of the records made here."""
        return self.rows(f"records/{module}", columns=columns, after=self.before, **parameters)

    def row(self, module: str, id_: str, columns: str, **parameters: Any) -> dict[str, Any]:
        """Return the row of one record."""
        rows = {row["id"]: row for row in self.own(module, columns, **parameters)}
        return rows[id_]

    def write(
        self, module: str, columns: Sequence[str], *rows: Sequence[Any], **options: Any
    ) -> requests.Response:
        """Send scores."""
        body = {"columns": ["id", *columns], "rows": rows, **options}
        return self.post(f"scores/{module}", body)


def answered(response: requests.Response) -> dict[str, Any]:
    """Return the answer of a request that is not refused."""
    assert response.status_code == 200, response.text
    assert response.headers["Content-Type"].startswith("application/json")
    answer: dict[str, Any] = response.json()
    return answer


def declined(response: requests.Response, status: int, code: str, where: str | None = None) -> str:
    """Return the message of a request that is refused as the contract says."""
    assert response.status_code == status, response.text
    assert response.headers["Content-Type"].startswith("application/json")
    body = response.json()
    assert body.keys() == {"error"}
    assert {"code", "message"} <= body["error"].keys() <= {"code", "message", "where"}
    assert body["error"]["code"] == code, body
    if where is not None:
        assert body["error"].get("where") == where, body
    message: str = body["error"]["message"]
    assert message
    assert "LBL_" not in message
    assert ".php" not in response.text
    return message


def counted(response: requests.Response) -> tuple[int, int, int]:
    """Return how many rows were written, left unchanged and notified."""
    answer = answered(response)
    assert answer["rejected"] == answer["failed"] == []
    words = list(answer["rows"].values())
    assert words.count("written") == answer["written"]
    assert words.count("unchanged") == answer["unchanged"] == len(words) - answer["written"]
    return answer["written"], answer["unchanged"], answer["notified"]
