from __future__ import annotations

import json
import math
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from suitecrm_bridge.crm import Answer, Credentials, Module, Request, SuiteCRM, Timing
from suitecrm_bridge.settings import Secret

URL = "https://crm.example.com"
SECRET = "cl1ent-s3cret"
PASSWORD = 'hunter2<&"'
TOKEN_PATH = "/Api/access_token"
CONTACTS = "/Api/V8/module/Contacts"
FIELDS = "/Api/V8/meta/fields/Contacts"
CLIENT = Credentials("client-1", Secret(SECRET))
USER = Credentials("client-2", Secret(SECRET), "anna", Secret(PASSWORD))


def answer(payload: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    return Answer(status, dict(headers or {}), body)


def refusal(detail: str, status: int = 400) -> Answer:
    return answer({"errors": {"status": status, "title": None, "detail": detail}}, status)


def denied(hint: str = "Access token has been revoked") -> Answer:
    return answer({"error": "access_denied", "message": "denied", "hint": hint}, 401)


def token(value: str = "a.b.c", expires_in: Any = 3600, refresh: str | None = None) -> Answer:
    payload = {"token_type": "Bearer", "expires_in": expires_in, "access_token": value}
    return answer(payload | ({"refresh_token": refresh} if refresh else {}))


def listing(*records: Mapping[str, Any], pages: int | None = 1) -> Answer:
    data = [
        {
            "type": "Contact",
            "id": record["id"],
            "attributes": {name: value for name, value in record.items() if name != "id"} or [],
        }
        for record in records
    ]
    if not data:
        return answer({"meta": {"message": "there is no result"}, "data": []})
    return answer({"meta": {} if pages is None else {"total-pages": pages}, "data": data})


def meta(**types: str) -> Answer:
    attributes = {name: {"type": kind} for name, kind in types.items()}
    return answer({"data": {"type": "fields", "attributes": attributes}})


def uuid(number: int) -> str:
    return f"0000000c-0000-4000-8000-{number:012x}"


def contact(number: int, **attributes: Any) -> dict[str, Any]:
    return {"id": uuid(number), "last_name": f"Name {number}", **attributes}


NO_ACCESS = refusal("[SuiteCRM] [Not Allowed] The API user does not have access to this module.")

Step = Answer | Exception | Callable[[Request], Answer]


class Scripted:
    """A transport that gives prepared answers; the last of a route is given again and again."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.closed = False
        self._routes: dict[tuple[str, str], deque[Step]] = {}
        self._lock = threading.Lock()

    def on(self, method: str, path: str, *steps: Step) -> None:
        self._routes[method, path] = deque(steps)

    def send(self, request: Request) -> Answer:
        with self._lock:
            self.requests.append(request)
            steps = self._routes[request.method, urlsplit(request.url).path]
            step = steps.popleft() if len(steps) > 1 else steps[0]
        if isinstance(step, Exception):
            raise step
        return step if isinstance(step, Answer) else step(request)

    def close(self) -> None:
        self.closed = True

    def sent(self, path: str) -> list[Request]:
        return [r for r in self.requests if urlsplit(r.url).path == path]

    def forms(self) -> list[dict[str, str]]:
        return [json.loads(r.body or b"") for r in self.sent(TOKEN_PATH)]


def query(request: Request) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(request.url).query, keep_blank_values=True))


@dataclass
class Clock:
    """Stands still but for the pauses, which it notes instead of making."""

    now: float = 0.0
    pauses: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds

    @property
    def timing(self) -> Timing:
        return Timing(sleep=self.sleep, random=lambda: 0.5, monotonic=lambda: self.now)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def transport() -> Scripted:
    scripted = Scripted()
    scripted.on("GET", "/Api/V8/meta/modules", denied("The JWT string must have two dots"))
    scripted.on("POST", TOKEN_PATH, token())
    scripted.on("POST", "/Api/V8/logout", answer({"meta": {}, "data": []}))
    scripted.on(
        "GET",
        "/Api/V8/current-user",
        answer({"data": {"type": "User", "id": "1", "attributes": {"user_name": "admin"}}}),
    )
    return scripted


@pytest.fixture
def crm(transport: Scripted, clock: Clock) -> SuiteCRM:
    return SuiteCRM(URL, CLIENT, transport, retries=3, max_rate=math.inf, timing=clock.timing)


@pytest.fixture
def contacts(crm: SuiteCRM, transport: Scripted) -> Module:
    transport.on(
        "GET",
        FIELDS,
        meta(
            last_name="name",
            first_name="varchar",
            date_modified="datetime",
            birthdate="date",
            lead_source="enum",
            do_not_call="bool",
            cases="link",
        ),
    )
    return crm.module("Contacts")
