"""What is special about a customer is a sentence, and none of the columns beside it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from suitecrm_bridge.report.reading import read
from suitecrm_bridge.report.special import specials
from suitecrm_bridge.report.words import Words
from tests.report.reportdata import AS_OF, buyer, data, prospect

MANY = [buyer(f"m{n:02}", 3, 3, str(100 + n), count=2) for n in range(20)]


def said(row, lang="en"):
    tables = read(data([row, *MANY]), lang).entities["contacts"]
    told = specials(tables.customers, tables.totals, AS_OF, Words(lang))
    return told[row["customer_id"]].replace("\u00a0", " ").replace("\u202f", " ")


def test_a_silence_is_held_against_the_usual_pause():
    row = buyer(
        "a", 1, 5, "90", count=5, first_purchase=date(2024, 1, 1), last_purchase=date(2024, 4, 10)
    )
    assert said(row) == "Used to buy every 25 days, and now nothing for 698."
    assert said(row, "fr") == "Achetait tous les 25 jours, et plus rien depuis 698."


def test_the_best_buyers_are_told_with_their_place():
    row = buyer("a", 5, 5, "9000", count=2, last_purchase=date(2026, 3, 1))
    assert said(row) == "Number 1 of 21 buyers by what they bought for."


def test_a_single_large_purchase_and_old_customers_are_told():
    assert said(buyer("a", 5, 1, "1", count=1)) == "Has bought only once."
    row = buyer("a", 5, 5, "1", first_purchase=date(2019, 1, 1), last_purchase=date(2026, 3, 1))
    assert said(row) == "A customer for 7 years."


def test_at_most_two_things_are_said_the_rarest_first():
    row = buyer(
        "a", 5, 1, "9000", count=1, profit=Decimal("-12.50"), attempts=2, next_offer="Kettle"
    )
    assert said(row) == (
        "Costs 12.50 more than they bring. Number 1 of 21 buyers by what they bought for."
    )


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_who_has_done_nothing_has_nothing_special(lang):
    assert said(prospect("p"), lang) == ""


def test_what_is_special_stands_in_the_place_of_the_reason():
    from suitecrm_bridge.report.payload import of_entity

    made = read(data([buyer("a", 5, 1, "1", count=1), *MANY]), "en")
    tables = replace(made.entities["contacts"])
    row = next(
        one for one in of_entity(made, "contacts", tables, Words("en"))["people"] if one[0] == "a"
    )
    assert "Has bought only once." in row
