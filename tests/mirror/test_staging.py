"""What the engine reads of a page equals what `crm.values.decode` reads, value by value."""

from datetime import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from suitecrm_bridge.crm import Rows
from suitecrm_bridge.crm.attributes import decode
from suitecrm_bridge.errors import DataError
from suitecrm_bridge.mirror import Mirror, staging
from suitecrm_bridge.mirror.conversion import naive
from suitecrm_bridge.mirror.staging import stage

COLUMNS = {
    "int": "number",
    "money": "total_amount",
    "date": "invoice_date",
    "datetime": "date_entered",
    "text": "name",
}
KINDS = {"id": "id", **{column: kind for kind, column in COLUMNS.items()}, "flag": "bool"}
SIGNS = st.sampled_from(["", "-", "+", " ", "٣", "0x"])
DIGITS = st.text("0123456789", max_size=24)
NUMBERS = st.builds("{}{}{}{}".format, SIGNS, DIGITS, st.sampled_from(["", ".", ",", "e"]), DIGITS)
DAYS = st.builds(
    "{}-{}-{}".format,
    st.sampled_from(["2026", "0000", "-0001", "12026", "0001", "26", "9999"]),
    st.sampled_from(["01", "02", "13", "00", "2", "11"]),
    st.sampled_from(["01", "29", "30", "31", "00", "7"]),
)
TIMES = st.sampled_from(
    [
        "",
        " 10:00:00",
        "T10:00:00",
        " 10:00",
        " 24:00:00",
        " 23:59:60",
        "T10:00:00+02:00",
        " 10:00:00.250",
        " 10:00:00 ",
        "Z",
        " (BC)",
    ]
)
ODD = st.sampled_from(
    [
        None,
        "",
        "0",
        "1",
        "yes",
        "OFF",
        "True",
        "infinity",
        "-infinity",
        "epoch",
        "today",
        "NaN",
        "1_000",
        "0000-00-00",
        "0000-00-00 00:00:00",
        "9223372036854775807",
        "9223372036854775808",
    ]
)
VALUES = st.one_of(
    NUMBERS, ODD, st.builds("{}{}".format, DAYS, TIMES), st.text(max_size=12), st.integers(0, 9)
)


@pytest.fixture(params=[0, staging.FEW], ids=["many", "few"], autouse=True)
def way(request, monkeypatch):
    """A few rows are stored without NumPy, and both ways come to the same."""
    monkeypatch.setattr(staging, "FEW", request.param)


@pytest.fixture(scope="module")
def connection():
    with Mirror.in_memory() as mirror:
        yield mirror.connection


def expected(kind, raw):
    """What the mirror should hold, or DataError where nobody can read it or it does not fit."""
    try:
        value = raw if kind == "text" else decode(kind, raw)
    except ValueError:
        return DataError
    if isinstance(value, datetime):
        return naive(value)
    if kind == "int" and value is not None:
        return value if -(2**63) <= value < 2**63 else DataError
    if isinstance(value, Decimal):
        fits = abs(value) < 10**20 and (Fraction(value) * 10**6).denominator == 1
        return value if fits else DataError
    return str(value) if kind == "text" and value is not None else value


def staged(connection, column, raw):
    def record(row):
        given = dict(zip(KINDS, row, strict=True))
        try:
            return {
                name: given[name] if kind in ("id", "text") else decode(kind, given[name])
                for name, kind in KINDS.items()
            }
        except ValueError as error:
            raise DataError(str(error)) from None

    row = ["a", *(raw if name == column else None for name in list(KINDS)[1:])]
    refused = stage(connection, "AOS_Invoices", KINDS, [row], record)
    rows = connection.execute(f'SELECT "{column}" FROM page').fetchall()
    return DataError if refused and not rows else rows[0][0]


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(kind=st.sampled_from(["int", "money", "date", "datetime", "text", "bool"]), raw=VALUES)
@example(kind="money", raw="0.0000001")
@example(kind="money", raw="1E+3")
@example(kind="int", raw="12.0")
@example(kind="int", raw="999999999999999999999")
@example(kind="int", raw="9223372036854775807")
@example(kind="date", raw="2026-02-30")
@example(kind="date", raw="0001-01-01")
@example(kind="datetime", raw="2026-03-01 12:34:56")
@example(kind="bool", raw=True)
def test_the_engine_reads_a_value_as_python_does(connection, kind, raw):
    column = {**COLUMNS, "bool": "flag"}[kind]
    assert staged(connection, column, raw) == expected(kind, raw)


def test_a_value_that_the_mirror_cannot_hold_is_named(connection):
    rows = [["a", "9" * 19], ["b", "2"]]
    (refused,) = stage(connection, "AOS_Invoices", {"id": "id", "number": "int"}, rows)
    assert refused.id == "a"
    assert "AOS_Invoices a: number" in str(refused.error)
    assert connection.execute("SELECT id, number FROM page").fetchall() == [("b", 2)]


def test_rows_that_need_python_stand_with_those_that_do_not(connection):
    rows = Rows(
        "AOS_Invoices", ["id", "number", "total_amount"], [], None, complete=True, deleted=[]
    )
    given = [["a", "1", "2.50"], ["b", "7.0", "1e2"], ["c", "x", "1"]]
    kinds = {"id": "id", "number": "int", "total_amount": "money"}
    (refused,) = stage(connection, "AOS_Invoices", kinds, given, rows.decode)
    assert "AOS_Invoices c: number" in str(refused.error)
    read = connection.execute("SELECT id, number, total_amount FROM page ORDER BY id").fetchall()
    assert read == [("a", 1, Decimal("2.5")), ("b", 7, Decimal(100))]


def test_a_page_without_a_row_is_an_empty_page(connection):
    assert stage(connection, "Contacts", {"id": "id", "amount": "money"}, []) == []
    assert connection.execute("SELECT * FROM page").fetchall() == []
