"""Leads from the mirror to what people are shown, on a base that is large enough for scores."""

from decimal import Decimal

import pandas as pd
import pytest

from suitecrm_bridge.analytics.days import to_date
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.insights import leads
from suitecrm_bridge.mirror import Mirror
from tests.analytics.lead_base import AS_OF, base
from tests.insights.test_effects import CHOICES

DAY = "DATE '1970-01-01' + CAST(day AS INTEGER)"


@pytest.fixture(scope="module")
def mirror():
    """A mirror with 900 leads; some bought, and their contacts were scored."""
    facts, touches, purchases = base(900)
    with Mirror.in_memory() as opened:
        run = opened.connection.execute
        frames = {"facts": facts, "touches": touches, "purchases": purchases}
        for name, frame in frames.items():
            opened.connection.register(f"made_{name}", frame)
        run(
            "INSERT INTO leads (id, date_entered, lead_source, first_name, last_name, contact_id,"
            " converted, primary_address_country)"
            f" SELECT lead_id, {DAY}, source, 'Lea', lead_id, nullif(contact_id, ''),"
            " CAST(closed AS BIGINT) = 1, country FROM made_facts"
        )
        run("INSERT INTO contacts (id) SELECT customer_id FROM made_purchases")
        run(
            "INSERT INTO calls (id, status, date_start, parent_type, parent_id)"
            f" SELECT row_number() OVER (), 'Held', {DAY}, 'Leads', lead_id FROM made_touches"
        )
        run(
            "INSERT INTO invoices (id, invoice_date, billing_contact_id, total_amount, status)"
            f" SELECT purchase_id, {DAY}, customer_id, CAST(cents AS BIGINT) / 100, 'Paid'"
            " FROM made_purchases"
        )
        scored = pd.DataFrame([{"customer_id": "nobody", "as_of": to_date(AS_OF)}], dtype=object)
        opened.scores.save("contacts", scored)
        yield opened


def test_open_leads_come_with_what_is_expected_of_them_the_most_first(mirror):
    table = leads.lead_table(mirror, CHOICES, "en", None, 5)
    expected = list(table.frame["expected"])
    assert len(expected) == 5
    assert expected == sorted(expected, reverse=True)
    assert all(name.startswith("Lea ") for name in table.frame["name"])
    assert all("Chance of becoming a customer" in reason for reason in table.frame["reason"])
    assert "Leads: tested on" in table.said[0]
    assert "Targets: no scores." in table.said[1]


def test_only_open_leads_have_something_on_their_record(mirror):
    leads_on = leads.on_records(mirror, CHOICES, Engine(mirror.connection), to_date(AS_OF))
    open_ones = mirror.connection.execute("SELECT count(*) FROM leads WHERE NOT converted")
    assert (len(leads_on),) == open_ones.fetchall()[0]
    assert all(Decimal(0) <= value <= 100 for value in leads_on["lead_score"])
    assert leads_on["lead_reason_fr"].str.contains("Chance de devenir client").all()


def test_the_calibration_says_how_many_were_forecast_and_how_many_came(mirror):
    frame = leads.calibration_table(mirror, CHOICES, "fr", None).frame
    assert list(frame["fifth"]) == [1, 2, 3, 4, 5]
    assert abs(frame["expected"].sum() - frame["won"].sum()) < 0.2 * frame["won"].sum() + 5


def test_the_sources_of_a_base_are_all_compared(mirror):
    table = leads.source_table(mirror, CHOICES, "source", "en", None)
    assert table.frame["leads"].sum() == 900
    poor = table.frame.set_index("name").loc["Cold Call", "value"]
    assert poor is None or poor < 100
