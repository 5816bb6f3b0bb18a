from datetime import date

import pytest

from suitecrm_bridge.analytics.complaints import satisfaction
from suitecrm_bridge.analytics.complaints.charts import laney
from suitecrm_bridge.analytics.complaints.trend import trend
from suitecrm_bridge.analytics.days import to_day

from .base import AS_OF, at, case, prepared, rows


def months(*counts, sales=()):
    """A trend with that many complaints, and purchases, in the months up to March."""
    first = 4 - len(counts)
    cases = [
        case(f"{month}-{n}", at(2, month=month))
        for month, count in enumerate(counts, first)
        for n in range(count)
    ]
    bought = [
        {
            "customer_id": "ann",
            "purchase_id": f"{month}-{n}",
            "cents": 100,
            "day": to_day(date(2026, month, 3)),
        }
        for month, count in enumerate(sales, first)
        for n in range(count)
    ]
    engine = prepared(case_facts=cases, purchases=bought)
    satisfaction.prepare(engine, AS_OF)
    return rows(trend(engine, AS_OF))


def test_months_without_a_complaint_are_there_too():
    found = months(1, 0, 2, sales=(10, 20, 40))
    assert [(row["month"], row["number"], row["rate"]) for row in found] == [
        (date(2026, 1, 1), 1, 10),
        (date(2026, 2, 1), 0, 0),
        (date(2026, 3, 1), 2, 5),
    ]
    assert {row["upper"] for row in found} == {None}


def test_without_sales_complaints_themselves_are_charted():
    assert [row["rate"] for row in months(1, 0, 2)] == [1, 0, 2]


def test_a_month_without_sales_has_no_rate():
    assert [row["rate"] for row in months(1, 1, sales=(0, 50))] == [None, 2]


def test_nothing_makes_no_month():
    assert months() == []


def test_limits_are_those_of_laney_and_tell_the_month_that_lies_outside():
    engine = prepared(
        case_facts=[
            case(f"{month}-{n}", at(2, month=month) - 525_600)
            for month, count in enumerate([4, 5, 4, 6, 5, 4, 5, 5, 4, 6, 5, 40], 1)
            for n in range(count)
        ],
        purchases=[
            {
                "customer_id": "ann",
                "purchase_id": f"{month}-{n}",
                "cents": 100,
                "day": to_day(date(2025, month, 3)),
            }
            for month in range(1, 13)
            for n in range(200)
        ],
    )
    satisfaction.prepare(engine, AS_OF)
    found = trend(engine, AS_OF, until=date(2025, 12, 31))
    centre, sigma_z = laney(found["number"].to_numpy("float64"), found["sales"].to_numpy() / 100)
    limit = centre + 3 * sigma_z * (centre / 2) ** 0.5
    assert found["centre"].to_list() == pytest.approx([centre] * 12)
    assert found["upper"].to_list() == pytest.approx([limit] * 12)
    assert (found["lower"] >= 0).all()
    assert found["outside"].to_list() == [False] * 11 + [True]
