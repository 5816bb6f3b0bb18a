"""Which fields a module has, also where SuiteCRM does not list them."""

import pytest

from suitecrm_bridge.errors import (
    RequestRefused,
)
from tests.crm.conftest import (
    CONTACTS,
    NO_ACCESS,
    answer,
    listing,
    meta,
    refusal,
)
from tests.crm.foreign import page

UNTOLD = [answer({"message": "Not found"}, 404), page(404), page(403), NO_ACCESS]


@pytest.mark.parametrize("given", UNTOLD)
def test_without_a_list_of_its_fields_a_module_is_read_all_the_same(crm, transport, given):
    transport.on("GET", "/Api/V8/meta/fields/Contacts", given)
    transport.on("GET", CONTACTS, listing())
    assert crm.module("Contacts").readable(["last_name"]) == (["last_name"], [])


def test_fields_that_are_not_there_are_learnt_from_the_refusals(crm, transport):
    transport.on("GET", "/Api/V8/meta/fields/Contacts", page(404))
    refused = "The following fields in Contact module are not found: a_c, b_c"
    again = "The following field in Contact module is not found: c_c"
    transport.on("GET", CONTACTS, refusal(refused), refusal(again), listing())
    wanted = ["last_name", "a_c", "b_c", "c_c"]
    assert crm.module("Contacts").readable(wanted) == (["last_name"], ["a_c", "b_c", "c_c"])
    assert len(transport.sent(CONTACTS)) == 3


def test_a_refusal_that_names_no_field_is_told(crm, transport):
    transport.on("GET", "/Api/V8/meta/fields/Contacts", page(404))
    transport.on("GET", CONTACTS, refusal("The option sort is not valid"))
    with pytest.raises(RequestRefused, match="option sort"):
        crm.module("Contacts").readable(["last_name", "a_c"])


def test_a_list_of_fields_is_asked_for_once(crm, transport):
    transport.on("GET", "/Api/V8/meta/fields/Contacts", meta(last_name="varchar"))
    for _ in range(2):
        assert crm.module("Contacts").readable(["last_name", "x_c"]) == (["last_name"], ["x_c"])
    assert len(transport.sent("/Api/V8/meta/fields/Contacts")) == 1
