"""The package's fast routes, as docs/fast-routes.md describes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import datetime
from functools import cached_property
from typing import Any, TypeGuard

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.crm.addressing import AddressingRoute
from suitecrm_bridge.crm.api import Api
from suitecrm_bridge.crm.attributes import encode
from suitecrm_bridge.crm.cards import CardsRoute
from suitecrm_bridge.crm.decoding import shown
from suitecrm_bridge.crm.marks import ROOT, Marks
from suitecrm_bridge.crm.order import PageTrail
from suitecrm_bridge.crm.page import Page
from suitecrm_bridge.crm.query import moment
from suitecrm_bridge.crm.rows import CHANGE, Rows, changes_of, check_table, page_of, unexpected
from suitecrm_bridge.crm.sizes import TARGET_BYTES, PageSize
from suitecrm_bridge.crm.switches import Switches
from suitecrm_bridge.crm.written import NotWritten, not_written
from suitecrm_bridge.errors import RecordNotFound, RequestRefused

LISTS = "ProspectLists"
PAGE_SIZE = 10_000
"""Rows asked for at once: enough to make the request's own cost vanish, few enough for memory."""

FIRST_BLIND = 500
"""Rows of the first page from a package that does not bound its answers by bytes."""

MOST_LIMIT = 10**9
"""A package that allows more does not count."""

PAGE_BYTES = TARGET_BYTES
"""Bytes at which the package is asked to end a page."""


class FastRoutes:
    """Reads and writes many records a request.

    Args:
        api: the conversation with the server.
        ping: what the package says of itself.
    """

    def __init__(self, api: Api, ping: Mapping[str, Any]) -> None:
        self._api = api
        self.marks = Marks(api, ping)
        self.switches = Switches(api)
        self.cards = CardsRoute(api, ping)
        self.version = shown(ping.get("version"))
        self.fingerprint = shown(ping.get("fingerprint"))
        self.rules = shown(ping.get("rules"))
        self.addressing = AddressingRoute(api, ping)
        self._ping = ping

    @cached_property
    def _limits(self) -> dict[str, int]:
        """The limits that the package announces, each a count of at least one.

        Raises:
            BrokenAnswer: it does not say how many rows a request may have.
        """
        given = self._ping.get("limits")
        found = given if isinstance(given, dict) else {}
        limits = {name: value for name, value in found.items() if _is_count(value)}
        for name in found.keys() | {"records", "links", "scores"}:
            if name not in limits:
                raise unexpected("ping", f"limits.{name}")
        return limits

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
            size=size or self.sizes(),
        )
        return page_of(module, given, after)

    def sizes(self, most: int | None = None) -> PageSize:
        """Return the sizes of pages of records that are read one after the other.

        Args:
            most: most records of one; default the routes' own.
        """
        return self._sizes(min(PAGE_SIZE, self._limits["records"]), most)

    def _sizes(self, limit: int, most: int | None) -> PageSize:
        # Where the package ends a page at a number of bytes, the first may ask for all there are.
        first = None if "bytes" in self._limits else FIRST_BLIND
        return PageSize(min(limit, most or limit), first)

    def linked(
        self, table: str, own: str, other: str, most: int | None = None
    ) -> Iterator[list[tuple[str, str]]]:
        """Yield every link of a table, in lists of (own id, other id), `most` a request."""
        after: str | None = None
        way, size = PageTrail(table), self._sizes(self._limits["links"], most)
        while True:
            given = self._ask(
                f"links/{table}", {"after": after}, wanted={"id", own, other}, size=size
            )
            columns, rows = given["columns"], given["rows"]
            one, two = columns.index(own), columns.index(other)
            pairs = [(row[one], row[two]) for row in rows]
            yield [pair for pair in pairs if all(isinstance(id, str) and id for id in pair)]
            if given["complete"]:
                return
            after = rows[-1][columns.index("id")]
            way.step(after)

    def links_changed(self, table: str, modified_from: datetime | None) -> bool:
        """Return whether any link of a table came, changed or ended then or later."""
        link = catalogue().links[table]
        given = self._ask(
            f"links/{table}",
            {"modified_from": moment(modified_from), "deleted": "1", "limit": "1"},
            wanted={"id", link.own_id, link.other_id},
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
            check=lambda given: len(not_written(given, rows, module)),
        )
        return not_written(answer, rows, module)

    def members(self, list_id: str, module: str, add: Sequence[str], remove: Sequence[str]) -> None:
        """Put records of a module on a target list, and take others off it, in one request.

        Twice is as good as once.

        Raises:
            RecordNotFound: there is no such list.
            RequestRefused: a record to add is not there, or may not be read; nothing has changed.
        """
        body = {"module": module, "add": list(add), "remove": list(remove)}
        path = f"{ROOT}/members/{list_id}"
        try:
            self._api.request("POST", path, body=body, module=LISTS, repeatable=True)
        except RequestRefused as error:
            if error.status == 404:
                raise RecordNotFound(str(error), status=404, module=LISTS) from None
            raise

    @property
    def most_members(self) -> int:
        """Records that one request may put on a list, and take off it; 0 for an old package."""
        return self._limits.get("members", 0)

    @property
    def most_programmes(self) -> int:
        """Programmes that it can be told of; 0 for an old package."""
        return self._limits.get("programmes", 0)

    @property
    def segments(self) -> frozenset[str]:
        """The segments that the package knows; none where it does not say."""
        given = self._ping.get("segments")
        return frozenset(filter(_is_text, given if isinstance(given, list) else []))

    @property
    def most_writes(self) -> int:
        """Records that one request may write."""
        return self._limits["scores"]

    @property
    def most_announced(self) -> int:
        """Those of them whose segment may change; 0 where the package is too old to say."""
        limits = self._ping.get("limits")
        announced = limits.get("announced") if isinstance(limits, dict) else None
        return announced if _is_count(announced) else 0

    def history(
        self,
        module: str,
        *,
        after: str | None = None,
        modified_from: datetime | None = None,
        size: PageSize | None = None,
    ) -> Page:
        """Read what a module's records held before, in the order of the changes' ids.

        Each record of the page is a change: id, date_modified (when), parent_id (of the record),
        created_by, field_name, before, after (as stored).

        Args:
            module: key of a module whose history the catalogue names.
            after: only ids beyond this one.
            modified_from: only changes made then or later.
            size: most changes asked for.
        """
        bounds = {"after": after, "modified_from": moment(modified_from)}
        given = self._ask(
            f"history/{module}",
            bounds,
            wanted={"id", "date_modified", *CHANGE},
            size=size or self.sizes(),
        )
        return changes_of(module, given, after)

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
        size: PageSize | None = None,
    ) -> dict[str, Any]:
        query = [(name, value) for name, value in parameters.items() if value is not None]
        if "bytes" in self._limits:
            query.append(("max_bytes", str(min(PAGE_BYTES, self._limits["bytes"]))))
        where = path.partition("/")[2]
        return self._api.request(
            "GET",
            f"{ROOT}/{path}",
            query=query,
            module=where,
            sized=("limit", size) if size else None,
            check=lambda given: check_table(given, where, wanted, parameters.get("after")),
        )


def _encoded(value: Any) -> Any:
    return None if value is None else encode(value)


def _is_text(value: Any) -> TypeGuard[str]:
    return isinstance(value, str)


def _is_count(value: Any) -> TypeGuard[int]:
    return type(value) is int and 0 < value <= MOST_LIMIT
