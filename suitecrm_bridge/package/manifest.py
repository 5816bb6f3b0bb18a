"""manifest.php: what the Module Loader reads first."""

from __future__ import annotations

from typing import Any

from suitecrm_bridge import __version__
from suitecrm_bridge.catalogue import Catalogue
from suitecrm_bridge.package.constants import PACKAGE
from suitecrm_bridge.package.fields import custom_fields
from suitecrm_bridge.package.php import literal

# SuiteCRM 8 calls its legacy part 6.5.25 too, and itself 8.x.
_SUGAR = ["^6\\.5\\."]
_SUITECRM = ["^7\\.1[2-5]\\.", "^8\\."]


def manifest(catalogue: Catalogue) -> str:
    """Return two plain array literals: SuiteCRM refuses a manifest with code in it."""
    parts = {"$manifest": _manifest(), "$installdefs": _installdefs(catalogue)}
    lines = [f"{name} = {literal(value)};" for name, value in parts.items()]
    return "<?php\n" + "\n\n".join(lines) + "\n"


def _manifest() -> dict[str, Any]:
    return {
        "type": "module",
        "name": "SuiteCRM Bridge",
        "description": "Customer value, segments and complaints on the record, in lists and on "
        "the home page.",
        "author": "SuiteCRM Bridge",
        "version": __version__,
        "is_uninstallable": True,
        "remove_tables": "prompt",
        "acceptable_sugar_versions": {"regex_matches": _SUGAR},
        "acceptable_suitecrm_versions": {"regex_matches": _SUITECRM},
    }


def _installdefs(catalogue: Catalogue) -> dict[str, Any]:
    return {
        "id": PACKAGE,
        # Sections such as `vardefs` log a text that is broken in some French language packs, which
        # ends the installation; files that are copied into place are merged all the same.
        "copy": [{"from": "<basepath>/custom", "to": "custom"}],
        # Only SuiteCRM 8 knows this one. `to` is below its `extensions`: with <basepath> in it,
        # uninstalling would look elsewhere.
        "copy_core_extensions": [
            {"from": "<basepath>/extensions/suitecrmbridge", "to": "suitecrmbridge"}
        ],
        "custom_fields": custom_fields(catalogue),
        "post_uninstall": ["<basepath>/scripts/post_uninstall.php"],
    }
