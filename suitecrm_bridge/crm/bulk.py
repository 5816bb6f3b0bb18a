"""The package's fast routes, as docs/fast-routes.md describes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import datetime
from functools import cached_property
from typing import Any

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.crm.api import Api, Sized
from suitecrm_bridge.crm.marks import ROOT, Marks
from suitecrm_bridge.crm.query import moment
from suitecrm_bridge.crm.records import Page
from suitecrm_bridge.crm.schema import LONGEST_VALUE, Record, Rejected
from suitecrm_bridge.crm.sizes import PageSize
from suitecrm_bridge.crm.values import decode, encode
from suitecrm_bridge.crm.written import NotWritten, not_written
from suitecrm_bridge.errors import BrokenAnswer, DataError
from suitecrm_bridge.i18n import text

PAGE_SIZE = 10_000
"""Rows asked for at once: enough to make the request's own cost vanish, few enough for memory."""

TEXTS = frozenset({"id", "text", "enum"})


class Rows(Page):
    """A page as the database writes it; its records are decoded when they are asked for.

    Args:
        module: key of the module.
        columns: what the values of each row are.
        rows: the records that are not deleted.
        last_id: where to go on, None on an empty page.
        complete: whether no record follows.
        deleted: ids of the deleted records.
    """

    def __init__(
        self,
        module: str,
        columns: list[str],
        rows: list[list[Any]],
        last_id: str | None,
        *,
        complete: bool,
        deleted: list[str],
    ) -> None:
        vars(self).update(
            module=module, columns=columns, rows=rows, last_id=last_id, complete=complete,
            deleted=deleted,
        )  # fmt: skip

    module: str
    columns: list[str]
    rows: list[list[Any]]

    @cached_property
    def _decoded(self) -> tuple[list[Record], list[Rejected]]:
        records, rejected = [], []
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
        return {name: self._value(record["id"], name, types[name], record[name]) for name in record}

    def _value(self, id: str, name: str, kind: str, raw: Any) -> Any:
        try:
            # Its texts are as people typed them already.
            return raw if kind in TEXTS else decode(kind, raw)
        except ValueError:
            pass
        shown = repr(raw)[:LONGEST_VALUE]
        message = text(
            "crm.undecodable", module=self.module, id=id, field=name, value=shown, kind=kind
        )
        raise DataError(message)


