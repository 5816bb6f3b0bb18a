from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.errors import DataError

LARGE = 2**53 + 1


def test_a_table_keeps_integers_and_texts_next_to_missing_values() -> None:
    engine = Engine()
    engine.table("t", pd.DataFrame({"n": pd.array([LARGE, None], dtype="Int64"), "s": ["é", None]}))
    found = engine.fetch("t")
    assert found["n"].tolist() == [LARGE, pd.NA]
    assert found["s"].tolist() == ["é", pd.NA]


def test_a_table_does_not_follow_its_frame() -> None:
    engine, frame = Engine(), pd.DataFrame({"n": [1]})
    engine.table("t", frame)
    frame.loc[0, "n"] = 2
    assert engine.fetch("t")["n"].tolist() == [1]


def test_a_table_can_be_made_from_another_table_or_a_relation() -> None:
    connection = duckdb.connect()
    engine = Engine(connection)
    engine.table("a", connection.sql("select 5 as n"))
    engine.table("b", "a")
    assert engine.fetch("b")["n"].tolist() == [5]


def test_nothing_is_left_in_a_database_file(tmp_path: Path) -> None:
    file = tmp_path / "mirror.duckdb"
    with duckdb.connect(file) as connection:
        Engine(connection).table("t", pd.DataFrame({"n": [1]}))
    with duckdb.connect(file) as connection:
        assert connection.sql("show all tables").fetchall() == []


def test_a_table_that_nobody_gave_is_named() -> None:
    with pytest.raises(DataError, match=r"customers\.sql failed(.|\n)*customers_contacts"):
        Engine().make("purchase_summary")


class Counting(Engine):
    """An engine that notes what it makes."""

    def __init__(self) -> None:
        super().__init__()
        self.ran: list[str] = []

    def _create(self, name: str, query: str, shown: str) -> None:
        self.ran.append(shown)
        super()._create(name, query, shown)


@pytest.fixture
def counting() -> Counting:
    engine = Counting()
    engine.table("purchases", bought(("a", 1, 1, 100), ("b", 2, 3, 200)), "contacts")
    engine.look_from(date(1970, 1, 11))
    engine.fetch("purchase_summary")
    engine.ran.clear()
    return engine


def bought(*rows: tuple[str, int, int, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["customer_id", "purchase_id", "day", "cents"])


def test_a_table_is_made_once(counting: Counting) -> None:
    counting.make("purchase_summary")
    counting.look_from(date(1970, 1, 11))
    counting.make("purchase_summary")
    assert counting.ran == []


def test_a_table_is_made_anew_when_what_it_reads_changes(counting: Counting) -> None:
    counting.look_from(date(1970, 1, 3))
    assert counting.fetch("purchase_summary")["customer_id"].tolist() == ["a"]
    counting.table("purchases", bought(("c", 1, 1, 100)), "contacts")
    assert counting.fetch("purchase_summary")["customer_id"].tolist() == ["c"]


def test_what_nothing_needs_is_not_made(counting: Counting) -> None:
    counting.make("purchase_days")
    assert counting.ran == ["purchase_days.sql"]


def test_a_given_table_takes_the_place_of_the_one_that_would_be_made(counting: Counting) -> None:
    counting.table("purchase_summary", pd.DataFrame({"n": [7]}))
    assert counting.fetch("purchase_summary")["n"].tolist() == [7]


def test_rows_are_of_the_kind_of_customer_that_is_named() -> None:
    engine = Engine()
    engine.table("a", pd.DataFrame({"n": [1, 2]}), "contacts")
    engine.table("b", "a")
    assert engine.fetch("b")["entity"].tolist() == ["contacts", "contacts"]


def test_a_small_table_keeps_texts_and_numbers_as_they_are() -> None:
    engine = Engine()
    engine.values("t", {"n": 2**60, "s": "l'été"}, {"n": -1, "s": ""})
    found = engine.fetch("t")
    assert found["n"].tolist() == [2**60, -1]
    assert found["s"].tolist() == ["l'été", ""]


def test_fetching_what_is_not_there_is_an_error() -> None:
    with pytest.raises(DataError, match="nowhere"):
        Engine().fetch("nowhere")


def test_a_sum_out_of_range_is_an_error() -> None:
    engine = Engine()
    rows = [("a", 1, 1, 2**62), ("a", 2, 1, 2**62)]
    columns = ["customer_id", "purchase_id", "day", "cents"]
    engine.table("purchases", pd.DataFrame(rows, columns=columns), "contacts")
    engine.look_from(date(1970, 1, 6))
    with pytest.raises(DataError, match=r"customer_days\.sql"):
        engine.make("purchase_summary")


@pytest.mark.parametrize("name", ["", "a b", "a;drop table t", 'a"', "../rfm"])
def test_a_name_that_is_no_identifier_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not a name"):
        Engine().table(name, pd.DataFrame({"n": [1]}))


def test_figures_that_another_engine_has_replaced_are_refused_and_never_told_as_ones_own() -> None:
    connection = duckdb.connect()
    first, second = Engine(connection), Engine(connection)
    first.table("asked", pd.DataFrame({"n": [1]}))
    first.view("seen", "asked")
    second.table("asked", pd.DataFrame({"n": [2]}))
    for name in ("asked", "seen"):
        with pytest.raises(DataError, match="asked is another calculation"):
            first.fetch(name)
    assert second.fetch("asked")["n"].tolist() == [2]


def test_a_small_table_that_another_engine_has_replaced_is_given_again() -> None:
    connection = duckdb.connect()
    first, second = Engine(connection), Engine(connection)
    first.look_from(date(1970, 1, 6))
    second.look_from(date(1970, 1, 7))
    first.look_from(date(1970, 1, 6))
    assert first.fetch("as_of")["as_of_day"].tolist() == [5]


def test_what_was_made_of_figures_that_were_replaced_is_refused_too() -> None:
    connection = duckdb.connect()
    first, second = Engine(connection), Engine(connection)
    columns = ["customer_id", "purchase_id", "day", "cents"]
    for engine, cents in ((first, 100), (second, 900)):
        bought = pd.DataFrame([("a", 1, 1, cents)], columns=columns)
        engine.table("purchases", bought, "contacts")
    first.look_from(date(1970, 1, 6))
    with pytest.raises(DataError, match="purchases is another calculation"):
        first.make("customer_days")
