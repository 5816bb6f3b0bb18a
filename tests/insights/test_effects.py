from datetime import date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from suitecrm_bridge.analytics.days import to_day
from suitecrm_bridge.insights.choices import Choices, Hours
from suitecrm_bridge.insights.effect_tables import PROGRAMMES, SEGMENTS, programmes, segments
from suitecrm_bridge.insights.effects import Declared, Measured, measured
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.tables import worded

TODAY = date(2026, 11, 20)
START = TODAY - timedelta(days=120)
PEOPLE = 1_500
CHOICES = Choices(
    today=TODAY,
    purchases="invoices",
    min_buyers=30,
    discount_rate=10,
    case_cost=0,
    hour_cost=0,
    late_rate=0,
    hours=Hours((), (), (), ZoneInfo("UTC")),
)
MARGIN = Declared("contacts", "margin", 60, Decimal("1.50"), Decimal(20), 0.3, PEOPLE)
CONVERSION = Declared("contacts", "conversion", 60, Decimal("0.05"), Decimal("0.1"), 0.3, PEOPLE)


def enrolled(count: int = PEOPLE, *, ago: int = 100) -> pd.DataFrame:
    """People who entered one after another, the last ones some days after the first."""
    rng = np.random.default_rng(2)
    arm = np.where(rng.random(count) < 0.3, "control", "treated")
    since = to_day(TODAY) - ago + np.arange(count) * 30 // count
    people = [f"c{number}" for number in range(count)]
    segment = np.array(["loyal", "lost"])[np.arange(count) % 2]
    return pd.DataFrame(
        {"programme": "welcome", "person": people, "arm": arm, "since": since, "segment": segment}
    )


def bought(entries: pd.DataFrame, more: float) -> pd.DataFrame:
    """Invoices: of the control 4 of 10 buy, of the treated `more`; everybody bought before."""
    rng = np.random.default_rng(3)
    share = np.where(entries["arm"] == "treated", 0.4 + more, 0.4)
    buys = entries[rng.random(len(entries)) < share]
    rows = [buys.assign(day=buys["since"] + 10), entries.assign(day=entries["since"] - 50)]
    frame = pd.concat(rows, ignore_index=True)
    amounts = rng.lognormal(4, 0.3, len(frame)).round(2)
    days = [date(1970, 1, 1) + timedelta(days=int(day)) for day in frame["day"]]
    ids = [f"i{number}" for number in range(len(frame))]
    return pd.DataFrame({"id": ids, "person": frame["person"], "day": days, "amount": amounts})


def filled(mirror: Mirror, entries: pd.DataFrame, more: float) -> None:
    mirror.connection.register("given", bought(entries, more))
    mirror.connection.execute(
        "INSERT INTO invoices (id, billing_contact_id, invoice_date, total_amount)"
        " SELECT id, person, day, amount FROM given"
    )
    mirror.connection.register("entries", entries)
    mirror.connection.execute("INSERT INTO contacts (id) SELECT person FROM entries")


def found(entries: pd.DataFrame, declared: Declared, *, more: float = 0.25, **options) -> Measured:
    with Mirror.in_memory() as mirror:
        filled(mirror, entries, more)
        for statement in options.pop("also", ()):
            mirror.connection.execute(statement)
        return measured(mirror, CHOICES, entries, {"welcome": declared}, TODAY, **options)[
            "welcome"
        ]


@pytest.fixture(scope="module")
def working() -> Measured:
    """A programme after which nine in ten buy in the place of four."""
    return found(enrolled(), MARGIN, more=0.5)


def test_a_programme_after_which_more_buy_works(working: Measured) -> None:
    one = working
    assert one.stands == "works"
    assert one.said.startswith("It works")
    assert one.earns.estimate == pytest.approx(0.5 * 5_700, rel=0.25)
    assert one.buys.estimate == pytest.approx(0.5, abs=0.08)


def test_a_programme_after_which_fewer_buy_does_harm() -> None:
    assert found(enrolled(), MARGIN, more=-0.35).stands == "does_harm"


def test_a_programme_may_be_measured_by_who_buys() -> None:
    one = found(enrolled(), CONVERSION)
    assert (one.stands, one.tonight.because) == ("works", "effect")
    assert "of a hundred people" in one.said


def test_who_entered_lately_does_not_count_yet_and_is_waited_for() -> None:
    one = found(enrolled(ago=62), MARGIN)
    assert one.known < one.split.treated + one.split.control == PEOPLE
    assert one.tonight.verdict == "unclear"
    assert one.tonight.days is not None


