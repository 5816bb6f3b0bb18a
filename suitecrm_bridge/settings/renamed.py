"""Settings that had another name in the version before, and are understood by it for one more."""

from __future__ import annotations

from collections.abc import Mapping

from suitecrm_bridge.settings.elsewhere import IN_FILE, IN_KEYRING

RENAMED: Mapping[str, str] = {}
"""The new name by the old one. Whoever renames a setting adds a line, and takes it out again a
minor version later."""


def names() -> dict[str, str]:
    """Return the new names by the old ones, those that say where a secret lies included."""
    endings = ("", IN_FILE, IN_KEYRING)
    return {f"{old}{end}": f"{new}{end}" for old, new in RENAMED.items() for end in endings}


def translated(values: Mapping[str, str]) -> Mapping[str, str]:
    """Return values by their settings' names of today; what the name of today says holds."""
    known = names()
    if not known.keys() & values.keys():
        return values
    kept = {name: value for name, value in values.items() if name not in known}
    return {known[old]: values[old] for old in known if old in values} | kept
