"""Whatever becomes of an answer, a wanted task is opened once; pushes alone, without scoring."""

import re
from datetime import timedelta

import pytest
from werkzeug.wrappers import Response

from suitecrm_bridge.cli.summary import show_summary
from suitecrm_bridge.errors import BridgeError
from suitecrm_bridge.jobs.push import planned
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.mirror import Mirror, WantedTask
from suitecrm_bridge.push import task
from tests.flows.world import NOON, scored_base, world_of
from tests.test_harmless import NAMES, harmful

CASE = "cccccccc-0000-4000-8000-000000000001"


def wanted(number=0, *, hours_ago=1, key=None, rule="unlucky", subject=None, **changes):
    since = NOON - timedelta(hours=hours_ago)
    subject = subject or f"case {number}"
    attributes = {
        "name": f"Task {number}",
        "description": "Say this",
        "priority": "High",
        "parent_type": "Cases",
        "parent_id": CASE,
    }
    given = {
        "key": key or f"{rule} {subject}",
        "rule": rule,
        "subject": subject,
        "rank": number,
        "since": since,
        "created": since,
        "due_minutes": 60,
        "attributes": attributes,
    }
    return WantedTask(**given | changes)


def want(world, *ones):
    with Mirror.open(world.home) as mirror:
        mirror.reactions.want(ones or [wanted()])


def opened(world):
    rows = [row for row in world.store.rows("Tasks") if row["parent_id"] == CASE]
    return sorted(row["name"] for row in rows if not row["deleted"])


@pytest.fixture
def world(synced):
    want(synced)
    return synced


def losing(world):
    """SuiteCRM does what it is asked, and its answer to a creation gets lost."""
    answer = world.sandbox.app.answer

    def lose(request):
        done = answer(request)
        created = request.method == "POST" and request.path.endswith("/V8/module")
        return Response("", 502) if created else done

    return lose


def test_a_lost_answer_makes_neither_two_tasks_nor_none(world):
    answer = world.sandbox.app.answer
    world.sandbox.app.answer = losing(world)
    with pytest.raises(BridgeError):
        world.push()
    world.sandbox.app.answer = answer
    assert opened(world) == ["Task 0"]
    world.clock.advance(hours=2)
    assert world.push().reactions == 1
    assert (opened(world), world.dead_letters()) == (["Task 0"], [])
    assert world.push().reactions == 0


def test_tasks_are_opened_where_scores_go_over_the_fast_routes_too(bases, tmp_path):
    database, home = scored_base(bases)
    with world_of(tmp_path, database, home, routes=True) as world:
        want(world)
        summary = world.push()
        assert (summary.path, summary.reactions, opened(world)) == ("fast", 1, ["Task 0"])
        assert world.push().reactions == 0


def test_an_alarm_that_moves_while_its_answer_is_missing_gets_no_second_task(world):
    want(world, wanted(key="spike A 1", rule="spike", subject="A"))
    answer = world.sandbox.app.answer
    world.sandbox.app.answer = losing(world)
    with pytest.raises(BridgeError):
        world.push()
    world.sandbox.app.answer = answer
    want(world, wanted(key="spike A 2", rule="spike", subject="A", hours_ago=170))
    world.clock.advance(hours=2)
    world.push()
    assert opened(world) == ["Task 0"]


def test_an_alarm_gets_another_task_only_when_it_begins_long_after(world):
    alarm = {"rule": "spike", "subject": "A", "created": None}
    want(world, wanted(key="spike A 1", hours_ago=24 * 40, **alarm))
    assert world.push().reactions == 1
    want(world, wanted(key="spike A 2", hours_ago=24 * 30, **alarm))
    assert world.push().reactions == 0
    want(world, wanted(key="spike A 3", hours_ago=24 * 9, **alarm))
    assert world.push().reactions == 1


