"""Links between records: list, add, remove."""

from __future__ import annotations

from typing import Any

from suitecrm_bridge.sandbox import params, sql
from suitecrm_bridge.sandbox.answers import Answers, dumps
from suitecrm_bridge.sandbox.errors import BadParameter, Refused
from suitecrm_bridge.sandbox.php import Nested
from suitecrm_bridge.sandbox.query import Condition, read_filter, read_page, read_sort
from suitecrm_bridge.sandbox.records import Records, page_links
from suitecrm_bridge.sandbox.schema import Bean, Link, Schema
from suitecrm_bridge.sandbox.sight import NOT_ALLOWED, Sight
from suitecrm_bridge.sandbox.store import Row, Store

# What 8.10 answers where the other side may not be read; older ones answer all of it.
_NOTHING_TO_SEE = dumps(
    {"meta": {"total-records": 0, "total-pages": 1, "records-on-this-page": 0}, "data": []}
)


class Relationships:
    """The routes under `/V8/module/{module}/{id}/relationships`."""

    def __init__(
        self, schema: Schema, store: Store, answers: Answers, records: Records, sight: Sight
    ) -> None:
        self._sight = sight
        self._schema = schema
        self._store = store
        self._answers = answers
        self._records = records

    def page(self, module: str, id_: str, link_name: str, given: Nested, path: str) -> str:
        """Answer the records that a link leads to."""
        bean, row, link = self._source(module, id_, link_name)
        params.check(given, ["filter", "id", "linkFieldName", "moduleName", "page", "sort"])
        target = self._schema.beans.get(link.module or "")
        if target is None:
            return _nothing(bean, link)
        if self._sight.refuses(target.key):
            return _NOTHING_TO_SEE
        if self._sight.refuses_link(link.table):
            raise Refused(NOT_ALLOWED)
        page = read_page(given.get("page", {}))
        condition = _both(_members(link, row), read_filter(target, given.get("filter", {})))
        condition = self._sight.limited(target, condition)
        order = read_sort(target, given.get("sort"))
        if page.size:
            order = f"{order} LIMIT {page.size} OFFSET {page.offset}"
        rows = self._store.find(target, condition.sql, condition.values, order)
        if not rows:
            return _nothing(bean, link)
        total = self._count(target, condition) if page.size else len(rows)
        pages = -(-total // page.size) if page.size else 1
        meta = {"total-records": total, "total-pages": pages, "records-on-this-page": len(rows)}
        data = ",".join(self._answers.related(target, rows))
        links = f',"links":{dumps(page_links(path, given, page, pages))}' if page.size else ""
        return f'{{"meta":{dumps(meta)},"data":[{data}]{links}}}'

    def add(self, module: str, id_: str, body: Any) -> str:
        """Relate two records; the server picks the link between their modules."""
        bean, row, target, other = self._pair(module, id_, body)
        link = _link_between(bean, target)
        self._relate(bean, row, link, target, other)
        return _done(
            f"{target.object} with id {other['id']} has been added to"
            f" {bean.object} with id {row['id']}"
        )

    def add_by_link(self, module: str, id_: str, link_name: str, body: Any) -> str:
        """Relate two records by a link."""
        bean, row, target, other = self._pair(module, id_, body)
        link = _loaded(bean, link_name)
        self._relate(bean, row, link, target, other)
        facts = {
            "sourceModule": bean.key,
            "sourceModuleLabel": bean.label,
            "sourceId": row["id"],
            "relatedModule": target.key,
            "relatedModuleLabel": target.label,
            "relatedId": other["id"],
            "relationshipLink": link.name,
        }
        return _done(
            f"{target.label} record with id {other['id']} has been related to"
            f" {bean.label} record with id {row['id']} using link {link.name}",
            facts,
        )

    def remove(self, module: str, id_: str, link_name: str, other_id: str) -> str:
        """End the relation of two records."""
        params.record_id(other_id, "relatedBeanId", digits=False)
        bean, row, link = self._source(module, id_, link_name)
        target = self._schema.beans.get(link.module or "")
        with self._store.transaction():
            both = (
                _both(_members(link, row), Condition(sql.same("id"), (other_id,)))
                if target
                else None
            )
            found = self._store.find(target, both.sql, both.values) if target and both else []
            if not target or not found:
                raise Refused(f"Module with {other_id} id is not related to {bean.object}")
            self._unrelate(bean, row, link, target, found[0])
        return _done(
            f"Relationship has been deleted between {bean.object} with id {row['id']}"
            f" and {target.object} with id {other_id}"
        )

    def _source(self, module: str, id_: str, link_name: str) -> tuple[Bean, Row, Link]:
        params.record_id(id_)
        bean, row = self._records.bean_and_row(module, id_, BadParameter)
        return bean, row, _loaded(bean, link_name)

    def _pair(self, module: str, id_: str, body: Any) -> tuple[Bean, Row, Bean, Row]:
        params.record_id(id_)
        options = body if isinstance(body, dict) else {}
        params.check(options, ["data"], ["data"])
        data = params.array("data", options["data"])
        params.check(data, ["id", "type"], ["id", "type"])
        other_id = params.record_id(data["id"])
        bean, row = self._records.bean_and_row(module, id_, BadParameter)
        type_ = params.string("type", data["type"])
        return bean, row, *self._records.bean_and_row(type_, other_id, BadParameter)

    def _relate(self, bean: Bean, row: Row, link: Link, target: Bean, other: Row) -> None:
        if link.module != target.key:
            raise Refused(
                f"Cannot create relationship {link.name} between module {bean.object}"
                f" and {target.object}"
            )
        with self._store.transaction():
            if link.column:
                role = dict([link.role]) if link.role else {}
                self._store.save(target, other["id"], {link.column: row["id"], **role})
            elif link.own_column:
                self._store.save(bean, row["id"], {link.own_column: other["id"]})
            else:
                self._store.relate(link, row["id"], other["id"])

    def _unrelate(self, bean: Bean, row: Row, link: Link, target: Bean, other: Row) -> None:
        if link.column:
            self._store.save(target, other["id"], {link.column: ""})
        elif link.own_column:
            self._store.save(bean, row["id"], {link.own_column: ""})
        else:
            self._store.unrelate(link, row["id"], other["id"])

    def _count(self, target: Bean, condition: Condition) -> int:
        statement = sql.count(target.table, condition.sql)
        return int(self._store.select(statement, condition.values)[0][0])


def _loaded(bean: Bean, link_name: str) -> Link:
    if link_name not in bean.links:
        raise BadParameter(f"Cannot load relationship {link_name} for {bean.object} module")
    return bean.links[link_name]


def _link_between(bean: Bean, target: Bean) -> Link:
    links = [link for link in bean.links.values() if link.module == target.key]
    for link in sorted(links, key=lambda link: link.table is None):
        return link
    raise Refused(
        f"Link field has not found in {bean.object} to determine relationship for {target.object}"
    )


def _members(link: Link, row: Row) -> Condition:
    """Return the condition that the other module's records meet."""
    role, key = link.role or (), row["id"]
    if link.own_column:
        return Condition(sql.equal("id"), (row[link.own_column] or "",))
    if link.column:
        return Condition(sql.equal(link.column, *role[:1]), (key, *role[1:]))
    members = sql.in_table(link.table or "", link.other, sql.equal(link.own, *role[:1]))
    return Condition(f"deleted = 0 AND {members}", (key, *role[1:]))


def _both(one: Condition, other: Condition) -> Condition:
    return Condition(f"({one.sql}) AND ({other.sql})", (*one.values, *other.values))


def _nothing(bean: Bean, link: Link) -> str:
    message = f"There is no relationship set in {bean.object} module with {link.name} link field"
    return dumps({"meta": {"message": message}, "data": []})


def _done(message: str, facts: dict[str, str] | None = None) -> str:
    return dumps({"meta": {"message": message, **(facts or {})}, "data": []})
