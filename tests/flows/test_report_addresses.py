"""Which addresses of customers a workbook may hold, on a SuiteCRM with demo data."""

import pytest

from suitecrm_bridge.insights.addresses import addresses
from tests.flows.world import DAY

OBJECTIONS = {
    "email_opt_out = true": "email",
    "invalid_email = true": "email",
    "do_not_call = true": "phone",
    "lawful_basis = '^withdrawn^'": "both",
    "no_profiling_c = true": "both",
}


def found(world, change=""):
    with world.context() as context:
        if change:
            context.mirror.connection.execute(f"UPDATE contacts SET {change}")
        return addresses(context.mirror, "contacts", DAY)


def test_addresses_are_those_of_people_who_may_be_addressed(synced):
    known = found(synced)
    refused = synced.mirrored("SELECT id FROM contacts WHERE email_opt_out")
    no_calls = synced.mirrored("SELECT id FROM contacts WHERE do_not_call")
    assert refused
    assert no_calls
    assert all(not known.get(id, ("", ""))[0] for (id,) in refused)
    assert all(not known.get(id, ("", ""))[1] for (id,) in no_calls)
    assert any(email for email, _ in known.values())
    assert any(phone for _, phone in known.values())


@pytest.mark.parametrize(("change", "gone"), OBJECTIONS.items())
def test_nobody_who_objects_has_an_address(synced, change, gone):
    known = found(synced, change)
    assert not any(email for email, _ in known.values()) or gone == "phone"
    assert not any(phone for _, phone in known.values()) or gone == "email"


def test_an_objection_that_cannot_be_read_counts_as_one(synced):
    with synced.context() as context:
        context.mirror.connection.execute("DELETE FROM bookmarks WHERE module = 'Contacts'")
        assert addresses(context.mirror, "contacts", DAY) == {}