def test_a_task_that_could_not_be_opened_is_tried_again_later(world):
    hooks = world.server.before_request
    hooks.append(
        lambda method, path: (
            Response("", 500) if (method, path[-9:]) == ("POST", "V8/module") else None
        )
    )
    with pytest.raises(BridgeError):
        world.push()
    hooks.pop()
    assert len(world.dead_letters()) == 1
    assert world.push().reactions == 0, "it waits for its next attempt"
    world.clock.advance(hours=2)
    assert world.push().reactions == 1
    assert (opened(world), world.dead_letters()) == (["Task 0"], [])


def test_a_task_that_people_deleted_is_not_opened_again_even_by_a_new_mirror(world):
    world.push()
    (task,) = [row for row in world.store.rows("Tasks") if row["parent_id"] == CASE]
    world.store.update("Tasks", task["id"], {"deleted": 1})
    assert world.push().reactions == 0
    world.mirrored("DELETE FROM reactions")
    world.push()
    assert opened(world) == []


def test_a_new_mirror_does_not_count_tasks_that_are_there_already(world):
    assert world.push().reactions == 1
    world.mirrored("DELETE FROM reactions")
    assert world.push().reactions == 0
    assert opened(world) == ["Task 0"]


def test_a_run_opens_no_more_tasks_than_the_settings_allow_and_the_next_one_the_others(world):
    want(world, *(wanted(number) for number in range(3)))
    first = world.push(BRIDGE_REACTIONS_MOST="2")
    assert (first.reactions, first.reactions_left) == (2, 1)
    assert opened(world) == ["Task 0", "Task 1"]
    second = world.push(BRIDGE_REACTIONS_MOST="2")
    assert (second.reactions, second.reactions_left) == (1, 0)
    assert opened(world) == ["Task 0", "Task 1", "Task 2"]


def test_what_is_wanted_only_later_or_of_an_old_complaint_is_not_opened(world):
    want(world, wanted(1, hours_ago=-1), wanted(2, hours_ago=24 * 8))
    assert world.push().reactions == 0


def test_the_list_of_changes_shows_the_tasks(world):
    with world.context() as context:
        changes = planned(context, Summary())
    assert [change.attributes["name"] for change in changes] == ["Task 0"]
    assert changes[0].attributes["date_due"] == NOON + timedelta(hours=1)
    assert opened(world) == []


def test_rules_of_ones_own_are_asked_and_a_bad_one_is_refused(world):
    (world.home / "reactions.toml").write_text("[limits]\ndays = 0\n", encoding="utf-8")
    with pytest.raises(BridgeError, match=r"reactions\.toml, line 1.*days must be from 1"):
        world.push()


def test_no_task_is_opened_by_default_and_the_dry_run_names_what_is_left(world, capsys):
    none = world.push(BRIDGE_REACTIONS_MOST="")
    assert (none.reactions, none.reactions_left, opened(world)) == (0, 1, [])
    show_summary(world.push(dry_run=True, BRIDGE_REACTIONS_MOST=""), "table")
    assert re.search(r"Task left +Task 0", capsys.readouterr().out)


def test_a_dry_run_says_which_tasks_are_opened_and_which_are_left(world):
    want(world, *(wanted(n) for n in range(3)))
    shown = world.push(dry_run=True, BRIDGE_REACTIONS_MOST="2").tasks
    assert [(task["title"], task["will"]) for task in shown] == [
        ("Task 0", "open"),
        ("Task 1", "open"),
        ("Task 2", "wait"),
    ]
    assert {(task["module"], task["id"]) for task in shown} == {("Cases", CASE)}


@pytest.mark.parametrize("name", NAMES)
def test_nothing_harmful_gets_into_a_task(name):
    made = task("a key", {"name": name, "description": f"Say\n{name}"}, NOON).attributes
    assert not harmful(made["name"] + made["description"])
    assert len(made["name"].splitlines()) == 1
    assert made["description"].startswith("Say\n")
