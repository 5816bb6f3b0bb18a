"""Programmes end to end: who is on their lists, and what ends that."""

from datetime import timedelta

import pytest

from suitecrm_bridge.catalogue import PLACE_FIELDS, catalogue
from suitecrm_bridge.errors import CatalogueError, WriteBackError
from suitecrm_bridge.jobs import programmes as jobs
from suitecrm_bridge.jobs.summary import Summary
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
from tests.flows.world import DAY

TODAY = DAY + timedelta(days=1)


def test_a_dry_run_says_what_would_be_and_changes_nothing(fast_synced):
    world = fast_synced
    begin(world)
    world.forget()
    summary = run(world, dry_run=True)
    assert summary.programmes["hello"]["enters"] > 0
    # It logs in and out, and asks who has opted out by now.
    posts = {path for method, path in world.requests if method == "POST"}
    assert {path for path in posts if not path.endswith(("access_token", "logout"))} == set()
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


def test_stopping_one_programme_puts_nobody_on_the_list_of_another(fast_synced):
    world = fast_synced
    begin(world)
    run(world)
    begin(world, key="other")
    someone = sorted(members(world))[0]
    with world.context() as context:
        context.crm.module("ProspectLists").unrelate(TREATED, "contacts", someone)
        # As where the run ended before it could put them there; they may have opted out since.
        context.mirror.programmes.lists.answered(TREATED, [], [someone])
        jobs.stop(context, Summary(), ["other"])
    assert someone not in members(world)
    run(world)
    assert someone in members(world)


def test_a_programme_without_its_file_is_stopped(fast_synced):
    world = fast_synced
    begin(world)
    run(world)
    (world.home / "programmes" / "hello.toml").unlink()
    run(world)
    assert members(world) == set()
    assert world.mirrored("SELECT running FROM programmes") == [(False,)]


def test_sync_runs_the_programmes_also_where_a_record_cannot_be_written(fast_synced, monkeypatch):
    world = fast_synced
    begin(world)

    def fails(context, summary, **options):
        raise WriteBackError("one")

    monkeypatch.setattr("suitecrm_bridge.jobs.sync.push", fails)
    with pytest.raises(WriteBackError, match="one"):
        world.sync()
    assert members(world) | members(world, CONTROL) == addressable(world)


def test_who_objects_to_profiling_has_no_score_in_suitecrm_and_gets_them_back(fast_synced):
    world = fast_synced
    someone = world.mirrored("SELECT min(id) FROM contacts WHERE rfm_segment_c <> ''")[0][0]
    fields = [f.name for f in catalogue().fields_of("Contacts", "bridge")]
    before = {name: world.store.row("Contacts", someone)[name] for name in fields}
    change(world, someone, no_profiling_c=1)
    world.sync()
    row = world.store.row("Contacts", someone)
    # A box that is not ticked says nothing.
    said = {name: row[name] for name in fields if row[name] not in (None, "")}
    assert said in ({}, {"review_flag_c": 0})
    assert world.sync().written == 0
    change(world, someone, no_profiling_c=0)
    world.sync()
    after = {name: world.store.row("Contacts", someone)[name] for name in fields}
    assert after["rfm_segment_c"] == before["rfm_segment_c"]
    assert {n for n in fields if after[n] in (None, "")} == {
        n for n in fields if before[n] in (None, "")
    }


def test_a_file_that_cannot_be_used_keeps_no_score_back_and_is_told(fast_synced):
    world = fast_synced
    begin(world)
    someone = world.mirrored("SELECT min(id) FROM contacts WHERE rfm_segment_c <> ''")[0][0]
    change(world, someone, no_profiling_c=1)
    (world.home / "programmes" / "hello.toml").write_text("[programme]\nof = 3\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match="hello"):
        world.sync()
    assert not world.store.row("Contacts", someone)["rfm_segment_c"]
    assert lists(world) == []


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


def test_the_record_says_where_a_customer_stands_and_nothing_of_those_only_measured(world):
    begin(world)
    world.sync()
    treated, control = members(world), members(world, CONTROL)
    rows = {row["id"]: row for row in world.store.rows("Contacts")}
    said = {tuple(rows[id][name] for name in PLACE_FIELDS) for id in treated}
    assert said == {("hello", "first", str(TODAY), "Hello: Says hello. Now at: First.", None)}
    assert {rows[id][name] or "" for id in control for name in PLACE_FIELDS} == {""}
    assert world.sync().written == 0
    with world.context() as context:
        jobs.stop(context, Summary(), ["hello"])
    world.sync()
    rows = world.store.rows("Contacts")
    assert {row[name] or "" for row in rows for name in PLACE_FIELDS} == {""}
