"""Files of purchases that a test writes, and what is made of them."""

import csv
from datetime import date
from pathlib import Path

import duckdb

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
