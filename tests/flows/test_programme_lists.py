"""Target lists of programmes appear, fill, follow, and harm nobody's own."""

import pytest

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.crm.bulk import FastRoutes
from suitecrm_bridge.crm.records import Module
from suitecrm_bridge.errors import Stopped
from suitecrm_bridge.jobs import programmes as jobs
from suitecrm_bridge.jobs import target_lists
from suitecrm_bridge.jobs.stop import Stop
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.push.lists import list_id
from tests.flows.begun import (
    CONTROL,
    HELLO,
    TREATED,
    addressable,
    begin,
    change,
    lists,
    members,
    run,
)


def test_the_lists_appear_fill_and_stay_as_they_are(world):
    begin(world)
    summary = run(world)
    treated, control = members(world), members(world, CONTROL)
    assert treated | control == addressable(world)
    assert not treated & control
    assert control
    assert summary.members_added == len(treated | control)
    assert summary.programmes["hello"]["enters"] == len(treated)
    assert lists(world) == sorted(
        [(TREATED, "Hello: First", "default"), (CONTROL, "Hello: First (control group)", "exempt")]
    )
    world.forget()
    again = run(world)
    assert (again.members_added, again.members_removed) == (0, 0)
    assert world.count("POST", "ProspectLists") == 0
    assert (members(world), members(world, CONTROL)) == (treated, control)


def test_a_list_of_the_same_name_that_a_person_made_is_untouched(fast_synced):
    world = fast_synced
    begin(world)
    with world.context() as context:
        made = context.crm.module("ProspectLists").create({"name": "Hello: First"})["id"]
        someone = world.mirrored("SELECT min(id) FROM contacts")[0][0]
        context.crm.module("ProspectLists").relate(made, "contacts", "Contacts", someone)
    run(world)
    with world.context() as context:
        jobs.stop(context, Summary(), ["hello"])
    assert members(world, made) == {someone}


def test_a_list_that_people_deleted_is_made_anew(world):
    begin(world)
    run(world)
    before = members(world)
    with world.context() as context:
        context.crm.module("ProspectLists").delete(TREATED)
    gone = sorted(before)[0]
    change(world, gone, email_opt_out=1)
    world.pull("Contacts")
    run(world)
    assert members(world, list_id("hello/first/treated", 1)) == before - {gone}


def test_a_mirror_that_was_lost_finds_its_lists_again(fast_synced):
    world = fast_synced
    begin(world)
    run(world)
    before = members(world), members(world, CONTROL)
    tables = ("programme_lists", "programme_members", "programme_enrolments", "programme_contacts")
    for table in tables:
        world.mirrored(f"DELETE FROM {table}")
    summary = run(world)
    assert (summary.members_added, summary.members_removed) == (0, 0)
    assert (members(world), members(world, CONTROL)) == before
    assert len(lists(world)) == 2
    assert summary.programmes["hello"]["enters"] == 0
    assert summary.programmes["hello"]["stays"] == len(before[0] | before[1])
    had = world.mirrored("SELECT person, day FROM programme_contacts")
    assert dict(had).keys() == before[0]


def test_with_a_new_mirror_who_is_on_the_list_of_a_later_wave_does_not_get_the_first_one(
    fast_synced,
):
    world = fast_synced
    second = '[waves.second]\nchannel = "mail"\nlabel = { en = "Second", fr = "Deux" }\n'
    begin(world, HELLO.replace("[control]", second + "[control]"))
    run(world)
    then = list_id("hello/second/treated")
    moved, *others = sorted(members(world))
    with world.context() as context:
        module = context.crm.module("ProspectLists")
        for person in (moved, *others):
            module.unrelate(TREATED, "contacts", person)
        module.relate(then, "contacts", "Contacts", moved)
        module.relate(TREATED, "contacts", "Contacts", moved)
    for table in ("lists", "members", "enrolments", "contacts"):
        world.mirrored(f"DELETE FROM programme_{table}")
    run(world)
    stands = world.mirrored("SELECT wave FROM programme_enrolments WHERE person = ?", moved)
    assert stands == [("second",)]
    assert moved not in members(world)
    assert moved in members(world, then)
    assert members(world) == set(others)


def test_over_the_stock_api_a_run_changes_so_many_members_and_the_next_goes_on(synced, monkeypatch):
    world = synced
    begin(world)
    monkeypatch.setattr(target_lists, "MOST_ONE_BY_ONE", 10)
    first = run(world)
    assert first.members_added == 10
    assert first.members_left == len(addressable(world)) - 10
    while (last := run(world)).members_left:
        assert last.members_added == 10
    assert members(world) | members(world, CONTROL) == addressable(world)


def test_a_contact_that_is_gone_keeps_no_other_off_the_list(fast_synced):
    world = fast_synced
    begin(world)
    gone = sorted(addressable(world))[3]
    with world.context() as context:
        context.crm.module("Contacts").delete(gone)
    run(world)
    on_lists = members(world) | members(world, CONTROL)
    assert on_lists == addressable(world) - {gone}


class Killed(BaseException):
    """The process ended here."""


