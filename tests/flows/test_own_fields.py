"""The bridge writes its own fields only, and leaves alone what people write."""

import json

import pytest

from suitecrm_bridge.catalogue import catalogue
from tests.flows.world import WRITES
from tests.places import paths

EDITS = {
    "first_name": "Renée",
    "phone_mobile": "+33 6 12 34 56 78",
    "description": "R&D, à rappeler",
    "wallet_estimate_c": 12345,
}
SESSION = ("/access_token", "/logout")


@pytest.fixture(params=paths("fast"))
def world(request):
    return request.getfixturevalue("fast" if request.param else "filled")


@pytest.fixture
def written(world):
    """Every request that changes something, as (path, body)."""
    seen = []
    answer = world.sandbox.app.answer

    def listening(request):
        if request.method != "GET" and not request.path.endswith(SESSION):
            seen.append((request.path, json.loads(request.get_data())))
        return answer(request)

    world.sandbox.app.answer = listening
    return seen


def fields_of(path, body):
    """Return the module and the fields that a request writes."""
    if "/scores/" in path:
        return path.rpartition("/")[2], set(body["columns"]) - {"id"}
    assert set(body) == {"data"}
    assert set(body["data"]) == {"type", "id", "attributes"}
    return body["data"]["type"], set(body["data"]["attributes"])


@pytest.mark.story
def test_every_field_of_every_write_is_one_that_the_bridge_fills_in(world, written):
    world.sync()
    own = {m: {f.name for f in catalogue().fields_of(m, "bridge")} for m in catalogue().modules}
    # What is told to the package's own tables is in no record.
    told = ("/runs", "/claims", "/programmes", "/cards/Contacts", "/cards/Accounts")
    writes = [fields_of(path, body) for path, body in written if not path.endswith(told)]
    assert {module for module, _ in writes} == {"Contacts", "Accounts", "Cases"}
    assert [
        (module, fields - own[module]) for module, fields in writes if fields - own[module]
    ] == []


def test_what_people_fill_in_is_not_among_the_fields_that_the_bridge_writes():
    people = {
        field.name for m in catalogue().modules for field in catalogue().fields_of(m, "people")
    }
    bridge = {
        field.name for m in catalogue().modules for field in catalogue().fields_of(m, "bridge")
    }
    assert people
    assert people & bridge == set()


@pytest.mark.story
def test_what_people_edit_between_reading_and_writing_stands(world):
    edited = []

    def edit(method, path):
        if not edited and (method == "PATCH" or "/scores/" in path):
            edited.extend(row["id"] for row in world.store.rows("Contacts"))
            for contact in edited:
                world.store.update("Contacts", contact, EDITS)

    world.server.before_request.append(edit)
    summary = world.sync()
    assert (summary.written, summary.failed) == (WRITES, 0)
    rows = world.store.rows("Contacts")
    assert [row["id"] for row in rows if any(row[n] != v for n, v in EDITS.items())] == []
    assert all(row["rfm_segment_c"] for row in rows)
