"""Rows of the store → the objects of the JSON:API answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any

from suitecrm_bridge.sandbox import sql
from suitecrm_bridge.sandbox.schema import OF_ADDRESS, Bean, Schema
from suitecrm_bridge.sandbox.store import Row, Store
from suitecrm_bridge.sandbox.texts import encode

BASE_CURRENCY = {"name": "Euro", "symbol": "€"}
BASE_CURRENCY_ID = "-99"
_MARK = "\x00"
_COMPUTED = "entry_count"

Formatter = Callable[[Any], str]


def dumps(value: Any) -> str:
    """Write JSON as compactly as it goes."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class Answers:
    """Shows records the way the server does, all values as strings.

    `number_form` is what the API user's locale does to numbers where a module's own code formats
    them; by default nothing.
    """

    def __init__(self, schema: Schema, store: Store) -> None:
        self._schema = schema
        self._store = store
        self.number_form: Formatter = str

    def records(
        self, bean: Bean, rows: Sequence[Row], path: str, fields: Collection[str] | None = None
    ) -> list[str]:
        """Return the JSON of records with their relationships, `path` leading to each."""
        attributes = self.attributes(bean, rows, fields)
        return [
            self.record(bean, row["id"], path, shown)
            for row, shown in zip(rows, attributes, strict=True)
        ]

    def record(self, bean: Bean, id_: str, path: str, attributes: dict[str, Any]) -> str:
        """Return the JSON of one record."""
        before, after = _frame(bean.object, tuple(bean.relationships.items()), path)
        shown = dumps(id_)[1:-1]
        return f"{before[0]}{shown}{before[1]}{_object(attributes)}{shown.join(after)}"

    def related(self, bean: Bean, rows: Sequence[Row]) -> list[str]:
        """Return the JSON of records met through a link: no relationships, a link to each."""
        texts = []
        for row, attributes in zip(rows, self.attributes(bean, rows), strict=True):
            record = {"type": bean.object, "id": row["id"], "attributes": attributes}
            links = {"self": f"V8/module/{bean.object}/{row['id']}"}
            texts.append(dumps(record | {"links": links}))
        return texts

    def attributes(
        self, bean: Bean, rows: Sequence[Row], fields: Collection[str] | None = None
    ) -> list[dict[str, Any]]:
        """Return the attributes of records, those asked for or all, in the server's order."""
        hidden = bean.hidden | {"id"}
        wanted = [n for n in bean.fields if n not in hidden and (not fields or n in fields)]
        makers = {name: self._maker(bean, name, rows) for name in wanted}
        return [{name: make(row) for name, make in makers.items()} for row in rows]

    def names(self, module: str, ids: Collection[str], column: str = "name") -> dict[str, str]:
        """Return what records are called, by `spelled_alike` of their ids."""
        bean = self._schema.beans[module]
        shown = [column] if column in bean.columns else ["first_name", "last_name"]
        names: dict[str, str] = {}
        pending = list(ids)
        for start in range(0, len(pending), 500):
            part = pending[start : start + 500]
            where = f"deleted = 0 AND {sql.one_of('id', len(part))}"
            statement = sql.select(bean.table, ["id", *shown], where)
            for id_, *parts in self._store.select(statement, part):
                names[spelled_alike(id_)] = " ".join(str(part) for part in parts if part)
        return names

    def _maker(self, bean: Bean, name: str, rows: Sequence[Row]) -> Callable[[Row], Any]:
        """Return what makes one attribute out of a row."""
        if name in OF_ADDRESS:
            return lambda row: str(int(row.get(name) or 0)) if row.get("email1") else ""
        if bean.fields.get(name, {}).get("type") == "bool" and name in bean.columns:
            return lambda row: False if row[name] is None else str(int(row[name]))
        if name in bean.columns:
            formatted = _stored(name, _formatter(bean.columns[name], _scale(bean, name)))
            return self._number(formatted) if bean.columns[name] == "number" else formatted
        return self._maker_beside(bean, name, rows)

    def _maker_beside(self, bean: Bean, name: str, rows: Sequence[Row]) -> Callable[[Row], Any]:
        """Return what makes an attribute that is no column."""
        if name in bean.relates:
            return self._looked_up(bean, name, rows)
        if name in bean.parents:
            return self._parent(bean, name, rows)
        if bean.is_person and name in ("name", "full_name"):
            return lambda row: encode(full_name(row))
        if name in bean.objects:
            return lambda row: {}
        if name == _COMPUTED:
            return lambda row: self._computed(bean, row)
        return lambda row: ""

    def _number(self, formatted: Callable[[Row], str]) -> Callable[[Row], Any]:
        return lambda row: self.number_form(formatted(row))

    def _looked_up(self, bean: Bean, name: str, rows: Sequence[Row]) -> Callable[[Row], Any]:
        key, module, column = bean.relates[name]
        names = self.names(module, {row[key] for row in rows if row.get(key)}, column)
        if module == "Currencies":
            names[BASE_CURRENCY_ID] = BASE_CURRENCY[column]
        return lambda row: encode(names.get(spelled_alike(row.get(key)), ""))

    def _parent(self, bean: Bean, name: str, rows: Sequence[Row]) -> Callable[[Row], Any]:
        kind, key = bean.parents[name]
        names: dict[str, str] = {}
        for module in {row[kind] for row in rows} & self._schema.beans.keys():
            ids = {row[key] for row in rows if row[kind] == module and row[key]}
            names |= self.names(module, ids)
        return lambda row: encode(names.get(spelled_alike(row[key]), ""))

    def _computed(self, bean: Bean, row: Row) -> str:
        tables = {link.table: link.own for link in bean.links.values() if link.role}
        counts = (sql.count(table or "", sql.equal(own)) for table, own in tables.items())
        return str(sum(self._store.select(count, [row["id"]])[0][0] for count in counts))


