"""What the customer card shows beside the fields is told to the package, once."""

import pytest

from suitecrm_bridge.jobs.cards import tell
from suitecrm_bridge.sandbox.bridge.marks import Marks
from tests.flows.world import tables_of

MODULES = {"contacts": "Contacts", "accounts": "Accounts"}


def asked(world):
    return sum(world.count("POST", f"cards/{module}") for module in MODULES.values())


def told(world, module="Contacts"):
    return world.sandbox.cards.told(module)


def scores(world, columns, entity="contacts"):
    with tables_of(world.home) as connection:
        return connection.execute(
            f"SELECT customer_id, {columns} FROM scores_{entity} ORDER BY 1"
        ).fetchall()


@pytest.fixture
def again(fast_synced):
    """A world after a sync, with its mirror open, and what tells it once more."""
    with fast_synced.context() as context:
        yield fast_synced, context


@pytest.mark.parametrize("entity", MODULES)
def test_every_customer_has_a_card_after_a_sync(fast_synced, entity):
    found = told(fast_synced, MODULES[entity])
    expected = scores(fast_synced, "action_rule, purchase_months", entity)
    assert {id: (row[0], row[4]) for id, row in found.items()} == {
        id: (rule, months) for id, rule, months in expected
    }


def test_it_says_since_when_segment_and_action_are_as_they_are(fast_synced):
    [(id, segment, action, day)] = scores(fast_synced, "rfm_segment, next_action, as_of")[:1]
    changes = told(fast_synced)[id][5]
    assert ["segment", day.isoformat(), segment] in changes
    assert ["action", day.isoformat(), action] in changes


def test_what_is_known_already_is_not_told_again(again):
    world, context = again
    world.forget()
    tell(context)
    assert asked(world) == 0


def test_only_whose_card_changed_is_told(again):
    world, context = again
    [(id, segment)] = scores_in(context, "rfm_segment")[:1]
    change(context, id, "rfm_segment = 'lost', as_of = as_of + 1")
    world.forget()
    tell(context)
    assert asked(world) == 1
    segments = [(since, value) for what, since, value in told(world)[id][5] if what == "segment"]
    assert [value for _, value in segments] == ["lost", segment]


def test_a_complaint_is_told_when_it_comes_and_when_it_is_settled(again):
    world, context = again
    [(id, _)] = scores_in(context, "rfm_segment")[:1]
    change(context, id, "complaint_open = 0")
    tell(context)
    for days, count in ((1, 2), (1, 0)):
        change(context, id, f"complaint_open = {count}, as_of = as_of + {days}")
        tell(context)
    said = [value for what, _, value in told(world)[id][5] if what == "complaint"]
    assert said[:2] == ["none", "open"]


def test_what_changes_back_on_the_same_day_is_no_change(again):
    world, context = again
    [(id, segment)] = scores_in(context, "rfm_segment")[:1]
    for value in ("lost", segment):
        change(context, id, f"rfm_segment = '{value}', complaint_open = 1, as_of = '2026-06-01'")
        tell(context)
    change(context, id, "complaint_open = 0")
    tell(context)
    before = [("segment", segment)]
    assert [(w, v) for w, _, v in told(world)[id][5] if w == "segment"] == before
    assert "complaint" not in {w for w, _, _ in told(world)[id][5]}


def test_who_objects_to_profiling_has_no_card_any_more(again):
    world, context = again
    [(id, _)] = scores_in(context, "rfm_segment")[:1]
    context.mirror.connection.execute(
        "UPDATE contacts SET no_profiling_c = true WHERE id = ?", [id]
    )
    before = set(told(world))
    tell(context)
    assert before - set(told(world)) == {id}


def test_after_a_restored_database_everything_is_told_again(again):
    world, context = again
    context.mirror.cards.doubt()
    world.forget()
    tell(context)
    assert asked(world) == len(MODULES)


def test_many_are_told_in_several_requests_and_each_once(again):
    world, context = again
    everybody = told(world)
    context.mirror.cards.doubt()
    context.fast.cards.most = 25
    world.forget()
    tell(context)
    assert world.count("POST", "cards/Contacts") == -(-len(everybody) // 25)
    assert told(world) == everybody
    assert list(context.mirror.cards.untold("contacts")) == []


def test_a_package_that_refuses_it_fails_no_sync(again, caplog):
    world, context = again
    context.mirror.cards.doubt()
    Marks(world.store).put("bridge", "9" * 32)
    tell(context)
    assert "customer card" in caplog.text


def test_the_stock_api_is_told_nothing_and_the_changes_are_noted(synced):
    assert asked(synced) == 0
    with tables_of(synced.home) as connection:
        [(count,)] = connection.execute("SELECT count(*) FROM card_changes").fetchall()
    assert count > 0


def scores_in(context, columns):
    return context.mirror.connection.execute(
        f"SELECT customer_id, {columns} FROM scores_contacts WHERE rfm_segment <> 'lost' ORDER BY 1"
    ).fetchall()


def change(context, id, what):
    """Change somebody's scores, as scoring anew does."""
    context.mirror.connection.execute("COMMENT ON TABLE scores_contacts IS NULL")
    context.mirror.connection.execute(
        f"UPDATE scores_contacts SET {what} WHERE customer_id = ?", [id]
    )
