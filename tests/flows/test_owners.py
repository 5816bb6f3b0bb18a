"""Users are called by their names where something is assigned to them, by their ids elsewhere."""

from datetime import timedelta

from suitecrm_bridge.jobs.owners import know_names
from tests.flows.hooks import always, refusal
from tests.flows.world import NO_ACCESS

NAMES = "SELECT id, name FROM user_names"


def known(world):
    return dict(world.mirrored(NAMES))


def test_only_those_are_named_to_whom_something_is_assigned(synced):
    owners = synced.mirrored(
        "SELECT assigned_user_id FROM contacts UNION SELECT assigned_user_id FROM accounts"
        " UNION SELECT assigned_user_id FROM cases"
    )
    found = known(synced)
    assert found.keys() == {owner for (owner,) in owners if owner}
    assert all(" " in name for name in found.values())


def test_names_are_asked_for_once_and_again_after_a_month(synced):
    before = synced.count("GET", "module/Users")
    with synced.context() as context:
        know_names(context)
        today = context.today()
    assert synced.count("GET", "module/Users") == before
    synced.mirrored(f"UPDATE user_names SET asked_on = DATE '{today - timedelta(days=40)}'")
    with synced.context() as context:
        know_names(context)
    assert synced.count("GET", "module/Users") > before


def test_a_user_who_may_see_no_others_costs_nothing_but_their_names(synced):
    synced.mirrored("DELETE FROM user_names")
    synced.server.before_request.append(always("GET", "/module/Users", lambda: refusal(NO_ACCESS)))
    with synced.context() as context:
        know_names(context)
        assert context.mirror.owners.names() == {}
        assert context.mirror.owners.unknown(context.today()) == []
