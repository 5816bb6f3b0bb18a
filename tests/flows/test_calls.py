"""Calls and tasks of programmes: for the user whose customer it is, each once, few a day."""

import pytest

from suitecrm_bridge.crm.records import Module
from suitecrm_bridge.errors import InvalidRequest, WriteBackError
from suitecrm_bridge.jobs import programmes as jobs
from suitecrm_bridge.jobs.summary import Summary
from tests.flows.begun import HELLO, begin, change, run

SAY = 'say = { en = "Ask {name} about {product}.", fr = "Interrogez {name} sur {product}." }'
CALLS = HELLO.replace('channel = "mail"', f'channel = "call"\n{SAY}')
TASKS = CALLS.replace('"call"', '"task"')
QUOTA = "[quota]\ncalls_a_day = {}\n"


def begun(world, content=CALLS, quota=1_000):
    begin(world, content)
    with (world.home / "addressing.toml").open("a", encoding="utf-8") as file:
        file.write(QUOTA.format(quota))


def made(world, module="Calls"):
    """The calls that the bridge made, by the person that each is about."""
    ours = {id for (id,) in world.mirrored("SELECT target FROM programme_deliveries")}
    rows = [row for row in world.store.rows(module) if row["id"] in ours and not row["deleted"]]
    assert len({row["parent_id"] for row in rows}) == len(rows)
    return {row["parent_id"]: row for row in rows}


def waiting(world, reason):
    rows = world.mirrored("SELECT person FROM programme_waiting WHERE reason = ?", reason)
    return {person for (person,) in rows}


def treated(world):
    found = world.mirrored(
        "SELECT person FROM programme_enrolments WHERE arm = 'treated' AND ended IS NULL"
    )
    return {person for (person,) in found}


@pytest.mark.parametrize(
    ("content", "module", "status"),
    [(CALLS, "Calls", "Planned"), (TASKS, "Tasks", "Not Started")],
)
def test_each_treated_person_gets_one_record_for_the_user_whose_customer_they_are(
    world, content, module, status
):
    begun(world, content)
    foreseen = run(world, dry_run=True).deliveries
    summary = run(world)
    calls = made(world, module)
    assert set(calls) == treated(world) != set()
    assert list(summary.deliveries.values()) == [len(calls)]
    assert summary.deliveries == foreseen
    owners = dict(world.mirrored("SELECT id, assigned_user_id FROM contacts"))
    names = dict(world.mirrored("SELECT id, concat_ws(' ', first_name, last_name) FROM contacts"))
    for person, row in calls.items():
        assert (row["status"], row["parent_type"]) == (status, "Contacts")
        assert row["assigned_user_id"] == owners[person]
        assert len(row["name"]) <= 50
        assert row["description"].startswith(f"Ask {names[person]} about what fits.\n")
    if module == "Calls":
        with world.context() as context:
            for person, row in list(calls.items())[:3]:
                assert context.crm.module("Calls").related(row["id"], "contacts") == [person]
    again = run(world)
    assert again.deliveries == {}
    assert made(world, module) == calls


def test_a_record_is_written_in_the_language_of_the_installation_with_the_bridges_reasons(
    fast_synced,
):
    world = fast_synced
    begun(world)
    with world.context(BRIDGE_LANG="fr") as context:
        jobs.run(context, Summary())
    reasons = dict(world.mirrored("SELECT customer_id, rfm_reason_fr FROM scores_contacts"))
    for person, row in made(world).items():
        assert row["name"].startswith("Appeler ")
        assert "Interrogez" in row["description"]
        assert "Raison\u00a0: Dit bonjour." in row["description"]
        assert reasons[person].split(".")[0] in row["description"]


def test_what_was_deleted_in_suitecrm_is_not_made_again(world):
    begun(world)
    run(world)
    gone, *others = sorted(made(world))
    with world.context() as context:
        context.crm.module("Calls").delete(made(world)[gone]["id"])
        context.mirror.programmes.deliveries.doubt()
    run(world)
    assert set(made(world)) == set(others)
    assert run(world).deliveries == {}


class Killed(BaseException):
    """The process ended here."""


@pytest.mark.parametrize("answered", [True, False])
def test_runs_that_are_killed_at_every_request_make_each_call_once(
    fast_synced, monkeypatch, answered
):
    world = fast_synced
    begun(world, CALLS, quota=1)
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

    monkeypatch.setattr(Module, "create", killing(Module.create))
    monkeypatch.setattr(Module, "relate", killing(Module.relate))
    for runs in range(1, 40):  # noqa: B007 (asked in the function above)
        asked[0] = 0
        try:
            run(world)
        except Killed:
            continue
        break
    assert runs > 5
    assert set(made(world)) == treated(world)
    with world.context() as context:
        for person, row in made(world).items():
            assert context.crm.module("Calls").related(row["id"], "contacts") == [person]


