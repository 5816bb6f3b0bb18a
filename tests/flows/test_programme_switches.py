"""The switches of SuiteCRM's administration page, and what the page is told."""

from datetime import timedelta

import pytest

from suitecrm_bridge.jobs import programmes as jobs
from suitecrm_bridge.jobs import switches
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.mirror.programmes.states import HARM
from tests.flows.begun import HELLO, begin, members, run


@pytest.fixture
def world(fast_synced):
    """A SuiteCRM with the package, whose page was told of a programme that does not run."""
    begin(fast_synced)
    fast_synced.mirrored("DELETE FROM programmes")
    obey(fast_synced)
    return fast_synced


def obey(world):
    """Do what a sync does with the switches, and nothing else of it."""
    with world.context() as context:
        switches.tell(context, switches.carry_out(context))


def page(world, key="hello"):
    return {one["key"]: one for one in world.sandbox.programmes.told}[key]


def press(world, *, running, by="anna"):
    assert world.sandbox.programmes.wish("hello", running=running, by=by)


def wished(world):
    return world.sandbox.programmes.wished


def is_running(world):
    with world.context() as context:
        state = context.mirror.programmes.states().get("hello")
    return state is not None and state.running


def start(world):
    with world.context() as context:
        jobs.start(context, ["hello"])


def stop(world):
    with world.context() as context:
        jobs.stop(context, Summary(), ["hello"])


@pytest.mark.parametrize(("running", "will"), [(True, "start"), (False, "stop")])
def test_a_dry_run_and_a_preview_name_the_switches_that_wait(world, running, will):
    if not running:
        start(world)
    world.clock.advance(minutes=1)
    press(world, running=running)
    summary = run(world, dry_run=True)
    assert summary.switches == [{"programme": "hello", "will": will, "by": "anna"}]
    assert is_running(world) is not running
    shown = world.command("programmes", "preview", "welcome")
    said = "started" if running else "stopped"
    assert f"Programme hello waits to be {said}, as anna asked in SuiteCRM" in shown.stderr
    assert len(wished(world)) == 1
    obey(world)
    assert run(world, dry_run=True).switches == []


def test_a_switch_that_asks_for_what_is_so_or_was_overtaken_is_not_named(world):
    press(world, running=False)
    assert run(world, dry_run=True).switches == []
    press(world, running=True)
    world.clock.advance(minutes=1)
    start(world)
    with world.context() as context:
        jobs.stop(context, Summary(), ["hello"])
    assert run(world, dry_run=True).switches == []


def test_the_page_lists_every_programme_in_both_languages_and_each_is_off_at_first(world):
    told = world.sandbox.programmes.told
    assert len(told) == 12
    assert {one["state"] for one in told} == {"off"}
    assert page(world)["label"] == {"en": "Hello", "fr": "Bonjour"}
    assert page(world)["description"] == {"en": "Says hello.", "fr": "Dit bonjour."}
    assert (page(world)["since"], page(world)["verdict"], page(world)["lists"]) == (None, None, [])


def test_a_switch_starts_a_programme_with_the_next_sync_and_stops_it_with_the_one_after(world):
    press(world, running=True)
    assert not is_running(world)
    summary = run(world)
    assert is_running(world)
    assert wished(world) == {}
    shown = page(world)
    assert shown["state"] == "running"
    assert shown["people"] == summary.programmes["hello"]["enters"] + shown["controls"]
    assert [one["arm"] for one in shown["lists"]] == ["treated", "control"]
    assert shown["lists"][0]["wave"] == {"en": "First", "fr": "Premier"}
    press(world, running=False)
    run(world)
    assert not is_running(world)
    assert members(world) == set()
    assert (page(world)["state"], page(world)["people"]) == ("stopped", 0)


def test_who_pressed_it_and_when_is_kept(world):
    press(world, running=True)
    world.clock.advance(minutes=5)
    obey(world)
    with world.context() as context:
        noted = context.mirror.programmes.switches.last()["hello"]
        assert (noted.running, noted.by) == (True, "anna")
        assert noted.at == context.clock() - timedelta(minutes=5)


def test_a_command_shows_on_the_page_at_once(world):
    start(world)
    assert page(world)["state"] == "running"
    stop(world)
    assert page(world)["state"] == "stopped"


@pytest.mark.parametrize(
    ("pressed", "command", "running"), [(True, "stop", False), (False, "start", True)]
)
def test_a_command_after_a_switch_wins_and_takes_the_wish_away(world, pressed, command, running):
    if not pressed:
        start(world)
        obey(world)
    else:
        start(world)
        stop(world)
    press(world, running=pressed)
    world.clock.advance(minutes=1)
    {"start": start, "stop": stop}[command](world)
    assert wished(world) == {}
    obey(world)
    assert is_running(world) is running


