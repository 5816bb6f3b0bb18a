"""What a dry run counts is what the run after it does."""

import pytest
from werkzeug.wrappers import Response

from suitecrm_bridge.errors import WriteBackError
from suitecrm_bridge.jobs.push import push
from suitecrm_bridge.jobs.summary import Summary
from tests.flows.made_once import made_once, own_place
from tests.flows.world import WRITES, filled_base, world_of
from tests.places import paths


@pytest.fixture(params=paths("fast"))
def world(request):
    return request.getfixturevalue("fast" if request.param else "filled")


def poison(world):
    """Let every request fail that writes one of two contacts."""
    contacts = [row["id"] for row in world.store.rows("Contacts")][3:5]
    answer = world.sandbox.app.answer

    def failing(asked):
        content = asked.get_data() if asked.method in ("POST", "PATCH") else b""
        broken = any(contact.encode() in content for contact in contacts)
        return Response("", 500) if broken else answer(asked)

    world.sandbox.app.answer = failing


@made_once
def poisoned_base(folder, fast):
    """Return database and home after a sync in which two contacts failed."""
    base = own_place(folder)
    with world_of(base, filled_base(folder), routes=fast) as world:
        poison(world)
        with pytest.raises(WriteBackError):
            world.sync()
        return base / "crm.sqlite", world.home


@pytest.fixture(params=paths("fast"))
def poisoned(request, bases, tmp_path):
    """A world after a sync in which two contacts failed; a third one is wrong in the CRM since."""
    base = poisoned_base(bases, request.param)
    with world_of(tmp_path, *base, routes=request.param) as world:
        poison(world)
        other = world.store.rows("Contacts")[9]["id"]
        world.clock.advance(minutes=10)
        world.store.update("Contacts", other, {"rfm_score_c": "000"})
        world.clock.advance(minutes=10)
        yield world


def pushed(world):
    """Return the summary of a push, whether all of it succeeded or not."""
    summary = Summary()
    with world.context() as context:
        try:
            push(context, summary)
        except WriteBackError:
            assert summary.failed
    return summary


def counts(summary):
    return summary.planned, summary.unchanged, summary.deferred, summary.missing


@pytest.mark.story
def test_the_first_run_does_what_the_dry_run_counted(world):
    dry = world.sync(dry_run=True)
    run = pushed(world)
    assert counts(dry) == counts(run) == (WRITES, 0, 0, {})
    assert (run.written, run.failed) == (WRITES, 0)


@pytest.mark.story
def test_records_that_wait_for_their_next_attempt_are_counted_alike(poisoned):
    dry = poisoned.sync(dry_run=True)
    run = pushed(poisoned)
    assert counts(dry) == counts(run) == (1, WRITES - 3, 2, {})
    assert (run.written, run.failed) == (1, 0)


@pytest.mark.story
def test_records_that_are_tried_again_are_counted_alike(poisoned):
    poisoned.clock.advance(hours=1)
    dry = poisoned.sync(dry_run=True)
    run = pushed(poisoned)
    assert counts(dry) == counts(run) == (3, WRITES - 3, 0, {})
    assert (run.written, run.failed) == (1, 2)


@pytest.mark.long
def test_records_given_up_are_counted_alike(poisoned):
    poisoned.clock.advance(days=30)
    changes = {"BRIDGE_MAX_ATTEMPTS": "1"}
    assert counts(poisoned.sync(dry_run=True, **changes)) == (1, WRITES - 3, 2, {})
    assert counts(poisoned.sync(**changes)) == (1, WRITES - 3, 2, {})


@pytest.mark.story
def test_a_dry_run_writes_nothing(world):
    before = world.store.rows("Contacts")
    world.sync(dry_run=True)
    assert world.store.rows("Contacts") == before
    assert world.patches == []
    assert [path for method, path in world.requests if method == "POST" and "bridge" in path] == []
    assert world.mirrored("SELECT count(*) FROM ledger") == [(0,)]
