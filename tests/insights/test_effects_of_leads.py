"""What programmes for leads brought: how many more of them became customers in time."""

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest

from suitecrm_bridge.analytics.days import to_day
from suitecrm_bridge.insights.effects import measured, outcomes_of
from suitecrm_bridge.mirror import Mirror
from tests.insights.test_effects import CHOICES, CONVERSION, TODAY, enrolled, filled

OF_LEADS = replace(CONVERSION, of="leads", days=60)
SINCE = to_day(TODAY) - 80


def day(after):
    return date(1970, 1, 1) + timedelta(days=SINCE + after)


def outcome(*statements):
    """What became of one lead, Lea, whose contact is Anna."""
    entries = pd.DataFrame(
        {"programme": "nurture", "person": ["lea"], "arm": "treated", "since": SINCE}
    )
    with Mirror.in_memory() as mirror:
        for statement in statements:
            mirror.connection.execute(statement)
        found = outcomes_of(mirror, CHOICES, entries, {"nurture": OF_LEADS}, TODAY)
    assert len(found) == 1
    return found.iloc[0]


def converted(after, *, converted="true"):
    return (
        f"INSERT INTO contacts (id, date_entered) VALUES ('anna', '{day(after)} 12:00:00')",
        f"INSERT INTO leads (id, converted, contact_id) VALUES ('lea', {converted}, 'anna')",
    )


@pytest.mark.parametrize(("after", "counts"), [(-1, 0), (0, 1), (59, 1), (60, 0)])
def test_a_lead_is_won_on_the_day_on_which_a_contact_was_made_of_it(after, counts):
    assert outcome(*converted(after))["bought"] == counts
    assert outcome(*converted(after, converted="false"))["bought"] == 0


@pytest.mark.parametrize(("after", "counts"), [(-1, 0), (10, 1), (60, 0)])
def test_or_when_the_contact_that_it_became_buys(after, counts):
    invoice = (
        "INSERT INTO invoices (id, billing_contact_id, invoice_date, total_amount)"
        f" VALUES ('i', 'anna', '{day(after)}', 10)"
    )
    assert outcome(*converted(-100, converted="false"), invoice)["bought"] == counts


def test_a_lead_that_unsubscribes_is_counted_as_such():
    log = (
        "INSERT INTO campaign_log (id, activity_type, activity_date, target_type, target_id)"
        f" VALUES ('l', 'removed', '{day(5)} 12:00:00', 'Leads', 'lea')"
    )
    found = outcome(*converted(-100), log)
    assert (found["opted_out"], found["bought"], found["over"]) == (1, 0, 1)


def test_a_programme_for_leads_is_told_to_work_beside_one_for_customers():
    entries = enrolled()
    leads = entries.assign(programme="nurture", person="lead " + entries["person"])
    with Mirror.in_memory() as mirror:
        filled(mirror, entries, 0.25)
        mirror.connection.execute(
            "INSERT INTO leads (id, contact_id) SELECT 'lead ' || person, person FROM entries"
        )
        found = measured(
            mirror,
            CHOICES,
            pd.concat([entries, leads], ignore_index=True),
            {"welcome": CONVERSION, "nurture": OF_LEADS},
            TODAY,
        )
    assert {one.stands for one in found.values()} == {"works"}
    assert found["nurture"].known == found["welcome"].known
