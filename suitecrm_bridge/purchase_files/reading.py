"""Files of purchases as the table `purchases`, read where they lie, with numbers for customers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

import duckdb

from suitecrm_bridge.errors import DataError, StoreError
from suitecrm_bridge.i18n import text
from suitecrm_bridge.ids import canonical_sql
from suitecrm_bridge.purchase_files.columns import GOOD, cents_sql, day_sql, id_sql, reason_sql
from suitecrm_bridge.purchase_files.counts import Bad, Counts
from suitecrm_bridge.purchase_files.sources import Source, lines_not_read, mended, sources
from suitecrm_bridge.purchase_files.writing import write_scores

SALTS = 16
"""How often another hash is tried where two customers share one: nobody will see the second."""

_OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "preserve_insertion_order": False,
}


class Purchases:
    """Purchases in files, read where they lie.

    `connection` has, once `read` was called, `purchase_rows` (customer_id, day, cents: a number
    for each customer, integer days, hundredths) and `customer_names` (customer_id, the number;
    name, what the files call them).

    Args:
        files: all of them.
        folder: where what does not fit into memory goes; nothing is left there.
        memory_mb: megabytes that the database may take before it does so.
        zone: where people work; moments that say where they are count on their day there.

    Raises:
        MissingColumns: a file lacks a column.
        DataError: a file cannot be read.
    """

    def __init__(
        self, files: Iterable[Path], folder: Path, memory_mb: int, zone: str = "UTC"
    ) -> None:
        self._zone = zone
        with ExitStack() as closing:
            spill = TemporaryDirectory(dir=folder, prefix=".purchases-", ignore_cleanup_errors=True)
            self._folder = Path(closing.enter_context(spill))
            config = _OFFLINE | {
                "memory_limit": f"{memory_mb}MB",
                "temp_directory": str(self._folder / "spill"),
            }
            self.connection = closing.enter_context(duckdb.connect(config=config))
            self.connection.execute("set enable_progress_bar = false")
            with self._errors():
                found = sources(self.connection, files)
                self._sources = [mended(self.connection, one, self._folder) for one in found]
            self._closing = closing.pop_all()
        self._as_text = not all(one.columns["customer_id"].is_whole for one in self._sources)

    def read(self) -> Counts:
        """Look at every row once, and number the customers."""
        with self._errors():
            return self._read()

    def _read(self) -> Counts:
        self._run(
            "create or replace temp table read_ids as"
            " select id, count(*) as size, count(case when good then 1 end) as good"
            f" from ({self._rows()}) group by id"
        )
        rows, good = self._one(
            "select coalesce(sum(size), 0), coalesce(sum(good), 0) from read_ids"
        )
        self._run("delete from read_ids where good = 0")
        key = self._key()
        self._run(
            f"create or replace temp table customer_names as select {key} as customer_id,"
            " id as name from read_ids"
        )
        self._run("drop table read_ids")
        alike = self._alike()
        known = f"select {key} as customer_id, day, cents from ({self._rows()}) where good"
        if alike:
            known = (
                "select coalesce(s.same, r.customer_id) as customer_id, r.day, r.cents"
                f" from ({known}) as r left join same_customers as s using (customer_id)"
            )
        self._run(f"create or replace temp view purchase_rows as {known}")
        (customers,) = self._one("select count(*) from customer_names")
        torn = sum(1 for _ in lines_not_read(self.connection))
        return Counts(rows + torn, rows - good + torn, customers)

    def bad(self, reasons: Counter[str] | None = None) -> Iterator[Bad]:
        """Yield the rows that were set apart, file by file, and count them by reason."""
        for one in self._every_bad():
            if reasons is not None:
                reasons[one.reason] += 1
            yield one

    def _every_bad(self) -> Iterator[Bad]:
        torn: dict[str, list[tuple[int, str]]] = {}
        for name, row, why in lines_not_read(self.connection):
            torn.setdefault(name, []).append((row, why))
        for source in self._sources:
            for file in source.files:
                read_as = str(source.copies.get(file, file))
                yield from self._bad(source, file, sorted(torn.get(read_as, ())))

    def _bad(self, source: Source, file: Path, torn: list[tuple[int, str]]) -> Iterator[Bad]:
        first = 1 if source.form == "csv" else 0
        waiting = iter([*torn, (None, "")])
        row, why = next(waiting)
        shown = ", ".join(
            f"coalesce(cast({source.columns[name].quoted} as varchar), '')"
            for name in ("customer_id", "date", "amount")
        )
        cursor = self.connection.cursor()
        cursor.execute(
            f"select bridge_place, reason, {shown} from ({self._of(source, file)})"
            " where reason is not null order by bridge_place"
        )
        passed = 0
        while found := cursor.fetchmany(1000):
            for place, reason, *cells in found:
                # Lines that could not be taken apart have no place of their own.
                while row is not None and row <= place + first + passed:
                    yield Bad(str(file), row, torn_reason(why), "", "", "")
                    passed += 1
                    row, why = next(waiting)
                yield Bad(str(file), place + first + passed, reason, *cells)
        while row is not None:
            yield Bad(str(file), row, torn_reason(why), "", "", "")
            row, why = next(waiting)

    def write(self, file: Path) -> None:
        """Write the scores that were made of them: see `write_scores`."""
        write_scores(self.connection, file)

    def _rows(self) -> str:
        return " union all ".join(self._of(source) for source in self._sources)

    def _of(self, source: Source, file: Path | None = None) -> str:
        """Rows with id, day, cents and good; those of one file with cells, places and reason."""
        columns = source.columns
        canonical = (
            f"select *, {id_sql(columns['customer_id'], as_text=self._as_text)} as bridge_id,"
            f" {day_sql(columns['date'], self._zone)} as bridge_day,"
            f" {cents_sql(columns['amount'])} as bridge_cents"
            f" from {source.sql(file, in_order=file is not None)}"
        )
        kept = (
            f"*, {reason_sql(columns)} as reason"
            if file
            else "bridge_id as id, cast(bridge_day as integer) as day, bridge_cents as cents,"
            f" {GOOD} as good"
        )
        return f"select {kept} from ({canonical})"

    def _key(self) -> str:
        """Return in SQL a number that each id has alone."""
        for salt in range(SALTS):
            key = hashed(salt)
            found, ids = self._one(f"select count(distinct {key}), count(*) from read_ids")
            if found == ids:
                return key
        raise DataError(text("purchase_files.no_key"))

    def _alike(self) -> bool:
        """Let customers whose ids are spelled in several ways be one, under the least spelling."""
        if not self._as_text:
            return False
        same = canonical_sql("name")
        # Only beside one that is spelled in another way than all compare it can there be a second.
        (odd,) = self._one(f"select count(*) from customer_names where name <> {same}")
        if not odd:
            return False
        several = f"select {same} as same from customer_names group by all having count(*) > 1"
        self._run(f"create or replace temp table spelled_alike as {several}")
        (count,) = self._one("select count(*) from spelled_alike")
        if not count:
            return False
        self._run(
            "create or replace temp table same_customers as"
            " select customer_id, first as same from ("
            "  select customer_id, min_by(customer_id, name) over (partition by same) as first"
            f"  from (select *, {same} as same from customer_names) semi join spelled_alike"
            "  using (same)"
            " ) where customer_id <> first"
        )
        self._run(
            "delete from customer_names where customer_id in"
            " (select customer_id from same_customers)"
        )
        return True

    def _run(self, query: str) -> None:
        self.connection.execute(query)

    def _one(self, query: str) -> tuple[int, ...]:
        return tuple(int(value) for value in self.connection.execute(query).fetchall()[0])

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except duckdb.Error as error:
            raise StoreError(text("purchase_files.failed", error=error)) from error

    def close(self) -> None:
        """Forget everything but the files."""
        self._closing.close()

    def __enter__(self) -> Purchases:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
        if isinstance(error, duckdb.Error):
            raise StoreError(text("purchase_files.failed", error=error)) from error


def hashed(salt: int) -> str:
    """Return a hash of `id` in SQL, another one for each salt."""
    return "hash(id)" if salt == 0 else f"hash(id, {salt})"


def torn_reason(why: str) -> str:
    """Return why a line of CSV could not be taken apart, from what DuckDB calls it."""
    words = why.lower()
    if "encoding" in words:
        return "bad_encoding"
    return "odd_quotes" if "quote" in words else "bad_columns"
