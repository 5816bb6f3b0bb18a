"""What a module tells of itself: its fields, how many records, and which stands where."""

import pytest

from suitecrm_bridge.errors import (
    CrmUnreachable,
)
from tests.crm.conftest import (
    CONTACTS,
    FIELDS,
    NO_ACCESS,
    contact,
    listing,
    meta,
    query,
)


def test_readable_fields_are_told_from_missing_ones(contacts):
    assert contacts.readable(["last_name", "rfm_score_c", "first_name"]) == (
        ["last_name", "first_name"],
        ["rfm_score_c"],
    )


def test_all_fields_count_as_readable_where_the_server_does_not_tell(contacts, transport):
    transport.on("GET", FIELDS, NO_ACCESS)
    transport.on("GET", CONTACTS, listing())
    assert contacts.fields() is None
    assert contacts.readable(["a_c"]) == (["a_c"], [])


def test_the_fields_are_asked_for_once(crm, contacts, transport):
    contacts.fields()
    crm.module("Contacts").fields()
    assert len(transport.sent(FIELDS)) == 1


def test_a_failure_to_tell_the_fields_is_not_remembered(contacts, transport):
    transport.on("GET", FIELDS, *[CrmUnreachable("down")] * 4, meta(last_name="name"))
    with pytest.raises(CrmUnreachable):
        contacts.fields()
    assert contacts.fields() == {"last_name": {"type": "name"}}


# --- progress


def test_the_estimate_is_the_number_of_pages_of_one(contacts, transport):
    transport.on("GET", CONTACTS, listing(contact(1), pages=200))
    assert contacts.estimate() == 200
    assert query(transport.sent(CONTACTS)[0])["page[size]"] == "1"


def test_the_estimate_of_nothing_is_nought(contacts, transport):
    transport.on("GET", CONTACTS, listing())
    assert contacts.estimate() == 0


def test_the_id_at_a_position_is_that_of_a_page_of_one(contacts, transport):
    transport.on("GET", CONTACTS, listing(contact(1), pages=200))
    assert contacts.id_at(150) == contact(1)["id"]
    asked = query(transport.sent(CONTACTS)[0])
    assert (asked["page[size]"], asked["page[number]"], asked["sort"]) == ("1", "150", "id")


def test_there_is_no_id_beyond_the_last_position(contacts, transport):
    transport.on("GET", CONTACTS, listing())
    assert contacts.id_at(3) is None


def test_there_is_no_estimate_where_the_server_does_not_count(contacts, transport):
    transport.on("GET", CONTACTS, listing(contact(1), pages=0))
    assert contacts.estimate() is None
