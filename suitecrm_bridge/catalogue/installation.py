"""The catalogue of an installation: the shipped one with its segments and what it asks for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from suitecrm_bridge.catalogue.loader import data_folder, shipped, use
from suitecrm_bridge.catalogue.model import Catalogue
from suitecrm_bridge.catalogue.programmes.asked import asked_columns
from suitecrm_bridge.catalogue.segments import FILE as SEGMENTS
from suitecrm_bridge.catalogue.segments import segment_rules


def own_catalogue(home: Path | None) -> Catalogue:
    """Return the shipped catalogue with an installation's segments and the columns it asks for.

    Args:
        home: the folder with the installation's own files; None, the shipped catalogue.

    Raises:
        CatalogueError: the installation's segments cannot be used.
    """
    if home is None:
        return shipped()
    file, found = home / SEGMENTS, shipped()
    if file.is_file():
        found = found.with_segments(segment_rules(data_folder(), file))
    asked = asked_columns(home, found)
    return replace(found, asked=asked) if asked else found


def use_own(home: Path | None) -> None:
    """Make the catalogue of an installation that of this process, as a language is.

    Raises:
        CatalogueError: its segments cannot be used.
    """
    use(own_catalogue(home))
