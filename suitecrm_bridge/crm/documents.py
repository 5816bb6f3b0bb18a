"""The shape of the JSON:API documents that SuiteCRM answers."""

from __future__ import annotations

from typing import Any, NoReturn

from suitecrm_bridge.crm.order import LONGEST_ID
from suitecrm_bridge.errors import BrokenAnswer
from suitecrm_bridge.i18n import text

MOST_PAGES = 10**9
"""A server that counts more does not count."""


def resource(payload: dict[str, Any], where: str) -> dict[str, Any]:
    """Return the one resource in `payload`, its attributes always a dict."""
    data = payload.get("data")
    if not isinstance(data, dict):
        _fail(where, "data")
    return _checked(data, where)


def record(payload: dict[str, Any], where: str) -> dict[str, Any]:
    """Return the one resource in `payload`, which has an id."""
    return _identified(resource(payload, where), where)


def resources(payload: dict[str, Any], where: str) -> list[dict[str, Any]]:
    """Return the resources in `payload`, each with an id and its attributes a dict.

    An empty result has no data, an empty list or null there, depending on the version.
    """
    data = payload.get("data")
    data = [] if data is None else data
    if not isinstance(data, list) or not all(isinstance(item, dict) for item in data):
        _fail(where, "data")
    return [_identified(_checked(item, where), where) for item in data]


def definitions(payload: dict[str, Any], where: str) -> dict[str, dict[str, Any]]:
    """Return what `payload` says of each field of a module, of which there is at least one."""
    fields: dict[str, Any] = resource(payload, where)["attributes"]
    if not fields or not all(isinstance(about, dict) for about in fields.values()):
        _fail(where, "attributes")
    return fields


def rights(payload: dict[str, Any], where: str) -> dict[str, frozenset[str]]:
    """Return the rights in each module that `payload` lists."""
    found: dict[str, frozenset[str]] = {}
    for key, entry in resource(payload, where)["attributes"].items():
        access = entry.get("access", []) if isinstance(entry, dict) else None
        if not isinstance(access, list) or not all(isinstance(word, str) for word in access):
            _fail(where, "access")
        found[key] = frozenset(access)
    return found


def total_pages(payload: dict[str, Any]) -> int:
    """Return the number of pages that the server counts, 0 where it does not say."""
    meta = payload.get("meta")
    pages = meta.get("total-pages") if isinstance(meta, dict) else None
    return min(max(pages, 0), MOST_PAGES) if isinstance(pages, int) else 0


def _checked(data: dict[str, Any], where: str) -> dict[str, Any]:
    # PHP writes an empty map as [].
    attributes = data.get("attributes")
    attributes = {} if attributes is None or attributes == [] else attributes
    if not isinstance(attributes, dict):
        _fail(where, "attributes")
    return {**data, "attributes": attributes}


def _identified(data: dict[str, Any], where: str) -> dict[str, Any]:
    id = data.get("id")
    if not isinstance(id, str) or not 0 < len(id) <= LONGEST_ID:
        _fail(where, "id")
    return data


def _fail(where: str, part: str) -> NoReturn:
    raise BrokenAnswer(text("crm.unexpected_shape", where=where, part=part))
