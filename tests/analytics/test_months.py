from datetime import date

import pandas as pd
import pytest

from suitecrm_bridge.analytics import rfm
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.analytics.months import purchase_months, show_months

AS_OF = date(2026, 11, 27)


def months(*purchases, as_of=AS_OF):
    engine = Engine()
    frame = pd.DataFrame(purchases, columns=["customer_id", "date", "amount"])
    rfm.score(frame, as_of, engine=engine)
    show_months(engine, as_of)
    return purchase_months(engine, as_of).droplevel("entity").to_dict()


def test_each_month_has_what_it_brought_in_hundredths():
    found = months(("a", "2026-11-01", 10), ("a", "2026-11-27", 2.5), ("a", "2025-12-31", 7))
    assert found == {"a": "2025-12,700,0,0,0,0,0,0,0,0,0,0,1250"}


@pytest.mark.parametrize("day", ["2025-11-30", "2020-01-01"])
def test_who_bought_in_none_of_them_has_no_months(day):
    assert months(("a", day, 10)) == {}


def test_a_refund_lowers_its_month():
    found = months(("a", "2026-10-05", 10), ("a", "2026-11-05", -3))
    assert found == {"a": "2025-12,0,0,0,0,0,0,0,0,0,0,1000,-300"}


def test_what_is_bought_later_does_not_exist_yet():
    found = months(("a", "2026-11-01", 10), ("a", "2026-11-28", 99))
    assert found["a"].endswith(",1000")


@pytest.mark.parametrize(
    ("as_of", "first"),
    [
        (date(2026, 12, 31), "2026-01"),
        (date(2024, 2, 29), "2023-03"),
        (date(2026, 1, 1), "2025-02"),
    ],
)
def test_the_last_month_is_that_of_the_day(as_of, first):
    [text] = months(("a", as_of.isoformat(), 1), as_of=as_of).values()
    assert (text.split(",")[0], text.split(",")[-1]) == (first, "100")