class FastRoutes:
    """Reads and writes many records a request.

    Args:
        api: the conversation with the server.
        ping: what the package says of itself.
    """

    def __init__(self, api: Api, ping: Mapping[str, Any]) -> None:
        self._api = api
        self.marks = Marks(api, ping)
        self.version = str(ping.get("version"))
        self.fingerprint = str(ping.get("fingerprint"))
        self._limits: Mapping[str, int] = ping.get("limits", {})

    def page(
        self,
        module: str,
        *,
        fields: Sequence[str],
        after: str | None = None,
        modified_from: datetime | None = None,
        size: PageSize | None = None,
        tombstones: bool = True,
    ) -> Rows:
        """Read the next records of a module in the order of their ids, in one request.

        Args:
            module: key of the module.
            fields: the fields to read; "id" is always there.
            after: only ids beyond this one.
            modified_from: only what was modified then or later.
            size: most rows asked for; fewer after each attempt that failed.
            tombstones: whether deleted records are wanted too, as ids.

        Raises:
            ServerFailure, BrokenAnswer: the page cannot be had.
        """
        given = self._ask(
            f"records/{module}",
            {
                "columns": ",".join(fields),
                "after": after,
                "modified_from": moment(modified_from),
                "deleted": "1" if tombstones else None,
            },
            wanted={"id", *fields},
            sized=("limit", size or PageSize(self.page_size)),
        )
        columns, rows = given["columns"], given["rows"]
        own = columns.index("id")
        last_id = str(rows[-1][own]) if rows else after
        deleted: list[str] = []
        if "deleted" in columns:
            state = columns.index("deleted")
            deleted = [row[own] for row in rows if int(row[state])]
            rows = [row for row in rows if not int(row[state])]
            for row in (columns, *rows):
                del row[state]
        return Rows(module, columns, rows, last_id, complete=given["complete"], deleted=deleted)

    def linked(self, table: str, own: str, other: str) -> Iterator[list[tuple[str, str]]]:
        """Yield every link of a table, in lists of (own id, other id)."""
        after: str | None = None
        complete = False
        while not complete:
            given = self._ask(f"links/{table}", {"after": after}, wanted={"id", own, other})
            columns, rows = given["columns"], given["rows"]
            one, two = columns.index(own), columns.index(other)
            yield [(row[one], row[two]) for row in rows if row[one] and row[two]]
            after = str(rows[-1][columns.index("id")]) if rows else after
            complete = given["complete"]

    def links_changed(self, table: str, modified_from: datetime | None) -> bool:
        """Return whether any link of a table came, changed or ended then or later."""
        given = self._ask(
            f"links/{table}",
            {"modified_from": moment(modified_from), "deleted": "1", "limit": "1"},
            wanted={"id"},
        )
        return bool(given["rows"])

    def write(
        self,
        module: str,
        columns: Sequence[str],
        rows: Mapping[str, Sequence[Any]],
        *,
        notify: bool,
    ) -> list[NotWritten]:
        """Write fields of many records in one request, and return those that were not written.

        Each record is written whole or not at all; one that fails takes no other along.

        Args:
            module: key of the module.
            columns: the fields.
            rows: their values by record id; None empties a field.
            notify: whether records whose segment changes are saved with audit and workflows.
        """
        body = {
            "columns": ["id", *columns],
            "rows": [[id, *map(_encoded, values)] for id, values in rows.items()],
            "notify": notify,
        }
        answer = self._api.request(
            "POST",
            f"{ROOT}/scores/{module}",
            body=body,
            module=module,
            repeatable=True,
            check=lambda given: not_written(given, rows, module),
        )
        return not_written(answer, rows, module)

    @property
    def page_size(self) -> int:
        """Rows that one request asks for, at most."""
        return min(PAGE_SIZE, self._limits["records"])

    @property
    def most_writes(self) -> int:
        """Records that one request may write."""
        return self._limits["scores"]

    @property
    def most_announced(self) -> int:
        """Those of them whose segment may change; 0 where the package is too old to say."""
        return self._limits.get("announced", 0)

    def history(
        self, module: str, *, after: str | None = None, modified_from: datetime | None = None
    ) -> Page:
        """Read what a module's records held before, in the order of the changes' ids.

        Each record of the page is a change: id, date_modified (when), parent_id (of the record),
        created_by, field_name, before, after (as stored).

        Args:
            module: key of a module whose history the catalogue names.
            after: only ids beyond this one.
            modified_from: only changes made then or later.
        """
        bounds = {"after": after, "modified_from": moment(modified_from)}
        given = self._ask(f"history/{module}", bounds, wanted={"id", "date_modified"})
        changes = []
        for row in given["rows"]:
            change = dict(zip(given["columns"], row, strict=True))
            moved = decode("datetime", change["date_modified"])
            changes.append({**change, "date_modified": moved})
        return Page(changes, [], changes[-1]["id"] if changes else after, given["complete"])

    def record_run(self, run: Mapping[str, Any]) -> None:
        """Tell the package what a run did, for the administration page and the dashlets.

        Args:
            run: started_at and finished_at (UTC), result and figures, as docs/fast-routes.md says.
        """
        self._api.request("POST", f"{ROOT}/runs", body=run)

    def _ask(
        self,
        path: str,
        parameters: Mapping[str, str | None],
        *,
        wanted: Set[str],
        sized: Sized | None = None,
    ) -> dict[str, Any]:
        query = [(name, value) for name, value in parameters.items() if value is not None]
        where = path.partition("/")[2]
        return self._api.request(
            "GET",
            f"{ROOT}/{path}",
            query=query,
            module=where,
            sized=sized,
            check=lambda given: _check(given, where, wanted, parameters.get("after")),
        )


def _encoded(value: Any) -> Any:
    return None if value is None else encode(value)


def _check(given: Mapping[str, Any], where: str, wanted: Set[str], after: str | None) -> None:
    """Stop a table that is not what was asked for.

    Raises:
        BrokenAnswer: columns are missing, or it is the page that ended at `after` once more.
    """
    for part in {"columns", "rows", "complete"} - given.keys():
        raise BrokenAnswer(text("crm.unexpected_shape", where=where, part=part), module=where)
    columns, rows = given["columns"], given["rows"]
    for part in wanted - set(columns):
        raise BrokenAnswer(text("crm.unexpected_shape", where=where, part=part), module=where)
    if any(len(row) != len(columns) for row in rows):
        raise BrokenAnswer(text("crm.unexpected_shape", where=where, part="rows"), module=where)
    if rows and rows[-1][columns.index("id")] == after:
        raise BrokenAnswer(text("crm.paging_stuck", module=where, id=after), module=where)