@pytest.mark.parametrize("later", ["switch", "command"])
def test_of_a_switch_and_a_command_that_could_not_reach_suitecrm_the_later_one_wins(world, later):
    start(world)
    if later == "command":
        press(world, running=False)
    world.clock.advance(minutes=10)
    with world.context() as context:
        # As a command leaves it while SuiteCRM is down.
        switches.start(context, context.rules.programmes["hello"], context.clock())
    world.clock.advance(minutes=10)
    if later == "switch":
        press(world, running=False)
    obey(world)
    assert is_running(world) is (later == "command")
    assert wished(world) == {}


@pytest.mark.parametrize("pressed", [True, False])
def test_of_a_switch_and_a_command_in_the_same_second_what_stops_holds(world, pressed):
    start(world)
    if pressed:
        stop(world)
    press(world, running=pressed)
    with world.context() as context:
        noted = context.mirror.programmes.switches
        noted.note("hello", running=not pressed, at=context.clock(), by="suitecrm-bridge")
    obey(world)
    assert not is_running(world)


def test_suitecrms_clock_is_of_no_account(world):
    start(world)
    press(world, running=False)
    with world.context() as context:
        # This machine is ten hours ahead of SuiteCRM, and was so when the command was given.
        context.clock = lambda: world.clock() + timedelta(hours=10)
        world.clock.advance(minutes=1)
        context.mirror.programmes.switches.note(
            "hello", running=True, at=context.clock() - timedelta(minutes=2), by="suitecrm-bridge"
        )
        jobs.run(context, Summary())
    assert not is_running(world)


def test_what_was_noted_by_a_clock_that_was_ahead_says_nothing(world):
    start(world)
    with world.context() as context:
        ahead = context.clock() + timedelta(days=300)
        context.mirror.programmes.switches.note("hello", running=True, at=ahead, by="x")
    world.clock.advance(minutes=1)
    press(world, running=False)
    obey(world)
    assert not is_running(world)


def test_a_programme_that_was_stopped_for_harm_stays_so_whatever_was_wished_before(world):
    press(world, running=True)
    world.clock.advance(minutes=1)
    with world.context() as context:
        switches.stop(context, "hello", context.clock(), why=HARM)
    obey(world)
    assert not is_running(world)
    assert wished(world) == {}


def test_a_wish_that_comes_while_another_is_carried_out_waits_for_the_next_sync(world):
    press(world, running=True)
    with world.context() as context:
        asked = switches.carry_out(context)
        world.clock.advance(minutes=1)
        switches.tell(context, asked)
        press(world, running=False)
        switches.tell(context, asked)
    assert wished(world)["hello"]["running"] is False
    obey(world)
    assert not is_running(world)


def test_a_wish_that_was_carried_out_by_a_run_that_was_killed_is_carried_out_once(world):
    press(world, running=True)
    with world.context() as context:
        switches.carry_out(context)
    world.clock.advance(minutes=1)
    with world.context() as context:
        switches.stop(context, "hello", context.clock())
    obey(world)
    assert not is_running(world)
    assert wished(world) == {}


def test_pressing_a_switch_back_leaves_nothing_to_do(world):
    press(world, running=True)
    press(world, running=False)
    assert wished(world) == {}


def test_a_wish_for_a_programme_without_a_file_is_told_and_dropped(world, caplog):
    press(world, running=True)
    (world.home / "programmes" / "hello.toml").unlink()
    obey(world)
    assert "it has no file any more" in caplog.text
    assert wished(world) == {}


def test_what_is_as_it_was_told_is_not_told_again(world):
    world.forget()
    run(world)
    assert (world.count("GET", "programmes"), world.count("POST", "programmes")) == (1, 0)


def test_a_dry_run_asks_and_tells_nothing(world):
    press(world, running=True)
    world.forget()
    run(world, dry_run=True)
    assert world.count("POST", "programmes") == 0
    assert "hello" in wished(world)


def test_without_the_package_everything_goes_on(synced):
    begin(synced)
    synced.mirrored("DELETE FROM programmes")
    start(synced)
    run(synced)
    assert is_running(synced)
    assert synced.count("GET", "bridge/v1/programmes") == 0


def test_a_package_that_is_too_old_for_switches_is_not_asked(world, monkeypatch):
    monkeypatch.setattr("suitecrm_bridge.crm.bulk.FastRoutes.most_programmes", 0)
    world.forget()
    start(world)
    run(world)
    assert world.count("GET", "programmes") == 0
    assert page(world)["state"] == "off"


def test_a_file_that_cannot_be_used_stops_no_sync_while_nothing_runs(world, caplog):
    (world.home / "programmes" / "hello.toml").write_text(HELLO.replace("mail", "pigeon"))
    run(world)
    assert "does not learn how the programmes stand" in caplog.text


def test_a_command_works_where_suitecrm_cannot_be_reached(world):
    world.server.close()
    start(world)
    assert is_running(world)
