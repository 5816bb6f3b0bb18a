"""Checks of a request's parameters, with the messages that the server gives."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from suitecrm_bridge.sandbox.errors import BadParameter

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_TYPES = {str: "string", dict: "array", list: "array", int: "int", float: "float", bool: "bool"}


def check(
    given: Mapping[str, Any], defined: Collection[str], required: Collection[str] = ()
) -> None:
    """Refuse options that are unknown or missing."""
    unknown = sorted(given.keys() - set(defined))
    if unknown:
        raise BadParameter(
            f"{_option(unknown)} {'does' if len(unknown) == 1 else 'do'} not exist."
            f" Defined options are: {_names(sorted(defined))}."
        )
    missing = sorted(set(required) - given.keys())
    if missing:
        noun = "option" if len(missing) == 1 else "options"
        verb = "is" if len(missing) == 1 else "are"
        raise BadParameter(f"The required {noun} {_names(missing)} {verb} missing.")


def array(name: str, value: Any) -> dict[str, Any]:
    """Return an option that must be an array."""
    if isinstance(value, list):
        return {str(place): item for place, item in enumerate(value)}
    if not isinstance(value, dict):
        raise BadParameter(_wrong_type(name, value, "array"))
    return value


def string(name: str, value: Any) -> str:
    """Return an option that must be a string."""
    if not isinstance(value, str):
        raise BadParameter(_wrong_type(name, value, "string"))
    return value


def record_id(value: Any, name: str = "id", *, digits: bool = True) -> str:
    """Return an id that looks like a UUID, or, where SuiteCRM takes them, is made of digits."""
    found = string(name, value)
    if not _UUID.fullmatch(found) and not (digits and re.fullmatch(r"[0-9]+", found)):
        raise invalid(name, value)
    return found


def invalid(name: str, value: Any) -> BadParameter:
    """Return the refusal of an option's value."""
    return BadParameter(f'The option "{name}" with value {_shown(value)} is invalid.')


def _wrong_type(name: str, value: Any, expected: str) -> str:
    actual = "null" if value is None else _TYPES[type(value)]
    return (
        f'The option "{name}" with value {_shown(value)} is expected to be of type'
        f' "{expected}", but is of type "{actual}".'
    )


def _shown(value: Any) -> str:
    if isinstance(value, dict | list):
        return "array"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return f'"{value}"' if isinstance(value, str) else str(value)


def _option(names: list[str]) -> str:
    return f"The option{'s' if len(names) > 1 else ''} {_names(names)}"


def _names(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
