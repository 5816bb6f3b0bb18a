from datetime import date, timedelta
from decimal import Decimal

import pandas as pd
import pytest

from suitecrm_bridge.catalogue import Cuts, rfm_rules
from suitecrm_bridge.errors import NotFound
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.mirror.snapshots import DAYS_KEPT

DAY = date(2026, 3, 31)
CUTS = Cuts("fifths", (9, 7, 5, 3), (2, 3, 4, 5), (100, 200, 300, 2**60))


@pytest.fixture
def mirror():
    with Mirror.in_memory() as opened:
        yield opened


def save(mirror, day=DAY, cuts=CUTS, source="invoices", entity="contacts", **values):
    columns = {
        "customer_id": ["b", "a"],
        "rfm_segment": ["loyal", "prospect"],
        "rfm_recency": [4, None],
        "rfm_frequency": [5, None],
        "rfm_monetary": [1, None],
        "purchase_total": [Decimal("12.34"), Decimal(0)],
    } | values
    frame = pd.DataFrame({name: pd.Series(value, dtype=object) for name, value in columns.items()})
    mirror.scores.save(entity, frame)
    mirror.snapshots.save(entity, day, cuts, source)


def rows(mirror, day=DAY):
    return [tuple(row) for row in mirror.snapshots.frame("contacts", day).to_numpy().tolist()]


def test_a_snapshot_keeps_segment_scores_and_total(mirror):
    save(mirror)
    assert rows(mirror) == [
        ("a", "prospect", None, None, None, None, 0),
        ("b", "loyal", 4, 5, 1, None, 1234),
    ]


def test_a_snapshot_keeps_the_lifecycle_where_there_is_one(mirror):
    save(mirror, lifecycle=["active", "prospect"])
    assert [row[5] for row in rows(mirror)] == ["prospect", "active"]


def test_the_last_run_of_a_day_wins(mirror):
    save(mirror)
    save(mirror, rfm_segment=["champions", "prospect"], cuts=rfm_rules().fixed["invoices"])
    assert mirror.snapshots.dates("contacts") == [DAY]
    assert [row[1] for row in rows(mirror)] == ["prospect", "champions"]
    assert mirror.snapshots.cuts("contacts", DAY) == rfm_rules().fixed["invoices"]


def test_later_scores_leave_a_snapshot_alone(mirror):
    save(mirror)
    before = rows(mirror)
    save(mirror, DAY + timedelta(days=1), rfm_segment=["lost", "lost"])
    assert rows(mirror) == before
    assert mirror.snapshots.dates("contacts") == [DAY, DAY + timedelta(days=1)]


def test_contacts_and_accounts_have_snapshots_of_their_own(mirror):
    save(mirror)
    assert mirror.snapshots.dates("accounts") == []
    save(mirror, entity="accounts", rfm_segment=["lost", "lost"])
    assert [row[1] for row in rows(mirror)] == ["prospect", "loyal"]


def test_a_view_names_the_snapshot_for_the_analytics(mirror):
    save(mirror)
    name = mirror.snapshots.view("contacts", DAY)
    assert name == "snapshot_contacts_20260331"
    found = mirror.connection.execute(f"SELECT sum(total_cents) FROM {name}").fetchall()
    assert found == [(1234,)]


@pytest.mark.parametrize("ask", ["view", "frame", "cuts"])
def test_a_day_without_snapshot_is_named_with_those_that_have_one(mirror, ask):
    save(mirror)
    with pytest.raises(NotFound, match=r"contacts for 2026-04-01.*2026-03-31"):
        getattr(mirror.snapshots, ask)("contacts", date(2026, 4, 1))


def test_daily_snapshots_thin_out_to_the_last_of_each_month(mirror):
    first = date(2026, 1, 1)
    days = [first + timedelta(days=n) for n in range(DAYS_KEPT + 40)]
    for day in days:
        save(mirror, day)
    assert mirror.snapshots.dates("contacts") == [date(2026, 1, 31), *days[40:]]
    assert mirror.snapshots.cuts("contacts", first) == CUTS


def test_a_run_for_a_day_far_ahead_does_not_cost_the_others(mirror):
    days = [DAY + timedelta(days=n) for n in (0, 1, 2, 20_000)]
    for day in days:
        save(mirror, day)
    assert mirror.snapshots.dates("contacts") == days


def test_nothing_is_frozen_before_the_first_snapshot(mirror):
    assert mirror.snapshots.frozen("contacts", "invoices") is None


def test_the_first_cut_points_by_fifths_are_those_to_hold_on_to(mirror):
    save(mirror, DAY, cuts=rfm_rules().fixed["invoices"])
    save(mirror, DAY + timedelta(days=2), cuts=Cuts("fifths", (1,) * 4, (9,) * 4, (9,) * 4))
    save(mirror, DAY + timedelta(days=1))
    save(mirror, DAY - timedelta(days=1), source="opportunities")
    found = mirror.snapshots.frozen("contacts", "invoices")
    assert found == Cuts("frozen", CUTS.recency, CUTS.frequency, CUTS.monetary)


def test_the_cut_points_of_a_day_can_be_frozen_whatever_made_them(mirror):
    save(mirror, cuts=rfm_rules().fixed["invoices"])
    found = mirror.snapshots.frozen("contacts", "invoices", DAY)
    assert found is not None
    assert found.bounds() == rfm_rules().fixed["invoices"].bounds()
    with pytest.raises(NotFound, match="2026-03-31"):
        mirror.snapshots.frozen("contacts", "opportunities", DAY)


def test_snapshots_are_there_after_opening_again(tmp_path):
    with Mirror.open(tmp_path) as mirror:
        save(mirror)
    with Mirror.open(tmp_path) as mirror:
        assert mirror.snapshots.cuts("contacts", DAY) == CUTS
        assert len(rows(mirror)) == 2
