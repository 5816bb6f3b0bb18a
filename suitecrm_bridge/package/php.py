"""Values and files as PHP source, for PHP 7.4 and later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

NOTE = "// Made by scripts/generate.py from the catalogue; do not edit."
GUARD = """if (!defined('sugarEntry') || !sugarEntry) {
    die('Not A Valid Entry Point');
}"""

_WIDTH = 100
_STEP = "    "


def literal(value: Any, depth: int = 0) -> str:
    """Return a value as PHP source: one line where it fits, else one entry a line."""
    if not isinstance(value, Mapping | list | tuple):
        return _scalar(value)
    entries = _entries(value, depth + 1)
    flat = f"[{', '.join(entries)}]"
    if len(flat) + depth * len(_STEP) <= _WIDTH and "\n" not in flat:
        return flat
    inner = _STEP * (depth + 1)
    lines = "".join(f"{inner}{entry},\n" for entry in entries)
    return f"[\n{lines}{_STEP * depth}]"


def _entries(value: Mapping[str, Any] | Sequence[Any], depth: int) -> list[str]:
    if isinstance(value, Mapping):
        return [f"{_scalar(key)} => {literal(item, depth)}" for key, item in value.items()]
    return [literal(item, depth) for item in value]


def _scalar(value: str | float | bool | None) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return quoted(value)
    return repr(value)


def quoted(text: str) -> str:
    """Return a text as a PHP string in single quotes, in which nothing is expanded."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def assignments(variables: Mapping[str, Any]) -> str:
    """Return a file of assignments: all that a fragment which SuiteCRM merges may hold."""
    lines = [f"{target} = {literal(value)};" for target, value in variables.items()]
    return "\n".join(["<?php", NOTE, "", *lines]) + "\n"
