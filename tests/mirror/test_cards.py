"""What the mirror notes for the customer card, and what of it is to be told."""

from datetime import date, timedelta
from decimal import Decimal

import pandas as pd
import pytest

from suitecrm_bridge.mirror import Mirror
from tests.mirror.test_snapshots import CUTS

DAY = date(2026, 3, 31)
SCORES = {
    "customer_id": "a",
    "rfm_segment": "loyal",
    "rfm_recency": 4,
    "rfm_frequency": 5,
    "rfm_monetary": 1,
    "purchase_total": Decimal(12),
    "standing": "here",
    "next_action": "thank",
    "action_rule": "best",
    "complaint_open": 0,
    "expected_by": date(2026, 5, 1),
    "kept_value": Decimal(100),
    "attempts": 1,
    "purchase_months": None,
    "as_of": DAY,
}


@pytest.fixture
def mirror():
    with Mirror.in_memory() as opened:
        opened.connection.execute("INSERT INTO contacts (id) VALUES ('a')")
        yield opened


def score(mirror, *, days=0, snapshot=False, **changes):
    day = DAY + timedelta(days=days)
    row = SCORES | {"as_of": day} | changes
    frame = pd.DataFrame({name: pd.Series([value], dtype=object) for name, value in row.items()})
    mirror.scores.save("contacts", frame)
    if snapshot:
        mirror.snapshots.save("contacts", day, CUTS, "invoices")


def noted(mirror, *whats):
    mirror.cards.note("contacts")
    [card] = mirror.cards.untold("contacts")
    return [
        (one.what, (one.since - DAY).days, one.value) for one in card.changes if one.what in whats
    ]


def test_segments_of_the_time_before_come_from_the_snapshots(mirror):
    for days, segment in ((-40, "new"), (-39, "new"), (-10, "promising"), (0, "loyal")):
        score(mirror, days=days, rfm_segment=segment, snapshot=True)
    assert noted(mirror, "segment") == [
        ("segment", 0, "loyal"),
        ("segment", -10, "promising"),
        ("segment", -40, "new"),
    ]


def test_a_run_for_a_past_day_brings_no_news(mirror):
    score(mirror)
    mirror.cards.note("contacts")
    score(mirror, days=-30, rfm_segment="lost")
    assert noted(mirror, "segment") == [("segment", 0, "loyal")]


def test_the_programme_somebody_is_in_is_noted_and_when_it_ends(mirror):
    score(mirror)
    assert noted(mirror, "programme") == []
    mirror.connection.execute(
        "INSERT INTO programme_enrolments VALUES"
        " ('welcome', 'a', '2026-04-01', 'treated', '', '', 'hello', '2026-04-01', 1, false,"
        " NULL, NULL)"
    )
    score(mirror, days=1)
    assert noted(mirror, "programme") == [("programme", 1, "welcome")]
    mirror.connection.execute("UPDATE programme_enrolments SET ended = '2026-04-05'")
    score(mirror, days=5)
    assert noted(mirror, "programme") == [("programme", 5, ""), ("programme", 1, "welcome")]


def test_who_is_only_measured_is_in_no_programme_that_anybody_sees(mirror):
    mirror.connection.execute(
        "INSERT INTO programme_enrolments VALUES"
        " ('welcome', 'a', '2026-04-01', 'control', '', '', 'hello', '2026-04-01', 1, false,"
        " NULL, NULL)"
    )
    score(mirror)
    assert noted(mirror, "programme") == []


@pytest.mark.parametrize(
    ("standing", "told"),
    [("here", (None, None, None)), ("lost", (date(2026, 5, 1), Decimal(100), 1))],
)
def test_what_only_sentences_about_leavers_need_is_told_of_leavers_alone(mirror, standing, told):
    score(mirror, standing=standing)
    mirror.cards.note("contacts")
    [card] = mirror.cards.untold("contacts")
    assert (card.expected, card.kept, card.attempts) == told


@pytest.mark.parametrize(("kept", "again"), [("100", 0), ("100.4", 0), ("110", 1)])
def test_what_a_year_would_bring_is_told_anew_when_it_has_moved(mirror, kept, again):
    score(mirror, standing="lost")
    mirror.cards.note("contacts")
    mirror.cards.told("contacts", list(mirror.cards.untold("contacts")), [])
    score(mirror, standing="lost", kept_value=Decimal(kept))
    mirror.cards.note("contacts")
    assert len(list(mirror.cards.untold("contacts"))) == again


def test_a_mirror_without_scores_or_with_those_of_an_older_version_has_no_cards(mirror):
    mirror.cards.note("contacts")
    assert list(mirror.cards.untold("contacts")) == []
    score(mirror)
    mirror.connection.execute("ALTER TABLE scores_contacts DROP purchase_months")
    mirror.cards.note("contacts")
    assert (list(mirror.cards.untold("contacts")), mirror.cards.gone("contacts")) == ([], [])


@pytest.mark.parametrize(
    "what",
    [
        "COMMENT ON TABLE scores_contacts IS 'other scores'",
        "UPDATE contacts SET no_profiling_c = true",
        "DELETE FROM cards_told",
        "INSERT INTO programme_enrolments VALUES ('welcome', 'a', '2026-04-01', 'treated', '', '',"
        " 'hello', '2026-04-01', 1, false, NULL, NULL)",
    ],
)
def test_once_all_was_told_it_is_looked_at_again_when_something_changed(mirror, what):
    score(mirror)
    assert not mirror.cards.stand("contacts")
    mirror.cards.settle("contacts")
    assert not mirror.cards.stand("contacts")
    mirror.connection.execute("COMMENT ON TABLE scores_contacts IS 'these scores'")
    mirror.cards.settle("contacts")
    assert mirror.cards.stand("contacts")
    assert mirror.cards.gone("contacts") == []
    mirror.connection.execute(what)
    assert not mirror.cards.stand("contacts")


def test_the_changes_of_who_is_gone_are_forgotten(mirror):
    score(mirror)
    mirror.cards.note("contacts")
    mirror.cards.told("contacts", list(mirror.cards.untold("contacts")), [])
    mirror.connection.execute("DELETE FROM contacts")
    mirror.connection.execute("DELETE FROM scores_contacts")
    assert mirror.cards.gone("contacts") == ["a"]
    mirror.cards.note("contacts")
    ((left,),) = mirror.connection.execute("SELECT count(*) FROM card_changes").fetchall()
    assert left == 0
