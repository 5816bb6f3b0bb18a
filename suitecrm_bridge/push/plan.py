"""The plan: which fields of which records differ from what they should be. Pure."""

from __future__ import annotations

import html
import html.entities
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType
from typing import Any

from suitecrm_bridge.catalogue import Field, catalogue
from suitecrm_bridge.harmless import harmless

_BEYOND = re.compile(" ?[\U00010000-\U0010ffff][\U00010000-\U0010ffff\ufe0f\u200d]*")
"""What MySQL's old utf8, which SuiteCRM's installer chooses, turns into question marks."""
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_NO_TAGS = str.maketrans({"<": "‹", ">": "›"})


@dataclass(frozen=True)
class Change:
    """What to write into one record, and what stands there now."""

    module: str
    record_id: str
    attributes: Mapping[str, Any]
    mirrored: Mapping[str, Any]


def plan(
    module: str,
    fields: Sequence[Field],
    rows: Iterable[tuple[str, Sequence[Any], Sequence[Any]]],
    unanswered: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> Iterator[Change]:
    """Yield a change for each record whose wanted values differ from the mirrored ones.

    What only drifted, or only accompanies other fields, is no reason to write, unless SuiteCRM
    has nothing there; it goes along where another figure changed. Where SuiteCRM merely lacks
    some, those are written and nothing else.

    Args:
        module: SuiteCRM module of the records.
        fields: the fields compared, in the order of the values.
        rows: (record id, wanted values, mirrored values).
        unanswered: by record id the fields of which nobody knows what SuiteCRM holds; they are
            written whatever is mirrored.
    """
    forms = [(field, _form(field)) for field in fields]
    for record_id, wanted_values, mirrored_values in rows:
        unknown = unanswered.get(record_id, ())
        wanted, mirrored, reason, changed = {}, {}, False, False
        for (field, form), one, other in zip(forms, wanted_values, mirrored_values, strict=True):
            name = field.name
            # Most values are the same as they are, without being brought into a form.
            if one == other and name not in unknown:
                continue
            new, old = form(one), form(other)
            if name in unknown or new != old:
                wanted[name], mirrored[name] = new, old
                known_reason = name in unknown or _is_reason(field, new, old)
                reason = reason or known_reason
                changed = changed or (known_reason and (old is not None or name in unknown))
        if reason and not changed:
            # Nothing but what SuiteCRM lacks is put back where only that is wrong.
            wanted = {name: new for name, new in wanted.items() if mirrored[name] is None}
            mirrored = dict.fromkeys(wanted)
        if reason:
            yield Change(module, record_id, wanted, mirrored)


def _is_reason(field: Field, wanted: Any, mirrored: Any) -> bool:
    within = field.drift is not None and field.drift.covers(wanted, mirrored)
    # What accompanies others was written along with them: without it SuiteCRM has lost it.
    return (not field.accompanies or mirrored is None) and not within


def not_kept(change: Change, record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a written record that hold another value than was sent, with it."""
    stored = {}
    for name, sent in change.attributes.items():
        form = _form(catalogue().fields[name])
        if name in record and form(record[name]) != form(sent):
            stored[name] = record[name]
    return stored


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


def _form(field: Field) -> Callable[[Any], Any]:
    """Return what brings a value into the one form in which SuiteCRM would keep it."""
    if field.type == "decimal":
        unit = Decimal(1).scaleb(-(field.scale or 0))
        return lambda value: None if value is None else _decimal(value, unit)
    if field.type in ("varchar", "text", "enum"):
        return lambda value: _text(value, field.length)
    if field.type == "datetime":
        # SuiteCRM answers whole minutes; the mirror's times are UTC without a zone.
        return lambda value: None if value is None else _minute(value)
    return lambda value: value


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
