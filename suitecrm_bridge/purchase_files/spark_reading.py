"""Files of purchases as tables of Spark, and the scores as they come back from there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any
from urllib.parse import unquote, urlsplit

import duckdb

from suitecrm_bridge.errors import DataError
from suitecrm_bridge.i18n import text
from suitecrm_bridge.ids import canonical_sql
from suitecrm_bridge.purchase_files.counts import Bad, Counts
from suitecrm_bridge.purchase_files.reading import Purchases
from suitecrm_bridge.purchase_files.sources import sources
from suitecrm_bridge.purchase_files.spark_rows import headers, path, rows
from suitecrm_bridge.purchase_files.spark_session import failures, session
from suitecrm_bridge.purchase_files.writing import SCORED, write_scores

PART = 500_000
"""About that many customers come back at a time."""


class SparkPurchases:
    """Purchases in files, read by Spark where they lie, as `Purchases` are by DuckDB.

    `session` has, once `read` was called, `purchase_rows` (customer_id, day, cents) and
    `customer_names` (customer_id, what all spellings of an id have in common; name, what the files
    call them).

    Args:
        files: all of them, under paths that are the same wherever Spark works.
        folder: where what does not fit into memory goes; nothing is left there.
        memory_mb: megabytes that the process which leads the work may take.
        zone: where people work; moments that say where they are count on their day there.
        master: where the work goes.

    Raises:
        MissingColumns: a file lacks a column.
        DataError: a file cannot be read, or Spark would pass over it without a word.
        ConfigurationError: there is no Spark.
    """

    def __init__(
        self, files: Iterable[Path], folder: Path, memory_mb: int, zone: str, master: str
    ) -> None:
        self._beside, self._memory_mb, self._zone = folder, memory_mb, zone
        files = list(files)
        for file in files:
            if file.name.startswith(("_", ".")):
                raise DataError(text("purchase_files.passed_over", file=file))
        with ExitStack() as closing:
            spill = TemporaryDirectory(dir=folder, prefix=".purchases-", ignore_cleanup_errors=True)
            self._place = Path(closing.enter_context(spill)).absolute()
            with duckdb.connect() as connection:
                self._sources = sources(connection, files)
            self.session = closing.enter_context(session(master, self._place, memory_mb))
            self._closing = closing.pop_all()
        self._rows: Any = None

    def read(self) -> Counts:
        """Look at every row once, and name the customers."""
        as_text = not all(one.columns["customer_id"].is_whole for one in self._sources)
        key = canonical_sql("bridge_id") if as_text else "bridge_id"
        run = self.session.sql
        with failures():
            self._rows = rows(self.session, self._sources, self._zone, as_text=as_text)
            self._rows.createOrReplaceTempView("bridge_rows")
            ids = run(
                "select bridge_id, count(*) as size, count(case when good then 1 end) as good"
                " from bridge_rows group by bridge_id"
            )
            ids.persist().createOrReplaceTempView("read_ids")
            self._closing.callback(ids.unpersist)
            run(
                f"select {key} as customer_id, min(bridge_id) as name from read_ids"
                f" where good > 0 group by {key}"
            ).createOrReplaceTempView("customer_names")
            run(
                f"select {key} as customer_id, cast(bridge_day as integer) as day,"
                " bridge_cents as cents from bridge_rows where good"
            ).createOrReplaceTempView("purchase_rows")
            found = run("select coalesce(sum(size), 0), coalesce(sum(good), 0) from read_ids")
            (size, good), titles = found.collect()[0], headers(self._sources)
            customers = run("select count(*) from customer_names").collect()[0][0]
        return Counts(size - titles, size - titles - good, customers)

    def bad(self, reasons: Counter[str] | None = None) -> Iterator[Bad]:
        """Yield the rows that were set apart, file by file, and count them by reason.

        They are few, and are looked for here in the files that have any.
        """
        with failures():
            found = self._rows.where("not good").groupBy("bridge_file").count().collect()
        counts = {unquote(urlsplit(file).path): count for file, count in found}
        known = [(file, one.form == "csv") for one in self._sources for file in one.files]
        files = [file for file, has_header in known if counts.get(path(file), 0) > has_header]
        if set(counts) - {path(file) for file, _ in known}:
            files = [file for file, _ in known]  # whatever Spark calls them
        if not files:
            return
        with Purchases(files, self._beside, self._memory_mb, self._zone) as here:
            here.read()
            yield from here.bad(reasons)

    def write(self, file: Path) -> None:
        """Bring the scores back, and write them as `write_scores` does.

        Raises:
            StoreError: it cannot be written.
        """
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": f"{self._memory_mb}MB",
            "temp_directory": str(self._place / "scores"),
        }
        with duckdb.connect(config=config) as connection:
            for part in self._parts():
                connection.register("part_of_scores", part)
                connection.execute(
                    "create table if not exists scored as from part_of_scores limit 0"
                )
                connection.execute("insert into scored from part_of_scores")
                connection.unregister("part_of_scores")
            write_scores(connection, file, "scored")

    def _parts(self) -> Iterator[Any]:
        with failures():
            scored = self.session.sql(SCORED).persist()
            parts = scored.count() // PART + 1
            for part in range(parts):
                yield scored.where(f"pmod(xxhash64(name), {parts}) = {part}").toArrow()
            scored.unpersist()

    def close(self) -> None:
        """Forget everything but the files."""
        self._closing.close()

    def __enter__(self) -> SparkPurchases:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
