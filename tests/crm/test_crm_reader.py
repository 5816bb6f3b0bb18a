"""Reading past what a server stumbles over."""

import math

import pytest

from suitecrm_bridge.crm import Reader, SuiteCRM
from suitecrm_bridge.crm.reader import MOST_APART
from suitecrm_bridge.errors import (
    AnswerTooLarge,
    CrmDown,
    CrmUnreachable,
    InvalidRequest,
    ServerFailure,
)
from tests.crm.conftest import (
    CLIENT,
    CONTACTS,
    FIELDS,
    URL,
    answer,
    contact,
    listing,
    meta,
    query,
    refusal,
    uuid,
)

FAILS = answer(b"", 500)
BROKEN = answer(b'{"data": [{"id": "')
EVERYBODY = range(1, 41)


class Server:
    """Gives contacts in pages, and stumbles over some."""

    def __init__(self, poisoned=(), fault=FAILS, *, ids_too=False):
        self.poisoned = {uuid(number) for number in poisoned}
        self.fault, self.ids_too = fault, ids_too
        self.sizes = []

    def __call__(self, request):
        asked = query(request)
        size, after = int(asked["page[size]"]), asked.get("filter[id][gt]", "")
        self.sizes.append(size)
        left = [contact(n) for n in EVERYBODY if uuid(n) > after]
        found = left[:size]
        only_ids = asked["fields[Contacts]"] == "id" and not self.ids_too
        if not only_ids and self.poisoned & {one["id"] for one in found}:
            if isinstance(self.fault, Exception):
                raise self.fault
            return self.fault
        return listing(*found, pages=-(-len(left) // size))


@pytest.fixture
def read(transport, clock):
    """Read all contacts of a server in pages of 16; return ids and what was set apart."""

    def all_pages(server, retries=0):
        crm = SuiteCRM(
            URL, CLIENT, transport, retries=retries, max_rate=math.inf, timing=clock.timing
        )
        transport.on("GET", CONTACTS, server)
        transport.on("GET", FIELDS, meta(last_name="name"))
        reader, after, pages = Reader(crm.module("Contacts"), 16), None, []
        while not pages or not pages[-1].complete:
            pages.append(reader.page(["last_name"], after=after))
            after = pages[-1].last_id
        records = [record["id"] for page in pages for record in page.records]
        return records, [one for page in pages for one in page.rejected]

    return all_pages


@pytest.mark.parametrize(
    "fault", [FAILS, BROKEN, AnswerTooLarge("more than 16 MB")], ids=["500", "cut", "too large"]
)
@pytest.mark.parametrize("retries", [0, 2])
@pytest.mark.parametrize("poisoned", [1, 16, 17, 40])
def test_a_record_that_breaks_its_page_is_set_apart_and_the_others_are_read(
    read, fault, retries, poisoned
):
    records, apart = read(Server([poisoned], fault), retries)
    assert [one.id for one in apart] == [uuid(poisoned)]
    assert records == [uuid(n) for n in EVERYBODY if n != poisoned]


def test_several_such_records_are_set_apart(read):
    poisoned = [3, 4, 20, 33]
    records, apart = read(Server(poisoned))
    assert [one.id for one in apart] == [uuid(n) for n in poisoned]
    assert len(records) == len(EVERYBODY) - len(poisoned)


def test_pages_grow_again_after_a_record_was_set_apart(read):
    server = Server([1])
    read(server)
    assert server.sizes[:6] == [16, 8, 4, 2, 1, 1]
    assert max(server.sizes[6:]) > 1


def test_the_error_stands_where_too_many_records_in_a_row_would_be_set_apart(read):
    with pytest.raises(ServerFailure):
        read(Server(range(1, MOST_APART + 2)))


def test_the_error_stands_where_not_even_the_id_can_be_read(read):
    with pytest.raises(ServerFailure):
        read(Server([7], ids_too=True))


def test_a_server_that_is_too_slow_for_a_page_is_asked_for_less(read):
    server = Server()
    slow = iter([True, True, True])

    def serve(request):
        if next(slow, False):
            raise CrmUnreachable("too late")
        return server(request)

    records, apart = read(serve)
    assert (len(records), apart) == (len(EVERYBODY), [])
    assert server.sizes[0] == 2


def test_no_record_is_set_apart_because_of_a_time_out(read):
    with pytest.raises(CrmUnreachable):
        read(Server([7], CrmUnreachable("too late")))


def test_no_record_is_set_apart_while_the_crm_is_down(read, transport):
    transport.on("GET", "/Api/V8/current-user", FAILS)
    with pytest.raises(CrmDown):
        read(Server([7]))


def test_a_page_that_is_refused_is_not_asked_for_again(read):
    asked = []

    def refuse(request):
        asked.append(request)
        return refusal("The option x is wrong")

    with pytest.raises(InvalidRequest):
        read(refuse)
    assert len(asked) == 1
