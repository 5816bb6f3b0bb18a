"""A record that cannot be written does not hold up the others, and is tried again."""

import pytest
from werkzeug.wrappers import Response

from suitecrm_bridge.errors import CrmDown, WriteBackError
from suitecrm_bridge.jobs import push as push_job
from tests.flows.hooks import refusal
from tests.flows.world import WRITES
from tests.places import paths

pytestmark = pytest.mark.usefixtures("standing_figures")

REASON = "Database failure. Please refer to suitecrm.log for details."
ANSWERS = {
    "refused": lambda: refusal(REASON, 400),
    "server failure": lambda: refusal(REASON, 500),
}


@pytest.fixture(
    params=[ANSWERS["refused"], pytest.param(ANSWERS["server failure"], marks=pytest.mark.long)],
    ids=ANSWERS,
)
def failing(scored, request):
    """A SuiteCRM that fails one contact, always; and its id."""
    contact = scored.store.rows("Contacts")[7]["id"]
    scored.refusals[contact] = request.param
    return scored, contact


def test_a_record_that_fails_becomes_a_dead_letter_and_the_others_are_written(failing):
    world, contact = failing
    done = world.command("sync", "--past", "--as-of", "2026-03-08")
    assert done.exit_code == 7
    assert "One record could not be written" in done.stderr
    ((record, attempts, reason),) = world.dead_letters()
    assert (record, attempts) == (contact, 1)
    assert REASON in reason
    unwritten = [r["id"] for r in world.store.rows("Contacts") if not r["rfm_segment_c"]]
    assert unwritten == [contact]
    assert all(row["rfm_segment_c"] for row in world.store.rows("Accounts"))


@pytest.mark.long
def test_a_dead_letter_is_tried_again_and_gone_once_it_succeeds(scored):
    contact = scored.store.rows("Contacts")[7]["id"]
    scored.refusals[contact] = ANSWERS["refused"]
    for attempts in (1, 2):
        with pytest.raises(WriteBackError):
            scored.sync()
        assert [letter[:2] for letter in scored.dead_letters()] == [(contact, attempts)]
        scored.clock.advance(hours=2)
    scored.refusals.clear()
    scored.forget()
    summary = scored.sync()
    assert (summary.planned, summary.written, summary.failed) == (1, 1, 0)
    assert [patch["id"] for patch in scored.patches] == [contact]
    assert scored.dead_letters() == []


@pytest.mark.story
def test_a_write_that_arrived_although_its_answer_failed_leaves_no_dead_letter_for_long(scored):
    contact = scored.store.rows("Contacts")[7]["id"]
    scored.refusals[contact] = lambda: Response("", 500)
    with pytest.raises(WriteBackError):
        scored.push()
    (sent,) = [patch for patch in scored.patches if patch["id"] == contact]
    scored.store.update("Contacts", contact, sent["attributes"])
    summary = scored.sync()
    assert (summary.planned, summary.failed) == (0, 0)
    assert scored.dead_letters() == []


def test_a_dry_run_leaves_the_dead_letters_as_they_are(failing):
    world, contact = failing
    with pytest.raises(WriteBackError):
        world.push()
    world.push(dry_run=True)
    assert [letter[:2] for letter in world.dead_letters()] == [(contact, 1)]


def test_a_record_that_failed_waits_for_its_next_attempt(failing):
    world, contact = failing
    with pytest.raises(WriteBackError):
        world.push()
    world.forget()
    summary = world.push()
    assert (summary.planned, summary.deferred, summary.failed) == (0, 1, 0)
    assert world.patches == []
    world.clock.advance(hours=1)
    with pytest.raises(WriteBackError):
        world.push()
    assert [letter[:2] for letter in world.dead_letters()] == [(contact, 2)]


def test_a_record_that_failed_is_tried_at_once_when_other_values_are_wanted(failing):
    world, contact = failing
    for score in ("111", "222"):
        with world.context() as context:
            context.mirror.connection.execute("UPDATE scores_contacts SET rfm_score = ?", [score])
        world.forget()
        with pytest.raises(WriteBackError):
            world.push()
        assert contact in {patch["id"] for patch in world.patches}
    assert [letter[:2] for letter in world.dead_letters()] == [(contact, 1)]


def test_a_record_that_failed_is_not_tried_earlier_because_another_day_is_stamped(failing):
    world, _ = failing
    with pytest.raises(WriteBackError):
        world.push()
    with world.context() as context:
        context.mirror.connection.execute(
            "UPDATE scores_contacts SET scored_at = scored_at + INTERVAL 1 DAY"
        )
    assert world.push().deferred == 1


def test_a_record_that_keeps_failing_is_given_up_and_retried_by_hand(failing):
    world, contact = failing
    for _ in range(3):
        with pytest.raises(WriteBackError):
            world.push(BRIDGE_MAX_ATTEMPTS="3")
        world.clock.advance(days=7)
    world.clock.advance(days=700)
    assert world.push(BRIDGE_MAX_ATTEMPTS="3").deferred == 1
    with world.context() as context:
        assert context.mirror.dead_letters.retry(world.clock(), [contact]) == 1
    world.refusals.clear()
    assert world.push(BRIDGE_MAX_ATTEMPTS="3").written == 1
    assert world.dead_letters() == []


@pytest.mark.story
@pytest.mark.parametrize("routes", paths("fast"))
def test_a_record_whose_request_breaks_the_server_does_not_stop_the_others(request, routes):
    world = request.getfixturevalue("fast" if routes else "filled")
    contact = world.store.rows("Contacts")[7]["id"]
    answer = world.sandbox.app.answer

    def poisoned(asked):
        broken = asked.method in ("POST", "PATCH") and contact.encode() in asked.get_data()
        return Response("", 500) if broken else answer(asked)

    world.sandbox.app.answer = poisoned
    with pytest.raises(WriteBackError):
        world.sync()
    assert [letter[:2] for letter in world.dead_letters()] == [(contact, 1)]
    unwritten = [r["id"] for r in world.store.rows("Contacts") if not r["rfm_segment_c"]]
    assert unwritten == [contact]
    assert all(row["rfm_segment_c"] for row in world.store.rows("Accounts"))
    world.sandbox.app.answer = answer
    world.clock.advance(hours=1)
    assert world.sync().written == 1


def test_a_record_deleted_between_reading_and_writing_leaves_the_mirror(scored):
    contact = scored.store.rows("Contacts")[7]["id"]
    scored.store.update("Contacts", contact, {"deleted": 1})
    summary = scored.push()
    assert (summary.deleted, summary.failed) == ({"Contacts": 1}, 0)
    assert scored.dead_letters() == []


def test_a_record_that_is_gone_is_not_tried_again(scored):
    contact = scored.store.rows("Contacts")[7]["id"]
    scored.store.update("Contacts", contact, {"deleted": 1})
    scored.push()
    scored.forget()
    assert scored.push().planned == 0
    assert scored.patches == []


def test_what_was_written_before_the_crm_went_away_is_recorded(scored, monkeypatch):
    monkeypatch.setattr(push_job, "COMMIT_EVERY", 10)
    gone = []

    def go_away(method, path):
        gone.append(method == "PATCH")
        if sum(gone) > 25:
            raise ConnectionAbortedError

    scored.server.before_request.append(go_away)
    with pytest.raises(CrmDown):
        scored.push(BRIDGE_PARALLEL="1")
    scored.server.before_request.remove(go_away)
    assert scored.mirrored("SELECT count(*) FROM ledger") == [(25,)]
    assert scored.dead_letters() == []
    scored.forget()
    assert scored.push().written == WRITES - 25 == len(scored.patches)
