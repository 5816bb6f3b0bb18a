import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from suitecrm_bridge.errors import (
    BrokenAnswer,
    CrmUnreachable,
    InvalidRequest,
    RecordExists,
    RecordNotFound,
    UnknownField,
)
from tests.crm.conftest import CONTACTS, answer, listing, query, refusal, uuid

WRITE = "/Api/V8/module"
ID = uuid(1)
CASES = f"{CONTACTS}/{ID}/relationships/cases"


def stored(**attributes):
    return answer({"data": {"type": "Contact", "id": ID, "attributes": attributes}}, 201)


def sent_attributes(transport):
    return json.loads(transport.sent(WRITE)[-1].body or b"")["data"]["attributes"]


# --- one record


def test_one_record_is_read(contacts, transport):
    transport.on("GET", f"{CONTACTS}/{ID}", stored(last_name="Own Id"))
    assert contacts.get(ID, ["last_name"]) == {"id": ID, "last_name": "Own Id"}


def test_a_record_that_is_not_there_is_named(contacts, transport):
    detail = f"Contacts module with id {ID} is not found"
    transport.on("GET", f"{CONTACTS}/{ID}", refusal(detail))
    with pytest.raises(RecordNotFound, match=f"Contacts {ID}"):
        contacts.get(ID, ["last_name"])


@pytest.mark.parametrize(
    ("data", "part"),
    [([], "data"), ({"attributes": {}}, "id"), ({"attributes": [1]}, "attributes")],
)
def test_an_answer_that_is_no_record_is_broken(contacts, transport, data, part):
    transport.on("GET", f"{CONTACTS}/{ID}", answer({"data": data}))
    with pytest.raises(BrokenAnswer, match=f"“{part}”"):
        contacts.get(ID, ["last_name"])


def test_an_id_cannot_leave_its_place_in_the_path(contacts, transport):
    transport.on("GET", f"{CONTACTS}/..%2FUsers%3Fx", refusal("no"))
    with pytest.raises(InvalidRequest):
        contacts.get("../Users?x", ["last_name"])


def test_an_update_sends_the_modules_key_and_encoded_values(contacts, transport):
    transport.on("PATCH", WRITE, stored(last_name="x"))
    contacts.update(ID, {"last_name": None, "birthdate": date(1980, 5, 6), "do_not_call": True})
    data = json.loads(transport.sent(WRITE)[0].body or b"")["data"]
    assert (data["type"], data["id"]) == ("Contacts", ID)
    assert data["attributes"] == {"last_name": "", "birthdate": "1980-05-06", "do_not_call": True}


def test_an_update_sends_numbers_as_numbers(contacts, transport):
    transport.on("PATCH", WRITE, stored())
    contacts.update(ID, {"clv_c": Decimal("1234.50"), "rfm_recency_c": 5})
    assert b'"clv_c":1234.50,"rfm_recency_c":5' in (transport.sent(WRITE)[0].body or b"")


def test_an_update_returns_what_is_stored_now(contacts, transport):
    transport.on(
        "PATCH",
        WRITE,
        stored(
            last_name="R&amp;D",
            title="Boss",
            unknown="x",
            date_modified="2026-11-21T18:50:00+00:00",
        ),
    )
    assert contacts.update(ID, {"last_name": "R&D"}) == {
        "id": ID,
        "date_modified": datetime(2026, 11, 21, 18, 50, tzinfo=UTC),
        "last_name": "R&amp;D",
        "title": "Boss",
    }


def test_an_update_that_is_done_does_not_fail_for_what_cannot_be_decoded(contacts, transport):
    transport.on("PATCH", WRITE, stored(last_name="x", date_modified="yesterday"))
    assert contacts.update(ID, {"last_name": "x"}) == {"id": ID, "last_name": "x"}


def test_an_update_whose_answer_got_lost_is_sent_again(contacts, transport):
    transport.on("PATCH", WRITE, CrmUnreachable("lost"), stored(last_name="x"))
    assert contacts.update(ID, {"last_name": "x"})["last_name"] == "x"


def test_an_update_of_an_unknown_field_names_it(contacts, transport):
    transport.on("PATCH", WRITE, refusal("Property clv_c in Contact module is invalid"))
    with pytest.raises(UnknownField, match=r"lacks clv_c\."):
        contacts.update(ID, {"clv_c": Decimal(1)})


def test_a_record_is_created_with_an_id_of_ones_own(contacts, transport):
    transport.on("POST", WRITE, stored(last_name="New"))
    assert contacts.create({"last_name": "New"}, id=ID) == {"id": ID, "last_name": "New"}
    assert sent_attributes(transport) == {"last_name": "New"}


