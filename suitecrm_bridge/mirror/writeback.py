"""What was written to SuiteCRM, and what to compare for the next write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import duckdb

from suitecrm_bridge.catalogue import Drift, Field, catalogue
from suitecrm_bridge.mirror.conversion import naive
from suitecrm_bridge.mirror.dead_letters import DeadLetter, DeadLetters, as_json
from suitecrm_bridge.mirror.records import Records
from suitecrm_bridge.mirror.scores import KEYS, Scored
from suitecrm_bridge.mirror.transaction import transaction
from suitecrm_bridge.mirror.unanswered import Unanswered

NO_PROFILING = "no_profiling_c"
"""Ticked by people where a customer objects to profiling."""
_BATCH = 5_000
_NEARLY = Decimal("0.9")


@dataclass(frozen=True)
class AnsweredWrite:
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
        self, entity: Scored, module: str, wanted: Mapping[str, str]
    ) -> Iterator[tuple[str, tuple[Any, ...], tuple[Any, ...]]]:
        """Yield (record id, wanted values, mirrored values) where there may be reason to write.

        So there may be where a write was not answered, whatever the mirror holds. Of a customer who
        objects to profiling nothing is wanted: the fields are emptied.

        `wanted` maps each field to the score column that fills it; both tuples follow its order.
        Values that are the same as SuiteCRM would keep them, or nearly so, may come too.
        """
        columns = [f's."{column}"' for column in wanted.values()]
        mirrored = [f'r."{field}"' for field in wanted]
        key, table = f"s.{KEYS[entity]}", catalogue().modules[module].table
        rows = self._connection.cursor().execute(
            f"SELECT {key}, {', '.join(columns + mirrored)}"
            f" FROM {_scores(entity, module, wanted)} s JOIN {table} r ON r.id = {key}"
            f" WHERE {' OR '.join(may_differ(wanted))}"
            f" OR {key} IN (SELECT record_id FROM unanswered WHERE module = ?)"
            f" ORDER BY {key}",
            [module],
        )
        width = len(columns)
        while batch := rows.fetchmany(_BATCH):
            for row in batch:
                yield row[0], row[1 : 1 + width], row[1 + width :]

    def record(
        self, now: datetime, written: Sequence[AnsweredWrite], failed: Sequence[DeadLetter]
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
        self, module: str, stamp: datetime | None, written: Sequence[AnsweredWrite]
    ) -> None:
        ids = [write.record_id for write in written]
        self._connection.execute(
            "INSERT OR REPLACE INTO ledger SELECT ?, unnest(?::VARCHAR[]), unnest(?::VARCHAR[]), ?",
            [module, ids, [as_json(write.attributes) for write in written], stamp],
        )
        self._letters.settle("write", [(module, record_id) for record_id in ids])
        self.unanswered.settle(module, ids)
        self._records.update(module, [write.record for write in written])


def may_differ(wanted: Mapping[str, str]) -> list[str]:
    """Return the conditions of which one holds where there is reason to write, or nearly one.

    They spare Python the many rows that are the same; the rule itself is `catalogue/differing.py`.
    `wanted` maps each field to the score column that fills it.
    """
    fields = {name: catalogue().fields[name] for name in wanted}
    found = [
        _drifted(field, field.drift, wanted[name]) if field.drift else _differs(field, wanted[name])
        for name, field in fields.items()
        if not field.accompanies
    ]
    # What was written along with others, and is not there, was lost.
    found += [
        f'(s."{wanted[name]}" IS NOT NULL AND r."{name}" IS NULL)'
        for name, field in fields.items()
        if field.accompanies
    ]
    return found or ["false"]


def _differs(field: Field, column: str) -> str:
    if field.type == "decimal":
        kind = f"DECIMAL(26, {field.scale or 0})"
        return f'CAST(s."{column}" AS {kind}) IS DISTINCT FROM CAST(r."{field.name}" AS {kind})'
    return f's."{column}" IS DISTINCT FROM r."{field.name}"'


def _drifted(field: Field, drift: Drift, column: str) -> str:
    one, other = f's."{column}"', f'r."{field.name}"'
    # Rounding may carry a value a little further than it is here: the plan decides.
    allowed = str(drift.amount * _NEARLY)
    if field.type == "date":
        apart = f"abs(date_diff('day', {one}, {other}))"
    else:
        apart = f"abs({one} - {other})"
    if drift.relative:
        allowed = f"{allowed} / 100 * greatest(abs({one}), abs({other}))"
    return f"coalesce({apart} > {allowed}, ({one} IS NULL) <> ({other} IS NULL))"


def _scores(entity: Scored, module: str, wanted: Mapping[str, str]) -> str:
    """Return the scores as SuiteCRM is to have them: none of those who object to profiling.

    Beside them where each customer stands in a programme: the one whose wave came last. Of those
    who are only measured nothing is said, so that nobody treats them otherwise.
    """
    table = catalogue().modules[module].table
    if NO_PROFILING not in catalogue().columns_of(module):
        return f"scores_{entity}"
    columns = ", ".join(
        f"CASE WHEN NOT coalesce(o.{NO_PROFILING}, false) THEN {_place_or_score(column)}"
        f' ELSE {_emptied(name)} END AS "{column}"'
        for column, name in {column: name for name, column in wanted.items()}.items()
    )
    key = KEYS[entity]
    return (
        f"(SELECT t.{key}, {columns} FROM scores_{entity} t JOIN {table} o ON o.id = t.{key}"
        f" LEFT JOIN ({PLACES_OF_PEOPLE}) p ON p.person = t.{key})"
    )


PLACES_OF_PEOPLE = """
SELECT e.person, max_by(e.programme, (e.wave_since, e.programme)) AS programme,
    max_by(e.wave, (e.wave_since, e.programme)) AS programme_step,
    max_by(e.since, (e.wave_since, e.programme)) AS programme_since,
    max_by(coalesce(w.said, ''), (e.wave_since, e.programme)) AS programme_reason,
    max_by(k.code, (e.wave_since, e.programme)) AS programme_code
FROM programme_enrolments e LEFT JOIN programme_words w USING (programme, wave)
LEFT JOIN programme_codes k ON k.programme = e.programme AND k.person = e.person
WHERE e.ended IS NULL AND NOT e.paused AND e.arm = 'treated' GROUP BY e.person
"""
"""By person the programme that they are in; of several, the one whose wave came last."""
PLACES = (
    "programme",
    "programme_step",
    "programme_since",
    "programme_reason",
    "programme_code",
)
"""Columns beside the scores: where a customer stands in a programme."""


def _emptied(name: str) -> str:
    """Return what stays of a field that is emptied: a box that is not ticked stays as it is."""
    return f'nullif(o."{name}", true)' if catalogue().fields[name].type == "bool" else "NULL"


def _place_or_score(column: str) -> str:
    return f'{"p" if column in PLACES else "t"}."{column}"'
