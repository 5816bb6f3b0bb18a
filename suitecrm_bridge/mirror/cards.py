"""What SuiteCRM's card shows beside the fields: what changed when, and what an action stands on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb

from suitecrm_bridge.catalogue import ENTITY_MODULES, LEAVING, Entity, catalogue
from suitecrm_bridge.mirror.transaction import transaction
from suitecrm_bridge.mirror.writeback import NO_PROFILING, PLACES_OF_PEOPLE

TABLES = """
CREATE TABLE card_changes (
    entity VARCHAR NOT NULL,
    customer_id VARCHAR NOT NULL,
    what VARCHAR NOT NULL,
    since DATE NOT NULL,
    value VARCHAR NOT NULL,
    PRIMARY KEY (entity, customer_id, what, since)
);
CREATE TABLE cards_told (
    entity VARCHAR NOT NULL,
    customer_id VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    PRIMARY KEY (entity, customer_id)
);
"""

MOST_CHANGES = 60
"""The latest of a customer that are told."""

_NEEDED = frozenset(
    {"rfm_segment", "next_action", "standing", "complaint_open", "action_rule", "purchase_months"}
)
_BATCH = 2_000
_EVERYBODY = ""
"""Stands in the place of a customer where it is noted that all were told."""
_ROUGHLY = 50
"""What a year would bring moves a little every night. It is told anew once it has moved by some
2 in a hundred: in steps of its logarithm."""


@dataclass(frozen=True)
class Change:
    """Since when something of a customer is as it is: segment, action, programme or complaint.

    `value` is the key of a segment, an action or a programme, open or none; empty where a
    programme ended.
    """

    what: str
    since: date
    value: str


@dataclass(frozen=True)
class Card:
    """What is told of a customer; `digest` is by what it is known again.

    `rule` gave the action, `months` is what the last twelve brought (see `analytics/months.py`).
    Of those who leave, `expected` is the day by which a purchase was expected, `kept` what a year
    would bring, `attempts` how often somebody tried to reach them.
    """

    customer_id: str
    rule: str | None
    expected: date | None
    kept: Decimal | None
    attempts: int | None
    months: str | None
    changes: Sequence[Change]
    digest: str


class Cards:
    """The tables `card_changes` and `cards_told`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def note(self, entity: Entity) -> None:
        """Note what the scores as they stand, and programmes, have changed since the last time.

        Segments of days before the first time come from the snapshots. What a run for a past day
        finds is no news.
        """
        if not self._is_scored(entity):
            return
        with transaction(self._connection):
            self._connection.execute(_BEFORE.format(entity=entity))
            self._connection.execute(_NEWS.format(entity=entity, now=_now(entity)))
            self._connection.execute(_NO_NEWS.format(entity=entity))
            self._connection.execute(
                "DELETE FROM card_changes WHERE entity = ? AND customer_id NOT IN"
                f" (SELECT customer_id FROM scores_{entity})",
                [entity],
            )

    def stand(self, entity: Entity) -> bool:
        """Return whether all was told, and nothing has changed since that cards are made from."""
        rows = self._connection.execute(
            "SELECT digest FROM cards_told WHERE entity = ? AND customer_id = ?",
            [entity, _EVERYBODY],
        ).fetchall()
        return bool(rows) and rows[0][0] == self._made_from(entity)

    def settle(self, entity: Entity) -> None:
        """Note that all was told."""
        if (made_from := self._made_from(entity)) is not None:
            self._connection.execute(
                "INSERT OR REPLACE INTO cards_told VALUES (?, ?, ?)",
                [entity, _EVERYBODY, made_from],
            )

    def _made_from(self, entity: Entity) -> str | None:
        """Return what cards are the same by; None where nobody knows what the scores are from."""
        table = catalogue().modules[ENTITY_MODULES[entity]].table
        rows = self._connection.execute(
            "SELECT t.comment, (SELECT CAST(bit_xor(hash(p.person, p.programme)) AS VARCHAR)"
            f" FROM ({PLACES_OF_PEOPLE}) p),"
            f" (SELECT CAST(bit_xor(hash(id)) AS VARCHAR) FROM {table} WHERE {NO_PROFILING})"
            " FROM duckdb_tables() t WHERE t.table_name = ? AND NOT t.temporary",
            [f"scores_{entity}"],
        ).fetchall()
        if not rows or rows[0][0] is None:
            return None
        return " ".join(map(str, rows[0]))

    def untold(self, entity: Entity) -> Iterator[Card]:
        """Yield the cards that differ from what was told, in the order of their ids.

        What is noted as told meanwhile changes nothing of what comes.
        """
        if not self._is_scored(entity):
            return
        found = self._connection.cursor().execute(_cards(entity), [entity, entity])
        while batch := found.fetchmany(_BATCH):
            for id, rule, expected, kept, attempts, months, changes, digest in batch:
                told = [Change(one["what"], one["since"], one["value"]) for one in changes or ()]
                yield Card(id, rule, expected, kept, attempts, months, told, digest)

    def gone(self, entity: Entity) -> list[str]:
        """Return who was told of and is to have no card: not there any more, or objecting."""
        if not self._is_scored(entity):
            return []
        rows = self._connection.execute(
            "SELECT customer_id FROM cards_told WHERE entity = ? AND customer_id <> ?"
            f" AND customer_id NOT IN (SELECT customer_id FROM ({_shown(entity)})) ORDER BY 1",
            [entity, _EVERYBODY],
        ).fetchall()
        return [id for (id,) in rows]

    def told(self, entity: Entity, cards: Sequence[Card], gone: Sequence[str]) -> None:
        """Note what was told, and who was taken away."""
        with transaction(self._connection):
            self._connection.execute(
                "INSERT OR REPLACE INTO cards_told"
                " SELECT ?, unnest(?::VARCHAR[]), unnest(?::VARCHAR[])",
                [entity, [card.customer_id for card in cards], [card.digest for card in cards]],
            )
            self._connection.execute(
                "DELETE FROM cards_told WHERE entity = ?"
                " AND customer_id IN (SELECT unnest(?::VARCHAR[]))",
                [entity, list(gone)],
            )

    def doubt(self) -> None:
        """Forget what was told: SuiteCRM may not have it any more."""
        self._connection.execute("DELETE FROM cards_told")

    def _is_scored(self, entity: Entity) -> bool:
        rows: list[Any] = self._connection.execute(
            "SELECT column_name FROM duckdb_columns() WHERE table_name = ?", [f"scores_{entity}"]
        ).fetchall()
        return _NEEDED.issubset(column for (column,) in rows)


