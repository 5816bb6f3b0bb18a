"""The tables that the package's routes answer: checked, and decoded when they are asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import Any, NoReturn

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.crm.attributes import decode
from suitecrm_bridge.crm.decoding import shown
from suitecrm_bridge.crm.order import LONGEST_ID, is_beyond, stuck
from suitecrm_bridge.crm.page import Page
from suitecrm_bridge.crm.schema import LONGEST_VALUE, Record, Rejected
from suitecrm_bridge.errors import BrokenAnswer, DataError
from suitecrm_bridge.i18n import text

HEAD = frozenset({"id", "deleted", "date_modified"})
"""Columns that come unasked."""

CHANGE = ("parent_id", "created_by", "field_name", "before", "after")
"""Columns of a change, beside those."""

_NEEDED = ("date_modified", "parent_id", "field_name")
TEXTS = frozenset({"id", "text", "enum"})
_STATES = (0, 1, "0", "1")
_PLAIN = frozenset({str, type(None)})


@dataclass(frozen=True)
class Rows:
    """A page as the database writes it; its records are decoded when they are asked for.

    Args:
        module: key of the module.
        columns: what the values of each row are.
        rows: the records that are not deleted, their values text or None.
        last_id: where to go on, None on an empty page.
        complete: whether no record follows.
        deleted: ids of the deleted records.
        malformed: records that hold something else than text, which are not in `rows`.
    """

    module: str
    columns: list[str]
    rows: list[list[Any]]
    last_id: str | None
    complete: bool
    deleted: list[str]
    malformed: Sequence[Rejected] = ()

    @cached_property
    def _decoded(self) -> tuple[list[Record], list[Rejected]]:
        records, rejected = [], list(self.malformed)
        for row in self.rows:
            try:
                records.append(self.decode(row))
            except DataError as error:
                rejected.append(Rejected(row[self.columns.index("id")], error))
        return records, rejected

    @property
    def records(self) -> list[Record]:
        """The records that can be decoded."""
        return self._decoded[0]

    @property
    def rejected(self) -> list[Rejected]:
        """Those that cannot."""
        return self._decoded[1]

    def decode(self, row: Sequence[Any]) -> Record:
        """Return the record in a row.

        Raises:
            DataError: a value cannot be decoded; names module, id, field and value.
        """
        types = catalogue().columns_of(self.module)
        record = dict(zip(self.columns, row, strict=True))
        return {
            name: self._value(record["id"], name, types.get(name, "text"), record[name])
            for name in record
        }

    def _value(self, id: str, name: str, kind: str, raw: Any) -> Any:
        try:
            # Its texts are as people typed them already.
            return raw if kind in TEXTS else decode(kind, raw)
        except ValueError:
            raise _undecodable(self.module, id, name, raw, kind) from None


AnyPage = Page | Rows
"""The records of one request, decoded already or as the database writes them."""


def page_of(module: str, given: Mapping[str, Any], after: str | None) -> Rows:
    """Return the page in a table that was checked."""
    columns, rows = list(given["columns"]), given["rows"]
    own = columns.index("id")
    last_id = rows[-1][own] if rows else after
    deleted: list[str] = []
    if "deleted" in columns:
        state = columns.index("deleted")
        deleted = [row[own] for row in rows if int(row[state])]
        rows = [row for row in rows if not int(row[state])]
        for row in (columns, *rows):
            del row[state]
        own = columns.index("id")
    malformed: list[Rejected] = []
    if not _PLAIN.issuperset(map(type, chain.from_iterable(rows))):
        rows, malformed = _plain(module, columns, rows)
    return Rows(
        module,
        columns,
        rows,
        last_id,
        complete=given["complete"],
        deleted=deleted,
        malformed=malformed,
    )


def changes_of(module: str, given: Mapping[str, Any], after: str | None) -> Page:
    """Return the changes in a table of `history` that was checked; None stands for no value."""
    changes, rejected = [], []
    for row in given["rows"]:
        change = dict(zip(given["columns"], row, strict=True))
        try:
            change["date_modified"] = decode("datetime", change["date_modified"])
        except ValueError:
            change["date_modified"] = None
        lacking = [name for name in _NEEDED if not change[name]]
        lacking += [name for name in CHANGE if not isinstance(change[name], str | None)]
        if lacking:
            name = lacking[0]
            error = _undecodable(module, change["id"], name, change[name], "text")
            rejected.append(Rejected(change["id"], error))
        else:
            changes.append(change)
    last_id = given["rows"][-1][given["columns"].index("id")] if given["rows"] else after
    return Page(changes, rejected, last_id, given["complete"])


def check_table(given: Mapping[str, Any], where: str, wanted: Set[str], after: str | None) -> int:
    """Return how many rows a table has, stopping one that is not what was asked for.

    Raises:
        BrokenAnswer: its form is not the one promised, or it does not lead on from `after`.
    """
    columns = _checked_columns(given.get("columns"), where, wanted)
    rows, complete = given.get("rows"), given.get("complete")
    if not isinstance(rows, list) or not all(
        isinstance(row, list) and len(row) == len(columns) for row in rows
    ):
        _fail(where, "rows")
    if not isinstance(complete, bool):
        _fail(where, "complete")
    _check_heads(rows, columns, where)
    last_id = rows[-1][columns.index("id")] if rows else None
    if last_id is None and not complete:
        raise stuck(where, after)
    if last_id is not None and after is not None and not is_beyond(last_id, after):
        raise stuck(where, last_id)
    return len(rows)


def _checked_columns(columns: Any, where: str, wanted: Set[str]) -> list[str]:
    if not isinstance(columns, list) or not all(isinstance(name, str) for name in columns):
        _fail(where, "columns")
    for part in sorted(wanted - set(columns)):
        _fail(where, part)
    if len(set(columns)) != len(columns) or not set(columns) <= HEAD | wanted:
        _fail(where, "columns")
    return columns


def _check_heads(rows: list[list[Any]], columns: list[str], where: str) -> None:
    own = columns.index("id")
    if not all(isinstance(row[own], str) and 0 < len(row[own]) <= LONGEST_ID for row in rows):
        _fail(where, "id")
    state = columns.index("deleted") if "deleted" in columns else None
    # A list among them would be no member of a set.
    if state is not None and not all(
        isinstance(row[state], int | str) and row[state] in _STATES for row in rows
    ):
        _fail(where, "deleted")


def _plain(
    module: str, columns: list[str], rows: list[list[Any]]
) -> tuple[list[list[Any]], list[Rejected]]:
    """Return rows whose values are text or None, and the records that hold lists or maps."""
    plain, malformed = [], []
    for row in rows:
        odd = next((at for at, raw in enumerate(row) if isinstance(raw, (list, dict))), None)
        if odd is None:
            plain.append([_as_text(raw) for raw in row])
        else:
            id = row[columns.index("id")]
            error = _undecodable(module, id, columns[odd], row[odd], "text")
            malformed.append(Rejected(id, error))
    return plain, malformed


def _as_text(raw: Any) -> str | None:
    if raw is None or isinstance(raw, str):
        return raw
    if isinstance(raw, bool):
        return ("0", "1")[raw]
    return format(raw, "f") if isinstance(raw, Decimal) else str(raw)


def _undecodable(module: str, id: str, name: str, raw: Any, kind: str) -> DataError:
    value = repr(shown(raw))[:LONGEST_VALUE]
    return DataError(
        text("crm.undecodable", module=module, id=id, field=name, value=value, kind=kind)
    )


def unexpected(where: str, part: str) -> BrokenAnswer:
    """Return the error of an answer whose form is not the one promised."""
    return BrokenAnswer(text("crm.unexpected_shape", where=where, part=part), module=where)


def _fail(where: str, part: str) -> NoReturn:
    raise unexpected(where, part)
