"""Values as people read them, in the language in use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from suitecrm_bridge import i18n
from suitecrm_bridge.catalogue import SEGMENT_LIST, Field, catalogue
from suitecrm_bridge.i18n import current_language, text
from suitecrm_bridge.money import cents, is_missing

if TYPE_CHECKING:
    from suitecrm_bridge.jobs.context import Context

NONE = "–"
_MONEY_SCALE, _SHARE_SCALE = 2, 4
"""Decimals of the fields that hold money, and of those that hold a share between 0 and 1."""


def segment_label(key: str | None) -> str:
    """Return the label of a segment."""
    return option_label(SEGMENT_LIST, key)


def option_label(dropdown: str, key: str | None) -> str:
    """Return the label of a value of a dropdown; a value that it lacks stays as it is."""
    found = catalogue().dropdowns[dropdown].get(key or "")
    return found[current_language()] if found else key or NONE


def decimal(value: Any, places: int) -> str:
    """Return a number with that many decimals, a dash where it is missing."""
    return NONE if is_missing(value) else i18n.decimal(value, places)


def percent(share: Any) -> str:
    """Return a share between 0 and 1 as a percentage with one decimal."""
    return NONE if is_missing(share) else i18n.percent(share)


def amounts_are(context: Context) -> str:
    """Return in a sentence what amounts are, and in which currency."""
    known = context.choices.amounts(context.mirror)
    sign = i18n.current_currency()
    currency = text("cli.in_currency", sign=sign) if sign else text("report.base_currency")
    told = text("cli.amounts_are", amounts=text(f"report.amounts_{known}"), currency=currency)
    if not context.choices.scored_otherwise(context.mirror):
        return told
    return f"{told} {text('jobs.scored_otherwise')}"


def field_value(field: Field, value: Any) -> Any:
    """Return a field's value in words where it needs any; the others are shown as they are."""
    if is_missing(value):
        return None
    if field.dropdown:
        segments = field.dropdown == "segment"
        return segment_label(value) if segments else option_label(field.dropdown, value)
    if field.type != "decimal":
        return value
    if field.scale == _MONEY_SCALE:
        return i18n.money(cents(value))
    return percent(value) if field.scale == _SHARE_SCALE else decimal(value, field.scale or 0)
