from datetime import date

import pytest

from suitecrm_bridge.analytics.days import to_day
from tests.analytics.complaints.crossings import TODAY, bought, figures, owner_of, traits

from .base import CLOSED, answer, at, case, changes


def test_without_dimensions_there_is_one_row_for_all():
    closed = changes("b", (at(3), "Closed"), (at(4), "Open"), (at(5), "Closed"))
    (row,) = figures(
        case_facts=[case("a", at(31)), case("b", at(2), CLOSED), case("c", at(2), CLOSED)],
        case_changes=closed,
        case_answers=[answer("b", at(2, "12:00"))],
    )
    wanted = {
        "number": 3,
        "open": 1,
        "answered": 1,
        "resolved": 2,
        "breached": 0,
        "within": 2,
        "reopened": 1,
        "repeated": 0,
        "customers": 0,
        "sales": 0,
    }
    assert {name: row[name] for name in wanted} == wanted
    assert (row["response_median"], row["response_p90"]) == (120, 120)
    assert (row["resolution_median"], row["resolution_p90"]) == (0, 3 * 540)
    assert (row["age_median"], row["per_100_sales"], row["satisfaction_after"]) == (0, None, None)


def test_no_complaints_give_no_rows():
    assert figures() == []
    assert figures("product", "month") == []


def test_cells_come_with_the_largest_first_and_the_unknown_as_nothing():
    cases = [case("a", at(2), product="lamp"), case("b", at(3)), case("c", at(4), product="lamp")]
    found = figures("product", case_facts=cases)
    assert [(row["product"], row["number"]) for row in found] == [("lamp", 2), ("", 1)]


def test_a_month_is_the_date_of_its_first_day():
    found = figures("month", case_facts=[case("a", at(28, month=2)), case("b", at(2))])
    assert sorted(row["month"] for row in found) == [date(2026, 2, 1), date(2026, 3, 1)]


def test_rates_are_by_the_purchases_of_the_same_cell():
    (france, spain) = figures(
        "country",
        "channel",
        case_facts=[
            case("a", at(2), channel="web"),
            case("b", at(2), channel="web"),
            case("c", at(2), channel="web"),
        ],
        case_customers=owner_of(a="ann", b="ann", c="bob"),
        customer_traits=[traits("ann", "France"), traits("bob", "Spain"), traits("cyd", "France")],
        purchases=[
            *bought("ann", TODAY - 1, TODAY - 2),
            *bought("cyd", TODAY - 3, TODAY - 4),
            *bought("bob", TODAY, TODAY + 1),
            *bought("bob", TODAY - 9, cents=-5),
        ],
    )
    assert (france["country"], france["sales"], france["buyers"]) == ("France", 4, 2)
    assert (france["per_100_sales"], france["per_100_customers"]) == (50, 100)
    assert (spain["sales"], spain["per_100_sales"]) == (1, 100)


def test_the_interval_of_a_rate_is_that_of_poisson():
    cases = [case(f"c{number}", at(2)) for number in range(10)]
    (row,) = figures(case_facts=cases, purchases=bought("ann", *range(TODAY - 99, TODAY + 1)))
    assert row["per_100_sales_low"] == pytest.approx(4.7954, abs=1e-4)
    assert row["per_100_sales_high"] == pytest.approx(18.3904, abs=1e-4)


def test_by_product_a_sale_is_an_invoice_that_holds_the_product():
    line = {"day": TODAY, "quantity_thousandths": 1000, "cents": 1, "cost_cents": None}
    lines = [
        {"line_id": f"l{n}", "invoice_id": invoice, "product_id": product, **line}
        for n, (invoice, product) in enumerate(
            [("pann1", "lamp"), ("pann1", "lamp"), ("pann1", "sofa"), ("pann2", "lamp")]
        )
    ]
    purchases = [
        {"customer_id": "ann", "purchase_id": f"pann{n}", "day": TODAY, "cents": 5}
        for n in (1, 2, 3)
    ]
    (row,) = figures(
        "product",
        case_facts=[case("a", at(2), product="lamp")],
        purchases=purchases,
        line_facts=lines,
    )
    assert (row["sales"], row["buyers"]) == (2, 1)


def test_a_complaint_within_30_days_of_the_last_is_a_repetition():
    cases = [
        case("a", at(1, month=2)),
        case("b", at(3, "10:01")),
        case("c", at(3, "10:02")),
        case("d", at(4)),
    ]
    (row,) = figures(case_facts=cases, case_customers=owner_of(a="ann", b="ann", c="ann", d="bob"))
    assert (row["number"], row["repeated"], row["customers"]) == (4, 1, 2)


def lost(last_day, lifecycle, month=1):
    known = {"customer_id": "ann", "segment": "loyal", "lifecycle": lifecycle, "clv_cents": 700}
    as_of = date(2026, 4, 30)
    (row,) = figures(
        as_of=as_of,
        case_facts=[case("a", at(1, month=month))],
        case_customers=owner_of(a="ann"),
        customer_scores=[known],
        purchases=bought("ann", to_day(date(2025, 12, 1)), last_day),
    )
    assert (row["value_cents"], row["clv_cents"]) == (2000, 700)
    return row["watched"], row["lost"]


@pytest.mark.parametrize(
    ("last", "lifecycle", "found"),
    [
        (date(2025, 12, 5), "lapsed", (1, 1)),
        (date(2025, 12, 5), "at_risk", (1, 0)),
        (date(2025, 12, 5), "", (1, 0)),
        (date(2026, 4, 1), "lapsed", (1, 1)),
        (date(2026, 4, 2), "lapsed", (1, 0)),
    ],
)
def test_a_customer_is_lost_when_nothing_is_bought_after_90_days_and_he_lapsed(
    last, lifecycle, found
):
    assert lost(to_day(last), lifecycle) == found


def test_whose_90_days_are_not_over_is_not_watched_yet():
    assert lost(to_day(date(2025, 12, 5)), "lapsed", month=3) == (0, 0)


def rating(response, customer, day, stars):
    return {
        "answer_id": response,
        "response_id": response,
        "question_id": "q",
        "customer_id": customer,
        "day": day,
        "kind": "Rating",
        "value": stars,
    }


QUESTION = {
    "question_id": "q",
    "survey_id": "s",
    "name": "How was it?",
    "kind": "Rating",
    "happiness": 0,
}


def test_satisfaction_after_is_that_of_the_90_days_after_it_was_resolved():
    resolved = TODAY - 26
    (row,) = figures(
        case_facts=[case("a", at(2), CLOSED, modified=at(5)), case("b", at(2))],
        case_customers=owner_of(a="ann", b="ann"),
        survey_facts=[
            rating("r1", "ann", resolved - 1, 1),
            rating("r2", "ann", resolved, 5),
            rating("r3", "ann", TODAY, 4),
        ],
        question_facts=[QUESTION],
    )
    assert (row["rated"], row["satisfaction_after"]) == (1, 87.5)


def test_what_came_before_the_period_does_not_count():
    (row,) = figures(
        since=date(2026, 3, 3),
        case_facts=[case("a", at(2)), case("b", at(3))],
        purchases=bought("ann", to_day(date(2026, 3, 2)), to_day(date(2026, 3, 3))),
    )
    assert (row["number"], row["sales"]) == (1, 1)


def test_an_unknown_dimension_is_refused():
    with pytest.raises(ValueError, match="colour"):
        figures("product", "colour; drop table cases")