def test_where_costs_are_not_known_sales_count_and_that_is_said(working: Measured) -> None:
    one = working
    assert one.by_sales
    table = programmes({"welcome": one}, {"welcome": MARGIN}, "en")
    assert "sales count in the place of margins" in table.said[0]


def test_a_person_counts_by_their_first_entry(working: Measured) -> None:
    entries = enrolled()
    again = entries.assign(since=entries["since"] + 20, arm="treated")
    with Mirror.in_memory() as mirror:
        mirror.connection.register("entries", entries)
        mirror.connection.execute("INSERT INTO contacts (id) SELECT person FROM entries")
        both = pd.concat([again, entries])
        twice = measured(mirror, CHOICES, both, {"welcome": MARGIN}, TODAY)["welcome"]
    assert twice.split == working.split


def test_people_who_were_not_drawn_as_planned_void_the_verdict() -> None:
    entries = enrolled()
    one = found(entries.assign(arm=entries["arm"].where(entries.index > 400, "treated")), MARGIN)
    assert one.stands == "void"
    assert "are left out where 30.0% was planned" in one.said


def test_more_who_unsubscribe_are_harm() -> None:
    removed = (
        "INSERT INTO campaign_log (id, campaign_id, activity_type, activity_date, target_id)"
        " SELECT person, 'x', 'removed', DATE '1970-01-01' + CAST(since + 3 AS INTEGER), person"
        " FROM entries WHERE arm = 'treated' AND substr(person, length(person)) IN ('1', '2')"
    )
    one = found(enrolled(), MARGIN, also=[removed])
    assert (one.stands, one.tonight.because) == ("does_harm", "opt_outs")
    assert one.opted_out == pytest.approx(0.2, abs=0.03)


def test_few_who_entered_are_judged_once_it_is_over() -> None:
    few = enrolled(60)
    ended = Declared("contacts", "margin", 60, Decimal(1), Decimal(5), 0.3, 60, running=False)
    running = found(few, MARGIN, more=0.6)
    over = found(few, ended, more=0.6)
    assert running.tonight.verdict == "unclear"
    assert (over.tonight.verdict, over.tonight.because) == ("works", "few")


def test_what_was_told_before_stands_and_that_is_said() -> None:
    one = found(enrolled(), MARGIN, stands={"welcome": "no_difference"})
    assert one.stands == "no_difference"
    assert one.said.startswith("Told before: no difference worth having")


def test_what_one_person_brings_counts_up_to_what_was_named() -> None:
    bounded = Declared(**{**MARGIN.__dict__, "most": Decimal(10)})
    one = found(enrolled(), bounded, more=0.5)
    assert one.earns.estimate == pytest.approx(0.5 * 1_000, rel=0.2)


def test_a_table_has_a_row_a_programme_with_everything_that_is_said(working: Measured) -> None:
    one = working
    table = programmes({"welcome": one}, {"welcome": MARGIN}, "fr", {"welcome": "Bienvenue"})
    row = table.frame.iloc[0]
    names = [name for name in table.frame if not name.endswith("_name")]
    assert names == [column.name for column in table.columns] == list(PROGRAMMES)
    assert (row["verdict"], row["programme"]) == ("works", "welcome")
    assert worded(table, "fr")[0][:2] == ["Bienvenue", "efficace"]
    assert row["low"] < row["effect"] < row["high"]
    treated = one.earns.treated
    assert row["gain"] == pytest.approx(treated * (row["effect"] - Decimal("1.50")), abs=treated)


def test_a_table_has_a_row_for_each_segment(working: Measured) -> None:
    one = working
    frame = segments({"welcome": one}).frame
    assert list(frame) == ["programme", "programme_name", *list(SEGMENTS)[1:]]
    assert frame["segment"].tolist() == ["lost", "loyal"]
    assert (frame["chance"] > 0.95).all()


def test_without_entrants_there_is_nothing_to_tell_and_no_error() -> None:
    nobody = enrolled().head(0)
    one = found(nobody, MARGIN)
    assert (one.tonight.verdict, one.tonight.because) == ("unclear", "few")
    assert programmes({"welcome": one}, {"welcome": MARGIN}, "en").frame["effect"].tolist() == [
        None
    ]
    assert segments({"welcome": one}).frame.empty


def test_without_programmes_nothing_is_measured() -> None:
    with Mirror.in_memory() as mirror:
        assert measured(mirror, CHOICES, enrolled(), {}, TODAY) == {}
