from datetime import date

import pandas as pd
import pytest

from suitecrm_bridge.analytics import rfm
from suitecrm_bridge.analytics.days import to_date, to_day
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.errors import DataError

from . import facts

AS_OF = to_date(100)


@pytest.fixture
def engine() -> Engine:
    engine = Engine()
    facts.load(engine)
    return engine


def purchases(engine: Engine, entity: str, source: str) -> set[tuple[str, str, int, int]]:
    engine.values("purchase_rule", {"entity": entity, "source": source})
    found = engine.fetch("purchases")
    assert set(found.pop("entity")) <= {entity}
    assert found.columns.tolist() == ["customer_id", "purchase_id", "day", "cents"]
    assert not found.duplicated(["customer_id", "purchase_id"]).any()
    return set(found.itertuples(index=False, name=None))


def test_a_contact_who_is_there_bought_the_invoices_that_were_not_cancelled(engine: Engine) -> None:
    assert purchases(engine, "contacts", "invoices") == {
        ("ann", "i1", 100, 1000),
        ("ann", "i2", 90, 2000),
        ("bob", "i5", 100, 700),
        ("bob", "i8", 99, -200),
        ("bob", "i9", 101, 50),
    }


def test_an_invoice_without_account_goes_to_the_account_of_its_contact(engine: Engine) -> None:
    assert purchases(engine, "accounts", "invoices") == {
        ("acme", "i1", 100, 1000),
        ("beta", "i2", 90, 2000),
        ("acme", "i4", 80, 500),
        ("beta", "i5", 100, 700),
        ("beta", "i8", 99, -200),
        ("zeta", "i9", 101, 50),
    }


def test_a_won_opportunity_counts_in_full_for_every_contact(engine: Engine) -> None:
    assert purchases(engine, "contacts", "opportunities") == {
        ("ann", "o1", 100, 5000),
        ("bob", "o1", 100, 5000),
        ("ann", "o3", 90, 300),
    }


def test_a_won_opportunity_counts_for_its_account(engine: Engine) -> None:
    assert purchases(engine, "accounts", "opportunities") == {
        ("acme", "o1", 100, 5000),
        ("zeta", "o4", 80, 100),
    }


def test_every_customer_gets_a_row_and_nobody_else(engine: Engine) -> None:
    rfm.compute(engine, {"contacts": "always_fifths"}, "invoices", AS_OF, 2)
    found = engine.fetch("rfm").set_index("customer_id")
    assert found.index.tolist() == ["ann", "bob", "cyd"]
    assert found["rfm_score"].fillna("").tolist() == ["133", "111", ""]
    assert found.loc["ann", ["first_day", "last_day"]].tolist() == [90, 100]
    assert found["total_cents"].tolist() == [3000, 500, 0]
    assert found["average_cents"].tolist() == [1500, 500, pd.NA]


def test_each_kind_of_customer_is_scored_as_if_it_were_alone(engine: Engine) -> None:
    alone = []
    for entity in ("accounts", "contacts"):
        rfm.compute(engine, {entity: "fifths"}, "invoices", AS_OF, 1)
        alone.append(engine.fetch("rfm"))
    rfm.compute(engine, {"contacts": "fifths", "accounts": "fifths"}, "invoices", AS_OF, 1)
    together = engine.fetch("rfm")
    pd.testing.assert_frame_equal(together, pd.concat(alone, ignore_index=True))


def test_the_kind_of_customer_computed_last_is_the_one_that_stands(engine: Engine) -> None:
    rfm.compute(engine, {"contacts": "fifths"}, "invoices", AS_OF, 1)
    assert engine.fetch("rfm")["customer_id"].tolist() == ["ann", "bob", "cyd"]
    rfm.compute(engine, {"accounts": "fifths"}, "opportunities", AS_OF, 1)
    assert engine.fetch("rfm")["customer_id"].tolist() == ["acme", "beta", "idle", "zeta"]


def test_a_missing_table_of_facts_is_named() -> None:
    engine = Engine()
    for entity in ("contacts", "accounts"):
        engine.table(f"customers_{entity}", pd.DataFrame({"customer_id": ["a"]}))
    with pytest.raises(DataError, match="invoice_facts"):
        rfm.compute(engine, {"contacts": "fifths"}, "invoices", AS_OF, 1)


def test_each_of_the_25_cells_lands_in_the_segment_of_the_catalogue() -> None:
    cells = [(recency, frequency) for recency in range(1, 6) for frequency in range(1, 6)]
    visits = [
        (f"{recency}{frequency}", to_date(1000 + 10 * recency - visit), 1)
        for recency, frequency in cells
        for visit in range(frequency)
    ]
    found = pd.DataFrame(visits, columns=["customer_id", "date", "amount"])
    result = rfm.score(found, to_date(2000), min_buyers=25)
    assert result["rfm_segment"].tolist() == [catalogue().segment_of_cell[cell] for cell in cells]


def test_presenting_rows_gives_dates_and_decimals(engine: Engine) -> None:
    rfm.compute(engine, {"contacts": "fifths"}, "invoices", AS_OF, 1)
    shown = rfm.presented(engine.fetch("rfm")).set_index("customer_id")
    assert str(shown.loc["ann", "purchase_total"]) == "30.00"
    assert to_day(shown.loc["ann", "last_purchase"]) == 100
    assert isinstance(shown.loc["ann", "first_purchase"], date)
    assert shown.loc["cyd", ["last_purchase", "average_purchase"]].tolist() == [None, None]
