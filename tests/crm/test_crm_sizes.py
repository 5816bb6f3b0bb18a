"""How many records are asked for at once."""

import pytest

from suitecrm_bridge.crm.sizes import GOOD_PAGES, GROWTH, PageSize
from suitecrm_bridge.errors import (
    AnswerTooLarge,
    AnswerTooSlow,
    BrokenAnswer,
    CrmUnreachable,
    InvalidRequest,
    RateLimited,
    ServerFailure,
)
from tests.crm.conftest import CONTACTS, answer, contact, listing, query, uuid

TOO_MUCH = [CrmUnreachable("x"), ServerFailure("x"), BrokenAnswer("x")]


def attempt(size, error=None):
    try:
        with size.attempt() as number:
            if error:
                raise error
    except type(error):
        pass
    return number


@pytest.mark.parametrize("error", TOO_MUCH)
def test_a_page_that_fails_is_asked_for_with_half_the_size(error):
    size = PageSize(500)
    assert [attempt(size, error) for _ in range(4)] == [500, 250, 125, 62]


def test_a_page_is_never_smaller_than_one_record():
    size = PageSize(3)
    assert [attempt(size, ServerFailure("x")) for _ in range(4)] == [3, 1, 1, 1]


@pytest.mark.parametrize("error", [RateLimited("x"), InvalidRequest("x")])
def test_what_a_smaller_page_would_not_mend_leaves_the_size_alone(error):
    size = PageSize(500)
    assert [attempt(size, error) for _ in range(2)] == [500, 500]


def test_the_size_grows_again_after_several_good_pages_up_to_the_setting():
    size = PageSize(100)
    for _ in range(2):
        attempt(size, ServerFailure("x"))
    sizes = [attempt(size) for _ in range(2 * GOOD_PAGES + 1)]
    assert sizes == [25] * GOOD_PAGES + [50] * GOOD_PAGES + [100]
    assert {attempt(size) for _ in range(2 * GOOD_PAGES)} == {100}


def test_good_pages_are_counted_from_the_last_failure():
    size = PageSize(100)
    attempt(size, ServerFailure("x"))
    attempt(size)
    attempt(size, ServerFailure("x"))
    assert [attempt(size) for _ in range(GOOD_PAGES + 1)] == [25] * GOOD_PAGES + [50]


def page_of(size, weight, records=None):
    """Ask for a page whose records have that many bytes each."""
    with size.attempt() as number:
        held = number if records is None else records
        size.learn(held, held * weight)
    return number


