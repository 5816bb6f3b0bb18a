"""Made-up purchases with everything that is odd about them, scored by DuckDB and by Spark."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TypeAlias

import duckdb
import pandas as pd

from suitecrm_bridge.jobs.score_files import FileChoices, Scored, Work, score_files

ZONES = ("UTC", "Europe/Paris", "America/New_York", "Pacific/Auckland")
CUSTOMERS = 320
CROWD = 800
"""Customers besides who bought on the same few days, each for other amounts."""

FIRST = date(2021, 3, 1)
AS_OF = date(2024, 9, 30)

_DATES = (
    "cast(day as date)",
    "cast(day as timestamp) + to_seconds(second)",
    "cast(cast(cast(day as timestamp) + to_seconds(second) as string) || '+00' as timestamptz)",
    "cast(cast(day as timestamp) + to_seconds(second) as timestamp_ns)",
    "cast(cast(day as date) - date '1970-01-01' as bigint)",
    "cast(day as varchar) || ' 10:00:00'",
)
_AMOUNTS = (
    "cast(amount as double)",
    "cast(amount as float)",
    "cast(amount as decimal(18,2))",
    "cast(amount as decimal(16,3))",
    "amount",
    "cast(amount as bigint)",
)
_IDS = ("id", "id || case when number % 5 = 0 then '  ' else '' end", "cast(number as integer)")
_TEXTS: Sequence[Callable[[str, random.Random], str]] = (
    lambda amount, _: amount,
    lambda amount, _: f" {amount}\t",
    lambda amount, _: f"+{amount}" if not amount.startswith("-") else amount,
    lambda amount, _: f"{amount}e0",
    lambda amount, chance: f"{amount}{chance.choice(['0', '000000000000001', '0e-0'])}",
)
_DAYS: Sequence[Callable[[date], str]] = (
    lambda day: day.isoformat(),
    lambda day: f"{day.isoformat()}T23:59:59+14:00",
    lambda day: day.strftime("%Y/%m/%d"),
    lambda day: f"\\xa0{day.isoformat()} ".encode().decode("unicode_escape"),
    lambda day: day.strftime("%Y %m %d"),
)
_BAD = (
    ["", "2024-01-01", "5"],
    ["x", "", "5"],
    ["x", "2024-02-30", "5"],
    ["x", "0202-01-01", "5"],
    ["x", "2024-01-01", "1,5"],
    ["x", "2024-01-01", "nan"],
    ["x", "2024-01-01", "1e300"],
    ["x", "2024-01-01", "1__0"],
    ["x", "2024-01-01"],
    ["x", "20240101", "5", "6"],
)


Purchase: TypeAlias = tuple[int, str, date, int, str]
"""Number and id of a customer, day, second of the day, amount."""


@dataclass(frozen=True)
class Compared:
    """What two ways made of the same files: what is compared, and how many of it differ."""

    rows: int
    set_apart: int
    customers: int
    forecasts: int
    different: int
    told_alike: bool


def written(seed: int, folder: Path) -> Path:
    """Write the purchases of a seed as files of Parquet and CSV, and return their folder."""
    chance = random.Random(seed)
    rows = list(_purchases(chance))
    chance.shuffle(rows)
    folder.mkdir(parents=True)
    parts = [rows[place::4] for place in range(4)]
    _csv(folder / "a [1].csv", parts[0], chance)
    _csv(folder / "b.csv", parts[1], chance)
    whole = seed % 5 == 0
    for number, part in enumerate(parts[2:] if not whole else parts):
        _parquet(folder / f"c {number}.parquet", part, chance, whole=whole)
    if whole:
        for file in folder.glob("*.csv"):
            file.unlink()
    return folder


def compared(seed: int, folder: Path, master: str) -> Compared:
    """Score the purchases of a seed by both, into files, and compare all that came of it."""
    path = written(seed, folder / "in")
    done: dict[str, Scored] = {}
    works: tuple[Work, ...] = ("duckdb", "spark")
    for work in works:
        choices = FileChoices(
            min_buyers=30 if seed % 4 else 10_000,
            discount_rate=0.1,
            max_lost=20,
            memory_mb=512,
            zone=ZONES[seed % len(ZONES)],
            work=work,
            master=master,
        )
        output = folder / work / "scores.parquet"
        done[work] = score_files(str(path), output, AS_OF, choices, accept=False)
    one, other = done["duckdb"], done["spark"]
    alike = (one.files, one.counts, one.reasons, one.remarks) == (
        other.files,
        other.counts,
        other.reasons,
        other.remarks,
    )
    counts = one.counts
    return Compared(
        counts.rows,
        counts.set_apart,
        counts.customers,
        *_different(folder),
        alike and _listed(one) == _listed(other),
    )


def _listed(scored: Scored) -> bytes:
    return scored.bad.read_bytes() if scored.bad else b""


def _different(folder: Path) -> tuple[int, int]:
    """Count forecasts, and rows of either file that the other has not; all where types differ."""
    one, other = (f"from '{folder / work / 'scores.parquet'}'" for work in ("duckdb", "spark"))
    with duckdb.connect() as connection:
        kinds = [connection.execute(f"describe {scores}").fetchall() for scores in (one, other)]
        forecasts, customers = connection.execute(f"select count(clv), count(*) {one}").fetchall()[
            0
        ]
        found = connection.execute(
            f"select count(*) from (({one} except all {other}) union all"
            f" ({other} except all {one}))"
        ).fetchall()
    return forecasts, found[0][0] if kinds[0] == kinds[1] else customers


def _purchases(chance: random.Random) -> Iterator[Purchase]:
    """Yield what customers bought who differ, and what a crowd did who hardly do."""
    for number in range(CUSTOMERS):
        day = FIRST + timedelta(days=chance.randrange(1200))
        usual, worth = chance.choice([3, 14, 30, 90]), chance.lognormvariate(8, 1)
        for _ in range(1 + chance.randrange(1 + number % 12)):
            name = chance.choice(["kunde", "KUNDE", "kündé"]) if number % 7 == 0 else "kunde"
            yield number, f"{name}-{number}", day, chance.randrange(86_400), _amount(worth, chance)
            day += timedelta(days=chance.choice([0, 0, 1, usual, usual, usual + 1, 5 * usual]))
    for number in range(CUSTOMERS, CUSTOMERS + CROWD):
        habit, usual = number % 9, chance.lognormvariate(8, 1)
        for visit in range(1 + habit % 4):
            day = FIRST + timedelta(days=97 * habit + 60 * visit * (1 + habit % 3))
            cents = int(usual * chance.uniform(0.5, 1.5))
            yield number, f"crowd-{number}", day, 7, f"{cents // 100}.{cents % 100:02}"


def _amount(worth: float, chance: random.Random) -> str:
    own = int(worth * chance.uniform(0.5, 1.5))
    cents = chance.choice([1000, 2005, own, own, own, own, own, own])
    cents = chance.choice([0, 10**11]) if chance.random() < 0.01 else cents
    sign = "-" if chance.random() < 0.05 else ""
    return f"{sign}{cents // 100}.{cents % 100:02}{chance.choice(['', '', '5', '49'])}"


def _csv(file: Path, rows: Sequence[Purchase], chance: random.Random) -> None:
    delimiter = chance.choice([",", ";", "\t", "|"])
    order = chance.sample(range(3), 3)
    header = ["customer_id", chance.choice(["date", "day"]), "amount"]
    lines = [
        [
            name + chance.choice(["", "", " "]),
            chance.choice(_DAYS)(day),
            chance.choice(_TEXTS)(amount, chance),
        ]
        for _, name, day, _, amount in rows
    ]
    for bad in chance.sample(_BAD, 6):
        lines.insert(chance.randrange(len(lines)), bad)
    with file.open("w", encoding="utf-8", newline="") as opened:
        quoting = chance.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
        writer = csv.writer(opened, delimiter=delimiter, lineterminator="\n", quoting=quoting)
        for cells in (header, *lines):
            writer.writerow([cells[place] for place in order] if len(cells) == 3 else cells)
        opened.write(f'x"y{delimiter}2024-01-01{delimiter}"1\n')


def _parquet(file: Path, rows: Sequence[Purchase], chance: random.Random, *, whole: bool) -> None:
    day, amount = chance.choice(_DATES), chance.choice(_AMOUNTS)
    name = _IDS[-1] if whole else chance.choice(_IDS)
    with duckdb.connect() as connection:
        connection.execute(
            "create table rows (number int, id text, day date, second bigint, amount text)"
        )
        connection.register("given", pd.DataFrame(rows, columns=["a", "b", "c", "d", "e"]))
        connection.execute("insert into rows from given")
        connection.execute("insert into rows values (null, null, date '2024-01-01', 0, '5')")
        connection.execute("insert into rows values (9, 'kunde-9', null, 0, '5')")
        connection.execute("insert into rows values (9, 'kunde-9', date '2024-01-01', 0, null)")
        connection.execute(
            f"copy (select {amount} as amount, {day} as date, 'x' as note, {name} as customer_id"
            f" from rows) to '{file}' (format parquet)"
        )