def test_who_left_before_the_call_was_made_gets_none(fast_synced, monkeypatch):
    world = fast_synced
    begun(world)
    monkeypatch.setattr("suitecrm_bridge.jobs.deliveries.deliver", lambda *given: None)
    run(world)
    monkeypatch.undo()
    gone, *others = sorted(treated(world))
    change(world, gone, do_not_call=1)
    world.pull("Contacts")
    run(world)
    assert set(made(world)) == set(others)


def test_a_user_gets_so_many_a_day_the_best_first_and_nobody_is_lost(fast_synced):
    world = fast_synced
    begun(world, CALLS.replace("share = 0.3", "share = 0"), quota=5)
    owners = dict(world.mirrored("SELECT id, assigned_user_id FROM contacts"))
    worth = dict(world.mirrored("SELECT customer_id, value_at_stake FROM scores_contacts"))
    seen: set[str] = set()
    for _ in range(9):
        run(world)
        today = set(made(world)) - seen
        by = [owners[person] for person in today]
        assert max(map(by.count, by), default=0) <= 5
        waits = waiting(world, "quota")
        for person in today:
            later = [worth[one] or 0 for one in waits if owners[one] == owners[person]]
            assert (worth[person] or 0) >= max(later, default=0)
        seen |= today
        if not waits:
            break
        world.clock.advance(days=1)
    assert not waits
    assert seen == treated(world)


def test_a_second_run_on_the_same_day_gives_nobody_more(fast_synced):
    world = fast_synced
    begun(world, quota=1)
    first = run(world).deliveries
    assert run(world).deliveries == {}
    assert first == {"call": len(made(world))}


def test_a_wave_may_have_a_quota_of_its_own_and_the_preview_says_who_waits(fast_synced):
    world = fast_synced
    begun(world, CALLS.replace(SAY, f"{SAY}\na_day = 1"))
    shown = world.command("programmes", "preview", "hello", "--people").stdout
    assert "their user has enough calls and tasks" in shown
    run(world)
    owners = dict(world.mirrored("SELECT id, assigned_user_id FROM contacts"))
    by = [owners[person] for person in made(world)]
    assert len(by) == len(set(by)) > 0
    someone = sorted(made(world))[0]
    assert "was delivered" in world.command("programmes", "explain", someone).stdout


@pytest.mark.parametrize("status", ["Terminated", "Leave of Absence"])
def test_a_record_of_nobody_or_of_a_user_who_is_away_waits_until_that_is_mended(
    fast_synced, status
):
    world = fast_synced
    begun(world)
    owners = dict(world.mirrored("SELECT id, assigned_user_id FROM contacts"))
    away = sorted(set(owners.values()))[0]
    world.store.update("Users", away, {"employee_status": status})
    known = world.mirrored(
        "SELECT min(c.id) FROM contacts c JOIN scores_contacts s ON s.customer_id = c.id WHERE"
        " phone_work <> '' AND NOT do_not_call AND assigned_user_id <> ? AND complaints = 'none'"
        " AND coalesce(lawful_basis, '') NOT LIKE '%withdrawn%'",
        away,
    )
    someone = known[0][0]
    change(world, someone, assigned_user_id="")
    world.pull("Contacts")
    run(world)
    assert waiting(world, "no_owner") == {someone}
    assert {owners[person] for person in waiting(world, "owner_away")} == {away}
    assert away not in {row["assigned_user_id"] for row in made(world).values()}
    world.store.update("Users", away, {"employee_status": "Active"})
    run(world)
    assert away in {row["assigned_user_id"] for row in made(world).values()}


def test_a_call_that_is_refused_is_a_dead_letter_and_the_others_are_made(fast_synced, monkeypatch):
    world = fast_synced
    begun(world)
    create, bad = Module.create, []

    def refusing(module, attributes, id=None):
        if module.key == "Calls" and (not bad or bad == [id]):
            bad[:] = [id]
            raise InvalidRequest("no")
        return create(module, attributes, id)

    monkeypatch.setattr(Module, "create", refusing)
    with pytest.raises(WriteBackError):
        run(world)
    assert len(made(world)) == len(treated(world)) - 1
    assert world.mirrored("SELECT module, record_id FROM dead_letters") == [("Calls", bad[0])]
    monkeypatch.undo()
    assert run(world).deliveries == {}
    world.clock.advance(hours=2)
    assert run(world).deliveries == {"call": 1}
    assert set(made(world)) == treated(world)
    assert world.mirrored("SELECT count(*) FROM dead_letters") == [(0,)]
