"""Score purchases that lie in files, without a CRM."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from suitecrm_bridge.catalogue import Rules
from suitecrm_bridge.errors import DataError, NotBelieved
from suitecrm_bridge.files import is_within
from suitecrm_bridge.i18n import number, text
from suitecrm_bridge.purchase_files import (
    LOCAL,
    Counts,
    Purchases,
    SparkPurchases,
    form_of,
    found,
    write_bad,
)

if TYPE_CHECKING:
    from suitecrm_bridge.analytics.engine import SqlEngine

Work: TypeAlias = Literal["duckdb", "spark"]
"""What reads the files and makes the figures."""

HANDFUL = 5
"""Rows that may be set apart whatever share of them it is."""


@dataclass(frozen=True)
class FileChoices:
    """What an installation chose about scoring files: see the table of settings.

    `work` is what does it; `master` is where, if it is Spark.
    """

    min_buyers: int
    discount_rate: float
    max_lost: int
    memory_mb: int
    zone: str = "UTC"
    rules: Rules = field(default_factory=Rules)
    work: Work = "duckdb"
    master: str = LOCAL


@dataclass(frozen=True)
class Scored:
    """What came of it: files, rows, where the rows set apart are listed, and remarks in words."""

    files: int
    counts: Counts
    bad: Path | None
    reasons: dict[str, int] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def score_files(
    path: str, output: Path, as_of: date, choices: FileChoices, *, accept: bool
) -> Scored:
    """Score the customers of purchases in files, into a file.

    Args:
        path: of a file, a folder, or with `*`; see `purchase_files.found`.
        output: the file, of Parquet or CSV.
        as_of: the day to score for.
        choices: what the installation chose.
        accept: believe that many rows are bad.

    Raises:
        NotFound: there is no file.
        DataError: a file cannot be read, lacks a column, or the output lies among them.
        NotBelieved: too many rows would be set apart; nothing was written.
        StoreError: disk or memory do not suffice.
        ConfigurationError: Spark is to do it, and is not there.
    """
    form_of(output)
    files = found(path)
    if output.absolute() in files or (Path(path).is_dir() and is_within(output, Path(path))):
        raise DataError(text("purchase_files.among", file=output))
    output.parent.mkdir(parents=True, exist_ok=True)
    listed = output.with_name(f"{output.stem}.set-apart.csv")
    with _opened(files, output.parent, choices) as purchases:
        counts = purchases.read()
        if not accept:
            _believe(purchases, counts, choices.max_lost)
        remarks = _score(purchases, as_of, choices)
        reasons: Counter[str] = Counter()
        listed.unlink(missing_ok=True)
        if counts.set_apart:
            write_bad(purchases.bad(reasons), listed)
        purchases.write(output)
    bad = listed if counts.set_apart else None
    return Scored(len(files), counts, bad, dict(reasons), remarks)


def _opened(files: list[Path], folder: Path, choices: FileChoices) -> Purchases | SparkPurchases:
    known = (files, folder, choices.memory_mb, choices.zone)
    return SparkPurchases(*known, choices.master) if choices.work == "spark" else Purchases(*known)


def _believe(purchases: Purchases | SparkPurchases, counts: Counts, percent: int) -> None:
    if not counts.rows:
        raise DataError(text("purchase_files.no_rows"))
    good = counts.rows - counts.set_apart
    if good and counts.set_apart <= max(HANDFUL, counts.rows * percent // 100):
        return
    first = next(islice(purchases.bad(), 1))
    raise NotBelieved(
        text(
            "purchase_files.too_many_bad",
            bad=number(counts.set_apart),
            rows=number(counts.rows),
            file=first.file,
            row=first.row,
            reason=text(f"purchase_files.row_{first.reason}"),
            percent=percent,
        )
    )


def _engine(purchases: Purchases | SparkPurchases) -> SqlEngine:
    # Imported where they run: a wrong path or header is told at once.
    from suitecrm_bridge.analytics.engine import Engine
    from suitecrm_bridge.analytics.spark import SparkEngine

    if isinstance(purchases, SparkPurchases):
        return SparkEngine(purchases.session)
    return Engine(purchases.connection)


def _score(purchases: Purchases | SparkPurchases, as_of: date, choices: FileChoices) -> list[str]:
    import pandas as pd

    from suitecrm_bridge.analytics import clv, lifecycle, rfm

    engine, rules = _engine(purchases), choices.rules
    engine.view("purchases", "purchase_rows", rfm.ANYBODY)
    engine.view("customers", "customer_names", rfm.ANYBODY)
    nothing = pd.DataFrame({"entity": [""], "customer_id": [0], "first_day": [0]}).head(0)
    engine.table("new_products", nothing)
    rfm.rank(engine, {rfm.ANYBODY: "fifths"}, "invoices", as_of, choices.min_buyers, rules.rfm)
    lifecycle.compute(engine, as_of, rules.lifecycle)
    valuations = clv.compute(engine, as_of, discount_rate=choices.discount_rate)
    remarks = [line for one in valuations.values() for line in one.remarks()]
    by_rhythm = rfm.cuts(engine)[rfm.ANYBODY].basis == "rhythm"
    return [text("analytics.by_rhythm"), *remarks] if by_rhythm else remarks
