"""When a field holds another value than it should, and whether that is a reason to write it.

The one rule. The mirror asks in SQL for whatever may differ by it, and the package compares what it
is sent with what it holds; tests/vectors/differences.json holds all of them to the same answers.
"""

from __future__ import annotations

import html
import html.entities
import re
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from suitecrm_bridge.catalogue.model import Field
from suitecrm_bridge.harmless import harmless

_BEYOND = re.compile(" ?[\U00010000-\U0010ffff][\U00010000-\U0010ffff\ufe0f\u200d]*")
"""What MySQL's old utf8, which SuiteCRM's installer chooses, turns into question marks."""
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_NO_TAGS = str.maketrans({"<": "‹", ">": "›"})


def kept_form(field: Field) -> Callable[[Any], Any]:
    """Return what brings a value into the one form in which SuiteCRM would keep it.

    Two values of a field differ where their forms do.
    """
    if field.type == "decimal":
        unit = Decimal(1).scaleb(-(field.scale or 0))
        return lambda value: None if value is None else _decimal(value, unit)
    if field.type in ("varchar", "text", "enum"):
        return lambda value: _text(value, field.length)
    if field.type == "datetime":
        # SuiteCRM answers whole minutes; the mirror's times are UTC without a zone.
        return lambda value: None if value is None else _minute(value)
    return lambda value: value


def is_reason(field: Field, wanted: Any, held: Any) -> bool:
    """Return whether two values that differ are reason enough to write the record.

    Args:
        field: where they stand.
        wanted: what is to stand there, in its form.
        held: what SuiteCRM has there, in its form.
    """
    within = field.drift is not None and field.drift.covers(wanted, held)
    # What accompanies others was written along with them: without it SuiteCRM has lost it.
    return (not field.accompanies or held is None) and not within


def storable(value: str) -> str:
    """Return a text in a form that SuiteCRM keeps as it is, whichever way it is written.

    SuiteCRM decodes entities and takes away what looks like a tag, and the usual tables of its
    database hold neither emoji nor their like.
    """
    plain = _BEYOND.sub("", value)
    while (decoded := _ENTITY.sub(_decoded, plain)) != plain:
        plain = _BEYOND.sub("", decoded)
    return plain.translate(_NO_TAGS)


def _decoded(entity: re.Match[str]) -> str:
    # The standard library would decode the beginning of a name that it does not know.
    known = entity[0][1] == "#" or entity[0][1:] in html.entities.html5
    return html.unescape(entity[0]) if known else entity[0]


def _decimal(value: Any, unit: Decimal) -> Decimal:
    return Decimal(value).quantize(unit, rounding=ROUND_HALF_UP)


def _text(value: str | None, length: int | None) -> str | None:
    if value is None:
        return None
    # SuiteCRM takes carriage returns away.
    plain = harmless(storable(value))
    return plain.strip()[:length].rstrip() or None


def _minute(value: datetime) -> datetime:
    aware = value if value.tzinfo else value.replace(tzinfo=UTC)
    return aware.replace(second=0, microsecond=0)
