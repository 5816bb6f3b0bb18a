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
from suitecrm_bridge.purchase_files.counts import Bad
from suitecrm_bridge.purchase_files.paths import form_of

_UNITS = "cast(cast({} as decimal(20,0)) * cast(0.01 as decimal(3,2)) as decimal(20,2))"
_DAY = "date '1970-01-01' + cast({} as integer)"
_FORMULA = "^[\\s\\x00-\\x20\\x{200b}-\\x{200f}\\x{2060}\\x{feff}]*[=+\\-@＝＋－＠]|^[\\t\\r\\n]"

SCORED = """
select
  n.name as name, r.rfm_segment, r.rfm_score, r.rfm_recency, r.rfm_frequency, r.rfm_monetary,
  r.recency_days, r.first_day, r.last_day, r.purchase_count, r.total_cents, r.average_cents,
  l.lifecycle, c.alive_probability, c.purchase_probability, c.expected_purchases,
  case when l.lifecycle <> 'lapsed' then c.next_day end as next_day, c.clv_cents, c.churn_risk
from rfm as r
join customer_names as n on n.customer_id = r.customer_id
join lifecycle as l on l.customer_id = r.customer_id
join clv as c on c.customer_id = r.customer_id
"""
"""The scores of every customer in SQL, on any engine, in days and hundredths."""

_SHOWN = f"""
select
  {{name}} as customer_id, rfm_segment, rfm_score, rfm_recency, rfm_frequency, rfm_monetary,
  recency_days, {_DAY.format("first_day")} as first_purchase,
  {_DAY.format("last_day")} as last_purchase, purchase_count,
  {_UNITS.format("total_cents")} as purchase_total,
  {_UNITS.format("average_cents")} as average_purchase,
  lifecycle, alive_probability, purchase_probability, expected_purchases,
  {_DAY.format("next_day")} as next_purchase, {_UNITS.format("clv_cents")} as clv, churn_risk
from {{scored}} as s
order by s.name
"""


def write_scores(
    connection: duckdb.DuckDBPyConnection, file: Path, scored: str = f"({SCORED})"
) -> None:
    """Write the scores as one file, a row a customer, in their order.

    Args:
        connection: the database.
        file: the file.
        scored: what `SCORED` says in SQL, or a table that holds it.

    Raises:
        StoreError: it cannot be written.
    """
    form = form_of(file)
    name, options = "s.name", "format parquet, compression zstd"
    if form == "csv":
        # What a spreadsheet would calculate is kept from it, as in every table of the bridge.
        words = "cast(s.name as varchar)"
        formula = f"regexp_matches({words}, '{_FORMULA}')"
        name = f"case when {formula} then concat(chr(39), {words}) else {words} end"
        options = "format csv, header true"
    beside = file.with_name(f".{file.name}.new")
    quoted = str(beside.absolute()).replace("'", "''")
    try:
        beside.unlink(missing_ok=True)
        connection.execute("set preserve_insertion_order = true")
        shown = _SHOWN.format(name=name, scored=scored)
        connection.execute(f"copy ({shown}) to '{quoted}' ({options})")
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
