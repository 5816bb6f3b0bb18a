"""What counts as a purchase."""

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

from tests.flows.world import DAY


def won(world):
    """Total of the opportunities won by account, straight from the CRM's rows."""
    totals = defaultdict(Decimal)
    for row in world.store.rows("Opportunities"):
        if row["sales_stage"] == "Closed Won" and row["date_closed"] <= str(DAY):
            amount = Decimal(str(row["amount_usdollar"]))
            totals[row["account_id"]] += amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
    totals.pop(None, None)
    return dict(totals)


def totals(world):
    rows = world.mirrored(
        "SELECT customer_id, purchase_total FROM scores_accounts WHERE purchase_count > 0"
    )
    return dict(rows)


def test_won_opportunities_count_where_the_settings_say_so(synced):
    expected = won(synced)
    assert expected
    assert totals(synced) != expected
    assert synced.score(BRIDGE_PURCHASES="opportunities").purchases == "opportunities"
    assert totals(synced) == expected


def test_invoices_count_by_default_where_there_are_any(synced):
    assert synced.score().purchases == "invoices"


def test_won_opportunities_count_by_default_where_there_is_no_invoice(filled):
    filled.pull("Contacts", "Accounts", "Opportunities")
    assert filled.score().purchases == "opportunities"
    assert totals(filled) == won(filled)


def test_no_invoice_is_no_purchase_where_only_invoices_count(filled):
    filled.pull("Contacts", "Accounts", "Opportunities")
    assert filled.score(BRIDGE_PURCHASES="invoices").purchases == "invoices"
    assert totals(filled) == {}
