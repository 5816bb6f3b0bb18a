from datetime import date, timedelta

import pytest

from suitecrm_bridge.catalogue import catalogue, rfm_rules
from suitecrm_bridge.errors import NotFound
from suitecrm_bridge.jobs.report import report
from suitecrm_bridge.jobs.score import ranking
from tests.flows.world import DAY

LATER = DAY + timedelta(days=4000)
UNREAD = {"BRIDGE_STALE_HOURS": "200000"}
"""Nothing was read since, and that is meant."""


def scores(world):
    axes = "rfm_recency, rfm_frequency, rfm_monetary"
    return world.mirrored(f"SELECT customer_id, {axes} FROM scores_contacts ORDER BY 1")


def test_every_run_keeps_a_snapshot_of_its_scores(scored):
    scored.clock.advance(days=4000)
    scored.score(LATER, **UNREAD, BRIDGE_MIN_BUYERS="13")
    with scored.context() as context:
        kept = context.mirror.snapshots
        assert kept.dates("contacts") == kept.dates("accounts") == [DAY, LATER]
        frame = kept.frame("contacts", LATER)
        assert kept.cuts("contacts", LATER).basis == "fifths"
        assert kept.cuts("accounts", LATER).basis == "too_few"
    now = scored.mirrored(
        "SELECT customer_id, rfm_segment, lifecycle FROM scores_contacts ORDER BY 1"
    )
    kept_then = frame[["customer_id", "rfm_segment", "lifecycle"]]
    assert list(kept_then.itertuples(index=False, name=None)) == now


def test_every_customer_has_a_stage_of_the_lifecycle(scored):
    found = scored.mirrored(
        "SELECT lifecycle, purchase_count = 0, count(*) FROM scores_contacts GROUP BY ALL"
    )
    assert {row[0] for row in found} <= set(catalogue().dropdowns["lifecycle"])
    assert all((stage == "prospect") == unbought for stage, unbought, _ in found)
    assert len(found) > 2


@pytest.mark.story
def test_frozen_scores_follow_the_cut_points_of_the_first_snapshot(scored):
    by_fifths = scores(scored)
    scored.score(DAY, BRIDGE_RFM="frozen")
    assert scores(scored) == by_fifths
    scored.clock.advance(days=4000)
    scored.score(LATER, **UNREAD, BRIDGE_RFM="frozen")
    # 4000 days without a purchase: by fifths nobody's recency would move.
    assert {row[1] for row in scores(scored)} == {1, None}
    assert [row[2:] for row in scores(scored)] == [row[2:] for row in by_fifths]


@pytest.mark.story
def test_frozen_at_a_day_means_the_cut_points_of_that_day(scored):
    scored.clock.advance(days=4000)
    scored.score(LATER, **UNREAD, BRIDGE_RFM=f"frozen:{DAY}")
    with scored.context() as context:
        kept = context.mirror.snapshots
        assert kept.cuts("contacts", LATER).bounds() == kept.cuts("contacts", DAY).bounds()
    with pytest.raises(NotFound, match="2020-01-01"):
        scored.score(LATER, **UNREAD, BRIDGE_RFM="frozen:2020-01-01")


@pytest.mark.story
def test_frozen_before_any_snapshot_starts_with_fifths(scored):
    scored.mirrored("DELETE FROM snapshot_cuts")
    scored.score(DAY, BRIDGE_RFM="frozen")
    assert set(scored.mirrored("SELECT basis FROM snapshot_cuts")) == {("fifths",)}


def test_thresholds_come_from_the_catalogue(scored):
    scored.score(date(2026, 1, 31), BRIDGE_RFM="thresholds")
    with scored.context() as context:
        cuts = context.mirror.snapshots.cuts("contacts", date(2026, 1, 31))
    assert cuts == rfm_rules().fixed["invoices"]


def test_a_base_too_small_for_fifths_says_so_in_every_reason(scored):
    scored.score(DAY, BRIDGE_MIN_BUYERS="13")
    reasons = scored.mirrored("SELECT rfm_reason_en FROM scores_accounts WHERE purchase_count > 0")
    assert reasons
    assert all("Fewer than 13 customers" in reason for (reason,) in reasons)


@pytest.mark.story
def test_a_change_of_method_between_two_days_is_named_with_the_moves(scored):
    scored.clock.advance(days=1)
    scored.score(DAY + timedelta(days=1))
    assert "cut in another way" not in scored.command("migration").output
    scored.clock.advance(days=1)
    scored.score(DAY + timedelta(days=2), BRIDGE_RFM="thresholds", BRIDGE_AMOUNTS="gross")
    told = scored.command("migration").output
    assert "fifths of the buyers, invoices without tax and shipping" in told
    assert "then fixed thresholds, invoices with tax and shipping" in told
    french = scored.command("--lang", "fr", "migration").output
    assert "une partie des changements en vient" in french
    with scored.context() as context:
        (page,) = report(context, ["html"], scored.home / "report")
    assert "Scores were cut in another way on these two days" in page.read_text(encoding="utf-8")


def test_after_a_day_that_was_cut_by_rhythm_it_takes_more_to_go_back_to_fifths(scored):
    scored.mirrored("UPDATE snapshot_cuts SET basis = 'rhythm' WHERE entity = 'contacts'")
    with scored.context() as context:
        assert ranking(context, "contacts", DAY) == "fifths", "it was the first day"
        assert ranking(context, "contacts", DAY + timedelta(days=1)) == "after_rhythm"
        assert ranking(context, "accounts", DAY + timedelta(days=1)) == "fifths"


@pytest.mark.story
def test_frozen_at_a_day_that_was_cut_by_rhythm_means_parts_of_a_rhythm(scored):
    bounds = list(rfm_rules().fixed["invoices"].bounds().values())
    bounds[:4] = rfm_rules().rhythm
    scored.mirrored("UPDATE snapshot_cuts SET basis = 'rhythm', bounds = ?", bounds)
    scored.clock.advance(days=1)
    scored.score(DAY + timedelta(days=1), BRIDGE_RFM=f"frozen:{DAY}")
    reasons = scored.mirrored("SELECT rfm_reason_en FROM scores_contacts WHERE purchase_count > 0")
    assert all("customer's own rhythm" in reason for (reason,) in reasons)
    # No cut by days alone lets who is silent for longer count as more recent.
    crossed = scored.mirrored(
        "SELECT count(*) FROM scores_contacts a JOIN scores_contacts b"
        " ON a.recency_days > b.recency_days AND a.rfm_recency > b.rfm_recency"
    )
    assert crossed[0][0] > 0
