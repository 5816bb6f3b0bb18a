"""Files lead to the figures that the mirror's facts lead to."""

import random
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from suitecrm_bridge.analytics import clv, lifecycle, rfm
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.analytics.intake import purchases_table
from suitecrm_bridge.jobs.score_files import FileChoices, score_files
from suitecrm_bridge.money import is_missing
from suitecrm_bridge.purchase_files import reading
from tests.analytics import cdnow
from tests.analytics.facts import COLUMNS

AS_OF = date(2025, 6, 30)
CHOICES = FileChoices(min_buyers=30, discount_rate=0.1, max_lost=20, memory_mb=256)


def from_facts(purchases: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The scores by the way of the mirror: facts of invoices, and contacts."""
    engine = Engine()
    empty = {
        name: pd.DataFrame(columns=list(kinds)).astype(kinds) for name, kinds in COLUMNS.items()
    }
    table = purchases_table(purchases)
    customers = table[["customer_id"]].drop_duplicates().astype("string")
    invoices = pd.DataFrame(
        {
            "invoice_id": table["purchase_id"].astype("string"),
            "contact_id": table["customer_id"].astype("string"),
            "account_id": pd.array([None] * len(table), dtype="string"),
            "status": "Paid",
            "day": table["day"].astype("Int64"),
            "cents": table["cents"].astype("Int64"),
        }
    )
    for name, rows in {**empty, "invoice_facts": invoices, "customers_contacts": customers}.items():
        engine.table(name, rows)
    lines = {"invoice_id": "string", "product_id": "string", "cents": "Int64"}
    products = {"product_id": "string", "category": "string"}
    engine.table("line_facts", pd.DataFrame(columns=list(lines)).astype(lines))
    engine.table("product_facts", pd.DataFrame(columns=list(products)).astype(products))
    rfm.compute(engine, {"contacts": "fifths"}, "invoices", as_of, CHOICES.min_buyers)
    lifecycle.compute(engine, as_of)
    clv.compute(engine, as_of, discount_rate=CHOICES.discount_rate)
    scores = rfm.presented(engine.fetch("rfm")).set_index("customer_id")
    value = engine.fetch("clv").set_index("customer_id")
    scores["lifecycle"] = engine.fetch("lifecycle").set_index("customer_id")["lifecycle"]
    shown = clv.presented(value.reset_index()).set_index("customer_id").drop(columns="entity")
    shown["next_purchase"] = shown["next_purchase"].mask(scores["lifecycle"] == "lapsed")
    scores = scores.join(shown).assign(purchase_probability=value["purchase_probability"])
    return plain(scores.reset_index())


def from_files(purchases: pd.DataFrame, as_of: date, folder: Path, form: str) -> pd.DataFrame:
    """The same by the way of two files."""
    folder.mkdir()
    half = len(purchases) // 3
    for name, part in (("a", purchases[:half]), ("b", purchases[half:])):
        with duckdb.connect() as connection:
            connection.register("part", part)
            file = str(folder / f"{name}.{form}")
            connection.execute(f"copy part to '{file}' (format {form})")
    output = folder.parent / f"scores.{form}"
    score_files(str(folder), output, as_of, CHOICES, accept=False)
    with duckdb.connect() as connection:
        read = "read_parquet" if form == "parquet" else "read_csv"
        found = connection.execute(f"select * from {read}('{output}')")
        names = [column[0] for column in found.description]
        rows = pd.DataFrame(found.fetchall(), columns=names, dtype=object)
    return plain(rows)


def plain(rows: pd.DataFrame) -> pd.DataFrame:
    """The same values in one form: nothing is None, a number a float, anything else a text."""
    columns = {name: [_plain(value) for value in rows[name]] for name in sorted(rows.columns)}
    for name in ("customer_id", "rfm_score"):
        columns[name] = [value and str(value).removesuffix(".0") for value in columns[name]]
    found = pd.DataFrame(columns, dtype=object)
    return found.sort_values("customer_id").reset_index(drop=True)


def _plain(value: object) -> object:
    if is_missing(value):
        return None
    return str(value) if isinstance(value, date | str) else float(str(value))


@pytest.fixture(scope="module")
def odd() -> pd.DataFrame:
    """Ties, refunds, several purchases a day, days to come, amounts of nothing."""
    chance = random.Random(11)
    rows = []
    for customer in range(400):
        day = date(2022, 1, 1) + timedelta(days=chance.randrange(900))
        for _ in range(1 + chance.randrange(1 + customer % 9)):
            amount = chance.choice(["10.00", "20.00", "20.00", "-5.25", "0", "99.99", "-20.00"])
            rows.append((f"c-{customer}", day, amount))
            day += timedelta(days=chance.choice([0, 0, 3, 30, 60, 200]))
    return pd.DataFrame(rows, columns=["customer_id", "date", "amount"])


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_odd_purchases_get_the_figures_of_the_mirror(
    odd: pd.DataFrame, tmp_path: Path, form: str
) -> None:
    expected = from_facts(odd, AS_OF)
    assert expected["clv"].notna().any()
    pd.testing.assert_frame_equal(from_files(odd, AS_OF, tmp_path / "in", form), expected)


def test_cdnow_gets_the_figures_of_the_mirror(tmp_path: Path) -> None:
    sample = cdnow.sample()[["customer_id", "date", "amount"]]
    expected = from_facts(sample, cdnow.END)
    assert expected["clv"].notna().sum() > 2000
    pd.testing.assert_frame_equal(from_files(sample, cdnow.END, tmp_path / "in", "csv"), expected)


def test_customers_with_the_same_hash_are_told_apart_by_another(
    odd: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed = reading.hashed
    monkeypatch.setattr(
        reading, "hashed", lambda salt: "hash(id) % 7" if salt == 0 else hashed(salt)
    )
    expected = from_facts(odd, AS_OF)
    pd.testing.assert_frame_equal(from_files(odd, AS_OF, tmp_path / "in", "csv"), expected)


def test_an_id_is_an_id_however_it_is_spelled(tmp_path: Path) -> None:
    rows = [
        ("Äb", "2025-01-01", 5),
        ("ab ", "2025-01-02", 6),
        ("AB", "2025-01-03", 7),
        ("c", "2025-01-01", 1),
    ]
    frame = pd.DataFrame(rows, columns=["customer_id", "date", "amount"])
    found = from_files(frame, AS_OF, tmp_path / "in", "parquet")
    assert found["customer_id"].tolist() == ["AB", "c"]
    assert found["purchase_total"].tolist() == [18.0, 1.0]


def test_a_file_whose_customers_all_bought_yesterday_has_nobody_lost_and_says_why(
    tmp_path: Path,
) -> None:
    lines = ["customer_id,date,amount"]
    lines += [f"c{number},2025-06-29,{10 + number}" for number in range(50)]
    file, output = tmp_path / "in.csv", tmp_path / "scores.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    scored = score_files(str(file), output, AS_OF, CHOICES, accept=False)
    assert any("recency goes by the customer's own rhythm" in remark for remark in scored.remarks)
    assert set(pd.read_csv(output)["rfm_segment"]) == {"new"}
