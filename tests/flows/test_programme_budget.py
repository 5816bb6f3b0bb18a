"""What programmes could do for a sum, what all of them brought, and what one person may bring."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest

from suitecrm_bridge.analytics.days import to_date, to_day
from suitecrm_bridge.analytics.effects.assignment import period_of
from suitecrm_bridge.errors import NotFound
from suitecrm_bridge.insights import programmes_together
from suitecrm_bridge.jobs import programmes as jobs
from tests.flows.begun import HELLO, addressable, begin, run

PAID = """
[money]
cost = 2
[measure]
least = 3
"""
CALLS = HELLO.replace("Hello", "Calls").replace('"mail"', '"call"') + PAID


@pytest.fixture
def world(fast_synced):
    begin(fast_synced, HELLO + PAID)
    begin(fast_synced, CALLS, "calls")
    return fast_synced


def asked(world, *arguments):
    result = world.command("programmes", "budget", *arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    return {row["programme"]: row for row in json.loads(result.stdout)}


def test_everybody_is_chosen_where_there_is_no_bound(world):
    rows = asked(world)
    offered = rows["hello"]["offered"]
    assert 0 < offered < len(addressable(world))
    assert rows["hello"] == {
        "programme": "hello",
        "programme_name": "Hello",
        "offered": offered,
        "chosen": offered,
        "cost": 2.0 * offered,
        "value": 3.0 * offered,
    }


def test_a_sum_and_capacities_bound_whom_is_chosen_and_nothing_is_written(world):
    world.forget()
    rows = asked(world, "--budget", "20", "--calls", "3")
    assert rows["calls"]["chosen"] <= 3
    assert sum(row["cost"] for row in rows.values()) == 20
    assert world.requests == []
    assert world.mirrored("SELECT count(*) FROM programme_enrolments") == [(0,)]


def test_the_named_programmes_are_looked_at_whether_they_run_or_not(world):
    world.mirrored("DELETE FROM programmes")
    assert set(asked(world, "hello")) == {"hello"}


def test_what_one_more_would_bring_is_said_in_words(world):
    told = world.command("--lang", "en", "programmes", "budget", "--budget", "20", "--mails", "2")
    assert "should bring 30.00 beyond that" in told.stdout
    assert "1.00 more of budget would bring 1.50 beyond itself." in told.stdout
    assert "More contacts (e-mail) would bring nothing." in told.stdout
    french = world.command("--lang", "fr", "programmes", "budget", "--budget", "20").stdout
    assert "1,00 de budget en plus rapporterait 1,50" in french


def test_what_a_programme_spent_of_its_own_budget_is_spent(world):
    begin(world, HELLO + PAID.replace("cost = 2", "cost = 2\nbudget = 20"))
    world.mirrored(
        "INSERT INTO programme_contacts SELECT 'hello', 'first', 'somebody', 'mail',"
        " DATE '2026-01-01' + CAST(i AS INTEGER) FROM range(7) t(i)"
    )
    assert asked(world, "hello")["hello"]["chosen"] == 3


def test_people_who_had_enough_contacts_are_not_offered_again(world):
    before = asked(world)["calls"]
    run(world)
    after = asked(world)
    assert after["hello"]["offered"] == 0
    assert after["calls"]["offered"] == 0 < before["offered"]


def test_without_a_programme_that_runs_one_has_to_be_named(world):
    world.mirrored("DELETE FROM programmes")
    result = world.command("programmes", "budget", "--budget", "10")
    assert result.exit_code == NotFound.exit_code
    assert "No programme runs" in result.stderr


@pytest.mark.parametrize("value", ["-1", "nan", "inf", "1e13", "much", "1,5"])
def test_what_is_no_amount_is_refused(world, value):
    result = world.command("programmes", "budget", f"--budget={value}")
    assert result.exit_code == 2
    assert "is no amount" in result.stderr


def addressed_before(world, *, ago):
    """Address somebody so many days ago, and hold a fifth back from every programme."""
    share = "[control]\nshare = 0.2\nrotates_days = 90\n"
    (world.home / "addressing.toml").write_text(share, encoding="utf-8")
    with world.context() as context:
        day = context.today() - timedelta(days=ago)
    world.mirrored(
        "INSERT INTO programme_contacts SELECT 'hello', 'first', min(id), 'mail', ? FROM contacts",
        day,
    )


def together(world):
    with world.context() as context:
        return programmes_together.together(context.mirror, context.rules, context.choices)


def test_what_all_programmes_brought_in_the_last_period_is_shown_beside_each(world):
    with world.context() as context:
        day = to_day(context.today())
    addressed_before(world, ago=day - (period_of(day, 90) - 1) * 90)
    one = together(world)["contacts"]
    assert one.first <= to_date(day) - timedelta(days=90) <= one.last
    assert one.declared.cost == Decimal(2) / one.found.split.treated
    shown = world.command("--lang", "fr", "programmes", "measure").stdout
    assert "Tous les programmes ensemble" in shown
    found = json.loads(world.command("programmes", "measure", "--format", "json").stdout)
    assert [row["programme"] for row in found["over_all"]] == ["contacts"]


def test_nothing_is_told_of_a_period_in_which_nobody_was_addressed(world):
    addressed_before(world, ago=0)
    assert together(world) == {}


def test_nothing_is_told_of_all_where_nobody_is_held_back(world):
    run(world)
    assert together(world) == {}


def most_of(world):
    with world.context() as context:
        return context.mirror.programmes.bounds.fixed()["hello"]


def start_with(world, most):
    begin(world, HELLO + PAID + (f"most = {most}\n" if most else ""))
    with world.context() as context:
        jobs.start(context, ["hello"])


def test_what_one_person_may_bring_is_fixed_with_the_start(world):
    start_with(world, 500)
    start_with(world, 700)
    assert most_of(world) == 700
    run(world)
    start_with(world, None)
    assert most_of(world) == 700
    told = world.command("--lang", "en", "programmes", "measure", "hello").stdout
    assert "Hello: what one person may bring counts up to 700.00" in told.replace("\n", " ")


def test_what_was_not_bounded_before_the_start_stays_so(world):
    start_with(world, None)
    run(world)
    start_with(world, 500)
    told = world.command("--lang", "en", "programmes", "measure", "hello").stdout
    assert "counts in full" in told
