"""A write whose answer got lost: nobody knows what SuiteCRM holds, so it is written again."""

import pytest
from werkzeug.wrappers import Response

from suitecrm_bridge.errors import BridgeError, WriteBackError
from suitecrm_bridge.mirror import Mirror

pytestmark = pytest.mark.usefixtures("standing_figures")


def figures(world):
    return {row["id"]: row["purchase_total_c"] for row in world.store.rows("Contacts")}


def change(world, invoice, **values):
    world.clock.advance(hours=1)
    world.store.update("AOS_Invoices", invoice["id"], values)


@pytest.fixture
def invoice(fast):
    """A paid invoice of a SuiteCRM that was synced over the fast routes."""
    fast.sync()
    return next(row for row in fast.store.rows("AOS_Invoices") if row["status"] == "Paid")


def lose_answers(world):
    """Let writes take effect and their answers get lost; return what ends that."""
    answer = world.sandbox.app.answer

    def lost(request):
        response = answer(request)
        return Response("", 502) if "/scores/" in request.path else response

    world.sandbox.app.answer = lost
    return lambda: setattr(world.sandbox.app, "answer", answer)


def refuse(world, id):
    """Let every write of a record fail over the fast routes, and have no effect."""
    answer = world.sandbox.app.answer

    def refused(request):
        fails = "/scores/" in request.path and id.encode() in request.get_data()
        return Response("", 500) if fails else answer(request)

    world.sandbox.app.answer = refused


def letters(world):
    with Mirror.open(world.home) as mirror:
        return mirror.dead_letters.frame()["record_id"].to_list()


def unanswered(world):
    with Mirror.open(world.home) as mirror:
        return dict(mirror.writeback.unanswered.fields("Contacts"))


@pytest.mark.story
def test_a_write_that_arrived_unnoticed_is_taken_back_when_the_score_is(fast, invoice):
    before = figures(fast)
    change(fast, invoice, status="Cancelled")
    mend = lose_answers(fast)
    with pytest.raises(BridgeError):
        fast.sync()
    assert figures(fast) != before, "the write did not arrive"
    mend()
    change(fast, invoice, status="Paid")
    fast.sync()
    assert figures(fast) == before


@pytest.mark.story
def test_what_was_not_answered_is_forgotten_once_it_is(fast, invoice):
    change(fast, invoice, status="Cancelled")
    mend = lose_answers(fast)
    with pytest.raises(BridgeError):
        fast.sync()
    assert "purchase_total_c" in unanswered(fast)[invoice["billing_contact_id"]]
    mend()
    fast.clock.advance(hours=3)
    fast.sync()
    assert unanswered(fast) == {}
    assert fast.sync().planned == 0


@pytest.mark.story
def test_a_record_that_cannot_be_written_is_let_go_once_nothing_is_wanted_of_it(fast, invoice):
    change(fast, invoice, status="Cancelled")
    refuse(fast, invoice["billing_contact_id"])
    with pytest.raises(WriteBackError):
        fast.sync()
    assert invoice["billing_contact_id"] in unanswered(fast)
    change(fast, invoice, status="Paid")
    fast.clock.advance(hours=3)
    assert fast.sync().failed == 0
    assert letters(fast) == []


@pytest.mark.long
def test_what_was_answered_leaves_nothing_to_remember(fast, invoice):
    change(fast, invoice, status="Cancelled")
    fast.sync()
    assert unanswered(fast) == {}
