"""Records that could not be read or written: why, how often, and when they are tried again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

import duckdb

from suitecrm_bridge.mirror.conversion import naive
from suitecrm_bridge.patience import RECORDS_AGAIN, record_pause

if TYPE_CHECKING:
    import pandas as pd

Direction = Literal["write", "read"]
Key = tuple[str, str]
"""(module, record id)"""

_DUE = "(next_try_at <= $now OR last_tried_at > $now)"
"""What was tried in the future was so while a clock was wrong."""
_AGAIN = (
    "CASE WHEN dead_letters.attributes = excluded.attributes"
    " THEN dead_letters.attempts + 1 ELSE 1 END"
)


@dataclass(frozen=True)
class DeadLetter:
    """What failed, with the reason in words.

    `attributes` is what was to be written; `record` the record where SuiteCRM answered one.
    """

    module: str
    record_id: str
    attributes: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""
    record: Mapping[str, Any] | None = None


class DeadLetters:
    """The dead letters. Every method is one statement, so that it can join a transaction.

    A letter waits longer after each attempt. One tried `most_attempts` times is given up, until
    somebody retries it by hand or other values are to be written.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, most_attempts: int = RECORDS_AGAIN
    ) -> None:
        self._connection = connection
        self._most = most_attempts

    def failed(
        self,
        direction: Direction,
        module: str,
        record_id: str,
        reason: str,
        attributes: Mapping[str, Any],
        now: datetime,
    ) -> None:
        """Note that a record failed; see `add`."""
        self.add(direction, [DeadLetter(module, record_id, attributes, reason)], now)

    def add(self, direction: Direction, letters: Sequence[DeadLetter], now: datetime) -> None:
        """Note records that failed, each but once; other attributes are counted anew."""
        self._connection.execute(
            "INSERT INTO dead_letters SELECT direction, module, record_id, reason, attributes,"
            f" attempts, now, now, now + {record_pause('attempts')}"
            " FROM (SELECT ? AS direction, unnest(?::VARCHAR[]) AS module,"
            " unnest(?::VARCHAR[]) AS record_id, unnest(?::VARCHAR[]) AS reason,"
            " unnest(?::VARCHAR[]) AS attributes, 1 AS attempts, ?::TIMESTAMP AS now)"
            " ON CONFLICT (direction, module, record_id) DO UPDATE SET reason = excluded.reason,"
            " attributes = excluded.attributes, last_tried_at = excluded.last_tried_at,"
            f" attempts = {_AGAIN}, next_try_at = excluded.last_tried_at + {record_pause(_AGAIN)}",
            [
                direction,
                [letter.module for letter in letters],
                [letter.record_id for letter in letters],
                [letter.reason for letter in letters],
                [as_json(letter.attributes) for letter in letters],
                naive(now),
            ],
        )

    def ids(self, direction: Direction, module: str) -> set[str]:
        """Return the ids of a module's records with a letter, whether it is to be tried or not."""
        rows = self._connection.execute(
            "SELECT record_id FROM dead_letters WHERE direction = ? AND module = ?",
            [direction, module],
        ).fetchall()
        return {record_id for (record_id,) in rows}

    def due(self, direction: Direction, now: datetime) -> list[Key]:
        """Return what is to be tried again now."""
        return self._connection.execute(
            "SELECT module, record_id FROM dead_letters"
            " WHERE direction = $direction AND attempts < $most"
            f" AND {_DUE} ORDER BY ALL",
            {"direction": direction, "most": self._most, "now": naive(now)},
        ).fetchall()

    def waiting(self, direction: Direction, now: datetime) -> dict[Key, str]:
        """Return what is not to be tried now, given up or too early, with its attributes as JSON.

        Other attributes than these (see `as_json`) may be tried all the same.
        """
        rows = self._connection.execute(
            "SELECT module, record_id, attributes::VARCHAR FROM dead_letters"
            f" WHERE direction = $direction AND (attempts >= $most OR NOT {_DUE})",
            {"direction": direction, "most": self._most, "now": naive(now)},
        ).fetchall()
        return {(module, record_id): attributes for module, record_id, attributes in rows}

    def settle(self, direction: Direction, settled: Iterable[Key]) -> None:
        """Take away letters whose records succeeded, or are no longer asked for."""
        keys = list(settled)
        self._connection.execute(
            "DELETE FROM dead_letters WHERE direction = ? AND (module, record_id) IN"
            " (SELECT (unnest(?::VARCHAR[]), unnest(?::VARCHAR[])))",
            [direction, [module for module, _ in keys], [record_id for _, record_id in keys]],
        )

    def settle_but(self, direction: Direction, wanted: Iterable[Key]) -> None:
        """Take away every letter whose record is not among `wanted`."""
        rows = self._connection.execute(
            "SELECT module, record_id FROM dead_letters WHERE direction = ?", [direction]
        ).fetchall()
        self.settle(direction, sorted(set(rows) - set(wanted)))

    def retry(self, now: datetime, record_ids: Sequence[str] | None = None) -> int:
        """Make letters due now, their attempts counted anew; return how many there were.

        Args:
            now: the time.
            record_ids: whose letters; None: all of them.
        """
        changed = self._connection.execute(
            "UPDATE dead_letters SET attempts = 0, next_try_at = ?"
            " WHERE ? IS NULL OR record_id IN (SELECT unnest(?::VARCHAR[])) RETURNING record_id",
            [naive(now), record_ids and "some", list(record_ids or [])],
        ).fetchall()
        return len(changed)

    def frame(self) -> pd.DataFrame:
        """Return all letters.

        Columns out: direction, module, record_id, attempts, given_up (bool), first_failed_at,
        last_tried_at, next_try_at (UTC; missing once given up), reason.
        """
        return self._connection.execute(
            "SELECT direction, module, record_id, attempts, attempts >= $most AS given_up,"
            " first_failed_at, last_tried_at,"
            " CASE WHEN attempts < $most THEN next_try_at END AS next_try_at, reason"
            " FROM dead_letters ORDER BY direction, module, record_id",
            {"most": self._most},
        ).df()


def as_json(attributes: Mapping[str, Any]) -> str:
    """Return attributes as the mirror keeps them: equal ones are equal texts."""
    return json.dumps(attributes, default=str, ensure_ascii=False, sort_keys=True)
