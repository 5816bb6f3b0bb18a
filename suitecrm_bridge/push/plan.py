"""The plan: which fields of which records differ from what they should be. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from suitecrm_bridge.catalogue import Field, catalogue, is_reason, kept_form


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
    forms = [(field, kept_form(field)) for field in fields]
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
                known_reason = name in unknown or is_reason(field, new, old)
                reason = reason or known_reason
                changed = changed or (known_reason and (old is not None or name in unknown))
        if reason and not changed:
            # Nothing but what SuiteCRM lacks is put back where only that is wrong.
            wanted = {name: new for name, new in wanted.items() if mirrored[name] is None}
            mirrored = dict.fromkeys(wanted)
        if reason:
            yield Change(module, record_id, wanted, mirrored)


def not_kept(change: Change, record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a written record that hold another value than was sent, with it."""
    stored = {}
    for name, sent in change.attributes.items():
        form = kept_form(catalogue().fields[name])
        if name in record and form(record[name]) != form(sent):
            stored[name] = record[name]
    return stored