@pytest.mark.parametrize("answered", [True, False])
def test_runs_that_are_killed_at_every_request_end_with_the_same_lists(
    fast_synced, monkeypatch, answered
):
    world = fast_synced
    begin(world)
    monkeypatch.setattr(FastRoutes, "most_members", property(lambda routes: 20))
    asked, runs = [0], 0

    def killing(call):
        def killed(*given):
            asked[0] += 1
            if not answered and asked[0] == runs:
                raise Killed
            found = call(*given)
            if asked[0] == runs:
                raise Killed
            return found

        return killed

    monkeypatch.setattr(FastRoutes, "members", killing(FastRoutes.members))
    monkeypatch.setattr(Module, "create", killing(Module.create))
    for runs in range(1, 30):  # noqa: B007 (asked in the function above)
        asked[0] = 0
        try:
            run(world)
        except Killed:
            continue
        break
    assert runs > 2
    treated, control = members(world), members(world, CONTROL)
    assert treated | control == addressable(world)
    assert not treated & control
    assert world.mirrored("SELECT count(*) FROM programme_contacts") == [(len(treated),)]
    assert len(lists(world)) == 2


def test_a_wish_to_stop_ends_a_run_between_two_requests(fast_synced):
    world = fast_synced
    begin(world)
    stop = Stop()
    with world.context() as context:
        context.stop = stop
        stop.set()
        with pytest.raises(Stopped):
            jobs.run(context, Summary())
    run(world)
    assert members(world) | members(world, CONTROL) == addressable(world)


def test_leads_are_put_on_lists_as_leads(world):
    content = HELLO.replace('"contacts"', '"leads"').replace(
        "purchase_count >= 0", "status is not empty"
    )
    begin(world, content)
    run(world)
    assert members(world, link="leads")
    assert members(world) == set()


def test_each_segment_has_a_list_where_they_are_wanted_and_follows_its_customers(fast_synced):
    world = fast_synced
    world.home.joinpath("addressing.toml").write_text(
        "[segments]\nlists = ['contacts']\n", encoding="utf-8"
    )
    run(world)
    by = dict(world.mirrored("SELECT customer_id, rfm_segment FROM scores_contacts"))
    listed = {
        segment: members(world, list_id(f"segments/contacts/{segment}"))
        for segment in catalogue().segments
    }
    reached = addressable(world, complaints="'nothing'")
    assert listed == {segment: {id for id in reached if by[id] == segment} for segment in listed}
    moved = sorted(listed["prospect"])[0]
    world.mirrored("UPDATE scores_contacts SET rfm_segment = 'loyal' WHERE customer_id = ?", moved)
    run(world)
    assert moved in members(world, list_id("segments/contacts/loyal"))
    assert moved not in members(world, list_id("segments/contacts/prospect"))
    world.home.joinpath("addressing.toml").unlink()
    run(world)
    assert not any(members(world, list_id(f"segments/contacts/{one}")) for one in listed)


def test_over_the_stock_api_a_member_that_was_deleted_leaves_the_list_alone(synced):
    world = synced
    begin(world)
    run(world)
    gone, *others = sorted(members(world))
    with world.context() as context:
        context.crm.module("Contacts").delete(gone)
        context.mirror.records.forget("Contacts", gone)
    summary = run(world)
    assert summary.members_removed == 1
    assert members(world) == set(others)
    assert len(lists(world)) == 2


def test_members_that_people_changed_are_put_right_when_a_day_is_over(world):
    begin(world)
    run(world)
    treated, control = members(world), members(world, CONTROL)
    gone = sorted(treated)[0]
    wrong = world.mirrored(
        "SELECT min(id) FROM contacts WHERE id NOT IN (SELECT person FROM programme_enrolments)"
    )[0][0]
    with world.context() as context:
        module = context.crm.module("ProspectLists")
        module.unrelate(TREATED, "contacts", gone)
        module.relate(TREATED, "contacts", "Contacts", wrong)
    run(world)
    assert members(world) == {*treated, wrong} - {gone}
    world.clock.advance(days=1, minutes=1)
    world.forget()
    summary = run(world)
    assert (summary.members_added, summary.members_removed) == (1, 1)
    assert (members(world), members(world, CONTROL)) == (treated, control)
    world.forget()
    run(world)
    assert world.count("GET", "ProspectLists") == 0


def test_a_restored_database_has_its_lists_as_they_are_to_be_with_the_next_sync(fast_synced):
    world = fast_synced
    begin(world)
    kept = world.sandbox.keep()
    world.sync()
    leaves, *others = sorted(members(world))
    then = world.sandbox.keep()
    change(world, leaves, do_not_call=1, email_opt_out=1)
    world.sync()
    assert members(world) == set(others)
    world.sandbox.restore(then)
    change(world, leaves, email_opt_out=1)
    world.sync()
    assert members(world) == set(others)
    world.sandbox.restore(kept)
    world.sync()
    assert set(others) <= members(world)
    assert len(lists(world)) == 2


def test_nobody_is_to_be_on_a_list_whose_record_went_after_the_decision(fast_synced):
    world = fast_synced
    begin(world)
    world.sync()
    gone, *others = sorted(members(world))
    with world.context() as context:
        run_sql = context.mirror.connection.execute
        run_sql("DELETE FROM programme_members")
        run_sql("DELETE FROM contacts WHERE id = ?", [gone])
        due = {one.list_id: one.add for one in context.mirror.programmes.lists.due()}
    assert sorted(due[TREATED]) == others
