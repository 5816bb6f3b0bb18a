"""The file of scores, and the list of rows that were set apart."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

import duckdb

from suitecrm_bridge.errors import StoreError
from suitecrm_bridge.files import replacing
from suitecrm_bridge.harmless import in_csv
from suitecrm_bridge.i18n import text
from suitecrm_bridge.purchase_files.paths import form_of
from suitecrm_bridge.purchase_files.reading import Bad

_UNITS = "cast(cast({} as decimal(20,0)) * cast(0.01 as decimal(3,2)) as decimal(20,2))"
_DAY = "date '1970-01-01' + cast({} as integer)"
_FORMULA = "^[\\s\\x00-\\x20\\x{200b}-\\x{200f}\\x{2060}\\x{feff}]*[=+\\-@＝＋－＠]|^[\\t\\r\\n]"

SCORES = f"""
select
  {{name}} as customer_id, r.rfm_segment, r.rfm_score, r.rfm_recency, r.rfm_frequency,
  r.rfm_monetary, r.recency_days, {_DAY.format("r.first_day")} as first_purchase,
  {_DAY.format("r.last_day")} as last_purchase, r.purchase_count,
  {_UNITS.format("r.total_cents")} as purchase_total,
  {_UNITS.format("r.average_cents")} as average_purchase,
  l.lifecycle, c.alive_probability, c.purchase_probability, c.expected_purchases,
  case when l.lifecycle <> 'lapsed' then {_DAY.format("c.next_day")} end as next_purchase,
  {_UNITS.format("c.clv_cents")} as clv, c.churn_risk
from rfm as r
join customer_names as n using (customer_id)
join lifecycle as l using (customer_id)
join clv as c using (customer_id)
order by n.name
"""


def write_scores(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    """Write the tables `rfm`, `lifecycle` and `clv` as one file, a row a customer, in their order.

    Raises:
        StoreError: it cannot be written.
    """
    form = form_of(file)
    name, options = "n.name", "format parquet, compression zstd"
    if form == "csv":
        # What a spreadsheet would calculate is kept from it, as in every table of the bridge.
        words = "cast(n.name as varchar)"
        formula = f"regexp_matches({words}, '{_FORMULA}')"
        name = f"case when {formula} then concat(chr(39), {words}) else {words} end"
        options = "format csv, header true"
    beside = file.with_name(f".{file.name}.new")
    quoted = str(beside.absolute()).replace("'", "''")
    try:
        beside.unlink(missing_ok=True)
        connection.execute("set preserve_insertion_order = true")
        connection.execute(f"copy ({SCORES.format(name=name)}) to '{quoted}' ({options})")
        beside.replace(file)
    except (OSError, duckdb.Error) as error:
        raise StoreError(text("purchase_files.not_written", file=file, error=error)) from error
    finally:
        beside.unlink(missing_ok=True)


def write_bad(rows: Iterable[Bad], file: Path) -> None:
    """Write the rows that were set apart as CSV: file, row, reason, and their cells.

    Raises:
        StoreError: it cannot be written.
    """
    try:
        with replacing(file, private=True) as opened:
            words = io.TextIOWrapper(
                opened, encoding="utf-8", errors="backslashreplace", newline=""
            )
            writer = csv.writer(words, lineterminator="\n")
            writer.writerow(["file", "row", "reason", "customer_id", "date", "amount"])
            for bad in rows:
                cells = (bad.customer_id, bad.date, bad.amount)
                why = text(f"purchase_files.row_{bad.reason}")
                writer.writerow([in_csv(bad.file), bad.row, why, *map(in_csv, cells)])
            words.flush()
            words.detach()
    except (OSError, duckdb.Error) as error:
        raise StoreError(text("purchase_files.not_written", file=file, error=error)) from error
