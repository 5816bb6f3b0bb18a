"""Which fields a module has, and how each of them is decoded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.crm.api import Api
from suitecrm_bridge.crm.attributes import decode, kind_of, offset_of
from suitecrm_bridge.crm.decoding import shown
from suitecrm_bridge.crm.documents import definitions
from suitecrm_bridge.crm.forms import is_decimal_point, like_thousands
from suitecrm_bridge.errors import (
    AccessDenied,
    ApiError,
    BridgeError,
    DataError,
    Intercepted,
    InvalidRequest,
    NotASuiteCrm,
    RequestRefused,
    UnknownField,
)
from suitecrm_bridge.i18n import text

Record = dict[str, Any]

LONGEST_VALUE = 100


@dataclass(frozen=True)
class Rejected:
    """A record that was set apart: it cannot be decoded, or SuiteCRM cannot give it."""

    id: str
    error: BridgeError


class Schema:
    """The fields of one module, as the catalogue and the server know them.

    Args:
        api: the conversation with the server.
        key: the module's key.
    """

    def __init__(self, api: Api, key: str) -> None:
        self._api = api
        self._key = key
        self._fields: dict[str, dict[str, Any]] | None = None
        self._asked = False
        known = key in catalogue().modules
        self.catalogued: Mapping[str, str] = catalogue().columns_of(key) if known else {}

    def fields(self) -> dict[str, dict[str, Any]] | None:
        """Return the server's definitions by field, None where it refuses to tell."""
        if not self._asked:
            path = f"/V8/meta/fields/{quote(self._key, safe='')}"
            try:
                payload = self._api.request("GET", path, module=self._key)
                self._fields = definitions(payload, self._key)
            except (AccessDenied, NotASuiteCrm, Intercepted):
                self._fields = None
            except RequestRefused as error:
                if error.status != 404:
                    raise
                self._fields = None
            self._asked = True
        return self._fields

    def split(self, wanted: Iterable[str]) -> tuple[list[str], list[str]]:
        """Split `wanted` into fields that the server has and fields that it has not."""
        wanted, fields = list(dict.fromkeys(wanted)), self.fields()
        if fields is None:
            return wanted, []
        return [f for f in wanted if f in fields], [f for f in wanted if f not in fields]

    def default(self) -> list[str] | None:
        """Return the fields to read when none are named, None for a module not catalogued."""
        return self.split(self.catalogued)[0] if self.catalogued else None

    def decode(self, item: Mapping[str, Any], wanted: Iterable[str] | None) -> Record:
        """Return the wanted fields of one resource, None where one is empty or not sent.

        Without `wanted` it is whatever was sent but the links, which come as maps or empty.

        Raises:
            DataError: a value cannot be decoded; names module, id, field and value.
        """
        sent = item["attributes"]
        if wanted is None:
            wanted = [name for name in sent if not isinstance(sent[name], (dict, list))]
        record: Record = {"id": item["id"]}
        for name in wanted:
            if name != "id":
                record[name] = self._value(item["id"], name, sent.get(name))
        return record

    def decode_all(
        self, items: Iterable[Mapping[str, Any]], wanted: Iterable[str] | None
    ) -> tuple[list[Record], list[Rejected]]:
        """Return the decoded records, and those that cannot be decoded."""
        records, rejected = [], []
        wanted = None if wanted is None else list(wanted)
        together = list(items)
        doubtful = self._doubtful(together)
        for item in together:
            try:
                self._refuse(item, doubtful)
                records.append(self.decode(item, wanted))
            except DataError as error:
                rejected.append(Rejected(item["id"], error))
        return records, rejected

    def _doubtful(self, items: Sequence[Mapping[str, Any]]) -> set[str]:
        """Return the columns of numbers in which "12.346" may be twelve thousand."""
        looked_at = {
            name
            for item in items
            for name, raw in item["attributes"].items()
            if like_thousands(raw)
        }
        found = set()
        for name in looked_at:
            kind, definition = self._kind(name), (self.fields() or {}).get(name)
            values = [item["attributes"].get(name) for item in items]
            if kind in ("money", "number") and not is_decimal_point(kind, values, definition):
                found.add(name)
        return found

    def _refuse(self, item: Mapping[str, Any], doubtful: Iterable[str]) -> None:
        for name in doubtful:
            raw = item["attributes"].get(name)
            if like_thousands(raw):
                shown = {"module": self._key, "id": item["id"], "field": name, "value": repr(raw)}
                raise DataError(text("crm.doubtful_number", **shown))

    def _kind(self, name: str) -> str:
        return kind_of(self.catalogued.get(name), (self.fields() or {}).get(name))

    def decode_known(self, item: Mapping[str, Any], sent: Iterable[str]) -> Record:
        """Return the catalogue's fields and those in `sent`, without what cannot be decoded."""
        record: Record = {"id": item["id"]}
        for name in dict.fromkeys([*self.catalogued, *sent]):
            if name in item["attributes"] and name != "id":
                with suppress(DataError):
                    record[name] = self._value(item["id"], name, item["attributes"][name])
        return record

    def explain(self, error: RequestRefused, asked: Iterable[str]) -> ApiError:
        """Return UnknownField in the place of an InvalidRequest that comes from a missing field.

        The server's words may be in any language; its list of fields is not.
        """
        if not isinstance(error, (InvalidRequest, UnknownField)):
            return error
        missing = self.split(name for name in asked if name != "id")[1]
        if not missing:
            return error
        return UnknownField(
            text("crm.unknown_fields", module=self._key, fields=", ".join(missing)),
            status=error.status,
            detail=error.detail,
            module=self._key,
        )

    def _value(self, id: str, name: str, raw: Any) -> Any:
        kind = self._kind(name)
        if kind == "datetime":
            self._api.offset_label = offset_of(raw) or self._api.offset_label
        try:
            return decode(kind, raw)
        except ValueError:
            pass
        value = repr(shown(raw))[:LONGEST_VALUE]
        raise DataError(
            text("crm.undecodable", module=self._key, id=id, field=name, value=value, kind=kind)
        )
