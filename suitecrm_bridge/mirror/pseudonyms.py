"""A copy of the mirror in memory in which nobody can be known, for what is handed on.

What is made of such a copy names nobody, in whichever format, because nobody is named in it. Keyed
hashes take the place of ids, names, addresses and numbers: two copies by one key can be joined, and
without the key nobody can go back. Free text is left out.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb

from suitecrm_bridge.catalogue import LANGUAGES, catalogue
from suitecrm_bridge.errors import StoreError
from suitecrm_bridge.files import write_whole
from suitecrm_bridge.i18n import text
from suitecrm_bridge.ids import canonical_sql
from suitecrm_bridge.mirror.lock import MIRROR_FILE
from suitecrm_bridge.mirror.upgrades import upgrade

KEY_FILE = "pseudonyms.key"
_BYTES, _BLOCK = 32, 64
_ID_DIGITS, _SHORT = 20, 10
REAL = "real"
"""What the true mirror is called beside the copy."""

_PREFIX: Mapping[str, str] = {
    "Contacts": "C",
    "Accounts": "A",
    "Leads": "L",
    "Prospects": "T",
}
_REACHED: Mapping[str, str] = {
    "email1": "mail",
    "phone_work": "phone",
    "phone_mobile": "phone",
    "phone_office": "phone",
}
_PLACES = ("street", "city")
_NO_IDS = ("currency_id",)
_KEPT_TEXTS = frozenset(
    (
        "parent_type",
        "target_type",
        "lawful_basis",
        "primary_address_country",
        "billing_address_country",
        "rfm_score_c",
        "programme_c",
        "programme_step_c",
    )
)
"""Columns of a record's words that are nobody's own: SuiteCRM's, the bridge's, or a country."""
_NAMED = ("AOS_Products", "Campaigns", "Surveys", "SurveyQuestions")
"""Modules whose records are called by their names: none of them is a person's."""
_NUMBERS = ("number", "case_number")
_UNSAID = ("review_reason",)
"""Sentences that may repeat what somebody typed."""

_IDS = frozenset(
    ("person", "customer_id", "record_id", "case_id", "owner", "list_id", "product", "occasion")
)
_COPIED: Mapping[str, Mapping[str, str]] = {
    "schema_migrations": {},
    "bookmarks": {},
    "reconciliations": {},
    "made_by": {},
    "sources": {"reason": "NULL"},
    "stale_when_scored": {},
    "runs": {"error": "NULL", "figures": "'{}'"},
    "snapshots": {},
    "snapshot_cuts": {},
    "observed_statuses": {},
    "programmes": {},
    "programme_bounds": {},
    "programme_contacts": {},
    "programme_deliveries": {"key": "{id}", "target": "NULL"},
    "programme_enrolments": {},
    "programme_insides": {},
    "programme_lists": {"id": "{id}"},
    "programme_members": {},
    "programme_users": {"id": "{id}"},
    "programme_verdicts": {},
    "segment_places": {},
}
"""Tables of the bridge's own that figures are made from, with what becomes of some columns; `{id}`
is the pseudonym of what stands there. All others stay empty."""
_HISTORY = {"id": "{id}"}
_HISTORY_FIELDS = ("status", "state")


