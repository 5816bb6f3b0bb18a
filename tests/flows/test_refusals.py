"""Who opts out without a date on the record is addressed by nobody all the same."""

import json

import pytest

from tests.flows.begun import CONTROL, HELLO, addressable, begin, members, run
from tests.flows.conftest import synced_over


def quietly(world, id, module="Contacts", **values):
    """Change what is kept of an address, as SuiteCRM's page to opt out does: no date tells."""
    world.store.update(module, id, values)


@pytest.mark.parametrize(("fast", "what"), [(True, "email_opt_out"), (False, "invalid_email")])
def test_who_opted_out_without_a_date_is_put_on_no_list(bases, tmp_path, fast, what):
    with synced_over(bases, tmp_path, fast=fast) as world:
        begin(world)
        before = addressable(world)
        some = set(sorted(before)[::3])
        for id in some:
            quietly(world, id, **{what: 1})
        run(world)
        assert members(world) | members(world, CONTROL) >= before - some
        assert not members(world) & some


def test_who_opted_out_without_a_date_leaves_with_the_next_sync(fast_synced):
    world = fast_synced
    begin(world)
    run(world)
    someone, *others = sorted(members(world))
    quietly(world, someone, email_opt_out=1)
    run(world)
    assert members(world) == set(others)
    why = world.mirrored("SELECT why FROM programme_enrolments WHERE person = ?", someone)
    assert why == [("opted_out",)]


def test_over_the_stock_api_who_cannot_be_asked_is_put_on_no_list(synced):
    world = synced
    begin(world)
    someone = sorted(addressable(world))[0]
    world.store.update("Contacts", someone, {"deleted": 1})
    summary = run(world)
    assert summary.members_added > 0
    assert someone not in members(world)


def test_where_nothing_is_new_one_number_a_module_is_asked_for(fast_synced):
    world = fast_synced
    begin(world)
    run(world)
    world.forget()
    run(world)
    assert world.count("GET", "/digests/Contacts") == 1
    assert world.count("GET", "/records/Contacts") == 0


def test_no_webhook_names_the_address_of_who_opted_out_without_a_date(synced):
    world = synced
    begin(world, HELLO.replace('channel = "mail"', 'channel = "webhook"'))
    someone = sorted(addressable(world))[0]
    quietly(world, someone, email_opt_out=1)
    run(world)
    (file,) = (world.home / "webhooks").iterdir()
    told = [json.loads(line)["person"] for line in file.read_text("utf-8").splitlines()]
    emails = {person["id"]: person["email"] for person in told}
    assert emails.pop(someone, None) is None
    assert any(emails.values())


@pytest.mark.parametrize("fast", [True, False])
def test_the_comparison_finds_who_opted_out_without_a_date(bases, tmp_path, fast):
    with synced_over(bases, tmp_path, fast=fast) as world:
        someone = world.mirrored("SELECT min(id) FROM contacts WHERE NOT email_opt_out")[0][0]
        quietly(world, someone, email_opt_out=1)
        world.clock.advance(hours=25)
        world.pull("Contacts")
        known = world.mirrored("SELECT email_opt_out FROM contacts WHERE id = ?", someone)
        assert known == [(True,)]
