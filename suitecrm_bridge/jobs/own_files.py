"""The files in BRIDGE_HOME in which an installation adds to the catalogue."""

from __future__ import annotations

from pathlib import Path

THEMES_FILE, COMPETITORS_FILE = "themes.toml", "competitors.toml"
REACTIONS_FILE, ACTIONS_FILE = "reactions.toml", "actions.toml"


def own_files(home: Path) -> list[Path]:
    """Return the files in which an installation has its own themes, competitors and rules."""
    names = (THEMES_FILE, COMPETITORS_FILE, REACTIONS_FILE, ACTIONS_FILE)
    return [home / name for name in names]