def key_of(home: Path) -> bytes:
    """Return the secret of the installation, made when it is first asked for.

    Raises:
        StoreError: it cannot be read or written.
    """
    file = home / KEY_FILE
    try:
        if not file.is_file():
            write_whole(file, secrets.token_hex(_BYTES), private=True)
        return bytes.fromhex(file.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as error:
        raise StoreError(text("privacy.no_key", file=file, error=error)) from error


def copied(home: Path, config: Mapping[str, Any]) -> duckdb.DuckDBPyConnection:
    """Return a connection with such a copy of the mirror in a folder, which nobody has open.

    Raises:
        StoreError: it cannot be copied.
    """
    file = str(home.absolute() / MIRROR_FILE).replace("'", "''")
    key, beside = key_of(home), home.absolute() / "pseudonyms.tmp"
    connection = duckdb.connect(":memory:", config={**config, "temp_directory": str(beside)})
    try:
        upgrade(connection)
        connection.execute(f"ATTACH '{file}' AS {REAL} (READ_ONLY)")
        fill(connection, key)
        connection.execute(f"DETACH {REAL}")
    except duckdb.Error as error:
        connection.close()
        raise StoreError(text("privacy.not_copied", file=file, error=error)) from error
    return connection


def fill(connection: duckdb.DuckDBPyConnection, key: bytes) -> None:
    """Fill the empty mirror of a connection from the one that is attached as `REAL`."""
    hashed = _Hashes(key)
    there = _columns(connection, REAL)
    own = _columns(connection, None)
    for table, expressions in _tables(hashed, there):
        if table not in own:
            # Scores have no table before there are any.
            listed = ", ".join(f'{made} AS "{name}"' for name, made in expressions.items())
            connection.execute(f"CREATE TABLE {table} AS SELECT {listed} FROM {REAL}.main.{table}")
            continue
        names = [name for name in expressions if name in own[table]]
        where = f" WHERE field IN {_HISTORY_FIELDS}" if table == "history" else ""
        connection.execute(f"DELETE FROM {table}")
        connection.execute(
            f"INSERT INTO {table} ({', '.join(map(_quoted, names))})"
            f" SELECT {', '.join(expressions[name] for name in names)}"
            f" FROM {REAL}.main.{table}{where}"
        )


class _Hashes:
    """Expressions of SQL for the keyed hash of a value (HMAC-SHA256)."""

    def __init__(self, key: bytes) -> None:
        padded = key.ljust(_BLOCK, b"\0")
        self._outer = bytes(byte ^ 0x5C for byte in padded).hex()
        self._inner = bytes(byte ^ 0x36 for byte in padded).hex()

    def of(self, what: str, value: str) -> str:
        """Return the hash of a value in 64 hexadecimal digits; null of null."""
        inner = f"sha256(from_hex('{self._inner}') || encode('{what} ' || {value}))"
        return f"sha256(from_hex('{self._outer}') || from_hex({inner}))"

    def id(self, column: str) -> str:
        """Return the pseudonym of an id; what stands for none stays."""
        hashed = self.of("id", canonical_sql(f"CAST({column} AS VARCHAR)"))
        return (
            f"CASE WHEN {column} IN ('', '0') THEN {column} ELSE left({hashed}, {_ID_DIGITS}) END"
        )

    def name(self, prefix: str, names: str) -> str:
        """Return what somebody is called who has the names; nothing where there are none."""
        short = f"left({self.id('id')}, {_SHORT})"
        return f"CASE WHEN trim(concat({names})) <> '' THEN '{prefix}-' || {short} END"

    def filled(self, what: str, column: str) -> str:
        """Return a word for a value, the same for the same; nothing where there is none."""
        hashed = self.of(what, f"lower(trim({column}))")
        return f"CASE WHEN trim({column}) <> '' THEN left({hashed}, {_SHORT}) END"

    def reached(self, how: str, column: str) -> str:
        """Return an address or a number at which nobody is reached."""
        if how == "mail":
            return f"{self.filled('mail', column)} || '@pseudonym.invalid'"
        digits = f"regexp_replace({column}, '[^0-9]', '', 'g')"
        hashed = f"left({self.of('phone', digits)}, {_SHORT})"
        turned = f"'000' || translate({hashed}, 'abcdef', '012345')"
        return f"CASE WHEN trim({column}) <> '' THEN {turned} END"

    def number(self, column: str) -> str:
        """Return a number in the place of one by which a record is known."""
        hashed = self.of("number", f"CAST({column} AS VARCHAR)")
        return f"CAST('0x' || left({hashed}, {_SHORT}) AS BIGINT)"


def _tables(
    hashed: _Hashes, there: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each table that is copied, with an expression for each of its columns."""
    for key, module in catalogue().modules.items():
        yield module.table, dict(_of_module(hashed, key, there[module.table]))
    for link in catalogue().links.values():
        yield link.table, {name: hashed.id(_quoted(name)) for name in (link.own_id, link.other_id)}
    for table, columns in there.items():
        if table.startswith("scores_"):
            yield table, {name: _of_score(hashed, name, kind) for name, kind in columns.items()}
        elif table in _COPIED or table == "history":
            given = _COPIED.get(table, _HISTORY)
            yield table, {name: _of_own(hashed, name, given) for name in columns}


def _of_module(
    hashed: _Hashes, module: str, columns: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    for name, kind in catalogue().columns_of(module).items():
        if name in columns:
            yield name, _of_value(hashed, module, name, kind)


def _of_value(hashed: _Hashes, module: str, name: str, kind: str) -> str:
    column = _quoted(name)
    if kind == "id":
        return column if name in _NO_IDS else hashed.id(column)
    if name in _NUMBERS:
        return hashed.number(column)
    if kind == "text":
        return _of_text(hashed, module, name)
    return "NULL" if name == "birthdate" else column


def _of_text(hashed: _Hashes, module: str, name: str) -> str:
    column, prefix = _quoted(name), _PREFIX.get(module)
    if name in _KEPT_TEXTS or (name == "name" and module in _NAMED):
        return column
    if prefix is None:
        return "NULL"
    if name in ("last_name", "name"):
        return hashed.name(prefix, "name" if name == "name" else "first_name, last_name")
    if name in _REACHED:
        return hashed.reached(_REACHED[name], column)
    if name.endswith(_PLACES):
        return hashed.filled("place", column)
    # As much of it as regions are made of.
    return f"left(trim({column}), 2)" if name.endswith("postalcode") else "NULL"


def _of_score(hashed: _Hashes, name: str, kind: str) -> str:
    column = _quoted(name)
    if name in _IDS:
        return hashed.id(column)
    sentences = {f"{one}_{lang}" for one in _UNSAID for lang in LANGUAGES}
    return f"CAST(NULL AS {kind})" if name in sentences else column


def _of_own(hashed: _Hashes, name: str, given: Mapping[str, str]) -> str:
    column = _quoted(name)
    if name in given:
        return given[name].format(id=hashed.id(column)) if "{id}" in given[name] else given[name]
    return hashed.id(column) if name in _IDS else column


def _columns(
    connection: duckdb.DuckDBPyConnection, database: str | None
) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for table, name, kind in connection.execute(
        "SELECT c.table_name, c.column_name, c.data_type FROM duckdb_columns() c"
        " JOIN duckdb_tables() t USING (database_name, schema_name, table_name)"
        " WHERE NOT t.temporary AND c.schema_name = 'main'"
        " AND c.database_name = coalesce(?, current_database())"
        " ORDER BY table_name, column_index",
        [database],
    ).fetchall():
        found.setdefault(table, {})[name] = kind
    return found


def _quoted(name: str) -> str:
    return f'"{name}"'
