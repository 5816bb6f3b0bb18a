"""Attributes sent to the API → values as SuiteCRM stores them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from suitecrm_bridge.sandbox.php import number
from suitecrm_bridge.sandbox.schema import Bean
from suitecrm_bridge.sandbox.texts import clean

FALSE = frozenset({"", "0", "false", "off", "no"})
USER_FORMATS = {"date": "%m/%d/%Y", "datetime": "%m/%d/%Y %H:%M"}
STORED_FORMATS = {"date": "%Y-%m-%d", "datetime": "%Y-%m-%d %H:%M:%S"}
_CUT = frozenset({"varchar", "name", "enum", "dynamicenum", "phone", "url", "multienum"})


def stored(bean: Bean, attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns to write: null changes nothing, and what is no column is dropped."""
    return {
        name: _stored(bean, name, value)
        for name, value in attributes.items()
        if value is not None and name in bean.columns and name != "id"
    }


def _stored(bean: Bean, name: str, value: Any) -> Any:
    kind = bean.columns[name]
    if kind == "number":
        return _amount(bean, name, value)
    if kind in STORED_FORMATS:
        return _moment(kind, str(value))
    return _text(bean, name, value)


def _amount(bean: Bean, name: str, value: Any) -> int | float | None:
    type_ = bean.fields[name]["type"]
    if type_ == "bool":
        return int(str(value).lower() not in FALSE)
    if value == "":
        return None
    amount = number(value)
    scale = bean.scale(name)
    if type_ == "int":
        return int(amount)
    return amount if scale is None else round(amount, scale)


def _moment(kind: str, value: str) -> str | None:
    """Return a date as stored; other forms than the database's must be the API user's."""
    for form in (STORED_FORMATS[kind], USER_FORMATS[kind]):
        try:
            moment = datetime.strptime(value, form)  # noqa: DTZ007 (the database is in UTC)
        except ValueError:
            continue
        return moment.strftime(STORED_FORMATS[kind])
    return None


def _text(bean: Bean, name: str, value: Any) -> str:
    facts = bean.fields[name]
    type_ = facts["type"]
    written = {True: "1", False: "0"}[value] if isinstance(value, bool) else str(value)
    if type_ in ("name", "varchar"):
        written = written.strip()
    if re.search("char|text|enum|name|phone|url", f"{type_}{facts.get('dbType', '')}"):
        written = clean(written)
    length = str(facts.get("len", ""))
    return written[: int(length)] if type_ in _CUT and length.isdigit() else written
