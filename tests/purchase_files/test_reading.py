"""What the files may hold, and what is said of the rest."""

import csv
from datetime import date
from pathlib import Path

import duckdb
import pytest

from suitecrm_bridge.errors import BridgeError, DataError, MissingColumns, NotBelieved, NotFound
from suitecrm_bridge.jobs.score_files import FileChoices, Scored, score_files
from suitecrm_bridge.purchase_files import Purchases, found

AS_OF = date(2026, 3, 31)
CHOICES = FileChoices(min_buyers=30, discount_rate=0.1, max_lost=20, memory_mb=256)
HEADER = "customer_id,date,amount\n"


def write(file: Path, *lines: str, header: str = HEADER, encoding: str = "utf-8") -> Path:
    file.write_bytes((header + "".join(f"{line}\n" for line in lines)).encode(encoding))
    return file


def parquet(file: Path, query: str) -> Path:
    with duckdb.connect() as connection:
        connection.execute(f"copy ({query}) to '{file}' (format parquet)")
    return file


def score(path: object, folder: Path, *, accept: bool = False) -> Scored:
    return score_files(str(path), folder / "out" / "scores.csv", AS_OF, CHOICES, accept=accept)


def rows_read(path: Path, folder: Path) -> list[tuple[object, ...]]:
    with Purchases(found(str(path)), folder, 256) as purchases:
        purchases.read()
        return purchases.connection.execute(
            "select n.name, p.day, p.cents from purchase_rows as p"
            " join customer_names as n using (customer_id) order by all"
        ).fetchall()


def set_apart(scored: Scored) -> list[tuple[int, str]]:
    assert scored.bad is not None
    with scored.bad.open(encoding="utf-8", newline="") as opened:
        return [(int(row["row"]), row["reason"]) for row in csv.DictReader(opened)]


@pytest.mark.parametrize(
    ("cell", "cents"),
    [
        ("10", 1000), ("10.5", 1050), (" 10.50 ", 1050), ("-3.25", -325), ("0.125", 12),
        ("0.135", 14), ("-0.125", -12), ("1e3", 100_000), ("0.1250000001", 13), ("+7", 700),
        ("10000000000000", 10**15), ("0.005", 0), ("0.015", 2),
    ],
)  # fmt: skip
def test_an_amount_as_text_is_rounded_as_that_of_a_frame(
    tmp_path: Path, cell: str, cents: int
) -> None:
    file = write(tmp_path / "a.csv", f"x,2026-01-01,{cell}")
    assert [row[2] for row in rows_read(file, tmp_path)] == [cents]


@pytest.mark.parametrize(
    ("value", "cents"),
    [
        ("cast(10.07 as double)", 1007), ("cast(0.125 as double)", 12),
        ("cast(1.005 as double)", 100), ("cast(0.135 as double)", 14),
        ("cast(123456789012.34 as double)", 12345678901234), ("cast(0.1 as float)", 10),
        ("cast(7 as tinyint)", 700), ("cast(10000000000000 as hugeint)", 10**15),
        ("cast(1.005 as decimal(9,3))", 100), ("cast(1.015 as decimal(9,3))", 102),
        ("cast(12.34 as decimal(18,2))", 1234), ("cast(12.3 as decimal(9,1))", 1230),
        ("'8.40'", 840), ("cast(-128 as tinyint)", -12800),
    ],
)  # fmt: skip
def test_an_amount_of_any_type_becomes_hundredths(tmp_path: Path, value: str, cents: int) -> None:
    query = f"select 'x' as customer_id, date '2026-01-01' as date, {value} as amount"
    assert [row[2] for row in rows_read(parquet(tmp_path / "a.parquet", query), tmp_path)] == [
        cents
    ]


