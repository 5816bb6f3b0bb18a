from datetime import date

import pytest

from suitecrm_bridge.errors import NotFound
from tests.flows.world import DAY
from tests.places import places


def test_nothing_is_scored_before_anything_was_read(empty):
    with pytest.raises(NotFound, match="pull"):
        empty.score()


def test_a_suitecrm_without_customers_is_scored_to_nothing(empty):
    empty.pull()
    assert empty.score().scored == {"contacts": 0, "accounts": 0}


def test_every_customer_is_scored_as_of_the_day_asked_for(scored):
    assert scored.score(date(2026, 1, 31)).scored == {"contacts": 60, "accounts": 12}
    query = "SELECT DISTINCT as_of, scored_at FROM scores_contacts"
    assert scored.mirrored(query) == [(date(2026, 1, 31), date(2026, 1, 31))]


def test_the_day_of_the_figures_is_a_day_and_no_moment_that_is_another_day_elsewhere(scored):
    scored.score(date(2026, 1, 31))
    ((day,),) = scored.mirrored("SELECT DISTINCT scored_at FROM scores_contacts")
    assert type(day) is date
    assert day == date(2026, 1, 31)


def test_what_happened_after_the_day_does_not_count(scored):
    scored.score(date(2025, 1, 1))
    ((last,),) = scored.mirrored("SELECT max(last_purchase) FROM scores_contacts")
    assert last <= date(2025, 1, 1)


def test_purchases_that_could_not_be_used_are_counted(scored):
    scored.mirrored(
        "UPDATE invoices SET invoice_date = NULL WHERE id IN (SELECT id FROM invoices"
        " ORDER BY id LIMIT 3)"
    )
    assert scored.score().skipped == {
        "without_date": 3,
        "without_base_amount": 0,
        "unbearable": 0,
    }


@pytest.mark.story
def test_scoring_twice_gives_the_same(scored):
    query = "SELECT * FROM scores_contacts ORDER BY ALL"
    before = scored.mirrored(query)
    scored.score(date(2025, 1, 1))
    scored.score(DAY)
    assert scored.mirrored(query) == before


CHANGE = "UPDATE scores_contacts SET rfm_score = 'odd'"
LEFT = "SELECT count(*) FROM scores_contacts WHERE rfm_score = 'odd'"


@pytest.fixture
def standing(scored):
    """Scored from what is there, so that a change that only a new scoring takes away is seen."""
    scored.mirrored(CHANGE)
    return scored


def test_scores_stand_when_nothing_changed_that_they_are_made_from(standing):
    assert standing.score().scored == {"contacts": 60, "accounts": 12}
    assert standing.mirrored(LEFT) == [(60,)]


@pytest.mark.parametrize(
    "change",
    places(
        [
            "UPDATE invoices SET total_amount = 1 WHERE id = (SELECT min(id) FROM invoices)",
            "DELETE FROM invoices WHERE id = (SELECT min(id) FROM invoices)",
            "DELETE FROM accounts_contacts",
            "UPDATE contacts SET wallet_estimate_c = 12345"
            " WHERE id = (SELECT min(id) FROM contacts)",
        ]
    ),
)
def test_any_change_of_the_mirror_scores_anew(standing, change):
    standing.mirrored(change)
    standing.score()
    assert standing.mirrored(LEFT) == [(0,)]


def test_what_the_bridge_itself_wrote_leaves_the_scores_standing(standing):
    standing.mirrored("UPDATE contacts SET rfm_segment_c = 'champions'")
    standing.score()
    assert standing.mirrored(LEFT) == [(60,)]


def test_the_snapshot_of_a_run_is_no_reason_for_the_next_one_to_score_anew(scored):
    scored.score(date(2026, 2, 1))
    scored.mirrored(CHANGE)
    scored.score(date(2026, 2, 1))
    assert scored.mirrored(LEFT) == [(60,)]


def test_settings_that_decide_no_score_leave_the_scores_standing(standing, tmp_path):
    elsewhere = {"BRIDGE_PAGE_SIZE": "7", "BRIDGE_METRICS_FILE": str(tmp_path / "figures.prom")}
    standing.score(**elsewhere)
    assert standing.mirrored(LEFT) == [(60,)]


def test_a_day_whose_snapshot_was_dropped_is_scored_anew(standing):
    with standing.context() as context:
        context.mirror.snapshots.drop(DAY)
    standing.score()
    assert standing.mirrored(LEFT) == [(0,)]
    assert standing.mirrored("SELECT DISTINCT as_of FROM snapshots") == [(DAY,)]


@pytest.mark.story
def test_other_cut_points_to_hold_on_to_score_anew(scored):
    scored.score(BRIDGE_RFM="frozen")
    scored.score(BRIDGE_RFM="frozen")
    scored.mirrored(CHANGE)
    scored.mirrored("UPDATE snapshot_cuts SET bounds = [bound + 1 FOR bound IN bounds]")
    scored.score(BRIDGE_RFM="frozen")
    assert scored.mirrored(LEFT) == [(0,)]


@pytest.mark.story
@pytest.mark.parametrize(
    ("day", "settings"), [(date(2026, 3, 9), {}), (DAY, {"BRIDGE_MIN_BUYERS": "50"})]
)
def test_another_day_or_setting_scores_anew(standing, day, settings):
    standing.score(day, **settings)
    assert standing.mirrored(LEFT) == [(0,)]
