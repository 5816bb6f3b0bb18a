"""What two bridges must agree on, and what a run may do that meets what cannot be believed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from suitecrm_bridge import errors
from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.push.lists import LISTS
from suitecrm_bridge.sandbox import Store

if TYPE_CHECKING:
    from chaos_world import Run

DONE, PARTIAL = 0, errors.WriteBackError.exit_code
NOT_BELIEVED = errors.NotBelieved.exit_code
INCOMPLETE = errors.Incomplete.exit_code
STOPPED = errors.Stopped.exit_code
PASSING = {
    DONE,
    PARTIAL,
    STOPPED,
    errors.ApiError.exit_code,
    errors.AuthenticationError.exit_code,
    errors.DataError.exit_code,
    INCOMPLETE,
}
"""How a run under faults may end. Any other code is a finding: 1 is a mistake of the bridge's own,
2 a wrong setting, 5 a spoilt mirror, 8 a lock that a dead run left behind."""
Row = dict[str, Any]
Rows = dict[str, list[Row]]
TABLES = "SELECT table_name FROM information_schema.tables"
SCORED = ("contacts", "accounts", "cases")
MEMBERS = "prospect_lists_prospects"


def refused(run: Run) -> Iterator[str]:
    """Nothing may be written from what cannot be believed, and nobody may call that done."""
    if run.writes:
        yield f"{len(run.writes)} writes, of {_some(run)}"
    if run.code == DONE:
        yield "ended with 0"


def incomplete(run: Run, modules: Collection[str]) -> Iterator[str]:
    """Figures of what cannot be read stay as they are, and the run says that it is not done."""
    if run.calm and run.code not in _codes(modules):
        yield f"ended with {run.code}, not {INCOMPLETE}"
    elif run.code == DONE:
        yield "ended with 0"
    stale = [(m, i, v) for m, i, v in run.writes if v.keys() & _made_from(m, modules)]
    if stale:
        yield f"{len(stale)} writes of figures made from {', '.join(modules)}, of {_some(run)}"


def healed(first: Run, again: Run) -> Iterator[str]:
    """A run that met a restored database left nothing for one that reads everything to write."""
    if first.code not in (DONE, PARTIAL):
        yield f"ended with {first.code}"
    elif again.writes:
        yield f"{len(again.writes)} more writes when all was read, of {_some(again)}"


def set_apart(letters: list[Row], ids: Collection[str]) -> Iterator[str]:
    """What figures cannot bear is listed with a reason."""
    told = {letter["record_id"] for letter in letters if letter["reason"]}
    if untold := sorted(set(ids) - told):
        yield f"{len(untold)} of {len(ids)} bad records are not listed: {untold[0]}"


def _codes(modules: Collection[str]) -> set[int]:
    # Without the customers themselves no figure has any place to be.
    none_left = {"Contacts", "Accounts"} & set(modules)
    return {errors.AccessDenied.exit_code, INCOMPLETE} if none_left else {INCOMPLETE}


def _made_from(written: str, modules: Collection[str]) -> set[str]:
    """Return the fields of a module whose figures other modules decide."""
    if written in modules:
        return {field.name for field in catalogue().fields_of(written, "bridge")}
    names = {
        "AOS_Invoices": {"rfm_segment_c", "purchase_total_c", "last_purchase_c", "clv_c"},
        "AOS_Products_Quotes": {"margin_c", "profit_c"},
        "Cases": {"complaint_count_c", "complaint_open_c", "last_complaint_c"},
    }
    return set().union(*(names.get(module, set()) for module in modules))


def _some(run: Run) -> str:
    module, id_, values = run.writes[0]
    return f"{module} {id_}: {', '.join(sorted(values)[:4])}"


def without(rows: Rows, ids: Collection[str]) -> Rows:
    """Return rows but for those of some records, and what belongs to them."""
    if not ids:
        return rows
    return {
        table: [row for row in found if not set(ids) & set(_texts(row))]
        for table, found in rows.items()
    }


def _texts(row: Row) -> list[str]:
    return [value for name, value in row.items() if name.endswith("id") and isinstance(value, str)]


def mirror_rows(home: Path) -> Rows:
    """Return what a mirror holds: records, links, scores, scans under way, dead letters.

    Left out is what tells when a bridge worked: ledger, runs, bookmarks, the letters' attempts.
    """
    tables = [module.table for module in catalogue().modules.values()]
    tables += [*catalogue().links, *(f"scores_{table}" for table in SCORED), "scans"]
    tables += ["programme_enrolments", "programme_contacts"]
    queries = {name: f"SELECT * FROM {name} ORDER BY ALL" for name in tables}
    queries["dead_letters"] = "SELECT direction, module, record_id FROM dead_letters ORDER BY ALL"
    found: Rows = {}
    with Mirror.open(home) as mirror:
        # Scores have no table before the first.
        there = {name for (name,) in mirror.connection.execute(TABLES).fetchall()}
        for table, query in queries.items():
            if table not in there:
                found[table] = []
                continue
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
    """Return every record of the modules that the bridge knows, and who is on which target list."""
    known = {module: store.rows(module) for module in (*catalogue().modules, LISTS)}
    return known | {MEMBERS: store.link_rows(MEMBERS)}


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