_BEFORE = """
INSERT INTO card_changes SELECT entity, customer_id, 'segment', as_of, rfm_segment
FROM snapshots WHERE entity = '{entity}' AND rfm_segment IS NOT NULL
    AND as_of < (SELECT max(as_of) FROM scores_{entity})
    AND NOT EXISTS (SELECT 1 FROM card_changes WHERE entity = '{entity}')
QUALIFY rfm_segment IS DISTINCT FROM
    lag(rfm_segment) OVER (PARTITION BY customer_id ORDER BY as_of)
"""
_NEWS = """
INSERT OR REPLACE INTO card_changes
SELECT '{entity}', n.customer_id, n.what, n.as_of, n.value FROM ({now}) n
LEFT JOIN (
    SELECT customer_id, what, max(since) AS since, max_by(value, since) AS value
    FROM card_changes WHERE entity = '{entity}' GROUP BY ALL
) l USING (customer_id, what)
WHERE n.value IS DISTINCT FROM coalesce(l.value, n.nothing)
    AND n.as_of >= coalesce(l.since, n.as_of)
"""

_NO_NEWS = """
DELETE FROM card_changes USING (
    SELECT customer_id, what, since, value, lag(value) OVER (
        PARTITION BY customer_id, what ORDER BY since
    ) AS before
    FROM card_changes WHERE entity = '{entity}'
) n
WHERE card_changes.entity = '{entity}' AND n.customer_id = card_changes.customer_id
    AND n.what = card_changes.what AND n.since = card_changes.since
    AND n.value = coalesce(n.before, CASE n.what WHEN 'complaint' THEN 'none' ELSE '' END)
"""
"""Of what changed and changed back on one day, a change from itself to itself would stay."""


def _shown(entity: Entity) -> str:
    """Return the scores of those who do not object to them, in SQL."""
    table = catalogue().modules[ENTITY_MODULES[entity]].table
    return (
        f"SELECT s.* FROM scores_{entity} s JOIN {table} o ON o.id = s.customer_id"
        f" WHERE NOT coalesce(o.{NO_PROFILING}, false)"
    )


def _now(entity: Entity) -> str:
    """Return how everything stands, and how it stands where nothing was ever noted, in SQL."""
    return (
        "SELECT customer_id, as_of, 'segment' AS what, rfm_segment AS value, '' AS nothing"
        f" FROM scores_{entity} WHERE rfm_segment IS NOT NULL"
        " UNION ALL SELECT customer_id, as_of, 'action', next_action, ''"
        f" FROM scores_{entity} WHERE next_action IS NOT NULL"
        " UNION ALL SELECT customer_id, as_of, 'complaint',"
        " CASE WHEN complaint_open > 0 THEN 'open' ELSE 'none' END, 'none'"
        f" FROM scores_{entity}"
        " UNION ALL SELECT customer_id, as_of, 'programme', coalesce(p.programme, ''), ''"
        f" FROM scores_{entity} LEFT JOIN ({PLACES_OF_PEOPLE}) p ON p.person = customer_id"
    )


def _cards(entity: Entity) -> str:
    leaving = ", ".join(f"'{standing}'" for standing in LEAVING)
    of_leavers = {"expected_by": "expected", "kept_value": "kept", "attempts": "attempts"}
    theirs = ", ".join(
        f"CASE WHEN s.standing IN ({leaving}) THEN s.{column} END AS {name}"
        for column, name in of_leavers.items()
    )
    kept = f"CAST(round({_ROUGHLY} * ln(greatest(kept, 1))) AS VARCHAR)"
    parts = ("action_rule", "CAST(expected AS VARCHAR)", kept, "CAST(attempts AS VARCHAR)")
    texts = (*parts, "purchase_months", "CAST(changes AS VARCHAR)")
    whole = ", ".join(f"coalesce({part}, '')" for part in texts)
    return (
        "WITH changes AS (SELECT customer_id, list({'what': what, 'since': since, 'value': value}"
        " ORDER BY since DESC, what) AS changes FROM card_changes WHERE entity = ? GROUP BY ALL),"
        f" cards AS (SELECT s.customer_id, s.action_rule, {theirs}, s.purchase_months,"
        f" c.changes[1:{MOST_CHANGES}] AS changes"
        f" FROM ({_shown(entity)}) s LEFT JOIN changes c USING (customer_id)),"
        f" marked AS (SELECT *, md5(concat_ws('|', {whole})) AS digest FROM cards)"
        " SELECT m.* FROM marked m LEFT JOIN cards_told t"
        " ON t.entity = ? AND t.customer_id = m.customer_id"
        " WHERE m.digest IS DISTINCT FROM t.digest ORDER BY m.customer_id"
    )
