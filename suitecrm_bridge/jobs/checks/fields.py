"""Whether SuiteCRM has the bridge's fields, of types that can hold them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from suitecrm_bridge.catalogue import Field, catalogue
from suitecrm_bridge.jobs.checks.finding import Finding, Status, passed, title, warned
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.push import missing_fields

SERVER_TYPES = {
    "enum": {"enum", "dynamicenum", "radioenum"},
    "varchar": {"varchar", "text"},
    "text": {"text", "longtext", "wysiwyg"},
    "int": {"int", "integer"},
    "decimal": {"decimal", "currency", "float", "double"},
    "date": {"date"},
    "datetime": {"datetime", "datetimecombo"},
    "bool": {"bool", "boolean"},
    "relate": {"relate", "id"},
}
"""Field types of SuiteCRM that can hold a field of the catalogue."""

Definitions = Mapping[str, Mapping[str, Any]]


def fields(context: Context) -> Iterator[Finding]:
    """Compare the fields of SuiteCRM with those of the catalogue."""
    told: dict[str, Definitions] = {}
    for module in filter(catalogue().fields_of, catalogue().modules):
        known = context.crm.module(module).fields()
        if known is None:
            yield warned("fields", "fields_untold", module=module)
        else:
            told[module] = known
    wanted = [(key, field) for key in told for field in catalogue().fields_of(key)]
    here = [(key, field) for key, field in wanted if field.name in told[key]]
    wrong = [
        f"{key}.{field.name} ({told[key][field.name].get('type')})"
        for key, field in here
        if told[key][field.name].get("type") not in SERVER_TYPES[field.type]
    ]
    if wrong:
        yield warned("fields", "fields_of_wrong_type", fields=", ".join(wrong))
    yield from _completeness(wanted, here)


def _completeness(
    wanted: list[tuple[str, Field]], here: list[tuple[str, Field]]
) -> Iterator[Finding]:
    missing: dict[str, list[str]] = {}
    for key, field in wanted:
        if (key, field) not in here:
            missing.setdefault(key, []).append(field.name)
    if missing and not here:
        yield warned("fields", "no_fields")
    elif missing:
        status: Status = "WARN"
        yield Finding(status, title("fields"), missing_fields(missing))
    elif here:
        yield passed("fields", "fields_present", count=len(here))