@pytest.mark.parametrize("weight", [1, 40, 999, 30_000, 2_000_000, 900_000_000])
def test_pages_settle_at_the_bytes_that_they_are_to_have(weight):
    size = PageSize(10_000, 100, target=4_000_000)
    sizes = [page_of(size, weight) for _ in range(12)]
    assert sizes[0] == 100
    assert sizes[-1] == max(1, min(10_000, 4_000_000 // weight))


def test_a_page_grows_in_steps_however_light_the_one_before_was():
    size = PageSize(10_000, 10)
    assert [page_of(size, 1) for _ in range(4)] == [10 * GROWTH**n for n in range(4)]


def test_a_page_of_a_module_whose_records_grow_heavy_is_smaller_the_next_time():
    size = PageSize(10_000, target=4_000_000)
    assert [page_of(size, weight) for weight in (100, 40_000, 40_000)] == [10_000, 10_000, 100]


@pytest.mark.parametrize("records", [0, 1])
def test_a_last_page_of_few_records_tells_little(records):
    size = PageSize(1_000, 100)
    page_of(size, 30, records)
    assert page_of(size, 30) == (100 if records == 0 else 400)


@pytest.mark.parametrize("error", [AnswerTooLarge("x"), AnswerTooSlow("x")])
def test_a_page_that_was_cut_off_is_asked_for_in_far_smaller_parts(error):
    size = PageSize(500)
    assert [attempt(size, error) for _ in range(5)] == [500, 62, 7, 1, 1]


def test_what_is_learnt_from_weights_never_exceeds_what_failures_taught():
    size = PageSize(1_000, 100)
    attempt(size, ServerFailure("x"))
    assert [page_of(size, 1) for _ in range(GOOD_PAGES + 1)] == [50] * GOOD_PAGES + [100]


def test_a_page_that_is_too_large_is_asked_for_again_at_once_without_a_pause(
    contacts, transport, clock
):
    transport.on("GET", CONTACTS, AnswerTooLarge("x"), AnswerTooLarge("x"), listing(contact(1)))
    page = contacts.page(fields=["last_name"], size=100)
    assert [query(r)["page[size]"] for r in transport.sent(CONTACTS)] == ["100", "12", "1"]
    assert (len(page.records), clock.pauses) == (1, [])


def test_what_cannot_be_asked_for_in_parts_is_not_asked_for_again(contacts, transport, clock):
    transport.on("GET", CONTACTS, AnswerTooLarge("x"))
    with pytest.raises(AnswerTooLarge):
        contacts.page(fields=["last_name"], size=1)
    transport.on("GET", f"{CONTACTS}/{uuid(1)}", AnswerTooLarge("x"))
    with pytest.raises(AnswerTooLarge):
        contacts.get(uuid(1), ["last_name"])
    assert (len(transport.sent(CONTACTS)), clock.pauses) == (1, [])
    assert len(transport.sent(f"{CONTACTS}/{uuid(1)}")) == 1


def test_what_comes_too_slowly_is_asked_for_once_more_only(contacts, transport, clock):
    transport.on("GET", CONTACTS, AnswerTooSlow("x"))
    with pytest.raises(AnswerTooSlow):
        contacts.page(fields=["last_name"], size=100)
    assert [query(r)["page[size]"] for r in transport.sent(CONTACTS)] == ["100", "12"]


def test_the_next_page_is_chosen_by_the_bytes_of_the_last(contacts, transport):
    asked = []

    def serve(request):
        asked.append(int(query(request)["page[size]"]))
        after = int(query(request).get("filter[id][gt]", uuid(0))[-12:], 16)
        records = [contact(after + 1 + n, first_name="x" * 900_000) for n in range(asked[-1])]
        return listing(*records[: 60 - after], pages=9 if after < 50 else 1)

    transport.on("GET", CONTACTS, serve)
    read = list(contacts.iterate(fields=["first_name"], size=16))
    assert [record["id"] for record in read] == [uuid(number) for number in range(1, 61)]
    assert asked[0] == 16
    assert set(asked[1:]) == {4}


@pytest.mark.parametrize(
    "fault",
    [CrmUnreachable("late"), answer(b"", 504), answer(b'{"data": [{"id"')],
    ids=["time-out", "504", "cut"],
)
def test_each_failed_attempt_for_a_page_asks_for_less(contacts, transport, fault):
    transport.on("GET", CONTACTS, fault, fault, listing(contact(1)))
    page = contacts.page(fields=["last_name"], size=100)
    assert [query(r)["page[size]"] for r in transport.sent(CONTACTS)] == ["100", "50", "25"]
    assert page.complete


def test_a_full_small_page_is_not_taken_for_the_last(contacts, transport):
    transport.on("GET", CONTACTS, answer(b"", 504), listing(contact(1), contact(2), pages=9))
    assert not contacts.page(fields=["last_name"], size=4).complete


def test_all_records_are_read_whatever_becomes_of_the_size(contacts, transport):
    everything = [contact(number) for number in range(1, 60)]
    asked = []

    def serve(request):
        asked.append(int(query(request)["page[size]"]))
        if len(asked) in (1, 3, 4, 9):
            return answer(b"", 502)
        after = query(request).get("filter[id][gt]", "")
        found = [one for one in everything if one["id"] > after]
        return listing(*found[: asked[-1]], pages=-(-len(found) // asked[-1]))

    transport.on("GET", CONTACTS, serve)
    read = list(contacts.iterate(fields=["last_name"], size=16))
    assert [record["id"] for record in read] == [uuid(number) for number in range(1, 60)]
    assert min(asked) < 16
