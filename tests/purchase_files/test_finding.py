"""Which files and columns are read, and where the scores may lie."""

from pathlib import Path

import pytest

from suitecrm_bridge.errors import BridgeError, DataError, MissingColumns, NotFound
from suitecrm_bridge.jobs.score_files import score_files
from suitecrm_bridge.purchase_files import found
from tests.purchase_files.written import (
    AS_OF,
    CHOICES,
    rows_read,
    score,
    write,
)


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
