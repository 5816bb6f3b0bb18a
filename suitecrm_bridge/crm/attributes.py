"""What SuiteCRM's attributes mean: strings into Python values and back.

The server HTML-encodes exactly four characters of any text, sends numbers and booleans as
strings, and puts its own time zone's offset behind a wall clock that is UTC.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from suitecrm_bridge.errors import DataError
from suitecrm_bridge.i18n import text

_ENTITIES = {"&quot;": '"', "&lt;": "<", "&gt;": ">", "&#039;": "'"}
_ENTITY = re.compile("|".join(_ENTITIES))
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)
_MOST_EXPONENT = len("e-99")
_WHOLE = re.compile(r"([+-]?\d+)(\.0+)?", re.ASCII)
_MOMENT = re.compile(
    r"(?P<day>-?\d{4}-\d\d-\d\d)"
    r"([T ](?P<time>\d\d:\d\d(:\d\d)?)(\.\d+)?(?P<offset>Z|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)
_NO_DAY = ("0000-00-00", "-0001-11-30")
"""A day that was never set, as MariaDB writes it and as PHP makes of it."""

_LONGEST_NUMBER = 60
_TRUE, _FALSE = ("1", "true", "on", "yes"), ("0", "false", "off", "no")


def decode(kind: str, raw: Any) -> Any:
    """Return the value of the attribute `raw`, None where it is empty.

    Args:
        kind: id, text, enum, int, number, money, bool, date, datetime or multienum.
        raw: the attribute as it stands in the answer.

    Raises:
        ValueError: `raw` is not of this kind.
    """
    # SuiteCRM answers a boolean that was never set with JSON's false, one that is off with "0".
    if raw is None or raw == "" or raw is False:
        return None
    if isinstance(raw, (dict, list)):
        raise ValueError(raw)
    return _DECODERS[kind](raw if isinstance(raw, str) else _plain(raw))


def offset_of(raw: Any) -> str | None:
    """Return the offset behind a datetime as the server sent it, such as "+00:00"."""
    match = _MOMENT.fullmatch(raw) if isinstance(raw, str) else None
    return match["offset"] if match else None


def _plain(raw: Any) -> str:
    return ("0", "1")[raw] if isinstance(raw, bool) else str(raw)


def _text(raw: str) -> str:
    return _ENTITY.sub(lambda match: _ENTITIES[match[0]], raw)


def _int(raw: str) -> int:
    match = _WHOLE.fullmatch(raw)
    if not match or len(raw) > _LONGEST_NUMBER:
        raise ValueError(raw)
    return int(match[1])


def _decimal(raw: str) -> Decimal:
    match = _NUMBER.fullmatch(raw)
    # An exponent alone can ask for more digits than there is memory: "1e999999999".
    if not match or len(raw) > _LONGEST_NUMBER or len(match[2] or "") > _MOST_EXPONENT:
        raise ValueError(raw)
    value = Decimal(raw)
    if abs(value.adjusted()) > _LONGEST_NUMBER:
        raise ValueError(raw)
    return value


def _bool(raw: str) -> bool:
    word = raw.lower()
    if word not in _TRUE + _FALSE:
        raise ValueError(raw)
    return word in _TRUE


def _moment(raw: str) -> tuple[str, str] | None:
    match = _MOMENT.fullmatch(raw)
    if not match:
        raise ValueError(raw)
    return None if match["day"] in _NO_DAY else (match["day"], match["time"] or "00:00")


def _date(raw: str) -> date | None:
    moment = _moment(raw)
    return date.fromisoformat(moment[0]) if moment else None


def _datetime(raw: str) -> datetime | None:
    moment = _moment(raw)
    return datetime.fromisoformat("T".join(moment)).replace(tzinfo=UTC) if moment else None


def _multienum(raw: str) -> list[str]:
    return [_text(key) for key in raw.strip("^").split("^,^") if key]


_DECODERS: Mapping[str, Callable[[str], Any]] = {
    "id": _text,
    "text": _text,
    "enum": _text,
    "multienum": _multienum,
    "int": _int,
    "number": _decimal,
    "money": _decimal,
    "bool": _bool,
    "date": _date,
    "datetime": _datetime,
}

_FAMILY = {
    "id": "text",
    "text": "text",
    "enum": "text",
    "multienum": "list",
    "int": "number",
    "number": "number",
    "money": "number",
    "bool": "bool",
    "date": "moment",
    "datetime": "moment",
}

_SERVER_KIND = {
    "id": "id",
    "relate": "text",
    "enum": "enum",
    "radioenum": "enum",
    "dynamicenum": "enum",
    "multienum": "multienum",
    "int": "int",
    "integer": "int",
    "long": "int",
    "short": "int",
    "tinyint": "int",
    "currency": "money",
    "decimal": "number",
    "decimal2": "number",
    "float": "number",
    "double": "number",
    "bool": "bool",
    "date": "date",
    "datetime": "datetime",
    "datetimecombo": "datetime",
}


def kind_of(catalogued: str | None, definition: Mapping[str, Any] | None) -> str:
    """Return the kind by which a field is decoded.

    Args:
        catalogued: its column type in the catalogue, None for a field that it does not know.
        definition: its entry in meta/fields, None where the server does not tell.

    The catalogue's type holds as long as the server's is of the same family. Everything can be
    read as text; beyond that a field that was made anew in Studio is what the server says it is.
    """
    if definition is None:
        return catalogued or "text"
    served = _SERVER_KIND.get(str(definition.get("type")), "text")
    if catalogued is None:
        return served
    ours, theirs = _FAMILY[catalogued], _FAMILY[served]
    if ours == theirs or ours == "text" or (ours, served) == ("bool", "int"):
        return catalogued
    return served


def encode(value: Any) -> Any:
    """Return `value` in the form in which SuiteCRM stores it right, whatever its locale.

    Numbers stay numbers (text would be read with the API user's separators), datetimes become UTC
    "Y-m-d H:i:s" (any other form would be read in the user's time zone), None becomes "" (null
    would leave the old value).

    Raises:
        DataError: the value has no such form.
    """
    if value is None:
        return ""
    if isinstance(value, (float, Decimal)):
        return _finite(Decimal(repr(value)) if isinstance(value, float) else value)
    if isinstance(value, date):
        return _written(value)
    if isinstance(value, (list, tuple)):
        return ",".join(f"^{key}^" for key in value)
    if isinstance(value, (bool, int, str)):
        return value
    raise DataError(text("crm.cannot_encode", type=type(value).__name__))


def _finite(value: Decimal) -> Decimal:
    if not value.is_finite():
        raise DataError(text("crm.not_finite", value=value))
    return value


def _written(value: date) -> str:
    if not isinstance(value, datetime):
        return value.isoformat()
    if value.tzinfo is None:
        raise DataError(text("crm.naive_datetime", value=value))
    return f"{value.astimezone(UTC):%Y-%m-%d %H:%M:%S}"


def to_json(value: Any) -> str:
    """Return `value` as JSON with every Decimal as an exact number."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Mapping):
        members = (f"{json.dumps(str(key))}:{to_json(item)}" for key, item in value.items())
        return "{" + ",".join(members) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(map(to_json, value)) + "]"
    return json.dumps(value, allow_nan=False)
