import pandas as pd
import pytest

from suitecrm_bridge.analytics import migration
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.errors import DataError

BEFORE = [("a", "loyal", 500), ("b", "loyal", 300), ("c", "prospect", 0), ("d", "lost", 50)]
AFTER = [("a", "champions", 900), ("b", "loyal", 300), ("c", "new", 20), ("e", "prospect", 0)]


def snapshot(rows: list[tuple[str, str, int]]) -> pd.DataFrame:
    kinds = {"customer_id": "string", "rfm_segment": "string", "total_cents": "int64"}
    return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)


@pytest.fixture
def engine() -> Engine:
    return Engine()


def cells(found: pd.DataFrame, column: str) -> dict[tuple[str, str], object]:
    some = found[found["customers"] > 0]
    keys = zip(some["from_segment"], some["to_segment"], strict=True)
    return dict(zip(keys, some[column].tolist(), strict=True))


def test_the_matrix_counts_who_moved_came_and_left(engine: Engine) -> None:
    found = migration.matrix(engine, snapshot(BEFORE), snapshot(AFTER))
    assert cells(found, "customers") == {
        ("loyal", "champions"): 1,
        ("loyal", "loyal"): 1,
        ("prospect", "new"): 1,
        ("lost", "left"): 1,
        ("came", "prospect"): 1,
    }


def test_shares_are_of_those_who_were_in_the_segment(engine: Engine) -> None:
    found = migration.matrix(engine, snapshot(BEFORE), snapshot(AFTER))
    shares = cells(found, "share")
    assert (shares["loyal", "champions"], shares["lost", "left"]) == (0.5, 1.0)
    assert found[found["from_segment"] == "champions"]["share"].isna().all()


def test_revenue_is_that_after_the_move_or_before_leaving(engine: Engine) -> None:
    revenue = cells(migration.matrix(engine, snapshot(BEFORE), snapshot(AFTER)), "revenue_cents")
    assert (revenue["loyal", "champions"], revenue["lost", "left"]) == (900, 50)


def test_rows_and_columns_stand_from_best_to_worst_then_came_and_left(engine: Engine) -> None:
    found = migration.matrix(engine, snapshot([]), snapshot([]))
    ranked = sorted(catalogue().segments.values(), key=lambda segment: segment.rank)
    keys = [segment.key for segment in ranked]
    assert found["from_segment"].unique().tolist() == [*keys, "came"]
    assert found["to_segment"].unique().tolist() == [*keys, "left"]
    assert len(found) == (len(keys) + 1) ** 2 - 1
    assert found["customers"].sum() == 0


def test_no_customer_is_lost_between_the_snapshots(engine: Engine) -> None:
    found = migration.matrix(engine, snapshot(BEFORE), snapshot(AFTER))
    assert found[found["from_segment"] != "came"]["customers"].sum() == len(BEFORE)
    assert found[found["to_segment"] != "left"]["customers"].sum() == len(AFTER)


def test_nobody_moves_between_a_day_and_itself(engine: Engine) -> None:
    found = migration.matrix(engine, snapshot(AFTER), snapshot(AFTER))
    assert all(start == end for start, end in cells(found, "customers"))
    assert migration.movers(engine).empty


def test_movers_come_by_revenue_and_then_by_id(engine: Engine) -> None:
    migration.matrix(engine, snapshot(BEFORE), snapshot(AFTER))
    found = migration.movers(engine)
    assert found["customer_id"].tolist() == ["a", "d", "c", "e"]
    assert found.loc[0].to_dict() == {
        "place": 1,
        "customer_id": "a",
        "from_segment": "loyal",
        "to_segment": "champions",
        "before_cents": 500,
        "after_cents": 900,
    }
    assert migration.movers(engine, limit=2)["customer_id"].tolist() == ["a", "d"]


def test_snapshots_may_be_tables(engine: Engine) -> None:
    engine.table("monday", snapshot(BEFORE))
    engine.table("friday", snapshot(AFTER))
    by_name = migration.matrix(engine, "monday", "friday")
    by_frame = migration.matrix(Engine(), snapshot(BEFORE), snapshot(AFTER))
    pd.testing.assert_frame_equal(by_name, by_frame)


def test_a_snapshot_without_its_columns_is_an_error(engine: Engine) -> None:
    with pytest.raises(DataError, match="rfm_segment"):
        migration.matrix(engine, pd.DataFrame({"customer_id": ["a"]}), snapshot(AFTER))
