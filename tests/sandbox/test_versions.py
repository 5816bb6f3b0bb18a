"""The sandbox as other versions of SuiteCRM than 7.14 are, where that matters to the bridge."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from werkzeug.test import Client

from suitecrm_bridge.crm import Credentials, SuiteCRM
from suitecrm_bridge.errors import AuthenticationError
from suitecrm_bridge.sandbox import Sandbox
from suitecrm_bridge.settings import Secret

from .conftest import NOON, Crm, uuid

LEGACY = "/legacy/Api"


@pytest.fixture
def eight() -> Iterator[SuiteCRM]:
    """A client of a SuiteCRM 8, which has its API below /legacy alone."""
    with (
        Sandbox(clock=lambda: NOON, prefix=LEGACY) as sandbox,
        sandbox.serve() as server,
        SuiteCRM(server.url, Credentials(server.client_id, Secret(server.client_secret))) as crm,
    ):
        yield crm


def test_the_bridge_finds_the_api_of_an_8_and_reads_writes_and_relates_there(eight):
    assert eight.current_user()["user_name"]
    assert eight.prefix == LEGACY
    assert eight.fast_routes() is not None
    contacts, cases = eight.module("Contacts"), eight.module("Cases")
    for number in (1, 2, 3):
        contacts.create({"last_name": "Moreau"}, uuid(number))
    cases.create({"name": "Late"}, uuid(9))
    contacts.relate(uuid(2), "cases", "Cases", uuid(9))
    assert [one["id"] for one in contacts.iterate(fields=["last_name"], size=2)] == [
        uuid(number) for number in (1, 2, 3)
    ]
    assert cases.related(uuid(9), "contacts") == [uuid(2)]


def test_an_8_has_nothing_below_api():
    with Sandbox(clock=lambda: NOON, prefix=LEGACY) as sandbox:
        client = Client(sandbox.app)
        statuses = [client.get(f"{path}/V8/current-user").status_code for path in ("/Api", LEGACY)]
    assert statuses == [404, 401]


@pytest.mark.parametrize("change", [{"status": "Inactive"}, {"deleted": 1}])
def test_from_7_15_on_who_is_inactive_gets_no_token_and_is_refused_with_theirs(change):
    crm = Crm(refuses_inactive=True)
    user, client = crm.sandbox.add_user("gone", {})
    crm.token = crm.grant(client_id=client).get_json()["access_token"]
    assert crm.send("GET", "V8/current-user").status_code == 200
    crm.store.update("Users", user, change)
    refused = crm.grant(client_id=client)
    assert (refused.status_code, refused.get_json()) == (
        500,
        {
            "error": "unknown_error",
            "error_description": "Not Authorized",
            "message": "Not Authorized",
        },
    )
    answer = crm.send("GET", "V8/current-user")
    assert (answer.status_code, answer.get_json()["hint"]) == (401, "Access token has been revoked")


@pytest.mark.parametrize("path", ["V8/current-user", "V8/module/Contacts"])
def test_before_7_15_the_stock_api_serves_who_is_inactive(people, path):
    user, client = people.sandbox.add_user("gone", {})
    people.store.update("Users", user, {"status": "Inactive"})
    people.token = people.grant(client_id=client).get_json()["access_token"]
    assert people.send("GET", path).status_code == 200


def test_the_bridge_says_that_its_user_is_inactive_and_asks_once():
    with Sandbox(clock=lambda: NOON, refuses_inactive=True) as sandbox, sandbox.serve() as server:
        user, client = sandbox.add_user("gone", {})
        login = Credentials(client, Secret(server.client_secret))
        with SuiteCRM(server.url, login) as crm:
            crm.current_user()
            sandbox.store.update("Users", user, {"status": "Inactive"})
            asked = server.requests
            with pytest.raises(AuthenticationError, match="inactive or deleted"):
                crm.current_user()
            # The request, and the token that it asks for anew.
            assert server.requests == asked + 2


def test_in_8_10_a_link_to_what_may_not_be_read_leads_nowhere(people):
    people.store.load("Cases", [{"id": uuid(9), "name": "Late"}])
    body = {"data": {"type": "Cases", "id": uuid(9)}}
    people.send("POST", f"V8/module/Contacts/{uuid(1)}/relationships", body)
    path = f"V8/module/Contacts/{uuid(1)}/relationships/cases"
    assert [one["id"] for one in people.get(path)["data"]] == [uuid(9)]
    people.sandbox.sight.refuse("Cases")
    assert people.get(path) == {
        "meta": {"total-records": 0, "total-pages": 1, "records-on-this-page": 0},
        "data": [],
    }


def test_in_8_10_a_link_from_what_may_not_be_read_is_refused(people):
    people.sandbox.sight.refuse("Contacts")
    path = f"V8/module/Contacts/{uuid(1)}/relationships/cases"
    assert "does not have access" in people.refusal("GET", path)
    people.sandbox.sight.restore()
    people.sandbox.sight.hide("Contacts", [uuid(1)])
    assert people.send("GET", path).status_code == 400
