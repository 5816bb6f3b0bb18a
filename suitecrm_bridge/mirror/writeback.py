"""What was written to SuiteCRM, and what to compare for the next write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.mirror.dead_letters import DeadLetter, DeadLetters, as_json
from suitecrm_bridge.mirror.records import Records
from suitecrm_bridge.mirror.scores import Entity
from suitecrm_bridge.mirror.transaction import transaction
from suitecrm_bridge.mirror.unanswered import Unanswered
from suitecrm_bridge.mirror.values import naive

_BATCH = 5_000


@dataclass(frozen=True)
class Written:
    """A write that SuiteCRM answered: what was sent, and the record as it came back."""

    module: str
    record_id: str
    attributes: Mapping[str, Any]
    record: Mapping[str, Any]


class WriteBack:
    """The ledger of writes, and in `unanswered` what was sent and not answered."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, letters: DeadLetters) -> None:
        self._connection = connection
        self._letters = letters
        self._records = Records(connection)
        self.unanswered = Unanswered(connection)

    def compare(
        self, entity: Entity, module: str, wanted: Mapping[str, str]
    ) -> Iterator[tuple[str, tuple[Any, ...], tuple[Any, ...]]]:
        """Yield (record id, wanted values, mirrored values) where the two may differ.

        So they may where a write was not answered, whatever the mirror holds.

        `wanted` maps each field to the score column that fills it; both tuples follow its order.
        Values that are the same as SuiteCRM would keep them may come too.
        """
        columns = [f's."{column}"' for column in wanted.values()]
        mirrored = [f'r."{field}"' for field in wanted]
        table = catalogue().modules[module].table
        rows = self._connection.cursor().execute(
            f"SELECT s.customer_id, {', '.join(columns + mirrored)}"
            f" FROM scores_{entity} s JOIN {table} r ON r.id = s.customer_id"
            f" WHERE {' OR '.join(_differ(*pair) for pair in wanted.items())}"
            " OR s.customer_id IN (SELECT record_id FROM unanswered WHERE module = ?)"
            " ORDER BY s.customer_id",
            [module],
        )
        width = len(columns)
        while batch := rows.fetchmany(_BATCH):
            for row in batch:
                yield row[0], row[1 : 1 + width], row[1 + width :]

    def record(
        self, now: datetime, written: Sequence[Written], failed: Sequence[DeadLetter]
    ) -> None:
        """Put answered writes into ledger and mirror, failed ones among the dead letters.

        One transaction. A write that succeeds takes its dead letter away.
        """
        stamp = naive(now)
        with transaction(self._connection):
            self._letters.add("write", failed, now)
            for letter in failed:
                if letter.record is not None:
                    self._records.update(letter.module, [letter.record])
            for module in sorted({write.module for write in written}):
                self._record_module(module, stamp, [w for w in written if w.module == module])

    def _record_module(
        self, module: str, stamp: datetime | None, written: Sequence[Written]
    ) -> None:
        ids = [write.record_id for write in written]
        self._connection.execute(
            "INSERT OR REPLACE INTO ledger SELECT ?, unnest(?::VARCHAR[]), unnest(?::VARCHAR[]), ?",
            [module, ids, [as_json(write.attributes) for write in written], stamp],
        )
        self._letters.settle("write", [(module, record_id) for record_id in ids])
        self.unanswered.settle(module, ids)
        self._records.update(module, [write.record for write in written])


def _differ(name: str, column: str) -> str:
    field = catalogue().fields[name]
    if field.type == "decimal":
        kind = f"DECIMAL(26, {field.scale or 0})"
        return f'CAST(s."{column}" AS {kind}) IS DISTINCT FROM CAST(r."{name}" AS {kind})'
    return f's."{column}" IS DISTINCT FROM r."{name}"'
