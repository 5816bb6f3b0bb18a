"""Who was reset may enter again, is addressed no more often for it, and keeps what was."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

from suitecrm_bridge.catalogue.conditions import parse
from suitecrm_bridge.catalogue.programmes import Addressing, Cap, Trigger
from suitecrm_bridge.insights.programmes import planned
from suitecrm_bridge.mirror import Mirror
from tests.analytics.programmes.made import wave
from tests.programmes.nights import HELLO, KNOWN, Nights

ONCE = replace(HELLO, waves=(wave(),), again_days=None, control=0)


def rules(one=ONCE, days=3):
    cap = Cap(1, days)
    return SimpleNamespace(programmes={"hello": one}, addressing=Addressing(cap, 0, 90))


def night(world, chosen):
    """Plan and keep a night; return what was decided on each."""
    found = planned(world.mirror, chosen, world.day)
    world.accept(found)
    return dict(zip(found.plan["person"], found.plan["decision"], strict=True))


def test_who_was_reset_enters_again_the_next_night_and_not_the_same():
    with Mirror.in_memory() as mirror:
        world, chosen = Nights(mirror), rules(days=1)
        assert night(world, chosen)["person0"] == "enters"
        assert mirror.programmes.reset("hello", "person0", world.day) == 1
        assert "person0" not in night(world, chosen)
        world.tomorrow()
        assert night(world, chosen)["person0"] == "enters"
        assert night(world, chosen)["person0"] == "stays"
        entries = mirror.connection.execute(
            "SELECT since, ended, why FROM programme_enrolments WHERE person = 'person0'"
            " ORDER BY since"
        ).fetchall()
        before = world.day - timedelta(days=1)
        assert entries == [(before, before, "reset"), (world.day, None, None)]


def test_a_reset_gives_nobody_a_contact_beyond_the_cap():
    with Mirror.in_memory() as mirror:
        world, chosen = Nights(mirror), rules(days=5)
        night(world, chosen)
        mirror.programmes.reset("hello", "person0", world.day)
        world.tomorrow()
        assert night(world, chosen)["person0"] == "deferred"
        world.day += timedelta(days=4)
        assert night(world, chosen)["person0"] == "enters"


def test_what_began_a_programme_for_somebody_may_begin_it_again_after_a_reset():
    begun = replace(ONCE, trigger=Trigger("enters", parse('segment = "new"', KNOWN)))
    with Mirror.in_memory() as mirror:
        world, chosen = Nights(mirror), rules(begun, days=1)
        world.set("person0", segment="loyal")
        night(world, chosen)
        world.tomorrow()
        world.set("person0")
        assert night(world, chosen) == {"person0": "enters"}
        world.tomorrow()
        mirror.programmes.reset("hello", "person0", world.day)
        assert night(world, chosen) == {"person0": "enters"}


def test_who_was_never_in_a_programme_has_nothing_to_reset():
    with Mirror.in_memory() as mirror:
        assert mirror.programmes.reset("hello", "nobody", Nights(mirror).day) == 0
