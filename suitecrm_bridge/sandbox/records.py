"""Records: list, read, create, change, delete."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from suitecrm_bridge.sandbox import params, sql
from suitecrm_bridge.sandbox.answers import BASE_CURRENCY_ID, Answers, dumps
from suitecrm_bridge.sandbox.documents import Documents
from suitecrm_bridge.sandbox.errors import BadParameter, Refused
from suitecrm_bridge.sandbox.php import Nested, build_query
from suitecrm_bridge.sandbox.query import (
    ADDRESSES,
    Condition,
    Page,
    read_fields,
    read_query,
)
from suitecrm_bridge.sandbox.schema import OF_ADDRESS, Bean, Schema
from suitecrm_bridge.sandbox.sight import Sight
from suitecrm_bridge.sandbox.store import Row, Store
from suitecrm_bridge.sandbox.storing import stored

NO_RESULT = {"message": "Request was successful, but there is no result"}


class Records:
    """The routes under `/V8/module`."""

    def __init__(self, schema: Schema, store: Store, answers: Answers, sight: Sight) -> None:
        self._schema = schema
        self._sight = sight
        self._store = store
        self._answers = answers
        self.documents = Documents(schema, store)

    def page(self, module: str, given: Nested, path: str) -> str:
        """Answer one page of a module."""
        bean = self._known(module)
        self._sight.check(bean)
        query = read_query(bean, self._schema, given)
        page, condition = query.page, self._sight.limited(bean, query.condition)
        rows = self._rows(bean, condition, query.order, page)
        if not rows:
            return dumps({"meta": NO_RESULT, "data": []})
        if rows[0]["deleted"]:
            raise Refused(f"{bean.key} module with id {rows[0]['id']} is not found")
        data = ",".join(self._answers.records(bean, rows, path, query.fields))
        if page.size is None:
            return f'{{"data":[{data}]}}'
        # SuiteCRM counts what the user may not see, too.
        pages = -(-self._count(bean, query.condition) // page.size)
        meta = dumps({"total-pages": pages, "records-on-this-page": len(rows)})
        links = dumps(page_links(path, given, page, pages))
        return f'{{"meta":{meta},"data":[{data}],"links":{links}}}'

    def read(self, module: str, id_: str, given: Nested, path: str) -> str:
        """Answer one record."""
        params.record_id(id_)
        params.check(given, ["fields", "id", "moduleName"])
        fields = read_fields(self._schema, given["fields"]) if "fields" in given else None
        bean, row = self.bean_and_row(module, id_)
        return self._one(bean, row, path.rpartition("/")[0], fields)

    def create(self, body: Any, path: str) -> str:
        """Create a record and answer it."""
        data = _data(body)
        params.check(data, ["attributes", "id", "type"], ["type"])
        if "id" in data:
            params.record_id(data["id"], digits=False)
        bean = self._known(params.string("type", data["type"]))
        attributes = self._attributes(bean, data)
        id_ = data.get("id") or str(uuid4())
        with self._store.transaction():
            if self._store.select(sql.select(bean.table, ["id"], sql.same("id")), [id_]):
                raise Refused(f"Bean {data['type']} with id {id_} is already exist")
            values = self._fresh(bean) | stored(bean, attributes)
            self._store.save(bean, id_, values | self._derived(bean, values))
        # As in SuiteCRM, where a document is saved before anybody looks at its file.
        self.documents.attach(bean, id_, attributes)
        row = self._store.row(bean.key, id_)
        shown = self._answers.attributes(bean, [row])[0]
        shown |= {name: False for name in _undecided(bean) if name not in attributes}
        return f'{{"data":{self._answers.record(bean, id_, path, shown)}}}'

    def change(self, body: Any, path: str) -> str:
        """Change a record and answer it."""
        data = _data(body)
        params.check(data, ["attributes", "id", "type"], ["id", "type"])
        params.record_id(data["id"])
        type_ = params.string("type", data["type"])
        known = self._known(type_)
        attributes = self._attributes(known, data)
        with self._store.holding.hold(known.table, data["id"]), self._store.transaction():
            bean, row = self.bean_and_row(type_, data["id"])
            values = self._store.stamps(bean) | stored(bean, attributes)
            self._store.save(bean, row["id"], values | self._derived(bean, row | values))
            row = self._store.row(bean.key, row["id"])
            self.documents.moved(bean, row)
        return self._one(bean, row, path)

    def delete(self, module: str, id_: str) -> str:
        """Mark a record deleted."""
        params.record_id(id_)
        with self._store.transaction():
            bean, row = self.bean_and_row(module, id_)
            self._store.update(bean.key, row["id"], {"deleted": 1})
            self.documents.deleted(bean, row["id"])
        return dumps({"meta": {"message": f"Record with id {row['id']} is deleted"}, "data": []})

    def bean_and_row(
        self, module: str, id_: str, refusal: type[Refused] = Refused
    ) -> tuple[Bean, Row]:
        """Return a record that is there and not deleted."""
        bean = self._sight.find(module)
        if bean is None:
            raise refusal(f"Module with name {module} is not found")
        self._sight.check(bean)
        one = self._sight.limited(bean, Condition(sql.equal("id"), (id_,)))
        found = self._store.find(bean, one.sql, one.values)
        if not found:
            raise refusal(f"{bean.key} module with id {id_} is not found")
        return bean, found[0]

    def _known(self, module: str) -> Bean:
        bean = self._sight.find(module)
        if bean is None:
            raise BadParameter(f"Module {module} does not exist")
        return bean

    def _rows(self, bean: Bean, condition: Condition, order: str, page: Page) -> list[Row]:
        times = ADDRESSES if condition.by_email else 1
        first, last = page.offset // times, (page.offset + page.limit - 1) // times
        order = f"{order} LIMIT {last - first + 1} OFFSET {first}"
        rows = self._store.find(bean, condition.sql, condition.values, order)
        repeated = [row for row in rows for _ in range(times)]
        start = page.offset - first * times
        return repeated[start : start + page.limit]

    def _count(self, bean: Bean, condition: Condition) -> int:
        statement = sql.count(bean.table, condition.sql)
        count = int(self._store.select(statement, condition.values)[0][0])
        return count * ADDRESSES if condition.by_email else count

    def _one(self, bean: Bean, row: Row, path: str, fields: frozenset[str] | None = None) -> str:
        return f'{{"data":{self._answers.records(bean, [row], path, fields)[0]}}}'

    def _attributes(self, bean: Bean, data: Nested) -> dict[str, Any]:
        attributes = params.array("attributes", data.get("attributes", {}))
        for name in attributes:
            if name not in bean.fields:
                raise BadParameter(f"Property {name} in {bean.object} module is invalid")
        return attributes

    def _fresh(self, bean: Bean) -> Row:
        """Return what a new record starts with, beside the columns' defaults."""
        values: Row = {name: self._store.now()[:10] for name in bean.today}
        values |= dict.fromkeys(_undecided(bean), 0)
        for name in bean.numbered:
            values[name] = self._store.select(sql.next_number(bean.table, name))[0][0]
        return values

    def _derived(self, bean: Bean, values: Row) -> Row:
        """Return the columns that a save computes: base currency amounts, probability."""
        rate = self._rate(values.get("currency_id")) if bean.base_amounts else 1.0
        derived: Row = {
            base: round((values.get(own) or 0) / rate, 6) for own, base in bean.base_amounts.items()
        }
        if bean.stages and values.get("probability") is None:
            derived["probability"] = bean.stages.get(values.get("sales_stage") or "")
        return derived

    def _rate(self, currency: str | None) -> float:
        if currency in (None, "", BASE_CURRENCY_ID):
            return 1.0
        statement = sql.select("currencies", ["conversion_rate"], sql.equal("id"))
        found = self._store.select(statement, [currency])
        return float(found[0][0] or 1) if found else 1.0


def page_links(path: str, given: Nested, page: Page, pages: int) -> dict[str, str | None]:
    """Return the links to other pages, written as the server does: not encoded, no host."""

    def link(number: int) -> str:
        options = given | {"page": {**given.get("page", {}), "number": number}}
        return f"{path}?{build_query(options)}"

    before, after = page.number > 1, page.number + 1 <= pages
    return {
        "first": link(1) if before else None,
        "prev": link(page.number - 1) if before else None,
        "next": link(page.number + 1) if after else None,
        "last": link(pages) if after else None,
    }


def _data(body: Any) -> Nested:
    options = body if isinstance(body, dict) else {}
    params.check(options, ["data"], ["data"])
    data = params.array("data", options["data"])
    if any(value in (None, "", [], {}) for value in data.values()):
        raise params.invalid("data", data)
    return data


def _undecided(bean: Bean) -> list[str]:
    """Return the yes/no columns without a default: false in the answer to a creation."""
    return [
        name
        for name in bean.columns
        if bean.fields[name]["type"] == "bool"
        and name not in bean.defaults
        and name not in OF_ADDRESS
    ]
