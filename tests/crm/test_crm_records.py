from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from suitecrm_bridge.errors import (
    BrokenAnswer,
    DataError,
    InvalidRequest,
    ServerFailure,
    UnknownField,
)
from tests.crm.conftest import (
    CONTACTS,
    NO_ACCESS,
    answer,
    contact,
    listing,
    query,
    refusal,
    uuid,
)

ID = uuid(1)


# --- one page


def test_a_page_is_asked_for_with_its_size_its_number_and_an_order(contacts, transport):
    transport.on("GET", CONTACTS, listing(contact(1)))
    contacts.page(fields=["last_name", "id"], size=50)
    assert query(transport.sent(CONTACTS)[0]) == {
        "fields[Contacts]": "last_name",
        "sort": "id",
        "filter[operator]": "and",
        "page[size]": "50",
        "page[number]": "1",
    }


def test_bounds_become_filters_in_utc(contacts, transport):
    transport.on("GET", CONTACTS, listing())
    contacts.page(
        fields=["last_name"],
        after=uuid(1),
        before=uuid(9),
        modified_from=datetime(2026, 3, 1, 1, 30, 5, tzinfo=timezone(timedelta(hours=1))),
        modified_to=datetime(2026, 4, 1, tzinfo=UTC),
    )
    asked = query(transport.sent(CONTACTS)[0])
    assert asked["filter[id][gt]"] == uuid(1)
    assert asked["filter[id][lt]"] == uuid(9)
    assert asked["filter[date_modified][gte]"] == "2026-03-01 00:30:05"
    assert asked["filter[date_modified][lt]"] == "2026-04-01 00:00:00"
    assert "%2000%3A30%3A05" in transport.sent(CONTACTS)[0].url


def test_a_lower_bound_may_include_its_id(contacts, transport):
    transport.on("GET", CONTACTS, listing(contact(1)))
    assert contacts.page(fields=["last_name"], from_id=ID).last_id == ID
    assert query(transport.sent(CONTACTS)[0])["filter[id][gte]"] == ID


def test_a_moment_without_a_time_zone_is_refused(contacts):
    with pytest.raises(DataError, match="time zone"):
        contacts.page(fields=["last_name"], modified_from=datetime(2026, 3, 1))  # noqa: DTZ001


def test_the_records_of_a_page_are_decoded(contacts, transport):
    transport.on(
        "GET",
        CONTACTS,
        listing(
            {
                "id": ID,
                "last_name": "O&#039;Brien",
                "birthdate": "1980-05-06",
                "first_name": "",
                "date_modified": "2026-11-21T18:50:00-05:00",
                "do_not_call": "1",
            }
        ),
    )
    wanted = ["last_name", "first_name", "birthdate", "date_modified", "do_not_call", "lead_source"]
    page = contacts.page(fields=wanted)
    assert page.records == [
        {
            "id": ID,
            "last_name": "O'Brien",
            "first_name": None,
            "birthdate": date(1980, 5, 6),
            "date_modified": datetime(2026, 11, 21, 18, 50, tzinfo=UTC),
            "do_not_call": True,
            "lead_source": None,
        }
    ]


def test_the_offset_label_of_the_server_is_kept(crm, contacts, transport):
    assert crm.server_offset_label is None
    given = contact(1, date_modified="2026-11-21T18:50:00-05:00")
    transport.on("GET", CONTACTS, listing(given, contact(2, date_modified="")))
    contacts.page(fields=["date_modified"])
    assert crm.server_offset_label == "-05:00"


def test_money_is_decoded_by_the_catalogue_where_the_server_does_not_tell(crm, transport):
    transport.on("GET", "/Api/V8/meta/fields/AOS_Products_Quotes", NO_ACCESS)
    transport.on(
        "GET",
        "/Api/V8/module/AOS_Products_Quotes",
        listing({"id": ID, "product_qty": "2.5000", "product_total_price_usdollar": "0.100000"}),
    )
    page = crm.module("AOS_Products_Quotes").page(
        fields=["product_qty", "product_total_price_usdollar"]
    )
    assert page.records[0]["product_qty"] == Decimal("2.5")
    assert page.records[0]["product_total_price_usdollar"] == Decimal("0.1")


def test_records_without_attributes_have_their_id(contacts, transport):
    transport.on("GET", CONTACTS, listing({"id": ID}))
    assert contacts.page(fields=[]).records == [{"id": ID}]
    assert query(transport.sent(CONTACTS)[0])["fields[Contacts]"] == "id"


def test_a_value_that_cannot_be_decoded_sets_its_record_apart(contacts, transport):
    transport.on(
        "GET",
        CONTACTS,
        listing(contact(1, birthdate="1980-05-06"), contact(2, birthdate="06/05/1980")),
    )
    page = contacts.page(fields=["birthdate"])
    assert [record["id"] for record in page.records] == [uuid(1)]
    assert [rejected.id for rejected in page.rejected] == [uuid(2)]
    assert page.last_id == uuid(2)
    message = str(page.rejected[0].error)
    for part in ("Contacts", uuid(2), "birthdate", "'06/05/1980'", "date"):
        assert part in message


