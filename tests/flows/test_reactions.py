"""A complaint that cannot wait gets its task on the next sync, and only one."""

from datetime import timedelta

import pytest

from tests.flows.world import DAY, synced_base, world_of

TODAY = DAY + timedelta(days=1)
OWNER = "11111111-0000-4000-8000-000000000001"
CASE = "cccccccc-0000-4000-8000-00000000000{}"
COMPLAINT = {
    "complaint_c": 1,
    "status": "Open_New",
    "state": "Open",
    "priority": "P1",
    "name": "Pompe en panne",
    "date_entered": f"{TODAY} 11:00:00",
    "assigned_user_id": OWNER,
}
WAITING = "segment NOT IN ('champions', 'at_risk', 'cannot_lose_them')"


@pytest.fixture(scope="module")
def told(bases, tmp_path_factory):
    """Complaints of a champion, of somebody else and of long ago, and what five runs did.

    Scores stand from one run to the next, so that two of them need only push.
    """
    database, home, _ = synced_base(bases)
    folder = tmp_path_factory.mktemp("reactions")
    with world_of(folder, database, home) as world:
        champion, second, third, *_ = customers(world, "segment = 'champions'")
        other, *_ = customers(world, WAITING)
        world.clock.advance(minutes=20)
        complain(world, 1, champion)
        complain(world, 2, other)
        complain(world, 3, second, date_entered="2026-02-20 09:00:00", priority="P3")
        complain(world, 4, third, status="Closed_Closed", state="Closed")
        runs = [world.sync(as_of=TODAY, dry_run=True)]
        before = world.store.rows("Tasks")
        runs.append(world.push())
        runs.append(world.sync(as_of=TODAY))
        world.clock.advance(minutes=41)
        runs.append(world.push())
        for row in tasks(world):
            world.store.update("Tasks", row["id"], {"status": "Completed"})
        world.store.update("Cases", CASE.format(1), {"priority": "P2"})
        world.clock.advance(minutes=20)
        runs.append(world.sync(as_of=TODAY))
        yield world, champion, before, runs


def customers(world, where):
    """Customers who have not complained yet."""
    found = world.mirrored(
        "SELECT customer_id FROM scores_contacts"
        f" WHERE complaint_count = 0 AND rfm_{where} ORDER BY 1"
    )
    return [row[0] for row in found]


def complain(world, number, contact, **changes):
    row = {**COMPLAINT, "contact_created_by_id": contact, "id": CASE.format(number), **changes}
    world.store.load("Cases", [row])


def tasks(world, number=None):
    ours = [CASE.format(n) for n in ([number] if number else range(1, 5))]
    return [row for row in world.store.rows("Tasks") if row["parent_id"] in ours]


@pytest.mark.story
def test_the_complaint_of_a_champion_gets_one_task_and_none_on_later_runs(told):
    world, _, _, (_, first, second, _, _) = told
    assert (first.reactions, second.reactions) == (1, 0)
    assert len(tasks(world, 1)) == 2, "and one for being unanswered, see below"
    assert sum("best customer" in row["name"] for row in tasks(world, 1)) == 1


def test_the_task_says_whose_it_is_what_he_is_worth_and_what_to_say(told):
    world, champion, _, _ = told
    (task,) = [row for row in tasks(world, 1) if "best customer" in row["name"]]
    assert (task["parent_type"], task["assigned_user_id"]) == ("Cases", OWNER)
    assert (task["priority"], task["contact_id"]) == ("High", champion)
    # Monday 12:20, and an hour of work from then.
    assert task["date_due"] == f"{TODAY} 13:20:00"
    assert len(task["name"]) <= 50
    for words in ("What to say first:", "Champions", "Pompe en panne", "Value: purchases on"):
        assert words in task["description"]


def test_a_dry_run_counts_the_tasks_of_the_next_run_and_opens_none(told):
    _, _, before, (dry, first, *_) = told
    assert dry.reactions == first.reactions
    assert [row for row in before if row["parent_id"] == CASE.format(1)] == []


def test_a_dry_run_names_the_tasks_of_the_next_run(told):
    world, _, _, (dry, *_) = told
    titles = {row["name"] for row in tasks(world)}
    named = [task for task in dry.tasks if task["will"] == "open"]
    assert len(named) == dry.reactions > 0
    assert {task["title"] for task in named} <= titles
    assert {(task["module"], task["id"]) for task in named} == {("Cases", CASE.format(1))}


def test_no_answer_gets_a_task_once_the_target_has_passed_and_not_before(told):
    world, _, _, (_, first, _, later, _) = told
    # Two hours of work from Monday 11:00 were over at 13:00; the runs were at 12:20 and 13:01.
    assert (first.reactions, later.reactions) == (1, 2)
    assert ["unanswered" in row["name"] for row in tasks(world, 2)] == [True]


def test_a_task_that_people_closed_is_not_opened_again(told):
    world, _, _, runs = told
    assert runs[-1].reactions == 0
    assert {row["status"] for row in tasks(world)} == {"Completed"}


def test_old_and_closed_complaints_get_no_task(told):
    world, _, _, _ = told
    assert tasks(world, 3) + tasks(world, 4) == []
