"""Nobody goes on in a programme before what was decided has reached them."""

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from suitecrm_bridge.catalogue.programmes import Addressing, Cap
from suitecrm_bridge.insights.programmes import planned
from suitecrm_bridge.mirror import DeadLetter, Mirror
from tests.analytics.programmes.made import wave
from tests.programmes.nights import HELLO, Nights

WHO = "person0"


@pytest.fixture
def mirror():
    with Mirror.in_memory() as opened:
        yield opened


def rules(channel):
    waves = (wave("first", channel), wave("second", "mail", 2))
    one = replace(HELLO, waves=waves, again_days=None, control=0)
    return SimpleNamespace(programmes={"hello": one}, addressing=Addressing(Cap(9, 9), 0, 90))


def night(world, chosen, nights=1):
    """Let nights pass, plan and keep the last one; return the wave at which somebody stands."""
    for _ in range(nights):
        world.tomorrow()
    world.accept(planned(world.mirror, chosen, world.day))
    return world.run(
        "SELECT wave FROM programme_enrolments WHERE programme = 'hello' AND person = ?", [WHO]
    ).fetchone()[0]


@pytest.mark.parametrize("channel", ["letter", "webhook", "call", "task"])
def test_what_a_run_that_was_cut_off_left_is_delivered_before_the_next_wave(mirror, channel):
    world, chosen = Nights(mirror), rules(channel)
    world.run(
        "UPDATE contacts SET primary_address_street = '1 Way', primary_address_city = 'York',"
        " primary_address_postalcode = 'YO1 7HH'"
    )
    world.delivers = False
    assert night(world, chosen) == "first"
    assert night(world, chosen, 9) == "first"
    assert [one.person for one in mirror.programmes.deliveries.pending()].count(WHO) == 1
    world.run("UPDATE programme_deliveries SET made = ?", [world.day])
    assert night(world, chosen) == "first"
    assert night(world, chosen) == "second"


def test_what_suitecrm_refuses_holds_nobody_back(mirror):
    world, chosen = Nights(mirror), rules("call")
    world.delivers = False
    night(world, chosen)
    world.run("UPDATE programme_deliveries SET target = 'call'")
    refused = DeadLetter("Calls", "call", {}, "no")
    mirror.dead_letters.add("write", [refused], datetime(2026, 3, 2, tzinfo=UTC))
    assert night(world, chosen, 2) == "second"


def test_who_is_on_no_list_yet_stays_at_their_wave_for_a_while(mirror):
    world, chosen = Nights(mirror), rules("mail")
    world.run("INSERT INTO programme_lists VALUES ('l', 'hello', 'first', 'treated', 'Contacts')")
    assert night(world, chosen) == "first"
    assert night(world, chosen, 5) == "first"
    world.run("INSERT INTO programme_members VALUES ('l', ?)", [WHO])
    assert night(world, chosen) == "first"
    assert night(world, chosen) == "second"
    other = "SELECT wave FROM programme_enrolments WHERE person = 'person1'"
    assert world.run(other).fetchone() == ("first",)
    night(world, chosen, 30)
    night(world, chosen, 2)
    assert world.run(other).fetchone() == ("second",)
