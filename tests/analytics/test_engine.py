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


def test_a_query_without_its_tables_says_which_is_missing() -> None:
    with pytest.raises(DataError, match=r"purchase_summary\.sql failed(.|\n)*purchases"):
        Engine().run("purchase_summary", "t")


def test_fetching_what_is_not_there_is_an_error() -> None:
    with pytest.raises(DataError, match="nowhere"):
        Engine().fetch("nowhere")


def test_a_sum_out_of_range_is_an_error() -> None:
    engine = Engine()
    rows = [("a", 1, 1, 2**62), ("a", 2, 1, 2**62)]
    columns = ["customer_id", "purchase_id", "day", "cents"]
    engine.table("purchases", pd.DataFrame(rows, columns=columns))
    engine.table("parameters", pd.DataFrame({"as_of_day": [5], "min_buyers": [1]}))
    with pytest.raises(DataError, match=r"purchase_summary\.sql"):
        engine.run("purchase_summary", "t")


@pytest.mark.parametrize("name", ["", "a b", "a;drop table t", 'a"', "../rfm"])
def test_a_name_that_is_no_identifier_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not a name"):
        Engine().table(name, pd.DataFrame({"n": [1]}))
