"""Names of labels and lists in SuiteCRM."""

from __future__ import annotations

PREFIX = "LBL_SUITECRMBRIDGE_"
PANEL = f"{PREFIX}PANEL"
FILE = "suitecrmbridge"
CARD = f"{FILE}_card"
CARD_LABEL = f"{PREFIX}CARD"
WATCH_LABEL = f"{PREFIX}WATCH"
"""SuiteCRM makes it of the name of the function that its scheduler calls."""


def field_label(name: str) -> str:
    """Return the key of a field's label."""
    return f"{PREFIX}{name.removesuffix('_c').upper()}"


def field_help(name: str) -> str:
    """Return the key of a field's help text."""
    return f"{field_label(name)}_HELP"


def group_label(name: str) -> str:
    """Return the key of the title of a group of fields."""
    return f"{PANEL}_{name.upper()}"


def dropdown_list(name: str) -> str:
    """Return the name that a dropdown of the catalogue has in SuiteCRM."""
    return f"suitecrmbridge_{name}"
