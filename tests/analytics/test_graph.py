"""The files of the graph say what they read, read nothing else, and run on any engine."""

from functools import cache
from importlib import import_module
from importlib.resources import files
from pathlib import Path

import pytest

from suitecrm_bridge.analytics.nodes import nodes, readers

sqlglot = pytest.importorskip("sqlglot")

ROOT = Path(__file__).parents[2]
QUERIES = sorted(name for name, node in nodes().items() if node.query)
PYTHON = sorted(name for name, node in nodes().items() if node.query is None)
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
    return sqlglot.parse_one(nodes()[name].query, dialect=dialect)


def read_by(name: str) -> set[str]:
    query = tree(name, "duckdb")
    own = {part.alias for part in query.find_all(sqlglot.exp.CTE)}
    return {table.name for table in query.find_all(sqlglot.exp.Table)} - own


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_reads_what_it_says_and_nothing_else(name: str) -> None:
    assert nodes()[name].reads == tuple(sorted(read_by(name)))


class Watched:
    """An engine that only notes what is asked of it."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def fetch(self, name: str):
        self.asked.append(name)
        raise LookupError


@pytest.mark.parametrize("name", PYTHON)
def test_a_python_file_can_be_run_and_reads_first_what_it_says(name: str) -> None:
    node, watched = nodes()[name], Watched()
    with pytest.raises(LookupError):
        import_module(f"suitecrm_bridge.analytics.graph.{node.subject}.{name}").make(watched)
    assert set(watched.asked) <= set(node.reads)


def test_no_table_is_made_of_itself() -> None:
    assert [name for name in nodes() if name in readers().get(name, ())] == []


@pytest.mark.parametrize("name", QUERIES)
@pytest.mark.parametrize("dialect", ["duckdb", "spark"])
def test_a_query_is_one_select_in_both_dialects(name: str, dialect: str) -> None:
    statements = sqlglot.parse(nodes()[name].query, dialect=dialect)
    assert [type(statement) for statement in statements] == [sqlglot.exp.Select]


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_uses_nothing_that_only_one_engine_understands(name: str) -> None:
    found = tree(name, "spark").find_all(*BOUND_TO_ONE_ENGINE)
    assert [node.sql() for node in found if not isinstance(node.parent, sqlglot.exp.Count)] == []


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_divides_only_doubles(name: str) -> None:
    for division in tree(name, "spark").find_all(sqlglot.exp.Div):
        for side in (division.this, division.expression):
            assert isinstance(side, sqlglot.exp.Cast)
            assert side.to.this == sqlglot.exp.DataType.Type.DOUBLE


def test_every_subject_says_in_a_few_words_what_it_is_about() -> None:
    folder = files("suitecrm_bridge.analytics") / "graph"
    texts = [
        (folder / node.subject / "README.md").read_text(encoding="utf-8")
        for node in nodes().values()
    ]
    assert all(20 < len(text) < 400 for text in texts)


def test_every_table_is_read_by_another_or_asked_for_by_name() -> None:
    asked = "".join(
        file.read_text(encoding="utf-8")
        for room in (
            "analytics",
            "analytics/complaints",
            "analytics/effects",
            "jobs",
            "insights",
            "insights/complaints",
        )
        for file in (ROOT / "suitecrm_bridge" / room).glob("*.py")
    )
    assert [name for name in nodes() if name not in readers() and f'"{name}"' not in asked] == []
