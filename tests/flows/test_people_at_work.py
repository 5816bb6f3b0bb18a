"""People at work while a sync writes: what they save stays, and the scores come back."""

from __future__ import annotations

import threading

import pytest

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.errors import WriteBackError
from tests.places import stories

pytestmark = pytest.mark.usefixtures("standing_figures")

SEGMENTS = list(catalogue().segments)


def another(segment):
    return next(key for key in SEGMENTS if key != segment)


def move(world, count):
    """Give some contacts another segment than they are to have, and return the right ones by id."""
    right = {}
    world.clock.advance(hours=1)
    for row in world.store.rows("Contacts")[:count]:
        right[row["id"]] = row["rfm_segment_c"]
        world.store.update("Contacts", row["id"], {"rfm_segment_c": another(row["rfm_segment_c"])})
    world.clock.advance(hours=1)
    return right


def segments(world, ids):
    return {id: world.store.row("Contacts", id)["rfm_segment_c"] for id in ids}


def test_what_people_save_during_a_push_is_kept(fast_synced):
    world, saved = fast_synced, {}
    right = move(world, 20)

    def work(module, id):
        for other in right:
            if other != id:
                saved[other] = f"+33 {len(saved)}"
                world.sandbox.people.change(module, other, {"phone_work": saved[other]})

    world.sandbox.scores.hooks.append(work)
    world.sync()
    phones = {id: world.store.row("Contacts", id)["phone_work"] for id in saved}
    assert phones == saved


@pytest.mark.story
@pytest.mark.parametrize(
    "late", stories({"in between": False, "after the push": True}, but=["in between"])
)
def test_a_score_that_a_person_saved_over_is_written_again_by_the_next_sync(fast_synced, late):
    world = fast_synced
    right = move(world, 3)
    edits = {id: world.sandbox.people.read("Contacts", id) for id in right}
    first = next(iter(right))

    def work(module, id):
        if id != first and first in edits:
            edits.pop(first).save(phone_work="+33 1")

    if not late:
        world.sandbox.scores.hooks.append(work)
    world.sync()
    for edit in edits.values():
        edit.save(phone_work="+33 2")
    assert segments(world, right) != right
    world.clock.advance(minutes=10)
    world.sync()
    assert segments(world, right) == right
    assert world.sync().planned == 0


@pytest.mark.story
def test_the_same_over_the_stock_api(synced):
    right = move(synced, 3)
    edits = [synced.sandbox.people.read("Contacts", id) for id in right]
    synced.sync()
    for edit in edits:
        edit.save(phone_work="+33 2")
    assert segments(synced, right) != right
    synced.clock.advance(minutes=10)
    synced.sync()
    assert segments(synced, right) == right
    assert synced.sync().planned == 0


@pytest.mark.story
def test_a_save_that_began_before_the_pull_and_ended_after_the_push_is_found(fast_synced):
    """Its date is that of its beginning, which lies before the bookmark, but within the lag."""
    world = fast_synced
    right = move(world, 1)
    (id,) = right
    edit = world.sandbox.people.read("Contacts", id)
    began = world.store.now()
    world.clock.advance(minutes=1)
    world.sync()
    edit.save(phone_work="+33 1", date_modified=began)
    world.clock.advance(hours=1)
    world.sync()
    assert segments(world, right) == right


@pytest.mark.story
def test_an_announced_write_is_no_change_that_the_next_pull_reads(fast_synced):
    world = fast_synced
    move(world, 5)
    world.sync()
    world.clock.advance(hours=1)
    summary = world.sync()
    assert (summary.pulled.get("Contacts", 0), summary.planned) == (0, 0)


@pytest.mark.story
def test_what_a_hook_changes_with_the_segment_arrives(fast_synced):
    world = fast_synced
    (id,) = move(world, 1)

    def work(module, id):
        world.store.update(module, id, {"title": "At risk"})

    world.sandbox.scores.hooks.append(work)
    world.sync()
    world.clock.advance(hours=1)
    world.sync()
    assert world.mirrored("SELECT title FROM contacts WHERE id = ?", id) == [("At risk",)]


@pytest.mark.story
def test_a_record_that_a_hook_keeps_from_being_saved_becomes_a_dead_letter_alone(fast_synced):
    world = fast_synced
    right = move(world, 4)
    bad = next(iter(right))

    def fail(module, id):
        if id == bad:
            raise RuntimeError("a hook of theirs")

    world.sandbox.scores.hooks.append(fail)
    with pytest.raises(WriteBackError):
        world.sync()
    assert [row[0] for row in world.dead_letters()] == [bad]
    assert segments(world, right) == {**right, bad: another(right[bad])}
    world.sandbox.scores.hooks.remove(fail)
    world.clock.advance(days=2)
    world.sync()
    assert segments(world, right) == right
    assert world.dead_letters() == []


@pytest.mark.story
def test_a_record_that_somebody_holds_throughout_is_written_by_a_later_run(fast_synced):
    world = fast_synced
    right = move(world, 3)
    held = next(iter(right))
    world.sandbox.scores.patience = 0
    holds, ends = threading.Event(), threading.Event()

    def hold():
        with world.store.holding.hold("contacts", held):
            holds.set()
            ends.wait(30)

    thread = threading.Thread(target=hold)
    thread.start()
    holds.wait(30)
    try:
        with pytest.raises(WriteBackError):
            world.sync()
    finally:
        ends.set()
        thread.join()
    assert [row[0] for row in world.dead_letters()] == [held]
    world.clock.advance(days=2)
    world.sync()
    assert segments(world, right) == right


def test_an_answer_that_gets_lost_is_repeated_and_announces_nobody_twice(fast_synced):
    world = fast_synced
    right = move(world, 5)
    answer = world.sandbox.app.answer

    def lost(request):
        response = answer(request)
        if "/scores/" in request.path:
            world.sandbox.app.answer = answer
            response.status_code = 502
        return response

    world.sandbox.app.answer = lost
    with world.announced() as announced:
        world.sync(BRIDGE_RETRIES="1")
    assert sorted(announced) == sorted(right)
    assert segments(world, right) == right