@pytest.mark.parametrize(
    "value",
    [
        "date '2026-01-02'", "timestamp '2026-01-02 23:59:59'", "'2026-01-02'", "20455",
        "timestamptz '2026-01-02 23:30:00+00'", "'2026-01-02T10:00:00Z'", "' 2026-01-02 '",
        "timestamp_ns '2026-01-02 00:00:00'",
    ],
)  # fmt: skip
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


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("Client,date,amount\n", "lacks the columns: customer_id"),
        ("customer_id,when,amount\n", "lacks the columns: date"),
        ("CustomerID,Date,Amount\n", "Rename CustomerID to customer_id"),
        ("customer_id,date,amounts\n", "Rename amounts to amount"),
        ("x\n", "It has: x"),
        ("", "It has: c1"),
    ],
)
def test_other_names_are_refused_with_those_that_are_right(
    tmp_path: Path, header: str, said: str
) -> None:
    file = write(tmp_path / "a.csv", "c1,2026-01-01,5", header=header)
    with pytest.raises(MissingColumns, match="customer_id, date") as told:
        score(file, tmp_path)
    assert said in str(told.value)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_order_delimiter_and_other_columns_do_not_matter(tmp_path: Path, delimiter: str) -> None:
    lines = [
        ["note", "amount", "id", "day", "customer_id"],
        ['"a ""b"""', "5", "9", "2026-01-01", "x"],
    ]
    text = "\ufeff" + "\r\n".join(delimiter.join(line) for line in lines)
    file = tmp_path / "a.csv"
    file.write_bytes(text.encode())
    assert rows_read(file, tmp_path) == [("x", 20454, 500)]


def test_a_file_with_two_columns_of_a_name_is_refused(tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", header="customer_id,date,amount,amount\n")
    with pytest.raises(DataError, match="several columns"):
        score(file, tmp_path)


def test_a_folder_a_pattern_and_an_odd_name_mean_what_they_say(tmp_path: Path) -> None:
    folder = tmp_path / "in [1] of 2"
    (folder / "deeper").mkdir(parents=True)
    write(folder / "a[1].csv", "x,2026-01-01,1")
    write(folder / "a1.csv", "y,2026-01-01,1")
    write(folder / "deeper" / "b.CSV", "z,2026-01-01,1")
    write(folder / "_hidden.csv", "h,2026-01-01,1")
    (folder / "note.txt").write_text("nothing", encoding="utf-8")
    ids = [row[0] for row in rows_read(folder, tmp_path)]
    assert ids == ["x", "y", "z"]
    assert [row[0] for row in rows_read(folder / "a[1].csv", tmp_path)] == ["x"]
    plain = tmp_path / "plain"
    folder.rename(plain)
    assert [row[0] for row in rows_read(plain / "a*.csv", tmp_path)] == ["x", "y"]
    assert [file.name for file in found(str(plain / "**" / "*.CSV"))][-1:] == ["b.CSV"]


def test_where_there_is_nothing_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"data/\*\.parquet"):
        found(str(tmp_path / "no" / "*.csv"))
    with pytest.raises(DataError, match="neither Parquet nor CSV"):
        found(str(write(tmp_path / "a.xlsx")))
    broken = tmp_path / "b.parquet"
    broken.write_bytes(b"PAR1 not really")
    with pytest.raises(DataError, match="cannot be read"):
        score(broken, tmp_path)
    with pytest.raises(DataError, match="only their header"):
        score(write(tmp_path / "c.csv"), tmp_path)


def test_scores_are_not_laid_among_the_purchases(tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", "x,2026-01-01,1")
    for path in (tmp_path, file):
        with pytest.raises(BridgeError, match="among the purchases"):
            score_files(str(path), file, AS_OF, CHOICES, accept=False)


def test_an_id_that_a_spreadsheet_would_calculate_is_kept_from_it(tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", "=1+1,2026-01-01,1", "x,2026-01-01,1")
    score(file, tmp_path)
    written = (tmp_path / "out" / "scores.csv").read_text(encoding="utf-8")
    assert "\n'=1+1," in written
    assert "\nx," in written


def test_nothing_is_left_beside_the_scores(tmp_path: Path) -> None:
    score(write(tmp_path / "a.csv", "x,2026-01-01,1"), tmp_path)
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["scores.csv"]
