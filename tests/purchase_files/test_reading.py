"""What the files may hold, and what is said of the rest."""

from pathlib import Path

import pytest

from suitecrm_bridge.errors import NotBelieved
from suitecrm_bridge.purchase_files import Purchases
from tests.purchase_files.written import (
    parquet,
    rows_read,
    score,
    set_apart,
    write,
)


@pytest.mark.parametrize(
    ("cell", "cents"),
    [
        ("10", 1000),
        ("10.5", 1050),
        (" 10.50 ", 1050),
        ("-3.25", -325),
        ("0.125", 12),
        ("0.135", 14),
        ("-0.125", -12),
        ("1e3", 100_000),
        ("0.1250000001", 13),
        ("+7", 700),
        ("10000000000000", 10**15),
        ("0.005", 0),
        ("0.015", 2),
    ],
)
def test_an_amount_as_text_is_rounded_as_that_of_a_frame(
    tmp_path: Path, cell: str, cents: int
) -> None:
    file = write(tmp_path / "a.csv", f"x,2026-01-01,{cell}")
    assert [row[2] for row in rows_read(file, tmp_path)] == [cents]


@pytest.mark.parametrize(
    ("value", "cents"),
    [
        ("cast(10.07 as double)", 1007),
        ("cast(0.125 as double)", 12),
        ("cast(1.005 as double)", 100),
        ("cast(0.135 as double)", 14),
        ("cast(123456789012.34 as double)", 12345678901234),
        ("cast(0.1 as float)", 10),
        ("cast(7 as tinyint)", 700),
        ("cast(10000000000000 as hugeint)", 10**15),
        ("cast(1.005 as decimal(9,3))", 100),
        ("cast(1.015 as decimal(9,3))", 102),
        ("cast(12.34 as decimal(18,2))", 1234),
        ("cast(12.3 as decimal(9,1))", 1230),
        ("'8.40'", 840),
        ("cast(-128 as tinyint)", -12800),
    ],
)
def test_an_amount_of_any_type_becomes_hundredths(tmp_path: Path, value: str, cents: int) -> None:
    query = f"select 'x' as customer_id, date '2026-01-01' as date, {value} as amount"
    assert [row[2] for row in rows_read(parquet(tmp_path / "a.parquet", query), tmp_path)] == [
        cents
    ]


@pytest.mark.parametrize(
    "value",
    [
        "date '2026-01-02'",
        "timestamp '2026-01-02 23:59:59'",
        "'2026-01-02'",
        "20455",
        "timestamptz '2026-01-02 23:30:00+00'",
        "'2026-01-02T10:00:00Z'",
        "' 2026-01-02 '",
        "timestamp_ns '2026-01-02 00:00:00'",
    ],
)
@pytest.mark.parametrize("name", ["date", "day"])
def test_a_day_of_any_type_is_the_day_that_the_calendar_shows(
    tmp_path: Path, value: str, name: str
) -> None:
    query = f"select 'x' as customer_id, {value} as {name}, 1 as amount"
    found_rows = rows_read(parquet(tmp_path / "a.parquet", query), tmp_path)
    assert [row[1] for row in found_rows] == [20455]


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("timestamptz '2026-01-02 23:30:00+00'", 20456),
        ("timestamptz '2026-01-02 22:30:00+00'", 20455),
        ("timestamp '2026-01-02 23:30:00'", 20455),
    ],
)
def test_a_moment_that_says_where_it_is_counts_on_its_day_where_people_work(
    tmp_path: Path, value: str, day: int
) -> None:
    query = f"select 'x' as customer_id, {value} as date, 1 as amount"
    file = parquet(tmp_path / "a.parquet", query)
    with Purchases([file], tmp_path, 256, "Europe/Paris") as purchases:
        purchases.read()
        (found,) = purchases.connection.execute("select day from purchase_rows").fetchall()
    assert found == (day,)


