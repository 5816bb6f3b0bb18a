"""The package's own fields in one form each, so that what SuiteCRM holds can be compared.

docs/fast-routes.md describes the form; the package makes the same one of its columns. An empty
text is no value, an amount has the field's decimals, a time goes to the minute.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import duckdb

from suitecrm_bridge.catalogue import SEGMENT_FIELD, Field, catalogue

KEPT_DIGITS = 15
"""Hexadecimal digits of a record's MD5 that count: sixty bits."""
OF_ADDRESS = ("email_opt_out", "invalid_email")
"""What SuiteCRM keeps of an e-mail address. It changes without a date on any record that has it:
by a link in a mail, a mail that comes back, or another record with the same address."""


class OwnFields:
    """What the mirror believes that the package's fields hold, or held before it was lost."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def digest(self, module: str, columns: Collection[str]) -> tuple[int, int]:
        """Return of how many records the digest is, and the digest itself."""
        table = catalogue().modules[module].table
        ((records, number),) = self._connection.execute(
            f"SELECT count(*), coalesce(sum(CAST({number_of(module, columns)} AS HUGEINT)), 0)"
            f" FROM {table}"
        ).fetchall()
        return int(records), int(number)

    def remember_segments(self, module: str, condition: str = "true") -> None:
        """Remember which segments records are believed to have, before they are read again.

        A customer whose segment was lost and is written again has not changed segment.

        Args:
            module: key of the module; one whose records have no segment is passed over.
            condition: SQL on the mirrored record `t`.
        """
        if module not in catalogue().fields[SEGMENT_FIELD].modules:
            return
        table = catalogue().modules[module].table
        self._connection.execute(
            f"INSERT OR IGNORE INTO believed_segments SELECT ?, t.id, t.{SEGMENT_FIELD}"
            f" FROM {table} t WHERE t.{SEGMENT_FIELD} <> '' AND ({condition})",
            [module],
        )

    def remembered_segments(self) -> dict[tuple[str, str], str]:
        """Return the remembered segments by module and record."""
        rows = self._connection.execute("FROM believed_segments").fetchall()
        return {(module, id): segment for module, id, segment in rows}

    def forget_segments(self) -> None:
        """Forget them: what had been lost is written."""
        self._connection.execute("DELETE FROM believed_segments")


def own_columns(module: str) -> Mapping[str, Field]:
    """Return the package's fields of a module, by the column that is mirrored."""
    return {field.id_name or field.name: field for field in catalogue().fields_of(module)}


def address_columns(module: str) -> list[str]:
    """Return what is mirrored of the e-mail address of a module's records."""
    return [name for name in OF_ADDRESS if name in catalogue().columns_of(module)]


def number_of(module: str, columns: Collection[str], table: str | None = None) -> str:
    """Return the SQL of what a record's values in these columns come to.

    Args:
        module: key of the module.
        columns: of the package's fields or of the address, in the order that counts.
        table: the name or alias that qualifies the columns.
    """
    before = f"{table}." if table else ""
    kinds = {name: (field.type, field.scale) for name, field in own_columns(module).items()}
    kinds |= dict.fromkeys(OF_ADDRESS, ("bool", None))
    forms = [_form(*kinds[name], f'{before}"{name}"') for name in columns]
    text = " || '|' || ".join([f"{before}id", *forms])
    return f"CAST('0x' || substr(md5({text}), 1, {KEPT_DIGITS}) AS BIGINT)"


def _form(kind: str, scale: int | None, column: str) -> str:
    if kind == "int":
        return f"coalesce(CAST({column} AS VARCHAR), '')"
    if kind == "decimal":
        number = f"CAST({column} AS DECIMAL(38, {scale or 0}))"
        return f"coalesce(CASE WHEN {number} = 0 THEN '0' ELSE CAST({number} AS VARCHAR) END, '')"
    if kind == "bool":
        return f"CASE {column} WHEN false THEN '0' WHEN true THEN '1' ELSE '' END"
    if kind in ("date", "datetime"):
        length = 10 if kind == "date" else 16
        return f"coalesce(left(CAST({column} AS VARCHAR), {length}), '')"
    return f"CASE WHEN {column} <> '' THEN strlen({column}) || ':' || {column} ELSE '' END"