@pytest.mark.parametrize(
    ("count", "pages", "complete"),
    [(0, None, True), (1, 1, True), (1, 0, True), (1, None, True), (2, 1, False), (1, 2, False)],
)
def test_a_page_is_complete_when_nothing_follows(contacts, transport, count, pages, complete):
    transport.on("GET", CONTACTS, listing(*map(contact, range(1, count + 1)), pages=pages))
    assert contacts.page(fields=["last_name"], size=2).complete is complete


@pytest.mark.parametrize("payload", [{"meta": {}}, {"data": None}, {"data": []}])
def test_an_empty_result_has_several_forms(contacts, transport, payload):
    transport.on("GET", CONTACTS, answer(payload))
    page = contacts.page(fields=["last_name"])
    assert (page.records, page.last_id, page.complete) == ([], None, True)


@pytest.mark.parametrize("last", [1, 2])
def test_a_page_that_does_not_go_on_is_broken(contacts, transport, last):
    transport.on("GET", CONTACTS, listing(contact(last)))
    with pytest.raises(BrokenAnswer, match="ignores the filter"):
        contacts.page(fields=["last_name"], after=uuid(2))


def test_ids_that_are_no_uuids_are_compared_for_being_the_same_only(contacts, transport):
    transport.on("GET", CONTACTS, listing({"id": "seed_will_id", "last_name": "x"}))
    assert contacts.page(fields=["last_name"], after="seedzid").last_id == "seed_will_id"


@pytest.mark.parametrize(
    ("fault", "kind"), [(answer(b"", 504), ServerFailure), (answer(b""), BrokenAnswer)]
)
def test_a_page_that_cannot_be_had_is_the_callers_to_split(contacts, transport, fault, kind):
    transport.on("GET", CONTACTS, fault)
    with pytest.raises(kind):
        contacts.page(fields=["last_name"])


def test_a_record_deleted_under_way_does_not_fail_the_page(contacts, transport):
    gone = refusal(f"Contacts module with id {uuid(5)} is not found")
    transport.on("GET", CONTACTS, gone, listing(contact(1)))
    assert len(contacts.page(fields=["last_name"]).records) == 1


def test_a_page_with_a_record_that_stays_unreadable_is_broken(contacts, transport):
    transport.on("GET", CONTACTS, refusal(f"Contacts module with id {uuid(5)} is not found"))
    with pytest.raises(BrokenAnswer, match=uuid(5)):
        contacts.page(fields=["last_name"])


@pytest.mark.parametrize(
    "words", ["The following field in Contact module is not found: rfm_score_c", "Champ inconnu"]
)
def test_an_unknown_field_is_named_in_whatever_language_the_server_refuses(
    contacts, transport, words
):
    transport.on("GET", CONTACTS, refusal(words))
    with pytest.raises(UnknownField, match=r"lacks rfm_score_c\."):
        contacts.page(fields=["last_name", "rfm_score_c"])


def test_a_refusal_with_known_fields_keeps_the_servers_words(contacts, transport):
    transport.on("GET", CONTACTS, refusal("Taille de page non valide"))
    with pytest.raises(InvalidRequest, match="Taille de page non valide"):
        contacts.page(fields=["last_name"])


# --- all pages


def test_iterating_goes_on_after_the_last_id(contacts, transport):
    transport.on(
        "GET", CONTACTS, listing(contact(1), contact(2), pages=2), listing(contact(3), pages=1)
    )
    found = list(contacts.iterate(fields=["last_name"], size=2))
    assert [record["id"] for record in found] == [uuid(1), uuid(2), uuid(3)]
    asked = [query(request) for request in transport.sent(CONTACTS)]
    assert [q.get("filter[id][gt]") for q in asked] == [None, uuid(2)]
    assert {q["page[number]"] for q in asked} == {"1"}


def test_iterating_outlives_a_server_that_gives_less_than_asked(contacts, transport):
    transport.on("GET", CONTACTS, listing(contact(1), pages=2), listing(contact(2), pages=1))
    assert len(list(contacts.iterate(fields=["last_name"], size=500))) == 2


def test_iterating_reads_the_catalogues_fields_that_the_server_has(contacts, transport):
    transport.on("GET", CONTACTS, listing())
    list(contacts.iterate())
    asked = query(transport.sent(CONTACTS)[0])["fields[Contacts]"].split(",")
    had = {"last_name", "first_name", "date_modified", "lead_source", "birthdate", "do_not_call"}
    assert had == set(asked)


def test_iterating_a_module_outside_the_catalogue_reads_everything(crm, transport):
    transport.on("GET", "/Api/V8/meta/fields/Users", NO_ACCESS)
    transport.on(
        "GET",
        "/Api/V8/module/Users",
        listing({"id": "1", "user_name": "admin", "calls": {}, "teams": []}),
    )
    assert list(crm.module("Users").iterate()) == [{"id": "1", "user_name": "admin"}]


def test_iterating_stops_at_a_value_that_cannot_be_decoded(contacts, transport):
    transport.on("GET", CONTACTS, listing(contact(1, birthdate=""), contact(2, birthdate="never")))
    found = contacts.iterate(fields=["birthdate"])
    assert next(found)["id"] == uuid(1)
    with pytest.raises(DataError, match="never"):
        next(found)


# --- fields
