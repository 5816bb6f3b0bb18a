"""Which programmes run, who is and was in them, who waits, and who was addressed when."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import duckdb

from suitecrm_bridge.mirror.programmes.bounds import Bounds
from suitecrm_bridge.mirror.programmes.coupons import Coupons
from suitecrm_bridge.mirror.programmes.deliveries import Deliveries
from suitecrm_bridge.mirror.programmes.frames import rows
from suitecrm_bridge.mirror.programmes.lists import TargetLists
from suitecrm_bridge.mirror.programmes.messages import Messages
from suitecrm_bridge.mirror.programmes.returning import Returning
from suitecrm_bridge.mirror.programmes.switches import Switches
from suitecrm_bridge.mirror.programmes.verdicts import Verdicts
from suitecrm_bridge.mirror.transaction import transaction

if TYPE_CHECKING:
    import pandas as pd

STOPPED = "stopped"
"""Why somebody left whose programme a person stopped."""
HARM = "harm"
"""Why somebody left whose programme did harm."""
RESET = "reset"
"""Why somebody left whose place a person ended, so that they may enter again."""
PAUSING = ("serious_complaint", "unreadable")
"""Reasons for which somebody in a programme is off its list until they are over."""
_DAY = "date_diff('day', DATE '1970-01-01', {})"


@dataclass(frozen=True)
class State:
    """Whether a programme runs, since when, and when it was stopped last."""

    running: bool
    since: date
    stopped: date | None


class Programmes:
    """The tables `programmes` and `programme_…`, see `tables.py`.

    `lists` has those of target lists, `verdicts` that of what was told, `bounds` that of what one
    person may bring, `switches` that of who started and stopped them last, `messages` those of the
    messages that go to lists, `deliveries` those of what is delivered by the bridge itself,
    `coupons` that of codes.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self.lists = TargetLists(connection)
        self.verdicts = Verdicts(connection)
        self.bounds = Bounds(connection)
        self.switches = Switches(connection)
        self.messages = Messages(connection)
        self.deliveries = Deliveries(connection)
        self.coupons = Coupons(connection)
        self.returning = Returning(connection)

    def states(self) -> dict[str, State]:
        """Return the state of every programme that was ever started."""
        found = self._connection.execute("SELECT key, running, since, stopped FROM programmes")
        return {row[0]: State(*row[1:]) for row in found.fetchall()}

    def start(self, key: str, day: date) -> None:
        """Note that a programme runs from a day on; one that runs already goes on as it is."""
        self._connection.execute(
            "INSERT INTO programmes (key, running, since) VALUES (?, true, ?)"
            " ON CONFLICT (key) DO UPDATE SET running = true, since = excluded.since,"
            " stopped = NULL, looked = false WHERE NOT running",
            [key, day],
        )

    def stop(self, key: str, day: date, why: str = STOPPED) -> int:
        """Note that a programme does not run any more; return how many it had."""
        with transaction(self._connection):
            self._connection.execute(
                "UPDATE programmes SET running = false, stopped = ? WHERE key = ? AND running",
                [day, key],
            )
            left = self._connection.execute(
                "UPDATE programme_enrolments SET ended = ?, why = ? WHERE programme = ?"
                " AND ended IS NULL RETURNING person",
                [day, why, key],
            ).fetchall()
            for table in ("programme_waiting", "programme_insides"):
                self._connection.execute(f"DELETE FROM {table} WHERE programme = ?", [key])
        return len(left)

    def reset(self, key: str, person: str, day: date) -> int:
        """End a person's place in a programme and let them enter again; return how often they were.

        What was is kept: who they are, when they were addressed, and how they were measured.
        """
        with transaction(self._connection):
            self._connection.execute(
                "UPDATE programme_enrolments SET ended = ?, why = ? WHERE programme = ?"
                " AND person = ? AND ended IS NULL",
                [day, RESET, key, person],
            )
            entries = self._connection.execute(
                "INSERT OR REPLACE INTO programme_resets SELECT programme, person, since"
                " FROM programme_enrolments WHERE programme = ? AND person = ? RETURNING since",
                [key, person],
            ).fetchall()
            self._connection.execute(
                "DELETE FROM programme_insides WHERE programme = ? AND person = ?", [key, person]
            )
        return len(entries)

    def resets(self) -> set[tuple[str, str, int]]:
        """Return programme, person and day since 1970 of the entries that count no more."""
        found = self._connection.execute(
            f"SELECT programme, person, {_DAY.format('since')} FROM programme_resets"
        )
        return {(row[0], row[1], int(row[2])) for row in found.fetchall()}

    def say(self, words: Mapping[tuple[str, str], str]) -> None:
        """Keep what is said on records of each programme and wave."""
        with transaction(self._connection):
            self._connection.execute("DELETE FROM programme_words")
            for (programme, wave), said in words.items():
                self._connection.execute(
                    "INSERT INTO programme_words VALUES (?, ?, ?)", [programme, wave, said]
                )

    def enrolled(self, day: date) -> pd.DataFrame:
        """Return who ever entered a programme, the days counted since 1970.

        A wave that was decided and not carried out yet is as if it came that day.
        """
        since = "CASE WHEN n.person IS NULL THEN e.wave_since ELSE $day END"
        return rows(
            self._connection,
            f"SELECT programme, person, arm, {_DAY.format('e.since')} AS since, occasion, product,"
            f" wave, {_DAY.format(since)} AS wave_since, {_DAY.format('ended')} AS ended"
            f" FROM programme_enrolments e LEFT JOIN ({_UNDONE}) n USING (programme, person, since)"
            " ORDER BY programme, person, since",
            {"day": day},
        )

    def segments(self) -> pd.DataFrame:
        """Return the segments of the last snapshot before each entry.

        Columns: programme, person, since (days since 1970), segment (missing without a snapshot).
        """
        return rows(
            self._connection,
            f"SELECT e.programme, e.person, {_DAY.format('e.since')} AS since,"
            " s.rfm_segment AS segment FROM programme_enrolments e ASOF LEFT JOIN snapshots s"
            " ON s.customer_id = e.person AND s.as_of <= e.since",
        )

    def waiting(self) -> pd.DataFrame:
        """Return who was put off: programme, person, occasion, since, due, reason."""
        return rows(
            self._connection,
            f"SELECT programme, person, occasion, {_DAY.format('since')} AS since,"
            f" {_DAY.format('due')} AS due, reason FROM programme_waiting"
            " ORDER BY programme, person",
        )

    def made(self) -> pd.DataFrame:
        """Return every contact: programme, wave, person, channel, day (since 1970)."""
        return rows(
            self._connection,
            f"SELECT programme, wave, person, channel, {_DAY.format('day')} AS day"
            " FROM programme_contacts ORDER BY day, programme, wave, person",
        )

    def accept(
        self,
        plan: pd.DataFrame,
        channels: Mapping[tuple[str, str], str],
        insides: Mapping[str, Collection[str]],
        day: date,
    ) -> None:
        """Keep what was decided, all of it or nothing; a second time changes nothing.

        Args:
            plan: as `analytics.programmes.plan` makes it.
            channels: by programme and wave.
            insides: by programme that was planned, those that its beginning condition holds of.
            day: the day that was planned.
        """
        with transaction(self._connection):
            self._stage(plan, channels)
            for statement in _ACCEPT:
                named = {"day": day} if "$day" in statement else None
                self._connection.execute(statement, named)
            self.deliveries.queue(day)
            self._look(insides, day)
            self._connection.execute("DROP TABLE decided")

    def _stage(self, plan: pd.DataFrame, channels: Mapping[tuple[str, str], str]) -> None:
        import numpy as np

        counts = plan[~plan["decision"].isin(["excluded"])]
        columns = {name: counts[name].to_numpy(dtype=object) for name in _TEXTS}
        columns["due"] = counts["due"].to_numpy(dtype=np.int64)
        columns["new"] = counts["new"].to_numpy(dtype=bool)
        pairs = zip(counts["programme"], counts["wave"], strict=True)
        columns["channel"] = np.array([channels.get(pair, "") for pair in pairs], dtype=object)
        casts = [f"CAST({name} AS VARCHAR) AS {name}" for name in columns if name not in _NO_TEXT]
        self._connection.register("decided_given", columns)
        try:
            self._connection.execute(
                "CREATE OR REPLACE TEMP TABLE decided AS SELECT"
                f" {', '.join([*casts, *_NO_TEXT])} FROM decided_given"
            )
        finally:
            self._connection.unregister("decided_given")

    def _look(self, insides: Mapping[str, Collection[str]], day: date) -> None:
        for key, people in insides.items():
            self._connection.execute("DELETE FROM programme_insides WHERE programme = ?", [key])
            self._connection.execute(
                "INSERT INTO programme_insides SELECT ?, unnest(?::VARCHAR[])", [key, list(people)]
            )
            self._connection.execute("UPDATE programmes SET looked = true WHERE key = ?", [key])
            self._connection.execute(
                "DELETE FROM programme_waiting WHERE programme = ? AND person NOT IN (SELECT person"
                " FROM decided WHERE programme = ? AND new AND decision = 'deferred')",
                [key, key],
            )

    def counts(self) -> dict[str, tuple[int, int, int, int]]:
        """Return by programme: people in it, controls of them, who waits, contacts made so far."""
        counted = self._connection.execute(
            "SELECT p.key, count(e.person) FILTER (WHERE e.ended IS NULL),"
            " count(e.person) FILTER (WHERE e.ended IS NULL AND e.arm = 'control'),"
            " (SELECT count(*) FROM programme_waiting w WHERE w.programme = p.key),"
            " (SELECT count(*) FROM programme_contacts c WHERE c.programme = p.key)"
            " FROM programmes p LEFT JOIN programme_enrolments e ON e.programme = p.key"
            " GROUP BY p.key"
        ).fetchall()
        return {row[0]: (row[1], row[2], row[3], row[4]) for row in counted}

    def explained(self, person: str) -> Sequence[tuple[Any, ...]]:
        """Return what programmes have, or had, to do with a person, the latest first.

        Rows: programme, wave, arm, since, ended, why, reason and due (of one who waits).
        """
        return self._connection.execute(
            "SELECT programme, wave, arm, since, ended, why, NULL, NULL FROM programme_enrolments"
            " WHERE person = $person UNION ALL SELECT programme, '', '', since, NULL, NULL, reason,"
            " due FROM programme_waiting WHERE person = $person ORDER BY 4 DESC, 1",
            {"person": person},
        ).fetchall()


