"""The shape of the JSON:API documents that SuiteCRM answers."""

from __future__ import annotations

from typing import Any, NoReturn

from suitecrm_bridge.errors import BrokenAnswer
from suitecrm_bridge.i18n import text


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
    data = payload.get("data") or []
    if not isinstance(data, list) or not all(isinstance(item, dict) for item in data):
        _fail(where, "data")
    return [_identified(_checked(item, where), where) for item in data]


def total_pages(payload: dict[str, Any]) -> int:
    """Return the number of pages that the server counts, 0 where it does not say."""
    meta = payload.get("meta")
    pages = meta.get("total-pages") if isinstance(meta, dict) else None
    return pages if isinstance(pages, int) else 0


def _checked(data: dict[str, Any], where: str) -> dict[str, Any]:
    # PHP writes an empty map as [].
    attributes = data.get("attributes") or {}
    if not isinstance(attributes, dict):
        _fail(where, "attributes")
    return {**data, "attributes": attributes}


def _identified(data: dict[str, Any], where: str) -> dict[str, Any]:
    if not isinstance(data.get("id"), str) or not data["id"]:
        _fail(where, "id")
    return data


def _fail(where: str, part: str) -> NoReturn:
    raise BrokenAnswer(text("crm.unexpected_shape", where=where, part=part))
