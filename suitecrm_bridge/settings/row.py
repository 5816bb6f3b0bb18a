"""One row of the table of settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from typing import Any

from suitecrm_bridge.catalogue.messages import shipped_messages


def setting(name: str, parse: Callable[[str], Any], default: str, example: str = "") -> Any:
    """Return the field of a setting: its name in the environment, how it is read, its help.

    The help is the message `setting_help.<name>`.
    """
    return field(
        metadata={
            "name": name,
            "parse": parse,
            "default": default,
            "help": shipped_messages()[f"setting_help.{name.lower()}"].other,
            "example": example,
        }
    )
