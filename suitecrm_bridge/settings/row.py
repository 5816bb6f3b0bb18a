"""One row of the table of settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from typing import Any

from suitecrm_bridge.catalogue import Bilingual, in_french_print


def setting(
    name: str, parse: Callable[[str], Any], default: str, en: str, fr: str, example: str = ""
) -> Any:
    """Return the field of a setting: its name in the environment, how it is read, its help."""
    return field(
        metadata={
            "name": name,
            "parse": parse,
            "default": default,
            "help": Bilingual(en=en, fr=in_french_print(fr)),
            "example": example,
        }
    )
