"""The records of one module, read and written through the stock V8 API."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.crm.api import Api
from suitecrm_bridge.crm.attributes import encode
from suitecrm_bridge.crm.documents import record, resources, total_pages
from suitecrm_bridge.crm.order import PageTrail, is_beyond, stuck
from suitecrm_bridge.crm.page import Page
from suitecrm_bridge.crm.probing import probed
from suitecrm_bridge.crm.query import filters, paging
from suitecrm_bridge.crm.schema import Record, Schema
from suitecrm_bridge.crm.sizes import PageSize
from suitecrm_bridge.errors import BrokenAnswer, RecordNotFound, RequestRefused
from suitecrm_bridge.i18n import text
from suitecrm_bridge.ids import canonical

PAGE_SIZE = 500
FIRST_PAGE = 100
"""Records of the first page, of whose size nothing is known yet."""
MOST_LINKED_PAGES = 1_000
"""Pages of what is linked to one record, after which the server counts as lost."""


class Module:
    """One module of a SuiteCRM. Several threads may use it at once.

    Args:
        api: the conversation with the server.
        key: the module's key, such as "Contacts".
    """

    def __init__(self, api: Api, key: str) -> None:
        self._api = api
        self.key = key
        self._path = f"/V8/module/{quote(key, safe='')}"
        self._schema = Schema(api, key)
        known = catalogue().modules.get(key)
        self._changed = known.changed if known else "date_modified"

    def fields(self) -> dict[str, dict[str, Any]] | None:
        """Return the module's fields with their definitions, None where the API refuses."""
        return self._schema.fields()

    def readable(self, wanted: Iterable[str]) -> tuple[list[str], list[str]]:
        """Split `wanted` into the fields that the server has and those that it has not."""
        if self._schema.fields() is None:
            return probed(wanted, lambda names: self.page(fields=names, size=1))
        return self._schema.split(wanted)

    def page(
        self,
        *,
        fields: Sequence[str] | None,
        after: str | None = None,
        from_id: str | None = None,
        before: str | None = None,
        modified_from: datetime | None = None,
        modified_to: datetime | None = None,
        size: int | PageSize = PAGE_SIZE,
    ) -> Page:
        """Read the first records in the order of their ids, in one request.

        Args:
            fields: the fields to read, None for all; "id" is always there.
            after: only ids beyond this one.
            from_id: only this id and those beyond.
            before: only ids before this one.
            modified_from: only what was modified then or later.
            modified_to: only what was modified before.
            size: most records asked for; fewer after each attempt that failed.

        Raises:
            ServerFailure, BrokenAnswer: the page cannot be had.
            UnknownField: the module lacks one of the fields.
        """
        sizes = size if isinstance(size, PageSize) else PageSize(size)
        bounds = filters((after, from_id, before), (modified_from, modified_to), self._changed)
        query = [*self._fields_query(fields), ("sort", "id"), *bounds, ("page[number]", "1")]
        payload = self._list(
            query,
            fields,
            sized=("page[size]", sizes),
            check=lambda answered: self._check_progress(answered, after),
        )
        found = resources(payload, self.key)
        last_id = found[-1]["id"] if found else None
        # A server may give less than it was asked for, and then counts further pages.
        complete = len(found) < sizes.last and (not found or total_pages(payload) <= 1)
        return Page(*self._schema.decode_all(found, fields), last_id, complete)

    def iterate(
        self,
        *,
        fields: Sequence[str] | None = None,
        modified_from: datetime | None = None,
        modified_to: datetime | None = None,
        size: int = PAGE_SIZE,
    ) -> Iterator[Record]:
        """Yield every record, page by page in the order of ids, so that none comes twice.

        Args:
            fields: default the catalogue's that the server has; all of a module that it lacks.
            modified_from: only what was modified then or later.
            modified_to: only what was modified before.
            size: most records asked for in one request.

        Raises:
            DataError: a value cannot be decoded; the records before it were yielded.
            ApiError: a page cannot be had.
        """
        wanted = self._schema.default() if fields is None else list(fields)
        sizes = PageSize(size)
        after: str | None = None
        way = PageTrail(self.key)
        while True:
            page = self.page(
                fields=wanted,
                after=after,
                modified_from=modified_from,
                modified_to=modified_to,
                size=sizes,
            )
            yield from page.records
            if page.rejected:
                raise page.rejected[0].error
            if page.complete:
                return
            after = page.last_id
            way.step(after)

    def get(self, id: str, fields: Sequence[str] | None = None) -> Record:
        """Return one record.

        Raises:
            RecordNotFound: it does not exist, is deleted, or is hidden from the API user.
        """
        wanted = self._schema.default() if fields is None else list(fields)
        path = f"{self._path}/{quote(id, safe='')}"
        try:
            payload = self._api.request(
                "GET", path, query=self._fields_query(wanted), module=self.key, id=id
            )
        except RequestRefused as error:
            raise self._schema.explain(error, wanted or ()) from None
        return self._schema.decode(self._same(payload, id), wanted)

    def estimate(self) -> int | None:
        """Return how many records the server counts, None where it does not.

        It counts records that the API user may not see.
        """
        payload = self._ids(1)
        return total_pages(payload) or (None if resources(payload, self.key) else 0)

    def id_at(self, position: int) -> str | None:
        """Return the id of the record at `position`, from 1, in the order of ids, if there is."""
        found = resources(self._ids(position), self.key)
        return found[0]["id"] if found else None

    def update(self, id: str, attributes: Mapping[str, Any]) -> Record:
        """Write attributes and return the record as it is stored now.

        The record has the catalogue's fields and those sent, but for values that cannot be
        decoded: the write is done by then. SuiteCRM changes texts: it trims short ones, takes HTML
        tags out, and decodes entities.
        """
        data = {"type": self.key, "id": id, "attributes": _encoded(attributes)}
        return self._write("PATCH", data, attributes)

    def create(self, attributes: Mapping[str, Any], id: str | None = None) -> Record:
        """Create a record and return it as it is stored. Never sent twice by itself.

        Args:
            attributes: what to store.
            id: a UUID of one's own; with it the same record cannot be created twice.

        Raises:
            RecordExists: a record has this id already.
        """
        data = {"type": self.key, "attributes": _encoded(attributes)}
        return self._write("POST", data | ({"id": id} if id else {}), attributes)

    def related(self, id: str, link: str, size: int = PAGE_SIZE) -> list[str]:
        """Return the ids of all records that are linked to this one, in the order of ids.

        Raises:
            UnknownLink: the module has no such link.
        """
        ids, told, full = self._linked(id, link, paging(size))
        more = told or full
        in_order: set[str] = set()
        number = 0
        while more and number < MOST_LINKED_PAGES:
            # Several pages need an order; old versions refuse one, so it is not asked for before.
            number += 1
            found, told, full = self._linked(id, link, [*paging(size, number), ("sort", "id")])
            # A server that tells no number of pages may answer each of them with the same.
            more = told or (full and not found <= in_order)
            in_order |= found
        if more:
            raise stuck(f"{self.key} {id}", max(in_order))
        return sorted(ids | in_order)

    def relate(self, id: str, link: str, module: str, other_id: str) -> None:
        """Link a record of `module` to this one; a link that stands already stays."""
        body = {"data": {"type": module, "id": other_id}}
        path = self._link_path(id, link)
        self._api.request("POST", path, body=body, module=self.key, id=id)

    def unrelate(self, id: str, link: str, other_id: str) -> None:
        """Take the link to `other_id` away; it is no fault when there is none."""
        path = f"{self._link_path(id, link)}/{quote(other_id, safe='')}"
        try:
            self._api.request("DELETE", path, module=self.key, id=id)
        except RecordNotFound as error:
            if "not related" not in error.detail:
                raise

    def delete(self, id: str) -> None:
        """Delete a record.

        Raises:
            RecordNotFound: it does not exist, or is deleted already.
        """
        path = f"{self._path}/{quote(id, safe='')}"
        self._api.request("DELETE", path, module=self.key, id=id)

    def _check_progress(self, payload: dict[str, Any], after: str | None) -> int:
        found = resources(payload, self.key)
        if after and found and not is_beyond(found[-1]["id"], after):
            raise stuck(self.key, found[-1]["id"])
        return len(found)

    def _ids(self, position: int) -> dict[str, Any]:
        wanted = self._fields_query(["id"])
        return self._list([*wanted, ("sort", "id"), *paging(1, position)], [])

    def _list(
        self, query: list[tuple[str, str]], fields: Sequence[str] | None, **paging: Any
    ) -> dict[str, Any]:
        for _ in range(2):
            try:
                return self._api.request("GET", self._path, query=query, module=self.key, **paging)
            except RecordNotFound as error:
                # A record was deleted between the server's query and its reading of each row.
                failure = error
            except RequestRefused as error:
                raise self._schema.explain(error, fields or ()) from None
        raise BrokenAnswer(
            str(failure), status=failure.status, detail=failure.detail, module=self.key
        )

    def _linked(
        self, id: str, link: str, query: Sequence[tuple[str, str]]
    ) -> tuple[set[str], bool, bool]:
        """Return ids, whether the server tells of more pages, and whether this one is full."""
        asked = dict(query)
        payload = self._api.request(
            "GET", self._link_path(id, link), query=query, module=self.key, id=id
        )
        found = resources(payload, self.key)
        told = total_pages(payload) > int(asked["page[number]"])
        # More than asked for: it does not page.
        return {item["id"] for item in found}, told, len(found) == int(asked["page[size]"])

    def _write(self, method: str, data: dict[str, Any], sent: Mapping[str, Any]) -> Record:
        try:
            payload = self._api.request(
                method, "/V8/module", body={"data": data}, module=self.key, id=data.get("id")
            )
        except RequestRefused as error:
            raise self._schema.explain(error, sent) from None
        return self._schema.decode_known(self._same(payload, data.get("id")), sent)

    def _same(self, payload: dict[str, Any], id: str | None) -> dict[str, Any]:
        """Return the record that was asked for, where an id was."""
        found = record(payload, self.key)
        if id is not None and canonical(found["id"]) != canonical(id):
            raise BrokenAnswer(
                text("crm.unexpected_shape", where=f"{self.key} {id}", part="id"), module=self.key
            )
        return found

    def _fields_query(self, fields: Sequence[str] | None) -> list[tuple[str, str]]:
        names = ",".join(name for name in fields or () if name != "id")
        return [] if fields is None else [(f"fields[{self.key}]", names or "id")]

    def _link_path(self, id: str, link: str) -> str:
        return f"{self._path}/{quote(id, safe='')}/relationships/{quote(link, safe='')}"


def _encoded(attributes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: encode(value) for name, value in attributes.items()}
