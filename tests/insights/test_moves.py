from datetime import date

import pandas as pd
import pytest

from suitecrm_bridge.analytics import migration as analytics
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.insights.moves import Migration
from suitecrm_bridge.tables import worded


def snapshot(*rows):
    columns = ["customer_id", "rfm_segment", "total_cents"]
    return pd.DataFrame(rows, columns=columns)


@pytest.fixture
def moved():
    """One stayed, one moved, one came, one left; one moved from a segment that was given up."""
    engine = Engine()
    before = snapshot(("a", "loyal", 100), ("b", "loyal", 200), ("d", "lost", 5), ("e", "vip", 7))
    after = snapshot(("a", "loyal", 100), ("b", "at_risk", 200), ("c", "new", 50), ("e", "new", 7))
    matrix = analytics.matrix(engine, before, after)
    movers = analytics.movers(engine)
    movers.insert(2, "name", "")
    return Migration(date(2026, 1, 1), date(2026, 2, 1), matrix, movers, (None, None))


def shown(table, lang):
    headings = [column.heading[lang] for column in table.columns]
    return [dict(zip(headings, row, strict=True)) for row in worded(table, lang)]


def test_who_came_and_who_left_stand_in_the_matrix_by_their_names(moved):
    rows = {row["From"]: row for row in shown(moved.moves("en"), "en")}
    assert rows["(new)"]["New"] == "1\u00a0(100.0%)"
    assert rows["Lost"]["(gone)"] == "1\u00a0(100.0%)"
    assert rows["Loyal"]["At risk"] == "1\u00a0(50.0%)"
    assert rows["Loyal"]["Customers"] == "2"


def test_a_segment_that_was_given_up_stands_in_the_matrix_by_its_key(moved):
    assert [row["De"] for row in shown(moved.moves("fr"), "fr")][-2:] == ["vip", "(nouveaux)"]


def test_movers_have_amounts_in_units_and_segments_by_their_labels(moved):
    by_id = {row["Id"]: row for row in shown(moved.movers_table(), "en")}
    assert (by_id["b"]["From"], by_id["b"]["To"]) == ("Loyal", "At risk")
    assert by_id["b"]["Purchases after"] == "2.00"
