"""The route `digests`: one number for what fields hold in all of a module.

They are the package's own, and what SuiteCRM keeps of e-mail addresses.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.sandbox import sql
from suitecrm_bridge.sandbox.bridge.access import User
from suitecrm_bridge.sandbox.bridge.refusals import refusal
from suitecrm_bridge.sandbox.schema import OF_ADDRESS, Schema
from suitecrm_bridge.sandbox.store import Store

KEPT_DIGITS = 15
"""Hexadecimal digits of a record's MD5 that count."""
_LENGTHS = {"date": 10, "datetime": 16}
_SWITCHES = {0: "0", 1: "1"}


@dataclass(frozen=True)
class _Kind:
    """What decides the form of a column's values."""

    type: str
    scale: int | None = None


class Digests:
    """Adds up what each record's values come to."""

    def __init__(self, schema: Schema, store: Store) -> None:
        self._schema = schema
        self._store = store

    def digest(self, module: str, given: Mapping[str, str], user: User) -> dict[str, Any]:
        """Answer the number, and of how many records it is."""
        fields = _fields(module)
        if not fields:
            raise refusal("unknown_module", name=module)
        bean = self._schema.beans[module]
        access = user.readable(bean)
        names = _asked(module, given, fields)
        for place, name in enumerate(names):
            if name not in bean.columns:
                raise refusal("unknown_column", f"columns[{place}]", module=module, column=name)
        where = f"deleted = 0 AND ({access.sql})"
        of_address = [name for name in names if name in OF_ADDRESS]
        columns = ["id", *names, *(["email1"] if of_address else [])]
        rows = self._store.select(sql.select(bean.table, columns, where), access.values)
        if of_address:
            rows = [_with_address(names, row) for row in rows]
        total = sum(_number(row, [fields[name] for name in names]) for row in rows)
        return {"records": len(rows), "digest": str(total)}


def _fields(module: str) -> dict[str, _Kind]:
    """Return the columns of which there are digests."""
    known = catalogue().modules.get(module)
    if known is None:
        return {}
    own = catalogue().fields_of(module)
    fields = {f.id_name or f.name: _Kind(f.type, f.scale) for f in own}
    return fields | {name: _Kind("bool") for name in OF_ADDRESS if name in known.columns}


def _asked(module: str, given: Mapping[str, str], fields: Mapping[str, _Kind]) -> list[str]:
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


def _with_address(names: Sequence[str], row: Sequence[Any]) -> tuple[Any, ...]:
    """Return a row without its address: what is told of one that is not there is nothing."""
    id, *values, email = row
    told = [
        ((value or 0) if email else None) if name in OF_ADDRESS else value
        for name, value in zip(names, values, strict=True)
    ]
    return (id, *told)


def _number(row: Sequence[Any], fields: Sequence[_Kind]) -> int:
    values = zip(fields, row[1:], strict=True)
    text = "|".join([row[0], *(_form(field, value) for field, value in values)])
    md5 = hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
    return int(md5[:KEPT_DIGITS], 16)


def _form(field: _Kind, value: Any) -> str:
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
