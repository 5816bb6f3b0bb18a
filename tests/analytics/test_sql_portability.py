from functools import cache
from importlib.resources import files

import pytest

from suitecrm_bridge.analytics.engine import sql_text

sqlglot = pytest.importorskip("sqlglot")

FOLDER = files("suitecrm_bridge.analytics") / "sql"
NAMES = sorted(file.name.removesuffix(".sql") for file in FOLDER.iterdir())
BOUND_TO_ONE_ENGINE = (
    sqlglot.exp.Parameter,
    sqlglot.exp.Placeholder,
    sqlglot.exp.Filter,
    sqlglot.exp.IntDiv,
    sqlglot.exp.Anonymous,
    sqlglot.exp.Qualify,
    sqlglot.exp.Star,
)


@cache
def tree(name: str, dialect: str):
    return sqlglot.parse_one(sql_text(name), dialect=dialect)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("dialect", ["duckdb", "spark"])
def test_a_query_is_one_select_in_both_dialects(name: str, dialect: str) -> None:
    statements = sqlglot.parse(sql_text(name), dialect=dialect)
    assert [type(statement) for statement in statements] == [sqlglot.exp.Select]


@pytest.mark.parametrize("name", NAMES)
def test_a_query_uses_nothing_that_only_one_engine_understands(name: str) -> None:
    found = tree(name, "spark").find_all(*BOUND_TO_ONE_ENGINE)
    assert [node.sql() for node in found if not isinstance(node.parent, sqlglot.exp.Count)] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_query_divides_only_doubles(name: str) -> None:
    for division in tree(name, "spark").find_all(sqlglot.exp.Div):
        for side in (division.this, division.expression):
            assert isinstance(side, sqlglot.exp.Cast)
            assert side.to.this == sqlglot.exp.DataType.Type.DOUBLE


@pytest.mark.parametrize("name", NAMES)
def test_a_query_says_at_its_top_what_it_reads_and_makes(name: str) -> None:
    lines = sql_text(name).splitlines()
    assert lines[0].startswith("-- ")
    assert "->" in " ".join(lines[:2])
