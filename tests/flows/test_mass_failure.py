"""Mass failure is never a success: the run stops, says what it would have done, and waits."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from suitecrm_bridge.errors import NotBelieved, WriteBackError
from tests.flows.hooks import refusal
from tests.flows.world import DAY, crm_rows, mirror_rows
from tests.places import places

pytestmark = pytest.mark.usefixtures("standing_figures")


def comma(number):
    return number.replace(".", ",")


def held(opened):
    """What the bridge scored and what SuiteCRM holds."""
    rows = mirror_rows(opened.home)
    return rows["scores_contacts"], rows["scores_accounts"], crm_rows(opened)


def invoices(opened):
    return [row["id"] for row in opened.store.rows("AOS_Invoices") if not row["deleted"]]


def change(opened, ids, **values):
    opened.clock.advance(minutes=30)
    for id in ids:
        opened.store.update("AOS_Invoices", id, values)


def test_a_first_sync_that_can_read_no_amount_writes_nothing(filled):
    filled.sandbox.show_numbers(comma)
    with pytest.raises(NotBelieved) as caught:
        filled.sync()
    assert "AOS_Invoices" in str(caught.value)
    assert "--accept" in str(caught.value)
    assert filled.count("PATCH") == 0


def test_the_command_says_so_and_ends_with_6(filled):
    filled.sandbox.show_numbers(comma)
    done = filled.command("sync")
    assert done.exit_code == 6
    assert "dead-letters list" in done.output
    french = filled.command("--lang", "fr", "sync")
    assert french.exit_code == 6
    assert "illisibles" in french.output


@pytest.mark.story
def test_a_dry_run_shows_it_too(filled):
    filled.sandbox.show_numbers(comma)
    with pytest.raises(NotBelieved):
        filled.sync(dry_run=True)


@pytest.mark.parametrize(
    "values",
    places(
        [
            {"invoice_date": "0202-06-01"},
            {"invoice_date": "9999-12-31"},
            {"total_amount": "90000000000000000", "total_amount_usdollar": "90000000000000000"},
            {"total_amount": "101,000000"},
            {"invoice_date": "2026-02-31"},
        ],
        every=3,
    ),
)
def test_values_that_cannot_be_borne_by_the_mass_stop_the_run(synced, values):
    before = held(synced)
    change(synced, invoices(synced), **values)
    written = held(synced)[2]
    with pytest.raises(NotBelieved):
        synced.sync()
    assert held(synced) == (before[0], before[1], written)


@pytest.mark.parametrize(
    ("values", "figure"),
    places(
        [
            ({"status": "Cancelled"}, "purchase_count"),
            ({"invoice_date": None}, "purchase_count"),
            ({"billing_contact_id": None, "billing_account_id": None}, "purchase_count"),
            ({"total_amount": "0.01", "total_amount_usdollar": "0.01"}, "purchase_total"),
            ({"invoice_date": "2190-01-01"}, "purchase_count"),
        ],
        every=3,
    ),
)
def test_figures_that_go_by_the_mass_are_not_taken_away(synced, values, figure):
    before = held(synced)
    change(synced, invoices(synced), **values)
    written = held(synced)[2]
    synced.forget()
    with pytest.raises(NotBelieved) as caught:
        synced.sync()
    assert figure in str(caught.value)
    assert held(synced) == (before[0], before[1], written)
    assert synced.patches == []
    assert synced.mirrored("SELECT count(*) FROM snapshots WHERE as_of <> ?", DAY) == [(0,)]


@pytest.mark.story
def test_the_run_goes_on_stopping_until_somebody_accepts(synced):
    change(synced, invoices(synced), status="Cancelled")
    for _ in range(2):
        with pytest.raises(NotBelieved):
            synced.sync()
    assert synced.sync(accept=True).written > 20
    assert synced.sync().written == 0


@pytest.mark.story
def test_what_was_accepted_as_unreadable_is_not_asked_for_again(synced):
    change(synced, invoices(synced), total_amount="101,000000")
    with pytest.raises(NotBelieved):
        synced.sync()
    synced.sync(accept=True)
    synced.clock.advance(hours=1)
    synced.sync()


@pytest.mark.long
def test_more_of_what_was_accepted_is_asked_for_again(synced):
    ids = invoices(synced)
    change(synced, ids[: len(ids) // 2], invoice_date="0202-06-01")
    synced.sync(accept=True)
    synced.sync()
    change(synced, ids, invoice_date="0202-06-01")
    with pytest.raises(NotBelieved):
        synced.sync()


@pytest.mark.story
def test_a_handful_of_a_small_base_is_no_mass(synced):
    change(synced, invoices(synced)[:5], invoice_date="0202-06-01")
    assert synced.sync().unbearable == {"AOS_Invoices": 5}


def test_other_settings_are_reason_enough_for_other_figures(synced):
    change(synced, invoices(synced), status="Cancelled")
    assert synced.sync(BRIDGE_PURCHASES="opportunities").written > 20


@pytest.mark.parametrize(
    "setting",
    places([{"BRIDGE_PAGE_SIZE": "50"}, {"BRIDGE_LOG_FORMAT": "json"}, {"BRIDGE_PARALLEL": "1"}]),
)
def test_a_setting_that_decides_no_figure_is_none(synced, setting):
    change(synced, invoices(synced), status="Cancelled")
    with pytest.raises(NotBelieved):
        synced.sync(**setting)


@pytest.mark.long
def test_the_share_is_a_setting(synced):
    change(synced, invoices(synced), status="Cancelled")
    assert synced.sync(BRIDGE_MAX_LOST="100").written > 20


@pytest.mark.story
def test_growth_and_a_day_later_are_no_loss(synced):
    change(synced, invoices(synced)[:5], total_amount="900", total_amount_usdollar="900")
    assert synced.sync(as_of=DAY + timedelta(days=1)).failed == 0


@pytest.mark.story
def test_a_year_without_purchases_is_no_failure(synced):
    synced.clock.advance(days=365)
    synced.sync(as_of=date(2027, 3, 8))


@pytest.mark.story
def test_amounts_that_are_counted_otherwise_are_no_failure(synced):
    synced.score(BRIDGE_AMOUNTS="gross")
    ((gross,),) = synced.mirrored("SELECT sum(purchase_total) FROM scores_contacts")
    synced.score(BRIDGE_AMOUNTS="net", BRIDGE_MAX_LOST="0")
    ((net,),) = synced.mirrored("SELECT sum(purchase_total) FROM scores_contacts")
    assert 0 < net < gross
    synced.push(BRIDGE_MAX_LOST="0")


@pytest.mark.story
def test_a_scoring_that_was_stopped_leaves_the_next_push_the_last_good_scores(synced):
    change(synced, invoices(synced), status="Cancelled")
    synced.pull()
    with pytest.raises(NotBelieved):
        synced.score()
    assert synced.push().written == 0


@pytest.mark.story
def test_scores_that_were_accepted_are_asked_for_once_more_before_they_are_written(synced):
    change(synced, invoices(synced), status="Cancelled")
    synced.pull()
    synced.score(accept=True)
    with pytest.raises(NotBelieved) as caught:
        synced.push()
    assert "push --accept" in str(caught.value)
    assert synced.push(accept=True).written > 20


@pytest.mark.story
def test_what_was_accepted_stays_so_until_everything_is_written(synced):
    change(synced, invoices(synced), status="Cancelled")
    customers = synced.store.rows("Contacts")
    synced.refusals = {row["id"]: lambda: refusal("no") for row in customers}
    with pytest.raises(WriteBackError):
        synced.sync(accept=True)
    synced.refusals = {}
    synced.clock.advance(hours=2)
    assert synced.sync().written > 20


def thousands(number):
    """As a formatting hook without decimals writes it: 1234.5 becomes "1.235"."""
    return f"{float(number):,.0f}".replace(",", ".") if number else number


def test_thousands_are_not_taken_for_units(filled):
    filled.sandbox.show_numbers(thousands)
    with pytest.raises(NotBelieved):
        filled.sync()
    (reason, *_) = [row[2] for row in filled.dead_letters() if "thousands" in row[2]]
    assert "plain numbers" in reason
