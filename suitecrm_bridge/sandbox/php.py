"""PHP's way with query strings and numbers."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl

Nested = dict[str, Any]

_NUMBER = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


def parse_query(query: str) -> Nested:
    """Parse `a[b][c]=1` into nested dictionaries, in the order of the query."""
    result: Nested = {}
    for key, value in parse_qsl(query, keep_blank_values=True):
        name, *rest = key.replace("]", "").split("[")
        place = result
        for step in rest:
            inner = place.get(name)
            if not isinstance(inner, dict):
                inner = place[name] = {}
            place, name = inner, step or str(len(inner))
        place[name] = value
    return result


def build_query(values: Nested, prefix: str = "") -> str:
    """Write nested dictionaries as a query, not percent-encoded."""
    parts = []
    for key, value in values.items():
        name = f"{prefix}[{key}]" if prefix else str(key)
        parts.append(build_query(value, name) if isinstance(value, dict) else f"{name}={value}")
    return "&".join(part for part in parts if part)


def number(value: object) -> int | float:
    """Return the number that a value starts with, else 0."""
    if isinstance(value, int | float):
        return value
    found = _NUMBER.match(str(value).replace(",", ""))
    amount = float(found[0]) if found else 0.0
    return int(amount) if amount.is_integer() else amount
