"""Filters, sort and pages of a list, as one SQL query with parameters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from suitecrm_bridge.sandbox import params
from suitecrm_bridge.sandbox.errors import BadParameter, database_failure
from suitecrm_bridge.sandbox.php import number
from suitecrm_bridge.sandbox.schema import Bean, Schema
from suitecrm_bridge.sandbox.sql import compared, quoted

OPERATORS = {"eq": "=", "neq": "<>", "gt": ">", "gte": ">=", "lt": "<", "lte": "<=", "like": "LIKE"}
DEFAULT_ROWS = 20
"""Rows that the server answers when no page size is asked for."""
ADDRESSES = 2
"""An email filter finds addresses, not records: each record comes once for each of its two."""


@dataclass(frozen=True)
class Condition:
    """An SQL condition over one module's table, with its parameters."""

    sql: str
    values: tuple[Any, ...]
    by_email: bool = False


@dataclass(frozen=True)
class Page:
    """The page asked for; without a size the server says nothing about pages."""

    size: int | None = None
    number: int = 0

    @property
    def limit(self) -> int:
        """Rows to read."""
        return self.size or DEFAULT_ROWS

    @property
    def offset(self) -> int:
        """Rows to leave out."""
        return max(self.number - 1, 0) * self.limit if self.size else 0


@dataclass(frozen=True)
class Query:
    """What a list request asks for. No `fields` means all of them."""

    condition: Condition
    order: str
    page: Page
    fields: frozenset[str] | None


def read_query(bean: Bean, schema: Schema, given: Mapping[str, Any]) -> Query:
    """Read the query of a list request.

    Raises:
        BadParameter: an option is unknown or its value wrong.
    """
    params.check(given, ["fields", "filter", "moduleName", "page", "sort"])
    condition = read_filter(bean, given.get("filter", {}))
    fields = read_fields(schema, given["fields"]) if "fields" in given else None
    page = read_page(given.get("page", {}))
    return Query(condition, read_sort(bean, given.get("sort")), page, fields)


def read_fields(schema: Schema, value: Any) -> frozenset[str]:
    """Read `fields[Module]=a,b`: the module named there decides what exists."""
    options = params.array("fields", value)
    if not options or any(not _is_list_of_names(names) for names in options.values()):
        raise params.invalid("fields", options)
    module, names = next(iter(options.items()))
    bean = schema.find(module)
    if bean is None:
        raise BadParameter(f"Module {module} does not exist")
    asked = names.split(",")
    unknown = [name for name in asked if name not in bean.fields]
    if unknown:
        plural, verb = ("s", "are") if len(unknown) > 1 else ("", "is")
        raise BadParameter(
            f"The following field{plural} in {bean.object} module {verb} not found:"
            f" {', '.join(unknown)}"
        )
    return frozenset(asked)


def read_page(value: Any) -> Page:
    """Read `page[size]` and `page[number]`."""
    options = params.array("page", value)
    if any(not re.fullmatch(r"[0-9]+", str(option)) for option in options.values()):
        raise params.invalid("page", options)
    params.check(options, ["number", "size"])
    for name, option in options.items():
        if int(option) < 1:
            raise params.invalid(name, option)
    size = options.get("size")
    return Page(int(size) if size else None, int(options.get("number", 0)))


def read_sort(bean: Bean, value: Any) -> str:
    """Return the ORDER BY of a sort key; rows of equal keys come in id order."""
    if value is None:
        return "id"
    key = params.string("sort", value)
    if not re.fullmatch(r"[\w-]+", key):
        raise params.invalid("sort", key)
    name, direction = key.lstrip("-"), "DESC" if key.startswith("-") else "ASC"
    if name not in bean.fields:
        raise BadParameter(f"Sort field {name} in {bean.object} module is not found")
    if bean.is_person and name in ("name", "full_name"):
        name = "last_name"
    if not bean.filterable(name):
        return "id"
    return f"{quoted(name)} {direction}" + ("" if name == "id" else ", id")


def read_filter(bean: Bean, value: Any) -> Condition:
    """Return the condition of `filter[…]`, which never sees deleted records by accident.

    Raises:
        BadParameter: a field or an operator is unknown.
    """
    options = dict(params.array("filter", value))
    joiner = _joiner(options.pop("operator", "and"))
    deleted = _deleted(options.pop("deleted", {}))
    parts: list[str] = []
    values: list[Any] = []
    for name, comparisons in options.items():
        for operator, operand in _comparisons(bean, name, comparisons):
            parts.append(_compare(bean, name, operator))
            values.append(_operand(bean, name, operator, operand))
    where = f"({f' {joiner} '.join(parts)}) AND " if parts else ""
    return Condition(f"{where}deleted = ?", (*values, deleted), "email1" in options)


def _joiner(value: Any) -> str:
    if not isinstance(value, str) or value.lower() not in ("and", "or"):
        raise BadParameter(f"Filter operator {value} is invalid")
    return value.upper()


def _deleted(value: Any) -> int:
    return int(isinstance(value, dict) and number(value.get("eq", 0)) == 1)


def _comparisons(bean: Bean, name: str, comparisons: Any) -> list[tuple[str, str]]:
    if name not in bean.fields:
        raise BadParameter(f"Filter field {name} in {bean.object} module is not found")
    if not isinstance(comparisons, dict):
        raise BadParameter(f"Filter field {name} must be an array")
    for operator in comparisons:
        if operator.lower() not in OPERATORS:
            raise BadParameter(f"Filter operator {operator} is invalid")
    return [(operator.lower(), str(operand)) for operator, operand in comparisons.items()]


def _compare(bean: Bean, name: str, operator: str) -> str:
    if not bean.filterable(name):
        raise database_failure()
    escape = " ESCAPE '\\'" if operator == "like" else ""
    if operator in ("eq", "neq") and bean.columns[name] == "text":
        return f"{compared(name)} {OPERATORS[operator]} rtrim(?)"
    return f"{quoted(name)} {OPERATORS[operator]} ?{escape}"


def _operand(bean: Bean, name: str, operator: str, operand: str) -> Any:
    """Return an operand as the database understands it."""
    kind = bean.columns[name]
    if operator == "like" or kind == "text":
        return operand
    if kind == "number":
        return number(operand)
    return _moment(operand) if kind == "datetime" else operand[:10]


def _moment(operand: str) -> str:
    """Return a date and time the way columns hold it; MySQL reads the ISO form as well."""
    try:
        moment = datetime.fromisoformat(operand)
    except ValueError:
        return operand
    if moment.tzinfo:
        moment = moment.astimezone(UTC)
    return moment.strftime("%Y-%m-%d %H:%M:%S")


def _is_list_of_names(value: Any) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"[\w\-,]+", value))
