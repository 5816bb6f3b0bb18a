"""The route `digests`: one number for what the package's fields hold in all of a module."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from suitecrm_bridge.catalogue import Field, catalogue
from suitecrm_bridge.sandbox import sql
from suitecrm_bridge.sandbox.bridge.access import User
from suitecrm_bridge.sandbox.bridge.refusals import refusal
from suitecrm_bridge.sandbox.schema import Schema
from suitecrm_bridge.sandbox.store import Store

KEPT_DIGITS = 15
"""Hexadecimal digits of a record's MD5 that count."""
_LENGTHS = {"date": 10, "datetime": 16}
_SWITCHES = {0: "0", 1: "1"}


class Digests:
    """Adds up what each record's values come to."""

    def __init__(self, schema: Schema, store: Store) -> None:
        self._schema = schema
        self._store = store

    def digest(self, module: str, given: Mapping[str, str], user: User) -> dict[str, Any]:
        """Answer the number, and of how many records it is."""
        known = catalogue().modules.get(module)
        fields = {f.id_name or f.name: f for f in catalogue().fields_of(module)} if known else {}
        if not fields:
            raise refusal("unknown_module", name=module)
        bean = self._schema.beans[module]
        access = user.readable(bean)
        names = _asked(module, given, fields)
        for place, name in enumerate(names):
            if name not in bean.columns:
                raise refusal("unknown_column", f"columns[{place}]", module=module, column=name)
        where = f"deleted = 0 AND ({access.sql})"
        rows = self._store.select(sql.select(bean.table, ["id", *names], where), access.values)
        total = sum(_number(row, [fields[name] for name in names]) for row in rows)
        return {"records": len(rows), "digest": str(total)}


def _asked(module: str, given: Mapping[str, str], fields: Mapping[str, Field]) -> list[str]:
    for name in given:
        if name != "columns":
            raise refusal("unknown_parameter", name, name=name)
    if not given.get("columns"):
        raise refusal("missing_parameter", "columns", name="columns")
    names = given["columns"].split(",")
    for place, name in enumerate(names):
        if name not in fields:
            raise refusal("unknown_column", f"columns[{place}]", module=module, column=name)
    return list(dict.fromkeys(names))


def _number(row: Sequence[Any], fields: Sequence[Field]) -> int:
    values = zip(fields, row[1:], strict=True)
    text = "|".join([row[0], *(_form(field, value) for field, value in values)])
    md5 = hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
    return int(md5[:KEPT_DIGITS], 16)


def _form(field: Field, value: Any) -> str:
    """Return a value in the one form that counts."""
    if value is None or value == "":
        return ""
    if field.type == "int":
        return str(int(value))
    if field.type == "decimal":
        unit = Decimal(1).scaleb(-(field.scale or 0))
        number = Decimal(str(value)).quantize(unit, ROUND_HALF_UP)
        return format(number, "f") if number else "0"
    if field.type == "bool":
        return _SWITCHES.get(value, "")
    if field.type in _LENGTHS:
        return "" if value.startswith("0000-00-00") else str(value)[: _LENGTHS[field.type]]
    return f"{len(str(value).encode())}:{value}"
