"""A clock that is wrong by a day or more is refused, and what was noted by one blocks nothing."""

from datetime import UTC, date, datetime, timedelta

import pytest

from suitecrm_bridge.errors import WrongClock
from suitecrm_bridge.insights.moves import has_two_snapshots, migration
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.pull import pull
from suitecrm_bridge.jobs.push import push
from suitecrm_bridge.jobs.score import score
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.jobs.sync import sync
from suitecrm_bridge.settings import Settings
from tests.flows.world import NOON, crm_rows, patient
from tests.places import places

YEARS = timedelta(days=27 * 365)
FAR = datetime(2053, 1, 1, tzinfo=UTC)


def at(world, moment, job, **options):
    """Run a job on a machine whose clock says `moment`."""
    settings = Settings.read({}, world.environment())
    summary = Summary()
    with Context(settings, clock=lambda: moment) as context, patient(settings) as crm:
        context.crm = crm
        if job in (sync, score):
            options.setdefault("as_of", context.today())
        job(context, summary, **options)
    return summary


APART = {
    "27 years early": -YEARS,
    "27 years late": YEARS,
    "a day early": -timedelta(days=1),
    "a day late": timedelta(days=1),
    "a month late": timedelta(days=31),
    "1970": datetime(1970, 1, 2, tzinfo=UTC) - NOON,
}


@pytest.mark.parametrize("apart", places(APART.values(), every=3), ids=APART)
def test_a_clock_that_is_a_day_or_more_wrong_is_refused_before_anything_is_done(world, apart):
    before = crm_rows(world)
    scored = world.mirrored("SELECT * FROM scores_contacts ORDER BY ALL")
    bookmarks = world.mirrored("SELECT * FROM bookmarks ORDER BY ALL")
    with pytest.raises(WrongClock):
        at(world, NOON + apart, sync)
    assert crm_rows(world) == before
    assert world.mirrored("SELECT * FROM scores_contacts ORDER BY ALL") == scored
    assert world.mirrored("SELECT * FROM bookmarks ORDER BY ALL") == bookmarks


@pytest.mark.parametrize("job", [pull, push, sync])
def test_every_stage_that_talks_to_suitecrm_looks_at_the_clock(world, job):
    with pytest.raises(WrongClock, match=r"1999-03-16 12:00.*2026-03-09 12:00"):
        at(world, NOON - YEARS, job)


def test_a_dry_run_is_refused_too(world):
    with pytest.raises(WrongClock):
        at(world, NOON - YEARS, sync, dry_run=True)


SMALL = {"23 hours": 23, "-23 hours": -23, "an hour": 1, "14 hours": 14, "-12 hours": -12}


@pytest.mark.parametrize("hours", places(SMALL.values(), every=4), ids=SMALL)
def test_small_differences_are_nothing(world, hours):
    assert at(world, NOON + timedelta(hours=hours), sync).failed == 0


def test_the_clock_of_suitecrm_may_be_the_wrong_one(world):
    world.sandbox.date = lambda: NOON - YEARS
    with pytest.raises(WrongClock, match=r"2026-03-09 12:00.*1999-03-16 12:00"):
        at(world, NOON, sync)


ABSURD = {
    "none": lambda: None,
    "1970": lambda: datetime(1970, 1, 1, tzinfo=UTC),
    "9999": lambda: datetime(9999, 1, 1, tzinfo=UTC),
}


@pytest.mark.parametrize("date", places(ABSURD.values(), every=2), ids=ABSURD)
def test_a_date_that_is_missing_or_absurd_is_not_the_clock_of_suitecrm(world, date):
    world.sandbox.date = date
    assert at(world, NOON + timedelta(hours=1), sync).failed == 0


def test_over_the_fast_routes_suitecrm_tells_its_clock_without_a_date(fast_synced):
    fast_synced.sandbox.date = lambda: None
    with pytest.raises(WrongClock):
        at(fast_synced, NOON - YEARS, sync)


def test_the_command_ends_with_2_and_says_which_clock_says_what(world):
    world.sandbox.date = lambda: NOON - YEARS
    done = world.command("sync")
    assert done.exit_code == WrongClock.exit_code == 2
    assert "2026-03-09 12:00" in done.stderr
    assert "1999-03-16 12:00" in done.stderr


def test_the_doctor_finds_it(world):
    world.sandbox.date = lambda: NOON - YEARS
    done = world.command("doctor")
    assert done.exit_code == WrongClock.exit_code
    assert "1999-03-16 12:00" in done.stdout


@pytest.mark.parametrize("days", [1, 2, 27 * 365])
def test_scoring_alone_is_refused_where_today_is_before_the_last_reading(world, days):
    with pytest.raises(WrongClock, match="2026-03-09"):
        at(world, NOON - timedelta(days=days), score)


def test_scoring_a_past_day_is_no_question_of_clocks(world):
    assert at(world, NOON, score, as_of=date(2025, 3, 8)).scored


