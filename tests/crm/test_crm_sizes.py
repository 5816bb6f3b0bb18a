"""How many records are asked for at once."""

import pytest

from suitecrm_bridge.crm.sizes import GOOD_PAGES, PageSize
from suitecrm_bridge.errors import (
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