_TEXTS = ("programme", "wave", "person", "decision", "reason", "arm", "occasion", "product")
_NO_TEXT = ("due", "new")
_OF_DECIDED = "e.programme = d.programme AND e.person = d.person AND e.ended IS NULL AND NOT d.new"
_HELD_DAYS = 30
"""For how many days a list that cannot be filled keeps those who are to be on it at their wave."""
_UNDONE = (
    "WITH inside AS (SELECT programme, person, since, wave, arm FROM programme_enrolments"
    "  WHERE ended IS NULL AND arm = 'treated')"
    " SELECT i.programme, i.person, i.since FROM inside i JOIN programme_deliveries u"
    "  USING (programme, person, since, wave) WHERE u.made IS NULL AND NOT EXISTS (SELECT 1"
    "   FROM dead_letters f WHERE f.direction = 'write' AND f.record_id IN (u.key, u.target))"
    " UNION SELECT i.programme, i.person, i.since FROM (SELECT i.*, l.id AS list_id FROM inside i"
    "   JOIN programme_lists l USING (programme, wave, arm)) i"
    "  ANTI JOIN programme_members m ON m.list_id = i.list_id AND m.person = i.person"
    "  SEMI JOIN programme_contacts c ON c.programme = i.programme AND c.wave = i.wave"
    "   AND c.person = i.person AND c.channel = 'mail' AND c.day >= i.since"
    f"   AND c.day > $day - {_HELD_DAYS}"
)
"""Whose wave was decided, and nothing of it has reached SuiteCRM, a file or a receiver yet: a run
was cut off, or has more to do than goes into one."""
_ACCEPT = (
    f"UPDATE programme_enrolments e SET wave_since = $day FROM ({_UNDONE}) n"
    " WHERE n.programme = e.programme AND n.person = e.person AND n.since = e.since",
    "UPDATE programme_enrolments e SET ended = $day, why = d.reason FROM decided d"
    f" WHERE {_OF_DECIDED} AND d.decision = 'leaves'",
    f"UPDATE programme_enrolments e SET paused = d.decision = 'deferred' AND d.reason IN {PAUSING}"
    f" FROM decided d WHERE {_OF_DECIDED}",
    "UPDATE programme_enrolments e SET wave = d.wave, wave_since = $day, attempts = e.attempts + 1"
    f" FROM decided d WHERE {_OF_DECIDED} AND d.decision IN ('enters', 'control')",
    "INSERT OR IGNORE INTO programme_enrolments SELECT programme, person, $day, arm, occasion,"
    " product, wave, $day, 1, false, NULL, NULL FROM decided"
    " WHERE new AND decision IN ('enters', 'control') AND arm <> ''",
    "INSERT OR IGNORE INTO programme_contacts SELECT programme, wave, person, channel, $day"
    " FROM decided WHERE decision = 'enters'",
    "INSERT INTO programme_waiting SELECT programme, person, occasion, $day,"
    " DATE '1970-01-01' + CAST(due AS INTEGER), reason FROM decided"
    " WHERE new AND decision = 'deferred'"
    " ON CONFLICT (programme, person) DO UPDATE SET due = excluded.due, reason = excluded.reason",
)