@pytest.mark.story
def test_scoring_alone_long_after_the_last_reading_neither_writes_nor_keeps_a_snapshot(world):
    from suitecrm_bridge.errors import Incomplete

    days = world.mirrored("SELECT DISTINCT as_of FROM snapshots")
    with pytest.raises(Incomplete):
        at(world, NOON + YEARS, score)
    assert world.mirrored("SELECT DISTINCT as_of FROM snapshots") == days
    before = crm_rows(world)
    with pytest.raises(Incomplete):
        at(world, NOON, push)
    assert crm_rows(world) == before


def test_scoring_goes_on_where_a_module_that_is_gone_was_read_in_the_future(world):
    world.mirrored("UPDATE bookmarks SET through = ? WHERE module = 'Prospects'", FAR)
    world.sandbox.sight.uninstall("Prospects")
    at(world, NOON + timedelta(hours=1), pull)
    assert at(world, NOON + timedelta(hours=1), score).scored


def test_a_module_that_was_read_in_the_future_is_read_anew(world):
    world.mirrored("UPDATE bookmarks SET through = ?", FAR)
    contact = world.store.rows("Contacts")[0]["id"]
    lie = {"last_name": "Zéphyr", "date_modified": "2026-03-01 10:00:00"}
    world.store.update("Contacts", contact, lie)
    at(world, NOON, pull)
    assert world.mirrored("SELECT last_name FROM contacts WHERE id = ?", contact) == [("Zéphyr",)]
    (latest,) = world.mirrored("SELECT max(through) FROM bookmarks")
    assert latest[0].year == 2026


def test_a_reading_that_began_in_the_future_and_was_cut_off_begins_anew(world):
    world.mirrored("DELETE FROM bookmarks WHERE module = 'Accounts'")
    world.mirrored(
        "INSERT INTO scans SELECT 'Accounts', 0, NULL, NULL, 'zzz', false, NULL, ?,"
        " columns, path FROM bookmarks WHERE module = 'Contacts'",
        FAR,
    )
    at(world, NOON, pull)
    (through,) = world.mirrored("SELECT through FROM bookmarks WHERE module = 'Accounts'")
    assert through[0].year == 2026


def test_a_record_that_failed_in_the_future_is_tried_now(world):
    invoice = world.store.rows("AOS_Invoices")[0]["id"]
    future = ", ".join(["'2053-01-01'"] * 3)
    world.mirrored(
        f"INSERT INTO dead_letters VALUES ('read', 'AOS_Invoices', ?, 'why', '{{}}', 1, {future})",
        invoice,
    )
    at(world, NOON, pull)
    assert world.dead_letters() == []


def test_a_history_that_was_read_in_the_future_is_read_anew(fast_synced):
    case = fast_synced.store.rows("Cases")[0]
    fast_synced.mirrored("UPDATE history_scans SET through = ?", FAR)
    fast_synced.clock.advance(hours=1)
    fast_synced.store.update(
        "Cases", case["id"], {"priority": "P3" if case["priority"] == "P1" else "P1"}
    )
    at(fast_synced, fast_synced.clock(), pull)
    found = fast_synced.mirrored("SELECT count(*) FROM history WHERE record_id = ?", case["id"])
    assert found[0][0] > 0


def in_the_future(world):
    world.mirrored(
        "INSERT INTO runs SELECT 'future', 'sync', $f, $f, 'done', 'stock', '{}', NULL,"
        " (SELECT max(number) + 1 FROM runs)".replace("$f", "TIMESTAMP '2053-01-01'")
    )


@pytest.mark.story
def test_the_last_run_is_the_one_that_came_last_whatever_its_date(world):
    in_the_future(world)
    at(world, NOON, sync)
    with world.context() as context:
        last = context.mirror.runs.last(["sync"])
        assert last.started_at == NOON
        assert [run.run_id == "future" for run in context.mirror.runs.history(2)] == [False, True]


def snapshots_on(world, *days):
    for day in days:
        world.mirrored(
            "INSERT INTO snapshots SELECT entity, ?, * EXCLUDE (entity, as_of) FROM snapshots"
            " WHERE as_of = (SELECT min(as_of) FROM snapshots)",
            day,
        )


def test_a_migration_by_default_is_between_days_that_have_been(world):
    snapshots_on(world, date(2026, 2, 1), date(2053, 1, 1))
    with world.context() as context:
        found = migration(context.mirror, "contacts", context.today())
        assert (found.before, found.after) == (date(2026, 2, 1), date(2026, 3, 8))
        named = migration(context.mirror, "contacts", context.today(), after=date(2053, 1, 1))
        assert named.after == date(2053, 1, 1)


def test_a_snapshot_of_the_future_makes_no_pair(world):
    snapshots_on(world, date(2053, 1, 1))
    with world.context() as context:
        assert not has_two_snapshots(context.mirror, "contacts", context.today())


def test_an_alarm_of_the_future_does_not_keep_later_ones_quiet(world):
    world.mirrored(
        "INSERT INTO reactions VALUES ('old', 'spike', 'product x', '2053-01-01', 't',"
        " '2053-01-01', '2053-01-01')"
    )
    world.mirrored(
        "INSERT INTO wanted_reactions VALUES ('new', 'spike', 'product x', 1,"
        " '2026-03-01', NULL, 60, '{}')"
    )
    with world.context() as context:
        assert [one.key for one in context.mirror.reactions.open(NOON, 7, 30)] == ["new"]
