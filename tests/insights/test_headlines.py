"""The four figures of the first screen."""

from datetime import date

import pandas as pd

from suitecrm_bridge.insights.headlines import back, headlines

AS_OF = date(2026, 3, 9)


def told(months=24, active=1, newcomers=(), complaints=None):
    first = date(2026, 3, 1)
    sums = pd.DataFrame(
        [(back(first, ago), 100 if ago <= 12 else 50) for ago in range(months + 1)],
        columns=["month", "cents"],
    )
    new = pd.DataFrame(newcomers, columns=["month", "newcomers"])
    found = headlines(active, [], sums, new, complaints, AS_OF).frame
    return {row["headline"]: row for row in found.to_dict("records")}


def test_revenue_is_of_twelve_whole_months_beside_the_twelve_before():
    revenue = told()["revenue"]
    assert (revenue["value"], revenue["before"]) == (12, 6)
    assert revenue["since"] == date(2024, 3, 1)


def test_a_year_that_began_before_the_first_purchase_is_no_year_to_compare_with():
    assert told(months=23)["revenue"]["before"] is None


def test_who_has_left_or_never_bought_is_no_customer():
    assert told()["active"]["value"] == 1
    assert told()["active"]["before"] is None


def test_what_is_counted_by_month_is_that_of_the_last_whole_one():
    rows = [(date(2026, 3, 1), 9), (date(2026, 2, 1), 4), (date(2026, 1, 1), 5)]
    found = told(newcomers=rows)
    assert (found["newcomers"]["value"], found["newcomers"]["before"]) == (4, 5)
    assert (found["complaints"]["value"], found["complaints"]["before"]) == (0, None)
    counts = pd.DataFrame([(date(2026, 2, 1), 3)], columns=["month", "number"])
    assert told(complaints=counts)["complaints"]["value"] == 3
