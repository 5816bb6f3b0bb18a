"""What two bridges must agree on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.sandbox import Store

Row = dict[str, Any]
Rows = dict[str, list[Row]]
SCORED = ("contacts", "accounts", "cases")


def mirror_rows(home: Path) -> Rows:
    """Return what a mirror holds: records, links, scores, scans under way, dead letters.

    Left out is what tells when a bridge worked: ledger, runs, bookmarks, the letters' attempts.
    """
    tables = [module.table for module in catalogue().modules.values()]
    tables += [*catalogue().links, *(f"scores_{table}" for table in SCORED), "scans"]
    queries = {name: f"SELECT * FROM {name} ORDER BY ALL" for name in tables}  # noqa: S608
    queries["dead_letters"] = "SELECT direction, module, record_id FROM dead_letters ORDER BY ALL"
    found = {}
    with Mirror.open(home) as mirror:
        for table, query in queries.items():
            rows = mirror.connection.execute(query)
            names = [column[0] for column in rows.description or []]
            found[table] = [dict(zip(names, row, strict=True)) for row in rows.fetchall()]
    return found


def remember(home: Path, other: Path) -> None:
    """Let the mirror in `other` know how the one in `home` saw cases stand, and when.

    Without SuiteCRM's history only who looked at the time can tell.
    """
    with Mirror.open(home) as mirror:
        seen = mirror.connection.execute("SELECT * FROM observed_statuses").fetchall()
    with Mirror.open(other) as mirror:
        for row in seen:
            mirror.connection.execute(
                "INSERT INTO observed_statuses VALUES (?, ?, ?, ?, ?, ?)", list(row)
            )


def crm_rows(store: Store) -> Rows:
    """Return every record of the modules that the bridge knows."""
    return {module: store.rows(module) for module in catalogue().modules}


def differences(what: str, found: Rows, wanted: Rows) -> list[str]:
    """Return a line on every table that differs, with one row that does."""
    return [
        f"{what} {table}: {_difference(rows, wanted[table])}"
        for table, rows in found.items()
        if rows != wanted[table]
    ]


def _difference(rows: list[Row], others: list[Row]) -> str:
    own = [row for row in rows if row not in others]
    missing = [row for row in others if row not in rows]
    if not own or not missing:
        return (
            f"{len(own)} rows too many, {len(missing)} missing: {_key((own + missing or [{}])[0])}"
        )
    twin = next((row for row in missing if _key(row) == _key(own[0])), missing[0])
    columns = [f"{n}: {own[0][n]!r} for {twin[n]!r}" for n in own[0] if own[0][n] != twin[n]]
    return f"{len(own)} rows differ, {_key(own[0])}: {'; '.join(columns)}"


def _key(row: Row) -> str:
    names = [name for name in row if name == "id" or name.endswith("_id")][:3]
    return " ".join(str(row[name]) for name in names[:1] if name == "id") or str(
        [row[name] for name in names]
    )