def test_whole_numbers_are_ids_and_meet_the_same_ids_as_text(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    parquet(folder / "a.parquet", "select 7 as customer_id, date '2026-01-01' as date, 1 as amount")
    assert [row[0] for row in rows_read(folder, tmp_path)] == [7]
    write(folder / "b.csv", "7,2026-01-02,1")
    assert [row[0] for row in rows_read(folder, tmp_path)] == ["7", "7"]


ODD = "The quotation marks of this line do not enclose whole cells."
BAD = {
    ",2026-01-01,1": "customer_id is missing.",
    "   ,2026-01-01,1": "customer_id is missing.",
    "x,,1": "The date is missing.",
    "x,yesterday,1": "This is not a date. Write it as 2026-03-09.",
    "x,2026-02-30,1": "This is not a date. Write it as 2026-03-09.",
    "x,0202-06-01,1": "The date lies outside 1900 to 2199.",
    "x,2026-01-01,": "The amount is missing.",
    "x,2026-01-01,free": "This is not an amount. Write it as 1234.50.",
    "x,2026-01-01,nan": "This is not an amount. Write it as 1234.50.",
    "x,2026-01-01,1e300": "The amount exceeds 10,000,000,000,000.",
    "x,2026-01-01,10000000000000.01": "The amount exceeds 10,000,000,000,000.",
    "x,2026-01-01": "The row has more or fewer cells than the header.",
    "x,2026-01-01,1,2": "The row has more or fewer cells than the header.",
    'x,2026-01-01,"1': ODD,
    'x"y,2026-01-01,"1': ODD,
    '"x"y,2026-01-01,1': ODD,
    'x,2026-01-01,1"': ODD,
}


@pytest.mark.parametrize("line", BAD)
def test_a_bad_row_is_set_apart_with_its_row_and_reason_and_the_others_count(
    tmp_path: Path, line: str
) -> None:
    good = [f"c{number},2026-01-0{number},5" for number in range(1, 9)]
    file = write(tmp_path / "a.csv", *good[:3], line, *good[3:])
    scored = score(file, tmp_path)
    assert (scored.counts.rows, scored.counts.set_apart, scored.counts.customers) == (9, 1, 8)
    assert set_apart(scored) == [(5, BAD[line])]


def test_every_bad_row_has_its_place_whatever_kind_comes_before(tmp_path: Path) -> None:
    good = [f"c{number},2026-01-01,5" for number in range(40)]
    mixed = [*good[:2], "x,2026-01-01", *good[2:4], "x,never,1", "x", *good[4:6], "x,2026-01-01,a"]
    file = write(tmp_path / "a.csv", *mixed, *good[6:])
    assert [row for row, _ in set_apart(score(file, tmp_path))] == [4, 7, 8, 11]


def test_a_row_that_is_not_utf_8_is_set_apart(tmp_path: Path) -> None:
    good = [f"c{number},2026-01-01,5" for number in range(9)]
    file = write(tmp_path / "a.csv", *good[:4], "é,2026-01-01,5", *good[4:], encoding="latin-1")
    assert set_apart(score(file, tmp_path)) == [
        (6, "The row is not UTF-8. Save the file as UTF-8.")
    ]


def test_a_bad_row_of_parquet_is_told_by_its_number(tmp_path: Path) -> None:
    query = (
        "select case when i <> 4 then i end as customer_id, date '2026-01-01' as date, 1 as amount"
        " from range(1, 11) as r(i)"
    )
    scored = score(parquet(tmp_path / "a.parquet", query), tmp_path)
    assert set_apart(scored) == [(4, "customer_id is missing.")]
    assert scored.reasons == {"no_customer_id": 1}


def test_a_list_of_bad_rows_goes_when_there_are_none_any_more(tmp_path: Path) -> None:
    good = [f"c{number},2026-01-01,5" for number in range(9)]
    file = write(tmp_path / "a.csv", *good, "x,,5")
    listed = score(file, tmp_path).bad
    assert listed is not None
    assert listed.is_file()
    write(file, *good)
    assert score(file, tmp_path).bad is None
    assert not listed.exists()


@pytest.mark.parametrize("bad", [3, 10])
def test_a_mass_failure_is_refused_until_a_person_says_so(tmp_path: Path, bad: int) -> None:
    lines = [f'c{n},2026-01-01,"{n},50"' for n in range(bad)]
    lines += [f"d{n},2026-01-01,5" for n in range(13 - bad if bad > 5 else 0)]
    file = write(tmp_path / "a.csv", *lines)
    with pytest.raises(NotBelieved, match=r"row 2: This is not an amount") as told:
        score(file, tmp_path)
    assert f"{bad} of {len(lines)}" in str(told.value)
    assert not (tmp_path / "out" / "scores.csv").exists()
    assert score(file, tmp_path, accept=True).counts.set_apart == bad
