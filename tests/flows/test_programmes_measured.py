"""What programmes brought is told every night, kept, and acted upon."""

from datetime import timedelta

import pytest

from suitecrm_bridge.insights.programme_effects import brought
from tests.flows.begun import HELLO, begin, lists, run
from tests.flows.world import DAY
from tests.insights.test_effects import bought, enrolled

MEASURED = """
[measure]
outcome = "conversion"
days = 60
least = 0.1
"""


@pytest.fixture
def entered(world):
    """Make people have entered the programme; of the treated that many more or fewer buy."""

    def enter(more, content=HELLO + MEASURED):
        begin(world, content)
        world.clock.advance(days=120)
        today = DAY + timedelta(days=120)
        entries = enrolled(ago=100).assign(programme="hello")
        entries["since"] += (today - DAY).days - 120 + _shift(today)
        with world.context() as context:
            connection = context.mirror.connection
            connection.register("given", bought(entries, more))
            connection.register("entries", entries)
            connection.execute(
                "INSERT INTO invoices (id, billing_contact_id, invoice_date, total_amount)"
                " SELECT id, person, day, amount FROM given"
            )
            connection.execute("INSERT INTO contacts (id) SELECT person FROM entries")
            connection.execute(
                "INSERT INTO programme_enrolments SELECT programme, person,"
                " DATE '1970-01-01' + CAST(since AS INTEGER), arm, '', '', 'first',"
                " DATE '1970-01-01' + CAST(since AS INTEGER), 0, false, NULL, NULL FROM entries"
            )
            context.mirror.programmes.verdicts.expect("hello", len(entries))
        return world

    return enter


def _shift(today):
    from tests.insights.test_effects import TODAY

    return (today - TODAY).days


def verdict(world):
    with world.context() as context:
        return context.mirror.programmes.verdicts.held()["hello"].verdict


def state(world):
    with world.context() as context:
        return context.mirror.programmes.states()["hello"]


def test_a_programme_that_does_harm_is_stopped_the_next_night_and_says_why(entered, caplog):
    world = entered(-0.3)
    run(world)
    assert not state(world).running
    assert verdict(world) == "does_harm"
    assert "Programme hello was stopped: It does harm" in caplog.text
    assert lists(world) == []


def test_one_that_may_not_be_stopped_for_harm_goes_on(entered):
    world = entered(-0.3, HELLO + MEASURED + "[stop]\nharm = false\n")
    run(world)
    assert state(world).running
    assert verdict(world) == "does_harm"


def test_one_that_works_goes_on_and_its_verdict_stands(entered):
    world = entered(0.4)
    run(world)
    assert state(world).running
    assert verdict(world) == "works"
    with world.context() as context:
        context.mirror.connection.execute("DELETE FROM invoices WHERE id NOT IN ('i0', 'i1')")
    world.clock.advance(days=1)
    run(world)
    with world.context() as context:
        held = context.mirror.programmes.verdicts.held()["hello"]
        assert (held.verdict, held.looked) == ("works", context.today())


def test_it_is_told_once_a_day_however_often_a_sync_runs(entered, monkeypatch):
    world = entered(0.4)
    run(world)
    monkeypatch.setattr("suitecrm_bridge.insights.programme_effects.measured", None)
    run(world)
    assert verdict(world) == "works"


def test_measuring_shows_it_and_keeps_nothing(entered):
    world = entered(0.4)
    with world.context() as context:
        overall, _ = brought(context.mirror, context.rules, context.choices).tables("en")
    assert overall.frame["verdict"].tolist() == ["works"]
    assert verdict(world) is None


def test_a_dry_run_keeps_nothing(entered):
    world = entered(-0.3)
    run(world, dry_run=True)
    assert state(world).running
    assert verdict(world) is None


def test_a_programme_that_never_ran_is_not_measured(world):
    with world.context() as context:
        found = brought(context.mirror, context.rules, context.choices)
    assert not found.found
