"""Programmes end to end: their target lists appear, fill, follow, and harm nobody's own."""

from datetime import timedelta

import pytest

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.crm.bulk import FastRoutes
from suitecrm_bridge.crm.records import Module
from suitecrm_bridge.errors import Stopped, WriteBackError
from suitecrm_bridge.jobs import programmes as jobs
from suitecrm_bridge.jobs.stop import Stop
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.push.lists import list_id
from tests.flows.world import DAY

TODAY = DAY + timedelta(days=1)
HELLO = """
[programme]
label = { en = "Hello", fr = "Bonjour" }
description = { en = "a", fr = "b" }
of = "contacts"
audience = 'purchase_count >= 0'
priority = 5
again_days = 30
[waves.first]
channel = "mail"
label = { en = "First", fr = "Premier" }
[control]
share = 0.3
"""
TREATED, CONTROL = (list_id(f"hello/first/{arm}") for arm in ("treated", "control"))


def begin(world, content=HELLO, key="hello"):
    """Write a programme file of the installation's own, hold nobody back, and start it."""
    folder = world.home / "programmes"
    folder.mkdir(exist_ok=True)
    (folder / f"{key}.toml").write_text(content, encoding="utf-8")
    nobody = "[control]\nshare = 0\n[cap]\ncontacts = 2\n"
    (world.home / "addressing.toml").write_text(nobody, encoding="utf-8")
    with world.context() as context:
        context.mirror.programmes.start(key, context.today())


def run(world, *, dry_run=False, **changes):
    summary = Summary()
    with world.context(**changes) as context:
        jobs.run(context, summary, dry_run=dry_run)
    return summary


def members(world, list_id=TREATED, link="contacts"):
    with world.context() as context:
        return set(context.crm.module("ProspectLists").related(list_id, link))


def lists(world):
    with world.context() as context:
        found = context.crm.module("ProspectLists").iterate(fields=["name", "list_type"])
        return sorted((one["id"], one["name"], one["list_type"]) for one in found)


def addressable(world, complaints="'serious'"):
    """Contacts whom mail may reach, as the CRM holds them, without those with such complaints."""
    rows = world.mirrored(
        "SELECT id FROM contacts WHERE email1 LIKE '%@%' AND NOT email_opt_out"
        " AND NOT invalid_email AND coalesce(lawful_basis, '') NOT LIKE '%withdrawn%'"
        " AND id IN (SELECT customer_id FROM scores_contacts"
        f"  WHERE complaints <> {complaints})"
        " AND NOT EXISTS (SELECT 1 FROM campaign_log l WHERE l.target_id = contacts.id"
        "  AND l.activity_type = 'removed' AND l.activity_date >= contacts.date_modified)"
    )
    return {id for (id,) in rows}


def change(world, id, **attributes):
    world.clock.advance(minutes=2)
    world.store.update("Contacts", id, {**attributes, "date_modified": world.store.now()})


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


def test_a_dry_run_says_what_would_be_and_changes_nothing(fast_synced):
    world = fast_synced
    begin(world)
    world.forget()
    summary = run(world, dry_run=True)
    assert summary.programmes["hello"]["enters"] > 0
    assert world.count("POST") == 0
    assert world.mirrored("SELECT count(*) FROM programme_enrolments") == [(0,)]
    assert lists(world) == []


def test_who_opts_out_withdraws_or_objects_is_off_the_list_after_the_next_sync(fast_synced):
    world = fast_synced
    begin(world)
    run(world)
    one, two, three, *others = sorted(members(world))
    change(world, one, email_opt_out=1)
    change(world, two, lawful_basis="^withdrawn^")
    change(world, three, no_profiling_c=1)
    world.pull("Contacts")
    summary = run(world)
    assert members(world) == set(others)
    assert summary.members_removed == 3
    why = world.mirrored("SELECT person, why FROM programme_enrolments WHERE ended IS NOT NULL")
    assert dict(why) == {one: "opted_out", two: "withdrawn", three: "no_profiling"}


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


def test_stopping_empties_the_lists_and_leaves_them_and_nobody_comes_back(fast_synced):
    world = fast_synced
    begin(world)
    run(world)
    before = len(members(world)) + len(members(world, CONTROL))
    summary = Summary()
    with world.context() as context:
        jobs.stop(context, summary, ["hello"])
    assert summary.programmes == {"hello": {"left": before}}
    assert members(world) == members(world, CONTROL) == set()
    assert len(lists(world)) == 2
    assert run(world).programmes == {}
    assert members(world) == set()


def test_what_stopping_could_not_empty_the_next_run_does(fast_synced):
    world = fast_synced
    begin(world)
    run(world)
    with world.context() as context:
        context.mirror.programmes.stop("hello", TODAY)
    assert members(world)
    run(world)
    assert members(world) == set()


def test_a_programme_without_its_file_is_stopped(fast_synced):
    world = fast_synced
    begin(world)
    run(world)
    (world.home / "programmes" / "hello.toml").unlink()
    run(world)
    assert members(world) == set()
    assert world.mirrored("SELECT running FROM programmes") == [(False,)]


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


def test_over_the_stock_api_a_run_changes_so_many_members_and_the_next_goes_on(synced, monkeypatch):
    world = synced
    begin(world)
    monkeypatch.setattr(jobs, "MOST_ONE_BY_ONE", 10)
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


def test_sync_runs_the_programmes_also_where_a_record_cannot_be_written(fast_synced, monkeypatch):
    world = fast_synced
    begin(world)

    def fails(context, summary, **options):
        raise WriteBackError("one")

    monkeypatch.setattr("suitecrm_bridge.jobs.sync.push", fails)
    with pytest.raises(WriteBackError, match="one"):
        world.sync()
    assert members(world) | members(world, CONTROL) == addressable(world)


def test_leads_are_put_on_lists_as_leads(world):
    content = HELLO.replace('"contacts"', '"leads"').replace(
        "purchase_count >= 0", "status is not empty"
    )
    begin(world, content)
    run(world)
    assert members(world, link="leads")
    assert members(world) == set()


def test_who_objects_to_profiling_has_no_score_in_suitecrm_and_gets_them_back(fast_synced):
    world = fast_synced
    someone = world.mirrored("SELECT min(id) FROM contacts WHERE rfm_segment_c <> ''")[0][0]
    fields = [f.name for f in catalogue().fields_of("Contacts", "bridge")]
    before = {name: world.store.row("Contacts", someone)[name] for name in fields}
    change(world, someone, no_profiling_c=1)
    world.sync()
    row = world.store.row("Contacts", someone)
    assert {name: row[name] for name in fields if row[name] not in (None, "")} == {}
    assert world.sync().written == 0
    change(world, someone, no_profiling_c=0)
    world.sync()
    after = {name: world.store.row("Contacts", someone)[name] for name in fields}
    assert after["rfm_segment_c"] == before["rfm_segment_c"]
    assert {n for n in fields if after[n] in (None, "")} == {
        n for n in fields if before[n] in (None, "")
    }


def test_a_programme_that_is_over_lets_everybody_go_and_nobody_in(fast_synced):
    world = fast_synced
    begin(world, HELLO + "[stop]\nafter_days = 3\n")
    run(world)
    assert members(world)
    world.clock.advance(days=2)
    run(world)
    assert members(world)
    world.clock.advance(days=1)
    summary = run(world)
    assert members(world) == set()
    assert summary.programmes["hello"]["enters"] == 0
    assert summary.programmes["hello"]["leaves"] > 0


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
