"""The package's fast routes, as docs/fast-routes.md describes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.crm.api import Api, Sized
from suitecrm_bridge.crm.query import moment
from suitecrm_bridge.crm.records import Page
from suitecrm_bridge.crm.schema import Record, Rejected
from suitecrm_bridge.crm.sizes import PageSize
from suitecrm_bridge.crm.values import decode, encode
from suitecrm_bridge.errors import BrokenAnswer, DataError
from suitecrm_bridge.i18n import text

ROOT = "/V8/custom/bridge/v1"

PAGE_SIZE = 5_000
"""Rows asked for at once: enough to make the request's own cost vanish, few enough for memory."""

TEXTS = frozenset({"id", "text", "enum"})


@dataclass(frozen=True)
class Rejection:
    """A record that was not written, with the reason in words."""

    id: str
    message: str


class FastRoutes:
    """Reads and writes many records a request.

    Args:
        api: the conversation with the server.
        ping: what the package says of itself.
    """

    def __init__(self, api: Api, ping: Mapping[str, Any]) -> None:
        self._api = api
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
    ) -> Page:
        """Read the next records of a module in the order of their ids, in one request.

        Deleted records come as ids. A record with a value that cannot be decoded is set apart.

        Args:
            module: key of the module.
            fields: the fields to read; "id" is always there.
            after: only ids beyond this one.
            modified_from: only what was modified then or later.
            size: most rows asked for; fewer after each attempt that failed.
        """
        given = self._ask(
            f"records/{module}",
            {
                "columns": ",".join(fields),
                "after": after,
                "modified_from": moment(modified_from),
                "deleted": "1",
            },
            sized=("limit", size or PageSize(self.page_size)),
        )
        rows = [dict(zip(given["columns"], row, strict=True)) for row in given["rows"]]
        page = Page([], [], _last_id(rows, after, module), given["complete"])
        types = catalogue().columns_of(module)
        for row in rows:
            if int(row.pop("deleted")):
                page.deleted.append(row["id"])
                continue
            try:
                page.records.append(_decoded(module, row, types))
            except DataError as error:
                page.rejected.append(Rejected(row["id"], error))
        return page

    def linked(self, table: str, own: str, other: str) -> Iterator[list[tuple[str, str]]]:
        """Yield every link of a table, in lists of (own id, other id)."""
        after: str | None = None
        complete = False
        while not complete:
            given = self._ask(f"links/{table}", {"after": after})
            rows = [dict(zip(given["columns"], row, strict=True)) for row in given["rows"]]
            yield [(row[own], row[other]) for row in rows if row[own] and row[other]]
            after, complete = _last_id(rows, after, table), given["complete"]

    def write(
        self,
        module: str,
        columns: Sequence[str],
        rows: Mapping[str, Sequence[Any]],
        *,
        notify: bool,
    ) -> list[Rejection]:
        """Write fields of many records in one request, which takes effect as a whole or not at all.

        Args:
            module: key of the module.
            columns: the fields.
            rows: their values by record id; None empties a field.
            notify: whether records whose segment changes are saved with audit and workflows.

        Returns:
            The records that were not written.
        """
        body = {
            "columns": ["id", *columns],
            "rows": [[id, *map(_encoded, values)] for id, values in rows.items()],
            "notify": notify,
        }
        answer = self._api.request(
            "POST", f"{ROOT}/scores/{module}", body=body, module=module, repeatable=True
        )
        return [Rejection(one["id"], one["message"]) for one in answer["rejected"]]

    @property
    def page_size(self) -> int:
        """Rows that one request asks for, at most."""
        return min(PAGE_SIZE, self._limits["records"])

    @property
    def most_writes(self) -> int:
        """Records that one request may write."""
        return self._limits["scores"]

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
        given = self._ask(f"history/{module}", bounds)
        rows = [dict(zip(given["columns"], row, strict=True)) for row in given["rows"]]
        types = dict.fromkeys(given["columns"], "text") | {"date_modified": "datetime"}
        changes = [_decoded(module, row, types) for row in rows]
        return Page(changes, [], _last_id(rows, after, module), given["complete"])

    def record_run(self, run: Mapping[str, Any]) -> None:
        """Tell the package what a run did, for the administration page and the dashlets.

        Args:
            run: started_at and finished_at (UTC), result and figures, as docs/fast-routes.md says.
        """
        self._api.request("POST", f"{ROOT}/runs", body=run)

    def _ask(
        self, path: str, parameters: Mapping[str, str | None], sized: Sized | None = None
    ) -> dict[str, Any]:
        module = path.partition("/")[2]
        query = [(name, value) for name, value in parameters.items() if value is not None]

        def check(given: Mapping[str, Any]) -> None:
            for part in {"columns", "rows", "complete"} - given.keys():
                raise BrokenAnswer(text("crm.unexpected_shape", where=module, part=part))

        return self._api.request(
            "GET", f"{ROOT}/{path}", query=query, module=module, sized=sized, check=check
        )


def _decoded(module: str, row: Mapping[str, Any], types: Mapping[str, str]) -> Record:
    """Return the values of a row; its texts are as people typed them already."""
    record = {}
    for name, raw in row.items():
        kind = types[name]
        try:
            record[name] = raw if kind in TEXTS else decode(kind, raw)
        except ValueError:
            message = text(
                "crm.undecodable",
                module=module, id=row["id"], field=name, value=repr(raw), kind=kind,
            )  # fmt: skip
            raise DataError(message) from None
    return record


def _encoded(value: Any) -> Any:
    return None if value is None else encode(value)


def _last_id(rows: Sequence[Mapping[str, Any]], after: str | None, where: str) -> str | None:
    """Return where to go on, or stop a server that would send the same page for ever."""
    if not rows:
        return after
    if rows[-1]["id"] == after:
        raise BrokenAnswer(text("crm.paging_stuck", module=where, id=after))
    return str(rows[-1]["id"])