def test_creating_a_record_twice_is_refused(contacts, transport):
    transport.on("POST", WRITE, refusal(f"Bean Contacts with id {ID} is already exist"))
    with pytest.raises(RecordExists):
        contacts.create({"last_name": "New"}, id=ID)


def test_creating_is_never_sent_twice(contacts, transport):
    transport.on("POST", WRITE, CrmUnreachable("lost"))
    with pytest.raises(CrmUnreachable):
        contacts.create({"last_name": "New"})
    assert len(transport.sent(WRITE)) == 1


def test_a_record_is_deleted(contacts, transport):
    transport.on("DELETE", f"{CONTACTS}/{ID}", answer({"meta": {}, "data": []}))
    contacts.delete(ID)
    assert transport.requests[-1].method == "DELETE"


# --- links


def test_linked_ids_come_from_one_page_without_an_order(contacts, transport):
    transport.on("GET", CASES, listing({"id": uuid(7)}, {"id": uuid(3)}))
    assert contacts.related(ID, "cases") == [uuid(3), uuid(7)]
    assert query(transport.sent(CASES)[0]) == {"page[size]": "500", "page[number]": "1"}


def test_linked_ids_come_from_several_pages_in_order(contacts, transport):
    def page(request):
        number = int(query(request)["page[number]"])
        return listing({"id": uuid(number)}, pages=3) if number <= 3 else listing()

    transport.on("GET", CASES, page)
    assert contacts.related(ID, "cases", size=1) == [uuid(1), uuid(2), uuid(3)]
    asked = [query(request) for request in transport.sent(CASES)]
    assert [q["page[number]"] for q in asked if q.get("sort") == "id"] == ["1", "2", "3", "4"]


@pytest.mark.parametrize("in_order", [[1, 2, 3], [1, 1, 2, 3]], ids=["each once", "one twice"])
def test_a_first_page_without_an_order_cuts_none_of_the_others_off(contacts, transport, in_order):
    def page(request):
        asked = query(request)
        place = int(asked["page[number]"]) - 1 if "sort" in asked else 1
        pages = len(in_order)
        return listing({"id": uuid(in_order[place])}, pages=pages) if place < pages else listing()

    transport.on("GET", CASES, page)
    assert contacts.related(ID, "cases", size=1) == [uuid(1), uuid(2), uuid(3)]


def test_a_server_that_does_not_page_links_is_asked_once(contacts, transport):
    transport.on("GET", CASES, listing(*[{"id": uuid(n)} for n in range(1, 6)], pages=None))
    assert len(contacts.related(ID, "cases", size=2)) == 5
    assert len(transport.sent(CASES)) == 1


def test_a_server_that_repeats_a_page_of_links_does_not_hold_up(contacts, transport):
    transport.on("GET", CASES, listing({"id": uuid(1)}, {"id": uuid(2)}, pages=9))
    assert contacts.related(ID, "cases", size=2) == [uuid(1), uuid(2)]


def test_no_links_are_an_empty_list(contacts, transport):
    transport.on("GET", CASES, answer({"meta": {"message": "There is no relationship set"}}))
    assert contacts.related(ID, "cases") == []


def test_a_link_is_made_with_the_key_of_the_other_module(contacts, transport):
    transport.on("POST", CASES, answer({"meta": {}}, 201))
    contacts.relate(ID, "cases", "Cases", uuid(9))
    assert json.loads(transport.requests[-1].body or b"") == {
        "data": {"type": "Cases", "id": uuid(9)}
    }


def test_a_link_is_taken_away(contacts, transport):
    transport.on("DELETE", f"{CASES}/{uuid(9)}", answer({"meta": {}, "data": []}))
    contacts.unrelate(ID, "cases", uuid(9))
    assert transport.requests[-1].method == "DELETE"


def test_taking_a_link_away_that_is_not_there_is_no_fault(contacts, transport):
    detail = f"Module with {uuid(9)} id is not related to Contact"
    transport.on("DELETE", f"{CASES}/{uuid(9)}", refusal(detail))
    contacts.unrelate(ID, "cases", uuid(9))


def test_taking_a_link_away_from_a_missing_record_is_an_error(contacts, transport):
    detail = f"Contacts module with id {ID} is not found"
    transport.on("DELETE", f"{CASES}/{uuid(9)}", refusal(detail))
    with pytest.raises(RecordNotFound):
        contacts.unrelate(ID, "cases", uuid(9))