def spelled_alike(id_: str | None) -> str:
    """Return what all spellings of an id have in common, as MySQL compares them."""
    return (id_ or "").rstrip(" ").lower()


def full_name(row: Mapping[str, Any]) -> str:
    """Return a person's name."""
    return " ".join(part for part in (row.get("first_name"), row.get("last_name")) if part)


def _stored(name: str, formatter: Formatter) -> Callable[[Row], str]:
    return lambda row: formatter(row[name])


def _scale(bean: Bean, name: str) -> int | None:
    return bean.scale(name) if bean.columns[name] == "number" else None


@cache
def _formatter(kind: str, scale: int | None) -> Formatter:
    if kind == "datetime":
        return lambda value: f"{_rolled(value[:10])}T{value[11:16]}:00+00:00" if value else ""
    if kind == "date":
        return lambda value: str(value or "")
    if kind == "number":
        return lambda value: _number(value, scale)
    return lambda value: "" if value is None else encode(str(value))


def _rolled(day: str) -> str:
    """Return a day as PHP's strtotime and date make it.

    MySQL that is not strict holds days with a month or a day of 0, or a 31st of February: month 0
    is December of the year before, day 0 the last of the month before.
    """
    year, month, of_month = (int(part) for part in day.split("-"))
    try:
        return date(year, month, of_month).isoformat()
    except ValueError:
        pass
    number = 12 * year + month - 1 + 12 * 400
    first = date(number // 12, number % 12 + 1, 1) + timedelta(days=of_month - 1)
    year = first.year - 400
    return f"{'-' if year < 0 else ''}{abs(year):04d}-{first.month:02d}-{first.day:02d}"


def _number(value: Any, scale: int | None) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return f"{value:.15g}" if scale is None else f"{value:.{scale}f}"


def _object(attributes: dict[str, Any]) -> str:
    return dumps(attributes) if attributes else "[]"


@lru_cache(maxsize=256)
def _frame(
    type_: str, relationships: tuple[tuple[str, str], ...], path: str
) -> tuple[list[str], list[str]]:
    """Return what stands around the id and the attributes, cut where the id comes."""
    blocks = {
        module: {"links": {"related": f"{path}/{_MARK}/relationships/{link}"}}
        for module, link in relationships
    }
    mark = dumps(_MARK)[1:-1]
    before = f'{{"type":{dumps(type_)},"id":"{mark}","attributes":'.split(mark)
    return before, f',"relationships":{dumps(blocks)}}}'.split(mark)
