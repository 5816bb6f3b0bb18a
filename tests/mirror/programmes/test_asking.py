"""Conditions in the database: they hold of the same records as they do in Python."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suitecrm_bridge.catalogue.conditions import (
    Both,
    Compared,
    Containing,
    Either,
    Empty,
    Moment,
    Never,
    OneOf,
    holds,
    names,
    parse,
)
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.mirror.programmes.asking import DIALECT, Asked, asking

KNOWN = names("contacts")
DAY = date(2026, 3, 31)
CITIES = ["", "Paris", "PARIS", "O'Brien's", 'a"b', "x%_\\"]
FIGURES = {
    "rfm_segment": st.sampled_from(["new", "loyal", "champions"]),
    "city": st.sampled_from(CITIES),
    "purchase_count": st.integers(-2, 3),
    "value_at_stake": st.sampled_from([Decimal("-0.5"), Decimal(0), Decimal("0.05"), Decimal(3)]),
    "last_purchase": st.dates(date(2026, 2, 25), date(2026, 4, 3)),
    "fraud": st.booleans(),
    "date_entered": st.datetimes(datetime(2026, 3, 29), datetime(2026, 4, 2)),  # noqa: DTZ001
}
MOMENTS = st.builds(Moment, st.integers(-5, 5), st.integers(-2, 2))


def atoms(name):
    figure, values = KNOWN.figures[name], FIGURES[name]
    kinds = [st.just(Empty(figure))]
    if figure.kind in ("date", "datetime"):
        given = st.one_of(MOMENTS, st.dates(date(2026, 3, 1), date(2026, 4, 3)))
    else:
        given = values
    signs = ["="] if figure.kind in ("text", "enum", "bool") else ["=", "<", "<=", ">", ">="]
    kinds.append(st.builds(Compared, st.just(figure), st.sampled_from(signs), given))
    kinds.append(st.builds(lambda v: OneOf(figure, tuple(v)), st.lists(given, min_size=1)))
    if figure.kind == "text":
        text = st.sampled_from(["p", "is", "'", '"', "%", "_", "\\", "PA"])
        kinds.append(st.builds(Containing, st.just(figure), text, st.booleans()))
    return st.one_of(kinds)


CONDITIONS = st.recursive(
    st.sampled_from(list(FIGURES)).flatmap(atoms),
    lambda parts: st.one_of(
        st.builds(Never, parts),
        st.builds(lambda p: Both(tuple(p)), st.lists(parts, min_size=1, max_size=3)),
        st.builds(lambda p: Either(tuple(p)), st.lists(parts, min_size=1, max_size=3)),
    ),
    max_leaves=6,
)
RECORDS = st.fixed_dictionaries({name: st.none() | one for name, one in FIGURES.items()})


@pytest.fixture(scope="module")
def mirror():
    with Mirror.in_memory() as opened:
        yield opened


@given(CONDITIONS, RECORDS)
@settings(max_examples=150, deadline=None)
def test_the_database_and_python_agree_on_every_condition(mirror, condition, record):
    connection = mirror.connection
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE r AS SELECT '1' AS id, CAST(? AS VARCHAR)"
        " AS primary_address_city, CAST(? AS BOOLEAN) AS fraud_c, CAST(? AS TIMESTAMP)"
        " AS date_entered",
        [record["city"], record["fraud"], record["date_entered"]],
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE s AS SELECT CAST(? AS VARCHAR) AS rfm_segment,"
        " CAST(? AS BIGINT) AS purchase_count, CAST(? AS DECIMAL(26,6)) AS value_at_stake,"
        " CAST(? AS DATE) AS last_purchase",
        [
            record["rfm_segment"],
            record["purchase_count"],
            record["value_at_stake"],
            record["last_purchase"],
        ],
    )
    sql = asking(condition, Asked("contacts", list(FIGURES))).sql(DIALECT)
    named = {"as_of": DAY} if "$as_of" in sql else None
    ((found,),) = connection.execute(f"SELECT {sql} FROM r, s", named).fetchall()
    values = {KNOWN.figures[name]: value for name, value in record.items()}
    assert found is holds(condition, values, DAY)


def test_values_stay_values_whatever_they_hold():
    words = """city = "'; DROP TABLE contacts; --" and segment = "new" """
    sql = asking(parse(words, KNOWN), Asked("contacts", ["rfm_segment"])).sql(DIALECT)
    assert "'''; drop table contacts; --'" in sql


def test_a_figure_that_the_scores_do_not_have_is_missing(mirror):
    sql = asking(parse("clv > 0 or clv is empty", KNOWN), Asked("contacts", [])).sql(DIALECT)
    ((found,),) = mirror.connection.execute(f"SELECT {sql}").fetchall()
    assert found is True


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ('has Cases where (state = "Open")', ["a"]),
        ("has Cases", ["a", "b"]),
        ("not has Cases", ["c"]),
        ("has Calls", ["b"]),
        ("has AOS_Invoices where (invoice_date in the last 30 days)", ["c"]),
    ],
)
def test_records_of_other_modules_are_found_by_whom_they_belong_to(words, expected):
    with Mirror.in_memory() as mirror:
        run = mirror.connection.execute
        run("INSERT INTO contacts (id) VALUES ('a'), ('b'), ('c')")
        run("INSERT INTO cases (id, state) VALUES ('1', 'Open'), ('2', 'Closed')")
        run("INSERT INTO contacts_cases (contact_id, case_id) VALUES ('a', '1'), ('b', '2')")
        run("INSERT INTO calls (id, parent_type, parent_id) VALUES ('1', 'Contacts', 'b'),"
            " ('2', 'Accounts', 'c')")  # fmt: skip
        run("INSERT INTO invoices (id, billing_contact_id, invoice_date) VALUES"
            " ('1', 'c', '2026-03-20'), ('2', 'a', '2026-01-20')")  # fmt: skip
        sql = asking(parse(words, KNOWN), Asked("contacts")).sql(DIALECT)
        named = {"as_of": DAY} if "$as_of" in sql else None
        rows = run(f"SELECT r.id FROM contacts r WHERE {sql} ORDER BY r.id", named).fetchall()
        assert [id for (id,) in rows] == expected
